"""`--set PATH=VALUE`: changes anything of a project by name before it trains; `--set help` lists it all."""

from __future__ import annotations

from collections.abc import Sequence

from studio.cli.voice import UsageError
from studio.project import Project
from studio.project.settings import ALL, Setting, SettingError, every_setting, nearest, read, written
from studio.project.settings import apply as applied

__all__ = ["ALL", "Setting", "apply", "every_setting", "nearest", "read", "written"]


def apply(project: Project, settings: Sequence[str]) -> Project:
    """Give the project with every `PATH=VALUE` set, one after the other.

    Raises:
        UsageError: a path does not exist, or its value is not what it takes.
    """
    try:
        return applied(project, settings)
    except SettingError as error:
        raise UsageError(error.message) from error
