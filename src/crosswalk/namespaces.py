"""Linux namespaces: what a process and those below it can see of the machine."""

import ctypes
import os
import sys
from pathlib import Path

# From Linux's <sched.h>, <sys/mount.h>, <sys/prctl.h> and <linux/capability.h>.
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER = 0x00020000, 0x08000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET = 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 1 << 14, 1 << 18
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CAPABILITIES_VERSION_3 = 0x20080522

NETWORK, PROCESSES, SHARED_MEMORY = "network", "other processes", "shared memory"


def leave() -> bool:
    """Leave the namespaces of the machine; return whether the kernel allows it.

    The process that is forked next is the first of a new PID namespace, and calls
    `mount`; all that is below it ends with it.
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


def mount(shared: int) -> tuple[str, ...]:
    """Mount /proc and /dev/shm of our own, the latter of at most ``shared`` MiB.

    Returns what those in these namespaces are kept from.
    """
    libc = ctypes.CDLL(None)
    hidden = MS_NOSUID | MS_NODEV
    kept = [NETWORK]
    # Otherwise what is mounted here would appear outside, too.
    if libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None) == 0:
        if libc.mount(b"proc", b"/proc", b"proc", hidden | MS_NOEXEC, None) == 0:
            kept.append(PROCESSES)
        size = f"size={shared}m".encode()
        if libc.mount(b"tmpfs", b"/dev/shm", b"tmpfs", hidden, size) == 0:
            kept.append(SHARED_MEMORY)
    return tuple(kept)


def protect() -> None:
    """Let no process of the same user trace this one or read its memory (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def drop_capabilities() -> None:
    """Give up every right over these namespaces, for good (Linux)."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    libc.capset(header, (ctypes.c_uint32 * 6)())
