"""Plain Python: the network as source, its weights, and a script that trains it again as the plan says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from studio.data import facts_of
from studio.exchange.declare import Files, file_format
from studio.exchange.outgoing.pt import packed
from studio.exchange.script import training_script, unwritable
from studio.exchange.script_data import is_left, saved, unheld, varied
from studio.exchange.script_frame import Frame
from studio.exchange.script_recipe import takes_classes
from studio.exchange.subject import Subject
from studio.graph import Message, NetwrightError
from studio.project import MODEL, GraphRef
from studio.train.loop.feed import normalises
from studio.train.plans.apart import moved_apart
from studio.train.plans.calls import APART
from studio.train.plans.checking import SUPERVISED, Checker
from studio.train.plans.terms import optimizer_of

SIGNS = frozenset({"soft_margin"})
"""Losses whose masks are 1 and -1: what comes in from outside of a picture is neither of them."""


def load(folder: str, name: str, facts: Mapping[str, Any]) -> Any:
    """Open it as a stranger who has PyTorch alone."""
    import importlib
    import sys
    from pathlib import Path

    import torch

    sys.path.insert(0, folder)
    stem = Path(name).stem
    model = getattr(importlib.import_module(stem), facts["class"])()
    weights = Path(folder, "weights.pt" if stem == "model" else f"{stem}.pt")
    model.load_state_dict(torch.load(weights, weights_only=True)["state_dict"])
    return model.eval()


def unfit(subject: Subject) -> Message | None:
    """Say why the network cannot be trained as planned; None where it can, as far as is known."""
    plan = subject.project.plan
    refusal = unwritable(plan)
    if refusal is not None:
        return refusal
    if subject.network not in plan.networks.values():
        return Message("The plan trains another network.")
    if len(plan.networks) != 1 + len(subject.companions):
        return Message(
            "The plan trains several networks together ({names}), and only one leaves.",
            names=", ".join(plan.networks.values()),
        )
    for network in plan.networks.values():
        report = Checker().analyse(subject.project, GraphRef("network", network))
        problems = (found.message for found in report.problems if found.severity == "error")
        problem = next(problems, None)
        if problem is not None:
            return problem
    if not subject.classes and any(
        takes_classes(plan.recipe.type, len(each.inputs)) for each in _all(subject).values()
    ):
        return Message("It is not known how many classes there are, because the data cannot be read.")
    return _unknown(subject) or _unvaried(subject) or unheld(plan)


def _unvaried(subject: Subject) -> Message | None:
    """Say which masks a script would vary otherwise than training does."""
    plan = subject.project.plan
    moved = sorted({"rotate", "crop"} & varied(plan.data).keys())
    masks = any(len(tensor.at(1)) > 2 for _, _, tensor in subject.program.outputs)
    signs = [term for term in plan.losses if masks and term.choice.type in SIGNS]
    declared = signs[0].choice.declared("loss") if signs else None
    if not moved or declared is None or plan.recipe.type != SUPERVISED:
        return None
    return Message(
        "A script does not turn or shift masks that “{loss}” learns as 1 and -1. Choose binary cross entropy "
        "as the loss, or set these to nothing: {names}.",
        loss=Message(declared.title),
        names=", ".join(moved),
    )


def _unknown(subject: Subject) -> Message | None:
    """Say what of the data must be known for the script, and is not."""
    plan = subject.project.plan
    recipe = plan.recipe
    bright = recipe.type == "autoencoder" and recipe.resolved("recipe")["loss"] == "bce"
    if (bright or varied(plan.data)) and subject.preprocessing is None:
        return Message("It is not known how bright pictures are, because the data cannot be read.")
    if recipe.type == "siamese":
        try:
            facts_of(plan.data)
        except NetwrightError as error:
            return error.message
    return None


def notes(subject: Subject) -> tuple[Message, ...]:
    """Tell which networks leave together, and why there is no training script, where there is none."""
    found: list[Message] = []
    if subject.companions:
        names = ", ".join(f"{each.class_name} ({role})" for role, each in _all(subject).items())
        found.append(Message("All networks that the plan trains together leave: {names}.", names=names))
    why = unfit(subject)
    if why is not None:
        found.append(Message("There is no training script: {reason}", reason=why))
    return tuple(found)


def _all(subject: Subject) -> dict[str, Subject]:
    """Give the networks that leave together by their role, in the order of the plan."""
    plan = subject.project.plan.networks
    named = {each.network: each for each in (subject, *subject.companions.values())}
    found = {role: named[name] for role, name in plan.items() if name in named}
    return found if subject.network in plan.values() else {MODEL: subject}


@file_format(
    "python",
    order=30,
    title=Message("Python source with its training script"),
    suffix=".py",
    doc=Message("A readable module of plain PyTorch, its weights, and a script that trains it again."),
    opened_by=load,
    folder=True,
    notes=notes,
    together=True,
)
def make(subject: Subject, name: str) -> Files:
    """Give a folder's files, or those of one module and what stands beside it when the name ends in .py."""
    stem = PurePath(name).stem
    single = name.endswith(".py")
    networks = _all(subject)
    modules = {role: _module(role, each, subject, stem if single else "") for role, each in networks.items()}
    files: dict[str, bytes] = {}
    for role, each in sorted(networks.items(), key=lambda item: item[1] is not subject):
        files[f"{modules[role]}.py"] = each.source().encode()
        files[_weights(modules[role])] = packed(each)
    if unfit(subject) is None:
        data = f"{stem}_data.npz" if single else "data.npz"
        normalised = normalises({role: each.model for role, each in networks.items()})
        frames = [
            _frame(role, each, modules[role], normalised, len(networks) == 1, data)
            for role, each in networks.items()
        ]
        script = training_script(subject.project, frames, len(subject.classes), subject.preprocessing)
        files[f"{stem}_train.py" if single else "train.py"] = script.encode()
        if is_left(subject.project.plan):
            files[data] = saved(subject.project.plan.data)
    if not single:
        files["README.txt"] = _readme(networks, modules, files).encode()
    return files


def _module(role: str, each: Subject, first: Subject, stem: str) -> str:
    """Give the name of the module of a network: `model`, or its role where several leave together."""
    if stem:
        return stem if each is first else f"{stem}_{role}"
    return role if first.companions else "model"


def _frame(role: str, each: Subject, module: str, normalised: bool, alone: bool, data: str) -> Frame:
    optimizer = optimizer_of(each.project.plan, role).type
    apart = moved_apart(optimizer, each.model) if optimizer in APART else frozenset()
    learning = [name for name, weight in each.model.named_parameters() if weight.requires_grad]
    return Frame(
        module,
        each.class_name,
        each.program,
        each.rates,
        each.choices,
        normalised,
        apart=apart,
        others=not apart.issuperset(learning),
        role=role,
        alone=alone,
        data=data,
    )


def _readme(networks: Mapping[str, Subject], modules: Mapping[str, str], files: Files) -> str:
    lines = [f"{each.class_name}: {each.program.parameters:,} parameters" for each in networks.values()]
    lines.append("")
    for role in networks:
        module = modules[role]
        what = "the network" if len(networks) == 1 else f"the {role}"
        lines.append(f"{module + '.py':<12} {what} as plain PyTorch")
        lines.append(f"{_weights(module):<12} its weights, class names and preprocessing, as plain types")
    again = "it" if len(networks) == 1 else "them"
    if "train.py" in files:
        lines.append(f"{'train.py':<12} trains {again} again as it was planned")
    if "data.npz" in files:
        lines.append(f"{'data.npz':<12} the samples that are learned from, as they were prepared")
    for role, each in networks.items():
        module = modules[role]
        lines += ["", "    import torch"] if each is next(iter(networks.values())) else [""]
        lines += [
            f"    from {module} import {each.class_name}",
            "",
            f"    {module} = {each.class_name}()",
            f'    kept = torch.load("{_weights(module)}", weights_only=True)',
            f'    {module}.load_state_dict(kept["state_dict"])',
            f"    {module}.eval()",
        ]
    return "\n".join(lines) + "\n"


def _weights(module: str) -> str:
    return "weights.pt" if module == "model" else f"{module}.pt"
