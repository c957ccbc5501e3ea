"""Commands that make files: new, export, code; and the one that opens the window."""

from __future__ import annotations

import argparse
import importlib
import os
from pathlib import Path

from studio import api
from studio.cli.command import Command, Parser, required
from studio.cli.judging import existing_run
from studio.cli.voice import DONE, USAGE, UsageError, Voice
from studio.graph import Message
from studio.project import Project
from studio.project.file import read
from studio.project.write_error import readable

FORMATS = ("safetensors", "pt", "python", "pt2", "onnx", "onnx-int8")
"""The formats by name, for the help, which must not wait for torch."""

# -- new -----------------------------------------------------------------------------------------------


def _new_arguments(parser: Parser) -> None:
    parser.option("--template", metavar="ID", help=Message("begin as a copy of this template"))
    parser.option("-o", "--output", metavar="FILE", help=Message("the project file to write"))
    parser.flag("--force", help=Message("write over a file that is there; it is kept beside as NAME~"))


def _new(arguments: argparse.Namespace, voice: Voice) -> int:
    target = required(arguments.output, "-o FILE", "netwright new")
    project = api.new(arguments.template)
    if os.path.lexists(target) and not arguments.force:
        raise UsageError(
            Message(
                "“{file}” is already there. Choose another name, or write over it with --force.",
                file=readable(target),
            )
        )
    api.save(project, target)
    if voice.json:
        voice.give({"file": target})
    voice.say(Message("Written: {file}", file=target))
    return DONE


NEW = Command("new", Message("Write a new project file."), _new_arguments, _new)


# -- export --------------------------------------------------------------------------------------------


def _export_arguments(parser: Parser) -> None:
    parser.argument("run_file", help=Message("the folder of a run, or a project file"))
    parser.option(
        "--format",
        metavar="FORMAT",
        help=Message("one of: {formats}", formats=", ".join(FORMATS)),
    )
    parser.option("-o", "--output", metavar="PATH", help=Message("the file or folder to write"))
    parser.option(
        "--network",
        metavar="NAME",
        help=Message("which network, where there are several; else the one that the plan names first"),
    )


def _export(arguments: argparse.Namespace, voice: Voice) -> int:
    command = "netwright export"
    format = required(arguments.format, "--format FORMAT", command)
    target = required(arguments.output, "-o PATH", command)
    from studio.exchange import UnknownFormatError, find_format

    try:
        find_format(format)
    except UnknownFormatError as unknown:
        voice.error(unknown.message, unknown)
        return USAGE
    project, run = project_or_run(arguments.run_file)
    if run is None and Path(target).exists() and Path(target).samefile(arguments.run_file):
        raise UsageError(
            Message("“{file}” is the project itself. Choose another name.", file=readable(target))
        )
    report = api.export(project, format, target, run=run, network=arguments.network)
    for note in report.notes:
        voice.note(note)
    if voice.json:
        voice.give(report.json())
        return DONE
    for path in report.files:
        voice.say(Message("Written: {file}", file=path))
    voice.say(
        Message(
            "{bytes} bytes; checked against the network with {count} batches in a fresh process, "
            "largest difference {difference}.",
            bytes=f"{report.bytes:,}",
            count=len(report.checked),
            difference=f"{report.max_difference:g}",
        )
    )
    return DONE


def project_or_run(path: str) -> tuple[Project, Path | None]:
    """Give the project of a file, or that of a run's folder with the folder.

    Raises:
        FileError: it is no project.
        UsageError: the folder holds no run.
    """
    if Path(path).is_dir():
        run = existing_run(path)
        return run.project(), run.folder
    return read(path), None


EXPORT = Command(
    "export",
    Message("Take a network away as files that need no Netwright, and check them."),
    _export_arguments,
    _export,
)


# -- code ----------------------------------------------------------------------------------------------


def _code_arguments(parser: Parser) -> None:
    parser.argument("file", help=Message("a project file"))
    parser.option(
        "-o",
        "--output",
        metavar="DIR",
        help=Message("write the files into this folder instead of printing them"),
    )


def _code(arguments: argparse.Namespace, voice: Voice) -> int:
    from studio.exchange.code import code_of, write_code

    sources = code_of(api.load(arguments.file))
    if arguments.output is not None:
        written = write_code(sources, Path(arguments.output))
        if voice.json:
            voice.give({"files": [str(path) for path in written]})
        for path in written:
            voice.say(Message("Written: {file}", file=path))
    elif voice.json:
        voice.give({"files": [{"name": name, "text": text} for name, text in sources.items()]})
    else:
        voice.line("\n\n".join(text.rstrip() for text in sources.values()))
    return DONE


CODE = Command("code", Message("Print the networks as Python, or write them."), _code_arguments, _code)


# -- gui -----------------------------------------------------------------------------------------------


def _gui_arguments(parser: Parser) -> None:
    parser.add_argument(
        "file", nargs="?", default="", metavar="FILE", help=parser.voice.text(Message("a project file"))
    )


def _gui(arguments: argparse.Namespace, voice: Voice) -> int:
    # By name: the command line knows no Qt, and the window is there only where someone looks at it.
    window = importlib.import_module("studio.ui.app")
    language = voice.language if voice.chosen else ""
    return int(window.run_gui([arguments.file] if arguments.file else [], language))


GUI = Command("gui", Message("Open the window."), _gui_arguments, _gui)
