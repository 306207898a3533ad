import mindspore as ms
import numpy as np
from crosswalk import expect

TRAINED = [36.0, 5.76, 0.9216]
LOADED = np.full((1, 3), 2.0)


def torch_trains_on(pytorch, mindspore):
    """In PyTorch, training continues from the weights that `load_state_dict`,
    with its default `assign=False`, loads between two steps of SGD: in the
    example, the loss falls from its value at the loaded weights.
    """
    expect.close(TRAINED, pytorch.losses)


def nn_stops_training(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after `load_param_into_net` loads
    all weights of a network that `mindspore.nn.SGD` has already updated, the
    optimizer no longer changes the network: in the example, loss and weights
    keep the loaded values, and no error is raised.
    """
    expect.close([36.0] * 3, mindspore.losses, name="losses")
    expect.close(LOADED, mindspore.weight, name="weight")
    expect.apart(pytorch.losses, mindspore.losses, at_least=0.9)


def nn_new_optimizer_trains(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a `mindspore.nn.SGD` built after
    `load_param_into_net`, with a new `value_and_grad`, continues to train from
    the loaded weights.
    """
    net, optimizer, step = _trained_once(mindspore)
    loaded = ms.Parameter(
        ms.Tensor(LOADED, ms.float32), name="weight"
    )
    ms.load_param_into_net(net, {"weight": loaded})
    optimizer = ms.nn.SGD(
        net.trainable_params(), learning_rate=0.1
    )
    expect.close(TRAINED, [step(optimizer) for _ in range(3)])


def nn_assign_trains(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `net.weight.copy_(...)` between two
    steps of `mindspore.nn.SGD` keeps network and optimizer connected: training
    continues from the copied weights.
    """
    net, optimizer, step = _trained_once(mindspore)
    net.weight.copy_(ms.Tensor(LOADED, ms.float32))
    expect.close(TRAINED, [step(optimizer) for _ in range(3)])


def _trained_once(side):
    net = ms.nn.Dense(3, 1, weight_init="ones", has_bias=False)

    def forward():
        return net(side.x).square().mean()

    def step(optimizer):
        grad_fn = ms.value_and_grad(
            forward, None, optimizer.parameters
        )
        loss, gradients = grad_fn()
        optimizer(gradients)
        return loss.item()

    optimizer = ms.nn.SGD(
        net.trainable_params(), learning_rate=0.1
    )
    step(optimizer)
    return net, optimizer, step
