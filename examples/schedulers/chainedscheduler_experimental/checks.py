from crosswalk import expect


def same_weights(pytorch, mindspore):
    """After each of 40 steps, the weights of the two groups trained under `mindspore.experimental.optim` with two schedulers stepped one after the other are those of PyTorch."""
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """In both groups, the rates of `ChainedScheduler`, where `mindspore.experimental.optim` steps its two schedulers one after the other, are those of PyTorch after each of 40 steps."""
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
