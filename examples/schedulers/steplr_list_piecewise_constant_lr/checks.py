from crosswalk import expect
from shared import used_rates


def same_weights(pytorch, mindspore):
    """With every tenth step as a milestone and the learning rates written out,
    `nn.SGD` with momentum 0.9, without parameter groups and with the list of
    `nn.piecewise_constant_lr` matches the weights of `torch.optim.SGD` with
    `StepLR`, `step_size=10` and `gamma=0.5` after each of 40 steps.
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
    """At each of 40 steps, `nn.piecewise_constant_lr` with the milestones 10,
    20, 30 and 40 and `StepLR` with `step_size=10` and `gamma=0.5` give the
    learning rate `lr * gamma ** (step // 10)`.
    """
    law = [0.1 * 0.5 ** (i // 10) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def milestones_are_ends(pytorch, mindspore):
    """A milestone of `nn.piecewise_constant_lr` is the first step, counted
    from 0, that no longer uses its learning rate, and the last one is the
    number of steps. With the milestones 10, 20, 30 and 40, `StepLR` with
    `step_size=10` changes its learning rate at the same steps 10, 20 and 30.
    """
    for name, rates in (
        ("pytorch", pytorch.rates),
        ("mindspore", mindspore.rates),
    ):
        changes = [
            i for i in range(1, 40) if rates[i] != rates[i - 1]
        ]
        expect.equal([10, 20, 30], changes, name=name)
    expect.equal(40, len(mindspore.schedule), name="length")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.piecewise_constant_lr`, the
    41st step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU,
    whereas PyTorch's `StepLR` continues.
    """
    expect.equal(40, len(mindspore.schedule), name="length")
    used = used_rates(mindspore.schedule, 40)
    expect.close(mindspore.rates, used, name="before")
    expect.raises(
        RuntimeError,
        lambda: used_rates(mindspore.schedule, 41),
        match=r"range \[0, 40\), but got 40",
        name="step_41",
    )
    rate = pytorch.scheduler.get_last_lr()[0]
    expect.equal(True, 0 <= rate <= 0.1, name="pytorch_goes_on")
