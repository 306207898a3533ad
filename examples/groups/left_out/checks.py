import mindspore as ms
from crosswalk import expect


def left_out_stays(pytorch, mindspore):
    """A parameter in no group keeps its value: it gets neither its gradient
    nor weight decay, and no error or warning, in PyTorch and in
    `mindspore.nn`.
    """
    for name in ("body.weight", "body.bias"):
        for side in (pytorch, mindspore):
            which = "pytorch" if side is pytorch else "mindspore"
            record = f"{which}_{name.replace('.', '_')}"
            old, new = side.start[name], side.weights[name]
            expect.close(old, new, tolerance=0, name=record)


def union_is_updated(pytorch, mindspore):
    """What is updated is the union of the groups: two groups of one parameter
    each, which have no parameter in common, are both updated, to the same
    weights in PyTorch and `mindspore.nn`.
    """
    names = [
        param.name for param in mindspore.optimizer.parameters
    ]
    expect.equal(
        ["head.weight", "head.bias"], names, name="updated"
    )
    groups = pytorch.optimizer.param_groups
    shared = {id(p) for p in groups[0]["params"]}
    shared &= {id(p) for p in groups[1]["params"]}
    expect.equal(0, len(shared), name="intersection")
    for name in names:
        old, new = mindspore.start[name], mindspore.weights[name]
        record = name.replace(".", "_")
        expect.apart(old, new, at_least=0.01, name=record)
    expect.close(pytorch.weights, mindspore.weights, name="both")


def one_gradient_per_parameter(pytorch, mindspore):
    """The optimizer of `mindspore.nn` wants exactly one gradient per grouped
    parameter: with gradients of all parameters of the network the step
    raises `RuntimeError`. Ask `value_and_grad` for the gradients of
    `optimizer.parameters`.
    """
    del pytorch
    everything = mindspore.net.trainable_params()
    gradients = tuple(
        ms.ops.zeros_like(param) for param in everything
    )
    expect.raises(
        RuntimeError,
        lambda: mindspore.optimizer(gradients),
        match="length",
        name="step",
    )


def order_params_must_agree(pytorch, mindspore):
    """`order_params` with all trainable parameters raises `ValueError` in
    `mindspore.nn` while some of them are in no group.
    """
    del pytorch
    head = mindspore.net.head
    groups = [
        {"params": [head.weight, head.bias]},
        {"order_params": mindspore.net.trainable_params()},
    ]
    expect.raises(
        ValueError,
        lambda: ms.nn.SGD(groups, 0.1),
        match="length of order parameters",
        name="order_params",
    )
