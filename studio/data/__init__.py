"""Where samples come from: data sources, their splits, and how a raw sample becomes an input."""

from studio.data.dataset import DataError, Dataset, Facts, Field, Progress, Split, Task
from studio.data.inquiry import Inquiry
from studio.data.loading import facts_of, load
from studio.data.pictures import read_drawing
from studio.data.preprocessing import Preprocessing, PreprocessingError

__all__ = [
    "DataError",
    "Dataset",
    "Facts",
    "Field",
    "Inquiry",
    "Preprocessing",
    "PreprocessingError",
    "Progress",
    "Split",
    "Task",
    "facts_of",
    "load",
    "read_drawing",
]
