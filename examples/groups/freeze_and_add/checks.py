from crosswalk import expect


def zero_rate_freezes(pytorch, mindspore):
    """A group with `"lr": 0.0` keeps its weights in PyTorch, in
    `mindspore.nn` and in `mindspore.experimental.optim`.
    """
    expect.equal([1.0, 0.75], pytorch.frozen, name="pytorch")
    expect.equal([1.0, 0.75], mindspore.frozen["nn"], name="nn")
    ours = mindspore.frozen["experimental"]
    expect.equal([1.0, 0.75], ours, name="experimental")


def mint_takes_zero_for_missing(pytorch, mindspore):
    """`mindspore.mint.optim.SGD` treats `"lr": 0.0` of a group as if it were
    missing: the group is trained with the optimizer's rate.
    """
    ours = mindspore.frozen["mint"]
    expect.equal([0.75, 0.75], ours, name="mint")
    expect.apart(
        pytorch.frozen, ours, at_least=0.2, name="pytorch"
    )


def no_groups_added_later(pytorch, mindspore):
    """No group can be added to a MindSpore optimizer after it is built: `SGD`
    of `mindspore.nn` has no `add_param_group`, and with `SGD` of
    `mindspore.experimental.optim` and `mindspore.mint.optim`, which have
    it, the step after it raises `RuntimeError`. PyTorch trains the added
    group.
    """
    expect.equal([0.5, 0.75], pytorch.added, name="pytorch")
    groups = mindspore.optimizer.param_groups
    rates = [float(group["lr"]) for group in groups]
    expect.close([0.25, 0.5], rates, name="rates")
    kinds = {
        k: type(v).__name__ for k, v in mindspore.errors.items()
    }
    expect.equal("AttributeError", kinds["nn"], name="nn")
    expect.equal(
        "RuntimeError", kinds["experimental"], name="experimental"
    )
    expect.equal("RuntimeError", kinds["mint"], name="mint")
    for place in ("experimental", "mint"):
        found = "should have the same length" in str(
            mindspore.errors[place]
        )
        expect.equal(True, found, name=f"{place}_length")


def build_it_again(pytorch, mindspore):
    """A new `mindspore.nn` optimizer with both groups gives the update of
    PyTorch's `add_param_group`.
    """
    expect.equal(pytorch.added, mindspore.added, name="weights")
