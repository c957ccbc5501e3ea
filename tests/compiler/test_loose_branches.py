"""Blocks that lead to no Output: each branch is told once, and joined or removed with one click."""

from __future__ import annotations

from studio.compiler import analyse
from studio.graph.text import translator
from studio.project import Project, edits
from tests.compiler.mistaken import FLAT, IMAGE, inp
from tests.drawing import MAIN, add, chain


def cut() -> tuple[Project, list[str]]:
    """Draw a chain of nine and delete the block in its middle."""
    project, ids = chain(
        inp(1, 28, 28),
        ("conv2d", {}),
        ("relu", {}),
        ("max_pool2d", {}),
        ("flatten", {}),
        ("linear", {}),
        ("relu", {}),
        ("linear", {"out_features": 10}),
        ("output", {}),
    )
    return edits.remove_nodes(project, MAIN, [ids[5]]), ids


def test_a_block_deleted_in_the_middle_is_one_error_and_one_warning() -> None:
    project, ids = cut()
    told = analyse(project).problems
    assert [(problem.severity, problem.code, problem.node) for problem in told] == [
        ("warning", "unused", ids[4]),
        ("error", "missing_input", ids[6]),
    ]
    assert str(told[0].message) == (
        "“flatten1” and 4 blocks before it lead to no Output, so they are left out of the network."
    )
    assert told[0].message.render(translator("zh_CN")) == (
        "“flatten1”及其前面的 4 个模块没有通向任何输出，因此不会进入网络。"
    )


def test_both_ends_of_a_gap_offer_to_close_it() -> None:
    project, _ = cut()
    for problem in analyse(project).problems:
        assert str(problem.fixes[0].label) == "Connect “flatten1” to “relu2”"
        assert [fix.action for fix in problem.fixes[1:]] == ["remove"] * (problem.code == "unused")
        assert analyse(edits.apply_fix(project, MAIN, problem.fixes[0])).problems == ()


def test_a_whole_branch_is_removed_as_one() -> None:
    project, ids = cut()
    (remove,) = (fix for fix in analyse(project).problems[0].fixes if fix.action == "remove")
    assert str(remove.label) == "Remove these 5 blocks"
    assert list(edits.apply_fix(project, MAIN, remove).graph(MAIN).nodes) == ids[6:]


def test_what_does_not_fit_is_not_offered() -> None:
    project, ids = chain(IMAGE, ("conv2d", {}), ("output", {}))
    project, norm = add(project, "batch_norm1d")
    project, _ = add(project, "output", [norm], name="second")
    project, loose = add(project, "relu", [ids[0]])
    told = {problem.code: problem for problem in analyse(project).problems}
    assert told["unused"].node == loose
    assert [fix.action for fix in told["unused"].fixes] == ["remove"]
    assert [fix.action for fix in told["missing_input"].fixes] == ["attach"]


def test_branches_that_fork_are_told_once() -> None:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    project, stem = add(project, "tanh", [ids[0]])
    project, _ = add(project, "relu", [stem])
    project, end = add(project, "gelu", [stem])
    (told,) = analyse(project).problems
    assert told.node == end
    assert str(told.message) == (
        "“gelu1” and 2 blocks that hang together with it lead to no Output,"
        " so they are left out of the network."
    )


def test_a_block_that_lacks_its_input_gets_one_that_suits_it() -> None:
    for kind, shape, dtype in (
        ("conv2d", (16, 12, 12), "float32"),
        ("lstm", (16, 16), "float32"),
        ("embedding", (7,), "int64"),
    ):
        project, ids = chain((kind, {}), ("output", {}))
        (fix,) = (fix for problem in analyse(project).problems for fix in problem.fixes[:1] if problem.node)
        mended = edits.apply_fix(project, MAIN, fix)
        (made,) = mended.graph(MAIN).of_type("input")
        assert (made.parameters["shape"], made.parameters.get("dtype", "float32")) == (shape, dtype)
        assert analyse(mended).problems == ()
        at = mended.layout_of(MAIN).positions
        assert at[made.id][0] < at[ids[0]][0]
