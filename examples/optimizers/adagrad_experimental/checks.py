import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import GRADIENTS, mindspore_weights, torch_weights


def same_weights(pytorch, mindspore):
    """With float32 parameters and the arguments of the example,
    `mindspore.experimental.optim.Adagrad` matches `torch.optim.Adagrad` after
    each of the 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_with_defaults(pytorch, mindspore):
    """With float32 parameters, no other argument and gradients of about 1,
    `mindspore.experimental.optim.Adagrad` matches `torch.optim.Adagrad` after
    each of 60 steps.
    """
    expect.close(
        torch_weights(torch.optim.Adagrad),
        mindspore_weights(optim.Adagrad),
        name="weights",
    )


def same_maximize(pytorch, mindspore):
    """With float32 parameters, gradients of about 1, `lr=0.1` and
    `maximize=True`, `mindspore.experimental.optim.Adagrad` matches
    `torch.optim.Adagrad` with both, and differs from `torch.optim.Adagrad`
    without `maximize`.
    """
    options = {"lr": 0.1, "maximize": True}
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, **options)
    )
    ours = mindspore_weights(
        lambda p: optim.Adagrad(p, **options)
    )
    without = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1)
    )
    expect.close(theirs, ours, name="weights")
    expect.apart(without, ours, at_least=0.5, name="without")


def same_in_groups(pytorch, mindspore):
    """With float32 parameters, gradients of about 1, `lr=0.5` in one group,
    `lr_decay=0.3`, `eps=0.1` and `weight_decay=0.3` in the other, and a weight
    decay of 0.1 for the rest, `mindspore.experimental.optim.Adagrad` matches
    `torch.optim.Adagrad` with the same groups.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(
            _groups(p), weight_decay=0.1
        )
    )
    ours = mindspore_weights(
        lambda p: optim.Adagrad(_groups(p), weight_decay=0.1)
    )
    expect.close(theirs, ours, name="weights")


def small_gradients(pytorch, mindspore):
    """With float32 parameters, `lr=0.1` and gradients of about 1e-4 and of
    about 1e-10, `mindspore.experimental.optim.Adagrad` matches
    `torch.optim.Adagrad` with the default `eps` after each of 60 steps.
    """
    for size in (1e-4, 1e-10):
        theirs = torch_weights(
            lambda p: torch.optim.Adagrad(p, lr=0.1),
            size * GRADIENTS,
        )
        ours = mindspore_weights(
            lambda p: optim.Adagrad(p, lr=0.1), size * GRADIENTS
        )
        expect.close(theirs, ours, name=f"size_{size:g}")


def only_float32_moves(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`,
    `mindspore.experimental.optim.Adagrad` does not update a float16 or float64
    parameter with gradients of the same type and raises no error: with
    `lr=0.1` and a gradient of 0.5 the weight is unchanged after 3 steps, while
    `torch.optim.Adagrad` has changed it by more than 0.2.
    """
    for kind in ("float16", "float64"):
        param = ms.Parameter(
            ms.Tensor([1.0], getattr(ms, kind)), name=kind
        )
        optimizer = optim.Adagrad([param], lr=0.1)
        theirs = torch.nn.Parameter(
            torch.ones(1, dtype=getattr(torch, kind))
        )
        theirs.grad = torch.full_like(theirs, 0.5)
        reference = torch.optim.Adagrad([theirs], lr=0.1)
        for _ in range(3):
            optimizer((ms.Tensor([0.5], getattr(ms, kind)),))
            reference.step()
        expect.equal(1.0, param.asnumpy().item(), name=kind)
        expect.apart(
            1.0,
            theirs.item(),
            at_least=0.2,
            name=f"pytorch_{kind}",
        )


def group_accumulator_is_ignored(pytorch, mindspore):
    """`mindspore.experimental.optim.Adagrad` and `torch.optim.Adagrad` both
    ignore `initial_accumulator_value` in a group, here 5.0: with `lr=0.1` and
    gradients of about 1, the weights are the same as without it.
    """

    def groups(p):
        return [{"params": p, "initial_accumulator_value": 5.0}]

    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(groups(p), lr=0.1)
    )
    ours = mindspore_weights(
        lambda p: optim.Adagrad(groups(p), lr=0.1)
    )
    without = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1)
    )
    expect.close(without, theirs, tolerance=0.0, name="pytorch")
    expect.close(without, ours, name="mindspore")


def refuses_zero(pytorch, mindspore):
    """As arguments of `mindspore.experimental.optim.Adagrad`,
    `lr=0.0` and `eps=0.0` raise `ValueError`;
    `torch.optim.Adagrad` accepts both.
    """
    for key in ("lr", "eps"):
        expect.raises(
            ValueError,
            lambda key=key: mindspore_weights(
                lambda p: optim.Adagrad(p, **{key: 0.0})
            ),
            match=f"the {key} must be greater than 0.0",
            name=key,
        )
        theirs = torch_weights(
            lambda p, key=key: torch.optim.Adagrad(
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
            "lr_decay": 0.3,
            "eps": 0.1,
            "weight_decay": 0.3,
        },
    ]
