from crosswalk import expect
from mindspore import nn
from mindspore.experimental import optim

_PLAIN = ("fc.weight", "fc.bias")
_NORM = ("norm.gamma", "norm.beta")
_HEAD = ("beta_head.weight", "beta_head.bias")


def pytorch_decays_all(pytorch, mindspore):
    """`torch.optim.SGD` with `weight_decay=0.5` and a rate of 0.1 takes
    every parameter from 1 to 0.95 with a zero gradient, biases and
    normalization parameters included.
    """
    expect.close(
        [0.95] * 6, list(pytorch.every.values()), name="all"
    )


def skips_gamma_and_beta(pytorch, mindspore):
    """`mindspore.nn.SGD`, given a plain list of parameters, applies its
    `weight_decay` to weights and biases, and not to parameters with `gamma` or
    `beta` in their names, such as those of `nn.LayerNorm`: with a zero
    gradient, these stay at 1.
    """
    values = mindspore.ungrouped
    expect.close(
        [0.95] * 2, [values[n] for n in _PLAIN], name="decayed"
    )
    expect.close(
        [1.0] * 2, [values[n] for n in _NORM], name="skipped"
    )


def skips_by_part_of_the_name(pytorch, mindspore):
    """Which parameters `mindspore.nn.SGD`, given a plain list, leaves out of
    its weight decay depends on the whole parameter name: the weight and the
    bias of an `nn.Dense` kept as `self.beta_head` are not decayed.
    `torch.optim.SGD` decays them.
    """
    values = mindspore.ungrouped
    expect.close(
        [1.0] * 2, [values[n] for n in _HEAD], name="mindspore"
    )
    values = pytorch.every
    expect.close(
        [0.95] * 2, [values[n] for n in _HEAD], name="pytorch"
    )


def one_group_decays_all(pytorch, mindspore):
    """Given as one group, `[{"params": net.trainable_params()}]`, every
    parameter of `mindspore.nn.SGD` is decayed, whatever its name, as by
    `torch.optim.SGD` without groups.
    """
    values = list(mindspore.every.values())
    expect.close(list(pytorch.every.values()), values, name="all")


def group_with_decay_zero(pytorch, mindspore):
    """In `torch.optim.SGD` and `mindspore.nn.SGD`, a group with `weight_decay`
    0 for the normalization parameters leaves them at 1 with a zero gradient,
    and the others, `beta_head` included, take the decay of the optimizer.
    """
    expected = [0.95, 0.95, 1.0, 1.0, 0.95, 0.95]
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(
            expected, list(side.all_but_norm.values()), name=name
        )
    groups = pytorch.skip_norm(pytorch.Net()).param_groups
    sizes = [len(group["params"]) for group in groups]
    expect.equal([4, 2], sizes, name="pytorch_groups")


def same_rule_in_other_optimizers(pytorch, mindspore):
    """`mindspore.nn.Momentum` and `mindspore.nn.AdamWeightDecay`, not
    grouped, skip the same parameters as `mindspore.nn.SGD`.
    """
    for kind, options in (
        (nn.Momentum, {"momentum": 0.9}),
        (nn.AdamWeightDecay, {}),
    ):
        values = mindspore.decay_once(
            lambda net, kind=kind, options=options: kind(
                net.trainable_params(),
                0.1,
                weight_decay=0.5,
                **options,
            )
        )
        decayed = {name for name in values if values[name] < 0.99}
        expect.equal(set(_PLAIN), decayed, name=kind.__name__)


def experimental_decays_all(pytorch, mindspore):
    """`mindspore.experimental.optim.SGD` decays every parameter as
    `torch.optim.SGD` does, given as a plain list or as one group.
    """
    expected = list(pytorch.every.values())
    for name, wrap in (
        ("all", list),
        ("one_group", lambda params: [{"params": params}]),
    ):
        values = mindspore.decay_once(
            lambda net, wrap=wrap: optim.SGD(
                wrap(net.trainable_params()),
                0.1,
                weight_decay=0.5,
            )
        )
        expect.close(expected, list(values.values()), name=name)
