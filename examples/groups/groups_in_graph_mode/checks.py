import copy

import mindspore as ms
import torch
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """In Graph mode, with the whole step compiled with `@ms.jit`,
    `nn.Momentum` matches PyTorch after each of four steps. One group has a
    list of learning rates, the other a weight decay of 0.1 and the fixed
    learning rate 0.05, the momentum is 0.9, and `order_params` is set.
    """
    graph = ms.get_context("mode") == ms.GRAPH_MODE
    expect.equal(True, graph, name="graph_mode")
    expect.close(
        pytorch.history, mindspore.history, name="weights"
    )


def without_jit(pytorch, mindspore):
    """In Graph mode, without `@ms.jit` around the step, the optimizer is
    compiled on its own, and `nn.Momentum` also matches PyTorch after each of
    four steps. One group has a list of learning rates, the other a weight
    decay of 0.1 and the fixed learning rate 0.05, the momentum is 0.9, and
    `order_params` is set.
    """
    mindspore.reset()
    _, history = mindspore.train(
        _momentum(mindspore), compiled=False
    )
    expect.close(pytorch.history, history, name="weights")


def experimental_and_mint(pytorch, mindspore):
    """In Graph mode, with the whole step compiled with `@ms.jit`, `SGD` of
    `mindspore.nn`, `mindspore.experimental.optim` and `mindspore.mint.optim`
    matches `torch.optim.SGD` after each of four steps of the example. One
    group has its own learning rate of 0.1, the other a weight decay of 0.1,
    and the momentum is 0.9.
    """
    expected = _fixed_rates(pytorch)
    for name, module in (
        ("nn", ms.nn),
        ("experimental", ms.experimental.optim),
        ("mint", ms.mint.optim),
    ):
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
        _, history = mindspore.train(optimizer, compiled=True)
        expect.close(expected, history, name=name)


def pynative_gives_the_same(pytorch, mindspore):
    """In PyNative mode, with and without `@ms.jit` around the step,
    `nn.Momentum` matches PyTorch after each of four steps. One group has a
    list of learning rates, the other a weight decay of 0.1 and the fixed
    learning rate 0.05, the momentum is 0.9, and `order_params` is set.
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


def _fixed_rates(side):
    net = copy.deepcopy(side.net)
    start = {k: torch.tensor(v) for k, v in side.start.items()}
    net.load_state_dict(start)
    groups = [
        {"params": net.head.parameters(), "lr": 0.1},
        {"params": net.body.parameters(), "weight_decay": 0.1},
    ]
    optimizer = torch.optim.SGD(groups, lr=0.05, momentum=0.9)
    history = []
    for _ in range(4):
        optimizer.zero_grad()
        side.loss_fn(net(side.inputs), side.targets).backward()
        optimizer.step()
        named = net.named_parameters()
        history.append({k: p.detach().clone() for k, p in named})
    return history
