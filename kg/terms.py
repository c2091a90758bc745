"""Finding many terms in a text in one pass, by the two characters with which each begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it stands in a text; offsets are code points, end exclusive."""

    start: int
    end: int
    text: str


class TermFinder:
    """Finds the longest of its terms at each place; terms have two characters or more."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_opening: dict[str, list[str]] = {}
        for term in sorted(set(terms), key=lambda term: (-len(term), term)):
            if len(term) < 2:
                raise ValueError(f"a term needs two characters, got {term!r}")
            self._by_opening.setdefault(term[:2], []).append(term)

    def find(self, text: str) -> list[Term]:
        """Terms in text order; one inside another (人才 in 科技人才) is left out, overlaps are kept."""
        found: list[Term] = []
        reached = 0
        openings = self._by_opening.get
        for start, opening in enumerate(map(str.__add__, text, text[1:])):
            terms = openings(opening)
            if terms is None:
                continue
            for term in terms:
                if text.startswith(term, start):
                    end = start + len(term)
                    if end > reached:
                        found.append(Term(start, end, term))
                        reached = end
                    break
        return found
