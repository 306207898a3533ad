import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore.experimental import optim as experimental
from mindspore.mint import optim as mint

PLACES = ("nn", "experimental", "mint")


def graph_mode_is_on(pytorch, mindspore):
    """The MindSpore code of this comparison runs in Graph mode."""
    expect.equal(
        ms.GRAPH_MODE, ms.get_context("mode"), name="mode"
    )


def resumed_run_continues(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, a run with a fixed learning rate and
    `momentum=0.9` that is saved, and loaded into a new optimizer before its
    first step, matches the weights of the uninterrupted run and of PyTorch.
    This holds for `mindspore.nn.SGD`, `mindspore.experimental.optim.SGD` and
    `mindspore.mint.optim.SGD`.
    """
    expect.close(
        pytorch.uninterrupted, pytorch.resumed, name="pytorch"
    )
    for place in PLACES:
        uninterrupted = mindspore.uninterrupted[place]
        expect.close(
            pytorch.uninterrupted,
            uninterrupted,
            name=f"{place}_run",
        )
        expect.close(
            uninterrupted, mindspore.resumed[place], name=place
        )


def adam_continues_too(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, a run at a fixed learning rate with the
    `Adam` of `mindspore.nn`, `mindspore.experimental.optim` or
    `mindspore.mint.optim` that is saved, and loaded into a new optimizer with
    the same arguments before its first step, ends with the weights of the
    uninterrupted run.
    """
    modules = {
        "nn": ms.nn,
        "experimental": experimental,
        "mint": mint,
    }
    for place, module in modules.items():
        net, optimizer = _with_adam(
            mindspore, mindspore.first, module
        )
        step = mindspore.make_step(net, optimizer)
        before = mindspore.train(net, step, 3)
        ms.save_checkpoint(optimizer, "adam.ckpt")
        uninterrupted = mindspore.train(net, step, 3)

        net, optimizer = _with_adam(
            mindspore, mindspore.second, module
        )
        ms.load_checkpoint("adam.ckpt", optimizer)
        step = mindspore.make_step(net, optimizer)
        resumed = mindspore.train(net, step, 3)
        expect.close(uninterrupted, resumed, name=place)
        expect.apart(
            before, resumed, at_least=0.1, name=f"{place}_moves"
        )


def late_load_goes_wrong(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, with `momentum=0.9`, batches of one
    shape and the same function from `value_and_grad`, loading a file after the
    first step leads to wrong weights without an error, in `mindspore.nn.SGD`,
    `mindspore.experimental.optim.SGD` and `mindspore.mint.optim.SGD`. With
    `torch.optim.SGD` the run resumes.
    """
    expect.close(
        pytorch.uninterrupted, pytorch.late, name="pytorch"
    )
    for place in PLACES:
        expect.apart(
            pytorch.uninterrupted,
            mindspore.late[place],
            at_least=0.1,
            name=place,
        )


def late_load_uses_a_stale_gradient(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, if you load a file into
    `mindspore.nn.SGD` or `mindspore.experimental.optim.SGD` after the first
    step, the optimizer continues from the weights and the momentum of the
    file. Unless you call `value_and_grad` again, every later step with a batch
    of the same shape uses the gradient of the weights from before the loading.
    """
    saved, momentum = _from_zero(mindspore, mindspore.first, 3)
    stale, _ = _from_zero(mindspore, mindspore.second, 1)
    expect.close(pytorch.before_load, stale[0], name="before")
    weights, _ = _steps(
        mindspore, saved, momentum, 3, gradient_at=stale
    )
    for place in ("nn", "experimental"):
        expect.close(
            weights[0], mindspore.late[place], name=place
        )


def late_load_freezes_a_compiled_step(pytorch, mindspore):
    """In Graph mode, with `momentum=0.9`, loading a file after the first call
    of a step that is compiled with `@ms.jit` and takes no arguments stops the
    training without an error: three calls later, the weights still equal those
    in the file. This holds for `mindspore.nn.SGD`,
    `mindspore.experimental.optim.SGD` and `mindspore.mint.optim.SGD`.
    """
    for place in PLACES:
        net, optimizer = mindspore.build(
            mindspore.second, mindspore.places[place]
        )
        step = ms.jit(mindspore.make_step(net, optimizer))
        mindspore.train(net, step, 1)
        ms.load_checkpoint(f"{place}.ckpt", optimizer)
        weight = mindspore.train(net, step, 3)
        state = ms.load_checkpoint(f"{place}.ckpt")
        saved = [state[n].asnumpy() for n in ("weight", "bias")]
        expect.close(
            np.append(*saved), weight, tolerance=0, name=place
        )
        expect.apart(
            pytorch.uninterrupted,
            weight,
            at_least=0.1,
            name=f"{place}_missing",
        )


def new_gradient_function_helps(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, at a fixed learning rate with
    `momentum=0.9`, loading after the first step works with `mindspore.nn.SGD`
    and `mindspore.experimental.optim.SGD` if you call `value_and_grad` again
    after it. `mindspore.mint.optim.SGD` still goes wrong, because it continues
    with the momentum from before the loading.
    """
    for place in PLACES:
        net, optimizer = mindspore.build(
            mindspore.second, mindspore.places[place]
        )
        mindspore.train(
            net, mindspore.make_step(net, optimizer), 1
        )
        ms.load_checkpoint(f"{place}.ckpt", optimizer)
        step = mindspore.make_step(net, optimizer)
        weight = mindspore.train(net, step, 3)
        expected = pytorch.uninterrupted
        if place == "mint":
            expected = _with_stale_momentum(mindspore)
            expect.apart(
                pytorch.uninterrupted,
                weight,
                at_least=0.1,
                name="off",
            )
        expect.close(expected, weight, name=place)


def assignment_continues(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, with `momentum=0.9`, values assigned
    with `copy_` to every parameter of the optimizer after the first step take
    effect, and the run resumes at its fixed learning rate, with
    `mindspore.nn.SGD`, `mindspore.experimental.optim.SGD` and
    `mindspore.mint.optim.SGD`.
    """
    for place in PLACES:
        net, optimizer = mindspore.build(
            mindspore.second, mindspore.places[place]
        )
        step = mindspore.make_step(net, optimizer)
        mindspore.train(net, step, 1)
        state = ms.load_checkpoint(f"{place}.ckpt")
        for parameter in optimizer.get_parameters():
            parameter.copy_(state[parameter.name])
        weight = mindspore.train(net, step, 3)
        expect.close(pytorch.uninterrupted, weight, name=place)


def _with_adam(side, start, module):
    net, _ = side.build(start, side.places["nn"])
    return net, module.Adam(net.trainable_params(), 0.1)


def _with_stale_momentum(side):
    saved, _ = _from_zero(side, side.first, 3)
    _, momentum = _from_zero(side, side.second, 1)
    return _steps(side, saved, momentum, 3)[0][0]


def _from_zero(side, start, steps):
    weight = np.append(start, [[0]], axis=1)
    return _steps(side, weight, np.zeros_like(weight), steps)


def _steps(side, weight, momentum, steps, gradient_at=None):
    x, y = side.x.asnumpy(), side.y.asnumpy()
    x = np.append(x, np.ones_like(y), axis=1)
    for _ in range(steps):
        at = weight if gradient_at is None else gradient_at
        gradient = 2 * ((x @ at.T - y) * x).mean(0, keepdims=True)
        momentum = np.float32(0.9) * momentum + gradient
        weight = weight - np.float32(0.1) * momentum
    return weight, momentum
