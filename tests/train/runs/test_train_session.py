"""A project trained from end to end: its run folder, its curves, on a thread, resumed, judged."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from studio.compiler import build, identifiers
from studio.data import load
from studio.graph import Graph, NetwrightError, Value
from studio.project import MODEL, Choice, Composite, GraphRef, LossTerm, Project, edits
from studio.project.library import LIBRARY, add_block
from studio.train import (
    Background,
    Control,
    Event,
    MetricLog,
    RunStore,
    Started,
    StepDone,
    TrainError,
    Warned,
    evaluate,
    load_run,
    order_seed,
    run,
)
from studio.train.flowing.places import rates, way_to
from studio.train.loop.learner import Learner
from studio.train.runs.weights import read_weights
from tests.drawing import MAIN, add, chain, wire
from tests.train.plain import copied, kinds, same
from tests.train.projects import done, failed, loop, wine, with_plan

# -- a run ---------------------------------------------------------------------------------------------


def test_a_run_leaves_a_folder_that_explains_itself(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "first"
    log = MetricLog()
    project = wine()
    events = list(run(project, run_dir=folder, log=log, seed=7))
    finished = done(events)
    assert finished.run == folder
    assert kinds(events)[0] == "started"
    assert {path.name for path in folder.iterdir()} == {
        "project.netwright", "run.json", "best.safetensors", "last.safetensors", "state.pt", "state.pt~",
    }  # fmt: skip
    record = load_run(folder)
    assert (record.status, record.epochs, record.step, record.seed) == ("completed", 3, 12, 7)
    assert record.best is not None
    assert finished.best is not None
    assert record.best["val_loss"] == finished.best.metrics["val_loss"]
    assert record.environment["torch"] == torch.__version__
    assert record.choices == {"threads": 1, "channels_last": False, "fused": True, "precision": "float32"}
    assert record.preprocessing["kind"] == "vector"
    assert record.classes == load(project.plan.data).classes
    kept = record.project()
    assert kept.networks == project.networks
    assert kept.plan.loop.parameters["seed"] == 7
    curves = RunStore.of(folder).metrics(folder)
    assert set(curves) == set(log)
    for key in log:
        assert curves.series(key)[0].tolist() == log.series(key)[0].tolist()
        assert curves.series(key)[1].tolist() == log.series(key)[1].tolist()
    assert [found.name for found in RunStore(tmp_path / "runs").runs()] == ["first"]


def test_the_weights_are_those_of_a_plain_loop_over_the_built_network(tmp_path: Path) -> None:
    project = wine(seed=3)
    done(list(run(project, run_dir=tmp_path / "a")))
    model = build(project, seed=3)
    data = load(project.plan.data).train
    x, y = data.inputs["x"], data.targets["target"]
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, weight_decay=0.0, amsgrad=False, fused=True)
    torch.manual_seed(3 + 1)
    model.train()
    for epoch in range(3):
        generator = torch.Generator().manual_seed(order_seed(3, epoch))
        for places in torch.randperm(len(x), generator=generator).split(32):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[places]), y[places]).backward()
            optimizer.step()
    assert same(load_run(tmp_path / "a").weights("last"), copied(model))
    assert same(read_weights(tmp_path / "a" / "last.safetensors"), copied(model))


def test_the_same_seed_gives_the_same_weights_each_time(tmp_path: Path) -> None:
    weights = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        done(list(run(wine(), run_dir=tmp_path / name, seed=seed)))
        weights.append(load_run(tmp_path / name).weights("last"))
    assert same(weights[0], weights[1])
    assert not same(weights[0], weights[2])


def test_best_weights_are_those_of_the_best_epoch(tmp_path: Path) -> None:
    project = with_plan(wine(epochs=8), optimizers={MODEL: Choice("sgd", {"lr": 3.0})})
    finished = done(list(run(project, run_dir=tmp_path / "a")))
    assert finished.best is not None
    found = evaluate(tmp_path / "a", part="validation")
    assert found.metrics["loss"] == pytest.approx(finished.best.metrics["val_loss"], rel=1e-5)
    assert finished.best.epoch < 8
    assert not same(load_run(tmp_path / "a").weights("best"), load_run(tmp_path / "a").weights("last"))


def test_a_stopped_run_is_resumed_to_the_bit_with_its_curves(tmp_path: Path) -> None:
    whole_log, log, control = MetricLog(), MetricLog(), Control()
    done(list(run(wine(), run_dir=tmp_path / "whole", log=whole_log)))
    for event in run(wine(), run_dir=tmp_path / "part", control=control):
        if isinstance(event, StepDone):
            control.stop()
    assert load_run(tmp_path / "part").status == "stopped"
    # As after a kill: the database knows more than the checkpoint.
    late = np.array([5.0, 999.0])
    RunStore.of(tmp_path / "part").add(tmp_path / "part", {"loss": (late, late)})
    finished = done(list(run(wine(), resume=tmp_path / "part", log=log, seed=99)))
    assert finished.reason == "completed"
    assert finished.run == tmp_path / "part"
    assert same(load_run(tmp_path / "whole").weights("last"), load_run(tmp_path / "part").weights("last"))
    for key in ("loss", "val_loss", "accuracy"):
        assert log.series(key)[0].tolist() == whole_log.series(key)[0].tolist()
        assert log.series(key)[1].tolist() == whole_log.series(key)[1].tolist()
    assert load_run(tmp_path / "part").seed == 0


def test_more_epochs_of_a_finished_run_are_kept_with_it(tmp_path: Path) -> None:
    done(list(run(wine(), run_dir=tmp_path / "a")))
    done(list(run(wine(), run_dir=tmp_path / "b", epochs=5)))
    done(list(run(wine(), resume=tmp_path / "a", epochs=5)))
    record = load_run(tmp_path / "a")
    assert (record.epochs, record.status) == (5, "completed")
    assert record.project().plan.loop.parameters["epochs"] == 5
    assert same(record.weights("last"), load_run(tmp_path / "b").weights("last"))
    other = with_plan(wine(), data=Choice("digits"))
    failed(list(run(other, resume=tmp_path / "a", epochs=6)))
    assert load_run(tmp_path / "a").project().plan.data == Choice("wine")


def test_what_is_done_before_the_first_step_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    data = Choice("sentences", {"count": 200, "validation": 0.15})
    events = run(
        with_plan(wine(), data=data),
        run_dir=tmp_path / "a",
        progress=lambda doing, share: told.append((str(doing), share)),
    )
    failed(list(events))
    assert told == [("Writing sentences", 0.0), ("Writing sentences", 0.5)]


def test_a_run_that_ended_before_its_first_checkpoint_begins_anew(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    done(list(run(wine(), run_dir=tmp_path / "whole")))
    events = run(wine(), run_dir=folder)
    assert isinstance(next(iter(events)), Started)
    (folder / "state.pt").unlink(missing_ok=True)
    del events
    (folder / "state.pt").unlink(missing_ok=True)
    with pytest.raises(TrainError, match="no weights yet"):
        load_run(folder).weights()
    done(list(run(wine(), resume=folder)))
    assert same(load_run(tmp_path / "whole").weights("last"), load_run(folder).weights("last"))


def test_a_caller_that_goes_away_leaves_a_stopped_run(tmp_path: Path) -> None:
    events = iter(run(wine(), run_dir=tmp_path / "a"))
    while not isinstance(next(events), StepDone):
        pass
    events.close()  # type: ignore[attr-defined]  # a generator
    record = load_run(tmp_path / "a")
    assert record.status == "stopped"
    done(list(run(wine(), resume=record)))


def test_two_inputs_and_a_skip_learn_which_digits_are_the_same(tmp_path: Path) -> None:
    project = Project()
    project, a = add(project, "input", name="a")
    project, b = add(project, "input", name="b")
    project, flat_a = add(project, "flatten", [a])
    project, flat_b = add(project, "flatten", [b])
    project, body = add(project, "linear", [flat_a], parameters={"out_features": 32})
    project, twin = add(project, "linear", [flat_b], parameters={"out_features": 32})
    project = edits.change_node(project, MAIN, twin, shares=body)
    project, minus = add(project, "subtract", [body, twin], ports=["a", "b"])
    project, square = add(project, "multiply", [minus, minus])
    project, skip = add(project, "add", [square, minus])
    project, last = add(project, "linear", [skip], parameters={"out_features": 1})
    project, _ = add(project, "output", [last])
    project = with_plan(
        project,
        data=Choice("digit_pairs"),
        losses=(LossTerm(Choice("bce_with_logits")),),
        metrics=(Choice("binary_accuracy"),),
        loop=loop(epochs=2, batch_size=128),
    )
    done(list(run(project, run_dir=tmp_path / "a")))
    found = evaluate(tmp_path / "a")
    assert found.classes == ("different", "same")
    assert found.metrics["accuracy"] > 0.6
    assert sum(map(sum, found.confusion)) == found.count == len(load(project.plan.data).test)
    assert found.image(0, "b")[:3] == (28, 28, 1)
    width, height, channels, both = found.image(0)  # a pair is seen as a pair
    assert (width, height, channels) == (58, 28, 1)
    rows = [both[at : at + width] for at in range(0, len(both), width)]
    assert b"".join(row[:28] for row in rows) == found.image(0, "a")[3]
    assert b"".join(row[30:] for row in rows) == found.image(0, "b")[3]


# -- what cannot begin -----------------------------------------------------------------------------------


def test_what_was_typed_wrongly_is_raised_at_once(tmp_path: Path) -> None:
    with pytest.raises(NetwrightError, match="no device “cuda:9”"):
        run(wine(), device="cuda:9")
    with pytest.raises(NetwrightError, match="There is no run in"):
        run(wine(), resume=tmp_path)
    with pytest.raises(NetwrightError, match="expected a whole number"):
        run(wine(), epochs=0)


def test_ten_classes_and_five_scores_are_led_to_the_last_layer(tmp_path: Path) -> None:
    project, ids = chain(
        ("input", {}), ("flatten", {}), ("linear", {"out_features": 5}), ("relu", {}), ("output", {})
    )
    project = edits.rename_node(project, MAIN, ids[2], "scores")
    project = with_plan(project, loop=loop())
    found = failed(list(run(project, run_dir=tmp_path / "a")))
    assert found.node == ids[2]
    assert found.graph == MAIN
    assert str(found.message) == (
        "Cross entropy expects an output of B × 10 for this data (10 classes) and received B × 5. "
        "Set the last layer to 10 features."
    )


def test_a_network_with_errors_names_the_node(tmp_path: Path) -> None:
    project, ids = chain(("input", {"shape": (13,)}), ("conv2d", {}), ("output", {}))
    found = failed(list(run(with_plan(project, data=Choice("wine"), loop=loop()), run_dir=tmp_path / "a")))
    assert (found.node, found.graph) == (ids[1], MAIN)
    assert not (tmp_path / "a").exists()


def test_data_of_another_size_names_the_input(tmp_path: Path) -> None:
    project, ids = chain(("input", {"shape": (7,)}), ("linear", {"out_features": 3}), ("output", {}))
    found = failed(list(run(with_plan(project, data=Choice("wine"), loop=loop()), run_dir=tmp_path / "a")))
    assert found.node == ids[0]
    assert "expects B × 7, and the data gives B × 13. Set the shape of the Input block to 13." in str(
        found.message
    )


def test_a_missing_data_folder_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    data = Choice("image_folder", {"folder": str(tmp_path / "nowhere")})
    found = failed(list(run(with_plan(wine(), data=data), run_dir=tmp_path / "a")))
    assert "There is no folder" in str(found.message)
    assert (found.node, found.graph) == (next(wine().graph(MAIN).of_type("input")).id, MAIN)
    assert list(tmp_path.iterdir()) == []


def test_numbers_that_are_none_lead_to_the_node_by_its_label(tmp_path: Path) -> None:
    project, ids = chain(
        ("input", {"shape": (13,)}),
        ("linear", {"out_features": 512}),
        ("linear", {"out_features": 3}),
        ("output", {}),
    )
    project = edits.rename_node(project, MAIN, ids[1], "my layer")
    project = with_plan(project, data=Choice("wine"), loop=loop())
    table = load(Choice("wine")).train
    values = np.full(table.inputs["x"].shape, 3e38, np.float32)
    np.savez(tmp_path / "huge.npz", x=values, target=table.targets["target"].numpy())
    project = with_plan(project, data=Choice("arrays", {"folder": str(tmp_path / "huge.npz")}))
    found = failed(list(run(project, run_dir=tmp_path / "a")))
    assert (found.node, found.graph) == (ids[1], MAIN)
    assert "“my layer” was the first to give numbers that are infinite or NaN" in str(found.message)
    kept = load_run(tmp_path / "a")
    assert (kept.status, str(kept.reason)) == ("failed", str(found.message))


def test_an_operator_that_fails_leads_to_its_node_too(tmp_path: Path) -> None:
    project, ids = chain(("input", {"shape": (13,)}), ("linear", {"out_features": 3}))
    project, gate = add(project, "multiply", [ids[1]] * 3, name="my gate")
    project, _ = add(project, "output", [gate])
    project = with_plan(
        project, data=Choice("wine"), loop=loop(), optimizers={MODEL: Choice("sgd", {"lr": 1e13})}
    )
    found = failed(list(run(project, run_dir=tmp_path / "a")))
    assert (found.node, found.graph) == (gate, MAIN)
    assert "“my gate” was the first" in str(found.message)


def test_inside_a_repeated_composite_the_inner_node_is_named(tmp_path: Path) -> None:
    inside = GraphRef("composite", "block")
    project = edits.set_composite(Project(), "block", Composite(Graph()))
    drawn: list[tuple[str, dict[str, Value]]] = [
        ("input", {"shape": (13,)}), ("linear", {"out_features": 13}), ("output", {})
    ]  # fmt: skip
    project, parts = chain(*drawn, ref=inside, project=project)
    project, start = add(project, "input", parameters={"shape": (13,)})
    project, block = edits.add_node(project, MAIN, "composite", (0, 0), composite="block")
    project = wire(project, start, block)
    project, last = add(project, "linear", [block], parameters={"out_features": 3})
    project, _ = add(project, "output", [last])
    project = edits.change_node(project, MAIN, block, repeat=2, rate_factor=0.5)
    project = with_plan(project, data=Choice("wine"), loop=loop(epochs=1))
    model = build(project)
    place = next(name for name, module in model.named_modules() if isinstance(module, nn.Linear))
    way = way_to(project, "main", place)
    assert [(ref, node.id) for ref, node in way] == [(MAIN, block), (inside, parts[1])]
    assert rates(project, "main") == {place.split(".")[0]: 0.5}
    done(list(run(project, run_dir=tmp_path / "a")))


def test_a_factor_inside_a_composite_that_undoes_the_outer_one_counts() -> None:
    inside = GraphRef("composite", "block")
    project = edits.set_composite(Project(), "block", Composite(Graph()))
    drawn: list[tuple[str, dict[str, Value]]] = [
        ("input", {"shape": (13,)}), ("linear", {"out_features": 13}), ("linear", {"out_features": 13}),
        ("output", {}),
    ]  # fmt: skip
    project, parts = chain(*drawn, ref=inside, project=project)
    project, start = add(project, "input", parameters={"shape": (13,)})
    project, block = edits.add_node(project, MAIN, "composite", (0, 0), composite="block")
    project = wire(project, start, block)
    project, last = add(project, "linear", [block], parameters={"out_features": 3})
    project, _ = add(project, "output", [last])
    project = edits.change_node(project, MAIN, block, rate_factor=0.5)
    project = edits.change_node(project, inside, parts[1], rate_factor=2.0)
    outer, (whole, half) = (
        identifiers(project.graph(MAIN))[block],
        [identifiers(project.graph(inside))[part] for part in parts[1:3]],
    )
    model = build(project)
    learner = Learner(
        MODEL, model, Choice("sgd", {"lr": 0.1}), None,
        clip_norm=None, rates=rates(project, "main"), device=torch.device("cpu"),
    )  # fmt: skip
    speed = {
        id(parameter): group["lr"]
        for group in learner.optimizer.param_groups
        for parameter in group["params"]
    }
    found = {name: speed[id(parameter)] for name, parameter in model.named_parameters()}
    assert found[f"{outer}.{whole}.weight"] == 0.1
    assert found[f"{outer}.{half}.weight"] == 0.05
    assert {value for name, value in found.items() if not name.startswith(outer)} == {0.1}


def test_a_factor_is_found_however_deep_it_stands() -> None:
    project, _ = add_block(Project(), MAIN, LIBRARY, (0.0, 0.0), "Dense block")
    project, _ = add_block(project, MAIN, LIBRARY, (0.0, 0.0), "Residual basic")
    assert rates(project, "main") == {}
    project = edits.change_node(project, GraphRef("composite", "Dense layer"), "conv2d_2", rate_factor=0.5)
    assert rates(project, "main") == {f"dense1.layers.{index}.conv2": 0.5 for index in range(4)}


def test_a_folder_that_cannot_be_used_is_told_and_the_run_kept_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    events = list(run(wine(), run_dir=tmp_path / "file" / "a"))
    started = events[0]
    assert isinstance(started, Started)
    assert "cannot be kept in" in str(started.choices[-1])
    kept = done(events).run
    assert kept is not None
    assert load_run(kept).status == "completed"


def test_a_database_that_cannot_be_written_does_not_stop_the_training(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "a"
    folder.parent.mkdir()
    (folder.parent / "runs.db").write_bytes(b"no database" * 200)
    events = list(run(wine(), run_dir=folder))
    done(events)
    assert sum(isinstance(event, Warned) for event in events) >= 1
    assert load_run(folder).status == "completed"


# -- on a thread -----------------------------------------------------------------------------------------


def waited(background: Background, seconds: float = 60.0) -> list[Event]:
    assert background.join(seconds)
    return background.take_events()


def test_a_background_run_tells_the_same_as_one_in_the_open(tmp_path: Path) -> None:
    background = Background(wine(), run_dir=tmp_path / "a", seed=4)
    events = waited(background)
    assert not background.running
    assert kinds(events)[0] == "started"
    done(events)
    assert background.latest is not None
    assert background.latest.step == 12
    assert len(background.log.series("loss")[0]) == 12
    assert background.take_events() == []
    done(list(run(wine(), run_dir=tmp_path / "b", seed=4)))
    assert same(load_run(tmp_path / "a").weights("last"), load_run(tmp_path / "b").weights("last"))
    assert not any(thread.daemon for thread in threading.enumerate() if thread.name == "training")


def test_a_background_run_pauses_resumes_and_closes(tmp_path: Path) -> None:
    background = Background(wine(epochs=100_000), run_dir=tmp_path / "a")
    until = time.monotonic() + 60
    while background.latest is None and time.monotonic() < until:
        time.sleep(0.01)
    background.control.pause()
    assert background.control.wait_until_resting(30)
    assert background.log.last("loss") is not None
    steps = len(background.log.series("loss")[0])
    time.sleep(0.1)
    assert len(background.log.series("loss")[0]) == steps
    background.control.resume()
    while len(background.log.series("loss")[0]) == steps and time.monotonic() < until:
        time.sleep(0.01)
    began = time.monotonic()
    assert background.close(5.0)
    assert time.monotonic() - began < 5
    assert done(background.take_events()).reason == "stopped"


def test_nothing_escapes_a_background_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.train.runs import background as module

    assert "There is no run in" in str(failed(waited(Background(wine(), resume=tmp_path))).message)

    def broken(*_args: object, **_named: object) -> object:
        raise AssertionError("inside")

    monkeypatch.setattr(module, "run", broken)
    found = failed(waited(Background(wine())))
    assert "An unexpected fault stopped the training (AssertionError)" in str(found.message)
    assert "inside" in found.details
