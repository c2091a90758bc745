"""Misspelt words of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.spelling import find_corrections

TEXT = "材料科普活动经费人才评价知识产权成果转化高等学校科学技术普及单位"
PAIRS = {TEXT[i : i + 2] for i in range(len(TEXT) - 1)}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("科谱活动经费", "科普活动经费"),
        ("怎么搞人材评价", "怎么搞人才评价"),
        ("企业的只识产权", "企业的知识产权"),
        ("高等学孝", "高等学校"),
    ],
)
def test_a_word_that_sounds_like_a_word_of_the_texts_is_corrected(question: str, meant: str) -> None:
    (correction,) = find_corrections(question, PAIRS.__contains__)
    assert question[: correction.start] + correction.meant + question[correction.end :] == meant


@pytest.mark.parametrize("question", ["科普活动", "大气污染防治", "红烧肉怎么做", "GDP 2035", "谱", "人材料"])
def test_other_words_are_left_alone(question: str) -> None:
    assert find_corrections(question, PAIRS.__contains__) == ()


@given(st.text(alphabet="科谱普活动人材才评价a1 ，", max_size=20))
def test_corrections_lie_in_the_question_and_do_not_overlap(question: str) -> None:
    end = 0
    for correction in find_corrections(question, PAIRS.__contains__):
        assert correction.start >= end
        assert question[correction.start : correction.end] == correction.written
        assert len(correction.meant) == len(correction.written)
        end = correction.end
