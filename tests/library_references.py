"""What each composite of the library must compute, without Netwright: by torchvision, by torch, by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import nn

from studio.data.vision import torchvision

torchvision()

# isort: split
from torchvision.models import densenet, mobilenetv2, resnet, shufflenetv2  # noqa: E402
from torchvision.models.googlenet import BasicConv2d, Inception  # noqa: E402
from torchvision.ops import Conv2dNormActivation, SqueezeExcitation  # noqa: E402  # only after the line above

Shape = tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Case:
    """One composite with some parameters.

    Attributes:
        name: the composite.
        parameters: what is set at the node; the defaults for the rest.
        inputs: the shapes of one sample, by port.
        reference: makes the module to compare with.
        order: the layers of the reference in the order in which ours run; its own order when not given.
    """

    name: str
    parameters: Mapping[str, float]
    inputs: Mapping[str, Shape]
    reference: Callable[[], nn.Module]
    order: tuple[str, ...] = ()


class PreActivation(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(channels), _conv(channels, channels, 3)
        self.bn2, self.conv2 = nn.BatchNorm2d(channels), _conv(channels, channels, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.conv1(torch.relu(self.bn1(x)))
        return torch.add(x, self.conv2(torch.relu(self.bn2(y))))


class Joined(nn.Module):
    """A dense layer of torchvision gives only what is new."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x, self.layer(x)], 1)


class LevelUp(nn.Module):
    def __init__(self, below: int, skip: int, channels: int) -> None:
        super().__init__()
        self.up = nn.ConvTranspose2d(below, channels, 2, 2)
        self.convs = double(skip + channels, channels)

    def forward(self, x: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        up = self.up(x)
        top, left = (skip.shape[2] - up.shape[2]) // 2, (skip.shape[3] - up.shape[3]) // 2
        cut = skip[:, :, top : top + up.shape[2], left : left + up.shape[3]]
        made: torch.Tensor = self.convs(torch.cat([cut, up], 1))
        return made


class Causal(nn.Module):
    """A decoder layer of torch with the mask that ours makes itself."""

    def __init__(self, layer: nn.TransformerDecoderLayer) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: torch.Tensor, memory: torch.Tensor) -> torch.Tensor:
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1])
        made: torch.Tensor = self.layer(x, memory, tgt_mask=mask)
        return made


class Gpt(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.ln1, self.qkv, self.out = (
            nn.LayerNorm(width),
            nn.Linear(width, 3 * width),
            nn.Linear(width, width),
        )
        self.ln2, self.up, self.down = (
            nn.LayerNorm(width),
            nn.Linear(width, 4 * width),
            nn.Linear(4 * width, width),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, time, width = x.shape
        parts = self.qkv(self.ln1(x)).split(width, 2)
        q, k, v = (p.view(batch, time, self.heads, width // self.heads).transpose(1, 2) for p in parts)
        scores = q @ k.transpose(2, 3) / (width // self.heads) ** 0.5
        later = torch.ones(time, time, dtype=torch.bool).triu(1)
        seen = scores.masked_fill(later, -torch.inf).softmax(3) @ v
        x = x + self.out(seen.transpose(1, 2).reshape(batch, time, width))
        return torch.add(x, self.down(nn.functional.gelu(self.up(self.ln2(x)))))


def _conv(arriving: int, leaving: int, size: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(arriving, leaving, size, stride, size // 2, bias=False)


def double(arriving: int, channels: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for width in (arriving, channels):
        layers += [_conv(width, channels, 3), nn.BatchNorm2d(channels), nn.ReLU()]
    return nn.Sequential(*layers)


def _shortcut(arriving: int, leaving: int, stride: int) -> nn.Sequential:
    return nn.Sequential(_conv(arriving, leaving, 1, stride), nn.BatchNorm2d(leaving))


def _bottleneck(arriving: int, width: int, expansion: int = 4, stride: int = 0) -> nn.Module:
    kind = type("Bottleneck", (resnet.Bottleneck,), {"expansion": expansion})
    down = _shortcut(arriving, width * expansion, stride) if stride else None
    made: nn.Module = kind(arriving, width, stride or 1, down)
    return made


def _shuffle(arriving: int, leaving: int, stride: int) -> nn.Module:
    made: nn.Module = shufflenetv2.InvertedResidual(arriving, leaving, stride)
    return made


def _dense(layers: int, arriving: int, growth: int, bottleneck: int) -> nn.Module:
    made: nn.Module = densenet._DenseBlock(layers, arriving, bottleneck, growth, 0.0)
    return made


def _inception(arriving: int, *sizes: int) -> nn.Module:
    made: Any = Inception(arriving, *sizes)
    # torchvision has 3 x 3 where the paper has 5 x 5, as pytorch/vision#906 tells.
    made.branch3[1] = BasicConv2d(sizes[3], sizes[4], kernel_size=5, padding=2)
    for part in made.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.eps = 1e-5
    found: nn.Module = made
    return found


def _encoder(width: int, heads: int, inner: int, *, first: bool) -> nn.Module:
    return nn.TransformerEncoderLayer(width, heads, inner, batch_first=True, norm_first=first)


def _decoder(width: int, heads: int, inner: int, *, first: bool) -> nn.Module:
    return Causal(nn.TransformerDecoderLayer(width, heads, inner, batch_first=True, norm_first=first))


def _stage(layer: nn.Module, channels: int, *rest: nn.Module) -> nn.Module:
    return nn.Sequential(layer, nn.BatchNorm2d(channels), *rest)


def _up(arriving: int, leaving: int, stride: int = 2, padding: int = 1) -> nn.Module:
    return nn.ConvTranspose2d(arriving, leaving, 4, stride, padding, bias=False)


def _down(arriving: int, leaving: int, stride: int = 2, padding: int = 1) -> nn.Module:
    return nn.Conv2d(arriving, leaving, 4, stride, padding, bias=False)


ENCODER = ("self_attn", "norm1", "linear1", "linear2", "norm2")
ENCODER_FIRST = ("norm1", "self_attn", "norm2", "linear1", "linear2")
DECODER = tuple(
    f"layer.{part}" for part in "self_attn norm1 multihead_attn norm2 linear1 linear2 norm3".split()
)
DECODER_FIRST = tuple(
    f"layer.{part}" for part in "norm1 self_attn norm2 multihead_attn norm3 linear1 linear2".split()
)


def _cases() -> list[Case]:
    def case(name: str, parameters: dict[str, Any], shape: Shape, make: Callable[[], nn.Module]) -> Case:
        return Case(name, parameters, {"x": shape}, make)

    def transformer(
        name: str, inner: Any, order: tuple[str, ...], *, first: bool, memory: bool = False
    ) -> list[Case]:
        other = {"d_model": 24, "num_heads": 3, "dim_feedforward": 40, "dropout": 0.25}
        ports = [{"x": (9, width), **({"memory": (5, width)} if memory else {})} for width in (64, 24)]
        return [
            Case(name, {}, ports[0], lambda: inner(64, 4, 256, first=first), order),
            Case(name, other, ports[1], lambda: inner(24, 3, 40, first=first), order),
        ]

    return [
        case("Conv norm ReLU", {}, (3, 12, 12), lambda: Conv2dNormActivation(3, 64)),
        case(
            "Conv norm ReLU",
            {"channels": 8, "kernel_size": 5, "stride": 2},
            (4, 11, 11),
            lambda: Conv2dNormActivation(4, 8, 5, 2),
        ),
        case("Residual basic", {}, (64, 8, 8), lambda: resnet.BasicBlock(64, 64)),
        case("Residual basic", {"channels": 6}, (6, 8, 8), lambda: resnet.BasicBlock(6, 6)),
        case(
            "Residual basic down",
            {},
            (64, 8, 8),
            lambda: resnet.BasicBlock(64, 128, 2, _shortcut(64, 128, 2)),
        ),
        case(
            "Residual basic down",
            {"channels": 10, "stride": 3},
            (6, 9, 9),
            lambda: resnet.BasicBlock(6, 10, 3, _shortcut(6, 10, 3)),
        ),
        case("Residual bottleneck", {}, (256, 6, 6), lambda: _bottleneck(256, 64)),
        case(
            "Residual bottleneck",
            {"channels": 10, "expansion": 2},
            (10, 6, 6),
            lambda: _bottleneck(10, 5, 2),
        ),
        case("Residual bottleneck down", {}, (64, 6, 6), lambda: _bottleneck(64, 64, stride=1)),
        case(
            "Residual bottleneck down",
            {"width": 5, "expansion": 3, "stride": 2},
            (8, 6, 6),
            lambda: _bottleneck(8, 5, 3, 2),
        ),
        case("Residual pre-activation", {}, (64, 8, 8), lambda: PreActivation(64)),
        case("Residual pre-activation", {"channels": 6}, (6, 8, 8), lambda: PreActivation(6)),
        case("Inverted residual", {}, (32, 7, 7), lambda: mobilenetv2.InvertedResidual(32, 32, 1, 6)),
        case(
            "Inverted residual",
            {"channels": 6, "expansion": 2},
            (6, 7, 7),
            lambda: mobilenetv2.InvertedResidual(6, 6, 1, 2),
        ),
        case("Inverted residual down", {}, (32, 8, 8), lambda: mobilenetv2.InvertedResidual(32, 64, 2, 6)),
        case(
            "Inverted residual down",
            {"in_channels": 6, "channels": 10, "expansion": 3, "stride": 1},
            (6, 7, 7),
            lambda: mobilenetv2.InvertedResidual(6, 10, 1, 3),
        ),
        case("Shuffle unit", {}, (116, 7, 7), lambda: _shuffle(116, 116, 1)),
        case("Shuffle unit", {"channels": 12}, (12, 7, 7), lambda: _shuffle(12, 12, 1)),
        case("Shuffle unit down", {}, (116, 8, 8), lambda: _shuffle(116, 232, 2)),
        case("Shuffle unit down", {"channels": 14, "stride": 3}, (6, 9, 9), lambda: _shuffle(6, 14, 3)),
        case("Squeeze-excite", {}, (64, 5, 5), lambda: SqueezeExcitation(64, 16)),
        case(
            "Squeeze-excite", {"channels": 12, "reduction": 3}, (12, 5, 5), lambda: SqueezeExcitation(12, 4)
        ),
        case("Dense layer", {}, (64, 6, 6), lambda: Joined(densenet._DenseLayer(64, 32, 4, 0.0))),
        case(
            "Dense layer",
            {"growth": 3, "bottleneck": 2},
            (5, 6, 6),
            lambda: Joined(densenet._DenseLayer(5, 3, 2, 0.0)),
        ),
        case("Dense block", {}, (64, 6, 6), lambda: _dense(4, 64, 32, 4)),
        case("Dense block", {"growth": 3, "bottleneck": 2}, (5, 6, 6), lambda: _dense(4, 5, 3, 2)),
        case("Dense transition", {}, (192, 6, 6), lambda: densenet._Transition(192, 96)),
        case("Dense transition", {"channels": 5}, (9, 6, 6), lambda: densenet._Transition(9, 5)),
        case("Inception", {}, (192, 7, 7), lambda: _inception(192, 64, 96, 128, 16, 32, 32)),
        case(
            "Inception",
            {
                "out_1x1": 3,
                "reduce_3x3": 4,
                "out_3x3": 5,
                "reduce_5x5": 6,
                "out_5x5": 7,
                "out_pool": 8,
            },
            (9, 7, 7),
            lambda: _inception(9, 3, 4, 5, 6, 7, 8),
        ),
        case("Double convolution", {}, (3, 8, 8), lambda: double(3, 64)),
        case("Double convolution", {"channels": 5}, (2, 8, 8), lambda: double(2, 5)),
        case("U-Net level down", {}, (64, 8, 8), lambda: nn.Sequential(nn.MaxPool2d(2), double(64, 128))),
        case(
            "U-Net level down",
            {"channels": 5},
            (3, 9, 9),
            lambda: nn.Sequential(nn.MaxPool2d(2), double(3, 5)),
        ),
        Case("U-Net level up", {}, {"x": (128, 4, 4), "skip": (64, 8, 8)}, lambda: LevelUp(128, 64, 64)),
        Case(
            "U-Net level up", {"channels": 5}, {"x": (9, 4, 4), "skip": (4, 9, 11)}, lambda: LevelUp(9, 4, 5)
        ),
        *transformer("Encoder layer", _encoder, ENCODER, first=False),
        *transformer("Encoder layer pre-norm", _encoder, ENCODER_FIRST, first=True),
        *transformer("Decoder layer", _decoder, DECODER, first=False, memory=True),
        *transformer("Decoder layer pre-norm", _decoder, DECODER_FIRST, first=True, memory=True),
        case("GPT block", {}, (9, 64), lambda: Gpt(64, 4)),
        case("GPT block", {"d_model": 24, "num_heads": 3, "dropout": 0.5}, (9, 24), lambda: Gpt(24, 3)),
        Case("Generator start", {}, {"z": (100, 1, 1)}, lambda: _stage(_up(100, 512, 1, 0), 512, nn.ReLU())),
        Case(
            "Generator start",
            {"channels": 6},
            {"z": (9, 1, 1)},
            lambda: _stage(_up(9, 6, 1, 0), 6, nn.ReLU()),
        ),
        case("Generator stage", {}, (512, 4, 4), lambda: _stage(_up(512, 256), 256, nn.ReLU())),
        case("Generator stage", {"channels": 6}, (9, 4, 4), lambda: _stage(_up(9, 6), 6, nn.ReLU())),
        case("Generator end", {}, (64, 8, 8), lambda: nn.Sequential(_up(64, 3), nn.Tanh())),
        case("Generator end", {"channels": 1}, (6, 8, 8), lambda: nn.Sequential(_up(6, 1), nn.Tanh())),
        case("Discriminator start", {}, (3, 8, 8), lambda: nn.Sequential(_down(3, 64), nn.LeakyReLU(0.2))),
        case(
            "Discriminator start",
            {"channels": 6, "slope": 0.1},
            (1, 8, 8),
            lambda: nn.Sequential(_down(1, 6), nn.LeakyReLU(0.1)),
        ),
        case("Discriminator stage", {}, (64, 8, 8), lambda: _stage(_down(64, 128), 128, nn.LeakyReLU(0.2))),
        case(
            "Discriminator stage",
            {"channels": 6, "slope": 0.1},
            (4, 8, 8),
            lambda: _stage(_down(4, 6), 6, nn.LeakyReLU(0.1)),
        ),
        case("Discriminator end", {}, (512, 4, 4), lambda: nn.Sequential(_down(512, 1, 1, 0), nn.Flatten())),
        case("Discriminator end", {}, (7, 4, 4), lambda: nn.Sequential(_down(7, 1, 1, 0), nn.Flatten())),
    ]


CASES = _cases()
