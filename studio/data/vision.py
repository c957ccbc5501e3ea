"""Brings torchvision in wherever it is installed; the only module that imports it.

On Linux the registry's torchvision is a CUDA build. Beside a CPU build of torch it dies while it is imported
("operator torchvision::nms does not exist"), and torchmetrics, which imports it, dies with it. Only then the
two missing operators are declared and the import is repeated: models, transforms and data sets work then.
The operators themselves and `torchvision.io` do not; pictures are read with Pillow.
"""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType

import torch

_SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
_lock = threading.Lock()
_declared: list[torch.library.Library] = []
"""Keeps the declarations alive: they vanish with their library object."""


def torchvision() -> ModuleType:
    """Give torchvision, imported on first use.

    Call this before the first import of anything that imports torchvision itself, such as torchmetrics.
    """
    with _lock:
        try:
            return importlib.import_module("torchvision")
        except RuntimeError as error:
            if "torchvision::" not in str(error) or _declared:
                raise
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "DEF")
        for schema in _SCHEMAS:
            library.define(schema)
        _declared.append(library)
        return importlib.import_module("torchvision")
