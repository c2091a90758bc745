"""Understanding a question: question words, synonyms, errors."""

from __future__ import annotations

import pytest

from embeddings.query import MAXIMUM_CHARACTERS, load_synonyms, understand
from kg.errors import InputError

SYNONYMS = {"私营公司": ("民营企业",), "公司": ("企业",)}


def test_question_words_are_left_out_and_no_token_straddles_them() -> None:
    assert understand("科普怎么评价", {}).tokens == ("科普", "评价")


def test_single_characters_are_those_of_chinese_runs() -> None:
    question = understand("科普AI", {})
    assert question.tokens == ("科普", "ai")
    assert question.characters == ("科", "普")


def test_a_question_of_nothing_but_question_words_is_searched_as_it_is() -> None:
    assert understand("怎么", {}).tokens == ("怎么",)


def test_the_longest_synonym_wins() -> None:
    question = understand("私营公司建立科协", SYNONYMS)
    assert question.synonyms == (("私营公司", "民营企业"),)
    assert question.variants == ("私营公司建立科协?", "民营企业建立科协?")


def test_a_usual_word_keeps_the_shorter_word_inside_it_from_being_replaced() -> None:
    assert understand("社会组织", {"社会组织": (), "组织": ("单位",)}).variants == ("社会组织?",)


def test_a_question_without_synonyms_has_one_variant() -> None:
    assert understand("科技馆", SYNONYMS).variants == ("科技馆?",)


def test_width_and_capitals_do_not_matter() -> None:
    assert understand("ＡＩ，公司", SYNONYMS) == understand("ai,公司", SYNONYMS)


@pytest.mark.parametrize("text", ["", "  \n", "？！……", "　"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="空的"):
        understand(text, {})


def test_a_question_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(InputError, match=str(MAXIMUM_CHARACTERS + 1)):
        understand("科" * (MAXIMUM_CHARACTERS + 1), {})


def test_synonyms_come_from_the_lexicon_and_from_the_labels_of_the_actor_taxonomy() -> None:
    synonyms = load_synonyms()
    assert "民营企业" in synonyms["私营公司"]
    assert "外籍" in synonyms["外国"]
    assert "高等学校" in synonyms["高校"]
    assert synonyms["学会"] == ()
    assert all(word not in others for word, others in synonyms.items())


def test_punctuation_makes_no_difference_to_the_language_model() -> None:
    assert (
        understand("科普经费，挪用？", {}).variants == understand("科普经费 挪用", {}).variants == ("科普经费 挪用?",)
    )
    assert understand("增长2.5%以上", {}).variants == ("增长2.5%以上?",)


@pytest.mark.parametrize(
    ("question", "kinds", "modalities"),
    [
        ("协会必须做什么", (("协会", "学会"),), (("必须", "obligation"),)),
        (
            "大学能不能办企业",
            (("大学", "高等学校"), ("企业", "企业")),
            (("能不能", "permission"), ("能不能", "prohibition")),
        ),
        ("今天天气", (), ()),
    ],
)
def test_kinds_of_actors_and_force_are_read(question: str, kinds: object, modalities: object) -> None:
    understood = understand(question, {})
    assert (understood.kinds, understood.modalities) == (kinds, modalities)


def test_a_misspelt_word_is_corrected_where_it_occurs_nowhere() -> None:
    question = understand("科谱经费", {}, holds={"科普", "经费"}.__contains__)
    assert question.text == "科普经费"
    assert question.corrections == (("科谱", "科普"),)
