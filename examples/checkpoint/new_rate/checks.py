import mindspore as ms
from crosswalk import expect
from mindspore.experimental import optim as experimental
from mindspore.mint import optim as mint


def rate_comes_from_the_file(pytorch, mindspore):
    """Loading overwrites the learning rate that was passed to the
    constructor: the old 0.1 is in force, not the new 0.01, in PyTorch and in
    `mindspore.nn`.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        new = list(side.new.values())
        expect.equal([0.01, 0.5, 0.2], new, name=f"{name}_new")
    expect.equal(0.1, pytorch.loaded["lr"], name="pytorch")
    expect.equal(
        0.1, mindspore.loaded["learning_rate"], name="mindspore"
    )


def file_rate_reaches_the_update(pytorch, mindspore):
    """The first step after loading moves the weight by the rate of the file
    times the gradient in PyTorch and in `mindspore.nn`, and by the rate of the
    constructor times the gradient in `mindspore.experimental.optim`.
    """
    optimizer = pytorch.build(lr=0.01, momentum=0.9)
    optimizer.load_state_dict(pytorch.torch.load("optimizer.pt"))
    weight = pytorch.net.weight
    before = weight.numpy(force=True).copy()
    weight.grad = pytorch.torch.ones_like(weight)
    optimizer.step()
    expect.close(before - 0.1, weight, name="pytorch")

    optimizer = mindspore.build(learning_rate=0.01, momentum=0.9)
    ms.load_checkpoint("optimizer.ckpt", optimizer)
    expect.close(*_step(optimizer, 0.1), name="nn")

    weights = mindspore.net.trainable_params()
    old = experimental.SGD(weights, 0.1, momentum=0.9)
    ms.save_checkpoint(old, "experimental.ckpt")
    optimizer = experimental.SGD(weights, 0.01, momentum=0.9)
    ms.load_checkpoint("experimental.ckpt", optimizer)
    expect.close(*_step(optimizer, 0.01), name="experimental")


def _step(optimizer, rate):
    weight = optimizer.parameters[0]
    before = weight.asnumpy().copy()
    optimizer((ms.ops.ones_like(weight),))
    return before - rate, weight


def momentum_comes_from_the_file(pytorch, mindspore):
    """Loading overwrites the momentum that was passed to the constructor, in
    PyTorch and in `mindspore.nn.SGD` and `mindspore.nn.Momentum`.
    """
    expect.equal(0.9, pytorch.loaded["momentum"], name="pytorch")
    expect.equal(
        0.9, mindspore.loaded["momentum"], name="mindspore_sgd"
    )
    weights = mindspore.net.trainable_params()
    ms.save_checkpoint(
        ms.nn.Momentum(weights, 0.1, 0.9), "momentum.ckpt"
    )
    optimizer = ms.nn.Momentum(weights, 0.1, 0.5)
    ms.load_checkpoint("momentum.ckpt", optimizer)
    expect.close(
        0.9, optimizer.momentum, name="mindspore_momentum"
    )


def weight_decay_differs(pytorch, mindspore):
    """Loading overwrites the weight decay in PyTorch, and leaves the
    constructor's in `mindspore.nn`: it is in PyTorch's file, and not in
    MindSpore's.
    """
    expect.equal(
        0.0, pytorch.loaded["weight_decay"], name="pytorch"
    )
    expect.equal(
        0.2, mindspore.loaded["weight_decay"], name="mindspore"
    )
    expect.close(0.0, mindspore.old.weight_decay, name="saved")


def new_rate_can_be_kept(pytorch, mindspore):
    """The new rate is in force if PyTorch's is set in `param_groups` after
    loading, or if `learning_rate` is deleted from what is loaded into a
    `mindspore.nn` optimizer. `load_param_into_net` then returns that name
    as not set.
    """
    expect.equal(0.01, pytorch.mended["lr"], name="pytorch")
    expect.equal(
        0.01, mindspore.mended["learning_rate"], name="mindspore"
    )
    expect.equal(
        ["learning_rate"], mindspore.left_out, name="not_loaded"
    )


def new_momentum_can_be_kept(pytorch, mindspore):
    """A new momentum factor is kept in `mindspore.nn.SGD` by deleting
    `momentum` from what is loaded.
    """
    optimizer = mindspore.build(learning_rate=0.01, momentum=0.5)
    state = ms.load_checkpoint("optimizer.ckpt")
    del state["momentum"]
    ms.load_param_into_net(optimizer, state)
    expect.close(0.5, optimizer.momentum, name="momentum")
    expect.close(0.1, optimizer.learning_rate, name="rate")


def experimental_keeps_the_constructors(pytorch, mindspore):
    """The optimizers of `mindspore.experimental.optim` and of
    `mindspore.mint.optim` keep every hyperparameter of their constructor when
    a file is loaded: rate, momentum and weight decay are the new ones.
    """
    weights = mindspore.net.trainable_params()
    for place, module in (
        ("experimental", experimental),
        ("mint", mint),
    ):
        old = module.SGD(weights, 0.1, momentum=0.9)
        ms.save_checkpoint(old, f"{place}.ckpt")
        new = module.SGD(
            weights, 0.01, momentum=0.5, weight_decay=0.2
        )
        state = ms.load_checkpoint(f"{place}.ckpt")
        left_out = ms.load_param_into_net(new, state)
        group = new.param_groups[0]
        expect.equal(([], []), left_out, name=f"{place}_left_out")
        expect.close(0.01, group["lr"], name=f"{place}_lr")
        expect.equal(
            0.5, group["momentum"], name=f"{place}_momentum"
        )
        expect.equal(
            0.2,
            group["weight_decay"],
            name=f"{place}_weight_decay",
        )


def adam_betas_come_from_the_constructor(pytorch, mindspore):
    """`mindspore.nn.Adam` keeps the betas of its constructor when a file is
    loaded, but goes on with the powers of the betas it was saved with; PyTorch
    loads the betas.
    """
    weights = mindspore.net.trainable_params()
    old = ms.nn.Adam(weights, 0.1, beta1=0.9)
    old.beta1_power.set_data(ms.Tensor(0.81, ms.float32))
    ms.save_checkpoint(old, "adam.ckpt")
    new = ms.nn.Adam(weights, 0.1, beta1=0.5)
    ms.load_checkpoint("adam.ckpt", new)
    expect.close(0.5, new.beta1, name="beta1")
    expect.close(0.81, new.beta1_power, name="beta1_power")

    torch = pytorch.torch
    saved = torch.optim.Adam(
        pytorch.net.parameters(), betas=(0.9, 0.999)
    )
    optimizer = torch.optim.Adam(
        pytorch.net.parameters(), betas=(0.5, 0.999)
    )
    optimizer.load_state_dict(saved.state_dict())
    betas = optimizer.param_groups[0]["betas"]
    expect.equal((0.9, 0.999), betas, name="pytorch")
