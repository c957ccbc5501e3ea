"""The networks that exports are tried with: one of each kind that formats differ in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType

from studio.graph import freeze
from studio.project import COMPOSITE, Choice, Composite, GraphRef, LossTerm, Plan, Project, edits
from tests.drawing import MAIN, add, chain, wire


def plan(data: str, loss: str, **loop: int | float | str) -> Plan:
    """Give a plan with quick, repeatable settings."""
    return Plan(
        data=Choice(data),
        losses=(LossTerm(Choice(loss)),),
        metrics=(),
        loop=Choice("loop", freeze({"epochs": 1, "device": "cpu", "threads": 1, **loop})),
    )


def table() -> Project:
    """Two dense layers for the wines, with normalisation and dropout."""
    project, _ = chain(
        ("input", {"shape": (13,)}),
        ("linear", {"out_features": 16}),
        ("batch_norm1d", {}),
        ("relu", {}),
        ("dropout", {}),
        ("linear", {"out_features": 3}),
        ("output", {}),
    )
    return dataclasses.replace(project, plan=plan("wine", "cross_entropy", batch_size=16))


def sentences() -> Project:
    """Embedding and LSTM over tokens."""
    project, ids = chain(
        ("input", {"shape": (16,), "dtype": "int64"}),
        ("embedding", {"num_embeddings": 200, "embedding_dim": 8}),
        ("lstm", {"hidden_size": 12, "bidirectional": True}),
    )
    project, last = add(project, "select", [(ids[2], "y")], parameters={"dim": 1, "index": -1})
    project, scores = add(project, "linear", [last], parameters={"out_features": 2})
    project, _ = add(project, "output", [scores])
    return dataclasses.replace(project, plan=plan("sentences", "cross_entropy", batch_size=32))


def pairs() -> Project:
    """Two inputs whose convolutions share their weights, and a skip."""
    project = Project()
    project, a = add(project, "input", name="a")
    project, b = add(project, "input", name="b")
    project, first = add(project, "conv2d", [a], parameters={"out_channels": 4, "stride": 2, "padding": 1})
    project, second = add(project, "conv2d", [b], parameters={"out_channels": 4, "stride": 2, "padding": 1})
    project = edits.change_node(project, MAIN, second, shares=first)
    project, difference = add(project, "subtract", [first, second], ports=("a", "b"))
    project, bent = add(project, "tanh", [difference])
    project, total = add(project, "add", [bent, difference], ports=("x", "x"))
    project, flat = add(project, "flatten", [total])
    project, score = add(project, "linear", [flat], parameters={"out_features": 1})
    project, _ = add(project, "output", [score])
    return dataclasses.replace(project, plan=plan("digit_pairs", "bce_with_logits"))


def outputs() -> Project:
    """Two outputs of different sizes, and attention."""
    project = Project()
    project, x = add(project, "input", name="x", parameters={"shape": (5, 8)})
    project, mixed = add(
        project,
        "multihead_attention",
        [x, x, x],
        ports=("query", "key", "value"),
        parameters={"num_heads": 2},
    )
    project, flat = add(project, "flatten", [mixed])
    project, scores = add(project, "linear", [flat], parameters={"out_features": 3})
    project, number = add(project, "linear", [flat], parameters={"out_features": 1})
    project, _ = add(project, "output", [scores], name="scores")
    project, _ = add(project, "output", [number], name="number")
    return project


def judged() -> Project:
    """Two outputs, each judged by a loss of its own weight, behind a skip."""
    project = Project()
    project, x = add(project, "input", parameters={"shape": (13,)})
    project, hidden = add(project, "linear", [x], parameters={"out_features": 13})
    project, bent = add(project, "gelu", [hidden])
    project, total = add(project, "add", [bent, x], ports=("x", "x"))
    project, scores = add(project, "linear", [total], parameters={"out_features": 3})
    project, again = add(project, "linear", [bent], parameters={"out_features": 3})
    project, _ = add(project, "output", [scores], name="scores")
    project, _ = add(project, "output", [again], name="again")
    found = plan("wine", "cross_entropy", batch_size=16)
    losses = (
        LossTerm(Choice("cross_entropy"), output="scores", target="target"),
        LossTerm(Choice("cross_entropy"), output="again", target="target", weight=0.25),
    )
    return dataclasses.replace(project, plan=dataclasses.replace(found, losses=losses))


def composites() -> Project:
    """A composite that is used twice, once three times in a row."""
    inner = GraphRef("composite", "Block")
    project = edits.set_composite(Project(), "Block", Composite())
    project, _ = chain(
        ("input", {"shape": (8,)}), ("linear", {"out_features": 8}), ("gelu", {}), ref=inner, project=project
    )
    project, _ = add(project, "output", ["gelu_1"], ref=inner)
    project, x = add(project, "input", parameters={"shape": (8,)})
    project, first = edits.add_node(project, MAIN, COMPOSITE, (0, 0), composite="Block")
    project = wire(project, x, first)
    project, second = edits.add_node(project, MAIN, COMPOSITE, (0, 0), composite="Block")
    project = edits.change_node(project, MAIN, second, repeat=3)
    project = wire(project, first, second)
    project, _ = add(project, "output", [second])
    return project


NETWORKS: Mapping[str, Callable[[], Project]] = MappingProxyType(
    {
        "table": table,
        "sentences": sentences,
        "pairs": pairs,
        "outputs": outputs,
        "judged": judged,
        "composites": composites,
    }
)
"""Every network by name."""
