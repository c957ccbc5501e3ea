"""A composite of the library is placed from the palette, the search, a drag or a wire: one step each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import COMPOSITE, GraphRef, Project, edits
from studio.project.library import LIBRARY, Shipped, add_block, shipped
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.menus import menu_for
from studio.ui.editing.adding import fitting
from studio.ui.panels.palette import MIME
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.ui.canvas_hand import MAIN, Hand, drawn, wire

Open = Callable[[Project], MainWindow]


def titles(window: MainWindow) -> list[str]:
    tops = (window.workspace.palette_.tree.topLevelItem(index) for index in range(100))
    return [top.text(0) for top in tops if top is not None]


def test_the_palette_places_it_and_places_it_again(window: MainWindow, qtbot: QtBot) -> None:
    window.show_project()
    palette, document = window.workspace.palette_, window.document
    assert titles(window)[-1] == "Composites"
    qtbot.keyClicks(palette.search, "resnet bottleneck")
    assert [block.title for block in palette.shown()][:1] == ["Residual bottleneck"]
    before = document.project
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    (node,) = document.project.graph(MAIN).nodes.values()
    assert (node.type, node.composite) == (COMPOSITE, "Residual bottleneck")
    assert list(document.project.composites) == ["Residual bottleneck"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert titles(window)[-2:] == ["Composites of this project", "Composites"]
    document.undo()
    assert document.project == before
    document.redo()
    palette.search.setText("resnet bottleneck")
    shown = [(block.type, block.title) for block in palette.shown()][:2]
    assert shown == [(COMPOSITE, "Residual bottleneck"), (LIBRARY, "Residual bottleneck")]
    second = palette.tree.topLevelItem(1)
    assert second is not None
    palette.tree.setCurrentItem(second)
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert list(document.project.composites) == ["Residual bottleneck"]
    assert len(document.project.graph(MAIN)) == 2


def test_it_is_found_and_told_in_both_languages(window: MainWindow) -> None:
    window.show_project()
    palette = window.workspace.palette_
    palette.search.setText("瓶颈残差")
    assert palette.shown()[0].title == "Residual bottleneck"
    palette.search.setText("残差网络 下采样")
    assert {block.title for block in palette.shown()} >= {"Residual basic down", "Residual bottleneck down"}
    text.set_language("zh_CN")
    palette.search.setText("gpt")
    top = palette.tree.topLevelItem(0)
    assert top is not None
    assert top.text(0) == "GPT 块"
    assert "因果自注意力" in top.toolTip(0)


def test_a_drag_brings_the_definition(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn("input", "relu", "output"))
    with hand.step("Add Squeeze-excite"):
        assert hand.drop("library:Squeeze-excite", hand.between(wire("input_1", "relu_1")))
        (node,) = hand.project.graph(MAIN).of_type(COMPOSITE)
        assert node.composite == "Squeeze-excite"
        assert {w.source.node for w in hand.project.graph(MAIN).into("relu_1")} == {node.id}
    with hand.nothing():
        assert not hand.drop("library:Magic", (400.0, 300.0))


def test_the_palette_says_what_it_drags(window: MainWindow) -> None:
    palette = window.workspace.palette_
    palette.search.setText("squeeze-excite")
    item = palette.tree.topLevelItem(0)
    assert item is not None
    assert bytes(palette.tree.mimeData([item]).data(MIME).data()) == b"library:Squeeze-excite"


def test_the_search_at_the_pointer_places_it_joined(open_project: Open, qtbot: QtBot) -> None:
    window = open_project(drawn("input"))
    view = window.workspace.networks.view
    assert view is not None
    view.search_requested.emit(QPointF(400.0, 0.0), None)
    popup = window.workspace.popup
    qtbot.keyClicks(popup.line, "inverted residual")
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    assert list(window.document.project.composites) == ["Inverted residual"]
    assert str(window.document.history.labels()[-1]) == "Add Inverted residual"

    def known() -> bool:
        report = window.document.report(MAIN)
        return report is not None and "composite_1" in report.nodes

    qtbot.waitUntil(known, timeout=10_000)


def test_the_menu_of_a_wire_lists_the_library(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn("input", "relu"))
    made = wire("input_1", "relu_1")
    menu = menu_for(hand.view, Hit("wire", wire=made), QPointF(200.0, 20.0))
    (composites,) = (found for found in menu.findChildren(QMenu) if found.title() == "Composites")
    actions = {action.text(): action for action in composites.actions()}
    assert len(actions) == len(shipped())
    with hand.step("Add GPT block"):
        actions["GPT block"].trigger()
        assert len(hand.project.graph(MAIN).wires) == 2
    menu.deleteLater()


def test_the_search_offers_a_composite_once_and_never_inside_itself(open_project: Open) -> None:
    project, _ = add_block(Project(), MAIN, LIBRARY, (0.0, 0.0), "Dense block")
    window = open_project(project)

    def offered(ref: GraphRef) -> list[tuple[str, str]]:
        blocks = fitting(window.document, ref, None)
        return [(block.type, block.title) for block in blocks if block.title.startswith("Dense")]

    rest = (LIBRARY, "Dense transition")
    assert offered(MAIN) == [(COMPOSITE, "Dense layer"), (COMPOSITE, "Dense block"), rest]
    assert offered(GraphRef("composite", "Dense block")) == [(COMPOSITE, "Dense layer"), rest]
    assert offered(GraphRef("composite", "Dense layer")) == [rest]
    inner = GraphRef("composite", "Dense layer")
    edited = edits.set_parameters(window.document.project, inner, "conv2d_1", {"bias": True})
    window.document.do(Message("Edit"), edited)
    assert (LIBRARY, "Dense layer") in offered(MAIN)


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_nothing_overlaps_inside(qtbot: QtBot, one: Shipped) -> None:
    for ref in one.project.refs():
        hand = Hand(qtbot, one.project, ref)
        boxes = [hand.view.canvas.field.box(node) for node in hand.view.canvas.nodes]
        for index, a in enumerate(boxes):
            for b in boxes[:index]:
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, (ref, a, b)
