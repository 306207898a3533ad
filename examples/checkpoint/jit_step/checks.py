import mindspore as ms
from crosswalk import expect

PLACES = ("nn", "experimental", "mint")


def resumed_run_continues(pytorch, mindspore):
    """With a training step compiled by `mindspore.jit`, a run loaded before
    the compiled step's first call goes on as without the break, and as
    PyTorch's, with `mindspore.nn.SGD`, `mindspore.experimental.optim.SGD` and
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
    """Loaded after the first call of a step compiled by `mindspore.jit`, the
    weights stay those of the file in every later call, without an error, in
    all three places. In PyTorch the run goes on.
    """
    expect.close(
        pytorch.uninterrupted, pytorch.late, name="pytorch"
    )
    for place in PLACES:
        saved = ms.load_checkpoint(f"{place}.ckpt")["weight"]
        expect.close(saved, mindspore.late[place], name=place)
        expect.apart(
            pytorch.uninterrupted,
            mindspore.late[place],
            at_least=0.5,
            name=f"{place}_missing",
        )


def step_compiled_after_the_load_continues(pytorch, mindspore):
    """A step function that is compiled by `mindspore.jit` after the late load
    goes on as without the break, in all three places.
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


def assignment_continues(pytorch, mindspore):
    """Values assigned with `mindspore.ops.assign` after the compiled step's
    first call are in force in all three places, and the run goes on as
    without the break.
    """
    for place in PLACES:
        net, optimizer = mindspore.build(
            mindspore.second, mindspore.places[place]
        )
        step = mindspore.compile_step(net, optimizer)
        mindspore.train(net, step, 1)
        state = ms.load_checkpoint(f"{place}.ckpt")
        for parameter in optimizer.get_parameters():
            ms.ops.assign(parameter, state[parameter.name])
        weight = mindspore.train(net, step, 3)
        expect.close(pytorch.uninterrupted, weight, name=place)
