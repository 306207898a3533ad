import mindspore as ms
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """In Graph mode, with the whole step compiled by `ms.jit`, groups of
    `nn.Momentum` with a list of rates, a weight decay of their own and
    `order_params` give PyTorch's weights after each of four steps.
    """
    graph = ms.get_context("mode") == ms.GRAPH_MODE
    expect.equal(True, graph, name="graph_mode")
    expect.close(
        pytorch.history, mindspore.history, name="weights"
    )


def without_jit(pytorch, mindspore):
    """In Graph mode, groups of `nn.Momentum` with a list of rates, a weight
    decay of their own and `order_params` give PyTorch's weights after each
    of four steps, too, when `ms.jit` is not around the step and the
    optimizer compiles itself.
    """
    mindspore.reset()
    _, history = mindspore.train(
        _momentum(mindspore), compiled=False
    )
    expect.close(pytorch.history, history, name="weights")


def experimental_and_mint(pytorch, mindspore):
    """In Graph mode, two groups, one with its own rate and one with its own
    weight decay, give the same weights with `SGD` of
    `mindspore.experimental.optim`, of `mindspore.mint.optim` and of
    `mindspore.nn` after each of four steps; after the first step, these are
    the weights of PyTorch.
    """
    results = []
    modules = (ms.experimental.optim, ms.mint.optim, ms.nn)
    for module in modules:
        mindspore.reset()
        head, body = mindspore.net.head, mindspore.net.body
        groups = [
            {"params": head.trainable_params(), "lr": 0.1},
            {
                "params": body.trainable_params(),
                "weight_decay": 0.1,
            },
        ]
        optimizer = module.SGD(groups, 0.05, momentum=0.9)
        results.append(
            mindspore.train(optimizer, compiled=True)[1]
        )
    expect.close(results[2], results[0], name="experimental")
    expect.close(results[2], results[1], name="mint")
    expect.close(
        pytorch.history[0], results[2][0], name="first_step"
    )


def pynative_gives_the_same(pytorch, mindspore):
    """In PyNative mode, groups of `nn.Momentum` with a list of rates, a weight
    decay of their own and `order_params` give PyTorch's weights after each
    of four steps, with and without `ms.jit` around the step.
    """
    ms.set_context(mode=ms.PYNATIVE_MODE)
    try:
        for compiled in (False, True):
            mindspore.reset()
            optimizer = _momentum(mindspore)
            _, history = mindspore.train(optimizer, compiled)
            name = "jit" if compiled else "eager"
            expect.close(pytorch.history, history, name=name)
    finally:
        ms.set_context(mode=ms.GRAPH_MODE)


def _momentum(side):
    head, body = side.net.head, side.net.body
    groups = [
        {"params": head.trainable_params(), "lr": side.listed},
        {"params": body.trainable_params(), "weight_decay": 0.1},
        {"order_params": side.net.trainable_params()},
    ]
    return ms.nn.Momentum(
        groups, learning_rate=0.05, momentum=0.9
    )
