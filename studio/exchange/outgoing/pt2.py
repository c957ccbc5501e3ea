"""A program of torch.export: runs without the network's source, from Python or C++, for any batch size."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Mapping
from typing import Any

import torch

from studio.exchange.declare import Files, file_format
from studio.exchange.subject import Subject
from studio.graph import Message


def load(folder: str, name: str, facts: Mapping[str, Any]) -> Any:
    """Open it as a stranger; never done with a file that Netwright did not just make, as it can run code."""
    from pathlib import Path

    import torch

    return torch.export.load(Path(folder, name)).module()


def program_of(subject: Subject) -> torch.export.ExportedProgram:
    """Give the exported program, its batch size left open, and lengths wherever torch can leave them open."""
    # Three samples: exporters take sizes 0 and 1 for fixed ones.
    given = {name: tensor_of(tensor.at(3), tensor.dtype) for _, name, tensor in subject.program.inputs}
    batch = torch.export.Dim("batch")
    sizes: dict[str, dict[int, Any]] = {
        name: {
            place: torch.export.Dim.AUTO if dim.length is not None else batch
            for place, dim in enumerate(tensor.shape)
            if dim.length is not None or place == 0
        }
        for _, name, tensor in subject.program.inputs
    }
    with torch.no_grad(), warnings.catch_warnings():
        # Of recurrent layers, about a list that they keep for themselves.
        warnings.filterwarnings("ignore", "The tensor attributes? .*_flat_weights", UserWarning)
        if len(given) == 1:
            made = torch.export.export(
                subject.model, tuple(given.values()), dynamic_shapes=tuple(sizes.values())
            )
        else:
            made = torch.export.export(subject.model, (), given, dynamic_shapes=sizes)
    for part in made.graph_module.modules():
        for node in part.graph.nodes if isinstance(part, torch.fx.GraphModule) else ():
            # It names folders of this machine, which are nobody's business.
            node.meta.pop("stack_trace", None)
    return made


def tensor_of(shape: tuple[int, ...], dtype: str) -> torch.Tensor:
    """Give an example input."""
    return torch.zeros(shape, dtype=getattr(torch, dtype))


@file_format(
    "pt2",
    order=40,
    title=Message("PyTorch program (.pt2)"),
    suffix=".pt2",
    doc=Message("The whole program of torch.export with its weights, for any batch size."),
    opened_by=load,
    apart=True,
    tolerance=1e-5,
)
def make(subject: Subject, name: str) -> Files:
    """Give the file."""
    facts = {"classes": subject.classes, "preprocessing": subject.preprocessing}
    stream = io.BytesIO()
    torch.export.save(
        program_of(subject), stream, extra_files={"netwright.json": json.dumps(facts, ensure_ascii=False)}
    )
    return {name: stream.getvalue()}
