import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses

RATES = [0.1 * 0.8**step for step in range(6)]
# FTRL refuses a list, and the other two take an optimizer.
WITHOUT_LISTS = {"FTRL", "LARS", "OptTFTWrapper"}


def rate_continues(pytorch, mindspore):
    """Loaded into a new optimizer before its first step, the learning rate
    resumes where it stopped: in `torch.optim.SGD` with `ExponentialLR` if you
    also load the scheduler's `state_dict`, and in `mindspore.nn.SGD` with
    `ExponentialDecayLR` because the optimizer's file holds `global_step`.
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
    """With the learning rate restored and momentum 0.9, `torch.optim.SGD` with
    `ExponentialLR` and, in PyNative mode, `mindspore.nn.SGD` with
    `ExponentialDecayLR` match the weights of the uninterrupted run, and the
    two frameworks match each other.
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
    """If you load only the network, the schedule restarts at its first
    learning rate, without an error, in `torch.optim.SGD` with `ExponentialLR`
    and in `mindspore.nn.SGD` with `ExponentialDecayLR`.
    """
    expect.close(RATES[:3], pytorch.restarted, name="pytorch")
    expect.close(RATES[:3], mindspore.restarted, name="mindspore")
    expect.close(
        pytorch.net.weight, mindspore.net.weight, name="weights"
    )


def list_continues(pytorch, mindspore):
    """Saved after three of six steps, a new `mindspore.nn.SGD` with the same
    list of six learning rates resumes at the right element of the list after
    loading.
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
    """If both lists have the same length, loading overwrites the list of
    learning rates that the constructor of a `mindspore.nn` optimizer without
    groups got with the list of the file. This was run with every
    `mindspore.nn` optimizer that takes a list.
    """
    for name, cls in _with_lists().items():
        ms.save_checkpoint(_of(cls, RATES), "rates.ckpt")
        optimizer = _of(cls, [0.5] * 6)
        ms.load_checkpoint("rates.ckpt", optimizer)
        rates = optimizer.learning_rate.learning_rate
        expect.close(RATES, rates.asnumpy().tolist(), name=name)


def other_length_is_refused(pytorch, mindspore):
    """Loading a file into a `mindspore.nn` optimizer without groups raises a
    `RuntimeError` in three cases: the lists of learning rates of the file and
    of the optimizer differ in length, the file has a fixed learning rate and
    the optimizer a list, or the file has a list of two or more and the
    optimizer a fixed learning rate. This was run with every `mindspore.nn`
    optimizer that takes a list.
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
    """A new `mindspore.nn` optimizer with a fixed learning rate and without
    groups loads a file with a list of one learning rate without an error, and
    then has that learning rate. This was run with every `mindspore.nn`
    optimizer that takes a list.
    """
    for name, cls in _with_lists().items():
        ms.save_checkpoint(_of(cls, [0.3]), "one.ckpt")
        optimizer = _of(cls, 0.1)
        ms.load_checkpoint("one.ckpt", optimizer)
        rate = optimizer.learning_rate.asnumpy()
        expect.close(0.3, rate.item(), name=name)


def refused_file_is_half_loaded(pytorch, mindspore):
    """When `mindspore.nn.SGD` without groups raises an error because of the
    length of its list of learning rates, a part of the file is already loaded:
    `global_step` and the weights come from the file, but the learning rates
    are still the constructor's.
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
    """If you delete `learning_rate` from what you load, a run of
    `mindspore.nn.SGD` resumes with a list of a different length, at the
    element of the saved `global_step`, provided that the list has this
    element.
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
    """A `mindspore.nn.SGD` with a fixed learning rate loads the file of one
    with an `ExponentialDecayLR` and keeps its own learning rate;
    `load_param_into_net` returns `learning_rate` as not set.
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
