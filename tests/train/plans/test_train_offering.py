"""What fits a plan's data and network is known from the drawing; what cannot move it is refused."""

from __future__ import annotations

import pytest

from studio.data import load
from studio.data.loading import facts_of
from studio.graph import Value
from studio.project import Choice, GraphRef, Project, edits
from studio.project.file import loads
from studio.train.plans.checking import Checker
from studio.train.plans.offering import kinds
from tests.documents import sample
from tests.drawing import MAIN, chain
from tests.train.projects import loop, wine, with_plan
from tests.ui import faulty


def tokens() -> Project:
    project, _ = chain(
        ("input", {"shape": (16,), "dtype": "int64"}),
        ("embedding", {"num_embeddings": 200, "embedding_dim": 8}),
        ("mean", {"dim": 1}),
        ("linear", {"out_features": 2}),
        ("output", {}),
    )
    return with_plan(project, data=Choice("sentences"), loop=loop())


def test_kinds_of_data_and_network() -> None:
    assert kinds(wine(), load(Choice("wine")).facts) == {"classification", "hidden matrices"}
    facts = load(Choice("sentences")).facts
    assert kinds(tokens(), facts) == {facts.task, "text", "embedding"}
    world = with_plan(wine(), data=Choice("gridworld"))
    assert kinds(world, facts_of(world.plan.data)) == {"control", "hidden matrices"}
    assert kinds(sample(), load(Choice("diabetes")).facts) >= {"regression"}


def told(project: Project, optimizer: str) -> list[tuple[str, list[tuple[str, str]]]]:
    project = with_plan(project, optimizers={"model": Choice(optimizer)})
    return [
        (problem.code, [(fix.action, fix.type) for fix in problem.fixes])
        for problem in Checker().analyse(project, MAIN).problems
        if problem.code == "wrong_optimizer"
    ]


def slowed() -> Project:
    return edits.change_node(wine(), MAIN, "linear_1", rate_factor=0.1)


@pytest.mark.parametrize(
    ("project", "optimizer", "better"),
    [
        (wine(), "muon", ""),
        (wine(), "sparse_adam", "adam"),
        (wine(), "lbfgs", ""),
        (slowed(), "lbfgs", "adam"),
        (tokens(), "sparse_adam", ""),
        (tokens(), "muon", "adamw"),
    ],
)
def test_an_optimizer_that_cannot_move_the_network_is_told_before(
    project: Project, optimizer: str, better: str
) -> None:
    expected = [("wrong_optimizer", [("optimizer", better)])] if better else []
    assert told(project, optimizer) == expected


@pytest.mark.parametrize(("optimizer", "better"), [("lbfgs", "adam"), ("adam", "")])
def test_a_factor_deep_inside_composites_without_end_is_found_at_once(optimizer: str, better: str) -> None:
    project = loads(faulty.unfolding(20))  # unfolded, the innermost block stands there 10^72 times
    assert told(project, "lbfgs") == []
    project = edits.change_node(project, GraphRef("composite", "level0"), "relu_1", rate_factor=0.5)
    assert told(project, optimizer) == ([("wrong_optimizer", [("optimizer", better)])] if better else [])


def test_the_mend_takes_the_other_optimizer() -> None:
    project = with_plan(wine(), optimizers={"model": Choice("sparse_adam")})
    problem = next(p for p in Checker().analyse(project, MAIN).problems if p.code == "wrong_optimizer")
    assert str(problem.fixes[0].label) == "Choose Adam as the optimizer"
    mended = edits.apply_fix(project, MAIN, problem.fixes[0])
    assert mended.plan.optimizers["model"].type == "adam"
    assert not [p for p in Checker().analyse(mended, MAIN).problems if p.severity == "error"]


@pytest.mark.parametrize(
    ("optimizer", "values", "said"),
    [
        (
            "sgd",
            {"nesterov": True, "momentum": 0.0},
            "Looking ahead (Nesterov) needs momentum and no dampening.",
        ),
        ("rprop", {"etas": (1.5, 1.2)}, "The first factor of Rprop must be below 1, and the second above 1."),
    ],
)
def test_values_that_do_not_go_together_are_told_before(
    optimizer: str, values: dict[str, Value], said: str
) -> None:
    project = with_plan(wine(), optimizers={"model": Choice(optimizer, values)})
    assert said in [str(problem.message) for problem in Checker().analyse(project, MAIN).problems]
