"""Programs that try the ways out of a sandbox which are easily left open.

Each is the end of a MindSpore side whose ``total`` is wrong by then: where its check
passes, the program has got away with it.
"""

import json

from conftest import MINDSPORE

WRONG = "total = total + 5\n"
WHOLE = json.dumps(
    {
        "id": "escapes/forges_an_outcome",
        "environment": {},
        "mode": "",
        "sides": [
            {"framework": name, "status": "passed", "seconds": 0.0, "outputs": ["3"]}
            for name in ("pytorch", "mindspore")
        ],
        "checks": [{"name": "same", "status": "passed", "seconds": 0.0}],
    }
)
TO_ALL_PIPES = """\
import os
for number in range(3, 64):
    try:
        os.write(number, {what!r}.encode())
    except OSError:
        pass
os._exit(0)"""
FORGED_CODE = """\
import importlib.util, os, sys
from importlib._bootstrap_external import _code_to_timestamp_pyc
sys.pycache_prefix = os.path.join(os.getcwd(), "cache")
path = os.path.join(os.path.dirname(sys.argv[0]), "checks.py")
found = os.stat(path)
source = open(path).read().replace("pytorch.total, mindspore.total", "1.0, 1.0")
code = compile(source, path, "exec")
data = _code_to_timestamp_pyc(code, int(found.st_mtime), found.st_size)
forged = importlib.util.cache_from_source(path)
os.makedirs(os.path.dirname(forged))
open(forged, "wb").write(data)"""
OTHER_CHECKS = """\
import importlib.util
real = importlib.util.spec_from_file_location
def other(name, path=None, **more):
    spec = real(name, path, **more)
    spec.loader.exec_module = lambda module: setattr(module, "same", print)
    return spec
importlib.util.spec_from_file_location = other"""
IN_THE_MIDDLE = """\
import signal, sys
expect = sys.modules["crosswalk.expect"]
def later(*_):
    expect._deviation = lambda expected, actual: 0.0
signal.signal(signal.SIGALRM, later)
signal.setitimer(signal.ITIMER_REAL, 600)"""
COLLECTS = """\
import sys
expect = sys.modules["crosswalk.expect"]
expect.collect.__closure__[0].cell_contents = lambda: iter([[{"kind": "close"}]])"""
REPLACED = "{}, with which checks assert"

# They fail, and each message says why.
FAILING = {
    "writes_for_the_machine": (
        "open('/proc/sys/kernel/core_pattern', 'r+')",
        "Permission denied: '/proc/sys/kernel/core_pattern'",
    ),
    "asks_a_service": (
        "import socket\nsocket.socket(socket.AF_UNIX).connect(f'{OUTSIDE}/service')",
        "FileNotFoundError",
    ),
    "forges_an_outcome": (
        TO_ALL_PIPES.format(what=WHOLE),
        "reported what is no outcome: exit code 0",
    ),
    "goes_on_twice": (
        # The first of the two to end waits, so that both report in every run.
        "import os\nif os.fork():\n    os.wait()",
        "reported what is no outcome",
    ),
    "signals_its_group": (
        "import os\nos.killpg(0, 9)",
        "its process ended: killed by SIGKILL",
    ),
    "takes_its_output_away": (
        "import os\nos.remove(os.path.realpath('/proc/self/fd/1'))",
        "replaced mindspore.out, its own output",
    ),
    "links_its_output_elsewhere": (
        (
            "import os\nprinted = os.path.realpath('/proc/self/fd/1')\n"
            "os.remove(printed)\nos.symlink('/etc/passwd', printed)"
        ),
        "replaced mindspore.out, its own output",
    ),
    "replaces_a_function_of_the_package": (
        (
            "import sys, types\n"
            "sys.modules['crosswalk'].expect = types.SimpleNamespace(close=print)"
        ),
        REPLACED.format("crosswalk.expect"),
    ),
    "replaces_inside_numpy": (
        (
            "import numpy as np\n"
            "def none(a, axis=None, out=None, keepdims=0, initial=0, where=0):\n"
            "    return 0.0\n"
            "np.max._implementation.__code__ = none.__code__"
        ),
        REPLACED.format("numpy.max and 1 more"),
    ),
    "replaces_below_numpy": (
        (
            "import numpy.core.fromnumeric as numeric\n"
            "numeric._wrapreduction = lambda *_, **__: 0.0"
        ),
        REPLACED.format("numpy.core.fromnumeric._wrapreduction"),
    ),
    "replaces_a_closure": (
        COLLECTS,
        REPLACED.format("crosswalk.expect.collect"),
    ),
    "replaces_the_report": (
        "import json\njson.JSONEncoder.encode = lambda *_: '{}'",
        REPLACED.format("json.encoder.JSONEncoder.encode"),
    ),
    "replaces_a_verdict": (
        (
            "import sys\nmodel = sys.modules['crosswalk.model']\n"
            "model.Outcome.status = property(lambda _: 'passed')"
        ),
        REPLACED.format("crosswalk.model.Outcome.status"),
    ),
    "replaces_how_checks_are_read": (
        OTHER_CHECKS,
        REPLACED.format("importlib.util.spec_from_file_location"),
    ),
    "forges_compiled_checks": (FORGED_CODE, "expected a deviation of at most 1e-06"),
    "waits_for_the_checks": (IN_THE_MIDDLE, "expected a deviation of at most 1e-06"),
}
# Where the kernel lacks namespaces, they fail alone as well.
WITHOUT_NAMESPACES = {
    "kills_its_parent": ("import os\nos.kill(os.getppid(), 9)", "were killed"),
    **{
        name: FAILING[name]
        for name in ("forges_an_outcome", "signals_its_group", "goes_on_twice")
    },
}


def side(code: str, outside: object) -> str:
    """Return a MindSpore side that ends with ``code``."""
    return f"{MINDSPORE}{WRONG}OUTSIDE = {str(outside)!r}\n{code}\n"
