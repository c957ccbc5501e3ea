"""Blocks that bring several tensors together."""

from studio.blocks.declare import block, input_port, param


@block(
    "operator.add",
    type="add",
    link="https://docs.pytorch.org/docs/stable/generated/torch.add.html",
    group="combine",
    call="infix",
    operator="+",
    keywords=("sum", "skip", "residual", "plus"),
)
class Add:
    """Add tensors number by number: the end of a skip connection."""

    x: object = input_port("The tensors to add, of equal shape.", many=True)


@block(
    "operator.mul",
    type="multiply",
    link="https://docs.pytorch.org/docs/stable/generated/torch.mul.html",
    group="combine",
    call="infix",
    operator="*",
    keywords=("product", "gate", "times", "elementwise"),
)
class Multiply:
    """Multiply tensors number by number: a gate."""

    x: object = input_port("The tensors to multiply, of equal shape.", many=True)


@block(
    "operator.sub",
    type="subtract",
    link="https://docs.pytorch.org/docs/stable/generated/torch.sub.html",
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


@block(
    "torch.matmul",
    type="matmul",
    group="combine",
    call="function",
    keywords=("matrix product", "dot product", "batched", "@"),
)
class MatMul:
    """Multiply matrices: rows of the first with columns of the second."""

    a: object = input_port("First matrices.", dtype="float")
    b: object = input_port("Second matrices.", dtype="float")


@block(
    "operator.truediv",
    type="divide",
    link="https://docs.pytorch.org/docs/stable/generated/torch.div.html",
    group="combine",
    call="infix",
    operator="/",
    keywords=("quotient", "ratio"),
)
class Divide:
    """Divide the first tensor by the second, number by number."""

    a: object = input_port("What is divided.", dtype="float")
    b: object = input_port("What it is divided by.", dtype="float")


@block(
    "torch.maximum", type="maximum", group="combine", call="function", keywords=("larger", "element-wise max")
)
class Maximum:
    """Keep the larger of two tensors, number by number."""

    a: object = input_port("First tensor.")
    b: object = input_port("Second tensor.")


@block(
    "torch.minimum",
    type="minimum",
    group="combine",
    call="function",
    keywords=("smaller", "element-wise min"),
)
class Minimum:
    """Keep the smaller of two tensors, number by number."""

    a: object = input_port("First tensor.")
    b: object = input_port("Second tensor.")


@block("torch.stack", type="stack", group="combine", call="function", keywords=("join", "new dimension"))
class Stack:
    """Lay tensors of one shape on top of each other along a new dimension."""

    x: object = input_port("The tensors to stack, in order.", many=True)
    dim: int = param(1, low=-8, high=8, doc="Where the new dimension stands; batch is 0.")


@block(
    "studio.nn.Einsum",
    type="einsum",
    group="combine",
    link="https://docs.pytorch.org/docs/stable/generated/torch.einsum.html",
    keywords=("einstein", "tensor product", "contraction"),
    example={"a": (5, 8), "b": (6, 8)},
)
class Einsum:
    """Multiply up to three tensors and sum over the letters that the result lacks: Einstein's notation."""

    a: object = input_port("First tensor.", dtype="float")
    b: object = input_port("Second tensor.", dtype="float", optional=True, keyword=True)
    c: object = input_port("Third tensor.", dtype="float", optional=True, keyword=True)
    equation: str = param(
        "bif,bjf->bij", doc="A letter for each dimension of each tensor, then those of the result."
    )


@block(
    "torch.lerp",
    type="lerp",
    group="combine",
    call="function",
    title="Interpolate",
    keywords=("mix", "blend", "gate"),
    example={"a": (16,), "b": (16,), "weight": (16,)},
)
class Interpolate:
    """Go from the first tensor to the second by a share that a third one gives."""

    a: object = input_port("What a share of 0 gives.", dtype="float")
    b: object = input_port("What a share of 1 gives.", dtype="float")
    weight: object = input_port("The share.", dtype="float")


@block(
    "studio.nn.Reparameterize",
    type="reparameterize",
    group="combine",
    link="https://arxiv.org/abs/1312.6114",
    keywords=("vae", "sample", "latent", "variational"),
    example={"mean": (8,), "logvar": (8,)},
)
class Reparameterize:
    """While training, draw from a normal distribution through which gradients flow; else give its mean."""

    mean: object = input_port("The means.", dtype="float")
    logvar: object = input_port("The logarithms of the variances.", dtype="float")
