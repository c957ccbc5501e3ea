"""What is wrong with the parameters of one block, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio.blocks import Block, Parameter, ParameterError, show
from studio.compiler.complaints import Complaint, text
from studio.compiler.lengths import length_as_features
from studio.compiler.measure import Arrivals
from studio.graph import ExpressionError, Message, Node, Value, freeze
from studio.graph.arithmetic import computed
from studio.project import Fix


def parameters(
    block: Block, node: Node, scope: Mapping[str, Value]
) -> tuple[dict[str, Value], list[Complaint]]:
    """Check every parameter that a person sets.

    Args:
        block: the declaration.
        node: the node.
        scope: the parameters of the composite that the node stands in, for expressions.

    Returns:
        The values as the target takes them (defaults where the given one is wrong), and complaints.
    """
    values: dict[str, Value] = {}
    complaints: list[Complaint] = []
    for name in node.parameters:
        known = block.parameters.get(name)
        if known is None or known.source is not None:
            complaints.append(
                Complaint(
                    "unknown_parameter",
                    Message(
                        "“{block}” has no parameter “{name}” to set. It has: {known}.",
                        block=Message(block.title),
                        name=name,
                        known=", ".join(parameter.name for parameter in block.editable()) or "–",
                    ),
                    parameter=name,
                    expected=Message(
                        "one of {choices}",
                        choices=", ".join(parameter.name for parameter in block.editable()) or "–",
                    ),
                    received=Message("{value}", value=name),
                    fixes=(
                        Fix(
                            Message("Forget “{parameter}”", parameter=name),
                            "reset",
                            node.id,
                            parameters=freeze({name: None}),
                        ),
                    ),
                )
            )
    for parameter in block.parameters.values():
        if parameter.source is not None:
            continue
        if parameter.fixed:
            values[parameter.name] = parameter.default
            continue
        value = node.parameters.get(parameter.name, parameter.unset)
        try:
            values[parameter.name] = parameter.check(computed(value, scope))
        except ParameterError as error:
            complaints.append(_bad_parameter(node, parameter, error))
            values[parameter.name] = parameter.default
        except ExpressionError as error:
            complaints.append(
                Complaint(
                    "bad_expression",
                    error.message,
                    parameter=parameter.name,
                    expected=parameter.expects(),
                    received=Message("{value}", value=show(value)),
                    fixes=(_default(node, parameter),),
                )
            )
            values[parameter.name] = parameter.default
    return values, complaints


def _bad_parameter(node: Node, parameter: Parameter, error: ParameterError) -> Complaint:
    return Complaint(
        "bad_parameter",
        error.message,
        parameter=parameter.name,
        expected=error.expected,
        received=Message("{value}", value=error.received),
        fixes=(_default(node, parameter),),
    )


def _default(node: Node, parameter: Parameter) -> Fix:
    """Give the mend that sets a parameter to what it is in a fresh block."""
    return Fix(
        Message("Set {parameter} to {value}", parameter=parameter.said, value=show(parameter.default)),
        "set",
        node.id,
        parameters=freeze({parameter.name: parameter.default}),
    )


def inferred(block: Block, given: Arrivals, values: dict[str, Value]) -> Iterator[Complaint]:
    """Read the parameters that come from shapes into `values`, and complain where they cannot be read."""
    for parameter in block.parameters.values():
        source = parameter.source
        if parameter.reads is not None and values.get(parameter.name) is None:
            source = parameter.reads
        if source is None or source.port not in given:
            continue
        shape = given[source.port][0].shape
        if not -len(shape) <= source.dim < len(shape):
            yield Complaint(
                "wrong_rank",
                Message(
                    "This block reads its size off dimension {dim}, but {received} has no such dimension.",
                    dim=source.dim,
                    received=str(given[source.port][0]),
                ),
                port=source.port,
                expected=Message(
                    "at least {count} {count:dimension|dimensions}",
                    count=source.dim + 1 if source.dim >= 0 else -source.dim,
                ),
                received=text(given[source.port][0]),
            )
            continue
        dim = shape[source.dim]
        if dim.per_batch:
            yield Complaint(
                "batch_as_features",
                Message(
                    "This block would learn from the size of the batch, which changes; {received} arrives."
                    " Keep the batch first and another dimension where the block learns.",
                    received=str(given[source.port][0]),
                ),
                port=source.port,
                expected=Message("a size of one sample"),
                received=text(given[source.port][0]),
            )
            continue
        if dim.length is not None:
            yield length_as_features(block.title, given[source.port][0], dim.length.name, source.port)
            continue
        values[parameter.name] = (
            None if source.unless and values.get(source.unless) == dim.fixed else dim.fixed
        )


def rules(block: Block, node: Node, values: dict[str, Value]) -> Iterator[Complaint]:
    """Check what must hold between parameters; one without effect is left out of `values`."""
    for rule in block.rules:
        if rule.broken(values):
            parameter, mended = block.parameters[rule.parameter], rule.mend(values)
            yield Complaint(
                rule.code,
                Message(rule.says),
                parameter=rule.parameter,
                expected=rule.expects(values),
                received=Message("{value}", value=show(values[rule.parameter])),
                fixes=(
                    Fix(
                        Message(
                            "Set {parameter} to {value}",
                            parameter=parameter.said,
                            value=show(mended),
                        ),
                        "set",
                        node.id,
                        parameters=freeze({rule.parameter: mended}),
                    ),
                ),
                warning=rule.warning,
            )
            if rule.warning:
                values[rule.parameter] = mended
