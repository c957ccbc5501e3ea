"""Whether every template reaches what its lesson promises: `python tests/bench/bench_templates.py [ID ...]`.

Each template is trained by its own plan with the seed that it states, in a process of its own and without a
window, then judged by the samples that it never saw. The table says what was wanted, what came out, the
processor time and the time on the clock; other work on the machine makes only the last one longer. The exit
code is 0 where all of them were reached.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.bench import five_gram, made_samples  # noqa: E402  # they are found beside the program only now

COLUMNS = ("template", "figure", "wanted", "measured", "reached", "processor s", "clock s")

BESIDE: Mapping[tuple[str, str], tuple[str, float]] = {
    ("first_network", "xor"): ("accuracy", 1.0),
    ("first_network", "spiral"): ("accuracy", 0.98),
    ("attention", "hard"): ("accuracy", 0.97),
    ("attention", "clutter"): ("accuracy", 0.97),
    ("diffusion", "digits"): ("recognised", 0.9),
    ("gan", "dense"): ("recognised", 0.7),
    ("transformer", "questions"): ("exact_match", 0.95),
}
"""Further projects of templates that promise a figure as well: at least this much of it."""

BITS, COUNTED = "bits_per_character", "five_gram"
"""What a language model needs, and what it has to stay below: what a model needs that counts five letters."""

PATIENCE = 3600
"""Seconds after which a training counts as hanging."""


def measure(id: str, threads: int, file: str = "") -> dict[str, Any]:
    """Train a template, or one of its further projects, and give what came out; in this process.

    Args:
        id: of the template.
        threads: how many threads the training may take.
        file: the name of a further project; empty for its own.
    """
    from studio import api
    from studio.cli import settings
    from studio.project.file import read
    from studio.project.gallery import template
    from studio.train import Failed, evaluate
    from studio.train.events import EpochDone, Finished

    found = template(id)
    reaches = found.facts.reaches
    variant = found.variant(file) if file else None
    project = read(variant) if variant is not None else found.open()
    project = settings.apply(project, ["plan.loop.device=cpu", f"plan.loop.threads={threads}"])
    epochs = list[Mapping[str, float]]()
    best: Mapping[str, float] = {}
    done: Finished | None = None
    with tempfile.TemporaryDirectory() as folder:
        began, used = time.monotonic(), _used()
        seed = reaches.seed if reaches is not None else 0
        for event in api.train(project, seed=seed, run_dir=Path(folder) / "run"):
            if isinstance(event, Failed):
                return {"failed": event.message.render(str)}
            if isinstance(event, EpochDone):
                epochs.append(event.metrics)
                best = event.metrics if event.best else best
            if isinstance(event, Finished):
                done = event
        times = {"clock": time.monotonic() - began, "processor": _used() - used}
        figures = dict(best or (epochs[-1] if epochs else {}))
        if done is not None and done.run is not None:
            figures |= _judged(evaluate, done.run) | dict(made_samples.judged(done.run)) | _counted(done.run)
    return {**times, "epochs": len(epochs), "figures": {key: float(value) for key, value in figures.items()}}


def _judged(evaluate: Any, run: Path) -> dict[str, float]:
    """Give the figures of the test part; nothing where such a network is not judged by one."""
    from studio.graph import NetwrightError

    try:
        return dict(evaluate(run).metrics)
    except NetwrightError:
        return {}


def _counted(run: Path) -> dict[str, float]:
    """Give the bits that counting needs for the test part of a text after its training part; else nothing."""
    from studio.train import opened

    _, data, plan = opened(run)
    if plan.recipe.type != "language_model" or data.preprocessing.kind != "tokens":
        return {}
    learned, judged = (
        data.preprocessing.words(part.inputs["x"].flatten()) for part in (data.train, data.test)
    )
    return {COUNTED: five_gram.bits_per_character([learned], [judged])}


def _used() -> float:
    """Give the processor time of this process and of those it has waited for, in seconds."""
    return sum(os.times()[:4])


def run(id: str, threads: int, file: str = "") -> dict[str, Any]:
    """Measure a template, or one of its further projects, in a fresh process."""
    command = [sys.executable, __file__, "--alone", id, "--threads", str(threads), "--variant", file]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"no end within {PATIENCE} s"}
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        last = done.stderr.strip().splitlines()
        return {"failed": last[-1] if last else f"exit code {done.returncode}"}
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def row(id: str, found: Mapping[str, Any], file: str = "") -> tuple[tuple[str, ...], bool]:
    """Give a row of the table, and whether the template reached what it states."""
    from studio.project.gallery import Reaches, template

    reaches = template(id).facts.reaches
    if file:
        figure, least = BESIDE[id, file]
        id, reaches = f"{id}/{file}", Reaches(figure, least, None, 0, least)
    if "failed" in found:
        return (id, "–", "–", str(found["failed"])[:60], "no", "–", "–"), False
    if reaches is not None and reaches.figure == BITS and COUNTED in found["figures"]:
        reaches = replace(reaches, most=found["figures"][COUNTED])
    times = f"{found['processor']:.1f}", f"{found['clock']:.1f}"
    if reaches is None:
        return (id, "–", "–", "–", "–", *times), True
    wanted = f"≥ {reaches.least:g}" if reaches.least is not None else f"≤ {reaches.most:.5g}"
    value = found["figures"].get(reaches.figure)
    if value is None:
        known = ", ".join(sorted(found["figures"]))
        return (id, reaches.figure, wanted, f"not among: {known}", "no", *times), False
    good = reaches.holds(value)
    return (id, reaches.figure, wanted, f"{value:.4g}", "yes" if good else "no", *times), good


def main(given: Sequence[str] | None = None) -> int:
    """Measure the templates and print the table."""
    from studio.project.gallery import templates

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("ids", nargs="*", help="which templates; all of them when none is named")
    parser.add_argument("--threads", type=int, default=2, help="threads of a training")
    parser.add_argument("--alone", metavar="ID", help=argparse.SUPPRESS)
    parser.add_argument("--variant", default="", help=argparse.SUPPRESS)
    arguments = parser.parse_args(given)
    if arguments.alone:
        print(json.dumps(measure(arguments.alone, arguments.threads, arguments.variant)))
        return 0
    known = [found.id for found in templates()]
    unknown = [id for id in arguments.ids if id not in known]
    if unknown:
        parser.error(f"there is no template {', '.join(unknown)}; there are: {', '.join(known)}")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}", flush=True)
    every = True
    chosen = arguments.ids or known
    for id, file in [(id, "") for id in chosen] + [one for one in BESIDE if one[0] in chosen]:
        cells, good = row(id, run(id, arguments.threads, file), file)
        every = every and good
        print(f"| {' | '.join(cells)} |", flush=True)
    return 0 if every else 1


if __name__ == "__main__":
    raise SystemExit(main())
