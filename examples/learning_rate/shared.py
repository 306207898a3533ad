"""Helpers of the checks of this topic."""

import mindspore as ms


def nn_sgd(side, rate):
    weight = ms.Parameter(ms.Tensor(side.start), name="weight")
    return ms.nn.SGD([weight], learning_rate=rate)
