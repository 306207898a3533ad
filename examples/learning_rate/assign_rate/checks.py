import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def reads_back(pytorch, mindspore):
    """The rate reads 0.1 before the assignment and 0.01 after it, in PyTorch
    from `optimizer.param_groups[0]["lr"]` and in `mindspore.nn.SGD` with a
    fixed rate from `optimizer.learning_rate`.
    """
    expect.close(0.1, pytorch.before, name="pytorch_before")
    expect.close(0.01, pytorch.after, name="pytorch_after")
    expect.close(0.1, mindspore.before, name="mindspore_before")
    expect.close(0.01, mindspore.after, name="mindspore_after")


def reaches_the_update(pytorch, mindspore):
    """With plain SGD, the next step uses the fixed rate that
    `param_groups[0]["lr"] = 0.01` in PyTorch or
    `optimizer.learning_rate.copy_(Tensor(0.01))` in `mindspore.nn` sets: the
    weight moves by the new rate times the gradient. In both frameworks,
    `ASGD` uses it one step later, and `Rprop` does not use a rate that is
    set after its first step.
    """
    expect.close(_moved(pytorch), pytorch.weight, name="pytorch")
    expect.close(
        _moved(mindspore), mindspore.weight, name="mindspore"
    )
    expect.close(pytorch.weight, mindspore.weight, name="both")
    for name, later in (
        ("SGD", [False, True, True, True]),
        ("ASGD", [False, False, True, True]),
        ("Rprop", [False, False, False, False]),
    ):
        for place, run in (("pytorch", _torch), ("nn", _nn)):
            moved = np.abs(run(name, 0.02) - run(name, None))
            expect.equal(
                later,
                (moved > 1e-3).tolist(),
                name=f"{place}_{name}",
            )


def _moved(side):
    return side.start - 0.01 * side.gradient


def _torch(name, rate):
    weight = torch.nn.Parameter(torch.ones(1))
    optimizer = getattr(torch.optim, name)([weight], lr=0.1)
    weights = []
    for step in range(4):
        if step == 1 and rate:
            optimizer.param_groups[0]["lr"] = rate
        weight.grad = torch.full((1,), 0.5)
        optimizer.step()
        weights.append(weight.item())
    return np.array(weights)


def _nn(name, rate):
    weight = ms.Parameter(ms.ops.ones(1), name="weight")
    optimizer = getattr(ms.nn, name)([weight], learning_rate=0.1)
    weights = []
    for step in range(4):
        if step == 1 and rate:
            new = ms.Tensor(rate, ms.float32)
            optimizer.learning_rate.copy_(new)
        optimizer((ms.Tensor([0.5], ms.float32),))
        weights.append(weight.item())
    return np.array(weights)
