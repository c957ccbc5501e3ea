"""`netwright check` tells whether the plan fits the network: in words, to programs, and by its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import studio
from studio.project import Choice
from studio.project.file import write
from tests.drawing import CNN, chain
from tests.train.plans.test_train_checking import five_for_ten
from tests.train.projects import wine, with_plan

Call = Callable[..., tuple[int, str, str]]


def test_an_output_of_another_size_is_an_error(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "net.netwright"
    project, node = five_for_ten()
    write(project, file)
    code, out, err = call("check", file, "--json")
    assert (code, err) == (1, "")
    network = json.loads(out)["networks"]["main"]
    assert network["problems"] == [
        {
            "severity": "error",
            "code": "output_size",
            "node": node,
            "port": "",
            "parameter": "out_features",
            "message": "Cross entropy expects an output of B × 10 for this data (10 classes) and received "
            "B × 5. Set the last layer to 10 features.",
            "expected": "B × 10",
            "received": "B × 5",
            "fixes": ["Set Out features to 10"],
        }
    ]
    assert network["parameters"] == 785 * 5  # the drawing itself is right
    code, out, _ = call("check", file)
    assert code == 1
    assert "  error, fc1: Cross entropy expects" in out
    assert "    to mend it: Set Out features to 10" in out
    assert "将“输出特征”设为 10" in call("check", file, "--lang", "zh_CN")[1]
    checked = studio.check(project)
    assert not checked.ok
    assert [problem.node for problem in checked.networks["main"].problems] == [node]


def test_missing_data_is_a_warning_of_the_plan(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "net.netwright"
    write(with_plan(wine(), data=Choice("image_folder", {"folder": str(tmp_path / "gone")})), file)
    code, out, _ = call("check", file)
    assert code == 0
    assert f"  warning, training plan: There is no folder {tmp_path / 'gone'}." in out
    (problem,) = json.loads(call("check", file, "--json")[1])["networks"]["main"]["problems"]
    assert (problem["severity"], problem["node"]) == ("warning", "")


def test_what_fits_is_right(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "net.netwright"
    write(chain(*CNN)[0], file)
    code, out, _ = call("check", file, "--json")
    assert code == 0
    assert json.loads(out)["networks"]["main"]["problems"] == []
