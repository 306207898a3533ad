import inspect

import mindspore as ms
from crosswalk import expect
from crosswalk.introspect import subclasses


def torch_scheduler_calls_get_lr(pytorch, mindspore):
    """PyTorch's `ExponentialLR` calls its `get_lr` once at each
    `scheduler.step()` and once when it is built; `optimizer.step()` never
    calls it.
    """
    expect.equal([1, 2, 3, 4], pytorch.counts, name="scheduler")
    expect.equal(
        3, pytorch.after_optimizer, name="after_optimizer_step"
    )
    law = -(0.1 + 0.05 + 0.025) * pytorch.gradient
    expect.close(law, pytorch.weight, name="weights")


def nn_optimizer_calls_get_lr(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `mindspore.nn.SGD` calls its own
    `get_lr` once at each update.
    """
    expect.equal([0, 1, 2, 3], mindspore.counts, name="list")
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    for name, rate in (
        ("fixed", 0.1),
        ("schedule", schedule),
        ("groups", None),
    ):
        weights = [_weight(mindspore)]
        if rate is None:
            weights, rate = [{"params": weights, "lr": 0.1}], 0.2
        optimizer = mindspore.Counted(weights, rate)
        before = mindspore.Counted.calls
        for _ in range(3):
            optimizer((mindspore.gradient,))
        found = mindspore.Counted.calls - before
        expect.equal(3, found, name=name)


def nn_get_lr_decides(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, the update of `mindspore.nn.SGD`
    uses the value that its `get_lr` returns: a subclass whose `get_lr` returns
    half the fixed learning rate makes half the first update.
    """
    weight = _weight(mindspore)
    optimizer = mindspore.Halved([weight], learning_rate=0.1)
    optimizer((mindspore.gradient,))
    expect.close(-0.05 * mindspore.gradient.asnumpy(), weight)


def nn_calls_by_hand_do_not_shift(pytorch, mindspore):
    """Calling `get_lr` of `mindspore.nn.SGD` by hand does not advance its list
    of learning rates: five calls before each update do not change the final
    weight.
    """
    weight = _weight(mindspore)
    rates = [0.1, 0.05, 0.025]
    optimizer = ms.nn.SGD([weight], learning_rate=rates)
    for _ in rates:
        for _ in range(5):
            optimizer.get_lr()
        optimizer((mindspore.gradient,))
    expect.close(mindspore.weight, weight)


def all_nn_optimizers(pytorch, mindspore):
    """The source of every optimizer class in `mindspore.nn` contains
    `self.get_lr()`, except for the wrappers `LARS` and `OptTFTWrapper`. The
    sources of `SGD`, `Adam` and `AdamW` in `mindspore.experimental.optim` and
    `mindspore.mint.optim` do not contain it.
    """
    classes = [
        ms.nn.Optimizer,
        *subclasses(ms.nn, ms.nn.Optimizer).values(),
    ]
    expect.equal(
        True, len(classes) > 10, name="more_than_ten_classes"
    )
    without = [c.__name__ for c in classes if not _calls(c)]
    expect.equal(
        ["LARS", "OptTFTWrapper"],
        sorted(without),
        name="nn_without",
    )
    for place in (ms.experimental.optim, ms.mint.optim):
        three = [place.SGD, place.Adam, place.AdamW]
        found = [c.__name__ for c in three if _calls(c)]
        expect.equal([], found, name=place.__name__.split(".")[1])


def _calls(cls):
    return "self.get_lr()" in inspect.getsource(cls)


def _weight(side):
    return ms.Parameter(ms.Tensor(side.start), name="weight")
