# %% tags=["setup"]
import mindspore as ms
from mindspore import nn


def begin():
    weight = ms.Parameter(ms.Tensor([1.0, 1.0]), name="weight")
    optimizer = nn.SGD([weight], learning_rate=0.1)

    def forward():
        return weight.square().sum() / 2

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def train_step():
        loss, grads = grad_fn()
        optimizer(grads)
        after = weight.asnumpy().copy()
        print(after.round(4))
        return after

    return weight, optimizer, train_step


# %%
weight, optimizer, train_step = begin()
before_data = train_step()
weight.set_data(ms.Tensor([5.0, 5.0]))
after_data = train_step()

# %%
weight, optimizer, train_step = begin()
before_copy = train_step()
weight.copy_(ms.Tensor([5.0, 5.0]))
after_copy = train_step()
