"""Signatures, names and accepted types, as the installed libraries have them.

Frameworks are imported in child processes only.
"""

import json
import subprocess
import sys

import pytest
from conftest import ROOT, clean_environment

ASKED = """\
import json, sys, time
from dataclasses import astuple
loaded = [name for name in ("torch", "mindspore") if name in sys.modules]
from crosswalk.introspect import *
from crosswalk.parity.probes.types import probe_types
from tests.api_names import *
loaded += [name for name in ("torch", "mindspore") if name in sys.modules]
probes = {
    "torch.optim.SGD": {"lr": 0.1},
    "torch.optim.Adam": {},
    "torch.optim.lr_scheduler.StepLR": {"step_size": 2},
    "torch.optim.lr_scheduler.OneCycleLR": {"max_lr": 0.1, "total_steps": 5},
    "mindspore.nn.SGD": {},
    "mindspore.nn.Adam": {},
    "mindspore.nn.RMSProp": {},
    "mindspore.nn.Rprop": {},
    "mindspore.nn.ExponentialDecayLR": {
        "learning_rate": 0.1, "decay_rate": 0.9, "decay_steps": 4
    },
    "mindspore.nn.cosine_decay_lr": {
        "min_lr": 0.01, "max_lr": 0.1,
        "total_step": 6, "step_per_epoch": 2, "decay_epoch": 2,
    },
    "mindspore.experimental.optim.Adagrad": {},
    "mindspore.experimental.optim.lr_scheduler.StepLR": {"step_size": 2},
    "mindspore.experimental.optim.lr_scheduler.MultiStepLR": {"milestones": [2]},
}
names = {namespace: public_classes(namespace) for namespace in NAMESPACES}
signatures = {n: signature(n) for group in names.values() for n in group}
import torch, mindspore, torch._dynamo
resolve("torch.optim.SGD")([torch.nn.Parameter(torch.ones(1))])
started, types, seconds = time.process_time(), {}, {}
for name, arguments in probes.items():
    types[name] = probe_types(name, arguments)
    seconds[name] = time.process_time() - started
    started = time.process_time()
def step(optimizer):
    optimizer.param_groups[0]["params"][0].grad = torch.ones(2, 2)
    optimizer.step()
stepped = probe_types("torch.optim.SGD", {"lr": 0.1}, step)
errors = {}
for function, arguments in (
    (signature, ["torch.optim.AdaMax"]),
    (signature, ["torch.optim.SGD.nothing"]),
    (public_classes, ["torch.nn"]),
    (probe_types, ["mindspore.experimental.optim.SGD", {}]),
):
    try:
        function(*arguments)
    except Exception as error:
        errors[arguments[0]] = f"{type(error).__name__}: {error}"
print("\\n" + json.dumps({
    "loaded": loaded,
    "names": {**names, "mindspore.nn": public_classes("mindspore.nn")},
    "signatures": {n: [astuple(a) for a in s] for n, s in signatures.items()},
    "types": types, "stepped": stepped, "seconds": seconds, "errors": errors,
}))
"""
SCHEDULERS = "mindspore.experimental.optim.lr_scheduler"


@pytest.fixture(scope="module")
def told() -> dict[str, dict]:
    """Return what one child process finds out."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_no_framework_is_imported_at_import(told: dict[str, dict]) -> None:
    """Importing the module imports neither framework."""
    assert [] == told["loaded"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "torch.optim.SGD",
            (
                "params lr=0.001 momentum=0 dampening=0 weight_decay=0 nesterov=False"
                " maximize=False foreach=None differentiable=False fused=None"
            ),
        ),
        (
            "mindspore.nn.SGD",
            (
                "params learning_rate=0.1 momentum=0.0 dampening=0.0 weight_decay=0.0"
                " nesterov=False loss_scale=1.0"
            ),
        ),
        (
            "mindspore.nn.LARS",
            (
                "optimizer epsilon=1e-05 coefficient=0.001 use_clip=False"
                " lars_filter=<function LARS.<lambda> at 0x…>"
            ),
        ),
        (
            "mindspore.nn.AdamWeightDecay",
            (
                "params learning_rate=0.001 beta1=0.9 beta2=0.999 eps=1e-06"
                " weight_decay=0.0"
            ),
        ),
        (
            "mindspore.nn.cosine_decay_lr",
            "min_lr max_lr total_step step_per_epoch decay_epoch",
        ),
        (f"{SCHEDULERS}.StepLR", "optimizer step_size gamma=0.1 last_epoch=-1"),
    ],
)
def test_signature_is_the_true_one(
    told: dict[str, dict], name: str, expected: str
) -> None:
    """Names and defaults are those of the code that runs, decorated or not."""
    parts = [
        name if default is None else f"{name}={default}"
        for name, default, _ in told["signatures"][name]
    ]
    assert expected == " ".join(parts)


def test_kinds_tell_what_goes_by_name_only(told: dict[str, dict]) -> None:
    """An argument after the star has a kind of its own."""
    kinds = {name: kind for name, _, kind in told["signatures"]["torch.optim.SGD"]}
    assert "positional_or_keyword" == kinds["nesterov"]
    assert "keyword_only" == kinds["maximize"]


def test_no_signature_stays_hidden(told: dict[str, dict]) -> None:
    """Every public name has arguments with names, and none is ``self``."""
    for name, arguments in told["signatures"].items():
        kinds = {kind for _, _, kind in arguments}
        assert kinds - {"var_positional", "var_keyword"}, name
        assert "self" not in {argument for argument, _, _ in arguments}, name


@pytest.mark.parametrize(
    ("namespace", "count", "included", "excluded"),
    [
        ("torch.optim", 16, "Optimizer", "swap_in_optimizer_params_and_state"),
        ("torch.optim.lr_scheduler", 16, "LRScheduler", "_LRScheduler"),
        ("mindspore.nn.optim", 22, "thor", "opt_init_args_register"),
        ("mindspore.nn.learning_rate_schedule", 6, "WarmUpLR", "LearningRateSchedule"),
        ("mindspore.nn.dynamic_lr", 7, "warmup_lr", "math"),
        ("mindspore.nn", 35, "SGD", "Dense"),
        ("mindspore.experimental.optim", 12, "Optimizer", "lr_scheduler"),
        (SCHEDULERS, 14, "LRScheduler", "Optimizer"),
        ("mindspore.mint.optim", 4, "FusedAdamW", "sgd"),
    ],
)
def test_public_classes(
    told: dict[str, dict], namespace: str, count: int, included: str, excluded: str
) -> None:
    """What users build with is listed once, sorted, as they import it."""
    names = told["names"][namespace]
    package = namespace
    if namespace.startswith("mindspore.nn"):
        package = "mindspore.nn"
    assert count == len(names)
    assert sorted(set(names)) == names
    assert f"{package}.{included}" in names
    assert f"{package}.{excluded}" not in names


@pytest.mark.parametrize(
    ("name", "argument", "refused"),
    [
        ("torch.optim.SGD", "lr", []),
        ("torch.optim.SGD", "momentum", []),
        ("torch.optim.Adam", "betas", []),
        ("torch.optim.lr_scheduler.StepLR", "step_size", []),
        (
            "torch.optim.lr_scheduler.OneCycleLR",
            "total_steps",
            ["Tensor", "float", "numpy.float32", "numpy.int64"],
        ),
        (
            "torch.optim.lr_scheduler.OneCycleLR",
            "pct_start",
            ["Tensor", "int", "numpy.float32", "numpy.int64"],
        ),
        ("mindspore.nn.SGD", "learning_rate", ["numpy.float32", "numpy.int64"]),
        ("mindspore.nn.SGD", "momentum", ["Tensor", "numpy.float32", "numpy.int64"]),
        ("mindspore.nn.SGD", "nesterov", ["int", "numpy.bool"]),
        (
            "mindspore.nn.RMSProp",
            "momentum",
            ["Tensor", "int", "numpy.float32", "numpy.int64"],
        ),
        (
            "mindspore.nn.Adam",
            "beta1",
            ["Tensor", "int", "numpy.float32", "numpy.int64"],
        ),
        ("mindspore.nn.Rprop", "etas", ["list"]),
        (
            "mindspore.nn.ExponentialDecayLR",
            "decay_steps",
            ["Tensor", "float", "numpy.float32", "numpy.int64"],
        ),
        (
            "mindspore.nn.cosine_decay_lr",
            "max_lr",
            ["Tensor", "int", "numpy.float32", "numpy.int64"],
        ),
        (
            f"{SCHEDULERS}.StepLR",
            "step_size",
            ["Tensor", "float", "numpy.float32", "numpy.int64"],
        ),
        (f"{SCHEDULERS}.MultiStepLR", "milestones", ["tuple"]),
    ],
)
def test_probe_finds_refused_types(
    told: dict[str, dict], name: str, argument: str, refused: list[str]
) -> None:
    """Types that cannot be given are told apart from those that can."""
    found = told["types"][name][argument]
    assert refused == sorted(kind for kind in found if found[kind] != "accepted")


def test_a_refusal_is_the_librarys_own_sentence(told: dict[str, dict]) -> None:
    """A page can show what a reader will see."""
    found = told["types"][f"{SCHEDULERS}.StepLR"]["gamma"]["int"]
    expected = "For 'StepLR', the 'gamma' must be float, but got <class 'int'>."
    assert expected == found


def test_a_bad_value_is_no_refusal_of_its_type(told: dict[str, dict]) -> None:
    """An int that is accepted with one value is accepted, whatever others give."""
    adagrad = told["types"]["mindspore.experimental.optim.Adagrad"]
    assert "accepted" == adagrad["eps"]["int"]


def test_use_finds_what_building_does_not(told: dict[str, dict]) -> None:
    """A type that only the first step refuses needs that step."""
    built = told["types"]["torch.optim.SGD"]["differentiable"]
    assert {"int": "accepted", "numpy.bool": "accepted"} == built
    assert "must be bool, not int" in told["stepped"]["differentiable"]["int"]


def test_probing_is_cheap(told: dict[str, dict]) -> None:
    """A class takes less than a second of the processors."""
    assert {} == {n: s for n, s in told["seconds"].items() if s > 1}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("torch.optim.AdaMax", "LookupError: no 'torch.optim.AdaMax': there is no"),
        ("torch.optim.SGD.nothing", "LookupError: no 'torch.optim.SGD.nothing'"),
        ("torch.nn", "LookupError: no namespace 'torch.nn'; there are ["),
        ("mindspore.experimental.optim.SGD", "TypeError: SGD.__init__() missing 1"),
    ],
)
def test_errors_say_what_is_wrong(
    told: dict[str, dict], asked: str, expected: str
) -> None:
    """A wrong name or a missing argument is an error, not an empty answer."""
    assert told["errors"][asked].startswith(expected)
