"""Which weights an optimizer moves where it moves only some, and which networks it cannot move at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from torch import nn

from studio.blocks import find
from studio.graph import Graph, Message
from studio.project import COMPOSITE, Choice, GraphRef, Project
from studio.train.flowing.places import has_rates
from studio.train.plans.mending import other_optimizer
from studio.train.recipe import TrainError

_MATRICES = (nn.Linear, nn.RNNBase, nn.RNNCellBase, nn.MultiheadAttention)
"""Layers whose weights of two dimensions turn one vector into another."""

PARTIAL = frozenset({"muon", "sparse_adam", "lbfgs"})
"""The optimizers that cannot move every network."""

_TABLES = (nn.Embedding, nn.EmbeddingBag)


def moved_apart(optimizer: str, model: nn.Module) -> frozenset[str]:
    """Give the dotted names of the weights that an optimizer moves by itself; another one moves the rest.

    Args:
        optimizer: `muon`, which moves the matrices of hidden layers, or `sparse_adam`, which moves tables.
        model: the network.
    """
    return frozenset(_hidden(model) if optimizer == "muon" else _tables(model))


def _hidden(model: nn.Module) -> Iterator[str]:
    """Give the matrices of all layers but the last, which decides the output; tables are none."""
    layers = [(name, module) for name, module in model.named_modules() if isinstance(module, _MATRICES)]
    last = layers[-1][1] if layers else None
    tables = {id(module.weight) for module in model.modules() if isinstance(module, _TABLES)}
    shown = {name for name, _ in model.named_parameters()}
    for place, module in layers:
        for name, weight in module.named_parameters(prefix=place, recurse=False):
            learns = weight.dim() == 2 and weight.requires_grad and name in shown
            if learns and module is not last and id(weight) not in tables:
                yield name


def _tables(model: nn.Module) -> Iterator[str]:
    """Give the tables of embeddings that no other layer shares."""
    uses = Counter(id(weight) for _, weight in model.named_parameters(remove_duplicate=False))
    for place, module in model.named_modules():
        if not isinstance(module, _TABLES) or getattr(module, "mode", "") == "max":
            continue
        if module.weight.requires_grad and uses[id(module.weight)] == 1:
            yield f"{place}.weight".removeprefix(".")


# -- what it cannot move -------------------------------------------------------------------------------


def refusals(optimizer: str, moves: bool, own_rates: bool, clipped: bool) -> Iterator[TrainError]:
    """Give why an optimizer cannot move the weights of a network.

    Args:
        optimizer: its type.
        moves: whether the network has weights that it moves by itself.
        own_rates: whether some of its weights have a factor on their learning rate.
        clipped: whether gradients are held within limits.
    """
    if optimizer == "muon" and not moves:
        yield _refusal(
            Message(
                "Muon moves the weight matrices of hidden layers, and this network has none: its last layer "
                "does not count, nor do filters. Choose AdamW."
            ),
            "adamw",
        )
    if optimizer == "sparse_adam" and not moves:
        yield _refusal(
            Message(
                "SparseAdam moves the tables of embeddings, and this network has none of its own. "
                "Choose Adam."
            ),
            "adam",
        )
    if optimizer == "sparse_adam" and moves and clipped:
        yield _refusal(
            Message(
                "SparseAdam gets gradients of a few rows of a table only, which cannot be clipped. "
                "Switch gradient clipping off, or choose Adam."
            ),
            "adam",
        )
    if optimizer == "lbfgs" and own_rates:
        yield _refusal(
            Message(
                "L-BFGS moves all weights at one learning rate, and some blocks have a factor on theirs. "
                "Take the factors away, or choose Adam."
            ),
            "adam",
        )


def _refusal(message: Message, better: str) -> TrainError:
    return TrainError(message, fixes=(other_optimizer(better),))


def drawn_refusals(
    choice: Choice, project: Project, ref: GraphRef, found: Drawn | None = None
) -> Iterator[TrainError]:
    """Give the same from a drawing, before anything is built.

    Args:
        choice: the optimizer.
        project: the project.
        ref: the network.
        found: what it holds, where that is known already.
    """
    if choice.type not in PARTIAL:
        return
    found = found or drawn(project, ref)
    moves = found.tables if choice.type == "sparse_adam" else found.matrices > 1
    if found.layers:
        limits = (project.plan.loop.parameters.get(name) for name in ("clip_norm", "clip_value"))
        clipped = any(limit is not None for limit in limits)
        yield from refusals(
            choice.type, moves or choice.type == "lbfgs", has_rates(project, ref.name), clipped
        )


@dataclass(frozen=True)
class Drawn:
    """What layers of torch a graph holds, its composites included.

    Attributes:
        layers: whether there are any.
        tables: whether there are tables of embeddings.
        matrices: how many hold a matrix; no more than 2 are counted.
    """

    layers: bool = False
    tables: bool = False
    matrices: int = 0


_DEEPEST = 24
"""Composites inside each other beyond this are a mistake that the drawing tells of."""


def drawn(project: Project, ref: GraphRef) -> Drawn:
    """Tell what layers of torch a network holds, from its drawing."""
    return _drawn(project, project.graph(ref), {}, 0)


def _drawn(project: Project, graph: Graph, known: dict[str, Drawn], depth: int) -> Drawn:
    """Look at each definition once, however often it is used and whatever holds it."""
    layers, tables, matrices = False, False, 0
    for node in graph.nodes.values():
        composite = project.composites.get(node.composite) if node.type == COMPOSITE else None
        if composite is not None:
            if node.composite not in known:
                known[node.composite] = Drawn()  # one that holds itself adds nothing to itself
                if depth < _DEEPEST:
                    known[node.composite] = _drawn(project, composite.graph, known, depth + 1)
            inside = known[node.composite]
            times = 2 if isinstance(node.repeat, int) and node.repeat > 1 else 1
            layers, tables = layers or inside.layers, tables or inside.tables
            matrices += inside.matrices * times
        block = find(node.type)
        if block is not None and block.target.startswith("torch.nn."):
            kind = getattr(nn, block.target.rpartition(".")[2], None)
            layers, tables = True, tables or kind in _TABLES
            matrices += isinstance(kind, type) and issubclass(kind, _MATRICES)
    return Drawn(layers, tables, min(matrices, 2))
