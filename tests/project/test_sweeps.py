"""What a sweep varies is read from a line, refused in words where it is none, and chosen alike for ever."""

from __future__ import annotations

import math

import pytest

from studio import api
from studio.project import Project, ProjectError
from studio.project.settings import every_setting
from studio.project.sweeps import SweepPlan, Variable, checked, direction_of, plan_of, variable, varied
from tests.drawing import MAIN

LR = "plan.optimizers.model.lr"


@pytest.fixture(scope="module")
def project() -> Project:
    return api.new("cnn")


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        (f"{LR}=0.0001..1:log", ("0.0001", "0.001", "0.01", "0.1", "1")),
        (f"{LR}=1e-3..1e-1:log:3", ("0.001", "0.01", "0.1")),
        (f"{LR}=0..1:3", ("0", "0.5", "1")),
        ("plan.loop.epochs=1..3", ("1", "2", "3")),
        ("plan.loop.epochs=1..100:log:3", ("1", "10", "100")),
        ("networks.main.conv1.kernel_size=1..7:4", ("1", "3", "5", "7")),
        ("networks.main.conv1.kernel_size=3x3,5x5", ("3x3", "5x5")),
        ("networks.main.conv1.bias=yes,no,yes", ("yes", "no")),
        ("plan.optimizers.model=adam, sgd", ("adam", "sgd")),
        ("plan.loop.patience=none,3", ("none", "3")),
    ],
)
def test_what_is_varied_is_read_and_written_again(text: str, grid: tuple[str, ...], project: Project) -> None:
    made = variable(project, text)
    assert made.grid() == grid
    assert variable(project, made.written()) == made
    for value in grid:
        varied(project, {made.path: value})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plan.loop.epochs", "varies nothing. Write PATH=low..high"),
        ("plan.loop.epochs= ", "varies nothing"),
        ("plan.loop.epoch=1,2", "Did you mean plan.loop.epochs?"),
        ("plan.loop.epochs=1,many", "Epochs: expected a whole number"),
        ("plan.loop.epochs=0..3", "Epochs: expected a whole number from 1"),
        ("plan.loop.epochs=3..1", "is no range"),
        ("plan.loop.epochs=1.5..3", "is no range"),
        (f"{LR}=0..1:log", "is no range"),
        (f"{LR}=a..b", "is no range"),
        (f"{LR}=0..inf", "is no range"),
        ("plan.optimizers.model=1..2", "takes no numbers. Give some of its values, such as"),
        ("plan.optimizers.model=adam,adan", "There is no optimizer “adan”"),
        ("plan.loop.precision=float32..bfloat16", "expected one of float32, bfloat16"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(text: str, told: str, project: Project) -> None:
    with pytest.raises(ProjectError) as refused:
        variable(project, text)
    assert told in str(refused.value)


def test_everything_that_can_be_set_can_be_varied(project: Project) -> None:
    for found in every_setting(project):
        if found.options:
            assert variable(project, f"{found.path}={','.join(found.options)}").values == found.options


def _plan(project: Project, *texts: str, **how: object) -> SweepPlan:
    return SweepPlan(tuple(variable(project, text) for text in texts), **how)  # type: ignore[arg-type]


def test_a_grid_takes_every_combination_once(project: Project) -> None:
    plan = _plan(project, "plan.loop.epochs=1..2", "networks.main.conv1.bias=yes,no", method="grid", trials=0)
    assert plan.size == 4
    found = [plan.simple(number) for number in range(5)]
    assert [tuple(values.values()) for values in found if values is not None] == [
        ("1", "yes"),
        ("1", "no"),
        ("2", "yes"),
        ("2", "no"),
    ]
    assert found[4] is None


def test_random_values_spread_over_their_range_and_are_the_same_for_ever(project: Project) -> None:
    plan = _plan(project, f"{LR}=0.0001..1:log", "plan.loop.epochs=1..3", "plan.optimizers.model=adam,sgd")
    found = [values for number in range(400) if (values := plan.simple(number)) is not None]
    rates = sorted(math.log10(float(values[LR])) for values in found)
    assert -4 <= rates[0] < -3.9
    assert -0.1 < rates[-1] <= 0
    assert abs(sum(rates) / 400 + 2) < 0.2, "by factors: half of them below 0.01"
    assert {values["plan.loop.epochs"] for values in found} == {"1", "2", "3"}
    assert {values["plan.optimizers.model"] for values in found} == {"adam", "sgd"}
    assert plan.simple(7) == found[7]
    assert plan_of(project, plan.json()) == plan


def test_a_chosen_type_comes_before_its_parameters_and_keeps_what_was_set(project: Project) -> None:
    values = {LR: "0.25", "plan.optimizers.model": "sgd", "plan.optimizers.model.momentum": "0.5"}
    found = varied(project, values).plan.optimizers["model"]
    assert (found.type, dict(found.parameters)) == ("sgd", {"lr": 0.25, "momentum": 0.5})
    # Adam has no momentum: left out there, not refused.
    found = varied(project, {**values, "plan.optimizers.model": "adam"}).plan.optimizers["model"]
    assert (found.type, found.parameters["lr"]) == ("adam", 0.25)
    assert "momentum" not in found.parameters
    before = project.plan.optimizers["model"]
    assert varied(project, {"plan.optimizers.model": before.type}).plan.optimizers["model"] == before
    wide = varied(project, {"networks.main.conv1.out_channels": "8"})
    assert wide.graph(MAIN).nodes["conv2d_1"].parameters["out_channels"] == 8


def test_a_plan_that_cannot_be_carried_out_is_refused(project: Project) -> None:
    once = "plan.loop.epochs=1,2"
    for plan, told in (
        (_plan(project), "Say what to vary"),
        (_plan(project, once, once), "is varied twice"),
        (_plan(project, once, trials=0), "Say when the sweep ends"),
        (
            _plan(project, f"{LR}=0..1:999", "plan.loop.seed=0..9999:999", method="grid", trials=0),
            "998001 trials",
        ),
    ):
        with pytest.raises(ProjectError) as refused:
            checked(plan)
        assert told in str(refused.value)
    assert checked(_plan(project, once, method="grid", trials=0)).size == 2


def test_it_is_known_of_which_figures_less_is_better() -> None:
    assert [direction_of(one) for one in ("val_loss", "val_accuracy", "mae", "val_r2", "perplexity")] == [
        "min",
        "max",
        "min",
        "max",
        "min",
    ]


def test_a_number_is_written_short_but_never_outside_its_range(project: Project) -> None:
    said = variable(project, f"{LR}=0..1").said
    assert Variable(LR, said, (), 0.12345678, 0.2).at(0.0) == "0.123457"
    assert Variable(LR, said, (), 0.12345612, 0.2).at(0.0) == "0.12345612"
