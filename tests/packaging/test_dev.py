"""The set-up command: installs once, starts at once afterwards, and says in one line what is missing."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import dev
import pytest
import qt_libraries

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository of its own for the command to work on."""
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "constraints.txt").write_text("torch==2.13.0\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "netwright-stamp.json")
    monkeypatch.setattr(dev, "CONSTRAINTS", tmp_path / "packaging" / "constraints.txt")
    monkeypatch.setattr(dev, "PROJECT", tmp_path / "pyproject.toml")
    return tmp_path


@pytest.fixture
def calls(repository: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be run: making the environment makes an interpreter, pip does nothing."""
    made: list[str] = []

    def make(command: list[str], failure: str) -> None:
        made.append("venv")
        python = dev.environment_python()
        python.parent.mkdir(parents=True)
        python.touch()

    def install(python: Path, arguments: list[str]) -> None:
        made.append(arguments[-1].removeprefix(str(repository)))

    def version(python: Path) -> tuple[int, ...] | None:
        return (3, 11) if python.exists() else None

    monkeypatch.setattr(dev, "checked", make)
    monkeypatch.setattr(dev, "install", install)
    monkeypatch.setattr(dev, "environment_version", version)
    return made


def refusal(action: Callable[[], object]) -> str:
    """Give the text of a refusal; its explanation is one line."""
    with pytest.raises(dev.SetupError) as caught:
        action()
    text = str(caught.value)
    assert "\n" not in text
    return text


# ---------------------------------------------------------------------------- install once


def test_the_first_start_installs_and_the_next_does_not(calls: list[str]) -> None:
    python = dev.ensure_environment(("onnx",))
    assert python == dev.environment_python()
    assert calls == ["venv", "setuptools", "[onnx]"]
    dev.ensure_environment(("onnx",))
    assert len(calls) == 3


def test_a_test_run_adds_what_it_needs_and_keeps_what_is_there(calls: list[str]) -> None:
    dev.ensure_environment(("onnx",))
    dev.ensure_environment(("dev",))
    assert calls[3:] == ["setuptools", "[dev,onnx]"]
    dev.ensure_environment(("onnx",))
    assert len(calls) == 5


@pytest.mark.parametrize("changed", ["pyproject.toml", "packaging/constraints.txt"])
def test_another_set_of_libraries_is_installed(calls: list[str], repository: Path, changed: str) -> None:
    dev.ensure_environment(("onnx",))
    with (repository / changed).open("a") as file:
        file.write("# changed\n" if changed.endswith("txt") else 'dependencies = ["torch"]\n')
    dev.ensure_environment(("onnx",))
    assert calls[3:] == ["setuptools", "[onnx]"]


def test_an_installation_that_broke_off_is_done_again(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(python: Path, arguments: list[str]) -> None:
        raise dev.SetupError("no network")

    with monkeypatch.context() as patch:
        patch.setattr(dev, "install", broken)
        refusal(lambda: dev.ensure_environment(("onnx",)))
    assert not dev.STAMP.exists()
    dev.ensure_environment(("onnx",))
    assert calls == ["venv", "setuptools", "[onnx]"]


def test_settings_of_the_tools_install_nothing_again(calls: list[str], repository: Path) -> None:
    dev.ensure_environment(("onnx",))
    with (repository / "pyproject.toml").open("a") as file:
        file.write("[tool.ruff]\nline-length = 110\n")
    dev.ensure_environment(("onnx",))
    assert len(calls) == 3


@pytest.mark.parametrize("content", ["", "{", "[]", '{"fingerprint": 1}', '{"extras": ["onnx"]}'])
def test_a_damaged_stamp_means_installing_again(calls: list[str], content: str) -> None:
    dev.ensure_environment(("onnx",))
    dev.STAMP.write_text(content)
    dev.ensure_environment(("onnx",))
    assert calls[3:] == ["setuptools", "[onnx]"]
    assert json.loads(dev.STAMP.read_text())["extras"] == ["onnx"]


def test_the_fingerprint_follows_python_and_place(tmp_path: Path) -> None:
    sums = {
        dev.fingerprint((3, 11)),
        dev.fingerprint((3, 12)),
        dev.fingerprint((3, 11), root=tmp_path),
    }
    assert len(sums) == 3
    assert dev.fingerprint((3, 11, 7)) == dev.fingerprint((3, 11, 9))


def test_an_environment_that_does_not_work_is_noticed(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    assert dev.environment_version(broken) is None
    broken.write_text("no program")
    broken.chmod(0o755)
    assert dev.environment_version(broken) is None
    assert dev.environment_version(Path(sys.executable)) == sys.version_info[:2]


def test_a_linked_environment_is_not_cleared(calls: list[str], repository: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.txt").write_text("mine")
    (repository / ".venv").symlink_to(elsewhere)
    assert "remove the link" in refusal(lambda: dev.ensure_environment(("onnx",)))
    assert (elsewhere / "letter.txt").exists()
    assert calls == []


# ---------------------------------------------------------------------------- one line that helps


def test_an_old_python_is_refused() -> None:
    text = refusal(lambda: dev.check_python((3, 9, 2), which=lambda name: None))
    assert "needs Python 3.11 or newer, and this is 3.9" in text
    text = refusal(lambda: dev.check_python((3, 10), which=lambda name: name if "3.12" in name else None))
    assert "run `python3.12 packaging/dev.py" in text
    dev.check_python((3, 11))
    dev.check_python((3, 15))


def test_old_pythons_can_read_the_command() -> None:
    """A syntax that they lack would be an error of theirs instead of a line of ours."""
    for name in ("dev.py", "qt_libraries.py"):
        ast.parse((ROOT / "packaging" / name).read_text("utf-8"), feature_version=(3, 7))


def test_a_python_without_venv_is_refused() -> None:
    text = refusal(lambda: dev.check_venv_module({}, find=lambda name: None if name == "ensurepip" else name))
    assert f"sudo apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in text
    dev.check_venv_module({})


def test_a_full_disk_is_refused() -> None:
    assert "has 0.5 GB free" in refusal(lambda: dev.check_space(1 << 29))
    dev.check_space(4 << 30)


@pytest.mark.parametrize(
    ("output", "meaning"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk"),
        (
            "WARNING: Retrying ... NewConnectionError('Temporary failure in name resolution')",
            "cannot be reached",
        ),
        ("ERROR: No matching distribution found for torch==2.13.0", "64-bit Python 3.11 to 3.14"),
        ("ERROR: [Errno 13] Permission denied: '/opt'", "who owns it"),
        ("ERROR: ResolutionImpossible: for help visit", "64-bit Python 3.11 to 3.14"),
        ("ERROR: an evil spirit", "its last words are above"),
    ],
)
def test_what_pip_says_is_explained(output: str, meaning: str) -> None:
    assert meaning in dev.cause(["Collecting torch", output])


def test_a_failing_pip_ends_in_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pip = tmp_path / "python"
    pip.write_text("#!/bin/sh\necho Collecting x\necho No matching distribution found for x\nexit 1\n")
    pip.chmod(0o755)
    with pytest.raises(dev.SetupError) as caught:
        dev.install(pip, ["x"])
    lines = str(caught.value).splitlines()
    assert lines[:2] == ["    Collecting x", "    No matching distribution found for x"]
    assert lines[2].startswith("pip could not install the libraries; a library has no build")
    assert len(lines) == 3


def test_a_refusal_is_printed_and_the_exit_code_is_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(qt_libraries, "has_screen", lambda environment: False)
    assert dev.main(["run"]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "--headless" in error


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_wrong_usage_prints_the_usage(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == code
    assert "dev.py test" in capsys.readouterr().out


# ---------------------------------------------------------------------------- Qt and its libraries


def all_but(*lacking: str) -> Callable[[str], bool]:
    return lambda file: file not in lacking


@pytest.mark.parametrize(
    ("environment", "lacking", "packages"),
    [
        ({"QT_QPA_PLATFORM": "offscreen"}, ["libEGL.so.1", "libxcb-cursor.so.0"], ["libegl1"]),
        ({"DISPLAY": ":0"}, ["libEGL.so.1", "libxcb-cursor.so.0"], ["libegl1", "libxcb-cursor0"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, ["libxcb-cursor.so.0"], []),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, ["libxcb-cursor.so.0"], ["libxcb-cursor0"]),
        ({"WAYLAND_DISPLAY": "w"}, ["libwayland-client.so.0"], ["libwayland-client0"]),
        (
            {"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland;xcb"},
            ["libwayland-cursor.so.0"],
            ["libwayland-cursor0"],
        ),
    ],
)
def test_missing_libraries_are_named(
    environment: dict[str, str], lacking: list[str], packages: list[str]
) -> None:
    found = qt_libraries.missing(environment, platform="linux", found=all_but(*lacking), font=lambda: True)
    assert [library.debian for library in found] == packages


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    assert not qt_libraries.has_font([tmp_path, tmp_path / "nowhere"])
    found = qt_libraries.missing({}, platform="linux", found=all_but(), font=lambda: False)
    assert [library.debian for library in found] == ["fonts-dejavu-core"]
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Sans.TTF").touch()
    assert qt_libraries.has_font([tmp_path])


def test_other_systems_bring_what_qt_needs() -> None:
    for platform in ("darwin", "win32"):
        assert qt_libraries.missing({}, platform=platform, found=lambda file: False, font=lambda: False) == []
        assert qt_libraries.has_screen({}, platform=platform)


def test_the_packages_stand_in_one_line() -> None:
    text = qt_libraries.advice([qt_libraries.ALWAYS[0], *qt_libraries.X11[-2:], qt_libraries.X11[-3]])
    assert "apt-get install libegl1 libxcb-xkb1 libx11-xcb1 libxcb-xfixes0 (" in text
    assert "dnf install libglvnd-egl libxcb libX11-xcb)" in text
    assert "\n" not in text


def test_every_library_is_found_under_the_name_we_look_for() -> None:
    """A misspelt file name would refuse every machine; where Qt works, all that it always loads is there."""
    assert not [library.file for library in qt_libraries.ALWAYS if not qt_libraries.loads(library.file)]
    assert not qt_libraries.loads("libnetwright-is-not-a-library.so.1")


def test_a_machine_without_a_screen_is_told_of_headless() -> None:
    for environment in ({"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "w"}, {"QT_QPA_PLATFORM": "offscreen"}):
        assert qt_libraries.has_screen(environment, platform="linux")
    assert not qt_libraries.has_screen({"DISPLAY": ""}, platform="linux")


def test_missing_libraries_refuse_or_on_a_bare_test_machine_are_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = [qt_libraries.ALWAYS[0]]
    installed: list[str] = []

    def install(packages: dict[str, None]) -> None:
        installed.extend(packages)
        lacking.clear()

    monkeypatch.setattr(qt_libraries, "missing", lambda environment: list(lacking))
    monkeypatch.setattr(dev, "install_system_packages", install)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    text = refusal(lambda: dev.check_qt({}, window=False))
    assert "apt-get install libegl1" in text
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    refusal(lambda: dev.check_qt({"CI": "true"}, window=False))
    assert installed == []
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    dev.check_qt({"CI": "true"}, window=False)
    assert installed == ["libegl1"]


def test_system_packages_are_installed_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []

    def fake(command: list[str], **_settings: object) -> types.SimpleNamespace:
        ran.append(command)
        return types.SimpleNamespace(returncode=100 if "libegl1" in command else 0)

    monkeypatch.setattr(subprocess, "run", fake)
    dev.install_system_packages(["libgl1"])
    assert [command[1] for command in ran] == ["update", "install"]
    assert ran[1][-1] == "libgl1"
    assert "installing system packages with apt-get: libgl1" in capsys.readouterr().err
    assert "failed (100)" in refusal(lambda: dev.install_system_packages(["libegl1"]))


def test_a_qt_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(
        "#!/bin/sh\necho ImportError: libEGL.so.1: cannot open shared object file >&2\nexit 1\n"
    )
    python.chmod(0o755)
    assert "brings libEGL.so.1" in refusal(lambda: dev.check_qt_import(python, {}))
    dev.check_qt_import(Path(sys.executable), os.environ)


# ---------------------------------------------------------------------------- what is started


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["gui"], True),
        (["cnn.netwright"], True),
        (["--lang", "zh_CN"], True),
        (["--headless"], False),
        (["train", "cnn.netwright"], False),
        (["--lang", "en", "check", "cnn.netwright"], False),
        (["--help"], False),
    ],
)
def test_only_the_window_needs_a_screen(arguments: list[str], window: bool) -> None:
    assert dev.opens_window(arguments) is window


def test_a_test_run_has_no_screen_and_one_thread() -> None:
    environment = dev.test_environment({"PYTHONPATH": "/x", "PYTHONHOME": "/y", "DISPLAY": ":0", "A": "b"})
    assert environment == {
        "A": "b",
        "DISPLAY": ":0",
        "QT_QPA_PLATFORM": "offscreen",
        "OMP_NUM_THREADS": "1",
        "OMP_WAIT_POLICY": "passive",
    }


def test_the_whole_suite_is_spread_over_the_cores() -> None:
    assert dev.test_arguments(["tests/graph", "-x"], cores=8) == ["tests/graph", "-x"]
    assert dev.test_arguments([], cores=1) == []
    assert dev.test_arguments([], cores=64) == (["-n", "8"] if os.name != "nt" else [])


def test_the_exit_code_is_that_of_the_program() -> None:
    child = [sys.executable, "-c", "raise SystemExit(7)"]
    program = f"import os, dev; raise SystemExit(dev.become({child!r}, os.environ))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT / "packaging", check=False)
    assert done.returncode == 7


def test_the_ci_script_runs_the_same() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().rstrip().endswith("exec python3 packaging/dev.py test")
