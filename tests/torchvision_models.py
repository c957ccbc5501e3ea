"""Draws networks that torchvision publishes, block by block, with composites for what repeats."""

from __future__ import annotations

from collections.abc import Mapping

from studio.graph import Expression, Graph, Value
from studio.project import Composite, CompositeParameter, GraphRef, Project, edits
from studio.project.ungrouping import ungroup_node
from tests.drawing import MAIN, add, chain, wire

Blocks = tuple[tuple[str, Mapping[str, Value]], ...]
Drawn = tuple[str, Mapping[str, Value]]

NORM: Drawn = ("batch_norm2d", {})
RELU: Drawn = ("relu", {})
RELU6: Drawn = ("relu6", {})

IMAGE = (3, 224, 224)
"""What torchvision counts its operations for."""


def composite(
    project: Project, name: str, parameters: tuple[str, ...], blocks: Blocks, *, example: tuple[int, ...]
) -> tuple[Project, list[str]]:
    """Define a composite as a chain of blocks from its Input on; its parameters are whole numbers."""
    offered = tuple(CompositeParameter(parameter, "int", 8) for parameter in parameters)
    project = edits.set_composite(project, name, Composite(Graph(), offered))
    ref = GraphRef("composite", name)
    return chain(("input", {"shape": example}), *blocks, ref=ref, project=project)


def place(project: Project, name: str, source: str, **parameters: Value) -> tuple[Project, str]:
    """Place a composite behind a node."""
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite=name, parameters=parameters)
    return wire(project, source, node), node


def behind(
    project: Project, source: str, *blocks: tuple[str, Mapping[str, Value]], ref: GraphRef = MAIN
) -> tuple[Project, str]:
    """Draw blocks one behind the other behind a node."""
    for kind, parameters in blocks:
        project, source = add(project, kind, [source], parameters=parameters, ref=ref)
    return project, source


def conv(
    filters: Value, kernel: int = 3, stride: Value = 1, padding: int = 1
) -> tuple[str, dict[str, Value]]:
    """Give a convolution without offsets, as it stands before a normalisation."""
    return "conv2d", {
        "out_channels": filters,
        "kernel_size": kernel,
        "stride": stride,
        "padding": padding,
        "bias": False,
    }


def resnet18() -> Project:
    """Draw ResNet-18: eight basic blocks, three of them with a convolution on the skip."""
    width, stride = Expression("width"), Expression("stride")
    project = Project()
    for name in ("basic", "basic down"):
        ref = GraphRef("composite", name)
        body = (conv(width, stride=stride), NORM, RELU, conv(width), NORM)
        project, ids = composite(project, name, ("width", "stride"), body, example=(8, 8, 8))
        skip = ids[0]
        if name == "basic down":
            project, small = add(project, "conv2d", [skip], parameters=conv(width, 1, stride, 0)[1], ref=ref)
            project, skip = add(project, "batch_norm2d", [small], ref=ref)
        project, joined = add(project, "add", [ids[-1], skip], ref=ref)
        project, last = add(project, "relu", [joined], ref=ref)
        project, _ = add(project, "output", [last], ref=ref)
    project, x = add(project, "input", name="x", parameters={"shape": IMAGE})
    pool: dict[str, Value] = {"kernel_size": 3, "stride": 2, "padding": 1}
    project, node = behind(project, x, conv(64, 7, 2, 3), NORM, RELU, ("max_pool2d", pool))
    for index, filters in enumerate((64, 128, 256, 512)):
        first = "basic down" if index else "basic"
        project, node = place(project, first, node, width=filters, stride=2 if index else 1)
        project, node = place(project, "basic", node, width=filters, stride=1)
    return _classified(project, node)


def _classified(project: Project, node: str, dropout: float = 0.0) -> Project:
    """End with a global pooling and a Linear for a thousand classes."""
    drop: Blocks = (("dropout", {"p": dropout}),) if dropout else ()
    project, node = behind(
        project, node, ("adaptive_avg_pool2d", {}), ("flatten", {}), *drop, ("linear", {"out_features": 1000})
    )
    return add(project, "output", [node])[0]


def mobilenet_v2() -> Project:
    """Draw MobileNet v2: seventeen inverted residuals, ten of them with a skip."""
    project = Project()
    for name in ("inverted", "inverted skip"):
        ref = GraphRef("composite", name)
        body: Blocks = (
            conv(Expression("hidden"), 1, 1, 0),
            NORM,
            RELU6,
            ("depthwise_conv2d", {"stride": Expression("stride"), "bias": False}),
            NORM,
            RELU6,
            conv(Expression("width"), 1, 1, 0),
            NORM,
        )
        project, ids = composite(project, name, ("hidden", "width", "stride"), body, example=(8, 8, 8))
        last = ids[-1]
        if name == "inverted skip":
            project, last = add(project, "add", [ids[0], last], ref=ref)
        project, _ = add(project, "output", [last], ref=ref)
    project, x = add(project, "input", name="x", parameters={"shape": IMAGE})
    # The first inverted residual does not widen, so it has no convolution before.
    project, node = behind(
        project,
        x,
        conv(32, stride=2),
        NORM,
        RELU6,
        ("depthwise_conv2d", {"bias": False}),
        NORM,
        RELU6,
        conv(16, 1, 1, 0),
        NORM,
    )
    width = 16
    for filters, count, stride in ((24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1)):
        for index in range(count):
            name = "inverted skip" if index else "inverted"
            project, node = place(
                project, name, node, hidden=6 * width, width=filters, stride=1 if index else stride
            )
            width = filters
    project, node = behind(project, node, conv(1280, 1, 1, 0), NORM, RELU6)
    return _classified(project, node, dropout=0.2)


def alexnet() -> Project:
    """Draw AlexNet as torchvision has it."""
    pool = ("max_pool2d", {"kernel_size": 3, "stride": 2})
    blocks: list[tuple[str, Mapping[str, Value]]] = [("input", {"shape": IMAGE})]
    for filters, kernel, stride, padding, pooled in (
        (64, 11, 4, 2, True),
        (192, 5, 1, 2, True),
        (384, 3, 1, 1, False),
        (256, 3, 1, 1, False),
        (256, 3, 1, 1, True),
    ):
        sizes = {"kernel_size": kernel, "stride": stride, "padding": padding}
        blocks += [("conv2d", {"out_channels": filters, **sizes}), ("relu", {})]
        blocks += [pool] if pooled else []
    blocks += [("adaptive_avg_pool2d", {"output_size": 6}), ("flatten", {})]
    for features in (4096, 4096):
        blocks += [("dropout", {"p": 0.5}), ("linear", {"out_features": features}), ("relu", {})]
    return chain(*blocks, ("linear", {"out_features": 1000}), ("output", {}))[0]


def vgg11() -> Project:
    """Draw VGG-11 as torchvision has it."""
    blocks: list[tuple[str, Mapping[str, Value]]] = [("input", {"shape": IMAGE})]
    for filters in (64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0):
        if filters:
            blocks += [("conv2d", {"out_channels": filters, "padding": 1}), ("relu", {})]
        else:
            blocks.append(("max_pool2d", {}))
    blocks += [("adaptive_avg_pool2d", {"output_size": 7}), ("flatten", {})]
    for _ in range(2):
        blocks += [("linear", {"out_features": 4096}), ("relu", {}), ("dropout", {"p": 0.5})]
    return chain(*blocks, ("linear", {"out_features": 1000}), ("output", {}))[0]


def resnet50() -> Project:
    """Draw ResNet-50: sixteen bottlenecks, four of them with a convolution on the skip."""
    width, stride = Expression("width"), Expression("stride")
    project = Project()
    for name in ("bottleneck", "bottleneck down"):
        ref = GraphRef("composite", name)
        body = (
            conv(width, 1, 1, 0),
            NORM,
            RELU,
            conv(width, stride=stride),
            NORM,
            RELU,
            conv(Expression("4 * width"), 1, 1, 0),
            NORM,
        )
        project, ids = composite(project, name, ("width", "stride"), body, example=(8, 8, 8))
        skip = ids[0]
        if name == "bottleneck down":
            wide = conv(Expression("4 * width"), 1, stride, 0)[1]
            project, small = add(project, "conv2d", [skip], parameters=wide, ref=ref)
            project, skip = add(project, "batch_norm2d", [small], ref=ref)
        project, joined = add(project, "add", [ids[-1], skip], ref=ref)
        project, last = add(project, "relu", [joined], ref=ref)
        project, _ = add(project, "output", [last], ref=ref)
    project, x = add(project, "input", name="x", parameters={"shape": IMAGE})
    pool: dict[str, Value] = {"kernel_size": 3, "stride": 2, "padding": 1}
    project, node = behind(project, x, conv(64, 7, 2, 3), NORM, RELU, ("max_pool2d", pool))
    for stage, (filters, count) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3))):
        for index in range(count):
            name = "bottleneck" if index else "bottleneck down"
            stride_ = 2 if stage and not index else 1
            project, node = place(project, name, node, width=filters, stride=stride_)
    return _classified(project, node)


def googlenet() -> Project:
    """Draw GoogLeNet without its two heads for training: nine Inception blocks of four branches."""
    norm: Drawn = ("batch_norm2d", {"eps": 0.001})
    ref = GraphRef("composite", "inception")
    names = ("one", "three_in", "three", "five_in", "five", "pooled")
    project, (x,) = composite(Project(), "inception", names, (), example=(8, 8, 8))

    def basic(project: Project, source: str, filters: str, kernel: int) -> tuple[Project, str]:
        drawn = conv(Expression(filters), kernel, 1, kernel // 2)
        return behind(project, source, drawn, norm, RELU, ref=ref)

    project, one = basic(project, x, "one", 1)
    project, three = basic(project, x, "three_in", 1)
    project, three = basic(project, three, "three", 3)
    project, five = basic(project, x, "five_in", 1)
    project, five = basic(project, five, "five", 3)
    pool = {"kernel_size": 3, "stride": 1, "padding": 1, "ceil_mode": True}
    project, pooled = add(project, "max_pool2d", [x], parameters=pool, ref=ref)
    project, pooled = basic(project, pooled, "pooled", 1)
    project, joined = add(project, "concat", [one, three, five, pooled], ref=ref)
    project, _ = add(project, "output", [joined], ref=ref)

    project, node = add(project, "input", name="x", parameters={"shape": IMAGE})
    third: Drawn = ("max_pool2d", {"kernel_size": 3, "stride": 2, "ceil_mode": True})
    project, node = behind(project, node, conv(64, 7, 2, 3), norm, RELU, third)
    project, node = behind(project, node, conv(64, 1, 1, 0), norm, RELU, conv(192), norm, RELU, third)
    half: Drawn = ("max_pool2d", {"kernel_size": 2, "stride": 2, "ceil_mode": True})
    for row in (
        (64, 96, 128, 16, 32, 32),
        (128, 128, 192, 32, 96, 64),
        third,
        (192, 96, 208, 16, 48, 64),
        (160, 112, 224, 24, 64, 64),
        (128, 128, 256, 24, 64, 64),
        (112, 144, 288, 32, 64, 64),
        (256, 160, 320, 32, 128, 128),
        half,
        (256, 160, 320, 32, 128, 128),
        (384, 192, 384, 48, 128, 128),
    ):
        if isinstance(row[0], str):
            project, node = behind(project, node, row)
        else:
            project, node = place(project, "inception", node, **dict(zip(names, row, strict=True)))
    return _classified(project, node, dropout=0.2)


def unet(base: int = 64, levels: int = 4) -> Project:
    """Draw U-Net as Ronneberger et al. have it, with padding: a skip from each level down to the one up."""
    project = Project()
    width = Expression("width")
    body: Blocks = (
        ("conv2d", {"out_channels": width, "padding": 1}),
        RELU,
        ("conv2d", {"out_channels": width, "padding": 1}),
        RELU,
    )
    project, ids = composite(project, "double", ("width",), body, example=(8, 8, 8))
    project, _ = add(project, "output", [ids[-1]], ref=GraphRef("composite", "double"))
    project, node = add(project, "input", name="x", parameters={"shape": (1, 64, 64)})
    skips = []
    for level in range(levels):
        project, node = place(project, "double", node, width=base * 2**level)
        skips.append(node)
        project, node = add(project, "max_pool2d", [node])
    project, node = place(project, "double", node, width=base * 2**levels)
    for level in reversed(range(levels)):
        up = {"out_channels": base * 2**level, "kernel_size": 2, "stride": 2, "padding": 0}
        project, node = add(project, "conv_transpose2d", [node], parameters=up)
        project, node = add(project, "concat", [skips[level], node])
        project, node = place(project, "double", node, width=base * 2**level)
    project, node = add(project, "conv2d", [node], parameters={"out_channels": 2, "kernel_size": 1})
    return add(project, "output", [node])[0]


def flat(project: Project) -> Project:
    """Draw a network without its composites: their blocks stand in their places."""
    while True:
        graph = project.graph(MAIN)
        node = next((node for node in graph.nodes.values() if node.composite), None)
        if node is None:
            return project
        project, _ = ungroup_node(project, MAIN, node.id)


DRAWN = {"resnet18": resnet18, "mobilenet_v2": mobilenet_v2, "alexnet": alexnet, "vgg11": vgg11}
"""torchvision's name to what draws the network."""
