"""A bad project file is refused in words, or opened as it is: nothing runs, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.graph.text import LANGUAGES
from studio.project import Project
from studio.project.file import dumps, read, write
from studio.ui.window import MainWindow
from tests.journeys.person import Person
from tests.ui import faulty

TEXT = dumps(faulty.network())


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def person(window: MainWindow, language: str) -> Person:
    return faulty.before(window, language)


Make = Callable[[], str | bytes]


def swapped(old: str, new: str) -> Make:
    """Give what makes the text of the small network with one part replaced."""
    assert TEXT.count(old) == 1
    return lambda: TEXT.replace(old, new)


def channels(written: str) -> Make:
    """Give what makes a file with a value of the convolution's channels as it is written."""
    return swapped('"out_channels": 4', f'"out_channels": {written}')


REFUSED: dict[str, tuple[Make, str, str]] = {
    "nothing in it": (lambda: "", "The file is empty", "文件是空的"),
    "cut off at once": (lambda: TEXT[:1], "was cut off", "文件不完整"),
    "cut off in the middle": (lambda: TEXT[: len(TEXT) // 2], "was cut off", "文件不完整"),
    "cut off before the end": (lambda: TEXT.rstrip()[:-1], "was cut off", "文件不完整"),
    "of a newer version": (swapped('"version": 1', '"version": 99'), "it is of version 99", "版本为 99"),
    "bytes": (lambda: bytes(range(256)) * 64, "byte 129", "129"),
    "an archive": (lambda: b"PK\x03\x04" + bytes(5000), "not JSON", "JSON"),
    "another encoding": (lambda: TEXT.encode("utf-16"), "UTF-8", "UTF-8"),
    "Chinese in GBK": (lambda: TEXT.replace("relu1", "激活").encode("gbk"), "UTF-8", "UTF-8"),
    "a key twice": (channels('4, "out_channels": 5'), "stands twice", "“out_channels”"),
    "100,000 levels": (lambda: "[" * 100_000, "nested too deeply", "嵌套"),
    "100,000 levels in a place": (
        channels('{"a":' * 100_000 + "1" + "}" * 100_000),
        "nested too deeply",
        "嵌套",
    ),
    "50 levels in a place": (
        channels("[" * 50 + "]" * 50),
        "nodes[1].parameters.out_channels",
        "out_channels",
    ),
    "1e400": (channels("1e400"), "1e400 is too large", "1e400"),
    "NaN": (channels("NaN"), "“NaN” is no number", "“NaN”"),
    "5,000 digits": (channels("9" * 5000), "5000 digits", "5000"),
    "100,000 blocks": (lambda: faulty.many(100_000), "100006 blocks", "100006"),
    "a name that is a number": (swapped('"relu1"', "7"), "expected a text, received 7", "7"),
    "a type that is code": (swapped('"relu"', '"os.system(1)"'), "received “os.system(1)”", "“os.system(1)”"),
    "a field nobody knows": (swapped('"type": "relu"', '"type": "relu", "run": "x"'), "no such field", "run"),
    "another program's": (lambda: '{"format": "keras", "version": 1}', "“keras”", "“keras”"),
}


def test_bad_file_is_refused_and_the_work_stays(person: Person, language: str, tmp_path: Path) -> None:
    place = tmp_path / "bad.netwright"
    for name, (make, english, chinese) in REFUSED.items():
        content = make()
        data = content.encode() if isinstance(content, str) else content
        place.write_bytes(data)
        began = time.process_time()
        said = faulty.try_to_drop(person, place, language)
        assert time.process_time() - began < 5.0, name
        assert (chinese if language == "zh_CN" else english) in said, name
        assert place.name in said
        assert place.read_bytes() == data  # whatever it is, it is not touched
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_every_way_in_refuses_alike(
    person: Person, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = language == "zh_CN"
    folder = tmp_path / "folder.netwright"
    folder.mkdir()
    said = faulty.try_to_drop(person, folder, language)
    assert ("这是文件夹" if chinese else "This is a folder, not a file.") in said

    secret = tmp_path / "secret.netwright"
    secret.write_text(TEXT)
    with monkeypatch.context() as patch:
        faulty.refuse_reading(patch, secret)
        said = faulty.try_to_drop(person, secret, language)
    assert ("没有读取" if chinese else "You may not read this file.") in said

    cut = tmp_path / "cut.netwright"
    cut.write_text(TEXT[:300])
    said = faulty.try_to_choose(person, cut, language)
    assert ("文件不完整" if chinese else "was cut off") in said

    # From the list of recent files: it was there when the list was shown.
    person.window.settings.add_recent(cut)
    with faulty.answering_all(person.answer("discard")):
        person.shortcut("Ctrl+W")
    assert person.window.at_welcome
    person.wait(lambda: len(person.window.welcome.recent_rows()) == 1)
    cut.unlink()
    person.click(person.window.welcome.recent_rows()[0].button)
    faulty.clear(person.banner("refused"), language, cut.name)
    assert ("没有这个文件" if chinese else "There is no such file.") in person.banner("refused")
    assert person.window.at_welcome
    person.new()
    assert person.banner("refused") == ""
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_version_before_a_damaged_file_is_one_click_away(
    person: Person, language: str, tmp_path: Path
) -> None:
    place = tmp_path / "twice.netwright"
    write(faulty.network(), place)
    write(Project(), place)
    place.write_text(place.read_text()[:100])
    mine = person.project
    with faulty.answering_all(person.answer("discard")):
        faulty.drop(person, place)
    banner = person.window.banners.get("refused")
    assert banner is not None
    (offer,) = banner.buttons()
    assert offer.text() == ("打开上一个版本" if language == "zh_CN" else "Open the version before")
    with faulty.answering_all(person.answer("cancel")):
        person.click(offer)
    assert person.project is mine
    with faulty.answering_all(person.answer("discard")):
        person.click(offer)
    assert person.project == faulty.network()
    # It has no file yet, so that nothing on the disk is replaced unasked.
    assert person.document.path is None
    assert person.document.modified
    assert person.banner("refused") == ""
    assert read(place.with_name("twice.netwright~")) == faulty.network()
    faulty.still_works(person, tmp_path / "mine.netwright")
