"""Samples as points: those that a layer takes for alike lie close together; a click shows the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from studio.graph import Message
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.panels.judging_chart import Chart, Dots, Item
from studio.ui.panels.judging_view import View
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import measure, share
from studio.ui.words.text import fixed, languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.inside import Layout, SampleMap

LAYOUTS: tuple[tuple[Layout, str], ...] = (("pca", "PCA"), ("tsne", "t-SNE"))

_COLOURS = 8


class MapView(View):
    """The map of a layer."""

    ID: ClassVar[str] = "map"
    TITLE: ClassVar[str] = "Map of samples"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "labels", "numbers", "loss"))

    sample = Signal(int)
    """A sample was chosen."""

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(
            judge,
            "Points close together are alike to this layer. Classes in heaps of their own are well told "
            "apart; click a point that lies in the wrong heap.",
        )
        self.layer, self.layout_ = QComboBox(), QComboBox()
        for combo, name in ((self.layer, "Which layer"), (self.layout_, "How samples are laid out")):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            live(combo.setAccessibleName, name)
            live(combo.setToolTip, name)
            combo.activated.connect(self._ask)
            self.head.addWidget(combo)
        for layout, name in LAYOUTS:
            self.layout_.addItem(name, layout)
        self.told = label(role="muted", wrap=True)
        self.told.setSizePolicy(narrowing())
        self.head.addWidget(self.told, 1)
        self.chart = Chart("", "")
        live(self.chart.setAccessibleName, "Map of samples")
        self.chart.chosen.connect(self.sample)
        self.body.addWidget(self.chart, 1)
        self._opened: Opened | None = None
        languages.changed.connect(self._ask)

    def fits(self, opened: Opened) -> bool:
        """Offer it where the network takes the samples of the data as they are."""
        if not super().fits(opened) or opened.plan is None or opened.data is None:
            return super().fits(opened) and opened.plan is None
        from studio.train.judging.inside import MAPPED

        return opened.plan.recipe.type in MAPPED

    def _ask(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Lay the samples out."""
        project = opened.project
        if project is None or opened.model is None:
            self.tell(Message("This run cannot be looked into."))
            return
        from studio.train.judging import inside
        from studio.train.judging.pairing import paired

        if self._opened is not opened:
            self._opened = opened
            found = inside.layers(project, project.main(), inside.main_in(opened.model, project))
            with QSignalBlocker(self.layer):
                self.layer.clear()
                for one in found:
                    self.layer.addItem(one.title, one.path)
                # What the last layer decides by is what leaves the one before it; of a code it is the code.
                codes = opened.evaluation.kind == "loss" or paired(opened.plan, opened.data)
                back = 1 if codes else 2
                self.layer.setCurrentIndex(max(self.layer.count() - back, 0))
        path, layout = self.layer.currentData(), self.layout_.currentData()
        if path is None:
            self.tell(Message("This run cannot be looked into."))
            return
        part = opened.evaluation.part

        def work(told: Told) -> object:
            return inside.sample_map(
                inside.main_in(opened.model, project),
                opened.data,
                project,
                project.main(),
                tuple(path),
                layout,
                part=part,
                told=told,
            )

        fixed(self.told.setText, "")
        self.want((tuple(path), layout), work, network=True)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Draw the points in the colours of their classes."""
        drawn: SampleMap = found
        names = opened.evaluation.classes
        items: list[Item] = []
        if names:
            none = [place for place, truth in enumerate(drawn.truths) if truth < 0]
            if none:
                items.append(self._dots(drawn, none, "muted", tr("None")))
            for number, name in enumerate(names):
                kept = [place for place, truth in enumerate(drawn.truths) if truth == number]
                if kept:
                    items.append(self._dots(drawn, kept, f"series{number % _COLOURS}", name))
        else:  # numbers: from low to high in five steps
            order = sorted(range(len(drawn.truths)), key=lambda place: drawn.truths[place])
            for step in range(5):
                kept = order[len(order) * step // 5 : len(order) * (step + 1) // 5]
                if kept:
                    low, high = drawn.truths[kept[0]], drawn.truths[kept[-1]]
                    items.append(
                        self._dots(drawn, kept, f"series{step}", f"{measure(low)} … {measure(high)}")
                    )
        self.chart.show_items(items)
        if drawn.layout == "pca":
            self.chart.set_titles("First direction", "Second direction")
            live(
                self.told.setText,
                "{count} {count:sample|samples}; these two directions hold {share} of the variance of "
                "{features} {features:number|numbers}",
                count=len(drawn.points),
                share=share(drawn.explained),
                features=drawn.features,
            )
        else:
            self.chart.set_titles("", "")
            live(
                self.told.setText,
                "{count} {count:sample|samples} of {features} {features:number|numbers}; "
                "only who is near whom means something",
                count=len(drawn.points),
                features=drawn.features,
            )

    def _dots(self, drawn: SampleMap, kept: list[int], role: str, name: str) -> Dots:
        return Dots(
            [drawn.points[place] for place in kept],
            role,
            name,
            [drawn.samples[place] for place in kept],
            [tr("Sample {number}: {name}", number=drawn.samples[place], name=name) for place in kept],
        )
