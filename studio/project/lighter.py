"""How a trained network is to become lighter: what is taken away, how much, and what comes after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast, get_args

from studio.graph import Message
from studio.project.document import ProjectError

Method = Literal["channels", "weights", "none"]
"""Whole channels are cut out of the drawing; single weights become zero; or neither."""

Scope = Literal["each", "all"]
"""The same share out of each layer, or the smallest of the whole network wherever they are."""


@dataclass(frozen=True)
class Wish:
    """How a network is to become lighter.

    Attributes:
        method: what is taken away.
        share: how much of it.
        scope: the same share out of each layer, or the smallest of the whole network.
        epochs: how long it is trained on afterwards.
        int8: whether it is held in whole numbers of eight bits, too.
    """

    method: Method = "channels"
    share: float = 0.3
    scope: Scope = "each"
    epochs: int = 0
    int8: bool = True


def read_wish(text: str) -> Wish:
    """Read a wish as lessons write it: `channels=30;epochs=5;int8=yes`, `weights=70;from=all`, `int8=yes`.

    Raises:
        ProjectError: it is not written like this.
    """
    given: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, _, value = part.partition("=")
        given[name.strip()] = value.strip()
    try:
        method = cast(Method, next((name for name in ("channels", "weights") if name in given), "none"))
        share = int(given.pop(method)) / 100 if method in given else Wish.share
        scope, epochs = given.pop("from", Wish.scope), int(given.pop("epochs", "0"))
        int8 = {"yes": True, "no": False}[given.pop("int8", "no")]
    except (KeyError, ValueError):
        raise _unread(text) from None
    sound = 0 < share < 1 and epochs >= 0 and scope in get_args(Scope) and (int8 or method != "none")
    if given or not sound:
        raise _unread(text)
    return Wish(method, share, cast(Scope, scope), epochs, int8)


def _unread(text: str) -> ProjectError:
    return ProjectError(
        Message(
            "“{text}” does not say how a network becomes lighter. "
            "Write it like this: channels=30;epochs=5;int8=yes",
            text=text[:100],
        )
    )
