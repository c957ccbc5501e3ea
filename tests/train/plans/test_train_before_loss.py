"""What stands before a loss is seen through blocks that keep its meaning, and in composites."""

from __future__ import annotations

import pytest

from studio.compiler.walk import Walk
from studio.graph.text import catalogue
from studio.project import COMPOSITE, Choice, Composite, GraphRef, LossTerm, Project, edits
from studio.train.plans.before_loss import _Back
from studio.train.plans.checking import Checker
from tests.drawing import MAIN, add, chain, wire
from tests.train.plans.test_train_cautions import BINARY, SIZED, Blocks, look, net
from tests.train.projects import loop, with_plan

NLL = (LossTerm(Choice("nll")),)
BCE = (LossTerm(Choice("bce")),)
HEAD = GraphRef("composite", "Head")


def headed(
    *body: Blocks | str, behind: tuple[Blocks | str, ...] = (), repeat: int = 1, deep: int = 0
) -> Project:
    """Give a network whose last block is a composite of some blocks, or one within another, some times."""
    blocks = [(block, {}) if isinstance(block, str) else block for block in body]
    project = edits.set_composite(Project(), "Head", Composite())
    project, _ = chain(("input", {"shape": (13,)}), *blocks, ("output", {}), ref=HEAD, project=project)
    last = "Head"
    for number in range(deep):
        ref = GraphRef("composite", f"Around {number}")
        project = edits.set_composite(project, ref.name, Composite())
        project, x = add(project, "input", parameters={"shape": (13,)}, ref=ref)
        project, node = edits.add_node(project, ref, COMPOSITE, (0.0, 0.0), composite=last)
        project, _ = add(wire(project, x, node, ref=ref), "output", [node], ref=ref)
        last = ref.name
    project, x = add(project, "input", parameters={"shape": (13,)})
    project, linear = add(project, "linear", [x], parameters={"out_features": 3})
    project, node = edits.add_node(project, MAIN, COMPOSITE, (0.0, 0.0), composite=last)
    project = edits.change_node(wire(project, linear, node), MAIN, node, repeat=repeat)
    for each in behind:
        kind, values = (each, {}) if isinstance(each, str) else each
        project, node = add(project, kind, [node], parameters=values)
    project, _ = add(project, "output", [node])
    return with_plan(project, data=Choice("wine"), loop=loop())


SEEN: dict[str, tuple[Project, list[tuple[str, str]]]] = {
    "scaled": (net(SIZED, "softmax", "scale"), [("softmax_twice", "softmax_1")]),
    "clamped": (net(SIZED, "softmax", "clamp"), [("softmax_twice", "softmax_1")]),
    "logarithm": (net(SIZED, "softmax", "clamp", "log"), [("softmax_twice", "softmax_1")]),
    "sigmoid": (net(SIZED, "sigmoid", "clamp", losses=BINARY), [("sigmoid_twice", "sigmoid_1")]),
    "cut": (net(SIZED, "relu", "clamp"), [("scores_clipped", "relu_1")]),
    "dropped": (
        net(SIZED, "softmax", "dropout", "scale"),
        [("dropout_last", "dropout_1"), ("softmax_twice", "softmax_1")],
    ),
    "no logarithm": (net(SIZED, "softmax", "clamp", losses=NLL), [("no_log_chances", "softmax_1")]),
    "composite": (headed(SIZED, "softmax"), [("softmax_twice", "composite_1")]),
    "repeated": (headed("softmax", repeat=3), [("softmax_twice", "composite_1")]),
    "nested": (headed(SIZED, "relu", deep=3), [("scores_clipped", "composite_1")]),
    "in and behind": (headed(SIZED, "softmax", behind=("scale",)), [("softmax_twice", "composite_1")]),
    "through": (headed("identity", "clamp", behind=("relu",)), [("scores_clipped", "relu_1")]),
    "dropping": (headed(SIZED, "dropout"), [("dropout_last", "composite_1")]),
    "chances": (headed(SIZED, "log_softmax"), []),
    "logarithm for nll": (net(SIZED, "softmax", "log", losses=NLL), []),
    "clamped chances": (net(SIZED, "clamp", losses=BCE), []),
    "tanh as a share": (net(SIZED, "tanh", ("scale", {"factor": 0.5, "offset": 0.5}), losses=BCE), []),
    "soft cap": (net(SIZED, "tanh", ("scale", {"factor": 30.0})), []),
    "scores": (headed(SIZED, behind=("scale",)), []),
}


@pytest.mark.parametrize("name", SEEN)
def test_the_block_is_found_and_told_at_its_place(name: str) -> None:
    project, told = SEEN[name]
    found = look(project)
    assert [(one.code, one.node) for one in found] == told
    for one in found:
        assert one.severity == "warning"
        assert one.message.template in catalogue("zh_CN")
        inside = one.node.startswith("composite")
        assert str(one.message).startswith("Inside “Head”, at “") is inside
        for fix in one.fixes:
            mended = edits.apply_fix(project, MAIN, fix)
            assert one.code not in [other.code for other in look(mended)]
        assert inside or one.fixes or one.code == "no_log_chances"


def test_what_leads_through_a_composite_is_followed_behind_it() -> None:
    project = headed("identity", "clamp", deep=2)
    (linear,) = project.graph(MAIN).of_type("linear")
    assert look(project) == []
    project, soft = edits.add_node(project, MAIN, "softmax", (0.0, 0.0))
    graph = project.graph(MAIN)
    (old,) = graph.out_of(linear.id)
    project = edits.disconnect(project, MAIN, [old])
    project = wire(wire(project, linear.id, soft), soft, old.target.node)
    (problem,) = look(project)
    assert (problem.code, problem.node) == ("softmax_twice", soft)


def test_composites_that_double_without_end_are_looked_at_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    project = edits.set_composite(Project(), "c0", Composite())
    ref = GraphRef("composite", "c0")
    project, _ = chain(
        ("input", {"shape": (13,)}), ("identity", {}), ("output", {}), ref=ref, project=project
    )
    for level in range(1, 12):
        ref = GraphRef("composite", f"c{level}")
        project = edits.set_composite(project, ref.name, Composite())
        project, last = add(project, "input", parameters={"shape": (13,)}, ref=ref)
        for _ in range(2):
            project, node = edits.add_node(project, ref, COMPOSITE, (0.0, 0.0), composite=f"c{level - 1}")
            project, last = wire(project, last, node, ref=ref), node
        project, _ = add(project, "output", [last], ref=ref)
    project, x = add(project, "input", parameters={"shape": (13,)})
    project, soft = add(project, "softmax", [x])
    project, node = edits.add_node(project, MAIN, COMPOSITE, (0.0, 0.0), composite="c11")
    project, out = add(wire(project, soft, node), "output", [node])
    walk = Checker().analyse(project, MAIN).walk
    assert walk is not None
    looked: list[str] = []
    look_at = _Back._look

    def counted(back: _Back, walk: Walk, output: str) -> object:
        looked.append(walk.ref.name)
        return look_at(back, walk, output)

    monkeypatch.setattr(_Back, "_look", counted)
    found = _Back().before(walk, out)
    assert [one.node.id for one in found.last] == [soft]
    assert sorted(looked) == sorted(["main", *(f"c{level}" for level in range(12))])
