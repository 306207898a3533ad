import functools
import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """With `optimizer.eps` replaced by a parameter to which each step assigns
    `eps * sqrt(1 - beta2 ** t)`, `mindspore.nn.AdamOffload` gives the weights
    of `torch.optim.Adam` after each of 60 steps, in PyNative mode on the CPU.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def same_with_tiny_eps(pytorch, mindspore):
    """With the default `eps=1e-8`, gradients of about 1 and
    nothing assigned, `mindspore.nn.AdamOffload` matches
    `torch.optim.Adam` and `mindspore.nn.Adam` after each of 60
    steps, in PyNative mode and compiled with `ms.jit`.
    """
    theirs = _theirs(
        pytorch,
        lambda net: torch.optim.Adam(net.parameters(), 0.01),
    )
    for name, kind, jit in (
        ("offload", nn.AdamOffload, False),
        ("offload_jit", nn.AdamOffload, True),
        ("adam", nn.Adam, False),
    ):
        make = functools.partial(_make, kind)
        ours = _ours(mindspore, make, jit=jit)
        expect.close(theirs, ours, name=name)


def small_gradients(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, the default `eps=1e-8` and
    gradients of about 1e-4, `mindspore.nn.AdamOffload` differs from
    `torch.optim.Adam` by more than 1e-4 after 60 steps: it adds `eps` before
    the bias correction. With gradients of about 1e-8 it differs by more than
    0.1.
    """
    for scale, least in ((1e-4, 1e-4), (1e-8, 0.1)):
        theirs = _theirs(
            pytorch,
            lambda net: torch.optim.Adam(net.parameters(), 0.01),
            scale,
        )
        make = functools.partial(_make, nn.AdamOffload)
        ours = _ours(mindspore, make, sign=scale)
        name = f"{scale:g}"
        expect.apart(theirs, ours, at_least=least, name=name)
        formula = _adam(pytorch, eps=1e-8, scale=scale)
        expect.close(formula, ours, name=f"{name}_eps_before")


def eps_before_correction(pytorch, mindspore):
    """With `eps=1e-2` left as it is and gradients of about 1,
    `mindspore.nn.AdamOffload` differs from `torch.optim.Adam`: a formula that
    adds `eps` before the bias correction of the second moment gives its
    weights. With the loss multiplied by 1e6 the same `eps` does not matter,
    and the weights match after each of 60 steps.
    """

    def make_torch(net):
        return torch.optim.Adam(net.parameters(), 0.01, eps=1e-2)

    theirs = _theirs(pytorch, make_torch)
    make = functools.partial(_make, nn.AdamOffload, eps=1e-2)
    large = _theirs(pytorch, make_torch, 1e6)
    expect.close(
        large, _ours(mindspore, make, sign=1e6), name="large_loss"
    )
    ours = _ours(mindspore, make)
    expect.apart(theirs, ours, at_least=0.05, name="apart")
    expect.close(_adam(pytorch), ours, name="eps_before")


def nesterov_is_extra(pytorch, mindspore):
    """`use_nesterov=True` of `mindspore.nn.AdamOffload` has no counterpart in
    `torch.optim.Adam`: the update uses `beta1 * m + (1 - beta1) * g`.
    """
    make = functools.partial(
        _make, nn.AdamOffload, use_nesterov=True
    )
    ours = _ours(mindspore, make)
    law = _adam(pytorch, eps=1e-8, nesterov=True)
    expect.close(law, ours, name="law")
    plain = _adam(pytorch, eps=1e-8)
    expect.apart(plain, ours, at_least=0.01, name="apart")


def no_amsgrad(pytorch, mindspore):
    """`mindspore.nn.AdamOffload` has no AMSGrad and no `maximize`: `amsgrad`,
    `use_amsgrad` and `maximize` are not among its arguments.
    """
    del pytorch, mindspore
    names = inspect.signature(nn.AdamOffload).parameters
    for name in ("amsgrad", "use_amsgrad", "maximize"):
        expect.equal(False, name in names, name=name)


def beta_in_the_name_skips_decay(pytorch, mindspore):
    """Without groups, `mindspore.nn.AdamOffload` with `weight_decay=0.5` does
    not decay parameters named `gamma` and `beta`, which `torch.optim.Adam`
    does; in a group with that decay, with gradients of about 1, all parameters
    follow PyTorch.
    """
    del pytorch, mindspore
    theirs = _unnamed(
        lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.5)
    )
    ours = _named(
        lambda p: nn.AdamOffload(p, 0.01, weight_decay=0.5)
    )
    both = [row[0] for row in theirs]
    expect.close(both, [row[0] for row in ours], name="weight")
    plain = _unnamed(lambda p: torch.optim.Adam(p, 0.01))
    plain = [row[0] for row in plain]
    for i, name in ((1, "gamma"), (2, "beta")):
        skipped = [row[i] for row in ours]
        expect.apart(both, skipped, at_least=1e-4, name=name)
        expect.close(plain, skipped, name=f"{name}_undecayed")
    grouped = _named(
        lambda p: nn.AdamOffload(
            [{"params": p, "weight_decay": 0.5}], 0.01
        )
    )
    expect.close(theirs, grouped, name="grouped")


def _make(kind, net, **options):
    return kind(net.trainable_params(), 0.01, **options)


def _theirs(side, make, scale=1):
    net, weights = side.network(), []
    optimizer = make(net)
    for _ in range(60):
        optimizer.zero_grad()
        loss = scale * (net(side.x) - side.y).square().mean()
        loss.backward()
        optimizer.step()
        weights.append(side.values(net))
    return weights


def _ours(side, make, *, sign=1, jit=False, before=None):
    net, weights = side.network(), []
    optimizer = make(net)

    def forward():
        return sign * (net(side.x) - side.y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        loss, gradients = grad_fn()
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    for index in range(60):
        if before:
            before(optimizer, index)
        step()
        weights.append(side.values(net))
    return weights


def _law(side, update):
    x, y = side.x.numpy().astype(float), side.y.numpy()
    weights = [side.weight.astype(float), side.bias.astype(float)]
    states, history = [{}, {}], []
    for step in range(1, 61):
        error = x @ weights[0].T + weights[1] - y
        slope = 2 * error / error.size
        gradients = [slope.T @ x, slope.sum(0)]
        for i in range(2):
            weights[i] = weights[i] + update(
                step, states[i], weights[i], gradients[i]
            )
        history.append([value.copy() for value in weights])
    return history


def _average(state, name, beta, value):
    old = state.get(name, 0.0)
    state[name] = beta * old + (1 - beta) * value
    return state[name]


def _adam(side, late=False, **options):
    lr, eps = 0.01, options.get("eps", 1e-2)
    decay = options.get("weight_decay", 0.0)
    scale = options.get("scale", 1.0)
    beta1, beta2 = options.get("betas", (0.9, 0.999))

    def update(step, state, weight, gradient):
        gradient = (gradient + decay * weight) * scale
        mean = _average(state, "mean", beta1, gradient)
        square = _average(state, "square", beta2, gradient**2)
        if options.get("nesterov"):
            mean = beta1 * mean + (1 - beta1) * gradient
        root = np.sqrt(square)
        correction = np.sqrt(1 - beta2**step)
        if late:
            root = root / correction + eps
        else:
            root = (root + eps) / correction
        return -lr / (1 - beta1**step) * mean / root

    return _law(side, update)


def _named(make):
    params = [
        ms.Parameter(ms.Tensor([1.0]), name=name)
        for name in ("weight", "gamma", "beta")
    ]
    optimizer, weights = make(params), []
    for step in range(60):
        gradient = ms.Tensor([0.5 + 0.01 * step], ms.float32)
        optimizer((gradient,) * 3)
        weights.append([p.asnumpy().copy() for p in params])
    return weights


def _unnamed(make):
    param = torch.nn.Parameter(torch.ones(1))
    optimizer, weights = make([param]), []
    for step in range(60):
        param.grad = torch.tensor([0.5 + 0.01 * step])
        optimizer.step()
        weights.append([param.numpy(force=True).copy()] * 3)
    return weights
