import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore.experimental import optim


def nn_takes_sequences(pytorch, mindspore):
    """As its learning rate argument, `mindspore.nn.SGD` accepts one float per
    step as a list, a tuple or a generator; PyTorch's SGD accepts none of the
    three.
    """
    for name in ("list", "tuple", "generator"):
        expect.close([0.2, 0.1], mindspore.got[name], name=name)
        refused = isinstance(pytorch.got[name], str)
        expect.equal(
            True, refused, name=f"pytorch_refuses_{name}"
        )


def nn_takes_schedules(pytorch, mindspore):
    """`mindspore.nn.SGD` accepts a `LearningRateSchedule`, and raises a
    `TypeError` for a different `Cell`, here `nn.ReLU`.
    """
    rates = mindspore.attempt(mindspore.cell)
    expect.close([0.2, 0.1], rates, name="schedule")
    expect.raises(
        TypeError,
        lambda: ms.nn.SGD([mindspore.weight], ms.nn.ReLU()),
        match="LearningRateSchedule, but got",
        name="other_cell",
    )


def all_nn_optimizers(pytorch, mindspore):
    """All optimizers of `mindspore.nn` accept a list of learning rates and a
    `LearningRateSchedule`, except `FTRL`, which raises a `ValueError`, and the
    wrappers `LARS` and `OptTFTWrapper`; `get_lr()` follows both with
    `global_step`. `AdaFactor` needs `relative_step=False`.
    """
    kinds = subclasses(ms.nn, ms.nn.Optimizer)
    refusing = []
    for name in sorted({*kinds} - {"LARS", "OptTFTWrapper"}):
        more = {
            "Momentum": {"momentum": 0.9},
            "AdaFactor": {"relative_step": False},
        }.get(name, {})
        for rate in ([0.2, 0.1], mindspore.cell):
            weight = ms.Parameter(
                ms.Tensor([0.0], ms.float32), name="weight"
            )
            try:
                optimizer = kinds[name](
                    [weight], learning_rate=rate, **more
                )
            except ValueError:
                refusing.append(name)
                continue
            first = optimizer.get_lr().asnumpy().item()
            optimizer.global_step.copy_(ms.Tensor([1], ms.int32))
            second = optimizer.get_lr().asnumpy().item()
            expect.close([0.2, 0.1], [first, second], name=name)
    expect.equal(["FTRL", "FTRL"], refusing, name="refusing")


def integers_are_converted(pytorch, mindspore):
    """`mindspore.nn.SGD` converts integers to float32, so `learning_rate=1`
    and `learning_rate=[2, 1]` work; PyTorch's SGD accepts `lr=1` but not the
    list.
    """
    refused = isinstance(pytorch.got["list of int"], str)
    expect.equal(True, refused, name="pytorch_refuses_list")
    expect.close(
        [1.0, 1.0], pytorch.got["int"], name="pytorch_int"
    )
    expect.close([1.0, 1.0], mindspore.got["int"], name="int")
    expect.close(
        [2.0, 1.0], mindspore.got["list of int"], name="list"
    )
    optimizer = ms.nn.SGD([mindspore.weight], [2, 1])
    rates = optimizer.learning_rate.learning_rate
    expect.equal("Float32", str(rates.dtype), name="dtype")


def tensor_is_one_rate(pytorch, mindspore):
    """Passed without groups and with all else at its default, a float32 Tensor
    without dimensions is a fixed learning rate in `mindspore.nn.SGD` and in
    PyTorch's SGD. A Tensor of shape `(1,)` is a fixed learning rate in
    PyTorch's SGD, but a list of one in `mindspore.nn.SGD`, whose second step
    raises a `RuntimeError` on CPU in PyNative mode.
    """
    for name, got in (
        ("pytorch", pytorch.got),
        ("mindspore", mindspore.got),
    ):
        expect.close([0.1, 0.1], got["tensor"], name=name)
    weight = torch.nn.Parameter(torch.zeros(1))
    weight.grad = torch.ones(1)
    optimizer = torch.optim.SGD([weight], lr=torch.tensor([0.1]))
    optimizer.step()
    optimizer.step()
    expect.close(-0.2, weight.item(), name="pytorch_shape_1")
    weight = ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="one"
    )
    optimizer = ms.nn.SGD([weight], ms.Tensor([0.1], ms.float32))
    gradients = (ms.Tensor([1.0], ms.float32),)
    optimizer(gradients)
    expect.raises(
        RuntimeError,
        lambda: optimizer(gradients),
        match=r"range \[0, 1\), but got 1",
        name="second_step",
    )


def schedules_want_floats(pytorch, mindspore):
    """`nn.ExponentialDecayLR` of `mindspore.nn` does not convert an integer
    learning rate: `nn.ExponentialDecayLR(1, ...)` raises a `TypeError`.
    """
    expect.raises(
        TypeError,
        lambda: ms.nn.ExponentialDecayLR(1, 0.5, 4),
        match="must be float",
        name="int_rate",
    )


def list_is_not_checked(pytorch, mindspore):
    """A negative float as the learning rate argument raises a `ValueError` in
    the SGD of both frameworks. For a group's negative `lr`, `mindspore.nn.SGD`
    raises a `ValueError`, but PyTorch's SGD raises no error and the weight
    moves up the gradient. In a list or as a Tensor without dimensions, a
    negative learning rate argument raises no error in `mindspore.nn.SGD`, and
    the weight moves up the gradient; PyTorch's SGD accepts neither.
    """
    for name, got in (
        ("pytorch", pytorch.got),
        ("mindspore_shown", mindspore.got),
    ):
        kind = got["negative"].split(":")[0]
        expect.equal("ValueError", kind, name=name)
    refused = isinstance(pytorch.got["negative in list"], str)
    expect.equal(True, refused, name="pytorch_refuses_list")
    expect.raises(
        ValueError,
        lambda: ms.nn.SGD([mindspore.weight], -0.1),
        match=">= 0",
        name="mindspore",
    )
    rates = mindspore.got["negative in list"]
    expect.close([-0.2, 0.1], rates, name="in_a_list")
    rates = mindspore.attempt(ms.Tensor(-0.1, ms.float32))
    expect.close([-0.1, -0.1], rates, name="tensor")
    kind = pytorch.attempt(torch.tensor(-0.1)).split(":")[0]
    expect.equal(
        "ValueError", kind, name="pytorch_refuses_tensor"
    )
    weight = torch.nn.Parameter(torch.zeros(1))
    weight.grad = torch.ones(1)
    groups = [{"params": [weight], "lr": -0.1}]
    torch.optim.SGD(groups, lr=0.1).step()
    expect.close(0.1, weight.item(), name="pytorch_group")
    groups = [{"params": [mindspore.weight], "lr": -0.1}]
    expect.raises(
        ValueError,
        lambda: ms.nn.SGD(groups, learning_rate=0.1),
        match=">= 0",
        name="mindspore_group",
    )


def experimental_takes_neither(pytorch, mindspore):
    """As its `lr` argument, `mindspore.experimental.optim.SGD` raises a
    `TypeError` for a list of learning rates and for a `LearningRateSchedule`.
    """
    for name, rate in {
        "list": [0.2, 0.1],
        "cell": mindspore.cell,
    }.items():
        expect.raises(
            TypeError,
            lambda rate=rate: optim.SGD([mindspore.weight], rate),
            match="type of 'lr' should be one of",
            name=name,
        )
