"""Recipes and their roles: which network plays which, and what is kept when another recipe is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from studio.blocks import block, input_port, output_port
from studio.blocks.declare import registered, restore
from studio.blocks.recipes import Network, Told
from studio.graph import Graph
from studio.project import Choice, GraphRef, Project, ProjectError, edits
from studio.project.file import dumps, loads
from studio.project.roles import bind, goes_by, optimizer_of, role_title, roles_of, use_recipe

CONTEST = Choice("contest")


@pytest.fixture(autouse=True)
def contest() -> Iterator[None]:
    before = registered()

    @block("nothing.Contest", type="contest", group="recipe", role="recipe")
    class Contest:
        """Two networks against each other."""

        forger: Network = input_port("Makes.")
        art_critic: Network = input_port("Judges.")
        metrics: Told = output_port("Those of the plan.")

    yield
    restore(before)


def project(*names: str) -> Project:
    made = edits.rename_network(Project().with_graph(GraphRef("network", "main"), Graph()), "main", names[0])
    for name in names[1:]:
        made = edits.add_network(made, name)
    return made


def test_roles_are_the_inputs_of_a_recipe() -> None:
    assert [port.name for port in roles_of(CONTEST)] == ["forger", "art_critic"]
    assert role_title("art_critic").template == "Art critic"
    assert [port.name for port in roles_of(Choice("supervised"))] == ["model"]
    assert roles_of(Choice("of another version")) == ()


def test_a_recipe_says_which_parts_of_the_plan_it_goes_by() -> None:
    assert goes_by(Choice("supervised"), "losses")
    assert goes_by(Choice("supervised"), "metrics")
    assert not goes_by(CONTEST, "losses")
    assert goes_by(CONTEST, "metrics")
    assert goes_by(Choice("of another version"), "losses")


def test_networks_take_the_roles_they_are_named_after_and_the_others_what_is_left() -> None:
    assert dict(use_recipe(project("main", "the art critic"), CONTEST).plan.networks) == {
        "forger": "main",
        "art_critic": "the art critic",
    }
    assert dict(use_recipe(project("one"), CONTEST).plan.networks) == {"forger": "one"}


def test_another_value_of_a_recipe_binds_nothing_anew() -> None:
    bound = bind(use_recipe(project("a", "b"), CONTEST), "forger", "b")
    assert dict(bound.plan.networks) == {"forger": "b", "art_critic": "b"}
    assert use_recipe(bound, Choice("contest", {})) == bound


def test_going_back_finds_what_was_set() -> None:
    before = edits.set_optimizer(project("a", "b"), "model", Choice("sgd"))
    after = use_recipe(use_recipe(before, CONTEST), Choice("supervised"))
    assert after.plan == before.plan
    assert optimizer_of(use_recipe(before, CONTEST).plan, "forger") == Choice("sgd")


def test_binding_keeps_the_order_of_the_recipe_and_refuses_what_is_not_there() -> None:
    made = use_recipe(project("a", "b", "c"), CONTEST)
    bound = bind(bind(made, "art_critic", "c"), "forger", "b")
    assert list(bound.plan.networks.items()) == [("forger", "b"), ("art_critic", "c")]
    with pytest.raises(ProjectError):
        bind(made, "forger", "nobody")


def test_roles_stand_in_the_order_of_the_recipe_before_and_after_a_file() -> None:
    made = project("a", "b")
    plan = replace(made.plan, recipe=CONTEST, networks={"art_critic": "b", "forger": "a"})
    made = edits.set_plan(made, plan)
    for each in (made, loads(dumps(made))):
        assert list(each.plan.networks.items()) == [("forger", "a"), ("art_critic", "b")]
        assert each.main() == "a"
