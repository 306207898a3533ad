import mindspore as ms
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """With the learning rates written out and the number of steps as an extra
    last milestone, `nn.SGD` with momentum 0.9, without parameter groups and
    with the list of `nn.piecewise_constant_lr` matches the weights of
    `torch.optim.SGD` with `MultiStepLR`, `milestones=[12, 28]` and `gamma=0.5`
    after each of 40 steps.
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
    """With the milestones 12 and 28 and `gamma=0.5`, at each of 40 steps,
    `nn.piecewise_constant_lr` and `MultiStepLR` give the same learning rate,
    and both change it at the steps 12 and 28, counted from 0.
    """
    law = [0.1] * 12 + [0.05] * 16 + [0.025] * 12
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def milestones_without_the_end(pytorch, mindspore):
    """With only PyTorch's two milestones of the example,
    `nn.piecewise_constant_lr` raises a `ValueError` for the three learning
    rates; with one learning rate fewer, its list ends at the last milestone.
    """
    expect.raises(
        ValueError,
        lambda: ms.nn.piecewise_constant_lr(
            [12, 28], [0.1, 0.05, 0.025]
        ),
        match="size of 'milestone' must be same",
        name="three_rates",
    )
    rates = ms.nn.piecewise_constant_lr([12, 28], [0.05, 0.025])
    expect.equal(
        [0.05] * 12 + [0.025] * 16, rates, name="two_rates"
    )
    expect.apart(
        pytorch.rates[:28], rates, at_least=0.5, name="apart"
    )


def order_and_zero(pytorch, mindspore):
    """PyTorch's `MultiStepLR` sorts its milestones and accepts 0 as one;
    `nn.piecewise_constant_lr` raises a `ValueError` for the milestones 28 and
    12 in this order, and for 0 and 12.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.MultiStepLR(
            optimizer, [28, 12], 0.5
        ),
        40,
    )
    expect.close(pytorch.rates, theirs, name="unsorted")
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.MultiStepLR(
            optimizer, [0], 0.5
        ),
        2,
    )
    expect.close([0.05, 0.05], theirs, name="zero")
    for milestones, match, name in (
        ([28, 12], "must be greater than", "falling"),
        ([0, 12], "must be int and must > 0", "from_zero"),
    ):
        expect.raises(
            ValueError,
            lambda milestones=milestones: (
                ms.nn.piecewise_constant_lr(
                    milestones, [0.1, 0.05]
                )
            ),
            match=match,
            name=name,
        )


def repeated_milestone(pytorch, mindspore):
    """If the milestone 12 is given twice, PyTorch's `MultiStepLR` applies
    `gamma` twice. `nn.piecewise_constant_lr` drops the learning rate between
    equal milestones, so the same list of products gives the same learning
    rates.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.MultiStepLR(
            optimizer, [12, 12], 0.5
        ),
        40,
    )
    ours = ms.nn.piecewise_constant_lr(
        [12, 12, 40], [0.1, 0.05, 0.025]
    )
    expect.close(
        [0.1] * 12 + [0.025] * 28, theirs, name="pytorch"
    )
    expect.close(theirs, ours, name="both")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.piecewise_constant_lr`, the
    41st step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU,
    whereas PyTorch's `MultiStepLR` continues.
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
