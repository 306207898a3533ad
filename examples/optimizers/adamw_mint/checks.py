import functools

from crosswalk import expect
from mindspore import mint
from shared import make_with, train_mindspore

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """With the arguments of the example, `mindspore.experimental.optim.AdamW`,
    the replacement for `mindspore.mint.optim.AdamW`, matches
    `torch.optim.AdamW` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def raises_here(pytorch, mindspore):
    """On CPU, a step of `mindspore.mint.optim.AdamW` raises `RuntimeError`,
    with and without `amsgrad`. In PyNative mode without `@ms.jit`, the message
    calls the kernel `AdamW` unregistered; in a step compiled with it, the
    message calls the operator `AdamW` unsupported on CPU.
    """
    del pytorch
    for jit, message in (
        (False, "The kernel AdamW unregistered"),
        (True, r"Unsupported op \[AdamW\] on CPU"),
    ):
        for amsgrad in (False, True):
            make = make_with(mint.optim.AdamW, amsgrad=amsgrad)
            expect.raises(
                RuntimeError,
                functools.partial(
                    train_mindspore, mindspore, make, jit=jit
                ),
                match=message,
                name=f"{'jit' if jit else 'eager'}_{amsgrad}",
            )
