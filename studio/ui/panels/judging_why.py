"""Why a network answers as it does: what in one sample speaks for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QSpinBox, QWidget

from studio.graph import Message
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.judging_sample import SampleLook
from studio.ui.panels.judging_view import View
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import measure, share
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
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


def small_choice(combo: QComboBox, name: str) -> QComboBox:
    """Make a combo box as small as its texts are, and name it."""
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
        self.method = small_choice(QComboBox(), "How it is found out")
        self.target = small_choice(QComboBox(), "The answer to be explained")
        self.layer = small_choice(QComboBox(), "The convolution that is looked at")
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

    def fits(self, opened: Opened) -> bool:
        """Offer it where the network answers to one sample at a time."""
        if not super().fits(opened) or opened.data is None:
            return super().fits(opened)
        from studio.train.judging.pairing import paired

        return not paired(opened.plan, opened.data)

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
