"""Every block is read from the ways in which people write it, and computes what the text computes."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
import torch
from torch.nn import functional

from studio.blocks import Block, every, find
from studio.compiler import analyse, build
from studio.compiler.reading import read_source

TEXT = '''import torch
import torch.nn.functional as F
from torch import nn


class Main(nn.Module):
    """One block.

    Inputs:
{inputs}
    """

    def forward(self, {names}):
        return {expression}
'''

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "relu": (
        "F.relu(x)",
        "torch.relu(x)",
        "x.relu()",
        "nn.functional.relu(x)",
        "F.relu(input=x)",
        "x.relu_()",
    ),
    "leaky_relu": ("F.leaky_relu(x)", "F.leaky_relu(x, 0.2)", "F.leaky_relu(x, negative_slope=0.3)"),
    "elu": ("F.elu(x)", "F.elu(x, 0.5)"),
    "gelu": ("F.gelu(x)", 'F.gelu(x, approximate="tanh")'),
    "silu": ("F.silu(x)",),
    "sigmoid": ("F.sigmoid(x)", "torch.sigmoid(x)", "x.sigmoid()"),
    "tanh": ("F.tanh(x)", "torch.tanh(x)", "x.tanh()"),
    "softmax": ("F.softmax(x, dim=1)", "torch.softmax(x, 1)", "x.softmax(-1)", "x.softmax(dim=-1)"),
    "log_softmax": ("F.log_softmax(x, dim=1)", "torch.log_softmax(x, 1)", "x.log_softmax(1)"),
    "relu6": ("F.relu6(x)",),
    "rrelu": ("F.rrelu(x, training=self.training)",),
    "celu": ("F.celu(x, 0.5)", "torch.celu(x)"),
    "selu": ("F.selu(x)", "torch.selu(x)"),
    "mish": ("F.mish(x)",),
    "softplus": ("F.softplus(x)", "F.softplus(x, beta=2.0)"),
    "softsign": ("F.softsign(x)",),
    "log_sigmoid": ("F.logsigmoid(x)",),
    "hardsigmoid": ("F.hardsigmoid(x)",),
    "hardswish": ("F.hardswish(x)",),
    "hardtanh": ("F.hardtanh(x)", "F.hardtanh(x, -2.0, 2.0)"),
    "hardshrink": ("F.hardshrink(x)", "torch.hardshrink(x, 0.2)", "x.hardshrink(0.2)"),
    "softshrink": ("F.softshrink(x, 0.3)",),
    "tanhshrink": ("F.tanhshrink(x)",),
    "threshold": ("F.threshold(x, 0.1, 20.0)", "torch.threshold(x, 0.1, 20.0)"),
    "glu": ("F.glu(x)", "F.glu(x, dim=1)"),
    "softmin": ("F.softmin(x, dim=1)",),
    "attention": ("F.scaled_dot_product_attention(x, y, z)",),
    "concat": (
        "torch.cat([x, y], dim=1)",
        "torch.cat((x, y), 1)",
        "torch.concat([x, y], dim=-1)",
        "torch.concatenate([x, y], dim=1)",
    ),
    "matmul": ("torch.matmul(x, y)", "x.matmul(y)", "x @ y", "torch.bmm(x, y)", "x.bmm(y)"),
    "maximum": ("torch.maximum(x, y)", "x.maximum(y)", "torch.max(x, y)"),
    "minimum": ("torch.minimum(x, y)", "x.minimum(y)", "torch.min(x, y)"),
    "stack": ("torch.stack([x, y], dim=1)", "torch.stack((x, y), -1)"),
    "einsum": ('torch.einsum("bif,bjf->bij", x, y)', 'torch.einsum("bif,bjf->bij", [x, y])'),
    "lerp": ("torch.lerp(x, y, z)", "x.lerp(y, z)"),
    "add": ("x + y", "torch.add(x, y)", "x.add(y)", "x.add_(y)"),
    "multiply": ("x * y", "torch.mul(x, y)", "x.mul(y)", "torch.multiply(x, y)"),
    "subtract": ("x - y", "torch.sub(x, y)", "x.sub(y)", "torch.subtract(x, y)"),
    "divide": ("x / y", "torch.div(x, y)", "x.div(y)", "torch.true_divide(x, y)"),
    "cosine_similarity": ("F.cosine_similarity(x, y)", "torch.cosine_similarity(x, y, dim=1)"),
    "pairwise_distance": ("F.pairwise_distance(x, y)", "torch.pairwise_distance(x, y, p=1.0)"),
    "cdist": ("torch.cdist(x, y)", "torch.cdist(x, y, p=1.0)"),
    "constant": ("x + torch.ones(16)", "x * torch.full((1, 16), 0.5)", "x + torch.zeros(1, 16)"),
    "exp": ("torch.exp(x)", "x.exp()"),
    "log": ("torch.log(x)", "x.log()"),
    "sqrt": ("torch.sqrt(x)", "x.sqrt()"),
    "square": ("torch.square(x)", "x.square()"),
    "abs": ("torch.abs(x)", "x.abs()", "torch.absolute(x)"),
    "neg": ("torch.neg(x)", "x.neg()", "-x", "torch.negative(x)"),
    "reciprocal": ("torch.reciprocal(x)", "x.reciprocal()"),
    "sin": ("torch.sin(x)", "x.sin()"),
    "cos": ("torch.cos(x)", "x.cos()"),
    "power": ("torch.pow(x, 3.0)", "x.pow(2)", "x**2", "x**0.5", "x.rsqrt()"),
    "clamp": ("torch.clamp(x, 0, 6)", "x.clamp(min=0.0)", "x.clip(-1, 1)", "torch.clamp(x, max=0.5)"),
    "scale": ("x * 2", "2.0 * x", "x + 1", "1 - x", "x - 0.5", "x / 4", "x.mul(2)", "torch.add(x, 1)"),
    "mean": ("torch.mean(x, dim=1)", "x.mean(1)", "x.mean(dim=(1,), keepdim=True)", "x.mean([-1])"),
    "sum": ("torch.sum(x, dim=1)", "x.sum(1)", "x.sum(dim=-1, keepdim=True)"),
    "max": (
        "torch.amax(x, 1)",
        "x.amax(dim=1)",
        "x.max(dim=1)[0]",
        "x.max(1, keepdim=True).values",
        "torch.max(x, dim=1)[0]",
    ),
    "min": ("torch.amin(x, 1)", "x.amin(dim=1)", "x.min(dim=1)[0]", "torch.min(x, 1).values"),
    "std": ("torch.std(x, dim=1)", "x.std(1)"),
    "var": ("torch.var(x, dim=1)", "x.var(1, keepdim=True)"),
    "logsumexp": ("torch.logsumexp(x, dim=1)", "x.logsumexp(1)"),
    "norm": (
        "torch.linalg.vector_norm(x, dim=1)",
        "torch.norm(x, dim=1)",
        "x.norm(dim=-1, keepdim=True)",
        "x.norm(1, dim=1)",
        "torch.linalg.norm(x, dim=1)",
    ),
    "prod": ("torch.prod(x, 1)", "x.prod(dim=1)"),
    "argmax": ("torch.argmax(x, dim=1)", "x.argmax(1)", "x.max(1)[1]", "x.max(dim=1).indices"),
    "cumsum": ("torch.cumsum(x, dim=1)", "x.cumsum(1)"),
    "layer_norm": ("F.layer_norm(x, (16,))", "F.layer_norm(x, [16], eps=1e-3)"),
    "rms_norm": ("F.rms_norm(x, (16,))",),
    "local_response_norm": ("F.local_response_norm(x, 3)",),
    "normalize": ("F.normalize(x)", "F.normalize(x, dim=-1)", "F.normalize(x, p=1.0, dim=1)"),
    "instance_norm1d": ("F.instance_norm(x)",),
    "instance_norm2d": ("F.instance_norm(x)",),
    "instance_norm3d": ("F.instance_norm(x)",),
    **{
        f"{kind}_pad{dims}d": tuple(f"F.pad(x, {(1, 2) * given}{more})" for given in sizes)
        for dims in (1, 2, 3)
        for kind, more, sizes in (
            ("zero", "", range(1, dims + 1)),
            ("constant", ", value=2.0", range(1, dims + 1)),
            ("reflection", ', mode="reflect"', (dims,)),
            ("replication", ', mode="replicate"', (dims,)),
            ("circular", ', "circular"', (dims,)),
        )
    },
    **{
        f"{kind}_pool{dims}d": (f"F.{kind}_pool{dims}d(x, 2)", f"F.{kind}_pool{dims}d(x, 2, stride=1)")
        for dims in (1, 2, 3)
        for kind in ("max", "avg")
    },
    **{f"lp_pool{dims}d": (f"F.lp_pool{dims}d(x, 2.0, 2)",) for dims in (1, 2, 3)},
    **{f"adaptive_avg_pool{dims}d": (f"F.adaptive_avg_pool{dims}d(x, 1)",) for dims in (1, 2, 3)},
    **{f"adaptive_max_pool{dims}d": (f"F.adaptive_max_pool{dims}d(x, 2)",) for dims in (1, 2, 3)},
    "fractional_max_pool2d": ("F.fractional_max_pool2d(x, 2, output_size=4)",),
    "fractional_max_pool3d": ("F.fractional_max_pool3d(x, 2, output_size=4)",),
    "dropout": ("F.dropout(x, 0.3, self.training)", "F.dropout(x, training=self.training)"),
    "dropout1d": ("F.dropout1d(x, 0.3, training=self.training)",),
    "dropout2d": ("F.dropout2d(x, 0.3, training=self.training)",),
    "dropout3d": ("F.dropout3d(x, 0.3, training=self.training)",),
    "alpha_dropout": ("F.alpha_dropout(x, 0.3, training=self.training)",),
    "feature_alpha_dropout": ("F.feature_alpha_dropout(x, 0.3, training=self.training)",),
    "flatten": ("torch.flatten(x, 1)", "x.flatten(1)", "x.flatten(start_dim=1)", "x.contiguous().flatten(1)"),
    "reshape": (
        "x.view(x.size(0), -1)",
        "x.view(x.shape[0], 4, -1)",
        "x.reshape(-1, 256)",
        "torch.reshape(x, (-1, 4, 64))",
        "x.reshape((x.shape[0], 256))",
    ),
    "permute": ("x.permute(0, 2, 1)", "torch.permute(x, (0, 2, 1))"),
    "select": ("x[:, -1]", "x[:, 0]", "x.select(1, 2)", "torch.select(x, 1, 0)", "x[:, :, 3]"),
    "upsample": ("F.interpolate(x, scale_factor=2)", 'F.interpolate(x, scale_factor=2, mode="bilinear")'),
    "upsample1d": ("F.interpolate(x, scale_factor=2)",),
    "upsample3d": ("F.interpolate(x, scale_factor=2)",),
    "resize": ('F.interpolate(x, size=(8, 8), mode="bilinear")', 'F.interpolate(x, (8, 8), mode="nearest")'),
    "pixel_shuffle": ("F.pixel_shuffle(x, 2)", "torch.pixel_shuffle(x, 2)"),
    "pixel_unshuffle": ("F.pixel_unshuffle(x, 2)",),
    "channel_shuffle": ("F.channel_shuffle(x, 2)", "torch.channel_shuffle(x, 4)"),
    "unfold": ("F.unfold(x, 3)", "F.unfold(x, kernel_size=3, padding=1)"),
    "fold": ("F.fold(x, output_size=(8, 8), kernel_size=2, stride=2)",),
    "unflatten": ("torch.unflatten(x, 1, (4, 4))", "x.unflatten(1, (4, 4))"),
    "transpose": ("torch.transpose(x, 1, 2)", "x.transpose(1, 2)", "x.swapaxes(1, 2)", "x.mT"),
    "squeeze": ("torch.squeeze(x, 1)", "x.squeeze(1)"),
    "unsqueeze": ("torch.unsqueeze(x, 1)", "x.unsqueeze(-1)", "x[:, None]"),
    "flip": ("torch.flip(x, [1])", "x.flip(1)", "x.flip((1,))", "x.flip(dims=(1,))"),
    "roll": ("torch.roll(x, 1, 1)", "x.roll(2, 1)", "x.roll(shifts=1, dims=1)"),
    "repeat": ("torch.repeat_interleave(x, 2, dim=1)", "x.repeat_interleave(2, 1)"),
    "chunk": ("torch.chunk(x, 2, dim=1)[0]", "x.chunk(2, 1)[1]"),
    "split": ("torch.split(x, [4, 12], dim=1)[1]", "x.split((4, 12), 1)[0]"),
    "slice": ("x[:, 2:5]", "x[:, ::2]", "x[:, :-1]", "x.narrow(1, 2, 3)"),
    "gather": ("torch.gather(x, 1, index=y)", "x.gather(1, index=y)", "x.gather(1, y)"),
    "one_hot": ("F.one_hot(x, 10).float()", "F.one_hot(x, num_classes=10).float()"),
}
"""Block to the ways to write it; x, y and z arrive at its ports."""

WEIGHTS = re.compile(
    r"(depthwise_)?conv(_transpose)?[123]d|(bi)?linear|embedding(_bag)?|prelu|group_norm|(lstm|gru)(_cell)?"
)
"""Blocks whose functions take weights, which stand in no drawing: they are read as layers."""

DRAWS = {"gumbel_softmax"}
"""Blocks whose functions draw while judging too: what they give cannot be held against anything."""

PLACES = {f"max_{kind}" for dims in (1, 2, 3) for kind in (f"pool{dims}d_places", f"unpool{dims}d")}
"""Blocks whose functions are called otherwise where places are wanted: they are read as layers."""


def functions(block: Block) -> set[str]:
    """Name the functions of torch that are called as a block is."""
    short = block.target.rpartition(".")[2]
    names = {block.type, short.lower(), re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", short).lower()}
    homes = (functional, torch, torch.Tensor)
    return {name for name in names if any(callable(getattr(home, name, None)) for home in homes)}


def arriving(block: Block) -> dict[str, tuple[tuple[int, ...], str]]:
    """Give shape and dtype of what arrives: x, y and z."""
    shapes = []
    for port in block.inputs:
        if (not port.optional or block.type == "einsum") and port.name in block.example:
            dtype = "int64" if port.dtype == "int" else "float32"
            shapes += [(block.example[port.name], dtype)] * (2 if port.many else 1)
    return dict(zip("xyz", shapes or [((16,), "float32")], strict=False))


def test_every_block_that_torch_has_as_a_function_is_in_the_table() -> None:
    blocks = [block for block in every() if block.call in ("module", "function")]
    lacking = {block.type for block in blocks if functions(block) and block.type not in SPELLINGS}
    assert {one for one in lacking if not WEIGHTS.fullmatch(one)} == DRAWS | PLACES


@pytest.mark.parametrize("kind", SPELLINGS)
def test_a_block_is_read_from_every_spelling(kind: str) -> None:
    block = find(kind)
    assert block is not None
    there = arriving(block)
    torch.manual_seed(0)
    given = [
        torch.rand(2, *shape) + 0.1 if dtype == "float32" else torch.randint(0, min(shape), (2, *shape))
        for shape, dtype in there.values()
    ]
    inputs = "\n".join(
        f"        {name}: {' × '.join(['B', *map(str, shape)])} ({dtype})"
        for name, (shape, dtype) in there.items()
    )
    for expression in SPELLINGS[kind]:
        text = TEXT.format(inputs=inputs, names=", ".join(there), expression=expression)
        reading = read_source(text)
        assert reading.unread == (), f"{expression}: {[str(one.message) for one in reading.unread]}"
        assert reading.project is not None
        (network,) = reading.project.networks.values()
        assert kind in [node.type for node in network.nodes.values()], expression
        assert analyse(reading.project).errors == (), expression
        scope: dict[str, type[torch.nn.Module]] = {}
        exec(text, scope)
        own, drawn = scope["Main"](), build(reading.project)
        for training in (False, True):
            torch.manual_seed(1)
            wanted = own.train(training)(*[one.clone() for one in given])
            torch.manual_seed(1)
            received = drawn.train(training)(*[one.clone() for one in given])
            torch.testing.assert_close(received, wanted, rtol=0, atol=1e-6, equal_nan=True, msg=expression)
