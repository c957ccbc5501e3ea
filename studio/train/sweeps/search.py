"""How a sweep chooses its next values, ends trainings that do badly, and weighs what its settings did.

Everything follows from the plan and the trials before, so that a sweep that was broken off goes on exactly as
if it had not been. `optuna` is imported only where it is needed, and everything in it stays in memory.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from studio.graph import Message
from studio.project.sweeps import SweepPlan, Variable
from studio.train.recipe import TrainError
from studio.train.sweeps.state import Trial

FIRST_TRIALS, FIRST_EPOCHS = 4, 2
"""So many trainings run to their end, and so many epochs of each, before one is ended early."""


def suggest(plan: SweepPlan, trials: Sequence[Trial]) -> dict[str, str] | None:
    """Give the values of the next trial; None where everything was tried.

    Raises:
        TrainError: what chooses them is not installed.
    """
    if plan.method != "bayes":
        return plan.simple(len(trials))
    with _optuna() as optuna:
        # Another seed for each trial, so that what was drawn before a crash is not drawn again after it.
        sampler = optuna.samplers.TPESampler(seed=(plan.seed * 100_003 + len(trials)) % 2**32)
        study = _study(optuna, plan, trials, sampler)
        found = study.ask(_distributions(optuna, plan)).params
    return {variable.path: _text(variable, found[variable.path]) for variable in plan.variables}


def require(plan: SweepPlan) -> None:
    """Refuse a plan before anything is trained where something that it needs is not installed.

    Raises:
        TrainError: it is not.
    """
    if plan.method == "bayes" or plan.prune:
        with _optuna():
            pass


def hopeless(plan: SweepPlan, trials: Sequence[Trial], trial: Trial) -> bool:
    """Tell whether a training does worse than most before it did after as many epochs."""
    if not plan.prune or not trial.figures or sum(one.state == "done" for one in trials) < FIRST_TRIALS:
        return False
    with _optuna() as optuna:
        pruner = optuna.pruners.MedianPruner(FIRST_TRIALS, FIRST_EPOCHS)
        study = _study(optuna, plan, [one for one in trials if one.number != trial.number])
        return bool(pruner.prune(study, _frozen(optuna, plan, trial)))


def importance(plan: SweepPlan, trials: Sequence[Trial]) -> dict[str, float]:
    """Give how much of what trials differ by each setting explains, the most telling first.

    Of too few trials, or of trials that all did alike, nothing can be said.

    Raises:
        TrainError: what weighs them is not installed.
    """
    done = [trial for trial in trials if trial.state == "done" and trial.value is not None]
    values = {trial.value for trial in done}
    several = [one for one in plan.variables if len({trial.values[one.path] for trial in done}) > 1]
    if len(done) < 4 or len(values) < 2 or not several:
        return {}
    with _optuna() as optuna:
        study = _study(optuna, plan, done)
        evaluator = optuna.importance.FanovaImportanceEvaluator(n_trees=32, seed=0)
        found: Mapping[str, float] = optuna.importance.get_param_importances(
            study, evaluator=evaluator, params=[one.path for one in several]
        )
    return {path: float(share) for path, share in found.items()}


@contextmanager
def _optuna() -> Iterator[Any]:
    try:
        import optuna
    except ImportError as error:
        raise TrainError(
            Message(
                "Sweeps that learn from their trials need one more package: pip install netwright[sweep]."
            ),
            details=str(error),
        ) from error
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about its own features that are new or old
        yield optuna


def _study(optuna: Any, plan: SweepPlan, trials: Sequence[Trial], sampler: Any = None) -> Any:
    direction = "minimize" if plan.direction == "min" else "maximize"
    study = optuna.create_study(direction=direction, sampler=sampler or optuna.samplers.RandomSampler(seed=0))
    for trial in trials:
        study.add_trial(_frozen(optuna, plan, trial))
    return study


def _frozen(optuna: Any, plan: SweepPlan, trial: Trial) -> Any:
    states = optuna.trial.TrialState
    state = {"done": states.COMPLETE, "pruned": states.PRUNED, "failed": states.FAIL}.get(trial.state)
    if state is states.COMPLETE and trial.value is None:
        state = states.FAIL
    return optuna.trial.create_trial(
        state=state or states.RUNNING,
        value=trial.value if state is states.COMPLETE else None,
        params={one.path: _number(one, trial.values[one.path]) for one in plan.variables},
        distributions=_distributions(optuna, plan),
        intermediate_values=dict(trial.figures),
    )


def _distributions(optuna: Any, plan: SweepPlan) -> dict[str, Any]:
    made: dict[str, Any] = {}
    kinds = optuna.distributions
    for one in plan.variables:
        if one.values:
            made[one.path] = kinds.CategoricalDistribution(one.values)
        elif one.whole:
            made[one.path] = kinds.IntDistribution(int(one.low), int(one.high), log=one.log)
        else:
            made[one.path] = kinds.FloatDistribution(one.low, one.high, log=one.log)
    return made


def _number(variable: Variable, text: str) -> str | int | float:
    return text if variable.values else int(text) if variable.whole else float(text)


def _text(variable: Variable, value: Any) -> str:
    return str(value) if variable.values else variable.number(float(value))
