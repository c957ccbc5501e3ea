"""A checker that followed every edit says what a fresh one says, and a long network costs it no more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.graph import Value
from studio.project import Choice, LossTerm, Project, edits
from studio.train.plans import cautions
from studio.train.plans.checking import Checker
from tests.drawing import MAIN, chain
from tests.speed import quickest
from tests.train.projects import loop, with_plan

NORMED, _ = chain(
    ("input", {"shape": (13,)}),
    ("linear", {"out_features": 8}),
    ("batch_norm1d", {}),
    ("relu", {}),
    ("linear", {"out_features": 3}),
    ("output", {}),
)

CUT, _ = chain(
    ("input", {"shape": (13,)}),
    ("linear", {"out_features": 8}),
    ("reshape", {"shape": (1, 8)}),
    ("linear", {"out_features": 8}),
    ("argmax", {"dim": -1}),
    ("embedding", {"num_embeddings": 8}),
    ("flatten", {}),
    ("linear", {"out_features": 3}),
    ("output", {}),
)


@st.composite
def edit(draw: st.DrawFn, project: Project) -> Project:
    """Edit the network or the plan at random."""
    nodes = project.graph(MAIN).nodes
    node = draw(st.sampled_from(list(nodes)))
    match draw(st.sampled_from(["width"] * 6 + ["end", "freeze", "bypass", "batch", "optimizer", "loss"])):
        case "width":
            width = draw(st.sampled_from([8, 2**22]))
            return edits.set_parameters(project, MAIN, "linear_1", {"out_features": width})
        case "end":
            return edits.set_parameters(project, MAIN, node, {"out_features": draw(st.sampled_from([3, 4]))})
        case "freeze":
            return edits.change_node(project, MAIN, node, frozen=not nodes[node].frozen)
        case "bypass":
            return edits.change_node(project, MAIN, node, bypassed=not nodes[node].bypassed)
        case "batch":
            return with_plan(project, loop=loop(batch_size=draw(st.sampled_from([1, 2**12]))))
        case "optimizer":
            kind = draw(st.sampled_from(["adam", "sgd", "lbfgs", "muon", "adafactor"]))
            return with_plan(project, optimizers={"model": Choice(kind)})
        case _:
            kind = draw(st.sampled_from(["cross_entropy", "nll"]))
            return with_plan(project, losses=(LossTerm(Choice(kind)),))


@settings(deadline=None, max_examples=40)
@given(st.data(), st.sampled_from([NORMED, CUT]))
def test_following_edits_tells_of_the_plan_what_a_fresh_look_tells(
    data: st.DataObject, start: Project
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cautions, "_memory", lambda _device: 2**32)
        checker, project = Checker(), with_plan(start, data=Choice("wine"), loop=loop(batch_size=2**12))
        for _ in range(data.draw(st.integers(1, 8))):
            project = data.draw(edit(project))
            assert checker.analyse(project, MAIN) == Checker().analyse(project, MAIN)


def test_an_edit_at_the_end_of_a_long_network_costs_what_it_costs_in_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cautions, "_memory", lambda _device: 2**60)

    def seconds(count: int) -> float:
        body: list[tuple[str, Mapping[str, Value]]] = [
            ("linear", {"out_features": 2**14}),
            ("batch_norm1d", {}),
            ("relu", {}),
        ] * count
        last: tuple[str, Mapping[str, Value]] = ("linear", {"out_features": 3})
        project, ids = chain(("input", {"shape": (13,)}), *body, last, ("output", {}))
        project = with_plan(project, data=Choice("wine"))
        checker, edited = Checker(), edits.set_parameters(project, MAIN, ids[-2], {"bias": False})
        for known in (edited, project):  # what a block gives and costs is known from then on
            checker.analyse(known, MAIN)
        return quickest(lambda: (checker.analyse(edited, MAIN), checker.analyse(project, MAIN)), tries=30)

    assert seconds(200) < 3 * seconds(10)  # a look at every block would take twenty times as long
