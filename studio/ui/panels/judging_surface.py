"""What a network answers everywhere on the plane that its samples lie on: where one class ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal

from studio.graph import Message
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.panels.judging_chart import Chart, Dots, Ground, Item
from studio.ui.panels.judging_view import View
from studio.ui.widgets.surface_image import image_of
from studio.ui.words.figures import measure, share
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.surface import Surface

CLASSES = (
    "Every place has the colour of the class that the network takes it for, pale where it is unsure. A "
    "sample on the ground of another colour is wrong; click it to look at it."
)
NUMBERS = (
    "Every place has the colour of the number that the network answers there, from dark for the least to "
    "bright for the greatest. Point at a sample to read its true number."
)
ALIKE = 3.0
"""Up to this ratio the sides of the plane are drawn in one unit; beyond it, each fills its room."""


class SurfaceView(View):
    """Answers all over the plane."""

    ID: ClassVar[str] = "surface"
    TITLE: ClassVar[str] = "Decision surface"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "numbers"))

    sample = Signal(int)
    """A sample was chosen."""

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(judge, "")
        self.chart = Chart("", "")
        live(self.chart.setAccessibleName, "Decision surface")
        self.chart.chosen.connect(self.sample)
        self.body.addWidget(self.chart, 1)
        languages.changed.connect(self._speak)

    def fits(self, opened: Opened) -> bool:
        """Offer it where samples are two numbers."""
        if not super().fits(opened) or opened.data is None or opened.model is None:
            return False
        from studio.train.judging.surfacing import plane_of

        return plane_of(opened.data, opened.data.train, 1) is not None

    def _speak(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Ask the network."""
        numbers, part = opened.evaluation.kind == "numbers", opened.evaluation.part

        def work(_told: Told) -> object:
            from studio.train.judging import inside, surfacing

            model = opened.model if opened.project is None else inside.main_in(opened.model, opened.project)
            return (surfacing.asked(model, opened.data, opened.plan, part, numbers=numbers),)

        self.want(0, work, network=True)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Draw it, and the samples on it."""
        surface: Surface | None = found[0]
        if surface is None:
            self.tell(Message("This network does not give one answer for each sample."))
            return
        live(self.says.setText, CLASSES if surface.classes else NUMBERS)

        def say(x: float, y: float) -> str:
            number, value = surface.at(x, y)
            return f"{surface.classes[number]}  {share(value)}" if surface.classes else measure(value)

        items: list[Item] = [Ground(image_of(surface), *surface.box, say)]
        if surface.classes:
            for number, name in enumerate(surface.classes):
                items += self._dots(surface, number, f"series{number}", name)
        else:
            items += self._dots(surface, None, "text", "")
        left, right, low, high = surface.box
        ratio = (right - left) / (high - low)
        self.chart.alike = 1 / ALIKE < ratio < ALIKE
        self.chart.set_titles(*surface.names)
        self.chart.show_items(items, (left, right), (low, high))

    def _dots(self, surface: Surface, kind: int | None, role: str, name: str) -> list[Item]:
        kept = [
            (place * surface.every, point)
            for place, point in enumerate(surface.points)
            if kind is None or point[2] == kind
        ]
        said = [
            tr(
                "Sample {number}: {name}",
                number=number,
                name=name or measure(self._number(surface, point[2])),
            )
            for number, point in kept
        ]
        found = [(point[0], point[1]) for _, point in kept]
        return [Dots(found, role, name, [number for number, _ in kept], said)] if kept else []

    def _number(self, surface: Surface, tint: int) -> float:
        low, high = surface.range
        return low + (high - low) * tint / 255
