"""Names of the frameworks are found in code, without running anything for it."""

import ast
import sys
from types import ModuleType

import pytest

from crosswalk.comparisons import api_uses

# Small frameworks: the real ones take seconds to import.
OPTIM = """
class Optimizer:
    def __init__(self, *values):
        self.param_groups = [{"lr": 0.1}]
        self._state = {}

    def zero_grad(self):
        pass


class SGD(Optimizer):
    def step(self):
        pass

    @property
    def lazy(self):
        raise AssertionError("read")

    def __getattr__(self, name):
        raise AssertionError(name)

    def __call__(self, *values):
        raise AssertionError("called")


def _hidden():
    pass
"""
NN = """
class Module:
    _parameters, _modules = {}, {}

    def __getattr__(self, name):
        return {**self._parameters, **self._modules}[name]


class Linear(Module):
    def __init__(self, *sizes, bias=True):
        self._parameters = {"weight": Tensor()}

    def forward(self, x):
        return x


class Sequential(Module):
    def __init__(self, **layers):
        self._modules = layers
"""
TORCH = """
float32 = "float32"


class Tensor:
    data = None
    shape = ()

    def sum(self):
        return self

    def __getitem__(self, index):
        return self


def ones(*shape, **options):
    return Tensor()
"""


def made(monkeypatch: pytest.MonkeyPatch, name: str, source: str) -> ModuleType:
    """Return a module that can be imported while the test runs."""
    module = ModuleType(name)
    parent, _, last = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], last, module)
        module.Tensor = sys.modules["torch"].Tensor
    exec(source, module.__dict__)  # noqa: S102 - our own text
    monkeypatch.setitem(sys.modules, name, module)
    return module


@pytest.fixture(autouse=True)
def _frameworks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.partition(".")[0] in api_uses.PACKAGES]:
        monkeypatch.delitem(sys.modules, name)
    made(monkeypatch, "torch", TORCH)
    made(monkeypatch, "torch.nn", NN)
    made(monkeypatch, "torch.optim", OPTIM)
    made(monkeypatch, "mindspore", "def jit(function):\n    return function")


def found(code: str) -> list[tuple[str, str]]:
    """Return what ``code`` uses: the text at each place, and the name."""
    namespace = {}
    exec(code, namespace)  # noqa: S102 - the cases below
    lines = code.split("\n")
    uses = api_uses.uses([ast.parse(code)], namespace, code)
    return [(lines[u.line - 1][u.column : u.end], u.name) for u in uses]


MODEL = "import torch\nnet = torch.nn.Linear(2, 1)\n"
LINEAR = ("torch.nn.Linear", "torch.nn.Linear")
OPTIMIZER = "import torch\noptimizer = torch.optim.SGD([])\n"
SGD = ("torch.optim.SGD", "torch.optim.SGD")
ONES = ("torch.ones", "torch.ones")
CASES = {
    "a dotted name": ("import torch\ntorch.ones(3)", [ONES]),
    "a value": ("import torch\ntorch.float32", [("torch.float32",) * 2]),
    "an alias": (
        "import torch.optim as opt\nopt.SGD([])",
        [("opt.SGD", "torch.optim.SGD")],
    ),
    "a module imported by itself": (
        "from torch import nn\nnn.Linear(2, 1)",
        [("nn.Linear", "torch.nn.Linear")],
    ),
    "a name imported by itself": (
        "from torch.optim import SGD\nSGD([])",
        [("SGD", "torch.optim.SGD")],
    ),
    "a method": (
        f"{OPTIMIZER}optimizer.step()",
        [SGD, ("optimizer.step", "torch.optim.SGD.step")],
    ),
    "a method of the base": (
        f"{OPTIMIZER}optimizer.zero_grad()",
        [SGD, ("optimizer.zero_grad", "torch.optim.Optimizer.zero_grad")],
    ),
    "an attribute of an instance": (
        f"{OPTIMIZER}optimizer.param_groups[0]['lr'] = 1.0",
        [SGD, ("optimizer.param_groups", "torch.optim.SGD.param_groups")],
    ),
    "a parameter of a layer, and its data": (
        f"{MODEL}net.weight.data = None",
        [
            LINEAR,
            ("net.weight", "torch.nn.Linear.weight"),
            ("data", "torch.Tensor.data"),
        ],
    ),
    "a method of what is made": (
        "import torch\ntorch.nn.Linear(1, 1).forward(2)",
        [LINEAR, ("forward", "torch.nn.Linear.forward")],
    ),
    "an argument": (
        "import torch\nprint(torch.ones(3), key=torch.float32) if 0 else 0",
        [ONES, ("torch.float32",) * 2],
    ),
    "a name in a function": (
        "import torch\ndef f(x):\n    return torch.ones(x)",
        [ONES],
    ),
    "an import in a function": (
        "def f():\n    import torch as t\n    return t.ones(1)",
        [("t.ones", "torch.ones")],
    ),
    "a global in a function": (
        f"{OPTIMIZER}def f():\n    optimizer.step()",
        [SGD, ("optimizer.step", "torch.optim.SGD.step")],
    ),
    "a decorator": (
        "import mindspore as ms\n@ms.jit\ndef f(): pass",
        [("ms.jit", "mindspore.jit")],
    ),
    "a call over several lines": (
        "import torch\ny = torch.ones(\n    2,\n    dtype=torch.float32,\n)",
        [ONES, ("torch.float32",) * 2],
    ),
    "a name over several lines": (
        "import torch\ny = (torch\n    .optim\n    .SGD([]))",
        [("SGD", "torch.optim.SGD")],
    ),
    "letters of several bytes before a name": (
        "import torch\nx = '学习率', torch.ones(3)",
        [ONES],
    ),
    "a form feed in a text above": (
        "import torch\nx = 'a\x0cb'; torch.ones(3)",
        [ONES],
    ),
    "an attribute that the framework has, set": (
        "import torch\ntorch.Tensor().data = 1",
        [("torch.Tensor", "torch.Tensor"), ("data", "torch.Tensor.data")],
    ),
    "an index": (
        "import torch\nxs = [torch.ones(1)]\nxs[0].sum()",
        [ONES, ("sum", "torch.Tensor.sum")],
    ),
    "a name in an index": (
        "import torch\nd = {'float32': 1}\nd[torch.float32]",
        [("torch.float32",) * 2],
    ),
}
NOTHING = {
    "a local name of the same spelling": (
        f"{OPTIMIZER}def f(optimizer):\n    optimizer.step()",
        [SGD],
    ),
    "a name assigned in a function": (
        f"{OPTIMIZER}def f():\n    optimizer = g()\n    optimizer.step()",
        [SGD],
    ),
    "an argument of a lambda": (
        f"{OPTIMIZER}f = lambda optimizer: optimizer.step()",
        [SGD],
    ),
    "another library": ("import math\nmath.sqrt(2)", []),
    "a class of ours": (
        "import torch\nclass Net(torch.nn.Module):\n    k = 1\nNet().k",
        [("torch.nn.Module",) * 2],
    ),
    "a private name": (f"{OPTIMIZER}optimizer._state\ntorch.optim._hidden", [SGD]),
    "what a call gives": ("import torch\ntorch.ones(2).sum()", [ONES]),
    "a name that is not there": (
        f"{OPTIMIZER}def f():\n    optimizer.none, nothing.at_all",
        [SGD],
    ),
    "a module alone": ("import torch\ntorch.optim", []),
    "the variable of a comprehension": (
        f"{OPTIMIZER}[optimizer.step() for optimizer in []]",
        [SGD],
    ),
    "an attribute that the code sets itself": (f"{OPTIMIZER}optimizer.lr = 1", [SGD]),
    "a layer that the user named": (
        "import torch\nnet = torch.nn.Sequential(head=1)\nnet.head",
        [("torch.nn.Sequential", "torch.nn.Sequential")],
    ),
    "a name in a text or a comment": ("import torch\n'torch.ones'  # torch.ones", []),
}


@pytest.mark.parametrize(("code", "expected"), CASES.values(), ids=CASES)
def test_a_name_of_a_framework_is_found(
    code: str, expected: list[tuple[str, str]]
) -> None:
    """Each use has the public name and the place of the text in its line."""
    assert expected == found(code)


@pytest.mark.parametrize(("code", "expected"), NOTHING.values(), ids=NOTHING)
def test_nothing_else_is_found(code: str, expected: list[tuple[str, str]]) -> None:
    """What is not surely a framework's public name is no use."""
    assert expected == found(code)


def test_nothing_is_called_and_no_property_is_read() -> None:
    """A property, a ``__getattr__`` and a ``__call__`` that raise do not matter."""
    code = f"{OPTIMIZER}def f():\n    optimizer.lazy, optimizer.no.x, optimizer(1).y"
    assert [SGD, ("optimizer.lazy", "torch.optim.SGD.lazy")] == found(code)


def test_a_check_sees_the_names_of_both_sides() -> None:
    """In a check, ``pytorch`` is the namespace of that side."""
    side = ModuleType("__main__")
    exec(OPTIMIZER, side.__dict__)  # noqa: S102 - our own text
    code = "def check(pytorch, mindspore):\n    pytorch.optimizer.step()\n"
    (use,) = api_uses.uses(ast.parse(code).body, {"pytorch": side}, code)
    assert ("torch.optim.SGD.step", 2) == (use.name, use.line)
    assert "pytorch.optimizer.step" == code.splitlines()[1][use.column : use.end]
