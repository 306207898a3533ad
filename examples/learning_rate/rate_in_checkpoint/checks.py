import mindspore as ms
from crosswalk import expect
from shared import nn_sgd


def loading_brings_the_rate(pytorch, mindspore):
    """Without groups, loading the saved state of SGD replaces the rate that
    the new optimizer was built with: in PyTorch and, if both rates are fixed,
    in `mindspore.nn`.
    """
    expect.close(0.01, pytorch.built, name="pytorch_built")
    expect.close(0.01, mindspore.built, name="mindspore_built")
    expect.close(0.1, pytorch.loaded, name="pytorch")
    expect.close(0.1, mindspore.loaded, name="mindspore")


def assigning_after_loading(pytorch, mindspore):
    """Assign the rate after the saved state of SGD is loaded into a new
    optimizer, before its first step, and the next update uses it: with
    `param_groups[0]["lr"]` in PyTorch and, for a fixed rate, with `copy_` in
    `mindspore.nn`.
    """
    expect.close(0.01, pytorch.kept, name="pytorch")
    expect.close(0.01, mindspore.kept, name="mindspore")
    pytorch.weight.grad = pytorch.gradient
    pytorch.new.step()
    mindspore.new((mindspore.gradient,))
    law = -0.01 * pytorch.gradient
    expect.close(law, pytorch.weight, name="pytorch_update")
    expect.close(law, mindspore.weight, name="mindspore_update")


def list_is_loaded_too(pytorch, mindspore):
    """The list of a dynamic rate is in the checkpoint of `mindspore.nn.SGD`:
    loading replaces a new list of the same length.
    """
    _, new = _saved_and_new(mindspore, [0.1, 0.2], [0.01, 0.02])
    rates = new.get_lr_parameter(new.parameters[0])
    expect.close([0.1, 0.2], list(rates))


def list_of_other_length(pytorch, mindspore):
    """Loading the checkpoint of a `mindspore.nn.SGD` with a list of rates into
    one whose list is longer or shorter raises a RuntimeError, if neither has
    groups.
    """
    for name, new in (
        ("longer", [0.01, 0.02, 0.03]),
        ("shorter", [0.01]),
    ):
        expect.raises(
            RuntimeError,
            lambda new=new: _saved_and_new(
                mindspore, [0.1, 0.2], new
            ),
            match="should have the same shape",
            name=name,
        )


def schedule_is_not_loaded(pytorch, mindspore):
    """The values of an `nn.ExponentialDecayLR` are not in the checkpoint of
    `mindspore.nn.SGD`: after loading into a new optimizer, before its first
    step, the new schedule is used, at the saved `global_step`.
    """
    before = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    after = ms.nn.ExponentialDecayLR(0.01, 0.5, 1)
    saved, new = _saved_and_new(mindspore, before, after)
    expect.equal(
        False, "learning_rate" in saved, name="in_checkpoint"
    )
    expect.equal(
        1, new.global_step.asnumpy().item(), name="global_step"
    )
    expect.close(0.005, new.get_lr(), name="rate")


def _saved_and_new(side, old_rate, new_rate):
    old = nn_sgd(side, old_rate)
    old((side.gradient,))
    ms.save_checkpoint(old, "dynamic.ckpt")
    saved = ms.load_checkpoint("dynamic.ckpt")
    new = nn_sgd(side, new_rate)
    ms.load_param_into_net(new, saved)
    return saved, new
