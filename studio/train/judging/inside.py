"""Looks inside a judged network: its layers, where they look, and how they lay samples out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import torch
from torch import nn
from torch.nn import functional

from studio.data import Dataset
from studio.graph import Message
from studio.project import COMPOSITE, GraphRef, Project
from studio.train.flowing.following import Attended, Path, Places, Ports, followed
from studio.train.judging.answers import Part, part_of
from studio.train.judging.attending import as_weights, attends, grid_of
from studio.train.judging.interpreting import Told, asked
from studio.train.judging.pairing import paired
from studio.train.judging.trying import Tried, outputs_of, readable
from studio.train.recipe import TrainError

DEEPEST = 6
"""Composites in composites that are gone into."""

MOST_TOKENS = 96
"""Places of a sequence beyond which neighbours are averaged in a map of attention."""

MOST_WORDS = 48
"""Tokens of a long text that are looked at by name, where that is the same as looking at all of them."""

MOST_FEATURES = 4096
"""Numbers of a sample beyond which maps are averaged before they are laid out."""

MOST_POINTS = 2000
"""Samples that are laid out: evenly spread ones of more."""

MAPPED = frozenset(("supervised", "autoencoder", "siamese", "language_model"))
"""Recipes whose first network takes the samples of the data as they are."""

WEIGHTS = frozenset(("softmax", "gumbel_softmax"))
PRODUCTS = frozenset(("multiply", "matmul", "einsum"))
"""Types of blocks that weigh, and that bring weights and what they weigh together."""

_BATCH = 256
_STAGES = 4


@dataclass(frozen=True)
class Layer:
    """A node that something leaves.

    Attributes:
        path: its way from the network.
        title: its name, after those of the composites around it.
        place: the dotted name of its module; empty where it has none.
        kind: whether it is a convolution, attends, or neither.
    """

    path: Path
    title: str
    place: str
    kind: Literal["convolution", "attention", "other"]


def main_in(model: nn.Module, project: Project) -> nn.Module:
    """Give the network that a plan names first, out of what `opened` gave."""
    if isinstance(model, nn.ModuleDict):
        role = next(role for role, name in project.plan.networks.items() if name == project.main())
        return model[role]
    return model


def layers(project: Project, network: str, model: nn.Module) -> tuple[Layer, ...]:
    """Give all nodes that lead to an output, in the order in which they run."""
    places = Places(model, project, network)
    names = {module: name for name, module in model.named_modules()}
    found = []
    for path, title in _drawn(project, GraphRef("network", network), (), ""):
        module = places.module(path)
        kind: Literal["convolution", "attention", "other"] = "other"
        if isinstance(module, nn.modules.conv._ConvNd):
            kind = "convolution"
        elif module is not None and attends(module):
            kind = "attention"
        found.append(Layer(path, title, names.get(module, "") if module is not None else "", kind))
    return tuple(found)


def weighing(project: Project, network: str) -> Iterator[Path]:
    """Give the nodes that are attention drawn by hand: weights that sum to 1 and go into a product."""
    for path, _ in _drawn(project, GraphRef("network", network), (), ""):
        ref = GraphRef("network", network)
        for id in path[:-1]:
            ref = GraphRef("composite", project.graph(ref).nodes[id].composite)
        graph = project.graph(ref)
        if graph.nodes[path[-1]].type in WEIGHTS and any(
            graph.nodes[wire.target.node].type in PRODUCTS for wire in graph.out_of(path[-1])
        ):
            yield path


def _drawn(project: Project, ref: GraphRef, at: Path, before: str) -> Iterator[tuple[Path, str]]:
    graph = project.graph(ref)
    needed = graph.upstream(node.id for node in graph.of_type("output"))
    for id in graph.order():
        node = graph.nodes[id]
        if id not in needed or node.type in ("input", "output"):
            continue
        title = f"{before}{node.name}"
        inner = GraphRef("composite", node.composite)
        if node.type == COMPOSITE and inner in project.refs() and len(at) < DEEPEST:
            yield from _drawn(project, inner, (*at, id), f"{title} / ")
        yield (*at, id), title


# -- attention -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Looking:
    """Where one layer looks.

    Attributes:
        title: of the layer.
        heads: for each head the weights, query after query; the mean of all heads first.
        queries: how many places look.
        keys: how many are looked at.
        averaged: whether neighbours were averaged.
        rows: the tokens that look; empty where the places are none.
        columns: the tokens that are looked at.
        grid: rows and columns of the places on a picture that are looked at; None where they are none.
    """

    title: str
    heads: tuple[tuple[float, ...], ...]
    queries: int
    keys: int
    averaged: bool = False
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    grid: tuple[int, int] | None = None


@dataclass(frozen=True)
class Attention:
    """Where a network looks for one sample.

    Attributes:
        layers: in the order in which they ran.
        rollout: through all layers of equal length: how much each place (row) goes back to each that came
            in; None where there is none.
        each: how much all places together go back to each place that came in; sums to 1.
        words: the tokens, where the places are those.
    """

    layers: tuple[Looking, ...]
    rollout: Looking | None
    each: tuple[float, ...]
    words: tuple[str, ...]


def attention(model: nn.Module, project: Project, network: str, tried: Tried) -> Attention:
    """See where a network looks for a sample.

    Rollout (Abnar and Zuidema 2020) multiplies the layers' mean weights, half of each being what passes by.

    Raises:
        NetwrightError: no layer of it attends.
    """
    known = {layer.path: layer.title for layer in layers(project, network, model)}
    drawn = set(weighing(project, network))
    seen: list[_Seen] = []
    first = next(iter(tried.inputs.values()))[0]
    words = tuple(map(readable, tried.shown.words))
    texts = {len(tried.inputs[name][0]): tuple(map(readable, given)) for name, given in tried.texts.items()}
    texts = texts or {len(first): words}
    sides = first.shape[1:] if first.dim() == 3 and tried.shown.picture is not None else None

    def over(places: int) -> tuple[int, int] | None:
        return None if sides is None else grid_of(places, *sides)

    def known_places(count: int) -> bool:
        return count in texts if sides is None else over(count) is not None

    def noticed(path: Path, ports: Ports, attended: Attended) -> None:
        title = known.get(path, "")
        for name, weights in attended:
            seen.append(_named(f"{title} · {name}" if name else title, weights, texts))
        if path in drawn and (found := as_weights(next(iter(ports.values())), known_places)) is not None:
            seen.append(_named(title, found, texts))

    with asked(model), torch.no_grad(), followed(model, project, network, frozenset(known), noticed):
        outputs_of(model, tried.inputs)
    if not seen:
        raise TrainError(Message("No layer of this network attends, so there is nothing to see here."))
    if len(words) > MOST_WORDS and all(_causal(one.weights) for one in seen):
        # What comes later changes nothing of how a causal network sees what comes first.
        seen = [one.begun(MOST_WORDS) for one in seen]
        words = words[:MOST_WORDS]
    rolled = _rollout([one.weights for one in seen])
    length = None if rolled is None else rolled.shape[1]
    fitting = words if length in (None, len(words)) else ()
    return Attention(
        tuple(_looking(one, over(one.weights.shape[2])) for one in seen),
        None
        if rolled is None
        else _looking(_Seen("", rolled.unsqueeze(0), fitting, fitting), over(len(rolled))),
        () if rolled is None else tuple(rolled.mean(0).tolist()),
        fitting,
    )


class _Seen(NamedTuple):
    """The weights of a layer, heads by queries by keys, with the tokens of both where they are known."""

    title: str
    weights: torch.Tensor
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    def begun(self, most: int) -> _Seen:
        """Give the first places only."""
        return _Seen(self.title, self.weights[:, :most, :most], self.rows[:most], self.columns[:most])


def _named(title: str, weights: torch.Tensor, texts: Mapping[int, tuple[str, ...]]) -> _Seen:
    """Say which tokens look and are looked at, by how many they are; what only fills them is left out."""
    weights = weights.detach().float().cpu()
    rows, columns = (texts.get(size, ()) for size in weights.shape[1:])
    if rows:
        weights = weights[:, : len(rows)]
    if columns and len(columns) < weights.shape[2]:
        weights = weights[:, :, : len(columns)]
        weights = weights / weights.sum(2, keepdim=True).clamp(min=1e-12)
    return _Seen(title, weights, rows, columns)


def _causal(weights: torch.Tensor) -> bool:
    return weights.shape[1] == weights.shape[2] and not bool(weights.triu(1).any())


def _rollout(seen: list[torch.Tensor]) -> torch.Tensor | None:
    square = [weights for weights in seen if weights.shape[1] == weights.shape[2]]
    same = [weights for weights in square if weights.shape[1] == square[0].shape[1]]
    if not same:
        return None
    total = torch.eye(same[0].shape[1])
    for weights in same:
        mean = weights.mean(0)
        total = (0.5 * mean + 0.5 * torch.eye(len(mean))) @ total
    return total / total.sum(1, keepdim=True).clamp(min=1e-12)


def _looking(seen: _Seen, grid: tuple[int, int] | None) -> Looking:
    weights = seen.weights
    sizes = (min(weights.shape[1], MOST_TOKENS), min(weights.shape[2], MOST_TOKENS))
    averaged = sizes != tuple(weights.shape[1:])
    if averaged:
        weights = functional.adaptive_avg_pool2d(weights, sizes)
    heads = [weights.mean(0), *weights] if len(weights) > 1 else [weights[0]]
    found = tuple(tuple(one.flatten().tolist()) for one in heads)
    rows, columns = ((), ()) if averaged else (seen.rows, seen.columns)
    return Looking(seen.title, found, *sizes, averaged, rows, columns, None if averaged else grid)


# -- a map of samples ----------------------------------------------------------------------------------

Layout = Literal["pca", "tsne"]


@dataclass(frozen=True)
class SampleMap:
    """Samples as points: those that a layer takes for alike lie close together.

    Attributes:
        layout: how they were laid out.
        points: where each lies.
        samples: the place of each in its split.
        truths: the number of the class of each, of its first label, or -1 for none; what is to be
            predicted, where that is a number, or the first of several.
        features: how many numbers of a sample were looked at.
        averaged: whether maps were averaged before.
        explained: for `pca`, the share of the variance that both directions hold.
    """

    layout: Layout
    points: tuple[tuple[float, float], ...]
    samples: tuple[int, ...]
    truths: tuple[float, ...]
    features: int
    averaged: bool
    explained: float


def sample_map(
    model: nn.Module,
    data: Dataset,
    project: Project,
    network: str,
    path: Path,
    layout: Layout,
    *,
    part: Part = "test",
    most: int = MOST_POINTS,
    told: Told = lambda _share: None,
) -> SampleMap:
    """Lay samples out by what a layer makes of them.

    Args:
        model: the network.
        data: what it was trained on.
        project: what it was made from.
        network: its name.
        path: the layer.
        layout: along the two directions in which they differ most (`pca`), or neighbours beside neighbours
            (`tsne`).
        part: the split.
        most: how many samples, evenly spread over the split.
        told: told the share that is done; whatever it raises ends the work.

    Raises:
        NetwrightError: nothing leaves this layer, or there are too few samples.
    """
    split = part_of(data, part)
    both = paired(project.plan, data)
    step = max(1, -(-len(split) * (1 + both) // most))
    chosen = torch.arange(0, len(split), step)
    if len(chosen) < 4:
        raise TrainError(Message("Too few samples to lay out: at least 4 are needed."))
    rows, features, averaged = _activations(
        model, data, project, network, path, chosen, part, lambda share: told(0.5 * share)
    )
    if both:  # the first of each pair, and then the second
        chosen = torch.cat([chosen, chosen])
    if not features:
        raise TrainError(Message("Nothing leaves this layer that could be laid out."))
    points, explained = _laid_out(rows, layout, lambda share: told(0.5 + 0.5 * share))
    truth = next(iter(split.targets.values()), torch.zeros(len(split)))
    truths = tuple(truth[chosen].double().tolist()) if truth.dim() == 1 else (-1.0,) * len(chosen)
    if truth.dim() == 2 and data.task == "multilabel":  # the first label of several; -1 for none
        yes = truth[chosen] > 0.5
        truths = tuple(torch.where(yes.any(1), yes.int().argmax(1), -1).double().tolist())
    if not data.classes and (truth.dim() == 1 or (truth.dim() == 2 and truth.is_floating_point())):
        # Of several numbers the first one.
        first = data.preprocessing.in_unit(truth[chosen]).reshape(len(chosen), -1)[:, 0]
        truths = tuple(first.tolist())
    return SampleMap(
        layout,
        tuple((float(x), float(y)) for x, y in points),
        tuple(chosen.tolist()),
        truths,
        features,
        averaged,
        explained,
    )


def _activations(
    model: nn.Module,
    data: Dataset,
    project: Project,
    network: str,
    path: Path,
    chosen: torch.Tensor,
    part: Part,
    told: Told,
) -> tuple[torch.Tensor, int, bool]:
    """Give a row of numbers for each sample, how many that are, and whether maps were averaged."""
    split = part_of(data, part)
    sides = len(split.inputs) if paired(project.plan, data) else 1
    found: list[list[torch.Tensor]] = [[] for _ in range(sides)]
    averaged = False
    now: list[torch.Tensor] = []

    def noticed(_path: Path, ports: Ports, _attended: Attended) -> None:
        now[:] = [next(iter(ports.values())).detach()]

    with asked(model), torch.no_grad(), followed(model, project, network, frozenset({path}), noticed):
        for place in range(0, len(chosen), _BATCH):
            some = chosen[place : place + _BATCH]
            inputs = dict(split.take(some).here().inputs)
            # Both samples of a pair enter a network with one input one after the other.
            each = [inputs] if sides == 1 else [{name: values} for name, values in inputs.items()]
            for side, given in zip(found, each, strict=True):
                now.clear()
                try:
                    outputs_of(model, given)
                except (RuntimeError, TypeError, KeyError) as error:
                    said = Message("The samples of the data do not enter this network by themselves.")
                    raise TrainError(said) from error
                if not now or now[0].shape[:1] != some.shape:
                    return torch.zeros(0), 0, False
                values = now[0].float().cpu()
                if values[0].numel() > MOST_FEATURES and values.dim() > 2:
                    averaged = True
                    # Maps keep their channels, sequences their features: the places are averaged.
                    values = (
                        values.mean(tuple(range(2, values.dim()))) if values.dim() > 3 else values.mean(1)
                    )
                side.append(values.flatten(1))
            told((place + len(some)) / len(chosen))
    rows = torch.cat([values for side in found for values in side])
    return rows.nan_to_num(), rows.shape[1], averaged


def _laid_out(rows: torch.Tensor, layout: Layout, told: Told) -> tuple[Any, float]:
    from sklearn.decomposition import PCA  # only where it is needed: it takes a while to import

    count, features = rows.shape
    numbers = rows.double().numpy()
    if features == 1:
        return [(float(value), 0.0) for value in numbers[:, 0]], 1.0
    if not (numbers != numbers[0]).any():
        raise TrainError(
            Message(
                "This layer gives the same for all samples: there is nothing to tell them apart by. "
                "Choose another layer."
            )
        )
    kept = min(2 if layout == "pca" else 50, count, features)
    pca = PCA(kept, random_state=0)
    numbers = pca.fit_transform(numbers)
    explained = float(pca.explained_variance_ratio_[:2].sum())
    told(0.1)
    if layout == "pca":
        return numbers, explained if explained == explained else 0.0
    return _neighbours(numbers, told), 0.0


def _neighbours(numbers: Any, told: Told) -> Any:
    """Lay rows out by t-SNE in stages, so that it can be ended between two of them."""
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits  # scikit-learn's own; it counts for this thread only

    count = len(numbers)
    spread = float(numbers[:, 0].std()) or 1.0
    points = (numbers[:, :2] / spread * 1e-4).astype("float32")
    for stage in range(_STAGES):
        made = TSNE(
            init=points,
            perplexity=min(30.0, (count - 1) / 3),
            # The first stage draws neighbours together, the others let them settle.
            early_exaggeration=12.0 if stage == 0 else 1.0,
            learning_rate=max(count / 48, 50.0),
            max_iter=250,
            random_state=0,
        )
        # With several threads each waits for the others at every step, while something else computes.
        with threadpool_limits(1, "openmp"):
            points = made.fit_transform(numbers).astype("float32")
        told(0.1 + 0.9 * (stage + 1) / _STAGES)
    return points
