"""Helpers of the checks of this topic."""

import mindspore as ms


def update_once(optimizer):
    optimizer((ms.Tensor([1.0], ms.float32),))
