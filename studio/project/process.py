"""Tells whether the process that wrote a file still runs: its number and when it started, never one alone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """One run of one program: numbers are used again, a number with its start is not.

    Attributes:
        pid: its number.
        started: when it began, as the system says it; empty where the system does not say.
    """

    pid: int
    started: str

    @property
    def alive(self) -> bool:
        """Whether it still runs; a number that another process has by now does not count."""
        now = start_of(self.pid)
        return now is not None and (now == self.started or not now or not self.started)


def this_process() -> Process:
    """Give the process that asks."""
    pid = os.getpid()
    return Process(pid, start_of(pid) or "")


def start_of(pid: int) -> str | None:
    """Give when a process began: empty where that cannot be found out, None when there is no such process."""
    if pid <= 0:
        return None
    if sys.platform == "win32":
        return _windows(pid)
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return _linux(stat)
    return _unix(pid)


def _linux(stat: Path) -> str | None:
    try:
        # The program's name stands in parentheses and can hold anything, so count from the last one.
        fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    if not fields or fields[0] in "ZX":  # ended, and waits only for its parent to notice
        return None
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        boot = ""
    return f"{boot}/{fields[19]}"


def _unix(pid: int) -> str | None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except OSError:  # it is someone else's, and there
        pass
    try:
        told = subprocess.run(
            ["ps", "-o", "stat=,lstart=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        ).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return ""
    if told and told[0].startswith("Z"):
        return None
    return " ".join(told[1:])


def _windows(pid: int) -> str | None:
    if sys.platform != "win32":  # tells the type checker on which system this is
        return None
    import ctypes
    from ctypes import wintypes

    query_limited_information, still_active, access_denied = 0x1000, 259, 5
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(query_limited_information, False, pid)
    if not handle:
        return "" if ctypes.get_last_error() == access_denied else None
    try:
        code = wintypes.DWORD()
        asked = kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
        if asked and code.value != still_active:
            return None
        made, *others = (wintypes.FILETIME() for _ in range(4))
        times = [ctypes.byref(each) for each in (made, *others)]
        if not kernel.GetProcessTimes(wintypes.HANDLE(handle), *times):
            return ""
        return f"{made.dwHighDateTime}/{made.dwLowDateTime}"
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
