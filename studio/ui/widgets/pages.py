"""One of several pages at a time, which asks for no more room than the page that is seen needs."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Pages(QStackedWidget):
    """Shows one page; Qt's own would keep as much room free as the largest of all pages needs."""

    def minimumSizeHint(self) -> QSize:
        """Give what the page that is seen needs."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()
