import math

from crosswalk import expect

LAW = [0.1, 0.05, 0.025, 0.0125]


def what_the_function_gets(pytorch, mindspore):
    """`LambdaLR` passes the epoch to its function as an `int` in PyTorch and,
    where `step()` is not compiled, as a float32 `Parameter` in
    `mindspore.experimental.optim`.
    """
    seen = []
    pytorch.rates_with(lambda epoch: seen.append(epoch) or 1)
    kinds = {type(epoch).__name__ for epoch in seen}
    expect.equal({"int"}, kinds, name="pytorch")
    seen.clear()
    mindspore.rates_with(lambda epoch: seen.append(epoch) or 1)
    kinds = {type(epoch).__name__ for epoch in seen}
    expect.equal({"Parameter"}, kinds, name="mindspore")
    kinds = {str(epoch.dtype) for epoch in seen}
    expect.equal({"Float32"}, kinds, name="mindspore_dtype")


def indexing_raises(pytorch, mindspore):
    """In the function given to `LambdaLR`, indexing a Python list with the
    epoch works in PyTorch and raises a `ValueError` in
    `mindspore.experimental.optim` where `step()` is not compiled.
    """
    expect.close(LAW, pytorch.indexed, name="pytorch")
    expect.raises(
        ValueError,
        lambda: mindspore.rates_with(
            lambda epoch: mindspore.factors[epoch]
        ),
        match="integer",
        name="mindspore",
    )
    kind = mindspore.indexed.split(":")[0]
    expect.equal("ValueError", kind, name="mindspore_shown")


def dict_get_is_silent(pytorch, mindspore):
    """Where `step()` is not compiled, `dict.get(epoch, 1)` in the function of
    `LambdaLR` of `mindspore.experimental.optim` never finds the epoch: the
    learning rate silently stays at its initial value, but decays in PyTorch.
    """
    expect.close(LAW, pytorch.looked_up, name="pytorch")
    expect.close([0.1] * 4, mindspore.looked_up, name="mindspore")
    expect.apart(
        pytorch.looked_up,
        mindspore.looked_up,
        at_least=0.8,
        name="apart",
    )


def set_never_holds_it(pytorch, mindspore):
    """Where `step()` is not compiled, `epoch in {1, 2}` in the function of
    `LambdaLR` of `mindspore.experimental.optim` is always false, and no error
    is raised; the same goes for `in` with a `frozenset` or a dict. PyTorch
    finds the epoch.
    """
    theirs = [0.1, 0.01, 0.01, 0.1]
    for kind in (set, frozenset, dict.fromkeys):
        holder = kind((1, 2))
        name = type(holder).__name__

        def factor(epoch, holder=holder):
            return 0.1 if epoch in holder else 1.0

        rates = pytorch.rates_with(factor)
        expect.close(theirs, rates, name=f"pytorch_{name}")
        rates = mindspore.rates_with(factor)
        expect.close([0.1] * 4, rates, name=f"mindspore_{name}")


def int_makes_it_equal(pytorch, mindspore):
    """Where `step()` is not compiled, a function of `LambdaLR` of
    `mindspore.experimental.optim` that uses `int(epoch)` to index a list or to
    look up in a dictionary matches PyTorch's learning rates: in the example,
    they agree to four decimal places.
    """
    expect.close(pytorch.whole, mindspore.whole, name="dict")
    factors = mindspore.factors
    rates = mindspore.rates_with(
        lambda epoch: factors[int(epoch)]
    )
    expect.close(pytorch.indexed, rates, name="list")


def arithmetic_works(pytorch, mindspore):
    """Where `step()` is not compiled, powers, comparisons in a condition, `in`
    with a tuple, and `math.cos` of the epoch need no change in the function of
    `LambdaLR`: in the check, the learning rates of PyTorch and
    `mindspore.experimental.optim` agree to four decimal places over four
    epochs.
    """
    for name, factor in {
        "power": lambda epoch: 0.5**epoch,
        "comparison": lambda epoch: 1 if epoch < 2 else 0.1,
        "membership": lambda epoch: 0.1 if epoch in (1, 2) else 1,
        "math": lambda epoch: math.cos(epoch / 4),
    }.items():
        expected = pytorch.rates_with(factor)
        expect.close(
            expected, mindspore.rates_with(factor), name=name
        )
        expect.apart(
            [0.1] * 4,
            expected,
            at_least=0.1,
            name=f"{name}_moves",
        )
