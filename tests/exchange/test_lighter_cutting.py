"""Whole channels leave a network through everything they meet, and what is left computes as it should."""

from __future__ import annotations

import pytest
import torch

from studio.compiler import Analyser, build
from studio.exchange import ExchangeError
from studio.exchange.lighter.cutting import cut
from studio.exchange.lighter.zeroing import zeroed, zeros
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.project.file import dumps, loads
from studio.project.gallery import template
from tests.drawing import MAIN, add, chain, wire
from tests.exchange.networks import pairs, sentences


def ways() -> Project:
    """Convolutions whose results are added, filtered each by itself, laid side by side and flattened."""
    project = Project()
    project, x = add(project, "input", parameters={"shape": (2, 6, 6)})
    near = {"kernel_size": 3, "padding": 1, "out_channels": 8}
    project, first = add(project, "conv2d", [x], parameters=near)
    project, normal = add(project, "batch_norm2d", [first])
    project, second = add(project, "conv2d", [normal], parameters=near)
    project, total = add(project, "add", [normal, second], ports=("x", "x"))
    project, filtered = add(project, "depthwise_conv2d", [total])
    project, other = add(project, "conv2d", [total], parameters={"kernel_size": 1, "out_channels": 5})
    project, beside = add(project, "concat", [filtered, other], ports=("x", "x"))
    project, bent = add(project, "relu", [beside])
    project, pooled = add(project, "max_pool2d", [bent])
    project, flat = add(project, "flatten", [pooled])
    project, hidden = add(project, "linear", [flat], parameters={"out_features": 12})
    project, scores = add(project, "linear", [hidden], parameters={"out_features": 3})
    project, _ = add(project, "output", [scores])
    return project


def sizes(project: Project) -> dict[str, object]:
    report = Analyser().analyse(project, MAIN)
    assert not report.problems
    kept = ("out_channels", "out_features")
    return {
        row.name: next(row.resolved[name] for name in kept if name in row.resolved)
        for row in report.nodes.values()
        if row.type in ("conv2d", "linear")
    }


def test_channels_leave_every_block_that_they_run_through() -> None:
    project = ways()
    state = build(project, seed=0).state_dict()
    # Of the group that runs through both convolutions, their sum and the filters, 1 and 6 weigh least.
    gone = torch.tensor([1, 6])
    for name in ("conv1.weight", "conv2.weight", "bn1.weight", "depthwise_conv2d1.weight"):
        state[name][gone] = 0
    found = cut(project, "main", state, 0.25, "each")
    # A quarter: two of eight that are added, one of five; of the twelve that are hidden eight stay.
    assert sizes(found.project) == {"conv1": 6, "conv2": 6, "conv3": 4, "fc1": 8, "fc2": 3}
    assert (found.channels, found.gone) == (25, 7)
    kept = [index for index in range(8) if index not in gone]
    for name in ("conv1.weight", "bn1.running_var", "depthwise_conv2d1.weight"):
        assert torch.equal(found.state[name], state[name][kept])
    assert torch.equal(found.state["conv2.weight"], state["conv2.weight"][kept][:, kept])
    # Behind the flattening each channel takes nine places.
    assert found.state["fc1.weight"].shape == (8, (6 + 4) * 9)
    assert loads(dumps(found.project).encode()) == found.project


def test_where_only_channels_that_do_nothing_leave_nothing_changes() -> None:
    project, _ = chain(
        ("input", {"shape": (4,)}),
        ("linear", {"out_features": 8}),
        ("relu", {}),
        ("linear", {"out_features": 2}),
        ("output", {}),
    )
    model = build(project, seed=0).eval()
    state = model.state_dict()
    state["fc1.weight"][[0, 5]] = 0
    state["fc1.bias"][[0, 5]] = 0
    x = torch.randn(5, 4, generator=torch.Generator().manual_seed(0))
    expected = model(x)
    found = cut(project, "main", state, 0.25, "each")
    smaller = build(found.project, seed=1)
    smaller.load_state_dict(dict(found.state))
    assert found.gone == 2
    torch.testing.assert_close(smaller(x), expected)


def test_a_composite_that_repeats_is_redrawn_once_and_its_rounds_stay_alike() -> None:
    inner = GraphRef("composite", "Block")
    project = edits.set_composite(Project(), "Block", Composite())
    project, ids = chain(
        ("input", {"shape": (6,)}),
        ("linear", {"out_features": 20}),
        ("relu", {}),
        ("linear", {"out_features": 6}),
        ref=inner,
        project=project,
    )
    project, total = add(project, "add", [ids[0], ids[3]], ports=("x", "x"), ref=inner)
    project, _ = add(project, "output", [total], ref=inner)
    project, x = add(project, "input", parameters={"shape": (6,)})
    project, node = edits.add_node(project, MAIN, COMPOSITE, (0, 0), composite="Block")
    project = wire(edits.change_node(project, MAIN, node, repeat=3), x, node)
    project, last = add(project, "linear", [node], parameters={"out_features": 2})
    project, _ = add(project, "output", [last])
    found = cut(project, "main", build(project, seed=0).state_dict(), 0.4, "all")
    assert list(found.project.composites) == ["Block (lighter)"]
    drawn = found.project.composites["Block (lighter)"].graph.nodes
    # What meets the input in a sum stays; the hidden ones are cut to a multiple of eight.
    assert [node.parameters["out_features"] for node in drawn.values() if node.type == "linear"] == [16, 6]
    rounds = {name: value.shape[0] for name, value in found.state.items() if name.endswith(".fc1.weight")}
    assert set(rounds.values()) == {16}
    assert len(rounds) == 3


def test_the_blocks_of_mobilenet_become_smaller_ones() -> None:
    project = template("mobilenet").open()
    found = cut(project, "main", build(project, seed=0).state_dict(), 0.3, "each")
    report = Analyser().analyse(found.project, MAIN)
    assert not report.problems
    assert report.parameters == sum(
        value.numel()
        for name, value in build(found.project, seed=0).named_parameters()
        if not name.endswith("running_mean")
    )
    assert report.parameters is not None
    assert 15_000 < report.parameters < 21_000
    names = {node.name: node.composite for node in found.project.networks["main"].of_type(COMPOSITE)}
    assert set(names) == {"down1", "stage1", "down2", "stage2"}
    assert all("(lighter)" in name for name in names.values())
    assert set(names.values()) == set(found.project.composites)
    for name in found.project.composites:  # each is sound where it is looked at by itself, too
        assert not Analyser().analyse(found.project, GraphRef("composite", name)).problems
    again = cut(found.project, "main", found.state, 0.3, "each")
    assert all(name.count("(lighter)") == 1 for name in again.project.composites)


def test_what_cannot_be_cut_says_so() -> None:
    for project in (pairs(), sentences()):
        with pytest.raises(ExchangeError, match="No whole channels can be taken out"):
            cut(project, "main", build(project, seed=0).state_dict(), 0.5, "each")
    with pytest.raises(ExchangeError, match="So small a share"):
        cut(ways(), "main", build(ways(), seed=0).state_dict(), 0.01, "each")


@pytest.mark.parametrize("scope", ["each", "all"])
def test_the_smallest_weights_become_zero(scope: str) -> None:
    model = build(sentences(), seed=0)
    state = zeroed(model, 0.5, "all" if scope == "all" else "each")
    assert zeros(model, state) == pytest.approx(0.5, abs=0.01)
    assert not (state["embedding1.weight"] == 0).any()
    weight, before = state["fc1.weight"], model.get_parameter("fc1.weight")
    assert torch.equal(weight[weight != 0], before[weight != 0])
    if scope == "each":
        assert int((weight == 0).sum()) == weight.numel() // 2
        assert before[weight == 0].abs().max() <= before[weight != 0].abs().min()
