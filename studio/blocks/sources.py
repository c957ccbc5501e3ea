"""Where data comes from: real sets on the machine, folders of a person, and small generated sets."""

from typing import Literal

from studio.blocks.declare import block, param
from studio.blocks.parameter import Folder, Place
from studio.blocks.splits import (
    Varied,
    in_proportion,
    seed_of_split,
    share_of_test,
    share_of_validation,
    what_to_learn,
)


@block("studio.data.digits.Digits", type="digits", group="images", role="data", title="Digits")
class Digits(Varied):
    """1,797 real handwritten digits of scikit-learn, brought from 8x8 to 28x28. No download."""

    only: Literal["all", "0 to 4", "5 to 9"] = param(
        "all",
        doc="Which digits: one half to learn first, the other one to learn with what was learned.",
        title="Which digits",
    )
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block("studio.data.mnist.MNIST", type="mnist", group="images", role="data", title="MNIST")
class MNIST(Varied):
    """70,000 handwritten digits at 28x28, downloaded once or read from a folder."""

    folder: Folder = param("", doc="Folder that holds or will hold the files; empty for the program's own.")
    download: bool = param(False, doc="Download the files when they are not there (11 MB).")
    validation: float = share_of_validation()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block(
    "studio.data.image_folder.ImageFolder",
    type="image_folder",
    group="images",
    role="data",
    title="Image folder",
)
class ImageFolder(Varied):
    """Your own pictures: one folder for each class."""

    folder: Folder = param(
        "",
        doc="Folder with one folder of pictures for each class; or with train and test, each with such ones.",
    )
    height: int = param(28, low=1, high=4096, unit="px", doc="Pictures are brought to this height.")
    width: int = param(28, low=1, high=4096, unit="px", doc="Pictures are brought to this width.")
    grayscale: bool = param(False, doc="One channel instead of red, green and blue.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()
    learn: Literal["labels", "itself"] = what_to_learn()


@block(
    "studio.data.arrays.Arrays",
    type="arrays",
    group="arrays",
    role="data",
    title="Arrays (NumPy, PyTorch, safetensors)",
    keywords=("npz", "npy", "pt", "tensors"),
)
class Arrays:
    """Your own numbers: a file with an array for each input and for the target; x_train is x for training."""

    folder: Place = param(
        "",
        doc="File of .npz, .pt or .safetensors, or a folder of .npy; arrays are named like the inputs, and "
        "target. Of a single .npy the last column is the target.",
        title="File",
    )
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()
    learn: Literal["labels", "itself"] = what_to_learn()


@block("studio.data.tables.Wine", type="wine", group="tables", role="data", title="Wine")
class Wine:
    """178 real wines of three growers: 13 measurements each, standardised on the training data."""

    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block("studio.data.tables.Diabetes", type="diabetes", group="tables", role="data", title="Diabetes")
class Diabetes:
    """442 real patients: 10 measurements and how the illness went on after a year."""

    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()


@block("studio.data.digits.DigitPairs", type="digit_pairs", group="images", role="data", title="Digit pairs")
class DigitPairs:
    """Two real digits at a time, inputs a and b: are they the same digit?"""

    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()


@block("studio.data.sentences.Sentences", type="sentences", group="text", role="data", title="Sentences")
class Sentences:
    """Generated Chinese and English sentences about likes and dislikes, as token numbers."""

    count: int = param(2000, low=10, high=1_000_000, doc="How many sentences are made.")
    length: int = param(16, low=4, high=512, doc="Tokens in each sentence; shorter ones are filled with 0.")
    validation: float = share_of_validation()
    test: float = share_of_test()
    split_seed: int = seed_of_split()
    stratify: bool = in_proportion()
