import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import torch_rprop

# Later the gradients are rounding errors, and so are the signs that Rprop uses.
UNTIL_CONVERGED = 40


def same_weights(pytorch, mindspore):
    """With the learning rates and `step_sizes` of the example, a group with
    its own `etas` and one with its own learning rate,
    `mindspore.experimental.optim.Rprop` matches `torch.optim.Rprop` after each
    of the 60 steps of the example.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_arguments(pytorch, mindspore):
    """With the default arguments, with `maximize=True`, and with the lists
    `etas=[0.5, 2]` and `step_sizes=[1e-6, 50]`, which contain integers,
    `mindspore.experimental.optim.Rprop` matches `torch.optim.Rprop` after each
    of the 60 steps of the example.
    """
    for name, options in (
        ("defaults", {}),
        ("maximize", {"maximize": True}),
        ("lists", {"etas": [0.5, 2], "step_sizes": [1e-6, 50]}),
    ):
        theirs = torch_rprop(pytorch, **options)
        ours = _ours(mindspore, **options)
        expect.close(theirs, ours, name=name)


def rate_zero_raises(pytorch, mindspore):
    """As an argument of `mindspore.experimental.optim.Rprop`, `lr=0.0` raises
    `ValueError`. In a group, `"lr": 0.0` is accepted, and with 0.1 in the
    other group the weights of the first 40 steps of the example match
    `torch.optim.Rprop`, which accepts both.
    """
    params = mindspore.model().trainable_params()
    expect.raises(
        ValueError,
        lambda: optim.Rprop(params, lr=0.0),
        match="lr must be greater than 0.0",
        name="mindspore",
    )
    optimizer = torch.optim.Rprop(
        pytorch.model().parameters(), lr=0.0
    )
    expect.equal(0.0, optimizer.defaults["lr"], name="pytorch")
    net = pytorch.model()
    groups = [
        {"params": [net.weight], "lr": 0.0},
        {"params": [net.bias]},
    ]
    theirs = pytorch.train(net, torch.optim.Rprop(groups, lr=0.1))
    net = mindspore.model()
    groups = [
        {"params": [net.weight], "lr": 0.0},
        {"params": [net.bias]},
    ]
    ours = mindspore.train(net, optim.Rprop(groups, lr=0.1))
    expect.close(
        theirs[:UNTIL_CONVERGED],
        ours[:UNTIL_CONVERGED],
        name="group",
    )


def no_weight_decay(pytorch, mindspore):
    """`mindspore.experimental.optim.Rprop` and `torch.optim.Rprop` raise
    `TypeError` for the argument `weight_decay`. In a group both accept
    `weight_decay=0.5` and ignore it in the 60 steps of the example.
    """
    params = mindspore.model().trainable_params()
    for name, call in (
        (
            "mindspore",
            lambda: optim.Rprop(params, weight_decay=0.5),
        ),
        (
            "pytorch",
            lambda: torch.optim.Rprop(
                pytorch.model().parameters(), weight_decay=0.5
            ),
        ),
    ):
        expect.raises(
            TypeError,
            call,
            match="unexpected keyword argument 'weight_decay'",
            name=name,
        )
    net = pytorch.model()
    group = {"params": net.parameters(), "weight_decay": 0.5}
    theirs = pytorch.train(net, torch.optim.Rprop([group]))
    plain = torch_rprop(pytorch)
    expect.close(plain, theirs, name="group_of_pytorch")
    net = mindspore.model()
    group = {
        "params": net.trainable_params(),
        "weight_decay": 0.5,
    }
    ours = mindspore.train(net, optim.Rprop([group]))
    expect.close(plain, ours, name="group_of_mindspore")


def rate_matters_once(pytorch, mindspore):
    """The learning rate of `torch.optim.Rprop` and of
    `mindspore.experimental.optim.Rprop` is the first step size only. If every
    parameter has a gradient from the first step on and the learning rate, here
    0.1, is halved every 5 steps by `StepLR`, the weights of both in the 60
    steps of the example are the same as with the first learning rate
    throughout.
    """
    net = pytorch.model()
    optimizer = torch.optim.Rprop(net.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5, 0.5)
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    scheduled = pytorch.train(net, optimizer)
    fixed = torch_rprop(pytorch, lr=0.1)
    expect.close(fixed, scheduled, tolerance=0.0, name="pytorch")
    net = mindspore.model()
    optimizer = optim.Rprop(net.trainable_params(), lr=0.1)
    scheduler = optim.lr_scheduler.StepLR(optimizer, 5, 0.5)

    def update(grads):
        optimizer(grads)
        scheduler.step()

    ours = mindspore.train(net, update)
    own = _ours(mindspore, lr=0.1)
    expect.close(own, ours, tolerance=0.0, name="own_fixed")
    fixed, ours = fixed[:UNTIL_CONVERGED], ours[:UNTIL_CONVERGED]
    expect.close(fixed, ours, name="mindspore")


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(net, optim.Rprop(params, *args, **options))
