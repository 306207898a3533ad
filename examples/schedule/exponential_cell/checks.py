import inspect

import mindspore as ms
from crosswalk import expect


def stairs_are_epochs(pytorch, mindspore):
    """With `is_stair=True` and `decay_steps` set to the four steps per epoch,
    `nn.ExponentialDecayLR` matches PyTorch's `ExponentialLR` stepped once per
    epoch, at each of eight steps with a `decay_rate` and a `gamma` of 0.5.
    """
    law = [0.1 * 0.5 ** (step // 4) for step in range(8)]
    expect.close(law, pytorch.stairs, name="pytorch")
    expect.close(law, mindspore.stairs, name="mindspore")
    expect.close(pytorch.stairs, mindspore.stairs, name="both")


def own_schedule(pytorch, mindspore):
    """A `LearningRateSchedule` of your own that returns `0.1 * 0.5 **
    (global_step // 4)`, passed to `mindspore.nn.SGD`, matches PyTorch's
    `ExponentialLR` with `lr=0.1` and `gamma=0.5`, stepped once per epoch of
    four steps. Unlike `nn.ExponentialDecayLR`, its base class announces no
    removal.
    """
    optimizer = ms.nn.SGD(
        [mindspore.weight], learning_rate=_Own()
    )
    expect.close(
        pytorch.stairs, mindspore.used(optimizer), name="rates"
    )
    schedules = ms.nn.learning_rate_schedule
    for name, expected in (
        ("LearningRateSchedule", False),
        ("ExponentialDecayLR", True),
    ):
        text = getattr(schedules, name).__doc__
        found = "will be removed" in text
        expect.equal(expected, found, name=name)


def default_decays_every_step(pytorch, mindspore):
    """Without `is_stair=True`, `nn.ExponentialDecayLR` decays at every step:
    over eight steps with a `decay_rate` of 0.5 and `decay_steps=4`, it matches
    PyTorch's `ExponentialLR` stepped after every batch, with `gamma` equal to
    `decay_rate` to the power `1 / decay_steps`.
    """
    law = [0.1 * 0.5 ** (step / 4) for step in range(8)]
    expect.close(law, pytorch.smooth, name="pytorch")
    expect.close(law, mindspore.smooth, name="mindspore")
    expect.close(pytorch.smooth, mindspore.smooth, name="both")


def forgetting_is_stair(pytorch, mindspore):
    """Without `is_stair=True`, the learning rate of `nn.ExponentialDecayLR`
    differs inside an epoch: from 0.1, with a `decay_rate` of 0.5 and four
    steps per epoch, the fourth step has 0.0595 instead of 0.1.
    """
    expect.close(0.1, mindspore.stairs[3], name="with_is_stair")
    expect.close(
        0.1 * 0.5**0.75, mindspore.smooth[3], name="without"
    )
    expect.apart(
        mindspore.stairs[3],
        mindspore.smooth[3],
        at_least=0.4,
        name="apart",
    )


def is_stair_default(pytorch, mindspore):
    """`is_stair` is `False` by default, in `nn.ExponentialDecayLR` and in
    `nn.exponential_decay_lr`.
    """
    for name in ("ExponentialDecayLR", "exponential_decay_lr"):
        call = inspect.signature(getattr(ms.nn, name))
        expect.equal(
            False, call.parameters["is_stair"].default, name=name
        )


def list_is_flat_in_an_epoch(pytorch, mindspore):
    """`nn.exponential_decay_lr` counts whole epochs even with
    `is_stair=False`, so its learning rate is constant within an epoch, unlike
    that of `nn.ExponentialDecayLR` without `is_stair=True`; `is_stair` changes
    the list only when `decay_epoch` is above 1.
    """
    listed = [_listed(1, False), _listed(1, True)]
    expect.close(mindspore.stairs, listed[0], name="one_epoch")
    expect.close(listed[0], listed[1], name="one_epoch_is_stair")
    expect.apart(
        mindspore.smooth,
        listed[0],
        at_least=0.3,
        name="list_and_cell",
    )
    halves = [0.1 * 0.5 ** (step // 4 / 2) for step in range(8)]
    expect.close(halves, _listed(2, False), name="two_epochs")
    expect.close(
        [0.1] * 8, _listed(2, True), name="two_epochs_is_stair"
    )


class _Own(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def construct(self, global_step):
        return 0.1 * 0.5 ** (global_step // 4)


def _listed(decay_epoch, is_stair):
    return ms.nn.exponential_decay_lr(
        0.1, 0.5, 8, 4, decay_epoch, is_stair=is_stair
    )
