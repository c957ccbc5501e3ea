"""The memory of a training step: what is said to be kept is what torch keeps when the built module runs."""

from __future__ import annotations

import contextlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
import torch
from torch.autograd.graph import saved_tensors_hooks

from studio.blocks import Block, every
from studio.compiler import Analyser, build
from studio.compiler.footprint import (
    Footprint,
    activations,
    footprint,
    most_bytes,
    most_for_weight,
    state_bytes,
)
from studio.graph import Graph, Value
from studio.project import Choice, Composite, GraphRef, Project, edits
from studio.project.library import Shipped, shipped
from tests.drawing import CNN, MAIN, add, chain, wire

Drawn = Sequence[tuple[str, Mapping[str, Value]]]


def drawn(*blocks: tuple[str, Mapping[str, Value]]) -> Project:
    return chain(*blocks, ("output", {}))[0]


def said(project: Project, batch: int, *, half: bool = False) -> int:
    return activations(Analyser().walk(project, MAIN), batch, half=half)


def kept(project: Project, batch: int, *, half: bool = False) -> int:
    """Run the built module forward and add up every tensor that torch keeps for the backward pass."""
    module = build(project, seed=0).train()
    owned = {tensor.untyped_storage()._cdata for tensor in (*module.parameters(), *module.buffers())}
    report = Analyser().analyse(project)
    (taken,) = report.inputs.values()
    data = (
        torch.zeros(taken.at(batch), dtype=torch.int64)
        if taken.dtype == "int64"
        else torch.randn(taken.at(batch))
    )
    found: dict[int, int] = {}
    alive: list[torch.Tensor] = []

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage._cdata not in owned:
            found[storage._cdata] = storage.nbytes()
            alive.append(tensor)
        return tensor

    precision = torch.autocast("cpu", dtype=torch.bfloat16) if half else contextlib.nullcontext()
    with saved_tensors_hooks(pack, lambda tensor: tensor), precision:
        module(data)
    return sum(found.values())


MLP: Drawn = (
    ("input", {"shape": (32,)}),
    ("linear", {"out_features": 64}),
    ("relu", {}),
    ("linear", {"out_features": 64}),
    ("tanh", {}),
    ("dropout", {"p": 0.5}),
    ("linear", {"out_features": 10}),
)

NORMED: Drawn = (
    ("input", {"shape": (3, 16, 16)}),
    ("conv2d", {"out_channels": 8, "padding": 1, "bias": False}),
    ("batch_norm2d", {}),
    ("silu", {}),
    ("conv2d", {"out_channels": 8, "padding": 1, "stride": 2}),
    ("group_norm", {"num_groups": 2}),
    ("gelu", {}),
    ("avg_pool2d", {}),
    ("upsample", {}),
    ("adaptive_avg_pool2d", {}),
    ("flatten", {}),
    ("linear", {"out_features": 5}),
    ("log_softmax", {}),
)

TEXT: Drawn = (
    ("input", {"shape": (24,), "dtype": "int64"}),
    ("embedding", {"num_embeddings": 50, "embedding_dim": 32}),
    ("transformer_encoder_layer", {}),
    ("layer_norm", {}),
    ("select", {}),
    ("linear", {"out_features": 5}),
)


@pytest.mark.parametrize("batch", [2, 9])
@pytest.mark.parametrize("blocks", [CNN[:-1], MLP, NORMED], ids=["cnn", "mlp", "normed"])
def test_activations_of_image_networks_and_mlps_are_exactly_what_torch_keeps(
    blocks: Drawn, batch: int
) -> None:
    project = drawn(*blocks)
    assert said(project, batch) == kept(project, batch)


@pytest.mark.parametrize(
    ("blocks", "tolerance"),
    [
        (TEXT, 0.05),
        ((("input", {"shape": (20, 8)}), ("lstm", {}), ("select", {}), ("linear", {})), 0.25),
        ((("input", {"shape": (20, 8)}), ("gru", {"num_layers": 2}), ("linear", {})), 0.25),
        ((("input", {"shape": (20, 8)}), ("rnn", {}), ("linear", {})), 0.25),
    ],
    ids=["transformer", "lstm", "gru", "rnn"],
)
def test_activations_of_sequence_networks_are_near(blocks: Drawn, tolerance: float) -> None:
    project = drawn(*blocks)
    assert said(project, 16) == pytest.approx(kept(project, 16), rel=tolerance)


@pytest.mark.parametrize(("blocks", "tolerance"), [(CNN[:-1], 0.25), (MLP, 0.25)], ids=["cnn", "mlp"])
def test_activations_with_bfloat16_are_near(blocks: Drawn, tolerance: float) -> None:
    project = drawn(*blocks)
    assert said(project, 64, half=True) == pytest.approx(kept(project, 64, half=True), rel=tolerance)
    assert said(project, 64, half=True) < said(project, 64)


def test_skips_and_composites_keep_a_tensor_once() -> None:
    project = edits.set_composite(Project(), "block", Composite(Graph()))
    ref = GraphRef("composite", "block")
    project, inner = chain(
        ("input", {"shape": (8, 10, 10)}),
        ("conv2d", {"out_channels": 8, "padding": 1}),
        ("batch_norm2d", {}),
        ("relu", {}),
        ("add", {}),
        ("relu", {}),
        ("output", {}),
        ref=ref,
        project=project,
    )
    project = wire(project, inner[0], inner[4], ref=ref)
    project, x = add(project, "input", parameters={"shape": (8, 10, 10)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="block")
    project = edits.change_node(wire(project, x, node), MAIN, node, repeat=3)
    project, flat = add(project, "flatten", [node])
    project, last = add(project, "linear", [flat], parameters={"out_features": 3})
    project, _ = add(project, "output", [last])
    assert said(project, 4) == kept(project, 4)
    frozen = edits.change_node(project, MAIN, node, frozen=True)
    assert said(frozen, 4) == kept(frozen, 4) == 4 * 800 * 4  # only what the Linear takes


def test_frozen_beginnings_and_blocks_that_lead_nowhere_keep_nothing() -> None:
    project, ids = chain(*CNN)
    for key in ids[1:7]:
        project = edits.change_node(project, MAIN, key, frozen=True)
    project, _ = add(project, "conv2d", [ids[1]], parameters={"out_channels": 99})
    assert said(project, 3) == kept(project, 3) < said(drawn(*CNN[:-1]), 3) / 5


def test_shared_weights_are_counted_once_and_their_activations_twice() -> None:
    project, x = add(Project(), "input", parameters={"shape": (16,)})
    project, one = add(project, "linear", [x], parameters={"out_features": 16})
    project, bent = add(project, "tanh", [one])
    project, two = add(project, "linear", [bent], parameters={"out_features": 16})
    project = edits.change_node(project, MAIN, two, shares=one)
    project, _ = add(project, "output", [two])
    assert said(project, 5) == kept(project, 5) == 5 * 2 * 16 * 4
    found = footprint(project, Analyser().analyse(project))
    assert found is not None
    assert found.weights == found.gradients == (16 * 16 + 16) * 4


def test_a_step_of_the_article_takes_weights_gradients_state_and_activations() -> None:
    project, _ = chain(*CNN)
    report = Analyser().analyse(project)
    found = footprint(project, report)
    assert report.parameters == 421_642
    size = 421_642 * 4
    batch = project.plan.loop.resolved("loop")["batch_size"]
    assert isinstance(batch, int)
    assert found == Footprint(batch, size, size, 2 * size + 8 * 4, said(project, batch))
    assert found.total == 4 * size + 32 + said(project, batch)


def test_no_estimate_is_given_while_it_would_be_false() -> None:
    project, ids = chain(*CNN)
    broken = edits.set_parameters(project, MAIN, ids[1], {"kernel_size": 0})
    assert footprint(broken, Analyser().analyse(broken)) is None
    other = edits.add_network(project, "other")
    ref = GraphRef("network", "other")
    other, _ = chain(("input", {"shape": (3,)}), ("linear", {}), ("output", {}), ref=ref, project=other)
    assert footprint(other, Analyser().analyse(other, ref)) is None  # the plan does not train it
    assert footprint(other, Analyser().analyse(other)) is not None


SHAPES = {(16, 8, 3, 3): 2, (32, 24): 1, (24,): 3}


@pytest.mark.parametrize("block", every("optimizer"), ids=lambda block: block.type)
def test_what_an_optimizer_remembers_is_what_it_does_remember(block: object) -> None:
    kind = getattr(block, "type", "")
    choice = Choice(kind)
    shapes = {(32, 24): 1} if kind == "muon" else SHAPES
    weights = [torch.nn.Parameter(torch.rand(shape)) for shape, count in shapes.items() for _ in range(count)]
    target = getattr(block, "target", "").rpartition(".")[2]
    values = choice.resolved("optimizer")
    if kind == "lbfgs":
        values["line_search_fn"] = None
    # Of dense weights: they are moved by Adam where tables are moved by SparseAdam.
    made = getattr(torch.optim, "Adam" if kind == "sparse_adam" else target)(weights, **values)

    def loss() -> torch.Tensor:
        made.zero_grad()
        total = torch.stack([(weight**2).sum() for weight in weights]).sum()
        total.backward()
        return total

    made.step(loss)
    real = sum(
        value.nbytes
        for weight in weights
        for value in made.state.get(weight, {}).values()
        if isinstance(value, torch.Tensor)
    )
    told = state_bytes(choice, Counter(shapes))
    if kind == "lbfgs":
        assert told is not None
        assert told > real  # it remembers more with every step
    else:
        assert told == real


def test_an_optimizer_that_refuses_the_weights_has_no_estimate() -> None:
    assert state_bytes(Choice("nothing"), SHAPES) is None
    assert state_bytes(Choice("sgd", {"momentum": 0.9}), {(4, 4): 2}) == 2 * 16 * 4


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_no_step_takes_more_than_the_most_that_its_blocks_could(one: Shipped) -> None:
    walk = Analyser().walk(one.project, MAIN)
    used = [outcome for key, outcome in walk.outcomes.items() if key in walk.used]
    for batch in (1, 7):
        assert 0 < activations(walk, batch) <= sum(most_bytes(outcome, batch) for outcome in used)


@pytest.mark.parametrize("block", every("optimizer"), ids=lambda block: block.type)
def test_no_optimizer_remembers_more_of_a_number_than_was_said(block: Block) -> None:
    choice = Choice(block.type)
    each = most_for_weight(choice)
    assert each is not None
    for shape in SHAPES:
        remembered = state_bytes(choice, {shape: 1})
        assert remembered is None or remembered + 10 * math.prod(shape) <= each * math.prod(shape)
