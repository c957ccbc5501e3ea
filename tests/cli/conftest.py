"""What the tests of the command line share: calling it, and a project that trains in an instant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio import api
from studio.cli import main
from tests.exchange.networks import table

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command; gives its exit code, standard output and standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def wines(tmp_path: Path) -> Path:
    """A small project that trains in an instant."""
    path = tmp_path / "wines.netwright"
    api.save(table(), path)
    return path
