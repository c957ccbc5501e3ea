"""Where pictures come from: published sets, files of a person with labels or masks, and generated shapes."""

from typing import Literal

from studio.blocks.declare import block, param
from studio.blocks.parameter import File, Folder
from studio.blocks.splits import Varied, in_proportion, seed_of_split, share_of_test, share_of_validation


@block(
    "studio.data.shapes.Shapes",
    type="shapes",
    group="images",
    role="data",
    title="Shapes with masks",
    keywords=("segmentation", "u-net", "mask"),
)
class Shapes:
    """Generated pictures of discs, squares and triangles, with a class for every pixel."""

    count: int = param(600, low=10, high=1_000_000, doc="How many pictures are drawn.")
    size: int = param(32, low=8, high=1024, unit="px", doc="Height and width of the pictures.")
    noise: float = param(0.05, low=0, high=10, doc="Spread of what is added to every pixel by chance.")
    seed: int = param(0, low=0, advanced=True, doc="Number that its chance starts from.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()


@block(
    "studio.data.clutter.Clutter",
    type="clutter",
    group="images",
    role="data",
    title="Digits in clutter",
    keywords=("attention", "find", "search", "cluttered"),
)
class Clutter:
    """A real digit somewhere on a larger picture, among pieces of other digits: which one is it?"""

    count: int = param(6000, low=20, high=1_000_000, doc="How many pictures are made.")
    size: int = param(56, low=28, high=512, unit="px", doc="Height and width of the pictures.")
    pieces: int = param(
        8, low=0, high=1000, title="Pieces of clutter", doc="Pieces of other digits on each picture."
    )
    seed: int = param(0, low=0, advanced=True, doc="Number that its chance starts from.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block(
    "studio.data.image_table.ImageTable",
    type="image_table",
    group="images",
    role="data",
    title="Pictures with a table of labels",
    keywords=("multi-label", "csv", "tags"),
)
class ImageTable(Varied):
    """Your own pictures, whose labels stand in a table: one class each, several at once, or numbers."""

    folder: File = param("", doc="Table with a file name and its labels in each row.", title="Table")
    pictures: Folder = param("", doc="Folder that the file names are told from; empty for that of the table.")
    file_column: str = param("", doc="Column of file names; empty for the one that holds them.")
    target: str = param(
        "",
        doc="Column of labels; a cell can hold several with | between. Or several columns of yes and no, "
        "with commas between.",
    )
    height: int = param(28, low=1, high=4096, unit="px", doc="Pictures are brought to this height.")
    width: int = param(28, low=1, high=4096, unit="px", doc="Pictures are brought to this width.")
    grayscale: bool = param(False, doc="One channel instead of red, green and blue.")
    split_column: str = param(
        "",
        advanced=True,
        doc="Column that says train, validation or test; of any other one, rows of one value stay together.",
    )
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block(
    "studio.data.image_masks.ImageMasks",
    type="image_masks",
    group="images",
    role="data",
    title="Pictures with masks",
    keywords=("segmentation", "u-net", "areas"),
)
class ImageMasks(Varied):
    """Your own pictures with masks of the same names: the class of each pixel is learned."""

    folder: Folder = param("", doc="Folder of pictures.")
    masks: Folder = param(
        "", doc="Folder of masks of the same names, with a number or colour for each class."
    )
    height: int = param(64, low=1, high=4096, unit="px", doc="Pictures are brought to this height.")
    width: int = param(64, low=1, high=4096, unit="px", doc="Pictures are brought to this width.")
    grayscale: bool = param(False, doc="One channel instead of red, green and blue.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()


@block(
    "studio.data.published.Published",
    type="published",
    group="images",
    role="data",
    title="Published sets of pictures",
    keywords=("torchvision", "fashion", "KMNIST", "emnist", "cifar", "SVHN", "USPS", "benchmark"),
)
class Published(Varied):
    """Well-known sets, downloaded once or read from a folder: clothes, signs, letters, things, numbers."""

    name: Literal[
        "FashionMNIST",
        "KMNIST",
        "EMNIST balanced",
        "EMNIST letters",
        "EMNIST digits",
        "CIFAR10",
        "CIFAR100",
        "SVHN",
        "USPS",
    ] = param("FashionMNIST", doc="Which set.", title="Data set")
    folder: Folder = param("", doc="Folder that holds or will hold the files; empty for the program's own.")
    download: bool = param(
        False, doc="Download the files when they are not there: 7 MB (USPS) to 560 MB (EMNIST)."
    )
    validation: float = share_of_validation()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()
