"""A class token that does not fit yet beside a sequence is mended with one click, where one click does it."""

from __future__ import annotations

import pytest

from studio.compiler import analyse
from studio.graph.text import catalogue
from studio.project import Project, edits
from tests.drawing import MAIN, add


def token(shape: tuple[int, ...], *, fed: bool = True, names: str = "", dim: int = 1) -> Project:
    """Draw a token that is laid beside a sequence of 12 × 16."""
    project, x = add(Project(), "input", parameters={"shape": (12, 16), "open": names})
    wired = ([x], ["like"]) if fed else ([], [])
    project, made = add(project, "parameter", wired[0], ports=wired[1], parameters={"shape": shape})
    project, joined = add(project, "concat", [made, x], parameters={"dim": dim})
    return add(project, "output", [joined])[0]


@pytest.mark.parametrize(
    ("project", "offered", "result"),
    [
        (token((1, 16), fed=False), "Connect “x” to “like” of “parameter1”", "B × 13 × 16"),
        (token((1, 16), fed=False, names="T"), "Connect “x” to “like” of “parameter1”", "B × (T + 1) × 16"),
        (token((12, 4), fed=False, dim=-1), "Connect “x” to “like” of “parameter1”", "B × 12 × 20"),
        (token((16,)), "Set Shape of “parameter1” to 1, 16", "B × 13 × 16"),
        (token((1, 1, 16), names="T"), "Set Shape of “parameter1” to 1, 16", "B × (T + 1) × 16"),
        (token((2, 1, 16)), "Set Shape of “parameter1” to 2, 16", "B × 14 × 16"),
    ],
    ids=["no batch", "no batch beside any length", "along features", "flat", "batch named", "two tokens"],
)
def test_one_click_mends_a_token(project: Project, offered: str, result: str) -> None:
    (problem,) = analyse(project).problems
    (fix,) = problem.fixes
    assert (problem.code, str(fix.label)) == ("shapes_differ", offered)
    assert fix.label.template in catalogue("zh_CN")
    mended = analyse(edits.apply_fix(project, MAIN, fix))
    assert (mended.problems, [str(tensor) for tensor in mended.outputs.values()]) == ((), [result])


@pytest.mark.parametrize("project", [token((1, 8), fed=False), token((1, 1, 16), fed=False), token((5,))])
def test_nothing_is_offered_where_one_click_does_not_mend(project: Project) -> None:
    (problem,) = analyse(project).problems
    assert (problem.code, problem.fixes) == ("shapes_differ", ())
