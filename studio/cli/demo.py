"""The main job without a screen: opens the CNN template, trains it on the digits, judges and exports it."""

from __future__ import annotations

from pathlib import Path

from studio import api
from studio.cli import settings
from studio.cli.progress import figures
from studio.cli.training import interruptible, tell
from studio.cli.voice import DONE, INTERRUPTED, Voice
from studio.graph import Message
from studio.project.file import SUFFIX, write
from studio.project.write_error import telling

TEMPLATE = "cnn"
EXPORTS = {"safetensors": "cnn.safetensors", "pt": "cnn.pt", "python": "cnn", "onnx": "cnn.onnx"}
"""Format to the file or folder that it makes."""


def demonstrate(folder: Path, voice: Voice, epochs: int | None = None, max_steps: int | None = None) -> int:
    """Do it.

    Args:
        folder: where the project, the run and the exported files go; made where it is missing.
        voice: the reader's language.
        epochs: how often all data is shown; as the template says when not given.
        max_steps: end after so many steps.

    Returns:
        The exit code.
    """
    from studio.exchange import find_format, missing_modules
    from studio.train import Control, evaluate, new_run_dir

    project = api.new(TEMPLATE)
    if epochs is not None:
        project = settings.apply(project, [f"plan.loop.epochs={epochs}"])
    with telling(folder):
        folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{TEMPLATE}{SUFFIX}"
    write(project, file)
    voice.say(Message("Opened the template “{name}”", name=TEMPLATE))
    run = new_run_dir(file)
    control = Control()
    with interruptible(control, voice, run) as asked:
        code = tell(
            api.train(project, run_dir=run, file=file, max_steps=max_steps, control=control),
            voice,
        )
    if asked or code != DONE:
        return INTERRUPTED if asked else code
    judged = evaluate(run)
    if voice.json:
        voice.give({"event": "evaluated", "metrics": judged.metrics})
    else:
        voice.line(f"{voice.text(Message('on the test samples:'))}  {figures(judged.metrics)}")
    for name, target in EXPORTS.items():
        if missing_modules(find_format(name)):
            voice.note(Message("{format} is left out: install netwright[onnx] for it", format=name))
            continue
        report = api.export(project, name, folder / target, run=run)
        if voice.json:
            voice.give({"event": "exported", "format": name, **report.json()})
        voice.say(
            Message(
                "{format}: checked with {count} batches, largest difference {difference}",
                format=name,
                count=len(report.checked),
                difference=f"{report.max_difference:g}",
            )
        )
    voice.say(Message("The files are in {folder}", folder=folder.resolve()))
    return DONE
