import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses

STEPS = 9
# Lamb has no CPU kernel, the other two wrap an optimizer.
NOT_RUN = {"LARS", "Lamb", "OptTFTWrapper"}
LAW = [0.05 * 0.9 ** (step // 3) for step in range(STEPS)]


def same_updates(pytorch, mindspore):
    """In PyNative mode, in the example with `momentum=0.9`, `mindspore.nn.SGD`
    with `nn.ExponentialDecayLR` and `is_stair=True` matches `torch.optim.SGD`
    with `ExponentialLR` over three epochs: losses and weights agree at each of
    the nine steps.
    """
    expect.equal(STEPS, len(mindspore.losses), name="steps")
    expect.close(pytorch.losses, mindspore.losses, name="losses")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def momentum_is_in_it(pytorch, mindspore):
    """`momentum=0.9` matters in this training: without momentum,
    `torch.optim.SGD` has the same weights after the first step and different
    weights after the second.
    """
    plain = _plain_steps(pytorch, 2)
    expect.close(pytorch.weights[0], plain[0], name="first_step")
    expect.apart(
        pytorch.weights[1],
        plain[1],
        at_least=0.01,
        name="pytorch",
    )
    expect.apart(
        mindspore.weights[1],
        plain[1],
        at_least=0.01,
        name="mindspore",
    )


def rates_per_epoch(pytorch, mindspore):
    """Starting from 0.05 with a decay factor of 0.9, `nn.ExponentialDecayLR`
    in `mindspore.nn.SGD` and PyTorch's `ExponentialLR` give the learning rates
    0.05, 0.045 and 0.0405 in three epochs. `decay_steps` of
    `nn.ExponentialDecayLR` counts steps, so `len(dataset)` with
    `is_stair=True` decays the learning rate once per epoch.
    """
    expect.close(LAW, pytorch.rates, name="pytorch")
    expect.close(LAW, mindspore.rates, name="mindspore")


def each_call_advances_the_rate(pytorch, mindspore):
    """Each call of `mindspore.nn.SGD` advances its schedule by one step: after
    nine calls, and no other call, `global_step` is 9 and `get_lr()` returns
    the learning rate of the tenth step. Every `mindspore.nn` optimizer that
    takes parameters and runs on CPU counts its calls in `global_step`.
    """
    optimizer = mindspore.optimizer
    expect.equal(
        [STEPS],
        optimizer.global_step.asnumpy().tolist(),
        name="global_step",
    )
    expect.close(
        0.05 * 0.9**3, optimizer.get_lr(), name="next_rate"
    )
    classes = subclasses(ms.nn, ms.nn.Optimizer)
    for name in sorted(set(classes) - NOT_RUN):
        weight = ms.Parameter(
            ms.Tensor([[1.0, 1.0]]), name="weight"
        )
        rate = (
            {} if name == "AdaFactor" else {"learning_rate": 0.1}
        )
        momentum = {"momentum": 0.9} if name == "Momentum" else {}
        optimizer = classes[name]([weight], **rate, **momentum)
        for _ in range(2):
            optimizer((ms.Tensor([[1.0, 1.0]]),))
        steps = optimizer.global_step.asnumpy().tolist()
        expect.equal([2], steps, name=name)


def pytorch_needs_both_calls(pytorch, mindspore):
    """In PyTorch, `optimizer.step()` of `SGD` changes weights with nonzero
    gradients but not the learning rate, and `step()` of `ExponentialLR`
    changes the learning rate but not the weights, so a loop must call both.
    """
    weight = torch.nn.Parameter(torch.ones(2))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, gamma=0.9
    )
    weight.grad = torch.ones_like(weight)
    for _ in range(3):
        optimizer.step()
    expect.close(
        [0.7, 0.7],
        [v.item() for v in weight],
        name="weights_moved",
    )
    expect.close(
        0.1, optimizer.param_groups[0]["lr"], name="rate_kept"
    )
    scheduler.step()
    expect.close(
        [0.7, 0.7],
        [v.item() for v in weight],
        name="weights_kept",
    )
    expect.close(
        0.09, optimizer.param_groups[0]["lr"], name="rate_moved"
    )


def no_calls_by_hand(pytorch, mindspore):
    """Every optimizer of `torch.optim` has the methods `zero_grad` and `step`,
    and a PyTorch tensor has `backward`; no optimizer of `mindspore.nn`,
    `mindspore.experimental.optim` or `mindspore.mint.optim` has a method
    `zero_grad` or `step`, and `mindspore.Tensor` has no `backward`.
    """
    calls = ["zero_grad", "step"]
    base = torch.optim.Optimizer
    for cls in [base, *subclasses(torch.optim, base).values()]:
        found = _methods(cls, calls)
        expect.equal(calls, found, name=cls.__name__)
    experimental = ms.experimental.optim
    for part, base in (
        (ms.nn, ms.nn.Optimizer),
        (experimental, experimental.Optimizer),
        (ms.mint.optim, experimental.Optimizer),
    ):
        classes = [base, *subclasses(part, base).values()]
        found = [
            m for cls in classes for m in _methods(cls, calls)
        ]
        name = part.__name__.replace(".", "_")
        expect.equal(
            True, part.SGD in classes, name=f"{name}_has_sgd"
        )
        expect.equal([], found, name=name)
    expect.equal(
        True,
        hasattr(torch.Tensor, "backward"),
        name="pytorch_backward",
    )
    expect.equal(
        False,
        hasattr(ms.Tensor, "backward"),
        name="mindspore_backward",
    )


def tanh_is_coarse_on_cpu(pytorch, mindspore):
    """On CPU, for 10001 evenly spaced float32 inputs from -5 to 5, the largest
    error of `mindspore.nn.Tanh` is between 5e-5 and 2e-4 of its largest value,
    and that of `torch.tanh` is at most 1e-6. This comparison therefore uses
    `ReLU`.
    """
    x = np.linspace(-5, 5, 10001).astype(np.float32)
    exact = np.tanh(x.astype(np.float64))
    expect.close(
        exact, torch.tanh(torch.tensor(x)), name="pytorch"
    )
    actual = ms.nn.Tanh()(ms.Tensor(x))
    expect.apart(exact, actual, at_least=5e-5, name="mindspore")
    expect.close(
        exact, actual, tolerance=2e-4, name="mindspore_bound"
    )


def _methods(cls, names):
    return [name for name in names if hasattr(cls, name)]


def _plain_steps(side, steps):
    nn = torch.nn
    model = nn.Sequential(
        nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 1)
    )
    for parameter, value in zip(model.parameters(), side.start):
        parameter.data = torch.tensor(value)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    weights = []
    for x, y in side.dataset[:steps]:
        optimizer.zero_grad()
        side.loss_fn(model(x), y).backward()
        optimizer.step()
        weights.append(
            [
                p.numpy(force=True).copy()
                for p in model.parameters()
            ]
        )
    return weights
