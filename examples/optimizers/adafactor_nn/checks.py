import functools

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn

START = np.random.default_rng(1).normal(size=(2, 12))
GRADIENTS = np.random.default_rng(2).normal(size=(60, 2, 12))


def same_weights(pytorch, mindspore):
    """With `learning_rate=0.02`, `beta1=0.0`, `relative_step=False`, the other
    arguments of the example and gradients of about 1, `mindspore.nn.AdaFactor`
    matches `torch.optim.Adafactor` with `lr=0.02` after each of the 60 steps,
    to within 1e-5.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        tolerance=1e-5,
        name="weights",
    )


def same_with_weight_decay(pytorch, mindspore):
    """With `learning_rate=0.02`, `beta1=0.0`,
    `relative_step=False`, no `weight_decay` and gradients of
    about 1, `mindspore.nn.AdaFactor` matches
    `torch.optim.Adafactor` with `lr=0.02` and `weight_decay=0.1`
    after each of the 60 steps, to within 1e-5, if you subtract
    the decay by hand. After each step, subtract `0.02 * 0.1`
    times the weights before the step.
    """
    expect.close(
        pytorch.decayed,
        mindspore.decayed,
        tolerance=1e-5,
        name="weights",
    )


def same_with_defaults(pytorch, mindspore):
    """With gradients of about 1 and only `beta1=0.0` given, and so
    `relative_step=True`, `mindspore.nn.AdaFactor` matches
    `torch.optim.Adafactor` with its default learning rate of 0.01 after each
    of 60 steps, for parameters of the shapes 12, 3 by 4, 2 by 3 by 2 and 1 by
    2 by 2 by 3.
    """
    for shape in ((12,), (3, 4), (2, 3, 2), (1, 2, 2, 3)):
        theirs = _pytorch(torch.optim.Adafactor, shape=shape)
        ours = _mindspore(
            lambda p: nn.AdaFactor(p, beta1=0.0), shape=shape
        )
        expect.close(
            theirs, ours, name=f"dimensions_{len(shape)}"
        )


def first_moment(pytorch, mindspore):
    """With its defaults, matrices of 3 by 4 and gradients of about 1,
    `mindspore.nn.AdaFactor` differs from `torch.optim.Adafactor`, because its
    updates go through a first moment with `beta1=0.9`. Over 60 steps, a
    formula with this moment matches MindSpore after each step, and the formula
    without it matches PyTorch.
    """
    theirs = _pytorch(torch.optim.Adafactor)
    ours = _mindspore(nn.AdaFactor)
    expect.apart(theirs, ours, at_least=1e-2, name="apart")
    expect.close(_law(beta1=0.9), ours, name="with_moment")
    expect.close(_law(), theirs, name="without_moment")


def decay_times_scale(pytorch, mindspore):
    """With `weight_decay=0.1`, `beta1=0.0`, the default
    `scale_parameter=True`, matrices of 3 by 4 and gradients of about 1,
    `mindspore.nn.AdaFactor` differs from `torch.optim.Adafactor`. It also
    multiplies the decay by the root mean square of the parameter, or by the
    second `eps` if that is larger. Over 60 steps, a formula that does so
    matches MindSpore after each step, with a second `eps` of 1e-3 and of 2.0;
    a formula that does not matches PyTorch in the example.
    """
    theirs = _pytorch(
        lambda p: torch.optim.Adafactor(p, weight_decay=0.1)
    )
    ours = _mindspore(
        lambda p: nn.AdaFactor(p, beta1=0.0, weight_decay=0.1)
    )
    expect.apart(theirs, ours, at_least=2e-3, name="apart")
    expect.close(
        _law(decay=0.1, scaled=True), ours, name="scaled"
    )
    expect.close(_law(decay=0.1), theirs, name="not_scaled")
    options = {"eps": (1e-30, 2.0), "weight_decay": 0.1}
    ours = _mindspore(
        lambda p: nn.AdaFactor(p, beta1=0.0, **options)
    )
    law = _law(decay=0.1, scaled=True, least=2.0)
    expect.close(law, ours, name="second_eps")


def gamma_is_decayed(pytorch, mindspore):
    """Without groups, with `beta1=0.0`, `weight_decay=0.1`, matrices of 3 by 4
    and gradients of about 1, `mindspore.nn.AdaFactor` also decays the
    parameter named `gamma`: it matches a formula that decays both parameters.
    """
    ours = _mindspore(
        lambda p: nn.AdaFactor(p, beta1=0.0, weight_decay=0.1)
    )
    without = _mindspore(lambda p: nn.AdaFactor(p, beta1=0.0))
    law = _law(decay=0.1, scaled=True)
    expect.close(law, ours, name="both")
    expect.apart(
        without[:, 1],
        ours[:, 1],
        at_least=1e-2,
        name="without_decay",
    )


def rate_is_not_capped(pytorch, mindspore):
    """`torch.optim.Adafactor` uses the smaller of `lr` and 1 / sqrt(step),
    which limits `lr=0.2` from step 26 on. With matrices of 3 by 4 and
    gradients of about 1, `mindspore.nn.AdaFactor` with `learning_rate=0.2`,
    `beta1=0.0` and `relative_step=False` matches it to within 5e-6 for the
    first 25 steps and differs after each of steps 26 to 60. With the smaller
    learning rate assigned with `copy_` before each step, it matches after each
    of 60 steps, to within 5e-6.
    """
    theirs = _pytorch(lambda p: torch.optim.Adafactor(p, lr=0.2))
    fixed = {
        "learning_rate": 0.2,
        "beta1": 0.0,
        "relative_step": False,
    }
    ours = _mindspore(lambda p: nn.AdaFactor(p, **fixed))
    expect.close(
        theirs[:25], ours[:25], tolerance=5e-6, name="first_25"
    )
    expect.apart(theirs, ours, at_least=0.1, name="all_60")
    for step in range(26, 61):
        expect.apart(
            theirs[step - 1],
            ours[step - 1],
            at_least=1e-3,
            name=f"step_{step}",
        )
    capped = _mindspore(
        lambda p: _capped(nn.AdaFactor(p, **fixed))
    )
    expect.close(theirs, capped, tolerance=5e-6, name="capped")


def schedule_drops_the_scale(pytorch, mindspore):
    """With `relative_step=False`, `beta1=0.0`, matrices of 3 by 4 and
    gradients of about 1, a list of learning rates switches `scale_parameter`
    off without an error. With a list of 60 times 0.05,
    `mindspore.nn.AdaFactor` gives the same weights as with a fixed learning
    rate of 0.05 and `scale_parameter=False`, and differs from
    `torch.optim.Adafactor` with `lr=0.05`. With the fixed learning rate alone
    it matches PyTorch.
    """
    options = {"beta1": 0.0, "relative_step": False}
    theirs = _pytorch(lambda p: torch.optim.Adafactor(p, lr=0.05))
    listed = _mindspore(
        lambda p: nn.AdaFactor(p, [0.05] * 60, **options)
    )
    fixed = _mindspore(lambda p: nn.AdaFactor(p, 0.05, **options))
    unscaled = _mindspore(
        lambda p: nn.AdaFactor(
            p, 0.05, scale_parameter=False, **options
        )
    )
    expect.close(theirs, fixed, name="fixed")
    expect.close(unscaled, listed, name="unscaled")
    expect.apart(theirs, listed, at_least=1e-2, name="apart")


def group_rate_is_ignored(pytorch, mindspore):
    """With `beta1=0.0` and `relative_step=True`, the default,
    `mindspore.nn.AdaFactor` silently ignores `"lr": 0.2` in the first of two
    groups. The weights are the same as without it, and differ from
    `torch.optim.Adafactor` with the same group.
    """
    theirs = _pytorch(
        lambda p: torch.optim.Adafactor(_groups(p, lr=0.2))
    )
    ours = _mindspore(
        lambda p: nn.AdaFactor(_groups(p, lr=0.2), beta1=0.0)
    )
    without = _mindspore(lambda p: nn.AdaFactor(p, beta1=0.0))
    expect.close(
        without, ours, tolerance=0.0, name="without_group"
    )
    expect.apart(theirs, ours, at_least=0.1, name="apart")


def group_rate_raises(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with a learning rate of 0.05 and
    `relative_step=False`, `"lr": 0.2` in the first of two groups makes
    `mindspore.nn.AdaFactor` raise `ValueError` at the first step.
    """
    expect.raises(
        ValueError,
        lambda: _mindspore(
            lambda p: nn.AdaFactor(
                _groups(p, lr=0.2),
                0.05,
                beta1=0.0,
                relative_step=False,
            )
        ),
        match="cannot find fn match",
        name="step",
    )


def group_rate_stops_jit(pytorch, mindspore):
    """With a learning rate of 0.05, `relative_step=False` and `"lr": 0.2` in
    the first of two groups, a step of `mindspore.nn.AdaFactor` compiled with
    `@ms.jit` that does not return the optimizer's result raises no error and
    updates no weight in 60 steps. A step that returns it raises `ValueError`;
    without the group all weights change.
    """
    options = {"beta1": 0.0, "relative_step": False}

    def grouped(params):
        return nn.AdaFactor(
            _groups(params, lr=0.2), 0.05, **options
        )

    stopped = _mindspore(lambda p: _compiled(grouped(p)))
    plain = _mindspore(
        lambda p: _compiled(nn.AdaFactor(p, 0.05, **options))
    )
    start = START.reshape(2, 3, 4).astype(np.float32)
    expect.close(
        start, stopped[-1], tolerance=0.0, name="with_group"
    )
    changed = bool(np.all(plain[-1] != start))
    expect.equal(True, changed, name="without_group")
    expect.raises(
        ValueError,
        lambda: _mindspore(
            lambda p: _compiled(grouped(p), returned=True)
        ),
        match="cannot find fn match",
        name="returned",
    )


def group_decay_is_ignored(pytorch, mindspore):
    """With `beta1=0.0`, `mindspore.nn.AdaFactor` silently ignores
    `"weight_decay": 0.5` in the first of two groups, with `relative_step=True`
    or, at a learning rate of 0.05, False, and with an optimizer-wide weight
    decay of 0.1 or none. The weights are the same as without the key, and
    differ from `torch.optim.Adafactor` with the same group.
    """
    theirs = _pytorch(
        lambda p: torch.optim.Adafactor(
            _groups(p, weight_decay=0.5)
        )
    )
    for rate, relative in ((None, True), (0.05, False)):
        for decay in (0.0, 0.1):
            build = functools.partial(
                nn.AdaFactor,
                learning_rate=rate,
                beta1=0.0,
                relative_step=relative,
                weight_decay=decay,
            )
            ours = _mindspore(
                lambda p, build=build: build(
                    _groups(p, weight_decay=0.5)
                )
            )
            case = f"relative_{relative}_decay_{decay}"
            expect.close(
                _mindspore(build), ours, tolerance=0.0, name=case
            )
            expect.apart(
                theirs, ours, at_least=0.1, name=f"{case}_apart"
            )


def loss_scale_is_ignored(pytorch, mindspore):
    """`mindspore.nn.AdaFactor` does not divide the gradients by `loss_scale`.
    With `beta1=0.0`, a first `eps` of 1.0 and gradients of about 1 multiplied
    by 1024, the weights with `loss_scale=1024.0` are the same as without it,
    and differ from the weights of the unscaled gradients.
    """
    options = {"beta1": 0.0, "eps": (1.0, 1e-3)}
    scaled = _mindspore(
        lambda p: nn.AdaFactor(p, loss_scale=1024.0, **options),
        1024 * GRADIENTS,
    )
    without = _mindspore(
        lambda p: nn.AdaFactor(p, **options), 1024 * GRADIENTS
    )
    expect.close(without, scaled, tolerance=0.0, name="without")
    unscaled = _mindspore(lambda p: nn.AdaFactor(p, **options))
    expect.apart(unscaled, scaled, at_least=1e-3, name="apart")


def first_eps(pytorch, mindspore):
    """The first `eps` has different meanings: `mindspore.nn.AdaFactor` adds it
    to the squared gradient, and for a matrix `torch.optim.Adafactor` uses it
    as a lower limit of the mean of the rows and, squared, of the estimate.
    With matrices of 3 by 4, gradients of about 1, 0.3 in both and `beta1=0.0`,
    each matches such a formula after each of 60 steps, and they differ.
    """
    theirs = _pytorch(
        lambda p: torch.optim.Adafactor(p, eps=(0.3, 1e-3))
    )
    ours = _mindspore(
        lambda p: nn.AdaFactor(p, beta1=0.0, eps=(0.3, 1e-3))
    )
    expect.apart(theirs, ours, at_least=1e-3, name="apart")
    expect.close(_law(added=0.3), ours, name="added")
    expect.close(_law(limit=0.3), theirs, name="limit")


def small_gradients(pytorch, mindspore):
    """With matrices of 3 by 4 and gradients of the size of 1e-4, the default
    first `eps` of `torch.optim.Adafactor`, None for 1.19e-07 in float32,
    already matters. `mindspore.nn.AdaFactor` with `beta1=0.0` differs from
    PyTorch with this default, and matches PyTorch with a first `eps` of 1e-15
    after each of 60 steps.
    """
    small = 1e-4 * GRADIENTS
    ours = _mindspore(lambda p: nn.AdaFactor(p, beta1=0.0), small)
    theirs = _pytorch(torch.optim.Adafactor, small)
    expect.apart(theirs, ours, at_least=2e-3, name="apart")
    limit = float(np.finfo(np.float32).eps)
    expect.equal("1.19e-07", f"{limit:.2e}", name="eps")
    expect.close(_law(small, limit=limit), theirs, name="law")
    theirs = _pytorch(
        lambda p: torch.optim.Adafactor(p, eps=(1e-15, 1e-3)),
        small,
    )
    expect.close(theirs, ours, name="eps_1e-15")


def warmup_of_the_rate(pytorch, mindspore):
    """With `warmup_init=True` and `beta1=0.0`, `mindspore.nn.AdaFactor` uses a
    learning rate of 1e-6 times the step number in the first 60 steps. From
    matrices of 3 by 4 of about 1e-6 and with gradients of about 1, it matches
    a formula with that learning rate, and `torch.optim.Adafactor` with
    `lr=1e-6` and a `LambdaLR` of that factor; without `warmup_init` it
    differs.
    """
    small = 1e-6 * START
    ours = _mindspore(
        lambda p: nn.AdaFactor(p, beta1=0.0, warmup_init=True),
        start=small,
    )
    law = _law(start=small, rate=lambda step: 1e-6 * step)
    expect.close(law, ours, name="law")
    theirs = _pytorch(
        lambda p: _rising(torch.optim.Adafactor(p, lr=1e-6)),
        start=small,
    )
    expect.close(theirs, ours, name="pytorch")
    without = _mindspore(
        lambda p: nn.AdaFactor(p, beta1=0.0), start=small
    )
    expect.apart(
        without, ours, at_least=0.5, name="without_warmup"
    )


def maximize_by_sign(pytorch, mindspore):
    """`mindspore.nn.AdaFactor` has no `maximize`. With only `beta1=0.0` given
    and negated gradients of about 1 for matrices of 3 by 4, it matches
    `torch.optim.Adafactor` with `maximize=True` and no other argument.
    """
    expect.raises(
        TypeError,
        lambda: _mindspore(
            lambda p: nn.AdaFactor(p, maximize=True)
        ),
        match="maximize",
        name="argument",
    )
    theirs = _pytorch(
        lambda p: torch.optim.Adafactor(p, maximize=True)
    )
    ours = _mindspore(
        lambda p: nn.AdaFactor(p, beta1=0.0), -GRADIENTS
    )
    expect.close(theirs, ours, name="weights")


def _groups(params, **options):
    return [
        {"params": params[:1], **options},
        {"params": params[1:]},
    ]


def _compiled(optimizer, returned=False):
    def step(gradients):
        optimizer(gradients)
        return gradients[0].sum()

    def returning(gradients):
        return optimizer(gradients)

    return ms.jit(returning if returned else step)


def _capped(optimizer):
    steps = iter(range(1, 61))

    def step(gradients):
        rate = min(0.2, next(steps) ** -0.5)
        optimizer.learning_rate.copy_(ms.Tensor(rate))
        optimizer(gradients)

    return step


def _rising(optimizer):
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda epoch: epoch + 1
    )
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    return optimizer


def _law(gradients=GRADIENTS, **options):
    params = [_law_of(i, gradients, **options) for i in (0, 1)]
    return np.stack(params, axis=1)


def _law_of(i, gradients, **options):
    rate_of = options.get("rate", lambda step: 0.01)
    beta1, decay = (
        options.get("beta1", 0.0),
        options.get("decay", 0.0),
    )
    added, limit = (
        options.get("added", 0.0),
        options.get("limit", 0.0),
    )
    weight, row, column, moment = (
        options.get("start", START)[i].reshape(3, 4),
        0.0,
        0.0,
        0.0,
    )
    rows = []
    for step, gradient in enumerate(
        gradients[:, i].reshape(60, 3, 4), 1
    ):
        least = options.get("least", 1e-3)
        scale = rate_of(step) * max(least, _rms(weight))
        new = step**-0.8
        square = gradient**2 + added
        row = row + new * (square.mean(1, keepdims=True) - row)
        column = column + new * (square.mean(0) - column)
        estimate = row * column / max(row.mean(), limit)
        move = gradient / np.sqrt(np.maximum(estimate, limit**2))
        move = scale * move / max(1.0, _rms(move))
        moment = beta1 * moment + (1 - beta1) * move
        rate = scale if options.get("scaled") else 0.01
        weight = weight - decay * rate * weight - moment
        rows.append(weight)
    return np.array(rows)


def _rms(values):
    return np.sqrt(np.mean(values**2))


def _pytorch(
    build, gradients=GRADIENTS, shape=(3, 4), start=START
):
    params = [
        torch.nn.Parameter(
            torch.tensor(row.reshape(shape)).float()
        )
        for row in start
    ]
    optimizer = build(params)
    rows = []
    for gradient in gradients:
        for param, row in zip(params, gradient, strict=True):
            param.grad = torch.tensor(row.reshape(shape)).float()
        optimizer.step()
        rows.append([p.numpy(force=True).copy() for p in params])
    return np.array(rows)


def _mindspore(
    build, gradients=GRADIENTS, shape=(3, 4), start=START
):
    params = [
        ms.Parameter(
            ms.Tensor(row.reshape(shape), ms.float32), name=name
        )
        for name, row in zip(
            ("weight", "gamma"), start, strict=True
        )
    ]
    optimizer = build(params)
    rows = []
    for gradient in gradients:
        optimizer(
            tuple(
                ms.Tensor(g.reshape(shape), ms.float32)
                for g in gradient
            )
        )
        rows.append([p.asnumpy().copy() for p in params])
    return np.array(rows)
