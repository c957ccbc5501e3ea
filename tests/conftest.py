"""What every test stands on: settings of its own, one thread of torch, nothing left running.

The environment is set before any module of Netwright, Qt or torch is imported, and the programs that
tests start inherit it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

PATIENCE = 1.0
"""Seconds that a test may take to wind down what it started."""

_HOME = Path(tempfile.mkdtemp(prefix="netwright-tests-"))

_TURNS = "NETWRIGHT_TESTS_TURNS"
"""Names the folder of the locks that the processes of one test run share."""


def _fence() -> None:
    """Keep tests off the screen and off the settings of the person who runs them."""
    os.environ.update(
        QT_QPA_PLATFORM="offscreen",
        OMP_NUM_THREADS="1",
        OMP_WAIT_POLICY="passive",
        LC_ALL="C.UTF-8",
        LANGUAGE="en",
        XDG_CONFIG_HOME=str(_HOME / "config"),
        XDG_DATA_HOME=str(_HOME / "data"),
        XDG_STATE_HOME=str(_HOME / "state"),
        XDG_CACHE_HOME=str(_HOME / "cache"),
        # Where platformdirs looks on Windows; on macOS it goes by the home folder.
        WIN_PD_OVERRIDE_LOCAL_APPDATA=str(_HOME / "local"),
        WIN_PD_OVERRIDE_APPDATA=str(_HOME / "roaming"),
    )
    # The first process of a run chooses, and those that it starts inherit its choice.
    os.environ.setdefault(_TURNS, str(_HOME))
    if sys.platform == "darwin":
        os.environ["HOME"] = str(_HOME)
    for name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_LOGGING_RULES"):
        os.environ.pop(name, None)


_fence()

hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, max_examples=50, database=None, print_blob=True
)
hypothesis.settings.register_profile("deep", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_unconfigure() -> None:
    """Remove the settings folder of this session."""
    shutil.rmtree(_HOME, ignore_errors=True)


# ---------------------------------------------------------------------------- speeds are measured alone


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let a test marked `bench` have the machine to itself when tests run side by side."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return (yield)
    with _turn(Path(os.environ[_TURNS]), alone=item.get_closest_marker("bench") is not None):
        return (yield)


@contextlib.contextmanager
def _turn(place: Path, *, alone: bool) -> Iterator[None]:
    """Hold a lock that many tests share, or that one test has alone.

    The door is passed one by one, and whoever waits to be alone keeps it shut, so that it is not
    overtaken for ever by tests that share.
    """
    import fcntl  # Unix only, and only there are tests run side by side.

    with (place / "door").open("w") as door, (place / "room").open("w") as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        try:
            yield
        finally:
            # Out loud: a child that a test forked holds the same open file.
            fcntl.flock(room, fcntl.LOCK_UN)


# ---------------------------------------------------------------------------- nothing is left running

_CALLED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test itself passed: only then is what it left behind worth a word."""
    item.stash[_CALLED] = False
    result = yield
    item.stash[_CALLED] = True
    return result


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, or a running QTimer or QThread, to the tests after it."""
    uses_qt = "qapp" in request.fixturenames
    threads = set(threading.enumerate())
    earlier = {id(thing) for thing in _running()} if uses_qt else set()
    yield
    if not request.node.stash.get(_CALLED, False):
        return
    left: list[str] = []
    until = time.monotonic() + PATIENCE
    while True:
        left = [f"thread {thread.name}" for thread in _alive(threads)]
        if uses_qt:
            left += [_name(thing) for thing in _running() if id(thing) not in earlier]
        if not left:
            return
        if time.monotonic() > until:
            break
        if uses_qt:
            _settle()
        time.sleep(0.02)
    pytest.fail(f"The test left running: {', '.join(left)}. Stop and join what you start.", pytrace=False)


def _alive(before: set[threading.Thread]) -> list[threading.Thread]:
    """List the threads started since; one that Qt or torch started only looks like a thread of ours.

    Nor is it ours to end the one by which tqdm, where torch's compiler finds it, watches its bars.
    """
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before
        and thread.is_alive()
        and not isinstance(thread, threading._DummyThread)
        and type(thread).__name__ != "TMonitor"
    ]


def _running() -> list[QObject]:
    """List the timers that tick and the threads that run."""
    if "PySide6.QtCore" not in sys.modules:
        return []
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import Shiboken

    # Asked of Qt's bindings: they know far fewer than Python's collector, and what is frozen too.
    things = [thing for thing in Shiboken.getAllValidWrappers() if isinstance(thing, QTimer | QThread)]
    return [
        thing for thing in things if (thing.isActive() if isinstance(thing, QTimer) else _is_other(thing))
    ]


def _is_other(thread: object) -> bool:
    """Say whether a QThread runs and is not the one that asks."""
    from PySide6.QtCore import QThread

    assert isinstance(thread, QThread)
    return thread.isRunning() and thread is not QThread.currentThread()


def _name(thing: QObject) -> str:
    """Name a Qt object by its kind and who owns it."""
    parent = thing.parent()
    owner = f" of {type(parent).__name__}" if parent is not None else ""
    return f"{type(thing).__name__} {thing.objectName()}".strip() + owner


def _settle() -> None:
    """Let Qt delete what is closed and Python what is forgotten."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture(autouse=True)
def garbage_is_collected_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect between tests, on this thread, as the program does with its `Collector`.

    Python's collector runs on whatever thread happens to allocate; on the one that analyses, trains or talks
    to the other test processes it would destroy forgotten widgets there, and now and then kill the process.
    """
    gc.disable()
    yield
    counts, limits = gc.get_count(), gc.get_threshold()
    if "qapp" in request.fixturenames:
        _settle()
    elif counts[0] > limits[0]:
        gc.collect(2 if counts[2] > limits[2] else 1)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Take what a whole file of tests leaves for permanent, such as the modules of torch and what they keep.

    It would be most of the work of every collection from then on.
    """
    result = yield
    if nextitem is None or nextitem.path != item.path:
        gc.collect()
        gc.freeze()
    return result


@pytest.fixture(autouse=True)
def torch_as_it_was() -> Iterator[None]:
    """Put back what a test changed of torch for the whole process; never imports it."""
    yield
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "set_num_threads"):
        return
    if torch.get_num_threads() != 1:
        torch.set_num_threads(1)
    torch.set_default_dtype(torch.float32)
    if torch.are_deterministic_algorithms_enabled():  # setting it imports the whole of torch's compiler
        torch.use_deterministic_algorithms(False)
    torch.set_grad_enabled(True)
