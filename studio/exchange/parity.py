"""Holds exported files against the live model: a stranger's fresh process opens them and runs the probes.

That process runs in isolation and cannot import Netwright, so what works there works for anyone who has
the libraries alone.
"""

from __future__ import annotations

import inspect
import json
import math
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.exchange import process
from studio.exchange.declare import ExchangeError, Format
from studio.exchange.probes import Kind, Probe
from studio.exchange.subject import Subject
from studio.exchange.workplace import require_room, workplace, write_plain
from studio.graph import Message

_HOME = Path(__file__).resolve().parents[2]

_STRANGER = """\
from __future__ import annotations

import io
import json
import sys

sys.modules["studio"] = None  # a stranger has no Netwright
folder, name, work = sys.argv[1:]
facts = json.loads(open(f"{{work}}/facts.json", encoding="utf-8").read())
sys.path.insert(0, work)  # where the network's source stands, for those who need it
sys.path += facts["libraries"]

import torch

{open}

torch.set_num_threads(facts["threads"])
model = {function}(folder, name, facts)
given = torch.load(f"{{work}}/inputs.pt", weights_only=True)
results = []
for inputs in given:
    with torch.no_grad():
        result = model(*inputs.values()) if len(inputs) == 1 else model(**inputs)
    results.append(dict(result) if isinstance(result, dict) else {{facts["outputs"][0]: result}})
stream = io.BytesIO()
torch.save(results, stream)
open(f"{{work}}/outputs.pt", "wb").write(stream.getvalue())
"""


@dataclass(frozen=True)
class Check:
    """How far one probe's outputs are from those of the live model.

    Attributes:
        input: what the numbers of the probe are like.
        batch: how many samples it has.
        max_difference: the largest difference of any number.
    """

    input: Kind
    batch: int
    max_difference: float

    def json(self) -> dict[str, object]:
        """Give the row as the command line prints it."""
        return {"input": self.input, "batch": self.batch, "max_difference": self.max_difference}


class ParityError(ExchangeError):
    """What was exported does not compute what the network computes."""


def outputs_of_stranger(
    made: Format,
    folder: Path,
    name: str,
    subject: Subject,
    probes: Sequence[Probe],
    still_wanted: Callable[[], object] = lambda: None,
) -> list[dict[str, torch.Tensor]]:
    """Open files in a fresh process and run the probes there.

    Raises:
        ExchangeError: they cannot be opened or run.
    """
    with workplace("check") as work:
        # Isolation hides libraries that a person keeps at home or names in a variable.
        libraries = [place for place in sys.path if place and Path(place).resolve() != _HOME]
        facts = {**subject.facts(), "threads": torch.get_num_threads(), "libraries": libraries}
        (work / "facts.json").write_text(json.dumps(facts), "utf-8")
        (work / "network.py").write_text(subject.source(), "utf-8")
        write_plain([dict(probe.inputs) for probe in probes], work / "inputs.pt")
        script = work / "stranger.py"
        function = made.opened_by
        source = textwrap.dedent(inspect.getsource(function))
        script.write_text(_STRANGER.format(open=source, function=function.__name__), "utf-8")
        try:
            process.run([str(script), str(folder), name, str(work)], isolated=True, still_wanted=still_wanted)
        except process.ProcessFailedError as failed:
            require_room(str(failed), work)
            raise process.ProcessFailedError(
                Message(
                    "The exported file cannot be opened and run by others, so it was not kept: {reason}",
                    reason=failed.message,
                ),
                failed.details,
            ) from failed
        found: list[dict[str, torch.Tensor]] = torch.load(work / "outputs.pt", weights_only=True)
        return found


def compare(
    probes: Sequence[Probe],
    expected: Sequence[dict[str, torch.Tensor]],
    received: Sequence[dict[str, torch.Tensor]],
    tolerance: float,
) -> tuple[Check, ...]:
    """Compare outputs.

    Args:
        probes: the inputs that led to them.
        expected: outputs of the live model, for each probe.
        received: outputs of the exported one.
        tolerance: the largest difference allowed, as a share of the largest expected number (at least 1).

    Raises:
        ParityError: they differ by more, or have other names or shapes; the text says which output.
    """
    return tuple(
        Check(
            probe.kind,
            probe.batch,
            max(_difference(name, probe, theirs, value, tolerance) for name, value in ours.items()),
        )
        for probe, ours, theirs in zip(probes, expected, received, strict=True)
    )


def _difference(
    name: str,
    probe: Probe,
    found: Mapping[str, torch.Tensor],
    expected: torch.Tensor,
    tolerance: float,
) -> float:
    received = found.get(name)
    if received is None or received.shape != expected.shape or received.dtype != expected.dtype:
        raise ParityError(
            Message(
                "The exported model differs from the network: for a batch of {batch}, output “{output}” is "
                "{received} instead of {expected}. Nothing was kept.",
                batch=probe.batch,
                output=name,
                received=_form(received),
                expected=_form(expected),
            )
        )
    difference, largest = _distance(expected, received)
    if difference > tolerance * max(1.0, largest):
        raise ParityError(
            Message(
                "The exported model differs from the network: output “{output}” is off by {difference} for "
                "input “{input}” and a batch of {batch}. Nothing was kept.",
                output=name,
                difference=f"{difference:g}",
                input=probe.kind,
                batch=probe.batch,
            )
        )
    return difference


def _form(tensor: torch.Tensor | None) -> str:
    if tensor is None:
        return "–"
    return f"{' × '.join(map(str, tensor.shape)) or '1'} ({str(tensor.dtype).removeprefix('torch.')})"


def _distance(expected: torch.Tensor, received: torch.Tensor) -> tuple[float, float]:
    """Give the largest difference and the largest finite number; equal NaNs and infinities do not differ."""
    ours, theirs = expected.double(), received.double()
    same = (ours == theirs) | (ours.isnan() & theirs.isnan())
    off = torch.where(same, torch.zeros(()), (ours - theirs).abs())
    finite = ours[ours.isfinite()]
    difference = float(off.max()) if off.numel() else 0.0
    largest = float(finite.abs().max()) if len(finite) else 0.0
    return math.inf if math.isnan(difference) else difference, largest
