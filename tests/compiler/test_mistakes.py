"""The catalogue of mistakes in a drawing: each is made, read as a beginner reads it, and mended."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from studio.blocks import Block
from studio.compiler import Problem, analyse, instances, refusals
from studio.compiler.example import drawing
from studio.graph import Expression
from studio.graph.text import Message, catalogue, translator
from studio.project import Project, edits
from tests.compiler.misfits import MISFITS, lonely
from tests.compiler.mistaken import (
    FLAT,
    IMAGE,
    MANY,
    SEQUENCE,
    TWO,
    Mistake,
    attention,
    circle,
    composite,
    doubled,
    empty,
    inp,
    lone,
    meet,
    missing,
    no_port,
    row,
    several,
    sharing,
    stray,
    twice,
    unknown,
    unread,
    within_itself,
)
from tests.compiler.test_block_contract import BLOCKS
from tests.drawing import CNN, chain
from tests.torchvision_models import DRAWN

# Code to mistake: what comes from blocks and wires, from parameters, from shapes, from what is never meant.
MISTAKES: dict[str, Mistake] = {
    **MISFITS,
    "empty": Mistake(
        empty,
        "",
        "",
        "Nothing is drawn yet. Drag an Input from the palette, then blocks, then an Output.",
    ),
    "no_input": Mistake(
        lambda: chain(("linear", {}), ("relu", {}), ("output", {}))[0],
        "",
        "",
        "The network has no Input. Drag one from the palette and connect it.",
        "Add an Input before “fc1”",
    ),
    "no_output": Mistake(
        lambda: chain(FLAT, ("linear", {}))[0],
        "",
        "",
        "The network has no Output. Drag one from the palette and connect it.",
        "Add an Output behind “fc1”",
    ),
    "doubled_name": Mistake(
        doubled,
        "input_1",
        "",
        "Two Input blocks are named “a”. Data is given by these names: rename one.",
        "Rename it to “a2”",
    ),
    "cycle": Mistake(
        circle,
        "add_1",
        "x",
        "These blocks feed each other in a circle: add1, relu1. Data must flow one way: remove one"
        " of the wires.",
        "Remove the wire from “relu1”",
    ),
    "unknown_block": Mistake(
        unknown,
        "relu_1",
        "",
        "This version of Netwright does not have the block “later”. It is kept as it is; open the"
        " project with a newer version, or replace the block.",
    ),
    "missing_input": Mistake(
        missing,
        "output_2",
        "x",
        "Nothing arrives at input “x” of “second”. Pull a wire to it.",
        "Remove “second”",
    ),
    "several_wires": Mistake(
        several,
        "relu_1",
        "x",
        "2 wires arrive at input “x”, which takes one. Join them with Add or Concat before.",
        "Remove the wire from “fc1”",
    ),
    "no_such_port": Mistake(
        no_port,
        "linear_1",
        "memory",
        "“fc1” has no port “memory”. It has: x.",
        "Remove the wire",
    ),
    "unused": Mistake(
        stray,
        "linear_2",
        "",
        "“fc2” and 1 block before it lead to no Output, so they are left out of the network.",
        "Remove these 2 blocks",
    ),
    "unused_input": Mistake(
        unread,
        "input_2",
        "",
        "Nothing reads the Input “mask”: its data is loaded and not used. Connect it to a block,"
        " or remove it.",
        "Remove “mask”",
    ),
    "unknown_parameter": Mistake(
        lambda: row(FLAT, ("linear", {"units": 3})),
        "linear_1",
        "units",
        "“Linear” has no parameter “units” to set. It has: out_features, bias.",
        "Forget “units”",
    ),
    "bad_parameter": Mistake(
        lambda: row(IMAGE, ("conv2d", {"out_channels": 0})),
        "conv2d_1",
        "out_channels",
        "Out channels: expected a whole number of at least 1, received 0.",
        "Set Out channels to 32",
    ),
    "bad_expression": Mistake(
        lambda: row(FLAT, ("linear", {"out_features": Expression("2*width")})),
        "linear_1",
        "out_features",
        "“2*width” uses “width”, which is not a number here. Known: –.",
        "Set Out features to 64",
    ),
    "not_divisible": Mistake(
        attention,
        "multihead_attention_1",
        "num_heads",
        "The heads must divide the features of the query.",
        "Set Num heads to 3",
    ),
    "too_much": Mistake(
        lambda: row(IMAGE, ("conv_transpose2d", {"output_padding": 2})),
        "conv_transpose2d_1",
        "output_padding",
        "The output padding must be smaller than the stride.",
        "Set Output padding to 1",
    ),
    "no_effect": Mistake(
        lambda: row(SEQUENCE, ("gru", {"dropout": 0.5})),
        "gru_1",
        "dropout",
        "Dropout works between layers, so it needs at least two layers.",
        "Set Dropout to 0",
    ),
    "wrong_rank": Mistake(
        lambda: row(IMAGE, "batch_norm1d"),
        "batch_norm1d_1",
        "x",
        "This block takes B × features, but B × 3 × 8 × 8 arrives. Insert Flatten or Reshape, or"
        " use the block for that many dimensions.",
        "Insert Flatten",
    ),
    "wrong_dtype": Mistake(
        lambda: row(inp(5, dtype="int64"), "linear"),
        "linear_1",
        "x",
        "This block computes with real numbers, but whole numbers arrive. Put an Embedding before"
        " it, or set the Input to float32.",
        "Insert Embedding",
    ),
    "batch_as_features": Mistake(
        lambda: row(SEQUENCE, ("flatten", {"start_dim": 0}), "linear"),
        "linear_1",
        "x",
        "This block would learn from the size of the batch, which changes; 54B arrives. Keep the"
        " batch first and another dimension where the block learns.",
    ),
    "no_such_dimension": Mistake(
        lambda: row(FLAT, ("softmax", {"dim": 5})),
        "softmax_1",
        "dim",
        "There is no dimension 5: what arrives has 2, counted from 0 (the batch) or back from -1.",
        "Set Dim to -1",
    ),
    "shapes_differ": Mistake(
        lambda: meet("add", inp(4, 6), inp(5, 7), MANY),
        "add_1",
        "",
        "B × 4 × 6 and B × 5 × 7 cannot be combined number by number. Bring both to one shape, for"
        " example with a Linear or a 1 × 1 Conv2d on the shorter way.",
    ),
    "mixed_dtypes": Mistake(
        lambda: meet("concat", inp(6), inp(6, dtype="int64"), MANY),
        "concat_1",
        "x",
        "Tensors that are joined must hold the same kind of numbers.",
        "Set “b” to float32",
    ),
    "feature_mismatch": Mistake(
        lambda: meet("cosine_similarity", inp(6), inp(8), TWO),
        "cosine_similarity_1",
        "b",
        "The last size of B × 6 is 6, and B × 8 has 8 where it meets it: they must be equal. A"
        " Linear before one of them brings it to the size of the other.",
        "Insert a Linear to 6 features",
    ),
    "too_small": Mistake(
        lambda: row(IMAGE, *["max_pool2d"] * 4),
        "max_pool2d_4",
        "x",
        "Nothing is left of the image: a window of 2 does not fit into B × 3 × 1 × 1. Use fewer or"
        " smaller windows before, or add padding.",
        "Set Kernel size to 1",
    ),
    "padding_too_large": Mistake(
        lambda: row(IMAGE, ("max_pool2d", {"padding": 2})),
        "max_pool2d_1",
        "padding",
        "A pooling window may be padded by at most half its side: 1 here.",
        "Set Padding to 1",
    ),
    "reshape": Mistake(
        lambda: row(FLAT, ("reshape", {"shape": (3, 5)})),
        "reshape_1",
        "shape",
        "B × 16 holds 16 numbers a sample, which do not fill 3, 5.",
        "Set Shape to -1",
    ),
    "not_a_multiple": Mistake(
        lambda: row(inp(6, 4, 4), ("channel_shuffle", {"groups": 4})),
        "channel_shuffle_1",
        "groups",
        "“channel_shuffle1” needs a multiple of 4 in dimension 1, and B × 6 × 4 × 4 arrives.",
        "Set Groups to 2",
    ),
    "bad_order": Mistake(
        lambda: row(IMAGE, ("permute", {"dims": (2, 1)})),
        "permute_1",
        "dims",
        "B × 3 × 8 × 8 has 3 dimensions behind the batch: the new order must name each of them once, "
        "counted from 1. The batch is 0 and stays first, so it is not named.",
        "Set Dims to 3, 2, 1",
    ),
    "out_of_range": Mistake(
        lambda: row(SEQUENCE, ("select", {"index": 9})),
        "select_1",
        "index",
        "There is no place 9: the places of “select1” go from -9 to 8.",
        "Set Index to -1",
    ),
    "too_long": Mistake(
        lambda: row(inp(900, 16), "learned_position"),
        "learned_position_1",
        "max_length",
        "“learned_position1” knows 512 places, and sequences of 900 arrive.",
        "Set Longest to 900",
    ),
    "parts_do_not_add_up": Mistake(
        lambda: row(FLAT, ("split", {"split_size_or_sections": (4, 4)})),
        "split_1",
        "split_size_or_sections",
        "The parts have 8 together, and dimension 1 of B × 16 has 16.",
        "Set Sizes to 4, 12",
    ),
    "too_many_parts": Mistake(
        lambda: row(inp(3), ("chunk", {"chunks": 7})),
        "chunk_1",
        "chunks",
        "3 numbers cannot be cut into 7 pieces of equal size: it gives 3.",
        "Set Pieces to 3",
    ),
    "nothing_to_normalise": Mistake(
        lambda: row(inp(3, 1, 1), "instance_norm2d"),
        "instance_norm2d_1",
        "x",
        "“instance_norm2d1” brings the numbers of each channel to one spread, and B × 3 × 1 × 1"
        " has a single number in each: nothing would be left of it. Take it out, or put it before"
        " the sizes shrink.",
        "Remove “instance_norm2d1”",
    ),
    "too_large": Mistake(
        lambda: row(inp(8192), ("linear", {"out_features": 2**31 - 1})),
        "linear_1",
        "",
        "This block alone would take 65,552 GiB of memory. Use smaller sizes.",
    ),
    "too_large_here": Mistake(
        lambda: row(FLAT, ("linear", {"out_features": 2**24})),
        "linear_1",
        "",
        "This block alone would take 1.1 GiB of memory, and this computer has 1.0 GiB. Use smaller"
        " sizes, or train it on a larger machine.",
    ),
    "too_many_blocks": Mistake(
        lambda: composite(("relu", {}), ("tanh", {}), repeat=1000),
        "composite_1",
        "",
        "With “half1”, this network stands for 4002 blocks; at most 1000 can be run. Repeat it, or"
        " what is inside it, less often.",
    ),
    "bad_repeat": Mistake(
        lambda: composite(("relu", {}), repeat=1001),
        "composite_1",
        "",
        "A composite can run from 1 to 1000 times in a row, not 1001.",
        "Repeat 1000 times",
    ),
    "recursive_composite": Mistake(
        within_itself,
        "linear_1",
        "",
        "“half” stands inside itself. Take it out of itself.",
        "Remove “fc1”",
    ),
    "inside_composite": Mistake(
        lambda: composite(("conv2d", {})),
        "composite_1",
        "",
        "Inside “half”, at “conv1”: This block takes B × channels × height × width, but B × 16"
        " arrives. Insert Flatten or Reshape, or use the block for that many dimensions.",
    ),
    "cannot_share": Mistake(
        sharing,
        "linear_2",
        "",
        "“fc2” uses the weights of “fc1”, but its sizes differ. Make both blocks equal.",
        "Give “fc2” weights of its own",
    ),
    "broadcast": Mistake(
        lambda: meet("add", inp(4, 6), inp(1, 6), MANY),
        "add_1",
        "",
        "B × 4 × 6 and B × 1 × 6 have different shapes. Torch repeats the smaller one to fit,"
        " which is legal but seldom meant.",
        "Insert a Conv1d to 4 channels",
    ),
    "activation_twice": Mistake(
        lambda: row(FLAT, "linear", "relu", "relu"),
        "relu_2",
        "",
        "“relu2” stands right behind “relu1”, which is a ReLU already. One of them is enough.",
        "Remove “relu2”",
    ),
    "nothing_to_join": Mistake(
        lambda: lone("concat"),
        "concat_1",
        "x",
        "“concat1” joins tensors, and only one arrives: it passes it on as it is. Pull another"
        " wire to it, or take it out.",
        "Remove “concat1”",
    ),
    "with_itself": Mistake(
        lambda: twice("subtract"),
        "subtract_1",
        "",
        "Both inputs of “subtract1” come from “x”, so it always gives 0. Connect one of them to"
        " another block.",
    ),
    "linear_twice": Mistake(
        lambda: row(FLAT, "linear", "linear"),
        "linear_2",
        "x",
        "Nothing stands between “fc1” and “fc2”: two Linear blocks in a row compute no more than"
        " one. Put an activation between them.",
        "Insert ReLU",
    ),
    "channels_last": Mistake(
        lambda: row(inp(28, 28, 1), ("conv2d", {"padding": 1})),
        "conv2d_1",
        "x",
        "B × 28 × 28 × 1 looks like a picture of 28 × 28 with its channels last, and this block"
        " takes them first. Put a Permute before it, or give the Input the shape 1, 28, 28.",
        "Insert Permute",
    ),
    "mixes_samples": Mistake(
        lambda: row(FLAT, ("softmax", {"dim": 0})),
        "softmax_1",
        "dim",
        "“softmax1” works along dimension 0, which is the batch: samples that have nothing to do"
        " with each other are mixed.",
        "Set Dim to -1",
    ),
    "drops_everything": Mistake(
        lambda: row(FLAT, ("dropout", {"p": 1.0})),
        "dropout_1",
        "p",
        "“dropout1” drops every number while training, so nothing behind it can learn from its input.",
        "Set P to 0.5",
    ),
    "nothing_to_squeeze": Mistake(
        lambda: row(SEQUENCE, "squeeze"),
        "squeeze_1",
        "dim",
        "Only a dimension of size 1 can be taken out, and dimension 1 of B × 9 × 6 is larger:"
        " “squeeze1” changes nothing.",
        "Remove “squeeze1”",
    ),
}


@pytest.fixture(autouse=True)
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    code = getattr(request.node, "callspec", None) and request.node.callspec.params.get("code")
    monkeypatch.setattr(refusals, "_memory_here", lambda: 2**30 if code == "too_large_here" else 2**60)
    monkeypatch.setattr(instances, "MAX_UNFOLDED", 1000 if code == "too_many_blocks" else 20_000)
    with lonely():
        yield


def problems(project: Project, code: str) -> list[Problem]:
    return [
        problem
        for ref in project.refs()
        for problem in analyse(project, ref).problems
        if problem.code == code
    ]


def test_there_are_more_than_forty() -> None:
    assert len(MISTAKES) >= 50


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_told_at_its_place_in_a_sentence(code: str) -> None:
    mistake = MISTAKES[code]
    problem = problems(mistake.draw(), code)[0]
    assert (problem.node, problem.port or problem.parameter) == (mistake.place, mistake.where)
    assert str(problem.message) == mistake.says
    assert problem.expected is not None
    assert problem.received is not None
    assert str(problem.fixes[0].label if problem.fixes else "") == mistake.fix
    assert not re.search(r"Error|mat1|tensor\(|Given |\{", mistake.says), "this is how torch speaks"


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_told_in_chinese_too(code: str) -> None:
    problem = problems(MISTAKES[code].draw(), code)[0]
    said = [problem.message, problem.expected, problem.received, *(fix.label for fix in problem.fixes)]
    for message in (message for message in said if message is not None):
        assert _untranslated(message) == []
    assert re.search("[\u4e00-\u9fff]", problem.message.render(translator("zh_CN")))


def _untranslated(message: Message) -> list[str]:
    """Give the templates of a sentence and of its parts that no catalogue has."""
    inner = [
        text
        for value in message.values.values()
        if isinstance(value, Message)
        for text in _untranslated(value)
    ]
    return inner + ([] if message.template in catalogue("zh_CN") else [message.template])


@pytest.mark.parametrize("code", [code for code, mistake in MISTAKES.items() if mistake.fix])
def test_what_is_offered_removes_it(code: str) -> None:
    project = MISTAKES[code].draw()
    before = problems(project, code)
    for fix in before[0].fixes:
        mended = edits.apply_fix(project, before[0].graph, fix)
        left = [(problem.node, problem.port, problem.parameter) for problem in problems(mended, code)]
        assert (before[0].node, before[0].port, before[0].parameter) not in left
        assert {problem.code for problem in analyse(mended).errors} <= {code}


# -- what is no mistake ---------------------------------------------------------------------------------


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_the_example_of_a_block_is_free_of_problems(block: Block) -> None:
    assert analyse(drawing(block)).problems == ()


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_published_networks_are_free_of_problems(name: str) -> None:
    assert analyse(DRAWN[name]()).problems == ()


def test_the_network_of_the_article_is_free_of_problems() -> None:
    assert analyse(chain(*CNN)[0]).problems == ()
