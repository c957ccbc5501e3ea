"""What each dimension is called: by the family of the block, through blocks that move dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from studio.blocks import Block, every
from studio.compiler import BATCH, Analyser
from studio.compiler.dimensions import Labels, labels
from studio.graph import Graph, Value
from studio.project import Composite, GraphRef, Project, edits
from tests.drawing import CNN, MAIN, add, chain, wire

IMAGE = ("batch", "channel", "height", "width")
SEQUENCE = ("batch", "time", "feature")
VECTOR = ("batch", "feature")

Drawn = Sequence[tuple[str, Mapping[str, Value]]]


def told(*blocks: tuple[str, Mapping[str, Value]]) -> list[Labels | None]:
    """Draw a chain and give the labels of each block's first output."""
    project, ids = chain(*blocks, ("output", {}))
    walk = Analyser().walk(project, MAIN)
    assert not [problem for problem in walk.problems if problem.severity == "error"]
    found = labels(walk)
    return [found.get((key, next(iter(walk.outcomes[key].report.outputs)))) for key in ids if key != ids[-1]]


def test_an_image_network_and_what_is_left_of_the_image() -> None:
    assert told(*CNN[:-1]) == [IMAGE] * 7 + [VECTOR] * 4


def test_a_text_network_reads_time() -> None:
    found = told(
        ("input", {"shape": (20,), "dtype": "int64"}),
        ("embedding", {}),
        ("dropout", {}),
        ("lstm", {}),
        ("select", {}),
        ("linear", {}),
    )
    assert found == [("batch", "time"), SEQUENCE, SEQUENCE, SEQUENCE, VECTOR, VECTOR]


def test_patches_of_an_image_become_a_sequence() -> None:
    found = told(
        ("input", {"shape": (3, 32, 32)}),
        ("conv2d", {"out_channels": 16, "kernel_size": 8, "stride": 8}),
        ("flatten", {"start_dim": 2}),
        ("transpose", {}),
        ("transformer_encoder_layer", {}),
        ("mean", {"dim": (1,)}),
    )
    # What the joined places are to the Transformer is only known behind the transposition.
    assert found == [IMAGE, IMAGE, ("batch", "channel", None), ("batch", "time", "channel"), SEQUENCE, VECTOR]


def test_dimensions_keep_their_labels_where_they_are_moved_dropped_and_added() -> None:
    found = told(
        ("input", {"shape": (4, 9, 8)}),
        ("conv2d", {"kernel_size": 1, "out_channels": 4}),
        ("permute", {"dims": (2, 3, 1)}),
        ("layer_norm", {}),
        ("mean", {"dim": (2,), "keepdim": True}),
        ("squeeze", {"dim": 2}),
        ("unsqueeze", {"dim": 1}),
        ("slice", {"dim": 2, "stop": 4}),
    )
    assert found[2:] == [
        ("batch", "height", "width", "channel"),
        ("batch", "height", "width", "channel"),
        ("batch", "height", "width", "channel"),
        ("batch", "height", "channel"),
        ("batch", None, "height", "channel"),
        ("batch", None, "height", "channel"),
    ]


def test_what_no_block_says_is_read_off_its_takers_and_else_left_open() -> None:
    assert told(("input", {"shape": (784,)}), ("reshape", {"shape": (1, 28, 28)}), ("conv2d", {}))[1] == IMAGE
    assert told(("input", {"shape": (5, 7)}), ("relu", {}))[0] == ("batch", None, None)
    # Two takers that do not agree leave the label open.
    project, x = add(Project(), "input", parameters={"shape": (6, 8)})
    project, one = add(project, "conv1d", [x])
    project, two = add(project, "lstm", [x])
    project, _ = add(project, "output", [one])
    project, _ = add(project, "output", [(two, "y")])
    assert labels(Analyser().walk(project, MAIN))[x, "y"] == ("batch", None, None)


def test_states_of_recurrent_layers_have_their_batch_in_the_middle() -> None:
    project, x = add(Project(), "input", parameters={"shape": (6, 8)})
    project, node = add(project, "lstm", [x])
    project, _ = add(project, "output", [(node, "h")])
    assert labels(Analyser().walk(project, MAIN))[node, "h"] == (None, "batch", "feature")


def test_a_batch_that_is_joined_with_something_is_no_batch() -> None:
    assert told(("input", {"shape": (4, 6)}), ("flatten", {"start_dim": 0, "end_dim": 1}))[1] == (None, None)


def test_labels_go_through_composites_both_ways() -> None:
    ref = GraphRef("composite", "block")
    project = edits.set_composite(Project(), "block", Composite(Graph()))
    project, inner = chain(
        ("input", {"shape": (4, 8, 8)}),
        ("relu", {}),
        ("conv2d", {"out_channels": 4, "padding": 1}),
        ("output", {}),
        ref=ref,
        project=project,
    )
    project, x = add(project, "input", parameters={"shape": (4, 8, 8)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="block")
    project, tail = add(wire(project, x, node), "relu", [node])
    project, _ = add(project, "output", [tail])
    found = labels(Analyser().walk(project, MAIN))
    assert [found[x, "y"], found[node, "y"], found[tail, "y"]] == [IMAGE] * 3
    assert labels(Analyser().walk(project, ref))[inner[1], "y"] == IMAGE


@pytest.mark.parametrize(
    "block", [b for b in every() if b.type not in ("input", "output")], ids=lambda block: block.type
)
def test_every_block_gives_a_label_a_dimension_and_calls_the_batch_by_its_name(block: Block) -> None:
    project, feeding, ports = Project(), [], []
    for port in block.inputs:
        if port.name in block.example:
            dtype = "int64" if port.dtype == "int" else "float32"
            shape = block.example[port.name]
            project, node = add(project, "input", name=port.name, parameters={"shape": shape, "dtype": dtype})
            feeding.append(node)
            ports.append(port.name)
    project, node = add(project, block.type, feeding, ports=ports)
    walk = Analyser().walk(project, MAIN)
    found = labels(walk)
    for port_name, tensor in walk.outcomes[node].report.outputs.items():
        said = found[node, port_name]
        assert len(said) == len(tensor.shape)
        assert [label == "batch" for label in said] == [dim == BATCH for dim in tensor.shape]
        rest = [label for label in said if label is not None]
        assert len(rest) == len(set(rest))
        if block.group in ("convolution", "pooling", "padding"):
            assert None not in said
    assert any(label is not None for key in found for label in found[key]) or block.group == "making"
