"""Helpers of the checks of this topic."""

import mindspore as ms
from crosswalk.introspect import subclasses


def nn_optimizers():
    """Return the classes of `mindspore.nn` that take parameters, by name."""
    found = subclasses(ms.nn, ms.nn.Optimizer)
    wrappers = ("LARS", "OptTFTWrapper")
    return {k: v for k, v in found.items() if k not in wrappers}


def build_optimizer(cls, params, **options):
    options = {"learning_rate": 0.1} | options
    if cls is ms.nn.Momentum:
        options["momentum"] = 0.9
    if cls is ms.nn.AdaFactor:
        options["relative_step"] = False
    return cls(params, **options)


def new_parameter(name):
    return ms.Parameter(ms.ops.ones(2), name=name)
