import mindspore as ms
from crosswalk import expect

# Gradients are one: the momentum is 1 and then 1.9, the weight
# -0.1 and then -0.1 - 0.1 * 1.9.
ONE_STEP, TWO_STEPS = [-0.1] * 3, [-0.29] * 3


def mindspore_shares_weights(pytorch, mindspore):
    """In PyNative mode, if you load one result of `mindspore.load_checkpoint`
    into two new `mindspore.nn.SGD` optimizers of networks of the same dtype,
    their networks share the weights: training the first changes the second. In
    PyTorch, `net.load_state_dict` copies by default, and the second network
    does not change.
    """
    expect.close(
        [TWO_STEPS, ONE_STEP],
        _lists(pytorch.weights),
        name="pytorch",
    )
    expect.close(
        [TWO_STEPS, TWO_STEPS],
        _lists(mindspore.weights),
        name="mindspore",
    )


def both_share_the_momentum(pytorch, mindspore):
    """If you load one dictionary into two new optimizers with momentum 0.9
    whose weights have the dtype of the momentum in it, they share the
    momentum, in `torch.optim.SGD` and, in PyNative mode, `mindspore.nn.SGD`: a
    step of the first changes the momentum of the second, which should still be
    1.
    """
    shared = [[1.9] * 3] * 2
    expect.close(shared, _lists(pytorch.momenta), name="pytorch")
    expect.close(
        shared, _lists(mindspore.momenta), name="mindspore"
    )


def reading_the_file_twice_separates(pytorch, mindspore):
    """Reading the file again for each network keeps the two apart, with
    `mindspore.nn.SGD` and `torch.optim.SGD`.
    """
    pairs = [mindspore.build(), mindspore.build()]
    for _, optimizer in pairs:
        state = ms.load_checkpoint("optimizer.ckpt")
        ms.load_param_into_net(optimizer, state)
    mindspore.step(*pairs[0])
    weights = [net.weight.asnumpy()[0] for net, _ in pairs]
    expect.close(
        [TWO_STEPS, ONE_STEP], _lists(weights), name="mindspore"
    )
    accum = pairs[1][1].accum[0].asnumpy()[0]
    expect.close(
        [1.0] * 3, accum.tolist(), name="mindspore_momentum"
    )

    pairs = [pytorch.build(), pytorch.build()]
    for _, optimizer in pairs:
        state = pytorch.torch.load("optimizer.pt")
        optimizer.load_state_dict(state)
    pytorch.step(*pairs[0])
    momentum = pytorch.momentum_of(*pairs[1])[0]
    expect.close(
        [1.0] * 3, momentum.tolist(), name="pytorch_momentum"
    )


def _lists(arrays):
    return [array.tolist() for array in arrays]
