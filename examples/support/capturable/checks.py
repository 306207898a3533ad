import inspect

import torch
from crosswalk import expect

DEVICES = ["cpu"]


def refuses_a_cpu(pytorch, mindspore):
    """On CPU, every optimizer of `torch.optim` that has `capturable` can be
    built with `lr=0.1`, `capturable=True` and otherwise default arguments. If
    a parameter has a dense gradient, its step raises an `AssertionError`,
    whose message asks for devices such as `cuda`. With `fused=True` as well,
    `Adam` and `AdamW` run the step.
    """
    del mindspore
    for name, optimizer_class in sorted(
        vars(torch.optim).items()
    ):
        if not inspect.isclass(optimizer_class):
            continue
        if (
            "capturable"
            not in inspect.signature(optimizer_class).parameters
        ):
            continue
        param = torch.nn.Parameter(torch.tensor(pytorch.start))
        param.grad = torch.tensor(pytorch.slope)
        optimizer = optimizer_class(
            [param], lr=0.1, capturable=True
        )
        match = "must be on supported devices: .*cuda"
        expect.raises(
            AssertionError, optimizer.step, match=match, name=name
        )
    for name in ("Adam", "AdamW"):
        param = torch.nn.Parameter(torch.tensor(pytorch.start))
        param.grad = torch.tensor(pytorch.slope)
        optimizer = getattr(torch.optim, name)(
            [param], lr=0.1, capturable=True, fused=True
        )
        optimizer.step()
        expect.apart(
            pytorch.start,
            param,
            at_least=0.03,
            name=f"{name}_fused",
        )


def jit_compiles_the_step(pytorch, mindspore):
    """`mindspore.experimental.optim.Adam` needs no argument to be compiled: in
    a function compiled with `@ms.jit` that takes the gradient as its argument,
    with a learning rate of 0.1, it matches the weights of `torch.optim.Adam`
    after the three steps of the example.
    """
    expect.close(pytorch.weight, mindspore.weight, name="both")
