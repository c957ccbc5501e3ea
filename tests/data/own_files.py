"""Small files of every kind that a person can bring, made for a test."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from studio.data.mnist import FILES
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
        "image_table": {"folder": labelled(folder / "labelled"), "height": 6, "width": 5},
        "image_masks": {**masked(folder / "masked"), "height": 6, "width": 5},
        "published": {"folder": idx_files(folder / "fashion"), "name": "FashionMNIST"},
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


def picture(path: Path, colour: tuple[int, int, int] = (200, 10, 10), size: tuple[int, int] = (8, 6)) -> Path:
    """Write a picture of one colour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def labelled(root: Path, count: int = 12) -> str:
    """Write pictures and a table with a label for each."""
    lines = ["file,kind,tags,warm,sunny"]
    for n in range(count):
        picture(root / "pictures" / f"{n}.png", (20 * n, 255 - 20 * n, 0))
        tags = "|".join(tag for tag, step in (("a", 2), ("b", 3)) if n % step == 0)
        lines.append(
            f"pictures/{n}.png,{('cat', 'dog')[n % 2]},{tags or 'c'},{n % 2},{'yes' if n % 3 else 'no'}"
        )
    (root / "labels.csv").write_text("\n".join(lines), "utf-8")
    return str(root / "labels.csv")


def masked(root: Path, count: int = 12) -> dict[str, Value]:
    """Write pictures with masks: the left of each is 0, the right 7 in odd ones and 200 in even ones."""
    for n in range(count):
        picture(root / "pictures" / f"{n}.jpg")
        (root / "masks").mkdir(exist_ok=True)
        mask = Image.new("L", (8, 6))
        mask.paste(7 if n % 2 else 200, (4, 0, 8, 6))
        mask.save(root / "masks" / f"{n}.png")
    return {"folder": str(root / "pictures"), "masks": str(root / "masks")}


def idx(values: npt.NDArray[np.uint8]) -> bytes:
    """Give the bytes of a file in the format of MNIST."""
    head = bytes((0, 0, 8, values.ndim)) + b"".join(side.to_bytes(4, "big") for side in values.shape)
    return head + values.tobytes()


def idx_files(root: Path, count: int = 30) -> str:
    """Write the four files of a set like MNIST, packed."""
    root.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    for name, many in zip(FILES, (count, count, 8, 8), strict=True):
        shape = (many, 28, 28) if "images" in name else (many,)
        values = random.integers(0, 255 if "images" in name else 10, shape).astype(np.uint8)
        (root / f"{name}.gz").write_bytes(gzip.compress(idx(values)))
    return str(root)


def yes_or_no_masks(root: Path, classes: int = 2, count: int = 12) -> dict[str, Value]:
    """Write pictures with masks of black and white (of more classes, with greys): bright is what is meant."""
    for name in ("pictures", "masks"):
        (root / name).mkdir(exist_ok=True)
    for n in range(count):
        rows = np.random.default_rng(n).integers(0, 256, (6, 5), np.uint8)
        Image.fromarray(rows).save(root / "pictures" / f"{n}.png")
        steps = (rows.astype(np.int64) * classes // 256) * (255 // (classes - 1))
        Image.fromarray(steps.astype(np.uint8)).save(root / "masks" / f"{n}.png")
    return {"folder": str(root / "pictures"), "masks": str(root / "masks")}
