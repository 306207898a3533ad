import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import mint, nn
from mindspore.experimental import optim
from mindspore.scipy.optimize import minimize


def same_weights(pytorch, mindspore):
    """On the data of the example, with `lr=0.1`, `max_iter=4` and
    `history_size=5`, the class `LBFGS` of the MindSpore recipe matches
    `torch.optim.LBFGS` without line search after each of the 60 steps in
    float32: the weights to within 1e-3 and the losses to within 1e-4, because
    rounding differences grow.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        tolerance=1e-3,
        name="weights",
    )
    expect.close(
        pytorch.losses,
        mindspore.losses,
        tolerance=1e-4,
        name="losses",
    )


def same_in_float64(pytorch, mindspore):
    """In float64, the class `LBFGS` of the MindSpore recipe
    matches `torch.optim.LBFGS` to within 1e-7 after each of 10
    steps on the Rosenbrock function, with `lr=0.125`,
    `max_iter=5` and a history of 100 and of 3 pairs.
    """
    for size in (100, 3):
        options = {
            "lr": 0.125,
            "max_iter": 5,
            "history_size": size,
        }
        theirs, ours = _both(mindspore.LBFGS, options)
        expect.close(
            theirs, ours, tolerance=1e-7, name=f"history_{size}"
        )


def same_max_iter(pytorch, mindspore):
    """In float64, the class `LBFGS` of the MindSpore recipe matches
    `torch.optim.LBFGS` to within 1e-9 after each of 10 steps on the Rosenbrock
    function, with `lr=0.125` and `max_iter` of 1, 2, 3 and 8. Like PyTorch, in
    each of these steps it makes at most `max_iter * 5 // 4` evaluations, and
    exactly as many as PyTorch: one with `max_iter=1`, two with `max_iter=2`,
    and these two give the same weights.
    """
    rows = {}
    for count in (1, 2, 3, 8):
        options = {"lr": 0.125, "max_iter": count}
        calls = {"theirs": [], "ours": []}
        theirs, ours = _both(mindspore.LBFGS, options, calls)
        expect.close(
            theirs, ours, tolerance=1e-9, name=f"max_iter_{count}"
        )
        rows[count] = ours
        name = f"evaluations_{count}"
        expect.equal(calls["theirs"], calls["ours"], name=name)
        most = max(calls["ours"])
        expect.equal(
            True, most <= count * 5 // 4, name=f"{name}_most"
        )
        if count < 3:
            expect.equal(
                [count] * 10, calls["ours"], name=f"{name}_each"
            )
    expect.close(
        rows[1], rows[2], tolerance=0.0, name="two_as_one"
    )


def line_search_is_left_out(pytorch, mindspore):
    """With `line_search_fn="strong_wolfe"` and the other arguments of the
    example, `torch.optim.LBFGS` differs from the class `LBFGS` of the
    MindSpore recipe, which has no line search; after 60 steps of this example
    their losses agree to within 1e-5.
    """
    net = torch.nn.Linear(3, 2)
    net.weight.data = torch.tensor(pytorch.weight)
    net.bias.data = torch.tensor(pytorch.bias)
    optimizer = torch.optim.LBFGS(
        net.parameters(),
        lr=0.1,
        max_iter=4,
        history_size=5,
        line_search_fn="strong_wolfe",
    )

    def closure():
        optimizer.zero_grad()
        loss = (net(pytorch.x).tanh() - pytorch.y).square().mean()
        loss.backward()
        return loss

    losses = [optimizer.step(closure).item() for _ in range(60)]
    expect.apart(
        losses, mindspore.losses, at_least=0.01, name="all_steps"
    )
    expect.close(
        losses[-1],
        mindspore.losses[-1],
        tolerance=1e-5,
        name="last_loss",
    )


def no_counterpart(pytorch, mindspore):
    """`mindspore.nn`, `mindspore.experimental.optim` and
    `mindspore.mint.optim` have no `LBFGS`. `mindspore.scipy.optimize.minimize`
    has `method="LBFGS"`, but it is not an optimizer: it minimizes a function
    of one Tensor in one call, here the Rosenbrock function in PyNative mode to
    within 1e-3.
    """
    for place in (nn, optim, mint.optim):
        expect.equal(
            False, hasattr(place, "LBFGS"), name=place.__name__
        )
    start = ms.Tensor([-1.5, 2.0], ms.float32)
    options = {"maxiter": None, "gtol": 1e-6}
    result = minimize(
        _rosenbrock, start, method="LBFGS", options=options
    )
    expect.close(
        np.ones(2), result.x, tolerance=1e-3, name="minimize"
    )


def _both(build, options, calls=None):
    start = [-1.5, 2.0]
    point = torch.nn.Parameter(
        torch.tensor(start, dtype=torch.double)
    )
    optimizer = torch.optim.LBFGS([point], **options)

    counts = {"theirs": 0, "ours": 0}

    def closure():
        counts["theirs"] += 1
        optimizer.zero_grad()
        loss = _rosenbrock(point)
        loss.backward()
        return loss

    param = ms.Parameter(
        ms.Tensor(start, ms.float64), name="point"
    )
    recipe = build([param], **options)
    grad_fn = ms.value_and_grad(
        lambda: _rosenbrock(param),
        None,
        ms.ParameterTuple([param]),
    )

    def counted():
        counts["ours"] += 1
        return grad_fn()

    theirs, ours = [], []
    for _ in range(10):
        counts.update(theirs=0, ours=0)
        optimizer.step(closure)
        recipe.step(counted)
        for side, found in (calls or {}).items():
            found.append(counts[side])
        theirs.append(point.numpy(force=True).copy())
        ours.append(param.asnumpy().copy())
    return np.array(theirs), np.array(ours)


def _rosenbrock(point):
    a, b = point[0], point[1]
    return (1 - a) ** 2 + 5 * (b - a * a) ** 2
