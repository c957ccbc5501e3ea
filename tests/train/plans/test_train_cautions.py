"""Plans that fit their network and are surely not meant: each is made, read, and mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from studio.compiler import Problem, build
from studio.graph import Value
from studio.graph.text import catalogue, translator
from studio.project import Choice, LossTerm, Project, edits
from studio.train import run
from studio.train.plans import cautions
from studio.train.plans.checking import Checker
from tests.drawing import CNN, MAIN, add, chain
from tests.train.projects import failed, loop, wine, with_plan

Blocks = tuple[str, Mapping[str, Value]]
BINARY = (LossTerm(Choice("bce_with_logits")),)
SIZED: Blocks = ("linear", {"out_features": 3})


def net(*body: Blocks | str, **plan: object) -> Project:
    """Draw a network for the wines and plan its training."""
    blocks = ((block, {}) if isinstance(block, str) else block for block in body)
    project, _ = chain(("input", {"shape": (13,)}), *blocks, ("output", {}))
    return with_plan(project, **{"data": Choice("wine"), "loop": loop(), **plan})


def two_outputs() -> Project:
    project, _ = add(net(SIZED), "output", ["linear_1"], name="seen")
    return with_plan(project, losses=(LossTerm(Choice("cross_entropy"), "y"),))


def frozen() -> Project:
    return edits.change_node(net(SIZED), MAIN, "linear_1", frozen=True)


def through_argmax() -> Project:
    return net(
        ("reshape", {"shape": (1, 13)}),
        ("linear", {"out_features": 8}),
        ("argmax", {"dim": -1}),
        ("embedding", {"num_embeddings": 8}),
        "flatten",
        SIZED,
    )


@dataclass(frozen=True)
class Mistake:
    """One mistake; see `tests.compiler.mistaken`."""

    draw: Callable[[], Project]
    place: str
    where: str
    says: str
    fix: str = ""

    __hash__ = None  # type: ignore[assignment]


MISTAKES: dict[str, Mistake] = {
    "softmax_twice": Mistake(
        lambda: net(SIZED, "softmax"),
        "softmax_1",
        "",
        "Cross entropy applies a softmax itself, and “softmax1” is one before it: with both, the"
        " network learns slowly and never grows sure. Take “softmax1” out.",
        "Remove “softmax1”",
    ),
    "sigmoid_twice": Mistake(
        lambda: net(SIZED, "sigmoid", losses=BINARY),
        "sigmoid_1",
        "",
        "Binary cross entropy applies a sigmoid itself, and “sigmoid1” squeezes the scores before it: with"
        " both, the network learns slowly and never says no. Take “sigmoid1” out.",
        "Remove “sigmoid1”",
    ),
    "scores_clipped": Mistake(
        lambda: net(SIZED, "relu"),
        "relu_1",
        "",
        "“relu1” stands between the last layer and the loss and cuts the scores off, so the"
        " network cannot say what it has learned. Take it out.",
        "Remove “relu1”",
    ),
    "dropout_last": Mistake(
        lambda: net(SIZED, "dropout"),
        "dropout_1",
        "",
        "“dropout1” drops numbers of the result itself: while training, right answers are turned"
        " into wrong ones by chance. Put it before the last layer, or take it out.",
        "Remove “dropout1”",
    ),
    "no_log_chances": Mistake(
        lambda: net(SIZED, losses=(LossTerm(Choice("nll")),)),
        "linear_1",
        "",
        "Negative log-likelihood takes logarithms of chances, as a LogSoftmax gives them, and"
        " “fc1” gives others.",
        "Insert LogSoftmax",
    ),
    "no_chances": Mistake(
        lambda: net(SIZED, losses=(LossTerm(Choice("bce")),)),
        "linear_1",
        "",
        "Binary cross entropy of chances takes chances from 0 to 1, as a Sigmoid gives them, and"
        " “fc1” gives any numbers.",
        "Insert Sigmoid",
    ),
    "output_without_loss": Mistake(
        two_outputs,
        "output_2",
        "",
        "No loss judges the output “seen”, so nothing learns to make it better. Choose a loss for"
        " it, or keep it to look at.",
    ),
    "nothing_to_train": Mistake(
        frozen,
        "",
        "",
        "The network has no weights that can be trained. Add a layer or unfreeze one.",
        "Unfreeze “fc1”",
    ),
    "no_gradient": Mistake(
        through_argmax,
        "argmax_1",
        "",
        "“argmax1” gives whole numbers, which nothing can be learned through: 1 block before it,"
        " such as “fc1”, will stay as they are.",
    ),
    "batch_of_one": Mistake(
        lambda: net(("linear", {}), "batch_norm1d", "relu", SIZED, loop=loop(batch_size=1)),
        "batch_norm1d_1",
        "",
        "“batch_norm1d1” compares the samples of a batch with each other, and a batch has one"
        " sample: it cannot be trained like this. Take larger batches, or a LayerNorm.",
        "Set Batch size to 32",
    ),
    "step_too_large": Mistake(
        lambda: net(("linear", {"out_features": 2**20}), "relu", SIZED, loop=loop(batch_size=4096)),
        "",
        "batch_size",
        "A step of 4096 samples takes about 16.3 GiB of memory, and there are 8.0 GiB. Take"
        " smaller batches, or make the network smaller.",
        "Set Batch size to 1024",
    ),
}


def look(project: Project) -> list[Problem]:
    return [problem for problem in Checker().analyse(project, MAIN).problems if problem.about == "plan"]


def problem_of(code: str) -> Problem:
    return next(problem for problem in look(MISTAKES[code].draw()) if problem.code == code)


@pytest.fixture(autouse=True)
def memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    code = getattr(request.node, "callspec", None) and request.node.callspec.params.get("code")
    monkeypatch.setattr(cautions, "_memory", lambda _device: 2**33 if code == "step_too_large" else 2**60)


@pytest.mark.parametrize("code", MISTAKES)
def test_what_is_not_meant_is_told_at_its_place_in_a_sentence(code: str) -> None:
    mistake, problem = MISTAKES[code], problem_of(code)
    assert (problem.node, problem.parameter) == (mistake.place, mistake.where)
    assert str(problem.message) == mistake.says
    assert str(problem.fixes[0].label if problem.fixes else "") == mistake.fix


@pytest.mark.parametrize("code", MISTAKES)
def test_what_is_not_meant_is_told_in_chinese_too(code: str) -> None:
    problem = problem_of(code)
    said = [problem.message, problem.expected, problem.received, *(fix.label for fix in problem.fixes)]
    for message in (message for message in said if message is not None):
        assert message.template in catalogue("zh_CN")
    assert re.search("[\u4e00-\u9fff]", problem.message.render(translator("zh_CN")))


@pytest.mark.parametrize("code", [code for code, mistake in MISTAKES.items() if mistake.fix])
def test_what_is_offered_removes_it(code: str) -> None:
    for fix in problem_of(code).fixes:
        assert look(edits.apply_fix(MISTAKES[code].draw(), MAIN, fix)) == []


@pytest.mark.parametrize("code", ["nothing_to_train", "batch_of_one"])
def test_an_error_is_what_the_run_would_fail_with(code: str, tmp_path: Path) -> None:
    assert problem_of(code).severity == "error"
    failed(list(run(MISTAKES[code].draw(), run_dir=tmp_path / "a")))


@pytest.mark.parametrize(
    "code", [code for code in MISTAKES if code not in ("nothing_to_train", "batch_of_one")]
)
def test_a_warning_keeps_nobody_from_training(code: str) -> None:
    assert problem_of(code).severity == "warning"


def test_the_gradient_is_really_cut_off() -> None:
    module = build(through_argmax(), seed=0)
    module(torch.zeros(4, 13)).sum().backward()
    reached = {name.partition(".")[0] for name, each in module.named_parameters() if each.grad is not None}
    assert reached == {"embedding1", "fc2"}


def test_a_second_way_for_the_gradient_is_enough() -> None:
    project = net(("reshape", {"shape": (1, 13)}), ("linear", {"out_features": 3}), "flatten")
    project, best = add(project, "argmax", ["linear_1"], parameters={"dim": -1})
    project, _ = add(project, "output", [best], name="best")
    project = with_plan(project, losses=(LossTerm(Choice("cross_entropy"), "y"),))
    assert [problem.code for problem in look(project)] == ["output_without_loss"]


def test_batches_of_one_are_fine_where_a_picture_has_many_numbers() -> None:
    project, _ = chain(
        ("input", {}),
        ("conv2d", {}),
        ("batch_norm2d", {}),
        ("relu", {}),
        ("flatten", {}),
        ("linear", {"out_features": 10}),
        ("output", {}),
    )
    assert look(with_plan(project, loop=loop(batch_size=1))) == []


def test_plans_that_are_meant_have_no_problems() -> None:
    assert look(wine()) == []
    assert look(chain(*CNN)[0]) == []
    assert look(net(SIZED, "log_softmax")) == []  # cross entropy gives the same with it
    assert look(net(SIZED, "log_softmax", losses=(LossTerm(Choice("nll")),))) == []
    assert look(net(SIZED, "sigmoid", losses=(LossTerm(Choice("bce")),))) == []
    assert look(net(SIZED, losses=(LossTerm(Choice("focal")),))) == []
    assert look(net(SIZED, losses=(LossTerm(Choice("multi_margin")),))) == []
    assert look(net(("linear", {}), "relu", "dropout", SIZED)) == []
