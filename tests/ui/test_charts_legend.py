"""The legend of a chart: what belongs together stands together, and names give way to lines."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from studio.ui.charts import LivePlot


def test_what_belongs_to_a_line_stands_behind_it_and_gives_up_its_name_for_room(qtbot: QtBot) -> None:
    plot = LivePlot()
    qtbot.addWidget(plot)
    plot.resize(1200, 300)
    plot.show()
    for key in ("loss", "other"):
        plot.set_series(key, key.capitalize(), "series0")
    plot.set_series("val_loss", "Loss (validation)", "series1", points=True, behind="loss")
    order = [plot._flow.itemAt(place) for place in range(3)]
    entries = [plot._entries[key] for key in ("loss", "val_loss", "other")]
    assert [item.widget() for item in order if item is not None] == entries
    assert entries[1].toolTip() == ""
    wide = entries[1].sizeHint().width()
    plot.resize(300, 300)
    assert entries[1].sizeHint().width() < wide
    assert "Loss (validation)" in entries[1].toolTip()
    plot.remove_series("loss")
    plot.resize(1200, 300)
    assert entries[1].sizeHint().width() == wide
