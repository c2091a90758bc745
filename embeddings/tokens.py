"""Chinese text to tokens for lexical search.

Characters are folded one by one (NFKC, lower case), so full and half width are alike and every token knows its
place in the text as written. A run of Chinese characters gives its overlapping pairs, which found more than
segmented words did (benchmarks/search.md); a run of Latin letters or digits is one token.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]+"
_RUN = re.compile(rf"(?P<han>{_HAN})|[^\W_]+(?:[.\-][0-9]+)*")


class Token(NamedTuple):
    """A token and the span ``[start, end)`` it comes from, in code points of the text as written."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower()


def fold(text: str) -> str:
    """The text with full-width forms, compatibility characters and capitals made plain."""
    return "".join(map(_fold_character, text))


def tokenize(text: str) -> list[Token]:
    """Tokens of ``text`` in order."""
    folded = fold(text)
    # A character folds to one or more: equal lengths mean that positions are the same.
    places = range(len(text)) if len(folded) == len(text) else _origins(text)
    tokens: list[Token] = []
    for run in _RUN.finditer(folded):
        start, end = run.span()
        if run["han"] is None or end - start == 1:
            tokens.append(Token(run[0], places[start], places[end - 1] + 1))
        else:
            tokens.extend(Token(folded[i : i + 2], places[i], places[i + 1] + 1) for i in range(start, end - 1))
    return tokens


def _origins(text: str) -> list[int]:
    """For each character of the folded text, the position of the character it comes from."""
    return [place for place, character in enumerate(text) for _ in _fold_character(character)]
