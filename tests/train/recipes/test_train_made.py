"""What networks make, as pictures, points and instants that a window can draw without knowing tensors."""

from __future__ import annotations

import torch

from studio.graph import Message
from studio.train import Made

TITLE = Message("Made")


def test_pictures_are_bytes_by_rows_and_numbers_beyond_the_range_are_cut() -> None:
    values = torch.tensor([[[[0.0, 0.5], [1.0, 2.0]]], [[[-1.0, 0.0], [0.2, 1.0]]]])
    made = Made("pictures", TITLE, values)
    assert made.pictures() == [(2, 2, 1, bytes([0, 128, 255, 255])), (2, 2, 1, bytes([0, 0, 51, 255]))]
    assert (made.instants, made.points(), made.observed()) == (1, [], [])


def test_colours_lie_beside_each_other_and_more_channels_than_three_are_left_out() -> None:
    values = torch.zeros(1, 5, 1, 2)
    values[0, 1, 0, 1] = 1.0
    assert Made("pictures", TITLE, values).pictures() == [(2, 1, 3, bytes([0, 0, 0, 0, 255, 0]))]


def test_a_strip_has_an_instant_for_each_of_its_pictures() -> None:
    values = torch.zeros(4, 6, 1, 3, 3)
    values[:, 2] = 1.0
    made = Made("strips", TITLE, values)
    assert made.instants == 6
    assert [set(data) for *_, data in made.pictures(2)] == [{255}] * 4
    assert [set(data) for *_, data in made.pictures(-1)] == [{0}] * 4


def test_points_stand_still_or_move() -> None:
    still = Made("points", TITLE, torch.tensor([[0.5, 1.0], [2.0, 3.0]]))
    assert (still.instants, still.points()) == (1, [(0.5, 1.0, 0), (2.0, 3.0, 0)])
    assert Made("points", TITLE, torch.tensor([[0.5, 1.0, 2.0]])).points() == [(0.5, 1.0, 2)]
    moving = Made("strips", TITLE, torch.arange(12.0).reshape(3, 2, 2))
    assert (moving.instants, moving.pictures()) == (3, [])
    assert moving.points(1) == [(4.0, 5.0, 0), (6.0, 7.0, 0)]


def test_an_episode_is_what_was_observed() -> None:
    made = Made("episode", TITLE, torch.tensor([[0.0, 1.0], [2.0, 3.0]]), scene="cartpole")
    assert (made.instants, made.observed()) == (2, [[0.0, 1.0], [2.0, 3.0]])


def test_texts_take_what_they_take() -> None:
    made = Made("texts", TITLE, texts=("ab", "cde"))
    assert (made.bytes, made.instants, made.pictures()) == (5, 1, [])
