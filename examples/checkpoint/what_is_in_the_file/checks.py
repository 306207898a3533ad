import pickle

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim as experimental


def pytorch_keys(pytorch, mindspore):
    """Saved after a step, the file of `torch.optim.SGD` with momentum or of
    `torch.optim.Adam` without `amsgrad` holds, for each parameter that had a
    gradient, by its position, its state (`momentum_buffer` for SGD; `step`,
    `exp_avg`, `exp_avg_sq` for Adam), and for each group every hyperparameter,
    such as `lr`, `momentum`, `weight_decay` and `betas`. It does not hold the
    weights.
    """
    sgd, adam = pytorch.files["SGD"], pytorch.files["Adam"]
    expect.equal(
        ["momentum_buffer"], list(sgd["state"][0]), name="sgd"
    )
    moments = ["step", "exp_avg", "exp_avg_sq"]
    expect.equal(moments, list(adam["state"][0]), name="adam")
    for name in (
        "lr",
        "momentum",
        "weight_decay",
        "dampening",
        "nesterov",
    ):
        expect.equal(
            True,
            name in sgd["param_groups"][0],
            name=f"sgd_{name}",
        )
    for name, group in (
        ("sgd", sgd["param_groups"][0]),
        ("adam", adam["param_groups"][0]),
    ):
        expect.equal(0.1, group["lr"], name=f"{name}_rate")
    expect.equal(
        0.9, sgd["param_groups"][0]["momentum"], name="momentum"
    )
    expect.equal(
        (0.9, 0.999),
        adam["param_groups"][0]["betas"],
        name="betas",
    )
    expect.equal(
        [0], sgd["param_groups"][0]["params"], name="positions"
    )
    for name in ("SGD", "Adam"):
        pair = [torch.nn.Parameter(torch.ones(2)) for _ in "ab"]
        pair[1].grad = torch.ones(2)
        options = {"momentum": 0.9} if name == "SGD" else {}
        cls = getattr(torch.optim, name)
        optimizer = cls(pair, lr=0.1, **options)
        optimizer.step()
        state = optimizer.state_dict()
        # Position 0 had no gradient.
        expect.equal(
            [1], list(state["state"]), name=f"{name}_positions"
        )
        missing = set(optimizer.defaults)
        missing -= set(state["param_groups"][0])
        expect.equal(set(), missing, name=f"{name}_missing")


def nn_sgd_keys(pytorch, mindspore):
    """The file of a `mindspore.nn.SGD` with a fixed learning rate and no
    groups holds `global_step`, `learning_rate`, `momentum` (the momentum
    factor), the network's weights under their own names, and for each weight
    `accum.<name>` (the momentum buffer) and `stat.<name>`. It does not hold
    weight decay, dampening and Nesterov.
    """
    expect.equal(
        [
            "global_step",
            "learning_rate",
            "weight",
            "momentum",
            "accum.weight",
            "stat.weight",
        ],
        list(mindspore.files["nn.SGD"]),
        name="keys",
    )
    file = mindspore.files["nn.SGD"]
    expect.close(0.1, file["learning_rate"], name="rate")
    expect.close(0.9, file["momentum"], name="momentum")
    decay = mindspore.optimizers["nn.SGD"].weight_decay
    expect.close(0.01, decay, name="weight_decay")


def dynamic_rate_keys(pytorch, mindspore):
    """With a list of learning rates and no groups, the file of
    `mindspore.nn.SGD` holds the whole list under `learning_rate`; with the
    schedule `ExponentialDecayLR` it holds no learning rate. In both cases it
    holds `global_step`.
    """
    steps = mindspore.files["nn.SGD list"]
    expect.close(
        [0.1, 0.2, 0.3], list(steps["learning_rate"]), name="list"
    )
    schedule = mindspore.files["nn.SGD schedule"]
    expect.equal(
        False, "learning_rate" in schedule, name="schedule"
    )
    for name, file in (("list", steps), ("schedule", schedule)):
        expect.equal(
            True,
            "global_step" in file,
            name=f"global_step_{name}",
        )


def group_rate_keys(pytorch, mindspore):
    """If every group has its own fixed learning rate, the file of
    `mindspore.nn.SGD` holds it as `learning_rate_group_` and the group's
    number, counted from 0. Loading before the first step restores it, as from
    `param_groups` in `torch.optim.SGD`. The file of
    `mindspore.experimental.optim.SGD` has no group's learning rate.
    """
    weights = mindspore.net.trainable_params()
    other = ms.Parameter(ms.Tensor([1.0]), name="other")

    def build(first, second):
        groups = [
            {"params": weights, "lr": first},
            {"params": [other], "lr": second},
        ]
        return ms.nn.SGD(groups, 0.1)

    ms.save_checkpoint(build(0.2, 0.4), "groups.ckpt")
    optimizer = build(0.3, 0.5)
    state = ms.load_checkpoint("groups.ckpt", optimizer)
    expect.close(0.2, state["learning_rate_group_0"], name="file")
    expect.close(
        0.4, state["learning_rate_group_1"], name="file_second"
    )
    rates = optimizer.learning_rate
    expect.close(0.2, rates[0], name="mindspore")
    expect.close(0.4, rates[1], name="mindspore_second")

    optimizer = experimental.SGD(
        [{"params": weights, "lr": 0.2}], 0.1
    )
    ms.save_checkpoint(optimizer, "groups.ckpt")
    rates = [
        n
        for n in ms.load_checkpoint("groups.ckpt")
        if "rate" in n
    ]
    expect.equal([], rates, name="experimental")

    groups = [{"params": [pytorch.net.weight], "lr": 0.2}]
    saved = torch.optim.SGD(groups, lr=0.1).state_dict()
    groups = [{"params": [pytorch.net.weight], "lr": 0.3}]
    optimizer = torch.optim.SGD(groups, lr=0.1)
    optimizer.load_state_dict(saved)
    expect.equal(
        0.2, optimizer.param_groups[0]["lr"], name="pytorch"
    )


def nn_adam_keys(pytorch, mindspore):
    """With a fixed learning rate and the default arguments, the file of a
    `mindspore.nn.Adam` holds `moment1.<name>` and `moment2.<name>` for each
    weight, and one `beta1_power` and one `beta2_power`, whereas PyTorch keeps
    a `step` per parameter. It does not hold the betas and epsilon.
    """
    expect.equal(
        [
            "global_step",
            "learning_rate",
            "weight",
            "beta1_power",
            "beta2_power",
            "moment1.weight",
            "moment2.weight",
        ],
        list(mindspore.files["nn.Adam"]),
        name="keys",
    )
    rate = mindspore.files["nn.Adam"]["learning_rate"]
    expect.close(0.1, rate, name="rate")


def no_rate_in_experimental_and_mint(pytorch, mindspore):
    """The files of `SGD` with momentum and of `Adam` without `amsgrad`, of
    `mindspore.experimental.optim` and `mindspore.mint.optim`, hold no learning
    rate and no other hyperparameter: only weights, moments, a step count and,
    in `mindspore.experimental.optim.SGD`, `stat.<name>` for each weight. The
    file of `mindspore.experimental.optim.SGD` has no step count.
    """
    adam = ["weight", "exp_avg.weight", "exp_avg_sq.weight"]
    keys = {
        "experimental.SGD": [
            "weight",
            "accum.weight",
            "stat.weight",
        ],
        "experimental.Adam": [
            *adam,
            "max_exp_avg_sq.weight",
            "state_step",
        ],
        "mint.SGD": ["weight", "momentum_buf.weight", "step_t"],
        "mint.Adam": [*adam, "state_step"],
    }
    for name, expected in keys.items():
        found = list(mindspore.files[name])
        expect.equal(expected, found, name=_plain(name))
        group = mindspore.optimizers[name].param_groups[0]
        expect.close(0.1, group["lr"], name=f"{_plain(name)}_lr")
        if "momentum" in group:
            expect.equal(
                0.9,
                group["momentum"],
                name=f"{_plain(name)}_momentum",
            )


def weights_are_in_the_optimizer_file(pytorch, mindspore):
    """Built from the network's trainable weights, `SGD` or `Adam` of
    `mindspore.nn`, `mindspore.experimental.optim` or `mindspore.mint.optim`
    also holds these weights in its file, so loading it sets the weights too.
    In PyTorch the weights are only in the network's file.
    """
    for name, file in mindspore.files.items():
        weight = mindspore.net.weight
        expect.close(weight, file["weight"], name=_plain(name))
    shapes = [
        tuple(value.shape)
        for value in pytorch.files["SGD"]["state"][0].values()
    ]
    expect.equal([(1, 3)], shapes, name="pytorch")


def whole_optimizer_is_refused(pytorch, mindspore):
    """By default, `torch.load` does not load a file that holds the whole
    optimizer object instead of its `state_dict`, because it loads plain data
    only (`weights_only=True`).
    """
    torch.save(pytorch.optimizer, "whole.pt")
    try:
        torch.load("whole.pt")
        error = None
    except pickle.UnpicklingError as refused:
        error = str(refused)[:24]
    # The rest of the message has control characters for colour.
    expect.equal("Weights only load failed", error, name="error")


def anything_but_a_cell_is_refused(pytorch, mindspore):
    """`mindspore.save_checkpoint` accepts a `Cell`, or a list or a dict of
    parameters, and `mindspore.load_param_into_net` a `Cell` and a dict of
    parameters. Both raise a `TypeError` for a tuple of parameters or a file
    name in place of the `Cell`, and the second for a file name in place of the
    dict.
    """
    optimizer = mindspore.optimizer
    weights = list(optimizer.parameters)
    for given in (weights, {p.name: p for p in weights}):
        ms.save_checkpoint(given, "taken.ckpt")
        expect.equal(
            ["weight"],
            list(ms.load_checkpoint("taken.ckpt")),
            name=type(given).__name__,
        )
    expect.raises(
        TypeError,
        lambda: ms.save_checkpoint(
            optimizer.parameters, "tuple.ckpt"
        ),
        match="must be nn.Cell, list or dict",
        name="save",
    )
    expect.raises(
        TypeError,
        lambda: ms.save_checkpoint("nn.Adam.ckpt", "name.ckpt"),
        match="must be nn.Cell, list or dict",
        name="save_name",
    )
    expect.raises(
        TypeError,
        lambda: ms.load_param_into_net(optimizer, "nn.Adam.ckpt"),
        match="should be a dict",
        name="load",
    )
    state = ms.load_checkpoint("nn.Adam.ckpt")
    for name, cell in (
        ("tuple", optimizer.parameters),
        ("name", "nn.Adam.ckpt"),
    ):
        expect.raises(
            TypeError,
            lambda cell=cell: ms.load_param_into_net(cell, state),
            match="should be a Cell",
            name=f"load_into_{name}",
        )


def _plain(name):
    return name.replace(".", "_").replace(" ", "_")
