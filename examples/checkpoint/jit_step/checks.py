import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore.experimental import optim as experimental
from mindspore.mint import optim as mint

PLACES = ("nn", "experimental", "mint")
_runs = {}


def resumed_run_continues(pytorch, mindspore):
    """With a training step compiled with `@ms.jit` in PyNative mode, a fixed
    learning rate and `momentum=0.9`, a run resumes if you load before the
    first call of the compiled step, and its weights match `torch.optim.SGD`.
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


def late_load_freezes(pytorch, mindspore):
    """In PyNative mode, loading a file after the first call of a step that is
    compiled with `@ms.jit` and takes no arguments stops the training of a
    dense layer without an error. `SGD` with `momentum=0.9` and `Adam` of
    `mindspore.nn`, `mindspore.experimental.optim` and `mindspore.mint.optim`
    no longer update the weights. With `torch.optim.SGD` the run resumes.
    """
    expect.close(
        pytorch.uninterrupted, pytorch.late, name="pytorch"
    )
    for place in PLACES:
        state = ms.load_checkpoint(f"{place}.ckpt")
        saved = [state[n].asnumpy() for n in ("weight", "bias")]
        expect.close(
            np.append(*saved),
            mindspore.late[place],
            tolerance=0,
            name=place,
        )
        expect.apart(
            pytorch.uninterrupted,
            mindspore.late[place],
            at_least=0.5,
            name=f"{place}_missing",
        )
        run = _adam(mindspore, place)
        expect.apart(
            run["saved"],
            run["uninterrupted"],
            at_least=0.1,
            name=f"{place}_adam_moves",
        )
        expect.close(
            run["saved"],
            run["late"],
            tolerance=0,
            name=f"{place}_adam",
        )


def step_compiled_after_the_load_continues(pytorch, mindspore):
    """In PyNative mode, if you call `value_and_grad` again and compile a new
    step function with `@ms.jit` after loading the file, the run resumes from
    the file at its fixed learning rate, with `SGD` with `momentum=0.9` and
    `Adam` of `mindspore.nn`, `mindspore.experimental.optim` and
    `mindspore.mint.optim`.
    """
    for place in PLACES:
        net, optimizer = mindspore.build(
            mindspore.second, mindspore.places[place]
        )
        before = mindspore.train(
            net, mindspore.compile_step(net, optimizer), 1
        )
        expect.close(
            pytorch.before_load, before, name=f"{place}_before"
        )
        ms.load_checkpoint(f"{place}.ckpt", optimizer)
        step = mindspore.compile_step(net, optimizer)
        weight = mindspore.train(net, step, 3)
        expect.close(pytorch.uninterrupted, weight, name=place)
        run = _adam(mindspore, place)
        expect.close(
            run["uninterrupted"],
            run["compiled_again"],
            name=f"{place}_adam",
        )


def assignment_continues(pytorch, mindspore):
    """In PyNative mode, values assigned with `copy_` to every parameter of the
    optimizer after the first call of a step compiled with `@ms.jit` take
    effect, and the run resumes at its fixed learning rate. This holds for
    `SGD` with `momentum=0.9` and `Adam` of `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    for place in PLACES:
        net, optimizer = mindspore.build(
            mindspore.second, mindspore.places[place]
        )
        step = mindspore.compile_step(net, optimizer)
        mindspore.train(net, step, 1)
        state = ms.load_checkpoint(f"{place}.ckpt")
        for parameter in optimizer.get_parameters():
            parameter.copy_(state[parameter.name])
        weight = mindspore.train(net, step, 3)
        expect.close(pytorch.uninterrupted, weight, name=place)
        run = _adam(mindspore, place)
        expect.close(
            run["uninterrupted"],
            run["assigned"],
            name=f"{place}_adam",
        )


def _adam(side, place):
    """Train, save, train on, assign the file, train, load it, train."""
    if place in _runs:
        return _runs[place]
    module = {"nn": ms.nn, "experimental": experimental}
    cls = module.get(place, mint).Adam
    net = side.build(side.first, side.places["nn"])[0]
    optimizer = cls(net.trainable_params(), 0.1)
    step = side.compile_step(net, optimizer)
    run = {"saved": side.train(net, step, 3)}
    ms.save_checkpoint(optimizer, "adam.ckpt")
    run["uninterrupted"] = side.train(net, step, 3)
    state = ms.load_checkpoint("adam.ckpt")
    for parameter in optimizer.get_parameters():
        parameter.copy_(state[parameter.name])
    run["assigned"] = side.train(net, step, 3)
    ms.load_checkpoint("adam.ckpt", optimizer)
    run["late"] = side.train(net, step, 3)
    ms.load_checkpoint("adam.ckpt", optimizer)
    step = side.compile_step(net, optimizer)
    run["compiled_again"] = side.train(net, step, 3)
    _runs[place] = run
    return run
