"""Every English text of the catalogue that a person can see, for the check of its translations."""

from __future__ import annotations

from studio.blocks.declare import registered
from studio.blocks.recipes_learning import FIGURES


def role_label(role: str) -> str:
    """Give the English name of what a network is to a recipe."""
    return role.replace("_", " ").capitalize()


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
        if made.role == "recipe":
            found.update(dict.fromkeys(role_label(port.name) for port in made.inputs))
        for parameter in made.parameters.values():
            found.update(dict.fromkeys((parameter.label, parameter.doc, parameter.unit, *parameter.choices)))
    found.update(dict.fromkeys(FIGURES))
    found.pop("", None)
    return list(found)
