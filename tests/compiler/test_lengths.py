"""Sizes that an Input leaves open: every size behind it is a formula of them, held against real modules."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from studio.blocks import Block, every
from studio.compiler import Analyser, Tensor, analyse, build, source
from studio.compiler.example import drawing
from studio.compiler.lengths import LengthsError, entering
from studio.compiler.reading import read_source
from studio.compiler.tensors import Dim, Length
from studio.graph import Value
from studio.graph.text import translator
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.project.file import dumps, loads
from tests.drawing import MAIN, add, chain, wire

BLOCKS = [
    block
    for block in every()
    if block.call != "none" and block.inputs and block.inputs[0].name in block.example
]


def opened(shape: tuple[int, ...], names: str, **more: Value) -> tuple[str, dict[str, Value]]:
    return "input", {"shape": shape, "open": names, **more}


def numbers(tensor: Tensor, batch: int, lengths: dict[str, int]) -> torch.Tensor:
    sizes = tensor.at(batch, lengths)
    return torch.randint(0, 9, sizes) if tensor.dtype == "int64" else torch.randn(sizes)


def run(
    module: torch.nn.Module, project: Project, batch: int, lengths: dict[str, int]
) -> dict[str, torch.Tensor]:
    report = analyse(project)
    given = {name: numbers(tensor, batch, lengths) for name, tensor in report.inputs.items()}
    torch.manual_seed(1)
    with torch.no_grad():
        result = module(*given.values()) if len(given) == 1 else module(**given)
    outputs = [report.walk.names[node.id] for node in report.walk.outputs()] if report.walk else []
    return result if isinstance(result, dict) else {outputs[0]: result}


def shown(*blocks: tuple[str, dict[str, Value]]) -> list[str]:
    report = analyse(chain(*blocks, ("output", {}))[0])
    assert report.ok, [str(problem.message) for problem in report.problems]
    return [
        str(tensor) for row in report.nodes.values() for port, tensor in row.outputs.items() if port == "y"
    ]


def test_sequences_of_any_length() -> None:
    assert shown(
        opened((16, 8), "T, -"),
        ("lstm", {"hidden_size": 5}),
        ("linear", {"out_features": 3}),
        ("mean", {"dim": 1}),
    ) == ["B × T × 8", "B × T × 5", "B × T × 3", "B × 3"]
    assert shown(
        opened((16,), "T", dtype="int64"),
        ("embedding", {"num_embeddings": 50, "embedding_dim": 8}),
        ("learned_position", {"max_length": 16}),
        ("self_attention", {"num_heads": 2}),
        ("flatten", {}),
        ("reshape", {"shape": (-1, 8)}),
    ) == ["B × T", *["B × T × 8"] * 3, "B × 8T", "B × T × 8"]
    assert shown(
        opened((16, 8), "T"), ("flatten", {"start_dim": 0, "end_dim": 1}), ("linear", {"out_features": 3})
    ) == [
        "B × T × 8",
        "B·T × 8",
        "B·T × 3",
    ]


def test_pictures_of_any_size() -> None:
    assert shown(
        opened((3, 32, 32), "-, H, W"),
        ("conv2d", {"out_channels": 4, "stride": 2}),
        ("max_pool2d", {}),
        ("upsample", {}),
        ("conv2d", {"out_channels": 2, "padding": 1}),
        ("adaptive_avg_pool2d", {"output_size": 1}),
        ("flatten", {}),
        ("linear", {"out_features": 10}),
    ) == [
        "B × 3 × H × W",
        "B × 4 × ⌊(H - 1)/2⌋ × ⌊(W - 1)/2⌋",
        "B × 4 × ⌊(H - 1)/4⌋ × ⌊(W - 1)/4⌋",
        "B × 4 × 2⌊(H - 1)/4⌋ × 2⌊(W - 1)/4⌋",
        "B × 2 × 2⌊(H - 1)/4⌋ × 2⌊(W - 1)/4⌋",
        "B × 2 × 1 × 1",
        "B × 2",
        "B × 10",
    ]


def test_sizes_that_are_multiples() -> None:
    halved = ("conv2d", {"out_channels": 4, "kernel_size": 2, "stride": 2})
    for names, ok in (("-, H, W", False), ("-, 2H, W", False), ("-, 2H, 4W", True)):
        project, ids = chain(opened((4, 32, 32), names), halved, ("upsample", {}))
        project, both = add(project, "add", [ids[0], ids[-1]])
        project, _ = add(project, "output", [both])
        report = analyse(project)
        assert report.ok is ok
        assert [str(tensor) for tensor in report.outputs.values()] == ["B × 4 × 2H × 4W"] * ok
    assert shown(opened((4, 32, 32), "-, 4H, 4W"), ("pixel_unshuffle", {"downscale_factor": 4})) == [
        "B × 4 × 4H × 4W",
        "B × 64 × H × W",
    ]


def test_two_lengths_stay_apart() -> None:
    project, first = add(Project(), "input", name="a", parameters={"shape": (7, 8), "open": "T"})
    project, second = add(project, "input", name="b", parameters={"shape": (7, 8), "open": "S"})
    project, joined = add(project, "attention", [first, second, second], ports=["query", "key", "value"])
    project, _ = add(project, "output", [joined])
    report = analyse(project)
    assert [str(tensor) for tensor in report.outputs.values()] == ["B × T × 8"]
    project, both = add(project, "add", [first, second])
    project, _ = add(project, "output", [both], name="sum")
    assert [(problem.code, str(problem.received)) for problem in analyse(project).problems] == [
        ("shapes_differ", "B × S × 8")
    ]


@pytest.mark.parametrize(
    ("dim", "text", "python"),
    [
        (Dim(0, 16, Length("T", 16)), "T", "T"),
        (Dim(0, 33, Length("T", 16, times=2, plus=1)), "(2T + 1)", "2 * T + 1"),
        (Dim(0, 8, Length("T", 16, stride=2)), "⌊T/2⌋", "(T // 2)"),
        (Dim(0, 14, Length("T", 16, times=2, stride=2, shift=-1)), "2⌊(T - 1)/2⌋", "2 * ((T - 1) // 2)"),
        (Dim(17, 0, Length("T", 16, plus=1)), "B·(T + 1)", "B * (T + 1)"),
        (Dim(16, 0, Length("T", 16)), "B·T", "B * T"),
    ],
)
def test_formulas_are_read_by_people_and_by_python(dim: Dim, text: str, python: str) -> None:
    assert (str(dim), dim.json()) == (text, python)
    for batch, length in ((1, 16), (3, 16), (2, 21), (5, 4)):
        space: dict[str, int] = {"B": batch, "T": length}
        exec(f"size = {python}", space)
        assert space["size"] == dim.at(batch, {"T": length})
    assert dim.at(3) == dim.at(3, {"T": 16}) == dim.settled({"T": 16}).at(3)
    assert dim.settled({"S": 3}) == dim


# -- every block --------------------------------------------------------------------------------------------


def left_open(block: Block, place: int) -> Project:
    """Draw a block alone, a dimension of its inputs left open; those of one size are one length."""
    project = drawing(block)
    nodes = list(project.graph(MAIN).of_type("input"))
    size = block.example[block.inputs[0].name][place]
    for node in nodes:
        shape = node.parameters.get("shape", (1, 28, 28))
        assert isinstance(shape, tuple)
        if len(shape) > place and shape[place] == size:
            names = ["-"] * place + ["T"]
            project = edits.set_parameters(project, MAIN, node.id, {"open": ", ".join(names)})
    return project


PLACES = [
    pytest.param(block, place, id=f"{block.type}-{place}")
    for block in BLOCKS
    for place in range(len(block.example[block.inputs[0].name]))
]


@pytest.mark.parametrize(("block", "place"), PLACES)
def test_what_is_said_of_any_length_is_what_the_module_does(block: Block, place: int) -> None:
    project, closed = left_open(block, place), drawing(block)
    report, known = analyse(project), analyse(closed)
    example = block.example[block.inputs[0].name][place]
    module = build(closed, seed=1).eval()
    told = {problem.code for problem in report.problems if problem.severity == "error"}
    ran: list[int] = []
    for length in (example + step for step in (-3, -1, 1, 2, 7, 40) if example + step > 0):
        try:
            found = run(module, project, 2, {"T": length})
        except (RuntimeError, ValueError, IndexError, AssertionError, TypeError, UserWarning):
            continue
        ran.append(length)
        for name, tensor in found.items() if not told else ():
            assert tuple(tensor.shape) == report.outputs[name].at(2, {"T": length}), length
    if not told:
        assert ran
        assert (report.parameters, report.multiply_adds) == (known.parameters, known.multiply_adds)
        return
    assert told <= {"fixed_length", "length_as_features", "shapes_differ"}
    assert all(problem.expected and problem.received for problem in report.problems)
    if told == {"fixed_length"} and block.type not in NO_FORMULA:
        assert not {example - 1, example + 1}.intersection(ran)


NO_FORMULA = frozenset({"fractional_max_pool2d", "fractional_max_pool3d", "squeeze"})
"""Blocks whose sizes are a share of the length, rounded, or whose rank hangs on it: no formula gives them."""


# -- what does not take it ----------------------------------------------------------------------------------


def test_what_takes_one_length_only_is_told_and_mended() -> None:
    project, ids = chain(
        opened((16, 8), "T"), ("flatten", {}), ("linear", {"out_features": 3}), ("output", {})
    )
    (problem,) = analyse(project).problems
    assert (problem.code, problem.node, problem.port) == ("length_as_features", ids[2], "x")
    assert str(problem.message).startswith("“Linear” learns weights for each of the sizes that follow T")
    assert str(problem.received) == "B × 8T"
    (fix,) = problem.fixes
    mended = edits.apply_fix(project, MAIN, fix)
    assert "open" not in mended.graph(MAIN).nodes[ids[0]].parameters
    assert analyse(mended).ok
    project, ids = chain(opened((16, 8), "T"), ("reshape", {"shape": (4, 32)}), ("output", {}))
    (problem,) = analyse(project).problems
    assert (problem.code, problem.node) == ("fixed_length", ids[1])
    assert analyse(edits.apply_fix(project, MAIN, problem.fixes[0])).ok
    for told in (problem, *analyse(project).problems):
        assert "不" in str(told.message.render(translator("zh_CN")))


def test_a_product_of_two_lengths_is_told_for_what_it_is_and_one_of_them_closed() -> None:
    project, ids = chain(opened((4, 8, 6), "-, H, W"), ("flatten", {"start_dim": 2}), ("output", {}))
    (problem,) = analyse(project).problems
    assert (problem.code, problem.node) == ("fixed_length", ids[1])
    assert "no formula of W says, such as the product of two lengths" in str(problem.message)
    (fix,) = problem.fixes
    assert str(fix.label) == "Keep W of “x” as it is"
    mended = edits.apply_fix(project, MAIN, fix)
    assert mended.graph(MAIN).nodes[ids[0]].parameters["open"] == "-, H, -"
    assert [str(tensor) for tensor in analyse(mended).outputs.values()] == ["B × 4 × 6H"]


@pytest.mark.parametrize(
    ("shape", "names", "said"),
    [
        ((8,), "T, S", "2 sizes are named, and a sample has 1."),
        ((8,), "B", "“B” cannot be the name of a length."),
        ((8, 8), "T, 3T", "3T stands for multiples of 3, and its example 8 is none."),
        ((8, 8), "T, 8", "“8” cannot be the name of a length."),
        ((8,), "import os", "“import os” cannot be the name"),
        ((8,), "T" * 17, "cannot be the name"),
    ],
)
def test_names_that_are_none(shape: tuple[int, ...], names: str, said: str) -> None:
    with pytest.raises(LengthsError) as caught:
        entering(shape, "float32", names)
    assert said in str(caught.value)
    project, ids = chain(opened(shape, names), ("output", {}))
    (problem,) = analyse(project).problems
    assert (problem.code, problem.node, problem.parameter) == ("bad_lengths", ids[0], "open")


def test_one_name_is_one_length() -> None:
    project, first = add(Project(), "input", parameters={"shape": (7,), "open": "T"})
    project, second = add(project, "input", parameters={"shape": (9,), "open": "T"})
    project, joined = add(project, "concat", [first, second])
    project, _ = add(project, "output", [joined])
    (problem,) = analyse(project).problems
    assert (problem.code, problem.node, str(problem.expected), str(problem.received)) == (
        "lengths_differ",
        second,
        "7",
        "9",
    )
    (fix,) = problem.fixes
    assert str(fix.label) == "Set Shape to 7"
    project = edits.apply_fix(project, MAIN, fix)
    assert [str(tensor) for tensor in analyse(project).outputs.values()] == ["B × 2T"]


def test_two_lengths_of_one_name_are_told_once_and_mended_in_all_places() -> None:
    project, first = add(Project(), "input", parameters={"shape": (7, 14, 8), "open": "T, 2T"})
    project, second = add(project, "input", parameters={"shape": (9, 18, 8), "open": "T, 2T"})
    project, added = add(project, "add", [first, second])
    project, _ = add(project, "output", [added])
    problems = analyse(project).problems
    assert {(problem.code, problem.node) for problem in problems} == {("lengths_differ", second)}
    for problem in problems:
        mended = analyse(edits.apply_fix(project, MAIN, problem.fixes[0]))
        assert (mended.problems, [str(one) for one in mended.outputs.values()]) == ((), ["B × T × 2T × 8"])


def test_an_analyser_that_remembers_tells_the_same_after_each_edit() -> None:
    project, ids = chain(opened((16, 8), "T"), ("gru", {"hidden_size": 5}), ("linear", {}), ("output", {}))
    analyser = Analyser()
    for names in ("T", "", "T", "-, T", "S", "T, S"):
        project = edits.set_parameters(project, MAIN, ids[0], {"open": names})
        kept, fresh = analyser.analyse(project, MAIN), analyse(project)
        assert kept.nodes == fresh.nodes
        assert kept.problems == fresh.problems


# -- composites, files, source ------------------------------------------------------------------------------


def nested() -> Project:
    inner = GraphRef("composite", "Down")
    project = edits.set_composite(Project(), "Down", Composite())
    project, _ = chain(
        ("input", {"shape": (4, 64)}),
        ("conv1d", {"out_channels": 4, "kernel_size": 4, "stride": 2, "padding": 1}),
        ("relu", {}),
        ("output", {}),
        ref=inner,
        project=project,
    )
    project, entry = add(project, "input", name="signal", parameters={"shape": (4, 64), "open": "-, T"})
    project, down = edits.add_node(project, MAIN, COMPOSITE, (0, 0), composite="Down")
    project = edits.change_node(project, MAIN, down, repeat=3)
    project = wire(project, entry, down)
    project, _ = add(project, "output", [down])
    return project


def test_lengths_go_through_composites_files_and_source() -> None:
    project = nested()
    report = analyse(project)
    assert [str(tensor) for tensor in report.outputs.values()] == ["B × 4 × ⌊T/8⌋"]
    assert dumps(loads(dumps(project))) == dumps(project)
    assert analyse(loads(dumps(project))).outputs == report.outputs
    text = source(project)
    assert "signal: B × 4 × T=64 (float32)" in text
    assert "B × 4 × ⌊T/2⌋" in text
    space: dict[str, Any] = {}
    exec(compile(text, "model", "exec"), space)
    torch.manual_seed(5)
    module = space["Main"]().eval()
    for length in (64, 80, 99):
        assert tuple(module(torch.randn(2, 4, length)).shape) == (2, 4, length // 8)
    fresh = read_source(text).project
    assert fresh is not None
    (node,) = fresh.graph(MAIN).of_type("input")
    assert (node.parameters["shape"], node.parameters["open"]) == ((4, 64), "-, T")
    assert analyse(fresh, MAIN).outputs == report.outputs
