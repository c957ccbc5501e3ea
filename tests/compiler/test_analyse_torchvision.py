"""Published networks: exactly torchvision's parameters, its operations within 0.1 %, its outputs."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction

import pytest
import torch

from studio.compiler import analyse, build
from studio.compiler.costs import rows, weights_in
from studio.data.vision import torchvision
from studio.project import Project
from tests.torchvision_models import DRAWN, IMAGE, flat, googlenet, resnet50, unet


def published(name: str) -> tuple[int, float]:
    """Give the parameters and the billions of operations that torchvision publishes of a network."""
    torchvision()
    from torchvision.models import get_model_weights

    meta = get_model_weights(name).DEFAULT.meta
    return meta["num_params"], meta["_ops"]


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_counts_are_those_that_torchvision_publishes(name: str) -> None:
    report = analyse(DRAWN[name]())
    parameters, operations = published(name)
    assert report.ok
    assert report.parameters == parameters
    assert report.multiply_adds is not None
    # Published with three digits behind the point, which is the most that can be told.
    assert abs(report.multiply_adds / 1e9 - operations) <= max(0.001 * operations, 0.0005)


class _UNet(torch.nn.Module):
    """U-Net as a person writes it: what our drawing has to have the parameters of."""

    def __init__(self, base: int = 64, levels: int = 4) -> None:
        super().__init__()
        widths = [base * 2**level for level in range(levels + 1)]
        ins = [1, *widths[:-1]]
        self.down = torch.nn.ModuleList(_double(a, b) for a, b in zip(ins, widths, strict=True))
        back = list(itertools.pairwise(widths))[::-1]
        self.up = torch.nn.ModuleList(torch.nn.ConvTranspose2d(wide, thin, 2, 2) for thin, wide in back)
        self.joined = torch.nn.ModuleList(_double(wide, thin) for thin, wide in back)
        self.last = torch.nn.Conv2d(base, 2, 1)


def _double(channels: int, filters: int) -> torch.nn.Sequential:
    return torch.nn.Sequential(
        torch.nn.Conv2d(channels, filters, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.Conv2d(filters, filters, 3, padding=1),
        torch.nn.ReLU(),
    )


@pytest.mark.parametrize(
    ("draw", "parameters"),
    [
        (resnet50, 25_557_032),
        (googlenet, 6_624_904),
        (unet, sum(value.numel() for value in _UNet().parameters())),
    ],
)
def test_large_networks_have_their_parameters_with_composites_and_without(
    draw: Callable[[], Project], parameters: int
) -> None:
    for project in (draw(), flat(draw())):
        report = analyse(project)
        assert report.ok
        assert report.parameters == parameters


@pytest.mark.parametrize("name", ["alexnet", "mobilenet_v2", "resnet18"])
def test_outputs_are_those_of_torchvisions_module_with_the_same_weights(name: str) -> None:
    torchvision()
    from torchvision.models import get_model

    theirs, ours = get_model(name).eval(), build(DRAWN[name](), seed=0).eval()
    state = theirs.state_dict()
    own = ours.state_dict()
    assert [value.shape for value in own.values()] == [value.shape for value in state.values()]
    ours.load_state_dict(dict(zip(own, state.values(), strict=True)), strict=True)
    data = torch.randn(2, *IMAGE, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        assert torch.equal(ours(data), theirs(data))


def test_the_receptive_field_of_resnet18_is_the_known_one() -> None:
    # Every place before the last pooling sees 435 x 435 pixels, 32 apart (Araujo et al., 2019).
    found = {row.name: row.field for row in rows(analyse(DRAWN["resnet18"]()))}
    last = found["basic5"]
    assert last is not None
    assert last.sizes == (435, 435)
    assert last.jumps == (Fraction(32), Fraction(32))


@pytest.mark.parametrize("name", ["mobilenet_v2", "resnet18"])
def test_learnable_tensors_have_the_names_and_sizes_of_the_modules(name: str) -> None:
    project = DRAWN[name]()
    report = analyse(project)
    assert report.walk is not None
    told = [(weight.name, weight.shape) for weight, trained in weights_in(report.walk) if trained]
    assert told == [(key, tuple(value.shape)) for key, value in build(project).named_parameters()]
    by_row = {row.id: [weight.name for weight in row.weights] for row in rows(report)}
    assert [f"{report.walk.names[key]}.{each}" for key in by_row for each in by_row[key]] == [
        key for key, _ in told
    ]
