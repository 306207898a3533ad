import mindspore as ms
import numpy as np
from crosswalk import expect


def decay_steps_is_ignored(pytorch, mindspore):
    """`nn.NaturalExpDecayLR` without `is_stair=True` ignores `decay_steps`: in
    the example, its learning rate is `learning_rate * exp(-decay_rate * step)`
    to within 1e-6 of the largest one, not the `exp(-decay_rate * step /
    decay_steps)` of its documentation.
    """
    expect.close(
        0.1 * np.exp(-0.5 * np.arange(4)),
        np.array(mindspore.rates),
        name="without_decay_steps",
    )
    documented = r"p = \frac{current\_step}{decay\_steps}"
    found = documented in ms.nn.NaturalExpDecayLR.__doc__
    expect.equal(True, found, name="formula_in_documentation")
    expect.apart(
        pytorch.rates, mindspore.rates, at_least=0.5, name="apart"
    )
    other = ms.nn.NaturalExpDecayLR(0.1, 0.5, decay_steps=1000)
    rates = [other(step).item() for step in mindspore.steps]
    expect.close(mindspore.rates, rates, name="decay_steps_1000")


def divide_by_hand(pytorch, mindspore):
    """In the example, with `decay_rate` divided by `decay_steps` beforehand,
    `nn.NaturalExpDecayLR` without `is_stair=True` matches the documented
    formula, computed with PyTorch's `LambdaLR`.
    """
    expect.close(pytorch.rates, mindspore.divided, name="rates")


def stairs_do_not_divide(pytorch, mindspore):
    """With `is_stair=True`, `nn.NaturalExpDecayLR` rounds the step down to a
    multiple of `decay_steps` but does not divide by it.
    """
    schedule = ms.nn.NaturalExpDecayLR(0.1, 0.5, 2, is_stair=True)
    rates = [schedule(step).item() for step in mindspore.steps]
    law = 0.1 * np.exp(-0.5 * np.array([0, 0, 2, 2]))
    expect.close(law, np.array(rates), name="rates")


def list_ignores_it_too(pytorch, mindspore):
    """`nn.natural_exp_decay_lr` without `is_stair=True` ignores `decay_epoch`:
    the list is the same for a `decay_epoch` of 1 and of 10.
    """
    one, ten = (
        ms.nn.natural_exp_decay_lr(0.1, 0.5, 4, 1, epochs)
        for epochs in (1, 10)
    )
    expect.close(one, ten, name="decay_epoch")
    expect.close(mindspore.rates, ten, name="cell")
