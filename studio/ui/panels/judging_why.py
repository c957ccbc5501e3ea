"""Why a network answers as it does: what in one sample speaks for an answer, and where its layers look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSlider, QSpinBox, QWidget

from studio.graph import Message
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.looks.theme import FONT_SMALL, SPACE_SMALL, SPACE_TINY, colour, font, themes
from studio.ui.panels.judging_sample import SampleLook
from studio.ui.panels.judging_view import View
from studio.ui.widgets.flow_pictures import colour_table
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import measure, share
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.inside import Attention, Looking
    from studio.train.judging.interpreting import Heat, Method

METHODS: dict[Method, tuple[str, str]] = {
    "gradcam": (
        "Grad-CAM",
        "Orange is where the maps of the convolution speak for the answer.",
    ),
    "gradient": (
        "Saliency",
        "Strong colours are parts at which a small change moves the answer most.",
    ),
    "smooth": (
        "Smooth gradient",
        "As saliency, averaged over noisy copies: steadier and easier to read.",
    ),
    "integrated": (
        "Integrated gradients",
        "Orange speaks for the answer, blue against it; together they add up to the whole score.",
    ),
    "occlusion": (
        "Occlusion",
        "Orange parts lose the answer when they are covered; covering blue ones helps it.",
    ),
}
"""Each way to find out, with its name and how to read it."""

SIGNED = "Orange moves the answer up and blue down, compared with what is usual."
"""How gradients of words and of columns are read: they have a direction."""


class SampleChoice(QWidget):
    """Chooses the sample that is asked about: one of the test, or the one that was tried last."""

    def __init__(self, judge: Judge) -> None:
        """Make it.

        Args:
            judge: has the sample.
        """
        super().__init__()
        self._judge = judge
        self.which = label(role="muted")
        self.index = QSpinBox()
        self.index.setMaximumWidth(84)
        self.index.setKeyboardTracking(False)
        live(self.index.setAccessibleName, "Number of the sample")
        live(self.index.setToolTip, "Number of the sample")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_TINY)
        row.addWidget(self.which)
        row.addWidget(self.index)
        self.index.valueChanged.connect(self._judge.try_sample)

    def renew(self) -> None:
        """Show the sample that the judge has; ask for a first one where it has none."""
        opened, tried = self._judge.opened, self._judge.tried
        if opened is None:
            return
        own = tried is not None and tried.index is None
        live(self.which.setText, "Your own, or sample" if own else "Sample")
        with QSignalBlocker(self.index):
            self.index.setRange(0, max(opened.evaluation.count - 1, 0))
            if tried is not None and tried.index is not None:
                self.index.setValue(tried.index)
        if tried is None:
            wrong = opened.evaluation.wrong
            self._judge.try_sample(wrong[0].index if wrong else 0)


def _small(combo: QComboBox, name: str) -> QComboBox:
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    live(combo.setAccessibleName, name)
    live(combo.setToolTip, name)
    return combo


class WhyView(View):
    """What in one sample speaks for an answer."""

    ID: ClassVar[str] = "why"
    TITLE: ClassVar[str] = "Why?"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "labels", "numbers", "sequence", "regions"))

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(judge, "Choose a sample, a way to find out, and the answer to be explained.")
        self.sample = SampleChoice(judge)
        self.method = _small(QComboBox(), "How it is found out")
        self.target = _small(QComboBox(), "The answer to be explained")
        self.layer = _small(QComboBox(), "The convolution that is looked at")
        self.dense = QSlider(Qt.Orientation.Horizontal)
        self.dense.setRange(0, 100)
        self.dense.setValue(75)
        self.dense.setMaximumWidth(120)
        live(self.dense.setToolTip, "How dense the colours are")
        live(self.dense.setAccessibleName, "How dense the colours are")
        for part in (self.sample, self.method, self.target, self.layer):
            self.head.addWidget(part)
        self.head.addStretch(1)
        self.plain, self.look = SampleLook(), SampleLook()
        self.told = label(role="muted", wrap=True)
        self.told.setSizePolicy(narrowing())
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.plain, 1)
        row.addWidget(self.look, 1)
        self.body.addLayout(row, 1)
        under = QHBoxLayout()
        under.addWidget(self.told, 1)
        under.addWidget(self.dense)
        self.body.addLayout(under)
        self._methods: tuple[Method, ...] = ()
        self._key: object = None
        for combo in (self.method, self.target, self.layer):
            combo.activated.connect(self._ask)
        self.dense.valueChanged.connect(lambda value: self.look.set_overlay(value / 100))
        judge.answered.connect(self._ask)
        languages.changed.connect(self._speak)

    def _speak(self) -> None:
        self._key = None
        self._ask()

    def _ask(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Work out what speaks for the chosen answer of the chosen sample."""
        self.sample.renew()
        tried, answer = self.judge.tried, self.judge.answer
        if tried is None or answer is None or opened.model is None:
            self.tell(Message("Choose a sample first."))
            return
        from studio.train.judging import interpreting
        from studio.train.judging.inside import layers

        if self._key is not opened:
            self._key = opened
            self._fill(opened, interpreting.methods_for(opened.model, tried))
            with QSignalBlocker(self.layer):
                self.layer.clear()
                project = opened.project
                if project is not None:
                    found = layers(project, project.main(), opened.model)
                    for one in found:
                        if one.kind == "convolution":
                            self.layer.addItem(one.title, one.place)
                    self.layer.setCurrentIndex(self.layer.count() - 1)
        method: Method = self.method.currentData()
        self.layer.setVisible(method == "gradcam" and self.layer.count() > 0)
        self.dense.setVisible(tried.shown.picture is not None)
        self.plain.setVisible(tried.shown.picture is not None)
        self.target.setVisible(self.target.count() > 1)
        signed = tried.shown.picture is None and method in ("gradient", "smooth")
        live(self.says.setText, SIGNED if signed else METHODS[method][1])
        target, layer = self.target.currentData(), self.layer.currentData() or ""

        def work(told: Told) -> object:
            return tried, interpreting.explain(
                opened.model,
                opened.data,
                tried,
                method,
                target=target,
                layer=layer,
                plan=opened.plan,
                told=told,
            )

        sample = (tried.part, tried.index) if tried.index is not None else tried
        self.want((sample, method, target, layer), work, network=True)

    def _fill(self, opened: Opened, methods: Sequence[Method]) -> None:
        """Offer the ways and the answers that there are."""
        kept = self.method.currentData()
        with QSignalBlocker(self.method):
            self.method.clear()
            for method in methods:
                self.method.addItem(tr(METHODS[method][0]), method)
            self.method.setCurrentIndex(max(self.method.findData(kept), 0))
        with QSignalBlocker(self.target):
            self.target.clear()
            self.target.addItem(tr("What it answers"), None)
            found = opened.evaluation
            names = found.classes or found.numbers or tuple(map(str, range(1, found.width + 1)))
            for number, name in enumerate(names[:1000] if len(names) > 1 else ()):
                self.target.addItem(name, number)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Draw it."""
        tried, heat = found
        drawn: Heat = heat
        self.plain.show_sample(tried.shown)
        self.look.show_sample(tried.shown, drawn.values)
        self.look.set_overlay(self.dense.value() / 100)
        names = opened.evaluation.classes
        name = names[drawn.target] if drawn.target < len(names) else str(drawn.target + 1)
        if not drawn.largest:
            live(self.told.setText, "Nothing in this sample speaks for “{name}” in this way.", name=name)
        elif opened.evaluation.kind in ("classes", "labels"):
            live(
                self.told.setText,
                "Explained: “{name}”, which the network gives {chance}.",
                name=name,
                chance=share(drawn.score),
            )
        elif self.judge.answer is not None and drawn.target < len(self.judge.answer.numbers):
            answer = measure(self.judge.answer.numbers[drawn.target])
            live(self.told.setText, "Explained: the answer {answer}.", answer=answer)
        else:
            score = measure(drawn.score)
            live(self.told.setText, "Explained: “{name}”, score {score}.", name=name, score=score)


# -- attention -----------------------------------------------------------------------------------------


class AttentionMap(QWidget):
    """How much each place (row) looks at each other one (column)."""

    picked = Signal(int)
    """A row was clicked: its place."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self._looking: Looking | None = None
        self._rows: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._image = QImage()
        self._values: tuple[float, ...] = ()
        self._area = QRectF()
        self._at: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "Attention")
        themes.changed.connect(self.update)

    def show_head(self, looking: Looking | None, head: int) -> None:
        """Show one head of a layer."""
        self._looking, self._at = looking, None
        if looking is not None:
            self._values = looking.heads[min(head, len(looking.heads) - 1)]
            most = max(self._values, default=0.0) or 1.0
            data = bytes(round(255 * min(max(value / most, 0.0), 1.0)) for value in self._values)
            image = QImage(data, looking.keys, looking.queries, looking.keys, QImage.Format.Format_Indexed8)
            image.setColorTable(colour_table())
            self._image = image.convertToFormat(QImage.Format.Format_RGB32)
            self._rows, self._columns = (
                words if len(words) <= 48 else () for words in (looking.rows, looking.columns)
            )
        self.update()

    def sizeHint(self) -> QSize:
        """Take a square."""
        return QSize(220, 200)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(120, 100)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read a cell."""
        looking, area = self._looking, self._area
        self._at = None
        if looking is not None and area.contains(event.position()):
            place = event.position() - area.topLeft()
            column = int(place.x() / area.width() * looking.keys)
            row = int(place.y() / area.height() * looking.queries)
            self._at = (min(row, looking.queries - 1), min(column, looking.keys - 1))
            value = self._values[self._at[0] * looking.keys + self._at[1]]
            names = [
                f"“{words[place]}”" if words else str(place + 1)
                for place, words in zip(self._at, (self._rows, self._columns), strict=True)
            ]
            self.setToolTip(
                tr("{query} looks at {key}: {share}", query=names[0], key=names[1], share=share(value))
            )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick a row."""
        self.mouseMoveEvent(event)
        if self._at is not None:
            self.picked.emit(self._at[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, and the words beside and above them."""
        looking = self._looking
        if looking is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setFont(font(FONT_SMALL))
        metrics = QFontMetricsF(painter.font())
        broad = [
            max(map(metrics.horizontalAdvance, words), default=0.0) for words in (self._rows, self._columns)
        ]
        beside, above = (min(most + 6, self.width() * 0.25) if most else 0.0 for most in broad)
        # Short words stand upright above their columns.
        lying = broad[1] + 4 > min(
            (self.width() - beside) / looking.keys, max(self.height() / looking.queries, 1.0)
        )
        above = above if lying else min(above, metrics.height() + 4)
        wide, high = self.width() - beside - 2, self.height() - above - 2
        # Cells are squares, and a single row is high enough to be pointed at.
        side = min(wide / looking.keys, max(high / looking.queries, 1.0))
        wide = side * looking.keys
        high = min(high, max(side * looking.queries, 3 * metrics.height()))
        self._area = QRectF(beside, above, wide, high)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, wide < looking.keys)
        painter.drawImage(self._area, self._image)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for words, length, room, axis in ((self._rows, high, beside, 0), (self._columns, wide, above, 1)):
            if not words:
                continue
            step = length / len(words)
            every = 1 if axis and not lying else max(1, -int(-(metrics.height() - 2) // step))
            for number, word in enumerate(words):
                strong = self._at is not None and number == self._at[axis]
                painter.setPen(colour("text" if strong else "muted"))
                if number % every and not strong:
                    continue
                shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room - 6)
                if axis == 0:
                    painter.drawText(QRectF(0, above + number * step, beside - 4, step), right, shown)
                    continue
                if not lying:
                    place = QRectF(beside + number * step, 0, step, above)
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
                    continue
                painter.save()
                painter.translate(beside + number * step, above - 4)
                painter.rotate(-90)
                painter.drawText(QRectF(0, 0, above, step), left, shown)
                painter.restore()


class AttentionView(View):
    """Where the layers that attend look for one sample, and what that comes to through all of them."""

    ID: ClassVar[str] = "attention"
    TITLE: ClassVar[str] = "Attention"
    KINDS: ClassVar[frozenset[Kind]] = WhyView.KINDS

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(
            judge,
            "Bright cells: the place of the row looks at that of the column. Click a row to see it in the "
            "sample. Rollout follows the looks back through all layers.",
        )
        self.sample = SampleChoice(judge)
        self.layer = _small(QComboBox(), "Which layer")
        self.heads = _small(QComboBox(), "Which head")
        for part in (self.sample, self.layer, self.heads):
            self.head.addWidget(part)
        self.head.addStretch(1)
        self.map, self.look = AttentionMap(), SampleLook()
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.map, 1)
        row.addWidget(self.look, 1)
        self.body.addLayout(row, 1)
        self._found: Attention | None = None
        self._row: int | None = None
        self.map.picked.connect(self._pick)
        self.layer.activated.connect(self._draw)
        self.heads.activated.connect(self._draw)
        judge.answered.connect(self._ask)
        languages.changed.connect(self._ask)

    def fits(self, opened: Opened) -> bool:
        """Offer it where a layer attends."""
        if opened.model is None or opened.project is None:
            return False
        from studio.train.judging.making import translates, writes

        known = opened.plan, opened.data
        if not super().fits(opened) and not writes(*known) and not translates(*known):
            return False
        from studio.train.judging.attending import attends
        from studio.train.judging.inside import weighing

        project = opened.project
        return attends(opened.model) or any(weighing(project, project.main()))

    def _pick(self, row: int) -> None:
        """Show in the sample what one place looks at, or again what all of them do."""
        self._row = None if row == self._row else row
        self._draw()

    def _ask(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Look."""
        self.sample.renew()
        tried, project = self.judge.tried, opened.project
        if tried is None or project is None:
            self.tell(Message("Choose a sample first."))
            return

        def work(_told: Told) -> object:
            from studio.train.judging.inside import attention

            return tried, attention(opened.model, project, project.main(), tried)

        self.want((tried.part, tried.index) if tried.index is not None else tried, work, network=True)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Offer the layers, and draw the chosen one."""
        if self._found is not found[1]:
            self._row = None
        self._tried, self._found = found
        seen: Attention = found[1]
        titles = [one.title for one in seen.layers]
        if seen.rollout is not None:
            titles.append(tr("Rollout through all layers"))
        if [self.layer.itemText(row) for row in range(self.layer.count())] != titles:
            with QSignalBlocker(self.layer):
                self.layer.clear()
                self.layer.addItems(titles)
                self.layer.setCurrentIndex(len(titles) - 1)
        self._draw()

    def _draw(self) -> None:
        seen = self._found
        if seen is None:
            return
        place = self.layer.currentIndex()
        looking = seen.layers[place] if place < len(seen.layers) else seen.rollout
        if looking is None:
            return
        count = len(looking.heads)
        wanted = [tr("Mean of all heads"), *(tr("Head {number}", number=n) for n in range(1, count))]
        with QSignalBlocker(self.heads):
            if [self.heads.itemText(row) for row in range(self.heads.count())] != wanted[:count]:
                self.heads.clear()
                self.heads.addItems(wanted[:count])
            self.heads.setVisible(count > 1)
        self.map.show_head(looking, max(self.heads.currentIndex(), 0))
        values = seen.each
        if self._row is None and looking.queries == 1:
            values = looking.heads[max(self.heads.currentIndex(), 0)]
        if self._row is not None and self._row < looking.queries and looking.columns == seen.words:
            head = looking.heads[max(self.heads.currentIndex(), 0)]
            values = head[self._row * looking.keys : (self._row + 1) * looking.keys]
        most = max(values, default=0.0) or 1.0
        heat = tuple(value / most for value in values) if len(values) == len(seen.words) else ()
        shown = self._tried.shown
        if seen.words:
            from studio.train.judging.answers import Shown

            shown = Shown(words=seen.words)
        self.look.show_sample(shown, heat)
