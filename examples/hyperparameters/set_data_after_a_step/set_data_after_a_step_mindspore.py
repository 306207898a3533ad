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
    after = weight.asnumpy().copy()
    print(after.round(4))
    return after


# %%
weight, optimizer = begin()
before_data = train_step(weight, optimizer)
weight.set_data(ms.Tensor([5.0, 5.0]))
after_data = train_step(weight, optimizer)

# %%
weight, optimizer = begin()
before_copy = train_step(weight, optimizer)
ops.assign(weight, ms.Tensor([5.0, 5.0]))
after_copy = train_step(weight, optimizer)
