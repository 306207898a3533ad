import functools

import mindspore as ms
from crosswalk import expect
from shared import outcomes_of, says

DEVICES = ["cpu"]


def all_of_torch(pytorch, mindspore):
    """On CPU, one step of every optimizer class of `torch.optim` with `lr=0.1`
    and otherwise default arguments changes every weight of the example, a
    float32 matrix with the gradients 0.1, 0.2 and -0.4. `SparseAdam` gets a
    sparse gradient, and `LBFGS` a closure.
    """
    del mindspore
    expect.equal(15, len(pytorch.outcomes), name="classes")
    kinds = set(pytorch.outcomes.values())
    expect.equal({"moves"}, kinds, name="outcomes")
    expect.equal((1, 3), pytorch.weight.shape, name="weights")


def all_of_experimental(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, one step of every optimizer
    class of `mindspore.experimental.optim` with default arguments (`lr=0.1`
    for `SGD`) changes every weight of the example, a float32 matrix with the
    gradients 0.1, 0.2 and -0.4.
    """
    del pytorch
    found = outcomes_of("experimental", mindspore)
    expect.equal(11, len(found), name="classes")
    expect.equal({"moves"}, set(found.values()), name="outcomes")


def nn_without_three(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, one step of every optimizer
    class of `mindspore.nn` with default arguments (a learning rate of 0.1 for
    `SGD` and `Momentum`, and a momentum of 0.9) changes every weight of the
    example, a float32 matrix with the gradients 0.1, 0.2 and -0.4. The
    exceptions are `LARS`, `Lamb` and `OptTFTWrapper`, which raise an error in
    the example.
    """
    del pytorch
    found = outcomes_of("nn", mindspore)
    raising = {
        n: kind for n, kind in found.items() if kind != "moves"
    }
    expected = {
        "LARS": "RuntimeError",
        "Lamb": "RuntimeError",
        "OptTFTWrapper": "ValueError",
    }
    expect.equal(expected, raising, name="raising")
    expect.equal(15, len(found) - len(raising), name="moving")


def lars(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, a step of `mindspore.nn.LARS`
    around `SGD` without groups and with a learning rate of 0.1 raises a
    `RuntimeError` if its `lars_filter` lets a parameter through, because the
    operator `LARSUpdate` is missing. By default, the filter leaves out
    parameters with `bias` or `LayerNorm` in their names; a step with only such
    parameters updates them.
    """
    del pytorch
    says(
        "nn",
        "LARS",
        "Unsupported op [LARSUpdate] on CPU",
        mindspore,
    )
    for name in ("bias", "LayerNorm.gamma"):
        param = ms.Parameter(ms.Tensor([1.0]), name=name)
        optimizer = ms.nn.LARS(ms.nn.SGD([param], 0.1))
        optimizer((ms.Tensor([0.5]),))
        expect.close(0.95, param.item(), name=name)


def lamb(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, a step of `mindspore.nn.Lamb`
    with a learning rate of 0.1 and otherwise default arguments raises a
    `RuntimeError`, because the operator `Lamb` is missing.
    """
    del pytorch
    says("nn", "Lamb", "Unsupported op [Lamb] on CPU", mindspore)


def opt_tft_wrapper(pytorch, mindspore):
    """In PyNative mode, building `mindspore.nn.OptTFTWrapper` around
    `mindspore.nn.SGD` with a float as the learning rate and without groups
    raises a `ValueError` if the environment variable `MS_ENABLE_TFT` is not
    set.
    """
    del pytorch
    says("nn", "OptTFTWrapper", "MS_ENABLE_TFT", mindspore)


def mint_adamw(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, a step of `AdamW` or
    `FusedAdamW` of `mindspore.mint.optim` with one float32 parameter and
    default arguments raises a `RuntimeError`, because the operator `AdamW` is
    missing.
    """
    del pytorch
    for name in ("AdamW", "FusedAdamW"):
        says(
            "mint",
            name,
            "The kernel AdamW unregistered",
            mindspore,
        )


def fused_adamw_with_two_parameters(pytorch, mindspore):
    """In PyNative mode on CPU, building `mindspore.mint.optim.FusedAdamW` with
    two float32 parameters in one group raises a `RuntimeError`, whose message
    names the operator `InplaceCopy`.
    """
    del pytorch
    params = [
        ms.Parameter(ms.Tensor(mindspore.start), name=name)
        for name in "ab"
    ]
    expect.raises(
        RuntimeError,
        lambda: ms.mint.optim.FusedAdamW(params),
        match="InplaceCopy",
    )


def mint_sgd_and_adam(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, one step of `SGD` with
    `lr=0.1` or of `Adam` with default arguments, both of
    `mindspore.mint.optim`, does not update the float32 weights, and raises no
    error.
    """
    del pytorch
    found = outcomes_of("mint", mindspore)
    for name in ("Adam", "SGD"):
        expect.equal("moves nothing", found[name], name=name)


def adasum_needs_a_cluster(pytorch, mindspore):
    """In PyNative mode, building `AdaSumByGradWrapCell` or
    `AdaSumByDeltaWeightWrapCell` of `mindspore.nn` around `SGD` of
    `mindspore.nn` in a single process raises a `RuntimeError`.
    """
    del pytorch, mindspore
    names = (
        "AdaSumByGradWrapCell",
        "AdaSumByDeltaWeightWrapCell",
    )
    for name in names:
        param = ms.Parameter(ms.Tensor([1.0]), name="param")
        inner = ms.nn.SGD([param], 0.1)
        expect.raises(
            RuntimeError,
            functools.partial(getattr(ms.nn, name), inner),
            match="Stand alone mode",
            name=name,
        )
