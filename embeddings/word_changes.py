"""Which words two statements share, and which differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from embeddings.tokens import fold, fold_origins
from kg.extract.lexicon import load_lexicon

SHORTEST_SHARED = 2  # characters of a run of words; a single one says too little

Marks = tuple[tuple[int, int], ...]
"""Spans ``[start, end)`` of a text in code points, ascending, apart from each other."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, folded, and where each begins in it; one place more for the end of the text."""

    words: Sequence[str]
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Words:
        """Words of the lexicon (jieba); width, script and capitals make no difference."""
        words = load_lexicon().words(fold(text))
        origins = [*fold_origins(text), len(text)]
        return cls(words, [origins[end] for end in accumulate(map(len, words), initial=0)])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the words ``[start, end)`` stand."""
        return self.places[start], self.places[end]


def word_changes(first: str, second: str) -> tuple[Marks, Marks]:
    """Words of ``first`` that ``second`` does not have in their place, and words of ``second`` that are new."""
    here, there = Words.of(first), Words.of(second)
    changes = [step for step in _matcher(here, there).get_opcodes() if step[0] != "equal"]
    return (
        tuple(here.span(start, end) for _, start, end, _, _ in changes if start < end),
        tuple(there.span(start, end) for _, _, _, start, end in changes if start < end),
    )


def shared_words(first: str, second: str) -> tuple[Marks, Marks]:
    """Runs of words that both have in the same order, as they stand in each."""
    here, there = Words.of(first), Words.of(second)
    runs = [
        (here.span(block.a, block.a + block.size), there.span(block.b, block.b + block.size))
        for block in _matcher(here, there).get_matching_blocks()
        if block.size
    ]
    long = [run for run in runs if run[0][1] - run[0][0] >= SHORTEST_SHARED]
    return tuple(run[0] for run in long), tuple(run[1] for run in long)


def _matcher(here: Words, there: Words) -> SequenceMatcher[str]:
    return SequenceMatcher(None, here.words, there.words, autojunk=False)
