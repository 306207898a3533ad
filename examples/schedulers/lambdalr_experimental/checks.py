import warnings

from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `LambdaLR`, with two groups and one function per group, matches the weights of PyTorch after each of 40 steps."""
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`LambdaLR` of `mindspore.experimental.optim`, with one function per group, gives two groups the rates of PyTorch after each of 40 steps."""
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """Inside a function compiled with `ms.jit`, `step()` of `LambdaLR` moves the rate as PyTorch's does, over 10 steps."""
    rates = []
    for side in (pytorch, mindspore):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.LambdaLR(
            optimizer, _decay
        )
        step = scheduler.step
        if side is mindspore:
            step = _compiled(mindspore, scheduler)
        rates.append([])
        for _ in range(10):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                step()
            rates[-1].append(
                float(optimizer.param_groups[0]["lr"])
            )
    expect.apart([0.1] * 10, rates[0], at_least=0.1, name="moves")
    expect.close(rates[0], rates[1], tolerance=5e-6, name="rates")


def _compiled(side, scheduler):
    @side.ms.jit
    def step():
        return scheduler.step()

    return step


def _decay(epoch):
    return 0.9**epoch


def last_epoch_resumes(pytorch, mindspore):
    """With `last_epoch=11` over a group with an `initial_lr`, `LambdaLR` goes on from the twelfth rate in both, whatever rate the group holds."""
    law = [0.1 * 0.95**epoch for epoch in range(12, 17)]
    expect.close(law, _resumed(pytorch), name="pytorch")
    expect.close(law, _resumed(mindspore), name="mindspore")


def _resumed(side):
    group = {"params": [side.net.weight], "initial_lr": 0.1}
    optimizer = side.optim.SGD([group], lr=0.7)
    scheduler = side.optim.lr_scheduler.LambdaLR(
        optimizer, lambda epoch: 0.95**epoch, last_epoch=11
    )
    rates = []
    for _ in range(5):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
