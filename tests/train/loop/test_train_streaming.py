"""Samples that stay on the disk: the same bits as from memory, with any number of workers, stopped or not."""

from __future__ import annotations

import dataclasses
import os
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from studio.data import DataError, Dataset, Split
from studio.data.augmentation import Augmentation
from studio.data.dataset import Sample, stacked
from studio.graph import Message
from studio.train import Control, Finished, Started, StepDone, Warned
from studio.train.events import Event
from studio.train.loop import engine
from tests.train.on_disk import left_on_disk
from tests.train.plain import CNN, ONE, Folder, copied, failure, plan, same, trained


@dataclasses.dataclass(frozen=True)
class Files:
    """Pictures that are made when they are read; gone while a file is there, and slow or killed on demand."""

    places: tuple[int, ...]
    gone: Path

    def read(self, place: int) -> Sample:
        if self.gone.exists():
            if self.gone.read_text() == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise DataError(Message("{file} cannot be read any more.", file=f"{place}.png"))
        return Sample({"x": picture(self.places[place])}, {})

    def read_all(self, places: Sequence[int]) -> Sample:
        return stacked([self.read(place) for place in places])

    def take(self, places: Sequence[int]) -> Files:
        return Files(tuple(self.places[place] for place in places), self.gone)


def picture(number: int) -> torch.Tensor:
    return torch.rand(1, 28, 28, generator=torch.Generator().manual_seed(number))


def pictures(folder: Path, *, streamed: bool, varied: bool = False) -> Dataset:
    from studio.data import Preprocessing

    def part(first: int, count: int) -> Split:
        labels = (torch.arange(count) + first) % 10
        numbers = tuple(range(first, first + count))
        if streamed:
            return Split({"x": torch.zeros(()).expand(count, 1, 28, 28)}, {"target": labels},
                         Files(numbers, folder / "gone"))  # fmt: skip
        return Split({"x": torch.stack([picture(number) for number in numbers])}, {"target": labels})

    facts = Preprocessing("image", (1, 28, 28))
    names = tuple("0123456789")
    augmentation = Augmentation(flip="horizontal", crop=2, rotate=10.0) if varied else None
    return Dataset(part(0, 42), part(100, 9), part(200, 9), "classification", names, facts, Message("files"),
                   augmentation=augmentation)  # fmt: skip


def cnn() -> CNN:
    torch.manual_seed(0)
    return CNN()


HOW = plan(epochs=2, batch_size=12, workers=0)


def how(workers: int) -> object:
    return plan(epochs=2, batch_size=12, workers=workers)


@pytest.mark.parametrize("varied", [False, True])
def test_workers_change_no_bit(tmp_path: Path, varied: bool) -> None:
    found = []
    for workers, streamed in ((0, False), (0, True), (2, True), (4, True)):
        if workers == 4 and varied:
            continue
        model = cnn()
        data = pictures(tmp_path, streamed=streamed, varied=varied)
        events = trained(how(workers), model, data)  # type: ignore[arg-type]
        found.append((copied(model), events[-1].best))  # type: ignore[union-attr]
        started = events[0]
        assert isinstance(started, Started)
        ends = {0: "batch by batch", 2: "ahead by 2 processes", 4: "ahead by 4 processes"}
        assert str(started.choices[-2]).endswith(ends[workers] if streamed else "picked by number")
    for other in found[1:]:
        assert same(found[0][0], other[0])
        assert found[0][1] == other[1]


@pytest.mark.parametrize("workers", [0, 2])
def test_stopped_in_the_middle_of_an_epoch_it_goes_on_to_the_bit(tmp_path: Path, workers: int) -> None:
    whole, begun, resumed = cnn(), cnn(), cnn()
    data = pictures(tmp_path, streamed=True, varied=True)
    keeper = Folder(tmp_path)
    trained(HOW, whole, data)
    trained(how(workers), begun, data, keeper=keeper, max_steps=2)  # type: ignore[arg-type]
    trained(how(workers), resumed, data, state=keeper.state())  # type: ignore[arg-type]
    assert same(copied(whole), copied(resumed))


def test_data_that_goes_away_is_waited_for(tmp_path: Path) -> None:
    data, control, keeper = pictures(tmp_path, streamed=True), Control(), Folder(tmp_path)
    control.attended = True
    gone = tmp_path / "gone"
    whole, waited = cnn(), cnn()
    trained(HOW, whole, data)
    told: list[Event] = []

    def bring_back() -> None:
        assert control.wait_until_resting(20)
        gone.unlink()
        control.resume()

    waiter = threading.Thread(target=bring_back)
    waiter.start()
    for event in engine.run(
        HOW, waited, data, choices=ONE, control=control, report_seconds=0.0, keeper=keeper
    ):
        told.append(event)
        if isinstance(event, StepDone) and event.step == 2:
            gone.write_text("")
    waiter.join()
    (warned,) = [event for event in told if isinstance(event, Warned)]
    assert "cannot be read any more. The training rests" in str(warned.message)
    assert isinstance(told[-1], Finished)
    assert same(copied(whole), copied(waited))


@pytest.mark.parametrize(
    ("what", "said"), [("", "cannot be read any more"), ("kill", "was ended, by the system")]
)
def test_where_nobody_waits_it_fails_soon_and_can_be_resumed(tmp_path: Path, what: str, said: str) -> None:
    data, keeper = pictures(tmp_path, streamed=True), Folder(tmp_path)
    whole, resumed = cnn(), cnn()
    trained(HOW, whole, data)
    gone = tmp_path / "gone"
    told: list[Event] = []
    began = 0.0
    many = plan(epochs=2, batch_size=2, workers=2, checkpoint_seconds=0.0)
    for event in engine.run(many, cnn(), data, choices=ONE, report_seconds=0.0, keeper=keeper):
        told.append(event)
        if isinstance(event, StepDone) and event.step == 2:
            gone.write_text(what)
            began = time.monotonic()
    assert said in str(failure(told).message)
    assert time.monotonic() - began < 10  # it does not wait for ever; how long is measured in the bench
    gone.unlink()
    trained(many, resumed, data, state=keeper.state())
    again = cnn()
    trained(many, again, data)
    assert same(copied(again), copied(resumed))


def test_classes_on_the_disk_are_balanced_as_those_in_the_memory(tmp_path: Path) -> None:
    data = pictures(tmp_path, streamed=False)
    data = dataclasses.replace(
        data, train=Split(data.train.inputs, {"target": data.train.targets["target"] % 7})
    )
    (term,) = HOW.losses
    learned: list[dict[str, torch.Tensor]] = []
    for balanced in (True, False):
        term = dataclasses.replace(term, choice=term.choice.with_parameter("balance", balanced))
        weighed = dataclasses.replace(HOW, losses=(term,))
        held, streamed = cnn(), cnn()
        trained(weighed, held, data)
        trained(weighed, streamed, left_on_disk(data))
        assert same(copied(held), copied(streamed))
        learned.append(copied(held))
    assert not same(*learned)  # it made a difference
