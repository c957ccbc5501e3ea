"""A person edits the source: exactly what was edited changes in the drawing, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studio.compiler import source
from studio.compiler.reading import read_source
from studio.graph import Endpoint, Expression, Node
from studio.project import COMPOSITE, Composite, CompositeParameter, GraphRef, Project, difference, edits
from tests.drawing import CNN, MAIN, add, chain, wire


def cnn() -> tuple[Project, dict[str, str]]:
    """Draw the article's network; gives its ids by label."""
    project, _ = chain(*CNN)
    return project, {node.name: key for key, node in project.graph(MAIN).nodes.items()}


def edited(project: Project, *changes: tuple[str, str]) -> Project:
    """Change pieces of the source, each of which stands in it once, and read it."""
    text = source(project)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    reading = read_source(text, before=project)
    assert reading.unread == ()
    assert reading.project is not None
    return reading.project


def altered(before: Project, after: Project) -> set[str]:
    """Name the blocks that differ, by the id of the drawing that has them."""
    change = difference(before, after)
    return {key for _, key in (*change.added, *change.removed, *change.altered)}


def test_an_argument_changes_one_parameter_of_one_block() -> None:
    before, ids = cnn()
    after = edited(
        before, ("self.conv1 = nn.Conv2d(1, 32, kernel_size=3,", "self.conv1 = nn.Conv2d(1, 32, 5,")
    )
    assert altered(before, after) == {ids["conv1"]}
    assert after.graph(MAIN).nodes[ids["conv1"]].parameters == {
        "out_channels": 32,
        "padding": 1,
        "kernel_size": 5,
    }
    assert after.layout == before.layout
    assert after.graph(MAIN).wires == before.graph(MAIN).wires


def test_sizes_that_follow_are_worked_out_and_not_taken_from_the_text() -> None:
    before, ids = cnn()
    after = edited(before, ("nn.Conv2d(1, 32,", "nn.Conv2d(7, 48,"))
    assert altered(before, after) == {ids["conv1"]}
    assert "nn.Conv2d(1, 48," in source(after)
    assert "nn.Conv2d(48, 64," in source(after)


def test_a_default_that_is_left_out_is_no_parameter_of_the_block() -> None:
    before, ids = cnn()
    after = edited(before, ("1, 32, kernel_size=3, padding=1", "1, 32, kernel_size=3, padding=0"))
    assert after.graph(MAIN).nodes[ids["conv1"]].parameters == {"out_channels": 32}


def test_a_layer_that_is_added_is_wired_and_placed_behind_what_feeds_it() -> None:
    before, ids = cnn()
    after = edited(
        before,
        ("        self.fc1 = ", "        self.drop = nn.Dropout(p=0.3)\n        self.fc1 = "),
        ("        x = self.fc1(x)", "        x = self.drop(x)\n        x = self.fc1(x)"),
    )
    graph = after.graph(MAIN)
    (new,) = altered(before, after)
    assert (graph.nodes[new].name, dict(graph.nodes[new].parameters)) == ("drop", {"p": 0.3})
    assert [wire.source.node for wire in graph.into(new)] == [ids["flatten1"]]
    assert [wire.target.node for wire in graph.out_of(new)] == [ids["fc1"]]
    assert list(graph.nodes).index(new) == list(graph.nodes).index(ids["flatten1"]) + 1
    places, old = after.layout_of(MAIN).positions, before.layout_of(MAIN).positions
    assert len(set(places.values())) == len(graph.nodes)
    assert places[new] == (old[ids["flatten1"]][0] + 256, old[ids["flatten1"]][1])
    assert all(places[key] == at for key, at in old.items() if key in list(ids.values())[:8])


def test_a_layer_that_is_taken_out_takes_its_wires_and_its_place_along() -> None:
    before, ids = cnn()
    after = edited(
        before,
        ("        self.relu2 = nn.ReLU()\n", ""),
        ("        x = self.relu2(x)  # B × 64 × 14 × 14\n", ""),
    )
    assert altered(before, after) == {ids["relu2"]}
    assert [wire.source.node for wire in after.graph(MAIN).into(ids["pool2"])] == [ids["conv2"]]
    assert ids["relu2"] not in after.layout_of(MAIN).positions
    assert len(after.graph(MAIN).wires) == len(before.graph(MAIN).wires) - 1


def test_a_renamed_layer_is_the_same_block_under_another_name() -> None:
    before, ids = cnn()
    project = edits.change_node(before, MAIN, ids["conv2"], rate_factor=0.1)
    text = source(project).replace("conv2", "stem")
    reading = read_source(text, before=project)
    assert reading.project is not None
    assert altered(project, reading.project) == {ids["conv2"]}
    changed = reading.project.graph(MAIN).nodes[ids["conv2"]]
    assert (changed.name, changed.rate_factor) == ("stem", 0.1)
    assert reading.project.layout == project.layout


def test_a_block_of_another_kind_takes_the_place_of_the_one_it_is_named_like() -> None:
    before, ids = cnn()
    after = edited(before, ("self.relu1 = nn.ReLU()", "self.relu1 = nn.GELU()"))
    graph = after.graph(MAIN)
    (new,) = [key for key, node in graph.nodes.items() if node.type == "gelu"]
    assert altered(before, after) == {ids["relu1"], new}
    assert graph.nodes[new].name == "relu1"
    assert after.layout_of(MAIN).positions[new] == before.layout_of(MAIN).positions[ids["relu1"]]
    assert list(graph.nodes).index(new) == list(before.graph(MAIN).nodes).index(ids["relu1"])


def test_a_skip_is_drawn_from_a_plus_sign() -> None:
    before, ids = cnn()
    after = edited(
        before,
        (
            "        x = self.relu3(x)  # B × 128\n",
            "        skip = x\n        x = self.relu3(x)\n        x = x + skip\n",
        ),
    )
    graph = after.graph(MAIN)
    (new,) = altered(before, after)
    assert (graph.nodes[new].type, graph.nodes[new].name) == ("add", "add1")
    assert [wire.source.node for wire in graph.into(new)] == [ids["relu3"], ids["fc1"]]


def test_functions_methods_and_places_of_tensors_become_blocks() -> None:
    before, ids = cnn()
    statements = (
        "        x = self.fc1(x)\n"
        "        left, right = torch.chunk(x, 2, dim=1)\n"
        "        joined = torch.cat([left, right.sigmoid()], 1)\n"
        "        x = (joined * 0.5 + x)[:, :100].softmax(dim=-1)\n"
    )
    after = edited(
        before,
        ("        x = self.fc1(x)  # B × 128\n", statements),
    )
    graph = after.graph(MAIN)
    new = [graph.nodes[key] for key in graph.nodes if key not in before.graph(MAIN).nodes]
    assert [(node.type, node.name, dict(node.parameters)) for node in new] == [
        ("chunk", "left", {}),
        ("sigmoid", "sigmoid1", {}),
        ("concat", "joined", {}),
        ("scale", "scale1", {"factor": 0.5}),
        ("add", "add1", {}),
        ("slice", "slice1", {"stop": 100}),
        ("softmax", "softmax1", {}),
    ]
    assert [(wire.source.node, wire.source.port) for wire in graph.into(new[2].id)] == [
        (new[0].id, "y1"),
        (new[1].id, "y"),
    ]
    assert [wire.source.node for wire in graph.into(ids["relu3"])] == [new[6].id]


def test_the_shape_of_an_input_is_read_from_the_docstring() -> None:
    before, ids = cnn()
    after = edited(before, ("        x: B × 1 × 28 × 28 (float32)", "        x: B × 3 × 32 × 32 (float32)"))
    assert altered(before, after) == {ids["x"]}
    assert after.graph(MAIN).nodes[ids["x"]].parameters == {"shape": (3, 32, 32)}


def test_a_layer_called_twice_shares_its_weights() -> None:
    before, ids = cnn()
    after = edited(before, ("x = self.conv2(x)", "x = self.conv2(x)\n        x = self.conv2(x)"))
    (new,) = altered(before, after)
    node = after.graph(MAIN).nodes[new]
    assert (node.shares, node.name) == (ids["conv2"], "conv2_2")


def test_frozen_weights_are_a_line_behind_the_layer() -> None:
    before, ids = cnn()
    line = "        self.fc2 = nn.Linear(128, 10)\n"
    after = edited(before, (line, line + "        self.fc2.requires_grad_(False)\n"))
    assert altered(before, after) == {ids["fc2"]}
    assert after.graph(MAIN).nodes[ids["fc2"]].frozen
    assert edited(after, ("        self.fc2.requires_grad_(False)\n", "")) == before


def test_what_the_source_does_not_show_stays() -> None:
    before, ids = cnn()
    before = edits.change_node(before, MAIN, ids["relu1"], bypassed=True)
    before = edits.change_node(before, MAIN, ids["fc1"], rate_factor=2.0)
    before = edits.rename_node(before, MAIN, ids["conv1"], "第一层卷积")
    before, stray = add(before, "tanh", [ids["conv1"]])
    before, other = add(before, "concat", [stray, stray])
    after = edited(before, ("1, 32, kernel_size=3", "1, 32, kernel_size=5"))
    graph = after.graph(MAIN)
    assert altered(before, after) == {ids["conv1"]}
    assert graph.wires == before.graph(MAIN).wires
    assert graph.nodes[ids["relu1"]].bypassed
    assert graph.nodes[ids["fc1"]].rate_factor == 2.0
    assert graph.nodes[ids["conv1"]].name == "第一层卷积"
    assert {stray, other} <= graph.nodes.keys()


def test_a_bypassed_block_goes_with_the_wire_that_it_stands_in() -> None:
    before, ids = cnn()
    before = edits.change_node(before, MAIN, ids["relu1"], bypassed=True)
    after = edited(
        before,
        ("        x = self.pool1(x)  # B × 32 × 14 × 14\n", "        x = self.pool1(y)\n"),
        ("        x = self.conv1(x)", "        y = self.conv1(x)\n        y = torch.exp(y)"),
    )
    assert ids["relu1"] not in after.graph(MAIN).nodes
    assert [wire.source.node for wire in after.graph(MAIN).into(ids["pool1"])] == ["exp_1"]


def test_a_label_is_its_comment() -> None:
    before, ids = cnn()
    line = "self.conv1 = nn.Conv2d(1, 32, kernel_size=3, padding=1)"
    after = edited(before, (line, line + "  # 第一层"))
    # The comment does not say how to call the attribute, so the attribute's own name stays.
    assert after.graph(MAIN).nodes[ids["conv1"]].name == "conv1"
    named = edits.rename_node(before, MAIN, ids["conv1"], "第一层")
    after = edited(named, ("# 第一层", "# 开头"))
    assert after.graph(MAIN).nodes[ids["conv1"]].name == "开头"


def residual() -> tuple[Project, GraphRef]:
    """Draw a network of a composite that takes a parameter, used twice, once three times in a row."""
    ref = GraphRef("composite", "residual block")
    project = edits.set_composite(
        Project(), ref.name, Composite(parameters=(CompositeParameter("width", "int", 16, doc="Features."),))
    )
    project, x = add(project, "input", ref=ref, name="x")
    project, first = add(project, "linear", [x], ref=ref, parameters={"out_features": Expression("2*width")})
    project, bend = add(project, "relu", [first], ref=ref)
    project, second = add(
        project, "linear", [bend], ref=ref, parameters={"out_features": Expression("width")}
    )
    project, _ = add(project, "output", [second], ref=ref, name="y")
    project, start = add(project, "input", parameters={"shape": (8,)})
    nodes: list[str] = []
    for values, repeat in (({}, 1), ({"width": 32}, 3)):
        project, node = edits.add_node(
            project, MAIN, COMPOSITE, (0, 0), composite=ref.name, parameters=values
        )
        project = edits.change_node(project, MAIN, node, repeat=repeat)
        project = wire(project, nodes[-1] if nodes else start, node)
        nodes.append(node)
    return add(project, "output", [nodes[-1]])[0], ref


def test_a_composite_is_one_class_that_takes_what_differs() -> None:
    project, _ = residual()
    text = source(project)
    assert text.count("class ResidualBlock") == 1
    assert "    def __init__(self, in_features: int, width: int = 16) -> None:\n" in text
    assert "        self.fc1 = nn.Linear(in_features, 2 * width)\n" in text
    assert "        self.fc2 = nn.Linear(2 * width, width)\n" in text
    assert "self.residual_block1 = ResidualBlock(8)\n" in text
    assert "*[ResidualBlock(32, width=32) for _ in range(2)]," in text
    again = read_source(text).project
    assert again is not None
    assert source(again) == text
    (definition,) = again.composites.values()
    assert [(one.name, one.kind, one.default) for one in definition.parameters] == [("width", "int", 16)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2 * width)\n", "4 * width)\n", lambda p, ref: p.graph(ref).nodes["linear_1"].parameters),
        ("width: int = 16", "width: int = 24", lambda p, ref: p.composites[ref.name].parameters[0].default),
        ("range(2)", "range(4)", lambda p, ref: p.graph(MAIN).nodes["composite_2"].repeat),
        (
            "ResidualBlock(8)",
            "ResidualBlock(8, width=20)",
            lambda p, ref: p.graph(MAIN).nodes["composite_1"].parameters,
        ),
        ("nn.ReLU()", "nn.GELU()", lambda p, ref: [node.type for node in p.graph(ref).nodes.values()]),
    ],
)
def test_composites_are_edited_in_their_class(
    old: str, new: str, told: Callable[[Project, GraphRef], object]
) -> None:
    before, ref = residual()
    text = source(before)
    assert old in text
    reading = read_source(text.replace(old, new, 1), before=before)
    assert reading.unread == ()
    after = reading.project
    assert after is not None
    wanted = {
        "4 * width)\n": {"out_features": Expression("4 * width")},
        "width: int = 24": 24,
        "range(4)": 5,
        "ResidualBlock(8, width=20)": {"width": 20},
        "nn.GELU()": ["input", "linear", "gelu", "linear", "output"],
    }[new]
    assert told(after, ref) == wanted
    assert told(before, ref) != wanted
    assert list(after.composites) == ["residual block"]
    assert after.composites[ref.name].parameters[0].doc == "Features."
    changed = {*difference(before, after).altered, *difference(before, after).added}
    assert len(changed) <= 1


def test_a_new_class_is_a_new_composite() -> None:
    before, ref = residual()
    text = source(before)
    head = text.index("class Main")
    body = (
        text[text.index("class ResidualBlock") : head]
        .replace("ResidualBlock", "Other")
        .replace("ReLU", "Tanh")
    )
    text = text[:head] + body + text[head:].replace("ResidualBlock(8)", "Other(8)")
    reading = read_source(text, before=before)
    after = reading.project
    assert after is not None
    assert reading.unread == ()
    assert list(after.composites) == ["residual block", "Other"]
    assert after.composites[ref.name] == before.composites[ref.name]
    (node,) = [node for node in after.graph(MAIN).nodes.values() if node.composite == "Other"]
    assert node.name == "residual_block1"


def test_another_network_of_the_project_is_left_alone() -> None:
    before, _ = cnn()
    before = edits.add_network(before, "critic")
    ref = GraphRef("network", "critic")
    before, _ = chain(("input", {"shape": (4,)}), ("linear", {}), ("output", {}), ref=ref, project=before)
    text = source(before, "critic")
    reading = read_source(text.replace("64", "65"), before=before, network="critic")
    assert reading.networks == ("critic",)
    assert reading.project is not None
    assert reading.project.networks["main"] is before.networks["main"]
    assert reading.project.plan is before.plan
    (node,) = reading.project.graph(ref).of_type("linear")
    assert node.parameters == {"out_features": 65}


def test_several_networks_of_one_text_are_several_networks() -> None:
    one, _ = chain(("input", {"shape": (4,)}), ("linear", {}), ("output", {}))
    other, _ = chain(("input", {"shape": (5,)}), ("relu", {}), ("output", {}))
    text = source(one).replace("class Main", "class Generator")
    text += "\n\n" + source(other)[source(other).index("class") :].replace("class Main", "class Critic")
    reading = read_source(text)
    assert (reading.networks, reading.unread) == (("Generator", "Critic"), ())
    assert reading.project is not None
    assert reading.project.main() == "Critic"
    assert source(reading.project, "Generator") == source(one).replace("class Main", "class Generator")


def test_blocks_of_one_class_are_told_apart_by_what_arrives() -> None:
    for shape, kind in (((4, 8), "upsample1d"), ((4, 8, 8), "upsample"), ((4, 8, 8, 8), "upsample3d")):
        project, _ = chain(("input", {"shape": shape}), (kind, {}), (kind, {}), ("output", {}))
        fresh = read_source(source(project)).project
        assert fresh is not None
        assert [node.type for node in fresh.graph(MAIN).nodes.values()] == ["input", kind, kind, "output"]
    project, ids = chain(
        ("input", {"shape": (4, 8, 8)}), ("conv2d", {"out_channels": 4, "groups": 4}), ("output", {})
    )
    assert edited(project, ("kernel_size=3", "kernel_size=5")).graph(MAIN).nodes[ids[1]].type == "conv2d"
    fresh = read_source(source(project)).project
    assert fresh is not None
    assert [node.type for node in fresh.graph(MAIN).nodes.values()][1] == "depthwise_conv2d"
    assert source(fresh) == source(project)


def test_a_parameter_of_a_function_is_kept_by_the_class_where_uses_differ() -> None:
    ref = GraphRef("composite", "limit")
    project = edits.set_composite(
        Project(), ref.name, Composite(parameters=(CompositeParameter("most", "float", 1.0),))
    )
    project, x = add(project, "input", ref=ref, name="x")
    project, cut = add(project, "clamp", [x], ref=ref, parameters={"max": Expression("2*most")})
    project, _ = add(project, "output", [cut], ref=ref, name="y")
    project, start = add(project, "input", parameters={"shape": (8,)})
    project, node = edits.add_node(
        project, MAIN, COMPOSITE, (0, 0), composite="limit", parameters={"most": 3.0}
    )
    project, _ = add(wire(project, start, node), "output", [node])
    text = source(project)
    assert "        self.clamp1_max = 2 * most\n" in text
    assert "torch.clamp(x, min=0.0, max=self.clamp1_max)" in text
    fresh = read_source(text).project
    assert fresh is not None
    assert source(fresh) == text
    (clamp,) = fresh.composites["Limit"].graph.of_type("clamp")
    assert clamp.parameters == {"max": Expression("2 * most")}


def test_layers_of_a_sequence_become_a_composite_and_loops_over_lists_are_followed() -> None:
    text = '''
import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return x + F.relu(self.fc(x))


class Net(nn.Module):
    """A net.

    Inputs:
        x: B x 16
    """

    def __init__(self):
        super(Net, self).__init__()
        hidden = 8 * 2
        self.stem = nn.Sequential(nn.Linear(16, hidden), nn.ReLU(inplace=True))
        self.blocks = nn.ModuleList([Block(hidden) for _ in range(4)])
        self.heads = nn.ModuleList([nn.Linear(hidden, 8), nn.Linear(8, 4)])

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        for head in self.heads:
            x = head(x)
        return x.view(x.size(0), -1), -x
'''
    reading = read_source(text)
    assert reading.unread == ()
    project = reading.project
    assert project is not None
    graph = project.graph(GraphRef("network", "Net"))

    def told(node: Node) -> tuple[str, str, int]:
        return node.name, node.composite or node.type, node.repeat

    assert [told(node) for node in graph.nodes.values()] == [
        ("x", "input", 1),
        ("stem", "Stem", 1),
        ("blocks", "Block", 4),
        ("heads_1", "linear", 1),
        ("heads_2", "linear", 1),
        ("reshape1", "reshape", 1),
        ("neg1", "neg", 1),
        ("y1", "output", 1),
        ("y2", "output", 1),
    ]
    assert project.composites["Block"].parameters == (CompositeParameter("width", "int", 16),)
    assert [node.type for node in project.composites["Stem"].graph.nodes.values()] == [
        "input",
        "linear",
        "relu",
        "output",
    ]
    assert source(project)


def test_wires_go_where_the_names_say() -> None:
    before, ids = cnn()
    after = edited(
        before,
        ("        x = self.fc2(x)  # B × 10\n", "        x = self.fc2(x)\n        z = torch.maximum(x, x)\n"),
        ("        return x", '        return {"y": x, "more": z}'),
    )
    graph = after.graph(MAIN)
    ends = list(graph.of_type("output"))
    assert [end.name for end in ends] == ["y", "more"]
    assert ends[0].id == ids["y"]
    (new,) = graph.of_type("maximum")
    assert {wire.target for wire in graph.out_of(ids["fc2"])} == {
        Endpoint(new.id, "a"),
        Endpoint(new.id, "b"),
        Endpoint(ids["y"], "x"),
    }
