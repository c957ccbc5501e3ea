"""Where pictures come from: published sets, files of a person with labels or masks, and generated shapes."""

from studio.blocks.declare import block, param
from studio.blocks.splits import seed_of_split, share_of_test, share_of_validation


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
