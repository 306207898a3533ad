"""Install the project and all it needs into an environment; ``make`` runs this.

Only the standard library is used: nothing is installed when this starts.
An interrupted run is repeated safely: pip keeps finished downloads in its cache.
"""

import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

PYTHONS = ((3, 11), (3, 12))
PIP = "pip==26.2.1"  # goes on with a download that broke off
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
# What NVIDIA's driver puts in place, on Linux and on WSL 2.
DRIVERS = ("/proc/driver/nvidia/version", "/dev/nvidiactl", "/dev/dxg")
# In seconds: a slow index is no gain over PyPI, which has torch as well.
PATIENCE = 10


def unsupported():
    """Return one sentence on what to install if this machine cannot run us, else ""."""
    if platform.system() != "Linux":
        return (
            f"Crosswalk runs on Linux and this is {platform.system()}: use WSL 2, "
            "a virtual machine or a container with Debian or Ubuntu."
        )
    if platform.libc_ver()[0] != "glibc":
        return (
            "Crosswalk needs a Linux with glibc, because torch and MindSpore have no "
            "other builds: use Debian, Ubuntu or Fedora, for example in a container."
        )
    if sys.version_info[:2] not in PYTHONS:
        return (
            f"Crosswalk needs Python 3.11 or 3.12 and {sys.executable} is "
            f"{platform.python_version()}: install one of the two and run "
            "'make html PYTHON=/path/to/python3.12'."
        )
    return ""


def has_driver():
    """Return whether NVIDIA's driver is here; without it, CUDA is of no use."""
    return any(Path(path).exists() for path in DRIVERS) or bool(
        shutil.which("nvidia-smi")
    )


def is_reachable(index):
    """Return whether the package index at ``index`` answers for torch."""
    try:
        urllib.request.urlopen(f"{index}/torch/", timeout=PATIENCE).close()
    except OSError:  # an answer such as 403 is one, too
        return False
    return True


def pinned(package, requirements):
    """Return the line ``package==version`` of a file of requirements."""
    lines = requirements.read_text("utf-8")
    return re.search(rf"^{package}==\S+", lines, re.MULTILINE)[0]


def plan(requirements, options):
    """Return the arguments of each call of ``pip install``, and a sentence on torch.

    ``options`` are the user's own: with any, nothing is chosen for them.
    """
    everything = [*options, "-r", str(requirements)]
    if options:
        return [everything], f"pip gets your options: {shlex.join(options)}"
    if has_driver():
        return [everything], "NVIDIA's driver is here: torch comes with CUDA"
    if not is_reachable(CPU_INDEX):
        return [everything], (
            f"No NVIDIA driver is here, and {CPU_INDEX} does not answer: torch comes "
            "from PyPI, on x86_64 with CUDA packages that take 3.7 GB on disk"
        )
    # Only torch comes from there: no other package may be taken from a second index.
    torch = pinned("torch", requirements)
    first = ["--no-deps", "--index-url", CPU_INDEX, torch]
    return [first, everything], "No NVIDIA driver is here: torch comes as its CPU build"


def make_environment(folder):
    """Make the virtual environment, or complete one that was cut short."""
    python = folder / "bin" / "python"
    config = folder / "pyvenv.cfg"
    wanted = platform.python_version()
    is_ours = config.exists() and f"version = {wanted}\n" in config.read_text("utf-8")
    clear = [] if is_ours else ["--clear"]
    # Debian and Ubuntu keep pip's bundle in a package of its own, python3-venv: so
    # the environment gets its pip from the pip that runs this.
    create = [sys.executable, "-m", "venv", "--without-pip", *clear, str(folder)]
    subprocess.run(create, check=True)
    install = ["-m", "pip", "--python", str(python), "install", "-q", PIP]
    subprocess.run([sys.executable, *install], check=True)
    return python


def main(folder, requirements):
    """Install all of ``requirements`` into ``folder``; return the exit code."""
    problem = unsupported()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    calls, why = plan(requirements, shlex.split(os.environ.get("PIP_OPTIONS", "")))
    print(f"{why}. What is downloaded is kept: if this is interrupted, run it again.")
    try:
        python = make_environment(folder)
        for arguments in calls:
            call = [str(python), "-m", "pip", "install", *arguments]
            subprocess.run(call, check=True)
    except subprocess.CalledProcessError as error:
        print(
            f"'{shlex.join(error.cmd)}' failed: its own message is above. Finished "
            "downloads are kept, so the same command goes on from here.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
