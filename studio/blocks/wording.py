"""Every English text of the catalogue that a person can see, for the check of its translations."""

from __future__ import annotations

from studio.blocks.declare import registered


def texts() -> list[str]:
    """Give every text of our own declarations; those of plugins are theirs to translate."""
    found: dict[str, None] = {}
    for made in registered().values():
        if made.plugin:
            continue
        for text in (made.title, made.doc, f"group {made.group}", *(rule.says for rule in made.rules)):
            found[text] = None
        for port in (*made.inputs, *made.outputs):
            found[port.doc] = None
        for parameter in made.parameters.values():
            found.update(dict.fromkeys((parameter.label, parameter.doc, parameter.unit, *parameter.choices)))
    found.pop("", None)
    return list(found)
