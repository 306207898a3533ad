import torch
from crosswalk import expect
from mindspore import nn
from shared import asgd_formula, torch_asgd


def same_weights(pytorch, mindspore):
    """With the `lambd`, `alpha` and `t0` of the example, one group with its
    own weight decay and one with its own learning rate, `mindspore.nn.ASGD`
    matches `torch.optim.ASGD` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_averages(pytorch, mindspore):
    """After the 60 steps of the example, with `t0=20.0`, the averages in
    `optimizer.ax` of `mindspore.nn.ASGD` match the averages in
    `optimizer.state[p]["ax"]` of `torch.optim.ASGD`, and differ from the last
    weights.
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
    """`torch.optim.ASGD` and `mindspore.nn.ASGD` follow the same formula in 60
    steps with a learning rate of 0.1, `lambd=0.2`, `alpha=0.5` and `t0=20.0`:
    each step uses the `eta` that the step before computed, decays the weight
    by `lambd * eta`, and then sets `eta = lr / (1 + lambd * lr * step) **
    alpha`.
    """
    options = {"lr": 0.1, "lambd": 0.2, "alpha": 0.5, "t0": 20.0}
    law = asgd_formula(pytorch, **options)
    theirs = torch_asgd(pytorch, **options)
    expect.close(law, theirs, name="pytorch")
    ours = _ours(mindspore, options.pop("lr"), **options)
    expect.close(law, ours, name="mindspore")


def default_rate_is_another(pytorch, mindspore):
    """The default learning rate is 0.01 in `torch.optim.ASGD` and
    0.1 in `mindspore.nn.ASGD`.
    """
    net = pytorch.model()
    rate = torch.optim.ASGD(net.parameters()).defaults["lr"]
    expect.equal(0.01, rate, name="pytorch")
    optimizer = nn.ASGD(mindspore.model().trainable_params())
    expect.close(
        0.1, optimizer.learning_rate.item(), name="mindspore"
    )


def integers_raise(pytorch, mindspore):
    """`mindspore.nn.ASGD` raises `TypeError` for the integer 1 as `lambd`,
    `alpha` or `t0`; `torch.optim.ASGD` takes each.
    """
    params = mindspore.model().trainable_params()
    net = pytorch.model()
    for name in ("lambd", "alpha", "t0"):
        option = {name: 1}
        expect.raises(
            TypeError,
            lambda option=option: nn.ASGD(params, 0.1, **option),
            match="should be 'float', but got type 'int'",
            name=name,
        )
        optimizer = torch.optim.ASGD(net.parameters(), **option)
        expect.equal(
            1, optimizer.defaults[name], name=f"pytorch_{name}"
        )


def negated_gradients_maximize(pytorch, mindspore):
    """`mindspore.nn.ASGD` raises `TypeError` for `maximize`. With negated
    gradients, it matches `torch.optim.ASGD` with `maximize=True` after each of
    60 steps, here with a learning rate of 0.1 and `weight_decay=0.1`, for the
    weight and the bias of an `nn.Dense`.
    """
    net = mindspore.model()
    params = net.trainable_params()
    expect.raises(
        TypeError,
        lambda: nn.ASGD(params, 0.1, maximize=True),
        match="unexpected keyword argument 'maximize'",
        name="no_maximize",
    )
    optimizer = nn.ASGD(params, 0.1, weight_decay=0.1)

    def negated(grads):
        return optimizer(tuple(-grad for grad in grads))

    theirs = torch_asgd(
        pytorch, lr=0.1, weight_decay=0.1, maximize=True
    )
    expect.close(
        theirs, mindspore.train(net, negated), name="negated"
    )


def group_keys_are_fixed(pytorch, mindspore):
    """A group of `mindspore.nn.ASGD` with `lambd` raises
    `KeyError`; a group of `torch.optim.ASGD` may set it.
    """
    net = mindspore.model()
    groups = [{"params": net.trainable_params(), "lambd": 0.01}]
    expect.raises(
        KeyError,
        lambda: nn.ASGD(groups, 0.1),
        match="the key in group params must be one of",
        name="group",
    )
    group = {
        "params": pytorch.model().parameters(),
        "lambd": 0.01,
    }
    optimizer = torch.optim.ASGD([group], lr=0.1)
    expect.equal(
        0.01, optimizer.param_groups[0]["lambd"], name="pytorch"
    )


def gamma_and_beta_are_not_decayed(pytorch, mindspore):
    """Without groups, `mindspore.nn.ASGD` does not apply `weight_decay` to
    parameters whose name contains `gamma` or `beta`: they match PyTorch with
    `weight_decay=0.0`. In a group they are decayed as in PyTorch, here with a
    learning rate of 0.1 and `weight_decay=0.1`.
    """
    options = {"lr": 0.1}
    decayed = torch_asgd(pytorch, weight_decay=0.1, **options)
    plain = torch_asgd(pytorch, weight_decay=0.0, **options)

    def trained(grouped):
        net = mindspore.model()
        net.weight.name = "gamma_head.weight"
        net.bias.name = "norm.beta"
        params = net.trainable_params()
        params = [{"params": params}] if grouped else params
        optimizer = nn.ASGD(params, 0.1, weight_decay=0.1)
        return mindspore.train(net, optimizer)

    skipped = trained(grouped=False)
    expect.apart(decayed, skipped, at_least=0.01, name="apart")
    expect.close(plain, skipped, name="without_decay")
    expect.close(decayed, trained(grouped=True), name="grouped")


def same_with_a_schedule(pytorch, mindspore):
    """With a learning rate of 0.1, halved every 20 steps, by `StepLR` in
    PyTorch and by a list in MindSpore, `mindspore.nn.ASGD` matches
    `torch.optim.ASGD` after each of 60 steps.
    """
    net = pytorch.model()
    optimizer = torch.optim.ASGD(net.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(
        optimizer, 20, 0.5
    )
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    theirs = pytorch.train(net, optimizer)
    rates = [0.1] * 20 + [0.05] * 20 + [0.025] * 20
    ours = _ours(mindspore, rates)
    expect.close(theirs, ours, name="weights")


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(net, nn.ASGD(params, *args, **options))
