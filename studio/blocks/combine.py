"""Blocks that bring several tensors together."""

from studio.blocks.declare import block, input_port, param


@block(
    "operator.add",
    type="add",
    group="combine",
    call="infix",
    operator="+",
    keywords=("sum", "skip", "residual"),
)
class Add:
    """Add tensors number by number: the end of a skip connection."""

    x: object = input_port("The tensors to add, of equal shape.", many=True)


@block(
    "operator.mul", type="multiply", group="combine", call="infix", operator="*", keywords=("product", "gate")
)
class Multiply:
    """Multiply tensors number by number: a gate."""

    x: object = input_port("The tensors to multiply, of equal shape.", many=True)


@block(
    "operator.sub",
    type="subtract",
    group="combine",
    call="infix",
    operator="-",
    keywords=("minus", "difference"),
)
class Subtract:
    """Take the second tensor from the first, number by number."""

    a: object = input_port("What to subtract from.")
    b: object = input_port("What to subtract.")


@block(
    "torch.cat", type="concat", group="combine", call="function", keywords=("concatenate", "join", "merge")
)
class Concat:
    """Lay tensors side by side along one dimension."""

    x: object = input_port("The tensors to join, in order.", many=True)
    dim: int = param(
        1, low=-8, high=8, doc="The dimension that grows; batch is 0, channels and features are 1."
    )


@block("torch.matmul", type="matmul", group="combine", call="function", keywords=("matrix product", "@"))
class MatMul:
    """Multiply matrices: rows of the first with columns of the second."""

    a: object = input_port("First matrices.", dtype="float")
    b: object = input_port("Second matrices.", dtype="float")
