import functools
import inspect

import mindspore as ms
import torch
from crosswalk import expect
from mindspore import nn
from shared import (
    adam_formula,
    train_mindspore,
    train_torch,
    train_two_named,
)


def same_weights(pytorch, mindspore):
    """In the example, with `optimizer.eps` replaced by a parameter to which
    each step assigns `eps * sqrt(1 - beta2 ** t)`, `mindspore.nn.Adam` matches
    `torch.optim.Adam` after each of 60 steps for the weight and the bias of an
    `nn.Dense`, here with a learning rate of 0.01, `eps=1e-2`,
    `weight_decay=0.1` and AMSGrad.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def same_with_tiny_eps(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, the default `eps=1e-8`,
    gradients of about 1 and nothing assigned, `mindspore.nn.Adam` matches
    `torch.optim.Adam` after each of 60 steps, for the weight and the bias of
    an `nn.Dense`: with the other defaults, with `weight_decay=0.1`, and with
    `use_amsgrad=True` and `beta2=0.9`.
    """
    cases = {
        "plain": ({}, {}),
        "decayed": ({"weight_decay": 0.1}, {"weight_decay": 0.1}),
        "amsgrad": (
            {"amsgrad": True, "betas": (0.9, 0.9)},
            {"use_amsgrad": True, "beta2": 0.9},
        ),
    }
    for name, (theirs, ours) in cases.items():
        expect.close(
            train_torch(pytorch, _adam_torch(**theirs)),
            train_mindspore(mindspore, _adam_nn(**ours)),
            name=name,
        )


def small_gradients(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, the default `eps=1e-8` and
    gradients of about 1e-4, `mindspore.nn.Adam` differs from
    `torch.optim.Adam` by more than 1e-4 in 60 steps, because it adds `eps`
    before the bias correction. With gradients of about 1e-8 it differs by more
    than 0.1.
    """
    for scale, least in ((1e-4, 1e-4), (1e-8, 0.1)):
        theirs = train_torch(pytorch, _adam_torch(), scale)
        ours = train_mindspore(mindspore, _adam_nn(), sign=scale)
        name = f"{scale:g}"
        expect.apart(theirs, ours, at_least=least, name=name)
        formula = adam_formula(pytorch, eps=1e-8, scale=scale)
        expect.close(formula, ours, name=f"{name}_eps_before")


def eps_before_correction(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, `eps=1e-2` not rescaled
    and gradients of about 1, `mindspore.nn.Adam` differs from
    `torch.optim.Adam`: a formula that adds `eps` before the bias correction of
    the second moment matches MindSpore, and one that adds it after matches
    PyTorch. With the loss multiplied by 1e6 the same `eps` does not matter,
    and the weights match after each of 60 steps.
    """
    large = train_torch(pytorch, _adam_torch(eps=1e-2), 1e6)
    ours = train_mindspore(
        mindspore, _adam_nn(eps=1e-2), sign=1e6
    )
    expect.close(large, ours, name="large_loss")
    theirs = train_torch(pytorch, _adam_torch(eps=1e-2))
    ours = train_mindspore(mindspore, _adam_nn(eps=1e-2))
    expect.apart(theirs, ours, at_least=0.05, name="apart")
    expect.close(adam_formula(pytorch), ours, name="eps_before")
    expect.close(
        adam_formula(pytorch, late=True), theirs, name="eps_after"
    )


def assigned_eps_reaches_jit(pytorch, mindspore):
    """If `optimizer.eps` of `mindspore.nn.Adam` is replaced by a `Parameter`
    before the first step, a training step compiled with `@ms.jit` uses the
    value assigned with `copy_`: in the example, with a learning rate of 0.01,
    the default betas and `1e-2 * sqrt(1 - beta2**t)` before step `t`, it
    matches `torch.optim.Adam` with `eps=1e-2` after each of 60 steps.
    """

    def make(net):
        optimizer = _adam_nn(eps=1e-2)(net)
        optimizer.eps = ms.Parameter(optimizer.eps, name="eps")
        return optimizer

    def before(optimizer, index):
        correction = (1 - 0.999 ** (index + 1)) ** 0.5
        optimizer.eps.copy_(ms.Tensor(1e-2 * correction))

    theirs = train_torch(pytorch, _adam_torch(eps=1e-2))
    ours = train_mindspore(
        mindspore, make, jit=True, before=before
    )
    expect.close(theirs, ours, name="both")


def nesterov_is_extra(pytorch, mindspore):
    """`use_nesterov=True` of `mindspore.nn.Adam` has no counterpart: in the
    example, with a learning rate of 0.01 and the default `eps`, the update
    uses `beta1 * m + (1 - beta1) * g` instead of `m`, and matches neither
    `torch.optim.Adam` nor `torch.optim.NAdam`.
    """
    ours = train_mindspore(mindspore, _adam_nn(use_nesterov=True))
    law = adam_formula(pytorch, eps=1e-8, nesterov=True)
    expect.close(law, ours, name="law")
    for kind in ("Adam", "NAdam"):
        theirs = train_torch(pytorch, _adam_torch(kind))
        expect.apart(theirs, ours, at_least=0.01, name=kind)


def nesterov_ignored_with_amsgrad(pytorch, mindspore):
    """In the example, with a learning rate of 0.01 and `use_amsgrad=True`,
    `mindspore.nn.Adam` ignores `use_nesterov=True`: the weights are the same
    with and without it after each of 60 steps.
    """
    del pytorch
    expect.close(
        train_mindspore(mindspore, _adam_nn(use_amsgrad=True)),
        train_mindspore(
            mindspore,
            _adam_nn(use_amsgrad=True, use_nesterov=True),
        ),
        tolerance=0.0,
        name="both",
    )


def loss_scale_divides_the_gradient(pytorch, mindspore):
    """`mindspore.nn.Adam` with `loss_scale=1024.0` divides the gradients by
    1024. With a learning rate of 0.01, the default `eps`, gradients of about
    1, a loss multiplied by 1024 and `weight_decay=0.1`, it matches
    `torch.optim.Adam` for the weight and the bias of an `nn.Dense`. In the
    example, with a plain loss, the same learning rate and no weight decay, it
    matches only to within 0.001 in 60 steps, and a formula with the divided
    gradient matches it.
    """
    ours = train_mindspore(
        mindspore,
        _adam_nn(loss_scale=1024.0, weight_decay=0.1),
        sign=1024,
    )
    theirs = train_torch(pytorch, _adam_torch(weight_decay=0.1))
    expect.close(theirs, ours, name="scaled_loss")
    ours = train_mindspore(mindspore, _adam_nn(loss_scale=1024.0))
    theirs = train_torch(pytorch, _adam_torch())
    expect.apart(theirs, ours, at_least=1e-4, name="plain_loss")
    expect.close(theirs, ours, tolerance=1e-3, name="small")
    law = adam_formula(pytorch, eps=1e-8, scale=1 / 1024)
    expect.close(law, ours, name="law")


def forgotten_loss_scale_decays_more(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, `weight_decay=0.1`,
    `loss_scale=1024.0`, the default `eps` and a loss that is not multiplied,
    `mindspore.nn.Adam` decays the weight and the bias of an `nn.Dense` as with
    a weight decay of 102.4, to within 1e-5. The decay is multiplied by the
    scale before the gradient is divided.
    """
    ours = train_mindspore(
        mindspore, _adam_nn(loss_scale=1024.0, weight_decay=0.1)
    )
    law = adam_formula(
        pytorch, eps=1e-8, weight_decay=102.4, scale=1 / 1024
    )
    expect.close(law, ours, tolerance=1e-5, name="law")
    theirs = train_torch(pytorch, _adam_torch(weight_decay=0.1))
    expect.apart(theirs, ours, at_least=0.1, name="apart")


def flags_without_effect(pytorch, mindspore):
    """In the example, with dense gradients on CPU, a learning rate of 0.01 and
    without AMSGrad, each of `use_locking=True`, `use_lazy=True` and
    `use_offload=True`, set by itself, changes the weights of
    `mindspore.nn.Adam` by at most a relative 1e-7 after each of 60 steps.
    """
    del pytorch
    plain = train_mindspore(mindspore, _adam_nn())
    for flag in ("use_locking", "use_lazy", "use_offload"):
        ours = train_mindspore(
            mindspore, _adam_nn(**{flag: True})
        )
        expect.close(plain, ours, tolerance=1e-7, name=flag)


def negated_loss_maximizes(pytorch, mindspore):
    """`mindspore.nn.Adam` has no `maximize`. In the example, with the loss
    negated, a learning rate of 0.01, the default `eps=1e-8` and gradients of
    about 1, it matches `torch.optim.Adam` with `maximize=True` to within 2e-6,
    with and without `weight_decay=0.1`, for the weight and the bias of an
    `nn.Dense`.
    """
    for decay in (0.0, 0.1):
        theirs = _adam_torch(maximize=True, weight_decay=decay)
        ours = _adam_nn(weight_decay=decay)
        expect.close(
            train_torch(pytorch, theirs),
            train_mindspore(mindspore, ours, sign=-1),
            tolerance=2e-6,
            name=f"decay_{decay}",
        )


def beta_in_the_name_skips_decay(pytorch, mindspore):
    """Without groups, `mindspore.nn.Adam` with `weight_decay=0.5` decays a
    parameter named `weight` but not one named `beta`, which `torch.optim.Adam`
    also decays. In a group with that decay, with a learning rate of 0.01, the
    default `eps` and gradients of about 1, both parameters match PyTorch.
    """
    del pytorch, mindspore
    theirs = _unnamed(
        lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.5)
    )
    ours = train_two_named(
        lambda p: nn.Adam(p, 0.01, weight_decay=0.5)
    )
    both = [pair[0] for pair in theirs]
    expect.close(both, [pair[0] for pair in ours], name="weight")
    skipped = [pair[1] for pair in ours]
    plain = _unnamed(lambda p: torch.optim.Adam(p, 0.01))
    plain = [pair[0] for pair in plain]
    expect.close(plain, skipped, name="beta_not_decayed")
    expect.apart(both, skipped, at_least=1e-4, name="beta")
    grouped = train_two_named(
        lambda p: nn.Adam(
            [{"params": p, "weight_decay": 0.5}], 0.01
        )
    )
    expect.close(theirs, grouped, name="grouped")


def second_group(pytorch, mindspore):
    """With a learning rate of 0.02 in one group, a weight decay of 0.1 in the
    other, a learning rate of 0.01 for the rest, the default `eps` and
    gradients of about 1, `mindspore.nn.Adam` matches `torch.optim.Adam`. A
    group with `betas` or `eps`, which PyTorch takes, raises `KeyError`.
    """

    def groups(net):
        return [
            {"params": [net.weight], "lr": 0.02},
            {"params": [net.bias], "weight_decay": 0.1},
        ]

    expect.close(
        train_torch(
            pytorch,
            lambda net: torch.optim.Adam(groups(net), 0.01),
        ),
        train_mindspore(
            mindspore, lambda net: nn.Adam(groups(net), 0.01)
        ),
        name="both",
    )
    params = mindspore.network().trainable_params()
    for key, value in (("betas", (0.9, 0.9)), ("eps", 1e-3)):
        group = {"params": params, key: value}
        expect.raises(
            KeyError,
            functools.partial(nn.Adam, [group], 0.01),
            match=key,
            name=key,
        )


def narrower_ranges(pytorch, mindspore):
    """`beta1=0.0` and `eps=0.0` raise `ValueError` in `mindspore.nn.Adam`;
    `torch.optim.Adam` takes both.
    """
    for name in ("beta1", "eps"):
        expect.raises(
            ValueError,
            functools.partial(
                _adam_nn(**{name: 0.0}), mindspore.network()
            ),
            match=name,
            name=name,
        )
    options = {"betas": (0.0, 0.999), "eps": 0.0}
    theirs = _adam_torch(**options)(pytorch.network())
    for name, value in options.items():
        found = theirs.param_groups[0][name]
        expect.equal(value, found, name=f"pytorch_{name}")


def pytorch_names_raise(pytorch, mindspore):
    """`lr`, `betas`, `amsgrad`, `maximize`, `foreach`, `fused`, `capturable`,
    `differentiable` and `decoupled_weight_decay`, which are arguments of
    `torch.optim.Adam`, raise `KeyError` in `mindspore.nn.Adam`; the other
    names, `params`, `eps` and `weight_decay`, are the same in both.
    """
    del pytorch
    params = mindspore.network().trainable_params()
    shared = {"params", "eps", "weight_decay"}
    others = {
        "lr": 0.01,
        "betas": (0.9, 0.999),
        "amsgrad": True,
        "maximize": True,
        "foreach": True,
        "fused": True,
        "capturable": True,
        "differentiable": True,
        "decoupled_weight_decay": True,
    }
    names = inspect.signature(torch.optim.Adam).parameters
    expect.equal(set(names), shared | set(others), name="names")
    for name, value in others.items():
        expect.raises(
            KeyError,
            functools.partial(nn.Adam, params, **{name: value}),
            match=f"invalid keys.*{name}",
            name=name,
        )
    optimizer = nn.Adam(params=params, eps=1e-3, weight_decay=0.1)
    expect.close(0.1, optimizer.weight_decay, name="taken")


def _adam_torch(kind="Adam", **options):
    make = getattr(torch.optim, kind)
    return lambda net: make(net.parameters(), lr=0.01, **options)


def _adam_nn(**options):
    return lambda net: nn.Adam(
        net.trainable_params(), 0.01, **options
    )


def _unnamed(make):
    param = torch.nn.Parameter(torch.ones(1))
    optimizer, weights = make([param]), []
    for step in range(60):
        param.grad = torch.tensor([0.5 + 0.01 * step])
        optimizer.step()
        weights.append([param.numpy(force=True).copy()] * 2)
    return weights
