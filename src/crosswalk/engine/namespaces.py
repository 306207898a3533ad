"""Linux namespaces, which hide parts of the machine from a process and its children."""

import contextlib
import ctypes
import functools
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

# From Linux's <sched.h>, <sys/mount.h>, <sys/prctl.h> and <linux/capability.h>.
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET = 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND = 2, 4, 8, 1 << 12
MS_REC, MS_PRIVATE, MNT_DETACH = 1 << 14, 1 << 18, 2
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CAPABILITIES_VERSION_3 = 0x20080522

NETWORK, PROCESSES, SHARED_MEMORY = "network", "other processes", "shared memory"
SOCKETS = "sockets of other programs"
# Folders of / that stay visible; no service keeps its sockets there.
SHOWN = {
    *("bin", "dev", "etc", "gnu", "lib", "lib32", "lib64", "libx32", "nix"),
    *("proc", "sbin", "sys", "usr"),
}


@functools.cache
def are_offered() -> bool:
    """Return whether `leave` works here, by trying it in a forked process.

    A kernel may create a namespace and then forbid its use, and a process that entered
    only some of them could not return.
    """
    forked = os.fork()
    if not forked:
        code = 1
        try:
            code = 0 if leave() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0


def leave() -> bool:
    """Leave the namespaces of the machine; return whether the kernel allows it.

    The next forked process is the first of a new PID namespace, and calls `mount`; when
    it ends, the kernel ends all processes in that namespace.
    """
    if sys.platform != "linux":
        return False
    libc, user, group = ctypes.CDLL(None), os.getuid(), os.getgid()
    wanted = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC
    if libc.unshare(CLONE_NEWUSER | wanted) == 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        return True
    return libc.unshare(wanted) == 0


def mount(shared: int, seen: Iterable[str]) -> tuple[str, ...]:
    """Mount a private /proc, and a private /dev/shm of at most ``shared`` MiB.

    Hides the folders of users and services, except ``seen``.
    Returns the names of the restrictions that succeeded.
    """
    libc = ctypes.CDLL(None)
    hidden = MS_NOSUID | MS_NODEV
    kept = [NETWORK]
    # Otherwise the mounts of this process would appear outside as well.
    if libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None) == 0:
        if libc.mount(b"proc", b"/proc", b"proc", hidden | MS_NOEXEC, None) == 0:
            kept.append(PROCESSES)
        size = f"size={shared}m".encode()
        if libc.mount(b"tmpfs", b"/dev/shm", b"tmpfs", hidden, size) == 0:
            kept.append(SHARED_MEMORY)
        if _cover([Path(name) for name in seen]):
            kept.append(SOCKETS)
    return tuple(kept)


def hides(path: Path) -> bool:
    """Return whether `mount` covers the folder of / that holds ``path``."""
    return path.is_absolute() and not SHOWN.intersection(path.parts[1:2])


def _cover(seen: list[Path]) -> bool:
    """Cover the folders of / outside `SHOWN` with empty ones, and keep ``seen``.

    Landlock does not restrict connections to a socket in a folder, and a service behind
    a socket may do whatever it is asked.
    """
    places = sorted({path for one in seen for path in (one, one.resolve())})
    libc = ctypes.CDLL(None, use_errno=True)
    held, covered = {}, []
    try:
        for path in filter(hides, places):
            with contextlib.suppress(FileNotFoundError):
                held[path] = os.open(path, os.O_PATH)
        for top in Path("/").iterdir():
            is_folder = top.is_dir() and not top.is_symlink()
            if is_folder and hides(top) and top not in held:
                covered.append(top)
                _mount(libc, b"tmpfs", top, b"tmpfs", MS_NOSUID | MS_NODEV)
        for path, place in held.items():
            if not path.exists():
                _make_place(path, place)
                source = f"/proc/self/fd/{place}".encode()
                _mount(libc, source, path, None, MS_BIND | MS_REC)
    except OSError:
        for top in covered:
            libc.umount2(os.fsencode(top), MNT_DETACH)
        return False
    finally:
        for place in held.values():
            os.close(place)
    return True


def _make_place(path: Path, like: int) -> None:
    """Create an empty folder or file at ``path`` as a mount point for ``like``."""
    if stat.S_ISDIR(os.fstat(like).st_mode):
        path.mkdir(parents=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def _mount(
    libc: ctypes.CDLL, source: bytes, to: Path, kind: bytes | None, flags: int
) -> None:
    if libc.mount(source, os.fsencode(to), kind, flags, None) != 0:
        # The landlock package mistakes a leftover errno for its own error.
        number = ctypes.set_errno(0)
        raise OSError(number, os.strerror(number), str(to))


def protect() -> None:
    """Forbid processes of the same user to trace or read this one (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def drop_capabilities() -> None:
    """Give up all capabilities in these namespaces permanently (Linux)."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    libc.capset(header, (ctypes.c_uint32 * 6)())
