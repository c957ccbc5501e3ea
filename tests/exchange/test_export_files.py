"""An export is checked by a stranger before anything stands at its target; a failure leaves nothing there."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from studio import api
from studio.compiler import CompileError, build
from studio.exchange import (
    ExchangeError,
    ExportReport,
    ParityError,
    declare,
    export,
    exporting,
    find_format,
    formats,
    missing_modules,
    process,
    read_weights,
)
from studio.exchange.declare import Files
from studio.exchange.outgoing.pt import load
from studio.exchange.subject import Subject
from studio.exchange.workplace import require_room, workplace
from studio.graph import Message
from studio.project import Project
from studio.project.atomic import AtomicWriteError
from studio.train import Control, Failed, StepDone
from tests.exchange.networks import outputs, pairs, table


@pytest.fixture
def odd_format(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Gives a way to declare a format for one test."""
    formats()  # all of them are declared before what one test adds
    monkeypatch.setattr(declare, "_REGISTRY", dict(declare._REGISTRY))

    def add(make: Callable[[Subject, str], Files], **named: object) -> None:
        given: dict[str, object] = {
            "order": 99,
            "title": Message("Odd"),
            "suffix": ".odd",
            "doc": Message("Odd"),
            "opened_by": load,
            **named,
        }
        declare.file_format("odd", **given)(make)  # type: ignore[arg-type]

    return add


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("id", ["safetensors", "pt", "python", "pt2", "onnx"])
def test_an_export_is_checked_and_says_so(id: str, tmp_path: Path) -> None:
    made = find_format(id)
    target = tmp_path / f"net{'' if made.folder else made.suffix}"
    told: list[str] = []
    state = torch.get_rng_state()
    report = export(table(), id, target, progress=lambda doing, _share: told.append(str(doing)))
    assert torch.equal(torch.get_rng_state(), state)
    assert [(row.input, row.batch) for row in report.checked] == [
        (kind, batch) for kind in ("zeros", "random", "extreme") for batch in (1, 2, 5)
    ]
    assert report.max_difference <= made.tolerance * 100
    assert report.bytes == sum(path.stat().st_size for path in report.files)
    assert report.sha256 == {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in report.files}
    assert left(tmp_path) == [target.name]
    assert list(dict.fromkeys(told)) == [
        "Preparing the network",
        f"Making {made.title}",
        "Checking the files in a fresh process",
        "Writing",
        "Done",
    ]
    assert set(report.json()) == {"files", "bytes", "max_difference", "checked"}


def test_weights_come_from_the_plan_s_seed_or_from_the_live_model(tmp_path: Path) -> None:
    project = table()
    export(project, "safetensors", tmp_path / "fresh.safetensors")
    expected = build(project, seed=0).state_dict()
    found = read_weights(tmp_path / "fresh.safetensors")
    assert all(torch.equal(found[name], value) for name, value in expected.items())
    live = build(project, seed=7)
    export(project, "safetensors", tmp_path / "live.safetensors", model=live)
    found = read_weights(tmp_path / "live.safetensors")
    assert all(torch.equal(found[name], value) for name, value in live.state_dict().items())


def test_a_model_laid_out_with_channels_last_leaves_as_any_other(tmp_path: Path) -> None:
    model = build(pairs(), seed=0).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    assert export(pairs(), "pt", tmp_path / "x.pt", model=model).max_difference == 0.0


def test_a_format_that_computes_something_else_is_not_kept(
    tmp_path: Path, odd_format: Callable[..., None]
) -> None:
    def make(subject: Subject, name: str) -> Files:
        with torch.no_grad():
            dict(subject.model.named_parameters())["fc2.bias"].add_(0.5)
        return find_format("pt").make(subject, name)

    odd_format(make)
    (tmp_path / "net.odd").write_text("what was there")
    with pytest.raises(ParityError, match=r"output “y2” is off by 0\.5 for input “zeros” and a batch of 1"):
        export(outputs_named(), "odd", tmp_path / "net.odd")
    assert left(tmp_path) == ["net.odd"]
    assert (tmp_path / "net.odd").read_text() == "what was there"


def outputs_named() -> Project:
    from studio.project import edits
    from tests.drawing import MAIN

    project = outputs()
    names = {node.name: key for key, node in project.graph(MAIN).nodes.items()}
    return edits.rename_node(project, MAIN, names["number"], "y2")


def test_a_file_that_a_stranger_cannot_open_is_not_kept(
    tmp_path: Path, odd_format: Callable[..., None]
) -> None:
    odd_format(lambda subject, name: {name: b"no weights at all"})
    with pytest.raises(process.ProcessFailedError, match="cannot be opened and run by others") as told:
        export(table(), "odd", tmp_path / "net.odd")
    assert "Traceback" in told.value.details
    assert left(tmp_path) == []


def test_a_stranger_has_no_netwright(tmp_path: Path, odd_format: Callable[..., None]) -> None:
    odd_format(lambda subject, name: {name: b""}, opened_by=needs_netwright)
    with pytest.raises(process.ProcessFailedError, match="studio"):
        export(table(), "odd", tmp_path / "net.odd")


def needs_netwright(folder: str, name: str, facts: object) -> object:
    import studio.project

    return studio.project


def test_a_network_with_errors_is_refused_in_the_compiler_s_words(tmp_path: Path) -> None:
    with pytest.raises(CompileError, match="Nothing is drawn yet"):
        export(Project(), "pt", tmp_path / "x.pt")
    assert left(tmp_path) == []


def test_a_missing_library_is_named_with_what_to_install(
    tmp_path: Path, odd_format: Callable[..., None]
) -> None:
    odd_format(find_format("pt").make, needs="odd", modules=("no_such_library",))
    assert missing_modules(find_format("odd")) == ["no_such_library"]
    with pytest.raises(ExchangeError, match=r"Odd needs no_such_library\. .*pip install netwright\[odd\]"):
        export(table(), "odd", tmp_path / "x.odd")


def test_a_folder_that_is_not_there_is_told_before_the_work(tmp_path: Path) -> None:
    told: list[Message] = []
    with pytest.raises(AtomicWriteError, match="is not there") as refused:
        export(table(), "pt", tmp_path / "gone" / "x.pt", progress=lambda doing, _share: told.append(doing))
    assert refused.value.kind == "gone"
    assert told == []


def test_a_read_only_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_given: False)
    with pytest.raises(AtomicWriteError, match="read-only") as refused:
        export(table(), "pt", tmp_path / "x.pt")
    assert refused.value.kind == "read_only"


@pytest.mark.parametrize("target", ["x.pt", "x.py", "x"])
def test_a_full_disk_leaves_nothing_behind(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file is the one that does not fit, none of those before it stays."""
    place = tmp_path / "out"
    place.mkdir()
    real, count = os.fsync, 0

    def full(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count > 2:
            raise OSError(errno.ENOSPC, "no space left")
        real(descriptor)

    made = exporting.outputs_of

    def then_full(*given: object, **named: object) -> object:
        found = made(*given, **named)  # type: ignore[arg-type]
        monkeypatch.setattr(os, "fsync", full)
        if target == "x.pt":
            nonlocal count
            count = 2
        return found

    monkeypatch.setattr(exporting, "outputs_of", then_full)
    with pytest.raises(AtomicWriteError, match=r"There is no space") as refused:
        export(table(), "pt" if target == "x.pt" else "python", place / target)
    assert refused.value.kind == "full"
    assert left(place) == []


def test_an_earlier_export_is_replaced_and_kept_beside(tmp_path: Path) -> None:
    for seed in (1, 2):
        export(table(), "python", tmp_path / "net", model=build(table(), seed=seed))
    assert left(tmp_path) == ["net", "net~"]
    first, second = (read_weights(tmp_path / name / "weights.pt") for name in ("net~", "net"))
    assert torch.equal(second["fc1.weight"], build(table(), seed=2).state_dict()["fc1.weight"])
    assert torch.equal(first["fc1.weight"], build(table(), seed=1).state_dict()["fc1.weight"])


def test_weights_that_another_export_left_under_the_same_name_are_kept_and_that_is_said(
    tmp_path: Path,
) -> None:
    export(table(), "pt", tmp_path / "net.pt", model=build(table(), seed=1))
    report = export(table(), "python", tmp_path / "net.py", model=build(table(), seed=2))
    said = [str(note) for note in report.notes]
    assert "“net.pt” was there already: what it held is kept as “net.pt~”." in said
    kept, now = (read_weights(tmp_path / name) for name in ("net.pt~", "net.pt"))
    assert torch.equal(kept["fc1.weight"], build(table(), seed=1).state_dict()["fc1.weight"])
    assert torch.equal(now["fc1.weight"], build(table(), seed=2).state_dict()["fc1.weight"])
    again = export(table(), "python", tmp_path / "other.py", model=build(table(), seed=2))
    assert not any("was there already" in str(note) for note in again.notes)


def test_a_folder_that_holds_anything_else_is_never_replaced(tmp_path: Path) -> None:
    """Not even one that an export made: the second replacement would lose what a person put there."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").write_bytes(b"cat")
    told: list[Message] = []
    with pytest.raises(ExchangeError, match=r"“photos” holds “cat\.png”, which no export made"):
        export(table(), "python", tmp_path / "photos", progress=lambda doing, _share: told.append(doing))
    assert told == []
    assert left(tmp_path / "photos") == ["cat.png"]
    export(table(), "python", tmp_path / "net")
    (tmp_path / "net" / "best.pt").write_bytes(b"trained all night")
    with pytest.raises(ExchangeError, match=r"“net” holds “best\.pt”"):
        export(table(), "python", tmp_path / "net")
    (tmp_path / "file").write_text("text")
    with pytest.raises(ExchangeError, match="is already there and is no exported model"):
        export(table(), "python", tmp_path / "file")


@pytest.mark.parametrize("id", ["pt", "onnx"])
def test_a_folder_is_no_place_for_a_file_and_that_is_told_before_the_work(
    id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Message] = []
    monkeypatch.chdir(tmp_path)
    for target in (tmp_path, Path("."), Path("")):  # noqa: PTH201  # what a person may well type
        with pytest.raises(AtomicWriteError, match="is a folder or a device") as refused:
            export(table(), id, target, progress=lambda doing, _share: told.append(doing))
        assert tmp_path.name in str(refused.value)
    assert told == []
    assert left(tmp_path) == []


@pytest.mark.parametrize("id", ["pt", "onnx"])
def test_no_room_for_temporary_files_is_told_as_such(id: str, tmp_path: Path) -> None:
    """The files are made and checked in a temporary folder, which can be full as any other."""
    program = (
        "import resource, sys\n"
        "from studio.exchange import export\n"
        "from studio.project.atomic import AtomicWriteError\n"
        "from tests.exchange.networks import table\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: export(table(), sys.argv[1], sys.argv[2])\n"
        "except AtomicWriteError as error: print(error.kind)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, id, str(tmp_path / "x")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert (done.returncode, done.stdout) == (0, "full\n"), done.stderr
    assert left(tmp_path) == []


def test_a_process_that_met_a_full_disk_says_so_and_nothing_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for said in ("OSError: [Errno 28] No space left on device", "OSError: [Errno 27] File too large: 'x'"):
        with pytest.raises(AtomicWriteError, match="There is no space left in") as refused:
            require_room(said, tmp_path / "x")
        assert refused.value.kind == "full"
    require_room("OSError: [Errno 5] Input/output error", tmp_path / "x")

    def nowhere() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    with pytest.raises(AtomicWriteError, match="No folder takes temporary files") as refused, workplace("x"):
        pass
    assert refused.value.kind == "full"


class StopError(Exception):
    """A person pressed Cancel."""


@pytest.mark.parametrize(("id", "when"), [("pt", "Checking"), ("onnx", "Making")])
def test_an_export_can_be_called_off_while_another_process_works(id: str, when: str, tmp_path: Path) -> None:
    begun = 0.0

    def progress(doing: Message, _share: float) -> None:
        nonlocal begun
        if str(doing).startswith(when):
            begun = begun or time.monotonic()
            if time.monotonic() - begun > 0.3:
                raise StopError

    with pytest.raises(StopError):
        export(table(), id, tmp_path / "x", progress=progress)
    assert time.monotonic() - begun < 3
    assert left(tmp_path) == []


def test_a_process_that_hangs_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(process.ProcessFailedError, match="did not end within 1 seconds"):
        process.run(
            ["-c", "import time; time.sleep(60)"], isolated=True, still_wanted=lambda: None, patience=1
        )
    assert time.monotonic() - begun < 5


def trained(folder: Path, beside: Callable[[], object]) -> dict[str, torch.Tensor]:
    """Train for some steps, and do something in another thread once it is under way."""
    project = api.new("cnn")
    thread: threading.Thread | None = None
    events = api.train(project, device="cpu", seed=1, max_steps=60, run_dir=folder, control=Control())
    for event in events:
        assert not isinstance(event, Failed), event
        if isinstance(event, StepDone) and thread is None:
            thread = threading.Thread(target=beside)
            thread.start()
    assert thread is not None
    thread.join()
    return read_weights(folder / "last.safetensors")


def test_an_export_beside_a_running_training_changes_no_bit_of_it(tmp_path: Path) -> None:
    reports: list[ExportReport] = []

    def beside() -> None:
        reports.extend(export(table(), id, tmp_path / f"x.{id}") for id in ("onnx", "pt"))

    alone = trained(tmp_path / "alone", lambda: None)
    both = trained(tmp_path / "both", beside)
    assert len(reports) == 2
    assert all(torch.equal(both[name], value) for name, value in alone.items())


def test_dropout_and_normalisation_are_still_in_what_leaves(tmp_path: Path) -> None:
    export(table(), "python", tmp_path / "net")
    text = (tmp_path / "net" / "model.py").read_text()
    assert "nn.BatchNorm1d(16)" in text
    assert "nn.Dropout()" in text or "nn.Dropout(p=0.5)" in text
    assert isinstance(build(table(), seed=0).get_submodule("dropout1"), nn.Dropout)
