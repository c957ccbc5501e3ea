"""Every block, given sizes and parameters that it may not take: a refusal is said in words and mended."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from studio.blocks import Block, Parameter
from studio.compiler import Analyser, Problem
from studio.compiler.example import drawing
from studio.graph import Value
from studio.project import Project, ProjectError, edits
from tests.compiler.test_block_contract import BLOCKS
from tests.drawing import MAIN, add, wire

TRIES = 8
"""How often each block is drawn with something else."""

ARRIVES: Mapping[int, tuple[int, ...]] = {2: (16,), 3: (6, 8), 4: (4, 6, 8), 5: (4, 4, 6, 6)}
"""Sizes of a sample that meet, by the number of dimensions."""

ANALYSER = Analyser()


def odd(parameter: Parameter, chance: random.Random) -> Value:
    """Give a value that a person may try."""
    if parameter.choices:
        return chance.choice(parameter.choices)
    match parameter.kind:
        case "bool":
            return not parameter.default
        case "int":
            return chance.choice([0, 1, 2, 3, 4, 5, 8, -1, -2])
        case "float":
            return chance.choice([0.0, 0.5, 1.0, 2.0, -1.0, 1e-3])
        case "size" if parameter.dims > 1 and chance.random() < 0.4:
            return tuple(chance.choice([1, 2, 3, 4]) for _ in range(parameter.dims))
        case "size":
            return chance.choice([1, 2, 3, 4, 5])
        case "shape":
            return tuple(chance.choice([1, 2, 3, 4, 6]) for _ in range(chance.choice([1, 2, 3])))
        case "dims":
            return tuple(chance.sample([0, 1, 2, 3, -1, -2], chance.choice([1, 2])))
        case _:
            return parameter.default


def tried(block: Block, chance: random.Random) -> Project:
    """Draw a block with some odd parameters and odd sizes that arrive."""
    project = drawing(block)
    nodes = project.graph(MAIN).nodes
    own = next(key for key, node in nodes.items() if node.type == block.type)
    known = [each for each in block.editable() if block.type not in ("parameter", "constant")]
    chosen = chance.sample(known, min(len(known), chance.choice([0, 1, 1, 2, 3])))
    if chosen:
        project = edits.set_parameters(project, MAIN, own, {each.name: odd(each, chance) for each in chosen})
    for key, node in nodes.items():
        sizes = node.parameters.get("shape")
        if node.type != "input" or not isinstance(sizes, tuple) or chance.random() < 0.3:
            continue
        shape = [chance.choice([1, 2, 3, 4, 5, 6, 8, 9, 12]) for _ in range(chance.choice([1, 1, 2, 3, 4]))]
        if sizes and chance.random() < 0.7:
            shape = [size for size in sizes if isinstance(size, int)]
            shape[chance.randrange(len(shape))] = chance.choice([1, 2, 3, 5, 7, 8])
        project = edits.set_parameters(project, MAIN, key, {"shape": tuple(shape)})
    return project


def place(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.node, problem.port, problem.parameter


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_what_a_block_refuses_is_said_in_words_and_mended(block: Block) -> None:
    chance = random.Random(block.type)
    for _ in range(TRIES):
        try:
            project = tried(block, chance)
        except ProjectError:
            continue  # the form refuses it before it is drawn
        hold(project)


@pytest.mark.filterwarnings("ignore:Support for mismatched:UserWarning")  # masks of two kinds
@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if len(block.inputs) > 1], ids=lambda block: block.type
)
def test_what_meets_in_a_block_is_said_in_words_and_mended(block: Block) -> None:
    chance = random.Random(block.type)
    for _ in range(TRIES):
        project, node = add(Project(), block.type)
        for port in block.inputs:
            if port.optional and chance.random() < 0.4:
                continue
            shape = list(ARRIVES[chance.choice(port.rank or (2, 3, 4))])
            if chance.random() < 0.5:
                shape[chance.randrange(len(shape))] = chance.choice([1, 2, 6, 8, 16])
            kind, held = (
                "input",
                "int64" if port.dtype == "int" else chance.choice(["float32"] * 6 + ["int64"]),
            )
            parameters: dict[str, Value] = {"shape": tuple(shape), "dtype": held}
            if chance.random() < 0.2:  # learned, and the same for every sample
                kind, parameters = "parameter", {"shape": (chance.choice([1, 2, 6]), *shape)}
            project, source = add(project, kind, parameters=parameters)
            project = wire(project, source, node, into=port.name)
        hold(add(project, "output", [node])[0])


def hold(project: Project) -> None:
    """Hold every problem of a project to be said in words, and its mends to mend it."""
    for problem in ANALYSER.analyse(project).problems:
        assert problem.code != "does_not_fit", (problem.message, problem.details)
        assert problem.expected is not None, problem
        assert problem.received is not None, problem
        for fix in problem.fixes:
            left = ANALYSER.analyse(edits.apply_fix(project, MAIN, fix)).problems
            assert place(problem) not in map(place, left), (problem.message, fix.label)
