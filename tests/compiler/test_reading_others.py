"""Source that Netwright did not write is read: as others write it, with equal outputs."""

from __future__ import annotations

import math

import pytest
import torch

from studio.compiler import analyse, build
from studio.compiler.reading import Reading, read_source
from studio.graph import Initial

TEXT = '''import math
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH = 16


def swish(x: torch.Tensor, beta: float = 1.0) -> torch.Tensor:
    """Swish."""
    return x * torch.sigmoid(beta * x)


def gated(x, gate, *, power: int = 2):
    both = swish(x) * gate
    both += 1.0
    return both**power


silu = swish


class Norm(nn.Module):
    def __init__(self, width: int, eps: "float" = 1e-5, scale: object = 2.0):
        super().__init__()
        self.norm = nn.LayerNorm(width, eps)
        self.scale = scale

    def forward(self, x):
        return self.norm(x) * self.scale


class Main(nn.Module):
    """A network.

    Inputs:
        x: B × {sizes}
    """

    def __init__(self, width: int = WIDTH, heads: int = 2, bias: bool = True):
        super().__init__()
        {made}

    def forward(self, x, factor: float = 0.5):
        {called}
        return x
'''


def filled(sizes: tuple[int, ...], made: str, called: str) -> str:
    text = TEXT.replace("{sizes}", " × ".join(map(str, sizes)))
    text = text.replace("{made}", made.replace("\n", "\n        ") or "pass")
    return text.replace("{called}", called.replace("\n", "\n        "))


def read(text: str) -> Reading:
    reading = read_source(text)
    assert [(one.line, str(one.message)) for one in reading.unread] == []
    assert reading.project is not None
    assert analyse(reading.project).errors == ()
    return reading


def equal(text: str, sizes: tuple[int, ...]) -> Reading:
    """Hold what is drawn against what the text computes, with the text's own weights."""
    reading = read(text)
    assert reading.project is not None
    scope: dict[str, type[torch.nn.Module]] = {}
    exec(text, scope)
    own, drawn = scope["Main"]().eval(), build(reading.project).eval()
    x = torch.rand(3, *sizes)
    wanted = own(x.clone())  # what is lazy has weights from here on
    weights = list(own.state_dict().values())
    state = {
        name: there.reshape(value.shape)
        for (name, value), there in zip(drawn.state_dict().items(), weights, strict=True)
    }
    drawn.load_state_dict(state)
    received = drawn(x.clone())
    torch.testing.assert_close(received, wanted, rtol=0, atol=1e-6)
    return reading


def kinds(reading: Reading) -> list[str]:
    assert reading.project is not None
    return [
        one.type
        for one in reading.project.networks["main"].nodes.values()
        if one.type not in ("input", "output")
    ]


FLAT, ROWS, IMAGE = (16,), (5, 16), (4, 8, 8)

CASES: tuple[tuple[tuple[int, ...], str, str, str], ...] = (
    # functions of the text are composites, their numbers parameters
    (FLAT, "", "x = swish(x)", "composite"),
    (FLAT, "", "x = silu(x, beta=2.0) + swish(x, 3)", "composite composite add"),
    (FLAT, "", "x = gated(x, gate=x, power=3)", "composite"),
    # a class with numbers, and the defaults of the network's own arguments
    (FLAT, "self.n = Norm(width)", "x = self.n(x)", "composite"),
    (FLAT, "self.n = Norm(width, 0.1)", "x = self.n(x)", "composite"),
    (FLAT, "self.n = Norm(width, scale=0.5)", "x = self.n(x)", "composite"),
    (FLAT, "self.l = nn.Linear(width, heads * 4, bias=bias)", "x = self.l(x)", "linear"),
    (FLAT, "", "x = x * factor", "scale"),
    (FLAT, "self.l = nn.LazyLinear(width // 2, bias=False)", "x = self.l(x)", "linear"),
    (
        IMAGE,
        "self.c = nn.LazyConv2d(8, 3, padding=1)\nself.n = nn.LazyBatchNorm2d()",
        "x = self.n(self.c(x))",
        "conv2d batch_norm2d",
    ),
    # tensors that are learned
    (FLAT, "self.g = nn.Parameter(torch.ones(16))", "x = x * self.g + self.g", "parameter multiply add"),
    (ROWS, "self.p = nn.Parameter(torch.randn(1, 5, 16) * 0.02)", "x = x + self.p", "parameter add"),
    (
        ROWS,
        "self.token = nn.Parameter(torch.zeros(1, 1, width))",
        "t = self.token.expand(x.shape[0], -1, -1)\nx = torch.cat([t, x], dim=1)",
        "parameter concat",
    ),
    (
        ROWS,
        "self.token = nn.Parameter(torch.zeros(1, 1, 16))",
        "x = torch.cat((self.token.repeat(x.size(0), 1, 1), x), 1)",
        "parameter concat",
    ),
    # what is left of a recurrent layer
    (ROWS, "self.r = nn.LSTM(16, 8, batch_first=True)", "_, (h, _) = self.r(x)\nx = h[-1]", "lstm select"),
    (ROWS, "self.r = nn.GRU(16, 8, 2, batch_first=True)", "_, h = self.r(x)\nx = h[-1]", "gru select"),
    (ROWS, "self.r = nn.RNN(16, 8, batch_first=True)", "_, h = self.r(x)\nx = h[0]", "rnn select"),
    (ROWS, "self.r = nn.GRU(16, 8, batch_first=True)", "x, _ = self.r(x)\nx = x[:, -1, :]", "gru select"),
    # sizes of what arrives
    (IMAGE, "", "b = x.size(0)\nx = x.view(b, -1)", "reshape"),
    (IMAGE, "", "b, c, h, w = x.shape\nx = x.reshape(b, 4, -1).permute(0, 2, 1)", "reshape permute"),
    (IMAGE, "", "x = x.permute(0, 2, 3, 1).contiguous().flatten(1)", "permute flatten"),
    (IMAGE, "", "x = x.mean([2, 3])", "mean"),
    # several results
    (FLAT, "", "a, b = x.split(8, 1)\nx = torch.maximum(a, b)", "split maximum"),
    (FLAT, "", "a, b = torch.split(x, [4, 12], dim=1)\nx = b", "split"),
    (ROWS, "", "a, b = x[:, :4].split(2, dim=1)\nx = a - b", "slice split subtract"),
    (FLAT, "", "a, b = x.chunk(2, dim=-1)\nx = a * F.sigmoid(b)", "chunk sigmoid multiply"),
    (ROWS, "", "a, b, c, d, e = x.unbind(1)\nx = a + b + c + d + e", "select " * 5 + "add"),
    (FLAT, "", "top, _ = x.max(dim=1, keepdim=True)\nx = x - top", "max subtract"),
    (FLAT, "", "low = x.min(1, True)\nx = x - low.values", "min subtract"),
    (FLAT, "", "x = x / x.norm(dim=-1, keepdim=True)", "norm divide"),
    (FLAT, "", "x = x.split(4, 1)[1]", "slice"),
    (ROWS, "", "x = x.unbind(1)[2]", "select"),
    (FLAT, "", "x = 2 / (x.clamp_min(0.2) + 1)", "clamp scale reciprocal scale"),
    (FLAT, "", "pair = (x, -x)\nx = torch.cat(pair, 1)", "neg concat"),
    # layers one behind the other, lists and loops
    (
        FLAT,
        "self.s = nn.Sequential(nn.Linear(16, 8), nn.ReLU(inplace=True), nn.Linear(8, 4))",
        "x = self.s(x)",
        "composite",
    ),
    (
        FLAT,
        "self.ls = nn.ModuleList([nn.Linear(16, 16) for _ in range(3)])",
        "for l in self.ls:\n    x = x + torch.relu(l(x))\nelse:\n    x = x * 2",
        "linear relu add " * 3 + "scale",
    ),
    (
        FLAT,
        (
            "layers: list[nn.Module] = []\nlast = width\nfor wide in (8, 4, 2):\n"
            "    layers.append(nn.Linear(last, wide))\n    layers += [nn.ReLU()]\n    last = wide\n"
            "self.s = nn.Sequential(*layers, nn.Linear(last, 3))"
        ),
        "x = self.s(x)",
        "composite",
    ),
    (
        FLAT,
        (
            "ls = [nn.Linear(16, 16)]\nfor i in range(heads):\n    ls.append(nn.Linear(16, 16 + 0 * i))\n"
            "self.ls = nn.ModuleList(ls)"
        ),
        "for l in self.ls:\n    x = torch.tanh(l(x))",
        "linear tanh " * 3,
    ),
    (
        FLAT,
        "self.s = nn.Sequential(OrderedDict([('a', nn.Linear(16, 4)), ('b', nn.Tanh())]))",
        "x = self.s(x)",
        "composite",
    ),
    # changes in place reach every name of a tensor
    (FLAT, "", "y = x\nx += 1\nx = x * y", "scale multiply"),
    (FLAT, "", "y = x.clone()\nx.mul_(2)\nx = x + y", "scale add"),
    (FLAT, "", "pair = [x, x.exp()]\nx.clamp_(0, 0.5)\nx = torch.cat(pair, 1)", "exp clamp concat"),
    (FLAT, "", "y = x\nF.relu_(x)\nx = torch.cat([x, y], 1)", "relu concat"),
)


@pytest.mark.parametrize(
    ("sizes", "made", "called", "expected"), CASES, ids=[f"{one[1]} | {one[2]}" for one in CASES]
)
def test_what_others_write_is_read_with_equal_outputs(
    sizes: tuple[int, ...], made: str, called: str, expected: str
) -> None:
    reading = equal(filled(sizes, made, called), sizes)
    assert sorted(kinds(reading)) == sorted(expected.split())


def test_a_function_is_a_composite_of_its_name_with_its_numbers() -> None:
    project = read(filled(FLAT, "", "x = gated(swish(x, beta=0.5), x)")).project
    assert project is not None
    assert {name: [one.name for one in made.parameters] for name, made in project.composites.items()} == {
        "Swish": ["beta"],
        "Gated": ["power"],
        "Norm": ["eps", "scale"],
    }
    (first,) = [one for one in project.networks["main"].nodes.values() if one.composite == "Swish"]
    assert dict(first.parameters) == {"beta": 0.5}


@pytest.mark.parametrize(
    ("text", "initial", "std"),
    [
        ("torch.zeros(2, 16)", {"weight": Initial("zeros")}, 0.02),
        ("torch.randn(2, width) / 4", None, None),
        ("0.5 * torch.randn((2, width))", {}, 0.5),
        ("torch.full((2, 16), math.pi)", None, None),
        ("torch.full((2, 16), 3)", {"weight": Initial("constant", {"val": 3.0})}, 0.02),
    ],
)
def test_how_a_learned_tensor_begins_is_read_or_named(
    text: str, initial: dict[str, Initial] | None, std: float | None
) -> None:
    source = filled(ROWS, f"self.p = nn.Parameter({text}, requires_grad=False)", "x = x[:, :2] + self.p")
    reading = read_source(source)
    if initial is None:
        line = source.split("\n").index(f"        self.p = nn.Parameter({text}, requires_grad=False)") + 1
        assert reading.unread[0].line == line
        return
    assert reading.unread == ()
    assert reading.project is not None
    (node,) = [one for one in reading.project.networks["main"].nodes.values() if one.type == "parameter"]
    assert (node.name, node.frozen, node.initial) == ("p", True, initial)
    assert node.parameters.get("std", 0.02) == std
    assert math.prod(node.parameters["shape"]) == 32  # type: ignore[arg-type]


def test_a_tensor_that_is_spread_and_used_otherwise_is_named() -> None:
    spread = "t = self.t.expand(x.shape[0], -1, -1)"
    for called in (f"{spread}\nx = x + t + self.t", f"x = x + self.t\n{spread}"):
        reading = read_source(filled(ROWS, "self.t = nn.Parameter(torch.zeros(1, 5, 16))", called))
        assert len(reading.unread) == 1, called


@pytest.mark.parametrize(
    ("called", "said"),
    [
        ("y = x.flatten(1)\ny += 1", "This tensor was changed in place in line"),
        ("y = swish(x)\ngrow(x)\nx = x + y", "“grow” is no function that Netwright draws."),
        ("b, c = x.shape\nx = x.reshape(b, c)", "This size is known only once something arrives."),
        ("c = x.shape[1]", "This size is known only once something arrives."),
        ("x = x.split(4, 1)", "Expected a tensor here"),
        ("x = F.one_hot(x, 3)", "Write F.one_hot(…).float()."),
        ("x = F.gumbel_softmax(x)", "“F.gumbel_softmax” is no function that Netwright draws."),
        ("x = torch.einsum(x, [0, 1])", "Expected an equation as a text"),
        ("x = x.max()", "“torch.max” needs “dim”."),
        ("x = F.normalize(x, eps=0.1)", "is called without “eps”. Take it out."),
        ("x = F.pad(x, (1, 2, 3))", "takes nothing that is there"),
        ("x = x.view(-1, 5)", "“x.view(-1, 5)” does not fit what arrives: "),
        ("x = F.pad(x, (1, 1))", "“F.pad(x, (1, 1))” does not fit what arrives: "),
        (
            "x = F.interpolate(x, scale_factor=2)",
            "“F.interpolate(x, scale_factor=2)” does not fit what arrives",
        ),
        ("x = []", "forward returns nothing."),
        ("x = swish(x, gain=3)", "is called without “gain”. Take it out."),
        ("x = swish(x, 2, 3)", "takes 2 arguments by place"),
    ],
)
def test_what_is_not_read_of_other_hands_is_named(called: str, said: str) -> None:
    reading = read_source(filled(FLAT, "", called))
    assert said in str(reading.unread[0].message)


def test_a_view_that_is_read_behind_a_change_in_place_is_named_in_its_line() -> None:
    text = filled(FLAT, "", "y = x.flatten(1)\nx += 1\nx = x + y")
    (one,) = read_source(text).unread
    assert text.split("\n")[one.line - 1].strip() == one.text == "x = x + y"


def test_a_function_that_calls_itself_or_is_decorated_is_named() -> None:
    text = filled(FLAT, "", "x = again(x)").replace("silu = swish", "def again(x):\n    return again(x)")
    assert "A composite cannot contain itself: “again”." in [
        str(one.message) for one in read_source(text).unread
    ]
    text = filled(FLAT, "", "x = swish(x)").replace("def swish", "@torch.no_grad()\ndef swish")
    (one,) = read_source(text).unread
    assert one.text == "@torch.no_grad()"
