import mindspore as ms
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore import nn
from mindspore.experimental import optim

NOT_ON_CPU = {"LARS", "Lamb", "OptTFTWrapper"}
NEEDED = {
    "AdaFactor": {"relative_step": False},
    "Momentum": {"momentum": 0.9},
}


def matches_pytorch(pytorch, mindspore):
    """In the example, in PyNative mode without `@ms.jit`, after
    `param_groups[0]["lr"].copy_(ms.Tensor(0.02))`,
    `mindspore.experimental.optim.AdamW` matches `torch.optim.AdamW` with
    `param_groups[0]["lr"] = 0.02` over five more steps.
    """
    for ours, theirs in zip(
        mindspore.weights, pytorch.weights, strict=True
    ):
        expect.close(theirs, ours, name="weights")


def keeps_the_scheduler(pytorch, mindspore):
    """In the example, `copy_` keeps `ExponentialLR` of
    `mindspore.experimental.optim` connected: the learning rate decays from the
    copied 0.02, as in PyTorch.
    """
    expect.close(0.02 * 0.9**5, pytorch.rate, name="pytorch")
    expect.close(pytorch.rate, mindspore.rate, name="mindspore")


def as_assign(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after two steps with a learning rate
    of 0.1 and no groups, `rate.copy_(ms.Tensor(0.02))` and `ops.assign(rate,
    ms.Tensor(0.02))` give the same weights with every optimizer of
    `mindspore.experimental.optim` and `mindspore.nn`. `Momentum` ran with
    momentum 0.9, `AdaFactor` with `relative_step=False`, and all else at its
    default. Exceptions are `LARS`, `Lamb` and `OptTFTWrapper` of
    `mindspore.nn`, which do not train here.
    """
    for name, kind in _optimizers():
        assigned = _weights(mindspore, kind, "assign")
        copied = _weights(mindspore, kind, "copy")
        expect.close(assigned, copied, tolerance=0.0, name=name)


def in_graph_mode(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `copy_` on the fixed learning rate of
    `mindspore.nn.SGD` and of `SGD` and `AdamW` of
    `mindspore.experimental.optim` takes effect after the optimizer was
    compiled: in the check, the weights match PyNative mode to within 1e-5.
    """
    for kind in (nn.SGD, optim.SGD, optim.AdamW):
        eager = _weights(mindspore, kind, "copy")
        left = _weights(mindspore, kind, "nothing")
        name = f"{kind.__module__.split('.')[1]}.{kind.__name__}"
        expect.apart(
            left, eager, at_least=0.01, name=f"{name} moved"
        )
        ms.set_context(mode=ms.GRAPH_MODE)
        graph = _weights(mindspore, kind, "copy")
        ms.set_context(mode=ms.PYNATIVE_MODE)
        expect.close(eager, graph, tolerance=1e-5, name=name)


def _optimizers():
    for package, base in (
        (nn, nn.Optimizer),
        (optim, optim.Optimizer),
    ):
        for name, kind in subclasses(package, base).items():
            if name not in NOT_ON_CPU:
                short = package.__name__.replace("mindspore.", "")
                yield f"{short}.{name}", kind


def _weights(mindspore, kind, way):
    net = nn.Dense(
        3,
        2,
        weight_init=ms.Tensor(mindspore.start),
        bias_init="zeros",
    )
    first = (
        "learning_rate"
        if issubclass(kind, nn.Optimizer)
        else "lr"
    )
    needed = (
        NEEDED.get(kind.__name__, {}) if first != "lr" else {}
    )
    optimizer = kind(
        net.trainable_params(), **{first: 0.1}, **needed
    )
    new = ms.Tensor(0.02, ms.float32)

    def forward():
        return net(mindspore.x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        _, gradients = grad_fn()
        return optimizer(gradients)

    for number in range(4):
        if number == 2:
            rate = (
                optimizer.learning_rate
                if first != "lr"
                else optimizer.param_groups[0]["lr"]
            )
            if way == "assign":
                ms.ops.assign(rate, new)
            elif way == "copy":
                rate.copy_(new)
        step()
    return [p.asnumpy().copy() for p in net.trainable_params()]
