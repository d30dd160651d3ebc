"""What a process that evaluates queries gives up: the network, privileges, memory without end."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_CHILD_SUBREAPER = 36
_FILES = 64


def leave_network() -> bool:
    """Move this process and its children into a network of their own, which reaches nothing.

    Returns False where the system does not allow it; the refusal of SERVICE and LOAD in `guard`
    then stands alone.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Be killed when the parent ends, also when it is killed itself."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def confine(memory: int, file_size: int) -> None:
    """Bound this process: *memory* in bytes beyond what it has, files it writes, no core dumps."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    data = _data_size() + memory
    _limit(resource.RLIMIT_DATA, data)
    _limit(resource.RLIMIT_FSIZE, file_size)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _FILES + _open_files())


def private_bytes() -> int:
    """Return the memory that this process does not share with its parent any more."""
    with open("/proc/self/smaps_rollup", encoding="ascii") as lines:
        for line in lines:
            if line.startswith("Private_Dirty:"):
                return int(line.split()[1]) * 1024
    return 0


def _data_size() -> int:
    """Return the writable private memory mapped, which RLIMIT_DATA bounds."""
    with open("/proc/self/status", encoding="ascii") as lines:
        for line in lines:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
