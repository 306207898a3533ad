# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])


# %%
class Counted(torch.optim.lr_scheduler.ExponentialLR):
    calls = 0

    def get_lr(self):
        Counted.calls += 1
        return super().get_lr()


optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = Counted(optimizer, gamma=0.5)
weight.grad = gradient

counts = [Counted.calls]
for _ in range(3):
    optimizer.step()
    after_optimizer = Counted.calls
    scheduler.step()
    counts.append(Counted.calls)
    print("optimizer.step", after_optimizer, "then", counts[-1])
