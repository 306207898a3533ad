import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import mint
from mindspore.experimental.optim import lr_scheduler
from shared import torch_sgd

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, with `group["lr_float"] =
    group["lr"]` before the first step, the Nesterov momentum of the example,
    one group with its own weight decay and one with its own learning rate,
    `mindspore.mint.optim.SGD` matches `torch.optim.SGD` after each of 60
    steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_arguments(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, with `lr=0.1`,
    `mindspore.mint.optim.SGD` matches `torch.optim.SGD` after each of 60 steps
    with `dampening=0.5` and `momentum=0.9`, and with `maximize` and
    `weight_decay=0.1`.
    """
    for name, options in (
        ("dampening", {"momentum": 0.9, "dampening": 0.5}),
        ("maximize", {"maximize": True, "weight_decay": 0.1}),
    ):
        theirs = torch_sgd(pytorch, lr=0.1, **options)
        ours = _ours(mindspore, 0.1, **options)
        expect.close(theirs, ours, name=name)


def eager_does_nothing(pytorch, mindspore):
    """In PyNative mode on CPU, a step of
    `mindspore.mint.optim.SGD` without `@ms.jit` raises no error
    and updates no weight, with and without `momentum`, `nesterov`
    and `weight_decay`. There, `Tensor.add_` returns the sum but
    does not modify its tensor.
    """
    for name, options in (
        ("plain", {}),
        ("momentum", {"momentum": 0.9, "nesterov": True}),
        ("decay", {"weight_decay": 0.1}),
    ):
        net = mindspore.model()
        params = net.trainable_params()
        optimizer = mint.optim.SGD(params, lr=0.1, **options)
        for _ in range(3):
            optimizer(tuple(p.copy() for p in params))
        expect.close(
            [mindspore.weight, mindspore.bias],
            params,
            tolerance=0.0,
            name=name,
        )
    tensor = ms.Tensor([1.0, 2.0])
    total = tensor.add_(ms.Tensor([1.0, 1.0]))
    expect.close(
        np.array([1.0, 2.0]), tensor, tolerance=0.0, name="add"
    )
    expect.close(np.array([2.0, 3.0]), total, name="returned")


def rate_is_private(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `group["lr"].copy_(ms.Tensor(0.02))`
    before step 11 has no effect on the update of `mindspore.mint.optim.SGD`,
    which reads `group["lr_float"]`: it matches `torch.optim.SGD` with the
    first learning rate, here 0.1 with a momentum of 0.9.
    """
    theirs = _changed_theirs(pytorch)
    ours = _changed(mindspore, shared=False)
    expect.apart(theirs, ours, at_least=0.1, name="apart")
    unchanged = torch_sgd(pytorch, lr=0.1, momentum=0.9)
    expect.close(unchanged, ours, name="first_rate")


def shared_rate_is_followed(pytorch, mindspore):
    """With `group["lr_float"] = group["lr"]` before the first step,
    `group["lr"].copy_(ms.Tensor(0.02))` before step 11 takes effect in the
    update of `mindspore.mint.optim.SGD` compiled with `@ms.jit`, which matches
    `torch.optim.SGD` with the same change, here with a momentum of 0.9.
    """
    theirs = _changed_theirs(pytorch)
    ours = _changed(mindspore, shared=True)
    expect.close(theirs, ours, name="weights")


def shared_rate_follows_a_scheduler(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, with `group["lr_float"] =
    group["lr"]` before the first step, `mindspore.mint.optim.SGD` with
    `StepLR` of `mindspore.experimental.optim`, without momentum and with
    `lr=0.1`, matches `torch.optim.SGD` with PyTorch's `StepLR`, both with
    `step_size=20` and `gamma=0.5`.
    """
    net = pytorch.model()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(
        optimizer, 20, 0.5
    )
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    theirs = pytorch.train(net, optimizer)
    net = mindspore.model()
    optimizer = mint.optim.SGD(net.trainable_params(), lr=0.1)
    group = optimizer.param_groups[0]
    group["lr_float"] = group["lr"]
    scheduler = lr_scheduler.StepLR(optimizer, 20, 0.5)
    ours = mindspore.train(net, optimizer, after=scheduler.step)
    expect.close(theirs, ours, name="weights")
    still = torch_sgd(pytorch, lr=0.1)
    expect.apart(still, ours, at_least=0.001, name="schedule")


def group_rate_zero_is_lost(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, a group of `mindspore.mint.optim.SGD`
    with `lr` 0.0 is updated at the optimizer's learning rate, here 0.1:
    without momentum, it matches `torch.optim.SGD` without the group's learning
    rate. With `group["lr_float"] = group["lr"]` before the first step, the
    group is not updated, as in PyTorch.
    """
    frozen = _grouped(pytorch, torch.optim.SGD, {"lr": 0.0})
    plain = _grouped(pytorch, torch.optim.SGD, {})
    ours = _grouped(mindspore, mint.optim.SGD, {"lr": 0.0})
    expect.close(
        pytorch.bias, frozen[-1][1], name="pytorch_rests"
    )
    expect.apart(frozen, ours, at_least=0.1, name="apart")
    expect.close(plain, ours, name="rate_of_the_optimizer")
    shared = _grouped(mindspore, _sharing, {"lr": 0.0})
    expect.close(frozen, shared, name="shared")


def generator_is_used_up(pytorch, mindspore):
    """`mindspore.mint.optim.SGD` raises `ValueError` for a
    generator such as `net.get_parameters()`, because it iterates
    over the parameters twice; `torch.optim.SGD` takes the
    generator `net.parameters()`.
    """
    net = mindspore.model()
    expect.raises(
        ValueError,
        lambda: mint.optim.SGD(net.get_parameters(), lr=0.1),
        match="the argument params must not be empty",
        name="mindspore",
    )
    optimizer = torch.optim.SGD(pytorch.model().parameters())
    count = len(optimizer.param_groups[0]["params"])
    expect.equal(2, count, name="pytorch")


def _sharing(groups, **options):
    optimizer = mint.optim.SGD(groups, **options)
    for group in optimizer.param_groups:
        group["lr_float"] = group["lr"]
    return optimizer


def _grouped(side, make, second):
    net = side.model()
    groups = [
        {"params": [net.weight]},
        {"params": [net.bias], **second},
    ]
    return side.train(net, make(groups, lr=0.1))


def _changed_theirs(side):
    net = side.model()
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    steps = iter(range(60))

    def changed(optimizer, args, kwargs):
        if next(steps) == 10:
            optimizer.param_groups[0]["lr"] = 0.02

    optimizer.register_step_pre_hook(changed)
    return side.train(net, optimizer)


def _changed(side, shared):
    net = side.model()
    optimizer = mint.optim.SGD(
        net.trainable_params(), lr=0.1, momentum=0.9
    )
    group = optimizer.param_groups[0]
    if shared:
        group["lr_float"] = group["lr"]
    steps = iter(range(1, 60))

    def change():
        if next(steps, None) == 10:
            group["lr"].copy_(ms.Tensor(0.02))

    return side.train(net, optimizer, after=change)


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(
        net, mint.optim.SGD(params, *args, **options)
    )
