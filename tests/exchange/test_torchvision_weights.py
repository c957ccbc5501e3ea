"""The drawn ResNet-18, MobileNet v2 and ShuffleNet v2 take torchvision's weights and compute the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import torch
from safetensors.torch import save
from torch import nn

from studio import api
from studio.data.vision import torchvision
from studio.exchange import WeightsError, fit
from studio.graph import Value
from studio.project import Project, edits
from studio.project.file import read
from studio.project.gallery import TEMPLATES
from tests.drawing import MAIN

torchvision()

# isort: split
from torchvision.models import mobilenet_v2, resnet18, shufflenet_v2_x1_0  # noqa: E402  # only after that

FULL: Mapping[str, tuple[Callable[[], nn.Module], int]] = {
    "resnet": (resnet18, 11_689_512),
    "mobilenet": (mobilenet_v2, 3_504_872),
    "shufflenet": (shufflenet_v2_x1_0, 2_278_604),
}
"""Template to torchvision's network, and to the count that torchvision publishes."""


def drawn(id: str) -> Project:
    return read(TEMPLATES / id / "full.netwright")


def published(id: str, seed: int = 0) -> nn.Module:
    """Make torchvision's network with weights, means and spreads that are nobody's default."""
    torch.manual_seed(seed)
    model = FULL[id][0]().eval()
    for name, value in (*model.named_parameters(), *model.named_buffers()):
        with torch.no_grad():
            if name.endswith("running_var"):
                value.uniform_(0.5, 1.5)
            elif value.is_floating_point() and value.dim() == 1:
                value.normal_(1.0 if name.endswith("weight") else 0.0, 0.2)
    return model


@pytest.mark.parametrize("id", FULL)
def test_weights_of_torchvision_fit_and_give_equal_outputs(id: str, tmp_path: Path) -> None:
    model, file = published(id), tmp_path / f"{id}.pth"
    torch.save(model.state_dict(), file)
    ours = api.build(drawn(id), weights=file).eval()
    assert sum(value.numel() for value in ours.parameters()) == FULL[id][1]
    pictures = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        torch.testing.assert_close(ours(pictures), model(pictures), rtol=1e-5, atol=1e-6)
        assert not torch.allclose(ours(pictures), published(id, 1)(pictures))
    assert fit(drawn(id), file).whole


def test_another_head_stays_fresh(tmp_path: Path) -> None:
    """Transfer learning: all but the last layer of a published network, whose names are told by the order."""
    torch.save(published("mobilenet").state_dict(), tmp_path / "x.pth")
    project = drawn("mobilenet")
    (head,) = (node for node in project.graph(MAIN).of_type("linear"))
    classes: dict[str, Value] = {"out_features": 5}
    found = fit(edits.set_parameters(project, MAIN, head.id, classes), tmp_path / "x.pth")
    assert (found.missing, found.unexpected) == ((), ())
    assert found.differing == ("fc.weight: 1000 × 1280 ≠ 5 × 1280", "fc.bias: 1000 ≠ 5")
    assert len(found.given.tensors) == found.count - 2


def test_names_may_have_points_in_other_places_whatever_the_order(tmp_path: Path) -> None:
    state = dict(sorted(published("resnet").state_dict().items()))
    (tmp_path / "x.safetensors").write_bytes(save(state))
    assert fit(drawn("resnet"), tmp_path / "x.safetensors").whole


def test_another_network_of_as_many_weights_is_not_taken_by_its_order(tmp_path: Path) -> None:
    """A file that is sorted by name has a bias before its weight: its order says nothing."""
    state = published("mobilenet").state_dict()
    torch.save(dict(sorted(state.items())), tmp_path / "x.pth")
    found = fit(drawn("mobilenet"), tmp_path / "x.pth")
    assert not found.given.tensors
    with pytest.raises(WeightsError, match="of another network"):
        api.build(drawn("mobilenet"), weights=tmp_path / "x.pth")
