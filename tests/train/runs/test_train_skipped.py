"""What of the data was left out is told behind the start of a run, by name, and does not end it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from studio.project import Choice, Project
from studio.train import Event, Started, Warned, run
from tests.drawing import chain
from tests.train.projects import done, loop, wine, with_plan


def pictures(folder: Path, *, broken: int) -> Project:
    """Give a project on two folders of pictures, some of which are none."""
    for name, colour in (("cat", (255, 0, 0)), ("dog", (0, 0, 255))):
        (folder / name).mkdir(parents=True)
        for index in range(6):
            Image.new("RGB", (8, 8), colour).save(folder / name / f"{index}.png")
    for index in range(broken):
        (folder / "cat" / f"broken{index}.png").write_text("<b>no picture</b>")
    project, _ = chain(
        ("input", {"shape": (3, 8, 8)}), ("flatten", {}), ("linear", {"out_features": 2}), ("output", {})
    )
    data = Choice("image_folder", {"folder": str(folder), "height": 8, "width": 8})
    return with_plan(project, data=data, loop=loop(epochs=1))


def warnings(events: list[Event]) -> list[Warned]:
    return [event for event in events if isinstance(event, Warned)]


def test_skipped_files_are_told_behind_the_start(tmp_path: Path) -> None:
    events = list(run(pictures(tmp_path / "pictures", broken=3), run_dir=tmp_path / "a"))
    done(events)
    assert isinstance(events[0], Started)
    assert warnings(events) == [events[1]]
    told = events[1]
    assert isinstance(told, Warned)
    assert told.about == "data"
    assert str(told.message) == "3 files of the data were skipped or changed."
    assert [str(note).partition(",")[0] for note in told.notes] == [
        f"cat/broken{index}.png: skipped" for index in range(3)
    ]
    assert told.json() == {
        "event": "warned",
        "message": str(told.message),
        "about": "data",
        "notes": [str(note) for note in told.notes],
    }


def test_all_are_counted_and_the_first_are_named(tmp_path: Path) -> None:
    events = list(run(pictures(tmp_path / "pictures", broken=70), run_dir=tmp_path / "a"))
    (told,) = warnings(events)
    assert str(told.message) == "70 files of the data were skipped or changed."
    assert len(told.notes) == 51
    assert str(told.notes[-1]) == "… and 20 more."


def test_data_that_is_whole_is_not_spoken_of(tmp_path: Path) -> None:
    assert warnings(list(run(wine(epochs=1), run_dir=tmp_path / "a"))) == []
    one = list(run(pictures(tmp_path / "pictures", broken=1), run_dir=tmp_path / "b"))
    assert [str(told.message) for told in warnings(one)] == ["1 file of the data was skipped or changed."]


def test_how_a_table_was_read_is_no_file_left_out(tmp_path: Path) -> None:
    lines = ["a,b,kind", *(f"{number},{number % 7},{'是' if number % 2 else '否'}" for number in range(40))]
    (tmp_path / "t.csv").write_text("\n".join(lines), "gbk")
    project, _ = chain(("input", {"shape": (2,)}), ("linear", {"out_features": 2}), ("output", {}))
    table = Choice("table", {"folder": str(tmp_path / "t.csv"), "target": "kind"})
    (told,) = warnings(list(run(with_plan(project, data=table, loop=loop(epochs=1)), run_dir=tmp_path / "a")))
    assert str(told.message) == "1 remark on how the data was read."
    assert [str(note) for note in told.notes] == ["t.csv was read as GBK with commas between its cells."]
