"""Restrict the files that an example may read and write, with Landlock (Linux)."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import landlock

# System files that Python, the frameworks and their child programs read.
# The rest of /etc and all of /home, /root, /tmp and /var stay hidden.
SYSTEM = (
    "/bin",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/group",
    "/etc/hosts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/ssl",
    "/lib",
    "/lib32",
    "/lib64",
    "/sbin",
    "/sys",
    "/usr/bin",
    "/usr/include",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/usr/local",
    "/usr/sbin",
    "/usr/share",
)
# Folders of accelerator software, in addition to those above.
SOFTWARE = ("ASCEND_HOME_PATH", "ASCEND_OPP_PATH", "LD_LIBRARY_PATH")
# Devices that may be read and written: no disk, no terminal.
DEVICES = ("/dev/full", "/dev/null", "/dev/random", "/dev/urandom", "/dev/zero")
ACCELERATORS = ("davinci*", "devmm_svm", "dri", "dxg", "hisi_hdc", "kfd", "nvidia*")
# Files of /proc that are readable if it shows all processes of the machine.
OWN_PROC = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys")
# Where processes of one example share memory.
SHARED = "/dev/shm"  # noqa: S108 - a place, and its own where the kernel has it


def needed(reads: Iterable[Path], project: Path) -> list[str]:
    """Return ``reads`` and the software that an item reads outside its own folder."""
    return [*map(str, reads), *of_python(project), *of_accelerators()]


def of_python(project: Path) -> Iterator[str]:
    """Yield the folders of Python and its packages, but none above ``project``.

    The folder in which Python was started is in Python's path, but an example may see
    only the parts of it that it was given.
    """
    yield from (sys.prefix, sys.base_prefix, sys.exec_prefix)
    for name in sys.path:
        path = Path(name or ".").resolve()
        if not project.is_relative_to(path):
            yield str(path)


def of_accelerators() -> Iterator[str]:
    """Yield the folders of accelerator software that the environment names."""
    for name in SOFTWARE:
        yield from filter(None, os.environ.get(name, "").split(":"))


def restrict(
    folder: Path, reads: Iterable[str], *, device: str, has_own_proc: bool
) -> bool:
    """Restrict this process permanently to some files; return whether that succeeded.

    The process may do anything in ``folder``, read ``reads`` and the system files that
    programs need, and use the ``device``.
    If /proc shows all processes of the machine, the process may read only its own part.
    """
    access = landlock.FSAccess
    looking = access.EXECUTE | access.READ_FILE | access.READ_DIR
    using = looking | access.WRITE_FILE
    using |= access.all() & (access.TRUNCATE | access.IOCTL_DEV)
    used = [*DEVICES]
    if device != "cpu":
        dev = Path("/dev")
        used += [str(path) for name in ACCELERATORS for path in dev.glob(name)]
    # Root may write /proc/sys without any capability, for the whole machine: a
    # program named in core_pattern runs outside of every namespace.
    proc = ["/proc"] if has_own_proc else OWN_PROC
    looked = [*SYSTEM, *reads, *proc]
    rights = {str(folder): access.all(), SHARED: access.all()}
    with contextlib.suppress(landlock.LandlockError):
        rules = landlock.Ruleset(access.all())
        for path in map(Path, filter(None, (*rights, *looked, *used))):
            if path.exists():
                wanted = using if str(path) in used else looking
                wanted = rights.get(str(path), wanted)
                possible = access.all() if path.is_dir() else access.all_file()
                rules.allow(path, rules=wanted & possible)
        rules.apply()
        os.close(rules._fd)  # noqa: SLF001 - else an example inherits it
        return True
    return False
