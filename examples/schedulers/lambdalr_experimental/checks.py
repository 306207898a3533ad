import inspect
import math
import warnings

from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `LambdaLR`, with the two
    groups of the example and the functions `0.95**epoch` and `1 / (1 +
    epoch)`, matches the weights of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """With the two groups of the example and the functions `0.95**epoch` and
    `1 / (1 + epoch)`, `LambdaLR` of `mindspore.experimental.optim` matches the
    learning rates of PyTorch after each of 40 steps, to within 1e-6 of the
    largest one.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `LambdaLR` of `mindspore.experimental.optim` matches the learning rates of
    PyTorch over 10 steps from a base of 0.1, to within 5e-6 of the largest, if
    the function is written with `def` and is `0.9**epoch`, `(1 + epoch) **
    -0.5` or `0.5 ** (epoch // 3)`, or chooses between two floats by `epoch ==
    2 or epoch > 5` or by `int(epoch) in (2, 4)`. A `lambda` in a call of
    `LambdaLR` or `MultiplicativeLR` on a single line, and a `lambda` followed
    by a comma in the call of `CyclicLR`, raise a `TypeError` there. So does
    `0.5 if epoch > 3 else 1`, which chooses between a float and an `int`,
    given to any of the three.
    """
    for function in (
        _power,
        _root,
        _stairs,
        _compared,
        _int_member,
    ):
        theirs, ours = (
            _rates(side, "LambdaLR", function, jit=True)
            for side in (pytorch, mindspore)
        )
        name = function.__name__.strip("_")
        level = [0.1] * 11
        expect.apart(
            level, theirs, at_least=0.1, name=f"{name}_moves"
        )
        expect.close(theirs, ours, tolerance=5e-6, name=name)
    for name, mode in _taking_a_function(mindspore):
        for function, match in (
            (None, "Parse Lambda Function Fail"),
            (_float_or_int, "Data type conversion"),
        ):
            expect.raises(
                TypeError,
                lambda name=name, mode=mode, function=function: (
                    _rates(mindspore, name, function, True, mode)
                ),
                match=match,
                name=f"{_case(name, mode)}_{match.split()[0]}",
            )


def membership_is_false_when_compiled(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `epoch in
    (2, 4)` is always false, without an error, in the function given to
    `LambdaLR`, to `MultiplicativeLR` or, in both scale modes, to `CyclicLR` as
    `scale_fn`, so the learning rates differ from PyTorch. They match with
    `int(epoch) in (2, 4)`, and both forms match if `step()` is not compiled.
    """
    for name, mode in _taking_a_function(mindspore):
        theirs = _rates(pytorch, name, _member, mode=mode)
        never = _rates(pytorch, name, _one, mode=mode)
        for function, jit, expected in (
            (_member, True, never),
            (_int_member, True, theirs),
            (_member, False, theirs),
            (_int_member, False, theirs),
        ):
            ours = _rates(mindspore, name, function, jit, mode)
            case = _case(name, mode) + function.__name__
            case += "_compiled" if jit else ""
            expect.close(expected, ours, name=case)
        case = _case(name, mode)
        expect.apart(
            theirs, never, at_least=0.3, name=f"{case}_apart"
        )


def math_raises_when_compiled(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`,
    `math.cos(epoch)` and a list indexed with `min(int(epoch) // 5, 2)` raise a
    `TypeError` in the function given to `LambdaLR`, to `MultiplicativeLR` or,
    in both scale modes, to `CyclicLR` as `scale_fn`. If `step()` is not
    compiled, the learning rates match PyTorch.
    """
    for name, mode in _taking_a_function(mindspore):
        for function in (_cosine, _listed):
            case = _case(name, mode) + function.__name__
            theirs = _rates(pytorch, name, function, mode=mode)
            ours = _rates(mindspore, name, function, mode=mode)
            expect.close(theirs, ours, name=case)
            expect.raises(
                TypeError,
                lambda name=name, mode=mode, function=function: (
                    _rates(mindspore, name, function, True, mode)
                ),
                match="Data type conversion",
                name=f"{case}_compiled",
            )


def list_is_frozen_when_compiled(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit` before step
    1, an element of a list of floats or of integers, indexed with `int(epoch)`
    and returned as it is, silently stays the second one in the function given
    to `LambdaLR`, to `MultiplicativeLR` or, in both scale modes, to `CyclicLR`
    as `scale_fn`. The learning rates match PyTorch if the function divides an
    integer of the list by 10, multiplies a float of the list by 1.0 or indexes
    a tuple of floats, or if `step()` is not compiled. A tuple with both
    integers and floats raises a `TypeError`.
    """
    for name, mode in _taking_a_function(mindspore):
        theirs = _rates(pytorch, name, _in_list, mode=mode)
        first = _rates(pytorch, name, _second, mode=mode)
        for function, jit, expected in (
            (_in_list, True, first),
            (_in_list, False, theirs),
            (_in_tuple, True, theirs),
            (_in_integers, True, theirs),
            (_in_list_times_one, True, theirs),
        ):
            ours = _rates(mindspore, name, function, jit, mode)
            case = _case(name, mode) + function.__name__
            case += "_compiled" if jit else ""
            expect.close(expected[1:], ours[1:], name=case)
        case = _case(name, mode)
        frozen = _rates(pytorch, name, _second_integer, mode=mode)
        ours = _rates(mindspore, name, _in_whole, True, mode)
        expect.close(
            frozen[1:], ours[1:], name=f"{case}_whole_compiled"
        )
        theirs_whole = _rates(pytorch, name, _in_whole, mode=mode)
        expect.apart(
            theirs_whole,
            frozen,
            at_least=0.1,
            name=f"{case}_whole_apart",
        )
        expect.raises(
            TypeError,
            lambda name=name, mode=mode: _rates(
                mindspore, name, _in_mixed, True, mode
            ),
            match="Data type conversion",
            name=f"{case}_mixed",
        )
        expect.apart(
            theirs, first, at_least=0.1, name=f"{case}_apart"
        )


def added_comparisons_stay_at_one(pytorch, mindspore):
    """If `step()` is not compiled, `(epoch >= 1) + (epoch >= 3)` is never
    above 1 in `mindspore.experimental.optim`, without an error, because
    MindSpore adds two comparisons of the epoch as booleans; in PyTorch, it is
    2 from epoch 3 on. Inside a function compiled with `@ms.jit`, it raises a
    `TypeError`. With `int(epoch >= 1) + int(epoch >= 3)`, the learning rates
    match PyTorch, compiled or not. All this holds in the function given to
    `LambdaLR`, to `MultiplicativeLR` or, in both scale modes, to `CyclicLR` as
    `scale_fn`.
    """
    epoch = mindspore.ms.Parameter(mindspore.ms.Tensor(3.0))
    kind = str(_added(epoch).dtype)
    expect.equal("Bool", kind, name="added_as_booleans")
    for name, mode in _taking_a_function(mindspore):
        case = _case(name, mode)
        theirs = _rates(pytorch, name, _added, mode=mode)
        at_most_one = _rates(
            pytorch, name, _added_up_to_one, mode=mode
        )
        expect.apart(
            theirs,
            at_most_one,
            at_least=0.3,
            name=f"{case}_apart",
        )
        ours = _rates(mindspore, name, _added, mode=mode)
        expect.close(at_most_one, ours, name=case)
        expect.raises(
            TypeError,
            lambda name=name, mode=mode: _rates(
                mindspore, name, _added, True, mode
            ),
            match=r"primitive\[Add\]",
            name=f"{case}_compiled",
        )
        for jit in (False, True):
            ours = _rates(
                mindspore, name, _added_integers, jit, mode
            )
            how = "compiled" if jit else "not_compiled"
            expect.close(
                theirs, ours, name=f"{case}_integers_{how}"
            )


def _case(name, mode):
    return f"{name}_{mode}" if mode == "cycle" else name


def _taking_a_function(side):
    found = []
    for name in sorted(side.optim.lr_scheduler.__all__):
        kind = getattr(side.optim.lr_scheduler, name)
        names = {*inspect.signature(kind).parameters}
        if names & {"lr_lambda", "scale_fn"}:
            found.append(name)
    expected = ["CyclicLR", "LambdaLR", "MultiplicativeLR"]
    expect.equal(expected, found, name="take_a_function")
    modes = [(name, "iterations") for name in found]
    return [*modes, ("CyclicLR", "cycle")]


def _rates(side, name, function, jit=False, mode="iterations"):
    optimizer = side.optim.SGD(
        [side.net.weight], lr=0.1, momentum=0.9
    )
    make = getattr(side.optim.lr_scheduler, name)
    if function is None:
        scheduler = _with_lambda(make, name, mode, optimizer)
    elif name == "CyclicLR":
        scheduler = make(
            optimizer,
            base_lr=0.01,
            max_lr=0.1,
            step_size_up=1 if mode == "cycle" else 4,
            scale_fn=function,
            scale_mode=mode,
        )
    else:
        scheduler = make(optimizer, function)

    def step():
        return scheduler.step()

    if jit and hasattr(side, "ms"):
        step = side.ms.jit(step)
    rates = [float(optimizer.param_groups[0]["lr"])]
    for _ in range(10):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            step()
        rates.append(float(optimizer.param_groups[0]["lr"]))
    return rates


def _with_lambda(make, name, mode, optimizer):
    if name == "CyclicLR":
        return make(
            optimizer,
            0.01,
            0.1,
            scale_fn=lambda x: 0.5**x,
            scale_mode=mode,
        )
    return make(optimizer, lambda epoch: 0.9**epoch)


def _power(epoch):
    return 0.9**epoch


def _root(epoch):
    return (1 + epoch) ** -0.5


def _float_or_int(epoch):
    return 0.5 if epoch > 3 else 1


def _stairs(epoch):
    return 0.5 ** (epoch // 3)


def _compared(epoch):
    return 0.5 if epoch == 2 or epoch > 5 else 1.0


def _member(epoch):
    return 0.5 if epoch in (2, 4) else 1.0


def _int_member(epoch):
    return 0.5 if int(epoch) in (2, 4) else 1.0


def _added(epoch):
    return (epoch >= 1) + (epoch >= 3)


def _added_up_to_one(epoch):
    return min((epoch >= 1) + (epoch >= 3), 1)


def _added_integers(epoch):
    return int(epoch >= 1) + int(epoch >= 3)


def _one(epoch):
    return 1.0


def _cosine(epoch):
    return (1 + math.cos(epoch)) / 2


def _in_list(epoch):
    return _LIST[int(epoch)]


def _in_tuple(epoch):
    return _FACTORS[int(epoch)]


def _in_integers(epoch):
    return _INTEGERS[int(epoch)] / 10


def _in_list_times_one(epoch):
    return _LIST[int(epoch)] * 1.0


def _in_whole(epoch):
    return _INTEGERS[int(epoch)]


def _second_integer(epoch):
    return _INTEGERS[1]


def _in_mixed(epoch):
    return _MIXED[int(epoch)]


def _second(epoch):
    return _FACTORS[1]


_LIST = [1.0, 0.5, 0.9, 0.4, 0.8, 0.3, 0.7, 0.2, 0.6, 0.1, 0.5]
_FACTORS = tuple(_LIST)
_INTEGERS = [10, 5, 9, 4, 8, 3, 7, 2, 6, 1, 5]
_MIXED = (1, *_FACTORS[1:])


def _listed(epoch):
    return [1.0, 0.5, 0.25][min(int(epoch) // 5, 2)]


def last_epoch_resumes(pytorch, mindspore):
    """With `last_epoch=11` on a group with an `initial_lr` of 0.1 and the
    function `0.95**epoch`, `LambdaLR` of PyTorch and of
    `mindspore.experimental.optim` continues from the learning rate of step 12,
    whether the group holds the learning rate 0.7 or 0.001.
    """
    law = [0.1 * 0.95**epoch for epoch in range(12, 17)]
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        for rate in (0.7, 0.001):
            rates = _resumed(side, rate)
            expect.close(law, rates, name=f"{name}_{rate}")


def _resumed(side, rate):
    group = {"params": [side.net.weight], "initial_lr": 0.1}
    optimizer = side.optim.SGD([group], lr=rate)
    scheduler = side.optim.lr_scheduler.LambdaLR(
        optimizer, lambda epoch: 0.95**epoch, last_epoch=11
    )
    rates = []
    for _ in range(5):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
