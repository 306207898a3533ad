import functools
import tempfile
from pathlib import Path

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import make_with, train_hooked, train_torch


def same_weights(pytorch, mindspore):
    """In the example, with `lr=0.01`, `eps=1e-2` and `weight_decay=0.1`,
    `mindspore.experimental.optim.NAdam` matches `torch.optim.NAdam` after each
    of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def other_arguments(pytorch, mindspore):
    """In the example, with `lr=0.01`, `mindspore.experimental.optim.NAdam`
    matches `torch.optim.NAdam` after each of 60 steps with
    `momentum_decay=0.1`, and in a step compiled with `@ms.jit`.
    """
    options = {
        "momentum_decay": {"momentum_decay": 0.1},
        "jit": {},
    }
    for name, values in options.items():
        make = make_with(optim.NAdam, **values)
        expect.close(
            train_torch(
                pytorch, make_with(torch.optim.NAdam, **values)
            ),
            train_hooked(mindspore, make, jit=name == "jit"),
            name=name,
        )


def second_group(pytorch, mindspore):
    """In the example, with `lr=0.02`, `betas=(0.8, 0.99)` and `eps=1e-3` in
    one group and `weight_decay=0.1` in the other,
    `mindspore.experimental.optim.NAdam` matches `torch.optim.NAdam` after each
    of 60 steps.
    """

    def groups(net):
        first = {"params": [net.weight], "lr": 0.02, "eps": 1e-3}
        first["betas"] = (0.8, 0.99)
        return [
            first,
            {"params": [net.bias], "weight_decay": 0.1},
        ]

    expect.close(
        train_torch(
            pytorch, lambda net: torch.optim.NAdam(groups(net))
        ),
        train_hooked(
            mindspore, lambda net: optim.NAdam(groups(net))
        ),
        name="both",
    )


def by_hand(pytorch, mindspore):
    """As arguments of `mindspore.experimental.optim.NAdam`, `maximize` and
    `decoupled_weight_decay` raise `TypeError`. In the example, with `lr=0.01`,
    without `weight_decay`, with the loss negated, and with each parameter
    multiplied by `1 - lr * weight_decay` after the gradients are computed and
    before the update, it matches `torch.optim.NAdam` with both and
    `weight_decay=0.1` to within 2e-6.
    """
    for name in ("maximize", "decoupled_weight_decay"):
        make = make_with(optim.NAdam, **{name: True})
        expect.raises(
            TypeError,
            functools.partial(make, mindspore.network()),
            match=name,
            name=name,
        )

    def before(optimizer):
        for param in optimizer.parameters:
            param.copy_(param * (1 - 0.01 * 0.1))

    options = {"maximize": True, "decoupled_weight_decay": True}
    theirs = make_with(
        torch.optim.NAdam, weight_decay=0.1, **options
    )
    ours = train_hooked(
        mindspore, make_with(optim.NAdam), sign=-1, before=before
    )
    expect.close(
        train_torch(pytorch, theirs),
        ours,
        tolerance=2e-6,
        name="both",
    )


def group_keys_are_ignored(pytorch, mindspore):
    """`mindspore.experimental.optim.NAdam` silently ignores `maximize` and
    `decoupled_weight_decay` in a group: in the example, with `lr=0.01` and
    `weight_decay=0.1`, the weights are exactly the same as without the key,
    and differ from `torch.optim.NAdam`.
    """

    def grouped(kind, key, net):
        if kind is torch.optim.NAdam:
            group = {"params": list(net.parameters())}
        else:
            group = {"params": net.trainable_params()}
        return kind([group | key], 0.01, weight_decay=0.1)

    plain = train_hooked(
        mindspore, make_with(optim.NAdam, weight_decay=0.1)
    )
    for name in ("maximize", "decoupled_weight_decay"):
        make = functools.partial(grouped, key={name: True})
        ours = functools.partial(make, optim.NAdam)
        ours = train_hooked(
            mindspore, lambda net, make=ours: make(net=net)
        )
        expect.close(plain, ours, tolerance=0.0, name=name)
        theirs = functools.partial(make, torch.optim.NAdam)
        theirs = train_torch(
            pytorch, lambda net, make=theirs: make(net=net)
        )
        expect.apart(
            theirs, ours, at_least=0.005, name=f"{name}_apart"
        )


def mu_product_is_not_saved(pytorch, mindspore):
    """In the example, with `lr=0.01`, a checkpoint of
    `mindspore.experimental.optim.NAdam`, saved after 30 steps, does not hold
    `mu_product`, which `torch.optim.NAdam` has in its `state_dict`. Loading it
    into a new optimizer reports nothing missing, but the weights after the
    next step and after the last differ from the run without a checkpoint.
    """
    through = _resumed(mindspore, "not at all")
    ours = _resumed(mindspore, "checkpoint")
    names = ["exp_avg", "exp_avg_sq"]
    saved = [
        f"{n}.{p}" for n in names for p in ("bias", "weight")
    ]
    expect.equal(
        sorted([*saved, "bias", "step_t", "weight"]),
        ours["saved"],
        name="saved",
    )
    state = pytorch.optimizer.state_dict()["state"][0]
    expect.equal(
        [*names, "mu_product", "step"],
        sorted(state),
        name="pytorch",
    )
    expect.equal([[], []], ours["not_loaded"], name="not_loaded")
    for step in (30, 59):
        expect.apart(
            through["weights"][step],
            ours["weights"][step],
            at_least=1e-3,
            name=f"step_{step + 1}",
        )


def assigned_mu_product_resumes(pytorch, mindspore):
    """In the example, with `lr=0.01`, if `mu_product` is assigned from the
    saved optimizer with `copy_` after the checkpoint is loaded,
    `mindspore.experimental.optim.NAdam` resumes: the weights after each of 60
    steps match the run without a checkpoint.
    """
    through = _resumed(mindspore, "not at all")
    ours = _resumed(mindspore, "checkpoint and mu_product")
    expect.close(
        through["weights"], ours["weights"], name="weights"
    )


def _resumed(side, how):
    net = side.network()
    optimizer = make_with(optim.NAdam)(net)
    result = {"weights": []}
    for step in range(60):
        if step == 30 and how != "not at all":
            with tempfile.TemporaryDirectory() as folder:
                path = str(Path(folder, "optimizer.ckpt"))
                ms.save_checkpoint(optimizer, path)
                saved = ms.load_checkpoint(path)
            result["saved"] = sorted(saved)
            former = optimizer
            net = side.network()
            optimizer = make_with(optim.NAdam)(net)
            result["not_loaded"] = list(
                ms.load_param_into_net(optimizer, saved)
            )
            if how == "checkpoint and mu_product":
                for new, old in zip(
                    optimizer.mu_product,
                    former.mu_product,
                    strict=True,
                ):
                    new.copy_(old)
        error = net(side.x) - side.y
        slope = 2 * error.asnumpy() / error.size
        gradients = (slope.T @ side.x.asnumpy(), slope.sum(0))
        optimizer(tuple(ms.Tensor(g) for g in gradients))
        result["weights"].append(side.values(net))
    return result
