"""Which words differ between two forms of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from embeddings.tokens import fold
from kg.extract.lexicon import load_lexicon

Marks = tuple[tuple[int, int], ...]
"""Spans ``[start, end)`` of a text in code points, ascending, apart from each other."""


def word_changes(first: str, second: str) -> tuple[Marks, Marks]:
    """Words of ``first`` that ``second`` does not have in their place, and words of ``second`` that are new.

    Words are those of the lexicon (jieba); width, script and capitals make no difference.
    """
    here, there = load_lexicon().words(first), load_lexicon().words(second)
    matcher = SequenceMatcher(None, [fold(word) for word in here], [fold(word) for word in there], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    return (
        _spans(here, ((start, end) for _, start, end, _, _ in changes)),
        _spans(there, ((start, end) for _, _, _, start, end in changes)),
    )


def _spans(words: Sequence[str], runs: Iterable[tuple[int, int]]) -> Marks:
    """Runs of words as spans of the text."""
    ends = list(accumulate(map(len, words), initial=0))
    return tuple((ends[start], ends[end]) for start, end in runs if start < end)
