from crosswalk import expect
from mindspore import nn
from mindspore.experimental import optim

_PLAIN = ("fc.weight", "fc.bias")
_NORM = ("norm.gamma", "norm.beta")
_HEAD = ("beta_head.weight", "beta_head.bias")


def pytorch_decays_all(pytorch, mindspore):
    """With a zero gradient, `torch.optim.SGD` with `weight_decay=0.5` and a
    learning rate of 0.1 changes every parameter from 1 to 0.95, biases and
    normalization parameters included.
    """
    expect.close(
        [0.95] * 6, list(pytorch.every.values()), name="all"
    )


def skips_gamma_and_beta(pytorch, mindspore):
    """Given a plain list of parameters, `mindspore.nn.SGD` applies its
    `weight_decay` to weights and biases, but not to parameters with `gamma` or
    `beta` in their names, such as the parameters of `nn.LayerNorm`: with a
    zero gradient, these stay at 1.
    """
    values = mindspore.ungrouped
    expect.close(
        [0.95] * 2, [values[n] for n in _PLAIN], name="decayed"
    )
    expect.close(
        [1.0] * 2, [values[n] for n in _NORM], name="skipped"
    )


def skips_by_part_of_the_name(pytorch, mindspore):
    """Given a plain list, `mindspore.nn.SGD` searches the whole parameter name
    for `beta`, including the names of the modules: it does not decay the
    weight and the bias of an `nn.Dense` kept as `self.beta_head`.
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
    """Given one group, `[{"params": net.trainable_params()}]`,
    `mindspore.nn.SGD` decays every parameter, whatever its name, as
    `torch.optim.SGD` does without groups.
    """
    values = list(mindspore.every.values())
    expect.close(list(pytorch.every.values()), values, name="all")


def group_with_decay_zero(pytorch, mindspore):
    """In `torch.optim.SGD` and `mindspore.nn.SGD`, a group with `weight_decay`
    0 for the normalization parameters keeps them at 1 with a zero gradient,
    and the other parameters, `beta_head` included, use the optimizer's weight
    decay.
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
    """Without groups, `mindspore.nn.Momentum` and
    `mindspore.nn.AdamWeightDecay` skip the same parameters as
    `mindspore.nn.SGD`.
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
    """Given a plain list or one group, `mindspore.experimental.optim.SGD`
    decays every parameter, as `torch.optim.SGD` does.
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
