import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore.experimental import optim

# Lamb has no CPU kernel, the other two wrap an optimizer.
NOT_RUN = {"LARS", "Lamb", "OptTFTWrapper"}


def new_number_waits_for_a_new_shape(pytorch, mindspore):
    """A function compiled with `@ms.jit` keeps the value that a global number
    had at the first call. A batch of a new shape compiles the function again
    and uses the new value; the old shape still gets the old one. PyTorch
    reads the number at every call.
    """
    expect.equal([3.0, 6.0], pytorch.after.tolist(), name="torch")
    expect.equal([3.0, 6.0, 9.0], pytorch.new_shape.tolist())
    before = mindspore.before.asnumpy()
    expect.close(np.array([2.0, 4.0]), before, name="before")
    expect.close(before, mindspore.after, name="same_shape")
    expect.close(
        pytorch.new_shape, mindspore.new_shape, name="new_shape"
    )
    again = mindspore.scale(mindspore.x)
    expect.close(before, again, name="old_shape_again")


def new_function_and_arguments_use_new_values(pytorch, mindspore):
    """Two ways give a compiled function the new value of a number: wrap the
    function with `ms.jit` again after the change, or pass the number as an
    argument. A new Python float compiles the function again; a new Tensor of
    the same shape and dtype does not.
    """

    def scale_by(x, factor):
        return x * factor

    def add_noise(x, factor):
        return x * factor * 0.0 + np.random.rand()

    compiled = ms.jit(mindspore.scale)(mindspore.x)
    expect.close(pytorch.after, compiled, name="wrapped_again")
    by_argument = ms.jit(scale_by)
    for factor in (2.0, 3.0, 5, ms.Tensor(7.0)):
        expect.close(
            float(factor) * np.array([1.0, 2.0]),
            by_argument(mindspore.x, factor),
            name=f"argument {float(factor)}",
        )
    noisy = ms.jit(add_noise)
    twice = [noisy(mindspore.x, factor) for factor in (2.0, 3.0)]
    expect.apart(*twice, at_least=1e-6, name="numbers")
    tensors = ms.Tensor(2.0), ms.Tensor(3.0)
    twice = [noisy(mindspore.x, factor) for factor in tensors]
    expect.close(*twice, tolerance=0.0, name="tensors")


def python_statements_do_not_run(pytorch, mindspore):
    """In a function compiled with `@ms.jit`, `list.append` adds nothing to a
    global list, and `np.random.rand()` adds the same number at every call with
    inputs of the same shape. No error is raised. PyTorch runs both at every
    call.
    """
    expect.equal(3, len(pytorch.calls), name="torch_calls")
    expect.equal(0, len(mindspore.calls), name="jit_calls")
    first, second, third = pytorch.noisy
    expect.apart(first, second, at_least=0.01, name="torch")
    first, second, third = mindspore.noisy
    expect.close(first, second, tolerance=0.0, name="second")
    expect.close(first, third, tolerance=0.0, name="third")


def set_train_does_not_reach_the_function(pytorch, mindspore):
    """With inputs of the same shape, a function compiled with `@ms.jit` that
    calls the network ignores `set_train` after its first call. If that call was
    in training mode, `nn.Dropout` still drops values in evaluation; if it was
    in evaluation mode, `nn.Dropout` drops none in training. PyTorch follows
    `train()` and `eval()`.
    """
    ones = np.ones(8)
    expect.close(ones, pytorch.evaluated, name="torch")
    dropped = mindspore.evaluated
    expect.apart(ones, dropped, at_least=0.5, name="dropped")
    net = ms.nn.Dropout(p=0.5)

    def forward(x):
        return net(x)

    call = ms.jit(forward)
    inputs = ms.ops.ones(8)
    net.set_train(False)
    call(inputs)
    net.set_train()
    expect.close(ones, call(inputs), name="nothing_dropped")
    expect.apart(ones, net(inputs), at_least=0.5, name="network")


def changes_seen_by_each_way_to_compile(pytorch, mindspore):
    """Change a network between two calls with inputs of the same shape:
    replace a number, Tensor or Parameter in an attribute by a new one, put a
    new value into a dict, call `copy_` or `set_data` on a Parameter, or call
    `set_train` of the network or of a cell inside it. In PyNative mode without
    `@ms.jit`, the second call sees all eight changes. In PyNative mode, a
    function compiled with `@ms.jit` that calls the network sees `copy_` only.
    With `@ms.jit` on `construct`, or with `ms.jit(net)`, the call sees `copy_`
    and `set_train` of the network. In Graph mode without `@ms.jit`, it sees
    `copy_`, `set_data` and `set_train` of the network.
    """
    del pytorch, mindspore
    some = {"copy_", "set_train"}
    for way, seen in {
        "pynative": set(CHANGES),
        "function": {"copy_"},
        "method": some,
        "network": some,
        "graph": {*some, "set_data"},
    }.items():
        found = {name for name in CHANGES if _sees(way, name)}
        expect.equal(sorted(seen), sorted(found), name=way)


def compile_before_the_first_eager_call(pytorch, mindspore):
    """After an optimizer of `mindspore.experimental.optim` for the weight and
    the bias of a dense layer has made a step in PyNative mode without
    `@ms.jit`, a step compiled with `@ms.jit` raises `TypeError` at its first
    call and at its first call with a new shape: with all eleven. A step that
    was compiled before still works with the same shape. With every
    `mindspore.nn` optimizer that takes parameters and runs on CPU, all of this
    works.
    """
    del pytorch, mindspore
    ours = subclasses(optim, optim.Optimizer)
    expect.equal(11, len(ours), name="experimental")
    for name, cls in ours.items():
        for label, order in (
            (name, ["eager", "compiled"]),
            (f"{name}_shape", ["compiled", "eager", "new_shape"]),
        ):
            expect.raises(
                TypeError,
                lambda cls=cls, order=order: _steps(cls, order),
                match="number of provided arguments is 1",
                name=label,
            )
        _steps(cls, ["compiled", "eager", "compiled"])
    for name, cls in subclasses(ms.nn, ms.nn.Optimizer).items():
        if name not in NOT_RUN:
            _steps(cls, ["eager", "compiled"])
            _steps(cls, ["compiled", "eager", "new_shape"])


class _Part(ms.nn.Cell):
    def construct(self, x):
        return x * 2.0 if self.training else x * 3.0


class _Net(ms.nn.Cell):
    def __init__(self):
        super().__init__()
        self.part = _Part()
        self.number = 2.0
        self.tensor = ms.Tensor(2.0)
        self.options = {"factor": 2.0}
        self.weight = ms.Parameter(ms.Tensor(2.0), name="weight")

    def construct(self, x):
        mode = 2.0 if self.training else 3.0
        factor = self.number * self.options["factor"]
        scaled = x * factor * self.tensor * self.weight
        return self.part(scaled) * mode


class _Compiled(_Net):
    @ms.jit
    def construct(self, x):
        mode = 2.0 if self.training else 3.0
        factor = self.number * self.options["factor"]
        scaled = x * factor * self.tensor * self.weight
        return self.part(scaled) * mode


def _new_parameter(net):
    net.weight = ms.Parameter(ms.Tensor(3.0), name="weight")


CHANGES = {
    "number": lambda net: setattr(net, "number", 3.0),
    "Tensor": lambda net: setattr(net, "tensor", ms.Tensor(3.0)),
    "dict": lambda net: net.options.update(factor=3.0),
    "copy_": lambda net: net.weight.copy_(ms.Tensor(3.0)),
    "set_data": lambda net: net.weight.set_data(ms.Tensor(3.0)),
    "Parameter": _new_parameter,
    "set_train": lambda net: net.set_train(False),
    "set_train_inside": lambda net: net.part.set_train(False),
}


def _sees(way, name):
    """Say whether a call after a change gives another value."""
    graph = ms.GRAPH_MODE if way == "graph" else ms.PYNATIVE_MODE
    ms.set_context(mode=graph)
    net = _Compiled() if way == "method" else _Net()
    net.set_train()

    def function(x):
        return net(x)

    ways = {"function": ms.jit(function), "network": ms.jit(net)}
    call = ways.get(way, net)
    before = call(ms.Tensor([1.0])).item()
    CHANGES[name](net)
    after = call(ms.Tensor([1.0])).item()
    ms.set_context(mode=ms.PYNATIVE_MODE)
    return {1.0: False, 1.5: True, 2.25: True}[after / before]


def _steps(cls, order):
    """Make steps of these kinds; each of them changes the weight."""
    arguments = {
        "SGD": (0.1, 0.9),
        "Momentum": (0.1, 0.9),
        "AdaFactor": (),
    }
    net = ms.nn.Dense(3, 2)
    optimizer = cls(
        net.trainable_params(),
        *arguments.get(cls.__name__, (0.1,)),
    )

    def forward(x):
        return net(x).mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step(x):
        loss, gradients = grad_fn(x)
        optimizer(gradients)
        return loss

    compiled = ms.jit(step)
    for kind in order:
        before = net.weight.asnumpy().copy()
        call = step if kind == "eager" else compiled
        length = 5 if kind == "new_shape" else 4
        call(ms.ops.ones((length, 3)))
        expect.apart(
            before,
            net.weight,
            at_least=1e-6,
            name=f"{cls.__module__}.{cls.__name__}",
        )
