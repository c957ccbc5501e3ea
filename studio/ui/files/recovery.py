"""Offers the edits that a crash left behind, as soon as the window stands, and never without asking."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from studio.graph import Message
from studio.project.journal import Recovery
from studio.ui.words.figures import moment

if TYPE_CHECKING:
    from studio.ui.window import MainWindow

MOST = 3
"""How many are offered at once; the others come at the next start."""


def offer(window: MainWindow, found: list[Recovery]) -> None:
    """Show a line for each project with lost edits, with buttons that bring them back or forget them."""
    for number, recovery in enumerate(found[:MOST]):
        name = f"recovery{number}"
        window.banners.show_banner(
            name,
            "info",
            _told(recovery),
            [
                (Message("Bring them back"), partial(_take, window, name, recovery)),
                (Message("Forget them"), partial(_forget, window, name, recovery)),
            ],
        )


def _told(recovery: Recovery) -> Message:
    path = recovery.path_of_project
    name: object = path.name if path is not None else Message("Untitled")
    when = moment(datetime.fromtimestamp(recovery.time, UTC))
    if recovery.changed_on_disk and path is not None:
        return Message(
            "Netwright ended unexpectedly with unsaved changes to “{name}” ({when}). The file was changed "
            "since then.",
            name=name,
            when=when,
        )
    return Message(
        "Netwright ended unexpectedly with unsaved changes to “{name}” ({when}). They were kept.",
        name=name,
        when=when,
    )


def _take(window: MainWindow, name: str, recovery: Recovery) -> None:
    if window.filing.recover(recovery):
        window.banners.remove(name)


def _forget(window: MainWindow, name: str, recovery: Recovery) -> None:
    recovery.discard()
    window.banners.remove(name)
