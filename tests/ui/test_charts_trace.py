"""The outline of a series in pixels: nothing lost, gaps kept, the same whatever part is asked for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.charts.axes import written
from studio.ui.charts.crosshair import number
from studio.ui.charts.pyramid import Pyramid
from studio.ui.charts.trace import Frame, is_band, trace


def pyramid(values: object, capacity: int = 1 << 17) -> Pyramid:
    series = Pyramid(capacity)
    samples = np.asarray(values, float)
    series.append(np.arange(len(samples), dtype=float), samples)
    return series


def frame(samples: int, *, log: bool = False, ratio: float = 1.0) -> Frame:
    return Frame(0.0, float(samples), -2.0 if log else 0.0, 1.0, 200.0, 100.0, log, ratio)


NOISE = np.random.default_rng(0).random(20_000)


def test_few_samples_are_a_line_through_each() -> None:
    outline = trace(pyramid([0, 0.5, 1, 0.25]), frame(4), 0, 200)
    assert not outline.band
    assert outline.x.tolist() == [0, 50, 100, 150]
    assert outline.high.tolist() == [100, 50, 0, 75]


def test_many_samples_are_a_band_that_holds_each() -> None:
    samples = NOISE[: 200 * 60]
    outline = trace(pyramid(samples), frame(len(samples)), 0, 200)
    assert outline.band
    assert len(outline.x) == 200
    columns = samples.reshape(200, 60)
    assert (outline.high <= (1 - columns.max(axis=1)) * 100 + 1e-9).all()
    assert (outline.low >= (1 - columns.min(axis=1)) * 100 - 1e-9).all()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("samples", [50, 390, 20_000])
def test_a_part_is_the_same_as_in_the_whole(samples: int, ratio: float) -> None:
    series, shown = pyramid(NOISE[:samples]), frame(samples, ratio=ratio)
    whole = trace(series, shown, 0, 200)
    for left in (0, 31, 120, 190):
        part = trace(series, shown, left, left + 10)
        inside = (part.x >= left) & (part.x <= left + 10)
        same = np.isin(whole.x, part.x[inside])
        assert inside.sum() == same.sum()
        np.testing.assert_array_equal(part.high[inside], whole.high[same])
        np.testing.assert_array_equal(part.low[inside], whole.low[same])
        assert part.x.min() <= max(left, whole.x.min())
        assert part.x.max() >= min(left + 10, whole.x.max())


def test_a_gap_splits_the_line() -> None:
    outline = trace(pyramid([0, 0.5, math.nan, 1, 0.25, math.inf, 0.5]), frame(7), 0, 200)
    assert [(run.start, run.stop) for run in outline.runs()] == [(0, 2), (3, 5), (6, 7)]
    assert trace(pyramid([math.nan]), frame(1), 0, 200).runs() == []
    assert trace(pyramid([]), frame(1), 0, 200).runs() == []


def test_a_gap_of_whole_columns_splits_the_band() -> None:
    values = NOISE.copy()
    values[5_000:10_000] = np.nan
    outline = trace(pyramid(values), frame(len(values)), 0, 200)
    assert [(run.start, run.stop) for run in outline.runs()] == [(0, 50), (100, 200)]


def test_columns_between_distant_samples_are_gone_through() -> None:
    series = Pyramid()
    series.append(np.linspace(0, 20, 500), np.zeros(500))
    series.append(np.linspace(80, 100, 500), np.ones(500))
    shown = Frame(0, 100, 0, 1, 200, 100)
    assert is_band(series, shown)
    whole = trace(series, shown, 0, 200)
    assert len(whole.runs()) == 1
    assert whole.x.tolist() == (np.arange(200) + 0.5).tolist()
    part = trace(series, shown, 95, 105)  # where no sample is
    middle = (part.x > 95) & (part.x < 105)
    assert middle.sum() == 10
    np.testing.assert_allclose(part.high[middle], whole.high[95:105], atol=1e-9)


def test_neighbouring_columns_touch() -> None:
    rising = np.arange(2000) / 2000
    outline = trace(pyramid(rising), frame(2000), 0, 200)
    np.testing.assert_allclose(outline.high[:-1], outline.low[1:])


def test_a_logarithmic_scale() -> None:
    outline = trace(pyramid([1, 10, 0, -1, 0.1]), frame(5, log=True), 0, 200)
    np.testing.assert_allclose(outline.high, [100 / 3, 0, np.nan, np.nan, 200 / 3], atol=1e-9)
    band = trace(pyramid(np.tile([1.0, 0.0], 1000)), frame(2000, log=True), 0, 200)
    assert band.band
    assert (band.low > 100).all()  # down out of the picture
    np.testing.assert_allclose(band.high, 100 / 3)


def test_values_far_outside_stay_drawable() -> None:
    outline = trace(pyramid([1.7e308, -1.7e308]), frame(2), 0, 200)
    assert np.isfinite(outline.high).all()
    assert np.abs(outline.high).max() < 2**15


@given(st.integers(1, 3000), st.floats(0, 190), st.floats(0.1, 40), st.floats(-50, 2000), st.floats(1, 4000))
def test_any_view_of_any_series_can_be_asked_for(
    samples: int, left: float, width: float, start: float, span: float
) -> None:
    series = pyramid(np.resize(NOISE, samples), capacity=256)
    outline = trace(series, Frame(start, start + span, 0, 1, 200, 100), left, left + width)
    assert len(outline.x) == len(outline.low) == len(outline.high)
    assert (np.diff(outline.x) >= 0).all()


@pytest.mark.parametrize(
    ("value", "spacing", "text"),
    [
        (0, 20, "0"),
        (20, 20, "20"),
        (0.25, 0.25, "0.25"),
        (0.5, 0.5, "0.5"),
        (-1.5, 0.5, "−1.5"),
        (2000, 500, "2000"),
        (50_000, 10_000, "50k"),
        (12_500, 2500, "12.5k"),
        (1_250_000, 250_000, "1.25M"),
        (0.0001, 0.0001, "0.0001"),
        (0.00002, 0.00001, "2e−5"),
        (100.0, 0.0, "100"),
        (0.01, 0.0, "0.01"),
    ],
)
def test_numbers_of_a_scale(value: float, spacing: float, text: str) -> None:
    assert written(value, spacing) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.123456, "0.1235"),
        (3, "3"),
        (12345, "12\u2009345"),
        (-2.5, "−2.5"),
        (1.5e-7, "1.5e−7"),
        (2.5e12, "2.5e12"),
        (math.nan, "–"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_that_are_read_out(value: float, text: str) -> None:
    assert number(value) == text
