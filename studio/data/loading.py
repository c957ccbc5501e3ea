"""Gives the data set that a plan chooses; what was read once and has not changed is not read again."""

from __future__ import annotations

import importlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import cast

from studio.data.dataset import DataError, Dataset, Facts, Progress, Source, Streaming
from studio.data.memory import TooLargeError, fits_memory
from studio.data.splitting import check_shares
from studio.graph import Message, NetwrightError
from studio.project import Choice

_KEPT = 3
"""Data sets that stay in memory."""

_lock = threading.Lock()
_cache: OrderedDict[Hashable, Dataset] = OrderedDict()


def load(
    choice: Choice, progress: Progress = lambda _doing, _share: None, *, may_stream: bool = False
) -> Dataset:
    """Give the data of a choice.

    Args:
        choice: which source, with its parameters.
        progress: told how far it is; whatever it raises stops the loading and is passed on.
        may_stream: whether data that does not fit into the memory may stay on the disk: then the splits have
            a stream. Otherwise such data is refused.

    Raises:
        DataError: the data cannot be used; the text says why and what to do.
        NetwrightError: the source is unknown or a parameter is not what it takes.
    """
    source = source_of(choice)
    key: Hashable = (choice.type, source, source.fingerprint())
    known = _loaded(key)
    if known is not None:
        return known
    # Under another key than what is in the memory: whoever may not stream is to be refused.
    beside = (key, "on the disk")
    try:
        if may_stream and hasattr(source, "stream") and not fits_memory(cast(Streaming, source).needed()):
            key = beside
        else:
            try:
                dataset = source.load(progress)
            except TooLargeError:  # it was larger than it looked
                if not (may_stream and hasattr(source, "stream")):
                    raise
                key = beside
        if key is beside:
            dataset = _loaded(beside) or cast(Streaming, source).stream(progress)
    except MemoryError as error:
        raise DataError(
            Message("There is too little memory for this data. Use fewer or smaller samples.")
        ) from error
    if len(dataset.train) == 0:
        raise DataError(Message("There are no samples to learn from."))
    with _lock:
        _cache[key] = dataset
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return dataset


def facts_of(choice: Choice) -> Facts:
    """Give what a network must fit to learn from the data of a choice; nothing is downloaded.

    Raises:
        DataError: the data is not there or cannot be used; the text says why and what to do.
        NetwrightError: the source is unknown or a parameter is not what it takes.
    """
    source = source_of(choice)
    values = choice.resolved("data")
    check_shares(cast(float, values.get("validation", 0.0)), cast(float, values.get("test", 0.0)))
    # What was loaded has been looked at more closely.
    known = _loaded((choice.type, source, source.fingerprint()))
    return source.facts() if known is None else known.facts


def lies_on_disk(choice: Choice) -> bool:
    """Tell whether the data of a choice is looked for in a folder, which may take long."""
    declared = choice.declared("data")
    return declared is not None and any(one.kind == "folder" for one in declared.parameters.values())


def _loaded(key: Hashable) -> Dataset | None:
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
        return _cache.get(key)


def source_of(choice: Choice) -> Source:
    """Make the source that a choice names; the class comes from the catalogue, never from a file.

    Raises:
        NetwrightError: the source is unknown or a parameter is not what it takes.
    """
    values = choice.resolved("data")
    block = choice.declared("data")
    if block is None:
        raise NetwrightError(Message("There is no data source “{type}”.", type=choice.type))
    module, _, name = block.target.rpartition(".")
    return cast(Source, getattr(importlib.import_module(module), name)(**values))
