import functools

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import mint
from mindspore.experimental import optim
from shared import make_with, train_mindspore

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """In the example, in a step compiled with `@ms.jit`, with `lr=0.01`,
    `eps=1e-2` and `weight_decay=0.1`, `mindspore.mint.optim.Adam` matches
    `torch.optim.Adam` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def other_arguments(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `mindspore.mint.optim.Adam` matches
    `torch.optim.Adam` after each of 60 steps in the example: with `lr=0.01`
    and `maximize=True`, and with `lr=0.02`, `betas=(0.8, 0.99)` and `eps=1e-3`
    in one group and `weight_decay=0.1` in the other.
    """

    def groups(kind, net):
        first = {"params": [net.weight], "lr": 0.02, "eps": 1e-3}
        first["betas"] = (0.8, 0.99)
        second = {"params": [net.bias], "weight_decay": 0.1}
        return kind([first, second], 0.01)

    for name, make in {
        "maximize": lambda kind: make_with(kind, maximize=True),
        "groups": lambda kind: functools.partial(groups, kind),
    }.items():
        theirs = _theirs(pytorch, make(torch.optim.Adam))
        ours = train_mindspore(
            mindspore, make(mint.optim.Adam), jit=True
        )
        expect.close(theirs, ours, name=name)


def eager_step_does_nothing(pytorch, mindspore):
    """In PyNative mode on CPU, without `@ms.jit`,
    `mindspore.mint.optim.Adam` raises no error and does not
    change the weights in 60 steps: there, `Tensor.add_` returns
    the sum and does not modify a `Parameter`.
    """
    del pytorch
    ours = train_mindspore(mindspore, make_with(mint.optim.Adam))
    start = [mindspore.weight, mindspore.bias]
    expect.close([start] * 60, ours, tolerance=0.0, name="still")
    param = ms.Parameter(ms.Tensor([1.0], ms.float32))
    total = param.add_(ms.Tensor([1.0], ms.float32))
    expect.close([2.0], [total.item()], name="returned")
    expect.close([1.0], [param.item()], name="parameter")


def amsgrad_is_ignored(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `mindspore.mint.optim.Adam` silently
    ignores `amsgrad=True`. In the example, with `lr=0.1` and `betas=(0.9,
    0.9)`, the weights are the same as without it, and differ from
    `torch.optim.Adam` with it. The running maximum is never stored: its buffer
    is still zero after 60 steps.
    """
    made = []

    def make(net):
        made.append(
            make_with(mint.optim.Adam, 0.1, **options)(net)
        )
        return made[0]

    options = {"betas": (0.9, 0.9), "amsgrad": True}
    ours = train_mindspore(mindspore, make, jit=True)
    theirs = _theirs(
        pytorch, make_with(torch.optim.Adam, 0.1, **options)
    )
    expect.apart(theirs, ours, at_least=0.1, name="apart")
    plain = make_with(torch.optim.Adam, 0.1, betas=(0.9, 0.9))
    expect.close(
        _theirs(pytorch, plain), ours, name="without_amsgrad"
    )
    for buffer in made[0].param_groups[0]["max_exp_avg_sq"]:
        zero = np.zeros(buffer.shape)
        expect.close(zero, buffer, tolerance=0.0, name="buffer")


def amsgrad_of_experimental(pytorch, mindspore):
    """For AMSGrad, in the example with `lr=0.1` and `betas=(0.9, 0.9)`,
    `mindspore.experimental.optim.AdamW` with `weight_decay=0.0` matches
    `torch.optim.Adam` after each of 60 steps.
    """
    options = {"betas": (0.9, 0.9), "amsgrad": True}
    theirs = _theirs(
        pytorch, make_with(torch.optim.Adam, 0.1, **options)
    )
    ours = train_mindspore(
        mindspore,
        make_with(optim.AdamW, 0.1, weight_decay=0.0, **options),
    )
    expect.close(theirs, ours, name="both")


def assigned_rate_reaches_jit(pytorch, mindspore):
    """In the example, with a first learning rate of 0.01, a learning rate of
    0.05, assigned with `copy_` to `param_groups[0]["lr"]` of
    `mindspore.mint.optim.Adam` before step 31, takes effect in the step
    compiled with `@ms.jit`. It matches `torch.optim.Adam` with the same
    change.
    """

    def before(optimizer, index):
        if index == 30:
            optimizer.param_groups[0]["lr"].copy_(ms.Tensor(0.05))

    def before_torch(optimizer, index):
        if index == 30:
            optimizer.param_groups[0]["lr"] = 0.05

    theirs = _theirs(
        pytorch, make_with(torch.optim.Adam), before=before_torch
    )
    ours = train_mindspore(
        mindspore,
        make_with(mint.optim.Adam),
        jit=True,
        before=before,
    )
    expect.close(theirs, ours, name="both")


def stricter_types(pytorch, mindspore):
    """As arguments of `mindspore.mint.optim.Adam`, the integers `lr=1`,
    `eps=1` and `weight_decay=0`, and a Tensor for `lr`, raise `TypeError`; in
    a group they are accepted, and `torch.optim.Adam` takes them as arguments.
    In a step compiled with `@ms.jit`, a group with `eps=1` or `betas=(0, 0.9)`
    raises no error, and the weights of that group are not updated in 60 steps;
    with `eps=1.0` they are.
    """
    for name, value, theirs in (
        ("lr", 1, 1),
        ("eps", 1, 1),
        ("weight_decay", 0, 0),
        ("lr", ms.Tensor(0.01), torch.tensor(0.01)),
    ):
        kind = type(value).__name__
        expect.raises(
            TypeError,
            functools.partial(
                mint.optim.Adam,
                mindspore.network().trainable_params(),
                **{name: value},
            ),
            match=f"type of '{name}' should be",
            name=f"{name}_{kind}",
        )
        params = mindspore.network().trainable_params()
        grouped = mint.optim.Adam(
            [{"params": params, name: value}]
        )
        expect.close(
            float(value),
            float(grouped.param_groups[0][name]),
            name=f"group_{name}_{kind}",
        )
        made = torch.optim.Adam(
            pytorch.network().parameters(), **{name: theirs}
        )
        expect.equal(
            theirs,
            made.param_groups[0][name],
            name=f"pytorch_{name}_{kind}",
        )
    still = [[mindspore.weight, mindspore.bias]] * 60
    for key, value in (("eps", 1), ("betas", (0, 0.9))):
        ours = _grouped_jit(mindspore, {key: value})
        expect.close(
            still, ours, tolerance=0.0, name=f"still_{key}"
        )
    ours = _grouped_jit(mindspore, {"eps": 1.0})
    expect.apart(still, ours, at_least=0.01, name="float_eps")


def _grouped_jit(side, options):
    def make(net):
        group = {"params": net.trainable_params(), **options}
        return mint.optim.Adam([group], 0.01)

    return train_mindspore(side, make, jit=True)


def _theirs(side, make, before=None):
    net, weights = side.network(), []
    optimizer = make(net)
    for index in range(60):
        if before:
            before(optimizer, index)
        optimizer.zero_grad()
        (net(side.x) - side.y).square().mean().backward()
        optimizer.step()
        weights.append(side.values(net))
    return weights
