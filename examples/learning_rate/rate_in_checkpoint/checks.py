import mindspore as ms
import torch
from crosswalk import expect
from shared import nn_sgd


def loading_brings_the_rate(pytorch, mindspore):
    """Without groups, loading the saved state of SGD into a new optimizer
    before its first step replaces its learning rate, and the first step uses
    the loaded one. This holds in PyTorch and, if both learning rates are
    fixed, in `mindspore.nn`.
    """
    expect.close(0.01, pytorch.built, name="pytorch_built")
    expect.close(0.01, mindspore.built, name="mindspore_built")
    expect.close(0.1, pytorch.loaded, name="pytorch")
    expect.close(0.1, mindspore.loaded, name="mindspore")
    weight = torch.nn.Parameter(torch.tensor(pytorch.start))
    new = torch.optim.SGD([weight], lr=0.01)
    new.load_state_dict(pytorch.old.state_dict())
    weight.grad = pytorch.gradient
    new.step()
    law = -0.1 * pytorch.gradient
    expect.close(law, weight, name="pytorch_update")
    _, new = _saved_and_new(mindspore, 0.1, 0.01)
    moved = _move(mindspore, new)
    expect.close(law, -moved, name="mindspore_update")


def assigning_after_loading(pytorch, mindspore):
    """Set the learning rate after loading the saved state of SGD without
    groups into a new optimizer and before its first step: the next update uses
    it. Assign to `param_groups[0]["lr"]` in PyTorch and, for a fixed learning
    rate, use `copy_` in `mindspore.nn`.
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
    """Without groups, the checkpoint of `mindspore.nn.SGD` contains the list
    of a dynamic learning rate: loading it into a new optimizer before its
    first step replaces a new list of the same length, and the updates use the
    loaded one.
    """
    _, new = _saved_and_new(mindspore, [0.1, 0.2], [0.01, 0.02])
    rates = new.get_lr_parameter(new.parameters[0])
    expect.close([0.1, 0.2], list(rates))
    law = 0.2 * mindspore.gradient.asnumpy()
    moved = _move(mindspore, new)
    expect.close(law, moved, name="update_at_global_step_1")


def list_of_other_length(pytorch, mindspore):
    """If neither optimizer has groups, loading the checkpoint of a
    `mindspore.nn.SGD` with a list of two learning rates into one with a list
    of three or of one raises `RuntimeError`.
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
    """Without groups, the checkpoint of `mindspore.nn.SGD` does not contain
    the values of an `nn.ExponentialDecayLR`: after loading into a new
    optimizer before its first step, the new schedule is used, at the saved
    `global_step`.
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


def _move(side, optimizer):
    weight = optimizer.parameters[0]
    before = weight.asnumpy().copy()
    optimizer((side.gradient,))
    return before - weight.asnumpy()


def _saved_and_new(side, old_rate, new_rate):
    old = nn_sgd(side, old_rate)
    old((side.gradient,))
    ms.save_checkpoint(old, "dynamic.ckpt")
    saved = ms.load_checkpoint("dynamic.ckpt")
    new = nn_sgd(side, new_rate)
    ms.load_param_into_net(new, saved)
    return saved, new
