"""Two projects are compared place by place: every kind of difference is found, once, and said in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from studio import api
from studio.graph import Endpoint, Wire
from studio.graph.text import translator
from studio.project import Choice, Composite, CompositeParameter, GraphRef, LossTerm, Project, edits
from studio.project.comparing import compare, side_by_side, tints
from studio.project.settings import apply, every_setting, written
from tests.drawing import MAIN


@pytest.fixture(scope="module")
def project() -> Project:
    return api.new("cnn")


def words(before: Project, after: Project) -> list[str]:
    return [str(one.words()) for one in compare(before, after)]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("networks.main.conv1.out_channels=8", "conv1 · Out channels 32 → 8"),
        ("networks.main.conv1.kernel_size=3,5", "conv1 · Kernel size 3 → 3 × 5"),
        ("networks.main.conv1.bias=no", "conv1 · Bias yes → no"),
        ("plan.loop.epochs=9", "Training · Epochs {old} → 9"),
        ("plan.loop.clip_norm=0.5", "Training · Gradient clipping – → 0.5"),
        ("plan.optimizers.model.lr=0.25", "Optimizer · Learning rate {old} → 0.25"),
        ("plan.optimizers.model=adamw", "Optimizer Adam → AdamW"),
        ("plan.schedules.model=step_lr", "Schedule Constant → Steps down"),
        ("plan.losses.0.label_smoothing=0.1", "Loss · Label smoothing 0 → 0.1"),
        ("plan.data.validation=0.25", "Data · Validation {old} → 0.25"),
    ],
)
def test_whatever_is_set_is_said_with_both_values(project: Project, setting: str, said: str) -> None:
    changed = apply(project, [setting])
    (found,) = words(project, changed)
    there = {one.path: one.value for one in every_setting(project)}
    assert found == said.replace("{old}", written(there[setting.partition("=")[0]]))
    (back,) = compare(changed, project)
    (way,) = compare(project, changed)
    assert (back.before, back.after, back.key) == (way.after, way.before, way.key)


def test_every_setting_that_is_changed_is_one_difference_and_none_where_it_is_set_to_what_it_was(
    project: Project,
) -> None:
    for one in every_setting(project):
        if one.parameter is not None:
            assert words(project, apply(project, [f"{one.path}={written(one.value)}"])) == [], one.path
        for option in one.options[:6]:
            if option != one.value:
                found = compare(project, apply(project, [f"{one.path}={option}"]))
                kept = [d for d in found if len(d.key) == 3 or d.key[-1] == "type"]
                assert len(kept) == 1, (one.path, option)


def _removed(p: Project) -> Project:
    return edits.remove_nodes(p, MAIN, ["flatten_1"])


def _added(p: Project) -> Project:
    return edits.add_node(p, MAIN, "dropout", (0, 0), name="drop")[0]


def _rewired(p: Project) -> Project:
    graph = p.graph(MAIN)
    wire = next(iter(sorted(graph.wires)))
    return p.with_graph(MAIN, dataclasses.replace(graph, wires=graph.wires - {wire}))


def _switched(p: Project) -> Project:
    graph = p.graph(MAIN)
    wire = sorted(graph.wires)[0]
    off = dataclasses.replace(wire, enabled=False)
    return p.with_graph(MAIN, dataclasses.replace(graph, wires=graph.wires - {wire} | {off}))


def _frozen(p: Project) -> Project:
    graph = p.graph(MAIN)
    node = dataclasses.replace(graph.nodes["conv2d_1"], frozen=True, name="first", rate_factor=0.5)
    return p.with_graph(
        MAIN, graph.of([node if one.id == node.id else one for one in graph.nodes.values()], graph.wires)
    )


@pytest.mark.parametrize(
    ("edit", "said", "tinted"),
    [
        (_removed, ["flatten removed"], {"flatten_1": "removed"}),
        (_added, ["drop added"], {"dropout_1": "added"}),
        (_rewired, ["Wire conv1 – relu1 removed"], {"relu_1": "changed"}),
        (_switched, ["Wire conv1 – relu1 changed"], {"relu_1": "changed"}),
        (
            _frozen,
            ["first · Name conv1 → first", "first · Frozen no → yes", "first · Learning rate factor 1 → 0.5"],
            {"conv2d_1": "changed"},
        ),
        (lambda p: edits.move_nodes(p, MAIN, {"conv2d_1": (900.0, 900.0)}), [], {}),
    ],
)
def test_what_was_drawn_otherwise(
    project: Project, edit: Callable[[Project], Project], said: list[str], tinted: dict[str, str]
) -> None:
    after = edit(project)
    assert words(project, after) == said
    assert tints(compare(project, after), MAIN) == tinted
    assert tints(compare(project, after), GraphRef("composite", "none")) == {}


def test_composites_networks_code_losses_and_metrics(project: Project) -> None:
    block = Composite(parameters=(CompositeParameter("d", "int", 8),))
    with_block = edits.set_composite(project, "Block", block)
    wider = edits.set_composite(
        with_block, "Block", Composite(parameters=(CompositeParameter("d", "int", 9),))
    )
    assert words(project, with_block) == ["Composite “Block” added"]
    assert words(with_block, wider) == ["Block · d 8 → 9"]
    assert words(project, edits.add_network(project, "second")) == ["Network “second” added"]
    coded = dataclasses.replace(project, custom={"mine": "def mine(x):\n    return x\n"})
    assert words(coded, project) == ["Code of “mine” removed"]
    plan = dataclasses.replace(
        project.plan,
        losses=(*project.plan.losses, LossTerm(Choice("mse"), weight=0.5)),
        metrics=(),
    )
    after = dataclasses.replace(project, plan=plan)
    assert words(project, after) == ["Loss · 1 – → Mean squared error", "Metric · Accuracy removed"]
    heavier = dataclasses.replace(
        plan, losses=(project.plan.losses[0], dataclasses.replace(plan.losses[1], weight=2.0))
    )
    assert words(after, dataclasses.replace(project, plan=heavier)) == ["Loss · 1 · Weight 0.5 → 2"]


def test_several_projects_stand_side_by_side(project: Project) -> None:
    wide = apply(project, ["networks.main.conv1.out_channels=8"])
    other = _added(apply(wide, ["plan.optimizers.model.lr=0.5"]))
    rows = side_by_side([project, wide, other])
    assert [(str(row.what), tuple(map(str, row.cells))) for row in rows] == [
        ("conv1 · Out channels", ("32", "8", "8")),
        ("drop", ("–", "–", "yes")),
        ("Optimizer · Learning rate", ("0.001", "0.001", "0.5")),
    ]
    assert side_by_side([project]) == side_by_side([]) == ()


def test_it_is_said_in_chinese_too(project: Project) -> None:
    (one,) = compare(project, apply(project, ["networks.main.conv1.bias=no"]))
    assert one.words().render(translator("zh_CN")) == "conv1 · 偏置 是 → 否"
    assert Wire(Endpoint("a", "y"), Endpoint("b", "x")).enabled
