import mindspore as ms
import torch
from crosswalk import expect

# Of the largest weight: rounding alone gives up to 1e-6 here.
TOLERANCE = 2e-6


def step_and_schedule(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, eight steps of the example with
    `scheduler.step()` after each of them match PyTorch to within 2e-6: `SGD`
    with momentum and weight decay, `Adam` (as `AdamW` with `weight_decay=0.0`)
    and `AdamW` of `mindspore.experimental.optim`, each with `ExponentialLR`.
    """
    for name in pytorch.OPTIMIZERS:
        theirs, ours = _both(pytorch, mindspore, name)
        _compare(theirs.train(), ours.train(), name)


def accumulation(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with the loss divided by 2 and one
    optimizer call for every two of eight batches, `SGD`, `Adam` (as `AdamW`)
    and `AdamW` of `mindspore.experimental.optim` match PyTorch to within 2e-6
    in the example.
    """
    for name in pytorch.OPTIMIZERS:
        theirs, ours = _both(pytorch, mindspore, name)
        _compare(theirs.train(every=2), ours.train(every=2), name)


def groups(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with `ExponentialLR`, a group that
    sets its own `lr=0.02` and a `weight_decay` of 0.0 or 0.2 matches PyTorch
    to within 2e-6 in `SGD` and `AdamW` of `mindspore.experimental.optim`, over
    eight steps of the example. `Adam` (as `AdamW`) matches with 0.0 and
    differs with 0.2, because PyTorch's `Adam` adds the decay to the gradient.
    """
    for decay in (0.0, 0.2):
        options = {"lr": 0.02, "weight_decay": decay}
        for name in pytorch.OPTIMIZERS:
            theirs, ours = _both(
                pytorch, mindspore, name, options
            )
            expected, found = theirs.train(), ours.train()
            label = f"{name} {decay}"
            if name == "Adam" and decay:
                expect.apart(
                    expected, found, at_least=1e-3, name=label
                )
            else:
                _compare(expected, found, label)


def adam_with_weight_decay(pytorch, mindspore):
    """Over eight steps of the example, in PyNative mode with and without
    `@ms.jit`, `mindspore.experimental.optim.AdamW` with `weight_decay=0.0` and
    `0.1 * parameter` added to each gradient matches `torch.optim.Adam` with
    `weight_decay=0.1` to within 2e-6.
    """
    theirs = pytorch.build()
    decayed = torch.optim.Adam(
        theirs.parameters(), lr=0.1, weight_decay=0.1
    )
    constant = torch.optim.lr_scheduler.ConstantLR(decayed, 1.0)
    expected = pytorch.train(theirs, decayed, constant, range(8))
    for name, wrap in (
        ("PyNative", lambda f: f),
        ("jit", ms.jit),
    ):
        net = mindspore.build()
        optimizer = mindspore.OPTIMIZERS["Adam"](
            net.trainable_params()
        )
        step = wrap(_decaying_step(net, optimizer))
        for n in range(8):
            step(mindspore.x[n], mindspore.y[n])
        _compare(expected, [net.weight, net.bias], name)


def reading_the_rate(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after eight steps with
    `ExponentialLR`, `scheduler.get_last_lr()` returns the learning rates of
    the next step, one per group, and `param_groups[0]["lr"]` holds the first:
    `SGD` and `AdamW` of `mindspore.experimental.optim` match PyTorch to
    within 2e-6.
    """
    for name in pytorch.OPTIMIZERS:
        theirs, ours = _both(
            pytorch, mindspore, name, {"lr": 0.02}
        )
        theirs.train()
        ours.train()
        last = theirs.scheduler.get_last_lr()
        found = ours.scheduler.get_last_lr()
        expect.close(last, found, name=f"{name} get_last_lr")
        expect.close(
            last[0], ours.group["lr"], name=f"{name} group"
        )


def setting_the_rate(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after
    `param_groups[0]["lr"].copy_(ms.Tensor(0.03))` in the middle of a schedule
    of eight steps, `SGD` and `AdamW` of `mindspore.experimental.optim` match
    PyTorch with `param_groups[0]["lr"] = 0.03` to within 2e-6, and
    `ExponentialLR` decays from the new learning rate.
    """
    for name in pytorch.OPTIMIZERS:
        theirs, ours = _both(pytorch, mindspore, name)
        theirs.train(range(4))
        ours.train(range(4))
        theirs.group["lr"] = 0.03
        ours.group["lr"].copy_(ms.Tensor(0.03))
        _compare(
            theirs.train(range(4, 8)),
            ours.train(range(4, 8)),
            name,
        )
        expect.close(
            theirs.group["lr"], ours.group["lr"], name="rate"
        )


def changing_a_hyperparameter(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a float assigned to
    `param_groups[0]` after four steps reaches the next step, as in PyTorch to
    within 2e-6: a `momentum` of 0.5 or 0.0 in `SGD`, and a `weight_decay` of
    0.2 or 0.0 in `SGD` and `AdamW` of `mindspore.experimental.optim`. So do
    `betas` of `AdamW` of `(0.5, 0.9)`, `(0.0, 0.0)` and `(0.99, 0.999)`,
    assigned after four steps with the default `betas`, to within 2e-6; with
    `(0.9999, 0.99999)`, the weights are off by more than 1e-4 after four
    steps. A `weight_decay` of -0.2 assigned in `SGD` counts as 0, where
    PyTorch uses it.
    """
    for name, changed in (
        ("SGD", {"momentum": 0.5, "weight_decay": 0.2}),
        ("SGD", {"momentum": 0.0, "weight_decay": 0.0}),
        ("AdamW", {"betas": (0.5, 0.9), "weight_decay": 0.2}),
        ("AdamW", {"betas": (0.0, 0.0), "weight_decay": 0.0}),
        ("AdamW", {"betas": (0.99, 0.999)}),
    ):
        label = " ".join([name, *map(str, changed.values())])
        theirs, ours = _both(pytorch, mindspore, name)
        left = _Run(mindspore, name)
        for run in (theirs, ours, left):
            run.train(range(4))
        theirs.group.update(changed)
        ours.group.update(changed)
        expected = theirs.train(range(4, 8))
        _compare(expected, ours.train(range(4, 8)), label)
        unchanged = left.train(range(4, 8))
        expect.apart(
            expected,
            unchanged,
            at_least=0.01,
            name=f"{label} effect",
        )
    theirs, ours = _both(pytorch, mindspore, "AdamW")
    for run in (theirs, ours):
        run.train(range(4))
        run.group["betas"] = (0.9999, 0.99999)
    expect.apart(
        theirs.train(range(4, 8)),
        ours.train(range(4, 8)),
        at_least=1e-4,
        name="betas_near_1",
    )
    theirs, ours = _both(pytorch, mindspore, "SGD")
    zero = _Run(mindspore, "SGD")
    for run, decay in ((theirs, -0.2), (ours, -0.2), (zero, 0.0)):
        run.train(range(4))
        run.group["weight_decay"] = decay
    found = ours.train(range(4, 8))
    expect.apart(
        theirs.train(range(4, 8)),
        found,
        at_least=0.01,
        name="negative",
    )
    expect.close(
        zero.train(range(4, 8)),
        found,
        tolerance=0.0,
        name="negative_as_zero",
    )


def resuming(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `SGD` and `AdamW` of
    `mindspore.experimental.optim` with `ExponentialLR` match PyTorch's
    uninterrupted run to within 2e-6 after resuming. They were saved after four
    of eight steps with the scheduler's `last_epoch` and the learning rates of
    both groups, and loaded into a new optimizer before its first step.
    """
    for name in pytorch.OPTIMIZERS:
        options = {"lr": 0.02}
        theirs, first = _both(pytorch, mindspore, name, options)
        first.train(range(4))
        rates = [
            group["lr"] for group in first.optimizer.param_groups
        ]
        extra = {f"lr.{n}": rate for n, rate in enumerate(rates)}
        extra["last_epoch"] = first.scheduler.last_epoch
        ms.save_checkpoint(
            first.optimizer, "run.ckpt", append_dict=extra
        )

        ours = _Run(mindspore, name, options)
        state = ms.load_checkpoint("run.ckpt")
        ms.load_param_into_net(ours.optimizer, state)
        ours.scheduler.last_epoch.copy_(state["last_epoch"])
        for n, group in enumerate(ours.optimizer.param_groups):
            group["lr"].copy_(state[f"lr.{n}"])
        _compare(theirs.train(), ours.train(range(4, 8)), name)


def _decaying_step(net, optimizer):
    parameters = optimizer.parameters

    def forward(x, y):
        return (net(x) - y).square().mean()

    grad_fn = ms.value_and_grad(forward, None, parameters)

    def step(x, y):
        _, gradients = grad_fn(x, y)
        decayed = ()
        for gradient, parameter in zip(gradients, parameters):
            decayed += (gradient + 0.1 * parameter,)
        return optimizer(decayed)

    return step


class _Run:
    def __init__(self, side, name, options=None):
        self.side = side
        self.net = side.build()
        params = [self.net.weight, self.net.bias]
        groups = [{"params": [p]} for p in params]
        groups[1].update(options or {})
        make = side.OPTIMIZERS[name]
        self.optimizer = make(groups)
        self.scheduler = side.make_schedule(self.optimizer)
        self.group = self.optimizer.param_groups[0]

    def train(self, batches=range(8), every=1):
        return self.side.train(
            self.net,
            self.optimizer,
            self.scheduler,
            batches,
            every,
        )


def _both(pytorch, mindspore, name, options=None):
    theirs = _Run(pytorch, name, options)
    return theirs, _Run(mindspore, name, options)


def _compare(expected, actual, name):
    expect.close(expected, actual, tolerance=TOLERANCE, name=name)
