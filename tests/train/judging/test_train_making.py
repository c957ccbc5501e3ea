"""What networks make when a person asks: the same for the same seed, and as their recipes make it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from studio.data import load
from studio.data.pairs import one_on
from studio.project import Choice, Project
from studio.train.judging import making, trying
from studio.train.judging.evaluate import networks_in
from studio.train.judging.inside import attention
from studio.train.judging.making import Written
from studio.train.recipes.generating import generate
from studio.train.recipes.translation import answered
from studio.train.recipes.walking import INSTANTS, between
from studio.train.runs.session import networks
from tests.train.recipe_examples import (
    EXAMPLES,
    OUT,
    Blocks,
    drawn,
    entry,
    language_model,
    linear,
    planned,
    translation,
)

PIXELS: Blocks = (linear(784), ("reshape", {"shape": (1, 28, 28)}), ("sigmoid", {}), OUT)
FLAT: Blocks = (entry(1, 28, 28), ("flatten", {}))
DIGITS = Choice("digits")


def contest() -> Project:
    project = drawn(("maker", (entry(4), *PIXELS)), ("judge", (*FLAT, linear(1), OUT)))
    return planned(project, "adversarial", {"generator": "maker", "discriminator": "judge"}, data=DIGITS)


def back(kind: str = "plain") -> Project:
    project = drawn(("writer", (*FLAT, linear(3), OUT)), ("reader", (entry(3), *PIXELS)))
    return planned(
        project, "autoencoder", {"encoder": "writer", "decoder": "reader"}, {"kind": kind}, data=DIGITS
    )


def together(project: Project) -> torch.nn.Module:
    found = networks(project, 0)
    return next(iter(found.values())) if len(found) == 1 else torch.nn.ModuleDict(found)


@pytest.mark.parametrize("recipe", ["adversarial", "diffusion", "autoencoder", "dqn", "ppo"])
def test_each_seed_makes_its_own_and_leaves_the_networks_as_they_were(recipe: str, tmp_path: Path) -> None:
    project = back() if recipe == "autoencoder" else EXAMPLES[recipe](tmp_path)
    data, model = load(project.plan.data), together(project)
    assert making.makes(project.plan)
    model.train()
    first, again, other = (making.made(model, data, project.plan, seed) for seed in (1, 1, 2))
    assert all(module.training for module in model.modules())
    assert [one.title for one in first] == [one.title for one in again]
    for one, same in zip(first, again, strict=True):
        assert one.values is not None
        assert same.values is not None
        assert torch.equal(one.values, same.values)
    assert any(
        one.values is None or two.values is None or not one.values.equal(two.values)
        for one, two in zip(first, other, strict=True)
    )
    with pytest.raises(InterruptedError):
        making.made(model, data, project.plan, 1, wanted=lambda: False)


@pytest.mark.parametrize("recipe", ["supervised", "siamese", "language_model"])
def test_where_a_seed_makes_no_difference_nothing_is_offered(recipe: str, tmp_path: Path) -> None:
    assert not making.makes(EXAMPLES[recipe](tmp_path).plan)


def test_a_way_leads_evenly_from_one_code_to_another() -> None:
    begin, end = torch.randn(2, 5, 3, 2, generator=torch.Generator().manual_seed(0)).unbind()
    for round_ in (False, True):
        way = between(begin, end, round_=round_)
        assert way.shape == (INSTANTS, 5, 3, 2)
        assert torch.allclose(way[0], begin, atol=1e-5)
        assert torch.allclose(way[-1], end, atol=1e-5)
    straight = between(begin, end, round_=False)
    assert torch.allclose(straight[8] - straight[7], straight[1] - straight[0], atol=1e-5)
    # Codes of one length keep it on the way.
    units = [code / code.flatten(1).norm(dim=1)[:, None, None] for code in (begin, end)]
    way = between(*units, round_=True)
    assert torch.allclose(way.flatten(2).norm(dim=2), torch.ones(INSTANTS, 5), atol=1e-4)
    assert torch.isfinite(between(begin, -begin, round_=True)).all()


def test_pictures_are_made_of_all_that_lies_between() -> None:
    project = contest()
    data, model = load(project.plan.data), together(project)
    (out, way) = making.made(model, data, project.plan, 5)
    assert (out.look, way.look) == ("pictures", "strips")
    assert way.values is not None
    assert way.values.shape[1:] == (INSTANTS, 1, 28, 28)
    project = back()
    data, model = load(project.plan.data), together(project)
    parts = networks_in(model, project.plan)
    way = making.made(model, data, project.plan, 5)[-1]
    assert str(way.title) == "On the way from sample to sample"
    assert way.values is not None
    chosen = torch.randperm(len(data.validation), generator=torch.Generator().manual_seed(5))[:8]
    with torch.no_grad():
        begin = parts["decoder"](parts["encoder"](data.validation.inputs["x"][chosen]))
    assert torch.allclose(way.values[:, 0], ((begin + 1) / 2).clamp(0, 1), atol=1e-5)


def test_a_drawing_of_ones_own_is_given_back() -> None:
    project = back()
    data, model = load(project.plan.data), together(project)
    tried = trying.of_pixels(data, [[0.0] * 28] * 10 + [[1.0] * 28] * 18)
    found = making.answered(model, data, tried, project.plan)
    parts = networks_in(model, project.plan)
    with torch.no_grad():
        wanted = parts["decoder"](parts["encoder"](tried.inputs["x"]))[0]
    assert found.back is not None
    assert found.back.picture is not None
    width, height, channels, pixels = found.back.picture
    assert (width, height, channels) == (28, 28, 1)
    assert list(pixels) == (((wanted + 1) / 2).clamp(0, 1) * 255).round().int().flatten().tolist()


def test_a_text_goes_on_token_by_token_and_can_be_stopped(tmp_path: Path) -> None:
    project = language_model(tmp_path)
    data, model = load(project.plan.data), together(project)
    assert making.writes(project.plan, data)
    told: list[Written] = []

    def remember(one: Written) -> bool:
        told.append(one)
        return len(told) < 6

    prompt = "the qui\N{SNOWMAN}k"
    whole = making.write(model, data, prompt, length=9, seed=4, top_k=3)
    facts = data.preprocessing
    assert whole.begun + whole.added == generate(model, facts, prompt, length=9, seed=4, top_k=3)
    assert (whole.begun, len(whole.added), whole.unknown) == ("the qui\N{REPLACEMENT CHARACTER}k", 9, 1)
    short = making.write(model, data, prompt, length=9, seed=4, top_k=3, told=remember)
    assert [len(one.added) for one in told] == [1, 2, 3, 4, 5, 6]
    assert short == told[-1]
    assert whole.added.startswith(short.added)


def test_what_may_come_next_is_the_answer_to_a_text(tmp_path: Path) -> None:
    project = language_model(tmp_path)
    data, model = load(project.plan.data), together(project)
    tried = trying.of_text(data, "the fox")
    found = making.answered(model, data, tried, project.plan)
    with torch.no_grad():
        scores = model.eval()(torch.tensor([data.preprocessing.numbers("the fox")]))[0, -1]
    chances = scores[2 : len(data.preprocessing.vocabulary)].softmax(0)
    assert [chance for _, chance in found.chances] == pytest.approx(chances.topk(10).values.tolist())
    best = data.preprocessing.vocabulary[int(chances.argmax()) + 2]
    assert found.chances[0][0] == best.replace(" ", "\N{OPEN BOX}")


def test_a_text_of_ones_own_is_tried_with_the_answer_to_it(tmp_path: Path) -> None:
    project = translation(tmp_path)
    data, model = load(project.plan.data), together(project)
    of_theirs = trying.of_data(data, "test", 1)
    facts = data.preprocessing
    text = facts.words(of_theirs.inputs["source"][0]).rstrip()
    tried = trying.of_text(data, text, model)
    assert torch.equal(tried.inputs["source"], of_theirs.inputs["source"])
    rows = answered(model.eval(), facts, tried.inputs["source"], room=tried.inputs["written"].shape[1])
    assert torch.equal(tried.inputs["written"], one_on(rows))
    assert tried.texts.keys() == {"source", "written"}
    found = making.answered(model, data, tried, project.plan)
    assert found.sizes == (rows.shape[1],)
    known = rows[0] != 0
    places, sure = torch.tensor(found.places), torch.tensor(found.sure)
    with torch.no_grad():
        scores = model(**tried.inputs)[0, :, : len(data.classes)].softmax(1)
    assert torch.equal(places, scores.argmax(1))
    assert torch.allclose(sure, scores.max(1).values)
    # What is likeliest at each place is what it wrote there, but for the tokens that never come.
    same = (places == rows[0]) | (places < 2)
    assert bool(same[known].all())


def test_a_causal_network_is_looked_at_token_by_token(tmp_path: Path) -> None:
    blocks: Blocks = (
        entry(12, dtype="int64", open="T"),
        ("embedding", {"num_embeddings": 40, "embedding_dim": 12}),
        ("self_attention", {"num_heads": 2, "causal": True}),
        ("self_attention", {"num_heads": 2, "causal": True}),
        linear(40),
        OUT,
    )
    project = planned(
        drawn(("main", blocks)), "language_model", {"model": "main"}, data=language_model(tmp_path).plan.data
    )
    data, model = load(project.plan.data), together(project)
    seen = attention(model, project, "main", trying.of_text(data, "the quick"))
    assert seen.words == tuple("the\N{OPEN BOX}quick")
    assert len(seen.layers) == 2
    assert seen.rollout is not None
    for one in (*seen.layers, seen.rollout):
        assert (one.queries, one.keys) == (9, 9)
        for head in one.heads:
            rows = torch.tensor(head).reshape(9, 9)
            assert torch.allclose(rows.sum(1), torch.ones(9), atol=1e-5)
            assert float(rows.triu(1).abs().max()) == 0
