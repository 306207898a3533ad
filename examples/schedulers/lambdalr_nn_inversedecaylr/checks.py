import mindspore as ms
import torch
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`nn.SGD` with `nn.InverseDecayLR` has after each of 40 steps the
    weights of `torch.optim.SGD` with `LambdaLR` of `1 / (1 + decay_rate *
    step / decay_steps)`, stepped after every batch.
    """
    expect.equal(40, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        name="every_step",
    )
    moved = mindspore.weights[-1][0]
    expect.apart(pytorch.start, moved, at_least=0.1, name="moved")


def same_rates(pytorch, mindspore):
    """At each of 40 steps `nn.InverseDecayLR` and `LambdaLR` give the rate
    `lr / (1 + decay_rate * step / decay_steps)`.
    """
    law = [0.1 / (1 + 0.5 * i / 10) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def is_stair(pytorch, mindspore):
    """With `is_stair=True`, `nn.InverseDecayLR` gives the rates of
    `LambdaLR` with `step // decay_steps` in place of `step / decay_steps`.
    """
    theirs = _torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: 1 / (1 + 0.5 * (step // 10))
        ),
        40,
    )
    schedule = ms.nn.InverseDecayLR(0.1, 0.5, 10, is_stair=True)
    ours = _rates(schedule, range(40))
    expect.close(theirs, ours, name="rates")


def integers_are_refused(pytorch, mindspore):
    """`nn.InverseDecayLR` refuses an integer as `learning_rate` or
    `decay_rate`, and a float as `decay_steps`, with a `TypeError`.
    """
    for name, arguments, match in (
        ("learning_rate", (1, 0.5, 10), "must be float"),
        ("decay_rate", (0.1, 1, 10), "must be float"),
        ("decay_steps", (0.1, 0.5, 10.0), "must be int"),
    ):
        expect.raises(
            TypeError,
            lambda arguments=arguments: ms.nn.InverseDecayLR(
                *arguments
            ),
            match=f"'{name}' {match}",
            name=name,
        )


def same_when_compiled(pytorch, mindspore):
    """In a step compiled with `@ms.jit` and in Graph mode, `nn.SGD` with
    `nn.InverseDecayLR` uses the same rates as in PyNative mode.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = _used(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = _in_graph_mode(lambda: _used(schedule, 40))
    expect.close(rates, used, name="graph_mode")


def _torch_rates(make, steps):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = make(optimizer)
    rates = []
    for _ in range(steps):
        rates += scheduler.get_last_lr()
        optimizer.step()
        scheduler.step()
    return rates


def _rates(schedule, steps):
    rates = [schedule(ms.Tensor(i, ms.int32)) for i in steps]
    return [float(rate.asnumpy()) for rate in rates]


def _used(learning_rate, steps, compiled=False, first=0):
    weight = ms.Parameter(ms.ops.zeros(1), name="weight")
    optimizer = ms.nn.SGD([weight], learning_rate=learning_rate)
    optimizer.global_step.copy_(ms.Tensor([first], ms.int32))

    def step(gradient):
        return optimizer((gradient,))

    step = ms.jit(step) if compiled else step
    rates = []
    for _ in range(steps):
        weight.copy_(ms.ops.zeros(1))
        step(ms.ops.ones(1))
        rates.append(0 - weight.item())
    return rates


def _in_graph_mode(call):
    ms.set_context(mode=ms.GRAPH_MODE)
    try:
        return call()
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)
