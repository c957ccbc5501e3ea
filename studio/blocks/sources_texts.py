"""Where texts come from: files of a person, and what lies on every machine with Python."""

from typing import Any, Literal

from studio.blocks.declare import block, param
from studio.blocks.parameter import File, Place
from studio.blocks.splits import in_proportion, seed_of_split, share_of_test, share_of_validation


def _encoding() -> Any:
    return param(
        "auto", advanced=True, doc="How the file is encoded; auto tells UTF-8, UTF-16 and GBK apart."
    )


def _units(default: str) -> Any:
    return param(
        default,
        doc="What a token is: a character, a byte, a word, or a piece of a word that was learned (bpe).",
    )


@block(
    "studio.data.texts.Text",
    type="text",
    group="text",
    role="data",
    title="Running text",
    keywords=("language model", "gpt", "next token", "corpus"),
)
class Text:
    """Windows of a text, each with the tokens that come next: what language models learn from."""

    folder: Place = param(
        "", doc="A text, or a folder of texts; empty for what comes with Python.", title="File or folder"
    )
    kind: Literal["documentation", "docstrings"] = param(
        "documentation",
        title="Text of Python",
        doc="Without a file: the topics of its documentation, or what the parts of its library say of"
        " themselves.",
    )
    units: Literal["characters", "bytes", "words", "bpe"] = _units("characters")
    vocabulary: int = param(
        1000, low=3, high=1_000_000, doc="Most tokens that there are; rarer characters and words are unknown."
    )
    length: int = param(64, low=1, high=100_000, doc="Tokens that the network sees at once.")
    stride: int = param(
        0, low=0, high=100_000, doc="Tokens from one window to the next; 0 for a whole window.", advanced=True
    )
    encoding: Literal["auto", "utf-8", "utf-16", "gbk", "latin-1"] = _encoding()
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()


@block(
    "studio.data.text_classes.TextClasses",
    type="text_classes",
    group="text",
    role="data",
    title="Texts with classes",
    keywords=("sentiment", "topic", "spam"),
)
class TextClasses:
    """Your own texts: one folder for each class, or a table with a column of texts."""

    folder: Place = param(
        "", doc="Folder with one folder of texts for each class, or a table.", title="Folder or table"
    )
    text_column: str = param("", doc="Column of texts of a table; empty for the one that holds texts.")
    target: str = param("", doc="Column of classes of a table; empty for the one that looks like it.")
    units: Literal["characters", "bytes", "words", "bpe"] = _units("words")
    vocabulary: int = param(
        5000, low=3, high=1_000_000, doc="Most tokens that there are; rarer characters and words are unknown."
    )
    length: int = param(
        64,
        low=1,
        high=100_000,
        doc="Tokens of each text; longer ones are cut, shorter ones are filled with 0.",
    )
    encoding: Literal["auto", "utf-8", "utf-16", "gbk", "latin-1"] = _encoding()
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block(
    "studio.data.pairs.Pairs",
    type="pairs",
    group="text",
    role="data",
    title="Pairs of texts",
    keywords=("translation", "sequence to sequence", "seq2seq", "question answering", "summary"),
)
class Pairs:
    """Texts with what each becomes, such as translations: of your own table, or generated."""

    folder: File = param(
        "", doc="Table with a column for each side; empty for generated pairs.", title="File"
    )
    kind: Literal["numerals", "questions", "summaries"] = param(
        "numerals",
        title="Generated pairs",
        doc="Without a table: numbers to Chinese numerals, questions to answers, or reports to summaries.",
    )
    count: int = param(10_000, low=10, high=1_000_000, doc="How many pairs are generated at most.")
    seed: int = param(0, low=0, advanced=True, doc="Number that its chance starts from.")
    source_column: str = param("", doc="Column that is read; empty for the first one.")
    target_column: str = param("", doc="Column that it becomes; empty for the next one.")
    units: Literal["characters", "bytes", "words", "bpe"] = _units("characters")
    vocabulary: int = param(
        1000, low=3, high=1_000_000, doc="Most tokens that there are; rarer characters and words are unknown."
    )
    length: int = param(
        8,
        low=1,
        high=100_000,
        doc="Tokens of each text; longer ones are cut, shorter ones are filled with 0.",
    )
    answer_length: int = param(
        12,
        low=2,
        high=100_000,
        doc="Tokens of each answer, its end counted; pairs with longer ones are left out.",
    )
    encoding: Literal["auto", "utf-8", "utf-16", "gbk", "latin-1"] = _encoding()
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()


@block(
    "studio.data.marked.Marked",
    type="marked",
    group="text",
    role="data",
    title="Marked letters",
    keywords=("attention", "find", "search"),
)
class Marked:
    """Generated rows of letters, one of which stands behind a star: which letter is it?"""

    count: int = param(4000, low=10, high=1_000_000, doc="How many rows are drawn.")
    length: int = param(
        16, low=4, high=512, doc="Most tokens of a row, the star counted; shorter ones are filled with 0."
    )
    letters: int = param(10, low=2, high=26, doc="How many different letters there are.")
    seed: int = param(0, low=0, advanced=True, doc="Number that its chance starts from.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()
