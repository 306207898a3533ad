import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses

NOT_RUN = ("AdaFactor", "FTRL", "LARS", "Lamb", "OptTFTWrapper")


def reads_each_group(pytorch, mindspore):
    """With fixed learning rates, `optimizer.get_lr_parameter(param)` of
    `mindspore.nn.SGD` returns the `Parameter` that holds the learning rate of
    the group of `param`, or the optimizer's if the group has none. In PyTorch,
    it is `optimizer.param_groups[n]["lr"]`.
    """
    expect.equal([0.02, 0.1], pytorch.before, name="pytorch")
    expect.close([0.02, 0.1], mindspore.before, name="mindspore")
    kind = type(mindspore.rates[0]).__name__
    expect.equal("Parameter", kind, name="type")


def assigning_changes_the_group(pytorch, mindspore):
    """With fixed learning rates, if a group of `mindspore.nn.SGD` has an `lr`
    of its own, `copy_` on the `Parameter` of
    `optimizer.get_lr_parameter(param)` changes the learning rate of the whole
    group from the next step on, and of no other group. In the example, in
    PyNative mode, the weights then match `torch.optim.SGD` with
    `optimizer.param_groups[0]["lr"] = 0.5`.
    """
    expect.close(pytorch.after, mindspore.after, name="rates")
    rates = (0.5, 0.5, 0.1)
    law = [
        pytorch.start - rate * pytorch.gradient for rate in rates
    ]
    expect.close(law, pytorch.weights, name="pytorch")
    expect.close(law, mindspore.weights, name="mindspore")


def default_rate_is_shared(pytorch, mindspore):
    """With fixed learning rates, groups without an `lr` share one `Parameter`,
    the optimizer's learning rate, in every optimizer of `mindspore.nn` that
    takes parameters, so `copy_` on the learning rate of one of them changes
    all of them. In PyTorch, `optimizer.param_groups[1]["lr"] = 0.5` changes
    that group only.
    """
    for name, cls in subclasses(ms.nn, ms.nn.Optimizer).items():
        if name in ("LARS", "OptTFTWrapper"):
            continue
        # They do not run with a rate in a group.
        own = name not in ("AdaFactor", "FTRL")
        params = _params(mindspore)
        groups = [{"params": [param]} for param in params]
        groups[0] |= {"lr": 0.02} if own else {}
        optimizer = cls(groups, **_options(cls))
        rates = optimizer.get_lr_parameter(params)
        expect.equal(
            (not own, True),
            (rates[0] is rates[1], rates[1] is rates[2]),
            name=f"{name}_shared",
        )
        rates[1].copy_(ms.Tensor(0.5))
        expected = [0.02 if own else 0.5, 0.5, 0.5]
        expect.close(expected, rates, name=f"{name}_rates")

    params = _params(mindspore)
    groups = [{"params": [param]} for param in params]
    groups[0]["lr"] = 0.02
    optimizer = ms.nn.SGD(groups, 0.1)
    optimizer.get_lr_parameter(params[1]).copy_(ms.Tensor(0.5))
    optimizer((ms.Tensor(mindspore.gradient),) * 3)
    law = [
        pytorch.start - rate * pytorch.gradient
        for rate in (0.02, 0.5, 0.5)
    ]
    expect.close(law, params, name="weights")

    theirs = [
        torch.nn.Parameter(torch.tensor(pytorch.start))
        for _ in range(3)
    ]
    groups = [{"params": [param]} for param in theirs]
    groups[0]["lr"] = 0.02
    optimizer = torch.optim.SGD(groups, lr=0.1)
    optimizer.param_groups[1]["lr"] = 0.5
    rates = [group["lr"] for group in optimizer.param_groups]
    expect.equal([0.02, 0.5, 0.1], rates, name="pytorch_rates")


def assigning_in_every_class(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with fixed learning rates, if a
    group has an `lr` of its own, `copy_` on its learning rate after two steps
    changes the later steps of that group only. This holds for every optimizer
    of `mindspore.nn` that takes a learning rate in its groups and of
    `mindspore.experimental.optim`, except `Rprop`, which uses its learning
    rate in the first step only. Not run: `FTRL`, which raises `ValueError`
    with a learning rate in a group, `AdaFactor`, which raises it or by default
    ignores that learning rate, `Lamb`, which has no CPU kernel, and the
    wrappers `LARS` and `OptTFTWrapper`.
    """
    del pytorch
    for place, module in (
        ("nn", ms.nn),
        ("experimental", ms.experimental.optim),
    ):
        classes = subclasses(module, module.Optimizer)
        for name, cls in classes.items():
            if name in NOT_RUN:
                continue
            first, second, rates = _change(cls, mindspore)
            record = f"{place}_{name}"
            expect.close(
                [0.5, 0.02], rates, name=f"{record}_rates"
            )
            if name == "Rprop":
                expect.close(
                    second, first, tolerance=0, name=record
                )
            else:
                expect.apart(
                    second, first, at_least=1e-4, name=record
                )


def rprop_in_pytorch(pytorch, mindspore):
    """`torch.optim.Rprop` uses its learning rate only in the first step of a
    parameter: changing `param_groups[0]["lr"]` after two steps has no effect,
    except on a parameter that gets its first gradient after the change.
    """
    del mindspore
    weights, others = [], []
    for change in (False, True):
        param, other = (
            torch.nn.Parameter(torch.tensor(pytorch.start))
            for _ in range(2)
        )
        optimizer = torch.optim.Rprop([param, other], lr=0.1)
        for number in range(4):
            if change and number == 2:
                optimizer.param_groups[0]["lr"] = 0.5
            param.grad = torch.tensor(pytorch.gradient)
            if number >= 2:
                other.grad = torch.tensor(pytorch.gradient)
            optimizer.step()
        weights.append(param)
        others.append(other)
    expect.close(*weights, tolerance=0, name="weights")
    expect.apart(*others, at_least=0.1, name="later_gradient")


def one_entry_per_parameter(pytorch, mindspore):
    """If groups have fixed learning rates, `optimizer.learning_rate` of
    `mindspore.nn.SGD` has one entry per parameter, and the parameters of one
    group share the same entry.
    """
    rates = mindspore.optimizer.learning_rate
    expect.equal(len(pytorch.params), len(rates), name="entries")
    expect.equal(True, rates[0] is rates[1], name="same_group")
    expect.equal(False, rates[0] is rates[2], name="other_group")
    names = [rate.name for rate in rates]
    first = "learning_rate_group_0"
    expect.equal(
        [first, first, "learning_rate"], names, name="names"
    )


def current_rates_of_lists(pytorch, mindspore):
    """For a list of learning rates in a group, `get_lr_parameter` of
    `mindspore.nn.SGD` returns the whole list, not the current learning rate.
    Up to the end of the list, `optimizer.get_lr()` returns the current
    learning rate of every parameter.
    """
    del pytorch
    a, b, _ = [param.clone() for param in mindspore.params]
    groups = [{"params": [a], "lr": [0.5, 0.25]}, {"params": [b]}]
    optimizer = ms.nn.SGD(groups, learning_rate=0.1)
    whole = optimizer.get_lr_parameter(a)
    expect.close(
        [0.5, 0.25],
        list(whole.asnumpy()),
        name="get_lr_parameter",
    )
    expect.close(
        [0.5, 0.1], list(optimizer.get_lr()), name="get_lr_first"
    )
    gradient = ms.Tensor(mindspore.gradient)
    optimizer((gradient, gradient))
    expect.close(
        [0.25, 0.1],
        list(optimizer.get_lr()),
        name="get_lr_second",
    )


def experimental_reads_and_changes(pytorch, mindspore):
    """In `mindspore.experimental.optim.SGD` with floats as learning rates,
    `copy_` on the `Parameter` `optimizer.param_groups[n]["lr"]` before the
    first step changes the group's learning rate, and in the example the
    weights match `torch.optim.SGD`.
    """
    for name, compiled in (("weights", False), ("jit", True)):
        rates, weights = _after_assigning(
            mindspore, ms.experimental.optim.SGD, compiled
        )
        expect.close(pytorch.after, rates, name=f"rates_{name}")
        expect.close(pytorch.weights, weights, name=name)


def mint_does_not_change(pytorch, mindspore):
    """In `mindspore.mint.optim.SGD` built with floats as learning rates,
    `copy_` on a group's `lr` before the first step raises no error, and the
    group then shows the new value, but a step compiled with `@ms.jit` keeps
    the learning rate that the optimizer was built with.
    """
    rates, weights = _after_assigning(
        mindspore, ms.mint.optim.SGD, compiled=True
    )
    expect.close(pytorch.after, rates, name="rates")
    rates = (0.02, 0.02, 0.1)
    law = [
        pytorch.start - rate * pytorch.gradient for rate in rates
    ]
    expect.close(law, weights, name="weights")
    expect.apart(
        pytorch.weights, weights, at_least=0.05, name="pytorch"
    )


def unknown_parameters_raise(pytorch, mindspore):
    """`get_lr_parameter` of `mindspore.nn.SGD` raises `ValueError` for a
    parameter that is in no group.
    """
    del pytorch
    other = mindspore.params[0].clone()
    expect.raises(
        ValueError,
        lambda: mindspore.optimizer.get_lr_parameter(other),
        match="is not in optimizer",
        name="get_lr_parameter",
    )


def _params(side):
    start = ms.Tensor(side.start)
    return [ms.Parameter(start.copy(), name=n) for n in "abc"]


def _options(cls):
    options = {"learning_rate": 0.1}
    if cls is ms.nn.Momentum:
        options["momentum"] = 0.9
    if cls is ms.nn.AdaFactor:
        options["relative_step"] = False
    return options


def _after_assigning(side, optimizer_class, compiled):
    params = _params(side)
    groups = [
        {"params": params[:2], "lr": 0.02},
        {"params": params[2:]},
    ]
    optimizer = optimizer_class(groups, 0.1)
    optimizer.param_groups[0]["lr"].copy_(ms.Tensor(0.5))
    rates = [group["lr"] for group in optimizer.param_groups]
    step = ms.jit(optimizer) if compiled else optimizer
    step((ms.Tensor(side.gradient),) * 3)
    return rates, params


def _change(cls, side):
    """Train two equal groups; change the rate of the first after two steps."""
    params = [
        ms.Parameter(ms.Tensor(side.start), name=n) for n in "ab"
    ]
    groups = [{"params": [param], "lr": 0.02} for param in params]
    in_nn = issubclass(cls, ms.nn.Optimizer)
    options = {"learning_rate" if in_nn else "lr": 0.1}
    if cls is ms.nn.Momentum:
        options["momentum"] = 0.9
    optimizer = cls(groups, **options)
    if in_nn:
        rates = optimizer.get_lr_parameter(params)
    else:
        rates = [group["lr"] for group in optimizer.param_groups]
    for number in range(4):
        if number == 2:
            expect.close(
                *params,
                tolerance=0,
                name=f"{cls.__name__}_before",
            )
            rates[0].copy_(ms.Tensor(0.5))
        gradient = ms.Tensor((number + 1) * side.gradient)
        optimizer((gradient, gradient))
    return *params, [rate.item() for rate in rates]
