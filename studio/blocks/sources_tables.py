"""Where numbers come from: tables and arrays of a person, series, and real sets on the machine."""

from typing import Literal

from studio.blocks.declare import block, param
from studio.blocks.parameter import Folder
from studio.blocks.splits import in_proportion, seed_of_split, share_of_test, share_of_validation


@block(
    "studio.data.table.Table", type="table", group="tables", role="data", title="Table (CSV, TSV, Parquet)"
)
class Table:
    """Your own table: what its columns hold is found out, numbers are standardised, words become 0 and 1."""

    folder: Folder = param("", doc="File of CSV, TSV or Parquet.", title="File")
    target: str = param(
        "",
        doc="Column to predict, or several with commas between them; empty for the one that looks like it.",
    )
    columns: str = param(
        "",
        doc="What columns hold, where it is found wrong: name: kind, with commas between. A kind is number, "
        "category, text, date or ignore.",
    )
    missing: Literal["fill", "drop"] = param(
        "fill", doc="Fill missing cells by what is usual in the training rows, or drop their rows."
    )
    standardise: bool = param(True, doc="Bring numbers to mean 0 and spread 1, as the training rows are.")
    encoding: Literal["auto", "utf-8", "utf-16", "gbk", "latin-1"] = param(
        "auto", advanced=True, doc="How the file is encoded; auto tells UTF-8, UTF-16 and GBK apart."
    )
    separator: Literal["auto", "comma", "semicolon", "tab", "bar"] = param(
        "auto", advanced=True, doc="What stands between cells."
    )
    header: Literal["auto", "yes", "no"] = param(
        "auto", advanced=True, doc="Whether the first row holds the names of the columns."
    )
    split_column: str = param(
        "",
        advanced=True,
        doc="Column that says train, validation or test; of any other one, rows of one value stay together.",
    )
    validation_file: Folder = param("", advanced=True, doc="Table of its own to check each epoch with.")
    test_file: Folder = param("", advanced=True, doc="Table of its own for the final judgement.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()
