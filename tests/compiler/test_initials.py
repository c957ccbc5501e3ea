"""How weights begin: every initialiser on every block with weights gives the numbers of its source."""

from __future__ import annotations

from collections.abc import Mapping

import black
import pytest
import torch

from studio.blocks import Block, every, find
from studio.compiler import Analyser, analyse, build, source
from studio.compiler.example import drawing
from studio.compiler.initials import parts
from studio.compiler.reading import read_source
from studio.graph import Graph, Initial, Value, freeze
from studio.project import Composite, GraphRef, Project, edits
from studio.project.file import dumps, loads
from tests.drawing import MAIN, add, chain, wire

Blocks = tuple[str, Mapping[str, Value]]
WAYS = every("initializer")
FLAT: Blocks = ("input", {"shape": (16,)})


def way(type: str, **parameters: Value) -> Initial:
    return Initial(type, freeze(parameters))


def begun(project: Project, node: str, **ways: Initial) -> Project:
    for part, initial in ways.items():
        project = edits.set_initial(project, MAIN, node, part, initial)
    return project


def weighed(block: Block) -> tuple[Project, str, dict[str, int]]:
    """Draw a block; give it with how many tensors it has of each part."""
    project = drawing(block)
    node = next(key for key, each in project.graph(MAIN).nodes.items() if each.type == block.type)
    if block.type == "transformer":  # a few layers begin as many do
        small = {"num_encoder_layers": 1, "num_decoder_layers": 1, "dim_feedforward": 8}
        project = edits.set_parameters(project, MAIN, node, small)
    found = parts(analyse(project).nodes[node].weights)
    return project, node, {part: len(tensors) for part, tensors in found.items()}


LEARNING = [block for block in every() if block.call == "module" and any(weighed(block)[2].values())]


def executed(project: Project, seed: int) -> torch.nn.Module:
    """Run the source of a project and make its network from a seed."""
    space: dict[str, object] = {}
    text = source(project)
    exec(text, space)
    torch.manual_seed(seed)
    made = next(value for name, value in reversed(space.items()) if name in ("Main", "MainNetwork"))
    assert isinstance(made, type)
    module = made()
    assert isinstance(module, torch.nn.Module)
    return module


def equal(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    pairs = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


def test_everything_of_torch_that_fits_is_offered() -> None:
    assert {block.type for block in WAYS} == set(
        "uniform normal trunc_normal constant zeros ones eye dirac xavier_uniform xavier_normal"
        " kaiming_uniform kaiming_normal orthogonal sparse".split()
    )
    assert len(LEARNING) >= 30


@pytest.mark.parametrize("block", LEARNING, ids=lambda block: block.type)
def test_a_block_begins_in_every_way_that_fits_as_its_source_does(block: Block) -> None:
    plain, node, counts = weighed(block)
    analyser = Analyser()
    usual = build(plain, seed=5)
    fitting = 0
    for declared in WAYS:
        project = plain
        for part in counts:
            chosen = begun(project, node, **{part: way(declared.type)})
            told = analyser.analyse(chosen, MAIN).problems
            if told:
                # What does not fit is said at its part, and put back with one click.
                (problem,) = told
                assert problem.parameter == part
                assert problem.code == ("bad_initial" if counts[part] else "nothing_to_begin")
                assert analyse(edits.apply_fix(chosen, MAIN, problem.fixes[0])).problems == ()
            else:
                project = chosen
        if project is plain:
            continue
        fitting += 1
        made = build(project, seed=5)
        assert equal(made, executed(project, 5))
        assert not equal(made, usual) or declared.type in ("ones", "zeros", "constant")
        text = source(project)
        if fitting == 1:
            assert black.format_str(text, mode=black.Mode()) == text
        again, fresh = read_source(text, before=project), read_source(text)
        assert (again.unread, fresh.unread) == ((), ())
        assert again.project is not None
        assert fresh.project is not None
        assert dumps(again.project) == dumps(project)
        assert source(fresh.project) == text
    assert fitting >= 6


@pytest.mark.parametrize("declared", WAYS, ids=lambda block: block.type)
def test_every_parameter_of_a_way_reaches_the_source_and_comes_back(declared: Block) -> None:
    kind = "conv2d" if declared.type == "dirac" else "linear"
    given: Blocks = ("input", {"shape": (4, 8, 8)}) if kind == "conv2d" else FLAT
    plain, ids = chain(given, (kind, {}), ("output", {}))
    for parameter in declared.editable():
        others = parameter.choices or (parameter.default * 2 if parameter.default else 0.5,)  # type: ignore[operator]
        for value in others:
            project = begun(plain, ids[1], weight=way(declared.type, **{parameter.name: value}))
            if analyse(project).problems:
                continue
            assert equal(build(project, seed=1), executed(project, 1))
            again = read_source(source(project), before=plain)
            assert again.project is not None
            assert source(again.project) == source(project)


def test_a_choice_is_what_torch_draws_from_the_same_stream() -> None:
    project, ids = chain(FLAT, ("linear", {"out_features": 8}), ("output", {}))
    project = begun(project, ids[1], weight=way("orthogonal", gain=2.0), bias=way("uniform"))
    torch.manual_seed(3)
    layer = torch.nn.Linear(16, 8)
    torch.nn.init.orthogonal_(layer.weight, 2.0)
    torch.nn.init.uniform_(layer.bias, -0.05, 0.05)
    built = build(project, seed=3)
    weight = built.get_parameter("fc1.weight")
    assert torch.equal(weight, layer.weight)
    assert torch.equal(built.get_parameter("fc1.bias"), layer.bias)
    assert torch.allclose(weight @ weight.T, 4 * torch.eye(8), atol=1e-5)


def test_building_leaves_the_random_numbers_of_others_alone() -> None:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    project = begun(project, ids[1], weight=way("sparse"), bias=way("trunc_normal"))
    torch.manual_seed(0)
    before = torch.get_rng_state()
    build(project, seed=1)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_vector_of_the_padding_stays_zero() -> None:
    words: Blocks = ("input", {"shape": (5,), "dtype": "int64"})
    project, ids = chain(words, ("embedding", {"num_embeddings": 7, "padding_idx": 2}), ("output", {}))
    project = begun(project, ids[1], weight=way("normal"))
    table = build(project, seed=0).get_parameter("embedding1.weight")
    assert table[2].count_nonzero() == 0
    assert table.count_nonzero() == 6 * 16
    assert equal(build(project, seed=0), executed(project, 0))
    assert "nn.init.zeros_(self.embedding1.weight[2])" in source(project)
    again = read_source(source(project), before=project)
    assert again.unread == ()
    assert again.project is not None
    assert dumps(again.project) == dumps(project)


def test_blocks_in_composites_begin_as_chosen_in_every_round() -> None:
    ref = GraphRef("composite", "half")
    project = edits.set_composite(Project(), "half", Composite(Graph()))
    project, ids = chain(
        ("input", {}),
        ("linear", {"out_features": 16}),
        ("relu", {}),
        ("output", {}),
        ref=ref,
        project=project,
    )
    project = edits.set_initial(project, ref, ids[1], "weight", way("eye"))
    project, x = add(project, "input", parameters={"shape": (16,)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="half")
    project = edits.change_node(project, MAIN, node, repeat=3)
    project, _ = add(wire(project, x, node), "output", [node])
    found = [value for name, value in build(project).state_dict().items() if name.endswith("weight")]
    assert len(found) == 3
    assert all(torch.equal(value, torch.eye(16)) for value in found)
    assert equal(build(project, seed=2), executed(project, 2))


def test_a_choice_is_kept_in_the_file_and_can_be_taken_back() -> None:
    plain, ids = chain(FLAT, ("linear", {}), ("output", {}))
    project = begun(plain, ids[1], bias=way("constant", val=0.5), weight=way("xavier_uniform"))
    text = dumps(project)
    assert (
        '"initial":{"bias":{"parameters":{"val":0.5},"type":"constant"},"weight":{"type":"xavier_uniform"}}'
        in "".join(text.split())
    )
    assert dumps(loads(text)) == text
    assert "initial" not in dumps(plain)
    back = edits.set_initial(project, MAIN, ids[1], "bias", None)
    assert dumps(edits.set_initial(back, MAIN, ids[1], "weight", None)) == dumps(plain)


def test_a_choice_alone_changes_no_shape_and_is_looked_at_alone() -> None:
    project, ids = chain(FLAT, ("linear", {}), ("relu", {}), ("output", {}))
    analyser = Analyser()
    before = analyser.analyse(project, MAIN)
    after = analyser.analyse(begun(project, ids[1], weight=way("ones")), MAIN)
    assert after.nodes[ids[2]] is before.nodes[ids[2]]
    assert after.nodes[ids[1]].outputs == before.nodes[ids[1]].outputs


@pytest.mark.parametrize(
    ("part", "initial", "said"),
    [
        (
            "bias",
            way("orthogonal"),
            "“Orthogonal” needs at least 2 dimensions, and the bias of “fc1” has the",
        ),
        (
            "weight",
            way("dirac"),
            "“Dirac” needs 3 to 5 dimensions, and the weight of “fc1” has the sizes 64, 16.",
        ),
        ("weight", way("of_the_future"), "does not know the initial values “of_the_future”"),
        ("weight", way("uniform", a=1.0, b=0.0), "No number can be drawn from 1 to 0"),
        ("weight", way("trunc_normal", mean=9.0), "No number can be drawn from -2 to 2 around 9."),
        ("weight", way("normal", std=-1.0), "Spread: expected a number of at least 0, received -1."),
        ("weight", way("kaiming_normal", mode="fan_both"), "Mode: expected"),
    ],
)
def test_what_cannot_be_is_said_while_drawing(part: str, initial: Initial, said: str) -> None:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    (problem,) = analyse(begun(project, ids[1], **{part: initial})).problems
    assert (problem.severity, problem.code, problem.node, problem.parameter) == (
        "error",
        "bad_initial",
        ids[1],
        part,
    )
    assert said in str(problem.message)
    assert str(problem.fixes[0].label) == "Begin as PyTorch does"


def test_a_bias_that_is_not_there_is_a_warning() -> None:
    project, ids = chain(FLAT, ("linear", {"bias": False}), ("output", {}))
    project = begun(project, ids[1], bias=way("zeros"))
    (problem,) = analyse(project).problems
    assert (problem.severity, problem.code) == ("warning", "nothing_to_begin")
    assert str(problem.message) == "“fc1” has no bias, so it does not matter how it would begin."
    assert equal(build(project, seed=1), executed(project, 1))


def test_lines_that_cannot_be_drawn_are_named() -> None:
    project, _ = chain(FLAT, ("linear", {}), ("relu", {}), ("linear", {}), ("output", {}))
    text = source(project)
    made = "        self.fc1 = nn.Linear(16, 64)\n"
    assert made in text
    for line in (
        "nn.init.normal_(self.fc1.weight, std=scale)",
        "nn.init.normal_(other)",
        "nn.init.zeros_(self.fc1.weight[3])",
        "nn.init.normal_(self.fc1.weight, 0.0, 1.0, None, 5)",
        "nn.init.kaiming_normal_(self.fc1.weight, mode='fan_both')",
    ):
        found = read_source(text.replace(made, f"{made}        {line}\n"))
        assert len(found.unread) == 1, line
    taken = read_source(
        text.replace(made, f"{made}        torch.nn.init.normal_(self.fc1.weight, std=0.5)\n")
    )
    assert taken.unread == ()
    assert taken.project is not None
    (first, _) = taken.project.graph(MAIN).of_type("linear")
    assert first.initial == {"weight": way("normal", std=0.5)}
    assert find("normal", "initializer") is not None
