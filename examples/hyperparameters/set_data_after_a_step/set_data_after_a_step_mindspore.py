# %% tags=["setup"]
import mindspore as ms
from mindspore import nn, ops


def begin():
    weight = ms.Parameter(ms.Tensor([1.0, 1.0]), name="weight")
    return weight, nn.SGD([weight], learning_rate=0.1)


def train_step(weight, optimizer):
    def forward():
        return weight.sum()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    loss, grads = grad_fn()
    optimizer(grads)
    print(weight.asnumpy().round(4))


# %%
weight, optimizer = begin()
train_step(weight, optimizer)
weight.set_data(ms.Tensor([5.0, 5.0]))
train_step(weight, optimizer)
after_data = weight.asnumpy().copy()

# %%
weight, optimizer = begin()
train_step(weight, optimizer)
ops.assign(weight, ms.Tensor([5.0, 5.0]))
train_step(weight, optimizer)
after_copy = weight.asnumpy().copy()
