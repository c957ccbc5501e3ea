"""Data of a person on the disk: whole, broken, hostile, missing; each is used or refused in one line."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from studio.data import DataError, Dataset, load
from studio.data import memory as memory_module
from studio.data.dataset import INPUT, TARGET
from studio.data.finding import natural
from studio.data.memory import Memory
from studio.data.mnist import FILES
from studio.graph import Value
from studio.project import Choice


def choice(kind: str, folder: Path, **values: Value) -> Choice:
    made = Choice(kind).with_parameter("folder", str(folder))
    for name, value in values.items():
        made = made.with_parameter(name, value)
    return made


def refusal(kind: str, folder: Path, **values: Value) -> str:
    with pytest.raises(DataError) as caught:
        load(choice(kind, folder, **values))
    text = str(caught.value)
    assert "\n" not in text
    return text


# -- folders of pictures -------------------------------------------------------------------------------


def picture(path: Path, colour: tuple[int, int, int] = (255, 0, 0), size: tuple[int, int] = (40, 30)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def two_classes(root: Path, each: int = 4) -> Path:
    for index in range(each):
        picture(root / "cat" / f"{index}.png", (255, 0, 0))
        picture(root / "dog" / "more" / f"{index}.jpg", (0, 0, 255))
    return root


def notes(data: Dataset) -> list[str]:
    return [str(message) for message in data.skipped]


def test_a_folder_gives_classes_sizes_and_colours(tmp_path: Path) -> None:
    data = load(choice("image_folder", two_classes(tmp_path), validation=0.0, test=0.0, height=6, width=8))
    images = data.train.inputs[INPUT]
    assert images.shape == (8, 3, 6, 8)
    assert data.classes == ("cat", "dog")
    assert data.train.targets[TARGET].tolist() == [0] * 4 + [1] * 4
    assert torch.allclose(images[0, :, 0, 0], torch.tensor([1.0, -1.0, -1.0]))
    assert data.skipped == ()


def test_grey_pictures_have_one_channel(tmp_path: Path) -> None:
    data = load(choice("image_folder", two_classes(tmp_path), grayscale=True))
    assert data.train.inputs[INPUT].shape[1:] == (1, 28, 28)


def test_classes_are_ordered_as_people_count(tmp_path: Path) -> None:
    for name in ("10", "9", "Zebra", "apple", "1"):
        for index in range(3):
            picture(tmp_path / name / f"{index}.png")
    assert load(choice("image_folder", tmp_path)).classes == ("1", "9", "10", "apple", "Zebra")
    assert sorted(["b10", "b9", "a"], key=natural) == ["a", "b9", "b10"]


def test_a_missing_folder_is_named() -> None:
    assert "There is no folder /nowhere/at/all" in refusal("image_folder", Path("/nowhere/at/all"))
    with pytest.raises(DataError, match="No folder of pictures is chosen"):
        load(Choice("image_folder"))


def test_pictures_without_class_folders_are_refused(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    assert "one for each class" in refusal("image_folder", tmp_path)


def test_a_folder_of_splits_is_not_taken_for_classes(tmp_path: Path) -> None:
    two_classes(tmp_path / "val")
    two_classes(tmp_path / "test")
    assert "Choose the folder “test” itself" in refusal("image_folder", tmp_path)


def broken_files(root: Path) -> Mapping[str, str]:
    """Make one file of each kind of trouble; give what must be said of it."""
    cat = root / "cat"
    (cat / "text.png").write_text("this is no picture")
    (cat / "empty.jpg").write_bytes(b"")
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (200, 200, 3)).astype(np.uint8))
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG")
    (cat / "cut.jpg").write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])
    huge = b"\x89PNG\r\n\x1a\n"
    for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 1000)),
        (b"IEND", b""),
    ):
        huge += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    (cat / "huge.png").write_bytes(huge)
    Image.new("1", (8400, 8400)).save(cat / "wide.png")
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(cat / "print.jpg")
    Image.fromarray(np.full((20, 20), 65535, np.uint16)).save(cat / "deep.png")
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "lime", "blue")]
    frames[0].save(cat / "moving.gif", save_all=True, append_images=frames[1:])
    (cat / "gone.png").symlink_to(root / "nowhere.png")
    return {
        "text.png": "skipped, it is not a picture of a known kind",
        "empty.jpg": "skipped, it is not a picture of a known kind",
        "cut.jpg": "skipped, it is damaged or cut off",
        "huge.png": "skipped, it has too many pixels",
        "wide.png": "skipped, it has too many pixels (8400 × 8400)",
        "gone.png": "skipped, the file is not there any more",
        "print.jpg": "it has printing colours (CMYK); they were converted",
        "deep.png": "it has more than 8 bits a colour; it was brought to 8",
        "moving.gif": "it is animated; only its first picture is used",
    }


def test_every_kind_of_broken_picture_is_listed_with_its_reason(tmp_path: Path) -> None:
    two_classes(tmp_path)
    expected = broken_files(tmp_path)
    data = load(choice("image_folder", tmp_path, validation=0.0, test=0.0))
    assert len(data.train) == 8 + 3
    said = dict(line.removeprefix("cat/").split(": ", 1) for line in notes(data))
    assert said.keys() == expected.keys()
    for file, reason in expected.items():
        assert said[file].startswith(reason), file


def test_a_deep_white_picture_stays_white(tmp_path: Path) -> None:
    two_classes(tmp_path)
    Image.fromarray(np.full((20, 20), 65535, np.uint16)).save(tmp_path / "cat" / "deep.png")
    data = load(choice("image_folder", tmp_path, validation=0.0, test=0.0))
    assert torch.equal(data.train.inputs[INPUT][4], torch.ones(3, 28, 28))


def test_transparent_pictures_lie_on_white(tmp_path: Path) -> None:
    two_classes(tmp_path)
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "cat" / "clear.png")
    data = load(choice("image_folder", tmp_path, validation=0.0, test=0.0))
    assert torch.equal(data.train.inputs[INPUT][4], torch.ones(3, 28, 28))


def test_a_picture_that_was_taken_sideways_stands_upright(tmp_path: Path) -> None:
    two_classes(tmp_path)
    lying = Image.new("RGB", (28, 28), "white")
    lying.paste((0, 0, 0), (0, 0, 28, 14))
    tags = Image.Exif()
    tags[0x0112] = 6  # to be turned by 90 degrees clockwise
    lying.save(tmp_path / "cat" / "turned.png", exif=tags)
    data = load(choice("image_folder", tmp_path, validation=0.0, test=0.0, grayscale=True))
    image = data.train.inputs[INPUT][4, 0]
    assert float(image[:, 20:].max()) == -1.0
    assert float(image[:, :8].min()) == 1.0


def test_only_broken_pictures_say_why(tmp_path: Path) -> None:
    picture(tmp_path / "a" / "fine.png")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.png").write_text("nothing")
    assert "b/x.png: skipped, it is not a picture" in refusal("image_folder", tmp_path)


def test_many_broken_pictures_are_counted(tmp_path: Path) -> None:
    two_classes(tmp_path)
    for index in range(70):
        (tmp_path / "cat" / f"bad{index}.png").write_text("nothing")
    data = load(choice("image_folder", tmp_path))
    assert len(data.skipped) == 51
    assert str(data.skipped[-1]) == "… and 20 more."


def test_pictures_that_do_not_fit_the_memory_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_module, "memory", lambda: Memory(8_000_000_000, 4_000_000))
    said = refusal("image_folder", two_classes(tmp_path), height=500, width=500)
    assert said == (
        "The data would take 48.0 MB of memory, and 4.0 MB are free. "
        "Use fewer or smaller samples, or close other programs."
    )


def test_a_new_picture_is_seen(tmp_path: Path) -> None:
    chosen = choice("image_folder", two_classes(tmp_path), validation=0.0, test=0.0)
    before = load(chosen)
    assert load(chosen) is before
    picture(tmp_path / "cat" / "new.png")
    assert len(load(chosen).train) == len(before.train) + 1


def test_loading_can_be_cancelled(tmp_path: Path) -> None:
    class CancelledError(Exception):
        pass

    def progress(_doing: object, share: float) -> None:
        if share > 0:
            raise CancelledError

    with pytest.raises(CancelledError):
        load(choice("image_folder", two_classes(tmp_path)), progress)


# -- arrays --------------------------------------------------------------------------------------------


def saved(path: Path, **arrays: object) -> Path:
    np.savez(path, **arrays)  # type: ignore[arg-type]
    return path


def test_arrays_become_inputs_and_target(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.npz",
        left=np.arange(20.0).reshape(10, 2),
        right=np.arange(10),
        target=np.array(["no", "yes"] * 5),
    )
    data = load(choice("arrays", path, validation=0.0, test=0.0))
    assert data.train.inputs["left"].dtype == torch.float32
    assert data.train.inputs["right"].dtype == torch.int64
    assert data.classes == ("no", "yes")
    assert data.train.targets[TARGET].tolist() == [0, 1] * 5


@pytest.mark.parametrize(
    ("target", "task"),
    [
        (np.array([3, 5] * 5), "classification"),
        (np.array([True, False] * 5), "binary"),
        (np.arange(10) / 3, "regression"),
        (np.zeros((10, 4)), "regression"),
    ],
)
def test_the_kind_of_the_target_tells_the_task(tmp_path: Path, target: object, task: str) -> None:
    assert load(choice("arrays", saved(tmp_path / "a.npz", x=np.zeros((10, 2)), target=target))).task == task


class Bomb:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.marker,)  # type: ignore[return-value]


def test_python_objects_in_arrays_never_run(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    path = saved(tmp_path / "a.npz", x=np.array([Bomb(marker)] * 3, dtype=object), target=np.zeros(3))
    assert "holds Python objects" in refusal("arrays", path)
    assert not marker.exists()


def test_an_array_that_claims_more_than_it_holds_is_refused(tmp_path: Path) -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f8", "fortran_order": False, "shape": (10**9, 10**6)}
    )
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("x.npy", header.getvalue())
    assert "“x” is cut off" in refusal("arrays", tmp_path / "a.npz")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(tmp_path / "a.npz", x=np.zeros(10**7), target=np.zeros(10**7))
    assert (tmp_path / "a.npz").stat().st_size < 200_000
    monkeypatch.setattr(memory_module, "memory", lambda: Memory(10**9, 10**8))
    assert "would take 320 MB of memory" in refusal("arrays", tmp_path / "a.npz")


def test_damaged_archives_are_refused_in_one_line(tmp_path: Path) -> None:
    whole = saved(tmp_path / "whole.npz", x=np.arange(100.0), target=np.arange(100.0)).read_bytes()
    path = tmp_path / "a.npz"
    for size in (0, 10, 100, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:size])
        assert "a.npz is not a whole .npz file" in refusal("arrays", path)
    path.write_bytes(whole[:300] + bytes([whole[300] ^ 1]) + whole[301:])
    assert "a.npz is not a whole .npz file" in refusal("arrays", path)


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"x": np.zeros((5, 2))}, "must hold an array “target” and at least one input. It holds: x."),
        ({"target": np.zeros(5)}, "at least one input. It holds: target."),
        ({"x": np.zeros((5, 2)), "target": np.zeros(4)}, "of samples (their first size): x 5, target 4"),
        ({"x": np.zeros(()), "target": np.zeros(4)}, "x 0, target 4"),
        ({"x": np.array([[1.0], [np.nan], [np.inf]]), "target": np.zeros(3)}, "first in sample 1 (2 in all)"),
        ({"x": np.array(["a", "b"]), "target": np.zeros(2)}, "Expected numbers"),
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit_are_refused(tmp_path: Path, arrays: dict[str, object], said: str) -> None:
    assert said in refusal("arrays", saved(tmp_path / "a.npz", **arrays))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert f"There is no file {tmp_path / 'no.npz'}" in refusal("arrays", tmp_path / "no.npz")


# -- MNIST ---------------------------------------------------------------------------------------------


def idx(array: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    sizes = b"".join(struct.pack(">I", size) for size in array.shape)
    return bytes((0, 0, 8, array.ndim)) + sizes + array.tobytes()


def small_mnist(folder: Path, packed: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    for name, count in zip(FILES, (50, 50, 20, 20), strict=True):
        shape = (count, 28, 28) if "images" in name else (count,)
        content = idx(random.integers(0, 255 if "images" in name else 10, shape).astype(np.uint8))
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(("place", "packed"), [("", False), ("", True), ("MNIST/raw", False)])
def test_mnist_is_read_wherever_its_files_lie(tmp_path: Path, place: str, packed: bool) -> None:
    small_mnist(tmp_path / place, packed)
    data = load(choice("mnist", tmp_path))
    assert (len(data.train), len(data.validation), len(data.test)) == (45, 5, 20)
    assert data.train.inputs[INPUT].shape == (45, 1, 28, 28)


def test_mnist_pixels_are_those_of_the_usual_transforms(tmp_path: Path) -> None:
    from studio.data.vision import torchvision

    torchvision()
    from torchvision import datasets, transforms

    small_mnist(tmp_path / "MNIST" / "raw")
    usual = datasets.MNIST(
        str(tmp_path),
        train=False,
        transform=transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))]),
    )
    ours = load(choice("mnist", tmp_path)).test
    assert torch.equal(ours.inputs[INPUT], torch.stack([image for image, _ in usual]))
    assert ours.targets[TARGET].tolist() == [label for _, label in usual]


def test_missing_files_of_mnist_are_named(tmp_path: Path) -> None:
    small_mnist(tmp_path)
    (tmp_path / FILES[2]).unlink()
    assert f"MNIST is not in {tmp_path}: {FILES[2]} missing." in refusal("mnist", tmp_path)


def test_damaged_files_of_mnist_are_refused(tmp_path: Path) -> None:
    small_mnist(tmp_path)
    path = tmp_path / FILES[0]
    whole = path.read_bytes()
    for content in (
        b"",
        whole[:3],
        whole[:-1],
        whole + b"0",
        b"\1" + whole[1:],
        idx(np.zeros((3, 9, 9), np.uint8)),
    ):
        path.write_bytes(content)
        assert f"{FILES[0]} is damaged" in refusal("mnist", tmp_path)
    path.write_bytes(idx(np.zeros((7, 28, 28), np.uint8)))
    assert "50 labels for 7 images" in refusal("mnist", tmp_path)


def test_without_a_connection_the_download_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import urllib.error
    import urllib.request

    def offline(*_args: object, **_named: object) -> None:
        raise urllib.error.URLError("Name or service not known")

    monkeypatch.setattr(urllib.request, "urlopen", offline)
    said = refusal("mnist", tmp_path, download=True)
    assert "could not be downloaded" in said
    assert "Name or service not known" in said
    assert str(tmp_path) in said
    assert list(tmp_path.rglob("*.gz*")) == []


class Answer(io.BytesIO):
    headers: Mapping[str, str] = {}


def test_a_download_with_another_content_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import urllib.request

    monkeypatch.setattr(urllib.request, "urlopen", lambda *_a, **_n: Answer(b"something else"))
    assert "checksum" in refusal("mnist", tmp_path, download=True)
    assert list(tmp_path.rglob("*.gz*")) == []


def test_a_download_is_kept_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib
    import urllib.request

    from studio.data.vision import torchvision

    torchvision()
    from torchvision.datasets import MNIST

    small_mnist(tmp_path / "net", packed=True)
    served = {path.name: path.read_bytes() for path in (tmp_path / "net").iterdir()}
    sums = [(name, hashlib.md5(content).hexdigest()) for name, content in served.items()]
    asked: list[str] = []

    def open_(request: urllib.request.Request, **_named: object) -> Answer:
        asked.append(request.full_url)
        return Answer(served[request.full_url.rpartition("/")[2]])

    monkeypatch.setattr(MNIST, "resources", sums)
    monkeypatch.setattr(urllib.request, "urlopen", open_)
    seen: list[float] = []
    data = load(choice("mnist", tmp_path / "home", download=True), lambda _doing, share: seen.append(share))
    assert len(data.test) == 20
    assert len(asked) == 4
    assert all(address.startswith("https://") for address in asked)
    assert seen == sorted(seen)
    assert sorted(path.name for path in (tmp_path / "home" / "MNIST" / "raw").iterdir()) == sorted(served)
