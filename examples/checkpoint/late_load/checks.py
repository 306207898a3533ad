import inspect
import sys
from functools import partial

import mindspore as ms
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore.experimental import optim as experimental

# Lamb has no CPU kernel, the other two wrap an optimizer.
NOT_RUN = {"LARS", "Lamb", "OptTFTWrapper"}
NOT_COMPILED = {"Adadelta"}
# Their files lack a part of the state, whatever the time of loading.
INCOMPLETE_FILE = {"ASGD", "NAdam"}
_runs = {}


def early_load_continues(pytorch, mindspore):
    """With a fixed learning rate and momentum 0.9, if you load a file before
    the first step of a new `torch.optim.SGD` or, in PyNative mode,
    `mindspore.nn.SGD`, the run resumes: the weights match the uninterrupted
    run.
    """
    expect.close(
        pytorch.uninterrupted, pytorch.early, name="pytorch"
    )
    expect.close(
        pytorch.uninterrupted, mindspore.early, name="mindspore"
    )


def late_load_freezes(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, loading a file after the first step
    of `mindspore.nn.SGD` with momentum 0.9 stops the training of a dense
    layer: three steps later the weights still equal those in the file, and no
    error is raised. With `torch.optim.SGD` the run resumes.
    """
    expect.close(
        pytorch.before_load, mindspore.before_load, name="before"
    )
    expect.close(
        pytorch.uninterrupted, pytorch.late, name="pytorch"
    )
    expect.close(
        mindspore.saved, mindspore.late, name="mindspore"
    )
    expect.apart(
        pytorch.uninterrupted,
        mindspore.late,
        at_least=0.5,
        name="missing",
    )


def every_nn_optimizer_freezes(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, on CPU, loading a file into any
    `mindspore.nn` optimizer except `Adadelta` after its first step stops the
    training of a dense layer, without groups or a schedule, and raises no
    error: three steps later the weights still equal those in the file. Not
    run: `Lamb`, which has no CPU kernel, and the wrappers `LARS` and
    `OptTFTWrapper`.
    """
    for name, cls in _nn().items():
        run = _run(mindspore, f"nn_{name}", cls)
        expect.apart(
            run["saved"],
            run["uninterrupted"],
            at_least=0.001,
            name=f"{name}_moves",
        )
        if name in NOT_COMPILED:
            expect.close(
                run["uninterrupted"], run["late"], name=name
            )
        else:
            expect.close(
                run["saved"],
                run["late"],
                tolerance=0,
                name=f"{name}_frozen",
            )


def experimental_freezes_too(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, loading a file into any optimizer of
    `mindspore.experimental.optim` after its first step stops the training of a
    network with a weight and a bias in one group, without an error: three
    steps later both still equal the file. With a group for each of the two,
    this holds for all but `AdamW`, which continues to train. A test with one
    weight and no bias hides it: `SGD` and `Adam` then resume.
    """
    for name, cls in _experimental().items():
        run = _run(mindspore, f"experimental_{name}", cls)
        expect.apart(
            run["saved"],
            run["uninterrupted"],
            at_least=0.001,
            name=f"{name}_moves",
        )
        expect.close(
            run["saved"],
            run["late"],
            tolerance=0,
            name=f"{name}_frozen",
        )
        label = f"groups_{name}"
        run = _run(mindspore, label, cls, groups=True)
        if name == "AdamW":
            expect.apart(
                run["saved"],
                run["late"],
                at_least=0.001,
                name=label,
            )
        else:
            expect.close(
                run["saved"],
                run["late"],
                tolerance=0,
                name=label,
            )
    for name in ("SGD", "Adam"):
        cls = getattr(experimental, name)
        single = f"single_{name}"
        run = _run(mindspore, single, cls, has_bias=False)
        expect.close(
            run["uninterrupted"], run["late"], name=single
        )


def network_alone_freezes_too(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, loading only a network with a weight
    and a bias after the first step of `mindspore.nn.SGD`, `mindspore.nn.Adam`,
    `mindspore.experimental.optim.SGD` or `mindspore.experimental.optim.Adam`
    without groups stops the training without an error: three steps later the
    weights equal those in the file.
    """
    for place, module in (
        ("nn", ms.nn),
        ("experimental", experimental),
    ):
        for name in ("SGD", "Adam"):
            net, optimizer = _other(
                mindspore, getattr(module, name)
            )
            kept = mindspore.train(net, optimizer, 1)
            ms.save_checkpoint(net, "net.ckpt")
            mindspore.train(net, optimizer, 1)
            ms.load_checkpoint("net.ckpt", net)
            weights = mindspore.train(net, optimizer, 3)
            expect.close(
                kept,
                weights,
                tolerance=0,
                name=f"{place}_{name}_frozen",
            )


def update_is_compiled(pytorch, mindspore):
    """Even in PyNative mode, `mindspore.jit` compiles the update of every
    optimizer of `mindspore.nn` except `Adadelta` and `OptTFTWrapper`: they
    declare their whole `construct` with it. The optimizers of
    `mindspore.experimental.optim` do not declare `construct` with it, so it
    runs as Python at each step in PyNative mode outside a compiled step, but
    it calls an `implementation` that they do declare with it. Those of
    `mindspore.mint.optim` declare neither.
    """
    del pytorch
    for name, kind in subclasses(ms.nn, ms.nn.Optimizer).items():
        plain = name in {"Adadelta", "OptTFTWrapper"}
        expect.equal(
            not plain, _is_jit(kind.construct), name=name
        )
    base = experimental.Optimizer
    for package in (experimental, ms.mint.optim):
        compiled = package is experimental
        for name, kind in subclasses(package, base).items():
            name = f"{package.__name__}.{name}"
            expect.equal(
                False, _is_jit(kind.construct), name=name
            )
            update = getattr(kind, "implementation", None)
            found = update is not None and _is_jit(update)
            expect.equal(compiled, found, name=f"{name}_update")
    for name, cls in _experimental().items():
        _, optimizer = _other(mindspore, cls)
        calls = _python_calls(optimizer, steps=3)
        expected = {"construct": 3, "implementation": 0}
        expect.equal(expected, calls, name=f"{name}_in_Python")


def loading_gives_new_memory(pytorch, mindspore):
    """After a step in PyNative mode, `mindspore.load_param_into_net` makes a
    weight use the memory of a loaded value of the same dtype instead of its
    own; `copy_` writes the value into the weight's own memory.
    """
    net, optimizer = mindspore.build(mindspore.second)
    mindspore.train(net, optimizer, 1)
    state = ms.load_checkpoint("all.ckpt")
    own = net.weight.data_ptr()
    net.weight.copy_(state["weight"])
    expect.equal(
        True, net.weight.data_ptr() == own, name="assigned"
    )
    ms.load_param_into_net(optimizer, state)
    expect.equal(
        False, net.weight.data_ptr() == own, name="loaded"
    )
    shared = net.weight.data_ptr() == state["weight"].data_ptr()
    expect.equal(True, shared, name="loaded_value")


def assignment_continues(pytorch, mindspore):
    """In PyNative mode without `@ms.jit` and without groups, the values of the
    file, assigned with `copy_` after the first step, take effect, and the run
    resumes at its fixed learning rate. This holds for every `mindspore.nn`
    optimizer that takes parameters and runs on CPU, and for every optimizer of
    `mindspore.experimental.optim` except `ASGD` and `NAdam`, whose files lack
    a part of their state.
    """
    expect.close(
        pytorch.before_load,
        mindspore.before_assign,
        name="before",
    )
    expect.close(
        pytorch.uninterrupted,
        mindspore.assigned,
        name="mindspore",
    )
    for place, classes in (
        ("nn", _nn()),
        ("experimental", _experimental()),
    ):
        for name, cls in classes.items():
            if place == "nn" or name not in INCOMPLETE_FILE:
                label = f"{place}_{name}"
                run = _run(mindspore, label, cls)
                expect.close(
                    run["uninterrupted"],
                    run["assigned"],
                    name=label,
                )


def new_optimizer_continues(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a new optimizer with the same
    arguments and a fixed learning rate for an already trained network resumes
    from a file that you load before its first step: `SGD` with momentum 0.9
    and `Adam` of `mindspore.nn` and `mindspore.experimental.optim`.
    """
    for place, module in (
        ("nn", ms.nn),
        ("experimental", experimental),
    ):
        for name in ("SGD", "Adam"):
            build = partial(
                _other, mindspore, getattr(module, name)
            )
            net, optimizer = build()
            mindspore.train(net, optimizer, 3)
            ms.save_checkpoint(optimizer, "new.ckpt")
            expected = mindspore.train(net, optimizer, 3)
            _, optimizer = build(net=net)
            ms.load_checkpoint("new.ckpt", optimizer)
            weights = mindspore.train(net, optimizer, 3)
            expect.close(
                expected, weights, name=f"{place}_{name}"
            )


def _nn():
    classes = subclasses(ms.nn, ms.nn.Optimizer)
    return {n: c for n, c in classes.items() if n not in NOT_RUN}


def _experimental():
    return subclasses(experimental, experimental.Optimizer)


def _is_jit(method):
    source = inspect.getsource(inspect.unwrap(method))
    return source.strip().startswith("@jit")


def _python_calls(optimizer, steps):
    """Count how often Python runs the code of the update's two methods."""
    names = ("construct", "implementation")
    codes = {
        inspect.unwrap(
            getattr(type(optimizer), name)
        ).__code__: name
        for name in names
    }
    calls = dict.fromkeys(names, 0)

    def count(frame, event, _):
        if event == "call" and frame.f_code in codes:
            calls[codes[frame.f_code]] += 1

    gradients = tuple(map(ms.ops.ones_like, optimizer.parameters))
    sys.setprofile(count)
    try:
        for _ in range(steps):
            optimizer(gradients)
    finally:
        sys.setprofile(None)
    return calls


def _run(side, label, cls, **options):
    """Train, save, train on, assign the file, train, load it, train."""
    if label not in _runs:
        net, optimizer = _other(side, cls, **options)
        train = partial(side.train, net, optimizer, 3)
        run = {"saved": train()}
        ms.save_checkpoint(optimizer, "other.ckpt")
        run["uninterrupted"] = train()
        state = ms.load_checkpoint("other.ckpt")
        for parameter in optimizer.get_parameters():
            parameter.copy_(state[parameter.name])
        run["assigned"] = train()
        ms.load_checkpoint("other.ckpt", optimizer)
        run["late"] = train()
        _runs[label] = run
    return _runs[label]


def _other(side, cls, *, net=None, has_bias=True, groups=False):
    if net is None:
        start = ms.Tensor(side.first)
        net = ms.nn.Dense(
            3,
            1,
            weight_init=start,
            bias_init="zeros",
            has_bias=has_bias,
        )
    arguments = {
        "SGD": (0.1, 0.9),
        "Momentum": (0.1, 0.9),
        "AdaFactor": (),
    }
    parameters = net.trainable_params()
    if groups:
        parameters = [{"params": [p]} for p in parameters]
    return net, cls(
        parameters, *arguments.get(cls.__name__, (0.1,))
    )
