# %% tags=["setup"]
import matplotlib.pyplot as plt
import mindspore as ms
from mindspore.experimental import optim

weight = ms.Parameter(ms.Tensor([0.0]))
optimizer = optim.SGD([weight], lr=0.1)

# %%
warmup = optim.lr_scheduler.LinearLR(
    optimizer, start_factor=0.1, total_iters=10
)
decay = optim.lr_scheduler.CosineAnnealingLR(
    optimizer, T_max=90, eta_min=0.001
)
scheduler = optim.lr_scheduler.SequentialLR(
    optimizer, [warmup, decay], milestones=[10]
)
rates = []
for step in range(100):
    rates.append(scheduler.get_last_lr()[0].item())
    scheduler.step()

# %%
fig, axes = plt.subplots(figsize=(5, 2.5), layout="constrained")
axes.plot(rates)
axes.set(
    title="MindSpore: 10 steps up, then a cosine down",
    xlabel="step",
    ylabel="learning rate",
)
plt.close(fig)  # else Jupyter shows it twice
fig
