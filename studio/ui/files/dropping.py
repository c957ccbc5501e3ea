"""Files dropped on the window: projects open, data and weights are offered, the rest is told why not."""

from __future__ import annotations

import dataclasses
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtWidgets import QApplication

from studio.graph import Message, Value
from studio.project import Choice, GraphRef, Project, edits
from studio.ui.files.dropped import SOURCES, Found, look
from studio.ui.jobs import Job

if TYPE_CHECKING:
    from studio.exchange import Fit
    from studio.ui.window import MainWindow

BANNER = "dropped"
"""The line over the canvas that says what was dropped."""

MOST_SHOWN = 3
"""How many names of weights that do not fit are said; all of them can be copied."""


class Dropping(QObject):
    """What becomes of what is dropped on one window."""

    def __init__(self, window: MainWindow) -> None:
        """Serve a window.

        Args:
            window: with the document, the lines over the canvas and the work behind.
        """
        super().__init__(window)
        self._window = window
        self._job: Job | None = None
        window.document.replaced.connect(self._forget)  # what was offered was offered to that project

    @staticmethod
    def takes(data: QMimeData) -> bool:
        """Tell whether files are dragged; of each kind something is said."""
        return data.hasUrls() and bool(data.urls())

    def drop(self, data: QMimeData) -> None:
        """Take what was dropped."""
        self._forget()
        urls = data.urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if not paths:
            self._say(
                Message("Only files of this computer can be dropped. Save it first, and drop the file.")
            )
            return
        found = [look(path) for path in paths]
        projects = [one for one in found if one.kind == "project"]
        if projects:
            self._window.filing.open_path(projects[0].path)
        elif len(paths) > 1:
            self._say(Message("Drop one file or one folder at a time."))
        else:
            self._take(found[0])

    def _forget(self) -> None:
        """Take back what was said and offered last."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._window.banners.remove(BANNER)

    def _take(self, found: Found) -> None:
        name = found.path.name or str(found.path)
        if found.kind == "pictures":
            text = Message(
                "“{name}” holds pictures of {count} {count:class|classes}, a folder for each.",
                name=name,
                count=found.classes,
            )
            self._offer_data(text, found)
        elif found.kind == "masks" and found.masks is not None:
            text = Message(
                "“{name}” holds pictures, and “{masks}” their masks: the class of each pixel is learned.",
                name=name,
                masks=found.masks.name,
            )
            self._offer_data(text, found)
        elif found.kind == "labels":
            self._offer_data(Message("“{name}” is a table of pictures with their labels.", name=name), found)
        elif found.kind == "texts":
            text = Message(
                "“{name}” holds texts of {count} {count:class|classes}, a folder for each.",
                name=name,
                count=found.classes,
            )
            self._offer_data(text, found)
        elif found.kind == "arrays":
            self._offer_data(Message("“{name}” holds arrays of numbers.", name=name), found)
        elif found.kind == "table":
            self._offer_data(Message("“{name}” is a table.", name=name), found)
        elif found.kind == "text":
            self._offer_data(Message("“{name}” is text, for a language model.", name=name), found)
        elif found.kind == "weights":
            self._look_at_weights(found.path)
        elif found.message is not None:
            self._say(Message("“{name}”: {why}", name=name, why=found.message))

    def _say(self, text: Message) -> None:
        self._window.banners.show_banner(BANNER, "warning", text)

    # -- data -------------------------------------------------------------------------------------------

    def _offer_data(self, text: Message, found: Found) -> None:
        said = Message("Begin a project with it") if self._window.at_welcome else Message("Use it as data")
        ways = [(said, lambda: self.use(found))]
        if found.timed:
            ways.append((Message("Use it as a time series"), lambda: self.use(found, "series")))
        self._window.banners.show_banner(BANNER, "info", text, ways)

    def use(self, found: Found, source: str = "") -> None:
        """Let the plan train on what was dropped, in a project of its own where none is open.

        Args:
            found: what was dropped.
            source: what reads it; empty for what `SOURCES` says.
        """
        window = self._window
        if window.at_welcome and not window.filing.new():
            return
        window.banners.remove(BANNER)
        label = Message("Train on “{name}”", name=found.path.name)
        if window.document.attempt(label, lambda project: _with_data(project, found, source)):
            window.commands["plan"].trigger()
            window.workspace.docks.show("data")  # what came is looked at first
            window.status.tell(
                Message("“{name}” is the data now. Undo brings the other back.", name=found.path.name)
            )

    # -- weights ----------------------------------------------------------------------------------------

    def _look_at_weights(self, path: Path) -> None:
        if self._window.at_welcome:
            self._say(
                Message(
                    "“{name}” may hold weights. Open the network that they belong to, and drop them again.",
                    name=path.name,
                )
            )
            return
        project = self._window.document.project
        said = Message("The weights of “{name}” are compared with the network.", name=path.name)
        self._window.banners.show_banner(BANNER, "info", said, closable=False)

        def work(_job: Job) -> object:
            from studio.exchange import fit  # imports torch: on this thread, not the window's

            return fit(project, path)

        self._job = self._window.jobs.start(
            work, partial(self._tell_fit, path), self._tell_refusal, "weights"
        )

    def _tell_refusal(self, why: Message, details: str) -> None:
        copy = (Message("Copy details"), lambda: QApplication.clipboard().setText(details))
        self._window.banners.show_banner(BANNER, "error", why, [copy])

    def _tell_fit(self, path: Path, found: object) -> None:
        """Say how weights fit, and offer to begin with them."""
        from studio.exchange import Fit  # it is loaded: the work is done

        assert isinstance(found, Fit)
        network = self._window.document.project.main()
        fitting, fit = len(found.given.tensors), found
        train = (Message("Train from them"), lambda: self._train(fit))
        copy = (Message("Copy the list"), lambda: QApplication.clipboard().setText(fit.lines()))
        if fit.whole:
            text = Message(
                "“{file}” fits: it holds all {count} {count:weight|weights} of the network “{network}”.",
                file=fit.file,
                count=fit.count,
                network=network,
            )
            self._window.banners.show_banner(BANNER, "good", text, [train])
        elif fitting:
            text = Message(
                "{fitting} of the {count} {count:weight|weights} of the network “{network}” are in “{file}” "
                "and fit. Missing: {missing}. Of another size: {differing}. "
                "Not of this network: {unexpected}.",
                fitting=fitting,
                count=fit.count,
                network=network,
                file=fit.file,
                missing=_some(fit.missing),
                differing=_some(fit.differing),
                unexpected=_some(fit.unexpected),
            )
            part = (Message("Train from those that fit"), train[1])
            self._window.banners.show_banner(BANNER, "warning", text, [part, copy])
        else:
            text = Message(
                "No weight of “{file}” fits the network “{network}”. Expected: {expected}. Received: "
                "{received}.",
                file=fit.file,
                network=network,
                expected=_some((*fit.missing, *fit.differing)),
                received=_some((*fit.unexpected, *fit.differing)),
            )
            arrays = Found("arrays", path)
            use = (Message("Use it as data"), lambda: self.use(arrays))
            self._window.banners.show_banner(BANNER, "error", text, [copy, use])

    def _train(self, fit: Fit) -> None:
        why = self._window.session.start(fit.given)
        if why is not None:
            self._window.status.tell(why)
        else:
            # Not at once: the button that was pressed stands on the line that goes.
            QTimer.singleShot(0, self, lambda: self._window.banners.remove(BANNER))


def _some(names: tuple[str, ...]) -> str:
    """Name the first of several, and count the others."""
    more = f", … (+{len(names) - MOST_SHOWN})" if len(names) > MOST_SHOWN else ""
    return ", ".join(names[:MOST_SHOWN]) + more if names else "–"


def _with_data(project: Project, found: Found, source: str = "") -> Project:
    """Let a plan learn from what was dropped; pictures are brought to the size that the network takes."""
    values: dict[str, Value] = {"folder": str(found.path.absolute())}
    if found.masks is not None:
        values["masks"] = str(found.masks.absolute())
    if found.kind in ("pictures", "masks", "labels"):
        graph = project.graph(GraphRef("network", project.main()))
        shapes = [node.parameters.get("shape") for node in graph.of_type("input")]
        match shapes:
            case [(int(channels), int(height), int(width))]:
                values |= {"height": height, "width": width, "grayscale": channels == 1}
    data = Choice(source or SOURCES[found.kind])
    for name, value in values.items():
        data = data.with_parameter(name, value)
    return edits.set_plan(project, dataclasses.replace(project.plan, data=data))
