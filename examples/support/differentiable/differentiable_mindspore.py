# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

start = np.array([1.0, -2.0, 3.0], np.float32)
slope = np.array([0.1, 0.2, -0.4], np.float32)


# %%
def loss_after_step(rate):
    param = ms.Tensor(start) - rate * ms.Tensor(slope)
    return param.square().sum()


rate_slope = ms.grad(loss_after_step)(ms.Tensor(0.1)).item()
print(round(rate_slope, 4))


# %%
def through_step(make, jit=False):
    param = ms.Parameter(ms.Tensor(start), name="param")
    optimizer = make([param])

    def loss_after(slope):
        optimizer((slope,))
        return param.square().sum()

    def gradient(slope):
        return ms.grad(loss_after)(slope)

    gradient = ms.jit(gradient) if jit else gradient
    return gradient(ms.Tensor(slope)).asnumpy(), param.asnumpy()


# %%
makers = {
    "nn": lambda params: nn.SGD(params, 0.1),
    "experimental": lambda params: optim.SGD(params, 0.1),
    "mint": lambda params: ms.mint.optim.SGD(params, 0.1),
}
through = {}
for place, make in makers.items():
    through[place] = through_step(make, jit=True)
    print(place, *through[place])

# %%
eager = through_step(makers["nn"])
eager_experimental = through_step(makers["experimental"])
print(*eager)
