"""Names of what is searched, as completions of what a reader types and as ways on where a question found nothing.

Full and half width, traditional and simplified characters, capitals, brackets and quotation marks make no difference;
initials of the pinyin (kjjb for 科技进步) stand for a name that begins so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain
from typing import Any

from pypinyin import Style, lazy_pinyin

from embeddings.tokens import fold, tokenize
from kg.document_names import NamedDocument
from kg.lexicon import load_rows
from kg.title_forms import title_form

KINDS = {"actors": "actor", "programmes": "programme", "instruments": "instrument", "topics": "topic"}
"""Facet of the passages → kind of name; documents are a kind of their own, "document"."""

NEAR_SHARE = 0.5
"""Share of a name's pairs of characters that a question must have for the name to be near it."""

_EXACT, _BEGINS, _HOLDS, _INITIALS = range(4)
_INITIALS_TYPED = re.compile(r"[a-z]{2,}")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the number of passages that have it; ``iri`` and ``number`` (文号) are those of a document."""

    kind: str
    text: str
    passages: int
    iri: str = ""
    number: str = ""

    def to_json(self) -> dict[str, Any]:
        """The name as JSON values."""
        return asdict(self)


def searched_names(counts: Callable[[str], Mapping[str, int]], documents: Iterable[NamedDocument]) -> Iterator[Name]:
    """All names; ``counts`` gives for a facet its values with their numbers of passages."""
    of_documents = counts("document")
    for document in documents:
        yield Name("document", document.title, of_documents.get(document.iri, 0), document.iri, document.number or "")
    for facet, kind in KINDS.items():
        for text, passages in counts(facet).items():
            yield Name(kind, text, passages)


class Suggestions:
    """Names to be found by what was typed of them; may be used by several threads at once."""

    def __init__(self, names: Iterable[Name]) -> None:
        ordered = sorted(names, key=lambda name: (-name.passages, name.kind, name.text))
        self._entries = [_Entry.of(name) for name in _each_once(ordered)]

    def find(self, typed: str, limit: int) -> list[Name]:
        """The best ``limit`` completions: the name itself, names that begin so, that hold it, whose initials it is.

        Of each of these the frequent come first; no kind takes more than half the places while others want them.
        """
        wanted = _form(typed)
        if not wanted:
            return []
        spelt = _INITIALS_TYPED.fullmatch(wanted) is not None
        matches = (
            (match, place)
            for place, entry in enumerate(self._entries)
            if (match := entry.match(wanted, spelt)) is not None
        )
        found = [self._entries[place].name for _, place in sorted(matches)]
        first: list[Name] = []
        rest: list[Name] = []
        taken: dict[str, int] = {}
        for name in found:
            taken[name.kind] = taken.get(name.kind, 0) + 1
            (first if taken[name.kind] <= (limit + 1) // 2 else rest).append(name)
        return list(chain(first, rest))[:limit]

    def near(self, question: str, limit: int) -> list[Name]:
        """The ``limit`` names that share most with a question, at least ``NEAR_SHARE`` of themselves."""
        asked = _pairs(question)
        shared = [(len(entry.pairs & asked), place) for place, entry in enumerate(self._entries)]
        near = [
            (-number, place)
            for number, place in shared
            if number and number >= NEAR_SHARE * len(self._entries[place].pairs)
        ]
        return [self._entries[place].name for _, place in sorted(near)[:limit]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name with its forms and their initials, each form on a line of its own between two line ends."""

    name: Name
    forms: str
    initials: str
    pairs: frozenset[str]

    @classmethod
    def of(cls, name: Name) -> _Entry:
        written = [name.text]
        if name.kind == "document":
            plain = title_form(name.text).plain
            written += [plain, name.number, *_short_names().get(plain, ())]
        forms = list(dict.fromkeys(filter(None, map(_form, written))))
        initials = ("".join(lazy_pinyin(form, style=Style.FIRST_LETTER)) for form in forms)
        return cls(name, _lines(forms), _lines(initials), _pairs(written[1] if len(written) > 1 else name.text))

    def match(self, wanted: str, spelt: bool) -> int | None:
        """How well the name completes the form ``wanted``, which may be initials where it is ``spelt`` in letters.

        Lower is better; None: not at all.
        """
        if wanted in self.forms:
            if f"\n{wanted}\n" in self.forms:
                return _EXACT
            return _BEGINS if f"\n{wanted}" in self.forms else _HOLDS
        return _INITIALS if spelt and f"\n{wanted}" in self.initials else None


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(("", *texts, ""))


@cache
def _short_names() -> dict[str, list[str]]:
    """What documents are called for short (科普法), by their titles as ``title_form`` has them."""
    names: dict[str, list[str]] = {}
    for short, title, *_ in load_rows("document_aliases.tsv"):
        names.setdefault(title_form(title).plain, []).append(short)
    return names


def _each_once(names: Iterable[Name]) -> Iterator[Name]:
    """One name of each text, the first; two documents may bear one title."""
    seen: set[str] = set()
    for name in names:
        if name.kind == "document" or name.text not in seen:
            seen.add(name.text)
            yield name


def _form(text: str) -> str:
    return _BETWEEN_WORDS.sub("", fold(text))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(token.text for token in tokenize(text))
