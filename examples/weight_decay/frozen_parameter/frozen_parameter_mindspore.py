# %% tags=["setup"]
import mindspore as ms
from mindspore import nn, ops

x = ms.Tensor([[1.0, 2.0], [3.0, 4.0]], ms.float32)


class Net(nn.Cell):
    def __init__(self):
        super().__init__()
        self.scale = ms.Parameter(ops.ones(2), name="scale")
        self.shift = ms.Parameter(ops.ones(2), name="shift")

    def construct(self, x):
        return (x * self.scale + self.shift).square().mean()


# %%
net = Net()
net.shift.requires_grad = False
optimizer = nn.SGD(net.trainable_params(), 0.01, weight_decay=0.5)
grad_fn = ms.value_and_grad(net, None, optimizer.parameters)

# %%
loss, grads = grad_fn(x)
optimizer(grads)
frozen = net.shift.asnumpy().copy()
trained = net.scale.asnumpy().copy()
print(trained.round(4), frozen.round(4))


# %%
def step_with_all_parameters(jit):
    net = Net()
    net.shift.requires_grad = False
    optimizer = nn.SGD(
        list(net.get_parameters()), 0.01, weight_decay=0.5
    )
    grad_fn = ms.value_and_grad(net, None, optimizer.parameters)

    def train_step(x):
        loss, grads = grad_fn(x)
        optimizer(grads)
        return loss

    if jit:
        train_step = ms.jit(train_step)
    train_step(x)
    return net.shift.asnumpy().copy()


decayed = step_with_all_parameters(jit=False)
print("PyNative", decayed.round(4))
moved = step_with_all_parameters(jit=True)
print("@ms.jit ", moved.round(4))
