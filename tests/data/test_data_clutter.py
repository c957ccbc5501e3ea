"""Digits in clutter: a picture holds one whole digit of its own split, and pieces leave it readable."""

from __future__ import annotations

import torch

from studio.data import Split, load
from studio.data.clutter import DIGIT, EDGE, PIECE, cluttered
from studio.data.dataset import INPUT, TARGET
from studio.project import Choice

EMPTY = -1.0


def test_every_picture_holds_one_digit_of_its_own_split() -> None:
    data = load(Choice("clutter", {"count": 60, "size": 40, "pieces": 5}))
    digits = load(Choice("digits"))
    assert [len(part) for part in (data.train, data.validation, data.test)] == [42, 6, 12]
    assert data.train.inputs[INPUT].shape == (42, 1, 40, 40)
    for part, singles in (
        (data.train, digits.train),
        (data.validation, digits.validation),
        (data.test, digits.test),
    ):
        for picture, label in zip(part.inputs[INPUT][:4, 0], part.targets[TARGET][:4], strict=True):
            assert int(label) in _standing(picture, singles)


def _standing(picture: torch.Tensor, singles: Split) -> set[int]:
    """Give which digits stand on a picture so that their middle is seen as it is."""
    inner = slice(EDGE, DIGIT - EDGE)
    windows = picture.unfold(0, DIGIT, 1).unfold(1, DIGIT, 1)[..., inner, inner].flatten(0, 1).flatten(1)
    known = singles.inputs[INPUT][:, 0, inner, inner].flatten(1)
    near = torch.cdist(windows, known, compute_mode="donot_use_mm_for_euclid_dist")
    return set(singles.targets[TARGET][(near == 0).any(0)].tolist())


def test_pieces_cover_no_more_than_the_edge_of_a_digit() -> None:
    digits = torch.full((8, 1, DIGIT, DIGIT), EMPTY)
    digits[:, :, EDGE:-EDGE, EDGE:-EDGE] = 0.25  # as if there were strokes in the middle only
    ((bare, _),) = cluttered([(digits, torch.arange(8))], 300, 56, 0, 1)
    ((full, labels),) = cluttered([(digits, torch.arange(8))], 300, 56, 6, 1)
    assert int(labels.bincount().max() - labels.bincount().min()) <= 1
    assert bool((full[bare > EMPTY] == 0.25).all())
    added = ((full > EMPTY) & (bare == EMPTY)).flatten(1).sum(1)
    assert int(added.max()) <= 6 * PIECE**2
    assert float(added.float().mean()) > 2 * PIECE**2


def test_where_there_is_no_room_no_piece_lies() -> None:
    parts = [(torch.rand(5, 1, DIGIT, DIGIT), torch.arange(5))]
    ((pictures, labels),) = cluttered(parts, 5, DIGIT, 9, 0)
    assert torch.equal(pictures, parts[0][0][labels])


def test_another_seed_gives_other_pictures_and_the_same_one_the_same() -> None:
    parts = [(torch.rand(5, 1, DIGIT, DIGIT), torch.arange(5))]
    (one, _), (again, _), (other, _) = (cluttered(parts, 20, 48, 3, seed)[0] for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)
