"""Programs that do what an example must not, and what is said of each."""

from dataclasses import dataclass
from pathlib import Path

from conftest import CHECKS, MINDSPORE, Project

LOOP_IN_C = "import re\nre.match(r'(a|a)*$', 'a' * 200 + 'b')"
IGNORES_SIGTERM = """\
import signal
import time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(600)"""
FILLS_MEMORY = """\
import numpy as np
kept = []
while True:
    kept.append(np.zeros(2**27))"""
UNPICKLABLE = """\
class Wrong(Exception):
    def __init__(self):
        self.what = lambda: 0

    def __str__(self):
        raise RuntimeError("no text")

raise Wrong"""
SECONDS = 10
STOPPED = f"stopped after {SECONDS} s, its time limit"


@dataclass(frozen=True)
class Fault:
    """Code added to the MindSpore side, and the message that is wanted.

    ``where`` is whether the message names the line of the code.
    """

    code: str
    message: str
    where: bool = True


def faults(outside: Path) -> dict[str, Fault]:
    """Return all faults by name; ``outside`` is a file that none may change."""
    return {
        "raises": Fault("raise ValueError('no rate')", "ValueError: no rate"),
        "exits": Fault("import sys\nsys.exit(3)", "SystemExit: 3"),
        "leaves": Fault(
            "import os\nos._exit(3)", "its process ended: exit code 3", where=False
        ),
        "leaves_in_silence": Fault(
            "import os\nos._exit(0)", "its process ended: exit code 0", where=False
        ),
        "reads": Fault(
            f"open({str(outside)!r})", "it may write only below its own folder"
        ),
        "crashes": Fault(
            "import ctypes\nctypes.string_at(0)",
            "its process ended: killed by SIGSEGV",
            where=False,
        ),
        "aborts": Fault(
            "import os\nos.abort()",
            "its process ended: killed by SIGABRT",
            where=False,
        ),
        "loops": Fault("while True:\n    pass", STOPPED, where=False),
        "loops_in_c": Fault(LOOP_IN_C, STOPPED, where=False),
        "ignores_sigterm": Fault(IGNORES_SIGTERM, STOPPED, where=False),
        "fills_memory": Fault(FILLS_MEMORY, "its limit of memory is 6144 MiB"),
        "floods": Fault(
            "print('x' * 100_000_000)",
            "printed 95.4 MiB; its limit of output is 1 MiB",
            where=False,
        ),
        "writes": Fault(
            f"open({str(outside)!r}, 'w')", "it may write only below its own folder"
        ),
        "deletes": Fault(
            f"import os\nos.remove({str(outside)!r})",
            "it may write only below its own folder",
        ),
        "large_file": Fault(
            "with open('large', 'wb') as file:\n    file.truncate(2**30)",
            "its limit for one file is 256 MiB",
        ),
        "connects": Fault(
            "import socket\nsocket.create_connection(('127.0.0.1', 9))",
            "it runs without network",
        ),
        "asks_a_name": Fault(
            "import urllib.request\nurllib.request.urlopen('http://example.org')",
            "it runs without network",
        ),
        "reads_a_token": Fault(
            "import os\nos.environ['SECRET_TOKEN']", "KeyError: 'SECRET_TOKEN'"
        ),
        "unpicklable": Fault(UNPICKLABLE, "Wrong: <exception str() failed>"),
        "interrupts": Fault("raise KeyboardInterrupt", "KeyboardInterrupt"),
    }


# What is allowed, and must stay without effect on others. It passes.
HARMLESS = {
    "threads": (
        "import threading\nimport time\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()"
    ),
    "children": (
        "import subprocess\nsubprocess.Popen(['sleep', '654'], start_new_session=True)"
    ),
    "not_utf8": "import sys\nsys.stdout.buffer.write(b'\\xff\\xfe\\n')",
    "goes_away": "import os\nos.chdir('/')",
    "state": (
        "import random\nimport sys\n"
        "random.seed(0)\nms.set_seed(7)\nms.set_context(mode=ms.GRAPH_MODE)\n"
        "sys.path.clear()\nsys.modules.pop('zipfile', None)"
    ),
}
NEIGHBOUR = f"""\
{MINDSPORE}import json
import os
import random
import sys
print(os.listdir(), ms.get_context('mode'), ms.get_seed(), bool(sys.path))
"""

# Files that cannot be read as a comparison, and the message with its place.
UNREADABLE = {
    "syntax_error": (
        {"mindspore": "# %%\nx = (\n"},
        "syntax_error_mindspore.py:2: '(' was never closed",
    ),
    "wrong_tag": (
        {"mindspore": "# %% tags=['set up']\nx = 1\n"},
        "wrong_tag_mindspore.py:1: expected nothing or",
    ),
    "empty_side": (
        {"mindspore": ""},
        "empty_side_mindspore.py:1: the first line must start a cell",
    ),
    "no_statement": (
        {"checks": "def same(pytorch, mindspore):\n    pass\n"},
        "checks.py:1: check 'same' needs a docstring",
    ),
    "two_of_one_name": (
        {"checks": CHECKS + CHECKS.partition("\n\n\n")[2]},
        "checks.py:7: two checks are called 'same'",
    ),
    "one_side": (
        {"mindspore": None},
        "one_side_mindspore.py:1: missing: a comparison needs a file",
    ),
    "marker_in_brackets": (
        {"mindspore": f"{MINDSPORE}x = (\n# %%\n1)\n"},
        "marker_in_brackets_mindspore.py:9: a cell starts between statements only",
    ),
    "not_compiled": (
        {"mindspore": f"{MINDSPORE}return\n"},
        "not_compiled_mindspore.py:8: 'return' outside function",
    ),
    "lost_check": (
        {"checks": f"{CHECKS}async def other(pytorch, mindspore):\n    pass\n"},
        "checks.py:7: async def other would never run",
    ),
    "hides_a_module": (
        {"queue.py": "x = 1\n"},
        "queue.py:1: this file hides the module 'queue'",
    ),
}


def write(project: Project, outside: Path) -> None:
    """Write every fault, each a comparison of its own, with a good neighbour."""
    for name, fault in faults(outside).items():
        project.add(f"faults/{name}", mindspore=f"{MINDSPORE}{fault.code}\n")
    for name, code in HARMLESS.items():
        project.add(f"harmless/{name}", mindspore=f"{MINDSPORE}{code}\n")
    project.add("good/neighbour", mindspore=NEIGHBOUR)
    for name, (files, _) in UNREADABLE.items():
        known = {k: v for k, v in files.items() if v is not None and "." not in k}
        folder = project.add(f"unreadable/{name}", **known)
        for key, text in files.items():
            if text is None:
                (folder / f"{name}_{key}.py").unlink()
            elif "." in key:
                (folder / key).write_text(text, "utf-8")


def line_of(fault: Fault) -> int:
    """Return the line of the statement that fails, in its side: the last one."""
    return len(f"{MINDSPORE}{fault.code}".splitlines())
