"""One line of a chart: smoothing, gaps, going back, and the value nearest to a place."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui.charts.pyramid import Floats
from studio.ui.charts.ranges import grown_x, grown_y, shown_x, shown_y, step_up
from studio.ui.charts.series import Series


def averaged(values: list[float], weight: float) -> list[float]:
    """Smooth in the plainest way."""
    average = filled = 0.0
    smoothed = []
    for value in values:
        if math.isfinite(value):
            average = weight * average + (1 - weight) * value
            filled = weight * filled + (1 - weight)
            smoothed.append(average / filled)
        else:
            smoothed.append(math.nan)
    return smoothed


def line(*, points: bool = False) -> Series:
    return Series("label", "series0", points=points)


def values_of(series: Series) -> Floats:
    return series.drawn.mean()


@given(
    st.lists(st.lists(st.one_of(st.floats(-100, 100), st.just(math.nan)), max_size=120), max_size=6),
    st.sampled_from([0.0, 0.1, 0.6, 0.97, 0.99]),
)
def test_smoothing_is_the_moving_average_whatever_the_portions(
    portions: list[list[float]], weight: float
) -> None:
    series, at = line(), 0
    series.set_smoothing(weight)
    for portion in portions:
        series.append(np.arange(at, at + len(portion)), portion)
        at += len(portion)
    everything = [value for portion in portions for value in portion]
    np.testing.assert_allclose(values_of(series), averaged(everything, weight), rtol=1e-7, atol=1e-7)
    again = line()
    again.append(np.arange(len(everything)), everything)
    again.set_smoothing(weight)
    np.testing.assert_allclose(values_of(again), averaged(everything, weight), rtol=1e-7, atol=1e-7)


def test_points_are_never_smoothed() -> None:
    series = line(points=True)
    series.set_smoothing(0.9)
    series.append([0, 1], [0, 10])
    assert values_of(series).tolist() == [0, 10]


def test_the_last_value_is_kept_whatever_it_is() -> None:
    series = line()
    for value in (1.5, math.nan, math.inf, -2.0):
        series.append([series.raw.samples], [value])
        np.testing.assert_equal(series.latest, value)


def test_a_series_goes_back_to_a_checkpoint() -> None:
    series = line()
    series.set_smoothing(0.5)
    series.append(np.arange(10), np.arange(10.0))
    assert series.append([10], [10.0]) == 9
    assert series.append([4, 5], [40.0, 50.0]) == -math.inf
    assert series.raw.x.tolist() == [0, 1, 2, 3, 4, 5]
    assert series.raw.mean().tolist() == [0, 1, 2, 3, 40, 50]
    np.testing.assert_allclose(values_of(series), averaged([0, 1, 2, 3, 40, 50], 0.5))


def test_a_disordered_portion_is_put_in_order() -> None:
    series = line()
    series.append([3, 1, 2], [30, 10, 20])
    assert series.raw.x.tolist() == [1, 2, 3]
    assert series.raw.mean().tolist() == [10, 20, 30]


def test_places_that_are_no_numbers_are_left_out() -> None:
    series = line()
    assert series.append([math.nan, math.inf], [1, 2]) is None
    assert series.append([], []) is None
    series.append([1, math.nan, 2], [10, 99, 20])
    assert series.raw.x.tolist() == [1, 2]


@pytest.mark.parametrize(("xs", "ys"), [([1, 2], [1]), ([[1]], [[1]]), (1, 1)])
def test_rows_that_do_not_match_are_refused(xs: object, ys: object) -> None:
    with pytest.raises(ValueError, match="as many x as y"):
        line().append(xs, ys)  # type: ignore[arg-type]


def test_the_nearest_value_is_found() -> None:
    series = line()
    assert series.at(3) is None
    series.append([0, 10, 20], [1, 2, 3])
    assert [series.at(x) for x in (-5, 4, 6, 15, 99)] == [(0, 1), (0, 1), (10, 2), (10, 2), (20, 3)]


# ---------------------------------------------------------------------------- what stretch is shown


def test_round_numbers_are_stepped_up_to() -> None:
    assert [step_up(value) for value in (1, 1.1, 99, 100, 101, 0.013)] == [1, 1.25, 100, 100, 125, 0.015]


@given(st.floats(1e-9, 1e12))
def test_a_step_is_enough_and_not_much_more(value: float) -> None:
    assert value * (1 - 1e-9) <= step_up(value) <= value * 1.34


def test_x_grows_so_seldom_that_old_columns_stay() -> None:
    now, changes = (0.0, 100.0), 0
    for last in range(0, 1_000_000, 400):
        new = grown_x(0, last, now)
        assert new[0] <= 0
        assert last <= new[1]
        changes += new != now
        now = new
    assert changes < 45


def test_x_begins_where_the_samples_do() -> None:
    assert grown_x(1, 50, (0.0, 100.0)) == (0, 100)
    assert grown_x(50_000, 50_010, (0.0, 100.0)) == (50_000, 50_012.5)


def test_y_has_room_and_grows_in_steps() -> None:
    assert grown_y(math.nan, math.nan, None, log=False) == (0, 1)
    bottom, top = grown_y(0.1, 2.0, None, log=False)
    assert bottom == 0
    assert top == pytest.approx(2.228)
    assert grown_y(0.05, 2.2, (bottom, top), log=False) == (bottom, top)
    assert grown_y(0.05, 2.3, (bottom, top), log=False)[1] > 2.3
    assert grown_y(5, 5, None, log=False)[0] < 5 < grown_y(5, 5, None, log=False)[1]
    low, high = grown_y(-1.7e308, 1.7e308, None, log=False)
    assert math.isfinite(high - low)


def test_what_is_shown_counts_visible_lines_only() -> None:
    one, other = line(), line()
    one.append([0, 10], [1, 2])
    other.append([0, 1000], [1, 500])
    other.shown = False
    assert shown_x([one, other], (0, 100)) == (0, 100)
    assert shown_y([one, other], None, log=False)[1] < 3
    other.shown = True
    assert shown_x([one, other], (0, 100))[1] > 1000
    assert shown_y([one, other], None, log=False)[1] > 500


def test_a_logarithmic_scale_leaves_out_what_has_none() -> None:
    series = line()
    series.append(range(5), [0, -3, 0.01, 100, math.nan])
    bottom, top = shown_y([series], None, log=True)
    assert bottom == pytest.approx(-2 - 0.48)
    assert top == pytest.approx(2 + 0.48)
    nothing = line()
    nothing.append([0], [-1])
    assert shown_y([nothing], None, log=True) == (-2, 0)
