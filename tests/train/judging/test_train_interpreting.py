"""What speaks for an answer, where a network looks and how it lays samples out, beside what is known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from sklearn.decomposition import PCA
from torch import nn

from studio.compiler import build
from studio.data import Dataset, Preprocessing, Split, load
from studio.graph import Message, Value
from studio.project import Project
from studio.train.judging import trying
from studio.train.judging.attending import grid_of
from studio.train.judging.inside import Layout, attention, layers, sample_map
from studio.train.judging.interpreting import convolutions, explain, methods_for
from studio.train.recipe import TrainError
from tests.drawing import chain, wire
from tests.train.plain import copied, same
from tests.train.recipe_examples import translation

Made = tuple[nn.Module, Dataset, Project]
Kinds = tuple[tuple[str, Mapping[str, Value]], ...]
CLASSES = ("no", "maybe", "yes")


def made(values: torch.Tensor, facts: Preprocessing, *kinds: tuple[str, Mapping[str, Value]]) -> Made:
    """A network without training, and samples of three classes."""
    shape: dict[str, Value] = {"shape": tuple(values.shape[1:])}
    if not values.is_floating_point():
        shape["dtype"] = "int64"
    project, _ = chain(("input", shape), *kinds, ("output", {}))
    split = Split({"x": values}, {"target": torch.arange(len(values)) % 3})
    data = Dataset(split, split, split, "classification", CLASSES, facts, Message("Made"))
    return build(project, seed=1), data, project


@pytest.fixture
def rows() -> Made:
    values = torch.randn(40, 5, generator=torch.Generator().manual_seed(0))
    kinds: Kinds = (
        ("linear", {"out_features": 8}),
        ("relu", {}),
        ("dropout", {}),
        ("linear", {"out_features": 3}),
    )
    return made(values, Preprocessing("vector", (5,), columns=tuple("abcde")), *kinds)


@pytest.fixture
def pictures() -> Made:
    values = torch.rand(12, 1, 14, 14, generator=torch.Generator().manual_seed(0))
    conv: tuple[str, Mapping[str, Value]] = ("conv2d", {"out_channels": 4, "padding": 1})
    kinds: Kinds = (
        conv,
        ("relu", {}),
        ("conv2d", {"out_channels": 6}),
        ("adaptive_avg_pool2d", {"output_size": (1, 1)}),
        ("flatten", {}),
    )
    return made(values, Preprocessing("image", (1, 14, 14)), *kinds, ("linear", {"out_features": 3}))


@pytest.fixture
def words() -> Made:
    values = torch.randint(2, 9, (30, 6), generator=torch.Generator().manual_seed(0))
    values[:, 4:] = 0
    facts = Preprocessing("tokens", (6,), vocabulary=("<padding>", "<unknown>", *"abcdefg"))
    kinds: Kinds = (
        ("embedding", {"num_embeddings": 9, "embedding_dim": 8}),
        ("transformer_encoder_layer", {"nhead": 2, "dim_feedforward": 8}),
        ("self_attention", {"num_heads": 4}),
        ("flatten", {}),
        ("linear", {"out_features": 3}),
    )
    return made(values, facts, *kinds)


def scores(model: nn.Module, values: torch.Tensor) -> torch.Tensor:
    model.eval()
    with torch.no_grad():
        found: torch.Tensor = model(values)
    return found


def test_a_plain_sum_is_explained_by_its_weights() -> None:
    values = torch.randn(40, 5, generator=torch.Generator().manual_seed(0))
    model, data, _ = made(values, Preprocessing("vector", (5,)), ("linear", {"out_features": 3}))
    weight = next(one for one in model.parameters() if one.dim() == 2).detach()
    tried = trying.of_data(data, "test", 7)
    wanted = (weight[2] * (values[7] - values.mean(0))).tolist()
    for method in ("gradient", "integrated"):
        found = explain(model, data, tried, method, target=2)
        assert [one * found.largest for one in found.values] == pytest.approx(wanted, abs=1e-5)
        assert found.score == pytest.approx(float(scores(model, values[7:8]).softmax(1)[0, 2]))
    hidden = values[7].repeat(5, 1)
    hidden[range(5), range(5)] = values.mean(0)
    lost = found.score - scores(model, hidden).softmax(1)[:, 2]
    found = explain(model, data, tried, "occlusion", target=2)
    assert [one * found.largest for one in found.values] == pytest.approx(lost.tolist(), abs=1e-6)


@pytest.mark.parametrize("kind", ["rows", "pictures", "words"])
def test_integrated_gradients_add_up_to_the_difference(kind: str, request: pytest.FixtureRequest) -> None:
    model, data, _ = request.getfixturevalue(kind)
    tried = trying.of_data(data, "test", 3)
    found = explain(model, data, tried, "integrated", target=1)
    values = data.test.inputs["x"][3:4]
    if kind == "rows":
        blank = scores(model, data.train.inputs["x"].mean(0, keepdim=True))
    elif kind == "pictures":
        blank = scores(model, values.flatten(2).median(2).values[:, :, None, None].expand_as(values))
    else:
        blank = scores(model, torch.ones_like(values))  # words that it does not know
    difference = float(scores(model, values)[0, 1] - blank[0, 1])
    assert sum(found.values) * found.largest == pytest.approx(difference, rel=0.03, abs=2e-3)
    assert found.sizes == {"rows": (5,), "pictures": (14, 14), "words": (6,)}[kind]


def test_grad_cam_is_the_maps_by_their_weights(pictures: Made) -> None:
    model, data, _ = pictures
    found = explain(model, data, trying.of_data(data, "test", 2), "gradcam", target=0)
    (first, last) = convolutions(model)
    kept: list[torch.Tensor] = []
    handle = model.get_submodule(last).register_forward_hook(lambda _m, _a, output: kept.append(output))
    scores(model, data.test.inputs["x"][2:3])
    handle.remove()
    weight = next(one for one in model.modules() if isinstance(one, nn.Linear)).weight[0].detach()
    cam = (weight[:, None, None] * kept[0][0] / kept[0][0, 0].numel()).sum(0).relu()
    large = nn.functional.interpolate(cam[None, None], (14, 14), mode="bilinear", align_corners=False)
    assert [one * found.largest for one in found.values] == pytest.approx(large.flatten().tolist(), abs=1e-6)
    other = explain(model, data, trying.of_data(data, "test", 2), "gradcam", target=0, layer=first)
    assert other.values != found.values
    assert min(other.values) >= 0


def test_a_network_that_looks_at_one_corner_loses_by_covering_it() -> None:
    values = torch.zeros(6, 1, 14, 14)
    values[:, :, :2, :2] = 1
    facts = Preprocessing("image", (1, 14, 14))
    model, data, _ = made(values, facts, ("flatten", {}), ("linear", {"out_features": 3}))
    linear = next(one for one in model.modules() if isinstance(one, nn.Linear))
    with torch.no_grad():
        linear.weight.zero_()
        linear.weight[1, 0] = 5
    heat = explain(model, data, trying.of_data(data, "test", 0), "occlusion", target=1)
    rows = [heat.values[14 * row : 14 * row + 14] for row in range(14)]
    assert rows[0][0] == 1
    assert all(
        rows[y][x] == pytest.approx(0, abs=1e-6) for y in range(14) for x in range(14) if max(x, y) > 2
    )


@pytest.mark.parametrize("kind", ["rows", "pictures", "words"])
def test_asking_leaves_everything_as_it_was(kind: str, request: pytest.FixtureRequest) -> None:
    model, data, _ = request.getfixturevalue(kind)
    model.train()
    before, drawn = copied(model), torch.get_rng_state()
    tried = trying.of_data(data, "test", 1)
    methods = methods_for(model, tried)
    assert (
        set(methods)
        == {
            "rows": {"gradient", "smooth", "integrated", "occlusion"},
            "pictures": {"gradcam", "gradient", "smooth", "integrated", "occlusion"},
            "words": {"gradient", "integrated", "occlusion"},
        }[kind]
    )
    for method in methods:
        told: list[float] = []
        found = explain(model, data, tried, method, told=told.append)
        assert max(map(abs, found.values)) == pytest.approx(1) or method == "gradcam"
        assert told == sorted(told)
        assert explain(model, data, tried, method) == found
    assert model.training
    assert same(before, copied(model))
    assert torch.equal(drawn, torch.get_rng_state())
    assert all(one.grad is None for one in model.parameters())
    assert not any(one._forward_hooks or one._forward_pre_hooks for one in model.modules())

    def ended(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        explain(model, data, tried, "occlusion", told=ended)
    assert model.training


def test_words_of_a_plain_sum_are_explained_by_their_own_parts() -> None:
    values = torch.randint(2, 9, (30, 4), generator=torch.Generator().manual_seed(0))
    facts = Preprocessing("tokens", (4,), vocabulary=("<padding>", "<unknown>", *"abcdefg"))
    kinds: Kinds = (("embedding", {"num_embeddings": 9, "embedding_dim": 8}), ("flatten", {}))
    model, data, _ = made(values, facts, *kinds, ("linear", {"out_features": 3}))
    found = explain(model, data, trying.of_data(data, "test", 0), "gradient", target=1)
    table, linear = (
        next(one for one in model.modules() if isinstance(one, k)) for k in (nn.Embedding, nn.Linear)
    )
    parts = ((table(values[0]) - table.weight[1]) * linear.weight[1].reshape(4, 8)).sum(1).tolist()
    assert [one * found.largest for one in found.values] == pytest.approx(parts, abs=1e-5)


def test_attention_and_its_rollout(words: Made) -> None:
    model, data, project = words
    tried = trying.of_data(data, "test", 5)
    found = attention(model, project, "main", tried)
    assert found.words == tried.shown.words
    assert len(found.words) == 4
    assert [len(one.heads) for one in found.layers] == [3, 5]
    total = torch.eye(4)
    for one in found.layers:
        assert (one.queries, one.keys) == (4, 4)
        heads = torch.tensor(one.heads).reshape(-1, 4, 4)
        assert torch.allclose(heads.sum(2), torch.ones(len(heads), 4), atol=1e-5)
        assert torch.allclose(heads[0], heads[1:].mean(0), atol=1e-6)
        total = (heads[0] / 2 + torch.eye(4) / 2) @ total
    assert found.rollout is not None
    assert found.rollout.heads[0] == pytest.approx(total.flatten().tolist(), abs=1e-5)
    assert found.each == pytest.approx(total.mean(0).tolist(), abs=1e-5)
    kinds = [layer.kind for layer in layers(project, "main", model)]
    assert kinds == ["other", "attention", "attention", "other", "other"]


def test_a_network_without_attention_says_so(rows: Made) -> None:
    model, data, project = rows
    with pytest.raises(TrainError, match="No layer of this network attends"):
        attention(model, project, "main", trying.of_data(data, "test", 0))


def test_a_map_lies_along_the_directions_of_scikit_learn(rows: Made) -> None:
    model, data, project = rows
    first = layers(project, "main", model)[0]
    found = sample_map(model, data, project, "main", first.path, "pca", most=20)
    linear = model.get_submodule(first.place)
    rows_ = linear(data.test.inputs["x"][::2]).detach().double().numpy()
    pca = PCA(2, random_state=0).fit(rows_)
    wanted = pca.transform(rows_).tolist()
    assert [list(point) for point in found.points] == [pytest.approx(one, abs=1e-5) for one in wanted]
    assert found.explained == pytest.approx(float(pca.explained_variance_ratio_.sum()))
    assert found.samples == tuple(range(0, 40, 2))
    assert found.truths == tuple(float(number % 3) for number in found.samples)
    assert found.features == 8


@pytest.mark.parametrize("layout", ["pca", "tsne"])
def test_a_layer_that_gives_the_same_for_all_samples_says_so(layout: Layout, rows: Made) -> None:
    model, data, project = rows
    first = layers(project, "main", model)[0]
    with torch.no_grad():
        model.get_parameter(f"{first.place}.weight").zero_()
    with pytest.raises(TrainError, match="the same for all samples"):
        sample_map(model, data, project, "main", first.path, layout)


def test_neighbours_stay_neighbours_and_the_work_can_be_ended() -> None:
    # Nine heaps, each in a direction of its own: two directions alone cannot hold them apart.
    values = 8 * torch.nn.functional.one_hot(torch.arange(90) % 9, 9).float()
    values += torch.randn(90, 9, generator=torch.Generator().manual_seed(0))
    model, data, project = made(values, Preprocessing("vector", (9,)), ("linear", {"out_features": 9}))
    path = layers(project, "main", model)[0].path
    told: list[float] = []
    threads = torch.get_num_threads()
    found = sample_map(model, data, project, "main", path, "tsne", told=told.append)
    assert told[-1] == pytest.approx(1)
    flat = sample_map(model, data, project, "main", path, "pca")

    def alike(points: tuple[tuple[float, float], ...]) -> float:
        """Give how often the nearest point is of the same heap."""
        places = torch.tensor(points)
        nearest = (torch.cdist(places, places) + torch.eye(90) * 1e9).argmin(1)
        return float((nearest % 9 == torch.arange(90) % 9).double().mean())

    assert alike(found.points) > 0.95 > 0.8 > alike(flat.points)
    assert torch.get_num_threads() == threads

    def ended(share: float) -> None:
        if share > 0.6:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        sample_map(model, data, project, "main", path, "tsne", told=ended)


def test_a_reader_and_a_writer_look_by_the_tokens_of_both(tmp_path: Path) -> None:
    project = translation(tmp_path)
    data = load(project.plan.data)
    tried = trying.of_data(data, "test", 0)
    found = attention(build(project, seed=1), project, "main", tried)
    (cross,) = found.layers
    assert cross.columns == found.words == tried.shown.words
    assert cross.rows == tuple(map(trying.readable, tried.texts["written"]))
    assert cross.rows[:2] == (trying.BEGIN, data.preprocessing.vocabulary[data.test.inputs["written"][0, 1]])
    assert (cross.queries, cross.keys) == (len(cross.rows), len(cross.columns))
    assert torch.tensor(cross.heads[0]).reshape(cross.queries, -1).sum(1).tolist() == pytest.approx(
        [1] * cross.queries
    )


def test_attention_that_is_drawn_by_hand_is_seen(words: Made) -> None:
    _, data, _ = words
    project, ids = chain(
        ("input", {"shape": (6,), "dtype": "int64"}),
        ("embedding", {"num_embeddings": 9, "embedding_dim": 8}),
        ("linear", {"out_features": 1}),
        ("softmax", {"dim": 1}),
        ("multiply", {}),
        ("sum", {"dim": (1,)}),
        ("linear", {"out_features": 3}),
        ("softmax", {}),
        ("output", {}),
    )
    project = wire(project, ids[1], ids[4])
    tried = trying.of_data(data, "test", 5)
    model = build(project, seed=1)
    found = attention(model, project, "main", tried)
    (drawn,) = found.layers  # the softmax at the end weighs nothing
    assert (drawn.queries, drawn.keys, drawn.columns) == (1, 4, tried.shown.words)
    table, fit, *_ = model.children()
    weights = fit(table(tried.inputs["x"]))[0, :4, 0].softmax(0)
    assert drawn.heads[0] == pytest.approx(weights.tolist(), abs=1e-6)


def test_attention_over_a_picture_knows_its_rows_and_columns() -> None:
    picture = torch.rand(3, 1, 12, 8)
    split = Split({"x": picture}, {"target": torch.zeros(3).long()})
    facts = Preprocessing("image", (1, 12, 8), mean=(0.0,), std=(1.0,))
    data = Dataset(split, split, split, "classification", ("a", "b"), facts, Message("made"))
    project, ids = chain(
        ("input", {"shape": (1, 12, 8)}),
        ("avg_pool2d", {"kernel_size": 4}),
        ("flatten", {"start_dim": 2}),
        ("softmax", {"dim": 2}),
        ("multiply", {}),
        ("flatten", {}),
        ("linear", {"out_features": 5}),
        ("softmax", {}),  # five answers are no places of the picture
        ("multiply", {}),
        ("linear", {"out_features": 2}),
        ("output", {}),
    )
    project = wire(wire(project, ids[2], ids[4]), ids[6], ids[8])
    found = attention(build(project, seed=1), project, "main", trying.of_data(data, "test", 1))
    (drawn,) = found.layers
    assert (drawn.queries, drawn.keys, drawn.grid) == (1, 6, (3, 2))
    cells = picture[1, 0].reshape(3, 4, 2, 4).mean((1, 3)).flatten()
    assert drawn.heads[0] == pytest.approx(cells.softmax(0).tolist(), abs=1e-6)


@pytest.mark.parametrize(
    ("places", "height", "width", "grid"),
    [
        (49, 56, 56, (7, 7)),
        (6, 12, 8, (3, 2)),
        (50, 56, 56, None),
        (1, 8, 8, None),
        (8, 16, 8, (4, 2)),
        (0, 8, 8, None),
    ],
)
def test_places_are_laid_over_a_picture_where_they_are_a_grid_of_squares(
    places: int, height: int, width: int, grid: tuple[int, int] | None
) -> None:
    assert grid_of(places, height, width) == grid
