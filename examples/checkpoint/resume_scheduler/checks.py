import mindspore as ms
from crosswalk import expect
from mindspore.experimental import optim

RATES = [0.1 * 0.8**step for step in range(6)]


def schedulers_have_no_state_dict(pytorch, mindspore):
    """A scheduler of `mindspore.experimental.optim.lr_scheduler` is no Cell
    and has neither `state_dict` nor `load_state_dict`; PyTorch's has both.
    """
    for name in ("state_dict", "load_state_dict"):
        torch_has = hasattr(pytorch.scheduler, name)
        expect.equal(True, torch_has, name=f"pytorch_{name}")
        has = hasattr(mindspore.scheduler, name)
        expect.equal(False, has, name=f"mindspore_{name}")
    cell = isinstance(mindspore.scheduler, ms.nn.Cell)
    expect.equal(False, cell, name="is_a_cell")


def rate_restarts_without_the_scheduler(pytorch, mindspore):
    """Loading the file of a `mindspore.experimental.optim` optimizer leaves
    the rate at the start of the schedule, without an error. In PyTorch the
    optimizer's file alone brings the rate back.
    """
    expect.close(RATES[:3], mindspore.restarted, name="mindspore")
    expect.close(RATES[3:], pytorch.restarted, name="pytorch")
    expect.close(
        pytorch.resumed_weight,
        pytorch.net.weight,
        name="pytorch_weight",
    )
    net, optimizer = mindspore.build()
    ms.load_checkpoint("all.ckpt", optimizer)
    scheduler = mindspore.ExponentialLR(optimizer, gamma=0.8)
    mindspore.train(net, optimizer, scheduler, 3)
    expect.close(
        net.weight, mindspore.net.weight, name="mindspore_weight"
    )


def rate_continues_with_two_assignments(pytorch, mindspore):
    """Saved beside the optimizer with `append_dict` and assigned after
    loading, the scheduler's `last_epoch` and the group's `lr` make the rate
    and the weights go on as without the break, as `scheduler.state_dict()`
    does in PyTorch.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(
            RATES[3:], side.uninterrupted, name=f"{name}_law"
        )
        expect.close(
            RATES[3:], side.resumed, name=f"{name}_resumed"
        )
        epoch = float(side.scheduler.last_epoch)
        expect.equal(6.0, epoch, name=f"{name}_last_epoch")
        expect.close(
            side.uninterrupted_weight,
            side.resumed_weight,
            name=name,
        )
    expect.close(
        pytorch.resumed_weight,
        mindspore.resumed_weight,
        name="both",
    )


def last_epoch_needs_initial_lr(pytorch, mindspore):
    """The argument `last_epoch` resumes `ExponentialLR` only over an optimizer
    whose groups have an `initial_lr`: where that is missing, PyTorch and
    `mindspore.experimental.optim.lr_scheduler` raise a KeyError.
    """
    for name, call in {
        "pytorch": lambda: pytorch.ExponentialLR(
            pytorch.build()[1], gamma=0.8, last_epoch=2
        ),
        "mindspore": lambda: optim.lr_scheduler.ExponentialLR(
            mindspore.build()[1], gamma=0.8, last_epoch=2
        ),
    }.items():
        expect.raises(
            KeyError, call, match="initial_lr", name=name
        )


def appended_values_are_read_as_parameters(pytorch, mindspore):
    """`load_checkpoint` returns what `append_dict` added together with the
    parameters, and `load_param_into_net` returns those names in its second
    list, that of the names not used.
    """
    state = ms.load_checkpoint("all.ckpt")
    expect.close(RATES[3], state["lr"], name="lr")
    expect.close(3.0, state["last_epoch"], name="last_epoch")
    _, optimizer = mindspore.build()
    left_out = ms.load_param_into_net(optimizer, state)
    expect.equal(
        ([], ["last_epoch", "lr"]), left_out, name="left_out"
    )
