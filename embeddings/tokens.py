"""Chinese text to tokens for lexical search.

Characters are folded one by one (NFKC, lower case, simplified by OpenCC's t2s), so full and half width, traditional
and simplified characters are alike and every token knows its place in the text as written. A run of Chinese characters
gives its overlapping pairs, which found more than segmented words did, and its single characters, which added to that
(benchmarks/search.md); a run of Latin letters or digits is one token.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from opencc import OpenCC

_SIMPLIFY = OpenCC("t2s")
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:[.\-][0-9]+)*")


class Token(NamedTuple):
    """A token and the span ``[start, end)`` it comes from, in code points of the text as written."""

    text: str
    start: int
    end: int


class _Folded(dict[int, str]):
    """Code point → what it folds to, found out when first met: ``str.translate`` reads it without leaving C."""

    def __missing__(self, code_point: int) -> str:
        folded: str = _SIMPLIFY.convert(unicodedata.normalize("NFKC", chr(code_point)).lower())
        self[code_point] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The text with full-width forms, compatibility and traditional characters and capitals made plain."""
    return text.translate(_FOLDED)


def tokenize(text: str) -> list[Token]:
    """Tokens of ``text`` in order: pairs of Chinese characters, lone Chinese characters, Latin words, numbers."""
    folded = fold(text)
    places = _origins(text, folded)
    tokens: list[Token] = []
    for run in _RUN.finditer(folded):
        start, end = run.span()
        if run["han"] is None or end - start == 1:
            tokens.append(Token(run[0], places[start], places[end - 1] + 1))
        else:
            tokens.extend(Token(folded[i : i + 2], places[i], places[i + 1] + 1) for i in range(start, end - 1))
    return tokens


def single_characters(text: str) -> list[str]:
    """Folded Chinese characters of ``text`` that are not alone (those are tokens already), in order."""
    return [character for run in _RUN.finditer(fold(text)) if run["han"] and len(run[0]) > 1 for character in run[0]]


def fold_origins(text: str) -> Sequence[int]:
    """For each character of ``fold(text)``, the position in ``text`` of the character it comes from."""
    return _origins(text, fold(text))


def _origins(text: str, folded: str) -> Sequence[int]:
    if len(folded) == len(text):  # a character folds to one or more: equal lengths mean equal positions
        return range(len(text))
    return [place for place, character in enumerate(text) for _ in _FOLDED[ord(character)]]
