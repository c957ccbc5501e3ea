"""How composites are told apart from blocks, and what they are called in the language in use."""

from __future__ import annotations

from studio.blocks import Block
from studio.graph.text import LANGUAGES, Message, translator
from studio.project import COMPOSITE
from studio.project.library import LIBRARY, find_shipped
from studio.project.own_library import OWN
from studio.ui.words.matching import Words
from studio.ui.words.text import tr


def definition_of(block: Block) -> str:
    """Give the name of the definition behind a block, of the project or of the library; else nothing."""
    return block.title if block.type in (COMPOSITE, LIBRARY, OWN) else ""


def called(name: str) -> str:
    """Give what a composite is called: one that came from the library in the language in use."""
    return tr(name) if find_shipped(name) is not None else name


def spoken(name: str) -> object:
    """Give a composite's name as part of a sentence, which is said in any language later."""
    return Message(name) if find_shipped(name) is not None else name


def told(block: Block) -> str:
    """Give the help text of a composite: in the language in use as long as it is the one of the library."""
    found = find_shipped(block.title)
    return tr(block.doc) if found is not None and found.block.doc == block.doc else block.doc


def words_of_composite(block: Block) -> Words:
    """Give what a composite is found by: its name, and for one of the library its words in each language."""
    found = find_shipped(block.title)
    if found is None:
        return Words((block.title,), ("composite",))
    turns = [translator(code) for code in LANGUAGES]
    names = dict.fromkeys(turn(found.name) for turn in turns)
    return Words(
        (*names,), (*dict.fromkeys(turn(word) for word in ("composite", *found.words) for turn in turns),)
    )
