import numpy as np
import torch
from crosswalk import expect
from mindspore import nn
from shared import torch_rprop

# Later the gradients are rounding errors, and so are the signs that Rprop uses.
UNTIL_CONVERGED = 40


def same_weights(pytorch, mindspore):
    """With a learning rate of 0.05, `etas=(0.4, 1.3)` and
    `step_sizes=(1e-4, 0.2)`, `mindspore.nn.Rprop` matches
    `torch.optim.Rprop` after each of the 60 steps of the example.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def bounds_and_factors_are_used(pytorch, mindspore):
    """With a learning rate of 0.05 and the default `etas` and
    `step_sizes`, `mindspore.nn.Rprop` matches `torch.optim.Rprop`
    in the first 40 steps of the example, and its weights differ
    from the run with `etas=(0.4, 1.3)` and
    `step_sizes=(1e-4, 0.2)`.
    """
    plain = _ours(mindspore, 0.05)
    expect.close(
        torch_rprop(pytorch, lr=0.05)[:UNTIL_CONVERGED],
        plain[:UNTIL_CONVERGED],
        name="defaults",
    )
    expect.apart(
        mindspore.weights, plain, at_least=0.01, name="values_set"
    )


def default_rate_is_another(pytorch, mindspore):
    """The default learning rate is 0.01 in `torch.optim.Rprop`
    and 0.1 in `mindspore.nn.Rprop`.
    """
    net = pytorch.model()
    rate = torch.optim.Rprop(net.parameters()).defaults["lr"]
    expect.equal(0.01, rate, name="pytorch")
    optimizer = nn.Rprop(mindspore.model().trainable_params())
    expect.close(
        0.1, optimizer.learning_rate.item(), name="mindspore"
    )


def rate_matters_once(pytorch, mindspore):
    """The learning rate of `torch.optim.Rprop` and of `mindspore.nn.Rprop` is
    the first step size only. If every parameter has a gradient from the first
    step on and the learning rate, here 0.1, is halved every 5 steps, by
    `StepLR` and by a list, the weights of both in the 60 steps of the example
    are the same as with the first learning rate throughout.
    """
    net = pytorch.model()
    optimizer = torch.optim.Rprop(net.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5, 0.5)
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    scheduled = pytorch.train(net, optimizer)
    fixed = torch_rprop(pytorch, lr=0.1)
    expect.close(fixed, scheduled, tolerance=0.0, name="pytorch")
    rates = [0.1 * 0.5 ** (step // 5) for step in range(60)]
    ours = _ours(mindspore, rates)
    own = _ours(mindspore, 0.1)
    expect.close(own, ours, tolerance=0.0, name="own_fixed")
    fixed, ours = fixed[:UNTIL_CONVERGED], ours[:UNTIL_CONVERGED]
    expect.close(fixed, ours, name="mindspore")


def integers_and_lists_raise(pytorch, mindspore):
    """`mindspore.nn.Rprop` raises `TypeError` for an integer in its tuples
    `etas` and `step_sizes`, as in `etas=(0.5, 2)` and in PyTorch's own default
    `step_sizes=(1e-6, 50)`, and for the lists `etas=[0.5, 1.2]` and
    `step_sizes=[1e-6, 50.0]`.
    """
    params = mindspore.model().trainable_params()
    default = pytorch.optimizer.__class__(
        pytorch.net.parameters()
    ).defaults["step_sizes"]
    expect.equal((1e-6, 50), default, name="default")
    for name, options in (
        ("default_of_pytorch", {"step_sizes": default}),
        ("integer_factor", {"etas": (0.5, 2)}),
        ("list_of_factors", {"etas": [0.5, 1.2]}),
        ("list_of_sizes", {"step_sizes": [1e-6, 50.0]}),
    ):
        expect.raises(
            TypeError,
            lambda options=options: nn.Rprop(
                params, 0.1, **options
            ),
            match="should be 'float'|must be a tuple",
            name=name,
        )


def decay_is_added_to_the_gradient(pytorch, mindspore):
    """`mindspore.nn.Rprop` accepts `weight_decay`, for which the constructor
    of `torch.optim.Rprop` has no argument and raises `TypeError`. It adds
    `weight_decay * weight` to the gradient before taking its sign; in the
    example, with a learning rate of 0.05 and a weight decay of 0.5, a formula
    that does so matches it.
    """
    net = pytorch.model()
    expect.raises(
        TypeError,
        lambda: torch.optim.Rprop(
            net.parameters(), weight_decay=0.1
        ),
        match="unexpected keyword argument 'weight_decay'",
        name="pytorch",
    )
    ours = _ours(mindspore, 0.05, weight_decay=0.5)
    law = _law(pytorch, 0.05, 0.5)
    expect.close(law, ours, name="law")
    without = _law(pytorch, 0.05, 0.0)
    expect.apart(
        without, ours, at_least=0.01, name="without_decay"
    )


def negated_gradients_maximize(pytorch, mindspore):
    """`mindspore.nn.Rprop` raises `TypeError` for `maximize`. In the example,
    with negated gradients and a learning rate of 0.01 in both, it matches
    `torch.optim.Rprop` with `maximize=True` after each of 60 steps.
    """
    net = mindspore.model()
    params = net.trainable_params()
    expect.raises(
        TypeError,
        lambda: nn.Rprop(params, 0.01, maximize=True),
        match="unexpected keyword argument 'maximize'",
        name="no_maximize",
    )
    optimizer = nn.Rprop(params, 0.01)

    def negated(grads):
        return optimizer(tuple(-grad for grad in grads))

    theirs = torch_rprop(pytorch, lr=0.01, maximize=True)
    expect.close(
        theirs, mindspore.train(net, negated), name="negated"
    )


def group_keys_are_fixed(pytorch, mindspore):
    """A group of `mindspore.nn.Rprop` with `etas` raises
    `KeyError`; a group of `torch.optim.Rprop` may set it.
    """
    net = mindspore.model()
    groups = [
        {"params": net.trainable_params(), "etas": (0.4, 1.3)}
    ]
    expect.raises(
        KeyError,
        lambda: nn.Rprop(groups, 0.1),
        match="the key in group params must be one of",
        name="group",
    )
    group = {
        "params": pytorch.model().parameters(),
        "etas": (0.4, 1.3),
    }
    optimizer = torch.optim.Rprop([group], lr=0.1)
    expect.equal(
        (0.4, 1.3),
        optimizer.param_groups[0]["etas"],
        name="pytorch",
    )


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(net, nn.Rprop(params, *args, **options))


def _law(side, lr, weight_decay):
    values = [side.weight.astype(float), side.bias.astype(float)]
    sizes = [np.full(value.shape, lr) for value in values]
    former = [np.zeros(value.shape) for value in values]
    weights = []
    for _ in range(60):
        error = side.x @ values[0].T + values[1] - side.y
        slope = 2 * error / error.size
        grads = [slope.T @ side.x, slope.sum(0)]
        for i, grad in enumerate(grads):
            grad = grad + weight_decay * values[i]
            sign = np.sign(grad * former[i])
            factor = np.choose(
                sign.astype(int) + 1, (0.5, 1, 1.2)
            )
            sizes[i] = np.clip(sizes[i] * factor, 1e-6, 50.0)
            grad = np.where(sign < 0, 0.0, grad)
            values[i] = values[i] - sizes[i] * np.sign(grad)
            former[i] = grad
        weights.append(list(values))
    return weights
