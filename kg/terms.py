"""Finding the terms of several vocabularies in a text in one pass, by the two characters with which each begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Term(NamedTuple):
    """A term as it stands in a text; offsets are code points, end exclusive."""

    start: int
    end: int
    text: str


class TermFinder:
    """Finds, for each of its vocabularies, the longest term at each place; terms have two characters or more."""

    def __init__(self, *vocabularies: Iterable[str]) -> None:
        self._vocabularies = [frozenset(terms) for terms in vocabularies]
        lengths: dict[str, set[int]] = {}
        self._terms = frozenset[str]().union(*self._vocabularies)
        for term in self._terms:
            if len(term) < 2:
                raise ValueError(f"a term needs two characters, got {term!r}")
            lengths.setdefault(term[:2], set()).add(len(term))
        self._lengths = {opening: tuple(sorted(found, reverse=True)) for opening, found in lengths.items()}

    def find(self, text: str) -> tuple[list[Term], ...]:
        """Terms of each vocabulary in text order, overlaps kept; one inside another (人才 in 科技人才) is left out."""
        candidates = [
            Term(start, start + length, word)
            for start, lengths in enumerate(map(self._lengths.get, map(str.__add__, text, text[1:])))
            if lengths is not None
            for length in lengths
            if (word := text[start : start + length]) in self._terms
        ]
        return tuple(_longest([term for term in candidates if term.text in terms]) for terms in self._vocabularies)


def _longest(terms: Iterable[Term]) -> list[Term]:
    """Of terms by place, longest first, those that reach further than all before them."""
    kept: list[Term] = []
    reached = 0
    for term in terms:
        if term.end > reached:
            kept.append(term)
            reached = term.end
    return kept
