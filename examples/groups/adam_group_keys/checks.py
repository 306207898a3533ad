import mindspore as ms
import torch
from crosswalk import expect

PARTNERS = {
    "experimental.Adam": "Adam",
    "experimental.AdamW": "AdamW",
    "mint.Adam": "Adam",
}


def lr(pytorch, mindspore):
    """With fixed learning rates, the default `eps` and gradients between 0.05
    and 3 in absolute value, a group's `lr` of 0.02 is honoured as in PyTorch
    by `Adam` of `mindspore.nn`, `Adam` and `AdamW` of
    `mindspore.experimental.optim` and, compiled with `@ms.jit`, `Adam` of
    `mindspore.mint.optim`. The other arguments are as in the example.
    """
    _verdicts(mindspore, "lr", nn="honoured")
    _same(pytorch, mindspore, "lr")
    expect.close(
        pytorch.weights["Adam"]["lr"],
        mindspore.weights["nn.Adam"]["lr"],
        name="nn.Adam_weights",
    )


def weight_decay(pytorch, mindspore):
    """With the default `eps` and gradients between 0.05 and 3 in absolute
    value, a group's `weight_decay` of 0.3 is honoured as in PyTorch by `Adam`
    of `mindspore.nn`, `Adam` and `AdamW` of `mindspore.experimental.optim`
    and, compiled with `@ms.jit`, `Adam` of `mindspore.mint.optim`. The other
    arguments are as in the example.
    """
    _verdicts(mindspore, "weight_decay", nn="honoured")
    _same(pytorch, mindspore, "weight_decay")
    expect.close(
        pytorch.weights["Adam"]["weight_decay"],
        mindspore.weights["nn.Adam"]["weight_decay"],
        name="nn.Adam_weights",
    )


def betas(pytorch, mindspore):
    """A group's `betas` raise `KeyError` in `mindspore.nn.Adam`. With the
    default `eps` and gradients between 0.05 and 3 in absolute value, the pairs
    `(0.8, 0.9)`, `(0.1, 0.1)` and `(0.999, 0.999)` are honoured as in PyTorch
    by `Adam` and `AdamW` of `mindspore.experimental.optim` and, compiled with
    `@ms.jit`, by `Adam` of `mindspore.mint.optim`. The other arguments are as
    in the example.
    """
    _verdicts(mindspore, "betas", nn="KeyError")
    _same(pytorch, mindspore, "betas")
    for pair in ((0.1, 0.1), (0.999, 0.999)):
        for place, partner in PARTNERS.items():
            keys, options = {"betas": pair}, {"betas": (0.5, 0.6)}
            theirs = pytorch.trained(
                getattr(torch.optim, partner), keys
            )
            ours = mindspore.trained(
                mindspore.places[place],
                keys,
                jit=place.startswith("mint"),
                **options,
            )
            expect.close(theirs, ours, name=f"{place}_{pair[0]}")


def maximize(pytorch, mindspore):
    """A group's `maximize` raises `KeyError` in `mindspore.nn.Adam`. With the
    default `eps` and gradients between 0.05 and 3 in absolute value, `True` is
    honoured as in PyTorch by `Adam` and `AdamW` of
    `mindspore.experimental.optim` and, compiled with `@ms.jit`, by `Adam` of
    `mindspore.mint.optim`. The other arguments are as in the example.
    """
    _verdicts(mindspore, "maximize", nn="KeyError")
    _same(pytorch, mindspore, "maximize")


def eps(pytorch, mindspore):
    """A group's `eps` raises `KeyError` in `mindspore.nn.Adam`. In the
    example, with gradients between 0.05 and 3 in absolute value, an `eps` of
    1.0 is honoured as in PyTorch by `AdamW` of `mindspore.experimental.optim`
    and, compiled with `@ms.jit`, by `Adam` of `mindspore.mint.optim`. It gives
    a different result in `Adam` of `mindspore.experimental.optim`, which adds
    it before the bias correction.
    """
    _verdicts(mindspore, "eps", nn="KeyError")
    _same(pytorch, mindspore, "eps", skip="experimental.Adam")
    theirs = pytorch.weights["Adam"]["eps"]
    ours = mindspore.weights["experimental.Adam"]["eps"]
    expect.apart(
        theirs,
        ours,
        at_least=0.002,
        name="experimental.Adam_apart",
    )
    law = _adam(mindspore, eps=1.0)
    expect.close(law, ours, name="experimental.Adam_weights")


def amsgrad(pytorch, mindspore):
    """A group's `amsgrad` raises `KeyError` in `mindspore.nn.Adam`. In the
    example, `True` is honoured as in PyTorch by `AdamW` of
    `mindspore.experimental.optim`, and is ignored by `Adam` of
    `mindspore.experimental.optim` and, compiled with `@ms.jit`, of
    `mindspore.mint.optim`.
    """
    names = ("nn.Adam", *PARTNERS)
    kinds = ("KeyError", "ignored", "honoured", "ignored")
    for place, kind in zip(names, kinds, strict=True):
        expect.equal(
            kind, mindspore.verdicts[place]["amsgrad"], name=place
        )
    theirs = pytorch.weights["AdamW"]["amsgrad"]
    ours = mindspore.weights["experimental.AdamW"]["amsgrad"]
    expect.close(theirs, ours, name="experimental.AdamW_weights")
    for place in ("experimental.Adam", "mint.Adam"):
        theirs = pytorch.weights["Adam"]["amsgrad"]
        ours = mindspore.weights[place]["amsgrad"]
        expect.apart(
            theirs, ours, at_least=0.01, name=f"{place}_apart"
        )
        plain = mindspore.weights[place]["plain"]
        expect.close(plain, ours, name=f"{place}_plain")


def pynative_too(pytorch, mindspore):
    """In PyNative mode, without `@ms.jit`, the group keys of the example have
    the same effect as in a compiled step, in `mindspore.nn.Adam` and in `Adam`
    and `AdamW` of `mindspore.experimental.optim`.
    """
    del pytorch
    for place in ("nn.Adam", *list(PARTNERS)[:2]):
        compiled = mindspore.weights[place]
        keys = {
            k: mindspore.keys[k] for k in compiled if k != "plain"
        }
        options = {"betas": (0.5, 0.6)}
        if place == "nn.Adam":
            options = {"beta1": 0.5, "beta2": 0.6}
        weights = mindspore.trained(
            mindspore.places[place], keys, jit=False, **options
        )
        expect.close(compiled, weights, name=place)


def mint_adamw_needs_ascend(pytorch, mindspore):
    """`mindspore.mint.optim.AdamW` accepts a group's `betas`, but in PyNative
    mode on CPU, without `@ms.jit`, its first step raises `RuntimeError`,
    because CPU has no kernel `AdamW`.
    """
    del pytorch
    param = ms.Parameter(ms.Tensor(mindspore.start), name="param")
    groups = [{"params": [param], "betas": (0.8, 0.9)}]
    optimizer = ms.mint.optim.AdamW(groups, 0.1)
    expect.equal(
        (0.8, 0.9),
        optimizer.param_groups[0]["betas"],
        name="betas",
    )
    expect.raises(
        RuntimeError,
        lambda: optimizer((ms.Tensor(mindspore.first),)),
        match="AdamW",
        name="step",
    )


def _verdicts(mindspore, key, nn):
    kinds = (nn, "honoured", "honoured", "honoured")
    for place, kind in zip(
        ("nn.Adam", *PARTNERS), kinds, strict=True
    ):
        expect.equal(
            kind, mindspore.verdicts[place][key], name=place
        )


def _same(pytorch, mindspore, key, skip=""):
    for name, verdicts in pytorch.verdicts.items():
        expect.equal(
            "honoured", verdicts[key], name=f"torch.{name}"
        )
    for place, partner in PARTNERS.items():
        if place != skip:
            expect.close(
                pytorch.weights[partner][key],
                mindspore.weights[place][key],
                name=f"{place}_weights",
            )


def _adam(side, eps, lr=0.1, beta1=0.5, beta2=0.6):
    weight, mean, square = side.start.astype(float), 0.0, 0.0
    for step, gradient in enumerate(side.gradients, 1):
        mean = beta1 * mean + (1 - beta1) * gradient.astype(float)
        square = (
            beta2 * square
            + (1 - beta2) * gradient.astype(float) ** 2
        )
        rate = lr * (1 - beta2**step) ** 0.5 / (1 - beta1**step)
        weight = weight - rate * mean / (square**0.5 + eps)
    return weight
