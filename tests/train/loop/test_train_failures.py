"""What goes wrong in a training is told in words, at its place, and the training can be resumed."""

from __future__ import annotations

import dataclasses
import weakref
from pathlib import Path

import pytest
import torch
from torch import fx, nn

from studio.data import Split
from studio.train import order_seed
from studio.train.events import Failed, StepDone
from studio.train.loop import engine, learner
from tests.train.plain import ONE, Folder, attempted, copied, failure, plan, same, small, trained, vectors


class Fault(nn.Module):
    """Does its worst in one forward of the training, and nothing otherwise."""

    def __init__(self, at: int, what: object) -> None:
        super().__init__()
        self.at, self.what, self.count = at, what, 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            self.count += 1
            if self.count >= self.at:
                if isinstance(self.what, BaseException):
                    raise self.what
                return x * float(str(self.what))
        return x


def faulty(at: int, what: object) -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(6, 8), nn.ReLU(), nn.Sequential(nn.Identity(), Fault(at, what)), nn.Linear(8, 3)
    )


# -- numbers that are none -----------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["nan", "inf"])
def test_a_loss_that_is_no_number_stops_before_the_step_and_names_the_place(value: str) -> None:
    model, good = faulty(4, value), faulty(1000, value)
    failed = failure(attempted(plan(epochs=1), model, vectors()))
    assert failed.node == "2.1"
    said = str(failed.message)
    assert "in step 4: “2.1” was the first to give numbers that are infinite or NaN" in said
    assert "Lower the learning rate (now 0.001)" in said
    trained(plan(epochs=1), good, vectors(), max_steps=3)
    assert same(copied(model), copied(good))


def test_in_a_compiled_network_functions_are_named_too() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc1 = nn.Linear(6, 8)
            self.fc2 = nn.Linear(8, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            out: torch.Tensor = self.fc2(torch.log(self.fc1(x)))
            return out

    torch.manual_seed(0)
    failed = failure(attempted(plan(), fx.symbolic_trace(Net()), vectors()))
    assert failed.node == "log"
    assert "in step 1: “log” was the first" in str(failed.message)


def test_a_gradient_that_is_no_number_stops_before_the_step() -> None:
    class Root(nn.Module):
        """Its value is finite at 0, its slope is not."""

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.sqrt(x * 0)

    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(6, 8), Root(), nn.Linear(8, 3))
    before = copied(model)
    failed = failure(attempted(plan(), model, vectors()))
    assert "The gradient of “0” became infinite or not a number in step 1" in str(failed.message)
    assert failed.node == "0"
    assert same(before, copied(model))


def test_a_learning_rate_that_blows_the_weights_up_is_caught() -> None:
    how = plan("sgd", loss="mse", metrics=(), epochs=200, optimizer_values={"lr": 1e6})
    from tests.train.plain import numbers

    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(6, 8), nn.Linear(8, 1))
    failed = failure(attempted(how, model, numbers()))
    assert "1e+06" in str(failed.message)
    assert all(bool(torch.isfinite(value).all()) for value in copied(model).values())


def test_data_that_is_no_number_is_said_to_be_the_data() -> None:
    data = vectors()
    broken = data.train.inputs["x"].clone()
    broken[7, 2] = float("nan")
    data = dataclasses.replace(data, train=Split({"x": broken}, dict(data.train.targets)))
    failed = failure(attempted(plan(), small(), data))
    assert "The data holds numbers that are infinite or NaN (in “x”" in str(failed.message)
    assert failed.node == "x"  # where the data enters
    assert (str(failed.expected), str(failed.received)) == ("finite numbers", "nan")


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize("kind", ["loss", "gradient"])
def test_noticed_late_on_a_device_no_weight_has_changed_since(
    monkeypatch: pytest.MonkeyPatch, optimizer: str, kind: str
) -> None:
    # As on an accelerator: nothing is read back in a step, a flag beside the weights holds them still.
    monkeypatch.setattr(learner, "_SKIP_ON_DEVICE", ("cpu",))

    data = vectors()
    order = torch.randperm(50, generator=torch.Generator().manual_seed(order_seed(0, 0)))
    step = 4
    marked = data.train.inputs["x"].clone()
    marked[order[8 * step - 4], 5] = 1000.0
    data = dataclasses.replace(data, train=Split({"x": marked}, dict(data.train.targets)))
    model, good = Spoiled(kind), Spoiled("nothing")
    failed = failure(attempted(plan(optimizer, epochs=1), model, data, report_seconds=3600.0))
    trained(plan(optimizer, epochs=1), good, data, report_seconds=0.0, max_steps=step - 1)
    assert same(copied(model), copied(good))
    assert f"in step {step}" in str(failed.message)
    assert failed.node == {"loss": "spoil", "gradient": "fc1"}[kind]


class Spoiled(nn.Module):
    """Spoils the loss or the gradient of samples that have a mark."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.fc1 = nn.Linear(6, 8)
        self.spoil = Spoil(kind)
        self.fc2 = nn.Linear(8, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.fc2(self.spoil(self.fc1(x / 1000), x[:, 5:] > 100))
        return out


class Spoil(nn.Module):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def forward(self, x: torch.Tensor, marked: torch.Tensor) -> torch.Tensor:
        if self.training and self.kind == "loss":
            return x.masked_fill(marked, float("nan"))
        if self.training and self.kind == "gradient" and x.requires_grad:
            x.register_hook(lambda grad: grad.masked_fill(marked, float("inf")))
        return x * 1


# -- memory, exceptions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB."),
        RuntimeError(
            "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory"
        ),
        MemoryError(),
    ],
)
def test_out_of_memory_gives_advice_and_can_be_resumed(tmp_path: Path, error: BaseException) -> None:
    keeper = Folder(tmp_path)
    model = faulty(5, error)
    failed = failure(attempted(plan(checkpoint_seconds=0.0), model, vectors(), keeper=keeper))
    assert "Set the batch size from 8 to 4 or less and resume the run." in str(failed.message)
    assert "CUDA" not in str(failed.message)
    assert failed.node == "2.1"
    assert all(parameter.grad is None for parameter in model.parameters())
    resumed, whole = faulty(1000, 0), faulty(1000, 0)
    trained(plan(), resumed, vectors(), state=keeper.state())
    trained(plan(), whole, vectors())
    assert same(copied(resumed), copied(whole))


def test_a_smaller_batch_goes_on_from_the_same_sample(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    attempted(plan(checkpoint_seconds=0.0), faulty(5, MemoryError()), vectors(), keeper=keeper)
    assert keeper.state()["position"] == {"epoch": 0, "seen": 32, "step": 4}
    events = trained(plan(epochs=1, batch_size=3), faulty(1000, 0), vectors(), state=keeper.state())
    assert [event.step for event in events if isinstance(event, StepDone)] == list(range(5, 11))


def test_after_out_of_memory_nothing_holds_the_tensors() -> None:
    held: list[weakref.ref[torch.Tensor]] = []

    class Hungry(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if self.training:
                large = torch.zeros(1000, 1000)
                held.append(weakref.ref(large))
                raise torch.OutOfMemoryError("out of memory")
            return x

    training = engine.run(plan(), nn.Sequential(nn.Linear(6, 3), Hungry()), vectors(), choices=ONE)
    for event in training:
        if isinstance(event, Failed):
            assert held[0]() is None
    assert len(held) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("nonsense\nin two lines"), "“2.1” could not compute with what reached it (B × 8)."),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), "“2.1” could not compute"),
        (SystemExit(3), "asked the program to end, which it may not"),
        (StopIteration(), "“2.1” could not compute"),
    ],
)
def test_any_exception_names_its_node_and_keeps_its_text_behind(error: BaseException, said: str) -> None:
    failed = failure(attempted(plan(), faulty(2, error), vectors()))
    assert said in str(failed.message)
    assert "\n" not in str(failed.message)
    assert failed.node == "2.1"
    assert type(error).__name__ in failed.details
    assert str(error) not in str(failed.message) or not str(error)


def test_in_a_compiled_network_the_failing_function_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(6, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.matmul(self.fc(x), x)

    failed = failure(attempted(plan(), fx.symbolic_trace(Net()), vectors()))
    assert failed.node == "matmul"
    assert "“matmul” could not compute" in str(failed.message)
    # Nothing is written to the terminal behind the person's back.
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        attempted(plan(), faulty(2, KeyboardInterrupt()), vectors())


def test_the_best_weights_are_kept_when_it_fails_later(tmp_path: Path) -> None:
    keeper = Folder(tmp_path)
    model = faulty(16, "nan")
    failure(attempted(plan(epochs=4), model, vectors(), keeper=keeper))
    assert keeper.saved == 1  # after the first epoch
    assert keeper.state()["position"]["epoch"] == 1
    assert keeper.best is not None
    good = faulty(1000, 0)
    trained(plan(epochs=2), good, vectors())
    assert same(keeper.best, copied(good))


def test_a_failure_leaves_the_random_numbers_and_threads_of_the_caller_alone() -> None:
    broken, raising, data = faulty(3, "nan"), faulty(3, ValueError()), vectors()
    torch.manual_seed(5)
    before, threads = torch.get_rng_state(), torch.get_num_threads()
    failure(attempted(plan(), broken, data))
    failure(attempted(plan(), raising, data))
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.get_num_threads() == threads


def test_a_device_that_is_not_there_says_which_are() -> None:
    failed = failure(attempted(plan(device="cuda:77"), small(), vectors()))
    assert "There is no device “cuda:77” here. This machine has:" in str(failed.message)
    assert "cpu" in str(failed.message)


@pytest.mark.parametrize(("batch", "count"), [(1, 50), (8, 1)])
def test_normalising_over_one_sample_is_refused(batch: int, count: int) -> None:
    failed = failure(attempted(plan(batch_size=batch), small(), vectors(count)))
    assert "needs a batch size of at least 2" in str(failed.message)
