# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

ms.set_context(mode=ms.GRAPH_MODE)

rng = np.random.default_rng(0)
batches = ms.Tensor(rng.normal(size=(2, 8, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def train(make_optimizer):
    net = nn.Dense(
        3, 1, weight_init=ms.Tensor(start), has_bias=False
    )
    optimizer, after_epoch = make_optimizer(
        net.trainable_params()
    )

    def forward(x):
        return net(x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def train_step(x):
        loss, gradients = grad_fn(x)
        optimizer(gradients)
        return loss

    weights = []
    for epoch in range(3):
        for x in batches:
            train_step(x)
            weights.append(net.weight.asnumpy().copy())
        after_epoch()
        print(weights[-1].round(4))
    return weights


# %%
def with_list(params):
    rates = nn.exponential_decay_lr(0.1, 0.5, 6, 2, 1)
    return nn.SGD(params, learning_rate=rates), lambda: None


def with_cell(params):
    schedule = nn.ExponentialDecayLR(0.1, 0.5, 2, is_stair=True)
    return nn.SGD(params, learning_rate=schedule), lambda: None


def with_scheduler(params):
    optimizer = optim.SGD(params, lr=0.1)
    scheduler = optim.lr_scheduler.ExponentialLR(
        optimizer, gamma=0.5
    )
    return optimizer, scheduler.step


by_list = train(with_list)
by_cell = train(with_cell)
by_scheduler = train(with_scheduler)
