import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses

RATES = [0.1 * 0.8**step for step in range(6)]
# FTRL refuses a list, and the other two take an optimizer.
WITHOUT_LISTS = {"FTRL", "LARS", "OptTFTWrapper"}


def rate_continues(pytorch, mindspore):
    """Loaded into a new optimizer, the learning rate resumes where it stopped:
    in `torch.optim.SGD` with `ExponentialLR`, whose own `state_dict` is loaded
    too, and in `mindspore.nn.SGD` with `ExponentialDecayLR`, because the
    optimizer's file holds `global_step`.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(
            RATES[3:], side.uninterrupted, name=f"{name}_law"
        )
        expect.close(
            RATES[3:], side.resumed, name=f"{name}_resumed"
        )
    step = ms.load_checkpoint("schedule.ckpt")["global_step"]
    expect.close([3], step.asnumpy().tolist(), name="global_step")


def weights_continue(pytorch, mindspore):
    """With the learning rate restored, the weights of `torch.optim.SGD` with
    `ExponentialLR` and of `mindspore.nn.SGD` with `ExponentialDecayLR` are
    those of the run without a break, and the same in both frameworks.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(
            side.uninterrupted_weight,
            side.resumed_weight,
            name=name,
        )
    expect.close(
        pytorch.resumed_weight,
        mindspore.resumed_weight,
        name="both",
    )


def schedule_restarts_without_the_file(pytorch, mindspore):
    """A run that loads the network alone restarts the schedule at its first
    rate, without an error, in `torch.optim.SGD` with `ExponentialLR` and in
    `mindspore.nn.SGD` with `ExponentialDecayLR`.
    """
    expect.close(RATES[:3], pytorch.restarted, name="pytorch")
    expect.close(RATES[:3], mindspore.restarted, name="mindspore")
    expect.close(
        pytorch.net.weight, mindspore.net.weight, name="weights"
    )


def list_continues(pytorch, mindspore):
    """With a list of rates, a new `mindspore.nn.SGD` with the same list
    resumes at the right element of the list after loading.
    """
    net, optimizer = mindspore.build(RATES)
    mindspore.train(net, optimizer, 3)
    ms.save_checkpoint(optimizer, "list.ckpt")
    net, optimizer = mindspore.build(RATES)
    ms.load_checkpoint("list.ckpt", optimizer)
    resumed = mindspore.train(net, optimizer, 3)
    expect.close(RATES[3:], resumed, name="rates")
    expect.close(
        mindspore.uninterrupted_weight, net.weight, name="weight"
    )


def list_comes_from_the_file(pytorch, mindspore):
    """Loading overwrites a list of rates that was passed to the constructor
    of a `mindspore.nn` optimizer with the list of the file, if both have the
    same length. This was run with every `mindspore.nn` optimizer that takes a
    list.
    """
    for name, cls in _with_lists().items():
        ms.save_checkpoint(_of(cls, RATES), "rates.ckpt")
        optimizer = _of(cls, [0.5] * 6)
        ms.load_checkpoint("rates.ckpt", optimizer)
        rates = optimizer.learning_rate.learning_rate
        expect.close(RATES, rates.asnumpy().tolist(), name=name)


def other_length_is_refused(pytorch, mindspore):
    """A `mindspore.nn` optimizer without groups refuses a file with a
    RuntimeError in three cases: the list of rates in the file has another
    length than its own, the file has a fixed rate and the optimizer a list, or
    the file has a list of two or more rates and the optimizer a fixed rate.
    This was run with every `mindspore.nn` optimizer that takes a list.
    """
    cases = {
        "longer_list": (RATES, [0.1] * 9),
        "shorter_list": (RATES, [0.1] * 3),
        "list_of_one": (RATES, [0.1]),
        "list_of_one_in_the_file": ([0.1], RATES),
        "list_of_fixed": (0.1, RATES),
        "fixed_of_list": (RATES, 0.1),
        "list_of_one_of_fixed": (0.1, [0.1]),
        "fixed_of_list_of_two": ([0.1, 0.2], 0.1),
    }
    for optimizer_name, cls in _with_lists().items():
        for name, (saved, built) in cases.items():
            ms.save_checkpoint(_of(cls, saved), "rates.ckpt")
            optimizer = _of(cls, built)
            expect.raises(
                RuntimeError,
                lambda cell=optimizer: ms.load_checkpoint(
                    "rates.ckpt", cell
                ),
                match="learning_rate in the argument 'net' should have",
                name=f"{optimizer_name}_{name}",
            )


def list_of_one_is_accepted(pytorch, mindspore):
    """A new `mindspore.nn` optimizer with a fixed rate and without groups
    accepts a file with a list of one rate, without an error, and has that rate
    after loading. This was run with every `mindspore.nn` optimizer that takes
    a list.
    """
    for name, cls in _with_lists().items():
        ms.save_checkpoint(_of(cls, [0.3]), "one.ckpt")
        optimizer = _of(cls, 0.1)
        ms.load_checkpoint("one.ckpt", optimizer)
        rate = optimizer.learning_rate.asnumpy()
        expect.close(0.3, rate.item(), name=name)


def refused_file_is_half_loaded(pytorch, mindspore):
    """When `mindspore.nn.SGD` refuses a file because of the length of its
    list of rates, a part is loaded already: `global_step` and the weights
    are those of the file, and the rates still those of the constructor.
    """
    _save(mindspore, RATES, step=3)
    net, optimizer = mindspore.build([0.5] * 9)
    expect.raises(
        RuntimeError,
        lambda: ms.load_checkpoint("rates.ckpt", optimizer),
        match="learning_rate",
    )
    step = optimizer.global_step.asnumpy().tolist()
    expect.close([3], step, name="global_step")
    zeros = np.zeros_like(mindspore.start)
    expect.close(zeros, net.weight, name="weight")
    rates = optimizer.learning_rate.learning_rate
    expect.close(
        [0.5] * 9, rates.asnumpy().tolist(), name="rates"
    )


def longer_list_can_be_used(pytorch, mindspore):
    """Deleting `learning_rate` from what is loaded lets a run of
    `mindspore.nn.SGD` resume with a list of another length, at the element of
    the saved `global_step`, if the list is long enough to have it.
    """
    rates = [*RATES[:3], 0.03, 0.02, 0.01, 0.005, 0.0]
    _save(mindspore, RATES, step=3)
    net, optimizer = mindspore.build(rates)
    state = ms.load_checkpoint("rates.ckpt")
    del state["learning_rate"]
    ms.load_param_into_net(optimizer, state)
    expect.close(
        rates[3:6],
        mindspore.train(net, optimizer, 3),
        name="rates",
    )


def fixed_rate_after_a_schedule(pytorch, mindspore):
    """`mindspore.nn.SGD` with a fixed rate takes the file of one with an
    `ExponentialDecayLR`, keeps its own rate, and `load_param_into_net`
    returns `learning_rate` as not set.
    """
    _, optimizer = mindspore.build(0.03)
    state = ms.load_checkpoint("schedule.ckpt")
    left_out = ms.load_param_into_net(optimizer, state)
    expect.equal(
        (["learning_rate"], []), left_out, name="left_out"
    )
    expect.close(0.03, optimizer.learning_rate, name="rate")


def _save(mindspore, rate, step=0):
    net, optimizer = mindspore.build(rate)
    net.weight.set_data(ms.ops.zeros_like(net.weight))
    optimizer.global_step.set_data(ms.Tensor([step], ms.int32))
    ms.save_checkpoint(optimizer, "rates.ckpt")


def _with_lists():
    classes = subclasses(ms.nn, ms.nn.Optimizer)
    return {
        n: c for n, c in classes.items() if n not in WITHOUT_LISTS
    }


def _of(cls, rate):
    weight = ms.Parameter(ms.Tensor([[1.0, 1.0]]), name="weight")
    if cls is ms.nn.AdaFactor:
        return cls(
            [weight],
            learning_rate=rate,
            scale_parameter=False,
            relative_step=False,
            warmup_init=False,
        )
    momentum = {"momentum": 0.9} if cls is ms.nn.Momentum else {}
    return cls([weight], learning_rate=rate, **momentum)
