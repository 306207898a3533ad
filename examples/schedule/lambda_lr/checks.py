import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim


def experimental_has_it(pytorch, mindspore):
    """`mindspore.experimental.optim.lr_scheduler` has a `LambdaLR` that takes
    a function, as in PyTorch; in the example, with the factor `epoch // 5`,
    the learning rates match.
    """
    expect.close(_law(), pytorch.rates, name="pytorch")
    expect.close(
        pytorch.rates, mindspore.by_scheduler, name="mindspore"
    )


def same_by_list(pytorch, mindspore):
    """For the factor `epoch // 5` and a float learning rate, `nn.SGD` with a
    list of `learning_rate * factor(step // steps_per_epoch)` for every step
    has, up to the end of the list, the learning rates of PyTorch's `LambdaLR`
    stepped once per epoch.
    """
    expect.close(pytorch.rates, mindspore.by_list, name="rates")
    expect.equal(24, len(mindspore.listed), name="length")


def same_by_subclass(pytorch, mindspore):
    """For the factor `epoch // 5` and a float learning rate, `nn.SGD` with a
    subclass of `LearningRateSchedule` that computes the epoch from
    `global_step` in `construct` has the learning rates of PyTorch's `LambdaLR`
    stepped once per epoch.
    """
    expect.close(
        pytorch.rates, mindspore.by_subclass, name="rates"
    )


def first_epochs_stand_still(pytorch, mindspore):
    """With the factor `epoch // 5`, the learning rate is 0 during the first
    five epochs, in PyTorch and in all three MindSpore forms, so SGD does not
    update the weights.
    """
    zeros = [0.0] * 10
    expect.close(zeros, pytorch.rates[:10], name="pytorch")
    expect.close(
        zeros, mindspore.by_scheduler[:10], name="scheduler"
    )
    expect.close(zeros, mindspore.by_list[:10], name="list")
    expect.close(
        zeros, mindspore.by_subclass[:10], name="subclass"
    )
    expect.close(0.01, pytorch.rates[10], name="sixth_epoch")


def one_function_per_group(pytorch, mindspore):
    """`LambdaLR` can take a list of functions, one per parameter group, in
    PyTorch and in `mindspore.experimental.optim`.
    """
    factors = [lambda epoch: 0.5**epoch, lambda epoch: 1 + epoch]
    weights = [
        torch.nn.Parameter(torch.zeros(1)) for _ in range(2)
    ]
    expected = _after_a_step(torch.optim, weights, factors)
    weights = [
        ms.Parameter(
            ms.Tensor([0.0], ms.float32), name=f"weight_{i}"
        )
        for i in range(2)
    ]
    actual = _after_a_step(optim, weights, factors)
    expect.close([0.05, 0.2], expected, name="pytorch")
    expect.close(expected, actual, name="mindspore")


def nn_takes_no_function(pytorch, mindspore):
    """`mindspore.nn.SGD` does not accept a function as its `learning_rate`: it
    raises a `TypeError` that lists the accepted types.
    """
    expect.raises(
        TypeError,
        lambda: ms.nn.SGD([mindspore.weight], learning_rate=abs),
        match="must be int, float, Tensor, Iterable or LearningRateSchedule",
        name="function",
    )


def _law():
    return [0.01 * (step // 2 // 5) for step in range(24)]


def _after_a_step(optimizers, weights, factors):
    groups = [{"params": [weight]} for weight in weights]
    optimizer = optimizers.SGD(groups, lr=0.1)
    scheduler = optimizers.lr_scheduler.LambdaLR(
        optimizer, factors
    )
    if hasattr(optimizer, "step"):
        optimizer.step()
    scheduler.step()
    return [float(rate) for rate in scheduler.get_last_lr()]
