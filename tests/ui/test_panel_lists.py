"""Palette, outline, problems, analysis, code, the search popup and the command palette, by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from studio.blocks import every
from studio.graph import Endpoint, Message
from studio.project import Composite, GraphRef, Project, edits
from studio.project.library import shipped
from studio.ui.editing import adding
from studio.ui.panels.palette import MIME
from studio.ui.panels.problem import ProblemCard
from studio.ui.widgets.plain import is_seen
from studio.ui.window import MainWindow
from studio.ui.words import text
from studio.ui.words.matching import ranked, words_of
from tests import drawing

MAIN = GraphRef("network", "main")
Open = Callable[[Project], MainWindow]

WRONG = drawing.chain(
    ("input", {}),
    ("conv2d", {"out_channels": 8}),
    ("linear", {"out_features": -3}),
    ("output", {}),
)


def found(query: str) -> list[str]:
    return [block.type for block in ranked(query, every(), words_of)]


def rows(window: MainWindow) -> list[QTreeWidgetItem]:
    """Give the rows of the first network in the outline."""
    top = window.workspace.outline.tree.topLevelItem(0)
    assert top is not None
    found = (top.child(row) for row in range(top.childCount()))
    return [row for row in found if row is not None]


def bring_up(window: MainWindow, qtbot: QtBot, dock: str) -> None:
    """Bring a dock to the front, and let it show what changed while it was behind."""
    window.workspace.docks.show(dock)
    qtbot.waitUntil(lambda: is_seen(window.workspace.panels[dock]))
    qtbot.wait(20)


def test_blocks_are_found_by_letters_words_and_chinese() -> None:
    assert found("conv2d")[0] == "conv2d"
    assert found("bn")[0].startswith("batch_norm")
    assert found("skip") == ["add", "stochastic_depth", "crop_to"]
    assert found("max pool")[:2] == ["max_pool1d", "max_pool2d"]
    assert "relu" in found("激活")
    assert "conv2d" in found("卷积")
    assert found("") == [block.type for block in every()]
    assert found("no such thing") == []


@pytest.mark.parametrize(
    ("typed", "first", "also"),
    [
        ("卷积", "conv1d", {"conv2d", "conv3d", "conv_transpose2d", "depthwise_conv2d"}),
        ("卷积层", "conv1d", {"conv2d"}),
        ("卷积2d", "conv2d", {"depthwise_conv2d"}),
        ("空洞卷积", "conv1d", {"conv2d", "conv3d"}),
        ("反卷积", "conv_transpose1d", {"conv_transpose2d"}),
        ("池化", "max_pool1d", {"avg_pool2d", "lp_pool3d", "adaptive_max_pool2d", "max_unpool2d"}),
        ("注意力", "attention", {"self_attention", "multihead_attention", "transformer"}),
        ("残差连接", "add", {"stochastic_depth"}),
        ("丢弃", "dropout", {"dropout2d", "alpha_dropout", "stochastic_depth"}),
        ("上采样", "upsample", {"upsample1d", "upsample3d", "conv_transpose2d"}),
        ("全连接", "linear", set()),
        ("嵌入", "embedding", {"embedding_bag", "time_embedding"}),
        ("激活", "relu", {"gelu", "mish", "softplus"}),
        ("标准化", "batch_norm1d", {"layer_norm", "instance_norm2d"}),
        ("补零", "zero_pad1d", {"zero_pad2d"}),
        ("位置编码", "sinusoidal_position", {"learned_position", "rotary"}),
        ("拉平", "flatten", set()),
    ],
)
def test_common_chinese_words_find_the_blocks(typed: str, first: str, also: set[str]) -> None:
    blocks = found(typed)
    assert blocks[0] == first
    assert also <= set(blocks)


def test_recent_blocks_come_first_while_nothing_is_typed() -> None:
    blocks = list(every())
    recent = [blocks[7], blocks[3]]
    assert ranked("", blocks, words_of, recent)[:2] == recent


@pytest.mark.parametrize(
    ("typed", "first"),
    [("times", "multiply"), ("dot", "matmul"), ("se block", "squeeze_excitation"), ("plus", "add")],
)
def test_what_people_call_a_block_finds_it_first(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_palette_search_adds_by_enter(window: MainWindow, qtbot: QtBot) -> None:
    window.show_project()
    palette = window.workspace.palette_
    qtbot.keyClicks(palette.search, "drop")
    assert [block.type for block in palette.shown()][:2] == ["dropout", "dropout2d"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    kinds = [node.type for node in window.document.project.graph(MAIN).nodes.values()]
    assert kinds == ["dropout2d"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.search.text() == ""
    assert len(palette.shown()) == len(every()) + len(shipped())


def test_palette_adds_by_double_click_and_carries_the_type_when_dragged(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_project()
    palette = window.workspace.palette_
    palette.search.setText("linear")
    item = palette.tree.topLevelItem(0)
    assert item is not None
    place = palette.tree.visualItemRect(item).center()
    qtbot.mouseClick(palette.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(palette.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [node.type for node in window.document.project.graph(MAIN).nodes.values()] == ["linear"]
    data = palette.tree.mimeData([item])
    assert bytes(data.data(MIME).data()) == b"linear"


def test_composites_of_the_project_stand_in_the_palette(window: MainWindow) -> None:
    window.show_project()
    inside = edits.set_composite(window.document.project, "ResBlock", Composite())
    window.document.do(Message("Composite"), inside)
    palette = window.workspace.palette_
    assert "ResBlock" in [block.title for block in palette.shown()]
    palette.search.setText("resb")
    assert palette.shown()[0].title == "ResBlock"


def test_outline_mirrors_the_network_and_chooses(open_project: Open) -> None:
    project, ids = drawing.chain(("input", {}), ("relu", {}), ("flatten", {}), ("output", {}))
    window = open_project(project)
    outline = window.workspace.outline
    assert [row.text(0).split()[0] for row in rows(window)] == ["x", "relu1", "flatten1", "y"]
    rows(window)[1].setSelected(True)
    view = window.workspace.networks.view
    assert view is not None
    assert view.selected() == [ids[1]]
    view.select([ids[2]])
    assert [item.text(0) for item in outline.tree.selectedItems()] == [rows(window)[2].text(0)]
    outline.search.setText("flat")
    assert [row.text(0).split()[0] for row in rows(window)] == ["flatten1"]


def test_problems_are_counted_listed_and_gone_to(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(WRONG[0])
    panel = window.workspace.problems
    bring_up(window, qtbot, "problems")
    errors = [problem for problem in panel.problems() if problem.severity == "error"]
    assert errors
    assert window.workspace.docks["problems"].windowTitle() == f"Problems ({len(panel.problems())})"
    assert not window.commands["train"].isEnabled()
    window.commands["next_problem"].trigger()
    view = window.workspace.networks.view
    assert view is not None
    assert view.selected() == [errors[0].node]
    card = panel.cards()[0]
    assert isinstance(card, ProblemCard)
    before = panel.problems()
    qtbot.mouseClick(card.buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: errors[0] not in panel.problems())
    window.document.undo()
    qtbot.waitUntil(lambda: panel.problems() == before)


def test_problem_texts_are_plain(open_project: Open, qtbot: QtBot) -> None:
    project, ids = WRONG
    window = open_project(edits.rename_node(project, MAIN, ids[2], "<img src=x>"))
    bring_up(window, qtbot, "problems")
    said = [label for card in window.workspace.problems.cards() for label in card.said()]
    assert any("<img src=x>" in label.text() for label in said)
    assert {label.textFormat() for label in said} == {Qt.TextFormat.PlainText}


def test_totals_are_not_shown_while_they_are_false(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(WRONG[0])
    bring_up(window, qtbot, "analysis")
    assert window.workspace.analysis.totals() == "Totals are shown once the errors are mended."
    assert "error" in window.status.cost.text()


def test_code_is_shown_coloured_copied_and_follows_edits(open_project: Open, qtbot: QtBot) -> None:
    project, ids = drawing.chain(
        ("input", {}), ("flatten", {}), ("linear", {"out_features": 10}), ("output", {})
    )
    window = open_project(project)
    window.workspace.docks.show("code")
    panel = window.workspace.code
    qtbot.waitUntil(lambda: "nn.Linear(784, 10)" in panel.text, timeout=10_000)
    compile(panel.text, "shown", "exec")
    panel.copy()
    assert QApplication.clipboard().text() == panel.text
    changed = edits.set_parameters(window.document.project, MAIN, ids[2], {"out_features": 12})
    window.document.do(Message("Set"), changed)
    qtbot.waitUntil(lambda: "nn.Linear(784, 12)" in panel.text, timeout=10_000)
    broken = edits.set_parameters(window.document.project, MAIN, ids[2], {"out_features": 0})
    window.document.do(Message("Set"), broken)
    qtbot.waitUntil(lambda: panel.text == "", timeout=10_000)
    assert not panel.copy_button.isEnabled()


def test_pulled_wire_offers_only_what_fits_and_joins_it(open_project: Open, qtbot: QtBot) -> None:
    project, ids = drawing.chain(("input", {}), ("conv2d", {"out_channels": 8}))
    window = open_project(project)
    view = window.workspace.networks.view
    assert view is not None
    pulled = Endpoint(ids[1], "y")
    offered = {block.type for block in adding.fitting(window.document, MAIN, pulled)}
    assert {"conv2d", "relu", "flatten", "max_pool2d"} <= offered
    assert not {"input", "conv1d", "lstm", "embedding"} & offered
    view.search_requested.emit(QPointF(600.0, 40.0), pulled)
    popup = window.workspace.popup
    assert popup.isVisible()
    qtbot.keyClicks(popup.line, "flat")
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    assert not popup.isVisible()
    graph = window.document.project.graph(MAIN)
    node = next(node for node in graph.nodes.values() if node.type == "flatten")
    assert [(wire.source, wire.target.node) for wire in graph.into(node.id)] == [(pulled, node.id)]
    assert view.selected() == [node.id]
    window.document.undo()  # block and wire are one step
    assert window.document.project == project
    view.search_requested.emit(QPointF(600.0, 40.0), None)
    assert popup.texts()[0] == "Flatten"  # used last
    qtbot.keyClick(popup.line, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_command_palette_runs_what_is_typed_in_either_language(window: MainWindow, qtbot: QtBot) -> None:
    window.show_project()
    text.set_language("zh_CN")
    window.commands["commands"].trigger()
    popup = window.workspace.popup
    qtbot.keyClicks(popup.line, "training plan")
    assert popup.texts()[0] == "训练方案"
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    assert window.workspace.docks.in_front("inspector")
    text.set_language("en")
    window.commands["commands"].trigger()
    popup.line.setText("另存")
    assert popup.texts() == ["Save as…"]
    popup.close()


def test_every_command_stands_in_the_palette(window: MainWindow) -> None:
    window.show_project()
    window.commands["commands"].trigger()
    popup = window.workspace.popup
    assert len(popup.texts()) >= 40
    assert "Train" in popup.texts()
    popup.close()
