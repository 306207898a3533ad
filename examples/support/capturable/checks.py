import inspect

import torch
from crosswalk import expect

DEVICES = ["cpu"]


def refuses_a_cpu(pytorch, mindspore):
    """On CPU the step of every optimizer of `torch.optim` built with
    `capturable=True` raises `AssertionError`, because its parameters must be
    on a device that records graphs; building it raises nothing.
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


def jit_compiles_the_step(pytorch, mindspore):
    """`mindspore.experimental.optim.Adam` needs no argument to be compiled:
    called inside a function compiled with `@ms.jit`, it gives after three
    steps the weights that `torch.optim.Adam` gives.
    """
    expect.close(pytorch.weight, mindspore.weight, name="both")
