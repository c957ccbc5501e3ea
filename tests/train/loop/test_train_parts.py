"""The parts of training by themselves: curves, buttons, devices, choices, batches, figures, files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import torch
from torch import nn

from studio.data import Split
from studio.project import MODEL, Choice
from studio.train import Choices, Control, MetricLog, choose, devices
from studio.train.loop.feed import Feed, batches, fits
from studio.train.loop.learner import Learner
from studio.train.loop.meter import Meter
from studio.train.loop.random_stream import RandomStream
from studio.train.machine import choices as chosen
from studio.train.machine.devices import free_memory, used_memory
from studio.train.plans.calls import optimizer_arguments
from studio.train.recipe import NotFiniteError, Outcome

CPU = torch.device("cpu")

# -- curves --------------------------------------------------------------------------------------------


def test_a_curve_grows_without_end_and_old_views_stay() -> None:
    log = MetricLog()
    log.append("loss", 1, 10.0)
    xs, ys = log.series("loss")
    for step in range(2, 20_001):
        log.append("loss", step, 10.0 * step)
    assert (xs.tolist(), ys.tolist()) == ([1.0], [10.0])
    steps, values = log.series("loss")
    assert np.array_equal(steps, np.arange(1, 20_001))
    assert np.array_equal(values, 10.0 * steps)
    assert log.keys() == ("loss",)
    assert log.last("loss") == 200_000.0
    assert log.last("nothing") is None
    assert len(log.series("nothing")[0]) == 0


def test_a_reader_always_sees_a_whole_beginning() -> None:
    log = MetricLog()
    count = 200_000
    done = threading.Event()

    def write() -> None:
        for step in range(0, count, 50):
            log.extend("loss", range(step, step + 50), [2.0 * value for value in range(step, step + 50)])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    looks, before = 0, 0
    while not done.is_set() or looks == 0:
        xs, ys = log.series("loss")
        assert len(xs) == len(ys) >= before
        assert np.array_equal(xs, np.arange(len(xs)))
        assert np.array_equal(ys, 2.0 * xs)
        before = len(xs)
        looks += 1
    writer.join()
    assert len(log.series("loss")[0]) == count


# -- buttons -------------------------------------------------------------------------------------------


def test_the_buttons() -> None:
    control = Control()
    assert (control.asked, control.paused, control.stopped, control.resting) == (False,) * 4
    control.pause()
    assert (control.asked, control.paused) == (True, True)
    control.resume()
    assert (control.asked, control.paused) == (False, False)
    control.pause()
    control.stop()
    assert (control.asked, control.paused, control.stopped) == (True, False, True)
    control.resume()
    assert control.stopped
    control.rest()  # returns at once


# -- devices -------------------------------------------------------------------------------------------


def test_the_processor_is_always_there_by_name_and_memory() -> None:
    last = devices()[-1]
    assert last.id == "cpu"
    assert last.name
    assert last.memory_total is None or last.memory_total > 1 << 28
    assert choose("cpu").id == "cpu"
    assert choose("auto") == choose(devices()[0].id) or choose("auto").id == devices()[0].id


class FakeCuda:
    """Two devices, one of which does not tell its memory."""

    def is_available(self) -> bool:
        return True

    def device_count(self) -> int:
        return 2

    def get_device_name(self, index: int) -> str:
        return f"Fast {index}"

    def mem_get_info(self, index: int) -> tuple[int, int]:
        if index:
            raise RuntimeError("Allocator for cuda is not a DeviceAllocator.")
        return 3, 4


def test_every_accelerator_that_torch_reports_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def module(kind: str) -> object:
        if kind == "cuda":
            return FakeCuda()
        raise RuntimeError("not built with it")

    monkeypatch.setattr(torch, "get_device_module", module)
    monkeypatch.setattr(torch.accelerator, "is_available", lambda: True)
    monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda: torch.device("cuda"))
    found = devices()
    assert [(device.id, device.name) for device in found[:2]] == [("cuda:0", "Fast 0"), ("cuda:1", "Fast 1")]
    assert (found[0].memory_total, found[0].memory_free) == (4, 3)
    assert (found[1].memory_total, found[1].memory_free) == (None, None)
    assert [device.id for device in found[2:]] == ["cpu"]
    assert choose("auto").id == "cuda:0"
    assert choose("cuda").id == "cuda:0"


def test_a_driver_that_fails_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> object:
        raise RuntimeError("driver too old")

    monkeypatch.setattr(torch.accelerator, "is_available", lambda: True)
    monkeypatch.setattr(torch.accelerator, "current_accelerator", broken)
    monkeypatch.setattr(torch, "get_device_module", broken)
    assert [device.id for device in devices()] == ["cpu"]
    assert used_memory(torch.device("cuda:0")) is None
    free_memory(torch.device("cpu"))


# -- choices -------------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """A clock that only steps move, and an empty memory of earlier measurements."""
    state = SimpleNamespace(now=0.0, threads=1, trials=[])
    for name in ("perf_counter", "thread_time"):
        monkeypatch.setattr(chosen.time, name, lambda: state.now)  # type: ignore[attr-defined]
    monkeypatch.setattr(chosen.torch, "set_num_threads", lambda n: setattr(state, "threads", n))  # type: ignore[attr-defined]
    monkeypatch.setattr(chosen, "processors", lambda: 4)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(chosen, "_memory", {})
    monkeypatch.setattr(chosen, "_file", lambda: tmp_path / "cache" / "measured.json")
    return state


def trial(
    clock: SimpleNamespace, seconds: Callable[[int, bool], float], compiled: Callable[[], float] = float
) -> chosen.Trial:
    def make(way: chosen.Way) -> Callable[[], None]:
        clock.trials.append(way.channels_last)

        def step() -> None:
            clock.now += compiled() if way.compiled else seconds(clock.threads, way.channels_last)

        return step

    return make


def decided(clock: SimpleNamespace, seconds: Callable[[int, bool], float], **named: object) -> chosen.Told:
    values = {"key": "k", "device": CPU, "threads": 0, "pictures": True, **named}
    return chosen.decide(trial(clock, seconds), **values)  # type: ignore[arg-type]


def test_the_fastest_threads_and_layout_are_chosen_and_told(clock: SimpleNamespace) -> None:
    told = decided(clock, lambda threads, last: 0.008 / threads / (1.5 if last else 1.0))
    assert told.choices == Choices(4, True)
    assert "Threads: 4" in str(told.messages[0])
    assert "1: 8.00 ms" in str(told.messages[0])
    assert "measured 1.50 times as fast" in str(told.messages[1])


@pytest.mark.parametrize(("taken", "kept"), [(0.001, True), (0.0039, False), (0.02, False)])
def test_compiled_networks_are_kept_where_they_are_faster(
    clock: SimpleNamespace, taken: float, kept: bool
) -> None:
    values = {"key": "k", "device": CPU, "threads": 2, "pictures": False}

    def told(compiled: bool) -> chosen.Told:
        made = trial(clock, lambda threads, last: 0.004, lambda: taken)
        return chosen.decide(made, compiled=compiled, **values)  # type: ignore[arg-type]

    found = told(True)
    assert found.choices == Choices(2, False, kept)
    assert f"measured {0.004 / taken:.2f} times as fast" in str(found.messages[-1])
    # It is remembered, and nobody who did not ask for it has it.
    assert told(True).choices == Choices(2, False, kept)
    assert told(False).choices == Choices(2, False)


def test_a_network_that_cannot_be_compiled_is_computed_as_it_stands(clock: SimpleNamespace) -> None:
    def refuse() -> float:
        raise RuntimeError("Unsupported: data-dependent branching")

    made = trial(clock, lambda threads, last: 0.004, refuse)
    found = chosen.decide(made, key="k", device=CPU, threads=2, pictures=False, compiled=True)
    assert found.choices == Choices(2, False)
    assert "cannot take this network (Unsupported: data-dependent branching)" in str(found.messages[-1])


def test_a_compiler_that_fails_on_the_way_gives_the_network_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from torch._dynamo.exc import Unsupported

    from studio.train.machine.compiling import as_drawn, compile_in_place

    def compiler(plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(x: torch.Tensor) -> torch.Tensor:
            if len(x) == 3:
                raise Unsupported("a batch of three", case_name="three")
            return cast(torch.Tensor, plain(x) + 1)

        return call

    monkeypatch.setattr(torch, "compile", compiler)
    model, fallen = torch.nn.Linear(2, 2), list[str]()
    plain = model(torch.ones(2, 2))
    compile_in_place({"model": model}, fallen.append)
    assert torch.equal(model(torch.ones(2, 2)), plain + 1)
    with as_drawn({"model": model}):
        assert torch.equal(model(torch.ones(2, 2)), plain)
    assert torch.equal(model(torch.ones(3, 2))[:2], plain)
    assert fallen == ["Unsupported"]
    assert torch.equal(model(torch.ones(2, 2)), plain)
    assert list(model.state_dict()) == ["weight", "bias"]


def test_a_network_that_needs_the_plain_layout_keeps_it(clock: SimpleNamespace) -> None:
    def seconds(threads: int, last: bool) -> float:
        if last:
            raise RuntimeError("view size is not compatible with input tensor's size and stride")
        return 0.008 / threads

    assert decided(clock, seconds).choices == Choices(4, False)
    assert chosen._file().exists()


def test_a_gain_that_is_hardly_one_is_not_worth_it(clock: SimpleNamespace) -> None:
    assert decided(clock, lambda threads, last: 0.008 - 0.00005 * threads - 0.0001 * last).choices == Choices(
        1, False
    )


def test_threads_that_wait_for_each_other_are_not_taken(clock: SimpleNamespace) -> None:
    assert decided(clock, lambda threads, _last: 0.01 * threads, pictures=False).choices == Choices(1, False)


def test_what_was_measured_is_remembered_for_the_same_bits(
    clock: SimpleNamespace,
) -> None:
    first = decided(clock, lambda threads, _last: 0.01 / threads)
    trials = len(clock.trials)
    again = decided(clock, lambda threads, _last: 0.01 * threads)
    assert again.choices == first.choices
    assert len(clock.trials) == trials
    assert "measured for this network in an earlier run" in str(again.messages[-1])
    chosen._memory.clear()  # as after a new start: only the file remembers
    assert decided(clock, lambda threads, _last: 0.01 * threads).choices == first.choices


@pytest.mark.parametrize(
    "content", ["", "[]", '{"k-0": 7}', '{"k-0": {"threads": -1, "channels_last": true}}', "{" * 9999]
)
def test_a_damaged_memory_is_an_empty_one(clock: SimpleNamespace, content: str) -> None:
    path = chosen._file()
    path.parent.mkdir()
    path.write_text(content)
    assert decided(clock, lambda threads, _last: 0.01 * threads).choices.threads == 1


def test_the_persons_number_of_threads_is_taken(
    clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        decided(clock, lambda threads, _last: 0.01 / threads, threads=3, pictures=False).choices.threads == 3
    )
    assert clock.trials == []
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.setattr(chosen.torch, "get_num_threads", lambda: 2)  # type: ignore[attr-defined]
    assert decided(clock, lambda threads, _last: 0.01 / threads).choices.threads == 2


def test_measuring_slow_steps_ends_in_time(clock: SimpleNamespace) -> None:
    told = decided(clock, lambda threads, _last: 30.0 / threads)
    assert told.choices.threads in (3, 4)
    assert clock.now < 300


def test_threads_that_take_ten_times_as_long_are_not_measured_twice(clock: SimpleNamespace) -> None:
    taken: list[int] = []

    def seconds(threads: int, last: bool) -> float:
        taken.append(threads)
        return (1.0 if threads > 1 else 0.01) / (1.3 if last else 1.0)

    assert decided(clock, seconds).choices == Choices(1, True)
    assert taken.count(2) == taken.count(3) == taken.count(4) == 2


def test_a_network_that_fails_while_it_is_measured_fails_later_in_the_open(clock: SimpleNamespace) -> None:
    def broken(_threads: int, _last: bool) -> float:
        raise NotFiniteError("model", "loss", float("nan"))

    assert decided(clock, broken).choices.threads == 4
    assert not chosen._file().exists()


# -- batches and figures -------------------------------------------------------------------------------


def test_where_batches_start_and_end() -> None:
    assert batches(10, 4, False) == [(0, 4), (4, 8), (8, 10)]
    assert batches(9, 4, False) == [(0, 4), (4, 8), (8, 9)]
    assert batches(9, 4, True) == [(0, 4), (4, 8)]
    assert batches(9, 4, True, 8) == []
    assert batches(9, 4, False, 8) == [(8, 9)]
    assert batches(1, 4, True) == [(0, 1)]
    assert batches(10, 3, False, 4) == [(4, 7), (7, 10)]


def test_every_sample_comes_once_an_epoch_in_an_order_of_the_seed() -> None:
    split = Split({"x": torch.arange(10.0)}, {"target": torch.arange(10)})
    feed = Feed(split, CPU, channels_last=False, keep=True)
    seen = []
    for epoch in (0, 1, 0):
        feed.shuffle(3, epoch)
        parts = [feed.shuffled(start, end) for start, end in batches(10, 4, False)]
        assert [part.size for part in parts] == [4, 4, 2]
        order = torch.cat([part.targets["target"] for part in parts])
        assert torch.equal(torch.cat([part.inputs["x"] for part in parts]), order.float())
        seen.append(order.tolist())
    assert sorted(seen[0]) == list(range(10))
    assert seen[0] == seen[2] != seen[1]


def test_data_stays_on_an_accelerator_only_where_it_fits() -> None:
    assert fits(10**12, CPU, 1)
    assert fits(100, torch.device("cuda:0"), 1000)
    assert not fits(600, torch.device("cuda:0"), 1000)


def test_figures_of_many_steps_are_read_together() -> None:
    meter = Meter(lambda output, target: {"accuracy": (output.argmax(1) == target).float()})
    generator = torch.Generator().manual_seed(0)
    expected, sizes = [], [4, 4, 3]
    for size in sizes:
        output, target = (
            torch.randn(size, 3, generator=generator),
            torch.randint(0, 3, (size,), generator=generator),
        )
        loss = torch.rand((), generator=generator)
        meter.add(Outcome({"loss": loss}, output, target), size)
        expected.append((loss.item(), (output.argmax(1) == target).float().mean().item()))
    assert len(meter) == 3
    figures = meter.read()
    assert figures["loss"] == [loss for loss, _ in expected]
    assert figures["accuracy"] == pytest.approx([right for _, right in expected])
    assert meter.means()["loss"] == pytest.approx(
        sum(a * b for (a, _), b in zip(expected, sizes, strict=True)) / 11
    )
    assert (len(meter), meter.read()) == (0, {})
    meter.next_epoch()
    assert meter.means() == {}


def test_large_outputs_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.train.loop import meter as meter_module

    monkeypatch.setattr(meter_module, "_MOST_NUMBERS", 10)
    folds: list[int] = []

    def samples(output: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
        folds.append(len(output))
        return {"mae": (output - target).abs()}

    meter = Meter(samples)
    for step in range(6):
        meter.add(Outcome({"loss": torch.tensor(0.0)}, torch.full((3,), float(step)), torch.zeros(3)), 3)
    assert folds == [6, 6, 6]
    assert meter.read()["mae"] == [0, 1, 2, 3, 4, 5]


# -- random numbers --------------------------------------------------------------------------------------


def test_a_stream_goes_on_where_it_was_left_and_leaves_no_trace() -> None:
    torch.manual_seed(4)
    expected = torch.rand(6)
    np.random.seed(1)
    torch.manual_seed(9)
    stream = RandomStream(4, CPU)
    parts, outside = [], []
    for _ in range(3):
        stream.enter()
        parts.append(torch.rand(2))
        np.random.rand(3)
        stream.leave()
        outside.append((torch.rand(1).item(), np.random.rand()))
    assert torch.equal(torch.cat(parts), expected)
    torch.manual_seed(9)
    np.random.seed(1)
    assert outside == [(torch.rand(1).item(), np.random.rand()) for _ in range(3)]


# -- learning --------------------------------------------------------------------------------------------


def test_the_arguments_of_an_optimizer_are_those_of_the_plan() -> None:
    made = optimizer_arguments(Choice("adam", {"lr": 0.01}), CPU)
    assert made == {
        "lr": 0.01,
        "weight_decay": 0.0,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "amsgrad": False,
        "fused": True,
    }
    assert "fused" not in optimizer_arguments(Choice("rmsprop"), CPU)


def test_factors_make_groups_with_rates_of_their_own() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2)))
    learner = Learner(
        MODEL,
        model,
        Choice("sgd", {"lr": 0.1}),
        None,
        clip_norm=None,
        rates={"1": 0.5, "1.1": 2.0},
        device=CPU,
    )
    groups = learner.optimizer.param_groups
    assert [group["lr"] for group in groups] == pytest.approx([0.1, 0.05, 0.2])
    assert [len(group["params"]) for group in groups] == [2, 2, 2]
