import warnings

import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from torch.optim import lr_scheduler as schedulers

RATES = [0.1, 0.05, 0.025]
SCHEDULES = {
    "CosineDecayLR": (0.01, 0.1, 8),
    "ExponentialDecayLR": (0.1, 0.5, 1),
    "InverseDecayLR": (0.1, 0.5, 1),
    "NaturalExpDecayLR": (0.1, 0.5, 1),
    "PolynomialDecayLR": (0.1, 0.01, 8, 1.0),
    "WarmUpLR": (0.1, 4),
}


def torch_get_last_lr(pytorch, mindspore):
    """In PyTorch, `get_last_lr()` of `ExponentialLR` returns the learning rate
    of the next `optimizer.step()`, as long as only `scheduler.step()` changes
    the scheduler and the learning rate.
    """
    expect.close(RATES, pytorch.rates, name="rates")
    law = sum(pytorch.rates) * pytorch.gradient
    expect.close(law, pytorch.total, name="update")


def torch_get_lr_is_another_rate(pytorch, mindspore):
    """In PyTorch, `get_lr()` of `ExponentialLR` called by hand does not return
    the current learning rate: on each call, the value has decayed once too
    often.
    """
    expect.apart(
        RATES, pytorch.others, at_least=0.4, name="wrong_by"
    )
    too_far = [0.05, 0.025, 0.0125]
    expect.close(
        too_far, pytorch.others, name="one_decay_too_far"
    )


def torch_get_lr_warns(pytorch, mindspore):
    """PyTorch warns when you call `get_lr()` of `ExponentialLR` by hand, and
    recommends `get_last_lr()`.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        pytorch.scheduler.get_lr()
    expect.equal(1, len(caught), name="warnings")
    named = "use `get_last_lr()`" in str(caught[0].message)
    expect.equal(True, named, name="names_get_last_lr")


def torch_get_lr_of_lambda(pytorch, mindspore):
    """In PyTorch, `get_lr()` of a `LambdaLR` returns the current learning
    rate, as long as only `scheduler.step()` changes the scheduler and the
    learning rate: it is computed from the step, not from the last learning
    rate.
    """
    weight = torch.nn.Parameter(torch.tensor(pytorch.start))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = schedulers.LambdaLR(
        optimizer, lambda step: 0.5**step
    )
    optimizer.step()
    scheduler.step()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = scheduler.get_lr()
    expect.close(scheduler.get_last_lr(), found)


def torch_has_no_print_lr(pytorch, mindspore):
    """PyTorch has no `print_lr`: no scheduler in `torch.optim.lr_scheduler`
    has such a method.
    """
    base = schedulers.LRScheduler
    kinds = [
        v
        for v in vars(schedulers).values()
        if isinstance(v, type)
    ]
    classes = [kind for kind in kinds if issubclass(kind, base)]
    expect.equal(
        True, len(classes) > 10, name="more_than_ten_classes"
    )
    with_it = [
        c.__name__ for c in classes if hasattr(c, "print_lr")
    ]
    expect.equal([], with_it, name="with_print_lr")


def nn_get_lr(pytorch, mindspore):
    """With a `LearningRateSchedule` class of `mindspore.nn` and no groups,
    `optimizer.get_lr()` of `mindspore.nn.SGD` returns the learning rate of the
    optimizer's next call.
    """
    expect.close(pytorch.rates, mindspore.rates, name="rates")
    law = sum(RATES) * mindspore.gradient.asnumpy()
    expect.close(law, mindspore.total, name="update")
    expect.close(pytorch.total, mindspore.total, name="both")
    base = ms.nn.learning_rate_schedule.LearningRateSchedule
    for name, kind in subclasses(ms.nn, base).items():
        schedule = kind(*SCHEDULES[name])
        weight = ms.Parameter(ms.ops.zeros(1), name="weight")
        optimizer = ms.nn.SGD([weight], learning_rate=schedule)
        read, used = [], []
        for _ in RATES:
            read.append(optimizer.get_lr().asnumpy().item())
            before = weight.item()
            optimizer((ms.ops.ones(1),))
            used.append(before - weight.item())
        expect.close(used, read, name=name)


def nn_get_lr_changes_nothing(pytorch, mindspore):
    """With an `nn.ExponentialDecayLR` and no groups, calling
    `optimizer.get_lr()` of `mindspore.nn.SGD` by hand has no side effect: a
    second call returns the same learning rate, and `global_step` counts only
    the updates.
    """
    expect.equal(
        mindspore.rates, mindspore.others, name="second_call"
    )
    steps = mindspore.optimizer.global_step.asnumpy().item()
    expect.equal(3, steps, name="global_step")


def nn_get_lr_of_list(pytorch, mindspore):
    """With a list of learning rates and no groups, `optimizer.get_lr()` of
    `mindspore.nn.SGD` returns the entry that the optimizer's next call uses.
    On CPU in PyNative mode, `optimizer.get_lr().asnumpy()` raises
    `RuntimeError` after the last entry.
    """
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = ms.nn.SGD([weight], learning_rate=RATES)
    found = []
    for _ in RATES:
        found.append(optimizer.get_lr().asnumpy().item())
        optimizer((mindspore.gradient,))
    expect.close(RATES, found)
    expect.raises(
        RuntimeError,
        lambda: optimizer.get_lr().asnumpy(),
        match=r"range \[0, 3\), but got 3",
        name="after_the_end",
    )


def nn_schedule_can_be_called(pytorch, mindspore):
    """Call a `LearningRateSchedule` of `mindspore.nn`, here
    `ExponentialDecayLR`, with a step number as an int32 Tensor to read the
    learning rate of that step without training.
    """
    steps = [ms.Tensor(step, ms.int32) for step in range(3)]
    found = [mindspore.schedule(step) for step in steps]
    expect.close(RATES, found)


def experimental_get_last_lr(pytorch, mindspore):
    """In `mindspore.experimental.optim` in PyNative mode without `@ms.jit`, as
    long as only the scheduler or `copy_` sets the learning rate,
    `get_last_lr()` of `ExponentialLR` returns the learning rate of the next
    call of `SGD`.
    """
    optim = ms.experimental.optim
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = optim.SGD([weight], lr=0.1)
    scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    found = []
    for _ in RATES:
        found.append(scheduler.get_last_lr()[0].asnumpy().item())
        optimizer((mindspore.gradient,))
        scheduler.step()
    expect.close(RATES, found, name="rates")
    total = mindspore.start - weight.asnumpy()
    expect.close(pytorch.total, total, name="update")
    rate = optimizer.param_groups[0]["lr"]
    rate.copy_(ms.Tensor(0.8, ms.float32))
    for law in (0.8, 0.4):
        before = weight.asnumpy().copy()
        expect.close([law], scheduler.get_last_lr(), name="copy_")
        optimizer((mindspore.gradient,))
        scheduler.step()
        moved = before - weight.asnumpy()
        expected = law * mindspore.gradient.asnumpy()
        expect.close(expected, moved, name="copy_update")
