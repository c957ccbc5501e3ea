"""A plan that does not fit is told before Train is pressed: at its block, with a mend, as a run tells it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio import api
from studio.compiler import Problem
from studio.data import load
from studio.graph import Message, Value
from studio.graph.text import catalogue
from studio.project import MODEL, Choice, GraphRef, LossTerm, Plan, Project, edits
from studio.train import Failed, run
from studio.train.plans.checking import Checker
from tests.documents import sample
from tests.drawing import CNN, MAIN, add, chain
from tests.train.projects import failed, loop, wine, with_plan

Drawn = tuple[Project, str]
"""A project, and the id of the block that its problem belongs to."""


def found(project: Project) -> list[Problem]:
    return [problem for problem in Checker().analyse(project, MAIN).problems if problem.about == "plan"]


def net(*body: tuple[str, dict[str, Value]], shape: tuple[int, ...] = (1, 28, 28), **plan: object) -> Project:
    drawn, _ = chain(("input", {"shape": shape}), ("flatten", {}), *body, ("output", {}))
    return with_plan(drawn, **{"loop": loop(), **plan})


def of_type(project: Project, kind: str) -> str:
    return [node.id for node in project.graph(MAIN).nodes.values() if node.type == kind][-1]


# -- one mistake at a time ------------------------------------------------------------------------------


def five_for_ten() -> Drawn:
    project = net(("linear", {"out_features": 5}), ("relu", {}), ("dropout", {}))
    return project, of_type(project, "linear")


def five_channels_for_ten() -> Drawn:
    project, ids = chain(("input", {}), ("conv2d", {"out_channels": 5}), ("output", {}))
    return with_plan(project, loop=loop()), ids[-1]


def other_shape() -> Drawn:
    project = net(("linear", {"out_features": 10}), shape=(1, 8, 8))
    return project, of_type(project, "input")


def classes_for_numbers() -> Drawn:
    project = net(("linear", {"out_features": 1}), shape=(10,), data=Choice("diabetes"))
    return project, of_type(project, "output")


def numbers_for_classes() -> Drawn:
    project = net(("linear", {"out_features": 10}), losses=(LossTerm(Choice("mse")),))
    return project, of_type(project, "output")


def numbers_of_another_size() -> Drawn:
    project = net(("linear", {"out_features": 3}), shape=(10,), data=Choice("diabetes"),
                  losses=(LossTerm(Choice("huber", {"delta": 0.5})),))  # fmt: skip
    return project, of_type(project, "linear")


def yes_or_no_of_five() -> Drawn:
    project = net(("linear", {"out_features": 4}), losses=(LossTerm(Choice("bce_with_logits")),))
    return project, of_type(project, "linear")


def fractions_for_whole_numbers() -> Drawn:
    project, ids = chain(("input", {"shape": (13,), "dtype": "int64"}), ("reshape", {"shape": (13,)}),
                         ("output", {}))  # fmt: skip
    return with_plan(project, data=Choice("wine"), loop=loop()), ids[0]


def fractions_for_tokens() -> Drawn:
    project, ids = chain(("input", {"shape": (13,), "dtype": "int64"}), ("embedding", {}), ("flatten", {}),
                         ("linear", {"out_features": 3}), ("output", {}))  # fmt: skip
    return with_plan(project, data=Choice("wine"), loop=loop()), ids[0]


def input_without_a_field() -> Drawn:
    project, ids = chain(("input", {}), ("flatten", {}), ("linear", {"out_features": 1}), ("output", {}))
    plan = {"data": Choice("digit_pairs"), "losses": (LossTerm(Choice("bce_with_logits")),), "loop": loop()}
    return with_plan(edits.rename_node(project, MAIN, ids[0], "left"), **plan), ids[0]


def folded_batch() -> Drawn:
    project, ids = chain(("input", {}), ("flatten", {"start_dim": 0, "end_dim": 1}), ("flatten", {}),
                         ("linear", {"out_features": 10}), ("output", {}))  # fmt: skip
    project = edits.set_parameters(project, MAIN, ids[0], {"shape": (2, 14, 14)})
    data = Choice("arrays")
    return with_plan(project, data=data, loop=loop()), ids[-1]


def output_that_nobody_named() -> Drawn:
    project, ids = chain(("input", {"shape": (13,)}), ("linear", {"out_features": 3}), ("output", {}))
    project, _ = add(project, "output", [ids[1]], name="second")
    return with_plan(project, data=Choice("wine"), loop=loop()), ids[-1]


def output_that_is_not_there() -> Drawn:
    project, node = output_that_nobody_named()
    return with_plan(project, losses=(LossTerm(Choice("cross_entropy"), "third"),)), node


def target_that_is_not_there() -> Drawn:
    project = with_plan(wine(), losses=(LossTerm(Choice("cross_entropy"), "", "age"),))
    return project, of_type(project, "output")


MISFITS: dict[Callable[[], Drawn], str] = {
    five_for_ten: "Cross entropy expects an output of B × 10 for this data (10 classes) and received B × 5.",
    five_channels_for_ten: "expects an output of B × 10 for this data and received B × 5 × 26 × 26. Flatten",
    other_shape: "The input “x” expects B × 1 × 8 × 8, and the data gives B × 1 × 28 × 28.",
    classes_for_numbers: "Cross entropy needs classes, and this data gives numbers to predict.",
    numbers_for_classes: "Mean squared error compares numbers, and this data has 10 classes.",
    numbers_of_another_size: "Huber loss expects an output of B × 1 for this data and received B × 3.",
    yes_or_no_of_five: "expects an output of B × 10 for this data (10 classes) and received B × 4.",
    fractions_for_whole_numbers: "The input “x” expects whole numbers (int64), and the data gives fractions.",
    fractions_for_tokens: "leads to “embedding1”, which looks whole numbers up, such as tokens;",
    input_without_a_field: "The data has nothing for the input “left”. It gives: a, b.",
    output_that_nobody_named: "The network has several outputs: y, second. Choose for each loss",
    output_that_is_not_there: "A loss of the plan judges the output “third”. The network has: y, second.",
    target_that_is_not_there: "A loss of the plan compares with the target “age”. The data has: target.",
}
MENDED = (five_for_ten, other_shape, classes_for_numbers, numbers_for_classes, numbers_of_another_size,
          yes_or_no_of_five, fractions_for_whole_numbers)  # fmt: skip


@pytest.mark.parametrize("draw", MISFITS, ids=lambda draw: draw.__name__)
def test_each_mistake_is_told_at_its_block_as_the_run_would(
    draw: Callable[[], Drawn], tmp_path: Path
) -> None:
    project, node = draw()
    problem = found(project)[0]
    assert MISFITS[draw] in str(problem.message)
    assert (problem.severity, problem.node, problem.graph) == ("error", node, MAIN)
    refused = failed(list(run(project, run_dir=tmp_path / "a")))
    assert str(refused.message) == str(problem.message)
    assert (refused.node, refused.graph) == (node, MAIN)
    if problem.expected is not None:
        assert (str(refused.expected), str(refused.received)) == (
            str(problem.expected),
            str(problem.received),
        )


@pytest.mark.parametrize("draw", MENDED, ids=lambda draw: draw.__name__)
def test_what_is_offered_mends_it(draw: Callable[[], Drawn]) -> None:
    project, _ = draw()
    before = found(project)[0]
    assert len(before.fixes) == 1
    mended = edits.apply_fix(project, MAIN, before.fixes[0])
    assert before.code not in [problem.code for problem in found(mended)]


@pytest.mark.parametrize(
    "draw", [draw for draw in MISFITS if draw not in MENDED], ids=lambda draw: draw.__name__
)
def test_nothing_is_offered_that_would_not_mend(draw: Callable[[], Drawn]) -> None:
    assert [problem.fixes for problem in found(draw()[0])] == [()]


def moved_by_muon() -> Drawn:
    one = net(("linear", {"out_features": 10}), optimizers=MappingProxyType({MODEL: Choice("muon")}))
    return one, ""


CODES: dict[Callable[[], Drawn], str] = {
    five_for_ten: "output_size",
    other_shape: "input_shape",
    classes_for_numbers: "wrong_loss",
    fractions_for_whole_numbers: "input_dtype",
    input_without_a_field: "no_data_for_input",
    output_that_is_not_there: "loss_of_nothing",
    moved_by_muon: "wrong_optimizer",
}


@pytest.mark.parametrize("draw", CODES, ids=lambda draw: draw.__name__)
def test_each_kind_of_misfit_has_its_code_and_its_chinese(draw: Callable[[], Drawn]) -> None:
    problem = found(draw()[0])[0]
    assert problem.code == CODES[draw]
    assert problem.message.template in catalogue("zh_CN")


def test_the_mends_say_what_they_do() -> None:
    told = {draw: str(found(draw()[0])[0].fixes[0].label) for draw in MENDED}
    assert told[five_for_ten] == "Set Out features to 10"
    assert told[other_shape] == "Set Shape to 1 × 28 × 28"
    assert told[classes_for_numbers] == "Choose Mean squared error as the loss"
    assert told[numbers_for_classes] == "Choose Cross entropy as the loss"


def test_expected_and_received_are_told_apart() -> None:
    told = {draw: found(draw()[0])[0] for draw in (five_for_ten, other_shape)}
    assert [str(told[five_for_ten].expected), str(told[five_for_ten].received)] == ["B × 10", "B × 5"]
    assert told[five_for_ten].parameter == "out_features"
    assert [str(told[other_shape].expected), str(told[other_shape].received)] == [
        "B × 1 × 8 × 8",
        "B × 1 × 28 × 28",
    ]


def test_a_batch_that_is_folded_is_told_with_its_real_shape(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.zeros((40, 2, 14, 14), np.float32), target=np.arange(40) % 10)
    project, _ = folded_batch()
    project = with_plan(project, data=Choice("arrays", {"folder": str(tmp_path / "a.npz")}))
    (problem,) = found(project)
    assert "received 2B × 10: the batch (B) must stay the first dimension" in str(problem.message)
    refused = failed(list(run(project, run_dir=tmp_path / "run")))
    assert str(refused.message) == str(problem.message)


def test_a_table_that_is_too_small_is_told_once_the_data_was_read() -> None:
    data = Choice("sentences", {"count": 70})
    project, ids = chain(("input", {"shape": (16,), "dtype": "int64"}), ("embedding", {"num_embeddings": 20}),
                         ("flatten", {}), ("linear", {"out_features": 2}), ("output", {}))  # fmt: skip
    project = with_plan(project, data=data, loop=loop())
    assert found(project) == []
    words = len(load(data).preprocessing.vocabulary)
    (problem,) = found(project)
    assert (problem.code, problem.node) == ("table_too_small", ids[1])
    assert str(problem.message) == (
        f"“embedding1” has room for the numbers 0 to 19, and the data gives numbers up to {words - 1}. "
        "Make it larger."
    )
    assert found(edits.apply_fix(project, MAIN, problem.fixes[0])) == []


# -- the plan alone --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"losses": ()}, "The plan has no loss. Choose one."),
        ({"optimizers": MappingProxyType({})}, "The plan has no optimizer for “model”. Choose one."),
        ({"networks": MappingProxyType({MODEL: "gone"})}, "There is no network “gone” in this project."),
        ({"networks": MappingProxyType({"other": "main"})}, "needs a network in the role “Model”"),
        ({"loop": Choice("loop", {"epochs": 0})}, "expected a whole number"),
        ({"losses": (LossTerm(Choice("loss of the future")),)}, "does not know the loss “loss of the"),
        ({"data": Choice("moon dust")}, "does not know the data “moon dust”"),
        ({"data": Choice("wine", {"validation": 7.0})}, "Validation: expected"),
        ({"metrics": (Choice("beauty"),)}, "does not know the metric “beauty”"),
    ],
)  # fmt: skip
def test_mistakes_of_the_plan_itself_have_no_block(changes: dict[str, object], said: str) -> None:
    problems = found(with_plan(wine(), **changes))
    assert len([problem for problem in problems if said in str(problem.message)]) == 1
    assert {(problem.code, problem.severity, problem.node) for problem in problems} == {
        ("bad_plan", "error", "")
    }


def test_data_that_is_missing_is_a_warning_that_keeps_nobody_from_trying(tmp_path: Path) -> None:
    project = with_plan(wine(), data=Choice("image_folder", {"folder": str(tmp_path / "gone")}))
    (problem,) = found(project)
    assert (problem.severity, problem.code, problem.node) == ("warning", "no_data", "")
    assert str(tmp_path / "gone") in str(problem.message)
    refused = failed(list(run(project, run_dir=tmp_path / "a")))
    assert str(refused.message) == str(problem.message)


def test_shares_that_leave_nothing_are_told() -> None:
    (problem,) = found(with_plan(wine(), data=Choice("wine", {"validation": 0.6, "test": 0.5})))
    assert "together take all samples" in str(problem.message)


# -- what is not told -----------------------------------------------------------------------------------


def test_networks_that_fit_have_no_problems() -> None:
    assert found(chain(*CNN)[0]) == []
    assert found(wine()) == []
    one = net(("linear", {"out_features": 1}), shape=(10,), data=Choice("diabetes"),
              losses=(LossTerm(Choice("mse")),))  # fmt: skip
    assert found(one) == []
    for template in ("cnn", "mlp"):
        if (Path(__file__).parents[3] / "templates" / template).is_dir():
            assert api.check(api.new(template)).ok


def test_what_is_not_known_is_not_told() -> None:
    project, _ = five_for_ten()
    assert Checker(lambda _choice: None).analyse(project, MAIN).ok
    assert [p.about for p in Checker(lambda _choice: None).analyse(project, MAIN).problems] == []
    assert found(Project()) == []
    broken = edits.set_parameters(project, MAIN, of_type(project, "linear"), {"out_features": 0})
    assert found(broken) == []  # what leaves is not known until this is mended
    unwired, ids = chain(("input", {}), ("output", {}))
    wires = unwired.graph(MAIN).into(ids[1])
    assert found(edits.disconnect(unwired, MAIN, wires)) == []


def test_other_networks_and_composites_are_left_alone() -> None:
    project, _ = five_for_ten()
    project = edits.add_network(project, "second")
    second = GraphRef("network", "second")
    project, _ = chain(("input", {"shape": (3,)}), ("output", {}), ref=second, project=project)
    assert Checker().analyse(project, second).problems == ()
    two = with_plan(project, networks=MappingProxyType({MODEL: "main", "critic": "second"}))
    (problem,) = found(two)
    assert str(problem.message) == (
        "The recipe “Supervised” has no role “Critic”, in which the plan has the network “second”. "
        "It has: model."
    )


def test_totals_and_building_do_not_depend_on_the_plan() -> None:
    project, _ = five_for_ten()
    report = Checker().analyse(project, MAIN)
    assert report.ok
    assert report.parameters == 785 * 5
    assert not api.check(project).ok
    api.build(project)


def test_sizes_too_many_before_the_last_layer_are_flattened() -> None:
    project, ids = chain(("input", {}), ("conv2d", {"out_channels": 4}), ("linear", {"out_features": 10}),
                         ("output", {}))  # fmt: skip
    project = with_plan(project, loop=loop())
    (problem,) = found(project)
    assert "received B × 4 × 26 × 10. Flatten before the last layer" in str(problem.message)
    assert problem.node == ids[2]
    assert [str(fix.label) for fix in problem.fixes] == ["Insert Flatten"]
    assert found(edits.apply_fix(project, MAIN, problem.fixes[0])) == []


def test_a_shared_layer_is_not_resized() -> None:
    project, ids = chain(("input", {"shape": (5,)}), ("linear", {"out_features": 5}),
                         ("linear", {"out_features": 5}), ("output", {}))  # fmt: skip
    project = edits.change_node(project, MAIN, ids[2], shares=ids[1])
    project = with_plan(project, data=Choice("wine"), loop=loop())
    told = next(problem for problem in found(project) if problem.code == "output_size")
    assert told.node == ids[3]
    assert told.fixes == ()


@given(st.data())
def test_whatever_stands_in_a_plan_is_answered(data: st.DataObject) -> None:
    kinds = st.sampled_from(
        ["supervised", "wine", "digits", "cross_entropy", "mse", "adam", "accuracy", "loop", "?"]
    )
    value = st.none() | st.integers() | st.text(max_size=3) | st.floats()
    values = st.dictionaries(st.sampled_from(["lr", "epochs", "folder", "test"]), value, max_size=2)
    choices = st.builds(Choice, kinds, values)
    names = st.sampled_from(["main", "critic", "gone", ""])
    terms = st.builds(LossTerm, choices, names, names, st.just(1.0))
    plan = Plan(
        data.draw(choices),
        data.draw(st.dictionaries(st.sampled_from(["model", "other"]), names, max_size=2)),
        data.draw(choices),
        tuple(data.draw(st.lists(terms, max_size=2))),
        data.draw(st.dictionaries(st.just("model"), choices, max_size=1)),
        data.draw(st.dictionaries(st.just("model"), choices, max_size=1)),
        tuple(data.draw(st.lists(choices, max_size=2))),
        data.draw(choices),
    )
    checker = Checker()
    for base in (sample(), wine()):
        project = dataclasses.replace(base, plan=plan)
        for ref in project.refs():
            for problem in checker.analyse(project, ref).problems:
                assert isinstance(problem.message, Message)


def test_a_failure_carries_what_was_expected_to_programs(tmp_path: Path) -> None:
    event = failed(list(run(five_for_ten()[0], run_dir=tmp_path / "a")))
    assert isinstance(event, Failed)
    told = event.json()
    assert (told["expected"], told["received"]) == ("B × 10", "B × 5")
