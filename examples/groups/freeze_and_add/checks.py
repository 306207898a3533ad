from functools import partial

import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import new_parameter

MODULES = {
    "nn": ms.nn,
    "experimental": ms.experimental.optim,
    "mint": ms.mint.optim,
}


def zero_rate_freezes(pytorch, mindspore):
    """In the example, a group with `"lr": 0.0` keeps its weights through three
    steps with `SGD` of PyTorch, of `mindspore.nn` and of
    `mindspore.experimental.optim`, while the other group is trained.
    """
    ours = mindspore.frozen
    for name, weights in (
        ("pytorch", pytorch.frozen),
        ("nn", ours["nn"]),
        ("experimental", ours["experimental"]),
    ):
        expect.close(
            _part(pytorch.start, "body"),
            _part(weights, "body"),
            tolerance=0,
            name=name,
        )
        expect.close(pytorch.frozen, weights, name=f"{name}_head")
    head = _part(pytorch.start, "head")
    trained = _part(pytorch.frozen, "head")
    expect.apart(head, trained, at_least=0.1, name="trained")
    # The comparison compiles its steps; these are not compiled.
    for place in ("nn", "experimental"):
        net, head, body = mindspore.build()
        groups = [{"params": body, "lr": 0.0}, {"params": head}]
        optimizer = MODULES[place].SGD(groups, 0.1)
        grad_fn = mindspore.gradients_of(
            net, optimizer.parameters
        )
        for _ in range(3):
            optimizer(grad_fn()[1])
        expect.close(
            pytorch.frozen,
            mindspore.weights(net),
            name=f"{place}_PyNative",
        )


def zero_rate_in_every_class(pytorch, mindspore):
    """With their default arguments, a group with `"lr": 0.0` also keeps its
    weights through three steps in the other optimizers of `mindspore.nn` and
    `mindspore.experimental.optim`. The exceptions are `Rprop`, whose steps
    have a smallest size, and `AdaFactor` of `mindspore.nn`, which by default
    ignores a group's learning rate. With a learning rate in a group, `FTRL`
    raises `ValueError`, and so does `AdaFactor` with `relative_step=False`.
    Not run: `Lamb`, which has no CPU kernel, and the wrappers `LARS` and
    `OptTFTWrapper`.
    """
    del pytorch, mindspore
    for place in ("nn", "experimental"):
        for name, cls in _classes(place).items():
            if name in ("AdaFactor", "FTRL"):
                call = partial(_moves, place, name, cls)
                expect.raises(
                    ValueError, call, match=".", name=name
                )
                if name == "AdaFactor":
                    moved = _moves(
                        place,
                        name,
                        cls,
                        learning_rate=None,
                        relative_step=True,
                    )
                    expect.equal(
                        (True, True), moved, name="by_default"
                    )
                continue
            moved = _moves(place, name, cls)
            expected = (name == "Rprop", True)
            expect.equal(expected, moved, name=f"{place}_{name}")


def mint_takes_zero_for_missing(pytorch, mindspore):
    """Compiled with `@ms.jit`, `mindspore.mint.optim.SGD` treats `"lr": 0.0`
    of a group as if it were missing and trains the group with the optimizer's
    learning rate.
    """
    ours = _part(mindspore.frozen["mint"], "body")
    start = _part(pytorch.start, "body")
    expect.apart(start, ours, at_least=0.02, name="moved")
    net, head, body = mindspore.build()
    groups = [{"params": body, "lr": 0.1}, {"params": head}]
    optimizer = ms.mint.optim.SGD(groups, 0.1)
    mindspore.train(net, optimizer)
    weights = _part(mindspore.weights(net), "body")
    expect.close(weights, ours, name="rate_of_the_optimizer")


def no_groups_added_later(pytorch, mindspore):
    """To train another group, build a new MindSpore optimizer. Optimizers of
    `mindspore.nn` have no `add_param_group`. Every optimizer of
    `mindspore.experimental.optim` and `mindspore.mint.optim` has it, but on a
    new optimizer, the first step after it with the gradients of both groups
    raises `RuntimeError`: in `mindspore.experimental.optim` in PyNative mode
    without `@ms.jit`, and in `mindspore.mint.optim` in a step that is compiled
    with `@ms.jit` after it. PyTorch trains the added group.
    """
    body = _part(pytorch.added, "body")
    start = _part(pytorch.start, "body")
    expect.apart(start, body, at_least=0.01, name="pytorch")
    for name, cls in subclasses(ms.nn, ms.nn.Optimizer).items():
        found = hasattr(cls, "add_param_group")
        expect.equal(False, found, name=f"nn_{name}")
    for place in ("experimental", "mint"):
        for name, cls in _classes(place).items():
            gradients = ms.ops.ones(2), ms.ops.ones(2)
            twice = place == "experimental" and name == "SGD"
            for used in (False, True)[: 1 + twice]:
                a, b = new_parameter("a"), new_parameter("b")
                optimizer = cls([{"params": [a]}], lr=0.1)
                step = optimizer
                if place == "mint":
                    step = ms.jit(optimizer)
                if used:
                    optimizer(gradients[:1])
                group = {"params": [b], "lr": 0.5}
                optimizer.add_param_group(group)
                record = f"{place}_{name}" + "_used" * used
                expect.raises(
                    RuntimeError,
                    partial(step, gradients),
                    match=".",
                    name=record,
                )


def compiled_step_leaves_the_group_out(pytorch, mindspore):
    """In every optimizer of `mindspore.experimental.optim` and in `SGD` and
    `Adam` of `mindspore.mint.optim`, a step compiled with `@ms.jit` and called
    before `add_param_group` still accepts the gradients of the first group
    only: the next call raises no error and does not train the added group.
    Given the gradients of both groups, it raises `RuntimeError`.
    """
    del pytorch, mindspore
    for place in ("experimental", "mint"):
        for name, cls in _classes(place).items():
            if place == "mint" and "AdamW" in name:
                continue
            a, b = new_parameter("a"), new_parameter("b")
            optimizer = cls([{"params": [a]}], lr=0.1)
            step = ms.jit(optimizer)
            gradient = ms.ops.ones(2)
            step((gradient,))
            before = a.asnumpy().copy()
            optimizer.add_param_group({"params": [b], "lr": 0.5})
            step((gradient,))
            case = f"{place}_{name}"
            moved = bool((a.asnumpy() != before).all())
            expect.equal(True, moved, name=case)
            still = np.ones(2)
            expect.close(
                still, b, tolerance=0, name=f"{case}_added"
            )
            expect.raises(
                RuntimeError,
                partial(step, (gradient, gradient)),
                match="tuples in HyperMap",
                name=f"{case}_both",
            )


def build_it_again(pytorch, mindspore):
    """In the example, a new `mindspore.nn.Momentum` with both groups, with the
    momentum of the old one copied into it by name, matches `torch.optim.SGD`
    with momentum 0.9 after `add_param_group`: three steps before and three
    after it.
    """
    expect.close(pytorch.added, mindspore.added, name="weights")


def without_the_copy(pytorch, mindspore):
    """A new `mindspore.nn.Momentum` with both groups starts with a momentum of
    zero, so if the old momentum is not copied into it, the weights differ from
    PyTorch's after `add_param_group`.
    """
    net, head, body = mindspore.build()
    old = ms.nn.Momentum(head, 0.1, 0.9)
    mindspore.train(net, old)
    groups = [{"params": head}, {"params": body, "lr": 0.02}]
    new = ms.nn.Momentum(groups, 0.1, 0.9)
    zeros = [np.zeros(m.shape) for m in new.moments]
    expect.close(zeros, list(new.moments), name="moments")
    mindspore.train(net, new)
    weights = mindspore.weights(net)
    expect.apart(
        pytorch.added, weights, at_least=0.02, name="weights"
    )


def adam_needs_two_optimizers(pytorch, mindspore):
    """In the example, two `mindspore.experimental.optim.AdamW` with
    `weight_decay=0.0` match `torch.optim.Adam` after `add_param_group`. The
    second is built when the group is added, and from then on both are called
    in PyNative mode without `@ms.jit`.
    """
    expect.close(pytorch.adam, mindspore.adam, name="weights")


def two_optimizers_do_not_compile(pytorch, mindspore):
    """Two `mindspore.experimental.optim.AdamW` called in one function
    compiled with `@ms.jit` raise `RuntimeError`, whose message names
    `state_step`, a parameter that both have.
    """
    del pytorch, mindspore
    adamw = ms.experimental.optim.AdamW
    first, second = (
        adamw([new_parameter("a")]),
        adamw([new_parameter("b")]),
    )

    @ms.jit
    def step(gradient):
        first((gradient,))
        second((gradient,))
        return gradient.sum()

    expect.raises(
        RuntimeError,
        lambda: step(ms.ops.ones(2)),
        match="'state_step' already exists",
        name="step",
    )


def adam_counts_its_steps_once(pytorch, mindspore):
    """`mindspore.experimental.optim.AdamW` counts its steps once for all its
    parameters, whereas PyTorch counts them for each parameter. In the example,
    one `AdamW` with both groups and the state of the old one copied into it
    therefore differs from `torch.optim.Adam` after `add_param_group`.
    """
    adamw = ms.experimental.optim.AdamW
    net, head, body = mindspore.build()
    old = adamw(head, lr=0.1, weight_decay=0.0)
    mindspore.train(net, old)
    groups = [{"params": head}, {"params": body, "lr": 0.02}]
    new = adamw(groups, lr=0.1, weight_decay=0.0)
    state = {p.name: p for p in old.get_parameters()}
    for param in new.get_parameters():
        if param.name in state:
            param.copy_(state[param.name])
    mindspore.train(net, new)
    weights = mindspore.weights(net)
    for layer in ("head", "body"):
        expect.apart(
            _part(pytorch.adam, layer),
            _part(weights, layer),
            at_least=0.002,
            name=layer,
        )


def _part(weights, layer):
    return [weights[f"{layer}.{k}"] for k in ("weight", "bias")]


def _classes(place):
    module = MODULES[place]
    base = ms.experimental.optim.Optimizer
    if place == "nn":
        base = ms.nn.Optimizer
    cannot_run = ("LARS", "Lamb", "OptTFTWrapper")
    found = subclasses(module, base)
    return {k: v for k, v in found.items() if k not in cannot_run}


def _moves(place, name, cls, **more):
    """Return which of two groups move, the first with a rate of 0."""
    a, b = new_parameter("a"), new_parameter("b")
    key = "learning_rate" if place == "nn" else "lr"
    options = {key: 0.1}
    if name == "Momentum":
        options["momentum"] = 0.9
    if name == "AdaFactor":
        options["relative_step"] = False
    groups = [{"params": [a], "lr": 0.0}, {"params": [b]}]
    optimizer = cls(groups, **(options | more))
    for _ in range(3):
        optimizer((ms.ops.ones(2), ms.ops.ones(2)))
    return tuple(bool((p.asnumpy() != 1).all()) for p in (a, b))
