"""Tensors that meet: learned scales, gates and class tokens are meant; other repeating is told."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from studio.compiler import Report, analyse, build, source
from studio.compiler.dimensions import labels
from studio.compiler.receptive import field_of, fields
from studio.graph import Value
from studio.project import Project
from tests.drawing import add, chain


def meeting(kind: str, *shapes: tuple[str, tuple[int, ...]], **parameters: Value) -> Project:
    project, ids = Project(), []
    for made, shape in shapes:
        project, node = add(project, made, parameters={"shape": shape})
        ids.append(node)
    project, joined = add(project, kind, ids, parameters=parameters)
    return add(project, "output", [joined])[0]


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize("kind", ["add", "multiply"])
@pytest.mark.parametrize("made", ["parameter", "constant"])
@pytest.mark.parametrize("shape", [(16,), (1, 16), (9, 1), (1,)])
def test_a_learned_bias_or_scale_is_the_same_for_every_sample(
    kind: str, made: str, shape: tuple[int, ...]
) -> None:
    report = analyse(meeting(kind, ("input", (9, 16)), (made, shape)))
    assert codes(report) == []
    assert [str(tensor) for tensor in report.outputs.values()] == ["B × 9 × 16"]


@pytest.mark.parametrize(
    ("kind", "one", "other", "told"),
    [
        ("multiply", (8, 1, 1), (8, 4, 4), []),
        ("multiply", (1, 4, 4), (8, 4, 4), []),
        ("multiply", (8, 4, 4), (1, 4, 4), []),
        ("multiply", (8, 1, 4), (8, 4, 4), ["broadcast"]),
        ("add", (1, 4, 4), (8, 4, 4), ["broadcast"]),
        ("multiply", (1,), (16,), ["broadcast"]),
        ("multiply", (2, 4, 4), (8, 4, 4), ["shapes_differ"]),
    ],
)
def test_gates_of_channels_and_places_are_meant(
    kind: str, one: tuple[int, ...], other: tuple[int, ...], told: list[str]
) -> None:
    assert codes(analyse(meeting(kind, ("input", one), ("input", other)))) == told


def test_a_bias_that_does_not_fit_is_told() -> None:
    assert codes(analyse(meeting("add", ("input", (9, 16)), ("parameter", (5,))))) == ["shapes_differ"]


@pytest.mark.parametrize("made", ["parameter", "constant"])
def test_a_class_token_is_joined_to_every_sample(made: str) -> None:
    project, patches = add(Project(), "input", parameters={"shape": (9, 16)})
    project, token = add(project, made, [patches], parameters={"shape": (1, 16)})
    project, joined = add(project, "concat", [token, patches], parameters={"dim": 1})
    project, _ = add(project, "output", [joined])
    report = analyse(project)
    assert codes(report) == []
    assert [str(tensor) for tensor in report.outputs.values()] == ["B × 10 × 16"]
    assert report.parameters == (16 if made == "parameter" else 0)
    module = build(project, seed=2)
    data = torch.randn(3, 9, 16)
    value = next(iter(module.parameters()), torch.ones(1, 16))
    given = module(data)
    assert_close(given, torch.cat([value.expand(3, 1, 16), data], dim=1), rtol=0, atol=0)
    if made == "parameter":
        given.sum().backward()
        assert_close(value.grad, torch.full((1, 16), 3.0))
    space: dict[str, type[nn.Module]] = {}
    exec(source(project), space)
    written = space["Main"]()
    written.load_state_dict(module.state_dict(), strict=True)
    assert torch.equal(written(data), given)


@pytest.mark.parametrize(
    ("equation", "shapes"),
    [("bij->bji", [(5, 8)]), ("bij,bjk,bkl->bil", [(5, 8), (8, 3), (3, 4)]), ("bii->b", [(4, 4)])],
)
def test_einsum_of_one_to_three_tensors(equation: str, shapes: list[tuple[int, ...]]) -> None:
    project, ids = Project(), []
    for name, shape in zip("abc", shapes, strict=False):
        project, node = add(project, "input", name=name, parameters={"shape": shape})
        ids.append(node)
    ports = list("abc"[: len(ids)])
    project, made = add(project, "einsum", ids, ports=ports, parameters={"equation": equation})
    project, _ = add(project, "output", [made])
    module, data = build(project), [torch.randn(3, *shape) for shape in shapes]
    expected = torch.einsum(equation, *data)
    assert_close(module(*data), expected)
    (tensor,) = analyse(project).outputs.values()
    assert tensor.at(3) == tuple(expected.shape)


@pytest.mark.parametrize("kernel", [3, 4, (3, 5)])
@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_padding_that_keeps_the_size(kernel: Value, mode: str) -> None:
    values: dict[str, Value] = {
        "out_channels": 2,
        "kernel_size": kernel,
        "padding": "same",
        "dilation": 2,
        "padding_mode": mode,
    }
    project, ids = chain(("input", {"shape": (3, 12, 15)}), ("conv2d", values), ("output", {}))
    report = analyse(project)
    assert [str(tensor) for tensor in report.outputs.values()] == ["B × 2 × 12 × 15"]
    assert report.walk is not None
    side = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    seen = fields(report.walk, labels(report.walk)).get((ids[1], "y"))
    field = field_of(seen) if seen is not None else None
    assert field is not None
    assert field.sizes == tuple(2 * (each - 1) + 1 for each in side if isinstance(each, int))
    module = build(project, seed=1)
    layer = next(each for each in module.modules() if isinstance(each, nn.Conv2d))
    assert (layer.padding, layer.padding_mode) == ("same", mode)
    assert "padding='same'" in source(project).replace('"', "'")


def test_padding_that_keeps_the_size_wants_single_steps() -> None:
    same: dict[str, Value] = {"padding": "same", "stride": 2}
    report = analyse(chain(("input", {"shape": (3, 12, 12)}), ("conv2d", same), ("output", {}))[0])
    (problem,) = report.problems
    assert (problem.code, problem.parameter, str(problem.expected)) == ("same_steps", "stride", "1")
    for stride, told in ((1, []), ((1, 1), []), ((1, 2), ["same_steps"])):
        same["stride"] = stride
        project, _ = chain(("input", {"shape": (3, 12, 12)}), ("conv2d", same), ("output", {}))
        assert codes(analyse(project)) == told
