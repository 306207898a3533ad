import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import mindspore_weights, torch_weights


def same_weights(pytorch, mindspore):
    """In the example, with `lr=0.01`, `alpha=0.95`, `eps=1e-2`,
    `weight_decay=0.1`, `momentum=0.5` and `centered=True`,
    `mindspore.experimental.optim.RMSprop` matches `torch.optim.RMSprop` after
    each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_with_defaults(pytorch, mindspore):
    """With no argument but the parameters and gradients of about 1,
    `mindspore.experimental.optim.RMSprop` matches `torch.optim.RMSprop` after
    each of 60 steps.
    """
    expect.close(
        torch_weights(torch.optim.RMSprop),
        mindspore_weights(optim.RMSprop),
        name="weights",
    )


def same_maximize(pytorch, mindspore):
    """With `maximize=True`, `eps=1e-2` and gradients of about 1,
    `mindspore.experimental.optim.RMSprop` matches `torch.optim.RMSprop` with
    both, and differs from `torch.optim.RMSprop` without `maximize`.
    """
    options = {"eps": 1e-2, "maximize": True}
    theirs = torch_weights(
        lambda p: torch.optim.RMSprop(p, **options)
    )
    ours = mindspore_weights(
        lambda p: optim.RMSprop(p, **options)
    )
    without = torch_weights(
        lambda p: torch.optim.RMSprop(p, eps=1e-2)
    )
    expect.close(theirs, ours, name="weights")
    expect.apart(without, ours, at_least=0.5, name="without")


def same_in_groups(pytorch, mindspore):
    """With gradients of about 1, one group that sets `lr=0.02`, `momentum=0.5`
    and `centered=True`, and one that sets `alpha=0.5`, `eps=0.1` and
    `weight_decay=0.3`, `mindspore.experimental.optim.RMSprop` matches
    `torch.optim.RMSprop` with the same groups.
    """
    theirs = torch_weights(
        lambda p: torch.optim.RMSprop(_groups(p))
    )
    ours = mindspore_weights(lambda p: optim.RMSprop(_groups(p)))
    expect.close(theirs, ours, name="weights")


def falling_rate_with_momentum(pytorch, mindspore):
    """With gradients of about 1, `lr=0.05`, `alpha=0.9`, `momentum=0.9` and
    `ExponentialLR` of each framework with `gamma=0.95`, stepped after every
    step, `mindspore.experimental.optim.RMSprop` matches `torch.optim.RMSprop`
    after each of 60 steps.
    """
    theirs, ours = _scheduled_weights()
    expect.close(theirs, ours, name="weights")


def refuses_zero(pytorch, mindspore):
    """As arguments of `mindspore.experimental.optim.RMSprop`,
    `lr=0.0` and `eps=0.0` raise `ValueError`;
    `torch.optim.RMSprop` accepts both.
    """
    for key in ("lr", "eps"):
        expect.raises(
            ValueError,
            lambda key=key: mindspore_weights(
                lambda p: optim.RMSprop(p, **{key: 0.0})
            ),
            match=f"the {key} must be greater than 0.0",
            name=key,
        )
        theirs = torch_weights(
            lambda p, key=key: torch.optim.RMSprop(
                p, **{key: 0.0}
            )
        )
        expect.equal(
            (60, 2, 4), theirs.shape, name=f"pytorch_{key}"
        )


def _groups(params):
    return [
        {
            "params": params[:1],
            "lr": 0.02,
            "momentum": 0.5,
            "centered": True,
        },
        {
            "params": params[1:],
            "alpha": 0.5,
            "eps": 0.1,
            "weight_decay": 0.3,
        },
    ]


def _scheduled_weights():
    def build(p):
        optimizer = torch.optim.RMSprop(
            p, lr=0.05, alpha=0.9, momentum=0.9
        )
        scheduler = torch.optim.lr_scheduler.ExponentialLR(
            optimizer, 0.95
        )
        optimizer.register_step_post_hook(
            lambda *_: scheduler.step()
        )
        return optimizer

    def build_too(p):
        optimizer = optim.RMSprop(
            p, lr=0.05, alpha=0.9, momentum=0.9
        )
        scheduler = optim.lr_scheduler.ExponentialLR(
            optimizer, 0.95
        )

        def step(gradients):
            optimizer(gradients)
            scheduler.step()

        return step

    return torch_weights(build), mindspore_weights(build_too)
