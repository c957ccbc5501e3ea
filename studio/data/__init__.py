"""Where samples come from: data sources, their splits, and how a raw sample becomes an input."""

from studio.data.dataset import DataError, Dataset, Progress, Split, Task
from studio.data.loading import load
from studio.data.pictures import read_drawing
from studio.data.preprocessing import Preprocessing, PreprocessingError

__all__ = [
    "DataError",
    "Dataset",
    "Preprocessing",
    "PreprocessingError",
    "Progress",
    "Split",
    "Task",
    "load",
    "read_drawing",
]
