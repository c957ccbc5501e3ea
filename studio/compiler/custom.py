"""Runs the code of custom blocks, where it is trusted: what it raises is told with the line of its own text.

A text runs once, in a module of its own that nobody else imports. Whatever it does (an exception, an exit,
an endless loop) ends as a `CustomError`, never as the end of the program.
"""

from __future__ import annotations

import builtins
import ctypes
import functools
import linecache
import re
import sys
import threading
import traceback
import types
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import torch

from studio.blocks import Block
from studio.blocks.custom import Custom, read_code
from studio.graph import Message, NetwrightError

SECONDS = 5.0
"""How long the code of one block may take while shapes are found; it has no data to work on then."""

AGAIN = 0.5
"""After how many seconds code that goes on all the same is told once more to end."""

_FILE = "<custom block {name}>"


_VALUELESS = re.compile(r"on meta tensors|out of meta tensor|meta device type tensor|with meta tensors")
"""What torch says where code asks for numbers while only sizes are known."""


class CustomError(NetwrightError):
    """The code of a custom block did not do what a block does.

    Attributes:
        line: of its own text; 0 where none is known.
        details: the whole traceback.
    """

    def __init__(self, message: Message, line: int = 0, details: str = "") -> None:
        """Keep the line beside the sentence."""
        super().__init__(message)
        self.line = line
        self.details = details


class TookTooLong(BaseException):
    """Raised inside code that does not end by itself."""


def target(block: Block) -> Any:
    """Give the class or function of a custom block, running its text if it has not run yet.

    Raises:
        CustomError: the code is not trusted.
    """
    assert block.code is not None
    if not block.code.trusted:
        raise CustomError(
            Message("The code of “{name}” may not run: this project is not trusted.", name=block.title)
        )
    return _module(block.target, block.code.text)[block.target]


@functools.lru_cache(maxsize=256)
def _module(name: str, text: str) -> Mapping[str, Any]:
    """Run a text, in a module that is in nobody's way."""
    file = _FILE.format(name=name)
    module = types.ModuleType(f"custom_{name}")
    module.__dict__.update(__file__=file, __builtins__=builtins)
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)  # noqa: S102  trusted by a person
    return module.__dict__


def signature(block: Block) -> Custom:
    """Give what the text of a custom block says."""
    assert block.code is not None
    return read_code(block.code.text)


def check_result(block: Block, result: Any) -> None:
    """Refuse what a custom block returned, where it is not what its text says.

    Raises:
        CustomError: it is no tensor, or not as many as there are outputs.
    """
    several = bool(block.outputs[0].path)
    parts = result if several and isinstance(result, (tuple, list)) else [result]
    count = len(block.outputs)
    if len(parts) != count or not all(isinstance(part, torch.Tensor) for part in parts):
        found = f"{type(result).__name__}" if not several else f"{type(result).__name__}({len(parts)})"
        raise CustomError(
            Message(
                "“{name}” must return {count} {count:tensor|tensors}; it returned {found}.",
                name=block.title,
                count=count,
                found=found,
            ),
            signature(block).line,
        )


def line_of(error: BaseException, name: str) -> int:
    """Give the line of a block's own text that an exception came from; 0 where it did not."""
    if isinstance(error, CustomError):
        return error.line
    if isinstance(error, SyntaxError) and error.filename == _FILE.format(name=name):
        return error.lineno or 0
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == _FILE.format(name=name)]
    return lines[-1] if lines else 0


def _line_with(word: str, name: str) -> int:
    """Give the first line of a block's own text that holds a word; 0 where none does."""
    lines = enumerate(linecache.getlines(_FILE.format(name=name)), 1)
    return next((number for number, line in lines if word in line), 0)


def places(error: BaseException) -> list[tuple[str, int]]:
    """Give the custom blocks that an exception went through, outermost first, with the line of each."""
    start, end = _FILE.split("{name}")
    return [
        (frame.f_code.co_filename.removeprefix(start).removesuffix(end), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.startswith(start)
    ]


def at_work(thread: int) -> bool:
    """Tell whether a thread is inside the code of a custom block now."""
    frame = sys._current_frames().get(thread)
    while frame is not None:
        if frame.f_code.co_filename.startswith(_FILE.split("{name}")[0]):
            return True
        frame = frame.f_back
    return False


def said(error: BaseException, name: str, plugin: str = "") -> CustomError:
    """Put into words what the code of a block did.

    Args:
        error: what it raised.
        name: of the block.
        plugin: the package that it came from, where it did.
    """
    if isinstance(error, CustomError):
        return error
    line = line_of(error, name)
    details = "".join(traceback.format_exception(error))
    text = " ".join(str(error).split())
    reason = type(error).__name__ + (f": {text[:300]}" if text else "")
    match error:
        case _ if plugin:
            message = Message(
                "The block “{name}” of the package “{plugin}” failed: {reason}",
                name=name,
                plugin=plugin,
                reason=reason,
            )
        case TookTooLong():
            message = Message(
                "The code of “{name}” did not end within {seconds} seconds; it was stopped at line {line}.",
                name=name,
                seconds=f"{SECONDS:g}",
                line=line,
            )
        case SystemExit():
            message = Message(
                "Line {line} of “{name}” asked the program to end, which it may not.", name=name, line=line
            )
        case _ if _VALUELESS.search(text):
            message = Message(
                "Line {line} of “{name}” asks for the value of a tensor, and there are none while shapes are"
                " found. Compute with tensors alone: torch.where instead of if, for example, and no item().",
                name=name,
                line=line,
            )
        case _ if "uninitialized parameter" in text or "UninitializedParameter" in text:
            line = line or _line_with("Lazy", name)
            message = Message(
                "Line {line} of “{name}”: a lazy layer has no sizes before data runs through it. Give it its"
                " sizes: take nn.Linear for nn.LazyLinear, with what arrives as a parameter of the block.",
                name=name,
                line=line,
            )
        case _ if not line:
            message = Message("The code of “{name}” failed: {reason}", name=name, reason=reason)
        case _:
            message = Message("Line {line} of “{name}”: {reason}", name=name, line=line, reason=reason)
    return CustomError(message, line, details)


class Watch:
    """Ends Python code of the thread that entered it when it takes too long.

    A call into a library that never comes back cannot be ended so; it holds up its thread alone.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        """Make a watch that begins when it is entered."""
        self._seconds = seconds
        self._thread = 0
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._watcher: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin."""
        self._thread = threading.get_ident()
        self._watcher = threading.Thread(target=self._look, name="netwright-watch", daemon=True)
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; what was not delivered yet never will be."""
        while not self._over.is_set():
            try:
                with self._lock:
                    self._over.set()
                    interrupt(self._thread, None)
            except TookTooLong:
                continue

    def _look(self) -> None:
        wait = self._seconds
        while not self._over.wait(wait):
            with self._lock:
                if not self._over.is_set():
                    interrupt(self._thread, TookTooLong)
            wait = AGAIN


def interrupt(thread: int, error: type[BaseException] | None) -> None:
    """Raise an exception in the Python code of another thread; None takes one back that is on its way."""
    raised = ctypes.py_object(error) if error is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
