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
    return {"table": {"folder": table(folder / "table.csv")}}
