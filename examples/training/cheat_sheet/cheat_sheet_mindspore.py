# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
xs = rng.normal(size=(4, 8, 3)).astype(np.float32)
ys = rng.normal(size=(4, 8, 2)).astype(np.float32)
start = rng.normal(size=(2, 3)).astype(np.float32)
first = nn.Dense(
    3, 2, weight_init=ms.Tensor(start), bias_init="zeros"
)
net = nn.SequentialCell(first, nn.Dropout(p=0.0))
loss_fn = nn.MSELoss()

# %%
ms.set_seed(0)
ms.set_device("CPU")
data = [(ms.Tensor(x), ms.Tensor(y)) for x, y in zip(xs, ys)]

# %%
sgd = optim.SGD(net.trainable_params(), lr=0.1, momentum=0.9)

# %%
weights = [p for p in net.trainable_params() if p.ndim > 1]
others = [p for p in net.trainable_params() if p.ndim <= 1]
optimizer = optim.AdamW(
    [
        {"params": weights, "weight_decay": 0.1},
        {"params": others, "weight_decay": 0.0},
    ],
    lr=0.1,
)

# %%
scheduler = optim.lr_scheduler.LambdaLR(
    optimizer, lambda epoch: 0.9**epoch
)


# %%
def forward(x, y):
    return loss_fn(net(x), y)


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
losses = []
net.set_train()
for x, y in data:
    loss, grads = grad_fn(x, y)
    optimizer(grads)
    scheduler.step()
    losses.append(loss.item())
print(np.round(losses, 4))

# %%
rate = scheduler.get_last_lr()[0].item()
optimizer.param_groups[0]["lr"].copy_(ms.Tensor(0.05))
print(f"{rate:.4f}")

# %%
loss, grads = grad_fn(x, y)
grads = ms.ops.clip_by_global_norm(grads, 0.1)
optimizer(grads)
print(f"{loss.item():.4f}")

# %%
state = {**net.parameters_dict(), **optimizer.parameters_dict()}
state["last_epoch"] = scheduler.last_epoch
for n, group in enumerate(optimizer.param_groups):
    state[f"lr.{n}"] = group["lr"]
ms.save_checkpoint(state, "run.ckpt")

# %%
total = None
for n, (x, y) in enumerate(data, 1):
    loss, grads = grad_fn(x, y)
    grads = [grad / 4 for grad in grads]
    total = (
        grads if total is None else map(ms.ops.add, total, grads)
    )
    if n % 4 == 0:
        optimizer(tuple(total))
        total = None


# %%
@ms.jit
def step(x, y):
    loss, grads = grad_fn(x, y)
    sgd(grads)
    return loss


compiled_losses = [step(x, y).item() for x, y in data]
print(np.round(compiled_losses, 4))

# %%
saved = ms.load_checkpoint("run.ckpt")
for name, value in state.items():
    value.copy_(saved[name])

# %%
net.set_train(False)
evaluated = loss_fn(net(x), y).item()
print(f"{evaluated:.4f}")
