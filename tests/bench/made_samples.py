"""How good what networks make is: whether a network that knows digits reads them, how near points lie."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import torch

MANY = 400
"""So many samples are made and judged."""

SURE = 0.8
"""With this confidence a digit has to be recognised."""

KINDS = 10
"""So many different digits have to be among them."""

NEAR = 0.1
"""A point is near a real one within this distance; the fields of points are two units wide."""

READER = "cnn"
"""The template whose network judges digits, trained by its own plan with seed 0."""


def judged(run: Path) -> Mapping[str, float]:
    """Give the figures of what a run makes; nothing where it makes neither digits nor points."""
    from studio.train import opened
    from studio.train.recipe import LATEST
    from studio.train.runs.preparing import recipe_class
    from studio.train.runs.record import read_record

    plan = read_record(run).project().plan
    look = {"digits": "pictures", "field": "points"}.get(plan.data.type)
    if plan.recipe.type not in ("adversarial", "diffusion") or look is None:
        return {}
    latest = recipe_class(plan).goal == LATEST
    model, data, plan = opened(run, "last") if latest else opened(run, "best")
    made = _made(model, data, plan, look)
    if look == "points":
        real = torch.cat([part.inputs["x"] for part in (data.train, data.validation, data.test) if len(part)])
        return {"near": float((torch.cdist(made[:, :2], real).min(1).values < NEAR).float().mean())}
    return recognised(made, reader())


def recognised(made: torch.Tensor, read: torch.nn.Module) -> Mapping[str, float]:
    """Give the share of pictures that a network surely takes for a digit, 0 unless all ten are among them."""
    with torch.no_grad():
        sure, digits = read(2 * made.clamp(0, 1) - 1).softmax(1).max(1)
    kinds = len(set(digits[sure > SURE].tolist()))
    return {
        "recognised": float((sure > SURE).float().mean()) if kinds == KINDS else 0.0,
        "kinds": float(kinds),
    }


def reader() -> torch.nn.Module:
    """Train the network that recognises digits."""
    from studio import api
    from studio.cli import settings
    from studio.project.gallery import template
    from studio.train import opened

    project = settings.apply(template(READER).open(), ["plan.loop.device=cpu"])
    with tempfile.TemporaryDirectory() as folder:
        for _ in api.train(project, seed=0, run_dir=Path(folder) / "run"):
            pass
        return opened(Path(folder) / "run")[0].eval()


def _made(model: torch.nn.Module, data: object, plan: object, look: str) -> torch.Tensor:
    from studio.train.judging.evaluate import Plain, networks_in
    from studio.train.judging.interpreting import asked
    from studio.train.made import Made
    from studio.train.runs.preparing import make_recipe

    recipe = make_recipe(plan, networks_in(model, plan), data)  # type: ignore[arg-type]
    generator = torch.Generator().manual_seed(0)
    found, count = list[torch.Tensor](), 0
    with asked(model), torch.no_grad():
        recipe.prepare(data)  # type: ignore[arg-type]
        while count < MANY:
            made = recipe.make(Plain(), generator)
            some = (made,) if isinstance(made, Made) else made or ()
            values = next(one.values for one in some if one.look == look and one.values is not None)
            found.append(values)
            count += len(values)
    return torch.cat(found)[:MANY]
