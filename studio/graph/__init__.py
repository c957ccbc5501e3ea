"""A network as an immutable value: nodes, wires, graphs, their order and their layout."""

from studio.graph.expression import Expression, ExpressionError, Number
from studio.graph.formula import Formula
from studio.graph.model import (
    Endpoint,
    Graph,
    Initial,
    Node,
    Value,
    Wire,
    freeze,
)
from studio.graph.text import Message, NetwrightError

__all__ = [
    "Endpoint",
    "Expression",
    "ExpressionError",
    "Formula",
    "Graph",
    "Initial",
    "Message",
    "NetwrightError",
    "Node",
    "Number",
    "Value",
    "Wire",
    "freeze",
]
