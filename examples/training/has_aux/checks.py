import mindspore as ms
import torch
from crosswalk import expect


def same_gradient(pytorch, mindspore):
    """With `has_aux=True` and Tensors as outputs, `ms.value_and_grad`
    differentiates only the first output and returns the others alongside:
    gradient, loss and output match PyTorch's `loss.backward()`.
    """
    expect.close(
        pytorch.gradient, mindspore.gradient, name="gradient"
    )
    expect.close(pytorch.loss, mindspore.loss, name="loss")
    expect.close(pytorch.output, mindspore.output, name="output")


def without_it_outputs_add_up(pytorch, mindspore):
    """Without `has_aux=True`, `ms.value_and_grad` treats a function that
    returns `loss, output`, where `output` is the float output of the network,
    as if it returned `loss + output.sum()`: the gradient is wrong for the
    loss, and no error is raised. A second float output is added as well; the
    integers that `argmax` returns have no effect.
    """
    both = mindspore.gradient_of_both
    expect.close(
        pytorch.gradient_of_both, both, name="sum_of_outputs"
    )
    expect.apart(
        pytorch.gradient,
        both,
        at_least=0.1,
        name="wrong_gradient",
    )
    alone = pytorch.gradient
    for name, more, expected in (
        ("two_outputs", lambda out: (out, out), 2 * both - alone),
        ("integers", lambda out: (out.argmax(),), alone),
    ):

        def forward_fn(x, y, more=more):
            output = mindspore.model(x)
            return mindspore.loss_fn(output, y), *more(output)

        grad_fn = ms.value_and_grad(
            forward_fn, None, mindspore.weights
        )
        _, grads = grad_fn(mindspore.x, mindspore.y)
        expect.close(expected, grads[0], name=name)


def vector_loss_is_summed(pytorch, mindspore):
    """For a loss with more than one element, PyTorch's `backward()` without an
    argument raises `RuntimeError`, whereas `ms.value_and_grad` differentiates
    the sum of the elements. Its gradient is the gradient of the mean times the
    number of elements, which is the batch size if there is one loss per
    sample.
    """
    model, x, y = pytorch.model, pytorch.x, pytorch.y
    expect.raises(
        RuntimeError,
        lambda: torch.square(model(x) - y).backward(),
        match="only for scalar outputs",
        name="pytorch",
    )
    grad_fn = ms.value_and_grad(
        lambda x, y: ms.ops.square(mindspore.model(x) - y),
        None,
        mindspore.weights,
    )
    _, grads = grad_fn(mindspore.x, mindspore.y)
    expect.close(
        len(x) * pytorch.gradient, grads[0], name="mindspore_sum"
    )
    net = ms.nn.Dense(3, 2)
    vector, mean = (
        ms.value_and_grad(
            lambda x, part=part: part(net(x).square()),
            None,
            [net.weight],
        )(mindspore.x)[1][0]
        for part in (lambda loss: loss, lambda loss: loss.mean())
    )
    expect.close(
        2 * len(x) * mean, vector, name="mindspore_two_outputs"
    )
    one = torch.ones(1, requires_grad=True)
    (3 * one).backward()
    expect.close(3.0, one.grad.item(), name="pytorch_one_element")


def weights_decide_what_comes_back(pytorch, mindspore):
    """With `grad_position=None` and a list of `weights`, `ms.value_and_grad`
    returns a tuple with one gradient per weight, in the order of `weights`;
    with the default `grad_position=0` and no `weights` it returns the gradient
    of the first input.
    """
    expect.equal(
        "tuple", type(mindspore.grads).__name__, name="type"
    )
    shapes = [tuple(grad.shape) for grad in mindspore.grads]
    expect.equal([(1, 3)], shapes, name="shapes_of_weights")
    net = ms.nn.Dense(3, 1)
    for weights in (
        [net.weight, net.bias],
        [net.bias, net.weight],
    ):
        grad_fn = ms.value_and_grad(
            lambda x: net(x).sum(), None, weights
        )
        shapes = [
            tuple(grad.shape) for grad in grad_fn(mindspore.x)[1]
        ]
        expected = [tuple(weight.shape) for weight in weights]
        name = f"{weights[0].name}_first"
        expect.equal(expected, shapes, name=name)
    grad_fn = ms.value_and_grad(
        mindspore.forward_fn, has_aux=True
    )
    _, grad = grad_fn(mindspore.x, mindspore.y)
    expect.equal((8, 3), tuple(grad.shape), name="shape_of_input")


def same_in_graph_mode(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, for a function that returns `loss,
    output`, where `output` is the float output of the network,
    `ms.value_and_grad` returns the gradient of the loss with `has_aux=True`,
    and the gradient of `loss + output.sum()` without it.
    """
    ms.set_context(mode=ms.GRAPH_MODE)
    try:
        for name, has_aux, gradient in (
            ("with_aux", True, pytorch.gradient),
            ("without_aux", False, pytorch.gradient_of_both),
        ):
            grad_fn = ms.value_and_grad(
                mindspore.forward_fn,
                None,
                mindspore.weights,
                has_aux=has_aux,
            )
            _, grads = grad_fn(mindspore.x, mindspore.y)
            expect.close(gradient, grads[0], name=name)
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)
