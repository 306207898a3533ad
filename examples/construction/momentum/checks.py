import mindspore as ms
import numpy as np
from crosswalk import expect

RATES = [0.1, 0.05, 0.025, 0.0125]


def same_updates(pytorch, mindspore):
    """While the learning rate halves from 0.1 at every step,
    `mindspore.nn.Momentum` with `momentum=0.9` matches `torch.optim.SGD` with
    the same momentum at each of four steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def rate_outside_the_velocity(pytorch, mindspore):
    """`torch.optim.SGD` and `mindspore.nn.Momentum` with momentum 0.9 keep the
    learning rate out of the velocity: while the learning rate halves at each
    of four steps, both match `v = 0.9 * v + g` and `w = w - rate * v` in
    NumPy, and differ from `v = 0.9 * v + rate * g`.
    """
    expect.close(
        _law(pytorch, "outside"), pytorch.weights, name="pytorch"
    )
    expect.close(
        _law(pytorch, "outside"),
        mindspore.weights,
        name="mindspore",
    )
    inside = _law(pytorch, "inside")
    expect.apart(
        inside[2:],
        mindspore.weights[2:],
        at_least=0.05,
        name="inside",
    )


def use_nesterov_is_ignored(pytorch, mindspore):
    """On CPU, with momentum 0.9, `mindspore.nn.Momentum` ignores
    `use_nesterov=True`, in PyNative mode and compiled with `@ms.jit`. Its
    weights match a run without it, and differ from `torch.optim.SGD` with
    `nesterov=True` from the first step on.
    """
    model = mindspore.build()
    optimizer = ms.nn.Momentum(
        model.trainable_params(),
        mindspore.schedule,
        momentum=0.9,
        use_nesterov=True,
    )
    gradients = tuple(map(ms.ops.ones_like, optimizer.parameters))
    step = ms.jit(optimizer)
    law, velocity = mindspore.start, 0.0
    for rate in RATES:
        step(gradients)
        velocity = 0.9 * velocity + 1.0
        law = [value - rate * velocity for value in law]
    expect.close(law, list(optimizer.parameters), name="jit")
    expect.close(
        mindspore.weights, mindspore.nesterov, name="as_without"
    )
    first = pytorch.nesterov[0], mindspore.nesterov[0]
    expect.apart(*first, at_least=0.05, name="first_step")


def sgd_has_nesterov(pytorch, mindspore):
    """While the learning rate halves from 0.1 at every step,
    `mindspore.nn.SGD` with `momentum=0.9` and `nesterov=True` matches
    `torch.optim.SGD` with the same arguments at each of four steps: use it in
    place of `mindspore.nn.Momentum(..., use_nesterov=True)`.
    """
    model = mindspore.build()
    optimizer = ms.nn.SGD(
        model.trainable_params(),
        mindspore.schedule,
        momentum=0.9,
        nesterov=True,
    )
    weights = mindspore.train(model, optimizer)
    expect.close(pytorch.nesterov, weights, name="weights")


def needs_rate_and_float_momentum(pytorch, mindspore):
    """`mindspore.nn.Momentum` has no default learning rate and does not accept
    an integer as `momentum`: `momentum=1` raises `TypeError`, whereas
    `mindspore.nn.SGD` accepts it.
    """
    parameters = mindspore.build().trainable_params()
    expect.raises(
        TypeError,
        lambda: ms.nn.Momentum(parameters, momentum=0.9),
        match="learning_rate",
        name="no_rate",
    )
    expect.raises(
        TypeError,
        lambda: ms.nn.Momentum(parameters, 0.1, momentum=1),
        match="should be 'float'",
        name="integer",
    )
    sgd = ms.nn.SGD(parameters, 0.1, momentum=1)
    expect.close(1.0, sgd.momentum, name="nn_sgd")


def _law(side, where):
    x = side.x.numpy(force=True).astype(np.float64)
    values = [value.astype(np.float64) for value in side.start]
    velocities, weights = [0.0, 0.0], []
    for rate in RATES:
        output = x @ values[0].T + values[1]
        slope = 2 * output / output.size
        for i, gradient in enumerate((slope.T @ x, slope.sum(0))):
            inside = rate if where == "inside" else 1.0
            outside = rate if where == "outside" else 1.0
            velocities[i] = (
                0.9 * velocities[i] + inside * gradient
            )
            values[i] = values[i] - outside * velocities[i]
        weights.append(list(values))
    return weights
