"""Files that were left out are named on standard error; standard output carries the events alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from studio.project.file import write
from tests.train.runs.test_train_skipped import pictures

Call = Callable[..., tuple[int, str, str]]


def test_skipped_files_are_named_on_standard_error(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "net.netwright"
    write(pictures(tmp_path / "pictures", broken=2), file)
    code, out, err = call("train", file, "--run-dir", tmp_path / "a", "--json", "--device", "cpu")
    assert code == 0
    kinds = {json.loads(line)["event"] for line in out.splitlines()}
    assert kinds == {"started", "step", "epoch", "checkpoint", "finished"}
    assert err.splitlines()[0] == "2 files of the data were skipped or changed."
    assert [line.split(",")[0] for line in err.splitlines()[1:]] == [
        "  cat/broken0.png: skipped", "  cat/broken1.png: skipped",
    ]  # fmt: skip
    code, out, err = call("train", file, "--run-dir", tmp_path / "b", "--device", "cpu", "--lang", "zh_CN")
    assert code == 0
    assert err.splitlines()[0] == "数据中有 2 个文件被跳过或更改。"
    assert "cat/broken0.png" not in out
