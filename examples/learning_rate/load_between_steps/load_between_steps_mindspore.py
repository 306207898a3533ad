# %% tags=["setup"]
import mindspore as ms

x = ms.ops.ones((2, 3))
net = ms.nn.Dense(3, 1, weight_init="ones", has_bias=False)
optimizer = ms.nn.SGD(net.trainable_params(), learning_rate=0.1)


def forward():
    return net(x).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)


def train_step():
    loss, gradients = grad_fn()
    optimizer(gradients)
    return round(loss.item(), 4)


# %%
print(train_step())

loaded = ms.Parameter(ms.Tensor([[2.0, 2.0, 2.0]]), name="weight")
ms.load_param_into_net(net, {"weight": loaded})

losses = [train_step() for _ in range(3)]
print(losses)
weight = net.weight.asnumpy()
print(weight)
