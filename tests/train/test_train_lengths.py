"""Networks that take any length or size learn from data of the size that it has."""

from __future__ import annotations

from pathlib import Path

from studio.compiler import Problem
from studio.graph import Value
from studio.project import Choice, LossTerm, Project
from studio.train import run
from studio.train.checking import Checker
from tests.drawing import MAIN, chain
from tests.train.projects import done, loop, with_plan


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
