import functools

import mindspore as ms
import torch
from crosswalk import expect
from mindspore import mint

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """`mindspore.experimental.optim.AdamW`, which stands in for
    `mindspore.mint.optim.AdamW`, gives the weights of `torch.optim.AdamW`
    after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def raises_here(pytorch, mindspore):
    """On the CPU a step of `mindspore.mint.optim.AdamW` raises `RuntimeError`,
    with and without `amsgrad`: in PyNative mode the message calls the kernel
    `AdamW` unregistered, in a step compiled with `ms.jit` it calls the
    operator `AdamW` unsupported on CPU.
    """
    del pytorch
    for jit, message in (
        (False, "The kernel AdamW unregistered"),
        (True, r"Unsupported op \[AdamW\] on CPU"),
    ):
        for amsgrad in (False, True):
            make = _make(mint.optim.AdamW, amsgrad=amsgrad)
            expect.raises(
                RuntimeError,
                functools.partial(
                    _ours, mindspore, make, jit=jit
                ),
                match=message,
                name=f"{'jit' if jit else 'eager'}_{amsgrad}",
            )


def _make(kind, lr=0.01, **options):
    def make(net):
        if isinstance(net, torch.nn.Module):
            params = net.parameters()
        else:
            params = net.trainable_params()
        return kind(params, lr, **options)

    return make


def _ours(side, make, *, sign=1, jit=False, before=None):
    net, weights = side.network(), []
    optimizer = make(net)

    def forward():
        return sign * (net(side.x) - side.y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        loss, gradients = grad_fn()
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    for index in range(60):
        if before:
            before(optimizer, index)
        step()
        weights.append(side.values(net))
    return weights
