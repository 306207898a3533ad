"""Select the device, and explain why a device is not available."""

import importlib.util
import os
import platform
from importlib.metadata import PackageNotFoundError, version

from crosswalk.model import Framework

DEVICES = ("cpu", "gpu", "ascend")
PACKAGES = ("torch", "mindspore", "numpy")


class DeviceError(ValueError):
    """Raised for an unknown or missing device; the message lists the available ones."""


def requested(name: str | None = None) -> str:
    """Return the requested device: ``name``, else ``$DEVICE``, else ``"cpu"``.

    Raises DeviceError for a name that is not in `DEVICES`.
    """
    device = (name or os.environ.get("DEVICE") or "cpu").lower()
    if device not in DEVICES:
        message = f"unknown device {device!r}: expected one of {', '.join(DEVICES)}"
        raise DeviceError(message)
    return device


def environment(device: str) -> dict[str, str]:
    """Return the versions, device and platform, which every outcome records.

    Reads the versions from the metadata of installed packages, and imports none.
    """
    versions = {name: _version(name) for name in PACKAGES}
    python = platform.python_version()
    system = f"{platform.system()} {platform.machine()}"
    return {"python": python, **versions, "device": device, "platform": system}


def probe(device: str) -> dict[Framework, str]:
    """Return, per framework, why ``device`` cannot be used; "" if it can.

    Call it in a separate process, because it imports the frameworks.
    """
    return {"pytorch": _probe_torch(device), "mindspore": _probe_mindspore(device)}


def require(device: str, reasons: dict[Framework, str]) -> None:
    """Raise DeviceError if neither framework can use ``device``."""
    if all(reasons.values()):
        there = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
        message = (
            f"device {device!r} was asked for and is not there ({there}). "
            "What is there: 'cpu'. Leave DEVICE out, or set DEVICE=cpu."
        )
        raise DeviceError(message)


def use(device: str) -> None:
    """Make ``device`` the default of both frameworks in this process."""
    import mindspore  # noqa: PLC0415 - the core imports no framework
    import torch  # noqa: PLC0415

    if device == "cpu":
        mindspore.set_device("CPU")
        return
    if not _probe_torch(device):
        torch.set_default_device({"gpu": "cuda", "ascend": "npu"}[device])
    if not _probe_mindspore(device):
        mindspore.set_device({"gpu": "GPU", "ascend": "Ascend"}[device])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _probe_torch(device: str) -> str:
    import torch  # noqa: PLC0415

    if device == "gpu" and not torch.cuda.is_available():
        return f"torch {torch.__version__} finds no CUDA device"
    if device == "ascend" and importlib.util.find_spec("torch_npu") is None:
        return "the package torch_npu is not installed"
    return ""


def _probe_mindspore(device: str) -> str:
    import mindspore  # noqa: PLC0415

    if device == "cpu":
        return ""
    try:
        mindspore.set_device({"gpu": "GPU", "ascend": "Ascend"}[device])
    except (RuntimeError, ValueError) as error:
        first = str(error).strip().splitlines()[0]
        return f"mindspore {mindspore.__version__}: {first}"
    return ""
