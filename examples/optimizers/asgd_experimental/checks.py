import tempfile
from pathlib import Path

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import asgd_formula, torch_asgd


def same_weights(pytorch, mindspore):
    """With the `lambd`, `alpha` and two groups of the example, which set their
    own learning rate, `t0` and weight decay,
    `mindspore.experimental.optim.ASGD` matches `torch.optim.ASGD` after each
    of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_averages(pytorch, mindspore):
    """After the 60 steps of the example, with 20.0 and 30.0 for `t0`, the
    averages in `optimizer.ax` of `mindspore.experimental.optim.ASGD` match the
    averages in `optimizer.state[p]["ax"]` of `torch.optim.ASGD`, and differ
    from the last weights.
    """
    expect.close(
        pytorch.averages, mindspore.averages, name="averages"
    )
    last = mindspore.weights[-1]
    expect.apart(
        last,
        mindspore.averages,
        at_least=0.001,
        name="not_the_weights",
    )


def follows_the_law(pytorch, mindspore):
    """`torch.optim.ASGD` and `mindspore.experimental.optim.ASGD` follow the
    same formula in 60 steps with `lr=0.1`, `lambd=0.2`, `alpha=0.5` and
    `t0=20.0`: each step uses the `eta` that the step before computed, decays
    the weight by `lambd * eta`, and then sets `eta = lr / (1 + lambd * lr *
    step) ** alpha`.
    """
    options = {"lr": 0.1, "lambd": 0.2, "alpha": 0.5, "t0": 20.0}
    law = asgd_formula(pytorch, **options)
    theirs = torch_asgd(pytorch, **options)
    expect.close(law, theirs, name="pytorch")
    ours = _ours(mindspore, **options)
    expect.close(law, ours, name="mindspore")


def same_maximize(pytorch, mindspore):
    """With `lr=0.1`, `maximize=True` and `weight_decay=0.1`,
    `mindspore.experimental.optim.ASGD` matches `torch.optim.ASGD` after each
    of 60 steps.
    """
    options = {"lr": 0.1, "maximize": True, "weight_decay": 0.1}
    theirs = torch_asgd(pytorch, **options)
    ours = _ours(mindspore, **options)
    expect.close(theirs, ours, name="weights")


def integers_raise(pytorch, mindspore):
    """As arguments of `mindspore.experimental.optim.ASGD`, the integer 1 for
    `lambd` and for `t0` raises `TypeError`, and `torch.optim.ASGD` takes it.
    In a group both accept it, and with a learning rate of 0.1 the weights
    match after each of 60 steps.
    """
    params = mindspore.model().trainable_params()
    net = pytorch.model()
    for name in ("lambd", "t0"):
        option = {name: 1}
        expect.raises(
            TypeError,
            lambda option=option: optim.ASGD(params, **option),
            match="must be float, but got <class 'int'>",
            name=name,
        )
        ours = mindspore.model()
        group = {"params": ours.trainable_params(), **option}
        theirs = pytorch.model()
        same = {"params": theirs.parameters(), **option}
        expect.close(
            pytorch.train(theirs, torch.optim.ASGD([same], 0.1)),
            mindspore.train(ours, optim.ASGD([group], 0.1)),
            name=f"group_{name}",
        )
        optimizer = torch.optim.ASGD(net.parameters(), **option)
        expect.equal(
            1, optimizer.defaults[name], name=f"pytorch_{name}"
        )


def rate_zero_raises(pytorch, mindspore):
    """As an argument of `mindspore.experimental.optim.ASGD`, `lr=0.0` raises
    `ValueError`. In a group, `"lr": 0.0` is accepted, and with a learning rate
    of 0.1 in the other group the weights match `torch.optim.ASGD`, which
    accepts both.
    """
    params = mindspore.model().trainable_params()
    expect.raises(
        ValueError,
        lambda: optim.ASGD(params, lr=0.0),
        match="lr must be greater than 0.0",
        name="mindspore",
    )
    optimizer = torch.optim.ASGD(
        pytorch.model().parameters(), lr=0.0
    )
    expect.equal(0.0, optimizer.defaults["lr"], name="pytorch")
    net = pytorch.model()
    groups = [
        {"params": [net.weight], "lr": 0.0},
        {"params": [net.bias]},
    ]
    theirs = pytorch.train(net, torch.optim.ASGD(groups, lr=0.1))
    net = mindspore.model()
    groups = [
        {"params": [net.weight], "lr": 0.0},
        {"params": [net.bias]},
    ]
    ours = mindspore.train(net, optim.ASGD(groups, lr=0.1))
    expect.close(
        theirs,
        ours,
        name="group",
    )


def same_with_a_schedule(pytorch, mindspore):
    """With a learning rate of 0.1, halved every 20 steps by `StepLR` of each
    framework, `mindspore.experimental.optim.ASGD` matches `torch.optim.ASGD`
    after each of 60 steps.
    """
    net = pytorch.model()
    optimizer = torch.optim.ASGD(net.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(
        optimizer, 20, 0.5
    )
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    theirs = pytorch.train(net, optimizer)
    net = mindspore.model()
    optimizer = optim.ASGD(net.trainable_params(), lr=0.1)
    scheduler = optim.lr_scheduler.StepLR(optimizer, 20, 0.5)

    def update(grads):
        optimizer(grads)
        scheduler.step()

    ours = mindspore.train(net, update)
    expect.close(theirs, ours, name="weights")


def eta_and_mu_are_not_saved(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a checkpoint of
    `mindspore.experimental.optim.ASGD`, with `lr=0.1`, `lambd=0.2` and
    `t0=5.0`, saved after 30 steps, holds neither `eta` nor `mu`. Loading it
    into a new optimizer reports nothing missing, but the first step changes no
    weight and sets the averages to the weights. The weights after that step
    and after the last differ from the run without a checkpoint.
    """
    through = _resumed(mindspore, "not at all")
    ours = _resumed(mindspore, "checkpoint")
    expect.equal(
        ["ax.bias", "ax.weight", "bias", "step_t", "weight"],
        ours["saved"],
        name="saved",
    )
    expect.equal([[], []], ours["not_loaded"], name="not_loaded")
    expect.apart(
        through["weights"][29],
        through["weights"][30],
        at_least=0.001,
        name="without_checkpoint",
    )
    expect.close(
        ours["weights"][29],
        ours["weights"][30],
        tolerance=0.0,
        name="first_step",
    )
    expect.close(
        ours["weights"][30],
        ours["averages"][30],
        tolerance=0.0,
        name="averages",
    )
    for step in (30, 59):
        expect.apart(
            through["weights"][step],
            ours["weights"][step],
            at_least=1e-5,
            name=f"step_{step + 1}",
        )


def assigned_eta_and_mu_resume(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if `eta` and `mu` are assigned from
    the saved optimizer with `copy_` after the checkpoint is loaded,
    `mindspore.experimental.optim.ASGD` with `lr=0.1`, `lambd=0.2` and `t0=5.0`
    resumes: the weights and averages after each of 60 steps match the
    uninterrupted run.
    """
    through = _resumed(mindspore, "not at all")
    ours = _resumed(mindspore, "checkpoint, eta and mu")
    expect.close(
        through["weights"], ours["weights"], name="weights"
    )
    expect.close(
        through["averages"], ours["averages"], name="averages"
    )


def pytorch_saves_eta_and_mu(pytorch, mindspore):
    """The `state_dict` of `torch.optim.ASGD` holds `step`, `eta`, `mu` and
    `ax` of each parameter.
    """
    state = pytorch.optimizer.state_dict()["state"][0]
    expect.equal(
        ["ax", "eta", "mu", "step"], sorted(state), name="state"
    )


def _resumed(side, how):
    def made(weight, bias):
        net = side.model()
        net.weight.set_data(ms.Tensor(weight))
        net.bias.set_data(ms.Tensor(bias))
        params = net.trainable_params()
        return net, optim.ASGD(params, lr=0.1, lambd=0.2, t0=5.0)

    def slopes(net):
        error = net(ms.Tensor(side.x)) - ms.Tensor(side.y)
        slope = 2 * error.asnumpy() / error.size
        return ms.Tensor(slope.T @ side.x), ms.Tensor(
            slope.sum(0)
        )

    net, optimizer = made(side.weight, side.bias)
    result = {"weights": [], "averages": []}
    for step in range(60):
        if step == 30 and how != "not at all":
            with tempfile.TemporaryDirectory() as folder:
                path = str(Path(folder, "optimizer.ckpt"))
                ms.save_checkpoint(optimizer, path)
                saved = ms.load_checkpoint(path)
            result["saved"] = sorted(saved)
            former = optimizer
            net, optimizer = made(*result["weights"][-1])
            result["not_loaded"] = list(
                ms.load_param_into_net(optimizer, saved)
            )
            if how == "checkpoint, eta and mu":
                _copy(former.eta, optimizer.eta)
                _copy(former.mu, optimizer.mu)
        optimizer(slopes(net))
        for name, values in (
            ("weights", net.trainable_params()),
            ("averages", optimizer.ax),
        ):
            arrays = [value.asnumpy().copy() for value in values]
            result[name].append(arrays)
    return result


def _copy(sources, targets):
    for source, target in zip(sources, targets, strict=True):
        target.copy_(source)


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(net, optim.ASGD(params, *args, **options))
