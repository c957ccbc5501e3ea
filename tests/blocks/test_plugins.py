"""Packages that bring blocks: the example works from palette to source, and a broken one harms nobody."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "tests" / "plugin_example"


TWICE = """\
from studio.blocks import block


@block("a.B", type="broken.good", group="x")
class Good:
    '''Good.'''


@block("a.B", type="relu", group="x")
class Twice:
    '''Twice.'''
"""
"""Declares one block, and then one of a type that there is."""


def install(target: Path, package: Path, name: str = "") -> None:
    """Put a package where Python finds it, as an installer does."""
    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    for module in package.iterdir():
        if module.is_dir():
            shutil.copytree(module, target / module.name, ignore=shutil.ignore_patterns("__pycache__"))
    info = target / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", "utf-8"
    )
    lines: list[str] = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{key} = {value}" for key, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")


def write(folder: Path, text: str, name: str = "broken") -> Path:
    """Write a package whose module of blocks holds a text."""
    package = folder / f"source_{name}"
    (package / f"netwright_{name}").mkdir(parents=True)
    (package / f"netwright_{name}" / "__init__.py").write_text("", "utf-8")
    (package / f"netwright_{name}" / "blocks.py").write_text(text, "utf-8")
    (package / "pyproject.toml").write_text(
        f'[project]\nname = "netwright-{name}"\nversion = "1"\n'
        f'[project.entry-points."netwright.blocks"]\n{name} = "netwright_{name}.blocks"\n',
        "utf-8",
    )
    return package


def python(target: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that finds what is installed in a folder."""
    return subprocess.run(
        [sys.executable, *(["-c", program] if "\n" in program or " " in program else ["-m", program])],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def command(target: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command of Netwright with what is installed in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "studio", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_example_is_loaded_without_torch(tmp_path: Path) -> None:
    install(tmp_path, EXAMPLE)
    done = python(
        tmp_path,
        "import sys, studio.blocks as b\n"
        "assert b.TROUBLES == ()\n"
        "found = b.find('example.squash')\n"
        "print(found.title, found.plugin, found.group, list(found.parameters))\n"
        "assert b.find('relu').plugin == ''\n"
        "assert 'torch' not in sys.modules\n",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Squash example activation ['limit']"


SPEAKS = """\
from studio.blocks import block, translate

translate("zh_CN", {"Cancel": "乱改", "Good words": "好话"})
"""
"""Changes a text of ours and brings one of its own."""


def test_the_example_brings_its_own_chinese_and_is_found_by_it(tmp_path: Path) -> None:
    install(tmp_path, EXAMPLE)
    done = python(
        tmp_path,
        "from studio.blocks import every\n"
        "from studio.graph.text import catalogue\n"
        "from studio.ui.words.matching import ranked, words_of\n"
        "chinese = catalogue('zh_CN')\n"
        "for made in every():\n"
        "    if made.plugin:\n"
        "        said = [made.title, made.doc, *made.keywords]\n"
        "        for one in made.parameters.values():\n"
        "            said += [one.label, one.doc]\n"
        "        assert [text for text in said if text not in chinese] == [], made.type\n"
        "for typed in ('压缩', '软符号', 'squash'):\n"
        "    print(ranked(typed, every(), words_of)[0].type)\n",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["example.squash"] * 3


def test_a_package_cannot_change_what_we_say_and_one_that_fails_says_nothing(tmp_path: Path) -> None:
    install(tmp_path, write(tmp_path, SPEAKS, "speaks"))
    install(tmp_path, write(tmp_path, SPEAKS.replace("Good", "Bad") + "raise ValueError('no')\n", "fails"))
    install(tmp_path, write(tmp_path, SPEAKS.replace("zh_CN", "xx"), "tongue"))
    done = python(
        tmp_path,
        "import studio.blocks as b\n"
        "from studio.graph.text import catalogue\n"
        "said = catalogue('zh_CN')\n"
        "print(said['Cancel'], said.get('Good words'), said.get('Bad words'))\n"
        "print(*(str(trouble.message) for trouble in b.TROUBLES), sep='\\n')\n",
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "取消 好话 None"
    assert ["fails" in lines[1], "tongue" in lines[2], len(lines)] == [True, True, 3]


def test_without_such_a_package_nothing_is_searched_for_long() -> None:
    done = python(
        ROOT,
        "import sys, studio.blocks as b\n"
        "assert b.TROUBLES == ()\n"
        "assert 'importlib.metadata' not in sys.modules\n",
    )
    assert done.returncode == 0, done.stderr


def test_the_example_is_drawn_built_written_and_read_back(tmp_path: Path) -> None:
    install(tmp_path, EXAMPLE)
    done = python(
        tmp_path,
        "import torch\n"
        "from studio.compiler import analyse, build, source\n"
        "from studio.compiler.reading import read_source\n"
        "from studio.project.file import dumps, loads\n"
        "from tests import drawing\n"
        "project, ids = drawing.chain(('input', {'shape': (8,)}), ('example.mix', {'rounds': 2}),\n"
        "    ('example.squash', {'limit': 3.0}), ('linear', {'out_features': 2}), ('output', {}))\n"
        "report = analyse(project)\n"
        "assert report.problems == (), report.problems\n"
        "assert report.nodes[ids[1]].parameters == 72\n"
        "text = source(project)\n"
        "assert 'import netwright_example.layers' in text\n"
        "assert 'netwright_example.layers.Mix(8, rounds=2)' in text\n"
        "model = build(project, seed=0)\n"
        "namespace = {}\n"
        "exec(text, namespace)\n"
        "again = namespace['Main']()\n"
        "again.load_state_dict(model.state_dict())\n"
        "sample = torch.randn(4, 8)\n"
        "assert torch.equal(model(sample), again(sample))\n"
        "reading = read_source(text.replace('3.0', '4.0'), before=project)\n"
        "assert reading.unread == (), reading.unread\n"
        "assert reading.project.networks['main'].nodes[ids[2]].parameters['limit'] == 4.0\n"
        "assert loads(dumps(project)) == project\n",
    )
    assert done.returncode == 0, done.stderr


def test_the_recipe_of_the_example_trains_resumes_and_says_what_does_not_fit(tmp_path: Path) -> None:
    install(tmp_path, EXAMPLE)
    done = python(
        tmp_path,
        "from pathlib import Path\n"
        "import torch\n"
        "from studio.project import GraphRef, edits\n"
        "from studio.train import run\n"
        "from studio.train.plans.checking import Checker\n"
        "from studio.train.runs.record import read_record\n"
        "from tests.train.recipe_examples import OUT, drawn, entry, linear, planned, ring\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "def made(out, **values):\n"
        "    big = (entry(2), linear(8), ('tanh', {}), linear(3), OUT)\n"
        "    nets = [('big', big), ('small', (entry(2), linear(out), OUT))]\n"
        "    roles = {'teacher': 'big', 'student': 'small'}\n"
        "    return planned(drawn(*nets), 'example.distilling', roles, values, data=ring(folder))\n"
        "project, small = made(3), GraphRef('network', 'small')\n"
        "print([p.code for p in Checker().analyse(made(4), small).problems])\n"
        "cold = Checker().analyse(made(3, warmth=0.0), GraphRef('network', 'big')).problems\n"
        "print(*(str(problem.message) for problem in cold))\n"
        "print(Checker().analyse(project, small).problems)\n"
        "print(type(list(run(project, run_dir=folder / 'a'))[-1]).__name__)\n"
        "list(run(project, run_dir=folder / 'b', max_steps=4))\n"
        "list(run(project, resume=folder / 'b'))\n"
        "one, other = (read_record(folder / name).weights('last', 'small') for name in 'ab')\n"
        "print(all(torch.equal(one[name], other[name]) for name in one))\n",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "['role_sizes']",
        "The recipe “example.distilling” failed while it looked at the plan: ZeroDivisionError: no warmth",
        "()",
        "Finished",
        "True",
    ]


def test_the_command_line_knows_the_blocks(tmp_path: Path) -> None:
    install(tmp_path, EXAMPLE)
    done = command(tmp_path, "blocks", "--json")
    assert done.returncode == 0, done.stderr
    assert {"example.squash", "example.mix"} <= {block["type"] for block in json.loads(done.stdout)}


def test_what_lies_in_the_folder_one_stands_in_is_not_installed(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    target = tmp_path / "target"
    install(target, write(tmp_path, f"open({str(mark)!r}, 'w')\n"))
    for program in (["-m", "studio", "blocks", "--json"], ["-c", "import studio.blocks"]):
        done = subprocess.run(
            [sys.executable, *program],
            cwd=target,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert not mark.exists()
    command(target, "blocks")
    assert mark.exists()  # installed, it does run


def test_a_damaged_record_harms_nobody(tmp_path: Path) -> None:
    install(tmp_path, EXAMPLE)
    record = tmp_path / "odd-1.dist-info"
    record.mkdir()
    (record / "entry_points.txt").write_bytes(b"[netwright.blocks]\nodd = = = \xff\xfe\n[[[")
    done = command(tmp_path, "blocks", "--json")
    assert done.returncode == 0, done.stderr
    assert "example.squash" in {block["type"] for block in json.loads(done.stdout)}
    assert "could not be loaded" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 / 0\n", "ZeroDivisionError: division by zero"),
        ("import sys\nsys.exit(3)\n", "SystemExit: 3"),
        ("def broken(:\n", "SyntaxError"),
        ("import no_such_module_here\n", "ModuleNotFoundError"),
        (
            TWICE,
            "ValueError: block 'relu' is declared twice",
        ),
    ],
)
def test_a_broken_package_is_told_once_and_brings_nothing(tmp_path: Path, text: str, said: str) -> None:
    target = tmp_path / "target"
    install(target, EXAMPLE)
    install(target, write(tmp_path, text))
    done = command(target, "blocks", "--json")
    assert done.returncode == 0
    types = {block["type"] for block in json.loads(done.stdout)}
    assert "example.squash" in types
    assert "broken.good" not in types
    assert done.stderr.count("The blocks of the package “broken” could not be loaded") == 1
    assert said in done.stderr


def test_a_block_that_fails_at_work_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    target = tmp_path / "target"
    text = (
        "from studio.blocks import block\n"
        "@block('netwright_bad.layers.Gone', type='bad.gone', group='x')\nclass Gone:\n    '''Gone.'''\n"
        "@block('netwright_bad.blocks.crash', type='bad.crash', group='x', call='function')\n"
        "class Crash:\n    '''Crash.'''\n"
        "def crash(x):\n    raise KeyError('here')\n"
    )
    install(target, write(tmp_path, text, "bad"))
    done = python(
        target,
        "from studio.compiler import analyse\n"
        "from tests import drawing\n"
        "for kind in ('bad.gone', 'bad.crash'):\n"
        "    project, ids = drawing.chain(('input', {'shape': (8,)}), (kind, {}), ('output', {}))\n"
        "    (problem,) = analyse(project).problems\n"
        "    print(problem.node == ids[1], problem.message)\n",
    )
    assert done.returncode == 0, done.stderr
    gone, crash = done.stdout.strip().split("\n")
    assert gone.startswith("True The block “Gone” of the package “bad” failed: ModuleNotFoundError")
    assert crash == "True The block “Crash” of the package “bad” failed: KeyError: 'here'"
