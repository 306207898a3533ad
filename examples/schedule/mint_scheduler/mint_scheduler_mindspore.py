# %% tags=["setup"]
import mindspore as ms
from mindspore import mint
from mindspore.experimental.optim import lr_scheduler

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")
gradient = ms.Tensor([1.0], ms.float32)


def run(optimizer):
    scheduler = lr_scheduler.ExponentialLR(optimizer, gamma=0.5)

    @ms.jit
    def step():
        return optimizer((gradient,))

    read, used = [], []
    for epoch in range(3):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        step()
        read.append(scheduler.get_last_lr()[0].item())
        used.append(0 - weight.item())
        scheduler.step()
    print("read", [round(rate, 4) for rate in read])
    print("used", [round(rate, 4) for rate in used])
    return read, used


# %%
read, used = run(mint.optim.SGD([weight], lr=0.1))

# %%
adam_read, adam_used = run(mint.optim.Adam([weight], lr=0.1))
