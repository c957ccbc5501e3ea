"""torch.compile and torch.export take the module of every template whole, without a break of the graph.

torch itself breaks at its recurrent layers unless `torch._dynamo.config.allow_rnn` is set, and warns while it
exports them; both are torch's, and neither is hidden for a network without such layers.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest
import torch
import torch._dynamo
from torch import nn

from studio.compiler import Analyser, build
from studio.graph import Graph
from studio.project import Composite, GraphRef, Project, edits, gallery
from tests.drawing import MAIN, add, chain, wire
from tests.torchvision_models import resnet18


def _composite_with_two_ends() -> Project:
    """Two inputs, two outputs, and a composite with several ports that repeats elsewhere."""
    project = edits.set_composite(Project(), "cross", Composite(Graph()))
    ref = GraphRef("composite", "cross")
    project, a = add(project, "input", name="a", parameters={"shape": (6,)}, ref=ref)
    project, b = add(project, "input", name="b", parameters={"shape": (6,)}, ref=ref)
    project, total = add(project, "add", [a, b], ref=ref)
    project, rest = add(project, "subtract", [a, b], ports=["a", "b"], ref=ref)
    project, _ = add(project, "output", [total], name="total", ref=ref)
    project, _ = add(project, "output", [rest], name="rest", ref=ref)
    project, left = add(project, "input", name="left", parameters={"shape": (6,)})
    project, right = add(project, "input", name="right", parameters={"shape": (6,)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="cross")
    project = wire(wire(project, left, node, into="a"), right, node, into="b")
    project, one = add(project, "linear", [(node, "rest")])
    project, _ = add(project, "output", [one], name="one")
    project, _ = add(project, "output", [(node, "total")], name="two")
    return project


def _text() -> Project:
    return chain(
        ("input", {"shape": (12,), "dtype": "int64"}),
        ("embedding", {"num_embeddings": 40}),
        ("sinusoidal_position", {}),
        ("transformer_encoder_layer", {}),
        ("self_attention", {"causal": True}),
        ("lstm", {}),
        ("select", {}),
        ("linear", {}),
        ("output", {}),
    )[0]


def _template(id: str) -> Callable[[], Project]:
    return lambda: gallery.template(id).open()


NETWORKS: dict[str, Callable[[], Project]] = {
    **{each.id: _template(each.id) for each in gallery.templates()},
    "resnet18": resnet18,
    "two ends": _composite_with_two_ends,
    "text": _text,
}


def examples(project: Project, network: str, batch: int) -> dict[str, torch.Tensor]:
    """Give a batch for each input of a network."""
    generator = torch.Generator().manual_seed(0)
    taken = Analyser().analyse(project, GraphRef("network", network)).inputs
    return {
        name: torch.randint(0, 2, tensor.at(batch), generator=generator)
        if tensor.dtype == "int64"
        else torch.randn(tensor.at(batch), generator=generator)
        for name, tensor in taken.items()
    }


def called(module: Callable[..., object], given: dict[str, torch.Tensor]) -> list[torch.Tensor]:
    """Call a network as people do: one input by place, several by name."""
    result = module(*given.values()) if len(given) == 1 else module(**given)
    found = result.values() if isinstance(result, dict) else [result]
    return [tensor for tensor in found if isinstance(tensor, torch.Tensor)]


def built(name: str) -> list[tuple[nn.Module, dict[str, torch.Tensor]]]:
    project = NETWORKS[name]()
    return [
        (build(project, network, seed=0).eval(), examples(project, network, 3))
        for network in project.networks
    ]


def recurrent(module: nn.Module) -> bool:
    return any(isinstance(part, nn.RNNBase) for part in module.modules())


def same(found: list[torch.Tensor], expected: list[torch.Tensor]) -> bool:
    return len(found) == len(expected) > 0 and all(map(torch.allclose, found, expected))


@pytest.mark.parametrize("name", NETWORKS)
def test_compile_takes_the_whole_graph(name: str) -> None:
    for module, given in built(name):
        torch.compiler.reset()
        with torch._dynamo.config.patch(allow_rnn=recurrent(module)):
            compiled = torch.compile(module, backend="eager", fullgraph=True)
            assert same(called(compiled, given), called(module, given))


@pytest.mark.parametrize("name", NETWORKS)
def test_export_takes_the_whole_graph_with_the_batch_left_open(name: str) -> None:
    for module, given in built(name):
        batch = torch.export.Dim("batch", min=1, max=64)
        dims = {name: {0: batch} for name in given}
        places, names = (tuple(given.values()), {}) if len(given) == 1 else ((), given)
        with warnings.catch_warnings():
            if recurrent(module):
                warnings.filterwarnings("ignore", "The tensor attributes? .*_flat_weights", UserWarning)
            exported = torch.export.export(module, places, names, dynamic_shapes=dims).module()
        assert same(called(exported, given), called(module, given))
        # Another batch than the one that it was exported with.
        more = {key: torch.cat([tensor, tensor]) for key, tensor in given.items()}
        assert same(called(exported, more), called(module, more))


def test_a_built_module_is_called_like_any_other_and_fails_in_silence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    module = build(chain(("input", {"shape": (4,)}), ("linear", {}), ("output", {}))[0], seed=0)
    assert type(module).__call__ is torch.nn.Module.__call__
    with pytest.raises(RuntimeError):
        module(torch.zeros(2, 5))
    assert capsys.readouterr() == ("", "")
