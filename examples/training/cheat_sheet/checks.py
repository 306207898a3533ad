import numpy as np
from crosswalk import expect


def loop_matches(pytorch, mindspore):
    """In PyNative mode, `AdamW` of `mindspore.experimental.optim` with two
    parameter groups and `LambdaLR` matches PyTorch's losses at each of the
    four steps of the loop, and then reports PyTorch's learning rate.
    """
    expect.equal(4, len(mindspore.losses), name="steps")
    expect.close(pytorch.losses, mindspore.losses, name="losses")
    expect.close(pytorch.rate, mindspore.rate, name="rate")


def saved_state_is_restored(pytorch, mindspore):
    """After a step with a new learning rate and clipped gradients, the state is
    saved, trained for five more steps, and restored from the file. In
    evaluation mode, the loss then matches PyTorch.
    """
    expect.close(
        pytorch.evaluated, mindspore.evaluated, name="loss"
    )
    expect.apart(
        pytorch.evaluated,
        mindspore.compiled_losses[-1],
        at_least=0.1,
        name="before_loading",
    )


def accumulated_and_compiled_steps_match(pytorch, mindspore):
    """After a step with gradients accumulated over four batches, four steps
    with `SGD` of `mindspore.experimental.optim` in a function compiled with
    `@ms.jit` match PyTorch's losses.
    """
    expect.close(
        pytorch.compiled_losses,
        mindspore.compiled_losses,
        name="losses",
    )


def clipping_has_an_effect(pytorch, mindspore):
    """The gradients of the example are longer than the norm of 0.1 to which
    `clip_grad_norm_` and `ms.ops.clip_by_global_norm` clip them.
    """
    del pytorch
    _, grads = mindspore.grad_fn(*mindspore.data[-1])
    squares = [np.sum(grad.asnumpy() ** 2) for grad in grads]
    norm = float(np.sqrt(np.sum(squares)))
    expect.equal(True, norm > 0.2, name="longer")
