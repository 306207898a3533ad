import mindspore as ms
import numpy as np
from crosswalk import expect
from shared import assign


def same_start(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with the default arguments, a
    learning rate of 0.1 and gradients of about 1 in absolute value,
    `torch.optim.Adam` and `mindspore.nn.Adam` match in the example as long as
    nothing is changed.
    """
    expect.close(
        pytorch.unchanged, mindspore.unchanged, name="weights"
    )


def rate(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, without groups and with a fixed
    learning rate, `optimizer.learning_rate.copy_(...)` takes effect at the
    next step of `mindspore.nn.Adam`, as assigning `param_groups[0]["lr"]` does
    in `torch.optim.Adam`.
    """
    expect.close(pytorch.rate, mindspore.rate, name="weights")
    expect.apart(
        pytorch.unchanged,
        mindspore.rate,
        at_least=0.05,
        name="unchanged",
    )


def betas_of_nn_are_ignored(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, assigning a float or a Tensor to
    `beta1`, `beta2`, `eps` or `weight_decay` of `mindspore.nn.Adam`, built
    without groups and without weight decay, has no effect after the first step
    and raises no error.
    """
    expect.close(
        mindspore.unchanged,
        mindspore.attribute,
        tolerance=0,
        name="betas",
    )
    expect.close(
        pytorch.train(pytorch.build, pytorch.change_betas, at=0),
        mindspore.train(
            mindspore.build, mindspore.change_betas, at=0
        ),
        name="betas_before_the_first_step",
    )
    for name in ("beta1", "beta2", "eps", "weight_decay"):
        for kind, new in (
            ("float", 0.5),
            ("tensor", _tensor(0.5)),
        ):
            weights = mindspore.train(
                mindspore.build, assign(name, new)
            )
            label = f"{name}_{kind}"
            expect.close(
                mindspore.unchanged,
                weights,
                tolerance=0,
                name=label,
            )


def betas_of_a_group(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, assigning `(0.5, 0.9)` to
    `param_groups[0]["betas"]` of `mindspore.experimental.optim.Adam` takes
    effect at the next step. In the example, with a learning rate of 0.1 and
    gradients of about 1 in absolute value, the weights match
    `torch.optim.Adam`.
    """
    expect.close(pytorch.betas, mindspore.betas, name="weights")
    expect.apart(
        pytorch.unchanged,
        mindspore.betas,
        at_least=0.02,
        name="unchanged",
    )


def attribute_in_pytorch(pytorch, mindspore):
    """Assigning `optimizer.betas` on the optimizer itself has no effect in
    `torch.optim.Adam`: PyTorch reads `param_groups`.
    """
    kept = []

    def change(optimizer):
        pytorch.change_attribute(optimizer)
        kept.append(optimizer.betas)

    pytorch.train(pytorch.build, change)
    expect.equal((0.5, 0.9), kept[0], name="reads")
    expect.close(
        pytorch.unchanged,
        pytorch.attribute,
        tolerance=0,
        name="pytorch",
    )


def beta_made_a_parameter(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if `optimizer.beta1` of
    `mindspore.nn.Adam` is replaced by a Parameter before the first step,
    `copy_` on it takes effect later. The bias correction then uses the product
    of the `beta1` of all steps, whereas `torch.optim.Adam` uses the current
    `beta1` to the power of the step, so in the example the weights differ from
    PyTorch.
    """

    def build(params):
        optimizer = mindspore.build(params)
        optimizer.beta1 = ms.Parameter(_tensor(0.9), name="beta1")
        return optimizer

    def change(optimizer):
        optimizer.beta1.copy_(_tensor(0.5))

    def change_group(optimizer):
        optimizer.param_groups[0]["betas"] = (0.5, 0.999)

    weights = mindspore.train(build, change)
    reference = pytorch.train(pytorch.build, change_group)
    law = _adam(mindspore, beta=0.5, product=True)
    expect.close(
        _adam(pytorch, beta=0.5), reference, name="pytorch"
    )
    expect.close(law, weights, name="mindspore")
    expect.apart(reference, weights, at_least=0.01, name="apart")


def eps_of_a_group(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, assigning 0.5 to
    `param_groups[0]["eps"]` of `mindspore.experimental.optim.Adam` takes
    effect at the next step, but `eps` is added to the root of the second
    moment before its bias correction, whereas `torch.optim.Adam` adds it
    after. In the example, with gradients of about 1 in absolute value, the
    weights differ from PyTorch.
    """

    def change(optimizer):
        optimizer.param_groups[0]["eps"] = 0.5

    weights = mindspore.train(
        mindspore.build_experimental, change
    )
    reference = pytorch.train(pytorch.build, change)
    law = _adam(mindspore, eps=0.5, inside=True)
    expect.close(
        _adam(pytorch, eps=0.5), reference, name="pytorch"
    )
    expect.close(law, weights, name="mindspore")
    expect.apart(reference, weights, at_least=0.01, name="apart")


def _tensor(value):
    return ms.Tensor(value, ms.float32)


def _adam(side, beta=0.9, eps=1e-8, product=False, inside=False):
    """Train with Adam; `beta` and `eps` hold from the third step on."""
    x = (
        side.x.numpy()
        if hasattr(side.x, "numpy")
        else side.x.asnumpy()
    )
    x = np.append(x, np.ones((4, 1)), axis=1)
    weight, first, second, power = (
        np.append(side.start.astype(np.float64), [[0]], axis=1),
        0.0,
        0.0,
        1.0,
    )
    for step in range(5):
        beta1, epsilon = (0.9, 1e-8) if step < 2 else (beta, eps)
        gradient = 2 * (weight @ x.T) @ x / len(x)
        first = beta1 * first + (1 - beta1) * gradient
        second = 0.999 * second + 0.001 * gradient**2
        power *= beta1
        mean = first / (
            1 - (power if product else beta1 ** (step + 1))
        )
        root = (1 - 0.999 ** (step + 1)) ** 0.5
        shifted = root if inside else 1.0
        bottom = np.sqrt(second) / root + epsilon / shifted
        weight = weight - 0.1 * mean / bottom
    return weight[0]
