import torch
from crosswalk import expect


def same_numbers(pytorch, mindspore):
    """With a learning rate of 0.1, the weights of `torch.optim.Adam` after the
    20 steps of the example on eight float32 parameters match, with
    `foreach=True`, with `fused=True` and with a loop over the parameters
    (`foreach=False`). `AdamW` of `mindspore.experimental.optim` with
    `weight_decay=0.0`, which has neither argument, also matches them.
    """
    loop = pytorch.weights["loop", 8]
    for way in ("foreach", "fused"):
        expect.close(loop, pytorch.weights[way, 8], name=way)
    expect.close(loop, mindspore.weights[8], name="mindspore")


def loop_grows(pytorch, mindspore):
    """With `foreach=False`, a float as the learning rate and all other
    arguments at their defaults, a step of `torch.optim.Adam` on CPU after the
    first calls 8 tensor operations for each float32 parameter: 16 for two, 64
    for eight. Conversions between numbers and tensors are not counted.
    """
    del mindspore
    expect.equal(
        [16, 64], _operations("loop", pytorch), name="operations"
    )


def foreach_is_constant(pytorch, mindspore):
    """With `foreach=True`, a float as the learning rate and all other
    arguments at their defaults, a step of `torch.optim.Adam` on CPU after the
    first calls 8 tensor operations for a group of float32 parameters, whether
    it has two or eight, because each operation takes the list of all
    parameters. Conversions between numbers and tensors are not counted.
    """
    del mindspore
    expect.equal(
        [8, 8], _operations("foreach", pytorch), name="operations"
    )
    names = pytorch.watches["foreach", 8].names
    kinds = {name.startswith("_foreach_") for name in names}
    expect.equal({True}, kinds, name="all_foreach")


def foreach_holds_more(pytorch, mindspore):
    """With `foreach=True`, a float as the learning rate and all other
    arguments at their defaults, the largest intermediate result of a step of
    `torch.optim.Adam` after the first is as large as all parameters of the
    group together: 48 numbers for eight float32 parameters of 6. With
    `foreach=False`, it has 6 numbers.
    """
    del mindspore
    figures = [
        pytorch.watches[w, 8].largest for w in ("loop", "foreach")
    ]
    expect.equal([6, 48], figures, name="numbers")


def fused_is_one_call(pytorch, mindspore):
    """With `fused=True`, a float as the learning rate and all other arguments
    at their defaults, a step of `torch.optim.Adam` on CPU after the first
    calls 2 operations for a group of two or eight float32 parameters: one that
    counts the step and one, `_fused_adam_`, that does all the rest.
    """
    del mindspore
    expect.equal(
        [2, 2], _operations("fused", pytorch), name="operations"
    )
    expect.equal([2, 2], pytorch.operations, name="shown")
    names = pytorch.watches["fused", 8].names
    expected = ["_foreach_add_", "_fused_adam_"]
    expect.equal(expected, _plain(names), name="names")


def not_both(pytorch, mindspore):
    """Building `torch.optim.Adam` with the arguments `foreach=True` and
    `fused=True` raises `RuntimeError`.
    """
    del pytorch, mindspore
    params = [torch.nn.Parameter(torch.tensor([1.0]))]
    expect.raises(
        RuntimeError,
        lambda: torch.optim.Adam(
            params, foreach=True, fused=True
        ),
        match="cannot be `True` together",
    )


def _operations(way, pytorch):
    return [
        len(pytorch.watches[way, count].names) for count in (2, 8)
    ]


def _plain(names):
    return [name.split(".")[0] for name in names]
