import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import mindspore_weights, torch_weights


def same_weights(pytorch, mindspore):
    """With the arguments of the example,
    `mindspore.experimental.optim.Adadelta` matches `torch.optim.Adadelta`
    after each of the 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_with_defaults(pytorch, mindspore):
    """With no argument but the parameters and gradients of about 1,
    `mindspore.experimental.optim.Adadelta` matches `torch.optim.Adadelta`
    after each of 60 steps.
    """
    expect.close(
        torch_weights(torch.optim.Adadelta),
        mindspore_weights(optim.Adadelta),
        name="weights",
    )


def same_maximize(pytorch, mindspore):
    """With `maximize=True`, `eps=1e-3` and gradients of about 1,
    `mindspore.experimental.optim.Adadelta` matches `torch.optim.Adadelta` with
    both, and differs from `torch.optim.Adadelta` without `maximize`.
    """
    options = {"eps": 1e-3, "maximize": True}
    theirs = torch_weights(
        lambda p: torch.optim.Adadelta(p, **options)
    )
    ours = mindspore_weights(
        lambda p: optim.Adadelta(p, **options)
    )
    without = torch_weights(
        lambda p: torch.optim.Adadelta(p, eps=1e-3)
    )
    expect.close(theirs, ours, name="weights")
    expect.apart(without, ours, at_least=0.5, name="without")


def same_in_groups(pytorch, mindspore):
    """With gradients of about 1, `lr=0.5` in one group, `rho=0.5`, `eps=0.1`
    and `weight_decay=0.3` in the other, and a weight decay of 0.1 for the
    rest, `mindspore.experimental.optim.Adadelta` matches
    `torch.optim.Adadelta` with the same groups.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adadelta(
            _groups(p), weight_decay=0.1
        )
    )
    ours = mindspore_weights(
        lambda p: optim.Adadelta(_groups(p), weight_decay=0.1)
    )
    expect.close(theirs, ours, name="weights")


def refuses_zero(pytorch, mindspore):
    """As arguments of `mindspore.experimental.optim.Adadelta`,
    `lr=0.0` and `eps=0.0` raise `ValueError`;
    `torch.optim.Adadelta` accepts both.
    """
    for key in ("lr", "eps"):
        expect.raises(
            ValueError,
            lambda key=key: mindspore_weights(
                lambda p: optim.Adadelta(p, **{key: 0.0})
            ),
            match=f"the {key} must be greater than 0.0",
            name=key,
        )
        theirs = torch_weights(
            lambda p, key=key: torch.optim.Adadelta(
                p, **{key: 0.0}
            )
        )
        expect.equal(
            (60, 2, 4), theirs.shape, name=f"pytorch_{key}"
        )


def _groups(params):
    return [
        {"params": params[:1], "lr": 0.5},
        {
            "params": params[1:],
            "rho": 0.5,
            "eps": 0.1,
            "weight_decay": 0.3,
        },
    ]
