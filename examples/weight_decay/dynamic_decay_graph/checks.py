import mindspore as ms
from crosswalk import expect


def cell_works(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, after four steps on a dense layer,
    `mindspore.nn.Momentum` with a `Cell` that halves the weight decay, from
    0.2, at each step and a momentum of 0.9 matches `torch.optim.SGD`, whose
    loop halves it after each step, with the same momentum.
    """
    expect.close(
        pytorch.changing, mindspore.changing, name="weights"
    )
    expect.apart(
        pytorch.constant,
        mindspore.changing,
        at_least=0.05,
        name="constant",
    )


def group_value_is_ignored(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, halving
    `param_groups[0]["weight_decay"]`, at first 0.2, of
    `mindspore.experimental.optim.SGD` with momentum 0.9 after each of four
    steps has no effect and raises no error, as long as the optimizer is not
    compiled again: the weights match a constant weight decay, although the
    group then reads 0.0125.
    """
    group = mindspore.optimizer.param_groups[0]
    expect.close(0.0125, group["weight_decay"], name="reads")
    expect.close(
        pytorch.constant, mindspore.constant, name="constant"
    )
    expect.apart(
        pytorch.changing,
        mindspore.constant,
        at_least=0.05,
        name="changing",
    )


def runs_in_graph_mode(pytorch, mindspore):
    """The MindSpore side of this comparison runs in Graph mode: after it, the
    execution mode is still `ms.GRAPH_MODE`.
    """
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )
