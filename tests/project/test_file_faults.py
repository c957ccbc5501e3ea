"""A file that is none is refused in one line, at once; a damaged one is refused or whole, never half."""

from __future__ import annotations

import copy
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from studio.project import limits
from studio.project.disk import look
from studio.project.file import VERSION, FileError, dumps, loads, read
from tests.documents import sample

FILES = Path(__file__).parent / "files"

MUTATIONS = int(os.environ.get("NETWRIGHT_MUTATIONS", "1500"))
"""How often a file is damaged in each way; 100,000 in a long run."""

TEXT = dumps(sample())


def refused(text: str | bytes) -> str:
    """Give the sentence that a text is refused with; it comes at once and is one line."""
    start = time.process_time()
    with pytest.raises(FileError) as caught:
        loads(text)
    assert time.process_time() - start < 1.0
    said = str(caught.value)
    assert said
    assert "\n" not in said
    assert len(said) < 500
    return said


def changed(path: str, value: Any) -> str:
    """Give the sample's text with one value replaced, `DELETE` taking it out."""
    data: Any = json.loads(TEXT)
    place = data
    *way, last = [int(key) if key.isdecimal() else key for key in path.split(".")]
    for key in way:
        place = place[key]
    if value is DELETE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(data)


DELETE = object()

# -- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("  \n", "The file is empty."),
        (b"\xff\xfe{", "This is no text in UTF-8: byte 1 does not belong there."),
        (TEXT.encode("utf-16"), "This is no text in UTF-8: byte 1 does not belong there."),
        ("hello", "Line 1, column 1: this is not JSON."),
        ('{"format": "netwright",\n "version" 1}', "Line 2, column 12: this is not JSON."),
        ("{'format': 1}", "Line 1, column 2: this is not JSON."),
        (TEXT[:-30], "The file was cut off: it ends in the middle."),
        ('{"format": "netw', "The file was cut off: it ends in the middle."),
        (
            '{"format": "netwright", "format": "netwright"}',
            "The field “format” stands twice in one place.",
        ),
        ('{"x": NaN}', "“NaN” is no number that a file can hold."),
        ('{"x": -Infinity}', "“-Infinity” is no number that a file can hold."),
        ('{"x": 1e400}', "The number 1e400 is too large."),
        ('{"x": -1e400}', "The number -1e400 is too large."),
        ('{"x": ' + "9" * 5_000 + "}", "The number 999999999999… has 5000 digits, which is too many."),
        ('{"x": 0.' + "9" * 5_000 + "}", "The number 0.9999999999… has 5002 digits, which is too many."),
        ("[" * 100_000, "This is nested too deeply to be a file of Netwright."),
        ('{"a":' * 100_000, "This is nested too deeply to be a file of Netwright."),
        ("[" * 100_000 + "]" * 100_000, "This is nested too deeply to be a file of Netwright."),
        ("[]", "–: expected an object, received a list of 0."),
        ("{}", "This is not a file of Netwright: expected the format “netwright”, received nothing."),
        (
            '{"format": "keras", "version": 1}',
            "This is not a file of Netwright: expected the format “netwright”, received “keras”.",
        ),
        ('{"format": "netwright"}', "version: expected a whole number from 0 to 1000000, received nothing."),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_a_bad_text_is_refused_in_one_line(text: str | bytes, said: str) -> None:
    assert refused(text) == said


def test_a_byte_order_mark_is_no_fault() -> None:
    assert loads(b"\xef\xbb\xbf" + TEXT.encode()) == sample()
    assert loads("\ufeff" + TEXT) == sample()


MEASURE = "a number from -1000000000 to 1000000000"
BLOCK = "the id of a block in this graph"
PLAIN = "a short name of letters, digits and _"
NODE = "networks.main.nodes[3]"
WIRE = "networks.main.wires[0]"
LOOK = "layout.networks.main"
FAULTS: list[tuple[str, Any, str, str, str]] = [
    ("version", True, "version", "a whole number from 0 to 1000000", "true"),
    ("version", 1.0, "version", "a whole number from 0 to 1000000", "1.0"),
    ("surprise", 1, "surprise", "no such field", "1"),
    ("networks", [], "networks", "at least one network", "a list of 0"),
    ("networks", {"main": {}}, "networks", "a list", "an object of 1 fields"),
    ("networks.1.name", "main", "networks[1].name", "a name that no other has", "“main”"),
    ("networks.0.extra", None, "networks[0].extra", "no such field", "nothing"),
    ("networks.0.nodes.3.name", 7, NODE + ".name", "a text", "7"),
    (
        "networks.0.nodes.3.name",
        "x" * 5001,
        NODE + ".name",
        "a text of at most 5000 characters",
        "5001 characters",
    ),
    ("networks.0.nodes.3.name", "\ud800", NODE + ".name", "a text without broken characters", "“\\ud800”"),
    ("networks.0.nodes.3.name", DELETE, NODE + ".name", "a value", "nothing"),
    ("networks.0.nodes.3.id", "a b", NODE + ".id", PLAIN, "“a b”"),
    ("networks.0.nodes.3.id", "a" * 101, NODE + ".id", PLAIN, "“" + "a" * 59 + "…”"),
    ("networks.0.nodes.3.type", "os.system('x')", NODE + ".type", PLAIN, "“os.system('x')”"),
    ("networks.0.nodes.3.id", "relu_1", NODE + ".id", "an id that no other has", "“relu_1”"),
    ("networks.0.nodes.3.repeat", 0, NODE + ".repeat", "a whole number from 1 to 10000", "0"),
    ("networks.0.nodes.3.repeat", 2**31, NODE + ".repeat", "a whole number from 1 to 10000", "2147483648"),
    ("networks.0.nodes.3.frozen", 1, NODE + ".frozen", "true or false", "1"),
    ("networks.0.nodes.3.rate_factor", -1, NODE + ".rate_factor", "a number from 0 to 1000000", "-1"),
    ("networks.0.nodes.3.parameters", [], NODE + ".parameters", "an object", "a list of 0"),
    (
        "networks.0.nodes.3.parameters",
        {"x": {"code": "1"}},
        NODE + ".parameters.x",
        "a number, a text, yes or no, or a list of these",
        "an object of 1 fields",
    ),
    (
        "networks.0.nodes.3.parameters",
        {"x": [[[[[[[[[1]]]]]]]]]},
        NODE + ".parameters.x[0][0][0][0][0][0][0][0]",
        "a number, a text, yes or no, or a list of these",
        "a list of 1",
    ),
    ("networks.0.wires.0.from", ["nobody", "y"], WIRE + ".from", BLOCK, "“nobody”"),
    (
        "networks.0.wires.0.from",
        "add_1.y",
        WIRE + ".from",
        "the id of a block and the name of its port",
        "“add_1.y”",
    ),
    ("networks.0.wires.0.to", ["add_1", 3], WIRE + ".to[1]", "a text", "3"),
    ("networks.0.wires.0.index", -1, WIRE + ".index", "a whole number from 0 to 50000", "-1"),
    (
        "composites.0.parameters.0.kind",
        "code",
        "composites[0].parameters[0].kind",
        "one of int, float, bool, text, choice, size, shape, dims, numbers, folder",
        "“code”",
    ),
    (
        "composites.0.parameters.0.from_input",
        {"port": "x", "dim": 0},
        "composites[0].parameters[0].from_input.dim",
        "a dimension such as 1 or -1, without that of the batch",
        "0",
    ),
    (
        "composites.0.parameters.0.from_input",
        {"port": 1, "dim": 1},
        "composites[0].parameters[0].from_input.port",
        "a text",
        "1",
    ),
    ("plan.losses.0.weight", "1", "plan.losses[0].weight", MEASURE, "“1”"),
    ("plan.optimizers.model", "adam", "plan.optimizers.model", "an object", "“adam”"),
    ("plan.loop", DELETE, "plan.loop", "a value", "nothing"),
    ("plan.networks.model", 1, "plan.networks.model", "a text", "1"),
    ("layout.networks.main.positions.nobody", [0, 0], LOOK + ".positions", BLOCK, "“nobody”"),
    ("layout.networks.main.positions.relu_1", [0, True], LOOK + ".positions.relu_1[1]", MEASURE, "true"),
    ("layout.networks.main.positions.relu_1", [0], LOOK + ".positions.relu_1", "two numbers", "a list of 1"),
    (
        "layout.networks.other",
        {},
        "layout.networks.other",
        "the look of a graph that is in this file",
        "an object of 0 fields",
    ),
    ("layout.networks.main.direction", "up", LOOK + ".direction", "one of right, down", "“up”"),
    ("layout.networks.main.locked", 1, LOOK + ".locked", "true or false", "1"),
    (
        "layout.networks.main.trimmed",
        ["gone"],
        LOOK + ".trimmed",
        "the id of a block in this graph",
        "“gone”",
    ),
    ("layout.networks.main.pinned", ["add_1", "add_1"], LOOK + ".pinned", "each block once", "a list of 2"),
    (
        "layout.networks.main.reroutes.0.wire.index",
        9,
        LOOK + ".reroutes[0].wire",
        "a wire of this graph, once",
        "“add_1”",
    ),
    ("layout.networks.main.frames.0.width", None, LOOK + ".frames[0].width", MEASURE, "nothing"),
    ("template", ["cnn"], "template", "a text", "a list of 1"),
]


@pytest.mark.parametrize(("path", "value", "where", "expected", "received"), FAULTS)
def test_a_fault_says_where_and_what(path: str, value: Any, where: str, expected: str, received: str) -> None:
    assert refused(changed(path, value)) == f"{where}: expected {expected}, received {received}."


def test_names_from_a_file_come_out_in_one_readable_line() -> None:
    said = refused(changed("networks.0.\n\u202eevil" + "x" * 500, 1))
    assert said.startswith("networks[0].\\u000a\\u202eevilxxx")


def test_a_wire_that_stands_twice_is_refused() -> None:
    data = json.loads(TEXT)
    data["networks"][0]["wires"].append(data["networks"][0]["wires"][0])
    assert "a wire that no other is equal to" in refused(json.dumps(data))


def test_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.netwright"
    file.write_text(changed("version", 7))
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    with pytest.raises(FileError) as caught:
        read(file)
    assert str(caught.value) == (
        "“new.netwright”: A newer Netwright wrote this: it is of version 7, and this one reads up to "
        f"version {VERSION}. It is left as it is; open it with the newer one."
    )
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert [path.name for path in tmp_path.iterdir()] == ["new.netwright"]


def test_too_many_blocks_are_refused_with_the_number_and_the_limit() -> None:
    nodes = [{"id": f"r{index}", "name": "", "type": "relu"} for index in range(100_000)]
    text = changed("networks.1.nodes", nodes)
    start = time.process_time()
    with pytest.raises(FileError) as caught:
        loads(text)
    assert str(caught.value) == "There are 100014 blocks; a project has at most 20000."
    assert time.process_time() - start < 2.0
    wires = [{"from": ["input_1", "y"], "to": ["input_1", "x"], "index": index} for index in range(50_001)]
    with pytest.raises(FileError, match="There are 50014 wires; a project has at most 50000"):
        loads(changed("networks.1.wires", wires))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.netwright"
    with file.open("wb") as huge:
        huge.truncate(10 << 30)
    start = time.process_time()
    with pytest.raises(FileError, match="has 10240 MB; a file of Netwright has at most 64 MB"):
        read(file)
    assert look(file) is None
    assert time.process_time() - start < 0.5
    assert "at most 64 MB" in refused(" " * (limits.BYTES + 1))


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "none", "no such file"),
        (tmp_path, "a folder"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(FileError, match=said):
            read(path)


if os.name != "nt":  # Windows has no such files

    def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.netwright"
        os.mkfifo(pipe)
        for path in (pipe, Path("/dev/zero")):
            assert look(path) is None
            with pytest.raises(FileError, match="a device or a pipe, not a file"):
                read(path)


@pytest.mark.parametrize("wire", ["input_1.y", "a.b.c -> d", 7, None, " -> ", "input_1 -> relu_1"])
def test_a_damaged_old_file_is_refused_in_words(wire: Any) -> None:
    data = json.loads((FILES / "version0.netwright").read_text())
    data["networks"][0]["wires"][0] = wire
    assert "networks.main.wires[0]" in refused(json.dumps(data))


@pytest.mark.parametrize("field", ["networks", "composites"])
@pytest.mark.parametrize("value", [None, 3, {}, [None], [{"wires": 3}], [[]]])
def test_an_old_file_of_another_shape_is_refused(field: str, value: Any) -> None:
    data = json.loads((FILES / "version0.netwright").read_text())
    data[field] = value
    assert field in refused(json.dumps(data)) or value == {}


# -- whatever comes ------------------------------------------------------------------------------------


def kept_or_refused(text: str | bytes) -> bool:
    """Hold the promise: refused in one line, or a project whose text is canonical and loads again."""
    try:
        project = loads(text)
    except FileError as error:
        said = str(error)
    else:
        said = ""
    if said:
        assert "\n" not in said
        return False
    again = dumps(project)
    assert loads(again) == project
    assert dumps(loads(again)) == again
    return True


def test_every_truncation_is_refused_or_whole() -> None:
    data = TEXT.encode()
    whole = [end for end in range(len(data) + 1) if kept_or_refused(data[:end])]
    assert whole == [len(data) - 1, len(data)]  # only the last line end can be missing


def mutated(random_: random.Random, text: str) -> bytes:
    """Damage a text as a bad disk, a bad merge or a curious person would."""
    data = bytearray(text.encode())
    for _ in range(random_.choice((1, 1, 1, 2, 5))):
        at, length = random_.randrange(len(data)), random_.choice((1, 1, 2, 8, 60))
        match random_.randrange(6):
            case 0:
                data[at] = random_.randrange(256)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                other = random_.randrange(len(data))
                data[at : at + length] = data[other : other + length]
            case 4:
                data[at:at] = random_.choice(WORDS)
            case 5:
                digits = [place for place, byte in enumerate(data) if chr(byte).isdigit()]
                data[random_.choice(digits)] = random_.choice(b"0123456789-.e")
    return bytes(data)


WORDS = tuple(
    word.encode()
    for word in (
        *"{ } [ ] , : null true false NaN 1e999 -0 0.5 1.0".split(),
        *('"', "\\", '"x": 1,', '"repeat": 3,', '"\\ud800"', "\u202e", "[[]]", '{"expr": "d"}', "/*", "\0"),
    )
)


def swapped(random_: random.Random, data: Any) -> Any:
    """Put one value of a file in place of another."""
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            places.append((value, key))
            walk(value[key])

    walk(data)
    (holder, key), (other, its) = random_.choice(places), random_.choice(places)
    holder[key] = random_.choice(
        [copy.deepcopy(other[its]), None, 0, -1, 1.5, True, "", "main", [], {}, 10**30]
    )
    return data


def test_random_damage_is_refused_or_kept() -> None:
    random_ = random.Random(1)
    outcomes = [kept_or_refused(mutated(random_, TEXT)) for _ in range(MUTATIONS)]
    outcomes += [kept_or_refused(json.dumps(swapped(random_, json.loads(TEXT)))) for _ in range(MUTATIONS)]
    assert 0.02 < sum(outcomes) / len(outcomes) < 0.9  # both kinds were tried
