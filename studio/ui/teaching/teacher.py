"""Keeps lesson, canvas and project together: which lesson is shown, and what its links do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.project import lesson as lessons
from studio.project.gallery import Template
from studio.project.lighter import read_wish
from studio.project.own_templates import every_template
from studio.ui.canvas.ring import Rings
from studio.ui.frame.docks import PLACES
from studio.ui.looks.theme import themes
from studio.ui.teaching import equations
from studio.ui.teaching.ladder import Ladder, rungs
from studio.ui.teaching.page import Source
from studio.ui.teaching.panel import LessonPanel
from studio.ui.widgets.plain import is_seen
from studio.ui.words.text import language, languages, say, tr

if TYPE_CHECKING:
    from studio.ui.window import MainWindow
    from studio.ui.workspace import Workspace

SIZE = "lesson_size"
"""The setting with the size of the letters, in hundredths."""

WIDE = 400
"""How wide the dock is made for reading where the window has room for it, in pixels."""

SHARE = 0.3
"""How much of a narrow window it takes at most."""

ROOMY = 1280
"""From this width of the window on the lesson takes the whole height at the left."""

NAMED = 0.4
"""A network beside its lesson is shown no smaller than this, so that the names of its blocks can be read."""

FIT_MS = 60
"""After so much time the docks stand where they belong."""

REST_MS = 700
"""After so much time without scrolling the place is written down."""

END = 0.985
"""Where a lesson counts as read to its end."""


class Teacher(QObject):
    """Serves the lesson of the open project."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        """Listen to a window; the lesson comes with a project."""
        super().__init__(workspace)
        self._window, self._space = window, workspace
        self._document, self._session = window.document, window.session
        self.panel = LessonPanel()
        self.ladder: Ladder = window.ladder
        self.rings = Rings()
        self.template: Template | None = None
        self._known: tuple[Template, ...] = ()
        self._of: object = None
        self._stale = False
        self._setting = False
        self._place: float | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)
        reader = self.panel.reader
        percent = window.settings.get(SIZE)
        if isinstance(percent, int):
            reader.set_percent(percent)
        reader.pressed.connect(self.follow)
        reader.hovered.connect(self._hover)
        reader.zoomed.connect(partial(window.settings.set, SIZE))
        reader.moved.connect(self._moved)
        self.panel.seen = self.seen  # type: ignore[attr-defined]  # what the docks call
        self.panel.back_wanted.connect(lambda: self._open(""))
        self.panel.gallery_wanted.connect(window.templates.choose)
        self._document.replaced.connect(self.rings.clear)
        window.filing.leaving.connect(self.keep)
        window.commands.when("lesson", self.show)
        self._session.ended.connect(self._trained)
        workspace.judge.changed.connect(self._judged)
        self.ladder.changed.connect(self._renew)
        languages.changed.connect(self._renew)
        themes.changed.connect(self._renew)

    # -- which lesson ---------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the lesson of the project that is open now; in front, where it has just begun with it."""
        if self._of is self._document.history:
            return
        self._of = self._document.history
        self.keep()
        self.panel.banners.clear()
        filing = self._window.filing
        given, fresh = filing.template, filing.template is not None
        before = self.template
        self.template = given if given is not None else self._find(self._document.project.template)
        self.panel.show_lesson(self.template is not None)
        self.panel.show_variant(filing.variant)
        self._window.commands.enable(
            "lesson", self.template is not None, Message("This project comes from no template.")
        )
        if self.template is None:
            self.panel.reader.show_source(None)
            self._give_height(False)
            if before is not None and self._space.docks.in_front("lesson"):
                self._space.docks.show("palette")
            return
        same = before is not None and before.key == self.template.key
        self._place = None if same else self.ladder.of(self.template.key).place
        self._renew()
        if fresh:
            self.show()
            QTimer.singleShot(FIT_MS, self, self._fit)

    def show(self) -> None:
        """Bring the lesson to the front, wide enough to be read."""
        docks = self._space.docks
        docks.show("lesson")
        dock = docks["lesson"]
        self._give_height(self._window.width() >= ROOMY)
        wide = min(WIDE, round(self._window.width() * SHARE))
        if not dock.isFloating() and dock.width() < wide:
            self._window.resizeDocks([dock], [wide], Qt.Orientation.Horizontal)
        self.seen()

    def _give_height(self, whole: bool) -> None:
        """Let the docks at the left reach down to the lower edge, or the ones below to the left one."""
        areas = Qt.DockWidgetArea
        area = areas.LeftDockWidgetArea if whole else areas.BottomDockWidgetArea
        self._window.setCorner(Qt.Corner.BottomLeftCorner, area)

    def seen(self) -> None:
        """Write the page that nobody looked at."""
        if self._stale:
            self._write()

    def keep(self) -> None:
        """Remember where the lesson is read."""
        self._rest.stop()
        reader = self.panel.reader
        if self.template is not None and reader.objects is not None and is_seen(reader):
            self.ladder.put(self.template.key, reader.place)

    def _fit(self) -> None:
        """Bring the network into the room that the lesson leaves it, as far as its names can then be read."""
        view = self._space.networks.view
        if view is not None and not self._document.modified:
            view.camera.fit(view.canvas.content(), least=NAMED)

    def _find(self, id: str) -> Template | None:
        """Give the template of an id, ours before those of others; None where there is none of it."""
        if not id:
            return None
        return next((one for one in self._templates() if one.id == id), None)

    def _templates(self) -> tuple[Template, ...]:
        return every_template(language()).templates

    def _renew(self, *_: object) -> None:
        self._stale = True
        if is_seen(self.panel):
            self._write()

    def _write(self) -> None:
        """Write the page, once its equations are set."""
        template = self.template
        if template is None or self._setting:
            return
        self._stale = False
        self._known = self._templates()
        steps = [one.key for one in rungs(self._known)]
        place = steps.index(template.key) + 1 if template.key in steps else 0
        self.panel.show_step(place, len(steps))
        text = template.lesson(language())
        wanted = equations.missing(lessons.equations(text))
        if wanted and not self._window.jobs.closed:
            self._setting = True
            self._window.jobs.start(
                lambda _job: equations.make(wanted), self._set, lambda *_: self._set(None), "equations"
            )
        else:
            self._show(template, text)

    def _set(self, _done: object) -> None:
        self._setting = False
        if self.template is not None:
            self._show(self.template, self.template.lesson(language()))

    def _show(self, template: Template, text: str) -> None:
        project = self._document.project
        source = Source(
            text + self._end(template),
            lambda name: lessons.spot(project, name) is not None,
            template.picture,
        )
        place, self._place = self._place, None
        self.panel.reader.show_source(source, place)

    def _end(self, template: Template) -> str:
        """Say below a lesson what is done, and what comes next."""
        done = self.ladder.of(template.key)
        reaches = template.facts.reaches
        steps = [
            tr("✓ read to the end") if done.read else tr("not read to the end yet"),
            tr("✓ trained") if done.trained else tr("not trained yet"),
        ]
        if reaches is not None:
            steps.append(tr("✓ its figure reached") if done.reached else tr("its figure not reached yet"))
        said = " · ".join(steps)
        after = self.ladder.next(template, self._known)
        lines = ["", "---", "", said, ""]
        if after is not None:
            title = after.title.replace("[", "(").replace("]", ")")
            lines.append(f"{tr('Next:')} [{title}](template:{after.id})")
        return "\n".join(lines)

    # -- progress -------------------------------------------------------------------------------------

    def _moved(self, share: float) -> None:
        self._rest.start()
        if share >= END and self.template is not None and is_seen(self.panel.reader):
            self.ladder.note(self.template.key, read=True)

    def _trained(self) -> None:
        """Note that the project of the lesson was trained to its end, and what that came to."""
        session, template = self._session, self.template
        finished = session.finished
        if template is None or finished is None or finished.run is None or session.project is None:
            return
        if session.project.template != template.id or finished.reason not in ("completed", "patience"):
            return
        self.ladder.note(template.key, trained=True)

    def _judged(self) -> None:
        """Note that a run of the lesson reached what it promises."""
        opened, template = self._space.judge.opened, self.template
        reaches = template.facts.reaches if template is not None else None
        if opened is None or template is None or reaches is None or opened.project is None:
            return
        metrics = opened.evaluation.metrics
        same = opened.project.template == template.id
        if same and reaches.figure in metrics and reaches.holds(metrics[reaches.figure]):
            self.ladder.note(template.key, trained=True, reached=True)

    # -- links ----------------------------------------------------------------------------------------

    def follow(self, href: str, words: str) -> None:
        """Do what a link asks for."""
        try:
            link = lessons.link(href)
            doing: dict[lessons.Kind, Callable[[str], object]] = {
                "block": self._go,
                "panel": self._show_panel,
                "open": self._open,
                "template": self._learn,
                "try": partial(self._try, words, None),
                "branch": lambda to: self._try(words, partial(self._train_on, to), to),
                "sweep": self._sweep,
                "lighter": lambda to: self._space.outcomes.lighten(wish=read_wish(to)),
                "page": lambda to: QDesktopServices.openUrl(QUrl(to)),
            }
            doing[link.kind](link.to)
        except NetwrightError as error:
            self._tell("warning", error.message)

    def _tell(self, kind: str, said: Message, *offers: tuple[Message, Callable[[], object]]) -> None:
        shown = "good" if kind == "good" else "warning"
        self.panel.banners.show_banner("step", shown, said, offers)  # type: ignore[arg-type]

    def _spot(self, name: str) -> lessons.Spot:
        found = lessons.spot(self._document.project, name)
        if found is None:
            raise lessons.LessonError(
                Message("There is no block “{name}” in the project as it is now.", name=name[:100])
            )
        return found

    def _go(self, name: str) -> None:
        """Choose a block and bring it to the middle, going into composites on the way."""
        found = self._spot(name)
        networks = self._space.networks
        networks.show_graph(found.way[0][0])
        page = networks.page
        if page is None:
            return
        way = [ref for ref, _ in found.way]
        if page.path != way:
            page.go(way)
        view = page.view
        view.select([found.node])
        if found.node in view.canvas.nodes:
            view.camera.centre(view.canvas.nodes[found.node].body().center())
            # The way into composites takes or leaves a line of room above the canvas.
            QTimer.singleShot(0, view, partial(self._centre, found.node))
        self.rings.clear()

    def _centre(self, node: str) -> None:
        view = self._space.networks.view
        if view is not None and node in view.canvas.nodes:
            view.camera.centre(view.canvas.nodes[node].body().center())

    def _hover(self, href: str) -> None:
        """Put a ring round the block that a link names: where it is seen, or the composite that it is in."""
        self.rings.clear()
        self.panel.show_hint(self._hint(href) if href else "")
        page = self._space.networks.page
        try:
            link = lessons.link(href) if href else None
        except NetwrightError:
            return
        if link is None or link.kind != "block" or page is None:
            return
        found = lessons.spot(self._document.project, link.to)
        for ref, node in reversed(found.way) if found is not None else ():
            if ref == page.ref:
                self.rings.show(page.view.canvas, node)
                return

    def _hint(self, href: str) -> str:
        """Say where a link leads."""
        try:
            link = lessons.link(href)
            match link.kind:
                case "block":
                    return tr("Shows the block “{name}” on the canvas", name=link.to)
                case "try" | "branch":
                    told = lessons.attempt(self._document.project, link.to).told
                    return "\n".join([*map(say, told), tr("One step, which can be undone")])
                case "open":
                    return tr("Opens the project “{name}” of this lesson", name=link.to)
                case "template":
                    return tr("Opens another template with its lesson")
                case "sweep":
                    return tr("Prepares a sweep; it begins once you start it")
                case "lighter":
                    return tr("Prepares what makes the network lighter; it begins once you start it")
                case "page":
                    return link.to
        except NetwrightError as error:
            return say(error.message)
        return ""

    def _show_panel(self, id: str) -> None:
        if id in {place.id for place in PLACES}:
            self._space.docks.show(id)
        else:
            raise lessons.LessonError(Message("There is no panel “{name}”.", name=id[:60]))

    def _open(self, name: str) -> None:
        """Open another project of the template; unsaved changes are asked about."""
        if self.template is None:
            return
        file: Path | None = self.template.variant(name) if name else self.template.project
        if file is None:
            raise lessons.LessonError(
                Message("This template has no further project “{name}”.", name=name[:60])
            )
        self._window.filing.from_template(self.template, name)

    def _learn(self, id: str) -> None:
        found = self._find(id)
        if found is None:
            raise lessons.LessonError(Message("There is no template “{name}” here.", name=id[:60]))
        self._window.filing.from_template(found)

    def _try(self, words: str, on: Callable[[], object] | None, to: str) -> None:
        """Set what a step asks for, as one edit, and say what is otherwise.

        Args:
            words: what the step is called.
            on: how it trains on with what a run learned; None where it begins afresh.
            to: the settings.
        """
        train = (Message("Train"), self._train) if on is None else (Message("Train on from the last run"), on)
        before: Project = self._document.project
        made = lessons.attempt(before, to)
        if not made.told:
            self._tell("good", Message("This is set already."), train)
            return
        if not self._document.do(Message("Try: {step}", step=words or "–"), made.project):
            return
        said = made.told[0]
        for other in made.told[1:]:
            said = Message("{first}; {second}", first=said, second=other)
        self._tell(
            "good",
            said,
            train,
            (Message("Undo"), self._undo),
        )

    def _train(self) -> None:
        self.panel.banners.remove("step")
        self._window.commands["train"].trigger()

    def _train_on(self, to: str) -> None:
        """Train on with what the newest run learned that was trained before this step."""
        self.panel.banners.remove("step")
        fresh = lessons.attempt(self._document.project, to).fresh
        self._space.experiments.branch_last(lambda project: bool(lessons.attempt(project, to).told), fresh)

    def _undo(self) -> None:
        self.panel.banners.remove("step")
        self._window.commands["undo"].trigger()

    def _sweep(self, name: str) -> None:
        """Fill in the form of a sweep that the template has prepared."""
        if self.template is None:
            return
        plan = lessons.sweep(self.template, self._document.project, name)
        self._space.docks.show("runs")
        self._space.runs.offer_sweep(plan)
