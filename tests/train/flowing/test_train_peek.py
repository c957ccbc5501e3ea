"""What flows is shown while a network trains: exact numbers, every level, the training as it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from studio.compiler import build
from studio.graph import NetwrightError
from studio.project import Choice, GraphRef, Project, edits, grouping
from studio.train import Background, Control, StepDone, opened, run
from studio.train.flowing import peek as peeking
from studio.train.flowing import showing
from studio.train.flowing.following import Places, followed
from studio.train.flowing.peek import Ask, Seen
from studio.train.flowing.viewing import view_of_drawing, view_of_run
from studio.train.judging.attending import fitting, listened, weights_of
from tests.drawing import MAIN, add, chain
from tests.train.projects import done, loop, wine, with_plan

Values = dict[tuple[str, ...], dict[str, torch.Tensor]]


def all_of(project: Project, **changes: Any) -> Ask:
    """Ask for every node of the network, and for those inside its composites."""
    found: list[tuple[str, ...]] = []

    def gather(ref: GraphRef, at: tuple[str, ...]) -> None:
        for id, node in project.graph(ref).nodes.items():
            found.append((*at, id))
            if node.composite:
                gather(GraphRef("composite", node.composite), (*at, id))

    gather(MAIN, ())
    return Ask(project, "main", frozenset(found), **changes)


def told(project: Project, model: nn.Module, ask: Ask, x: torch.Tensor) -> Values:
    """Give what leaves each node when a network runs, the last round of what repeats."""
    values: Values = {}

    def sink(path: tuple[str, ...], ports: Any, _attended: Any) -> None:
        values[path] = {port: value.clone() for port, value in ports.items()}

    with torch.no_grad(), followed(model, project, "main", ask.wanted, sink):
        nn.Module.__call__(model, x)
    return values


# -- the training stays as it is ------------------------------------------------------------------------


def trained(project: Project, asking: bool, folder: Any, **changes: Any) -> tuple[dict[str, Any], list[Seen]]:
    """Train, asking after every report where that is wanted, and give the weights and what was seen."""
    control = Control()
    seen: list[Seen] = []
    ask = all_of(project, **changes)
    for event in run(project, run_dir=folder, control=control):
        if asking and isinstance(event, StepDone):
            if control.seen is not None and (not seen or control.seen is not seen[-1]):
                seen.append(control.seen)
            control._next_look = 0.0  # not to wait in a test
            control.look(ask)
    assert done([event]).reason == "completed"
    return torch.load(folder / "state.pt", weights_only=True), seen


def same(one: Any, other: Any) -> bool:
    """Tell whether two states are the same to the bit."""
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def normalised() -> Project:
    """A network with statistics and with chance, where a look could do harm."""
    project, _ = chain(
        ("input", {"shape": (13,)}),
        ("linear", {"out_features": 8}),
        ("batch_norm1d", {}),
        ("dropout", {}),
        ("gaussian_noise", {}),
        ("linear", {"out_features": 3}),
        ("output", {}),
    )
    return with_plan(project, data=Choice("wine"), loop=loop(epochs=4))


@pytest.mark.parametrize("what", ["values", "weights", "gradients"])
def test_the_training_is_the_same_to_the_bit(tmp_path: Any, what: Any) -> None:
    project = normalised()
    plain, none = trained(project, False, tmp_path / "off")
    looked, seen = trained(project, True, tmp_path / "on", what=what)
    assert none == []
    assert len(seen) >= 3
    assert all(one.error is None for one in seen)
    for key in ("weights", "learners", "random", "position"):
        assert same(plain[key], looked[key]), key


def test_nothing_of_it_is_called_while_nobody_asks(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(owner: Any, name: str) -> None:
        inner: Callable[..., Any] = getattr(owner, name)

        def called(*given: Any, **named: Any) -> Any:
            calls.append(name)
            return inner(*given, **named)

        monkeypatch.setattr(owner, name, called)

    counted(peeking.Viewer, "__init__")
    counted(peeking.Viewer, "look")
    counted(Control, "take_look")
    counted(Control, "show")
    counted(nn.Module, "register_forward_hook")
    counted(nn.Module, "register_forward_pre_hook")
    project = wine()
    trained(project, False, tmp_path / "off")
    assert calls == []
    trained(project, True, tmp_path / "on")
    assert calls.count("look") >= 2
    assert calls.count("__init__") == 1


def test_looks_are_limited_by_number_and_by_time() -> None:
    control, ask = Control(), all_of(wine())
    assert control.look(ask)
    assert control.asked
    assert not control.look(ask)  # it is still due
    control.show(Seen(ask, seconds=0.001))
    assert not control.asked
    assert not control.look(ask)  # three a second
    control._next_look = 0.0
    assert control.look(ask)
    now = time.perf_counter()
    control.show(Seen(ask, seconds=1.0))
    assert control._next_look - now > 30.0  # at most 3 % of the time


def test_a_pause_answers_too_and_rests_on(tmp_path: Any) -> None:
    project = wine(epochs=10_000)
    running = Background(project, run_dir=tmp_path / "run")
    try:
        running.control.pause()
        assert running.control.wait_until_resting(20)
        before = running.latest
        for index in (5, 7):
            running.control._next_look = 0.0
            assert running.control.look(all_of(project, index=index))

            def answered(index: int = index) -> bool:
                seen = running.control.seen
                return seen is not None and seen.index == index

            with running.control._changed:
                assert running.control._changed.wait_for(answered, 10)
        assert running.control.wait_until_resting(10)
        assert running.latest is before
    finally:
        assert running.close(20)


def test_a_sample_that_cannot_be_shown_leaves_the_training_alone(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "numbers", lambda _value: 1 / 0)
    _, seen = trained(wine(), True, tmp_path / "run")
    assert [one.error.template for one in seen[:1] if one.error] == ["This sample cannot be shown: {reason}."]
    assert "ZeroDivisionError" in seen[0].details


# -- what is seen ---------------------------------------------------------------------------------------


def test_numbers_and_pictures_of_a_known_network(tmp_path: Any) -> None:
    project = wine()
    _, seen = trained(project, True, tmp_path / "run", index=4)
    finished = view_of_run(tmp_path / "run", "last")[0].look(all_of(project, index=4, part="train"))
    model, data, _ = opened(tmp_path / "run", "last")
    x = data.train.inputs["x"][4:5]
    values = told(project, model.eval(), finished.ask, x)
    ids = list(project.graph(MAIN).nodes)
    assert seen[0].counts.keys() == {"train", "validation"}
    assert finished.counts["test"] == len(data.test)
    assert finished.truth == int(data.train.targets["target"][4])
    assert finished.nodes.keys() == {(id,) for id in ids}
    for id in ids[1:-1]:
        (leaving,) = finished.nodes[id,].leaving
        value = values[id,]["y"][0]
        assert leaving.picture.kind == "bars"
        assert torch.equal(torch.tensor(leaving.picture.values), value)
        numbers = leaving.numbers
        assert numbers.shape == tuple(value.shape)
        assert (numbers.low, numbers.high) == (float(value.min()), float(value.max()))
        assert numbers.mean == pytest.approx(float(value.mean()))
        assert numbers.silent == int((value == 0).sum())
        assert numbers.zeros == numbers.silent / len(value)
    chances = values[ids[-2],]["y"].softmax(1)[0].tolist()
    assert [chance for _, chance in finished.chances] == pytest.approx(chances)
    assert [name for name, _ in finished.chances] == list(data.classes)


def test_histograms_of_weights_and_gradients() -> None:
    project = wine()
    viewer = view_of_drawing(project)
    linear = next(id for id, node in project.graph(MAIN).nodes.items() if node.type == "linear")
    weights = viewer.look(all_of(project, what="weights")).nodes[linear,].weights
    model = build(project, "main", seed=0)
    first = nn.utils.parameters_to_vector(
        next(module for module in model.modules() if isinstance(module, nn.Linear)).parameters()
    ).detach()
    assert weights is not None
    assert weights.count == first.numel() == 13 * 16 + 16
    assert sum(weights.counts) == first.numel()
    assert (weights.low, weights.high) == (float(first.min()), float(first.max()))
    assert list(weights.counts) == torch.histc(first, 32).int().tolist()
    gradients = viewer.look(all_of(project, what="gradients")).nodes[linear,].gradients
    data = viewer._feeds["train"].one(0)
    model.eval()
    nn.functional.cross_entropy(model(data.inputs["x"]), next(iter(data.targets.values()))).backward()
    wanted = next(m for m in model.modules() if isinstance(m, nn.Linear)).weight.grad
    assert gradients is not None
    assert wanted is not None
    assert gradients.high == pytest.approx(float(wanted.max()), rel=1e-5)
    assert all(p.grad is None for p in viewer._recipe.models["model"].parameters())


def test_every_kind_of_picture() -> None:
    maps = torch.arange(20 * 4 * 4.0).reshape(20, 4, 4)
    drawn = showing.picture(maps)
    assert (drawn.kind, drawn.tiles, drawn.total, drawn.height, drawn.width) == ("maps", 16, 20, 4, 4)
    assert (drawn.low, drawn.high, drawn.averaged) == (0.0, 319.0, False)
    assert drawn.pixels[0] == 0
    assert drawn.pixels[-1] == round(255 * (16 * 16 - 1) / 319)
    assert len(drawn.pixels) == 16 * 16
    large = showing.picture(torch.ones(2, 100, 50))
    assert (large.height, large.width, large.averaged, set(large.pixels)) == (36, 36, True, {127})
    heat = showing.picture(torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]))
    assert (heat.kind, heat.height, heat.width, list(heat.pixels)) == (
        "heat",
        3,
        2,
        [0, 51, 102, 153, 204, 255],
    )
    long = showing.picture(torch.arange(128.0))
    assert (long.kind, long.total, long.averaged) == ("bars", 128, True)
    assert long.values[:2] == (0.5, 2.5)
    assert len(long.values) == 64
    assert showing.picture(torch.tensor(3)).values == (3.0,)
    assert showing.picture(torch.ones(2, 5, 4, 4)).kind == "maps"  # of a volume the middle
    bad = torch.tensor([1.0, float("nan"), float("inf"), -1.0])
    assert showing.numbers(bad).bad == 2
    assert (showing.numbers(bad).low, showing.numbers(bad).high) == (-1.0, 1.0)
    assert showing.picture(bad).values == (1.0, 0.0, 1.0, -1.0)
    assert showing.numbers(torch.zeros(3, 2, 2)).silent == 3
    assert showing.spread([torch.zeros(0)]) is None
    many = showing.spread([torch.ones(1 << 18)])
    assert many is not None
    assert (many.count, many.every, sum(many.counts)) == (1 << 18, 4, 1 << 16)


def test_pictures_come_before_a_later_block_computes_in_their_place() -> None:
    project, ids = chain(
        ("input", {"shape": (4,)}),
        ("linear", {"out_features": 4}),
        ("relu", {}),
        ("output", {}),
    )
    model = build(project, seed=1).eval()
    for layer in model.modules():
        if isinstance(layer, nn.ReLU):
            layer.inplace = True
    values = told(project, model, all_of(project), 10 * torch.stack([torch.ones(4), -torch.ones(4)]))
    assert (values[ids[1],]["y"] < 0).any()
    assert (values[ids[2],]["y"] >= 0).all()


# -- every level of a network ---------------------------------------------------------------------------


def repeated(repeat: int) -> tuple[Project, str, list[str]]:
    """A composite of a linear layer and tanh, in a row of rounds."""
    project, ids = chain(
        ("input", {"shape": (6,)}), ("linear", {"out_features": 6}), ("tanh", {}), ("output", {})
    )
    project, block = grouping.group_nodes(project, MAIN, ids[1:3])
    return edits.change_node(project, MAIN, block, repeat=repeat), block, ids


@pytest.mark.parametrize("last", [True, False])
def test_inside_composites_the_first_or_the_last_round_is_shown(last: bool) -> None:
    project, block, _ = repeated(3)
    name = project.graph(MAIN).nodes[block].composite
    inside = project.composites[name].graph
    linear = next(node.id for node in inside.of_type("linear"))
    tanh = next(node.id for node in inside.of_type("tanh"))
    model = build(project, seed=3).eval()
    x = torch.randn(1, 6)
    rounds = [nn.Module.__call__(next(iter(model.children())), x)]
    wanted = all_of(project, last=last)
    found: Values = {}

    def sink(path: tuple[str, ...], ports: Any, _attended: Any) -> None:
        if last or path not in found:
            found[path] = dict(ports)

    with torch.no_grad(), followed(model, project, "main", wanted.wanted, sink):
        nn.Module.__call__(model, x)
    assert torch.equal(next(iter(found[block,].values())), rounds[0])
    layers = [module for module in model.modules() if isinstance(module, nn.Linear)]
    assert len(layers) == 3
    value = x
    with torch.no_grad():
        each = [value := torch.tanh(layer(value)) for layer in layers]
    assert torch.allclose(found[block, tanh]["y"], each[-1 if last else 0])
    places = Places(model, project, "main", last=last)
    assert places.module((block, linear)) is layers[-1 if last else 0]
    assert places.module((block, tanh)) is not None


def test_sums_parts_and_bypassed_blocks() -> None:
    project, ids = chain(("input", {"shape": (5, 4)}), ("lstm", {"hidden_size": 3}))
    project, left = add(project, "relu", [ids[1]])
    project, right = add(project, "tanh", [ids[1]])
    project, third = add(project, "sigmoid", [ids[1]])
    project, total = add(project, "add", [left, right, third])
    project, _ = add(project, "output", [total])
    project = edits.change_node(project, MAIN, right, bypassed=True)
    model = build(project, seed=0).eval()
    x = torch.randn(1, 5, 4)
    values = told(project, model, all_of(project), x)
    lstm = next(module for module in model.modules() if isinstance(module, nn.LSTM))
    with torch.no_grad():
        y, (h, _) = lstm(x)
    assert torch.equal(values[ids[1],]["y"], y)
    assert any(torch.equal(value, h) for value in values[ids[1],].values())
    assert torch.equal(values[right,]["y"], y)  # it passes on what arrives
    assert torch.allclose(values[total,]["y"], y.relu() + y + y.sigmoid())


def test_a_look_shows_the_first_or_the_last_round_and_whole_sums() -> None:
    project, ids = chain(
        ("input", {"shape": (13,)}), ("linear", {"out_features": 13}), ("tanh", {}), ("sigmoid", {})
    )
    project, block = grouping.group_nodes(project, MAIN, ids[1:3])
    project = edits.change_node(project, MAIN, block, repeat=2)
    project, total = add(project, "add", [ids[3], ids[3], ids[3]])
    project, scores = add(project, "linear", [total], parameters={"out_features": 3})
    project, _ = add(project, "output", [scores])
    project = with_plan(project, data=Choice("wine"), loop=loop())
    inside = project.composites[project.graph(MAIN).nodes[block].composite].graph
    linear = next(node.id for node in inside.of_type("linear"))
    viewer = view_of_drawing(project)
    first, last = (
        {
            path: view.leaving[0].picture.values
            for path, view in viewer.look(all_of(project, last=one)).nodes.items()
        }
        for one in (False, True)
    )
    assert first[block, linear] != last[block, linear]
    assert {path for path in first if first[path] != last[path]} <= {(block, node) for node in inside.nodes}
    assert first[total,] == pytest.approx([3 * value for value in first[ids[3],]])


def test_wires_of_several_outputs_lead_to_their_blocks() -> None:
    project, ids = chain(("input", {"shape": (4,)}), ("linear", {"out_features": 2}), ("output", {}))
    project, other = add(project, "linear", [ids[0]], parameters={"out_features": 3})
    project, second = add(project, "output", [other])
    model = build(project, seed=0).eval()
    values = told(project, model, all_of(project), torch.randn(1, 4))
    assert values[ids[2],]["x"].shape == (1, 2)
    assert values[second,]["x"].shape == (1, 3)


def test_a_class_is_looked_for_from_a_place_on() -> None:
    project = wine()
    viewer = view_of_drawing(project)
    seen = viewer.look(all_of(project, of_class=2, index=0))
    again = viewer.look(all_of(project, of_class=2, index=seen.index + 1))
    assert seen.truth == again.truth == 2
    assert again.index > seen.index
    assert viewer.look(all_of(project, index=seen.counts["train"] + 3)).index == 3


# -- attention ------------------------------------------------------------------------------------------


def test_attention_is_that_of_the_layer_itself() -> None:
    x = torch.randn(1, 5, 8)
    mask = torch.ones(5, 5, dtype=torch.bool).triu(1)
    layer = nn.MultiheadAttention(8, 2, batch_first=True).eval()
    with torch.no_grad(), listened(layer) as arrived:
        layer(x, x, x, attn_mask=mask, need_weights=False)
    ((_, found, args, kwargs),) = arrived
    with torch.no_grad():
        wanted = layer(x, x, x, attn_mask=mask, average_attn_weights=False)[1][0]
        assert torch.equal(weights_of(found, args, kwargs), wanted)
        encoder = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True).eval()
        with listened(encoder) as inner:
            encoder(x)
        assert [name for name, *_ in inner] == ["self_attn"]
        wanted = encoder.self_attn(x, x, x, average_attn_weights=False)[1][0]
        assert torch.allclose(weights_of(*inner[0][1:]), wanted, atol=1e-6)
        query, key, value = torch.randn(3, 1, 2, 5, 4)
        for causal in (False, True):
            result = nn.functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
            assert torch.allclose(fitting(query, key, is_causal=causal) @ value, result, atol=1e-6)


@pytest.mark.parametrize("kind", ["self_attention", "transformer_encoder_layer", "multihead_attention"])
def test_attention_is_shown_by_head(kind: str) -> None:
    project, ids = chain(("input", {"shape": (6, 8)}))
    feeding = ids * (3 if kind == "multihead_attention" else 1)
    heads = "nhead" if kind == "transformer_encoder_layer" else "num_heads"
    ports = ("query", "key", "value") if kind == "multihead_attention" else ()
    project, node = add(project, kind, feeding, ports=ports, parameters={heads: 2})
    project, _ = add(project, "output", [node])
    project = edits.rename_node(project, MAIN, node, "attends")
    model = build(project, seed=0).eval()
    found: list[torch.Tensor] = []

    def sink(path: tuple[str, ...], _ports: Any, attended: Any) -> None:
        if path == (node,):
            found.extend(weights for _, weights in attended)

    with torch.no_grad(), followed(model, project, "main", frozenset([(node,)]), sink):
        plain = nn.Module.__call__(model, x := torch.randn(1, 6, 8))
    assert torch.allclose(plain, model(x), atol=1e-6)
    assert [tuple(one.shape) for one in found] == [(2, 6, 6)]
    assert torch.allclose(found[0].sum(-1), torch.ones(2, 6))
    picture = showing.attention(found[0])
    assert (picture.kind, picture.tiles, picture.height, picture.width) == ("attention", 2, 6, 6)


def test_a_layer_of_ones_own_is_put_back(tmp_path: Any) -> None:
    class Counting(nn.Module):
        calls: torch.Tensor

        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("calls", torch.zeros(()))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            self.calls += 1
            return x

    Counting.__module__ = "custom_counting"
    layer = Counting().train()
    with peeking._undisturbed({"model": layer}):
        assert not layer.training
        layer(torch.ones(1))
        assert int(layer.calls) == 1
    assert layer.training
    assert int(layer.calls) == 0


def test_a_plan_without_its_data_says_so() -> None:
    project = with_plan(wine(), data=Choice("table", {"file": "nowhere.csv"}))
    with pytest.raises(NetwrightError):
        view_of_drawing(project)
