import mindspore as ms
from crosswalk import expect
from mindspore import nn


def cell_in_a_group(pytorch, mindspore):
    """`mindspore.nn.Momentum` with a `Cell` that halves the weight decay at
    each step in one group, and a number in the other, and with the arguments
    of the example, trains to the same weights as `torch.optim.SGD`, whose loop
    halves the weight decay of its first group after each step.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def one_decay_per_parameter(pytorch, mindspore):
    """With groups, one of them with a `Cell` as weight decay,
    `optimizer.get_weight_decay()` of `mindspore.nn.Momentum` returns a tuple
    with one decay per parameter, not per group: three entries for a group of
    two parameters and a group of one.
    """
    expect.close(pytorch.decays, mindspore.decays, name="decays")
    params = [
        ms.Parameter(ms.Tensor([1.0], ms.float32), name=name)
        for name in ("a", "b", "c")
    ]
    groups = [
        {"params": params[:2], "weight_decay": 0.4},
        {
            "params": params[2:],
            "weight_decay": mindspore.HalvingDecay(),
        },
    ]
    optimizer = nn.Momentum(groups, 0.05, 0.9)
    decays = [
        decay.item() for decay in optimizer.get_weight_decay()
    ]
    expect.close([0.4, 0.4, 0.2], decays, name="three")
    expect.equal(3, len(decays), name="entries")


def list_in_a_group(pytorch, mindspore):
    """`mindspore.nn.Momentum` raises `TypeError` for a list as `weight_decay`
    of a group.
    """
    groups = [
        {
            "params": [mindspore.net[0].weight],
            "weight_decay": [0.2],
        }
    ]
    expect.raises(
        TypeError,
        lambda: nn.Momentum(groups, 0.05, 0.9),
        match="must be int, float or Cell",
    )
