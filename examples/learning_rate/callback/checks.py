import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore.dataset import NumpySlicesDataset
from mindspore.train import LearningRateScheduler, Model

RATES = [0.1, 0.1, 0.05, 0.05, 0.025, 0.025]


def same_rates(pytorch, mindspore):
    """In the example, with `SGD` and one fixed learning rate, the
    `LearningRateScheduler` callback of `mindspore.train` sets the same
    learning rates as a PyTorch loop that writes `param_groups[0]["lr"]` after
    each `optimizer.step()`.
    """
    expect.close(RATES, pytorch.rates, name="pytorch")
    expect.close(RATES, mindspore.rates, name="mindspore")


def same_weights(pytorch, mindspore):
    """In the example, with `SGD` and one fixed learning rate, the updates use
    the learning rates that the `LearningRateScheduler` callback sets: the
    final weights match PyTorch.
    """
    expect.close(pytorch.weight, mindspore.weight)


def counts_from_one(pytorch, mindspore):
    """With `mindspore.nn.SGD`, one fixed learning rate and the default
    `initial_epoch`, `LearningRateScheduler` calls its function after each
    update, with the current learning rate and the number of that update,
    counted from 1 in each call of `Model.train`.
    """
    seen = []

    def change(rate, step):
        seen.append((rate, step))
        return rate * 0.5

    net = _net(mindspore)
    optimizer = ms.nn.SGD(net.trainable_params(), 0.1)
    for _ in range(2):
        _run(mindspore, net, optimizer, change, epochs=2)
    rates, steps = zip(*seen, strict=True)
    expect.equal([*range(1, 13)] * 2, [*steps], name="steps")
    expect.close(
        0.1 * 0.5 ** np.arange(24), np.array(rates), name="rates"
    )


def list_stops_training(pytorch, mindspore):
    """With `mindspore.nn.SGD` and a list of learning rates,
    `LearningRateScheduler` raises `AttributeError` after the first update.
    """
    _fails(mindspore, [0.1] * 6, "no attribute 'asnumpy'")


def schedule_stops_training(pytorch, mindspore):
    """With `mindspore.nn.SGD` and a `LearningRateSchedule`,
    `LearningRateScheduler` raises `AttributeError` after the first update.
    """
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    _fails(mindspore, schedule, "no attribute 'asnumpy'")


def group_rates_stop_training(pytorch, mindspore):
    """With `mindspore.nn.SGD` and a learning rate per group, even a fixed one,
    `LearningRateScheduler` raises `AttributeError` after the first update.
    """
    net = _net(mindspore)
    groups = [{"params": net.trainable_params(), "lr": 0.1}]
    optimizer = ms.nn.SGD(groups)
    expect.raises(
        AttributeError,
        lambda: _run(mindspore, net, optimizer, mindspore.change),
        match="no attribute 'asnumpy'",
    )
    expect.equal(
        1, optimizer.global_step.asnumpy().item(), name="updates"
    )


def model_refuses_experimental(pytorch, mindspore):
    """`LearningRateScheduler` does not work with
    `mindspore.experimental.optim.SGD`: `Model` raises `TypeError` for that
    optimizer. If `Model` gets no optimizer because the network updates the
    weights itself, the callback raises `AttributeError`.
    """
    net = _net(mindspore)
    sgd = ms.experimental.optim.SGD(
        net.trainable_params(), lr=0.1
    )
    expect.raises(
        TypeError,
        lambda: Model(net, mindspore.loss_fn, sgd),
        match="type of 'optimizer' should be one of",
    )
    loss = ms.nn.WithLossCell(net, mindspore.loss_fn)
    expect.raises(
        AttributeError,
        lambda: _run(
            mindspore, _Step(loss, sgd), None, mindspore.change
        ),
        match="no attribute 'learning_rate'",
        name="without_optimizer",
    )


def _fails(side, rate, match):
    net = _net(side)
    optimizer = ms.nn.SGD(
        net.trainable_params(), learning_rate=rate
    )
    expect.raises(
        AttributeError,
        lambda: _run(side, net, optimizer, side.change),
        match=match,
    )
    expect.equal(
        1, optimizer.global_step.asnumpy().item(), name="updates"
    )


class _Step(ms.nn.Cell):
    def __init__(self, loss, optimizer):
        super().__init__(auto_prefix=False)
        self.loss, self.optimizer = loss, optimizer
        self.grad_fn = ms.value_and_grad(
            loss, None, optimizer.parameters
        )

    def construct(self, data, label):
        loss, gradients = self.grad_fn(data, label)
        self.optimizer(gradients)
        return loss


def _run(side, net, optimizer, change, epochs=1):
    if optimizer is None:
        model = Model(net)
    else:
        model = Model(net, side.loss_fn, optimizer)
    callback = LearningRateScheduler(change)
    data = NumpySlicesDataset(
        (side.x, side.y), shuffle=False
    ).batch(1)
    model.train(epochs, data, callbacks=[callback])


def _net(side):
    start = ms.Tensor(side.start)
    return ms.nn.Dense(3, 1, weight_init=start, has_bias=False)
