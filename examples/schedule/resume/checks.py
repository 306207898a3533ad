import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim


def continues_where_it_stopped(pytorch, mindspore):
    """`mindspore.nn.SGD` with `nn.ExponentialDecayLR` resumes its schedule if
    you load its checkpoint into a new optimizer with the same schedule before
    the first step. In the example, the learning rate matches PyTorch's after
    the states of optimizer and scheduler are loaded.
    """
    expect.close(
        [0.1, 0.05, 0.025], mindspore.before, name="before"
    )
    expect.close([0.0125, 0.00625], pytorch.after, name="pytorch")
    expect.close(pytorch.after, mindspore.after, name="mindspore")
    count = pytorch.scheduler.last_epoch
    expect.equal(5, count, name="pytorch_last_epoch")


def step_count_is_in_the_checkpoint(pytorch, mindspore):
    """The checkpoint of `mindspore.nn.SGD` holds the step count as
    `global_step`; PyTorch keeps it in the state of the scheduler, as
    `last_epoch`.
    """
    expect.equal([3], mindspore.saved_steps, name="mindspore")
    state = pytorch.saved["scheduler"]["last_epoch"]
    expect.equal(3, state, name="pytorch")


def setting_the_count(pytorch, mindspore):
    """Without a checkpoint, `nn.ExponentialDecayLR` continues from the step
    that you assign to `optimizer.global_step` of `mindspore.nn.SGD` with
    `copy_` before its first step.
    """
    weight, optimizer = mindspore.build(mindspore.schedule)
    optimizer.global_step.copy_(ms.Tensor([3], ms.int32))
    rates = mindspore.used(weight, optimizer, 2)
    expect.close(mindspore.after, rates, name="rates")


def list_is_in_the_checkpoint(pytorch, mindspore):
    """With a list of learning rates and without groups, the checkpoint of
    `mindspore.nn.SGD` holds the list as `learning_rate`, and loading it
    silently replaces a list of the same length in a new optimizer before its
    first step.
    """
    _, old = mindspore.build([0.1, 0.05, 0.025, 0.0125])
    ms.save_checkpoint(old, "list.ckpt")
    saved = ms.load_checkpoint("list.ckpt")
    expect.equal(True, "learning_rate" in saved, name="saved")
    weight, new = mindspore.build([0.8, 0.4, 0.2, 0.1])
    ms.load_param_into_net(new, saved)
    rates = mindspore.used(weight, new, 4)
    expect.close([0.1, 0.05, 0.025, 0.0125], rates, name="rates")


def longer_list_raises(pytorch, mindspore):
    """Without groups, loading the checkpoint of a `mindspore.nn.SGD` with a
    list of two learning rates into one with a list of four raises a
    `RuntimeError` about the shape of `learning_rate`. Without the entry
    `learning_rate`, the checkpoint loads and a new optimizer uses its longer
    list.
    """
    weight, old = mindspore.build([0.1, 0.05])
    mindspore.used(weight, old, 2)
    ms.save_checkpoint(old, "short.ckpt")
    saved = ms.load_checkpoint("short.ckpt")
    weight, new = mindspore.build([0.1, 0.05, 0.025, 0.0125])
    expect.raises(
        RuntimeError,
        lambda: ms.load_param_into_net(new, saved),
        match="learning_rate",
        name="longer_list",
    )
    weight, new = mindspore.build([0.1, 0.05, 0.025, 0.0125])
    del saved["learning_rate"]
    ms.load_param_into_net(new, saved)
    rates = mindspore.used(weight, new, 2)
    expect.close([0.025, 0.0125], rates, name="rates")


def experimental_has_no_state_dict(pytorch, mindspore):
    """The schedulers of `mindspore.experimental.optim` have neither
    `state_dict` nor `load_state_dict`; PyTorch's have both.
    """
    pytorch_schedulers = torch.optim.lr_scheduler
    names = [
        name
        for name in pytorch_schedulers.__all__
        if hasattr(optim.lr_scheduler, name)
    ]
    expect.equal(True, len(names) > 10, name="more_than_ten")
    for name in ("state_dict", "load_state_dict"):
        for where, schedulers, wanted in (
            ("pytorch", pytorch_schedulers, names),
            ("mindspore", optim.lr_scheduler, []),
        ):
            having = [
                kind
                for kind in names
                if hasattr(getattr(schedulers, kind), name)
            ]
            expect.equal(wanted, having, name=f"{where}_{name}")


def experimental_resumes_by_last_epoch(pytorch, mindspore):
    """To resume `ExponentialLR` of `mindspore.experimental.optim` after three
    steps, build the optimizer with the learning rate of the last step taken as
    a float, set `initial_lr` in its groups, and pass the number of that step,
    counted from 0, as `last_epoch=2`: the scheduler then continues with the
    next learning rates. Without `initial_lr` it raises a `KeyError`.
    """
    weight = ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="weight"
    )
    optimizer = optim.SGD([weight], lr=0.025)
    scheduler = optim.lr_scheduler.ExponentialLR
    expect.raises(
        KeyError,
        lambda: scheduler(optimizer, 0.5, last_epoch=2),
        match="initial_lr",
        name="without_initial_lr",
    )
    optimizer.param_groups[0]["initial_lr"] = 0.1
    resumed = scheduler(optimizer, 0.5, last_epoch=2)
    rates = []
    for _ in pytorch.after:
        rates.append(resumed.get_last_lr()[0].item())
        resumed.step()
    expect.close(pytorch.after, rates, name="next_rates")
