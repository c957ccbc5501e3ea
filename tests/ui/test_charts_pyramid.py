"""The pyramid of a chart: exact for any stretch, whatever comes in whatever portions."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.charts.pyramid import Floats, Pyramid

VALUES = st.one_of(
    st.floats(-1e6, 1e6).map(lambda value: value + 0.0),
    st.sampled_from([np.nan, np.inf, -np.inf, 0.0, 1.7e308, -1.7e308, 5e-324]),
)
PORTIONS = st.lists(st.lists(VALUES, max_size=90), max_size=12)
CAPACITY = st.sampled_from([2, 4, 16, 64, 1024])


def filled(portions: list[list[float]], capacity: int) -> tuple[Pyramid, Floats]:
    """Put portions in one after the other; give the pyramid and all samples, gaps as NaN."""
    pyramid, at = Pyramid(capacity), 0
    for portion in portions:
        pyramid.append(np.arange(at, at + len(portion), dtype=float), np.array(portion, dtype=float))
        at += len(portion)
    samples = np.array([value for portion in portions for value in portion], dtype=float)
    return pyramid, np.where(np.isfinite(samples), samples, np.nan)


def extent(samples: Floats) -> tuple[float, float]:
    """What numpy says."""
    known = samples[~np.isnan(samples)]
    return (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)


@given(PORTIONS, CAPACITY, st.data())
def test_any_stretch_has_the_extent_that_numpy_finds(
    portions: list[list[float]], capacity: int, data: st.DataObject
) -> None:
    pyramid, samples = filled(portions, capacity)
    assert pyramid.samples == len(samples)
    assert len(pyramid) == -(-len(samples) // pyramid.width) <= capacity
    start = data.draw(st.integers(-3, len(pyramid) + 3))
    stop = data.draw(st.integers(-3, len(pyramid) + 3))
    expected = extent(samples[max(0, start) * pyramid.width : max(0, stop) * pyramid.width])
    np.testing.assert_equal(pyramid.extent(start, stop), expected)


@given(PORTIONS, CAPACITY)
def test_every_bin_is_exact(portions: list[list[float]], capacity: int) -> None:
    pyramid, samples = filled(portions, capacity)
    bins = [samples[at : at + pyramid.width] for at in range(0, len(samples), pyramid.width)]
    np.testing.assert_array_equal(pyramid.x, np.arange(0, len(samples), pyramid.width))
    np.testing.assert_array_equal(pyramid.low, [extent(part)[0] for part in bins])
    np.testing.assert_array_equal(pyramid.high, [extent(part)[1] for part in bins])


@given(st.lists(st.lists(st.floats(-1e6, 1e6), max_size=90), max_size=8), CAPACITY)
def test_means_are_those_of_the_samples(portions: list[list[float]], capacity: int) -> None:
    pyramid, samples = filled(portions, capacity)
    means = [samples[at : at + pyramid.width].mean() for at in range(0, len(samples), pyramid.width)]
    np.testing.assert_allclose(pyramid.mean(), means, rtol=1e-9, atol=1e-9)


@given(PORTIONS, CAPACITY, st.data())
def test_columns_share_out_every_sample(
    portions: list[list[float]], capacity: int, data: st.DataObject
) -> None:
    pyramid, samples = filled(portions, capacity)
    cuts = data.draw(st.lists(st.integers(0, len(pyramid)), max_size=20))
    edges = np.array(sorted([0, *cuts, len(pyramid)]))
    for level in range(len(pyramid._levels)):
        low, high, used = pyramid.columns(edges, level)
        step = 8**level
        rounded = [min(edge // step * step, len(pyramid)) for edge in edges[:-1]] + [len(pyramid)]
        for column, (start, stop) in enumerate(itertools.pairwise(rounded)):
            assert used[column] == (stop > start)
            expected = extent(samples[start * pyramid.width : stop * pyramid.width])
            np.testing.assert_equal((low[column], high[column]), expected)


@given(PORTIONS, CAPACITY, st.data())
def test_a_series_goes_back_and_on(portions: list[list[float]], capacity: int, data: st.DataObject) -> None:
    pyramid, samples = filled(portions, capacity)
    back = data.draw(st.integers(0, len(samples) + 2))
    kept = min(len(pyramid), -(-back // pyramid.width))  # a bin that began before stays whole
    pyramid.cut(back)
    assert len(pyramid) == kept
    assert pyramid.samples == min(len(samples), kept * pyramid.width)
    low, high = extent(samples[: kept * pyramid.width])
    np.testing.assert_equal(pyramid.extent(0, kept), (low, high))
    pyramid.append(np.arange(back, back + 5, dtype=float), np.full(5, 1e7))
    np.testing.assert_equal(pyramid.extent(0, len(pyramid)), (np.fmin(low, 1e7), np.fmax(high, 1e7)))


def test_memory_and_time_stay_the_same_for_ever() -> None:
    pyramid = Pyramid(1024)
    for part in range(200):
        pyramid.append(np.arange(part * 997, (part + 1) * 997, dtype=float), np.full(997, float(part)))
    assert pyramid.samples == 200 * 997
    assert len(pyramid) <= 1024
    assert pyramid.width == 256
    assert sum(low.size for low, _ in pyramid._levels) < 1300
    assert pyramid.extent(len(pyramid) - 1, len(pyramid)) == (199, 199)


def test_a_single_peak_among_a_million_is_seen_at_every_level() -> None:
    values = np.zeros(1_000_000)
    values[123_457] = 7
    pyramid = Pyramid()
    pyramid.append(np.arange(1_000_000, dtype=float), values)
    for level in range(len(pyramid._levels)):
        _, high, _ = pyramid.columns(np.linspace(0, len(pyramid), 801).astype(np.int64), level)
        assert np.nanmax(high) == 7
        assert (high == 7).sum() == 1


def test_the_level_is_true_to_an_eighth_of_a_column() -> None:
    pyramid = Pyramid()
    pyramid.append(np.arange(100_000, dtype=float), np.zeros(100_000))
    assert [pyramid.level_for(bins) for bins in (1, 8, 63, 64, 511, 512)] == [0, 0, 0, 1, 1, 2]


def test_bins_are_found_by_x() -> None:
    pyramid = Pyramid()
    pyramid.append(np.array([0.0, 1, 1, 5]), np.zeros(4))
    assert [pyramid.find(x) for x in (-1, 0, 1, 2, 9)] == [0, 0, 1, 3, 4]
    assert [pyramid.find(x, "right") for x in (-1, 0, 1, 2, 9)] == [0, 1, 3, 3, 4]


@pytest.mark.parametrize("capacity", [0, 1, 3, 100])
def test_an_unusable_capacity_is_refused(capacity: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        Pyramid(capacity)
