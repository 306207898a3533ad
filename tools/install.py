"""Install the project and its requirements into an environment; ``make`` runs this.

It uses only the standard library, because nothing is installed when it starts.
An interrupted run can be repeated, because pip caches complete downloads.
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
PIP = "pip==26.2.1"  # resumes an interrupted download
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
# Files that NVIDIA's driver installs, on Linux and on WSL 2.
DRIVERS = ("/proc/driver/nvidia/version", "/dev/nvidiactl", "/dev/dxg")
# In seconds; a slow index has no advantage over PyPI, which also has torch.
PATIENCE = 10


def unsupported():
    """Return a sentence on what to install if this machine is unsupported, else ""."""
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
    """Return whether NVIDIA's driver is installed; CUDA needs it."""
    return any(Path(path).exists() for path in DRIVERS) or bool(
        shutil.which("nvidia-smi")
    )


def is_reachable(index):
    """Return whether the package index at ``index`` answers for torch."""
    try:
        urllib.request.urlopen(f"{index}/torch/", timeout=PATIENCE).close()
    except OSError:  # errors such as HTTP 403 are also OSError
        return False
    return True


def pinned(package, requirements):
    """Return the line ``package==version`` of a requirements file."""
    lines = requirements.read_text("utf-8")
    return re.search(rf"^{package}==\S+", lines, re.MULTILINE)[0]


def plan(requirements, options):
    """Return the arguments of each call of ``pip install``, and a sentence on torch.

    ``options`` are the user's own; if there are any, this function chooses nothing.
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
    # Only torch may come from a second index.
    torch = pinned("torch", requirements)
    first = ["--no-deps", "--index-url", CPU_INDEX, torch]
    return [first, everything], "No NVIDIA driver is here: torch comes as its CPU build"


def make_environment(folder):
    """Create the virtual environment, or complete an interrupted one."""
    python = folder / "bin" / "python"
    config = folder / "pyvenv.cfg"
    wanted = platform.python_version()
    is_ours = config.exists() and f"version = {wanted}\n" in config.read_text("utf-8")
    clear = [] if is_ours else ["--clear"]
    # Debian and Ubuntu ship pip's bundle in a separate package, python3-venv, so
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
