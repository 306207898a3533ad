import mindspore as ms
from crosswalk import expect
from mindspore import nn


def sgd_refuses_a_cell(pytorch, mindspore):
    """`mindspore.nn.SGD` raises `TypeError` for a `Cell` as weight decay, as
    its argument and in a group.
    """
    params = mindspore.net.trainable_params()
    decay = mindspore.HalvingDecay()
    shown = "dynamic weight decay" in mindspore.refused
    expect.equal(True, shown, name="shown")
    expect.raises(
        TypeError,
        lambda: nn.SGD(params, 0.1, weight_decay=decay),
        match="dynamic weight decay is currently not supported",
        name="optimizer",
    )
    expect.raises(
        TypeError,
        lambda: nn.SGD(
            [{"params": params, "weight_decay": decay}], 0.1
        ),
        match="dynamic weight decay is currently not supported",
        name="group",
    )


def momentum_zero_is_sgd(pytorch, mindspore):
    """In PyNative mode, after each of three steps on a dense layer,
    `mindspore.nn.Momentum` with `momentum=0.0`, a fixed learning rate and a
    `Cell` that halves the weight decay, from 0.2, matches `torch.optim.SGD`
    without momentum, whose loop halves the weight decay after each step.
    """
    expect.equal(3, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_as_sgd_with_a_number(pytorch, mindspore):
    """With a number as weight decay, here 0.2, a fixed learning rate and no
    groups, `mindspore.nn.SGD` with momentum 0.9 and `mindspore.nn.Momentum`
    with momentum 0.9 give the same weights after three steps.
    """
    sgd = _train(lambda p: nn.SGD(p, 0.1, 0.9, weight_decay=0.2))
    momentum = _train(
        lambda p: nn.Momentum(p, 0.1, 0.9, weight_decay=0.2)
    )
    expect.close(sgd, momentum, name="weights")


def _train(build):
    weight = ms.Parameter(
        ms.Tensor([1.0, -2.0], ms.float32), name="weight"
    )
    optimizer = build([weight])
    for value in (0.5, -0.25, 0.75):
        optimizer((ms.Tensor([value, value], ms.float32),))
    return weight.asnumpy()
