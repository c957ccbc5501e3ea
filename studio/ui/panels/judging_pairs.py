"""How near pairs are brought: like ones and unlike ones as bars, and the thresholds between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout

from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.panels.judging_chart import Chart, Columns, Line
from studio.ui.panels.judging_view import View
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import measure, share
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.pairing import Pairs


class PairsView(View):
    """Distances of pairs."""

    ID: ClassVar[str] = "pairs"
    TITLE: ClassVar[str] = "Pairs"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "loss"))

    def __init__(self, judge: Judge) -> None:
        """Make empty charts."""
        super().__init__(
            judge,
            "Like pairs belong on one side of the threshold, unlike ones on the other. Where the bars "
            "overlap, the network cannot tell them apart.",
        )
        self.told = label(role="muted", wrap=True)
        self.told.setSizePolicy(narrowing())
        self.head.addWidget(self.told, 1)
        self.histogram = Chart("Distance", "Share of pairs %")
        self.roc = Chart("False positive rate", "True positive rate")
        live(self.histogram.setAccessibleName, "Distances as a histogram")
        live(self.roc.setAccessibleName, "ROC curve")
        row = QHBoxLayout()
        row.addWidget(self.histogram, 3)
        row.addWidget(self.roc, 2)
        self.body.addLayout(row, 1)
        languages.changed.connect(self._speak)

    def fits(self, opened: Opened) -> bool:
        """Offer it where what was learned is how near samples are."""
        if not super().fits(opened) or opened.model is None:
            return False
        from studio.train.judging.pairing import compares

        return compares(opened.plan, opened.data)

    def _speak(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Compare the pairs."""
        model, data, plan, found = opened.model, opened.data, opened.plan, opened.evaluation
        assert plan is not None  # it was offered for a plan

        def work(told: Told) -> object:
            from studio.train.judging.pairing import pairs_of

            return pairs_of(model, data, plan, found, told)

        self.want(0, work, network=True)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Draw the bars, the thresholds, and the curve of all thresholds."""
        pairs: Pairs = found
        self.histogram.set_titles("Cosine" if pairs.cosine else "Distance", "Share of pairs %")
        like, unlike = _shares(pairs.like), _shares(pairs.unlike)
        top = max(*like, *unlike)
        self.histogram.show_items(
            [
                Columns(pairs.edges, unlike, "series1", tr("Unlike"), self._said(pairs, pairs.unlike)),
                Columns(pairs.edges, like, "series0", tr("Alike"), self._said(pairs, pairs.like)),
                Line([(pairs.threshold, 0), (pairs.threshold, top)], "text", tr("Threshold"), strong=True),
                Line([(pairs.best, 0), (pairs.best, top)], "muted", tr("Best here"), dashed=True),
            ]
        )
        guess = Line([(0, 0), (1, 1)], "muted", dashed=True)
        self.roc.show_items([guess, Line(pairs.roc, "series0", strong=True)])
        live(
            self.told.setText,
            "{count} {count:pair|pairs}: {right} are told right at {threshold}, {best} at {other}; "
            "area below the curve {area}",
            count=pairs.count,
            right=share(pairs.right),
            threshold=measure(pairs.threshold),
            best=share(pairs.best_right),
            other=measure(pairs.best),
            area=f"{pairs.area:.3f}",
        )

    @staticmethod
    def _said(pairs: Pairs, counts: Sequence[int]) -> list[str]:
        return [
            tr("{low} to {high}: {count} {count:pair|pairs}", low=measure(low), high=measure(high), count=n)
            for low, high, n in zip(pairs.edges, pairs.edges[1:], counts, strict=False)
        ]


def _shares(counts: Sequence[int]) -> list[float]:
    """Give what part of all each is, in hundredths: there may be far more of the one kind."""
    return [100 * count / max(sum(counts), 1) for count in counts]
