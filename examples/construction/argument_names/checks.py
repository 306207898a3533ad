import inspect

import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore import mint, nn
from mindspore.experimental import optim

REQUIRED = "required"


def weights_are_params(pytorch, mindspore):
    """The first argument is called `params` in every optimizer class of
    `torch.optim`, `mindspore.experimental.optim`, `mindspore.mint.optim` and
    `mindspore.nn`. In `mindspore.nn` there are three exceptions: the base
    class `Optimizer`, whose first argument is the learning rate, and the
    wrappers `LARS` and `OptTFTWrapper`, which take an optimizer.
    """
    expect.equal({"params"}, _firsts(torch.optim), name="pytorch")
    expect.equal({"params"}, _firsts(optim), name="experimental")
    expect.equal({"params"}, _firsts(mint.optim), name="mint")
    wrappers = {nn.LARS: "optimizer", nn.OptTFTWrapper: "opt"}
    for cls in subclasses(nn, nn.Optimizer).values():
        first = next(iter(_arguments(cls)))
        expected = wrappers.get(cls, "params")
        expect.equal(expected, first, name=f"nn_{cls.__name__}")
    first = next(iter(_arguments(nn.Optimizer)))
    expect.equal("learning_rate", first, name="nn_base")


def the_rate_in_nn(pytorch, mindspore):
    """In `mindspore.nn`, the argument for the learning rate is called
    `learning_rate`, not `lr`, in every optimizer class that takes parameters
    and a learning rate.
    """
    names = set()
    for cls in subclasses(nn, nn.Optimizer).values():
        if "params" in _arguments(cls):
            names |= {"lr", "learning_rate"} & set(
                _arguments(cls)
            )
    expect.equal({"learning_rate"}, names, name="names")
    rate = mindspore.optimizer.learning_rate
    expect.close(0.01, rate, name="rate")


def the_rate_elsewhere(pytorch, mindspore):
    """The learning rate is the second argument and is called `lr` in every
    optimizer class of `torch.optim`, `mindspore.experimental.optim` and
    `mindspore.mint.optim`, except the base class `Optimizer`.
    """
    for name, module in (
        ("pytorch", torch.optim),
        ("experimental", optim),
        ("mint", mint.optim),
    ):
        seconds = {
            list(_arguments(cls))[1]
            for cls in _optimizers(module)
        }
        expect.equal({"lr"}, seconds, name=name)
    for name, optimizer in (
        ("pytorch", pytorch.optimizer),
        ("experimental", mindspore.experimental),
    ):
        rate = optimizer.param_groups[0]["lr"]
        expect.close(0.01, rate, name=f"{name}_rate")


def second_in_nn(pytorch, mindspore):
    """In `mindspore.nn`, the learning rate is the second argument of every
    optimizer class that takes parameters, with two exceptions. In the base
    class `Optimizer` it is the first argument, and in `Adagrad`, `FTRL` and
    `ProximalAdagrad` an initial accumulator comes first: pass the learning
    rate by name.
    """
    others = {
        nn.Adagrad: "accum",
        nn.FTRL: "initial_accum",
        nn.ProximalAdagrad: "accum",
    }
    for cls in subclasses(nn, nn.Optimizer).values():
        if cls not in (nn.LARS, nn.OptTFTWrapper):
            second = list(_arguments(cls))[1]
            expected = others.get(cls, "learning_rate")
            name = f"nn_{cls.__name__}"
            expect.equal(expected, second, name=name)
    first = next(iter(_arguments(nn.Optimizer)))
    expect.equal("learning_rate", first, name="nn_base")


def wrong_name_is_refused(pytorch, mindspore):
    """`mindspore.nn.SGD` raises `TypeError` for `lr=`; `torch.optim.SGD`,
    `mindspore.experimental.optim.SGD` and `mindspore.mint.optim.SGD` raise
    `TypeError` for `learning_rate=`.
    """
    shown = "got an unexpected keyword argument "
    expect.equal(f"{shown}'lr'", mindspore.refused, name="nn")
    expect.equal(
        f"SGD.__init__() {shown}'learning_rate'",
        pytorch.refused,
        name="pytorch",
    )
    parameters = mindspore.model.trainable_params()
    for name, call in (
        (
            "experimental",
            lambda: optim.SGD(parameters, learning_rate=0.01),
        ),
        (
            "mint",
            lambda: mint.optim.SGD(
                parameters, learning_rate=0.01
            ),
        ),
    ):
        expect.raises(TypeError, call, match=shown, name=name)


def default_of_sgd(pytorch, mindspore):
    """Without a learning rate, `torch.optim.SGD` uses 0.001 and
    `mindspore.nn.SGD` uses 0.1, a hundred times as much;
    `mindspore.experimental.optim.SGD` and `mindspore.mint.optim.SGD` require
    one.
    """
    expect.close(0.001, pytorch.default, name="pytorch")
    expect.close(0.1, mindspore.default, name="nn")
    expect.equal(
        0.001,
        _arguments(torch.optim.SGD)["lr"],
        name="pytorch_default",
    )
    expect.equal(
        0.1,
        _arguments(nn.SGD)["learning_rate"],
        name="nn_default",
    )
    expect.equal(
        REQUIRED,
        _arguments(optim.SGD)["lr"],
        name="experimental_default",
    )
    expect.equal(
        REQUIRED,
        _arguments(mint.optim.SGD)["lr"],
        name="mint_default",
    )


def arguments_of_sgd(pytorch, mindspore):
    """Arguments of `SGD`, in order: `mindspore.nn` takes `loss_scale` but not
    `maximize`, `mindspore.experimental.optim` and `mindspore.mint.optim` take
    `maximize`, and `torch.optim` also takes `foreach`, `differentiable` and
    `fused`.
    """
    shared = ["momentum", "dampening", "weight_decay", "nesterov"]
    in_nn = ["params", "learning_rate", *shared, "loss_scale"]
    new = ["params", "lr", *shared, "maximize"]
    theirs = [*new, "foreach", "differentiable", "fused"]
    expect.equal(
        theirs, list(_arguments(torch.optim.SGD)), name="pytorch"
    )
    expect.equal(in_nn, list(_arguments(nn.SGD)), name="nn")
    expect.equal(
        new, list(_arguments(optim.SGD)), name="experimental"
    )
    expect.equal(
        new, list(_arguments(mint.optim.SGD)), name="mint"
    )


def signature_is_hidden(pytorch, mindspore):
    """`inspect.signature` returns `(self, *args, **kwargs)` for the
    constructor of `mindspore.nn.SGD`, because a decorator hides its signature.
    """
    shown = str(inspect.signature(nn.SGD.__init__))
    expect.equal("(self, *args, **kwargs)", shown, name="nn_SGD")


def _arguments(cls):
    """Return {argument: default} of an optimizer, under all decorators."""
    function = cls.__init__
    while True:
        cells = function.__closure__ or ()
        inner = [
            c.cell_contents
            for c in cells
            if inspect.isfunction(c.cell_contents)
        ]
        if not inner:
            break
        function = inner[0]
    parameters = list(
        inspect.signature(function).parameters.values()
    )[1:]
    empty = inspect.Parameter.empty
    return {
        p.name: REQUIRED if p.default is empty else p.default
        for p in parameters
    }


def _optimizers(module):
    torchs = module is torch.optim
    base = torch.optim.Optimizer if torchs else optim.Optimizer
    return subclasses(module, base).values()


def _firsts(module):
    return {
        next(iter(_arguments(cls))) for cls in _optimizers(module)
    }
