import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim


def same_weights(pytorch, mindspore):
    """In the example, with a momentum and two groups that set their own weight
    decay, learning rate and `beta`, the subclass of
    `mindspore.experimental.optim.Optimizer` matches the subclass of
    `torch.optim.Optimizer` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def state_is_saved(pytorch, mindspore):
    """Means made with `self.parameters.clone` in a subclass of
    `mindspore.experimental.optim.Optimizer` are among the optimizer's
    parameters, which a checkpoint holds. After the 60 steps of the example
    they match the means in the `state_dict` of the PyTorch subclass.
    """
    state = pytorch.optimizer.state_dict()["state"]
    saved = mindspore.optimizer.parameters_dict()
    expect.close(
        [state[0]["mean"], state[1]["mean"]],
        [saved["mean.weight"], saved["mean.bias"]],
        name="means",
    )


def same_under_jit(pytorch, mindspore):
    """With the call of the optimizer compiled with `@ms.jit`, the subclass of
    `mindspore.experimental.optim.Optimizer` in the example matches the PyTorch
    subclass after each of 60 steps, with `lr=0.05` and `weight_decay=0.1`.
    """
    options = {"lr": 0.05, "weight_decay": 0.1}
    net = mindspore.model()
    optimizer = mindspore.SignMomentum(
        net.trainable_params(), **options
    )

    @ms.jit
    def compiled(*grads):
        return optimizer(grads)

    ours = mindspore.train(net, lambda grads: compiled(*grads))
    net = pytorch.model()
    theirs = pytorch.train(
        net, pytorch.SignMomentum(net.parameters(), **options)
    )
    expect.close(theirs, ours, name="weights")


def same_with_a_scheduler(pytorch, mindspore):
    """With `lr=0.05` and `StepLR` of each framework with `step_size=10` and
    `gamma=0.5`, the subclass of `mindspore.experimental.optim.Optimizer` in
    the example matches the PyTorch subclass after each of 60 steps.
    """
    net = pytorch.model()
    optimizer = pytorch.SignMomentum(net.parameters(), lr=0.05)
    scheduler = torch.optim.lr_scheduler.StepLR(
        optimizer, 10, 0.5
    )
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    theirs = pytorch.train(net, optimizer)
    net = mindspore.model()
    optimizer = mindspore.SignMomentum(
        net.trainable_params(), lr=0.05
    )
    scheduler = optim.lr_scheduler.StepLR(optimizer, 10, 0.5)

    def update(grads):
        optimizer(grads)
        scheduler.step()

    expect.close(
        theirs, mindspore.train(net, update), name="weights"
    )


def documented_example_ascends(pytorch, mindspore):
    """`MySGD` in the documentation of `mindspore.experimental.optim.Optimizer`
    adds the gradient times the learning rate, so in the example, with a
    learning rate of 0.01, it matches `torch.optim.SGD` with `maximize=True`.
    """
    line = 'next_param = param + gradients[id+i] * group["lr"]'
    documented = line in optim.Optimizer.__doc__
    expect.equal(True, documented, name="documented")
    net = mindspore.model()
    optimizer = _MySGD(net.trainable_params(), 0.01)
    ours = mindspore.train(net, optimizer)
    for maximize in (True, False):
        net = pytorch.model()
        optimizer = torch.optim.SGD(
            net.parameters(), lr=0.01, maximize=maximize
        )
        theirs = pytorch.train(net, optimizer)
        if maximize:
            expect.close(theirs, ours, name="maximize")
        else:
            expect.apart(
                theirs, ours, at_least=0.1, name="minimize"
            )


def lists_are_not_saved(pytorch, mindspore):
    """If a subclass of `mindspore.experimental.optim.Optimizer`
    keeps parameters in a Python list, or in `self.state` as
    PyTorch does, none of them is among the parameters that a
    checkpoint holds.
    """
    net = mindspore.model()
    optimizer = _Keeping(net.trainable_params(), 0.01)
    expect.equal(
        ["bias", "tuple.bias", "tuple.weight", "weight"],
        sorted(optimizer.parameters_dict()),
        name="saved",
    )


def rate_is_a_parameter(pytorch, mindspore):
    """In a group of `mindspore.experimental.optim.Optimizer` a float learning
    rate, here 0.05, becomes a `Parameter`, and `weight_decay` is there, as
    0.0, even if `defaults` lacks it. In PyTorch the learning rate stays a
    float, and such a group has no `weight_decay`.
    """
    params = mindspore.model().trainable_params()
    group = optim.Optimizer(params, {"lr": 0.05}).param_groups[0]
    expect.equal(
        "Parameter", type(group["lr"]).__name__, name="mindspore"
    )
    expect.equal(0.0, group["weight_decay"], name="weight_decay")
    params = pytorch.model().parameters()
    group = torch.optim.Optimizer(
        params, {"lr": 0.05}
    ).param_groups[0]
    expect.equal(0.05, group["lr"], name="pytorch")
    expect.equal(
        False, "weight_decay" in group, name="pytorch_decay"
    )


class _MySGD(optim.Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    def construct(self, gradients):
        for group_id, group in enumerate(self.param_groups):
            start = self.group_start_id[group_id]
            for i, param in enumerate(group["params"]):
                next_param = (
                    param + gradients[start + i] * group["lr"]
                )
                param.copy_(next_param)


class _Keeping(optim.Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})
        self.in_tuple = self.parameters.clone(
            "tuple", init="zeros"
        )
        self.in_list = list(
            self.parameters.clone("list", init="zeros")
        )
        for p in self.parameters:
            state = ms.Parameter(
                p.asnumpy(), name=f"state.{p.name}"
            )
            self.state[p.name]["mean"] = state
