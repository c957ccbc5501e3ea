"""The sets that come with the program: their sizes, their balance, their splits, and that nothing leaks."""

from __future__ import annotations

import pytest
import torch

from studio.data import DataError, load
from studio.data.dataset import INPUT, TARGET, Split
from studio.data.sentences import sentences
from studio.data.splitting import places
from studio.project import Choice


def rows(split: Split) -> set[bytes]:
    return {row.numpy().tobytes() for row in split.inputs[INPUT]}


def test_digits_are_the_real_ones_at_28_by_28() -> None:
    data = load(Choice("digits"))
    assert (len(data.train), len(data.validation), len(data.test)) == (1258, 180, 359)
    images = torch.cat([part.inputs[INPUT] for part in (data.train, data.validation, data.test)])
    assert images.shape == (1797, 1, 28, 28)
    assert images.dtype == torch.float32
    assert float(images.min()) == -1.0
    assert 0.9 < float(images.max()) <= 1.0
    assert data.classes == tuple("0123456789")
    assert data.task == "classification"


def test_each_split_has_its_share_of_every_class() -> None:
    data = load(Choice("digits"))
    whole = torch.cat([part.targets[TARGET] for part in (data.train, data.validation, data.test)])
    for part, share in ((data.train, 0.7), (data.validation, 0.1), (data.test, 0.2)):
        counts = part.targets[TARGET].bincount(minlength=10)
        assert (counts - whole.bincount() * share).abs().max() <= 1.5


def test_one_half_of_the_digits_can_be_learned_before_the_other() -> None:
    whole = load(Choice("digits", {"validation": 0, "test": 0}))
    for only, first in (("0 to 4", 0), ("5 to 9", 5)):
        half = load(Choice("digits", {"validation": 0, "test": 0, "only": only}))
        assert half.classes == tuple(str(digit) for digit in range(first, first + 5))
        labels = half.train.targets[TARGET] + first
        expected = whole.train.targets[TARGET]
        kept = (expected >= first) & (expected < first + 5)
        assert torch.equal(labels.bincount(minlength=10), expected[kept].bincount(minlength=10))
        pictures = {picture.numpy().tobytes() for picture in whole.train.inputs[INPUT][kept]}
        assert {picture.numpy().tobytes() for picture in half.train.inputs[INPUT]} == pictures


def test_splits_share_no_sample_and_are_the_same_each_time() -> None:
    chosen = places(1000, 0.1, 0.2, torch.arange(1000) % 7)
    again = places(1000, 0.1, 0.2, torch.arange(1000) % 7)
    assert all(torch.equal(a, b) for a, b in zip(chosen, again, strict=True))
    assert torch.equal(torch.cat(chosen).sort().values, torch.arange(1000))


@pytest.mark.parametrize(("validation", "test"), [(0.5, 0.5), (0.9, 0.9)])
def test_shares_that_leave_nothing_to_learn_from_are_refused(validation: float, test: float) -> None:
    with pytest.raises(DataError, match="Lower them so that their sum is below 1"):
        places(100, validation, test)


def test_another_seed_deals_the_samples_out_otherwise_and_classes_need_not_be_in_proportion() -> None:
    usual, other, anyhow = (
        load(Choice("digits", values)) for values in ({}, {"split_seed": 1}, {"stratify": False})
    )
    assert rows(usual.test) != rows(other.test)
    assert other.test.targets[TARGET].bincount().tolist() == usual.test.targets[TARGET].bincount().tolist()
    assert anyhow.test.targets[TARGET].bincount().tolist() != usual.test.targets[TARGET].bincount().tolist()
    assert len(anyhow.test) == len(usual.test)


def test_too_few_samples_for_three_splits_are_refused() -> None:
    with pytest.raises(DataError, match="only 2 samples"):
        places(2, 0.1, 0.2)


def test_data_that_was_loaded_is_not_read_again() -> None:
    assert load(Choice("wine")) is load(Choice("wine"))
    assert load(Choice("wine")) is not load(Choice("wine").with_parameter("test", 0.3))


def test_pairs_are_balanced_and_no_picture_is_in_two_splits() -> None:
    data = load(Choice("digit_pairs"))
    seen: list[set[bytes]] = []
    for part in (data.train, data.validation, data.test):
        assert list(part.inputs) == ["a", "b"]
        target = part.targets[TARGET]
        assert int(target.sum()) * 2 == len(target)
        assert not bool((part.inputs["a"] == part.inputs["b"]).flatten(1).all(1).any())
        seen.append({row.numpy().tobytes() for side in ("a", "b") for row in part.inputs[side]})
    assert not seen[0] & seen[1]
    assert not seen[0] & seen[2]
    assert data.task == "binary"
    assert data.classes == ("different", "same")


def test_pairs_say_the_truth() -> None:
    singles = load(Choice("digits")).test
    label = {
        row.numpy().tobytes(): int(number)
        for row, number in zip(singles.inputs[INPUT], singles.targets[TARGET], strict=True)
    }
    pairs = load(Choice("digit_pairs")).test
    for a, b, same in zip(pairs.inputs["a"], pairs.inputs["b"], pairs.targets[TARGET], strict=True):
        assert (label[a.numpy().tobytes()] == label[b.numpy().tobytes()]) == bool(same)


def test_tables_are_standardised_by_their_training_rows_only() -> None:
    data = load(Choice("wine"))
    train = data.train.inputs[INPUT].double()
    assert train.shape[1] == 13
    assert torch.allclose(train.mean(0), torch.zeros(13, dtype=torch.float64), atol=1e-6)
    assert torch.allclose(train.std(0, correction=0), torch.ones(13, dtype=torch.float64), atol=1e-5)
    assert data.test.inputs[INPUT].mean(0).abs().max() > 0.01
    assert len(data.classes) == 3
    assert len(data.preprocessing.columns) == 13


def test_a_row_as_measured_becomes_the_row_that_the_network_saw() -> None:
    from sklearn.datasets import load_wine

    raw = load_wine().data
    facts = load(Choice("wine")).preprocessing
    seen = {
        tuple(round(value, 4) for value in row.tolist()) for row in load(Choice("wine")).train.inputs[INPUT]
    }
    assert tuple(round(value, 4) for value in facts.vector(raw[0].tolist()).tolist()) in seen | {
        tuple(round(value, 4) for value in row.tolist())
        for part in (load(Choice("wine")).validation, load(Choice("wine")).test)
        for row in part.inputs[INPUT]
    }


def test_numbers_to_predict_are_standardised_and_lead_back() -> None:
    from sklearn.datasets import load_diabetes

    data = load(Choice("diabetes"))
    facts = data.preprocessing
    assert data.task == "regression"
    assert data.classes == ()
    back = torch.cat([part.targets[TARGET] for part in (data.train, data.validation, data.test)])
    back = (back * facts.target_std + facts.target_mean).sort().values
    assert torch.allclose(back, torch.from_numpy(load_diabetes().target).float().sort().values, atol=1e-3)
    assert abs(float(data.train.targets[TARGET].mean())) < 1e-6


def test_sentences_are_token_numbers_of_words_from_training() -> None:
    data = load(Choice("sentences").with_parameter("count", 300))
    tokens = data.train.inputs[INPUT]
    assert tokens.dtype == torch.int64
    assert tokens.shape == (210, 16)
    assert int(tokens.min()) == 0
    assert int(tokens.max()) == len(data.preprocessing.vocabulary) - 1
    assert 1 not in tokens
    assert not rows(data.train) & rows(data.test)


def test_sentences_do_not_repeat_and_are_in_two_languages() -> None:
    written = sentences(5000)
    assert len({text for text, _ in written}) == 5000
    chinese = sum(not text.isascii() for text, _ in written)
    assert 2000 < chinese < 3000
    assert 2000 < sum(mood for _, mood in written) < 3000
    assert ("I do not like rain", 0) in sentences(100_000)
    assert ("现在我喜欢苹果", 1) in sentences(100_000)


def test_a_sentence_of_a_person_becomes_tokens() -> None:
    facts = load(Choice("sentences").with_parameter("count", 2000)).preprocessing
    row = facts.tokens("I like 音乐 zzz")
    assert row.shape == (16,)
    assert facts.words(row) == "i like 音乐 <unknown>"


def test_an_unknown_source_says_which_there_are() -> None:
    from studio.graph import NetwrightError

    with pytest.raises(NetwrightError, match=r"does not know the data “imagenet”.*digits"):
        load(Choice("imagenet"))
