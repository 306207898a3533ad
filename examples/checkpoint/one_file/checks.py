import mindspore as ms
import numpy as np
from crosswalk import expect

STATISTICS = {"1.moving_mean", "1.moving_variance"}


def one_file_holds_both(pytorch, mindspore):
    """One file can hold network and optimizer: in PyTorch as a dictionary of
    two `state_dict`s, in MindSpore as the merged `parameters_dict()` of both,
    loaded into a new network and then a new optimizer. At a fixed learning
    rate with momentum 0.9, the run resumes with `torch.optim.SGD` and, in
    PyNative mode, `mindspore.nn.SGD`.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(side.uninterrupted, side.resumed, name=name)
    expect.close(
        pytorch.running_mean,
        mindspore.moving_mean,
        name="both_means",
    )
    expect.close(
        mindspore.moving_mean, mindspore.loaded_mean, name="mean"
    )
    expect.close(
        pytorch.running_mean,
        pytorch.loaded_mean,
        name="torch_mean",
    )


def optimizer_file_lacks_statistics(pytorch, mindspore):
    """The file of a `mindspore.nn.SGD` built from `net.trainable_params()`
    holds the trainable weights, but not the moving mean and variance of a
    batch normalization, which are only in the network's file.
    """
    net, optimizer = mindspore.build()
    names = {p.name for p in net.get_parameters()}
    saved = {p.name for p in optimizer.get_parameters()}
    expect.equal(STATISTICS, names - saved, name="missing")


def statistics_stay_at_their_start(pytorch, mindspore):
    """A run that loads only the file of `mindspore.nn.SGD` into a new network
    with a batch normalization has the saved weights, but a moving mean of
    zero, as in a new network.
    """
    _, optimizer = mindspore.build()
    ms.load_checkpoint("all.ckpt", optimizer)
    ms.save_checkpoint(optimizer, "optimizer.ckpt")

    net, optimizer = mindspore.build()
    ms.load_checkpoint("optimizer.ckpt", optimizer)
    saved = ms.load_checkpoint("all.ckpt")
    expect.close(saved["0.weight"], net[0].weight, name="weight")
    zero = np.zeros_like(mindspore.moving_mean)
    expect.close(zero, net[1].moving_mean, name="mean")
    expect.apart(
        mindspore.moving_mean,
        net[1].moving_mean,
        at_least=0.5,
        name="lost",
    )


def leftovers_are_expected(pytorch, mindspore):
    """In the example, when you load a file that holds a network and its
    `mindspore.nn.SGD`, `mindspore.load_param_into_net` sets every parameter of
    the given `Cell`, and returns the names that only the other `Cell` has as
    not used.
    """
    net, optimizer = mindspore.build()
    state = ms.load_checkpoint("all.ckpt")
    not_set, not_used = ms.load_param_into_net(net, state)
    expect.equal([], not_set, name="net_not_set")
    own = set(optimizer.parameters_dict())
    own -= set(net.parameters_dict())
    expect.equal(own, set(not_used), name="net_not_used")
    expect.equal(
        True,
        "accum.0.weight" in own,
        name="net_not_used_momentum",
    )
    not_set, not_used = ms.load_param_into_net(optimizer, state)
    expect.equal([], not_set, name="optimizer_not_set")
    expect.equal(
        STATISTICS, set(not_used), name="optimizer_not_used"
    )


def two_optimizers_need_two_files(pytorch, mindspore):
    """Two `mindspore.nn.SGD` optimizers of two networks that are built alike have
    the same parameter names, such as `global_step` and `learning_rate`:
    merged into one dictionary, the second overwrites the first.
    """
    pairs = [mindspore.build(), mindspore.build()]
    merged = {}
    for rate, (_, optimizer) in zip(
        (0.1, 0.01), pairs, strict=True
    ):
        optimizer.learning_rate.copy_(ms.Tensor(rate, ms.float32))
        merged |= optimizer.parameters_dict()
    single = len(pairs[0][1].parameters_dict())
    expect.equal(single, len(merged), name="names_after_merging")
    expect.close(0.01, merged["learning_rate"], name="rate")
