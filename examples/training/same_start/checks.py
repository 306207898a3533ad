import mindspore as ms
import numpy as np
from crosswalk import expect


def same_seed_gives_other_weights(pytorch, mindspore):
    """With the seed 0, `mindspore.nn.Dense` starts with different weights than
    `torch.nn.Linear`: compare two runs only after copying the weights.
    """
    expect.apart(
        pytorch.start["0.weight"],
        mindspore.net[0].weight,
        at_least=0.1,
        name="weights",
    )


def new_network_is_in_evaluation_mode(pytorch, mindspore):
    """A new MindSpore network is in evaluation mode and a new PyTorch module
    in training mode. Until `set_train()`, ones pass `mindspore.nn.BatchNorm1d`
    and `mindspore.nn.Dropout` unchanged to within 1e-4, so `Dropout` drops
    nothing, and `BatchNorm1d`, with the default `use_batch_statistics`, does
    not update its moving mean.
    """
    net = mindspore.nn.SequentialCell(
        mindspore.nn.BatchNorm1d(2), mindspore.nn.Dropout(p=0.5)
    )
    expect.equal(False, net.training, name="mindspore")
    module = pytorch.nn.Dropout(0.5)
    expect.equal(True, module.training, name="torch")
    ones = ms.ops.ones((64, 2))
    expect.close(
        np.ones((64, 2)),
        net(ones),
        tolerance=1e-4,
        name="nothing_dropped",
    )
    expect.close(
        np.zeros(2), net[0].moving_mean, name="moving_mean"
    )
    net.set_train()
    dropped = net[1](ones)
    expect.equal(True, bool((dropped == 0).any()), name="drops")
    net[0](ones)
    expect.apart(
        np.zeros(2),
        net[0].moving_mean,
        at_least=0.05,
        name="moving_mean_in_training",
    )


def copied_weights_give_the_same_output(pytorch, mindspore):
    """In the example, with PyTorch's weights and statistics copied by name
    (`gamma` and `beta` for `weight` and `bias` of a batch normalization,
    `moving_mean` and `moving_variance` for `running_mean` and `running_var`),
    the output of the network of `Dense`, `BatchNorm1d` and `Dropout` in
    evaluation mode matches.
    """
    mindspore.load(mindspore.net, pytorch.start)
    mindspore.net.set_train(False)
    expect.close(
        pytorch.output, mindspore.net(mindspore.x), name="output"
    )
