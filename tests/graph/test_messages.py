"""Sentences as data: the same sentence in every language, and no text of a file ever becomes a template."""

from __future__ import annotations

import json

import pytest

from studio.graph import Message, NetwrightError
from studio.graph.text import catalogue, fill, translator


def test_values_go_in_by_name() -> None:
    message = Message("Expected {expected}, received {received}.", expected=Message("a text"), received=3)
    assert str(message) == "Expected a text, received 3."
    words = {"Expected {expected}, received {received}.": "{received}？应为{expected}。", "a text": "文本"}
    assert message.render(lambda text: words.get(text, text)) == "3？应为文本。"
    assert str(NetwrightError(message)) == str(message)
    assert NetwrightError(message).message is message


@pytest.mark.parametrize(
    "value", ["{name}", "{0}", "{name.__class__}", "%s", "{", "}}", "<b>", "{received!r:>100}"]
)
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    assert str(Message("“{name}”", name=value)) == f"“{value}”"


def test_no_attribute_no_index_and_no_position_is_read() -> None:
    assert fill("{name.__class__} {name[0]} {0}", {"name": "x"}) == "{name.__class__} {name[0]} {0}"
    assert fill("{unknown}", {"name": "x"}) == "{unknown}"
    assert fill("{{name}}", {}) == "{name}"
    assert fill("{{{name}}}", {"name": "x"}) == "{x}"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 errors"), (1, "1 error"), ("1", "1 error"), (2, "2 errors"), ("1,234", "1,234 errors")],
)
def test_one_is_said_unlike_many(count: object, said: str) -> None:
    message = Message("{count} {count:error|errors}", count=count)
    assert str(message) == said
    assert message.render({"{count} {count:error|errors}": "{count} 个错误"}.__getitem__) == f"{count} 个错误"
    assert str(Message("{count:it is|they are} {count:|not }alone", count=count)) == (
        "it is alone" if str(count) == "1" else "they are not alone"
    )


def test_messages_are_values() -> None:
    one, other = Message("{a}", a=1), Message("{a}", a=1)
    assert one == other
    assert hash(one) == hash(other)
    assert one != Message("{a}", a=2)
    assert one != Message("{b}", a=1)
    with pytest.raises(TypeError):
        one.values["a"] = 2  # type: ignore[index]


def test_a_kept_message_is_said_in_any_language() -> None:
    inner = Message("“{name}” has no input “{port}”.", name="猫", port=1)
    message = Message("Error: {reason}", reason=inner, size=0.5, sizes=(1, 2), none=float("nan"))
    kept = json.loads(json.dumps(message.json(), allow_nan=False))
    assert (
        Message.read(kept).render(translator("zh_CN")) == message.render(translator("zh_CN")) != str(message)
    )
    assert Message.read(kept).values["size"] == 0.5
    assert str(Message.read("of old: {a}")) == "of old: {a}"
    wrong: tuple[object, ...] = (
        {},
        [],
        None,
        {"template": 1},
        {"template": "", "values": 3},
        {"template": "", "values": {"a": {}}},
    )
    for damaged in wrong:
        with pytest.raises(ValueError, match="sentence"):
            Message.read(damaged)


def test_english_needs_no_catalogue_and_unknown_text_stays() -> None:
    assert dict(catalogue("en")) == {}
    assert translator("en")("Clear") == "Clear"
    assert translator("zh_CN")("no such sentence anywhere") == "no such sentence anywhere"
    assert translator("zh_CN")("“{name}” has no input “{port}”.") == "“{name}”没有输入“{port}”。"
