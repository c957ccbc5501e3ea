"""The entry: the window for `netwright` and `netwright gui [FILE]`, the command line for everything else."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

SUFFIX = ".netwright"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Netwright as its arguments say.

    Args:
        arguments: those of the command line when not given.

    Returns:
        The exit code.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--headless"]:
        from studio.cli import headless_demo

        return headless_demo(given[1:])
    # A file manager hands over the file that was double-clicked.
    if not given or given[0] == "gui" or (len(given) == 1 and given[0].endswith(SUFFIX)):
        files = given[1:] if given[:1] == ["gui"] else given
        if len(files) <= 1 and not any(file.startswith("-") for file in files):
            return _window(files)
    from studio.cli import main as command_line

    return command_line(given)


def _window(files: Sequence[str]) -> int:
    if sys.platform == "win32":
        # There, Qt loaded before torch keeps torch's libraries from loading (WinError 1114).
        importlib.import_module("torch")
    from studio.ui.app import run_gui

    return run_gui(files)


if __name__ == "__main__":
    sys.exit(main())
