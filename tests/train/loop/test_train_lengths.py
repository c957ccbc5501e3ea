"""Networks that take any length or size learn from data of the size that it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.compiler import Analyser, Problem, Report
from studio.graph import Value
from studio.project import Choice, GraphRef, LossTerm, Project, edits
from studio.train import run
from studio.train.plans.checking import Checker
from tests.drawing import MAIN, chain
from tests.train.projects import done, failed, loop, with_plan


def told(project: Project) -> list[Problem]:
    return [problem for problem in Checker().analyse(project, MAIN).problems if problem.severity == "error"]


def pictures(shape: tuple[int, ...], names: str, *body: tuple[str, dict[str, Value]]) -> Project:
    """Draw a network for pictures of any size; the digits have 28 × 28."""
    project, _ = chain(
        ("input", {"shape": shape, "open": names}),
        *body,
        ("adaptive_avg_pool2d", {"output_size": 1}),
        ("flatten", {}),
        ("linear", {"out_features": 10}),
        ("output", {}),
    )
    return with_plan(project, loop=loop(epochs=1))


CONV: tuple[str, dict[str, Value]] = ("conv2d", {"out_channels": 8})


def test_pictures_of_another_size_than_the_example_are_learned_from(tmp_path: Path) -> None:
    project = pictures((1, 32, 20), "-, H, W", CONV, ("relu", {}))
    assert told(project) == []
    assert done(list(run(project, run_dir=tmp_path / "run"))).reason == "completed"
    assert told(pictures((1, 32, 20), "-, 4H, 2W", CONV)) == []


def test_sentences_of_another_length_are_learned_from(tmp_path: Path) -> None:
    project, _ = chain(
        ("input", {"shape": (5,), "dtype": "int64", "open": "T"}),
        ("embedding", {"num_embeddings": 200, "embedding_dim": 8}),
        ("gru", {"hidden_size": 6}),
        ("mean", {"dim": 1}),
        ("linear", {"out_features": 2}),
        ("output", {}),
    )
    project = with_plan(project, data=Choice("sentences"), loop=loop(epochs=1))
    assert told(project) == []
    assert done(list(run(project, run_dir=tmp_path / "run"))).reason == "completed"


def test_a_closed_size_is_still_that_of_the_data() -> None:
    (problem,) = told(pictures((1, 32, 20), "-, H", CONV))
    assert (problem.code, str(problem.expected), str(problem.received)) == (
        "input_shape",
        "B × 1 × H × 20",
        "B × 1 × 28 × 28",
    )
    (problem,) = told(pictures((1, 33, 20), "-, 3H, W", CONV))
    assert (problem.code, str(problem.expected)) == ("input_shape", "B × 1 × 3H × W")


def test_one_length_of_two_dimensions_wants_squares() -> None:
    assert told(pictures((1, 20, 20), "-, N, N", CONV)) == []


def test_data_that_is_too_short_is_told_where_nothing_is_left(tmp_path: Path) -> None:
    small: dict[str, Value] = {"out_channels": 8, "kernel_size": 15}
    project = pictures((1, 32, 32), "-, H, W", ("conv2d", small), ("conv2d", small), CONV)
    (problem,) = told(project)
    assert (problem.code, problem.node) == ("data_too_short", "conv2d_2")
    assert str(problem.message).startswith("The data has H = 28, W = 28, and behind “")
    assert str(problem.received) == "B × 8 × 0 × 0"


def test_an_output_of_any_length_is_held_against_the_target_of_the_data() -> None:
    project, ids = chain(("input", {"shape": (13,), "open": "N"}), ("scale", {}), ("output", {}))
    project = with_plan(project, data=Choice("diabetes"), loop=loop(), losses=(LossTerm(Choice("mse")),))
    (problem,) = told(project)
    assert (problem.node, str(problem.expected), str(problem.received)) == (ids[-1], "B × 1", "B × 10")


def sentences(*body: tuple[str, dict[str, Value]]) -> Project:
    """Draw a network for sentences of any length, with an example of 5; those of the data have 16 words."""
    project, _ = chain(
        ("input", {"shape": (5,), "dtype": "int64", "open": "T"}),
        ("embedding", {"num_embeddings": 200, "embedding_dim": 8}),
        *body,
        ("linear", {"out_features": 2}),
        ("output", {}),
    )
    return with_plan(project, data=Choice("sentences"), loop=loop(epochs=1))


def test_a_block_that_data_is_too_long_for_is_told_with_its_own_sentence_and_mend(tmp_path: Path) -> None:
    project = sentences(("learned_position", {"max_length": 8}), ("mean", {"dim": 1}))
    (problem,) = told(project)
    assert (problem.about, problem.node, problem.parameter) == ("plan", "learned_position_1", "max_length")
    assert "8" in str(problem.expected)
    (fix,) = problem.fixes
    assert fix.parameters == {"max_length": 16}
    assert told(edits.apply_fix(project, MAIN, fix)) == []
    assert failed(list(run(project, run_dir=tmp_path / "run"))).message == problem.message


def test_a_place_beyond_the_data_is_told_and_no_mend_that_spoils_the_example_is_offered() -> None:
    project = edits.set_parameters(
        sentences(("select", {"dim": 1, "index": 20})), MAIN, "input_1", {"shape": (32,)}
    )
    (problem,) = told(project)
    assert (problem.about, problem.node) == ("plan", "select_1")
    for fix in problem.fixes:
        assert told(edits.apply_fix(project, MAIN, fix)) == []


def test_the_look_at_the_lengths_of_the_data_is_kept_until_something_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[GraphRef] = []
    analysed = Analyser.analyse

    def counted(self: Analyser, project: Project, ref: GraphRef) -> Report:
        looks.append(ref)
        return analysed(self, project, ref)

    monkeypatch.setattr(Analyser, "analyse", counted)
    project, checker = sentences(("mean", {"dim": 1})), Checker()
    for expected in (2, 3):  # the report itself each time, the look at the lengths of the data once
        assert checker.analyse(project, MAIN).ok
        assert len(looks) == expected
    Checker().analyse(edits.set_parameters(project, MAIN, "input_1", {"shape": (16,)}), MAIN)
    assert len(looks) == 4  # nothing to look at: the example is as long as the data


@pytest.mark.parametrize(
    ("shape", "names", "kept"),
    [
        ((3, 32, 32), "-, 16H, 16W", ""),
        ((3, 32, 32), "-, 4H, 16W", "-, 4H, -"),
        ((3, 32, 32), "C, H, W", "C, H, W"),
        ((32, 32), "H, W", ""),
    ],
)
def test_the_mend_of_a_size_keeps_the_names_that_it_can(
    shape: tuple[int, ...], names: str, kept: str
) -> None:
    project, (entry, *_) = chain(("input", {"shape": shape, "open": names}), ("relu", {}), ("output", {}))
    project = with_plan(project, loop=loop())
    problems = [problem for problem in told(project) if problem.code == "input_shape"]
    if not problems:
        assert kept == names  # every size is open: the data fits
        return
    mended = edits.apply_fix(project, MAIN, problems[0].fixes[0])
    assert mended.graph(MAIN).nodes[entry].parameters.get("open", "") == kept
    assert not [one for one in told(mended) if one.code in ("input_shape", "bad_lengths")]
