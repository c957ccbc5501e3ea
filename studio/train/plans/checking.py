"""Holds a plan against its drawing and its data before anything is trained, by the rules of the run itself.

`Checker.analyse` is what a window and the command line ask instead of the compiler's `Analyser`: the report
of the network that the plan trains holds the problems of the plan, too. They keep it from being trained, and
from nothing else. What is not known yet of the data is not checked, and nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from studio.blocks import Role, find
from studio.compiler import Analyser, Problem, Report
from studio.data import DataError, Facts
from studio.data.inquiry import Known, ask
from studio.graph import Message, NetwrightError
from studio.project import Choice, Fix, GraphRef, LossTerm, Plan, Project
from studio.train.loop.rates import look_ahead
from studio.train.plans import forms
from studio.train.plans.apart import drawn_refusals
from studio.train.plans.at_length import AtLength
from studio.train.plans.bound import bound_to, role_mistakes
from studio.train.plans.calls import found as class_of
from studio.train.plans.cautions import Sums, cautions
from studio.train.plans.matching import input_misfits, lengths_in, names_in
from studio.train.plans.mending import flattening, other_loss, sizing
from studio.train.plans.terms import ONLY, losses_of, optimizer_of, output_of, target_of
from studio.train.recipe import Recipe, TrainError

SUPERVISED = "supervised"
"""The recipe whose losses compare outputs with targets."""

PLAYED = "control"
"""What data and recipes fit where one learns by acting."""


class Checker:
    """Looks through graphs, and holds the plan against the network that it trains."""

    def __init__(self, known: Callable[[Choice], Known] = ask) -> None:
        """Begin without memory.

        Args:
            known: gives what is known of data; on a window's thread it may not look for it.
        """
        self._analyser = Analyser()
        self._known = known
        self._sums = Sums()
        self._at_length = AtLength()
        self._plan: tuple[Plan, tuple[NetwrightError, ...]] | None = None

    def analyse(self, project: Project, ref: GraphRef) -> Report:
        """Give shapes, costs and problems of a graph; it never raises.

        Args:
            project: a snapshot.
            ref: which graph.
        """
        report = self._analyser.analyse(project, ref)
        if ref.place != "network" or ref.name not in (project.main(), *project.plan.networks.values()):
            return report
        found = tuple(self._problems(project, report))
        return replace(report, problems=(*report.problems, *found)) if found else report

    def _problems(self, project: Project, report: Report) -> Iterator[Problem]:
        mistakes = self._mistakes(project.plan)
        first = report.ref.name == project.main()
        for error in mistakes if first else ():
            yield _of_plan(report.ref, "bad_plan", error.message)
        for name in project.plan.networks.values() if first else ():
            if name not in project.networks:
                yield _of_plan(report.ref, "bad_plan", _missing(project, name))
        known = self._known(project.plan.data)
        if isinstance(known, Facts):
            found = list(misfits(project, report, known, self._at_length))
            if not mistakes:
                apart = role_misfits(project, self._analyser, known)
                found += [problem for problem in apart if problem.graph == report.ref]
            yield from found
            # What does not fit is mended first: it may change what else there is to say.
            for role, choice in project.plan.optimizers.items() if not mistakes else ():
                if project.plan.networks.get(role) == report.ref.name:
                    for refused in drawn_refusals(choice, project, report.ref):
                        problem = _of_plan(report.ref, "wrong_optimizer", refused.message)
                        found.append(replace(problem, fixes=refused.fixes))
                        yield found[-1]
            if not found and not mistakes and report.ok and _compares(project, report):
                yield from cautions(project, report, _judged(project, report), self._sums)
        elif isinstance(known, DataError) and first:
            yield _of_plan(report.ref, "no_data", known.message, warning=True)

    def _mistakes(self, plan: Plan) -> tuple[NetwrightError, ...]:
        """Give what is wrong with the plan alone; looked for once for each plan."""
        if self._plan is None or self._plan[0] is not plan:
            self._plan = plan, tuple(_mistakes(plan))
        return self._plan[1]


def misfits(
    project: Project, report: Report, facts: Facts, at_length: AtLength | None = None
) -> Iterator[Problem]:
    """Give everything that keeps the network of a plan from learning from its data.

    Args:
        project: the project.
        report: what the compiler says of the network.
        facts: what is known of the data.
        at_length: looks through the network at the lengths of the data; a new one without.
    """
    plan = project.plan
    if not _compares(project, report):
        return
    yield from input_misfits(facts, project, report, at_length)
    for index, term in enumerate(plan.losses):
        yield from _loss_misfits(index, term, project, report, facts)


def role_misfits(project: Project, analyser: Analyser, facts: Facts) -> Iterator[Problem]:
    """Give everything that keeps the networks of a plan from learning together from its data.

    Of the supervised recipe, `misfits` tells it.

    Args:
        project: the project.
        analyser: one that remembers.
        facts: what is known of the data.
    """
    plan = project.plan
    bound = bound_to(project, analyser, facts) if plan.recipe.type != SUPERVISED else None
    if bound is None:
        return
    try:
        yield from recipe_class(plan).misfits(bound)
    except NetwrightError as error:
        yield _of_plan(GraphRef("network", project.main()), "bad_plan", error.message)
    except Exception as error:  # noqa: BLE001  a recipe of a plugin is not our code
        said = Message(
            "The recipe “{recipe}” failed while it looked at the plan: {reason}",
            recipe=plan.recipe.type,
            reason=" ".join(f"{type(error).__name__}: {error}".split())[:300],
        )
        yield _of_plan(GraphRef("network", project.main()), "bad_plan", said)


def _compares(project: Project, report: Report) -> bool:
    """Tell whether the plan trains this network, and nothing but it, by comparing outputs with targets."""
    plan = project.plan
    return (
        plan.recipe.type == SUPERVISED
        and list(plan.networks.values()) == [report.ref.name]
        and bool(report.nodes)  # else nothing is drawn yet
    )


def _judged(project: Project, report: Report) -> dict[str, LossTerm]:
    """Give each Output that a loss judges, by id, with that loss."""
    outputs = _outputs(project, report)
    known = list(outputs) if len(outputs) > 1 else [ONLY]
    only = next(iter(outputs.values()), "")
    return {outputs.get(output_of(term, known), only): term for term in project.plan.losses}


def _outputs(project: Project, report: Report) -> dict[str, str]:
    """Give the id of each Output by its identifier."""
    names, walk = names_in(project, report), report.walk
    nodes = walk.outputs() if walk is not None else project.graph(report.ref).of_type("output")
    return {names[node.id]: node.id for node in nodes}


def _loss_misfits(
    index: int, term: LossTerm, project: Project, report: Report, facts: Facts
) -> Iterator[Problem]:
    outputs = _outputs(project, report)
    if not outputs:
        return  # that there is none is told as a mistake of the drawing
    place = next(iter(outputs.values()))
    try:
        name = output_of(term, outputs if len(outputs) > 1 else [ONLY])
        place = outputs.get(name, place)
        judged = target_of(term, facts.targets)
        target = facts.targets[judged]
    except TrainError as error:
        yield _of_plan(report.ref, "loss_of_nothing", error.message, place)
        return
    declared = find(term.choice.type, "loss")
    output = report.outputs.get(name or next(iter(outputs)))
    if declared is None or output is None:
        return  # told elsewhere, or not known yet
    output = output.settled(lengths_in(facts, report))
    form = forms.form_of(class_of(declared.target))
    title = Message(declared.title)
    try:
        forms.fitted(form, forms.Fitting(title, facts.task, facts.classes, output, target.sample))
    except forms.FormError as error:
        better = find(error.loss, "loss")
        if better is not None:
            yield replace(
                _of_plan(report.ref, "wrong_loss", error.message, place),
                expected=Message(better.title),
                received=title,
                fixes=(other_loss(error.loss, index),),
            )
            return
        wanted = error.expected
        asked = (project, report, place, wanted) if wanted is not None else None
        fix = (sizing(*asked) or flattening(*asked)) if asked is not None else None
        if error.turned:
            fix = Fix(Message("Insert Transpose"), "insert", place, "x", "transpose")
        yield replace(
            _of_plan(report.ref, "output_size", error.message, fix.node if fix is not None else place),
            parameter=next(iter(fix.parameters), "") if fix is not None else "",
            expected=Message("{sizes}", sizes=str(wanted)),
            received=Message("{sizes}", sizes=str(output)),
            fixes=(fix,) if fix is not None else (),
        )


def _mistakes(plan: Plan) -> Iterator[NetwrightError]:
    """Give every part of a plan that is not known, has a wrong value, or is not there."""
    chosen: list[tuple[Role, Choice]] = [
        ("recipe", plan.recipe),
        ("data", plan.data),
        *(("loss", term.choice) for term in plan.losses),
        *(("optimizer", choice) for choice in plan.optimizers.values()),
        *(("schedule", choice) for choice in plan.schedules.values()),
        *(("metric", choice) for choice in plan.metrics),
        ("loop", plan.loop),
    ]
    for role, choice in chosen:
        try:
            choice.resolved(role)
        except NetwrightError as error:
            yield error
    yield from role_mistakes(plan)
    yield from _of_another_kind(plan)
    looks: list[Callable[[], object]] = [
        *(partial(_ahead, choice, plan.loop) for choice in plan.schedules.values()),
        *([partial(losses_of, plan)] if plan.recipe.type == SUPERVISED else []),
        *(partial(optimizer_of, plan, role) for role in plan.networks),
    ]
    for look in looks:
        try:
            look()
        except TrainError as error:
            yield error


def _of_another_kind(plan: Plan) -> Iterator[TrainError]:
    """Tell of a recipe that plays in an environment with data that has none, or the other way round."""
    recipe, data = plan.recipe.declared("recipe"), plan.data.declared("data")
    if recipe is None or data is None or (PLAYED in recipe.fits) == (PLAYED in data.fits):
        return
    if PLAYED in data.fits:
        said = Message(
            "“{data}” is an environment to act in, and the recipe “{recipe}” learns from samples. "
            "Choose other data, or a recipe such as DQN.",
            data=Message(data.title),
            recipe=Message(recipe.title),
        )
    else:
        said = Message(
            "The recipe “{recipe}” learns by acting in an environment, and “{data}” gives samples. "
            "Choose an environment as the data, such as the grid world.",
            data=Message(data.title),
            recipe=Message(recipe.title),
        )
    yield TrainError(said)


def _ahead(choice: Choice, loop: Choice) -> None:
    """Compute what a schedule goes by, as far as the length of the training is known."""
    try:
        choice.resolved("schedule")
        epochs = loop.resolved("loop")["epochs"]
    except NetwrightError:
        return  # told as what it is
    if isinstance(epochs, int):
        look_ahead(choice, epochs, 0)


def recipe_class(plan: Plan) -> type[Recipe]:
    """Give the class of a plan's recipe; it comes from the catalogue, never from a file."""
    declared = plan.recipe.declared("recipe")
    assert declared is not None  # told as a recipe that is not known
    found: type[Recipe] = class_of(declared.target)
    return found


def _missing(project: Project, name: str) -> Message:
    try:
        project.graph(GraphRef("network", name))
    except NetwrightError as error:
        return error.message
    raise AssertionError("only for networks that are not there")


def _of_plan(ref: GraphRef, code: str, message: Message, node: str = "", *, warning: bool = False) -> Problem:
    return Problem("warning" if warning else "error", code, ref, node, message, about="plan")
