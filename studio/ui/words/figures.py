"""How numbers are written for a person: counts, costs, sizes, times, rates; the same in every panel."""

from __future__ import annotations

from datetime import datetime

from studio.ui.words.text import tr

_STEPS = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def count(number: int | None) -> str:
    """Write a whole number with its thousands apart: `421,642`; a dash where it is not known."""
    return "–" if number is None else f"{number:,}"


def short(number: float | None) -> str:
    """Write a large number short: `4.2 M`, `812`; a dash where it is not known."""
    if number is None:
        return "–"
    for size, letter in _STEPS:
        if abs(number) >= size:
            return f"{number / size:.3g} {letter}"
    return f"{number:.3g}"


def size(number: float | None) -> str:
    """Write an amount of memory: `1.6 MiB`."""
    if number is None:
        return "–"
    amount, unit = float(number), "B"
    for bigger in ("KiB", "MiB", "GiB", "TiB"):
        if abs(amount) < 1024:
            break
        amount, unit = amount / 1024, bigger
    return f"{amount:.0f} B" if unit == "B" else f"{amount:.3g} {unit}"


def duration(seconds: float | None) -> str:
    """Write a time as long as it is: `34 s`, `2 min 5 s`, `3 h 20 min`."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if seconds < 10 and seconds != whole:
        return tr("{n} s", n=f"{max(seconds, 0):.1f}")
    if whole < 60:
        return tr("{n} s", n=whole)
    if whole < 3600:
        return tr("{m} min {s} s", m=whole // 60, s=whole % 60)
    return tr("{h} h {m} min", h=whole // 3600, m=whole % 3600 // 60)


def measure(value: float | None) -> str:
    """Write a loss or another plain measure with four significant digits."""
    return "–" if value is None else f"{value:.4g}"


def share(value: float | None) -> str:
    """Write a share as per cent: `98.3 %`."""
    return "–" if value is None else f"{100 * value:.4g} %" if value < 1 else "100 %"


def moment(when: datetime) -> str:
    """Write a date and a time of this computer's zone."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")
