# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.RandomState(0)
shapes = [(12, 3, 3, 3), (12,), (12,), (4, 12, 3, 3), (4,), (4,)]
shapes += [(10, 100), (10,)]
start = [rng.randn(*s).astype(np.float32) / 3 for s in shapes]
images = ms.Tensor(rng.randn(8, 3, 24, 24).astype(np.float32))
labels = ms.Tensor(rng.randint(0, 10, 8), ms.int32)


def block(channels_in, channels_out):
    return nn.SequentialCell(
        nn.Conv2d(
            channels_in,
            channels_out,
            3,
            pad_mode="pad",
            padding=1,
        ),
        nn.BatchNorm2d(channels_out),
        nn.ReLU(),
        nn.MaxPool2d(2, stride=2),
    )


class Network(nn.Cell):
    def __init__(self):
        super().__init__()
        self.layer1 = block(3, 12)
        self.layer2 = block(12, 4)
        self.pool = nn.AdaptiveMaxPool2d((5, 5))
        self.fc = nn.Dense(100, 10)

    def construct(self, x):
        x = self.pool(self.layer2(self.layer1(x)))
        return self.fc(x.reshape(-1, 100))


net = Network()
net.set_train()
params = net.trainable_params()
for param, value in zip(params, start):
    param.set_data(ms.Tensor(value))
loss_fn = nn.CrossEntropyLoss()

# %%
conv, norm, dense = [], [], []
for _, layer in net.cells_and_names():
    if isinstance(layer, nn.Conv2d):
        conv.append(layer.weight)
    elif isinstance(layer, nn.BatchNorm2d):
        norm += [layer.gamma, layer.beta]
    elif isinstance(layer, nn.Dense):
        dense.append(layer.weight)
grouped = {id(param) for param in conv + norm + dense}
other = [param for param in params if id(param) not in grouped]

# %%
epochs = {"total_step": 8, "step_per_epoch": 2, "decay_epoch": 4}
cosine = nn.cosine_decay_lr(0.0, 0.05, **epochs)
optimizer = nn.Momentum(
    [
        {"params": conv, "weight_decay": 1e-2, "lr": cosine},
        {"params": norm, "weight_decay": 0.0, "lr": 0.01},
        {"params": dense, "weight_decay": 1e-3, "lr": 0.02},
        {"params": other},
        {"order_params": params},
    ],
    learning_rate=0.03,
    momentum=0.9,
)

# %%
grad_fn = ms.value_and_grad(
    lambda: loss_fn(net(images), labels),
    None,
    optimizer.parameters,
)
history, rates = [], []
for epoch in range(4):
    for _ in range(2):
        rates.append(optimizer.get_lr()[0].item())
        loss, grads = grad_fn()
        optimizer(grads)
        history.append([p.asnumpy().copy() for p in params])
    print(f"conv rate {rates[-1]:.4f}  loss {loss.item():.4f}")
