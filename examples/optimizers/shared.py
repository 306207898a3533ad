"""Helpers of the checks of this topic."""

import mindspore as ms
import numpy as np
import torch

START = np.random.default_rng(1).normal(size=(2, 4))
GRADIENTS = np.random.default_rng(2).normal(size=(60, 2, 4))


def torch_weights(build, gradients=GRADIENTS):
    params = [
        torch.nn.Parameter(torch.tensor(row).float())
        for row in START
    ]
    optimizer = build(params)
    rows = []
    for gradient in gradients:
        for param, row in zip(params, gradient, strict=True):
            param.grad = torch.tensor(row).float()
        optimizer.step()
        rows.append([p.numpy(force=True).copy() for p in params])
    return np.array(rows)


def mindspore_weights(build, gradients=GRADIENTS):
    params = [
        ms.Parameter(ms.Tensor(row, ms.float32), name=name)
        for name, row in zip(
            ("weight", "gamma"), START, strict=True
        )
    ]
    optimizer = build(params)
    rows = []
    for gradient in gradients:
        optimizer(
            tuple(ms.Tensor(g, ms.float32) for g in gradient)
        )
        rows.append([p.asnumpy().copy() for p in params])
    return np.array(rows)


def train_torch(side, make, scale=1):
    net, weights = side.network(), []
    optimizer = make(net)
    for _ in range(60):
        optimizer.zero_grad()
        loss = scale * (net(side.x) - side.y).square().mean()
        loss.backward()
        optimizer.step()
        weights.append(side.values(net))
    return weights


def follow_formula(side, update):
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


def average(state, name, beta, value):
    old = state.get(name, 0.0)
    state[name] = beta * old + (1 - beta) * value
    return state[name]


def adam_formula(side, late=False, **options):
    lr, eps = 0.01, options.get("eps", 1e-2)
    decay = options.get("weight_decay", 0.0)
    scale = options.get("scale", 1.0)
    beta1, beta2 = options.get("betas", (0.9, 0.999))

    def update(step, state, weight, gradient):
        gradient = (gradient + decay * weight) * scale
        mean = average(state, "mean", beta1, gradient)
        square = average(state, "square", beta2, gradient**2)
        if options.get("nesterov"):
            mean = beta1 * mean + (1 - beta1) * gradient
        root = np.sqrt(square)
        correction = np.sqrt(1 - beta2**step)
        if late:
            root = root / correction + eps
        else:
            root = (root + eps) / correction
        return -lr / (1 - beta1**step) * mean / root

    return follow_formula(side, update)


def make_with(kind, lr=0.01, **options):
    def make(net):
        if isinstance(net, torch.nn.Module):
            params = net.parameters()
        else:
            params = net.trainable_params()
        return kind(params, lr, **options)

    return make


def train_mindspore(
    side, make, *, sign=1, jit=False, before=None
):
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


def train_two_named(make):
    params = [
        ms.Parameter(ms.Tensor([1.0]), name=name)
        for name in ("weight", "beta")
    ]
    optimizer, weights = make(params), []
    for step in range(60):
        gradient = ms.Tensor([0.5 + 0.01 * step], ms.float32)
        optimizer((gradient, gradient))
        weights.append([p.asnumpy().copy() for p in params])
    return weights


def train_three_named(make):
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


def train_three_unnamed(make):
    param = torch.nn.Parameter(torch.ones(1))
    optimizer, weights = make([param]), []
    for step in range(60):
        param.grad = torch.tensor([0.5 + 0.01 * step])
        optimizer.step()
        weights.append([param.numpy(force=True).copy()] * 3)
    return weights


def torch_asgd(side, **options):
    net = side.model()
    params = net.parameters()
    return side.train(net, torch.optim.ASGD(params, **options))


def asgd_formula(side, lr, lambd, alpha, t0):
    weight = side.weight.astype(float)
    bias = side.bias.astype(float)
    weights, eta = [], lr
    for step in range(1, 61):
        error = side.x @ weight.T + bias - side.y
        slope = 2 * error / error.size
        weight = (
            weight * (1 - lambd * eta) - eta * slope.T @ side.x
        )
        bias = bias * (1 - lambd * eta) - eta * slope.sum(0)
        eta = lr / (1 + lambd * lr * step) ** alpha
        weights.append([weight, bias])
    return weights


def train_hooked(side, make, *, sign=1, jit=False, before=None):
    net, weights = side.network(), []
    optimizer = make(net)

    def forward():
        return sign * (net(side.x) - side.y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        loss, gradients = grad_fn()
        if before:
            before(optimizer)
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    for _ in range(60):
        step()
        weights.append(side.values(net))
    return weights


def torch_rprop(side, **options):
    net = side.model()
    params = net.parameters()
    return side.train(net, torch.optim.Rprop(params, **options))


def square(x):
    return x * x


def sgd_step(grad):
    weight = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
    weight.grad = grad
    torch.optim.SGD([weight], lr=0.1, weight_decay=0.5).step()
    return weight


def torch_sgd(side, **options):
    net = side.model()
    params = net.parameters()
    return side.train(net, torch.optim.SGD(params, **options))
