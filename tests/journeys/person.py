"""What a person does in the window, in their own words: open, drag, wire, type, train, save.

Everything goes through the widgets by mouse and keys; the document is only looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QToolButton, QTreeWidgetItem, QWidget

from studio.graph import Endpoint, Node, Wire
from studio.project import GraphRef, Project, block_of
from studio.project.file import dumps
from studio.ui.canvas import CanvasView
from studio.ui.document import Document
from studio.ui.panels.fields import BoolField, ChoiceField, Field, LineField, NumberField, SizeField
from studio.ui.panels.node import NodeForm
from studio.ui.window import MainWindow
from studio.ui.workspace import Workspace
from tests.journeys.hands import Hands

MAIN = GraphRef("network", "main")


class Person(Hands):
    """Somebody who works with Netwright."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    # -- what they see --------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The open document."""
        return self.window.document

    @property
    def project(self) -> Project:
        """The open project."""
        return self.window.document.project

    @property
    def workspace(self) -> Workspace:
        """The canvases and docks."""
        return self.window.workspace

    @property
    def view(self) -> CanvasView:
        """The canvas."""
        view = self.workspace.networks.view
        assert view is not None
        return view

    @property
    def node_form(self) -> NodeForm:
        """The inspector with one block in it."""
        form = self.workspace.inspector.form
        assert isinstance(form, NodeForm)
        return form

    def text(self) -> str:
        """Give the project as its file would hold it."""
        return dumps(self.project)

    def node(self, name: str) -> Node:
        """Give a block by the name on it."""
        found = [node for node in self.project.graph(MAIN).nodes.values() if node.name == name]
        assert len(found) == 1, f"{len(found)} blocks are called {name}"
        return found[0]

    def wires(self) -> set[tuple[str, str, str]]:
        """Give every wire: the names of its blocks, and the port that it ends at."""
        graph = self.project.graph(MAIN)
        return {
            (graph.nodes[wire.source.node].name, graph.nodes[wire.target.node].name, wire.target.port)
            for wire in graph.wires
        }

    def shape_on_wire(self, source: str, target: str) -> str:
        """Give the shape that is written on the wire between two blocks."""
        ends = self.node(source).id, self.node(target).id
        found = [i for w, i in self.view.canvas.wires.items() if (w.source.node, w.target.node) == ends]
        assert len(found) == 1
        return found[0].label

    def total(self) -> str:
        """Give what the status line says of the whole network."""
        return self.window.status.cost.text()

    def said(self) -> str:
        """Give the message in the status line."""
        return self.window.status.currentMessage()

    def banner(self, name: str) -> str:
        """Give the text of a banner; empty where there is none."""
        return _banner_text(self.window.banners.get(name))

    def ending(self) -> str:
        """Give how the panel says that the run ended; empty before."""
        return _banner_text(self.workspace.training.ended.get("end"))

    def wait_for_shapes(self) -> None:
        """Wait until the newest edit is analysed."""
        self.wait(lambda: self.document.report(MAIN) is not None and not self.document.analysis.pending(MAIN))

    def wait_for_jobs(self) -> None:
        """Wait until everything that was begun aside is done and told."""
        self.wait(lambda: not any(job.running for job in self.window.jobs._jobs))
        self.look()

    # -- opening and saving ---------------------------------------------------------------------------

    def new(self) -> None:
        """Begin a blank project from the welcome page."""
        self.click(self.window.welcome.new_button)
        self.wait(lambda: not self.window.at_welcome)
        self.wait_for_shapes()

    def open_template(self, id: str) -> None:
        """Click the card of a template."""
        ids = [one.id for one in self.window.welcome.found]
        self.click(self.window.welcome.cards[1 + ids.index(id)])
        self.wait(lambda: not self.window.at_welcome)
        self.wait_for_shapes()

    def save_as(self, path: Path) -> None:
        """Save for the first time: a file dialog asks for the name."""
        with self.answering(self.name_file(path)):
            self.shortcut("Ctrl+S")
        self.wait(lambda: self.document.path == path and not self.document.modified)

    def open(self, path: Path) -> None:
        """Open a file by its dialog."""
        with self.answering(self.name_file(path)):
            self.shortcut("Ctrl+O")

    # -- drawing --------------------------------------------------------------------------------------

    def search_palette(self, text: str) -> list[str]:
        """Type into the palette's search line; gives the types that it lists."""
        palette = self.workspace.palette_
        self.write(palette.search, text)
        return [block.type for block in palette.shown()]

    def drag_from_palette(self, search: str, kind: str, x: float, y: float) -> str:
        """Find a block by typing, drag it to a place of the canvas; gives the new block's name."""
        assert kind in self.search_palette(search)
        palette = self.workspace.palette_
        item = next(item for item in palette._leaves() if _kind(item) == kind)
        before = set(self.project.graph(MAIN).nodes)
        self.carry(palette.tree, item, self.view.viewport(), self.spot(x, y))
        made = set(self.project.graph(MAIN).nodes) - before
        assert len(made) == 1
        return self.project.graph(MAIN).nodes[made.pop()].name

    def spot(self, x: float, y: float) -> QPoint:
        """Give the pixel of a canvas point."""
        return self.view.viewportTransform().map(QPointF(x, y)).toPoint()

    def body(self, name: str) -> QPoint:
        """Give the pixel in a block's lower part, which has neither name nor port."""
        body = self.view.canvas.nodes[self.node(name).id].body()
        return self.spot(body.center().x() + 30.0, body.bottom() - 8.0)

    def port(self, name: str, port: str = "", *, output: bool = False) -> QPoint:
        """Give the pixel of a port, the first one where none is named."""
        node = self.node(name)
        block = block_of(self.project, self.project.graph(MAIN), node)
        port = port or (block.outputs if output else block.inputs)[0].name
        return self.spot(*self.view.canvas.nodes[node.id].end(port, output))

    def frame(self) -> None:
        """See the whole network, by the button over the canvas."""
        corner = self.workspace.networks.cornerWidget(Qt.Corner.TopRightCorner)
        wanted = self.window.commands["canvas.frame_all"]
        self.click(next(b for b in corner.findChildren(QToolButton) if b.defaultAction() is wanted))

    def pull_wire(self, source: str, target: str, *, into: str = "", out: str = "") -> None:
        """Pull a wire from an output to an input."""
        viewport, start = self.view.viewport(), self.port(source, out, output=True)
        end = self.port(target, into)
        self.drag(viewport, start, (start + end) / 2, end)

    def wire(self, source: str, target: str, into: str = "x", out: str = "y") -> Wire:
        """Name a wire by its blocks."""
        return Wire(Endpoint(self.node(source).id, out), Endpoint(self.node(target).id, into))

    def choose_block(self, name: str) -> None:
        """Click a block; the inspector shows it."""
        if not self.view.viewport().rect().contains(self.body(name)):
            self.key(Qt.Key.Key_Home)  # out of sight: look at everything first
        self.click(self.view.viewport(), self.body(name))
        assert self.view.selected() == [self.node(name).id]
        assert self.node_form.ids == (self.node(name).id,)

    # -- forms ----------------------------------------------------------------------------------------

    def set_parameter(self, block: str, name: str, text: str) -> None:
        """Choose a block and type a value into its form."""
        self.choose_block(block)
        self.fill(self.node_form.form.field(name), text)

    def set_loop(self, name: str, text: str) -> None:
        """Type a value of the training loop in the training panel."""
        self.fill(self.workspace.training.short_plan.loop.field(name), text)

    def set_rate(self, text: str) -> None:
        """Type the learning rate in the training panel."""
        form = self.workspace.training.short_plan._rate
        assert form is not None
        self.fill(form.field("lr"), text)

    def fill(self, field: Field, text: str) -> None:
        """Type into the input of a parameter."""
        match field:
            case NumberField():
                self.write(_line(field.spin), text)
            case SizeField():
                self.write(_line(field._spins[0]), text)
            case LineField():
                self.write(field.line, text)
            case BoolField():
                self.tick(field.box)
            case ChoiceField():
                self.choose(field.combo, text)
            case _:
                raise AssertionError(f"nobody can type into {type(field).__name__}")

    # -- training -------------------------------------------------------------------------------------

    def press_train(self) -> None:
        """Press the button in the tool bar; the run begins."""
        self.wait(lambda: self.window.session.obstacle() is None)
        self.click(self.window.toolbar.train_bar.train)
        assert self.window.session.active

    def wait_trained(self, seconds: float = 60.0) -> None:
        """Wait until the run is over, and the panel has said how."""
        self.wait(lambda: not self.window.session.active and self.ending(), seconds)

    def wait_steps(self, steps: int) -> None:
        """Watch the run until it has made some steps."""
        session = self.window.session
        begun = session.latest.step if session.latest is not None else 0
        self.wait(lambda: session.latest is not None and session.latest.step >= begun + steps, 60.0)

    def points(self, key: str) -> int:
        """Count the points of a curve in the charts."""
        curves = self.workspace.training.curves
        return curves._taken.get(key, 0) if curves is not None else 0

    # -- looks ----------------------------------------------------------------------------------------

    def speak(self, code: str) -> None:
        """Choose another language in the menu."""
        self._pick(self.window.toolbar.language_menu, code)

    def dress(self, mode: str) -> None:
        """Choose another theme in the menu."""
        self._pick(self.window.toolbar.looks_menu, mode)

    def run_command(self, id: str) -> None:
        """Choose an entry of the menus."""
        action = self.window.commands[id]
        menu = next(menu for menu in self.window.menus.values() if action in menu.actions())
        self.menu(menu.menuAction(), action)

    def _pick(self, menu: QMenu, id: str) -> None:
        chosen = next(action for action in menu.actions() if action.objectName() == id)
        self.menu(self.window.menus["view"].menuAction(), menu.menuAction(), chosen)


def _kind(item: QTreeWidgetItem) -> str:
    block = item.data(0, Qt.ItemDataRole.UserRole)
    return str(block.type)


def _line(spin: QWidget) -> QLineEdit:
    return cast(QLineEdit, spin.findChild(QLineEdit))


def _banner_text(banner: QWidget | None) -> str:
    return "\n".join(part.text() for part in banner.findChildren(QLabel)).strip() if banner else ""
