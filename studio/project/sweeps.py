"""What a sweep tries: which settings, over which values, how chosen, for how long, and by which figure."""

from __future__ import annotations

import itertools
import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from studio.blocks import ParameterError
from studio.graph import ExpressionError, Message
from studio.project.document import Plan, Project, ProjectError
from studio.project.settings import Setting, apply, every_setting, unknown, written

Method = Literal["grid", "random", "bayes"]
METHODS: tuple[Method, ...] = ("grid", "random", "bayes")

Direction = Literal["min", "max"]

Values = Mapping[str, str]
"""What one trial sets: path to value, both as they are typed."""

POINTS = 5
"""How many values of a range a grid takes, where nobody says."""

LARGEST = 100_000
"""No sweep has more trials."""

_RANGE = re.compile(r"(?P<low>[^:]+?)\.\.(?P<high>[^:]+?)(?P<log>:log)?(?::(?P<points>\d{1,4}))?")
_NUMBERS = frozenset({"int", "float", "size", "dims"})

_LESS = frozenset({"loss", "mae", "mse", "rmse", "mape", "perplexity", "calibration"})
"""Figures of which less is better."""


class SweepError(ProjectError):
    """A sweep cannot be made like this."""


@dataclass(frozen=True)
class Variable:
    """One setting that a sweep varies: over a range of numbers, or over some values.

    Attributes:
        path: the setting.
        said: its name for a person.
        values: what it takes one after the other; empty for a range.
        low: where the range begins.
        high: where it ends.
        log: whether it is stepped through by factors.
        whole: whether it holds whole numbers only.
        points: how many of them a grid takes.
    """

    path: str
    said: Message
    values: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    whole: bool = False
    points: int = POINTS

    @property
    def ranged(self) -> bool:
        """Whether it goes over a range."""
        return not self.values

    def written(self) -> str:
        """Write it as `variable` reads it."""
        if self.values:
            return f"{self.path}={','.join(self.values)}"
        points = "" if self.points == POINTS else f":{self.points}"
        return f"{self.path}={self._number(self.low)}..{self._number(self.high)}{':log' * self.log}{points}"

    def grid(self) -> tuple[str, ...]:
        """Give the values that a grid takes."""
        if self.values:
            return self.values
        count = max(self.points, 1)
        if self.whole:
            count = min(count, int(self.high - self.low) + 1)
        shares = [place / (count - 1) for place in range(count)] if count > 1 else [0.0]
        return tuple(dict.fromkeys(self.at(share) for share in shares))

    def at(self, share: float) -> str:
        """Give the value at a share of the way from the low end to the high one."""
        if self.log:
            return self.number(
                math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low)))
            )
        return self.number(self.low + share * (self.high - self.low))

    def number(self, value: float) -> str:
        """Write a number of the range, short where that changes nothing that matters."""
        if self.whole:
            return str(round(min(max(value, self.low), self.high)))
        short = f"{value:.6g}"
        return short if self.low <= float(short) <= self.high else repr(min(max(value, self.low), self.high))

    def _number(self, value: float) -> str:
        return str(int(value)) if self.whole else f"{value:.12g}"


@dataclass(frozen=True)
class SweepPlan:
    """A sweep, as it is asked for.

    Attributes:
        variables: what is varied.
        method: how the next values are chosen.
        trials: how many trainings at most; 0 for no limit.
        seconds: no training begins after this time; 0 for no limit.
        metric: the figure of an epoch that counts, such as `val_loss`; the best epoch's is the trial's.
        direction: whether less of it or more of it is better.
        prune: whether a training that does worse than most before it is ended early.
        seed: what the choices start from.
    """

    variables: tuple[Variable, ...]
    method: Method = "random"
    trials: int = 20
    seconds: float = 0.0
    metric: str = "val_loss"
    direction: Direction = "min"
    prune: bool = False
    seed: int = 0

    def json(self) -> dict[str, Any]:
        """Give it as JSON takes it."""
        return {
            "vary": [variable.written() for variable in self.variables],
            "method": self.method,
            "trials": self.trials,
            "seconds": self.seconds,
            "metric": self.metric,
            "direction": self.direction,
            "prune": self.prune,
            "seed": self.seed,
        }

    @property
    def size(self) -> int | None:
        """How many trainings it will be, as far as that is known."""
        sizes = [self.trials] if self.trials else []
        if self.method == "grid":
            sizes.append(math.prod(len(variable.grid()) for variable in self.variables))
        return min(sizes) if sizes else None

    def better(self, one: float, other: float) -> bool:
        """Tell whether a figure is better than another."""
        return one < other if self.direction == "min" else one > other

    def simple(self, number: int) -> dict[str, str] | None:
        """Give the values of a trial of a grid or of random choices; None after the last of a grid.

        They depend on nothing but the plan and the number, so that a sweep that was broken off goes on alike.
        """
        if self.method == "grid":
            grids = [variable.grid() for variable in self.variables]
            found = next(itertools.islice(itertools.product(*grids), number, None), None)
            names = (variable.path for variable in self.variables)
            return None if found is None else dict(zip(names, found, strict=True))
        dice = random.Random(f"{self.seed}:{number}")
        return {
            variable.path: dice.choice(variable.values) if variable.values else variable.at(dice.random())
            for variable in self.variables
        }


def figure_for(plan: Plan) -> str:
    """Give the figure that trainings of a plan are judged by, where nobody says: for episodes the return."""
    recipe = plan.recipe.declared("recipe")
    return "val_return" if recipe is not None and "control" in recipe.fits else "val_loss"


def direction_of(metric: str) -> Direction:
    """Give whether less or more of a figure is better."""
    plain = metric.removeprefix("val_")
    return "min" if plain in _LESS or "loss" in plain else "max"


def plan_of(project: Project, found: Mapping[str, Any]) -> SweepPlan:
    """Read a plan as `SweepPlan.json` gives it.

    Raises:
        SweepError: it cannot be made like this.
    """
    if found["method"] not in METHODS or found["direction"] not in ("min", "max"):
        raise SweepError(Message("This sweep was written by a newer version of Netwright."))
    return SweepPlan(
        variables=tuple(variable(project, str(text)) for text in found["vary"]),
        method=found["method"],
        trials=int(found["trials"]),
        seconds=float(found["seconds"]),
        metric=str(found["metric"]),
        direction=found["direction"],
        prune=bool(found["prune"]),
        seed=int(found["seed"]),
    )


def variable(project: Project, text: str) -> Variable:
    """Read `PATH=low..high[:log][:points]` or `PATH=a,b,c`.

    Raises:
        SweepError: there is no such setting, or it does not take these values.
        SettingError: likewise.
    """
    path, separator, values = text.partition("=")
    if not separator or not values.strip():
        raise SweepError(
            Message(
                "“{text}” varies nothing. Write PATH=low..high, PATH=low..high:log or PATH=a,b,c, such as "
                "plan.optimizers.model.lr=0.0001..0.1:log.",
                text=text[:100],
            )
        )
    known = {found.path: found for found in every_setting(project)}
    if path not in known:
        raise unknown(path, list(known))
    setting = known[path]
    ranged = _RANGE.fullmatch(values.strip())
    if ranged is not None and (setting.parameter is None or setting.parameter.kind in _NUMBERS):
        return _range(project, setting, ranged)
    parts = tuple(dict.fromkeys(part.strip() for part in values.split(",") if part.strip()))
    for part in parts:
        _accept(project, setting, part)
    return Variable(path, setting.said, parts)


def _range(project: Project, setting: Setting, ranged: re.Match[str]) -> Variable:
    parameter = setting.parameter
    if parameter is None:
        raise SweepError(
            Message(
                "{what} takes no numbers. Give some of its values, such as {path}={some}.",
                what=setting.said,
                path=setting.path,
                some=",".join(setting.options[:2]),
            )
        )
    ends = []
    for end in (ranged["low"], ranged["high"]):
        try:
            ends.append(float(end))
        except ValueError as error:
            raise _no_range(setting, ranged[0]) from error
    low, high = ends
    whole = parameter.kind != "float"
    log = ranged["log"] is not None
    if not (math.isfinite(low) and math.isfinite(high) and low < high) or (log and low <= 0):
        raise _no_range(setting, ranged[0])
    if whole and (low != int(low) or high != int(high)):
        raise _no_range(setting, ranged[0])
    points = int(ranged["points"]) if ranged["points"] else POINTS
    made = Variable(setting.path, setting.said, (), low, high, log, whole, max(points, 1))
    for end in (low, high):
        _accept(project, setting, made.number(end))
    return made


def _no_range(setting: Setting, text: str) -> SweepError:
    return SweepError(
        Message(
            "{what}: “{text}” is no range. Write low..high, such as 0.001..0.1; by factors low..high:log, "
            "with a low end above 0.",
            what=setting.said,
            text=text[:60],
        )
    )


def _accept(project: Project, setting: Setting, text: str) -> None:
    """Refuse what a setting does not take."""
    try:
        setting.put(text)
    except (ParameterError, ExpressionError) as error:
        raise SweepError(error.message) from error


def varied(project: Project, values: Values) -> Project:
    """Give the project of one trial.

    Choices among types come first, and one that stays as it is keeps what was set of it. A parameter that the
    chosen type does not have is left out.

    Raises:
        ProjectError: a value is not taken together with the others.
    """
    chosen = [found.path for found in every_setting(project) if found.options and found.path in values]
    for path in sorted(values, key=lambda path: (path.count("."), path)):
        known = {found.path: found for found in every_setting(project)}
        if path not in known and any(path.startswith(f"{choice}.") for choice in chosen):
            continue
        if path in known and written(known[path].value) == values[path]:
            continue
        project = apply(project, [f"{path}={values[path]}"])
    return project


def checked(plan: SweepPlan) -> SweepPlan:
    """Give a plan that can be carried out.

    Raises:
        SweepError: nothing is varied, something twice, or it would not end.
    """
    if not plan.variables:
        raise SweepError(Message("Say what to vary: at least one setting, with its values."))
    paths = [variable.path for variable in plan.variables]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice is not None:
        raise SweepError(Message("“{path}” is varied twice.", path=twice))
    if plan.method != "grid" and not plan.trials and not plan.seconds:
        raise SweepError(Message("Say when the sweep ends: after how many trials, or after what time."))
    if (plan.size or 0) > LARGEST:
        raise SweepError(
            Message(
                "These would be {count} trials. A sweep has at most {most}: leave out values, or limit the "
                "trials.",
                count=plan.size,
                most=LARGEST,
            )
        )
    return plan
