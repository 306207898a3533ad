import mindspore as ms
from crosswalk import expect


def resumed_run_continues(pytorch, mindspore):
    """A run with `Adam` at a fixed learning rate that is saved, loaded into a
    new optimizer with the same arguments before its first step and resumed
    ends with the weights of the uninterrupted run. This holds in PyTorch and,
    with a step compiled with `@ms.jit` in PyNative mode, in `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    expect.close(
        pytorch.uninterrupted, pytorch.resumed, name="pytorch"
    )
    for place in mindspore.places:
        expect.close(
            mindspore.uninterrupted[place],
            mindspore.resumed[place],
            name=place,
        )


def step_count_is_in_the_file(pytorch, mindspore):
    """After three steps, compiled with `@ms.jit` in MindSpore, the file holds
    the number of steps that Adam's bias correction needs: as `step` in
    PyTorch, as `beta1_power` and `beta2_power` in `mindspore.nn.Adam` (the
    betas to the power of the steps), and as `state_step` in the `Adam` of
    `mindspore.experimental.optim` and of `mindspore.mint.optim`.
    """
    expect.equal(3, pytorch.step_count, name="pytorch")
    nn = mindspore.files["nn"]
    expect.close(0.9**3, nn["beta1_power"], name="nn_beta1_power")
    expect.close(
        0.999**3, nn["beta2_power"], name="nn_beta2_power"
    )
    for place in ("experimental", "mint"):
        step = mindspore.files[place]["state_step"]
        expect.equal(3, int(step.asnumpy().item()), name=place)


def without_the_count_the_run_differs(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, with a fixed learning rate of 0.1 and
    the default betas, loading the moments without the step count is not
    enough. Saved after three steps and resumed for three, a run of
    `mindspore.nn.Adam` without `beta1_power` and `beta2_power`, or of the
    `Adam` of `mindspore.experimental.optim` or `mindspore.mint.optim` without
    `state_step`, ends with weights that differ from the uninterrupted run.
    """
    powers = {"nn": ("beta1_power", "beta2_power")}
    for place, optimizer_class in mindspore.places.items():
        net, optimizer = mindspore.build(
            mindspore.second, optimizer_class
        )
        state = ms.load_checkpoint(f"{place}.ckpt")
        for name in powers.get(place, ("state_step",)):
            del state[name]
        ms.load_param_into_net(optimizer, state)
        step = mindspore.compile_step(net, optimizer)
        weight = mindspore.train(net, step, 3)
        expect.apart(
            mindspore.uninterrupted[place],
            weight,
            at_least=0.05,
            name=place,
        )


def pynative_continues_too(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a run at a fixed learning rate with
    the `Adam` of `mindspore.nn` or `mindspore.experimental.optim` that is
    saved, loaded into a new optimizer with the same arguments before its first
    step and resumed ends with the weights of the uninterrupted run.
    """
    for place in ("nn", "experimental"):
        optimizer_class = mindspore.places[place]
        net, optimizer = mindspore.build(
            mindspore.first, optimizer_class
        )
        _train(mindspore, net, optimizer)
        ms.save_checkpoint(optimizer, "pynative.ckpt")
        uninterrupted = _train(mindspore, net, optimizer)

        net, optimizer = mindspore.build(
            mindspore.second, optimizer_class
        )
        ms.load_checkpoint("pynative.ckpt", optimizer)
        resumed = _train(mindspore, net, optimizer)
        expect.close(uninterrupted, resumed, name=place)
        expect.close(
            mindspore.uninterrupted[place],
            uninterrupted,
            name=f"{place}_jit",
        )


def _train(side, net, optimizer):
    def forward():
        return (net(side.x) - side.y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    for _ in range(3):
        optimizer(grad_fn()[1])
    return net.weight.asnumpy().copy()
