from crosswalk import expect


def reads_back(pytorch, mindspore):
    """In the example, the learning rate reads 0.1 before it is set and 0.01
    after it: in PyTorch from `optimizer.param_groups[0]["lr"]`, and in
    `mindspore.nn.SGD` with one fixed learning rate and no groups from
    `optimizer.learning_rate`.
    """
    expect.close(0.1, pytorch.before, name="pytorch_before")
    expect.close(0.01, pytorch.after, name="pytorch_after")
    expect.close(0.1, mindspore.before, name="mindspore_before")
    expect.close(0.01, mindspore.after, name="mindspore_after")


def reaches_the_update(pytorch, mindspore):
    """With SGD without momentum, weight decay or groups, the next step uses
    the fixed learning rate set with `param_groups[0]["lr"] = 0.01` in PyTorch
    or `optimizer.learning_rate.copy_(Tensor(0.01))` in `mindspore.nn`: the
    weight changes by the new learning rate times the gradient.
    """
    expect.close(_moved(pytorch), pytorch.weight, name="pytorch")
    expect.close(
        _moved(mindspore), mindspore.weight, name="mindspore"
    )
    expect.close(pytorch.weight, mindspore.weight, name="both")


def _moved(side):
    return side.start - 0.01 * side.gradient
