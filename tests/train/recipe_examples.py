"""A tiny plan with its networks and data for each recipe, as projects that a person could draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch

from studio.graph import Value
from studio.project import Choice, GraphRef, LossTerm, Plan, Project, edits
from tests.drawing import add, chain, wire

Blocks = tuple[tuple[str, Mapping[str, Value]], ...]


def drawn(*networks: tuple[str, Blocks]) -> Project:
    """Draw networks, each a chain of blocks; the first one stands in place of `main`."""
    project = Project(networks=MappingProxyType({}))
    for name, blocks in networks:
        project = edits.add_network(project, name)
        project, _ = chain(*blocks, ref=GraphRef("network", name), project=project)
    return project


def planned(
    project: Project,
    recipe: str,
    roles: Mapping[str, str],
    values: Mapping[str, Value] | None = None,
    data: Choice | None = None,
    lr: float = 0.01,
    **loop: Value,
) -> Project:
    """Give a project a plan: Adam for every role, three short epochs."""
    plan = Plan(
        recipe=Choice(recipe, values or {}),
        networks=MappingProxyType(dict(roles)),
        data=data or Choice("digits"),
        losses=(),
        optimizers=MappingProxyType({role: Choice("adam", {"lr": lr}) for role in roles}),
        metrics=(),
        loop=Choice("loop", {"epochs": 3, "batch_size": 16, "threads": 1, "device": "cpu", **loop}),
    )
    return edits.set_plan(project, plan)


def linear(features: int) -> tuple[str, dict[str, Value]]:
    return "linear", {"out_features": features}


def entry(*shape: int, dtype: str = "float32", open: str = "") -> tuple[str, dict[str, Value]]:
    return "input", {"shape": shape, "dtype": dtype, "open": open}


OUT: tuple[str, dict[str, Value]] = ("output", {})


# -- data --------------------------------------------------------------------------------------------------


def ring(folder: Path, count: int = 80) -> Choice:
    """Points on a circle, of two classes: the upper and the lower half."""
    turn = torch.rand(count, generator=torch.Generator().manual_seed(5)) * 2 * torch.pi
    points = torch.stack([turn.cos(), turn.sin()], 1)
    return arrays(folder, x=points, target=(turn > torch.pi).long())


def arrays(folder: Path, **values: torch.Tensor) -> Choice:
    """Write arrays to a file and give the data source that reads it."""
    path = folder / "data.npz"
    np.savez(path, **{name: value.numpy() for name, value in values.items()})  # type: ignore[arg-type]
    return Choice("arrays", {"folder": str(path), "validation": 0.2, "test": 0.2})


# -- a project for each recipe ------------------------------------------------------------------------------


def supervised(folder: Path) -> Project:
    project = drawn(("main", (entry(2), linear(8), ("dropout", {}), ("relu", {}), linear(2), OUT)))
    project = planned(project, "supervised", {"model": "main"}, data=ring(folder))
    return edits.set_plan(project, replace(project.plan, losses=(LossTerm(Choice("cross_entropy")),)))


def adversarial(folder: Path) -> Project:
    project = drawn(
        ("maker", (entry(4), linear(16), ("relu", {}), linear(2), OUT)),
        ("judge", (entry(2), linear(16), ("leaky_relu", {}), ("dropout", {}), linear(1), OUT)),
    )
    roles = {"generator": "maker", "discriminator": "judge"}
    return planned(project, "adversarial", roles, {"critic_steps": 2, "smoothing": 0.1}, data=ring(folder))


def eps(name: str = "main", *, dtype: str = "int64", classes: int = 0, size: int = 2) -> Project:
    """Draw a network that takes points, a time and perhaps a class, and says a point."""
    project = edits.add_network(Project(networks=MappingProxyType({})), name)
    ref = GraphRef("network", name)
    project, x = add(project, "input", parameters={"shape": (size,)}, ref=ref, name="x")
    project, t = add(project, "input", parameters={"shape": (), "dtype": dtype}, ref=ref, name="t")
    project, waves = add(project, "time_embedding", [t], parameters={"features": 8, "base": 50.0}, ref=ref)
    feeding = [x, waves]
    if classes:
        given: dict[str, Value] = {"shape": (), "dtype": "int64"}
        project, label = add(project, "input", parameters=given, ref=ref, name="label")
        table: dict[str, Value] = {"num_embeddings": classes, "embedding_dim": 4}
        project, told = add(project, "embedding", [label], parameters=table, ref=ref)
        feeding.append(told)
    project, joined = add(project, "concat", ref=ref)
    for node in feeding:
        project = wire(project, node, joined, ref=ref)
    for _ in range(2):
        project, joined = add(project, "linear", [joined], parameters={"out_features": 32}, ref=ref)
        project, joined = add(project, "silu", [joined], ref=ref)
    project, said = add(project, "linear", [joined], parameters={"out_features": size}, ref=ref)
    return add(project, "output", [said], ref=ref)[0]


def diffusion(folder: Path) -> Project:
    values: dict[str, Value] = {"times": 20, "steps": 5, "eta": 0.5}
    return planned(eps(classes=3), "diffusion", {"model": "main"}, values, data=ring(folder))


WORDS = "the quick brown fox jumps over a lazy dog. " * 45


def written(folder: Path, text: str = WORDS, length: int = 12) -> Choice:
    """Write a text and give the source of its windows."""
    (folder / "text.txt").write_text(text, "utf-8")
    values: dict[str, Value] = {"folder": str(folder / "text.txt"), "length": length, "stride": length}
    return Choice("text", {**values, "validation": 0.1, "test": 0.1})


def language_model(folder: Path) -> Project:
    blocks: Blocks = (
        entry(12, dtype="int64", open="T"),
        ("embedding", {"num_embeddings": 40, "embedding_dim": 12}),
        ("gru", {"hidden_size": 24}),
        ("dropout", {"p": 0.1}),
        linear(40),
        OUT,
    )
    values: dict[str, Value] = {"prompt": "the ", "length": 20}
    project = drawn(("main", blocks))
    return planned(project, "language_model", {"model": "main"}, values, data=written(folder))


def reader_and_writer(letters: int = 30, read: int = 8, answer: int = 12) -> Project:
    """Draw a network that reads one row of tokens, and writes another with an eye on it."""
    project = Project()
    given: dict[str, Value] = {"num_embeddings": letters, "embedding_dim": 16}

    def tokens(project: Project, name: str, length: int) -> tuple[Project, str]:
        shape: dict[str, Value] = {"shape": (length,), "dtype": "int64"}
        project, x = add(project, "input", parameters=shape, name=name)
        return add(project, "embedding", [x], parameters=given)

    project, source = tokens(project, "source", read)
    project, source = add(project, "gru", [source], parameters={"hidden_size": 16, "bidirectional": True})
    project, written = tokens(project, "written", answer)
    project, written = add(project, "gru", [written], parameters={"hidden_size": 16})
    project, looked = add(
        project, "multihead_attention", [written, source, source], ports=("query", "key", "value")
    )
    project, joined = add(project, "concat", parameters={"dim": -1})
    for node in (looked, written):
        project = wire(project, node, joined)
    project, scores = add(project, "linear", [joined], parameters={"out_features": letters})
    return add(project, "output", [scores])[0]


def translation(folder: Path) -> Project:
    data = Choice("pairs", {"count": 200, "validation": 0.1, "test": 0.1})
    return planned(reader_and_writer(), "translation", {"model": "main"}, data=data)


def world(**values: Value) -> Choice:
    return Choice(
        "gridworld", {"size": 3, "limit": 12, "steps": 48, "check_episodes": 3, "test_episodes": 4, **values}
    )


def dqn(folder: Path) -> Project:
    project = drawn(("main", (entry(9), linear(16), ("relu", {}), linear(4), OUT)))
    values: dict[str, Value] = {"warm_up": 10, "memory": 60, "epsilon_steps": 60}
    return planned(project, "dqn", {"q": "main"}, values, data=world())


def ppo(folder: Path) -> Project:
    body: Blocks = (entry(9), linear(16), ("tanh", {}))
    project = drawn(("actor", (*body, linear(4), OUT)), ("critic", (*body, linear(1), OUT)))
    values: dict[str, Value] = {"environments": 2, "horizon": 12, "passes": 2}
    roles = {"policy": "actor", "value": "critic"}
    return planned(project, "ppo", roles, values, data=world())


def variational(project: Project, name: str = "writer") -> Project:
    """Draw an encoder of points that gives a mean and a log_variance."""
    project = edits.add_network(project, name)
    ref = GraphRef("network", name)
    project, x = add(project, "input", parameters={"shape": (2,)}, ref=ref)
    project, body = add(project, "linear", [x], parameters={"out_features": 16}, ref=ref)
    project, bent = add(project, "tanh", [body], ref=ref)
    for output in ("mean", "log_variance"):
        project, part = add(project, "linear", [bent], parameters={"out_features": 2}, ref=ref)
        project, _ = add(project, "output", [part], name=output, ref=ref)
    return project


def autoencoder(folder: Path) -> Project:
    project = variational(drawn(("reader", (entry(2), linear(16), ("tanh", {}), linear(2), OUT))))
    roles = {"encoder": "writer", "decoder": "reader"}
    return planned(project, "autoencoder", roles, {"kind": "variational"}, data=ring(folder))


def siamese(folder: Path) -> Project:
    project = drawn(("main", (entry(2), linear(16), ("relu", {}), ("dropout", {}), linear(3), OUT)))
    return planned(project, "siamese", {"model": "main"}, {"loss": "triplet"}, data=ring(folder))


EXAMPLES: Mapping[str, Callable[[Path], Project]] = {
    "supervised": supervised,
    "adversarial": adversarial,
    "diffusion": diffusion,
    "language_model": language_model,
    "autoencoder": autoencoder,
    "siamese": siamese,
    "translation": translation,
    "dqn": dqn,
    "ppo": ppo,
}
"""Type of a recipe to a project that is trained by it; its data is written to a folder."""
