"""The data of the plan as a page: samples, classes, columns, what will hurt, and whether the network fits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.document import Document
from studio.ui.jobs import Jobs
from studio.ui.looking.data_look import DataLook
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, themes
from studio.ui.panels.data_page_classes import ClassesView
from studio.ui.panels.data_page_columns import ColumnsView
from studio.ui.panels.data_page_overview import WIDTHS, Overview
from studio.ui.panels.data_page_samples import SamplesView
from studio.ui.panels.data_page_variations import VariationsView
from studio.ui.widgets.plain import is_seen, label
from studio.ui.words.text import fixed, languages, live, say, tr

NARROWEST, NARROW = 352, 720
"""The least width of what is beside the overview; a page below the other one shows variations alone."""


class DataPage(QWidget):
    """Shows the data that the plan chooses."""

    plan_wanted = Signal()
    """A person wants to choose other data."""

    def __init__(self, document: Document, jobs: Jobs) -> None:
        """Make the page; nothing is looked at before it is seen.

        Args:
            document: whose plan names the data.
            jobs: where it is looked at.
        """
        super().__init__()
        self._document = document
        self.data = DataLook(document, jobs, lambda: is_seen(self), self)
        self.overview = Overview(self.data)
        self.samples, self.classes = SamplesView(self.data), ClassesView(self.data)
        self.columns, self.goals = ColumnsView(self.data), ColumnsView(self.data)
        self.variations = VariationsView(self.data)
        self._views: list[tuple[Message, QWidget]] = [
            (Message("Examples"), self.samples),
            (Message("Class balance"), self.classes),
            (Message("To predict"), self.goals),
            (Message("Columns"), self.columns),
            (Message("Variations"), self.variations),
        ]
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._waiting())
        self.pages.addWidget(self._found())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.data.changed.connect(self._show)
        self.data.progressed.connect(self._further)
        self.classes.chosen.connect(self._show_class)
        self.overview.column_wanted.connect(self._show_column)
        themes.changed.connect(self._show)
        languages.changed.connect(self._say_tabs)
        self._show()

    # -- parts ----------------------------------------------------------------------------------------

    def _waiting(self) -> QWidget:
        """Make the page of every state without data to see."""
        page = QWidget()
        self._mark, self.heading, self.hint = QLabel(), label(role="heading"), label(role="muted", wrap=True)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setMaximumWidth(620)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(280)
        live(self.progress.setAccessibleName, "How far it is")
        self.cancel_button = self._button("Cancel", "close")
        self.again_button = self._button("Try again", "refresh")
        self.download_button = self._button("Download", "import")
        self.download_button.setProperty("kind", "primary")
        live_icon(self.download_button, "import", "accent_text")
        self.folder_button = self._button("Choose a folder…", "open")
        self.plan_button = self._button("Choose other data", "data")
        self.cancel_button.clicked.connect(self.data.cancel)
        self.again_button.clicked.connect(self.data.again)
        self.download_button.clicked.connect(self.data.download)
        self.folder_button.clicked.connect(self._choose_folder)
        self.plan_button.clicked.connect(self.plan_wanted)
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addStretch(1)
        for button in (
            self.download_button,
            self.cancel_button,
            self.again_button,
            self.folder_button,
            self.plan_button,
        ):
            row.addWidget(button)
        row.addStretch(1)
        centre = QHBoxLayout()
        centre.addStretch(1)
        centre.addWidget(self.hint, 8)
        centre.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        column.addStretch(1)
        column.addWidget(self._mark)
        column.addWidget(self.heading)
        column.addLayout(centre)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton()
        live(button.setText, text)
        live_icon(button, name)
        return button

    def _found(self) -> QWidget:
        page = QWidget()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        live(self.tabs.setAccessibleName, "What to see of the data")
        for title, view in self._views:
            self.tabs.addTab(say(title))
            self._stack.addWidget(view)
        self.tabs.currentChanged.connect(self._turn)
        edge = QFrame()
        edge.setProperty("kind", "line")
        edge.setFixedWidth(1)
        edge.setMaximumHeight(1 << 20)
        right = QVBoxLayout()
        right.setContentsMargins(SPACE_SMALL, 0, SPACE_SMALL, SPACE_SMALL)
        right.setSpacing(0)
        right.addWidget(self.tabs)
        right.addWidget(self._stack, 1)
        self._stack.setMinimumWidth(NARROWEST)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.overview)
        row.addWidget(edge)
        row.addLayout(right, 1)
        return page

    def _say_tabs(self) -> None:
        for number, (title, _) in enumerate(self._views):
            self.tabs.setTabText(number, say(title))

    def _turn(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._fit()

    def _fit(self) -> None:
        """Give the overview its share; a form with pictures beside it needs all of a narrow page."""
        alone = self.width() < NARROW and self._stack.currentWidget() is self.variations
        self.overview.setVisible(not alone)
        self.overview.setFixedWidth(min(max(round(self.width() * 0.3), WIDTHS[0]), WIDTHS[1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit()

    # -- coming and going -----------------------------------------------------------------------------

    def seen(self) -> None:
        """Look at the data, or whether it is still the same."""
        self.data.wake()

    # -- showing --------------------------------------------------------------------------------------

    def _show(self) -> None:
        data = self.data
        if data.state == "found" and data.look is not None:
            self._show_found()
            return
        self.pages.setCurrentIndex(0)
        looking = data.state in ("waiting", "looking")
        self.progress.setVisible(data.state == "looking")
        self.cancel_button.setVisible(data.state == "looking")
        self.again_button.setVisible(data.state in ("failed", "cancelled"))
        self.download_button.setVisible(data.state == "absent" or self._may_fetch())
        self.folder_button.setVisible(data.state in ("absent", "failed") and self._has_folder())
        self.plan_button.setVisible(not looking)
        mark = {"failed": "warning", "absent": "import", "acted": "device"}.get(data.state, "data")
        self._mark.setPixmap(icon(mark, "" if mark == "warning" else "muted").pixmap(32, 32))
        if self._is_file():
            live(self.folder_button.setText, "Choose a file…")
        else:
            live(self.folder_button.setText, "Choose a folder…")
        self._say()

    def _say(self) -> None:
        data = self.data
        match data.state:
            case "waiting":
                live(self.heading.setText, "Your data is looked at here")
                fixed(self.hint.setText, "")
            case "looking":
                live(self.heading.setText, "Looking at the data")
                self.progress.setValue(0)
                fixed(self.hint.setText, "")
            case "absent":
                live(self.heading.setText, "The data is not on this computer yet")
                live(self.hint.setText, "Download it, or choose the folder that holds it.")
            case "acted":
                live(self.heading.setText, "An environment to act in")
                live(self.hint.setText, "It has no samples: the network makes its own by acting in it.")
            case "cancelled":
                live(self.heading.setText, "Cancelled")
                live(self.hint.setText, "The data was not looked at to its end.")
            case _:
                live(self.heading.setText, "The data cannot be used as it is")
                fixed(self.hint.setText, say(data.message) if data.message is not None else "")

    def _show_found(self) -> None:
        look = self.data.look
        assert look is not None  # so is the state
        self.overview.renew()
        pictures = look.dataset.preprocessing.kind == "image" and bool(self._parameters().get("flip"))
        there = (True, bool(look.parts[0].classes), bool(look.goals), bool(look.columns), pictures)
        for number, shown in enumerate(there):
            self.tabs.setTabVisible(number, shown)
        if not there[max(self.tabs.currentIndex(), 0)]:
            self.tabs.setCurrentIndex(0)
        self.samples.renew()
        self.classes.renew()
        self.columns.renew()
        self.goals.renew(goals=True)
        if pictures:
            self.variations.renew()
        self.pages.setCurrentIndex(1)

    def _further(self, share: float, doing: Message) -> None:
        self.progress.setValue(round(100 * share))
        fixed(self.hint.setText, say(doing))

    def _show_class(self, number: int) -> None:
        self.tabs.setCurrentIndex(0)
        self.samples.show_class(number)

    def _show_column(self, name: str) -> None:
        self.tabs.setCurrentIndex([view for _, view in self._views].index(self.columns))
        self.columns.choose(name)

    # -- what a person does ---------------------------------------------------------------------------

    def _parameters(self) -> dict[str, str]:
        declared = self._document.project.plan.data.declared("data")
        return {} if declared is None else {name: one.kind for name, one in declared.parameters.items()}

    def _has_folder(self) -> bool:
        return self._parameters().get("folder") == "folder"

    def _is_file(self) -> bool:
        declared = self._document.project.plan.data.declared("data")
        folder = declared.parameters.get("folder") if declared is not None else None
        return folder is not None and folder.label.startswith("File")

    def _may_fetch(self) -> bool:
        return self.data.state == "failed" and "download" in self._parameters()

    def _choose_folder(self) -> None:
        choice = self._document.project.plan.data
        if self._is_file():
            chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"))
        else:
            chosen = QFileDialog.getExistingDirectory(self, tr("Choose a folder"))
        if chosen:
            self.data.choose(choice.with_parameter("folder", chosen), Message("Choose the data"))
