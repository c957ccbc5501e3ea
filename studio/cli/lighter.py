"""The command that makes a trained network lighter: fewer channels, more zeros, numbers of eight bits."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.command import Command, Parser, whole
from studio.cli.judging import existing_run
from studio.cli.progress import Bar, figures
from studio.cli.table import columns
from studio.cli.voice import DONE, UsageError, Voice
from studio.graph import Message
from studio.project.lighter import Scope, Wish
from studio.project.write_error import readable

if TYPE_CHECKING:
    from studio.exchange.lighter.measuring import Figures


def _arguments(parser: Parser) -> None:
    parser.argument("run", help=Message("the folder of a run"))
    parser.option(
        "--channels", metavar="SHARE", help=Message("cut out this share of the channels, such as 0.3")
    )
    parser.option("--weights", metavar="SHARE", help=Message("set this share of the weights to zero"))
    parser.flag(
        "--anywhere", help=Message("take the smallest of the whole network, not a share out of each layer")
    )
    parser.option(
        "--epochs",
        metavar="N",
        type=whole("--epochs", 0),
        help=Message("train it on for so many epochs afterwards"),
    )
    parser.option(
        "--int8", metavar="FILE", help=Message("write it with numbers of 8 bits, as ONNX, to this file")
    )
    parser.option(
        "-o", "--output", metavar="FILE", help=Message("the project file to write, with its weights")
    )
    parser.option(
        "--network",
        metavar="NAME",
        help=Message("which network, where there are several; else the one that the plan names first"),
    )


def _wish(arguments: argparse.Namespace) -> Wish:
    """Read how the network is to become lighter.

    Raises:
        UsageError: two ways at once, none, or a share that is none.
    """
    if arguments.channels is not None and arguments.weights is not None:
        raise UsageError(Message("Take either channels or weights away, not both at once."))
    scope: Scope = "all" if arguments.anywhere else "each"
    epochs, int8 = arguments.epochs or 0, arguments.int8 is not None
    if arguments.channels is not None:
        return Wish("channels", _share("--channels", arguments.channels), scope, epochs, int8)
    if arguments.weights is not None:
        return Wish("weights", _share("--weights", arguments.weights), scope, epochs, int8)
    if arguments.int8 is None:
        raise UsageError(
            Message("Say what makes it lighter: --channels SHARE, --weights SHARE or --int8 FILE.")
        )
    if arguments.output is not None or arguments.epochs:
        raise UsageError(
            Message(
                "Numbers of 8 bits alone change no project: leave out -o and --epochs, "
                "or take something away."
            )
        )
    return Wish("none", int8=True)


def _share(option: str, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise UsageError(
            Message("{option} takes a number between 0 and 1, not “{text}”.", option=option, text=text[:40])
        )
    return share


def _lighten(arguments: argparse.Namespace, voice: Voice) -> int:
    wish = _wish(arguments)
    for path in (arguments.output, arguments.int8):
        if path is not None and os.path.lexists(path):
            raise UsageError(Message("“{file}” is already there. Choose another name.", file=readable(path)))
    record = existing_run(arguments.run)
    from studio.exchange.lighter.lightening import lighten
    from studio.exchange.lighter.saving import save, save_int8

    bar = Bar()
    try:
        found = lighten(
            record.project(),
            wish,
            run=record.folder,
            network=arguments.network,
            progress=lambda doing, share: bar.draw(share, voice.text(doing)),
        )
    finally:
        bar.clear()
    for note in found.notes:
        voice.note(note)
    files = {}
    if arguments.output is not None:
        files["run"] = str(save(found, arguments.output))
        files["file"] = arguments.output
    if arguments.int8 is not None:
        files["int8"] = str(save_int8(found, Path(arguments.int8)))
    if voice.json:
        rows = [row.json() for row in found.figures.rows]
        voice.give({**files, "part": found.figures.part, "batch": found.figures.batch, "versions": rows})
        return DONE
    for line in columns(_table(voice, found.figures.rows, found.figures.batch), right=range(1, 8)):
        voice.line(line)
    for path in files.values():
        voice.say(Message("Written: {file}", file=path))
    return DONE


def _table(voice: Voice, rows: tuple[Figures, ...], batch: int) -> list[list[str]]:
    said = voice.text
    heading = [
        "",
        said(Message("File")),
        said(Message("Zipped")),
        said(Message("Parameters")),
        said(Message("Not zero")),
        said(Message("Multiply-adds")),
        said(Message("PyTorch, {count} samples", count=batch)),
        said(Message("ONNX Runtime, {count} samples", count=batch)),
        said(Message("Judged")),
    ]
    return [
        heading,
        *(
            [
                said(row.name),
                f"{row.bytes:,}",
                f"{row.packed:,}",
                f"{row.parameters:,}",
                f"{row.nonzero:,}",
                f"{row.multiply_adds:,}",
                _time(row.torch),
                _time(row.runtime),
                figures(row.metrics),
            ]
            for row in rows
        ),
    ]


def _time(seconds: float | None) -> str:
    return "–" if seconds is None else f"{1000 * seconds:.3g} ms"


LIGHTEN = Command(
    "lighten",
    Message("Make a trained network lighter, and measure it before and after."),
    _arguments,
    _lighten,
)
