"""Pictures with labels in tables, with masks, in given parts, without labels, or left on the disk."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch
from PIL import Image

from studio.data import DataError, facts_of, load
from studio.data import memory as memory_module
from studio.data.dataset import INPUT, TARGET
from studio.data.memory import Memory
from studio.graph import Value
from studio.project import Choice
from tests.data.own_files import labelled, masked, picture

SIZES: dict[str, Value] = {"height": 6, "width": 8}


def folders(root: Path, each: int = 6) -> Path:
    for n in range(each):
        picture(root / "cat" / f"{n}.png", (10 * n, 0, 0))
        picture(root / "dog" / f"{n}.png", (0, 10 * n, 255))
    return root


def folder(path: Path, **values: Value) -> Choice:
    return Choice("image_folder", {"folder": str(path), **SIZES, **values})


def test_parts_of_folders_are_kept(tmp_path: Path) -> None:
    folders(tmp_path / "train", 10)
    folders(tmp_path / "Test", 2)
    choice = folder(tmp_path, validation=0.2, test=0.5)
    data = load(choice)
    assert facts_of(choice) == data.facts
    assert (len(data.train), len(data.validation), len(data.test)) == (16, 4, 4)
    assert data.test.targets[TARGET].tolist() == [0, 0, 1, 1]


def test_pictures_without_labels_are_to_be_given_back(tmp_path: Path) -> None:
    folders(tmp_path)
    picture(tmp_path / "alone.png")
    choice = folder(tmp_path, learn="itself", validation=0.0, test=0.0)
    data = load(choice)
    assert facts_of(choice) == data.facts
    assert (data.task, len(data.train), data.classes) == ("regression", 13, ())
    assert torch.equal(data.train.inputs[INPUT], data.train.targets[TARGET])


@pytest.mark.parametrize(
    ("target", "task", "classes"),
    [("kind", "classification", ("cat", "dog")), ("tags", "multilabel", ("a", "b", "c")),
     ("warm, sunny", "multilabel", ("warm", "sunny"))],
)  # fmt: skip
def test_labels_of_a_table_tell_the_task(
    tmp_path: Path, target: str, task: str, classes: tuple[str, ...]
) -> None:
    values: dict[str, Value] = {
        "folder": labelled(tmp_path),
        "target": target,
        "validation": 0.0,
        "test": 0.0,
    }
    choice = Choice("image_table", {**values, **SIZES})
    data = load(choice)
    assert facts_of(choice) == data.facts
    assert (data.task, data.classes, len(data.train)) == (task, classes, 12)
    targets = data.train.targets[TARGET]
    expected = {
        "kind": [n % 2 for n in range(12)],
        "tags": [[int(n % 2 == 0), int(n % 3 == 0), int(n % 2 > 0 and n % 3 > 0)] for n in range(12)],
        "warm, sunny": [[n % 2, int(n % 3 > 0)] for n in range(12)],
    }
    assert targets.tolist() == expected[target]
    assert torch.allclose(data.train.inputs[INPUT][3, 1, 0, 0], torch.tensor((255 - 60) / 255 * 2 - 1))


def test_what_a_table_names_wrongly_is_told(tmp_path: Path) -> None:
    path = Path(labelled(tmp_path))
    path.write_text(path.read_text() + "\npictures/gone.png,cat,,,\npictures/1.png,,,,\n", "utf-8")
    data = load(Choice("image_table", {"folder": str(path), "target": "kind", **SIZES}))
    said = [str(note) for note in data.skipped]
    assert "pictures/gone.png: skipped, the file is not there any more." in said
    assert "1 row without a picture or label was left out." in said
    with pytest.raises(DataError, match="There is no column “colour”"):
        load(Choice("image_table", {"folder": str(path), "target": "colour"}))


def test_masks_give_a_class_for_each_pixel(tmp_path: Path) -> None:
    values: dict[str, Value] = {**masked(tmp_path), **SIZES, "validation": 0.0, "test": 0.0}
    picture(tmp_path / "pictures" / "alone.jpg")
    picture(tmp_path / "pictures" / "broken.jpg")
    (tmp_path / "masks" / "broken.png").write_text("nothing")
    choice = Choice("image_masks", values)
    data = load(choice)
    assert facts_of(choice) == data.facts
    assert data.classes == ("0", "7", "200")
    masks = data.train.targets[TARGET]
    assert masks.shape == (12, 6, 8)
    assert masks[0].tolist() == [[0, 0, 0, 0, 2, 2, 2, 2]] * 6
    assert masks[1].tolist() == [[0, 0, 0, 0, 1, 1, 1, 1]] * 6
    assert [str(note) for note in data.skipped] == [
        "alone.jpg: skipped, it has no mask.",
        "broken.png: skipped, it is not a picture of a known kind.",
    ]


def test_colours_of_masks_are_classes_and_photographs_are_none(tmp_path: Path) -> None:
    values = masked(tmp_path)
    for n in range(12):
        Image.new("RGB", (8, 6), ((255, 0, 0), (0, 0, 255))[n % 2]).save(tmp_path / "masks" / f"{n}.png")
    assert load(Choice("image_masks", {**values, **SIZES})).classes == ("255", "#ff0000")
    noise = torch.randint(0, 255, (20, 20, 3), dtype=torch.uint8)
    Image.fromarray(noise.numpy()).save(tmp_path / "masks" / "1.png")
    with pytest.raises(DataError, match="more than 256 different values"):
        load(Choice("image_masks", {**values, "height": 20, "width": 20}))


# -- on the disk -----------------------------------------------------------------------------------------


def sources(root: Path) -> dict[str, Choice]:
    (folders(root / "folders") / "cat" / "bad.png").write_text("no picture")
    values = masked(root / "masked")
    (root / "masked" / "masks" / "4.png").write_text("no picture")
    return {
        "image_folder": folder(root / "folders"),
        "itself": folder(root / "folders", learn="itself"),
        "image_table": Choice(
            "image_table", {"folder": labelled(root / "labelled"), "target": "kind", **SIZES}
        ),
        "image_masks": Choice("image_masks", {**values, **SIZES}),
    }


@pytest.mark.parametrize("kind", ["image_folder", "itself", "image_table", "image_masks"])
def test_what_does_not_fit_the_memory_is_read_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    choice = sources(tmp_path)[kind]
    held = load(choice)
    choice = choice.with_parameter("split_seed", 1)
    expected = load(choice)
    assert load(choice, may_stream=True) is expected  # it fits
    choice = choice.with_parameter("split_seed", 0).with_parameter("validation", 0.1000001)
    monkeypatch.setattr(memory_module, "memory", lambda: Memory(10**9, 1000))
    with pytest.raises(DataError, match="would take"):
        load(choice)
    data = load(choice, may_stream=True)
    assert data.skipped == held.skipped
    assert data.facts == held.facts
    for split, whole in (
        (data.train, held.train),
        (data.validation, held.validation),
        (data.test, held.test),
    ):
        assert split.stream is not None
        stream = pickle.loads(pickle.dumps(split.stream))
        assert len(split) == len(whole)
        assert split.inputs[INPUT].untyped_storage().nbytes() <= 8
        for place in range(len(split)):
            sample = stream.read(place)
            assert torch.equal(sample.inputs[INPUT], whole.inputs[INPUT][place])
            target = sample.targets.get(TARGET, split.targets[TARGET][place])
            assert torch.equal(target, whole.targets[TARGET][place])


def test_a_picture_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choice = folder(folders(tmp_path), validation=0.0, test=0.0)
    monkeypatch.setattr(memory_module, "memory", lambda: Memory(10**9, 1000))
    stream = load(choice, may_stream=True).train.stream
    assert stream is not None
    (tmp_path / "cat" / "2.png").unlink()
    with pytest.raises(DataError, match=r"cat/2.png cannot be read any more: the file is not there any more"):
        stream.read(2)
