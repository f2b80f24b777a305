"""From texts to the checkpoint of their reader."""

import gzip
import json
import random
from pathlib import Path

import pytest
import torch

from generator.brief.text_checkpoint import load_text_checkpoint
from generator.brief.text_networks import BiLSTMConfig
from generator.cli import texts as command
from generator.cli.main import main
from generator.training import texts_course
from generator.training.texts import DataMissing, Review, load_texts, split_reviews, texts_folder
from generator.training.texts_course import TINY_READER, learn_reader
from generator.training.texts_polarity import PolaritySettings, Rated, accuracy, learn_polarity, odds_of
from generator.training.texts_subwords import learn_subwords
from generator.training.texts_word2vec import Word2VecSettings, learn_embeddings
from tests.generator.training.text_corpus import KOREAN_LABELS, LABELS, write_corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def learned(corpus, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("learned")
    out = folder / "text_reader.safetensors"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EMOTIONMUSIC_DATA", str(corpus))
        patch.chdir(folder)
        assert main(["train-text", "--tiny", "--out", str(out)]) == 0
    return out


def test_the_tiny_road_goes_from_texts_to_a_checkpoint_that_names_its_sources(learned):
    checkpoint = load_text_checkpoint(learned)
    assert checkpoint.training["licences"]["EmoBank"] == "CC BY-SA 4.0"
    assert 0 <= checkpoint.training["bare"] <= 1
    assert checkpoint.model.names.goemotions == LABELS
    assert checkpoint.model.names.kote == KOREAN_LABELS


def test_the_same_texts_give_the_same_bytes(corpus, tmp_path):
    texts = load_texts(corpus / "text", 40, 40)
    for name in ("one", "two"):
        # Seconds of learning are told as well, and differ.
        learn_reader(texts, TINY_READER, tmp_path / f"{name}.safetensors", tmp_path / name, lambda line: None)
    one, two = (load_text_checkpoint(tmp_path / f"{name}.safetensors") for name in ("one", "two"))
    for key, tensor in one.model.state_dict().items():
        assert torch.equal(tensor, two.model.state_dict()[key]), key


def test_a_training_broken_off_goes_on_from_the_last_stage_that_was_done(corpus, tmp_path, monkeypatch):
    texts, told = load_texts(corpus / "text", 40, 40), []

    def broken(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(texts_course, "learn_bag", broken)
        with pytest.raises(KeyboardInterrupt):
            learn_reader(texts, TINY_READER, tmp_path / "out.safetensors", tmp_path / "half", told.append)
    assert not (tmp_path / "out.safetensors").exists()
    told.clear()
    learn_reader(texts, TINY_READER, tmp_path / "out.safetensors", tmp_path / "half", told.append)
    assert {"subwords: kept from before", "word2vec: kept from before", "bilstm-2: kept from before"} <= set(told)
    assert load_text_checkpoint(tmp_path / "out.safetensors").training["counts"]["reviews of two classes"] > 100


def test_a_bi_lstm_broken_off_between_epochs_ends_where_an_unbroken_one_does(tmp_path):
    chance = random.Random(0)
    reviews = [
        Rated(tuple(chance.choices(range(2, 9), k=chance.randint(1, 5))), 10 if number % 2 else 1)
        for number in range(60)
    ]
    settings = PolaritySettings(epochs=3, batch=8, bfloat16=False)
    config = BiLSTMConfig(9, 4, 4)

    def learn(path, report):
        return learn_polarity(reviews, reviews[:10], None, config, settings, path, report)

    def breaking(line):
        if "epoch 3" in line:
            raise KeyboardInterrupt

    whole = learn(tmp_path / "whole.pt", lambda line: None)
    with pytest.raises(KeyboardInterrupt):
        learn(tmp_path / "half.pt", breaking)
    resumed = learn(tmp_path / "half.pt", lambda line: None)
    for one, two in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(one, two)


def test_progress_of_a_training_with_other_settings_is_refused(tmp_path):
    reviews = [Rated((2, 3), 10), Rated((4,), 1)] * 4
    progress, config = tmp_path / "half.pt", BiLSTMConfig(9, 4, 4)
    learn_polarity(reviews, reviews, None, config, PolaritySettings(epochs=1), progress, lambda line: None)
    with pytest.raises(ValueError, match="another training"):
        learn_polarity(reviews, reviews, None, config, PolaritySettings(epochs=2), progress, lambda line: None)


def test_evaluating_prints_all_figures_and_renews_the_table_of_the_card(
    learned, corpus, monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("EMOTIONMUSIC_DATA", str(corpus))
    card = tmp_path / "card.md"
    card.write_text("before\n<!-- texts -->\n<!-- /texts -->\nafter\n")
    monkeypatch.setattr(command, "load_texts", lambda folder: load_texts(folder, 40, 40))
    assert command.evaluate_text(learned, card) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(line["data"], line["measure"]) for line in lines} >= {
        ("NSMC", "accuracy"), ("KOTE", "macro-F1"), ("GoEmotions", "macro-F1"), ("EmoBank", "r of valence"),
        ("EmoBank", "r of arousal"), ("Glasgow Norms", "r of valence"), ("NSMC", "texts a second, one by one"),
    }  # fmt: skip
    figures = {(line["network"], line["measure"]): line["value"] for line in lines}
    assert figures["all together, as served", "accuracy"] > 0.8
    assert "| NSMC | all together, as served | accuracy |" in card.read_text()


def test_a_reader_that_learned_from_other_texts_is_not_measured(learned, corpus, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("EMOTIONMUSIC_DATA", str(corpus))
    card = tmp_path / "card.md"
    card.write_text("<!-- texts -->\n<!-- /texts -->\n")
    monkeypatch.setattr(command, "load_texts", lambda folder: load_texts(folder, 60, 40))
    assert command.evaluate_text(learned, card) == 2
    assert "other texts" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["train-text"], ["evaluate", "text"]])
def test_missing_texts_are_said_in_a_sentence(words, monkeypatch, capsys, tmp_path):
    for folder in (None, str(tmp_path / "nowhere")):
        monkeypatch.delenv("EMOTIONMUSIC_DATA", raising=False)
        if folder:
            monkeypatch.setenv("EMOTIONMUSIC_DATA", folder)
        assert main(words) == 2
        assert "EMOTIONMUSIC_DATA" in capsys.readouterr().err


def test_a_file_that_is_missing_or_broken_is_named(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path / "data", 60, 20)
    monkeypatch.setenv("EMOTIONMUSIC_DATA", str(folder))
    (folder / "text" / "kote.tsv").rename(folder / "text" / "elsewhere.tsv")
    with pytest.raises(DataMissing, match="kote.tsv"):
        load_texts(texts_folder())
    (folder / "text" / "elsewhere.tsv").rename(folder / "text" / "kote.tsv")
    (folder / "text" / "nsmc_reviews.tsv.gz").write_bytes(gzip.compress(b"id\trating\treview\nno review\n"))
    with pytest.raises(DataMissing, match="not as they should be"):
        load_texts(texts_folder())


def test_no_text_of_a_review_stands_in_two_parts_whatever_their_order():
    chance = random.Random(3)
    reviews = [Review(f"영화 {chance.randrange(150)}", chance.choice((1, 10))) for _ in range(600)]
    parts = split_reviews(reviews, 20, 10)
    texts = [[review.text for review in part] for part in (parts.train, parts.validation, parts.test)]
    everywhere = [text for part in texts for text in part]
    assert len(everywhere) == len(set(everywhere)) == len({review.text for review in reviews})
    assert [len(part) for part in texts[1:]] == [10, 20]
    assert sum(review.positive for review in parts.test) == 10
    once = list({review.text: review for review in reviews}.values())
    again = split_reviews(once[::-1], 20, 10)
    assert {review.text for review in again.test} == {review.text for review in split_reviews(once, 20, 10).test}


def test_sentences_of_one_document_stand_on_one_side(corpus):
    sides: dict[int, set[bool]] = {}
    for entry in load_texts(corpus / "text", 40, 40).emobank:
        sides.setdefault(entry.group, set()).add(entry.held_out)
    assert len(sides) == 30
    assert all(len(side) == 1 for side in sides.values())
    assert {True, False} == set().union(*sides.values())


def test_words_that_come_often_become_sub_words_and_rare_syllables_are_spelled_by_letters():
    subwords = learn_subwords(["영화 최고"] * 40 + ["뷁"], 60)
    assert len(subwords.numbers("영화 최고")) == 2
    assert len(subwords.numbers("뷁")) == 4
    assert 1 not in subwords.numbers("뷁영화")[1:4]


def test_word2vec_brings_units_of_like_company_together():
    chance = random.Random(1)
    texts = [[side + chance.randrange(4) for _ in range(8)] for _ in range(300) for side in (2, 6)]
    settings = Word2VecSettings(width=8, negatives=16, epochs=8, batch=128, rate=0.02, frequent=1.0)
    embeddings = torch.nn.functional.normalize(learn_embeddings(texts, 10, settings, lambda line: None)[2:], dim=1)
    likeness = embeddings @ embeddings.T
    assert likeness[:4, :4].mean() > likeness[:4, 4:].mean() + 0.3


def test_the_bi_lstm_reads_a_text_alike_alone_and_among_others(tmp_path):
    chance = random.Random(2)
    reviews = [
        Rated(tuple(chance.choices((2, 4) if side else (3, 4), k=5)), 10 if side else 1)
        for side in (True, False)
        for _ in range(60)
    ]
    settings = PolaritySettings(epochs=6, batch=8, rate=0.02, bfloat16=False)
    network = learn_polarity(reviews, [], None, BiLSTMConfig(5, 4, 4), settings, tmp_path / "p.pt", lambda line: None)
    texts = [review.units for review in reviews] + [(), (2,) * 7]
    together = odds_of(network, texts)
    alone = torch.cat([odds_of(network, [text]) for text in texts])
    assert torch.allclose(together, alone, atol=1e-5)
    assert accuracy(together[:-2], reviews) > 0.9
