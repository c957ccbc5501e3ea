"""What a person sees of data before a network learns from it, and what is told to hurt."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.data.look import Look, absent, alike, look, part_of, varied, varied_by
from studio.data.look_columns import aimed, corrected
from studio.data.look_dangers import dangers_of
from studio.data.look_samples import samples_of
from studio.graph import freeze
from studio.project import Choice

WRITERS = {"yes": "paid", "no": "open"}


def _choice(type: str, **values: object) -> Choice:
    return Choice(type, freeze(values))  # type: ignore[arg-type]


@pytest.fixture
def people(tmp_path: Path) -> Callable[..., Choice]:
    """Give a function that writes a table of 200 people and chooses it."""

    def write(*more: Sequence[object], **values: object) -> Choice:
        path = tmp_path / "people.csv"
        dice = np.random.default_rng(3)
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["age", "metres", "feet", "city", "currency", "score", "state", "bought"])
            for number in range(200):
                metres = round(float(dice.normal(170, 9)), 1)
                bought = "yes" if dice.random() < 0.4 else "no"
                score = "" if number % 5 < 3 else round(float(dice.random()), 3)
                city = ("Berlin", "Köln", "北京")[number % 3]
                age = int(dice.integers(18, 80))
                rows.writerow(
                    [age, metres, round(metres * 3.28, 4), city, "EUR", score, WRITERS[bought], bought]
                )
            rows.writerows(more)
        return _choice("table", folder=str(path), **values)

    return write


def _codes(found: Look) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for danger in found.dangers:
        codes.setdefault(danger.code, []).append(danger.column)
    return codes


def test_columns_tell_their_kind_their_gaps_and_their_values(people: Callable[..., Choice]) -> None:
    found = look(people())
    columns = {column.name: column for column in found.columns}
    assert {name: (column.kind, column.part) for name, column in columns.items()} == {
        "age": ("number", "input"),
        "metres": ("number", "input"),
        "feet": ("number", "input"),
        "city": ("category", "input"),
        "currency": ("category", "input"),
        "score": ("number", "input"),
        "state": ("category", "input"),
        "bought": ("category", "target"),
    }
    assert columns["score"].missing == 120
    assert columns["age"].missing == 0
    train = len(found.dataset.train)
    assert sum(columns["age"].bars) == sum(columns["city"].bars) == sum(columns["bought"].bars) == train
    assert set(columns["city"].words) == {"Berlin", "Köln", "北京"}
    assert columns["age"].low is not None
    assert columns["age"].low == round(columns["age"].low) >= 18, "as it stands in the table"


def test_what_hurts_in_a_table_is_told_with_its_mend(people: Callable[..., Choice]) -> None:
    choice = people()
    found = look(choice)
    codes = _codes(found)
    assert codes["telling"] == ["state"]
    assert codes["constant"] == ["currency"]
    assert codes["twins"] == ["feet"]
    assert codes["missing"] == ["score"]
    assert found.dangers[0].grave, "the worst stands first"
    for danger in found.dangers:
        for mend in danger.mends:
            choice = choice.with_parameter(mend.parameter, mend.value)
    wanted = {"telling", "constant", "twins", "missing"}
    for danger in look(people()).dangers:
        (mend,) = danger.mends
        mended = look(people(columns=mend.value))
        assert danger.column not in _codes(mended).get(danger.code, []), danger.code
        wanted.discard(danger.code)
    assert not wanted


def test_a_column_that_numbers_the_rows_is_told(tmp_path: Path) -> None:
    dice = np.random.default_rng(0)
    path = tmp_path / "numbered.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["number", "code", "metres", "bought"])
        for number in range(120):
            bought = "yes" if dice.random() < 0.5 else "no"
            rows.writerow([number + 1, number * 997 % 5003, dice.normal(), bought])
    found = look(_choice("table", folder=str(path)))
    assert _codes(found)["counted"] == ["number"]


def test_copies_between_splits_are_found_and_counted(people: Callable[..., Choice]) -> None:
    row = [30, 170.0, 557.6, "Köln", "EUR", 0.5, "open", "no"]
    torn = [31, 171.0, 560.88, "Köln", "EUR", 0.5, "open", "no"]
    found = look(people(*[row] * 60, torn, [*torn[:-1], "yes"]))
    parts = {name: part_of(found.dataset, name) for name in ("train", "validation", "test")}
    same = {
        name: int((abs(part.inputs["x"] - part.inputs["x"][place]).sum(1) == 0).sum())
        for name, part in parts.items()
        for place in [_place_of(part.inputs["x"].numpy())]
    }
    assert len(found.copies.test) == same["test"] > 1
    assert len(found.copies.validation) == same["validation"] > 0
    in_all = found.copies.train + len(found.copies.validation) + len(found.copies.test)
    assert in_all == 59 + 1, "all but the first of each"
    assert found.copies.torn == 1
    assert {"test_copies", "validation_copies", "torn", "copies"} <= set(_codes(found))


def _place_of(rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> int:
    """Give the place of a row that stands in a split most often."""
    _, places, counts = np.unique(rows, axis=0, return_index=True, return_counts=True)
    return int(places[counts.argmax()])


def test_a_column_is_corrected_and_another_one_predicted(people: Callable[..., Choice]) -> None:
    choice = people()
    ages = corrected(choice, "age", "category")
    assert {c.name: c.kind for c in look(ages).columns}["age"] == "category"
    assert {c.name: c.kind for c in look(corrected(ages, "city", "ignore")).columns}["age"] == "category"
    found = look(aimed(choice, "age"))
    assert [column.name for column in found.columns if column.part == "target"] == ["age"]
    assert found.dataset.task == "regression"
    assert found.goals[0].mean == pytest.approx(48, abs=8), "in its own unit"
    back = look(aimed(corrected(choice, "city", "ignore"), "city"))
    assert back.dataset.classes == ("Berlin", "Köln", "北京")


def test_large_and_uneven_numbers_are_told_where_nothing_standardises_them(tmp_path: Path) -> None:
    dice = np.random.default_rng(0)
    values = dice.normal(size=(300, 3)) * [1, 5000, 1]
    target = np.r_[np.zeros(290, int), np.ones(10, int)]
    np.savez(tmp_path / "own.npz", x=values.astype(np.float32), target=target)
    found = look(_choice("arrays", folder=str(tmp_path / "own.npz"), test=0.0))
    assert {"scales", "uneven", "few_of_a_class", "no_test"} <= set(_codes(found))
    mends = [mend for danger in found.dangers if danger.code == "no_test" for mend in danger.mends]
    assert [(mend.parameter, mend.value) for mend in mends] == [("test", 0.1)]
    inputs = found.dataset.train.inputs["x"].clone()
    inputs[[3, 5]] = float("nan")
    holed = replace(found.dataset, train=replace(found.dataset.train, inputs={"x": inputs}))
    first = dangers_of(found.choice, holed, holed, (), found.copies)[0]
    assert (first.code, first.message.values["count"]) == ("not_finite", 2)


@pytest.mark.parametrize("type", ["digits", "wine", "diabetes", "sentences"])
def test_nothing_hurts_in_the_sets_on_the_machine(type: str) -> None:
    found = look(_choice(type))
    assert found.dangers == ()
    for part in found.parts:
        assert part.count == len(part_of(found.dataset, part.name))
        assert not part.classes or sum(part.classes) == part.count


def test_samples_are_pictures_texts_rows_or_curves() -> None:
    for type, has in (("digits", "pictures"), ("sentences", "text"), ("wine", "cells"), ("series", "curves")):
        data = look(_choice(type)).dataset
        handful = samples_of(data, data.train, None, 0, 5)
        assert len(handful.samples) == 5
        assert handful.total == len(data.train)
        for sample in handful.samples:
            shown = {name for name in ("pictures", "text", "cells", "curves") if getattr(sample, name)}
            assert shown == {has}
            assert sample.answer


def test_hours_of_a_table_are_told_as_they_stand_in_it(tmp_path: Path) -> None:
    hours = [f"2024-01-{1 + n // 24:02} {n % 24:02}:{n % 3}7" for n in range(200)]
    text = "\n".join(["hour,load", *(f"{hour},{n * n % 17}.5" for n, hour in enumerate(hours))])
    (tmp_path / "load.csv").write_text(text)
    data = look(_choice("table", folder=str(tmp_path / "load.csv"))).dataset
    samples = samples_of(data, data.train, None, 0, 200).samples
    assert len(samples) > 100
    assert {sample.cells[0] for sample in samples} <= set(hours)


def test_samples_of_a_class_are_of_that_class_and_pages_do_not_repeat() -> None:
    data = look(_choice("digits")).dataset
    first, second = (samples_of(data, data.train, 7, start, 40) for start in (0, 40))
    assert {sample.answer for sample in (*first.samples, *second.samples)} == {"7"}
    places = [sample.place for sample in (*first.samples, *second.samples)]
    assert len(set(places)) == 80
    assert first.total == int((data.train.targets["target"] == 7).sum())


def test_data_that_may_be_fetched_is_told_to_be_away() -> None:
    missing = absent(_choice("mnist", download=True))
    assert missing is not None
    assert absent(_choice("digits")) is None


def test_how_pictures_are_varied_needs_no_reading() -> None:
    one, other = _choice("digits"), _choice("digits", flip="horizontal", rotate=20.0)
    assert alike(one, other)
    assert not alike(one, _choice("digits", test=0.3))
    assert varied_by(_choice("wine")) == ()
    made = varied(look(one).dataset, other)
    assert made.augmentation is not None
    assert (made.augmentation.flip, made.augmentation.rotate) == ("horizontal", 20.0)
    assert varied(made, one).augmentation is None
