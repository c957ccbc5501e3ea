"""`--set` reaches everything of a project that can be set, by name, and refuses the rest in words."""

from __future__ import annotations

import pytest

from studio import api
from studio.cli import settings
from studio.cli.voice import UsageError
from studio.graph import Value
from studio.project import Choice, Composite, CompositeParameter, GraphRef, Project, edits
from studio.project.library import LIBRARY, add_block
from tests.drawing import MAIN, chain


@pytest.fixture
def project() -> Project:
    return api.new("cnn")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("plan.loop.epochs", "3", 3),
        ("plan.loop.seed", " 7 ", 7),
        ("plan.loop.device", "cpu", "cpu"),
        ("plan.loop.precision", "bfloat16", "bfloat16"),
        ("plan.loop.clip_norm", "0.5", 0.5),
        ("plan.loop.patience", "none", None),
        ("plan.loop.checkpoint_seconds", "1e2", 100.0),
    ],
)
def test_the_loop(path: str, text: str, expected: Value, project: Project) -> None:
    loop = settings.apply(project, [f"{path}={text}"]).plan.loop.resolved("loop")
    assert loop[path.rpartition(".")[2]] == expected


def test_data_losses_optimizers_and_schedules(project: Project) -> None:
    plan = settings.apply(
        project,
        [
            "plan.data.validation=0.25",
            "plan.losses.0.label_smoothing=0.1",
            "plan.optimizers.model=sgd",
            "plan.optimizers.model.lr=0.5",
            "plan.optimizers.model.nesterov=yes",
            "plan.schedules.model=step_lr",
            "plan.schedules.model.gamma=0.25",
        ],
    ).plan
    assert plan.data == Choice("digits", {"validation": 0.25})
    assert plan.losses[0].choice == Choice("cross_entropy", {"label_smoothing": 0.1})
    assert plan.optimizers["model"] == Choice("sgd", {"lr": 0.5, "nesterov": True})
    assert plan.schedules["model"] == Choice("step_lr", {"gamma": 0.25})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5", 5), ("3,5", (3, 5)), ("(3, 5)", (3, 5)), ("3x5", (3, 5))],
)
def test_parameters_of_blocks(text: str, expected: Value, project: Project) -> None:
    changed = settings.apply(project, [f"networks.main.conv1.kernel_size={text}"])
    assert changed.graph(MAIN).nodes["conv2d_1"].parameters["kernel_size"] == expected


def test_shapes_and_blocks_of_a_composite(project: Project) -> None:
    changed = settings.apply(project, ["networks.main.x.shape=3,32,32"])
    assert changed.graph(MAIN).nodes["input_1"].parameters["shape"] == (3, 32, 32)
    inner = GraphRef("composite", "Block")
    composite = Composite(parameters=(CompositeParameter("d", "int", 8),))
    drawn = edits.set_composite(Project(), "Block", composite)
    drawn, _ = chain(("input", {}), ("linear", {}), ("output", {}), ref=inner, project=drawn)
    drawn, _ = edits.add_node(drawn, MAIN, "composite", (0, 0), composite="Block", name="first")
    drawn = settings.apply(drawn, ["composites.Block.fc1.out_features=9", "networks.main.first.d=4"])
    assert drawn.graph(inner).nodes["linear_1"].parameters["out_features"] == 9
    assert drawn.graph(MAIN).nodes["composite_1"].parameters["d"] == 4


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            "plan.loop.epochs",
            "“plan.loop.epochs” sets nothing. Write PATH=VALUE, such as plan.loop.epochs=3.",
        ),
        (
            "plan.loop.epoch=3",
            "There is nothing to set at “plan.loop.epoch”. Did you mean plan.loop.epochs? Every path: ",
        ),
        ("zzz=3", "There is nothing to set at “zzz”. Every path: netwright train FILE --set help"),
        ("lr=3", "Did you mean plan.optimizers.model.lr? "),
        ("plan.loop.lr=3", "Did you mean plan.optimizers.model.lr"),
        (
            "networks.main.conv3.kernel_size=3",
            "Did you mean networks.main.conv1.kernel_size, networks.main.conv2.kernel_size",
        ),
        ("plan.optimizers.model=adan", "There is no optimizer “adan”. There are: sgd, adam, adamw, nadam,"),
        ("plan.loop.epochs=many", "Epochs: expected a whole number from 1 to 1000000, received “many”."),
        ("plan.loop.epochs=9**9**9", "received “9**9**9”"),
        ("plan.loop.epochs=1.5", "received 1.5"),
        ("plan.loop.epochs=", "received “”"),
        ("plan.optimizers.model.amsgrad=perhaps", "expected yes or no"),
        ("plan.loop.precision=int8", "expected one of float32, bfloat16"),
        ("networks.main.conv1.kernel_size=3,3,3", "expected one whole number, or 2"),
        ("networks.main.conv1.in_channels=3", "There is nothing to set at"),
    ],
)
def test_what_cannot_be_set_is_refused_in_words(setting: str, told: str, project: Project) -> None:
    with pytest.raises(UsageError) as refused:
        settings.apply(project, [setting])
    assert told in str(refused.value)


def test_an_error_suggests_a_few_paths_and_no_more(project: Project) -> None:
    for path in ("plan", "plan.loop", "networks.main.conv1", "networks.main.x.y.z", "a" * 5000, "", "。"):
        with pytest.raises(UsageError) as refused:
            settings.apply(project, [f"{path}.nothing=1"])
        assert len(str(refused.value)) < 350
        known = [found.path for found in settings.every_setting(project)]
        assert len(settings.nearest(f"{path}.nothing", known)) <= 3


def test_every_path_is_listed_with_its_value_and_takes_it_back(project: Project) -> None:
    for found in settings.every_setting(project):
        again = settings.apply(project, [f"{found.path}={settings.written(found.value)}"])
        now = {each.path: each.value for each in settings.every_setting(again)}
        assert now[found.path] == found.value or (found.value, now[found.path]) == (None, "")


def test_the_project_itself_is_never_changed(project: Project) -> None:
    before = api.new("cnn")
    settings.apply(project, ["plan.loop.epochs=3", "networks.main.conv1.out_channels=3"])
    assert project == before


def test_an_activation_takes_the_place_of_another_and_keeps_its_name_and_its_wires(project: Project) -> None:
    changed = settings.apply(
        project, ["networks.main.relu1=leaky_relu", "networks.main.relu1.negative_slope=0.2"]
    )
    before, after = (one.networks["main"] for one in (project, changed))
    assert (after.nodes["relu_1"].type, after.nodes["relu_1"].name) == ("leaky_relu", "relu1")
    assert after.nodes["relu_1"].parameters == {"negative_slope": 0.2}
    assert after.wires == before.wires
    with pytest.raises(UsageError, match="“linear” cannot stand here"):
        settings.apply(project, ["networks.main.relu1=linear"])


def test_which_network_is_trained_how_often_a_composite_runs_and_what_is_frozen_can_be_set() -> None:
    project, node = add_block(api.new("cnn"), MAIN, LIBRARY, (0.0, 0.0), "Residual basic")
    assert "plan.networks.model" not in {found.path for found in settings.every_setting(project)}
    project = edits.add_network(project, "other")
    changed = settings.apply(
        project,
        ["plan.networks.model=other", "networks.main.residual1.repeat=3", "networks.main.conv1.frozen=yes"],
    )
    assert changed.plan.networks == {"model": "other"}
    assert changed.networks["main"].nodes[node].repeat == 3
    assert [found.name for found in changed.networks["main"].nodes.values() if found.frozen] == ["conv1"]
    with pytest.raises(UsageError, match="There is no network “third”"):
        settings.apply(project, ["plan.networks.model=third"])
    with pytest.raises(UsageError, match="epeat"):
        settings.apply(project, ["networks.main.residual1.repeat=0"])
    with pytest.raises(UsageError, match="nothing to set"):
        settings.apply(project, ["networks.main.relu1.frozen=yes"])
