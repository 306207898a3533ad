"""Programs that try to get out of their sandbox, and what is read of their outcomes.

Each is the end of a MindSpore side; `OUTSIDE` is a folder of the test's own.
"""

import json

from conftest import CHECKS, MINDSPORE, Project

TOKEN = "planted-and-not-to-be-seen"  # noqa: S105 - it is none
SOCKET = "crosswalk-test-of-abstract-sockets"
LINUX_PTRACE_ATTACH = 16

# Writes to all that it inherited and to every file of its folder, then leaves.
FORGE = """\
import json, os, pathlib, pickle

class Escape:
    def __reduce__(self):
        return os.system, (f"touch {{OUTSIDE}}/escaped",)

WHAT = {what}
for name in ("outcome", "checks.out", "outcome.txt", "pytorch.out", "mindspore.out"):
    pathlib.Path("..", name).write_bytes(WHAT)
for descriptor in range(3, 64):
    try:
        os.write(descriptor, WHAT)
    except OSError:
        pass
os._exit(0)"""
OTHER = {
    "id": "good/neighbour",
    "environment": {},
    "mode": "",
    "sides": [],
    "checks": [],
    "sources": [],
}
LINKS = """\
import os, pathlib
for name in ("pytorch.out", "mindspore.out", "checks.out", "mindspore.err"):
    path = pathlib.Path("..", name)
    path.unlink(missing_ok=True)
    {make}
os._exit({code})"""

# These fail, each with its message, and nothing else does.
FAILING = {
    "leaves_in_silence": ("import os\nos._exit(0)", "its process ended: exit code 0"),
    "leaves_from_a_thread": (
        (
            "import os, threading\n"
            "threading.Thread(target=os._exit, args=(0,)).start()\n"
            "threading.Event().wait()"
        ),
        "its process ended: exit code 0",
    ),
    "leaves_at_exit": (
        (
            "import os, sys\n"
            "class Last:\n    def __del__(self): os._exit(0)\n"
            "last = Last()\ndel last"
        ),
        "its process ended: exit code 0",
    ),
    "kills_itself": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "its process ended: killed by SIGKILL",
    ),
    "sends_a_pickle": (
        FORGE.format(what="pickle.dumps(Escape())"),
        "its process reported what is no outcome",
    ),
    "sends_another_outcome": (
        FORGE.format(what=f"json.dumps({OTHER!r}).encode()"),
        "its process reported what is no outcome",
    ),
    "sends_half_an_outcome": (
        FORGE.format(what="b'{\"id\": '"),
        "its process reported what is no outcome",
    ),
    "sends_without_end": (
        (
            "import os\nwhile True:\n    for n in range(3, 64):\n"
            "        try:\n            os.write(n, b'x' * 2**16)\n"
            "        except OSError:\n            pass"
        ),
        "reported more than 32 MiB, its limit",
    ),
    "shows_what_is_no_picture": (
        (
            "import sys\nDisplay = sys.modules['crosswalk.model'].Display\n"
            "markup = Display(0, 'words', light='PHN2Zz48L3N2Zz4=')\n"
            "sys.displayhook.found.append(markup)"
        ),
        "its process reported what is no outcome",
    ),
    "shows_in_a_cell_that_is_not_there": (
        (
            "import sys\nDisplay = sys.modules['crosswalk.model'].Display\n"
            "sys.displayhook.found.append(Display(99, 'words', html='<p>'))"
        ),
        "its process reported the outcome of something else",
    ),
    "shows_without_end": (
        ("class Long:\n    def _repr_html_(self): return 'x' * 2**22\nLong()"),
        "shows 4.0 MiB; its limit of output is 1 MiB",
    ),
    "links_its_output": (
        LINKS.format(make='path.symlink_to(f"{OUTSIDE}/secret")', code=0),
        "its process ended: exit code 0",
    ),
    "puts_a_pipe_for_its_output": (
        LINKS.format(make="os.mkfifo(path)", code=0),
        "its process ended: exit code 0",
    ),
    "reads_a_file": (
        'open(f"{OUTSIDE}/secret")',
        "and read only there and what Python and the frameworks need",
    ),
    "links_a_file": (
        'import os\nos.link(f"{OUTSIDE}/secret", "secret")',
        "it may write only below its own folder",
    ),
    "replaces_an_assertion": (
        "import numpy as np\nnp.testing.assert_allclose = lambda *_, **__: None",
        "it replaced numpy.testing.assert_allclose, with which checks assert",
    ),
    "replaces_ours": (
        "import sys\nsys.modules['crosswalk.expect'].close = lambda *_, **__: 0.0",
        "it replaced crosswalk.expect.close, with which checks assert",
    ),
    "replaces_the_code_of_ours": (
        (
            "import sys\nexpect = sys.modules['crosswalk.expect']\n"
            "expect._deviation.__code__ = (lambda expected, actual: 0.0).__code__"
        ),
        "it replaced crosswalk.expect._deviation, with which checks assert",
    ),
    "replaces_the_module": (
        (
            "import sys, types\n"
            "sys.modules['crosswalk.expect'] = types.ModuleType('expect')"
        ),
        "it replaced sys.modules['crosswalk.expect'], with which checks assert",
    ),
    "replaces_a_builtin": (
        "import builtins\nbuiltins.abs = lambda _: 0",
        "it replaced builtins.abs, with which checks assert",
    ),
    "replaces_what_reads_tensors": (
        "ms.Tensor.asnumpy = lambda self: 0.0",
        "it replaced mindspore.Tensor.asnumpy, with which checks assert",
    ),
}

# These find nothing, and pass.
PASSING = {
    "kills_all_others": (
        "import os, signal\n"
        "for target in (os.getppid(), 1, -1):\n"
        "    try:\n        os.kill(target, signal.SIGKILL)\n"
        "    except OSError:\n        pass\n"
        "print(os.getppid())"
    ),
    "signals_its_group": (
        "import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "os.killpg(0, signal.SIGTERM)"
    ),
    "reads_environments": (
        "import glob, os\n"
        "print(sorted(os.environ))\n"
        "for path in glob.glob('/proc/*/environ') + glob.glob('/proc/*/cmdline'):\n"
        "    try:\n        print(open(path, 'rb').read())\n"
        "    except OSError:\n        pass"
    ),
    "sees_itself_alone": (
        "import os\n"
        "seen = [name for name in os.listdir('/proc') if name.isdigit()]\n"
        "assert len(seen) == 2, seen\n"
        "assert os.listdir('/dev/shm') == [], os.listdir('/dev/shm')"
    ),
    "traces_the_one_above": (
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"assert libc.ptrace({LINUX_PTRACE_ATTACH}, os.getppid(), 0, 0) == -1\n"
        "try:\n    open(f'/proc/{os.getppid()}/mem', 'rb')\n"
        "except OSError:\n    pass\n"
        "else:\n    raise SystemExit('it can be read')"
    ),
    "inherits_nothing": (
        "import os, stat\n"
        "there = [int(n) for n in os.listdir('/proc/self/fd')]\n"
        "open_ = [n for n in there if os.path.exists(f'/proc/self/fd/{n}')]\n"
        "kinds = [stat.S_IFMT(os.fstat(n).st_mode) for n in open_]\n"
        "assert stat.S_IFSOCK not in kinds, kinds\n"
        "assert kinds.count(stat.S_IFIFO) == 1, kinds  # its report"
    ),
    "connects_to_an_abstract_socket": (
        "import socket\n"
        "with socket.socket(socket.AF_UNIX) as client:\n"
        f"    try:\n        client.connect('\\0{SOCKET}')\n"
        "    except ConnectionRefusedError:\n        pass\n"
        "    else:\n        raise SystemExit('connected')"
    ),
    "looks_for_locks": (
        "import gc\nfrom _multiprocessing import SemLock\n"
        "assert not [o for o in gc.get_objects() if isinstance(o, SemLock)]"
    ),
    "prints_what_we_print": (
        "print('good/neighbour failed 0.0 s')\n"
        "print('::error::', '\\033[31m1 failed\\033[0m')"
    ),
    "replaces_and_puts_back": (
        "import numpy as np\nkept = np.testing.assert_equal\n"
        "np.testing.assert_equal = None\nnp.testing.assert_equal = kept"
    ),
    "traces_what_comes": (
        "import sys\n"
        "def trace(frame, event, argument):\n"
        "    if frame.f_code.co_name == 'same':\n        raise KeyError('traced')\n"
        "    return trace\n"
        "sys.settrace(trace)"
    ),
}
# What a check may do, and what is said of it.
CHECKS_FAILING = {
    "check_leaves": (
        CHECKS + "    import os\n    os._exit(0)\n",
        "a check: its process ended: exit code 0",
    ),
    "checks_leave_at_import": (
        "import os\n\nLEFT = os._exit(0)\n" + CHECKS,
        "a check: its process ended: exit code 0",
    ),
    "check_replaces": (
        CHECKS + "    import numpy\n    numpy.max = numpy.min\n",
        "it replaced numpy.max, with which checks assert",
    ),
}


def outcomes(project: Project) -> dict[str, dict]:
    """Return the outcomes of the last run with ``--json=all.json``, by name."""
    data = json.loads((project.root / "all.json").read_text("utf-8"))
    return {outcome["id"].partition("/")[2]: outcome for outcome in data}


def said_of(outcome: dict) -> str:
    """Return what is said of every part that did not pass."""
    parts = (*outcome["sides"], *outcome["checks"])
    messages = [part["failure"]["message"] for part in parts if part["failure"]]
    return "\n".join([*messages, *(part["reason"] for part in parts)])


def side(code: str, outside: object) -> str:
    """Return a MindSpore side that ends with ``code``."""
    return f"{MINDSPORE}OUTSIDE = {str(outside)!r}\n{code}\n"
