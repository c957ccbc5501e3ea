"""What is told of data before it is read is what it turns out to be; looking never downloads or waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from studio.blocks import every
from studio.data import DataError, Facts, Field, Inquiry, facts_of, load, remembering
from studio.data import inquiry as asking
from studio.data.mnist import FILES
from studio.graph import Message, NetwrightError, Value
from studio.project import Choice
from tests.data.own_files import files_of_a_person


def picture(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (6, 6), (200, 10, 10)).save(path)


def pictures(root: Path) -> Path:
    for index in range(4):
        picture(root / "cat" / f"{index}.png")
        picture(root / "dog" / "more" / f"{index}.png")
    (root / "cat" / "0.png").write_text("no picture")  # the first one that is looked at
    (root / "bird").mkdir()
    (root / "bird" / "broken.png").write_text("no picture")
    return root


def arrays(path: Path, **named: object) -> str:
    values = {"x": np.zeros((20, 3, 2), np.float32), "tokens": np.ones((20, 5), np.int16)}
    np.savez(path, **{**values, "target": np.arange(20) % 4, **named})  # type: ignore[arg-type]
    return str(path)


def mnist(root: Path) -> str:
    root.mkdir()
    for name, count in zip(FILES, (20, 20, 5, 5), strict=True):
        sides = (count, 28, 28) if "images" in name else (count,)
        head = bytes((0, 0, 8, len(sides))) + b"".join(side.to_bytes(4, "big") for side in sides)
        (root / name).write_bytes(head + bytes(int(np.prod(sides))))
    return str(root)


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Choice]:
    """Give one choice of every source that there is."""
    values: dict[str, dict[str, Value]] = {
        "image_folder": {"folder": str(pictures(tmp_path / "pictures")), "height": 5, "width": 7},
        "arrays": {"folder": arrays(tmp_path / "all.npz")},
        "mnist": {"folder": mnist(tmp_path / "mnist")},
        "sentences": {"count": 60, "length": 9},
        **files_of_a_person(tmp_path),
    }
    return {block.type: Choice(block.type, values.get(block.type, {})) for block in every("data")}


@pytest.mark.parametrize("kind", [block.type for block in every("data")])
def test_what_is_told_before_reading_is_what_is_read(kind: str, sources: dict[str, Choice]) -> None:
    told = facts_of(sources[kind])
    read = load(sources[kind]).facts
    assert told == read
    assert list(told.inputs) == list(read.inputs)


@pytest.mark.parametrize("target", [np.arange(20) / 7, np.arange(20) > 5, np.array(["a", "b"] * 10),
                                    np.zeros((20, 1)), np.zeros((20, 2), np.float32)])  # fmt: skip
def test_arrays_tell_their_task_by_their_target(tmp_path: Path, target: object) -> None:
    choice = Choice("arrays", {"folder": arrays(tmp_path / "all.npz", target=target)})
    assert facts_of(choice) == load(choice).facts


def test_what_was_read_is_known_more_closely() -> None:
    choice = Choice("sentences", {"count": 61})
    assert facts_of(choice).inputs["x"].largest is None
    words = len(load(choice).preprocessing.vocabulary)
    assert facts_of(choice).inputs["x"].largest == words - 1


def test_what_is_missing_is_told_in_the_words_of_the_run(tmp_path: Path) -> None:
    for kind, folder in (
        ("image_folder", tmp_path / "no"),
        ("arrays", tmp_path / "no.npz"),
        ("mnist", tmp_path),
    ):
        choice = Choice(kind, {"folder": str(folder)})
        with pytest.raises(DataError) as told:
            facts_of(choice)
        with pytest.raises(DataError) as refused:
            load(choice)
        assert str(told.value) == str(refused.value)
        assert str(folder) in str(told.value)


def test_shares_that_leave_nothing_are_told_before_reading() -> None:
    with pytest.raises(DataError, match="together take all samples"):
        facts_of(Choice("digits", {"validation": 0.6, "test": 0.5}))


def test_data_that_shall_be_downloaded_is_known_and_not_downloaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it was downloaded")

    monkeypatch.setattr("studio.data.mnist.fetch", refuse)
    facts = facts_of(Choice("mnist", {"folder": str(tmp_path), "download": True}))
    assert facts.inputs == {"x": Field((1, 28, 28))}
    assert list(tmp_path.iterdir()) == []


def test_what_took_long_to_refuse_is_not_tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now, tried = [0.0], []
    monkeypatch.setattr(remembering, "time", SimpleNamespace(monotonic=lambda: now[0]))
    known: remembering.Remembered[int] = remembering.Remembered(2)

    def refuse(seconds: float) -> Callable[[], int]:
        def find() -> int:
            tried.append(seconds)
            now[0] += seconds
            raise DataError(Message("no"))

        return find

    for _ in range(3):
        for key, seconds in (("quick", 0.5), ("long", 20.0)):
            with pytest.raises(DataError, match="no"):
                known.of(key, refuse(seconds))
    assert tried == [0.5, 20.0, 0.5, 0.5]
    now[0] += remembering.AGAIN_SECONDS
    with pytest.raises(DataError):
        known.of("long", refuse(20.0))
    assert tried[-1] == 20.0
    assert known.of("quick", lambda: 7) == known.of("quick", lambda: 8) == 7


# -- asked from a window --------------------------------------------------------------------------------


@pytest.fixture
def inquiry() -> Iterator[tuple[Inquiry, threading.Event]]:
    learned = threading.Event()
    asked = Inquiry(learned.set)
    yield asked, learned
    asked.close()


Asked = tuple[Inquiry, threading.Event]


def test_what_needs_no_folder_is_known_at_once(inquiry: Asked) -> None:
    asked, learned = inquiry
    assert asked.known(Choice("digits")) == Facts(
        {"x": Field((1, 28, 28))}, {"target": Field((), whole=True)}, "classification", 10
    )
    assert isinstance(asked.known(Choice("no such data")), NetwrightError)
    assert not learned.is_set()


def test_a_folder_is_asked_on_another_thread(
    inquiry: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, learned = inquiry
    threads: list[threading.Thread] = []
    slow = facts_of

    def slowly(choice: Choice) -> Facts:
        threads.append(threading.current_thread())
        time.sleep(0.2)
        return slow(choice)

    monkeypatch.setattr(asking, "facts_of", slowly)
    choice = Choice("image_folder", {"folder": str(pictures(tmp_path / "pictures"))})
    begun = time.monotonic()
    assert asked.known(choice) is None
    assert time.monotonic() - begun < 0.15
    assert learned.wait(5)
    found = asked.known(choice)
    assert isinstance(found, Facts)
    assert found.classes == 2
    assert threads == [threads[0]]
    assert threads[0] is not threading.main_thread()


def test_an_old_answer_is_given_and_looked_for_anew(
    inquiry: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, learned = inquiry
    monkeypatch.setattr(asking, "FRESH_SECONDS", 0.0)
    choice = Choice("image_folder", {"folder": str(tmp_path / "pictures")})
    asked.known(choice)
    assert learned.wait(5)
    learned.clear()
    before = asked.known(choice)
    assert isinstance(before, DataError)
    assert not learned.wait(0.3)  # the same answer is no news
    pictures(tmp_path / "pictures")
    assert str(asked.known(choice)) == str(before)
    assert learned.wait(5)
    assert isinstance(asked.known(choice), Facts)


def test_closing_waits_and_asks_no_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    count: list[int] = []
    asked = Inquiry(lambda: count.append(1))
    work: Callable[[Choice], object] = lambda _choice: time.sleep(0.2)  # noqa: E731
    monkeypatch.setattr(asking, "ask", work)
    asked.known(Choice("image_folder", {"folder": str(tmp_path)}))
    asked.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "netwright-data"]
    assert asked.known(Choice("image_folder", {"folder": str(tmp_path / "other")})) is None
    assert count == []
