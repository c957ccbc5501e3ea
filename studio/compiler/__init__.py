"""From a drawing to shapes, problems and costs, to a torch module, and to source that people commit."""

from studio.compiler.analyse import Analyser, analyse
from studio.compiler.module import build
from studio.compiler.names import class_name, distinct, identifier, identifiers
from studio.compiler.problems import CompileError, Problem
from studio.compiler.report import NodeReport, Report
from studio.compiler.source import Written, source, written
from studio.compiler.tensors import BATCH, Dim, Tensor
from studio.compiler.walk import Outcome, Walk

__all__ = [
    "BATCH",
    "Analyser",
    "CompileError",
    "Dim",
    "NodeReport",
    "Outcome",
    "Problem",
    "Report",
    "Tensor",
    "Walk",
    "Written",
    "analyse",
    "build",
    "class_name",
    "distinct",
    "identifier",
    "identifiers",
    "source",
    "written",
]
