import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim


def same_rates(pytorch, mindspore):
    """In the example, up to step `decay_steps`, here 4, the learning rate of
    `nn.PolynomialDecayLR` at step `i` is `(learning_rate - end_learning_rate)
    * (1 - i / decay_steps) ** power + end_learning_rate`. PyTorch's
    `LambdaLR`, with this value divided by the initial learning rate, matches
    it.
    """
    law = [
        0.09 * (1 - min(i, 4) / 4) ** 0.5 + 0.01 for i in range(6)
    ]
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def same_weights(pytorch, mindspore):
    """With the arguments of the example, `nn.Momentum` with
    `nn.PolynomialDecayLR` matches the weights of `torch.optim.SGD` with the
    same momentum and a `LambdaLR` of the same learning rates, after each of
    six steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def stays_at_the_end(pytorch, mindspore):
    """From step `decay_steps` on, `nn.PolynomialDecayLR` without
    `update_decay_steps=True` stays at `end_learning_rate`.
    """
    schedule = mindspore.schedule
    for step in (4, 5, 400):
        rate = schedule(ms.Tensor(step, ms.int32))
        expect.close(0.01, rate, name=f"step_{step}")


def ends_at_zero_in_pytorch(pytorch, mindspore):
    """`PolynomialLR` of PyTorch and of `mindspore.experimental.optim` goes
    down to 0, because it has no end learning rate: from 0.1, with
    `total_iters=4` and `power=0.5`, it matches `nn.PolynomialDecayLR` with
    `end_learning_rate=0.0`, and differs from it with an end of 0.01.
    """
    schedule = ms.nn.PolynomialDecayLR(0.1, 0.0, 4, 0.5)
    rates = [
        schedule(ms.Tensor(i, ms.int32)).item() for i in range(6)
    ]
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    expected = _rates(
        torch.optim.lr_scheduler.PolynomialLR, optimizer
    )
    expect.close(expected, rates, name="pytorch_and_nn")
    weight = ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="weight"
    )
    optimizer = optim.SGD([weight], lr=0.1)
    actual = _rates(optim.lr_scheduler.PolynomialLR, optimizer)
    expect.close(
        expected, actual, name="pytorch_and_experimental"
    )
    expect.apart(
        expected, mindspore.rates, at_least=0.05, name="end_rate"
    )


def list_counts_epochs(pytorch, mindspore):
    """`nn.polynomial_decay_lr` returns the learning rates of
    `nn.PolynomialDecayLR` as a list, counted in epochs: with the other
    arguments of the example and `step_per_epoch=1` both match step by step,
    and with two steps per epoch each value holds for two steps.
    """
    listed = ms.nn.polynomial_decay_lr(0.1, 0.01, 6, 1, 4, 0.5)
    expect.close(
        mindspore.rates, listed, name="one_step_per_epoch"
    )
    listed = ms.nn.polynomial_decay_lr(0.1, 0.01, 12, 2, 4, 0.5)
    held = np.repeat(mindspore.rates, 2)
    expect.close(
        held, np.array(listed), name="two_steps_per_epoch"
    )


def update_decay_steps_jumps(pytorch, mindspore):
    """With `update_decay_steps=True`, a falling learning rate of
    `nn.PolynomialDecayLR` does not stay at the end: with `decay_steps=4` and
    `power=1.0`, it jumps up after each 4 steps and decays again, towards the
    next multiple of 4.
    """
    schedule = ms.nn.PolynomialDecayLR(0.1, 0.01, 4, 1.0, True)
    rates = [
        schedule(ms.Tensor(i, ms.int32)).item() for i in range(14)
    ]
    spans = np.array([4] * 5 + [8] * 4 + [12] * 4 + [16])
    law = 0.09 * (1 - np.arange(14) / spans) + 0.01
    expect.close(law, np.array(rates), name="law")
    expect.close(0.01, rates[4], name="step_4")
    expect.close(0.04375, rates[5], name="step_5")


def _rates(scheduler_class, optimizer):
    scheduler = scheduler_class(
        optimizer, total_iters=4, power=0.5
    )
    rates = []
    for _ in range(6):
        rates.append(float(scheduler.get_last_lr()[0]))
        if hasattr(optimizer, "step"):
            optimizer.step()
        scheduler.step()
    return rates
