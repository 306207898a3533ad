from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under two schedulers stepped one after the other, with two groups, matches the weights of PyTorch with `ChainedScheduler` after each of 40 steps."""
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """Two schedulers of `mindspore.experimental.optim`, stepped one after the other, give two groups the rates of PyTorch's `ChainedScheduler` after each of 40 steps."""
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def no_class_of_that_name(pytorch, mindspore):
    """`mindspore.experimental.optim.lr_scheduler` has no `ChainedScheduler`."""
    there = hasattr(
        mindspore.optim.lr_scheduler, "ChainedScheduler"
    )
    expect.equal(False, there, name="mindspore")
    there = hasattr(
        pytorch.optim.lr_scheduler, "ChainedScheduler"
    )
    expect.equal(True, there, name="pytorch")


def either_reads_the_product(pytorch, mindspore):
    """The schedulers of one optimizer in `mindspore.experimental.optim` share the Parameter of its rate: `get_last_lr()` of either returns the product, as that of PyTorch's `ChainedScheduler` does."""
    expected = pytorch.rates[-1]
    for name in ("warmup", "decay"):
        rates = getattr(mindspore, name).get_last_lr()
        expect.close(expected, rates, tolerance=2e-6, name=name)
