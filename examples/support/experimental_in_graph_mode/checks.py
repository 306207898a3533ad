from crosswalk import expect
from shared import outcomes_of

DEVICES = ["cpu"]


def all_of_experimental(pytorch, mindspore):
    """In Graph mode on CPU without `@ms.jit`, one step of every optimizer
    class of `mindspore.experimental.optim` with default arguments (`lr=0.1`
    for `SGD`) changes every weight of the example, a float32 matrix with the
    gradients 0.1, 0.2 and -0.4.
    """
    found = outcomes_of("experimental", mindspore)
    expect.equal(11, len(found), name="classes")
    expect.equal({"moves"}, set(found.values()), name="outcomes")
    kinds = set(pytorch.outcomes.values())
    expect.equal({"moves"}, kinds, name="pytorch")
    expect.equal((1, 3), pytorch.weight.shape, name="weights")


def mint_adamw(pytorch, mindspore):
    """In Graph mode on CPU without `@ms.jit`, a step of `AdamW` or
    `FusedAdamW` of `mindspore.mint.optim` with one float32 parameter and
    default arguments raises a `RuntimeError`, because the operator `AdamW` is
    missing.
    """
    del pytorch
    for name in ("AdamW", "FusedAdamW"):
        _says(
            "mint",
            name,
            "Unsupported op [AdamW] on CPU",
            mindspore,
        )


def mint_sgd_and_adam(pytorch, mindspore):
    """In Graph mode on CPU without `@ms.jit`, one step of `SGD` with `lr=0.1`
    or of `Adam` with default arguments, both of `mindspore.mint.optim`,
    changes every weight of the example, a float32 matrix with the gradients
    0.1, 0.2 and -0.4.
    """
    del pytorch
    found = outcomes_of("mint", mindspore)
    for name in ("Adam", "SGD"):
        expect.equal("moves", found[name], name=name)


def _says(place, name, text, mindspore):
    message = mindspore.errors.get((place, name), "")
    found = text if text in message else message
    kind = mindspore.outcomes[place, name]
    expect.equal(text, found, name=name)
    expect.equal("RuntimeError", kind, name=f"{name}_type")
