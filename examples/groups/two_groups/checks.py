import copy
import inspect

import mindspore as ms
import torch
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """With the two groups of the example in both, `mindspore.nn.Momentum`
    matches `torch.optim.SGD(..., momentum=0.9)` after each of ten steps.
    """
    for step in (0, 4, 9):
        expect.close(
            pytorch.history[step],
            mindspore.history[step],
            name=f"step_{step + 1}",
        )
    expect.close(
        pytorch.history, mindspore.history, name="all_steps"
    )
    expect.close(pytorch.losses, mindspore.losses, name="losses")


def groups_matter(pytorch, mindspore):
    """Without the groups, ten steps of `torch.optim.SGD` give different
    weights: one learning rate of 0.1 for all parameters, with momentum 0.9,
    moves the convolution away from the grouped result.
    """
    net = copy.deepcopy(pytorch.net)
    start = {k: torch.tensor(v) for k, v in pytorch.start.items()}
    net.load_state_dict(start)
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    for _ in range(10):
        optimizer.zero_grad()
        pytorch.loss_fn(
            net(pytorch.images), pytorch.labels
        ).backward()
        optimizer.step()
    plain = net.conv.weight
    expect.apart(
        plain,
        mindspore.history[-1]["conv.weight"],
        at_least=0.05,
        name="conv",
    )


def same_split(pytorch, mindspore):
    """If the layers of the two networks have the same attribute names, as in
    the example, the filter `"conv" in name` picks the same parameters in both
    frameworks: `Parameter.name` of `nn.Conv2d` and `nn.Dense` in a MindSpore
    network is the path of the attribute, as in `named_parameters()` of
    PyTorch.
    """
    expect.equal(
        pytorch.conv_names,
        mindspore.conv_names,
        name="conv_names",
    )
    names = ["conv.weight", "conv.bias"]
    expect.equal(names, mindspore.conv_names, name="names")


def argument_is_learning_rate(pytorch, mindspore):
    """The learning rate is the argument `learning_rate` of `mindspore.nn.SGD`
    and `lr` of `torch.optim.SGD`; the key of a group is `lr` in both.
    `mindspore.nn.SGD` raises `TypeError` for `lr` as an argument and
    `KeyError` for `learning_rate` as a key.
    """
    optimizer = inspect.signature(torch.optim.SGD)
    expect.equal(
        "lr", list(optimizer.parameters)[1], name="pytorch"
    )
    params = mindspore.conv_params
    rate = ms.nn.SGD(params, learning_rate=0.25).learning_rate
    expect.close(0.25, rate, name="mindspore_learning_rate")
    expect.raises(
        TypeError,
        lambda: ms.nn.SGD(params, lr=0.25),
        match="'lr'",
        name="lr_as_argument",
    )
    expect.raises(
        KeyError,
        lambda: ms.nn.SGD(
            [{"params": params, "learning_rate": 0.25}]
        ),
        match="learning_rate",
        name="learning_rate_as_key",
    )
    expect.equal(
        0.02,
        pytorch.optimizer.param_groups[0]["lr"],
        name="key_lr",
    )


def second_group_inherits(pytorch, mindspore):
    """In `torch.optim.SGD` and in `mindspore.nn.Momentum` with fixed learning
    rates, a group without `lr` and `weight_decay` uses the optimizer's values,
    here 0.1 and 0.
    """
    group = pytorch.optimizer.param_groups[1]
    rate = mindspore.optimizer.get_lr_parameter(
        mindspore.other_params[0]
    )
    decay = mindspore.optimizer.get_weight_decay()[-1]
    expect.close(0.1, group["lr"], name="pytorch_lr")
    expect.close(0.1, rate, name="mindspore_lr")
    expect.close(
        0.0, group["weight_decay"], name="pytorch_weight_decay"
    )
    expect.close(0.0, decay, name="mindspore_weight_decay")
