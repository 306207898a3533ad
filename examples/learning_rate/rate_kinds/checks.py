import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses

RATES = [0.1, 0.05, 0.025]


def torch_keeps_what_it_gets(pytorch, mindspore):
    """PyTorch keeps the learning rate in `optimizer.param_groups[0]["lr"]` in
    the type that it was given in: a float as a float, a Tensor as a Tensor.
    """
    rate = pytorch.fixed.param_groups[0]["lr"]
    expect.equal(0.1, rate, name="fixed_rate")
    expect.equal("float", type(rate).__name__, name="fixed")
    rate = pytorch.as_tensor.param_groups[0]["lr"]
    expect.close(0.1, rate, name="as_tensor_rate")
    expect.equal("Tensor", type(rate).__name__, name="as_tensor")


def nn_fixed_is_parameter(pytorch, mindspore):
    """Without groups, a fixed learning rate of `mindspore.nn.SGD` is a float32
    Parameter without dimensions, named `learning_rate`.
    """
    rate = mindspore.fixed.learning_rate
    _describe(rate, "learning_rate", ())
    expect.close(0.1, rate, name="rate")


def nn_fixed_from_any_number(pytorch, mindspore):
    """Without groups, a fixed learning rate of `mindspore.nn.SGD` is float32,
    whether it was given as an int, a float, or a float16 or float64 Tensor
    without dimensions.
    """
    for value in (1, 1.0, *_tensors(1.0)):
        optimizer = ms.nn.SGD(
            [mindspore.weight], learning_rate=value
        )
        found = str(optimizer.learning_rate.dtype)
        expect.equal("Float32", found, name="dtype")


def nn_rate_is_in_the_optimizer(pytorch, mindspore):
    """A fixed learning rate or a list of learning rates is a Parameter of
    `mindspore.nn.SGD`, which is a Cell, and not of the network that the
    optimizer trains.
    """
    for kind, rate in {"fixed": 0.1, "list": [0.1, 0.05]}.items():
        net = ms.nn.Dense(3, 1)
        optimizer = ms.nn.SGD(
            net.trainable_params(), learning_rate=rate
        )
        is_cell = isinstance(optimizer, ms.nn.Cell)
        expect.equal(True, is_cell, name=f"{kind}_is_cell")
        inside = "learning_rate" in optimizer.parameters_dict()
        expect.equal(True, inside, name=f"{kind}_in_optimizer")
        inside = "learning_rate" in net.parameters_dict()
        expect.equal(False, inside, name=f"{kind}_in_network")


def all_nn_optimizers(pytorch, mindspore):
    """Built without groups, all optimizers of `mindspore.nn` except the
    wrappers `LARS` and `OptTFTWrapper` keep a fixed learning rate as one
    float32 Parameter named `learning_rate`, which `get_lr()` returns. They
    have no `param_groups`. `AdaFactor` needs `relative_step=False`.
    """
    kinds = subclasses(ms.nn, ms.nn.Optimizer)
    for name in sorted({*kinds} - {"LARS", "OptTFTWrapper"}):
        more = {
            "Momentum": {"momentum": 0.9},
            "AdaFactor": {"relative_step": False},
        }.get(name, {})
        optimizer = kinds[name](
            [mindspore.weight], learning_rate=0.1, **more
        )
        rate = optimizer.learning_rate
        _describe(rate, "learning_rate", ())
        expect.close(0.1, rate, name=name)
        same = optimizer.get_lr() is rate
        expect.equal(True, same, name=f"{name}_get_lr")
        groups = hasattr(optimizer, "param_groups")
        expect.equal(False, groups, name=f"{name}_groups")


def nn_list_is_parameter(pytorch, mindspore):
    """Without groups, `mindspore.nn.SGD` keeps a list of learning rates as one
    float32 Parameter as long as the list, named `learning_rate`.
    """
    listed = mindspore.listed
    kept = listed.parameters_dict()["learning_rate"]
    _describe(kept, "learning_rate", (3,))
    expect.close(RATES, list(kept), name="entries")
    found = listed.get_lr_parameter(mindspore.weight)
    expect.equal(True, found is kept, name="get_lr_parameter")


def nn_list_attribute_is_a_cell(pytorch, mindspore):
    """With a list of learning rates and no groups, `optimizer.learning_rate`
    of `mindspore.nn.SGD` is a `LearningRateSchedule` that wraps the Parameter:
    it has neither `data` nor `asnumpy`.
    """
    found = mindspore.listed.learning_rate
    kind = ms.nn.learning_rate_schedule.LearningRateSchedule
    expect.equal(
        True, isinstance(found, kind), name="is_schedule"
    )
    expect.equal(False, hasattr(found, "data"), name="data")
    expect.equal(False, hasattr(found, "asnumpy"), name="asnumpy")


def nn_schedule_is_no_parameter(pytorch, mindspore):
    """With a `LearningRateSchedule` and no groups, `optimizer.learning_rate`
    of `mindspore.nn.SGD` is the Cell that was passed, and the optimizer has no
    Parameter named `learning_rate`: it computes the learning rate at each
    update.
    """
    computed = mindspore.computed
    same = computed.learning_rate is mindspore.schedule
    expect.equal(True, same, name="same_cell")
    inside = "learning_rate" in computed.parameters_dict()
    expect.equal(False, inside, name="parameter")
    steps = [ms.Tensor(step, ms.int32) for step in (0, 1)]
    rates = [mindspore.schedule(step) for step in steps]
    expect.close([0.1, 0.05], rates, name="rates")


def nn_global_step(pytorch, mindspore):
    """`global_step` of `mindspore.nn.SGD` is an int32 Parameter of shape
    `(1,)` that starts at 0 and grows by one at each update.
    """
    step = mindspore.listed.global_step
    expect.equal("Int32", str(step.dtype), name="dtype")
    expect.equal((1,), step.shape, name="shape")
    values = [step.asnumpy().item()]
    for _ in range(2):
        mindspore.listed((mindspore.gradient,))
        values.append(step.asnumpy().item())
    expect.equal([0, 1, 2], values, name="values")


def list_runs_out(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`, the step after the last entry
    of the list raises `RuntimeError` in `mindspore.nn.SGD` without groups. In
    PyTorch, a `LambdaLR` that indexes the list raises `IndexError` at the
    `scheduler.step()` that needs the missing entry.
    """
    pytorch.weight.grad = pytorch.gradient
    rates = pytorch.scheduler.get_last_lr()
    for _ in range(2):
        pytorch.listed.step()
        pytorch.scheduler.step()
        rates += pytorch.scheduler.get_last_lr()
    expect.close(RATES, rates, name="pytorch_rates")
    expect.raises(
        IndexError,
        pytorch.scheduler.step,
        match="list index out of range",
        name="pytorch",
    )
    optimizer = ms.nn.SGD(
        [mindspore.weight], learning_rate=[0.1, 0.05]
    )
    for _ in range(2):
        optimizer((mindspore.gradient,))
    expect.raises(
        RuntimeError,
        lambda: optimizer((mindspore.gradient,)),
        match=r"should be in the range \[0, 2\), but got 2",
        name="mindspore",
    )


def _describe(rate, name, shape):
    expect.equal("Parameter", type(rate).__name__, name="type")
    expect.equal("Float32", str(rate.dtype), name="dtype")
    expect.equal(shape, rate.shape, name="shape")
    expect.equal(name, rate.name, name="name")


def _tensors(value):
    return [
        ms.Tensor(np.array(value, kind)) for kind in ("f2", "f8")
    ]
