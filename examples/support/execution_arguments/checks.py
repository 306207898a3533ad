import inspect

from crosswalk import expect

FOREACH = [
    "ASGD",
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "NAdam",
    "RAdam",
    "RMSprop",
    "Rprop",
    "SGD",
]


def foreach(pytorch, mindspore):
    """12 optimizers of `torch.optim` have the argument `foreach` (all but
    `LBFGS`, `Muon` and `SparseAdam`), but no optimizer of `mindspore.nn`,
    `mindspore.experimental.optim` or `mindspore.mint.optim` accepts it as an
    argument on CPU.
    """
    _accepted("foreach", FOREACH, pytorch, mindspore)


def fused(pytorch, mindspore):
    """`Adagrad`, `Adam`, `AdamW` and `SGD` of `torch.optim` have the argument
    `fused`, but no optimizer of `mindspore.nn`, `mindspore.experimental.optim`
    or `mindspore.mint.optim` accepts it as an argument on CPU.
    """
    expected = ["Adagrad", "Adam", "AdamW", "SGD"]
    _accepted("fused", expected, pytorch, mindspore)


def differentiable(pytorch, mindspore):
    """11 optimizers of `torch.optim` have the argument `differentiable` (those
    with `foreach`, except `Adafactor`), but no optimizer of `mindspore.nn`,
    `mindspore.experimental.optim` or `mindspore.mint.optim` accepts it as an
    argument on CPU.
    """
    expected = [name for name in FOREACH if name != "Adafactor"]
    _accepted("differentiable", expected, pytorch, mindspore)


def capturable(pytorch, mindspore):
    """9 optimizers of `torch.optim` have the argument `capturable` (those with
    `differentiable`, except `Adagrad` and `SGD`), but no optimizer of
    `mindspore.nn`, `mindspore.experimental.optim` or `mindspore.mint.optim`
    accepts it as an argument on CPU.
    """
    without = ("Adafactor", "Adagrad", "SGD")
    expected = [name for name in FOREACH if name not in without]
    _accepted("capturable", expected, pytorch, mindspore)


def signatures_agree(pytorch, mindspore):
    """No optimizer class of `mindspore.nn`, `mindspore.experimental.optim` or
    `mindspore.mint.optim` names `foreach`, `fused`, `differentiable` or
    `capturable` in its constructor. The check reads the constructors behind
    the wrappers, because most optimizer classes of `mindspore.nn` show only
    `(*args, **kwargs)`.
    """
    del pytorch
    named, hidden = [], []
    for key, optimizer_class in mindspore.classes.items():
        shown = inspect.signature(optimizer_class).parameters
        if list(shown) == ["args", "kwargs"]:
            hidden.append(key)
        real = inspect.signature(
            _constructor(optimizer_class)
        ).parameters
        expect.equal(
            True, "self" in real, name=f"{key[0]}.{key[1]}"
        )
        named += [name for name in mindspore.four if name in real]
    expect.equal([], named, name="named")
    expect.equal(15, len(hidden), name="hidden")
    expect.equal(
        {"nn"}, {place for place, _ in hidden}, name="hidden_in"
    )


def error_in_experimental(pytorch, mindspore):
    """Passed as an argument, each of `foreach`, `fused`, `differentiable` and
    `capturable` raises `TypeError` in every optimizer class of
    `mindspore.experimental.optim`.
    """
    del pytorch
    _only_type_errors("experimental", mindspore)


def error_in_mint(pytorch, mindspore):
    """Passed as an argument, each of `foreach`, `fused`, `differentiable` and
    `capturable` raises `TypeError` in every optimizer class of
    `mindspore.mint.optim`.
    """
    del pytorch
    _only_type_errors("mint", mindspore)


def error_in_nn(pytorch, mindspore):
    """Passed as an argument, each of `foreach`, `fused`, `differentiable` and
    `capturable` raises `TypeError` in every optimizer class of `mindspore.nn`
    but two. `Adam` raises `KeyError`, and without the environment variable
    `MS_ENABLE_TFT`, `OptTFTWrapper` raises `ValueError`, which asks for it.
    """
    del pytorch
    odd = {"Adam": "KeyError", "OptTFTWrapper": "ValueError"}
    names = [
        name for place, name in mindspore.classes if place == "nn"
    ]
    expect.equal(18, len(names), name="classes")
    for name in names:
        kinds = _kinds("nn", name, mindspore)
        expect.equal(
            {odd.get(name, "TypeError")}, kinds, name=name
        )
    for key in mindspore.four:
        error = mindspore.errors["nn", "OptTFTWrapper", key]
        expect.equal(
            True, "MS_ENABLE_TFT" in str(error), name=f"tft_{key}"
        )


def _accepted(argument, expected, pytorch, mindspore):
    expect.equal(
        expected, pytorch.accepted[argument], name="pytorch"
    )
    expect.equal(
        [], mindspore.accepted[argument], name="mindspore"
    )
    tried = {
        key[:2] for key in mindspore.errors if key[2] == argument
    }
    expect.equal(33, len(tried), name="classes_tried")


def _only_type_errors(place, mindspore):
    for found, name in mindspore.classes:
        if found == place:
            kinds = _kinds(place, name, mindspore)
            expect.equal({"TypeError"}, kinds, name=name)


def _kinds(place, name, mindspore):
    errors = [
        mindspore.errors[place, name, key]
        for key in mindspore.four
    ]
    return {type(error).__name__ for error in errors}


def _constructor(optimizer_class):
    wrapped = optimizer_class.__init__
    cells = wrapped.__closure__ or ()
    inner = [
        c.cell_contents
        for c in cells
        if callable(c.cell_contents)
    ]
    return next(
        (f for f in inner if f.__name__ == "__init__"), wrapped
    )
