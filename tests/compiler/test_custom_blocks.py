"""Custom blocks at work: shapes, modules and source once trusted; every mistake of theirs with its line."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
import torch

from studio.blocks.custom import block_of_code
from studio.compiler import Analyser, CompileError, analyse, build, custom, source
from studio.graph import NetwrightError
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.project.coding import set_code
from studio.project.trust import trust
from tests import drawing
from tests.coded import FAILING_LINE, GATE, SWISH, failing, gated, with_code

MAIN = GraphRef("network", "main")


@pytest.fixture(autouse=True)
def unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust nothing before and after each test."""
    monkeypatch.setattr(trust, "_file", tmp_path / "trusted")
    trust.forget()
    yield
    trust.forget()


def trusted(project: Project) -> Project:
    trust.trust(project.custom, remember=False)
    return project


def told(project: Project) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.node, str(problem.message)) for problem in analyse(project).problems]


def test_code_that_is_not_trusted_never_runs_and_says_so(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    project, ids = gated(GATE.replace("GAIN = 2.0", f"GAIN = open({str(mark)!r}, 'w')"))
    report = analyse(project)
    codes = [(problem.code, problem.node) for problem in report.problems]
    assert codes == [("untrusted_code", ids[1])]
    (fix,) = report.problems[0].fixes
    assert (fix.action, fix.node) == ("trust", ids[1])
    assert report.parameters is None
    for use in (build, source):
        with pytest.raises(CompileError, match="may not run yet"):
            use(project)
    assert not mark.exists()


def test_the_last_door_is_shut_too(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    block = block_of_code("f", f"A = open({str(mark)!r}, 'w')\ndef f(x):\n    return x\n", False)
    assert block is not None
    with pytest.raises(NetwrightError, match="may not run"):
        custom.target(block)
    assert not mark.exists()


def test_trusted_code_has_shapes_weights_and_costs() -> None:
    project, ids = gated()
    analyser = Analyser()
    assert analyser.analyse(project).errors
    trusted(project)
    report = analyser.analyse(project)  # one that remembers sees that it is trusted now
    assert report.problems == ()
    row = report.nodes[ids[1]]
    assert str(row.outputs["y"]) == "B × 64"
    assert (row.parameters, row.multiply_adds) == (64 * 64 + 64, 64 * 64)
    assert report.parameters == 64 * 64 + 64 + 650


def test_the_module_the_source_and_plain_code_give_equal_outputs(tmp_path: Path) -> None:
    project, _ = gated()
    model = build(trusted(project), seed=3)
    text = source(project)
    file = tmp_path / "network.py"
    file.write_text(text, "utf-8")
    torch.save(model.state_dict(), tmp_path / "weights.pt")
    sample = torch.randn(5, 64, generator=torch.Generator().manual_seed(0))
    torch.save({"x": sample, "y": model(sample)}, tmp_path / "sample.pt")
    script = (
        "import torch, network\n"
        "model = network.Main()\n"
        "model.load_state_dict(torch.load('weights.pt', weights_only=True))\n"
        "sample = torch.load('sample.pt', weights_only=True)\n"
        "assert torch.equal(model(sample['x']), sample['y'])\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, timeout=60)
    assert 'class Gate(nn.Module):\n    """Let through what is wanted."""' in text
    assert text.count("import math") == 1
    assert "studio" not in text
    gate = dict(model.named_children())["gate1"]
    assert type(gate).__name__ == "Gate"


def test_a_block_that_is_named_as_its_function_keeps_the_function() -> None:
    project, ids = gated()
    project = edits.rename_node(project, MAIN, ids[2], "swish")
    namespace: dict[str, type[torch.nn.Module]] = {}
    exec(source(trusted(project)), namespace)  # the text that was just written
    model = namespace["Main"]()
    assert model(torch.zeros(2, 64)).shape == (2, 10)


def test_outputs_parameters_and_optional_inputs_reach_the_code() -> None:
    text = (
        "import torch\n\n\n"
        "def halves(x: torch.Tensor, mask: torch.Tensor | None = None, at: int = 2):\n"
        "    if mask is not None:\n        x = x * mask\n"
        "    return x[:, :at], x[:, at:]\n"
    )
    project, (first,) = drawing.chain(("input", {"shape": (10,)}), project=with_code(halves=text))
    project, node = drawing.add(project, "custom.halves", [first], parameters={"at": 3})
    project, _ = drawing.add(project, "output", [(node, "y1")], name="a")
    project, _ = drawing.add(project, "output", [(node, "y2")], name="b")
    report = analyse(trusted(project))
    assert report.problems == ()
    assert {name: str(one) for name, one in report.outputs.items()} == {"a": "B × 3", "b": "B × 7"}
    given = build(project)(torch.arange(20.0).reshape(2, 10))
    assert [given["a"].shape, given["b"].shape] == [(2, 3), (2, 7)]
    with_mask = drawing.wire(project, first, node, into="mask")
    assert torch.equal(build(with_mask)(torch.full((1, 10), 3.0))["a"], torch.full((1, 3), 9.0))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("raise KeyError('features')", "Line {line} of “Gate”: KeyError: 'features'"),
        ("raise SystemExit(3)", "Line {line} of “Gate” asked the program to end, which it may not."),
        ("exit()", "Line {line} of “Gate”"),
        ("1 / 0", "Line {line} of “Gate”: ZeroDivisionError: division by zero"),
        ("self.fc(x[:, :3])", "Line {line} of “Gate”: RuntimeError"),
        ("x.item()", "Line {line} of “Gate”: RuntimeError"),
        ("x = x * x.sum().item()", "Line {line} of “Gate” asks for the value of a tensor"),
        ("if x.sum() > 0: x = -x", "Line {line} of “Gate” asks for the value of a tensor"),
        ("x.numpy()", "Line {line} of “Gate” asks for the value of a tensor"),
        ("if self.training: raise KeyError('late')", "Line {line} of “Gate”: KeyError: 'late'"),
        ("raise type('Odd', (BaseException,), {})('odd')", "Line {line} of “Gate”: Odd: odd"),
        ("return x, x", "“Gate” must return 1 tensor; it returned tuple."),
        ("return None", "“Gate” must return 1 tensor; it returned NoneType."),
    ],
)
def test_what_the_code_raises_is_a_problem_at_its_line(line: str, said: str) -> None:
    project, ids = gated(failing(line))
    (problem,) = analyse(trusted(project)).problems
    assert (problem.code, problem.node, problem.severity) == ("custom_code", ids[1], "error")
    assert str(problem.message).startswith(said.format(line=FAILING_LINE))
    assert str(problem.expected) == "code that gives 1 tensor"
    assert problem.received is not None


def test_a_lazy_layer_is_told_at_its_line() -> None:
    project, ids = gated(GATE.replace("nn.Linear(features, features)", "nn.LazyLinear(features)"))
    line = GATE[: GATE.index("nn.Linear(features")].count("\n") + 1
    ((code, node, said),) = told(trusted(project))
    assert (code, node) == ("custom_code", ids[1])
    assert said.startswith(f"Line {line} of “Gate”: a lazy layer has no sizes before data runs through it.")


def test_what_torch_imports_late_is_not_counted_against_the_code() -> None:
    script = (
        "import sys\n"
        "from studio.compiler import analyse, custom\n"
        "from studio.project.trust import trust\n"
        "from tests.coded import gated\n"
        "begin, end, seen = custom.Watch.__enter__, custom.Watch.__exit__, []\n"
        "custom.Watch.__enter__ = lambda self: (seen.append(set(sys.modules)), begin(self))[1]\n"
        "custom.Watch.__exit__ = lambda self, *why: (seen.append(set(sys.modules)), end(self, *why))[1]\n"
        "project, _ = gated()\n"
        "trust.trust(project.custom, remember=False)\n"
        "assert not analyse(project).problems\n"
        "assert len(seen) >= 2, seen\n"
        "late = [name for name in seen[1] - seen[0] if name.startswith('torch')]\n"
        "assert not late, late[:5]\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True, timeout=120)


def test_what_the_text_itself_raises_is_told_with_its_line() -> None:
    project, ids = gated(GATE.replace("GAIN = 2.0", "GAIN = 1 / 0"))
    assert told(trusted(project)) == [
        ("custom_code", ids[1], "Line 7 of “Gate”: ZeroDivisionError: division by zero")
    ]


def test_a_text_that_cannot_be_read_is_told_at_its_block() -> None:
    project, ids = gated()
    broken = dataclasses.replace(project, custom=MappingProxyType({"Gate": "class Gate(", "swish": SWISH}))
    (problem, *_) = told(broken)
    assert problem == ("custom_code", ids[1], "Line 1 of “Gate”: This is no Python: '(' was never closed.")
    gone = dataclasses.replace(project, custom=MappingProxyType({"swish": SWISH}))
    assert told(gone)[0][2] == "The code of the block “Gate” is not in this project."
    other = dataclasses.replace(project, custom=MappingProxyType({"Gate": SWISH}))
    assert told(other)[0][2] == "The code of “Gate” defines “swish”. Give both one name."


def test_an_endless_loop_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custom, "SECONDS", 0.3)
    monkeypatch.setattr(custom.Watch.__init__, "__defaults__", (0.3,))
    monkeypatch.setattr(custom, "AGAIN", 0.1)
    inner = ["try:", "    x.mean()", "except BaseException:", "    break"]
    stubborn = "while True:" + "".join(f"\n            {line}" for line in inner)
    for line in ("while True: pass", "while True: x.mean()", stubborn):
        project, ids = gated(failing(line))
        began = time.monotonic()
        problems = told(trusted(project))
        assert time.monotonic() - began < 5
        if line is not stubborn:
            assert [(code, node) for code, node, _ in problems] == [("custom_code", ids[1])]
            assert "did not end within 0.3 seconds" in problems[0][2]
    assert threading.active_count() < 20
    sum(range(10**6))  # nothing is raised here later on


def test_changed_code_is_looked_at_anew_and_asked_for_again() -> None:
    project, ids = gated()
    analyser = Analyser()
    assert not analyser.analyse(trusted(project)).errors
    wider = set_code(
        project,
        GATE.replace("nn.Linear(features, features)", "nn.Linear(features, 2 * features)").replace(
            "x * torch.sigmoid(self.fc(x))", "self.fc(x)"
        ),
        "Gate",
    )
    assert [problem.code for problem in analyser.analyse(wider).problems] == ["untrusted_code"]
    report = analyser.analyse(trusted(wider))
    assert str(report.nodes[ids[1]].outputs["y"]) == "B × 128"


def test_code_works_inside_composites() -> None:
    inner = GraphRef("composite", "Twice")
    project = edits.set_composite(with_code(swish=SWISH), "Twice", Composite())
    project, _ = drawing.chain(
        ("input", {}),
        ("custom.swish", {}),
        ("linear", {"out_features": 8}),
        ("output", {}),
        ref=inner,
        project=project,
    )
    project, first = drawing.add(project, "input", parameters={"shape": (8,)})
    project, node = edits.add_node(project, MAIN, COMPOSITE, (0.0, 0.0), composite="Twice")
    project = drawing.wire(project, first, node)
    project, _ = drawing.add(project, "output", [node])
    analyser = Analyser()
    assert [problem.code for problem in analyser.analyse(project, MAIN).problems] == ["inside_composite"]
    assert not analyser.analyse(trusted(project), MAIN).errors
    model = build(project, seed=0)
    namespace: dict[str, type[torch.nn.Module]] = {}
    exec(source(project), namespace)  # the text that was just written
    again = namespace["Main"]()
    again.load_state_dict(model.state_dict())
    sample = torch.randn(3, 8)
    assert torch.equal(model(sample), again(sample))


def test_texts_that_cannot_stand_in_one_source_are_told() -> None:
    project, _ = gated()
    other = SWISH.replace("import torch\n", "import torch\n\nGAIN = 3.0\n")
    project = trusted(dataclasses.replace(project, custom=MappingProxyType({"Gate": GATE, "swish": other})))
    with pytest.raises(NetwrightError, match="The name “GAIN” in the code of “swish” is taken: “Gate”"):
        source(project)
