import math

from crosswalk import expect

LAW = [0.1, 0.05, 0.025, 0.0125]


def what_the_function_gets(pytorch, mindspore):
    """The function given to `LambdaLR` receives the epoch as an `int` in
    PyTorch and as a float32 `Parameter` in `mindspore.experimental.optim`.
    """
    seen = []
    pytorch.rates_with(lambda epoch: seen.append(epoch) or 1)
    expect.equal("int", type(seen[0]).__name__, name="pytorch")
    seen.clear()
    mindspore.rates_with(lambda epoch: seen.append(epoch) or 1)
    expect.equal(
        "Parameter", type(seen[0]).__name__, name="mindspore"
    )
    expect.equal(
        "Float32", str(seen[0].dtype), name="mindspore_dtype"
    )


def indexing_raises(pytorch, mindspore):
    """In the function given to `LambdaLR`, indexing a Python list with the
    epoch works in PyTorch and raises a `ValueError` in
    `mindspore.experimental.optim`.
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
    """In the function given to `LambdaLR` of `mindspore.experimental.optim`,
    `dict.get(epoch, 1)` never finds the epoch: the rate silently stays at
    the initial one, where PyTorch decays it.
    """
    expect.close(LAW, pytorch.looked_up, name="pytorch")
    expect.close([0.1] * 4, mindspore.looked_up, name="mindspore")
    expect.apart(
        pytorch.looked_up,
        mindspore.looked_up,
        at_least=0.8,
        name="apart",
    )


def int_makes_it_equal(pytorch, mindspore):
    """In the function given to `LambdaLR` of `mindspore.experimental.optim`,
    with `int(epoch)` in place of the epoch, indexing a list and looking up
    in a dictionary work and give the rates of PyTorch.
    """
    expect.close(pytorch.whole, mindspore.whole, name="dict")
    factors = mindspore.factors
    rates = mindspore.rates_with(
        lambda epoch: factors[int(epoch)]
    )
    expect.close(pytorch.indexed, rates, name="list")


def arithmetic_works(pytorch, mindspore):
    """In the function given to `LambdaLR`, powers, comparisons and `math.cos`
    of the epoch work without a change: PyTorch and
    `mindspore.experimental.optim` give the same rates.
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
