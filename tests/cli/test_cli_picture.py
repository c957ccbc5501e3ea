"""`netwright picture` draws a network into a file on a machine without a screen."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from studio import api
from studio.project import Project
from studio.project.gallery import template
from studio.ui.words import text

Call = Callable[..., tuple[int, str, str]]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def cnn(tmp_path: Path) -> Path:
    path = tmp_path / "cnn.netwright"
    api.save(template("cnn").open(), path)
    return path


def test_it_needs_no_screen_and_says_where_the_file_is(cnn: Path) -> None:
    lacking = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in lacking}
    target = cnn.with_name("figure.svg")
    done = subprocess.run(
        [sys.executable, "-m", "studio", "picture", str(cnn), "-o", str(target), "--json"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"file": str(target)}
    said = [element.text for element in ElementTree.parse(target).iter(f"{SVG}text")]
    assert {"conv1", "MaxPool2d", "B × 32 × 14 × 14"} <= set(said)


def test_the_ending_says_the_kind_and_dark_is_dark(qtbot: QtBot, call: Call, cnn: Path) -> None:
    begins = {"svg": b"<?xml", "PDF": b"%PDF-", "png": b"\x89PNG"}
    for ending, begin in begins.items():
        target = cnn.with_name(f"figure.{ending}")
        assert call("picture", cnn, "-o", target, "--dark") == (0, f"Written: {target}\n", "")
        assert target.read_bytes().startswith(begin)
    ground = QImage(str(cnn.with_name("figure.png"))).pixelColor(0, 0)
    assert ground.name() == "#111318"
    pages = re.findall(rb"/MediaBox \[(.*?)\]", cnn.with_name("figure.PDF").read_bytes())
    svg = ElementTree.parse(cnn.with_name("figure.svg")).getroot().attrib["viewBox"].split()
    wide, high = float(svg[2]), float(svg[3])
    left, bottom, right, top = (float(side) for side in pages[0].split())
    assert (left, bottom) == (0.0, 0.0)
    assert right == pytest.approx(wide * 0.75, abs=1.0)  # 96 canvas units to an inch of 72 points
    assert top == pytest.approx(high * 0.75, abs=1.0)


def test_it_speaks_the_language_that_was_asked_for(qtbot: QtBot, call: Call, cnn: Path) -> None:
    target = cnn.with_name("figure.svg")
    try:
        code, said, _ = call("picture", cnn, "-o", target, "--lang", "zh_CN")
    finally:
        text.set_language("en")
    assert (code, said) == (0, f"已写入：{target}\n")
    drawing = ElementTree.parse(target)
    chinese = [element for element in drawing.iter(f"{SVG}text") if "卷积" in (element.text or "")]
    # Its letters are drawn as outlines: the text lies over them unseen.
    assert len(chinese) == 2
    assert {element.attrib["fill-opacity"] for element in chinese} == {"0"}
    (group,) = (list(group) for group in drawing.iter(f"{SVG}g") if chinese[0] in list(group))
    outline = group[group.index(chinese[0]) - 1]
    assert outline.tag == f"{SVG}path"
    assert outline.attrib["d"].count("M") > 8


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["-o", "out.gif"], 2, "“out.gif” names no kind of picture. Let its name end in .svg, .png or .pdf."),
        (["-o", "out.svg", "--network", "second"], 2, "There is no network “second”. There are: main."),
        (["-o", "nowhere/out.svg"], 1, "is not there. Save somewhere else."),
        ([], 2, "-o OUT is missing. See: netwright picture --help"),
    ],
)
def test_what_cannot_be_done_is_said(
    qtbot: QtBot,
    call: Call,
    cnn: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    told: str,
) -> None:
    monkeypatch.chdir(cnn.parent)
    got, said, error = call("picture", cnn, *arguments)
    assert (got, said) == (code, "")
    assert told in error
    assert [path.name for path in cnn.parent.iterdir()] == [cnn.name]


def test_an_empty_network_has_no_picture(qtbot: QtBot, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "empty.netwright"
    api.save(Project(), path)
    code, _, error = call("picture", path, "-o", tmp_path / "out.svg")
    assert (code, error) == (1, "Error: There is nothing to draw: “main” is empty.\n")
    assert not (tmp_path / "out.svg").exists()
