"""What cannot be read is named with its line, the rest is read; a hostile text is refused and never run."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.compiler import source
from studio.compiler.reading import Reading, read_source
from studio.graph.text import translator
from studio.project import Project, edits
from tests.drawing import CNN, MAIN, chain

HEAD = '''import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    """A network.

    Inputs:
        x: B × 3 × 8 × 8
    """

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.lstm = nn.LSTM(4, 4, batch_first=True)
        {made}

    def forward(self, x):
        x = self.conv(x)
        {called}
        return x
'''


def read(made: str = "", called: str = "") -> Reading:
    text = HEAD.replace("{made}", made.replace("\n", "\n        "))
    return read_source(text.replace("{called}", called.replace("\n", "\n        ")))


def only(reading: Reading) -> tuple[int, str]:
    """Give the line and the sentence of the one place that was not read; the rest must have been."""
    (one,) = reading.unread
    assert reading.project is not None
    (network,) = reading.networks
    assert "conv" in [node.name for node in reading.project.networks[network].nodes.values()]
    assert str(one.message) == re.sub(r"\s+", " ", str(one.message))
    assert "{" not in str(one.message).replace("{name}", "")
    return one.line, str(one.message)


MADE = [
    ("if x: self.b = nn.ReLU()", "Here stands a choice (if)"),
    ("for i in range(3): self.b = nn.ReLU()", "Here stands a loop"),
    ("while True: pass", "Here stands a loop"),
    ("with open('x') as f: pass", "Here stands a with block"),
    ("def f(): pass", "Here stands a function"),
    ("self.b = nn.Conv9d(1, 2, 3)", "“nn.Conv9d” is no layer that Netwright draws. Did you mean “nn.Conv"),
    ("self.b = timm.create_model('x')", "“timm.create_model” is no layer that Netwright draws."),
    ("self.b = nn.Linear(3, 4, gain=2)", "“nn.Linear” is drawn without “gain”. It takes: in_features,"),
    ("self.b = nn.ReLU(True, 7)", "“nn.ReLU” takes 1 argument by place; “7” is one more."),
    ("self.b = nn.Linear(3, f'{4}')", "Here stands a text with values in it"),
    ("self.b = nn.Linear(3, 'four')", "expected a whole number of at least 1, received “four”"),
    ("self.b = nn.Linear(3, 0)", "Out features: expected a whole number of at least 1, received 0."),
    ("self.b = nn.Linear(3, width)", "“width” is not known here. Write the number itself."),
    ("self.b = nn.Linear(3, 9 ** 9 ** 9)", "9 ** 9 ** 9"),
    ("self.b = nn.Linear(3, *sizes)", "“*sizes” unpacks arguments that are not known here."),
    ("self.b = nn.Linear(3, 4, **more)", "“**more” unpacks arguments that are not known here."),
    ("self.b = nn.Linear(3, (lambda: 4)())", "Here stands"),
    ("self.b = nn.Linear(3)", "“nn.Linear” needs “out_features”: a whole number of at least 1."),
    ("self.b = nn.GRU(3, 4)", "“nn.GRU” is always drawn with batch_first=True. Write it so."),
    ("self.b = nn.Softmax()", "“nn.Softmax” needs “dim”"),
    ("self.b = nn.Sequential()", "Nothing stands in this sequence."),
    ("self.b = nn.Sequential(*[nn.ReLU() for _ in range(10**9)])", "range(N) with a number from 1 to 1000"),
    ("self.b = nn.Sequential(*[nn.ReLU() for _ in data])", "range(N) with a number from 1 to 1000"),
    ("self.b = Net()", "A composite cannot contain itself: “Net”."),
    ("a = [nn.ReLU()]; self.b = nn.Sequential(*a); self.c = nn.Sequential(*a)", "Here stands"),
    ("a = []; a.append(3)", "does something to the module"),
    ("a = [nn.ReLU()]; a.append(self.conv)", "does something to the module"),
    ("self.b = nn.Parameter(torch.eye(3))", "Expected nn.Parameter(…) around torch.zeros, torch.ones,"),
    ("self.b = nn.Parameter(torch.zeros(3), 1)", "Expected nn.Parameter(…) around torch.zeros, torch.ones,"),
    ("self.b = nn.Parameter(torch.zeros(0))", "expected sizes such as 1, 28, 28, received 0."),
    ("self.b = {}", "Here stands a dict"),
    ("self.register_buffer('b', torch.zeros(3))", "does something to the module"),
    ("self.conv.weight.data.fill_(0)", "does something to the module"),
    ("self.other.requires_grad_(False)", "Expected self.<layer>.requires_grad_(False)"),
    ("raise ValueError", "Here stands an error that is raised"),
    ("import os", "Here stands an import"),
]


@pytest.mark.parametrize(("made", "said"), MADE, ids=[made for made, _ in MADE])
def test_what_init_cannot_say_is_named_with_its_line(made: str, said: str) -> None:
    line, sentence = only(read(made=made))
    assert said in sentence
    assert line == 17


CALLED = [
    ("if x.sum() > 0: x = x + 1", "Here stands a choice (if)"),
    ("for i in range(3): x = self.conv(x)", "Here stands a loop"),
    ("for row in x: x = self.conv(row)", "Here stands a loop"),
    ("x2 = x if x else x", "Here stands a choice (if)"),
    ("x2 = [one for one in x]", "Here stands a loop"),
    ("x2 = f'{x}'", "Here stands a text with values in it"),
    ("x2 = self.nothing(x)", "“self.nothing” is not made in __init__. Made there: conv, lstm."),
    ("x2 = self.conv(x, 3)", "“conv” takes 1 argument by place; “3” is one more."),
    ("x2 = self.conv(x, scale=3)", "“conv” is called without “scale”. Take it out."),
    ("x2 = self.conv(*x)", "“*x” unpacks arguments that are not known here."),
    ("x2 = self.conv(y)", "“y” is given no value before this line. Known here: x."),
    ("x2 = self.conv(3)", "Expected a tensor here, received 3."),
    ("x2 = x + None", "is no operation between tensors that is drawn"),
    ("x2 = x // 2", "“x // 2” is no operation between tensors that is drawn."),
    ("x2 = x % x", "“x % x” is no operation between tensors that is drawn."),
    ("x2 = x > 3", "Here stands a comparison"),
    ("x2 = x and x", "Here stands a choice (and, or)"),
    ("print(x)", "“print” is no function that Netwright draws."),
    ("x2 = x.cuda()", "“x.cuda” is no function that Netwright draws."),
    ("x2 = torch.linalg.svd(x)", "“torch.linalg.svd” is no function that Netwright draws."),
    ("x2 = F.conv2d(x, x)", "“F.conv2d” is no function that Netwright draws."),
    ("x2 = F.dropout(x)", "works while judging too. Write training=self.training."),
    ("x2 = torch.mean(x, 'h')", "expected one dimension or several"),
    ("x2 = torch.cat([x, x], dim=1, out=x)", "is drawn without “out”"),
    ("a, b = self.conv(x)", "2 names for one result. Give it one name."),
    ("a, b, c = self.lstm(x)", "3 names for 2 results. Give each one a name."),
    ("x2 = self.conv(self.lstm(x))", "Several results arrive here (y, h, c), where one is expected."),
    ("x2 = self.lstm(x)[7]", "takes nothing that is there"),
    ("x2 = x[0]", "“x[0]” is not read. Expected x[:, place] or x[:, from:to]"),
    ("x2 = x[..., 0]", "“x[..., 0]” is not read."),
    ("self.memory = x", "forward keeps “self.memory”, but a drawing keeps nothing between calls."),
    ("x2 = x; return x2; x3 = x", "This is never reached: forward has returned before."),
    ("with torch.no_grad(): x = self.conv(x)", "Here stands a with block"),
    ("assert x is not None", "Here stands a check (assert)"),
    ("yield x", "Here stands a generator"),
    ("del x", "Here stands a name that is deleted"),
]


@pytest.mark.parametrize(("called", "said"), CALLED, ids=[called for called, _ in CALLED])
def test_what_forward_cannot_say_is_named_with_its_line(called: str, said: str) -> None:
    first = read(called=called).unread[0]
    assert said in str(first.message)
    assert first.line == 21
    assert first.text == called or first.text == "return x"


def test_a_line_that_is_lost_is_named_once_and_what_follows_is_read() -> None:
    reading = read(called="y = self.nothing(x)\nz = torch.exp(y)\nx = x + z")
    assert [one.line for one in reading.unread] == [21]
    assert reading.project is not None
    nodes = reading.project.networks["Net"].nodes
    assert [node.type for node in nodes.values()] == ["input", "conv2d", "exp", "add", "lstm", "output"]
    assert reading.project.networks["Net"].into("exp_1") == []


def test_every_sentence_is_told_in_chinese_too() -> None:
    chinese = translator("zh_CN")
    sentences = [read(made=made).unread[0].message for made, _ in MADE]
    sentences += [read(called=called).unread[0].message for called, _ in CALLED]
    for message in sentences:
        text = message.render(chinese)
        assert re.search(r"[\u4e00-\u9fff]", text), text
        assert "Here stands" not in text


def test_the_top_of_a_text_is_looked_at_too() -> None:
    text = HEAD.replace("{made}", "").replace("{called}", "")
    text = "from os import *\nWIDTH = open('x')\nclass Other: pass\nprint(1)\n" + text
    reading = read_source(text)
    assert [(one.line, str(one.message)[:30]) for one in reading.unread] == [
        (1, "Import names one by one: what "),
        (2, "Here stands a call, which a dr"),
        (3, "“Other” is no nn.Module, so it"),
        (4, "Here stands a call, which a dr"),
    ]
    assert reading.networks == ("Net",)


def test_an_input_whose_shape_is_not_told_is_asked_for() -> None:
    text = HEAD.replace("{made}", "").replace("{called}", "").replace("x: B × 3 × 8 × 8", "")
    line, sentence = only(read_source(text))
    assert (line, sentence[:34]) == (19, "What shape “x” has is not told. Wr")


def test_a_changed_copy_of_an_own_layer_is_named_and_read_as_the_layer() -> None:
    project, _ = chain(("input", {"shape": (16,)}), ("reshape", {"shape": (4, 4)}), ("output", {}))
    text = source(project).replace("x.reshape(x.shape[0], *self.shape)", "x.reshape(x.shape[0], 7)")
    reading = read_source(text)
    (one,) = reading.unread
    assert one.text == "class Reshape(nn.Module):"
    assert "“Reshape” is a layer of Netwright's own" in str(one.message)
    assert reading.project is not None
    assert source(reading.project) == source(project)


REFUSED = {
    "no python": ("class Net(:", "This is no Python"),
    "brackets": ("x = " + "(" * 5000 + ")" * 5000, "This is no Python"),
    "minus": ("x = " + "-" * 100_000 + "1", "nested too deeply"),
    "chain": ("x = a" + ".a" * 50_000, "nested too deeply"),
    "lambdas": ("x = " + "lambda: " * 900 + "1", "nested too deeply"),
    "ifs": ("\n".join(" " * n + "if x:" for n in range(90)) + "\n" + " " * 90 + "pass", ""),
    "digits": ("x = " + "9" * 100_000, ""),
    "null": ("x = 1\0", ""),
    "long": ("#" * 1_000_001, "The text has 1,000,001 letters; at most 1,000,000 are read."),
    "many": ("x = [" + "1," * 450_000 + "]", "too large"),
    "surrogate": ("x = '\ud800'", ""),
    "empty": ("", "There is no network here."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_text_is_refused_in_one_line(name: str) -> None:
    text, said = REFUSED[name]
    reading = read_source(text)
    assert reading.project is None
    assert 1 <= len(reading.unread) <= 3
    assert said in str(reading.unread[0].message)
    assert all(len(one.text) <= 200 and len(str(one.message)) < 400 for one in reading.unread)


def test_a_long_sum_is_read_however_long_it_is() -> None:
    reading = read(called="x = " + " + ".join(["x"] * 300))
    assert reading.unread == ()
    assert reading.project is not None
    assert len(reading.project.networks["Net"].into("add_1")) == 300


def test_nothing_of_the_text_is_run_or_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netwright_trap.py").write_text("raise SystemExit('imported')")
    monkeypatch.syspath_prepend(str(tmp_path))
    mark = tmp_path / "mark"
    touch = f"__import__('pathlib').Path({str(mark)!r}).touch()"
    text = HEAD.replace("{made}", f"self.b = nn.Linear(3, {touch})\nself.c = nn.Linear(3, int({touch}))")
    text = text.replace("{called}", touch).replace("\nself.c", "\n        self.c")
    text = f"import netwright_trap\nfrom netwright_trap import Thing\n{touch}\n{text}"
    reading = read_source(text)
    assert len(reading.unread) == 4
    assert not mark.exists()
    assert "netwright_trap" not in sys.modules


def test_the_reader_holds_nothing_that_could_run_a_text() -> None:
    folder = Path(read_source.__code__.co_filename).parent
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in (
                    "eval",
                    "exec",
                    "compile",
                    "__import__",
                    "import_module",
                )


@given(st.data())
def test_a_text_that_is_cut_about_is_never_more_than_refused(data: st.DataObject) -> None:
    project, _ = chain(*CNN)
    lines = source(project).splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.integers(0, 3)):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[data.draw(st.integers(0, len(lines) - 1))])
            case 2:
                words = lines[at].split(" ")
                words[data.draw(st.integers(0, len(words) - 1))] = data.draw(
                    st.sampled_from(
                        ["x", "self", "nn.Conv2d(1, 2, 3)", "=", "", "(", "0", "self.conv1(x)", "None"]
                    )
                )
                lines[at] = " ".join(words)
            case _:
                lines[at] = lines[at].replace("self", "x", 1)
    before = data.draw(st.sampled_from([None, project]))
    reading = read_source("\n".join(lines), before=before)
    assert reading.project is not None or reading.unread
    for one in reading.unread:
        assert 1 <= one.line <= len(lines) + 1


def test_a_project_with_mistakes_lends_its_other_networks_all_the_same() -> None:
    before = edits.add_network(Project(), "other")
    project, _ = chain(*CNN)
    reading = read_source(source(project), before=before)
    assert reading.unread == ()
    assert reading.project is not None
    assert list(reading.project.networks) == ["main", "other"]
    assert source(reading.project) == source(project)
    assert reading.project.graph(MAIN).nodes.keys() == project.graph(MAIN).nodes.keys()
