import mindspore as ms
from crosswalk import expect

WEIGHT, MOMENTUM = [[-0.1] * 3], [[1.0] * 3]


def momentum_overwrites_the_weights(pytorch, mindspore):
    """If the file of `mindspore.nn.SGD` for a network with the single
    parameter `weight` was saved without it, `mindspore.load_param_into_net`
    puts the momentum into the weight: it looks for a name in the file that
    ends with `weight`, and finds `accum.weight`. `load_state_dict` of
    `torch.optim.SGD` does not change the weights.
    """
    expect.close(WEIGHT, pytorch.loaded.tolist(), name="pytorch")
    expect.close(
        MOMENTUM, mindspore.damaged.tolist(), name="mindspore"
    )


def nothing_is_reported(pytorch, mindspore):
    """If the file of `mindspore.nn.SGD` for a network with the single
    parameter `weight` was saved without it, and the momentum was loaded in its
    place, `mindspore.load_param_into_net` returns two empty lists, so its
    result does not show the mistake.
    """
    expect.equal(([], []), mindspore.left_out, name="left_out")


def strict_load_leaves_the_weights(pytorch, mindspore):
    """With `strict_load=True`, `mindspore.load_param_into_net` loads only
    equal names from a file of `mindspore.nn.SGD` without the only weight,
    `weight`: the momentum comes from the file, the weight does not change, and
    `weight` is returned as not set.
    """
    expect.close(
        WEIGHT, mindspore.loaded.tolist(), name="weights"
    )
    expect.close(
        MOMENTUM, mindspore.momentum.tolist(), name="momentum"
    )
    expect.close(
        MOMENTUM,
        pytorch.momentum.tolist(),
        name="pytorch_momentum",
    )
    expect.equal(
        (["weight"], []),
        mindspore.strictly_left_out,
        name="left_out",
    )


def network_takes_the_momentum_too(pytorch, mindspore):
    """If a network has the single parameter `weight`, and a file holds
    `accum.weight` but no `weight`, `load_param_into_net(net, state)` puts the
    momentum into the network's `weight` and returns no name as not set.
    """
    net, _ = mindspore.build()
    state = ms.load_checkpoint("rest.ckpt")
    not_set, _ = ms.load_param_into_net(net, state)
    expect.close(
        MOMENTUM, net.weight.asnumpy().tolist(), name="weights"
    )
    expect.equal([], not_set, name="not_set")
