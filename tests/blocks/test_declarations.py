"""Every declaration of the catalogue is complete, takes its own defaults, and can be saved and found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from studio.blocks import FAMILIES, Block, FromInput, Role, every, find, texts
from studio.graph import Expression
from studio.graph.text import catalogue
from studio.project import Choice, GraphRef, Project, edits, limits
from studio.project.file import dumps, loads

ROOT = Path(__file__).resolve().parents[2]
ROLES: tuple[Role, ...] = get_args(Role)
ALL = [made for role in ROLES for made in every(role)]


def named(made: Block) -> str:
    return f"{made.role}-{made.type}"


def test_the_catalogue_is_there() -> None:
    assert {role: len(every(role)) > 0 for role in ROLES} == dict.fromkeys(ROLES, True)
    assert len(every("block")) >= 40
    wanted_blocks = """
        input output linear conv1d conv2d max_pool2d avg_pool2d batch_norm2d layer_norm dropout relu gelu
        sigmoid tanh softmax flatten reshape add multiply concat embedding rnn lstm gru multihead_attention
    """
    for wanted in wanted_blocks.split():
        assert find(wanted) is not None, wanted
    assert find("no_such_block") is None
    assert find("adam") is None, "an optimizer is no block"
    assert find("adam", "optimizer") is not None
    assert len(FAMILIES) == len(set(FAMILIES))


@pytest.mark.parametrize("made", ALL, ids=named)
def test_a_declaration_is_complete(made: Block) -> None:
    assert limits.plain(made.type, limits.TYPE)
    assert made.title.strip() == made.title != ""
    assert made.doc.endswith((".", "?"))
    assert "\n" not in made.doc
    assert made.group
    assert made.target or made.call == "none" or made.role == "schedule"
    assert made.link.startswith("https://") or not made.target.startswith("torch.")
    for name, parameter in made.parameters.items():
        assert parameter.name == name
        assert name.isidentifier()
        assert parameter.doc.strip()
        assert parameter.doc.endswith(".")
        assert parameter.label.strip()
        # A size can be a word instead of numbers, such as “same”.
        assert (parameter.choices != ()) == (parameter.kind == "choice") or parameter.kind == "size"
        assert str(parameter.expects())
        if parameter.low is not None and parameter.high is not None:
            assert parameter.low <= parameter.high
        if isinstance(parameter.source, FromInput):
            port = made.input(parameter.source.port)
            assert port is not None
            assert not port.optional, "nothing could be read off a port that is not connected"
            assert not parameter.source.unless or parameter.source.unless in made.parameters
    for port in (*made.inputs, *made.outputs):
        assert port.name.isidentifier()
        assert not port.many or len(made.inputs) == 1
    for ports in (made.inputs, made.outputs):
        assert len({port.name for port in ports}) == len(ports)
        assert len(ports) == 1 or all(port.doc for port in ports)
    for rule in made.rules:
        assert rule.parameter in made.parameters
        assert not rule.broken(made.defaults())
        assert rule.says.endswith(".")


@pytest.mark.parametrize("made", ALL, ids=named)
def test_defaults_pass_their_own_check(made: Block) -> None:
    for parameter in made.editable():
        assert parameter.check(parameter.default) == parameter.default
    assert made.defaults().keys() == {parameter.name for parameter in made.editable()}
    assert set(made.parameters) - set(made.defaults()) == {
        name for name, parameter in made.parameters.items() if parameter.source or parameter.fixed
    }
    if made.role != "block":
        assert Choice(made.type).resolved(made.role) == made.defaults()
        assert Choice(made.type).declared(made.role) is made


@pytest.mark.parametrize("made", every("block"), ids=named)
def test_absurd_values_are_refused_by_every_whole_number(made: Block) -> None:
    for parameter in made.editable():
        if parameter.kind in ("int", "size"):
            for absurd in (2**31, 10**12, 10**400, True, 1.5, "1", float("inf"), Expression("1")):
                with pytest.raises(Exception, match="expected"):
                    parameter.check(absurd)
        if parameter.kind == "size":
            for absurd in (-1, -(10**12)):
                with pytest.raises(Exception, match="expected"):
                    parameter.check(absurd)


def test_every_block_is_placed_saved_and_opened_with_all_its_defaults() -> None:
    project, ref = Project(), GraphRef("network", "main")
    for made in every("block"):
        project, _node = edits.add_node(project, ref, made.type, (0, 0), parameters=made.defaults())
    again = loads(dumps(project))
    assert again == project
    for node in again.graph(ref).nodes.values():
        block = find(node.type)
        assert block is not None
        for name, value in node.parameters.items():
            assert block.parameters[name].check(value) == block.parameters[name].default


def test_search_words_add_something() -> None:
    for made in ALL:
        for word in made.keywords:
            assert word.strip() == word != ""
            assert word.lower() not in (made.type, made.title.lower())


def test_texts_are_all_texts_a_person_sees() -> None:
    found = texts()
    assert len(found) == len(set(found))
    assert "" not in found
    for expected in (
        "Conv2d",
        "Slide learned filters over an image.",
        "group convolution",
        "Kernel size",
        "tanh",
    ):
        assert expected in found


def test_every_text_has_a_translation() -> None:
    chinese = catalogue("zh_CN")
    lacking = [text for text in texts() if any(map(str.isalpha, text)) and text not in chinese]
    assert lacking == []
    english = [
        text
        for text in texts()
        if text.endswith(".")
        and text in chinese
        and not any("\u4e00" <= letter <= "\u9fff" for letter in chinese[text])
    ]
    assert english == [], "a translation without a Chinese character"


SAID_ALIKE = frozenset(
    """
    adam amsgrad auprc clr f1 fast.ai glorot martens polyak relu retinanet saxe sgdr sigmoid softmax tanh
    """.split()
)
"""Search words that are names, and the same in Chinese."""


@pytest.mark.parametrize("role", ["loss", "optimizer", "schedule", "metric", "initializer"])
def test_what_a_plan_chooses_is_found_by_chinese_words(role: Role) -> None:
    chinese = catalogue("zh_CN")
    lacking = {
        word
        for made in every(role)
        for word in made.keywords
        if not any("\u4e00" <= letter <= "\u9fff" for letter in chinese.get(word, ""))
    }
    assert lacking <= SAID_ALIKE


@pytest.mark.parametrize("room", ["graph", "blocks", "project"])
def test_a_room_without_torch(room: str) -> None:
    """Opening a file, filling the palette and undoing an edit load neither torch, numpy nor Qt."""
    modules = [
        f"studio.{room}.{path.stem}"
        for path in (ROOT / "studio" / room).glob("*.py")
        if path.stem != "__init__"
    ]
    program = (
        f"import sys\nimport {', '.join(sorted(modules))}\n"
        "from studio.project import Project, History, edits, GraphRef\n"
        "from studio.project.file import dumps, loads\n"
        "from studio.graph import Message\n"
        "history = History(loads(dumps(Project())))\n"
        "project, _ = edits.add_node(history.project, GraphRef('network', 'main'), 'conv2d', (0, 0))\n"
        "history.do(Message('Add'), project)\n"
        "history.undo()\n"
        "print(*sorted(m for m in sys.modules if m.split('.')[0] in"
        " ('torch', 'numpy', 'PySide6', 'shiboken6', 'pandas', 'sklearn', 'scipy')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.strip() == ""


def test_every_block_links_to_what_is_written_of_it() -> None:
    for made in every():
        assert made.link.startswith("https://"), made.type


def test_the_catalogue_is_wide() -> None:
    assert len(every()) >= 150
