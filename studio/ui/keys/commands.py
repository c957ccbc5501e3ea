"""The command palette: every action of the window as a line that is found by typing."""

from __future__ import annotations

from collections.abc import Collection

from studio.ui.keys.actions import Actions
from studio.ui.widgets.search_popup import Entry
from studio.ui.words.matching import in_all_languages
from studio.ui.words.text import tr


def command_entries(actions: Actions, prefix: str, left_out: Collection[str]) -> list[Entry]:
    """Give a line for each action.

    Args:
        actions: those of the window.
        prefix: begins the ids of the canvas's actions.
        left_out: ids of canvas actions that are keys more than commands.
    """
    found = []
    for spec, action in actions:
        if spec.id == "commands" or spec.id.removeprefix(prefix).removesuffix("_far") in left_out:
            continue
        found.append(
            Entry(
                text=tr(spec.text),
                words=in_all_languages(spec.text),
                chosen=action.trigger,
                icon=(spec.icon, "icon") if spec.icon else ("right", "disabled"),
                aside=actions.keys_text(spec.id),
                enabled=action.isEnabled(),
                key=spec.id,
            )
        )
    return found
