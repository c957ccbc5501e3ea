"""What no machine could hold or look through is refused at once, and said in numbers."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from studio.compiler import Analyser, CompileError, analyse, build, instances, refusals
from studio.graph import Value
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from tests.drawing import CNN, MAIN, chain, wire

LARGEST = 2**31 - 1


def problems(
    *middle: tuple[str, Mapping[str, Value]], shape: tuple[int, ...] = (4,)
) -> list[tuple[str, str]]:
    """Give what is wrong with a chain: its codes, and what was received."""
    project, _ = chain(("input", {"shape": shape}), *middle, ("output", {}))
    started = time.process_time()
    found = analyse(project).problems
    assert time.process_time() - started < 4.0
    for problem in found:
        assert problem.expected is not None
    return [(problem.code, str(problem.received)) for problem in found if problem.code != "too_large_here"]


def linear(out: int) -> tuple[str, Mapping[str, Value]]:
    return "linear", {"out_features": out}


def test_memory_is_told_however_large_it_is() -> None:
    assert problems(linear(10**6), linear(10**6)) == [("too_large", "3,725 GiB")]
    # More bytes than torch has numbers for.
    assert problems(linear(LARGEST), linear(LARGEST)) == [("too_large", "10^10 GiB")]
    assert problems(("relu", {}), shape=(LARGEST,) * 8) == [("too_large", "10^66 GiB")]
    assert problems(("lstm", {"hidden_size": LARGEST}), shape=(5, 8)) == [("too_large", "10^10 GiB")]


def test_what_is_too_large_for_this_computer_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "_memory_here", lambda: 2**30)
    project, ids = chain(("input", {"shape": (20_000,)}), linear(20_000), ("output", {}))
    (problem,) = analyse(project).problems
    assert (problem.severity, problem.code, problem.node) == ("warning", "too_large_here", ids[1])
    assert str(problem.message) == (
        "This block alone would take 1.5 GiB of memory, and this computer has 1.0 GiB. "
        "Use smaller sizes, or train it on a larger machine."
    )
    assert analyse(project).parameters == 20_000 * 20_001
    assert analyse(chain(*CNN)[0]).problems == ()


def nested(levels: int, wide: int, repeat: int = 1) -> Project:
    """Give composites in composites, each holding several of the one below."""
    project = Project()
    for level in range(levels + 1):
        ref = GraphRef("composite", f"level{level}") if level < levels else MAIN
        if level < levels:
            project = edits.set_composite(project, ref.name, Composite())
        project, last = edits.add_node(project, ref, "input", (0, 0), parameters={"shape": (4,)})
        for _ in range(wide):
            if level:
                inner = f"level{level - 1}"
                project, node = edits.add_node(project, ref, COMPOSITE, (0, 0), composite=inner)
                project = edits.change_node(project, ref, node, repeat=repeat)
            else:
                project, node = edits.add_node(project, ref, "relu", (0, 0))
            project, last = wire(project, last, node, ref=ref), node
        project, node = edits.add_node(project, ref, "output", (0, 0))
        project = wire(project, last, node, ref=ref)
    return project


def test_composites_that_stand_for_too_many_blocks_are_refused_unvisited() -> None:
    assert analyse(nested(3, 4)).problems == ()
    bomb = nested(22, 4, repeat=1000)
    started = time.process_time()
    report = analyse(bomb)
    assert time.process_time() - started < 4.0
    first = report.problems[0]
    assert (first.code, first.severity, first.node) == ("too_many_blocks", "error", "composite_1")
    assert str(first.message) == (
        "With “level211”, this network stands for 10^80 blocks; at most 20000 can be run. "
        "Repeat it, or what is inside it, less often."
    )
    with pytest.raises(CompileError):
        build(bomb)


def test_one_composite_less_lets_the_other_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instances, "MAX_UNFOLDED", 40)
    project, analyser = nested(1, 2, repeat=5), Analyser()  # 2 + 2 * 5 * 4 blocks
    first, second = (node.id for node in project.graph(MAIN).of_type(COMPOSITE))
    full = analyser.analyse(project)
    assert [(problem.code, problem.node) for problem in full.errors] == [("too_many_blocks", second)]
    less = analyser.analyse(edits.remove_nodes(project, MAIN, [first], rejoin=True))
    assert less.problems == ()
    assert less.outputs["y"].json() == ["B", 4]
