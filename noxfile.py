"""The environments in which `make versions` runs everything, one after the other."""

import os
import re
import runpy
import shlex
import shutil
from pathlib import Path

import nox

# The newest first: a name that only it has is looked up in the others, too.
MINDSPORE = ("2.10.0", "2.9.0", "2.8.0", "2.7.2")
ASKED = os.environ.get("VERSIONS", "").split()
# What running examples needs; with all that builds the site it would not fit a disk
# of 8 GB beside the project's own environment.
NEEDED = ("torch", "mindspore", "numpy", "psutil", "landlock", "msgspec", "distributed")
NEEDED += ("matplotlib", "pillow")  # what some examples draw with
PIN = re.compile(r"^mindspore==\S+", re.MULTILINE)


@nox.session(venv_backend="venv", reuse_venv=False)
@nox.parametrize("mindspore", ASKED or MINDSPORE)
def versions(session: nox.Session, mindspore: str) -> None:
    """Record what holds with one version of MindSpore; remove the environment."""
    pins = Path("requirements.txt").read_text("utf-8").replace("-e .", "")
    changed, count = PIN.subn(f"mindspore=={mindspore}", pins)
    if count != 1:
        session.error("requirements.txt: expected one line with mindspore==<version>")
    constraints = Path(session.create_tmp(), "constraints.txt")
    constraints.write_text(changed, encoding="utf-8")
    plan = runpy.run_path("tools/install.py")["plan"]
    options = shlex.split(os.environ.get("PIP_OPTIONS", ""))
    *first, _ = plan(Path("requirements.txt"), options)[0]
    try:
        for arguments in first:  # torch, where its CPU build is enough
            session.install("--no-cache-dir", *arguments)
        session.install("--no-cache-dir", "-c", str(constraints), *NEEDED)
        session.install("--no-deps", "-e", ".")
        session.run("python", "-m", "crosswalk.versions", "record")
    finally:
        shutil.rmtree(session.virtualenv.location)
