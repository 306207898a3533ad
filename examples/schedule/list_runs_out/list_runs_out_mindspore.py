# %% tags=["setup"]
import mindspore as ms
from mindspore import nn

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")
gradient = ms.Tensor([1.0], ms.float32)

# %%
rates = nn.exponential_decay_lr(
    0.1, 0.5, total_step=3, step_per_epoch=1, decay_epoch=1
)
optimizer = nn.SGD([weight], learning_rate=rates)

weights = []
for step in range(4):
    try:
        optimizer((gradient,))
    except RuntimeError as error:
        print(type(error).__name__, str(error).strip()[:56])
    weights.append(weight.item())
    print(f"step {step}: weight {weight.item():.4f}")
