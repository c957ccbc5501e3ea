"""Numbers, tables and texts that stay on the disk teach the same as those in the memory, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from studio.data import cached, loading
from studio.data import memory as memory_module
from studio.data.memory import Memory
from studio.project import Choice, LossTerm, Project, edits
from tests.train.loop.test_train_streaming_recipes import found, require_same
from tests.train.recipe_examples import OUT, drawn, entry, language_model, linear, planned, supervised


def of_table(folder: Path) -> Project:
    chance = torch.Generator().manual_seed(0)
    rows = torch.randn(200, 3, generator=chance).tolist()
    lines = [f"{a:.4f},{b:.4f},{'xyz'[n % 3]},{c:.3f}" for n, (a, b, c) in enumerate(rows)]
    (folder / "t.csv").write_text("\n".join(["a,b,kind,price", *lines]), "utf-8")
    data = Choice("table", {"folder": str(folder / "t.csv"), "target": "price"})
    project = drawn(("main", (entry(5), linear(8), ("dropout", {}), ("relu", {}), linear(1), OUT)))
    project = planned(project, "supervised", {"model": "main"}, data=data)
    return edits.set_plan(project, replace(project.plan, losses=(LossTerm(Choice("mse")),)))


@pytest.mark.parametrize(("make", "workers"), [(supervised, 0), (of_table, 2), (language_model, 0)])
def test_what_stays_on_the_disk_teaches_the_same(
    make: Callable[[Path], Project], workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make(tmp_path)
    held = found(project, epochs=2)
    loading._cache.clear()
    monkeypatch.setattr(cached, "folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(memory_module, "memory", lambda: Memory(10**9, 3000))
    require_same(held, found(project, epochs=2, workers=workers))
