import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn


def same_weights(pytorch, mindspore):
    """In the example, with a momentum, one group with its own weight decay and
    one with its own learning rate, the subclass of `mindspore.nn.Optimizer`
    matches the subclass of `torch.optim.Optimizer` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    count = mindspore.optimizer.global_step.asnumpy().tolist()
    expect.equal([60], count, name="global_step")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def state_is_saved(pytorch, mindspore):
    """Means made with `self.parameters.clone` in a subclass of
    `mindspore.nn.Optimizer` are among the optimizer's parameters, which a
    checkpoint holds. After the 60 steps of the example they match the means in
    the `state_dict` of the PyTorch subclass.
    """
    state = pytorch.optimizer.state_dict()["state"]
    saved = mindspore.optimizer.parameters_dict()
    expect.close(
        [state[0]["mean"], state[1]["mean"]],
        [saved["mean.weight"], saved["mean.bias"]],
        name="means",
    )


def decay_needs_a_call(pytorch, mindspore):
    """A subclass of `mindspore.nn.Optimizer` whose `construct` neither calls
    `decay_weight` nor decays the weights itself accepts `weight_decay` but
    does not apply it: with a learning rate of 0.05 and `weight_decay=1.0`, it
    matches PyTorch without weight decay.
    """
    decayed = _theirs(pytorch, weight_decay=1.0)
    plain = _theirs(pytorch, weight_decay=0.0)
    net = mindspore.model()
    optimizer = _Bare(
        0.05, net.trainable_params(), weight_decay=1.0
    )
    ours = mindspore.train(net, optimizer)
    expect.apart(decayed, ours, at_least=0.01, name="apart")
    expect.close(plain, ours, name="without_decay")
    net = mindspore.model()
    optimizer = _Decayed(
        0.05, net.trainable_params(), weight_decay=1.0
    )
    ours = mindspore.train(net, optimizer)
    expect.close(decayed, ours, name="with_the_call")


def step_needs_counting(pytorch, mindspore):
    """A subclass of `mindspore.nn.Optimizer` whose `construct`
    does not increase `global_step`, such as `MyMomentum` in its
    documentation, uses the first learning rate of a list at every
    step.
    """
    expect.equal(
        [True, False],
        [
            text in nn.Optimizer.__doc__
            for text in (
                "class MyMomentum(nn.Optimizer)",
                "global_step",
            )
        ],
        name="documented",
    )
    first = _theirs(pytorch, weight_decay=0.0)
    rates = [0.05 * 0.9**step for step in range(60)]
    net = mindspore.model()
    optimizer = _Bare(rates, net.trainable_params())
    ours = mindspore.train(net, optimizer)
    expect.close(first, ours, name="first_rate")
    net = mindspore.model()
    optimizer = _Counted(rates, net.trainable_params())
    counted = mindspore.train(net, optimizer)
    expect.apart(first, counted, at_least=0.01, name="counted")
    scheduled = _theirs(pytorch, weight_decay=0.0, factor=0.9)
    expect.close(scheduled, counted, name="pytorch_schedule")


def rates_become_a_tuple(pytorch, mindspore):
    """With fixed learning rates, `get_lr` of `mindspore.nn.Optimizer` returns
    one learning rate. If a group has its own, it returns one per parameter:
    three for a group of two parameters and a group of one.
    """
    net = mindspore.model()
    optimizer = _Bare(0.05, net.trainable_params())
    expect.close(0.05, optimizer.get_lr().item(), name="one")
    rates = mindspore.optimizer.get_lr()
    expect.equal(2, len(rates), name="count")
    expect.close(
        np.array([0.05, 0.02]),
        np.array([rate.item() for rate in rates]),
        name="per_parameter",
    )
    params = [
        ms.Parameter(ms.Tensor([1.0]), name=name)
        for name in ("a", "b", "c")
    ]
    groups = [
        {"params": params[:2], "lr": 0.02},
        {"params": params[2:]},
    ]
    rates = _Bare(0.05, groups).get_lr()
    expect.close(
        [0.02, 0.02, 0.05],
        [rate.item() for rate in rates],
        name="three",
    )


def group_keys_are_fixed(pytorch, mindspore):
    """A group of a subclass of `mindspore.nn.Optimizer` raises
    `KeyError` for a key of its own, such as `beta`; a group of
    the PyTorch subclass may set it.
    """
    net = mindspore.model()
    groups = [{"params": net.trainable_params(), "beta": 0.5}]
    expect.raises(
        KeyError,
        lambda: mindspore.SignMomentum(groups),
        match="the key in group params must be one of",
        name="mindspore",
    )
    net = pytorch.model()
    groups = [{"params": net.parameters(), "beta": 0.5}]
    optimizer = pytorch.SignMomentum(groups)
    expect.equal(
        0.5, optimizer.param_groups[0]["beta"], name="pytorch"
    )


def rate_comes_first(pytorch, mindspore):
    """The constructor of `mindspore.nn.Optimizer` takes the learning rate
    first, then the parameters; PyTorch's order, with a float as the learning
    rate, raises `TypeError`.
    """
    params = mindspore.model().trainable_params()
    expect.raises(
        TypeError,
        lambda: nn.Optimizer(params, 0.05),
        match="must be Iterable type, but got <class 'float'>",
        name="swapped",
    )
    optimizer = nn.Optimizer(0.05, params)
    expect.equal(2, len(optimizer.parameters), name="parameters")


def gamma_and_beta_are_not_decayed(pytorch, mindspore):
    """Without groups, `decay_weight` of your subclass of
    `mindspore.nn.Optimizer` does not decay parameters whose name
    contains `gamma` or `beta`: it returns their gradients
    unchanged. In a group with that decay it adds the decay to
    them.
    """
    names = ["weight", "norm.gamma", "norm.beta"]
    params = [
        ms.Parameter(ms.Tensor([3.0]), name=name)
        for name in names
    ]
    gradients = tuple(ms.Tensor([1.0]) for _ in names)
    plain = _Bare(0.05, params, weight_decay=0.5)
    grads = [g.item() for g in plain.decay_weight(gradients)]
    expect.close([2.5, 1.0, 1.0], grads, name="without_groups")
    groups = [{"params": params, "weight_decay": 0.5}]
    grouped = _Bare(0.05, groups)
    grads = [g.item() for g in grouped.decay_weight(gradients)]
    expect.close([2.5, 2.5, 2.5], grads, name="in_a_group")


class _Bare(nn.Optimizer):
    def construct(self, gradients):
        rate = self.get_lr()
        for p, grad in zip(
            self.parameters, gradients, strict=True
        ):
            p.copy_(p - rate * grad)


class _Decayed(_Bare):
    def construct(self, gradients):
        super().construct(self.decay_weight(gradients))


class _Counted(_Bare):
    def construct(self, gradients):
        super().construct(gradients)
        self.assignadd(
            self.global_step, self.global_step_increase_tensor
        )


def _theirs(side, weight_decay, factor=1.0):
    net = side.model()
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.05, weight_decay=weight_decay
    )
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, factor
    )
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    return side.train(net, optimizer)
