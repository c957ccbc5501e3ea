"""Code in a project from the command line and from Python: it runs where that was said, and nowhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

import studio
from studio import api
from studio.graph import NetwrightError
from studio.project import Project
from studio.project.trust import trust
from tests import drawing
from tests.cli.conftest import Call
from tests.coded import GATE, SWISH, with_code


@pytest.fixture(autouse=True)
def unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust nothing before and after each test."""
    monkeypatch.setattr(trust, "_file", tmp_path / "trusted")
    trust.forget()
    yield
    trust.forget()


def coded(gate: str = GATE) -> Project:
    project, _ = drawing.chain(
        ("input", {"shape": (1, 28, 28)}),
        ("flatten", {}),
        ("linear", {"out_features": 16}),
        ("custom.Gate", {"features": 16}),
        ("custom.swish", {}),
        ("linear", {"out_features": 10}),
        ("output", {}),
        project=with_code(Gate=gate, swish=SWISH),
    )
    return project


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "coded.netwright"
    api.save(coded(), path)
    return path


def test_without_trust_nothing_runs_and_the_way_is_told(call: Call, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    file = tmp_path / "coded.netwright"
    api.save(coded(GATE.replace("GAIN = 2.0", f"GAIN = open({str(mark)!r}, 'w')")), file)
    for command in (
        ("check", file),
        ("train", file, "--max-steps", 1, "--run-dir", tmp_path / "run"),
        ("code", file),
        ("export", file, "--format", "python", "-o", tmp_path / "out"),
    ):
        code, _, err = call(*command)
        assert code == 1, command
        assert "add --trust" in err, command
    assert not mark.exists()
    code, out, err = call("check", file, "--json")
    problems = json.loads(out)["networks"]["main"]["problems"]
    assert (code, [problem["code"] for problem in problems]) == (1, ["untrusted_code"])
    assert call("check", file, "--lang", "zh_CN")[2].strip().endswith("请加上 --trust。")


def test_with_trust_everything_works_this_once(call: Call, file: Path, tmp_path: Path) -> None:
    assert call("check", file, "--trust")[0] == 0
    code, out, _ = call("code", file, "--trust")
    assert code == 0
    assert "class Gate(nn.Module):" in out
    run = tmp_path / "run"
    assert call("train", file, "--max-steps", 3, "--run-dir", run, "--device", "cpu", "--trust")[0] == 0
    assert call("evaluate", run, "--trust")[0] == 0
    assert not trust.file.exists()
    trust.forget()  # as another process would begin
    assert call("check", file)[0] == 1
    assert call("evaluate", run)[0] == 1


@pytest.mark.parametrize("format", ["python", "safetensors", "pt", "pt2", "onnx"])
def test_every_format_leaves_with_code_and_computes_the_same(
    call: Call, file: Path, tmp_path: Path, format: str
) -> None:
    out = tmp_path / ("out" if format == "python" else f"out.{format}")
    code, said, err = call("export", file, "--format", format, "-o", out, "--json", "--trust")
    assert code == 0, err
    report = json.loads(said)
    assert report["max_difference"] <= 1e-5
    assert out.exists()


def test_the_exported_source_needs_no_netwright(call: Call, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call("export", file, "--format", "python", "-o", out, "--trust")[0] == 0
    (source,) = [path for path in out.rglob("*.py") if "class Gate" in path.read_text("utf-8")]
    script = (
        f"import sys; sys.path.insert(0, {str(source.parent)!r})\n"
        f"import torch, {source.stem} as made\n"
        "assert made.Main()(torch.zeros(2, 1, 28, 28)).shape == (2, 10)\n"
        "assert 'studio' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-I", "-c", script], check=True, timeout=60, cwd=tmp_path)


def test_the_python_door_asks_for_trust(file: Path) -> None:
    project = studio.load(file)
    with pytest.raises(NetwrightError, match="may not run yet"):
        studio.build(project)
    assert not studio.check(project).ok
    studio.trust(project)
    assert studio.build(project, seed=0)(torch.zeros(1, 1, 28, 28)).shape == (1, 10)
    assert studio.check(project).ok
