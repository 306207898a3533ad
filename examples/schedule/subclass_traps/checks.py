import mindspore as ms
from crosswalk import expect
from shared import update_once

FACTORS = [1.0, 0.5, 0.25, 0.1]
RATES = [0.1, 0.05, 0.025, 0.01]


def undefined_name_at_first_step(pytorch, mindspore):
    """If `construct` uses an undefined name, MindSpore in PyNative mode raises
    the `NameError` at the first step of `nn.SGD`, not when you build the
    schedule or the optimizer; PyTorch's `LambdaLR` calls its function, and
    raises, at construction.
    """
    sides = (("pytorch", pytorch), ("mindspore", mindspore))
    for name, side in sides:
        kind = side.undefined.split(":")[0]
        expect.equal("NameError", kind, name=name)
    optimizer = ms.nn.SGD(
        [mindspore.weight], mindspore.Undefined()
    )
    expect.raises(
        NameError,
        lambda: update_once(optimizer),
        match="step_per_epoch",
        name="first_step",
    )


def python_number_raises(pytorch, mindspore):
    """`construct` must return a Tensor: in PyNative mode without `@ms.jit`, a
    Python float, here from `math.cos`, makes `mindspore.nn.SGD` raise an
    `AttributeError` at the first step, but PyTorch's `LambdaLR` accepts it.
    """
    kind = mindspore.python_float.split(":")[0]
    expect.equal("AttributeError", kind, name="shown")
    optimizer = ms.nn.SGD(
        [mindspore.weight], mindspore.PythonFloat()
    )
    expect.raises(
        AttributeError,
        lambda: update_once(optimizer),
        match="reshape",
        name="python_float",
    )
    expect.close(
        pytorch.python_float, mindspore.ops_cos, name="ops_cos"
    )
    expect.apart(
        [0.1] * 4, mindspore.ops_cos, at_least=0.1, name="moves"
    )


def integer_raises(pytorch, mindspore):
    """`global_step` is an int32 Tensor, and in PyNative mode without `@ms.jit`
    an integer learning rate computed from it makes `nn.SGD` raise a
    `TypeError` at the first step; PyTorch accepts an integer factor.
    """
    shown = "element of 'learning_rate'" in mindspore.integer
    expect.equal(True, shown, name="shown")
    optimizer = ms.nn.SGD([mindspore.weight], mindspore.Integer())
    expect.equal(
        "Int32", str(optimizer.global_step.dtype), name="dtype"
    )
    expect.raises(
        TypeError,
        lambda: update_once(optimizer),
        match="learning_rate.*Int32",
        name="integer_rate",
    )
    expect.close(
        [0.0, 0.1, 0.2, 0.3], pytorch.integer, name="pytorch"
    )


def python_runs_once(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `mindspore.nn.SGD` compiles
    `construct` at the first step, and values that Python computed never
    change: `random.random()` is one frozen learning rate, but a new one at
    each step in PyTorch's `LambdaLR`.
    """
    expect.equal(
        ms.PYNATIVE_MODE, ms.get_context("mode"), name="mode"
    )
    expect.equal(
        4, len(set(pytorch.drawn)), name="pytorch_values"
    )
    expect.equal(
        1, len(set(mindspore.drawn)), name="mindspore_values"
    )
    expect.equal(4, len(mindspore.drawn), name="mindspore_steps")


def list_element_is_frozen(pytorch, mindspore):
    """If `construct` of a `LearningRateSchedule` indexes a list of floats with
    `int(global_step)` and multiplies the element by a Tensor, it silently
    keeps the element of the first step: `mindspore.nn.SGD` uses a fixed
    learning rate in PyNative mode, in Graph mode without `@ms.jit` and, for
    batches of one shape, in a step compiled with `@ms.jit` in PyNative mode.
    If the element is first multiplied by a number and then added to a Tensor,
    or with a tuple in place of the list, the learning rates match PyTorch's
    `LambdaLR` with the same list. If it is only multiplied by a number, it
    stays a float, and `mindspore.nn.SGD` raises an `AttributeError` in
    PyNative mode.
    """
    theirs = pytorch.attempt(lambda step: FACTORS[min(step, 3)])
    expect.close(RATES, theirs, name="pytorch")
    for schedule, expected in (
        (_List, [0.1] * 4),
        (_ListTimesNumber, RATES),
        (_Tuple, RATES),
    ):
        name = schedule.__name__.strip("_")
        used = _used(schedule())
        expect.close(expected, used, name=f"{name}_pynative")
        used = _used(schedule(), compiled=True)
        expect.close(expected, used, name=f"{name}_jit")
        ms.set_context(mode=ms.GRAPH_MODE)
        try:
            used = _used(schedule())
        finally:
            ms.set_context(mode=ms.PYNATIVE_MODE)
        expect.close(expected, used, name=f"{name}_graph")
    optimizer = ms.nn.SGD([mindspore.weight], _ListNoTensor())
    expect.raises(
        AttributeError,
        lambda: update_once(optimizer),
        match="reshape",
        name="number_only",
    )


def division_is_true_division(pytorch, mindspore):
    """In `construct`, `/` on `global_step` is true division and `//` rounds
    down, as for Python integers, so you need no cast to float32.
    """
    step = ms.Tensor(7, ms.int32)
    expect.close(1.75, step / 4, name="true_division")
    expect.equal(
        "Float32",
        str((step / 4).dtype),
        name="true_division_dtype",
    )
    expect.close(1, step // 4, name="floor_division")
    expect.equal(
        "Int32",
        str((step // 4).dtype),
        name="floor_division_dtype",
    )
    for schedule, law in (
        (_True, [0.0, 0.25, 0.5, 0.75]),
        (_Floor, [0.0, 0.0, 1.0, 1.0]),
    ):
        name = schedule.__name__.strip("_").lower()
        expect.close(law, _used(schedule()), name=f"{name}_used")


class _List(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def construct(self, global_step):
        rate = ms.Tensor(0.1, ms.float32)
        return rate * FACTORS[int(global_step)]


class _ListTimesNumber(
    ms.nn.learning_rate_schedule.LearningRateSchedule
):
    def construct(self, global_step):
        return 0.1 * FACTORS[int(global_step)] + 0 * global_step


class _ListNoTensor(
    ms.nn.learning_rate_schedule.LearningRateSchedule
):
    def construct(self, global_step):
        return 0.1 * FACTORS[int(global_step)]


class _True(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def construct(self, global_step):
        return global_step / 4


class _Floor(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def construct(self, global_step):
        return 1.0 * (global_step // 2)


class _Tuple(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def construct(self, global_step):
        rate = ms.Tensor(0.1, ms.float32)
        return rate * (1.0, 0.5, 0.25, 0.1)[int(global_step)]


def _used(schedule, compiled=False):
    weight = ms.Parameter(ms.ops.zeros(1), name="weight")
    optimizer = ms.nn.SGD([weight], learning_rate=schedule)

    def step(gradient):
        return optimizer((gradient,))

    step = ms.jit(step) if compiled else step
    rates = []
    for _ in range(4):
        weight.copy_(ms.ops.zeros(1))
        step(ms.ops.ones(1))
        rates.append(0 - weight.item())
    return rates
