"""Restrict an example to its own folder and to the needs of the frameworks."""

import contextlib
import errno
import os
import resource
import socket
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from crosswalk.engine import file_access, namespaces

FILES = "other files"
ALL = (
    namespaces.NETWORK,
    namespaces.PROCESSES,
    namespaces.SHARED_MEMORY,
    namespaces.SOCKETS,
    FILES,
)
FILES_HINT = (
    "it may write only below its own folder, and read only there and what Python and "
    "the frameworks need"
)
# Environment variables that a program may need; none of them holds a secret.
VARIABLES = (
    "ASCEND_HOME_PATH",
    "ASCEND_OPP_PATH",
    "CUDA_VISIBLE_DEVICES",
    "GLOG_v",
    "KMP_AFFINITY",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "MKL_NUM_THREADS",
    "NVPL_BLAS_DEBUG_CPU_TYPE",
    "OMP_NUM_THREADS",
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    "OPENBLAS_NUM_THREADS",
    "PATH",
    "TZ",
)
MIB = 2**20
LIMIT_HELP = "seconds=S, memory=MIB, file=MIB or output=MIB, for one comparison"


class LimitError(ValueError):
    """Raised for an invalid limit; the message describes the valid ones."""


@dataclass(frozen=True)
class Limits:
    """Resources that one comparison may use.

    ``seconds`` is wall-clock time.
    ``memory`` is address space, of which MindSpore reserves several GiB before it
    computes anything; ``file`` is the size of one file; ``output`` is the output of one
    side. All three are in MiB.
    """

    seconds: int = 300
    memory: int = 12 * 1024
    file: int = 256
    output: int = 1

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "Limits":
        """Return the default limits, with those in ``given`` replaced.

        Raises LimitError for an unknown name, or for a value that is no number above 0.
        """
        names = [f.name for f in fields(cls)]
        for name, value in given.items():
            if name not in names:
                message = f"unknown limit {name!r}: expected one of {', '.join(names)}"
                raise LimitError(message)
            if not str(value).isdecimal() or int(value) < 1:
                message = (
                    f"limit {name}: expected a whole number above 0, got {value!r}"
                )
                raise LimitError(message)
        return cls(**{name: int(value) for name, value in given.items()})

    @classmethod
    def read(cls, texts: Iterable[str]) -> "Limits":
        """Return the default limits, with those written as ``name=value`` replaced."""
        return cls.of(dict(text.partition("=")[::2] for text in texts))

    def to_settings(self) -> dict[str, str]:
        """Return the limits as settings, which are part of an outcome's key."""
        return {f"limit_{name}": str(value) for name, value in asdict(self).items()}


@contextlib.contextmanager
def clean_environment() -> Iterator[None]:
    """Reduce the environment to `VARIABLES` for processes that start in the block."""
    kept = dict(os.environ)
    _clean()
    try:
        yield
    finally:
        os.environ.update(kept)


def enter(
    folder: Path,
    limits: Limits,
    *,
    device: str,
    reads: Iterable[str],
    kept: tuple[str, ...] = (),
) -> str:
    """Sandbox this process permanently; return the restrictions in force.

    The process may write only below ``folder``, and starts in ``folder``/work.
    It may read ``folder``, ``reads``, and the system files that programs need.
    ``kept`` are the restrictions that its namespaces already impose.
    The result omits restrictions that the kernel does not support.
    """
    for name in ("work", "home", "tmp"):
        (folder / name).mkdir()
    os.chdir(folder / "work")
    _clean()
    os.environ["HOME"] = str(folder / "home")
    os.environ["TMPDIR"] = str(folder / "tmp")
    tempfile.tempdir = None
    _limit(limits, device)
    has_own_proc = namespaces.PROCESSES in kept
    if file_access.restrict(folder, reads, device=device, has_own_proc=has_own_proc):
        kept = (*kept, FILES)
    namespaces.drop_capabilities()
    return ", ".join(kept)


def kept_in_all(environments: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the restrictions in force for all given outcomes, in the order of `ALL`.

    Ignores outcomes of lost processes, which do not record them.
    """
    told = _kept(environments)
    return tuple(name for name in ALL if told and all(name in kept for kept in told))


def weakness(environments: Iterable[Mapping[str, str]]) -> str:
    """Return a warning that names missing restrictions; "" if none is missing."""
    told = _kept(environments)
    missing = [name for name in ALL if any(name not in kept for kept in told)]
    if not missing:
        return ""
    return (
        f"this kernel did not keep the examples from {', '.join(missing)}: run only "
        "examples that you trust here, or use Linux 5.13 or newer with user namespaces"
    )


def _kept(environments: Iterable[Mapping[str, str]]) -> list[list[str]]:
    return [e["kept_from"].split(", ") for e in environments if "kept_from" in e]


def _clean() -> None:
    for name in os.environ.keys() - set(VARIABLES):
        del os.environ[name]


def _limit(limits: Limits, device: str) -> None:
    sizes = {resource.RLIMIT_FSIZE: limits.file * MIB, resource.RLIMIT_CORE: 0}
    if device == "cpu":  # drivers of accelerators reserve as much as they like
        sizes[resource.RLIMIT_AS] = limits.memory * MIB
    for kind, wanted in sizes.items():
        _, hard = resource.getrlimit(kind)
        size = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (size, size))


def hint(error: BaseException, limits: Limits) -> str:
    """Return the limit of ours that caused ``error``; "" if none did."""
    hints = {
        errno.EACCES: FILES_HINT,
        errno.EXDEV: "it may write only below its own folder",
        errno.EFBIG: f"its limit for one file is {limits.file} MiB",
        errno.ENETUNREACH: "it runs without network",
        errno.ENETDOWN: "it runs without network",
        errno.EADDRNOTAVAIL: "it runs without network",
        socket.EAI_AGAIN: "it runs without network",
        socket.EAI_NONAME: "it runs without network",
    }
    seen = error
    while seen is not None:
        if isinstance(seen, MemoryError):
            return f"its limit of memory is {limits.memory} MiB"
        if isinstance(seen, OSError) and seen.errno in hints:
            return hints[seen.errno]
        if isinstance(seen, FileNotFoundError) and _is_hidden(seen.filename):
            return FILES_HINT
        seen = seen.__cause__ or seen.__context__
    return ""


def _is_hidden(name: object) -> bool:
    """Return whether a file may exist outside of the folders that a program sees."""
    if not isinstance(name, str):
        return False
    return namespaces.hides(Path(name)) and Path.home().parent not in Path(name).parents


def printed(path: Path, limits: Limits) -> tuple[bytes, str]:
    """Return a side's output up to its limit, and a message if there was more.

    Because an example may replace the file, this reads only a regular file with a
    single name, and never waits.
    """
    most, replaced = limits.output * MIB, f"replaced {path.name}, its own output"
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return b"", replaced
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
            return b"", replaced
        data = file.read(most)
    if found.st_size <= most:
        return data, ""
    size = f"{found.st_size / MIB:.1f} MiB"
    return data, f"printed {size}; its limit of output is {limits.output} MiB"
