"""Sets Netwright up inside its own folder, then runs it or its tests; needs nothing but Python.

    python3 packaging/dev.py run [arguments of netwright]    opens the window
    python3 packaging/dev.py run --headless                  trains the CNN template without a screen
    python3 packaging/dev.py test [arguments of pytest]      runs everything that must hold

The first start makes `.venv` and installs the versions of `packaging/constraints.txt` into it; later
ones see by a stamp that nothing changed and start at once. Kept to the syntax of Python 3.7, so that
an older Python can say that it is too old.
"""

from __future__ import annotations

import collections
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import qt_libraries

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "netwright-stamp.json"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
PROJECT = ROOT / "pyproject.toml"

RUNNING = sys.version_info[0], sys.version_info[1]
OLDEST, NEWEST = (3, 11), (3, 14)
"""The Python versions for which every pinned library has a build."""

SPACE = 3 << 30
"""Bytes to have free before a first installation."""

_GIVEN = ("onnx", "rl", "sweep", "tables", "text")

EXTRAS = {"run": _GIVEN, "test": ("dev", *_GIVEN, "tensorboard")}
"""The optional libraries that each command installs."""

COMMANDS = frozenset(
    [
        "templates",
        "new",
        "blocks",
        "check",
        "train",
        "evaluate",
        "export",
        "lighten",
        "code",
        "import",
        "picture",
        "runs",
        "sweep",
        "--headless",
        "--help",
        "-h",
        "--version",
    ]
)
"""What `run` may be given that opens no window."""


class SetupError(Exception):
    """Something is missing on this machine; the text is one line that says what, and what to do."""


# ---------------------------------------------------------------------------- the machine


def version_text(version: Sequence[int]) -> str:
    """Write a Python version as people do."""
    return ".".join(str(part) for part in version[:2])


def check_python(version: Sequence[int] = RUNNING, which: Callable[[str], str | None] = shutil.which) -> None:
    """Refuse a Python that is too old, and name a newer one of this machine where there is one."""
    if tuple(version[:2]) >= OLDEST:
        return
    said = f"Netwright needs Python {version_text(OLDEST)} or newer, and this is {version_text(version)}."
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        if which(name):
            raise SetupError(f"{said} This machine has {name}: run `{name} packaging/dev.py ...` instead.")
    raise SetupError(f"{said} Install Python {version_text(NEWEST)}, then run this again with it.")


def check_venv_module(
    environment: Mapping[str, str] = os.environ, find: Callable[[str], object] = importlib.util.find_spec
) -> None:
    """Refuse a Python that cannot make a virtual environment (Debian packs that apart)."""
    if find("venv") and find("ensurepip"):
        return
    package = f"python{version_text(RUNNING)}-venv"
    if may_install(environment):
        install_system_packages([package])
        return
    raise SetupError(
        "This Python cannot make a virtual environment: its venv and ensurepip modules are packed apart. "
        f"Debian, Ubuntu: sudo apt-get install {package}, then run this again."
    )


def check_space(free: int, wanted: int = SPACE) -> None:
    """Refuse to begin an installation that cannot fit on the disk."""
    if free < wanted:
        raise SetupError(
            f"The disk of {ROOT} has {free / 2**30:.1f} GB free, and the libraries need about "
            f"{wanted / 2**30:.0f} GB: free some space, then run this again."
        )


def check_qt(environment: Mapping[str, str], *, window: bool) -> None:
    """Refuse to start Qt where its system libraries or a screen are missing.

    Args:
        environment: the variables that Qt will start with.
        window: whether a window is to be seen, so that a screen is needed.
    """
    if window and not qt_libraries.has_screen(environment):
        raise SetupError(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): use "
            "`python3 packaging/dev.py run --headless`, or see `netwright --help` for the command line."
        )
    lacking = qt_libraries.missing(environment)
    if lacking and may_install(environment):
        install_system_packages(dict.fromkeys(library.debian for library in lacking))
        lacking = qt_libraries.missing(environment)
    if lacking:
        raise SetupError(qt_libraries.advice(lacking))


def may_install(environment: Mapping[str, str]) -> bool:
    """Say whether this is a bare test machine, on which we may install system packages ourselves."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return environment.get("CI", "").lower() in ("1", "true") and root and bool(shutil.which("apt-get"))


def install_system_packages(packages: Iterable[str]) -> None:
    """Install Debian packages on a test machine."""
    names = list(packages)
    say(f"CI=true and root: installing system packages with apt-get: {' '.join(names)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise SetupError(f"`{' '.join(command)}` failed ({done.returncode}); its words are above.")


# ---------------------------------------------------------------------------- the environment


def environment_python() -> Path:
    """Give the path of the interpreter inside `.venv`."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment_version(python: Path) -> tuple[int, ...] | None:
    """Give the version of an environment's interpreter, None where it does not work."""
    command = [str(python), "-c", "import sys, pip; print(*sys.version_info[:2])"]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return None
    return tuple(int(part) for part in done.stdout.split()) if done.returncode == 0 else None


def fingerprint(version: Sequence[int], root: Path | None = None) -> str:
    """Sum up everything that decides what is installed: another sum means installing again."""
    import tomllib  # An older Python lacks it, and has been refused before this.

    described = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    described["tool"] = {"setuptools": described.get("tool", {}).get("setuptools")}
    parts = [
        version_text(version),
        platform.machine(),
        str(root or ROOT),
        json.dumps(described, sort_keys=True),
    ]
    return hashlib.sha256("\0".join([*parts, CONSTRAINTS.read_text(encoding="utf-8")]).encode()).hexdigest()


def installed_extras(wanted_fingerprint: str) -> frozenset[str] | None:
    """Give the optional libraries of the last installation, None where it does not hold any more."""
    try:
        record = json.loads(STAMP.read_text(encoding="utf-8"))
        matches = record["fingerprint"] == wanted_fingerprint
        return frozenset(record["extras"]) if matches else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(current_fingerprint: str, extras: Iterable[str]) -> None:
    """Record that an installation is complete; the last step, so that a broken one is done again."""
    fresh = STAMP.with_suffix(".new")
    record = {"fingerprint": current_fingerprint, "extras": sorted(extras)}
    fresh.write_text(json.dumps(record), encoding="utf-8")
    fresh.replace(STAMP)


def ensure_environment(extras: Iterable[str]) -> Path:
    """Make `.venv` and install the libraries where that is not done yet.

    Args:
        extras: the optional libraries wanted.

    Returns:
        The interpreter of the environment.
    """
    python = environment_python()
    version = environment_version(python)
    present = installed_extras(fingerprint(version)) if version else None
    if present is not None and present >= set(extras):
        return python
    if version is None or version < OLDEST:
        # The clearing would follow a link to a folder that is not ours.
        if ENVIRONMENT.is_symlink():
            raise SetupError(
                f"{ENVIRONMENT} is a link to an environment that does not work: remove the link."
            )
        check_venv_module()
        check_space(shutil.disk_usage(str(ROOT)).free)
        say(f"[1/3] Making {ENVIRONMENT.name} with Python {version_text(RUNNING)}")
        make = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
        checked(make, "Python could not make the virtual environment")
        version = RUNNING
    wanted = sorted(set(extras) | (present or set()))
    constraints = ["--constraint", str(CONSTRAINTS)]
    say("[2/3] Installing the build tool")
    install(python, [*constraints, "setuptools"])
    say("[3/3] Installing the pinned libraries (minutes the first time; torch is the large one)")
    # The build tool of the environment itself, so that its version is pinned too.
    install(python, [*constraints, "--no-build-isolation", "--editable", f"{ROOT}[{','.join(wanted)}]"])
    write_stamp(fingerprint(version), wanted)
    return python


def checked(command: Sequence[str], failure: str) -> None:
    """Run a command quietly; where it fails, show its last lines and say what it means."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        lines = done.stdout.decode(errors="replace").splitlines()
        raise SetupError(show_last(lines) + f"{failure}; {cause(lines)}")


def install(python: Path, arguments: Sequence[str]) -> None:
    """Run pip in the environment, showing on a terminal what it is at."""
    command = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", *arguments]
    settings = {key: value for key, value in os.environ.items() if key not in ("PIP_TARGET", "PIP_PREFIX")}
    settings["PIP_USER"] = "0"
    lines: collections.deque[str] = collections.deque(maxlen=200)
    began = time.monotonic()
    with subprocess.Popen(
        command, env=clean(settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
    ) as pip:
        assert pip.stdout is not None
        for raw in iter(pip.stdout.readline, b""):
            line = raw.decode(errors="replace").rstrip()
            lines.append(line)
            progress(line, time.monotonic() - began)
    progress("", 0)
    if pip.returncode:
        raise SetupError(show_last(lines) + f"pip could not install the libraries; {cause(lines)}")


CAUSES = {
    r"no space left|errno 28|disk quota": "the disk is full: free about 3 GB, then run this again.",
    r"name resolution|getaddrinfo|newconnection|max retries|unreachable|timed out|connection (was )?"
    r"(refused|reset|aborted|broken)|proxyerror|sslerror": "the package index cannot be reached: check the "
    "network and pip's own settings (index, proxy), then run this again.",
    r"no matching distribution|could not find a version|not a supported wheel|requires a different python|"
    # The pins agree with each other, so a conflict means that one of them cannot be had here.
    r"resolutionimpossible": (
        "a library has no build for this Python or this kind of machine: remove .venv and run this again "
        f"with a 64-bit Python {version_text(OLDEST)} to {version_text(NEWEST)}."
    ),
    r"permission denied|errno 13|read-only file system": "the folder cannot be written: check who owns it.",
}
"""What pip says when it fails, and what that means to a person."""


def cause(lines: Iterable[str]) -> str:
    """Say what a failed installation means and what to do about it."""
    text = "\n".join(lines).lower()
    for pattern, meaning in CAUSES.items():
        if re.search(pattern, text):
            return meaning
    return "its last words are above. Remove .venv and run this again to start afresh."


def show_last(lines: Iterable[str], count: int = 8) -> str:
    """Give the last lines of an output, to stand above the line that explains them."""
    told = [line for line in lines if line.strip() and "[notice]" not in line][-count:]
    return "".join(f"    {line[:200]}\n" for line in told)


# ---------------------------------------------------------------------------- talking


def say(text: str) -> None:
    """Print one line of progress."""
    print(text, file=sys.stderr, flush=True)


def progress(line: str, seconds: float) -> None:
    """Show on a terminal, always in the same line, what pip is doing."""
    if not sys.stderr.isatty():
        return
    width = shutil.get_terminal_size().columns - 1
    text = f"      {seconds:4.0f} s  {line.strip()}" if line else ""
    print("\r" + text[:width].ljust(width), end="" if line else "\r", file=sys.stderr, flush=True)


# ---------------------------------------------------------------------------- the commands


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the variables for a program of the environment: no other Python may lead it astray."""
    return {key: value for key, value in environment.items() if key not in ("PYTHONHOME", "PYTHONPATH")}


def opens_window(arguments: Iterable[str]) -> bool:
    """Say whether these arguments of netwright open the window."""
    return not any(argument in COMMANDS for argument in arguments)


def test_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the variables of a test run: no screen, and one thread of torch in each process."""
    fixed = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
    return {**clean(environment), **fixed}


def test_arguments(arguments: Sequence[str], cores: int) -> list[str]:
    """Give pytest's arguments: the whole suite is spread over the cores, a chosen part is not."""
    if arguments:
        return list(arguments)
    # Tests that measure a speed wait until they are alone, which needs a Unix lock (tests/conftest.py).
    return ["-n", str(min(cores, 8))] if cores > 1 and os.name != "nt" else []


def become(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command in place of this process, so that signals and the exit code are its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        return subprocess.run(command, env=dict(environment), check=False).returncode
    os.execve(command[0], list(command), dict(environment))
    raise AssertionError  # a process that has become another does not come back


def run(arguments: Sequence[str]) -> int:
    """Run netwright with the given arguments."""
    environment = clean(os.environ)
    window = opens_window(arguments)
    if window:
        check_qt(environment, window=True)
    python = ensure_environment(EXTRAS["run"])
    if window:
        check_qt_import(python, environment)
    # A folder named studio where the person happens to stand must not take Netwright's place.
    return become([str(python), "-P", "-m", "studio", *arguments], environment)


def test(arguments: Sequence[str]) -> int:
    """Run the tests: all of them, or those that the arguments of pytest choose."""
    environment = test_environment(os.environ)
    check_qt(environment, window=False)
    python = ensure_environment(EXTRAS["test"])
    check_qt_import(python, environment)
    os.chdir(str(ROOT))
    cores = os.cpu_count() or 1
    return become([str(python), "-m", "pytest", *test_arguments(arguments, cores)], environment)


def check_qt_import(python: Path, environment: Mapping[str, str]) -> None:
    """Refuse to go on where Qt itself cannot be loaded, whatever the reason."""
    command = [str(python), "-c", "import PySide6.QtWidgets, PySide6.QtSvg"]
    done = subprocess.run(
        command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit code {done.returncode}"]
        library = re.search(r"(lib\S+\.so\S*): cannot open", words[-1])
        what = f"install the system package that brings {library.group(1)}" if library else words[-1]
        raise SetupError(f"Qt cannot be loaded on this machine: {what}.")


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument says, with the others."""
    try:
        check_python()
        if arguments and arguments[0] in ("run", "test"):
            command = run if arguments[0] == "run" else test
            return command(arguments[1:])
        print((__doc__ or "").split("\n\n")[1])
        return 0 if arguments and arguments[0] in ("-h", "--help", "help") else 2
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
