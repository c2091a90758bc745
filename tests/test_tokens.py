"""Tokens: folding, pairs of characters, and places in the text as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.tokens import fold, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("科技期刊", ["科技", "技期", "期刊"]),
        ("奖", ["奖"]),  # a character alone is a token, else it could never be found
        ("科普,科技馆。", ["科普", "科技", "技馆"]),  # no token straddles punctuation
        ("提取50%以上", ["提取", "50", "以上"]),
        ("ＡＩ与ＧＤＰ２．５", ["ai", "与", "gdp2.5"]),  # full width and capitals are folded
        ("COVID-19疫情", ["covid-19", "疫情"]),
        ("——!", []),
    ],
)
def test_tokens_of_text(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == expected


def test_token_places_are_those_of_the_text_as_written_when_folding_lengthens_it() -> None:
    text = "㈠㎡科技"  # folds to "(一)m2科技"
    assert fold(text) == "(一)m2科技"
    assert [(token.text, text[token.start : token.end]) for token in tokenize(text)] == [
        ("一", "㈠"),
        ("m2", "㎡"),
        ("科技", "科技"),
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_every_token_is_what_its_place_folds_to(text: str) -> None:
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.text in fold(text[token.start : token.end])


@given(st.text(alphabet="科技协会，,。Aａ１1 ", max_size=40))
def test_tokens_do_not_depend_on_width(text: str) -> None:
    assert [token.text for token in tokenize(text)] == [token.text for token in tokenize(fold(text))]
