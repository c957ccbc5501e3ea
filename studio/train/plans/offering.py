"""What a plan's data and network are for, in the words by which the catalogue says what fits them."""

from __future__ import annotations

from studio.data import Facts
from studio.project import Choice, GraphRef, Project
from studio.train.plans.apart import drawn, drawn_refusals

SPECIAL = {"embedding": "sparse_adam", "hidden matrices": "muon"}
"""What some optimizers need in a network, and which ones."""


def kinds(project: Project, facts: Facts) -> frozenset[str]:
    """Give what the data and the drawn network of a plan are for, such as `regression` or `embedding`.

    Args:
        project: the project.
        facts: what is known of its data.
    """
    declared = project.plan.data.declared("data")
    # Of an environment nothing is right or wrong: what is for samples does not fit it.
    found: set[str] = set(declared.fits) if declared is not None and declared.fits else {facts.task}
    if any(field.whole and len(field.sample) == 1 for field in facts.inputs.values()):
        found.add("text")
    if facts.classes and facts.task != "multilabel" and any(field.sample for field in facts.targets.values()):
        found.add("segmentation")
    refs = [GraphRef("network", name) for name in project.plan.networks.values() if name in project.networks]
    held = [(ref, drawn(project, ref)) for ref in refs]
    for kind, optimizer in SPECIAL.items():
        if held and not any(list(drawn_refusals(Choice(optimizer), project, *each)) for each in held):
            found.add(kind)
    return frozenset(found)
