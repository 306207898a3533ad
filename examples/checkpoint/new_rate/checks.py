import copy

import mindspore as ms
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore.experimental import optim as experimental
from mindspore.mint import optim as mint

# They take an optimizer.
WRAPPERS = {"LARS", "OptTFTWrapper"}


def rate_comes_from_the_file(pytorch, mindspore):
    """If the file and the constructor each have one fixed learning rate, a
    float, loading overwrites the constructor's: the optimizer then has the old
    0.1, not the new 0.01. This holds for every optimizer of `torch.optim`, and
    of `mindspore.nn` without groups, that takes parameters.
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
    optim, weight = pytorch.torch.optim, pytorch.net.weight
    for name, cls in subclasses(optim, optim.Optimizer).items():
        optimizer = cls([weight], lr=0.01)
        optimizer.load_state_dict(
            cls([weight], lr=0.1).state_dict()
        )
        rate = optimizer.param_groups[0]["lr"]
        expect.equal(0.1, rate, name=f"pytorch_{name}")
    for name, cls in _every_nn().items():
        ms.save_checkpoint(_build(cls, 0.1), "every.ckpt")
        optimizer = _build(cls, 0.01)
        ms.load_checkpoint("every.ckpt", optimizer)
        expect.close(
            0.1, optimizer.learning_rate, name=f"nn_{name}"
        )


def file_rate_reaches_the_update(pytorch, mindspore):
    """With `momentum=0.9`, fixed learning rates, other arguments at their
    defaults, and a file that was saved before the first step, the first step
    of a new optimizer after loading changes the weight by the learning rate of
    the file times the gradient in `torch.optim.SGD` and `mindspore.nn.SGD`,
    and by the learning rate of the constructor times the gradient in
    `mindspore.experimental.optim.SGD`.
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


def step_sizes_come_from_the_file(pytorch, mindspore):
    """A new `Rprop` of `torch.optim`, of `mindspore.nn` or of
    `mindspore.experimental.optim` updates with the step sizes of a file that
    was saved after two steps and loaded before its first step: a learning rate
    of 0.01 instead of 0.1 in its constructor has no effect on the next two
    steps, even if `learning_rate` is deleted from what is loaded into
    `mindspore.nn.Rprop`.
    """
    optim, torch = pytorch.torch.optim, pytorch.torch
    weights = {}
    for rate in (0.1, 0.01):
        weight = torch.nn.Parameter(torch.ones(3))
        optimizer = optim.Rprop([weight], lr=rate)
        if rate == 0.1:
            _torch_steps(weight, optimizer)
            state = copy.deepcopy(optimizer.state_dict())
            start = weight.detach().clone()
        else:
            optimizer.load_state_dict(state)
            weight.data = start
        _torch_steps(weight, optimizer)
        weights[rate] = weight.tolist()
    expect.close(weights[0.1], weights[0.01], name="pytorch")
    for place, cls in (
        ("nn", ms.nn.Rprop),
        ("experimental", experimental.Rprop),
    ):
        old = _build(cls, 0.1)
        _steps(old)
        ms.save_checkpoint(old, "rprop.ckpt")
        state = ms.load_checkpoint("rprop.ckpt")
        state.pop("learning_rate", None)
        new = _build(cls, 0.01)
        ms.load_param_into_net(new, state)
        expect.close(_steps(old), _steps(new), name=place)


def momentum_comes_from_the_file(pytorch, mindspore):
    """Loading overwrites the momentum that was passed to the constructor, 0.5,
    with 0.9 from the file, in `torch.optim.SGD`, `mindspore.nn.SGD` and
    `mindspore.nn.Momentum`.
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
    """Loading overwrites the weight decay of `torch.optim.SGD`. Without
    groups, every optimizer of `mindspore.nn` that takes parameters keeps a
    float that its constructor got as `weight_decay`, because its file has
    none.
    """
    expect.equal(
        0.0, pytorch.loaded["weight_decay"], name="pytorch"
    )
    expect.equal(
        0.2, mindspore.loaded["weight_decay"], name="mindspore"
    )
    expect.close(0.0, mindspore.old.weight_decay, name="saved")
    for name, cls in _every_nn().items():
        old = _build(cls, 0.1, weight_decay=0.0)
        ms.save_checkpoint(old, "decay.ckpt")
        new = _build(cls, 0.1, weight_decay=0.2)
        state = ms.load_checkpoint("decay.ckpt", new)
        found = [key for key in state if "decay" in key]
        expect.equal([], found, name=f"{name}_file")
        expect.close(0.2, new.weight_decay, name=name)


def new_rate_can_be_kept(pytorch, mindspore):
    """The new fixed learning rate takes effect if you set it in `param_groups`
    of `torch.optim.SGD` after loading, or delete `learning_rate` from what you
    load into a new `mindspore.nn` optimizer without groups;
    `load_param_into_net` then returns that name as not set. With a file saved
    after two steps, this holds for the next step of every `mindspore.nn`
    optimizer that runs on CPU (`AdaFactor` with `relative_step=False`) except
    `Rprop` and `ASGD`, which use the step sizes in the file, `ASGD` for one
    step.
    """
    expect.equal(0.01, pytorch.mended["lr"], name="pytorch")
    expect.equal(
        0.01, mindspore.mended["learning_rate"], name="mindspore"
    )
    expect.equal(
        ["learning_rate"], mindspore.left_out, name="not_loaded"
    )
    for name, cls in _every_nn().items():
        if name == "Lamb":  # it has no CPU kernel
            continue
        old = _build(cls, 0.1)
        _steps(old)
        ms.save_checkpoint(old, "kept.ckpt")
        state = ms.load_checkpoint("kept.ckpt")
        del state["learning_rate"]
        new = _build(cls, 0.01)
        left_out, _ = ms.load_param_into_net(new, state)
        expect.equal(
            ["learning_rate"], left_out, name=f"{name}_not_loaded"
        )
        pair = _steps(old, 1), _steps(new, 1)
        if name in {"ASGD", "Rprop"}:
            expect.close(*pair, tolerance=0, name=name)
        else:
            expect.apart(*pair, at_least=1e-4, name=name)
        if name == "ASGD":
            pair = _steps(old, 1), _steps(new, 1)
            expect.apart(*pair, at_least=1e-4, name="second_step")


def new_momentum_can_be_kept(pytorch, mindspore):
    """To keep a new momentum factor in `mindspore.nn.SGD`, delete `momentum`
    from what you load.
    """
    optimizer = mindspore.build(learning_rate=0.01, momentum=0.5)
    state = ms.load_checkpoint("optimizer.ckpt")
    del state["momentum"]
    ms.load_param_into_net(optimizer, state)
    expect.close(0.5, optimizer.momentum, name="momentum")
    expect.close(0.1, optimizer.learning_rate, name="rate")


def experimental_keeps_the_constructors(pytorch, mindspore):
    """Built without groups, every optimizer of `mindspore.experimental.optim`
    and `mindspore.mint.optim` keeps the values of its constructor in
    `param_groups[0]` when you load a file, such as the learning rate and the
    weight decay, and in `SGD` the momentum. Not run: `FusedAdamW`.
    """
    for place, module in (
        ("experimental", experimental),
        ("mint", mint),
    ):
        classes = subclasses(module, experimental.Optimizer)
        for name in sorted(set(classes) - {"FusedAdamW"}):
            cls = classes[name]
            sgd = name == "SGD"
            old = {"momentum": 0.9} if sgd else {}
            new = {"momentum": 0.5} if sgd else {}
            if name != "Rprop":
                new |= {"weight_decay": 0.2}
            ms.save_checkpoint(
                _build(cls, 0.1, **old), "kept.ckpt"
            )
            optimizer = _build(cls, 0.01, **new)
            before = _options(optimizer)
            state = ms.load_checkpoint("kept.ckpt")
            left_out = ms.load_param_into_net(optimizer, state)
            label = f"{place}_{name}"
            expect.equal(
                ([], []), left_out, name=f"{label}_left_out"
            )
            expect.equal(
                before, _options(optimizer), name=f"{label}_group"
            )
            group = optimizer.param_groups[0]
            expect.close(0.01, group["lr"], name=f"{label}_lr")
            for key, value in new.items():
                expect.equal(
                    value, group[key], name=f"{label}_{key}"
                )


def adam_betas_come_from_the_constructor(pytorch, mindspore):
    """`mindspore.nn.Adam` keeps the betas of its constructor when you load a
    file, but continues with the saved powers of the old betas;
    `torch.optim.Adam` loads the betas.
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


def _step(optimizer, rate):
    weight = optimizer.parameters[0]
    before = weight.asnumpy().copy()
    optimizer((ms.ops.ones_like(weight),))
    return before - rate, weight


def _every_nn():
    classes = subclasses(ms.nn, ms.nn.Optimizer)
    return {n: c for n, c in classes.items() if n not in WRAPPERS}


def _build(cls, rate, **arguments):
    if cls.__name__ == "AdaFactor":
        arguments |= {
            "scale_parameter": False,
            "relative_step": False,
            "warmup_init": False,
        }
    if cls is ms.nn.Momentum:
        arguments["momentum"] = 0.9
    weight = ms.Parameter(ms.Tensor([[1.0, 1.0]]), name="weight")
    bias = ms.Parameter(ms.Tensor([1.0]), name="bias")
    parameters = [weight, bias]
    if issubclass(cls, ms.nn.Optimizer):
        return cls(parameters, learning_rate=rate, **arguments)
    return cls(parameters, lr=rate, **arguments)


def _options(optimizer):
    """Return the text of all that the first group holds but its weights."""
    group = optimizer.param_groups[0]
    return {
        key: str(getattr(value, "asnumpy", lambda v=value: v)())
        for key, value in group.items()
        if key != "params"
    }


def _steps(optimizer, steps=2):
    gradients = ms.Tensor([[0.5, -2.0]]), ms.Tensor([0.1])
    for _ in range(steps):
        optimizer(gradients)
    return [p.asnumpy().copy() for p in optimizer.parameters]


def _torch_steps(weight, optimizer):
    for _ in range(2):
        weight.grad = weight.detach().new([0.5, -2.0, 0.1])
        optimizer.step()
