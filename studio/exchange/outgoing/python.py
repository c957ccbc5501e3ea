"""Plain Python: the network as source, its weights, and a script that trains it again as the plan says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from studio.exchange import script_loop
from studio.exchange.declare import Files, file_format
from studio.exchange.outgoing.pt import packed
from studio.exchange.script import training_script
from studio.exchange.script_data import file_beside, reads_anew, saved
from studio.exchange.script_frame import Frame
from studio.exchange.subject import Subject
from studio.graph import Message
from studio.project import MODEL, GraphRef
from studio.train.apart import moved_apart
from studio.train.calls import APART
from studio.train.checking import SUPERVISED, Checker
from studio.train.feed import normalises


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
    recipe = subject.project.plan.recipe
    if recipe.type != SUPERVISED:
        declared = recipe.declared("recipe")
        title = Message("{type}", type=recipe.type) if declared is None else Message(declared.title)
        return Message("Scripts are written for supervised training, not for “{recipe}”.", recipe=title)
    if subject.network != subject.project.plan.networks.get(MODEL):
        return Message("The plan trains another network.")
    unwritable = script_loop.unwritable(subject.project.plan)
    if unwritable is not None:
        return unwritable
    report = Checker().analyse(subject.project, GraphRef("network", subject.network))
    return next((found.message for found in report.problems if found.severity == "error"), None)


def left_out(subject: Subject) -> tuple[Message, ...]:
    """Tell that there is no training script, and why."""
    why = unfit(subject)
    return () if why is None else (Message("There is no training script: {reason}", reason=why),)


@file_format(
    "python",
    order=30,
    title=Message("Python source with its training script"),
    suffix=".py",
    doc=Message("A readable module of plain PyTorch, its weights, and a script that trains it again."),
    opened_by=load,
    folder=True,
    notes=left_out,
)
def make(subject: Subject, name: str) -> Files:
    """Give a folder's files, or those of one module and what stands beside it when the name ends in .py."""
    stem = PurePath(name).stem
    single = name.endswith(".py")
    module, weights, script = (
        (stem, f"{stem}.pt", f"{stem}_train.py") if single else ("model", "weights.pt", "train.py")
    )
    files = {f"{module}.py": subject.source().encode(), weights: packed(subject)}
    if unfit(subject) is None:
        optimizer = subject.project.plan.optimizers[MODEL].type
        apart = moved_apart(optimizer, subject.model) if optimizer in APART else frozenset()
        learning = [name for name, weight in subject.model.named_parameters() if weight.requires_grad]
        frame = Frame(
            module,
            subject.class_name,
            subject.program,
            subject.rates,
            subject.choices,
            normalises({MODEL: subject.model}),
            apart=apart,
            others=not apart.issuperset(learning),
        )
        files[script] = training_script(subject.project, frame).encode()
        if not reads_anew(subject.project.plan.data):
            files[file_beside(module)] = saved(subject.project.plan.data)
    if not single:
        files["README.txt"] = _readme(subject, files).encode()
    return files


def _readme(subject: Subject, files: Files) -> str:
    lines = [
        f"{subject.class_name}: {subject.program.parameters:,} parameters",
        "",
        "model.py     the network as plain PyTorch",
        "weights.pt   its weights, class names and preprocessing, as plain types",
        *(["train.py     trains it again as it was planned"] if "train.py" in files else []),
        *(
            ["data.npz     the samples that it learns from, as they were prepared"]
            if "data.npz" in files
            else []
        ),
        "",
        "    import torch",
        f"    from model import {subject.class_name}",
        "",
        f"    model = {subject.class_name}()",
        '    model.load_state_dict(torch.load("weights.pt", weights_only=True)["state_dict"])',
        "    model.eval()",
    ]
    return "\n".join(lines) + "\n"
