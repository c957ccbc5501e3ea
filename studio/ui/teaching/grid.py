"""Templates as cards in as many columns as there is room for, narrowed by words, task and size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from studio.graph.text import LANGUAGES
from studio.project.gallery import TASKS, Template
from studio.ui.frame.template_card import CARD, PICTURE, Card
from studio.ui.looks.theme import SPACE, SPACE_SMALL, theme, themes
from studio.ui.teaching.ladder import Ladder, rungs
from studio.ui.widgets.plain import label
from studio.ui.words.figures import duration, short
from studio.ui.words.matching import Words, in_all_languages, ranked
from studio.ui.words.text import languages, live, tr

Thumbnail = Callable[[Path, int, int, bool], QPixmap | None]
"""Draws a project file: its path, width, height, and whether on dark; None where it cannot be drawn."""

TITLES = {
    "classification": "Classification",
    "regression": "Regression and forecasting",
    "segmentation": "Segmentation",
    "generation": "Generating samples",
    "language": "Language",
    "representation": "Finding a representation",
    "comparison": "Comparing",
    "control": "Acting in a world",
}
"""What templates are for, as a person says it."""

SMALL, LARGE = 10_000, 1_000_000
"""Learnable numbers from which on a network is no longer small, and from which on it is large."""

SIZES = (
    ("small", "Small, below 10,000"),
    ("medium", "Medium"),
    ("large", "Large, from a million"),
)


def size_of(template: Template) -> str:
    """Give whether a template is small, medium or large; empty where nobody counted it."""
    count = template.parameters
    return "" if not count else "small" if count < SMALL else "medium" if count < LARGE else "large"


def task_title(task: str) -> str:
    """Give what a template is for as a person says it."""
    return tr(TITLES[task]) if task in TITLES else task


class Filters(QWidget):
    """What narrows the cards: typed words, a task, a size."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin with everything."""
        super().__init__()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        live(self.search.setPlaceholderText, "Search templates")
        live(self.search.setAccessibleName, "Search templates")
        self.task, self.scale = QComboBox(), QComboBox()
        for combo in (self.task, self.scale):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        live(self.task.setAccessibleName, "Task")
        live(self.scale.setAccessibleName, "How large")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.search, 3)
        row.addWidget(self.task, 2)
        row.addWidget(self.scale, 2)
        self.search.textChanged.connect(lambda _text: self.changed.emit())
        for combo in (self.task, self.scale):
            combo.activated.connect(lambda _place: self.changed.emit())

    def offer(self, tasks: Sequence[str]) -> None:
        """Offer these tasks, in the language in use."""
        entries = (
            (self.task, [("", tr("Every task")), *((one, task_title(one)) for one in tasks)]),
            (self.scale, [("", tr("Every size")), *((key, tr(said)) for key, said in SIZES)]),
        )
        for combo, rows in entries:
            with QSignalBlocker(combo):
                before = combo.currentData()
                combo.clear()
                for key, said in rows:
                    combo.addItem(said, key)
                combo.setCurrentIndex(max(combo.findData(before), 0))

    def clear(self) -> None:
        """Narrow nothing."""
        for combo in (self.task, self.scale):
            combo.setCurrentIndex(0)
        self.search.clear()
        self.changed.emit()


class Grid(QWidget):
    """The cards."""

    chosen = Signal(object)
    """A card was pressed: its template, or None for the blank one."""
    wanted = Signal(object)
    """A card was pressed twice, or by Enter: its template."""

    def __init__(
        self,
        thumbnail: Thumbnail,
        ladder: Ladder,
        known: Callable[[str], Sequence[Template]],
        *,
        blank: bool = False,
        pick: bool = False,
    ) -> None:
        """Begin without cards.

        Args:
            thumbnail: draws a template's network.
            ladder: how far a person came.
            known: gives all templates in a language, to be searched in each.
            blank: begin with a card for a blank canvas.
            pick: let one card be the chosen one.
        """
        super().__init__()
        self._thumbnail, self._ladder, self._known = thumbnail, ladder, known
        self._blank, self._pick = blank, pick
        self._words: dict[str, Words] = {}
        self._marked, self._free = True, False
        self._painted: dict[tuple[str, bool], QPixmap] = {}
        self.templates: list[Template] = []
        self.cards: list[Card] = []
        self.shown: list[Card] = []
        self._by_card: dict[Card, Template] = {}
        self.filters = Filters()
        self.none = label("No template fits.", "muted")
        self.none.setParent(self)
        self.none.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw_next)
        self._waiting: list[Card] = []
        self.filters.changed.connect(self.narrow)
        themes.changed.connect(self._draw_anew)
        languages.changed.connect(self._words.clear)
        ladder.changed.connect(self._mark)

    def show_templates(self, templates: Sequence[Template]) -> None:
        """Make a card for each template."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.templates = list(templates)
        self.cards, self._by_card = [], {}
        if self._blank:
            blank = Card(tr("Blank canvas"), tr("Begin with nothing and drag your own blocks."), "add")
            blank.clicked.connect(lambda _=False: self.chosen.emit(None))
            blank.setParent(self)
            self.cards.append(blank)
        for template in self.templates:
            self.cards.append(self._card(template))
        self._words.clear()
        self._marked = False
        self.filters.offer([])  # what they are for is read from their projects later
        self.narrow()
        self._draw_anew()

    def _card(self, template: Template) -> Card:
        card = Card(template.title, template.summary, "template")
        card.setParent(self)
        card.set_aside(short(template.parameters) if template.parameters else "")
        card.setCheckable(self._pick)
        card.setAutoExclusive(self._pick)
        card.clicked.connect(lambda _=False: self.chosen.emit(template))
        card.pressed_twice.connect(lambda: self.wanted.emit(template))
        self._by_card[card] = template
        return card

    def template_of(self, card: Card) -> Template | None:
        """Give the template of a card."""
        return self._by_card.get(card)

    def _read(self) -> None:
        """Look into the projects, which is not done before the window is painted."""
        self._marked = True
        self.filters.offer([task for task in TASKS if any(one.task == task for one in self.templates)])
        self._mark()

    def _mark(self, *_: object) -> None:
        """Say on each card what it is for, how long it takes, and how far a person came."""
        steps = [one.key for one in rungs(self.templates)]
        for card, template in self._by_card.items():
            parts = [task_title(template.task)]
            if template.facts.seconds:
                parts.append(tr("about {time}", time=duration(template.facts.seconds)))
            if template.origin != "ours":
                parts.insert(0, tr("Yours") if template.origin == "yours" else tr("Shared"))
            order = str(steps.index(template.key) + 1) if template.key in steps else ""
            done = self._ladder.of(template.key)
            card.set_facts(" · ".join(part for part in parts if part), order, done.share)

    # -- narrowing ------------------------------------------------------------------------------------

    def narrow(self) -> None:
        """Show the cards that fit what is asked for, the best first where words were typed."""
        filters = self.filters
        query, task, size = filters.search.text(), filters.task.currentData(), filters.scale.currentData()
        fitting = [
            card
            for card, one in self._by_card.items()
            if (not task or one.task == task) and (not size or size_of(one) == size)
        ]
        if query.strip():
            fitting = ranked(query, fitting, lambda card: self._words_of(self._by_card[card]))
        elif self._blank and not task and not size:
            fitting.insert(0, self.cards[0])
        for card in self.cards:
            if card not in fitting:
                card.hide()
        self.shown = fitting
        self.none.setVisible(not fitting)
        self._place()

    def _words_of(self, template: Template) -> Words:
        if not self._words:
            for code in LANGUAGES:
                for one in self._known(code):
                    before = self._words.get(one.key, Words(()))
                    more = in_all_languages(TITLES[one.task]).names if one.task in TITLES else ()
                    said = tuple(one.summary.split())
                    self._words[one.key] = Words(
                        tuple(dict.fromkeys((*before.names, one.title, one.id))),
                        (*before.more, *said, *more, *one.networks),
                    )
        return self._words.get(template.key, Words((template.title, template.id)))

    # -- where the cards stand --------------------------------------------------------------------------

    def _place(self) -> None:
        """Lay the cards out in as many columns as there is room for.

        Not by a layout: one that is changed while its window is laid out crashes Qt.
        """
        across, down = CARD.width() + SPACE, CARD.height() + SPACE
        columns = max(1, (self.width() + SPACE) // across)
        for index, card in enumerate(self.shown):
            card.move(index % columns * across, index // columns * down)
            card.show()
        self.none.resize(self.width(), self.none.sizeHint().height())
        high = -(-len(self.shown) // columns) * down - SPACE
        self.setMinimumHeight(max(high, self.none.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Go on with the pictures while the cards are on the screen."""
        super().paintEvent(event)
        if self._free and self._waiting and not self._timer.isActive():
            self._timer.start(0)

    # -- pictures -------------------------------------------------------------------------------------

    def draw_pictures(self) -> None:
        """From now on draw the pictures of the templates, one by one, with the window free between them.

        The first of them loads the canvas, so this is not asked for before the window is painted.
        """
        self._free = True
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._waiting = list(self._by_card)
        self.update()

    def _draw_next(self) -> None:
        if not self._marked:
            self._read()
        if not self._waiting:
            return
        # Those that are seen come first.
        seen = [card for card in self._waiting if not card.visibleRegion().isEmpty()]
        card = (seen or self._waiting)[0]
        self._waiting.remove(card)
        template = self._by_card.get(card)
        if template is not None:
            key = (template.key, theme().dark)
            picture = self._painted.get(key) or self._draw(template)
            if picture is not None:
                self._painted[key] = picture
                card.set_picture(picture)
        self._timer.start(0)

    def _draw(self, template: Template) -> QPixmap | None:
        ratio = self.devicePixelRatioF()
        width, height = round(PICTURE.width() * ratio), round(PICTURE.height() * ratio)
        picture = self._thumbnail(template.project, width, height, theme().dark)
        if picture is not None:
            picture.setDevicePixelRatio(ratio)
        return picture
