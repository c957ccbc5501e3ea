"""Whatever is added to a source is read with the meaning that Python gives it, or named with its line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pytest
import torch

from studio.compiler import analyse, build, source
from studio.compiler.reading import read_source
from studio.project import Project
from tests.drawing import add, chain, wire

SEED = 5

BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
    Warning,
)
"""What a text that does not run ends with."""


def drawn() -> Project:
    """Draw a small network with a skip, weights, a norm and a dropout."""
    project, ids = chain(
        ("input", {"shape": (8,)}),
        ("linear", {"out_features": 8}),
        ("relu", {}),
        ("batch_norm1d", {}),
        ("linear", {"out_features": 8}),
        ("dropout", {"p": 0.25}),
    )
    project, both = add(project, "add")
    project, end = add(project, "output", name="y")
    project = wire(project, ids[2], both)
    project = wire(project, ids[-1], both)
    return wire(project, both, end)


IN_FORWARD = """
{v}.mul_(2) | {v} += 1 | {v} *= {v} | {v} -= 0.5 | {v}.relu_() | torch.relu_({v}) | {v}.add_({v})
{v}[:, 0] = 0 | self.kept = {v} | self.relu1 = nn.Identity() | print({v}) | assert {v}.ndim == 2
global torch | del {v} | {v} = {v}.detach() | {v} = {v}.data | {v}.zero_() | {v}.fill_(0.5)
{v}.copy_({v} * 2) | {v}.clamp_(0) | {v}.abs_() | torch.manual_seed(0) | self.train() | self.eval()
{v} = {v} if self.training else {v} * 2 | {v} = {v}.clone() | {v} = {v}.float()
{v} = {v}.to(torch.float64) | {v} = {v}.double() | torch.add({v}, 1, out={v}) | lambda: {v}
nn.functional.relu({v}, inplace=True) | nn.functional.dropout({v}, training=self.training, inplace=True)
nn.functional.relu({v}, True) | {v}: torch.Tensor | 'a text' | pass | {v}.register_hook(lambda g: g * 0)
{v} | self.linear1.weight.data.mul_(2) | for _ in range(2): {v} = {v} * 2 | while False: pass
import math | for layer in self.children(): {v} = {v} * 1.5 | with torch.no_grad(): {v} = {v} * 2
if True: {v} = {v} * 2 | try:\\n    {v} = {v} * 2\\nexcept ValueError:\\n    pass
def inner():\\n    return {v} | view = {v}\\nview += 1 | view = {v}.view(-1, 8)\\nview += 1
view = {v}.clone()\\nview += 1 | one = two = {v}\\none += 1 | {v} = ({v}, {v})[0]
view = {v}[:, 2:]\\nview.mul_(3) | view = {v}.flatten(1)\\nnn.functional.relu(view, inplace=True)
{v} = {v} + int(2.7) | {v} = {v} * float(2) | {v} = int(-1.5) * {v} | {v} = {v} * (1 / 3)
{v} = {v} * True | {v} = {v} - 7 // 2 | {v} = {v} % 2 | {v} = {v} // 2 | {v} = {v} > 0 | {v} = not {v}
{v} = {v} @ {v}.mT | {v} = {v}.T | {v} = {v}.sum() | {v} = {v}.mean(0) | {v} = {v}[0:1]
{v} = {v}[..., :4] | {v} = {v}[None] | {v} = {v}.max() | {v} = {v}.flip(0)
{v} = {v}.requires_grad_(False) | {v} = torch.where({v} > 0, {v}, 0.0)
{v} = {v}.masked_fill({v} > 0, 0.0) | {v} = self.linear1.forward({v}) | {v} = super().forward({v})
{v} = self.relu1.__call__({v}) | {v} = self.linear1.weight | {v} = getattr(self, 'relu1')({v})
{v} = self({v}) | {v} = {v}.apply_(abs) | {v} = nn.ReLU()({v}) | {v} = ({v} := {v} * 2)
{v} = {v}.view(-1, 8) | {v} = {v}.view(-1, 4) | {v} = {v}.expand(2, -1, -1) | {v} = {v}.repeat(1, 2)
{v} = torch.stack([{v}, {v}]) | return {v} | return {v}, {v} | return | raise ValueError | yield {v}
scale = 3\\n{v} = {v} * scale\\nscale = 4 | {v} = {v}.softmax(0)
"""

IN_INIT = """
self.{a} = self.{a} | self.{a}.eval() | self.{a}.requires_grad_(False) | self.{a}.requires_grad_(True)
del self.{a} | self.{a}.training = False | self.{a}.weight.data.zero_() | self.{a}.forward = lambda x: x
self.{a} = nn.Tanh() | self.{a} = nn.Sequential(self.{a}, nn.Tanh())
self.{a} = nn.Sequential(nn.Tanh(), nn.ReLU(inplace=True)) | setattr(self, '{a}', nn.Identity())
self.add_module('{a}', nn.Identity()) | self.register_buffer('b', torch.zeros(1))
self.{a}, b = nn.Identity(), 1 | self.apply(print) | if True: self.{a} = nn.Identity()
torch.manual_seed(1) | for p in self.parameters(): p.requires_grad = False
nn.init.zeros_(self.{a}.weight) | nn.init.ones_(self.{a}.bias) | self.{a}: nn.Module = nn.Tanh()
nn.Linear = nn.Identity | super().train(False) | self.double() | self.scale = 2.0 | self.copy = self.{a}
self.{a} = self.b = nn.Identity() | self.{a} = None | self.{a} = nn.ReLU(inplace=True) | pass
self.{a} = nn.Parameter(torch.zeros(8)) | self.{a}.weight = nn.Parameter(torch.zeros(8, 8)) | return
width = 8 | self.{a}.register_forward_hook(lambda m, i, o: o * 2)
with torch.no_grad(): self.{a}.weight.zero_() | self.{a}.p = 0.9
self.{a} = nn.Dropout(0.5) if True else nn.ReLU()
self.{a} = nn.Sequential(nn.Linear(8, 8), nn.ReLU()).eval() | self.more = nn.ModuleList([nn.ReLU()])
self.{a} = nn.utils.spectral_norm(self.{a}) | import os | nn = None | torch = None
"""

ELSEWHERE = (
    ("class Main", "@torch.no_grad\nclass Main"),
    ("class Main", "def twice(c):\n    return c\n\n\n@twice\nclass Main"),
    ("class Main(nn.Module)", "class Mixed:\n    pass\n\n\nclass Main(nn.Module, Mixed)"),
    ("class Main(nn.Module)", "class Main(nn.Module, metaclass=type)"),
    ("class Main", "torch.set_default_dtype(torch.float64)\n\n\nclass Main"),
    ("class Main", "nn.Linear = nn.Identity\n\n\nclass Main"),
    ("class Main", "if True:\n    nn = nn\n\n\nclass Main"),
    ("class Main", "from math import *\n\n\nclass Main"),
    ("class Main", "def relu(x):\n    return x * 2\n\n\nclass Main"),
    ("    def forward", "    @torch.no_grad()\n    def forward"),
    ("    def forward", "    @torch.inference_mode()\n    def forward"),
    ("    def forward", "    @staticmethod\n    def forward"),
    ("    def forward", "    async def forward"),
    ("    def forward", "    @property\n    def width(self):\n        return 8\n\n    def forward"),
    ("    def forward", "    def __call__(self, x):\n        return x\n\n    def forward"),
    ("    def forward", "    def train(self, mode=True):\n        return self\n\n    def forward"),
    ("    def forward", "    def __setattr__(self, name, value):\n        pass\n\n    def forward"),
    ("    def __init__", "    scale = 2.0\n\n    def __init__"),
    ("    def __init__", "    training = False\n\n    def __init__"),
    ("    def __init__", "    @torch.no_grad()\n    def __init__"),
    ("__init__(self)", "__init__(self, width: int = 8)"),
    ("__init__(self)", "__init__(self, *, gain: float = 2.0, name: str = 'a')"),
    ("__init__(self)", "__init__(self, width)"),
    ("__init__(self)", "__init__(self, *more, **others)"),
    ("(self, x: torch.Tensor)", "(self, x: torch.Tensor, scale: float = 2.0)"),
    ("(self, x: torch.Tensor)", "(self, x: torch.Tensor, mask: torch.Tensor | None = None)"),
    ("(self, x: torch.Tensor)", "(self, x: torch.Tensor = torch.zeros(1, 8))"),
    ("(self, x: torch.Tensor)", "(self, x: torch.Tensor, *more)"),
    ("(self, x: torch.Tensor)", "(self, x: torch.Tensor, z: torch.Tensor)"),
    ("\n        return add1\n", "\n        return add1\n\n    forward = torch.no_grad()(forward)\n"),
    ("\n        return add1\n", "\n        return add1\n\n\nMain.forward = lambda self, x: x\n"),
    ("\n        return add1\n", "\n        return add1\n\n\nMain = torch.no_grad()(Main)\n"),
    ("\n        return add1\n", "\n        return add1 + 1 if self.training else add1\n"),
    ("\n        return add1\n", '\n        return {"y": add1, "y": x}\n'),
    ("\n        return add1\n", "\n        return [add1]\n"),
    ("\n        return add1\n", "\n        return add1\n\n    def forward(self, x):\n        return x\n"),
    ("        super().__init__()\n", "        super().__init__()\n        super().eval()\n"),
    ("        super().__init__()\n", ""),
    ("nn.Dropout(p=0.25)", "nn.Dropout(p=0.25, inplace=True)"),
    ("nn.ReLU()", "nn.ReLU(inplace=True)"),
    ("nn.ReLU()", "nn.ReLU"),
    ("nn.ReLU()", "nn.ReLU().train()"),
)


def pieces(table: str) -> list[str]:
    """Give the statements of a table; `\\n` parts their lines."""
    return [
        one.strip(" ").replace("\\n", "\n") for line in table.strip().split("\n") for one in line.split(" | ")
    ]


def mutated(text: str, statement: str) -> Iterator[str]:
    """Put a statement behind each line that names something, one at a time."""
    lines = text.split("\n")
    own = "self." if "{a}" in statement or statement in pieces(IN_INIT) else ""
    for at, line in enumerate(lines):
        left, equals, _ = line.strip().partition(" = ")
        left = left.split(":")[0]
        if equals and left.startswith("self.") == bool(own) and line.startswith(" " * 8):
            said = statement.replace("{a}", left.removeprefix("self.")).replace("{v}", left)
            yield "\n".join([*lines[: at + 1], textwrap.indent(said, " " * 8), *lines[at + 1 :]])


def behaviour(network: torch.nn.Module, gradients: bool) -> list[torch.Tensor]:
    """Give what a module keeps and computes, while training and while judging, with its gradients."""
    x = torch.linspace(-2, 2, 32).reshape(4, 8)
    found: list[torch.Tensor] = [*network.state_dict().values()]
    found += [torch.tensor(one.requires_grad) for one in network.parameters()]
    for training in (True, False):
        torch.manual_seed(2)
        results = network.train(training)(x.clone().requires_grad_() * 1)
        results = list(results.values()) if isinstance(results, dict) else results
        results = list(results) if isinstance(results, tuple | list) else [results]
        found += results
        found += [torch.tensor(one.requires_grad) for one in results]
        if gradients and all(one.requires_grad for one in results):
            torch.stack([one.square().sum() for one in results]).sum().backward()
            found += [torch.zeros(()) if one.grad is None else one.grad for one in network.parameters()]
    return found


def lived(kind: type[torch.nn.Module]) -> tuple[list[torch.Tensor], bool]:
    """Give what a class does, and whether gradients are in it: what changes in place may have none."""
    for gradients in (True, False):
        torch.manual_seed(SEED)
        network = kind()
        try:
            return behaviour(network, gradients), gradients
        except RuntimeError:
            if not gradients:
                raise
    raise AssertionError


def outcome(text: str, project: Project) -> str:
    """Tell what came of a text: it is named, does not run, or is drawn as it is meant, or wrong."""
    reading = read_source(text, before=project)
    if reading.unread:
        assert all(1 <= one.line <= text.count("\n") + 1 for one in reading.unread)
        return "named"
    assert reading.project is not None
    scope: dict[str, type[torch.nn.Module]] = {}
    linear = torch.nn.Linear
    try:
        exec(text, scope)
        wanted, gradients = lived(scope["Main"])
    except BROKEN:
        return "broken"
    finally:
        torch.nn.Linear = linear  # type: ignore[misc]
    if analyse(reading.project).errors:
        return "wrong"
    received = behaviour(build(reading.project, seed=SEED), gradients)
    same = len(wanted) == len(received) and all(
        one.shape == other.shape and one.dtype == other.dtype and torch.allclose(one, other, atol=1e-5)
        for one, other in zip(wanted, received, strict=True)
    )
    return "meant" if same else "wrong"


@pytest.mark.parametrize("statement", [*pieces(IN_FORWARD), *pieces(IN_INIT)])
def test_a_statement_that_is_added_is_meant_or_named(statement: str) -> None:
    project = drawn()
    texts = list(mutated(source(project), statement))
    assert len(texts) > 4
    wrong = [text for text in texts if outcome(text, project) == "wrong"]
    assert not wrong, wrong[0]


@pytest.mark.parametrize(("old", "new"), ELSEWHERE, ids=[new.strip() for _, new in ELSEWHERE])
def test_what_is_added_around_statements_is_meant_or_named(old: str, new: str) -> None:
    project = drawn()
    text = source(project)
    assert old in text
    assert outcome(text.replace(old, new, 1), project) != "wrong"


MEANT = (
    "{v}.mul_(2)",
    "{v} += 1",
    "{v}.relu_()",
    "{v} = {v}.clone()",
    "view = {v}\nview += 1",
    "view = {v}.clone()\nview += 1",
    "nn.functional.relu({v}, inplace=True)",
    "{v} = {v} + int(2.7)",
    "pass",
    "scale = 3\n{v} = {v} * scale\nscale = 4",
)
"""What is drawn and not only named."""


@pytest.mark.parametrize("statement", ["", *MEANT])
def test_what_is_read_is_read_as_it_is_meant(statement: str) -> None:
    project = drawn()
    text = source(project)
    texts = list(mutated(text, statement)) if statement else [text]
    assert {outcome(one, project) for one in texts} == {"meant"}
