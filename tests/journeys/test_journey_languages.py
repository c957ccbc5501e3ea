"""The language and the theme change while a training runs: every text follows, and nothing stops."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog

from studio.blocks import Role, every
from studio.graph.text import LANGUAGES
from studio.ui.looks.theme import theme
from studio.ui.words.text import tr
from tests.journeys.conftest import Start
from tests.journeys.person import MAIN, Person
from tests.journeys.words import Word, words

LATIN = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]")

PROPER = frozenset(
    # Names of programs, formats, files, data sets, people and units.
    """Netwright Python PyTorch ONNX Runtime safetensors scikit learn MNIST CSV npz pt pt2 py torch
    export onnx weights only True KiB MiB GiB MB softmax softplus sigmoid tanh bias Huber English auto
    float32 bfloat16 Qt MIT GPT AlexNet Net nn KL BFGS Dice Inception MobileNetV2 ShuffleNetV2 ResNet
    MobileNet ShuffleNet v2 GoogLeNet U-Net Transformer DCGAN GAN NumPy TSV Parquet ln""".split()
    # Keys, as they are printed on them.
    + "Ctrl Shift Alt Tab Home End Del Esc Enter".split()
)
"""What stays as it is in Chinese."""

LOOKING = ("One moment: the network is being looked into.", "Looking whether the network fits")
"""What is said until there is something to see."""

CITED = re.compile(r"[A-Z][a-z]+ et al\. \d{4}(, arXiv:[\d.]+)?")
"""A paper, as it is called everywhere."""

TENSOR = re.compile(r"^(weight|bias)( \d+( × \d+)*)$", re.MULTILINE)
"""A tensor, by its name in torch, with its sizes."""


def proper(person: Person) -> set[str]:
    """Give the words that are names in every language: torch's classes and words, blocks, devices."""
    classes = {block.target.rsplit(".")[-1] for role in get_args(Role) for block in every(role)}
    blocks = {node.name for node in person.project.graph(MAIN).nodes.values()}
    devices = {device.name for device in person.window.devices.found} | {"cpu", "cuda", "mps"}
    declared = (
        parameter
        for role in get_args(Role)
        for block in every(role)
        for parameter in block.parameters.values()
    )
    classes |= {word for parameter in declared for word in parameter.choices}
    names = PROPER | classes | blocks | devices | set(person.project.networks)
    return {part for name in names for part in re.findall(LATIN, name)}


def words_in(text: str) -> set[str]:
    """Give the Latin words of a text, but for papers and tensors."""
    return set(LATIN.findall(TENSOR.sub("", CITED.sub("", text.replace(", bias ", "\nbias ")))))


def nothing_is_left_in_english(person: Person, found: list[Word]) -> None:
    """Check that every Latin word in a Chinese window is a name."""
    names = proper(person)
    # A Chinese title is followed by the English one that papers and torch use.
    titles = {part for block in every() for part in LATIN.findall(block.title)}
    left = {
        f"{where}: {text}"
        for where, text in found
        if not text.startswith(str(Path.home()))
        and words_in(text) - (names | titles if HAN.search(text) else names)
    }
    assert not left, "\n" + "\n".join(sorted(left))


def look_everywhere(person: Person) -> list[Word]:
    """Read the window with each of its panels in front."""
    found: list[Word] = []
    for place in person.workspace.docks.shown():
        person.raise_dock(person.workspace.docks[place])
        person.look()
        # The source is written anew a moment later, on a thread.
        person.wait(lambda: not person.workspace.code._timer.isActive())
        person.wait_for_jobs()
        # What flows comes from the training, some times a second.
        person.wait(
            lambda: {tr(text) for text in LOOKING}.isdisjoint(text for _, text in words(person.window))
        )
        found += words(person.window)
    return found


def test_language_and_theme_change_while_a_training_runs(person: Person) -> None:
    person.open_template("cnn")
    person.set_loop("epochs", "500")
    person.press_train()
    person.wait_steps(2)
    english = look_everywhere(person)
    assert len(english) > 300
    # The name of the other language stands in its own.
    assert [text for _, text in english if HAN.search(text) and text not in LANGUAGES.values()] == []
    points = person.points("loss")

    person.speak("zh_CN")
    person.dress("dark")
    assert theme().dark
    assert person.window.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.3
    chinese = look_everywhere(person)
    nothing_is_left_in_english(person, chinese)
    assert len(chinese) > 300
    person.wait_steps(2)

    person.speak("en")
    person.dress("light")
    assert not theme().dark
    again = look_everywhere(person)
    assert [text for _, text in again if HAN.search(text) and text not in LANGUAGES.values()] == []
    if not texts_that_stay(english) <= {text for _, text in again}:
        again += look_everywhere(person)  # a panel may have been between two samples of the training
    assert texts_that_stay(english) <= {text for _, text in again}
    person.wait_steps(2)
    person.wait(lambda: person.points("loss") > points)
    assert person.window.session.state == "running"
    person.shortcut("Ctrl+Alt+Return")
    person.wait_trained()
    assert person.window.session.failed is None


def texts_that_stay(found: list[Word]) -> set[str]:
    """Give the texts without numbers: those of a training that goes on are others each time."""
    return {text for _, text in found if not re.search(r"\d", text)}


def test_the_whole_program_speaks_chinese_from_the_start(start: Start) -> None:
    person = start(language="zh_CN")
    window = person.window
    assert "新建项目" in {text for _, text in words(window)}
    read = words(window)
    person.new()
    # Mistakes, an empty canvas, a question, and the other windows.
    read += look_everywhere(person)
    person.drag_from_palette("二维卷积", "conv2d", 0.0, 0.0)
    person.wait_for_shapes()
    read += look_everywhere(person)

    def shut(dialog: QDialog) -> None:
        person.look()
        read.extend(words(dialog))
        person.key(Qt.Key.Key_Escape)

    for command in ("shortcuts", "about", "add_network", "export"):
        with person.answering(shut):
            person.run_command(command)
    with person.answering(shut):
        person.shortcut("Ctrl+N")
    person.shortcut("Ctrl+Shift+P")
    person.wait(lambda: person.workspace.popup.isVisible())
    read += words(person.workspace.popup)
    person.key(Qt.Key.Key_Escape)
    assert len(read) > 500
    nothing_is_left_in_english(person, read)
