"""Small files of every kind that a person can bring, made for a test."""

from __future__ import annotations

from pathlib import Path

from studio.graph import Value


def table(path: Path) -> str:
    """Write a table with numbers, words, a date and gaps."""
    lines = ["size,colour,day,label"]
    for n in range(30):
        size = "" if n == 4 else f"{n / 4}"
        lines.append(f"{size},{('red', 'blue', 'green')[n % 3]},2020-01-{1 + n % 28:02},{'ab'[n % 2]}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def files_of_a_person(folder: Path) -> dict[str, dict[str, Value]]:
    """Give the parameters of every source that reads files, with files to read."""
    return {
        "table": {"folder": table(folder / "table.csv")},
        "series": {"folder": table(folder / "series.csv"), "window": 4, "horizon": 2},
        "text": {"folder": running_text(folder / "text.txt"), "length": 9},
        "text_classes": {"folder": str(texts(folder / "texts")), "length": 5},
    }


def running_text(path: Path) -> str:
    """Write a text in two languages."""
    path.write_text(
        "\n".join(f"Line {n} says 天气 is {'good' if n % 3 else 'bad'}." for n in range(60)), "utf-8"
    )
    return str(path)


def texts(root: Path) -> Path:
    """Write texts of two classes."""
    for n in range(10):
        for label, word in (("good", "happy"), ("bad", "sad")):
            path = root / label / f"{n}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"a {word} line number {n}", "utf-8")
    return root
