"""Networks get other names and go, and everything that speaks of them follows."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest

from studio.graph import Message
from studio.project import Choice, GraphRef, History, LossTerm, Plan, Project, ProjectError, edits
from studio.project.file import dumps, loads
from studio.project.history import difference
from tests.documents import MAIN, sample

CRITIC = GraphRef("network", "critic")


def trained(project: Project, **roles: str) -> Project:
    return edits.set_plan(project, dataclasses.replace(project.plan, networks=MappingProxyType(roles)))


def test_renaming_keeps_place_graph_look_and_plan() -> None:
    before = edits.add_network(sample(), "third")
    after = edits.rename_network(before, "main", "Grün & <b>bunt</b>")
    new = GraphRef("network", "Grün & <b>bunt</b>")
    assert list(after.networks) == [new.name, "critic", "third"]
    assert after.graph(new) is before.graph(MAIN)
    assert after.layout_of(new) is before.layout_of(MAIN)
    assert MAIN not in after.layout
    assert after.graph(CRITIC) is before.graph(CRITIC)
    assert dict(after.plan.networks) == {"model": new.name}
    assert after.main() == new.name
    assert after.plan.losses == before.plan.losses
    back = edits.rename_network(after, new.name, "main")
    assert back == before
    assert dumps(loads(dumps(after))) == dumps(after)


def test_every_role_follows_a_new_name() -> None:
    project = trained(sample(), generator="critic", judge="critic", model="main")
    after = edits.rename_network(project, "critic", "art")
    assert dict(after.plan.networks) == {"generator": "art", "judge": "art", "model": "main"}


def test_a_leftover_look_of_the_new_name_is_not_taken_over() -> None:
    project = sample()
    stray = dataclasses.replace(
        project,
        layout=MappingProxyType({**project.layout, GraphRef("network", "new"): project.layout_of(CRITIC)}),
    )
    after = edits.rename_network(stray, "main", "new")
    assert after.layout_of(GraphRef("network", "new")) is project.layout_of(MAIN)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("main", "critic", "There is already a network “critic”. Choose another name."),
        ("nobody", "x", "There is no network “nobody” in this project. It has: main, critic."),
        ("main", "\udfff", "name: expected a text without broken characters"),
        ("main", "x" * 5001, "name: expected a text of at most 5000 characters"),
    ],
)
def test_names_that_cannot_be_are_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(ProjectError) as refused:
        edits.rename_network(sample(), old, new)
    assert said.lower() in str(refused.value).lower()


def test_the_same_name_is_no_edit() -> None:
    project = sample()
    assert edits.rename_network(project, "main", "main") is project


def test_removing_takes_the_look_along_and_undo_brings_all_back() -> None:
    before = sample()
    history = History(before)
    history.do(Message("Remove"), edits.remove_network(before, "critic"))
    after = history.project
    assert list(after.networks) == ["main"]
    assert CRITIC not in after.layout
    assert after.plan is before.plan  # it did not train it
    assert dumps(loads(dumps(after))) == dumps(after)
    history.undo()
    assert history.project is before


def test_a_plan_never_trains_what_is_gone_where_there_is_one_role() -> None:
    after = edits.remove_network(sample(), "main")
    assert dict(after.plan.networks) == {"model": "critic"}
    assert after.main() == "critic"
    assert dict(edits.rename_network(after, "critic", "main").plan.networks) == {"model": "main"}


def test_roles_of_several_networks_are_left_for_a_person_to_mend() -> None:
    project = trained(edits.add_network(sample(), "third"), generator="main", discriminator="critic")
    after = edits.remove_network(project, "critic")
    # Another network in its place would be trained for what it is not.
    assert dict(after.plan.networks) == {"generator": "main", "discriminator": "critic"}


def test_the_last_network_stays() -> None:
    with pytest.raises(ProjectError, match="at least one network"):
        edits.remove_network(Project(), "main")
    with pytest.raises(ProjectError, match="There is no network “nobody”"):
        edits.remove_network(sample(), "nobody")


def test_the_plan_is_told_which_network_to_train() -> None:
    project = trained(sample(), model="main", judge="main")
    after = edits.train_network(project, "critic")
    assert dict(after.plan.networks) == {"model": "critic", "judge": "main"}
    assert edits.train_network(after, "critic").plan is after.plan
    with pytest.raises(ProjectError, match="There is no network"):
        edits.train_network(project, "nobody")


def outputs(project: Project) -> list[str]:
    return [term.output for term in project.plan.losses]


def test_losses_follow_the_name_of_their_output() -> None:
    project, second = edits.add_node(sample(), MAIN, "output", (0.0, 0.0), name="second")
    terms = tuple(LossTerm(Choice("mse"), output) for output in ("y", "second", "", "other"))
    project = edits.set_plan(project, dataclasses.replace(project.plan, losses=terms))
    assert outputs(edits.rename_node(project, MAIN, "output_1", "digit")) == ["digit", "second", "", "other"]
    assert outputs(edits.rename_node(project, MAIN, second, "digit")) == ["y", "digit", "", "other"]
    assert edits.rename_node(project, MAIN, "conv2d_1", "y").plan is project.plan
    # An output of another network, or one of two of a name, is not what the losses mean.
    critic = next(node.id for node in project.graph(CRITIC).of_type("output"))
    assert edits.rename_node(project, CRITIC, critic, "y2").plan is project.plan
    twice = edits.rename_node(project, MAIN, second, "y")
    assert outputs(twice) == ["y", "y", "", "other"]
    assert outputs(edits.rename_node(twice, MAIN, second, "z")) == ["y", "y", "", "other"]


def test_an_output_without_a_name_is_not_the_only_one_of_a_loss() -> None:
    project = edits.rename_node(sample(), MAIN, "output_1", "")
    terms = (LossTerm(Choice("mse")),)
    project = edits.set_plan(project, dataclasses.replace(project.plan, losses=terms))
    assert outputs(edits.rename_node(project, MAIN, "output_1", "digit")) == [""]


def test_networks_are_put_in_another_order_and_the_trained_one_stays() -> None:
    project = dataclasses.replace(sample(), plan=Plan())
    names = list(project.networks)
    assert project.main() == names[0]
    turned = edits.order_networks(project, names[::-1])
    assert (list(turned.networks), turned.main()) == (names[::-1], names[0])
    assert difference(project, turned).graphs
    for wrong in (names[:1], [*names, names[0]], [names[0], "none"]):
        with pytest.raises(ProjectError, match="each of them once"):
            edits.order_networks(project, wrong)
