import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import adam_formula, train_torch


def same_weights(pytorch, mindspore):
    """In the example, with `weight_decay=0.0` and the decay added to the
    gradients by hand, `mindspore.experimental.optim.AdamW` matches
    `torch.optim.Adam` after each of 60 steps, here with `lr=0.01`, `eps=1e-2`,
    `weight_decay=0.1` and `amsgrad=True`.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def decay_by_hand(pytorch, mindspore):
    """In the example, with `weight_decay * param` added to the gradients by
    hand, `lr=0.01` and `eps=1e-2`, `mindspore.experimental.optim.AdamW` with
    `weight_decay=0.0` matches `torch.optim.Adam` with `weight_decay=0.1` after
    each of 60 steps, in PyNative mode, with and without `@ms.jit`. With
    `maximize=True` in both it matches if `weight_decay * param` is subtracted
    instead.
    """
    for maximize, decay in ((False, 0.1), (True, -0.1)):
        options = {"eps": 1e-2, "maximize": maximize}
        theirs = train_torch(
            pytorch,
            _make(torch.optim.Adam, weight_decay=0.1, **options),
        )
        make = _make(optim.AdamW, weight_decay=0.0, **options)
        for jit in (False, True):
            expect.close(
                theirs,
                _ours(mindspore, make, decay=decay, jit=jit),
                name=f"{'jit' if jit else 'pynative'}_{maximize}",
            )


def same_with_tiny_eps(pytorch, mindspore):
    """In the example, with `lr=0.01`, the default `eps=1e-8`, gradients of
    about 1 and no `amsgrad`, `mindspore.experimental.optim.Adam` matches
    `torch.optim.Adam` after each of 60 steps: with the other defaults, with
    `weight_decay=0.1`, with `maximize=True` and with `betas=(0.0, 0.9)`.
    """
    for name, options in {
        "plain": {},
        "weight_decay": {"weight_decay": 0.1},
        "maximize": {"maximize": True},
        "betas": {"betas": (0.0, 0.9)},
    }.items():
        theirs = train_torch(
            pytorch, _make(torch.optim.Adam, **options)
        )
        ours = _ours(mindspore, _make(optim.Adam, **options))
        expect.close(theirs, ours, name=name)


def small_gradients(pytorch, mindspore):
    """In the example, with `lr=0.01`, the default `eps=1e-8` and gradients of
    about 1e-4, `mindspore.experimental.optim.Adam` differs from
    `torch.optim.Adam` by more than 1e-4 in 60 steps, because it adds `eps`
    before the bias correction. With gradients of about 1e-8 it differs by more
    than 0.1. `mindspore.experimental.optim.AdamW` with `weight_decay=0.0`
    matches `torch.optim.Adam` with both.
    """
    for scale, least in ((1e-4, 1e-4), (1e-8, 0.1)):
        theirs = train_torch(
            pytorch, _make(torch.optim.Adam), scale
        )
        ours = _ours(mindspore, _make(optim.Adam), sign=scale)
        name = f"{scale:g}"
        expect.apart(theirs, ours, at_least=least, name=name)
        formula = adam_formula(pytorch, eps=1e-8, scale=scale)
        expect.close(formula, ours, name=f"{name}_eps_before")
        adamw = _make(optim.AdamW, weight_decay=0.0)
        ours = _ours(mindspore, adamw, sign=scale)
        expect.close(theirs, ours, name=f"{name}_adamw")


def eps_before_correction(pytorch, mindspore):
    """In the example, with `lr=0.01`, `eps=1e-2` and gradients of about 1,
    `mindspore.experimental.optim.Adam` differs from `torch.optim.Adam`: a
    formula that adds `eps` before the bias correction of the second moment
    matches MindSpore, and one that adds it after matches PyTorch. With the
    loss multiplied by 1e6 the same `eps` does not matter, and the weights
    match after each of 60 steps.
    """
    large = train_torch(
        pytorch, _make(torch.optim.Adam, eps=1e-2), 1e6
    )
    ours = _ours(mindspore, _make(optim.Adam, eps=1e-2), sign=1e6)
    expect.close(large, ours, name="large_loss")
    theirs = train_torch(
        pytorch, _make(torch.optim.Adam, eps=1e-2)
    )
    ours = _ours(mindspore, _make(optim.Adam, eps=1e-2))
    expect.apart(theirs, ours, at_least=0.05, name="apart")
    expect.close(adam_formula(pytorch), ours, name="eps_before")
    expect.close(
        adam_formula(pytorch, late=True), theirs, name="eps_after"
    )


def amsgrad_is_ignored(pytorch, mindspore):
    """`mindspore.experimental.optim.Adam` silently ignores `amsgrad=True`. In
    the example, with `lr=0.01` and `betas=(0.9, 0.9)`, the weights are exactly
    the same as without it, and differ from `torch.optim.Adam` with it.
    """
    options = {"betas": (0.9, 0.9), "amsgrad": True}
    theirs = train_torch(
        pytorch, _make(torch.optim.Adam, **options)
    )
    ours = _ours(mindspore, _make(optim.Adam, **options))
    expect.apart(theirs, ours, at_least=0.01, name="apart")
    plain = _make(optim.Adam, betas=(0.9, 0.9))
    expect.close(
        _ours(mindspore, plain),
        ours,
        tolerance=0.0,
        name="without_amsgrad",
    )


def eps_parameter_stops_training(pytorch, mindspore):
    """If `param_groups[0]["eps"]` is replaced by a float32 `Parameter` of 1e-8
    before the first step, `mindspore.experimental.optim.Adam` raises no error
    and does not update the weights of that group in 60 steps, in PyNative mode
    with and without `@ms.jit`.
    """
    del pytorch

    def make(net):
        optimizer = _make(optim.Adam)(net)
        value = ms.Tensor(1e-8, ms.float32)
        optimizer.param_groups[0]["eps"] = ms.Parameter(value)
        return optimizer

    start = [mindspore.weight, mindspore.bias]
    for jit in (False, True):
        ours = _ours(mindspore, make, jit=jit)
        name = "still_jit" if jit else "still"
        expect.close([start] * 60, ours, tolerance=0.0, name=name)
    moved = _ours(mindspore, _make(optim.Adam))
    expect.apart([start] * 60, moved, at_least=0.01, name="moves")


def second_group(pytorch, mindspore):
    """In the example, with `lr=0.02` and `betas=(0.8, 0.99)` in one group, a
    weight decay of 0.1 in the other and `lr=0.01` for the rest,
    `mindspore.experimental.optim.Adam` matches `torch.optim.Adam` after each
    of 60 steps, with the default `eps` and gradients of about 1.
    """

    def groups(net):
        return [
            {
                "params": [net.weight],
                "lr": 0.02,
                "betas": (0.8, 0.99),
            },
            {"params": [net.bias], "weight_decay": 0.1},
        ]

    expect.close(
        train_torch(
            pytorch,
            lambda net: torch.optim.Adam(groups(net), 0.01),
        ),
        _ours(
            mindspore, lambda net: optim.Adam(groups(net), 0.01)
        ),
        name="both",
    )


def _make(kind, **options):
    def make(net):
        if isinstance(net, torch.nn.Module):
            params = net.parameters()
        else:
            params = net.trainable_params()
        return kind(params, lr=0.01, **options)

    return make


def _ours(side, make, *, sign=1, jit=False, decay=0.0):
    net, weights = side.network(), []
    optimizer = make(net)

    def forward():
        return sign * (net(side.x) - side.y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        loss, gradients = grad_fn()
        gradients = tuple(
            gradient + decay * param
            for gradient, param in zip(
                gradients, optimizer.parameters
            )
        )
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    for _ in range(60):
        step()
        weights.append(side.values(net))
    return weights
