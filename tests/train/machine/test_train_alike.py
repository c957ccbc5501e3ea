"""Computing in the same order each time, and how busy devices are."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from studio.cli.main import main
from studio.train import Device, devices
from studio.train.loop import engine
from studio.train.machine import load
from studio.train.machine.determinism import computing_alike
from tests.train.plain import ONE, attempted, copied, failure, plan, same, small, trained, vectors


class Noting(nn.Module):
    """Notes whether torch computes alike; on demand it fails as torch does."""

    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self.net, self.fails, self.noted = small(), fails, list[bool]()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            self.noted.append(torch.are_deterministic_algorithms_enabled())
            if self.fails:
                raise RuntimeError(
                    "upsample_bilinear2d_backward_out_cuda does not have a deterministic implementation, but "
                    "you set 'torch.use_deterministic_algorithms(True)'."
                )
        out: torch.Tensor = self.net(x)
        return out


def test_the_switch_of_the_process_is_on_in_steps_and_off_between() -> None:
    model, plainly = Noting(), Noting()
    events = engine.run(plan(deterministic=True), model, vectors(), choices=ONE, report_seconds=0.0)
    between = [torch.are_deterministic_algorithms_enabled() for _ in events]
    assert model.noted == [True] * 14
    assert not any(between)
    trained(plan(), plainly, vectors())
    assert plainly.noted == [False] * 14
    assert same(copied(model), copied(plainly))


def test_what_somebody_else_switched_on_stays_on() -> None:
    torch.use_deterministic_algorithms(True, warn_only=True)
    try:
        with computing_alike(True, torch.device("cpu")):
            assert not torch.is_deterministic_algorithms_warn_only_enabled()
        assert torch.is_deterministic_algorithms_warn_only_enabled()
    finally:
        torch.use_deterministic_algorithms(False)


def test_an_operation_that_has_no_such_form_is_named() -> None:
    failed = failure(attempted(plan(deterministic=True), Noting(fails=True), vectors()))
    assert "“upsample_bilinear2d_backward_out_cuda” has no form that computes in the same order" in str(
        failed.message
    )


def test_devices_tell_name_memory_and_load(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.getloadavg", lambda: (1.0, 0.0, 0.0))
    monkeypatch.setattr(load, "processors", lambda: 4)
    assert main(["devices", "--json"]) == 0
    *_, last = json.loads(capsys.readouterr().out)
    assert (last["id"], last["load"]) == ("cpu", 0.25)
    assert last["name"] == devices()[-1].name
    assert last["memory_total"] > last["memory_free"] > 0
    assert main(["devices"]) == 0
    assert "25% busy" in capsys.readouterr().out
    # An accelerator is asked by the tool of its driver; one that has none tells nothing.
    monkeypatch.setattr("subprocess.run", lambda *_a, **_n: SimpleNamespace(stdout="37\n"))
    assert load.load_of(Device("cuda:1", "GPU")) == 0.37
    assert load.load_of(Device("mps", "GPU")) is None
