"""Published sets: read from small files in their formats, downloaded with a checksum, or refused."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import tarfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from email.message import Message as Headers
from pathlib import Path

import numpy as np
import pytest
import torch

from studio.data import DataError, facts_of, load, published
from studio.data.dataset import INPUT, TARGET
from studio.data.mnist import FILES
from studio.graph import Value
from studio.project import Choice
from tests.data.own_files import idx, idx_files

RANDOM = np.random.default_rng(3)


def choice(name: str, root: Path, **values: Value) -> Choice:
    return Choice("published", {"name": name, "folder": str(root), "validation": 0.2, **values})


def cifar_rows(count: int, labels: int, classes: int) -> bytes:
    rows = RANDOM.integers(0, 255, (count, labels + 3072)).astype(np.uint8)
    rows[:, :labels] = np.arange(count)[:, None] % classes
    return rows.tobytes()


def tar(path: Path, folder: str, files: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as packed:
        for name, content in files.items():
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))


def write_kmnist(root: Path) -> None:
    idx_files(root / "KMNIST" / "raw")


def write_emnist(root: Path, first: int) -> None:
    (root / "EMNIST" / "raw").mkdir(parents=True)
    with zipfile.ZipFile(root / "EMNIST" / "raw" / "gzip.zip", "w") as packed:
        for part, count in (("train", 30), ("test", 8)):
            pictures = np.zeros((count, 28, 28), np.uint8)
            pictures[:, 2, 20] = 255  # on their side: the network sees it in row 20
            labels = (np.arange(count) % 10 + first).astype(np.uint8)
            for kind, values in (("images-idx3", pictures), ("labels-idx1", labels)):
                name = f"gzip/emnist-{'letters' if first else 'digits'}-{part}-{kind}-ubyte.gz"
                packed.writestr(name, gzip.compress(idx(values)))


def write_cifar10(root: Path) -> None:
    names = "\n".join(published._CIFAR_10).encode()
    files = {f"data_batch_{n}.bin": cifar_rows(6, 1, 10) for n in range(1, 6)}
    tar(root / "cifar-10-binary.tar.gz", "cifar-10-batches-bin",
        {**files, "test_batch.bin": cifar_rows(8, 1, 10), "batches.meta.txt": names})  # fmt: skip


def write_cifar100(root: Path) -> None:
    place = root / "cifar-100-binary"
    place.mkdir()
    (place / "train.bin").write_bytes(cifar_rows(30, 2, 100))
    (place / "test.bin").write_bytes(cifar_rows(8, 2, 100))
    (place / "fine_label_names.txt").write_text("\n".join(f"thing{n}" for n in range(100)))


def write_svhn(root: Path) -> None:
    from scipy.io import savemat

    for name, count in (("train_32x32.mat", 30), ("test_32x32.mat", 8)):
        pictures = RANDOM.integers(0, 255, (32, 32, 3, count)).astype(np.uint8)
        savemat(root / name, {"X": pictures, "y": (np.arange(count) % 10 + 1)[:, None].astype(np.uint8)})


def write_usps(root: Path) -> None:
    for name, count in (("usps.bz2", 30), ("usps.t.bz2", 8)):
        rows = (" ".join(f"{i + 1}:{-1 + 2 * (i == n)}" for i in range(256)) for n in range(count))
        text = "".join(f"{n % 10 + 1} {row}\n" for n, row in enumerate(rows))
        (root / name).write_bytes(bz2.compress(text.encode()))


WRITERS: dict[str, Callable[[Path], None]] = {
    "KMNIST": write_kmnist,
    "EMNIST letters": lambda root: write_emnist(root, 1),
    "EMNIST digits": lambda root: write_emnist(root, 0),
    "CIFAR10": write_cifar10,
    "CIFAR100": write_cifar100,
    "SVHN": write_svhn,
    "USPS": write_usps,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_set_is_read_as_it_was_published(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path)
    data = load(choice(name, tmp_path))
    assert facts_of(choice(name, tmp_path)) == data.facts
    assert (len(data.train), len(data.validation), len(data.test)) == (24, 6, 8)
    assert -1 <= float(data.train.inputs[INPUT].min()) < float(data.train.inputs[INPUT].max()) <= 1
    labels = data.test.targets[TARGET].tolist()
    expected = {"SVHN": [1, 2, 3, 4, 5, 6, 7, 8]}.get(name, [0, 1, 2, 3, 4, 5, 6, 7])
    assert name == "KMNIST" or labels == expected
    assert len(set(data.classes)) == len(data.classes) > 9
    if name.startswith("EMNIST"):
        assert data.test.inputs[INPUT][0, 0, 20, 2] == 1.0
    if name == "USPS":
        assert torch.equal(data.test.inputs[INPUT][0].flatten()[:2], torch.tensor([1.0, -1.0]))
    if name == "CIFAR100":
        assert data.classes[99] == "thing99"


@pytest.mark.parametrize("name", WRITERS)
def test_damaged_files_are_refused(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            whole = path.read_bytes()
            path.write_bytes(whole[: len(whole) // 2 - 7])
    with pytest.raises(DataError, match="is damaged or of another set"):
        load(choice(name, tmp_path))


def test_what_is_missing_is_named_and_nothing_is_fetched_unasked(tmp_path: Path) -> None:
    for name in published.SETS:
        with pytest.raises(DataError, match=r"missing[.] Switch Download on"):
            facts_of(choice(name, tmp_path))
    assert facts_of(choice("CIFAR100", tmp_path, download=True)).classes == 100
    assert list(tmp_path.iterdir()) == []


# -- over the net ----------------------------------------------------------------------------------------


class Answer(io.BytesIO):
    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.headers = Headers()
        self.headers["Content-Length"] = str(len(content))


def served(root: Path, monkeypatch: pytest.MonkeyPatch, wrong: str = "") -> list[str]:
    """Serve FashionMNIST from a folder; a file can be given with another content."""
    source = Path(idx_files(root))
    sums = [(f"{name}.gz", hashlib.md5((source / f"{name}.gz").read_bytes()).hexdigest()) for name in FILES]
    monkeypatch.setattr(published._torchvision_set("FashionMNIST"), "resources", sums)
    asked: list[str] = []

    def open_(request: urllib.request.Request, **_named: object) -> Answer:
        asked.append(request.full_url)
        name = request.full_url.rpartition("/")[2]
        if "github.com" in request.full_url:
            raise urllib.error.URLError("no such host")
        return Answer(b"x" * 100 if name == wrong else (source / name).read_bytes())

    monkeypatch.setattr(urllib.request, "urlopen", open_)
    return asked


def test_a_set_is_downloaded_once_with_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = served(tmp_path / "net", monkeypatch)
    seen: list[float] = []
    made = choice("FashionMNIST", tmp_path / "home", download=True)
    data = load(made, lambda _doing, share: seen.append(share))
    assert data.classes[9] == "Ankle boot"
    assert len(asked) == 8  # the first address of each file does not answer
    assert seen == sorted(seen)
    assert len({round(share, 3) for share in seen}) >= 4
    load(made.with_parameter("validation", 0.3))
    assert len(asked) == 8


def test_a_wrong_checksum_and_a_missing_net_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served(tmp_path / "net", monkeypatch, wrong="t10k-images-idx3-ubyte.gz")
    made = choice("FashionMNIST", tmp_path / "home", download=True)
    with pytest.raises(DataError, match=r"t10k-images-idx3-ubyte.gz could not be downloaded .*checksum"):
        load(made)
    assert len(list((tmp_path / "home" / "FashionMNIST" / "raw").iterdir())) == 2

    def offline(*_: object, **__: object) -> None:
        raise urllib.error.URLError("no route to host")

    monkeypatch.setattr(urllib.request, "urlopen", offline)
    with pytest.raises(DataError, match=r"no route to host.*put it into"):
        load(made)
