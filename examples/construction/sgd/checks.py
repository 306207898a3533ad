import mindspore as ms
import numpy as np
from crosswalk import expect

DAMPENED = {
    "momentum": 0.9,
    "dampening": 0.3,
    "weight_decay": 0.01,
}
NESTEROV = {
    "momentum": 0.9,
    "weight_decay": 0.01,
    "nesterov": True,
}


def plain(pytorch, mindspore):
    """`nn.SGD(model.trainable_params(), learning_rate=0.1)` of `mindspore`
    matches `torch.optim.SGD(model.parameters(), lr=0.1)` at each of four
    steps.
    """
    expect.close(pytorch.plain, mindspore.plain, name="weights")


def momentum_dampening_decay(pytorch, mindspore):
    """For the weight and the bias of an `nn.Dense`, `mindspore.nn.SGD` with
    `momentum=0.9`, `dampening=0.3` and `weight_decay=0.01` matches PyTorch at
    each of four steps: the three arguments have the same names and there the
    same meaning.
    """
    expect.close(
        pytorch.dampened, mindspore.dampened, name="weights"
    )


def nesterov(pytorch, mindspore):
    """`mindspore.nn.SGD` with `nesterov=True`, `momentum=0.9` and
    `weight_decay=0.01` matches PyTorch at each of four steps, for the weight
    and the bias of an `nn.Dense`.
    """
    expect.close(
        pytorch.nesterov, mindspore.nesterov, name="weights"
    )
    options = pytorch.dampened, mindspore.nesterov
    expect.apart(*options, at_least=0.05, name="against_dampened")


def first_step_has_no_dampening(pytorch, mindspore):
    """With `momentum=0.9` and `weight_decay=0.01`, `dampening=0.3` has no
    effect in the first step of `torch.optim.SGD` and `mindspore.nn.SGD`, and
    takes effect from the second step on: computed with NumPy, the velocity
    starts as the whole gradient, weight decay included.
    """
    law = _law(pytorch)
    expect.close(law, pytorch.dampened, name="pytorch")
    expect.close(law, mindspore.dampened, name="mindspore")


def experimental(pytorch, mindspore):
    """In PyNative mode, `mindspore.experimental.optim.SGD` with PyTorch's
    arguments, `lr` included, matches PyTorch in the three constructions of the
    example: plain, with `momentum`, `dampening` and `weight_decay`, and with
    `momentum`, `weight_decay` and `nesterov=True`.
    """
    sgd = ms.experimental.optim.SGD
    for name, options in (
        ("plain", {}),
        ("dampened", DAMPENED),
        ("nesterov", NESTEROV),
    ):
        model = mindspore.build()
        optimizer = sgd(
            model.trainable_params(), lr=0.1, **options
        )
        weights = mindspore.run(model, optimizer)
        expect.close(getattr(pytorch, name), weights, name=name)


def maximize(pytorch, mindspore):
    """`mindspore.experimental.optim.SGD` takes `maximize=True`, which, without
    momentum and weight decay, matches training with negated gradients after
    four steps; `mindspore.nn.SGD` has no such argument.
    """
    model = mindspore.build()
    parameters = model.trainable_params()
    sgd = ms.experimental.optim.SGD
    weights = mindspore.run(
        model, sgd(parameters, lr=0.1, maximize=True)
    )
    total = [
        sum(step[i] for step in pytorch.gradients) for i in (0, 1)
    ]
    law = [
        value + 0.1 * up
        for value, up in zip(pytorch.start, total)
    ]
    expect.close(law, weights[-1], name="experimental")
    expect.raises(
        TypeError,
        lambda: ms.nn.SGD(
            parameters, learning_rate=0.1, maximize=True
        ),
        match="maximize",
        name="nn",
    )


def _law(side):
    values = [value.astype(np.float64) for value in side.start]
    velocities, weights = [None, None], []
    for gradients in side.gradients:
        for i, gradient in enumerate(gradients):
            decayed = gradient + 0.01 * values[i]
            old = velocities[i]
            velocities[i] = (
                decayed
                if old is None
                else 0.9 * old + 0.7 * decayed
            )
            values[i] = values[i] - 0.1 * velocities[i]
        weights.append(list(values))
    return weights
