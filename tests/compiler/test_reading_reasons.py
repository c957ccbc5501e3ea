"""Why a line cannot be read is told truly; a line that only follows from one named before is not named."""

from __future__ import annotations

import pytest
import torch

from studio.compiler import build
from studio.compiler.reading import Reading, read_source
from studio.graph.text import translator

HEAD = '''import torch
from torch import nn


class Part(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        {part}


class Main(nn.Module):
    """A network.

    Inputs:
        x: B × 12 × 16
    """

    def __init__(self):
        super().__init__()
        self.part = Part(16)
        self.one = nn.LSTM(16, 8, batch_first=True)
        self.two = nn.LSTM(16, 8, 2, batch_first=True)
        self.both = nn.LSTM(16, 8, batch_first=True, bidirectional=True)

    def forward(self, x):
        {called}
'''


def read(called: str, part: str = "return self.qkv(x)") -> Reading:
    indent = "\n        "
    return read_source(
        HEAD.replace("{part}", part.replace("\n", indent)).replace("{called}", called.replace("\n", indent))
    )


STATE = "is the state of one layer in one direction. Only that of the last layer is drawn"
SIZE = "This size is known only once something arrives."
REASONS = [
    ("_, (h, c) = self.both(x)\nreturn h[-1]", f"“h[-1]” {STATE}"),
    ("_, (h, c) = self.both(x)\nreturn h[-2]", f"“h[-2]” {STATE}"),
    ("_, (h, c) = self.two(x)\nreturn h[0]", f"“h[0]” {STATE}"),
    ("_, (h, c) = self.one(x)\nreturn h[-2]", "“h[-2]” takes nothing that is there."),
    ("_, (h, c) = self.two(x)\nreturn h[2]", "“h[2]” takes nothing that is there."),
    ("return x.permute(1, 0, 2)", "“x.permute(1, 0, 2)” does not keep the batch where it is."),
    ("return x.reshape(4, -1)", "“x.reshape(4, -1)” does not keep the batch where it is."),
    ("B, T, C = x.shape\nreturn x.view(B, T, 4, 4).permute(2, 0, 1, 3)", SIZE),
    ("B, T, C = x.size()\nreturn x.view(B, T, 4, 4)", SIZE),
    (
        "k = missing(x)\nk = k.view(1, 12, 4, 4)\nk = k.permute(1, 0, 2, 3)\nreturn k",
        "“missing” is no function",
    ),
    ("b = missing(x)\nreturn x.view(b, 4, -1)", "“missing” is no function"),
]


@pytest.mark.parametrize(("called", "said"), REASONS)
def test_the_true_reason_is_told_and_only_once(called: str, said: str) -> None:
    (one,) = read(called).unread
    assert said in str(one.message)
    assert one.message.render(translator("zh_CN")) != str(one.message)


def test_pieces_whose_number_a_parameter_tells_are_named() -> None:
    (one,) = read("return self.part(x)", "q, k, v = self.qkv(x).split(self.dim, dim=2)\nreturn q + k").unread
    assert str(one.message).startswith("How many pieces “self.qkv(x).split(self.dim, dim=2)” gives is told")
    assert "chunk(3, dim=…)" in str(one.message)
    assert one.message.render(translator("zh_CN")) != str(one.message)
    assert not read("return self.part(x)", "q, k, v = self.qkv(x).chunk(3, dim=2)\nreturn q + k").unread


def test_a_convolution_whose_sizes_differ_is_no_depthwise_one() -> None:
    made = HEAD.replace("nn.Linear(dim, 3 * dim)", "nn.Conv1d(dim, wide, 3)")
    reading = read_source(
        made.replace("{part}", "return self.qkv(x)").replace("{called}", "return self.part(x)")
    )
    assert [str(one.message) for one in reading.unread] == [
        "“wide” is not known here. Write the number itself."
    ]


def test_the_sizes_of_a_tensor_are_read_as_its_shape_is() -> None:
    reading = read("B, T, C = x.size()\nreturn x.view(B, 12, 4, 4)")
    assert not reading.unread
    assert reading.project is not None
    data = torch.rand(3, 12, 16)
    torch.testing.assert_close(build(reading.project)(data), data.view(3, 12, 4, 4))
