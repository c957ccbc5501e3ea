"""A training that was interrupted and goes on has the same bits as one that never was."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
import torch
from torch import nn

from studio.graph import Value
from studio.train import Control, MetricLog, TrainError
from studio.train.events import CheckpointSaved, Event, Finished, StepDone, Warned
from studio.train.loop import engine
from studio.train.runs.checkpoint import STATE, read_state
from tests.train.plain import ONE, Folder, attempted, copied, failure, plan, same, small, trained, vectors

OPTIMIZERS = ("sgd", "adam", "adamw", "rmsprop")
SCHEDULE: tuple[str, dict[str, Value]] = ("exponential_lr", {"gamma": 0.5})


def stopped_after(
    step: int, model: nn.Module, keeper: Folder, log: MetricLog | None = None, **named: object
) -> list[Event]:
    """Train, and ask for a stop when a step is told."""
    control = Control()
    seen: list[Event] = []
    training = engine.run(
        plan(epochs=3, schedule=SCHEDULE, **named),  # type: ignore[arg-type]
        model,
        vectors(),
        choices=ONE,
        report_seconds=0.0,
        control=control,
        keeper=keeper,
        log=log,
    )
    for event in training:
        seen.append(event)
        if isinstance(event, StepDone) and event.step == step:
            control.stop()
    return seen


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("step", [3, 7, 12])
def test_stopped_and_resumed_is_the_same_to_the_bit(tmp_path: Path, optimizer: str, step: int) -> None:
    whole_log, log = MetricLog(), MetricLog()
    whole = small()
    how = plan(optimizer, epochs=3, schedule=SCHEDULE)
    whole_events = trained(how, whole, vectors(), log=whole_log)
    keeper = Folder(tmp_path)
    events = stopped_after(step, small(), keeper, log, optimizer=optimizer)
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.step == step
    # Another fresh network: everything must come out of the file.
    resumed = small(seed=123)
    rest = trained(how, resumed, vectors(), state=keeper.state(), keeper=keeper, log=log)
    assert same(copied(whole), copied(resumed))
    for key in ("loss", "accuracy", "val_loss", "val_accuracy"):
        assert log.series(key)[0].tolist() == whole_log.series(key)[0].tolist()
        assert log.series(key)[1].tolist() == whole_log.series(key)[1].tolist()
    last, whole_last = rest[-1], whole_events[-1]
    assert isinstance(last, Finished)
    assert isinstance(whole_last, Finished)
    assert last.best is not None
    assert last.best == whole_last.best
    assert keeper.best is not None


def test_bfloat16_and_clipping_resume_to_the_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.train.runs import preparing

    monkeypatch.setattr(preparing, "has_bfloat16", lambda _device: True)
    how = plan(epochs=3, schedule=SCHEDULE, precision="bfloat16", clip_norm=0.1)
    whole, resumed = small(), small(seed=9)
    trained(how, whole, vectors())
    keeper = Folder(tmp_path)
    stopped_after(5, small(), keeper, precision="bfloat16", clip_norm=0.1)
    trained(how, resumed, vectors(), state=keeper.state())
    assert same(copied(whole), copied(resumed))


def test_two_hundred_pauses_change_no_bit(tmp_path: Path) -> None:
    whole, paused = small(), small()
    how = plan(epochs=30)
    trained(how, whole, vectors())
    control, keeper = Control(), Folder(tmp_path)
    pauses = 0
    resting: list[bool] = []

    def wake() -> None:
        for _ in range(200):
            resting.append(control.wait_until_resting(30))
            # Somebody else draws random numbers meanwhile.
            torch.rand(3)
            control.resume()

    waker = threading.Thread(target=wake)
    waker.start()
    try:
        for event in engine.run(
            how, paused, vectors(), choices=ONE, report_seconds=0.0, control=control, keeper=keeper
        ):
            if isinstance(event, StepDone) and pauses < 200:
                control.pause()
                pauses += 1
    finally:
        control.stop()
        waker.join()
    assert resting == [True] * 200
    assert keeper.saved >= 200
    assert same(copied(whole), copied(paused))


def test_a_pause_in_the_middle_of_an_epoch_keeps_a_checkpoint_first(tmp_path: Path) -> None:
    control, keeper = Control(), Folder(tmp_path)
    told: list[Event] = []

    def wake() -> None:
        control.wait_until_resting(30)
        told.append(told[-1])
        control.resume()

    waker = threading.Thread(target=wake)
    waker.start()
    for event in engine.run(
        plan(), small(), vectors(), choices=ONE, report_seconds=0.0, control=control, keeper=keeper
    ):
        told.append(event)
        if isinstance(event, StepDone) and event.step == 3:
            control.pause()
    waker.join()
    saved = [event for event in told if isinstance(event, CheckpointSaved)]
    assert [event.step for event in saved] == [3, 3, 14]


def test_checkpoints_come_by_time_after_the_first_epoch_and_at_the_end(tmp_path: Path) -> None:
    always, seldom = Folder(tmp_path / "a"), Folder(tmp_path / "b")
    always.folder.mkdir()
    seldom.folder.mkdir()
    trained(plan(checkpoint_seconds=0.0), small(), vectors(), keeper=always)
    events = trained(plan(epochs=3, checkpoint_seconds=3600.0), small(), vectors(), keeper=seldom)
    assert always.saved == 14 + 2 + 1
    assert [event.step for event in events if isinstance(event, CheckpointSaved)] == [7, 21]
    again = trained(plan(epochs=5, checkpoint_seconds=3600.0), small(), vectors(), state=seldom.state(),
                    keeper=seldom)  # fmt: skip
    assert [event.step for event in again if isinstance(event, CheckpointSaved)] == [35]


def test_a_caller_that_goes_away_loses_nothing(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    training = engine.run(plan(epochs=3), small(), vectors(), choices=ONE, report_seconds=0.0, keeper=keeper)
    for event in training:
        if isinstance(event, StepDone) and event.step == 9:
            break
    training.close()
    assert keeper.state()["position"] == {"epoch": 1, "seen": 16, "step": 9}
    whole, resumed = small(), small(seed=5)
    trained(plan(epochs=3), whole, vectors())
    trained(plan(epochs=3), resumed, vectors(), state=keeper.state())
    assert same(copied(whole), copied(resumed))


def test_more_epochs_go_on_from_a_finished_run(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    trained(plan(epochs=2), small(), vectors(), keeper=keeper)
    whole, longer = small(), small(seed=5)
    trained(plan(epochs=5), whole, vectors())
    trained(plan(epochs=5), longer, vectors(), state=keeper.state())
    assert same(copied(whole), copied(longer))
    again = small(seed=5)
    events = trained(plan(epochs=2), again, vectors(), state=keeper.state())
    assert [type(event).__name__ for event in events] == ["Started", "Finished"]


# -- what can happen to the file ------------------------------------------------------------------------


def test_a_full_disk_keeps_the_checkpoint_before_and_the_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Folder(tmp_path)
    full: list[bool] = [False]
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    told: list[Event] = []
    how = plan(checkpoint_seconds=0.0)
    for event in engine.run(how, small(), vectors(), choices=ONE, report_seconds=0.0, keeper=keeper):
        told.append(event)
        if isinstance(event, StepDone):
            full[0] = event.step >= 5
    warnings = [event for event in told if isinstance(event, Warned)]
    assert warnings
    assert "no space left" in str(warnings[0].message)
    assert isinstance(told[-1], Finished)
    full[0] = False
    assert keeper.state()["position"]["step"] == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [STATE, STATE + "~"]


def test_a_damaged_checkpoint_gives_way_to_the_one_before(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    trained(plan(checkpoint_seconds=0.0), small(), vectors(), keeper=keeper)
    path = tmp_path / STATE
    whole = path.read_bytes()
    before = (tmp_path / (STATE + "~")).read_bytes()
    for damaged in (whole[: len(whole) // 2], b"", b"nonsense", flipped(whole)):
        path.write_bytes(damaged)
        state, note = read_state(tmp_path)
        assert state is not None
        assert note is not None
        assert "the one before it" in str(note)
    (tmp_path / (STATE + "~")).write_bytes(flipped(before))
    with pytest.raises(TrainError, match="is damaged, so the run cannot be resumed"):
        read_state(tmp_path)


def flipped(content: bytes) -> bytes:
    """Turn one bit among the numbers: torch would read it without a word."""
    # Behind what fills the file up to where numbers begin.
    place = content.index(b"ZZZ", len(content) // 3)
    while content[place] == ord("Z"):
        place += 1
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_pickle_in_place_of_a_checkpoint_never_runs(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return Path.touch, (tmp_path / "ran",)

    torch.save({"format": 1, "weights": Bomb()}, tmp_path / STATE)
    with pytest.raises(TrainError, match="damaged"):
        read_state(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_a_checkpoint_of_another_network_is_refused_with_what_differs(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    trained(plan(), small(), vectors(), keeper=keeper)
    other = nn.Sequential(nn.Linear(6, 3))
    before = copied(other)
    failed = failure(attempted(plan(epochs=3), other, vectors(), state=keeper.state()))
    assert "are of another network" in str(failed.message)
    assert "fc1.weight" in failed.details
    assert same(before, copied(other))


def test_a_checkpoint_of_another_optimizer_is_refused(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    trained(plan("adam"), small(), vectors(), keeper=keeper)
    model = small()
    model.fc1.requires_grad_(False)
    failed = failure(attempted(plan("adam", epochs=3), model, vectors(), state=keeper.state()))
    assert "another optimizer or schedule" in str(failed.message)
