"""A learning rate by a formula: a formula that fails is told before a step is taken, in both languages."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
import torch

from studio.cli import settings
from studio.cli.voice import UsageError
from studio.compiler import Problem
from studio.graph import Formula, NetwrightError
from studio.graph.text import translator
from studio.project import MODEL, Choice
from studio.train.events import StepDone
from studio.train.loop.rates import LOOKED_AT, factor_of, look_ahead
from studio.train.plans.checking import Checker
from studio.train.recipe import TrainError
from tests.drawing import MAIN, chain
from tests.train.by_hand import deep
from tests.train.plain import Folder, attempted, copied, failure, plan, same, trained, vectors
from tests.train.projects import loop, with_plan


def problems(schedule: str, factor: str, epochs: int = 3) -> list[Problem]:
    project, _ = chain(("input", {"shape": (13,)}), ("linear", {"out_features": 3}), ("output", {}))
    choice = Choice(schedule, MappingProxyType({"factor": factor}))
    project = with_plan(
        project,
        data=Choice("wine"),
        loop=loop(epochs=epochs),
        schedules=MappingProxyType({MODEL: choice}),
    )
    return [problem for problem in Checker().analyse(project, MAIN).problems if problem.about == "plan"]


@pytest.mark.parametrize(
    ("schedule", "factor", "says", "chinese"),
    [
        (
            "lambda_lr",
            "1 / (2 - epoch)",
            "The learning rate after 2 epochs: “1 / (2 - epoch)” divides by zero.",
            "2 轮之后的学习率：“1 / (2 - epoch)”除以了零。",
        ),
        (
            "lambda_lr",
            "1 - epoch",
            (
                "The learning rate after 2 epochs: “1 - epoch” gives -1, and no learning rate can be"
                " negative. Write max(0, …) around it."
            ),
            "2 轮之后的学习率：“1 - epoch”得到 -1，而学习率不能是负数。请在外面写上 max(0, …)。",
        ),
        (
            "lambda_lr",
            "sqrt(1 / 2 - step)",
            "The learning rate after 1 step: “sqrt(1 / 2 - step)” has no result: “sqrt” does not take -0.5.",
            "1 步之后的学习率：“sqrt(1 / 2 - step)”没有结果：“sqrt”不接受 -0.5。",
        ),
        (
            "multiplicative_lr",
            "10 ** (20 * epoch)",
            "The learning rate after 1 epoch: “10 ** (20 * epoch)” gives a number that is too large.",
            "1 轮之后的学习率：“10 ** (20 * epoch)”的结果太大。",
        ),
        (
            "lambda_lr",
            "tanh(epoch)",
            (
                "“tanh(epoch)” uses “tanh”, which a formula does not know. Known: epoch, epochs, step, steps,"
                " pi, abs, cos, exp, log, max, min, round, sin, sqrt."
            ),
            (
                "“tanh(epoch)”用到了“tanh”，公式不认识它。认识的有：epoch, epochs, step, steps, pi,"
                " abs, cos, exp, log, max, min, round, sin, sqrt。"
            ),
        ),
        (
            "lambda_lr",
            "epoch + steps",
            "“epoch + steps” counts in epochs and in steps. Write it with one of the two.",
            "“epoch + steps”既按轮又按步计数。请只用其中一种来写。",
        ),
        (
            "multiplicative_lr",
            "lambda: 1",
            "“lambda: 1” is not a formula. Write for example 0.95 ** epoch or min(1, step / 100).",
            "“lambda: 1”不是公式。可以写成例如 0.95 ** epoch 或 min(1, step / 100)。",
        ),
    ],
)
def test_a_formula_that_fails_is_one_problem_of_the_plan(
    schedule: str, factor: str, says: str, chinese: str
) -> None:
    found = problems(schedule, factor)
    assert [(problem.severity, str(problem.message)) for problem in found] == [("error", says)]
    assert found[0].message.render(translator("zh_CN")) == chinese
    assert problems(schedule, "0.9") == []


def test_a_formula_is_looked_at_for_as_long_as_the_training_is() -> None:
    assert problems("lambda_lr", "1 / (5 - epoch)", epochs=4) == []
    assert len(problems("lambda_lr", "1 / (5 - epoch)", epochs=5)) == 1  # it is asked once more at the end
    # The first rate of this one is the optimizer's, and no factor is asked for.
    assert problems("multiplicative_lr", "1 / epoch") == []
    assert len(problems("lambda_lr", "1 / epoch")) == 1


def test_a_long_training_is_looked_at_in_moments() -> None:
    def says(factor: str, steps: int) -> str:
        choice = Choice("lambda_lr", MappingProxyType({"factor": factor}))
        with pytest.raises(TrainError) as refused:
            look_ahead(choice, 1, steps)
        return str(refused.value)

    assert "after 990 steps" in says("1 / abs(step - 990)", 10**9)
    assert "after 1000000000 steps" in says("1 / (steps - step)", 10**9)
    assert "after 3 steps" in says("2.5 - step", LOOKED_AT)
    grows = Choice("multiplicative_lr", MappingProxyType({"factor": "1e15"}))
    with pytest.raises(TrainError, match="after 21 epochs: the learning rate grows beyond every number"):
        look_ahead(grows, 30, 0)


@pytest.mark.parametrize("factor", ["1 / (step - 9)", "0.5 - step / steps"])
def test_what_is_known_only_with_the_data_is_told_before_the_first_step(factor: str) -> None:
    model = deep()
    before = copied(model)
    how = plan("sgd", metrics=(), schedule=("lambda_lr", {"factor": factor}))
    events = attempted(how, model, vectors())  # 14 steps
    assert "The learning rate after" in str(failure(events).message)
    assert [event for event in events if isinstance(event, StepDone)] == []
    assert same(copied(model), before)


def test_beyond_the_length_that_was_foreseen_the_last_factor_stays() -> None:
    factor = factor_of(Formula("1 - step / (2 * steps)"), 4)
    assert [factor(time) for time in (0, 4, 5, 100)] == [1.0, 0.5, 0.5, 0.5]


@pytest.mark.parametrize("schedule", ["lambda_lr", "multiplicative_lr"])
def test_a_checkpoint_keeps_nothing_of_the_formula_and_a_longer_training_reads_its_own_length(
    schedule: str, tmp_path: Path
) -> None:
    keeper = Folder(tmp_path)
    short = plan("sgd", metrics=(), epochs=2, schedule=(schedule, {"factor": "1 - epoch / (epochs + 1)"}))
    trained(short, deep(), vectors(), keeper=keeper)
    kept = keeper.state()["learners"][MODEL]["schedule"]
    assert kept["lr_lambdas"] == [None]
    longer = plan("sgd", metrics=(), epochs=4, schedule=(schedule, {"factor": "1 - epoch / (epochs + 1)"}))
    events = trained(longer, deep(), vectors(), state=keeper.state())
    last = [event.metrics["lr"] for event in events if isinstance(event, StepDone)][-1]
    before = 0.01 if schedule == "lambda_lr" else 0.01 * (1 - 1 / 3) * (1 - 2 / 3)
    assert last == pytest.approx(before * (1 - 3 / 5))


def test_a_wrong_formula_on_the_command_line_is_told_as_wrong_use() -> None:
    project, _ = chain(("input", {"shape": (13,)}), ("linear", {"out_features": 3}), ("output", {}))
    made = settings.apply(
        project, ["plan.schedules.model=lambda_lr", "plan.schedules.model.factor=1/(1+epoch)"]
    )
    assert made.plan.schedules[MODEL].resolved("schedule") == {"factor": "1/(1+epoch)"}
    with pytest.raises(UsageError, match="uses “lr”"):
        settings.apply(project, ["plan.schedules.model=lambda_lr", "plan.schedules.model.factor=lr*2"])


def test_several_groups_of_weights_keep_their_proportion() -> None:
    model = deep()
    made = torch.optim.SGD(
        [{"params": [model.fc1.weight], "lr": 0.1}, {"params": [model.fc2.weight], "lr": 0.2}], lr=0.1
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(made, factor_of(Formula("0.5 ** epoch"), 3))
    made.step()
    schedule.step()
    assert [group["lr"] for group in made.param_groups] == [0.05, 0.1]


def test_a_formula_that_is_no_text_is_refused() -> None:
    with pytest.raises(NetwrightError):
        look_ahead(Choice("lambda_lr", MappingProxyType({"factor": 3})), 1, 1)
