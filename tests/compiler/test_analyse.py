"""Shapes, costs and totals of whole graphs, composites included."""

from __future__ import annotations

import dataclasses
import threading
from types import MappingProxyType
from typing import Any

import pytest
import torch

from studio.compiler import Analyser, CompileError, analyse, build, source
from studio.compiler.costs import Row, rows
from studio.graph import Endpoint, Expression, Graph, Node, Wire, freeze
from studio.project import Composite, CompositeParameter, GraphRef, Project, edits
from tests.drawing import CNN, MAIN, add, chain, wire

INNER = GraphRef("composite", "residual")


def residual() -> Project:
    """A project with one composite: two convolutions and a skip, `width` filters."""
    project = edits.set_composite(
        Project(),
        "residual",
        Composite(Graph(), (CompositeParameter("width", "int", 8, "Filters."),)),
    )
    project, ids = chain(
        ("input", {"shape": (8, 6, 6)}),
        ("conv2d", {"out_channels": Expression("width"), "padding": 1}),
        ("relu", {}),
        ("conv2d", {"out_channels": Expression("2*width // 2"), "padding": 1}),
        ("add", {}),
        ("output", {}),
        ref=INNER,
        project=project,
    )
    return wire(project, ids[0], ids[4], ref=INNER)


def test_the_articles_network_has_its_exact_count_and_shapes() -> None:
    project, ids = chain(*CNN)
    report = analyse(project)
    assert report.problems == ()
    assert (report.parameters, report.trainable) == (421_642, 421_642)
    shapes = [str(report.nodes[key].outputs["y"]) for key in ids[:-1]]
    assert shapes == [
        "B × 1 × 28 × 28",
        "B × 32 × 28 × 28",
        "B × 32 × 28 × 28",
        "B × 32 × 14 × 14",
        "B × 64 × 14 × 14",
        "B × 64 × 14 × 14",
        "B × 64 × 7 × 7",
        "B × 3136",
        "B × 128",
        "B × 128",
        "B × 10",
    ]
    # 28*28*32*9 + 14*14*64*32*9 + 3136*128 + 128*10
    assert report.multiply_adds == 225_792 + 3_612_672 + 401_408 + 1_280
    assert report.nodes[ids[1]].resolved["in_channels"] == 1
    assert report.outputs["y"].json() == ["B", 10]


def test_totals_are_withheld_while_they_would_be_false() -> None:
    project, ids = chain(*CNN)
    broken = edits.set_parameters(project, MAIN, ids[1], {"kernel_size": 0})
    report = analyse(broken)
    assert [problem.code for problem in report.problems] == ["bad_parameter"]
    assert (report.parameters, report.trainable, report.multiply_adds) == (None, None, None)
    with pytest.raises(CompileError) as refused:
        build(broken)
    assert refused.value.problems == report.problems


def test_a_frozen_node_is_counted_and_not_trained() -> None:
    project, ids = chain(*CNN)
    project = edits.change_node(project, MAIN, ids[1], frozen=True)
    report = analyse(project)
    assert (report.parameters, report.trainable) == (421_642, 421_322)
    module = build(project)
    assert sum(p.numel() for p in module.parameters() if p.requires_grad) == 421_322
    space: dict[str, Any] = {}
    exec(source(project), space)
    assert sum(p.numel() for p in space["Main"]().parameters() if p.requires_grad) == 421_322


def test_a_composite_takes_parameters_repeats_and_is_edited_in_one_place() -> None:
    project = residual()
    project, x = add(project, "input", parameters={"shape": (4, 6, 6)})
    project, node = edits.add_node(
        project, MAIN, "composite", (0, 0), composite="residual", parameters={"width": 4}
    )
    project = wire(project, x, node)
    project = edits.change_node(project, MAIN, node, repeat=3)
    project, _ = add(project, "output", [node])
    one = 2 * (4 * 4 * 9 + 4)
    report = analyse(project)
    assert report.problems == ()
    assert report.parameters == 3 * one
    assert str(report.outputs["y"]) == "B × 4 × 6 × 6"
    module = build(project, seed=2)
    assert sum(p.numel() for p in module.parameters()) == 3 * one
    assert next(iter(module.state_dict())) == "residual1.0.conv1.weight"
    text = source(project)
    assert text.count("class Residual(") == 1
    assert "nn.Sequential(*[Residual(width=4) for _ in range(3)])" in text
    space: dict[str, Any] = {}
    exec(text, space)
    torch.manual_seed(2)
    written = space["Main"]()
    data = torch.randn(2, 4, 6, 6, generator=torch.Generator().manual_seed(0))
    assert torch.equal(written(data), module(data))
    smaller = edits.set_parameters(project, INNER, "conv2d_1", {"kernel_size": 1, "padding": 0})
    assert analyse(smaller).parameters == 3 * (4 * 4 * 9 + 4 + 4 * 4 + 4)


def test_repetitions_of_different_sizes_are_one_class_with_its_sizes() -> None:
    project = edits.set_composite(Project(), "widen", Composite(Graph()))
    ref = GraphRef("composite", "widen")
    project, _ = chain(
        ("input", {"shape": (4,)}), ("linear", {"out_features": 8}), ("output", {}), ref=ref, project=project
    )
    project, x = add(project, "input", parameters={"shape": (4,)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="widen")
    project = edits.change_node(wire(project, x, node), MAIN, node, repeat=3)
    project, _ = add(project, "output", [node])
    assert analyse(project).parameters == (4 * 8 + 8) + 2 * (8 * 8 + 8)
    text = source(project)
    assert "nn.Sequential(Widen(4), *[Widen(8) for _ in range(2)])" in text
    module = build(project, seed=0)
    space: dict[str, Any] = {}
    exec(text, space)
    written = space["Main"]()
    written.load_state_dict(module.state_dict(), strict=True)
    assert torch.equal(written(torch.ones(2, 4)), module(torch.ones(2, 4)))


def test_a_composite_with_several_ports_takes_and_gives_them_by_name() -> None:
    project = edits.set_composite(Project(), "cross", Composite(Graph()))
    ref = GraphRef("composite", "cross")
    project, a = add(project, "input", name="a", parameters={"shape": (3,)}, ref=ref)
    project, b = add(project, "input", name="b", parameters={"shape": (3,)}, ref=ref)
    project, plus = add(project, "add", [a, b], ref=ref)
    project, minus = add(project, "subtract", [a, b], ports=["a", "b"], ref=ref)
    project, _ = add(project, "output", [plus], name="total", ref=ref)
    project, _ = add(project, "output", [minus], name="rest", ref=ref)
    project, left = add(project, "input", name="left", parameters={"shape": (3,)})
    project, right = add(project, "input", name="right", parameters={"shape": (3,)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="cross")
    project = wire(wire(project, left, node, into="a"), right, node, into="b")
    project, _ = add(project, "output", [(node, "rest")], name="difference")
    project, _ = add(project, "output", [(node, "total")], name="sum")
    assert analyse(project).problems == ()
    module = build(project)
    space: dict[str, Any] = {}
    exec(source(project), space)
    one, two = torch.tensor([[1.0, 2.0, 3.0]]), torch.tensor([[5.0, 5.0, 5.0]])
    for network in (module, space["Main"]()):
        result = network(left=one, right=two)
        assert torch.equal(result["difference"], one - two)
        assert torch.equal(result["sum"], one + two)


def test_a_composite_inside_itself_is_said_and_not_followed() -> None:
    project = edits.set_composite(Project(), "loop", Composite(Graph()))
    ref = GraphRef("composite", "loop")
    project, x = add(project, "input", ref=ref)
    # No edit makes this; a file can hold it.
    node = "composite_1"
    inner = Node(node, "composite", "again", composite="loop")
    project = project.with_graph(ref, project.graph(ref).with_nodes([inner]))
    project = wire(project, x, node, ref=ref)
    project, y = add(project, "output", ref=ref)
    project = wire(project, node, y, ref=ref)
    report = analyse(project, ref)
    assert [problem.node for problem in report.problems] == [node]
    assert "stands inside itself" in str(report.problems[0].message)


def test_shared_weights_are_counted_once_and_trained_together() -> None:
    project, a = add(Project(), "input", name="a", parameters={"shape": (5,)})
    project, b = add(project, "input", name="b", parameters={"shape": (5,)})
    project, first = add(project, "linear", [a], parameters={"out_features": 3})
    project, second = add(project, "linear", [b], parameters={"out_features": 3})
    project = edits.change_node(project, MAIN, second, shares=first)
    project, joined = add(project, "subtract", [first, second], ports=["a", "b"])
    project, _ = add(project, "output", [joined])
    report = analyse(project)
    assert report.problems == ()
    assert report.parameters == 18
    module = build(project)
    assert list(module.state_dict()) == ["fc1.weight", "fc1.bias"]
    same = torch.randn(2, 5)
    assert torch.equal(module(a=same, b=same), torch.zeros(2, 3))
    space: dict[str, Any] = {}
    exec(source(project), space)
    assert torch.equal(space["Main"]()(a=same, b=same), torch.zeros(2, 3))
    unequal = edits.set_parameters(project, MAIN, second, {"out_features": 4})
    assert "cannot_share" in {problem.code for problem in analyse(unequal).problems}


def test_a_bypassed_node_passes_its_input_on() -> None:
    project, ids = chain(*CNN)
    project = edits.change_node(project, MAIN, ids[2], bypassed=True)
    assert analyse(project).problems == ()
    assert "relu1" not in source(project)
    build(project)(torch.zeros(1, 1, 28, 28))


def test_a_disabled_wire_carries_nothing() -> None:
    project, ids = chain(("input", {"shape": (4,)}), ("linear", {}), ("output", {}))
    graph = project.graph(MAIN)
    first = graph.into(ids[1])[0]
    off = graph.without_wires([first]).with_wires([dataclasses.replace(first, enabled=False)])
    report = analyse(project.with_graph(MAIN, off))
    assert [problem.code for problem in report.problems] == ["missing_input"]


def test_two_inputs_and_a_skip_train() -> None:
    project, a = add(Project(), "input", name="a", parameters={"shape": (4,)})
    project, b = add(project, "input", name="b", parameters={"shape": (4,)})
    project, joined = add(project, "concat", [a, b])
    project, hidden = add(project, "linear", [joined], parameters={"out_features": 8})
    project, bend = add(project, "tanh", [hidden])
    project, skip = add(project, "add", [bend, joined])
    project, last = add(project, "linear", [skip], parameters={"out_features": 1})
    project, _ = add(project, "output", [last])
    assert analyse(project).problems == ()
    module = build(project, seed=0)
    generator = torch.Generator().manual_seed(1)
    one, two = (torch.randn(64, 4, generator=generator) for _ in range(2))
    truth = (one - two).sum(1, keepdim=True)
    optimizer = torch.optim.Adam(module.parameters(), lr=0.01)
    losses = []
    for _ in range(100):
        loss = torch.nn.functional.mse_loss(module(a=one, b=two), truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.02 * losses[0]


def test_only_what_changed_is_measured_again() -> None:
    project, ids = chain(*CNN)
    analyser = Analyser()
    first = analyser.analyse(project)
    second = analyser.analyse(edits.set_parameters(project, MAIN, ids[8], {"out_features": 64}))
    for key in ids[:8]:
        assert second.nodes[key] is first.nodes[key]
    assert second.nodes[ids[8]].parameters == 3136 * 64 + 64
    assert analyser.analyse(edits.move_nodes(project, MAIN, {ids[0]: (8.0, 8.0)})).parameters == 421_642


def test_one_analyser_serves_several_threads() -> None:
    project, ids = chain(*CNN)
    variants = [edits.set_parameters(project, MAIN, ids[8], {"out_features": n}) for n in range(1, 41)]
    analyser, wrong = Analyser(), []

    def look(start: int) -> None:
        for index in range(start, 40, 4):
            n = index + 1
            report = analyser.analyse(variants[index])
            if report.parameters != 320 + 18_496 + 3136 * n + n + n * 10 + 10:
                wrong.append(n)

    threads = [threading.Thread(target=look, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_sizes_that_grow_with_the_batch_are_told_from_fixed_ones() -> None:
    project, _ = chain(
        ("input", {"shape": (4, 6)}), ("flatten", {"start_dim": 0, "end_dim": 1}), ("output", {})
    )
    assert analyse(project).outputs["y"].json() == ["4B", 6]


def test_an_absurd_size_is_refused_at_once_with_the_memory_it_would_take() -> None:
    project, ids = chain(
        ("input", {"shape": (100_000,)}), ("linear", {"out_features": 2_000_000_000}), ("output", {})
    )
    problem = analyse(project).problems[0]
    assert (problem.code, problem.node) == ("too_large", ids[1])
    # 100,001 * 2e9 weights of four bytes, and one sample of 2e9 numbers.
    assert str(problem.received) == f"{(100_001 * 2e9 + 2e9) * 4 / 2**30:,.0f} GiB"


def test_unknown_blocks_are_marked_and_the_rest_is_still_checked() -> None:
    project, ids = chain(*CNN)
    graph = project.graph(MAIN)
    strange = dataclasses.replace(graph.nodes[ids[2]], type="warp_drive", parameters=freeze({"speed": 9}))
    report = analyse(project.with_graph(MAIN, graph.with_nodes([strange])))
    assert [(problem.code, problem.node) for problem in report.problems] == [("unknown_block", ids[2])]
    assert str(report.nodes[ids[1]].outputs["y"]) == "B × 32 × 28 × 28"
    assert not report.nodes[ids[3]].outputs


def test_a_circle_in_a_file_is_named_and_mended_by_its_fix() -> None:
    project, ids = chain(*CNN)
    graph = project.graph(MAIN)
    closed = graph.without_wires(graph.into(ids[1])).with_wires(
        [Wire(Endpoint(ids[4], "y"), Endpoint(ids[1], "x"))]
    )
    broken = project.with_graph(MAIN, closed)
    cycle = next(problem for problem in analyse(broken).problems if problem.code == "cycle")
    assert cycle.node == ids[1]
    assert "conv1, relu1, pool1, conv2" in str(cycle.message)
    mended = edits.apply_fix(broken, MAIN, cycle.fixes[0])
    assert "cycle" not in {problem.code for problem in analyse(mended).problems}


def test_networks_stand_beside_each_other() -> None:
    project, _ = chain(*CNN)
    other = GraphRef("network", "critic")
    project = edits.add_network(project, "critic")
    project, _ = chain(
        ("input", {"shape": (3,)}),
        ("linear", {"out_features": 1}),
        ("output", {}),
        ref=other,
        project=project,
    )
    assert analyse(project, other).parameters == 4
    assert analyse(project).parameters == 421_642
    assert build(project, "critic")(torch.zeros(2, 3)).shape == (2, 1)


def test_an_empty_project_says_what_to_do_first() -> None:
    report = analyse(Project(networks=MappingProxyType({"main": Graph()})))
    assert [problem.code for problem in report.problems] == ["empty"]


def test_a_row_knows_its_learnable_tensors_by_name_and_what_they_take() -> None:
    project, ids = chain(*CNN)
    found = {row.id: row for row in rows(analyse(project))}
    conv = found[ids[1]]
    assert [str(weight) for weight in conv.weights] == ["weight 32 × 1 × 3 × 3", "bias 32"]
    assert (conv.parameters, conv.parameter_bytes) == (320, 1280)
    assert conv.activation_bytes == 32 * 28 * 28 * 4
    assert conv.outputs[0].labels == ("batch", "channel", "height", "width")
    assert [row.id for row in found.values()] == ids
    assert found[ids[-1]].outputs == ()
    assert found[ids[-1]].activation_bytes is None


def test_a_row_of_what_is_not_known_says_so() -> None:
    project, ids = chain(*CNN)
    broken = edits.set_parameters(project, MAIN, ids[4], {"kernel_size": 0})
    found = {row.id: row for row in rows(analyse(broken))}
    assert found[ids[3]].field is not None
    assert found[ids[4]] == Row(ids[4], "conv2", "conv2d", (), None, None, (), None, None, None)


def test_a_row_that_shares_weights_owns_none() -> None:
    project, ids = chain(
        ("input", {"shape": (4,)}),
        ("linear", {"out_features": 4}),
        ("linear", {"out_features": 4}),
        ("output", {}),
    )
    project = edits.change_node(project, MAIN, ids[2], shares=ids[1])
    found = {row.id: row for row in rows(analyse(project))}
    assert [len(found[key].weights) for key in ids] == [0, 2, 0, 0]
    assert found[ids[2]].parameter_bytes == 0


def test_analysing_draws_no_random_number() -> None:
    project, _ = chain(
        ("input", {"shape": (4, 8, 8)}),
        ("conv2d", {}),
        ("dropout", {"p": 0.5}),
        ("gaussian_noise", {}),
        ("stochastic_depth", {}),
        ("rrelu", {}),
        ("output", {}),
    )
    before = torch.get_rng_state()
    assert analyse(project).ok
    assert torch.equal(torch.get_rng_state(), before)


def test_a_composite_takes_the_memory_of_all_that_leaves_its_blocks() -> None:
    project = residual()
    project, x = add(project, "input", parameters={"shape": (4, 6, 6)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="residual")
    project = edits.set_parameters(wire(project, x, node), MAIN, node, {"width": 4})
    project, _ = add(project, "output", [node])
    once = next(row for row in rows(analyse(project)) if row.id == node)
    assert once.activation_bytes == 4 * (4 * 6 * 6) * 4  # conv, relu, conv, add
    assert [weight.name for weight in once.weights] == [
        "conv1.weight",
        "conv1.bias",
        "conv2.weight",
        "conv2.bias",
    ]
    thrice = edits.change_node(project, MAIN, node, repeat=3)
    again = next(row for row in rows(analyse(thrice)) if row.id == node)
    assert again.activation_bytes == 3 * 4 * (4 * 6 * 6) * 4
    assert again.weights[-1].name == "2.conv2.bias"
