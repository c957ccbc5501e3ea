"""Edits and history: each edit does what its name says and nothing else, and every step can be undone."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from types import MappingProxyType

import pytest

from studio.blocks import ParameterError
from studio.graph import Endpoint, Graph, Message, Node, Wire, freeze
from studio.project import (
    Change,
    Choice,
    Composite,
    CompositeParameter,
    Fix,
    GraphRef,
    History,
    Plan,
    Project,
    ProjectError,
    block_of,
    difference,
    edits,
)
from studio.project.document import inside
from studio.project.file import dumps
from tests.documents import MAIN, sample, slow_difference
from tests.speed import quickest

BLOCK = GraphRef("composite", "Block")


def drawn(*kinds: str) -> Project:
    """Draw blocks one behind the other, and an Add behind them."""
    project, last = Project(), ""
    for kind in kinds:
        project, node = edits.add_node(project, MAIN, kind, (0, 0))
        if last:
            project = edits.connect(project, MAIN, Endpoint(last, "y"), Endpoint(node, "x"))
        last = node
    return project


def ends(project: Project, ref: GraphRef = MAIN) -> list[tuple[str, str, int]]:
    return sorted((wire.source.node, wire.target.node, wire.index) for wire in project.graph(ref).wires)


# -- nodes ---------------------------------------------------------------------------------------------


def test_names_and_ids_are_fresh() -> None:
    project = Project()
    for kind in ("input", "conv2d", "conv2d", "linear", "output", "input", "from_the_future"):
        project, _node = edits.add_node(project, MAIN, kind, (0, 0))
    assert [(node.id, node.name) for node in project.graph(MAIN).nodes.values()] == [
        ("input_1", "x"),
        ("conv2d_1", "conv1"),
        ("conv2d_2", "conv2"),
        ("linear_1", "fc1"),
        ("output_1", "y"),
        ("input_2", "x1"),
        ("from_the_future_1", "from_the_future1"),
    ]


def test_an_id_with_a_huge_number_is_not_given_twice() -> None:
    nodes = [Node(f"relu_{number}", "relu", "") for number in (99_999_999, 100_000_000, 10**30)]
    project = Project().with_graph(MAIN, Graph.of(nodes))
    for _ in range(2):
        project, node = edits.add_node(project, MAIN, "relu", (0, 0))
        assert node not in {known.id for known in nodes}
    assert len(project.graph(MAIN)) == 5
    project, ids = edits.duplicate_nodes(project, MAIN, list(project.graph(MAIN).nodes))
    assert len(set(ids)) == 5
    assert len(project.graph(MAIN)) == 10


def test_removing_takes_wires_looks_and_shares_along() -> None:
    project = edits.remove_nodes(sample(), MAIN, ["relu_1", "linear_1", "nobody"])
    graph, layout = project.graph(MAIN), project.layout_of(MAIN)
    assert "relu_1" not in graph.nodes
    assert graph.nodes["linear_2"].shares == ""
    assert all(
        {wire.source.node, wire.target.node}.isdisjoint({"relu_1", "linear_1"}) for wire in graph.wires
    )
    assert "relu_1" not in layout.positions
    assert layout.reroutes == {}
    assert layout.collapsed == frozenset()
    assert layout.pinned == {"add_1", "conv2d_1"}


def test_removing_closes_the_gap_at_an_input_of_several_wires() -> None:
    project = drawn("input", "relu")
    project, tanh = edits.add_node(project, MAIN, "tanh", (0, 0))
    project, joined = edits.add_node(project, MAIN, "concat", (0, 0))
    for source in ("relu_1", tanh, "input_1"):
        project = edits.connect(project, MAIN, Endpoint(source, "y"), Endpoint(joined, "x"))
    bent = next(wire for wire in project.graph(MAIN).wires if wire.index == 2)
    layout = dataclasses.replace(project.layout_of(MAIN), reroutes=MappingProxyType({bent: ((8.0, 8.0),)}))
    project = project.with_layout(MAIN, layout)
    for removed in (
        edits.remove_nodes(project, MAIN, [tanh]),
        edits.disconnect(project, MAIN, [w for w in project.graph(MAIN).wires if w.source.node == tanh]),
    ):
        into = removed.graph(MAIN).into(joined)
        assert [(wire.source.node, wire.index) for wire in into] == [("relu_1", 0), ("input_1", 1)]
        assert removed.layout_of(MAIN).reroutes == {into[1]: ((8.0, 8.0),)}, "the bend stays with its wire"


def test_rejoining_keeps_the_neighbours_joined() -> None:
    project = drawn("input", "relu", "tanh", "output")
    for gone, left in (
        (["relu_1"], [("input_1", "tanh_1", 0), ("tanh_1", "output_1", 0)]),
        (["tanh_1", "relu_1"], [("input_1", "output_1", 0)]),
        (["input_1"], [("relu_1", "tanh_1", 0), ("tanh_1", "output_1", 0)]),
    ):
        assert ends(edits.remove_nodes(project, MAIN, gone, rejoin=True)) == left


def test_renaming_a_port_of_a_composite_keeps_its_wires() -> None:
    project = edits.rename_node(sample(), BLOCK, "input_1", "image")
    (into,) = project.graph(MAIN).into("composite_1")
    assert into.target.port == "image"
    assert (
        block_of(project, project.graph(MAIN), project.graph(MAIN).nodes["composite_1"]).inputs[0].name
        == "image"
    )
    project = edits.rename_node(project, BLOCK, "output_1", "result")
    assert {wire.source.port for wire in project.graph(MAIN).out_of("composite_1")} == {"result"}
    assert edits.rename_node(sample(), MAIN, "input_1", "image").composites == sample().composites


def test_the_bends_of_a_wire_follow_a_renamed_port() -> None:
    project = sample()
    (into,) = project.graph(MAIN).into("composite_1")
    layout = dataclasses.replace(project.layout_of(MAIN), reroutes=MappingProxyType({into: ((8.0, 8.0),)}))
    project = edits.rename_node(project.with_layout(MAIN, layout), BLOCK, "input_1", "image")
    assert list(project.layout_of(MAIN).reroutes) == project.graph(MAIN).into("composite_1")


def test_two_ports_of_one_name_are_refused() -> None:
    project, second = edits.add_node(sample(), BLOCK, "input", (0, 0))
    with pytest.raises(ProjectError, match="Another port is called “x”"):
        edits.rename_node(project, BLOCK, second, "x")
    with pytest.raises(ProjectError, match="Another port is called “x”"):
        edits.add_node(project, BLOCK, "input", (0, 0), name="x")
    assert edits.rename_node(project, BLOCK, second, "x1") == project
    renamed = edits.rename_node(sample(), BLOCK, "output_1", "x")  # an output can be called as an input is
    assert [node.name for node in renamed.graph(BLOCK).of_type("output")] == ["x"]


def test_copies_share_weights_with_copies() -> None:
    project, ids = edits.duplicate_nodes(sample(), MAIN, ["linear_2", "linear_1"])
    assert ids == ["linear_3", "linear_4"]
    assert project.graph(MAIN).nodes["linear_4"].shares == "linear_3"
    project, (alone,) = edits.duplicate_nodes(sample(), MAIN, ["linear_2"])
    assert project.graph(MAIN).nodes[alone].shares == "linear_1"


def chain(length: int) -> Project:
    nodes = [Node(f"relu_{index}", "relu", f"relu{index}") for index in range(length)]
    ends = pairwise(node.id for node in nodes)
    wires = [Wire(Endpoint(one, "y"), Endpoint(other, "x")) for one, other in ends]
    return Project().with_graph(MAIN, Graph.of(nodes, wires))


def test_duplicating_a_thousand_blocks_is_quick() -> None:
    project = chain(1_000)
    assert quickest(lambda: edits.duplicate_nodes(project, MAIN, list(project.graph(MAIN).nodes))) < 0.5
    project, ids = edits.duplicate_nodes(project, MAIN, list(project.graph(MAIN).nodes))
    graph = project.graph(MAIN)
    assert len({node.name for node in graph.nodes.values()}) == 2_000
    assert len(graph.wires) == 2 * 999
    assert graph.downstream([ids[0]]) == set(ids)


def test_what_is_not_there_is_said() -> None:
    for edit in (
        lambda: edits.set_parameters(sample(), MAIN, "nobody", {}),
        lambda: edits.rename_node(sample(), MAIN, "nobody", ""),
        lambda: edits.add_node(sample(), GraphRef("network", "none"), "relu", (0, 0)),
        lambda: edits.add_network(sample(), "critic"),
        lambda: edits.insert_on_wire(sample(), MAIN, "nobody", Wire(Endpoint("a", "y"), Endpoint("b", "x"))),
    ):
        with pytest.raises(ProjectError):
            edit()
    with pytest.raises(TypeError, match="received id"):
        edits.change_node(sample(), MAIN, "relu_1", id="other")


def test_parameters_are_set_and_reset() -> None:
    project = edits.set_parameters(sample(), MAIN, "relu_1", {"a": 1, "b": (2, None)})
    assert dict(project.graph(MAIN).nodes["relu_1"].parameters) == {"a": 1, "b": (2, None)}
    project = edits.reset_parameter(project, MAIN, "relu_1", "a")
    assert dict(project.graph(MAIN).nodes["relu_1"].parameters) == {"b": (2, None)}
    with pytest.raises(TypeError):
        project.graph(MAIN).nodes["relu_1"].parameters["b"] = 3  # type: ignore[index]


# -- wires ---------------------------------------------------------------------------------------------


def test_an_input_of_one_wire_lets_go_of_the_one_it_had() -> None:
    project = drawn("input", "relu", "tanh")
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("tanh_1", "x"))
    assert ends(project) == [("input_1", "relu_1", 0), ("input_1", "tanh_1", 0)]
    again = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("tanh_1", "x"))
    assert again is project, "the same wire is there already"


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        (("relu_1", "y"), ("relu_1", "x"), "A block cannot feed itself."),
        (("tanh_1", "y"), ("relu_1", "x"), "This would close a circle: “relu1” already feeds “tanh1”."),
        (("relu_1", "z"), ("tanh_1", "x"), "“relu1” has no output “z”."),
        (("relu_1", "y"), ("tanh_1", "z"), "“tanh1” has no input “z”."),
        (("nobody", "y"), ("tanh_1", "x"), "This block is not here any more."),
        (("output_1", "y"), ("relu_1", "x"), "“y” has no output “y”."),
    ],
)
def test_a_wire_is_refused_with_the_reason(
    source: tuple[str, str], target: tuple[str, str], why: str
) -> None:
    project = drawn("input", "relu", "tanh", "output")
    said = edits.refusal(project, MAIN, Endpoint(*source), Endpoint(*target))
    assert said is not None
    assert str(said).startswith(why)
    with pytest.raises(ProjectError) as caught:
        edits.connect(project, MAIN, Endpoint(*source), Endpoint(*target))
    assert caught.value.message == said


def test_inserting_keeps_the_place_and_refuses_circles() -> None:
    project = drawn("input", "relu", "add")
    project = edits.connect(project, MAIN, Endpoint("input_1", "y"), Endpoint("add_1", "x"))
    project, tanh = edits.add_node(project, MAIN, "tanh", (0, 0))
    first = next(wire for wire in project.graph(MAIN).into("add_1") if wire.index == 0)
    joined = edits.insert_on_wire(project, MAIN, tanh, first)
    assert ends(joined) == [
        ("input_1", "add_1", 1),
        ("input_1", "relu_1", 0),
        ("relu_1", "tanh_1", 0),
        ("tanh_1", "add_1", 0),
    ]
    # A block whose second input hangs behind the wire would feed itself.
    project, less = edits.add_node(project, MAIN, "subtract", (0, 0))
    project = edits.connect(project, MAIN, Endpoint("add_1", "y"), Endpoint(less, "b"))
    with pytest.raises(ProjectError, match="close a circle"):
        edits.insert_on_wire(project, MAIN, less, first)
    with pytest.raises(ProjectError, match="needs an input and an output"):
        edits.insert_on_wire(project, MAIN, "input_1", first)
    with pytest.raises(ProjectError, match="does not fit any more"):
        edits.insert_on_wire(joined, MAIN, tanh, first)


def test_fixes_are_applied() -> None:
    project = drawn("input", "conv2d", "linear")
    fixes = {
        "insert": Fix(Message("Insert Flatten"), "insert", "linear_1", "x", "flatten"),
        "set": Fix(Message("Set"), "set", "linear_1", parameters=freeze({"out_features": 3})),
        "disconnect": Fix(Message("Disconnect"), "disconnect", "linear_1", "x"),
        "remove": Fix(Message("Remove"), "remove", "linear_1"),
    }
    mended = {name: edits.apply_fix(project, MAIN, fix) for name, fix in fixes.items()}
    assert ends(mended["insert"]) == [
        ("conv2d_1", "flatten_1", 0),
        ("flatten_1", "linear_1", 0),
        ("input_1", "conv2d_1", 0),
    ]
    assert mended["set"].graph(MAIN).nodes["linear_1"].parameters == {"out_features": 3}
    assert ends(mended["disconnect"]) == ends(mended["remove"]) == [("input_1", "conv2d_1", 0)]
    with pytest.raises(ProjectError, match="not here any more"):
        edits.apply_fix(mended["remove"], MAIN, fixes["set"])
    with pytest.raises(ProjectError, match="does not fit any more"):
        edits.apply_fix(mended["disconnect"], MAIN, fixes["insert"])


# -- composites and the plan ---------------------------------------------------------------------------


def test_a_composite_never_contains_itself() -> None:
    project = edits.set_composite(sample(), "Outer", Composite())
    outer = GraphRef("composite", "Outer")
    project, _id = edits.add_node(project, outer, "composite", (0, 0), composite="Block")
    assert inside(project, project.graph(outer)) == {"Block"}
    for name in ("Outer", "Block"):
        with pytest.raises(ProjectError, match="cannot contain itself: “Block”"):
            edits.add_node(project, BLOCK, "composite", (0, 0), composite=name)
    with pytest.raises(ProjectError, match="cannot contain itself"):
        edits.set_composite(project, "Block", project.composites["Outer"])
    with pytest.raises(ProjectError, match="cannot contain itself"):
        edits.paste(project, BLOCK, project.graph(outer), {})


def test_choices_are_resolved_and_checked() -> None:
    assert Choice("sgd").resolved("optimizer") == {
        "lr": 0.01,
        "momentum": 0.9,
        "dampening": 0.0,
        "weight_decay": 0.0,
        "nesterov": False,
    }
    assert Choice("sgd").with_parameter("lr", 1).resolved("optimizer")["lr"] == 1.0
    known = r"does not know the optimizer “lion”\. It knows: adadelta, adafactor, "
    with pytest.raises(ProjectError, match=known):
        Choice("lion").resolved("optimizer")
    with pytest.raises(ProjectError, match=r"has no parameter “beta”\. It has: lr, momentum"):
        Choice("sgd").with_parameter("beta", 1).resolved("optimizer")
    with pytest.raises(ParameterError, match="Learning rate: expected a number of at least 0, received -1"):
        Choice("sgd").with_parameter("lr", -1).resolved("optimizer")


def test_plans_are_changed() -> None:
    project = edits.set_optimizer(edits.set_loop(Project(), "epochs", 9), "model", Choice("sgd"))
    assert project.plan.loop.parameters == {"epochs": 9}
    assert project.plan.optimizers["model"] == Choice("sgd")
    assert project.main() == "main"
    assert (
        dataclasses.replace(project, plan=Plan(networks=MappingProxyType({"model": "gone"}))).main() == "main"
    )


def test_an_unknown_block_keeps_the_ports_of_its_wires() -> None:
    project = sample()
    graph = project.graph(MAIN)
    block = block_of(project, graph, graph.nodes["from_the_future_1"])
    assert not block.known
    assert ([port.name for port in block.inputs], [port.name for port in block.outputs]) == (["x"], ["y"])
    lost = Node("lost", "composite", "", composite="Lost")
    assert block_of(project, graph.with_nodes([lost]), lost).title == "Lost"


# -- history -------------------------------------------------------------------------------------------


def test_values_that_python_holds_equal_are_told_apart() -> None:
    one = edits.set_parameters(sample(), MAIN, "relu_1", {"a": 1})
    for value in (True, 1.0, (1,), "1"):
        other = edits.set_parameters(one, MAIN, "relu_1", {"a": value})
        assert other != one
        assert difference(one, other) == Change(altered=frozenset({(MAIN, "relu_1")}))
    assert edits.set_loop(sample(), "a", 1).plan != edits.set_loop(sample(), "a", True).plan
    offered = CompositeParameter("d", default=1)
    assert offered != CompositeParameter("d", default=True)
    assert offered == CompositeParameter("d", default=1)
    assert Choice("sgd") != "sgd"
    assert offered != 1
    assert sample().graph(MAIN).nodes["relu_1"] != 1


def dragged(history: History, x: float, key: str) -> None:
    """Move a block as a drag does."""
    after = edits.move_nodes(history.project, MAIN, {"relu_1": (x, 0)})
    history.do(Message("Move"), after, merge_key=key)


def test_a_drag_is_one_entry_and_there_and_back_is_none() -> None:
    now = [0.0]
    history = History(sample(), clock=lambda: now[0])
    for x in (8.0, 16.0, 24.0):
        now[0] += 1
        history.do(
            Message("Move"), edits.move_nodes(history.project, MAIN, {"relu_1": (x, 0)}), merge_key="m"
        )
    assert history.position == 1
    now[0] += 3
    dragged(history, 32, "m")
    assert history.position == 2, "too late to be the same drag"
    before = history.project
    for x in (40.0, 32.0):
        history.do(
            Message("Move"), edits.move_nodes(history.project, MAIN, {"relu_1": (x, 0)}), merge_key="n"
        )
    assert history.position == 2, "dragged there and back"
    assert history.project == before
    history.undo()
    history.undo()
    assert dumps(history.project) == dumps(sample())
    assert [str(label) for label in history.labels()] == ["Move", "Move"]


def test_saving_ends_a_drag() -> None:
    history = History(sample())
    assert history.modified
    dragged(history, 8, "m")
    history.mark_saved()
    assert not history.modified
    dragged(history, 16, "m")
    assert history.position == 2
    assert history.modified
    history.undo()
    assert not history.modified


def test_doing_nothing_is_no_step() -> None:
    history = History(sample())
    told: list[Change] = []
    history.listen(lambda change, _project: told.append(change))
    assert not history.do(Message("Nothing"), sample())
    assert (history.position, told) == (0, [])
    assert history.undo() is None
    assert history.redo() is None
    assert not history.can_undo
    assert not history.can_redo


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History(sample())
    told: list[Change] = []

    def listener(change: Change, _project: Project) -> None:
        told.append(change)

    history.listen(listener)
    for epochs in (1, 2, 3):
        history.do(Message("Epochs"), edits.set_loop(history.project, "epochs", epochs))
    history.jump(1)
    assert history.can_redo
    history.do(Message("Other"), edits.set_loop(history.project, "epochs", 9))
    assert [str(label) for label in history.labels()] == ["Epochs", "Other"]
    assert not history.can_redo
    history.unlisten(listener)
    count = len(told)
    history.undo()
    assert len(told) == count == 6


def test_the_order_of_blocks_graphs_and_lost_places_is_told() -> None:
    before = sample()
    graph = before.graph(MAIN)
    turned = before.with_graph(MAIN, Graph.of(reversed(list(graph.nodes.values())), graph.wires))
    assert difference(before, turned) == Change(reordered=frozenset({MAIN}))
    assert difference(before, turned).computes()
    swapped = dataclasses.replace(
        before, networks=MappingProxyType(dict(reversed(list(before.networks.items()))))
    )
    assert difference(before, swapped).graphs == {MAIN, GraphRef("network", "critic")}
    placed = {key: at for key, at in before.layout_of(MAIN).positions.items() if key != "relu_1"}
    lost = before.with_layout(
        MAIN, dataclasses.replace(before.layout_of(MAIN), positions=MappingProxyType(placed))
    )
    assert difference(before, lost) == Change(moved=frozenset({(MAIN, "relu_1")}))
    assert not difference(before, lost).computes()
    for after in (turned, swapped, lost):
        assert difference(before, after) == slow_difference(before, after)
        assert difference(after, before) == slow_difference(after, before)


def test_telling_what_changed_in_a_large_graph_is_quick() -> None:
    before = chain(10_000)
    after = edits.rename_node(before, MAIN, "relu_500", "other")
    assert quickest(lambda: difference(before, after)) < 0.1
    assert difference(before, after) == Change(altered=frozenset({(MAIN, "relu_500")}))
