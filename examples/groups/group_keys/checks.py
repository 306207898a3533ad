import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import build_optimizer, nn_optimizers

REFUSED = [
    "momentum",
    "dampening",
    "nesterov",
    "maximize",
    "betas",
    "eps",
    "amsgrad",
    "learning_rate",
]


def lr(pytorch, mindspore):
    """With fixed learning rates, a group's `lr` of 0.02 is honoured by `SGD`
    of `torch.optim`, `mindspore.nn`, `mindspore.experimental.optim` and,
    compiled with `@ms.jit`, `mindspore.mint.optim`. In the example, with
    momentum 0.5, the weights match after three steps.
    """
    _verdicts(mindspore, "lr", nn="honoured")
    _same(
        pytorch, mindspore, "lr", ("nn", "experimental", "mint")
    )


def weight_decay(pytorch, mindspore):
    """A group's `weight_decay` of 0.3 is honoured by `SGD` of `torch.optim`,
    `mindspore.nn`, `mindspore.experimental.optim` and, compiled with
    `@ms.jit`, `mindspore.mint.optim`. In the example, with momentum 0.5, the
    weights match after three steps.
    """
    _verdicts(mindspore, "weight_decay", nn="honoured")
    _same(
        pytorch,
        mindspore,
        "weight_decay",
        ("nn", "experimental", "mint"),
    )


def momentum(pytorch, mindspore):
    """A group's `momentum` raises `KeyError` in `mindspore.nn.SGD`. With 0.5
    as the argument, 0.0, 0.9 and 1.5 in a group are honoured as in PyTorch by
    `SGD` of `mindspore.experimental.optim` and, compiled with `@ms.jit`, of
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "momentum", nn="KeyError")
    _same(pytorch, mindspore, "momentum")
    for value in (0.0, 1.5):
        keys = {"momentum": value}
        theirs = pytorch.trained(torch.optim.SGD, keys)
        for place in ("experimental", "mint"):
            ours = mindspore.trained(
                mindspore.places[place],
                keys,
                jit=place == "mint",
            )
            expect.close(theirs, ours, name=f"{place}_{value}")


def dampening(pytorch, mindspore):
    """A group's `dampening` raises `KeyError` in `mindspore.nn.SGD`. With
    momentum 0.5 and without `nesterov`, 0.4 is honoured as in PyTorch by `SGD`
    of `mindspore.experimental.optim` and, compiled with `@ms.jit`, of
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "dampening", nn="KeyError")
    _same(pytorch, mindspore, "dampening")


def nesterov(pytorch, mindspore):
    """A group's `nesterov` raises `KeyError` in `mindspore.nn.SGD`. With
    momentum 0.5 and a dampening of 0, `True` is honoured as in PyTorch by
    `SGD` of `mindspore.experimental.optim` and, compiled with `@ms.jit`, of
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "nesterov", nn="KeyError")
    _same(pytorch, mindspore, "nesterov")


def maximize(pytorch, mindspore):
    """A group's `maximize` raises `KeyError` in `mindspore.nn.SGD`. With
    momentum 0.5, `True` is honoured as in PyTorch by `SGD` of
    `mindspore.experimental.optim` and, compiled with `@ms.jit`, of
    `mindspore.mint.optim`.
    """
    _verdicts(mindspore, "maximize", nn="KeyError")
    _same(pytorch, mindspore, "maximize")


def unknown_key(pytorch, mindspore):
    """In a group, the key `learning_rate` instead of `lr` raises `KeyError` in
    `mindspore.nn.SGD`; `SGD` of PyTorch, of `mindspore.experimental.optim`
    and, compiled with `@ms.jit`, of `mindspore.mint.optim` silently ignores
    it.
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
    """For an unknown key in a group, here `momentum`, the `KeyError` of
    `mindspore.nn.SGD` lists the five keys a group can have: `params`, `lr`,
    `weight_decay`, `order_params` and `grad_centralization`.
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
    """Every optimizer of `mindspore.nn` that takes parameters raises
    `KeyError` for `momentum`, `dampening`, `nesterov`, `maximize`, `betas`,
    `eps`, `amsgrad` and `learning_rate` in a group.
    """
    del pytorch
    param = ms.Parameter(ms.Tensor(mindspore.start), name="param")
    for name, cls in nn_optimizers().items():
        refused = [k for k in REFUSED if _refuses(cls, param, k)]
        expect.equal(REFUSED, refused, name=name)


def unknown_keys_elsewhere(pytorch, mindspore):
    """Every optimizer of `torch.optim`, of `mindspore.experimental.optim` and
    of `mindspore.mint.optim` can be built with the key `learning_rate` in a
    group, which none of them uses.
    """
    del pytorch
    optim, mint = ms.experimental.optim, ms.mint.optim
    for place, module, base in (
        ("torch", torch.optim, torch.optim.Optimizer),
        ("experimental", optim, optim.Optimizer),
        ("mint", mint, optim.Optimizer),
    ):
        for name, cls in subclasses(module, base).items():
            param = ms.Parameter(
                ms.Tensor(mindspore.start), name="param"
            )
            if place == "torch":
                start = torch.tensor(mindspore.start)
                param = torch.nn.Parameter(start)
            group = {"params": [param], "learning_rate": 0.02}
            kept = cls([group], lr=0.1).param_groups[0]
            expect.close(
                0.02,
                kept["learning_rate"],
                name=f"{place}_{name}",
            )


def pynative_too(pytorch, mindspore):
    """In PyNative mode, without `@ms.jit`, the group keys of the example have
    the same effect as in a compiled step, in `SGD` of `mindspore.nn` and
    `mindspore.experimental.optim`.
    """
    del pytorch
    for place in ("nn", "experimental"):
        compiled = mindspore.weights[place]
        keys = {
            k: mindspore.keys[k] for k in compiled if k != "plain"
        }
        weights = mindspore.trained(
            mindspore.places[place], keys, jit=False
        )
        expect.close(compiled, weights, name=place)


def keys_have_an_effect(pytorch, mindspore):
    """Each key of a group that this comparison calls honoured changes the
    weights of `torch.optim.SGD`: they differ from the weights without the key.
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


def _refuses(cls, param, key):
    try:
        build_optimizer(cls, [{"params": [param], key: 0.1}])
    except KeyError as error:
        return f"but got ['{key}']" in str(error)
    return False
