from functools import partial

import mindspore as ms
from crosswalk import expect


def lr(pytorch, mindspore):
    """A group's `lr` is honoured by `SGD` of `torch.optim`, `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`, with the same
    weights after three steps.
    """
    _verdicts(mindspore, "lr", nn="honoured")
    _same(
        pytorch, mindspore, "lr", ("nn", "experimental", "mint")
    )


def weight_decay(pytorch, mindspore):
    """A group's `weight_decay` is honoured by `SGD` of `torch.optim`,
    `mindspore.nn`, `mindspore.experimental.optim` and
    `mindspore.mint.optim`, with the same weights after three steps.
    """
    _verdicts(mindspore, "weight_decay", nn="honoured")
    _same(
        pytorch,
        mindspore,
        "weight_decay",
        ("nn", "experimental", "mint"),
    )


def momentum(pytorch, mindspore):
    """A group's `momentum` raises `KeyError` in `mindspore.nn`, and is
    honoured as in PyTorch by `SGD` of `mindspore.experimental.optim` and
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "momentum", nn="KeyError")
    _same(pytorch, mindspore, "momentum")


def dampening(pytorch, mindspore):
    """A group's `dampening` raises `KeyError` in `mindspore.nn`, and is
    honoured as in PyTorch by `SGD` of `mindspore.experimental.optim` and
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "dampening", nn="KeyError")
    _same(pytorch, mindspore, "dampening")


def nesterov(pytorch, mindspore):
    """A group's `nesterov` raises `KeyError` in `mindspore.nn`, and is
    honoured as in PyTorch by `SGD` of `mindspore.experimental.optim` and
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "nesterov", nn="KeyError")
    _same(pytorch, mindspore, "nesterov")


def maximize(pytorch, mindspore):
    """A group's `maximize` raises `KeyError` in `mindspore.nn`, and is
    honoured as in PyTorch by `SGD` of `mindspore.experimental.optim` and
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "maximize", nn="KeyError")
    _same(pytorch, mindspore, "maximize")


def unknown_key(pytorch, mindspore):
    """A key that no optimizer knows, such as `learning_rate` instead of
    `lr`, raises `KeyError` in `mindspore.nn`; in PyTorch, in
    `mindspore.experimental.optim` and in `mindspore.mint.optim` it is kept
    and ignored without a word.
    """
    kinds = ("ignored", "ignored")
    _verdicts(
        mindspore, "learning_rate", nn="KeyError", others=kinds
    )
    expect.equal(
        "ignored",
        pytorch.verdicts["learning_rate"],
        name="pytorch",
    )
    _same(pytorch, mindspore, "learning_rate")


def allowed_keys(pytorch, mindspore):
    """The message of the `KeyError` in `mindspore.nn` lists the five keys a
    group can have: `params`, `lr`, `weight_decay`, `order_params` and
    `grad_centralization`.
    """
    del pytorch
    param = ms.Parameter(ms.Tensor(mindspore.start), name="param")
    expect.raises(
        KeyError,
        lambda: ms.nn.SGD([{"params": [param], "momentum": 0.9}]),
        match=r"'params', 'lr', 'weight_decay', 'order_params', "
        r"'grad_centralization'\], but got \['momentum'\]",
        name="message",
    )


def every_nn_optimizer(pytorch, mindspore):
    """Every one of `Adam`, `AdamWeightDecay`, `Adagrad`, `FTRL`, `Lamb`,
    `LazyAdam`, `Momentum`, `RMSProp` and `Rprop` of `mindspore.nn` refuses
    a key `eps` in a group with a `KeyError`.
    """
    del pytorch
    names = "Adam AdamWeightDecay Adagrad FTRL Lamb LazyAdam RMSProp Rprop"
    for name in [*names.split(), "Momentum"]:
        options = {"momentum": 0.9} if name == "Momentum" else {}
        param = ms.Parameter(
            ms.Tensor(mindspore.start), name="param"
        )
        groups = [{"params": [param], "eps": 0.1}]
        expect.raises(
            KeyError,
            partial(getattr(ms.nn, name), groups, 0.1, **options),
            match=r"must be one of in .* but got \['eps'\]",
            name=name,
        )


def keys_have_an_effect(pytorch, mindspore):
    """Each key of a group that this comparison calls honoured changes the
    weights of `torch.optim.SGD`: they differ from those without the key.
    """
    del mindspore
    plain = pytorch.weights["plain"]
    for key in pytorch.keys:
        if pytorch.verdicts[key] == "honoured":
            weight = pytorch.weights[key]
            expect.apart(plain, weight, at_least=0.002, name=key)


def _verdicts(
    mindspore, key, nn, others=("honoured", "honoured")
):
    expected = {
        "nn": nn,
        "experimental": others[0],
        "mint": others[1],
    }
    for place, kind in expected.items():
        expect.equal(
            kind, mindspore.verdicts[place][key], name=place
        )


def _same(
    pytorch, mindspore, key, places=("experimental", "mint")
):
    for place in places:
        expect.close(
            pytorch.weights[key],
            mindspore.weights[place][key],
            name=f"{place}_weights",
        )
