import mindspore as ms
import numpy as np
from crosswalk import expect

RATES = [0.1 * 0.8**step for step in range(6)]


def rate_continues(pytorch, mindspore):
    """After loading, the rate goes on where it stopped: in PyTorch because
    the scheduler has a `state_dict` of its own, in `mindspore.nn` with a
    `LearningRateSchedule` because the optimizer's file holds `global_step`.
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
    """With the rate, the weights go on as without the break too, and both
    frameworks reach the same ones.
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
    """A run that loads the network alone starts the schedule again at its
    first rate, in PyTorch and in `mindspore.nn`, without an error.
    """
    expect.close(RATES[:3], pytorch.restarted, name="pytorch")
    expect.close(RATES[:3], mindspore.restarted, name="mindspore")
    expect.close(
        pytorch.net.weight, mindspore.net.weight, name="weights"
    )


def list_continues(pytorch, mindspore):
    """With a list as the rate, `mindspore.nn` goes on at the right element
    too.
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
    same length.
    """
    _save(mindspore, RATES)
    _, optimizer = mindspore.build([0.5] * 6)
    ms.load_checkpoint("rates.ckpt", optimizer)
    rates = optimizer.learning_rate.learning_rate
    expect.close(RATES, rates.asnumpy().tolist(), name="rates")


def other_length_is_refused(pytorch, mindspore):
    """A `mindspore.nn` optimizer refuses a file with a RuntimeError in three
    cases: the list of rates in the file has another length than its own,
    the file has a fixed rate and the optimizer a list, or the file has a
    list and the optimizer a fixed rate.
    """
    cases = {
        "longer_list": (RATES, [0.1] * 9),
        "list_of_fixed": (0.1, RATES),
        "fixed_of_list": (RATES, 0.1),
    }
    for name, (saved, built) in cases.items():
        _save(mindspore, saved)
        _, optimizer = mindspore.build(built)
        expect.raises(
            RuntimeError,
            lambda cell=optimizer: ms.load_checkpoint(
                "rates.ckpt", cell
            ),
            match="learning_rate in the argument 'net' should have the same",
            name=name,
        )


def refused_file_is_half_loaded(pytorch, mindspore):
    """The RuntimeError about the list's length comes in the middle of
    loading: `global_step` and the weights are already those of the file, and
    the rates still those of the constructor.
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
    """Deleting `learning_rate` from what is loaded lets a run go on with a
    list of another length, at the element of the saved `global_step`.
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
    """A `mindspore.nn` optimizer with a fixed rate takes the file of one with
    a `LearningRateSchedule`, keeps its own rate, and `load_param_into_net`
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
