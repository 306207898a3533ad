from crosswalk import expect


def same_weights(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `SGD` of
    `mindspore.experimental.optim` under a `LambdaLR` with the formula of
    `OneCycleLR`, with two groups, the arguments of the example and the
    momentum set after each step, matches the weights of PyTorch after each of
    40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """A `LambdaLR` of `mindspore.experimental.optim` with the formula of
    `OneCycleLR`, on two groups that hold the highest learning rates and with
    the arguments of the example, matches the learning rates of PyTorch after
    each of 40 steps, to within 1e-6 of the largest one.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def same_momentum(pytorch, mindspore):
    """With `total_steps=40` and the default momenta of `OneCycleLR`, in
    `mindspore.experimental.optim` the momentum set after each step of the
    `LambdaLR` matches the momentum that PyTorch's `OneCycleLR` sets after each
    of 40 steps. Its lowest value is 0.85 to within 1 percent.
    """
    expect.close(
        pytorch.momenta, mindspore.momenta, name="every_step"
    )
    expect.close(
        0.85, min(pytorch.momenta), tolerance=1e-2, name="lowest"
    )


def no_class_of_that_name(pytorch, mindspore):
    """`mindspore.experimental.optim.lr_scheduler` has no `OneCycleLR`."""
    there = hasattr(mindspore.optim.lr_scheduler, "OneCycleLR")
    expect.equal(False, there, name="mindspore")


def end_is_not_guarded(pytorch, mindspore):
    """After `total_steps` steps, another `step()` of `OneCycleLR` raises a
    `ValueError` in PyTorch, whereas the `LambdaLR` of
    `mindspore.experimental.optim` that replaces it continues along the cosine.
    """
    expect.raises(
        ValueError,
        pytorch.scheduler.step,
        match="Tried to step 41 times",
        name="pytorch",
    )
    mindspore.scheduler.step()
    rate = mindspore.scheduler.get_last_lr()[0]
    law = 0.1 * mindspore.cycle(41, 1 / 25, 1, 1 / 25e4)
    expect.close(law, rate, name="mindspore")


def tensor_momentum(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, the momentum of
    `mindspore.experimental.optim.SGD` may be a float32 `Tensor` in its group:
    three updates with a `Tensor` of 0.5 match three updates with the float
    0.5.
    """
    moved = []
    for value in (
        0.5,
        mindspore.ms.Tensor(0.5, mindspore.ms.float32),
    ):
        weight = mindspore.ms.Parameter(
            mindspore.weight, name="weight"
        )
        optimizer = mindspore.optim.SGD(
            [weight], lr=0.1, momentum=0.9
        )
        optimizer.param_groups[0]["momentum"] = value
        for _ in range(3):
            optimizer((mindspore.ms.ops.ones_like(weight),))
        moved.append(weight)
    expect.close(moved[0], moved[1], name="weights")
