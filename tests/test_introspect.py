"""The sets that claims name are found by introspection."""

import mindspore as ms
import pytest
import torch

from crosswalk.introspect import subclasses


def test_a_package_gives_its_public_classes_by_name() -> None:
    """The base class, private names and classes of another kind are left out."""
    found = subclasses(ms.mint.optim, ms.experimental.optim.Optimizer)
    assert ["Adam", "AdamW", "FusedAdamW", "SGD"] == list(found)
    assert "Optimizer" not in subclasses(torch.optim, torch.optim.Optimizer)


def test_a_package_without_such_a_class_is_an_error() -> None:
    """A loop over no class would pass, whatever the check asserts."""
    with pytest.raises(LookupError, match="torch has no public subclass of Optimizer"):
        subclasses(torch, torch.optim.Optimizer)
