"""Where numbers come from: tables and arrays of a person, series, and real sets on the machine."""

from typing import Literal

from studio.blocks.declare import block, param
from studio.blocks.parameter import File
from studio.blocks.splits import in_proportion, seed_of_split, share_of_test, share_of_validation


@block(
    "studio.data.table.Table", type="table", group="tables", role="data", title="Table (CSV, TSV, Parquet)"
)
class Table:
    """Your own table: what its columns hold is found out, numbers are standardised, words become 0 and 1."""

    folder: File = param("", doc="File of CSV, TSV or Parquet.", title="File")
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
    validation_file: File = param("", advanced=True, doc="Table of its own to check each epoch with.")
    test_file: File = param("", advanced=True, doc="Table of its own for the final judgement.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block(
    "studio.data.series.Series",
    type="series",
    group="tables",
    role="data",
    title="Time series",
    keywords=("forecast", "window", "seasons", "lstm"),
)
class Series:
    """Windows of the past, each with what comes next: of your own table, or generated with seasons."""

    folder: File = param("", doc="Table with one row a step; empty for a generated series.", title="File")
    columns: str = param(
        "", doc="Columns that the network sees, with commas between; empty for all that hold numbers."
    )
    target: str = param("", doc="Columns to forecast, with commas between; empty for the first one.")
    window: int = param(48, low=1, high=100_000, doc="Steps that the network sees.")
    horizon: int = param(1, low=1, high=10_000, doc="Steps that it forecasts.")
    stride: int = param(1, low=1, high=100_000, advanced=True, doc="Steps from one window to the next.")
    count: int = param(2000, low=10, high=10_000_000, doc="Steps of the generated series.", title="Steps")
    period: int = param(24, low=2, high=1_000_000, doc="Steps of a season of the generated series.")
    trend: float = param(0.02, low=-1000, high=1000, advanced=True, doc="How much it rises in a season.")
    noise: float = param(0.2, low=0, high=1000, doc="Spread of the chance in the generated series.")
    memory: float = param(
        0.0,
        low=0,
        high=0.999,
        title="Memory of the chance",
        doc="How much of the chance of one step stays in the next, as a warm day follows a warm day.",
    )
    seed: int = param(0, low=0, advanced=True, doc="Number that its chance starts from.")
    validation: float = share_of_validation()
    test: float = share_of_test()


@block("studio.data.real_sets.Iris", type="iris", group="tables", role="data", title="Iris")
class Iris:
    """150 real irises of three kinds: 4 measurements each, standardised on the training data."""

    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block(
    "studio.data.real_sets.BreastCancer",
    type="breast_cancer",
    group="tables",
    role="data",
    title="Breast cancer",
)
class BreastCancer:
    """569 real tumours, malignant or benign: 30 measurements each, standardised on the training data."""

    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block("studio.data.real_sets.Linnerud", type="linnerud", group="tables", role="data", title="Linnerud")
class Linnerud:
    """20 real men: three exercises tell weight, waist and pulse, three numbers at once."""

    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()


@block(
    "studio.data.fields.PlaneField",
    type="field",
    group="tables",
    role="data",
    title="Points on a plane",
    keywords=("xor", "spiral", "circle", "gauss", "moons", "toy"),
)
class PlaneField:
    """Generated points of two classes, with two coordinates each: XOR, spirals and other patterns."""

    pattern: Literal["xor", "circle", "gauss", "spiral", "moons", "points"] = param(
        "xor", doc="How the classes lie; points are the two of a first lesson, (1, 2) and (3, 4)."
    )
    count: int = param(400, low=10, high=1_000_000, doc="How many points are drawn.")
    noise: float = param(0.05, low=0, high=10, doc="How far points stray by chance.")
    gap: float = param(
        0.0, low=0, high=0.9, doc="How far points of XOR keep from the border between the classes."
    )
    seed: int = param(0, low=0, advanced=True, doc="Number that its chance starts from.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()
