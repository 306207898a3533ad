import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim


def multiplicative_lr(pytorch, mindspore):
    """With a list that multiplies up the factors from step 1 on, `nn.SGD` with
    momentum 0.9 and without parameter groups matches the learning rates and,
    after each of 40 steps, the weights of `torch.optim.SGD` with
    `MultiplicativeLR` and the factor `step / (step + 1)`.
    """
    _same(pytorch.multiplicative, mindspore.multiplicative)


def chained_scheduler(pytorch, mindspore):
    """With a list of the products of the factors, `nn.SGD` with momentum 0.9
    and without parameter groups matches the learning rates and, after each of
    40 steps, the weights of `torch.optim.SGD` with the `ChainedScheduler` of
    the example, of `ConstantLR` and `ExponentialLR`.
    """
    _same(pytorch.chained, mindspore.chained)


def cyclic_lr(pytorch, mindspore):
    """With a list of a triangle wave, `nn.SGD` with momentum 0.9 and without
    parameter groups matches the learning rates and, after each of 40 steps,
    the weights of `torch.optim.SGD` with `CyclicLR` in the mode `triangular`,
    `cycle_momentum=False` and the other arguments of the example.
    """
    _same(pytorch.cyclic, mindspore.cyclic)


def cosine_annealing_warm_restarts(pytorch, mindspore):
    """With a list of consecutive half cosines, each `T_mult` times as long as
    the one before, `nn.SGD` with momentum 0.9 and without parameter groups
    matches the learning rates and, after each of 40 steps, the weights of
    `torch.optim.SGD` with `CosineAnnealingWarmRestarts` and the arguments of
    the example.
    """
    _same(pytorch.restarts, mindspore.restarts)


def sequential_lr(pytorch, mindspore):
    """With the sum of two lists, of which the second starts at the milestone
    with its first value, `nn.SGD` with momentum 0.9 and without parameter
    groups matches the learning rates and, after each of 40 steps, the weights
    of `torch.optim.SGD` with the `SequentialLR` of the example, of `LinearLR`
    and `CosineAnnealingLR`.
    """
    _same(pytorch.sequential, mindspore.sequential)


def one_cycle_lr(pytorch, mindspore):
    """With a list of two half cosines, `nn.SGD` with momentum 0.9 and without
    parameter groups matches the learning rates and, after each of 40 steps,
    the weights of `torch.optim.SGD` with `OneCycleLR`, `total_steps=40`,
    `cycle_momentum=False` and the other arguments at their defaults. The list
    rises from `max_lr / 25` for `0.3 * total_steps - 1` steps, here 11, and
    falls to a ten-thousandth of `max_lr / 25` at the last step.
    """
    _same(pytorch.one_cycle, mindspore.one_cycle)
    expect.close(
        0.1 / 25, mindspore.one_cycle[0][0], name="first"
    )
    last = mindspore.one_cycle[0][-1]
    expect.close(0.1 / 25 / 1e4, last, name="last")


def reduce_lr_on_plateau(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, count the steps whose loss is not
    below the best one times `1 - 1e-4`, and halve the learning rate of 0.1
    with `copy_` after more than 3 of them in a row. `nn.SGD` with momentum 0.9
    and without parameter groups then matches the learning rates and, after
    each of 40 steps, the weights of `torch.optim.SGD` with
    `ReduceLROnPlateau`, `factor=0.5`, `patience=3` and the other arguments at
    their defaults.
    """
    _same(pytorch.plateau, mindspore.plateau)
    halvings = len(set(pytorch.plateau[0])) - 1
    expect.equal(True, halvings >= 3, name="three_or_more_cuts")


def momentum_cycles_too(pytorch, mindspore):
    """By default, `OneCycleLR` also changes the `momentum` of
    `torch.optim.SGD`, from 0.95 to 0.85 and back, which a list of learning
    rates does not do. In the example, with `max_lr=0.1` and `total_steps=40`,
    the weights after 40 steps differ by more than a tenth of the largest
    weight. In PyNative mode without `@ms.jit`, they match if `copy_` sets
    `optimizer.momentum` before each step of `nn.SGD`.
    """
    net, optimizer = pytorch.build()
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.1, total_steps=40
    )
    momenta, weights = [], []
    for step in range(40):
        momenta.append(optimizer.param_groups[0]["momentum"])
        pytorch.update(net, optimizer, step)
        scheduler.step()
        weights.append(
            [p.numpy(force=True).copy() for p in net.parameters()]
        )
    expect.close(
        [0.95, 0.85], [momenta[0], momenta[11]], name="range"
    )
    expect.close(0.95, momenta[-1], name="back")
    expect.apart(
        weights[-1],
        mindspore.one_cycle[1][-1],
        at_least=0.1,
        name="list_alone",
    )
    net, optimizer = mindspore.build(mindspore.one_cycle[0])
    ours = []
    for step in range(40):
        momentum = ms.Tensor(momenta[step], ms.float32)
        optimizer.momentum.copy_(momentum)
        mindspore.update(net, optimizer, step)
        ours.append(
            [p.asnumpy().copy() for p in net.trainable_params()]
        )
    expect.close(weights, ours, name="with_assign")


def past_the_end(pytorch, mindspore):
    """After `total_steps`, here 4, the next `step()` of PyTorch's `OneCycleLR`
    raises a `ValueError`. In PyNative mode, the next step of `nn.SGD` with a
    list of as many learning rates raises a `RuntimeError` on CPU.
    """
    _, optimizer = pytorch.build()
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.1, total_steps=4
    )
    optimizer.step()
    for _ in range(4):
        scheduler.step()
    expect.raises(
        ValueError,
        scheduler.step,
        match="Tried to step 5 times",
        name="pytorch",
    )
    net, optimizer = mindspore.build([0.1] * 4)
    for step in range(4):
        mindspore.update(net, optimizer, step)
    expect.raises(
        RuntimeError,
        lambda: mindspore.update(net, optimizer, 4),
        match=r"range \[0, 4\), but got 4",
        name="mindspore",
    )


def from_an_experimental_scheduler(pytorch, mindspore):
    """A `SequentialLR` of `LinearLR` and `CosineAnnealingLR` of
    `mindspore.experimental.optim`, with the arguments of the example and
    stepped on an optimizer that is never used, yields a list of its learning
    rates. With this list, `nn.SGD` with momentum 0.9 and without parameter
    groups matches the weights of `torch.optim.SGD` with the same
    `SequentialLR` after each of 40 steps.
    """
    schedulers = optim.lr_scheduler
    unused = ms.Parameter(ms.ops.zeros(1), name="unused")
    optimizer = optim.SGD([unused], lr=0.1)
    scheduler = schedulers.SequentialLR(
        optimizer,
        [
            schedulers.LinearLR(optimizer, 0.1, total_iters=8),
            schedulers.CosineAnnealingLR(optimizer, 32),
        ],
        [8],
    )
    listed = []
    for _ in range(40):
        listed.append(scheduler.get_last_lr()[0].item())
        scheduler.step()
    rates, weights = mindspore.train(listed)
    theirs = pytorch.sequential
    expect.close(theirs[0], rates, name="rates")
    expect.close(theirs[1], weights, name="weights")


def _same(theirs, ours):
    expect.equal(
        [40, 40], [len(part) for part in ours], name="steps"
    )
    expect.close(theirs[0], ours[0], name="rates")
    expect.close(theirs[1], ours[1], name="weights")
