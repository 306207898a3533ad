import mindspore as ms
import numpy as np
from crosswalk import expect


def eager_calls_change_nothing(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`, `mindspore.mint.optim.SGD`
    accepts the gradients and raises no error, but does not update the weights.
    """
    unmoved = [mindspore.start] * 3
    expect.close(unmoved, mindspore.eager_weights, name="unmoved")
    last = pytorch.weights[2], mindspore.eager_weights[2]
    expect.apart(*last, at_least=0.1, name="against_pytorch")


def jit_gives_the_updates(pytorch, mindspore):
    """On CPU, in a step compiled with `@ms.jit`, `mindspore.mint.optim.SGD`
    with a fixed learning rate and `momentum=0.9` matches PyTorch at each of
    three steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def in_place_add_is_the_cause(pytorch, mindspore):
    """The cause is `Tensor.add_`, which `mint.optim.SGD` uses to write the
    weights: on CPU in PyNative mode without `@ms.jit`, it returns the sum but
    does not modify the tensor.
    """
    tensor = ms.Tensor([1.0, 2.0])
    result = tensor.add_(ms.Tensor([10.0, 10.0]))
    expect.close(
        [11.0, 12.0], result.asnumpy().tolist(), name="returned"
    )
    expect.close(
        [1.0, 2.0], tensor.asnumpy().tolist(), name="tensor"
    )


def scheduler_is_not_followed(pytorch, mindspore):
    """In a step that is compiled with `@ms.jit` and takes no arguments,
    `ExponentialLR` of `mindspore.experimental.optim.lr_scheduler` changes the
    learning rate that `mindspore.mint.optim.SGD` without momentum reports, but
    not the one that it uses: the updates keep the initial learning rate.
    """
    rate = mindspore.optimizer.param_groups[0]["lr"]
    expect.close(0.1 * 0.5**3, rate, name="rate_read_back")
    decayed = _steps(pytorch, [0.1, 0.05, 0.025])
    constant = _steps(pytorch, [0.1, 0.1, 0.1])
    expect.close(decayed, pytorch.scheduled, name="pytorch")
    expect.close(constant, mindspore.scheduled, name="mindspore")
    both = pytorch.scheduled[1], mindspore.scheduled[1]
    expect.apart(*both, at_least=0.01, name="second_step")


def adam_and_adamw(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`, `mindspore.mint.optim.Adam`,
    like `SGD`, does not update the weights, and `mint.optim.AdamW` raises
    `RuntimeError` at its first call.
    """
    gradient = (ms.Tensor(np.ones((2,), np.float32)),)
    weight = _parameter()
    ms.mint.optim.Adam([weight], lr=0.1)(gradient)
    expect.close(
        [1.0, 1.0], weight.asnumpy().tolist(), name="adam"
    )
    optimizer = ms.mint.optim.AdamW([_parameter()], lr=0.1)
    expect.raises(
        RuntimeError,
        lambda: optimizer(gradient),
        match="AdamW",
        name="adamw",
    )


def _parameter():
    return ms.Parameter(
        ms.Tensor(np.ones((2,), np.float32)), name="weight"
    )


def _steps(side, rates):
    weight, x = (
        side.start.astype(np.float64),
        side.x.numpy(force=True),
    )
    weights = []
    for rate in rates:
        weight = weight - rate * 2 * (x @ weight.T).T @ x / len(x)
        weights.append(weight)
    return weights
