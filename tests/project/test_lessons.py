"""What stands in a lesson is found, its links lead or are refused in words, nothing outside is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.project import GraphRef
from studio.project import lesson as lessons
from studio.project.file import write
from studio.project.gallery import Shelf, Template, look, template

PANELS = ("training", "evaluation")

TEXT = """# Title

An inline $x_i$, `not $this$`, \\$5 and 6$ a piece.

$y = \\sum_i x_i$

$$
z = 2
$$

```python
cost = "$a$"  # [no](block:a)
```

See [the first](block:main/conv1), [all [of] it](try:plan.loop.epochs=2) and [a page](https://example.org/a_(b)).
![What it sees](pictures/a.png)
"""


@pytest.fixture
def cnn(tmp_path: Path) -> Template:
    """Give a copy of a template, in a folder that may be written."""
    found = template("cnn")
    place = tmp_path / "cnn"
    (place / "pictures").mkdir(parents=True)
    (place / "sweeps").mkdir()
    write(found.open(), place / "project.netwright")
    write(found.open(), place / "wide.netwright")
    (place / "lesson.en.md").write_text(TEXT, "utf-8")
    (place / "pictures" / "a.png").write_bytes(b"picture")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return look(shelves=[Shelf(tmp_path, "shared")]).templates[0]


def test_equations_code_links_and_pictures_are_told_apart() -> None:
    assert [(piece.text, piece.equation) for piece in lessons.equations(TEXT)] == [
        ("x_i", "inline"),
        ("y = \\sum_i x_i", "displayed"),
        ("z = 2", "displayed"),
    ]
    assert "".join(piece.text for piece in lessons.pieces(TEXT) if not piece.equation).count("$") == 6
    assert lessons.code_spans(TEXT) == ["not $this$"]
    assert lessons.links(TEXT) == [
        "block:main/conv1",
        "try:plan.loop.epochs=2",
        "https://example.org/a_(b)",
    ]
    assert lessons.pictures(TEXT) == ["pictures/a.png"]


def test_blocks_are_found_in_networks_and_within_composites() -> None:
    project = template("cnn").open()
    found = lessons.spot(project, "main/conv1")
    assert found is not None
    assert found == lessons.spot(project, "conv1")
    assert (found.ref, found.node) == (GraphRef("network", "main"), "conv2d_1")
    assert lessons.spot(project, "conv9") is None
    assert lessons.spot(project, "conv1/inside") is None
    assert lessons.spot(project, "") is None


def test_a_step_says_what_it_changes_and_nothing_else() -> None:
    project = template("cnn").open()
    to = "networks.main.conv1.out_channels=16;plan.loop.epochs=15;plan.loop.epochs=30"
    made = lessons.attempt(project, to)
    assert [said.values["after"] for said in made.told] == ["16", "30"]
    assert made.project.plan.loop.parameters["epochs"] == 30
    assert made.project.networks["main"].nodes["conv2d_1"].parameters["out_channels"] == 16
    assert made.project.networks["main"].nodes["conv2d_2"] == project.networks["main"].nodes["conv2d_2"]


@pytest.mark.parametrize(
    ("link", "sound"),
    [
        ("block:conv1", True),
        ("block:conv9", False),
        ("panel:evaluation", True),
        ("panel:cellar", False),
        ("open:wide", True),
        ("open:../secret", False),
        ("template:rnn", True),
        ("template:none", False),
        ("try:plan.loop.epochs=30", True),
        ("try:plan.loop.epochs=15", False),  # nothing changes
        ("try:plan.loop.epoks=30", False),
        ("try:plan.loop.epochs=many", False),
        ("branch:plan.loop.epochs=30", True),
        ("branch:plan.loop.epochs=15", False),
        ("branch:plan.loop.epochs=30;fresh=fc2", True),
        ("branch:plan.loop.epochs=30;fresh=fc9", False),
        ("branch:fresh=fc2", False),  # nothing changes
        ("sweep:rates", True),
        ("sweep:broken", False),
        ("sweep:none", False),
        ("lighter:channels=30;epochs=5;int8=yes", True),
        ("lighter:weights=70;from=all", True),
        ("lighter:int8=yes", True),
        ("lighter:channels=130", False),
        ("lighter:epochs=5", False),  # takes nothing away
        ("lighter:channels=30;weights=30", False),
        ("https://pytorch.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("nowhere", False),
    ],
)
def test_a_link_leads_somewhere_or_says_why_not(cnn: Template, link: str, sound: bool) -> None:
    plan = {"vary": ["plan.optimizers.model.lr=0.001,0.01"], "method": "grid", "trials": 0, "seconds": 0}
    plan |= {"metric": "val_loss", "direction": "min", "prune": False, "seed": 0}
    (cnn.folder / "sweeps" / "rates.json").write_text(json.dumps(plan), "utf-8")
    (cnn.folder / "sweeps" / "broken.json").write_text('{"vary": []', "utf-8")
    why = lessons.fault(cnn, cnn.open(), link, PANELS, {"rnn"}.__contains__)
    assert (why is None) == sound, why


def test_only_what_lies_in_the_folder_is_shown(cnn: Template) -> None:
    assert cnn.picture("pictures/a.png") is not None
    (cnn.folder / "pictures" / "out.png").symlink_to(cnn.folder.parent / "secret.png")
    for name in ("../secret.png", "pictures/out.png", "/etc/passwd", "project.netwright", "a\0.png"):
        assert cnn.picture(name) is None, name
