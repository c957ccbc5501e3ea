"""Makes one format in a process of its own: torch's exporters draw from the global random state.

A training that runs beside an export must give the same bits as without one, and threads of one process
share that state. The parent hands over a folder: the project, the weights, what is wanted.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

from studio.compiler import CompileError, build
from studio.exchange import process
from studio.exchange.declare import ExchangeError, Files, Format, find_format
from studio.exchange.subject import Subject, subject_of
from studio.exchange.workplace import require_room, workplace, write_plain
from studio.graph import Message
from studio.project.file import dumps, loads
from studio.project.trust import trust

_REFUSED = 3
"""Exit code of a refusal, whose words stand in `refused.json`."""


def make_apart(made: Format, subject: Subject, name: str, still_wanted: Callable[[], object]) -> Files:
    """Make a format in a fresh process.

    Raises:
        ExchangeError: the format cannot hold the network, or its maker failed.
    """
    with workplace("export") as work:
        request = {
            "format": made.id,
            "name": name,
            "network": subject.network,
            "classes": subject.classes,
            "preprocessing": subject.preprocessing,
            "threads": torch.get_num_threads(),
            "trusted": trust.trusts(subject.project.custom),
        }
        (work / "request.json").write_text(json.dumps(request), "utf-8")
        (work / "project.json").write_text(dumps(subject.project), "utf-8")
        write_plain(subject.state(), work / "state.pt")
        write_plain(dict(subject.samples), work / "samples.pt")
        try:
            process.run(
                ["-m", "studio.exchange.worker", str(work)], isolated=False, still_wanted=still_wanted
            )
        except process.ProcessFailedError as failed:
            require_room(str(failed), work)
            raise _words(work, made, failed) from failed
        names: list[str] = json.loads((work / "made.json").read_text("utf-8"))
        return {each: (work / f"made-{index}").read_bytes() for index, each in enumerate(names)}


def _words(work: Path, made: Format, failed: process.ProcessFailedError) -> ExchangeError:
    refused = work / "refused.json"
    if refused.exists():
        said: dict[str, Any] = json.loads(refused.read_text("utf-8"))
        return ExchangeError(Message.read(said))
    return process.ProcessFailedError(
        Message(
            "{format} cannot hold this network: {reason}",
            format=made.title,
            reason=failed.message,
        ),
        failed.details,
    )


def main(place: str) -> int:
    """Do what the request in a folder asks for; leave the files there."""
    work = Path(place)
    request: Mapping[str, Any] = json.loads((work / "request.json").read_text("utf-8"))
    torch.set_num_threads(request["threads"])
    try:
        project = loads((work / "project.json").read_bytes())
        if request["trusted"]:  # the parent asked, or was told; the folder is its own
            trust.trust(project.custom, remember=False)
        model = build(project, request["network"], seed=0)
        model.load_state_dict(torch.load(work / "state.pt", weights_only=True))
        subject = subject_of(
            project, request["network"], model, tuple(request["classes"]), request["preprocessing"]
        )
        samples = torch.load(work / "samples.pt", weights_only=True)
        subject = dataclasses.replace(subject, samples=samples)
        files = find_format(request["format"]).make(subject, request["name"])
    except (ExchangeError, CompileError) as refused:
        (work / "refused.json").write_text(json.dumps(refused.message.json()), "utf-8")
        return _REFUSED
    for index, content in enumerate(files.values()):
        (work / f"made-{index}").write_bytes(content)
    (work / "made.json").write_text(json.dumps(list(files)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
