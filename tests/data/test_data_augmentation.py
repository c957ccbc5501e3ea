"""Pictures that are varied: the same bits however they are dealt out, only while learning, masks go along."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from studio.data import load
from studio.data.augmentation import Augmentation
from studio.data.dataset import INPUT, TARGET
from studio.data.previewing import preview
from studio.data.variation import draws
from studio.graph import Value
from studio.project import Choice
from studio.train.loop.feed import Feed
from tests.data.own_files import masked, picture

EVERYTHING = Augmentation("both", 2, 20.0, 0.3, 0.3, 0.5)
SETTINGS: tuple[Augmentation, ...] = (
    *(Augmentation(flip) for flip in ("horizontal", "vertical", "both")),
    *(Augmentation(crop=3), Augmentation(rotate=30.0), Augmentation(zoom=0.4)),
    *(Augmentation(jitter=0.4), Augmentation(erase=1.0), EVERYTHING),
)


def images(count: int = 8) -> torch.Tensor:
    return torch.rand(count, 1, 10, 12, generator=torch.Generator().manual_seed(1)) * 2 - 1


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_sample_comes_out_the_same_in_whatever_batch_it_stands(setting: Augmentation) -> None:
    whole, places = images(), torch.arange(8)
    together, _ = setting.batch(whole, seed=3, epoch=2, places=places)
    alone = [setting.batch(whole[[n]], seed=3, epoch=2, places=places[[n]])[0][0] for n in range(8)]
    turned, _ = setting.batch(whole.flip(0), seed=3, epoch=2, places=places.flip(0))
    assert torch.equal(together, torch.stack(alone))
    assert torch.equal(together, turned.flip(0))
    assert together.shape == whole.shape
    assert float(together.abs().max()) <= 1 + 1e-5
    assert not torch.equal(together, whole)
    for seed, epoch in ((3, 3), (4, 2)):
        assert not torch.equal(together, setting.batch(whole, seed=seed, epoch=epoch, places=places)[0])


def test_the_random_state_is_left_alone() -> None:
    before = torch.get_rng_state()
    EVERYTHING.batch(images(), seed=0, epoch=0, places=torch.arange(8))
    assert torch.equal(before, torch.get_rng_state())


def test_draws_are_spread_evenly_and_are_independent() -> None:
    found = draws(7, 1, torch.arange(20_000), 4)
    assert torch.allclose(found.mean(0), torch.full((4,), 0.5, dtype=torch.float64), atol=0.01)
    assert torch.allclose(found.var(0), torch.full((4,), 1 / 12, dtype=torch.float64), atol=0.003)
    assert (torch.corrcoef(found.T) - torch.eye(4)).abs().max() < 0.03
    assert float(torch.corrcoef(torch.stack([found[:-1, 0], found[1:, 0]]))[0, 1]) < 0.03


def test_masks_go_along_and_a_picture_that_is_its_own_target_stays_that() -> None:
    whole = images()
    masks = (whole[:, 0] > 0).long()
    setting = Augmentation("both", 2)
    draw = {"seed": 1, "epoch": 0, "places": torch.arange(8)}
    targets = {"mask": masks, "itself": whole, "label": torch.arange(8), "each": masks[:, None].float()}
    inputs, found = setting.samples({INPUT: whole}, targets, **draw)  # type: ignore[arg-type]
    inside = inputs[INPUT][:, 0] > -1  # what is shifted in is black
    assert torch.equal((inputs[INPUT][:, 0] > 0)[inside], found["mask"].bool()[inside])
    assert torch.equal(found["itself"], inputs[INPUT])
    assert torch.equal(found["each"][:, 0].long(), found["mask"])
    assert torch.equal(found["label"], torch.arange(8))


def folder(root: Path, **values: Value) -> Choice:
    for n in range(6):
        for name, colour in (("cat", (250, 0, 0)), ("dog", (0, 0, 250))):
            picture(root / name / f"{n}.png", colour).exists()
    sizes: dict[str, Value] = {"height": 6, "width": 8, "validation": 0.25, "test": 0.0}
    return Choice("image_folder", {"folder": str(root), **sizes, **values})


def test_only_what_is_learned_from_is_varied(tmp_path: Path) -> None:
    data = load(folder(tmp_path, rotate=45.0))
    assert data.augmentation is not None
    assert data.augmentation.mean == (0.5, 0.5, 0.5)
    feed = Feed(data.train, torch.device("cpu"), channels_last=False, keep=True, varied=data.augmentation)
    feed.shuffle(5, 1)
    first = feed.shuffled(0, 4)
    feed.shuffle(5, 2)
    assert torch.equal(next(iter(feed.straight(9))).inputs[INPUT], data.train.inputs[INPUT])
    feed.shuffle(5, 1)
    again = torch.cat([feed.shuffled(0, 1).inputs[INPUT], feed.shuffled(1, 4).inputs[INPUT]])
    assert torch.equal(first.inputs[INPUT], again)
    assert not torch.equal(first.inputs[INPUT][0], data.train.inputs[INPUT][0])
    shown = []
    for epoch in (1, 2):
        feed.shuffle(5, epoch)
        feed._order = torch.arange(4)
        shown.append(feed.shuffled(0, 4).inputs[INPUT])
    assert not torch.equal(shown[0], shown[1])  # another epoch, other pictures
    assert load(folder(tmp_path)).augmentation is None


def test_before_and_after_are_shown(tmp_path: Path) -> None:
    data = load(Choice("image_masks", {**masked(tmp_path), "height": 6, "width": 8, "crop": 3}))
    shown = preview(data, [0, 2, 99], seed=1, epochs=(0, 1))
    assert [one.place for one in shown] == [0, 2]
    assert all(one.before[:3] == one.after[0][:3] == (8, 6, 3) for one in shown)
    assert len({drawn for one in shown for drawn in (one.before, *one.after)}) > 3
    feed = Feed(data.train, torch.device("cpu"), channels_last=False, keep=True, varied=data.augmentation)
    feed.shuffle(1, 0)
    batch = feed.shuffled(0, feed.count)
    assert shown[0].after[0] in [data.preprocessing.pixels(image) for image in batch.inputs[INPUT]]
    assert batch.targets[TARGET].shape == (feed.count, 6, 8)
