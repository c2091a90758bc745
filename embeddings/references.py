"""Documents and articles that a question names: by title, short name or number, with or without an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from embeddings.tokens import fold
from kg.document_names import NamedDocument
from kg.extract.titles import continues_word
from kg.lexicon import load_rows
from kg.numbering import integer_of
from kg.title_forms import title_form

_SHORTEST_TITLE = 3
"""Characters of the shortest title that is looked for (公司法)."""
_FIGURES = "[一二三四五六七八九十百千零〇两0-9]{1,7}"
_PROVISION = (
    rf"第?(?P<article>{_FIGURES})条(?:之(?P<branch>{_FIGURES}))?"
    rf"(?:第?(?P<paragraph>{_FIGURES})款)?(?:第?\(?(?P<item>{_FIGURES})\)?项)?"
)
_CITED_PROVISION = re.compile(rf"[》\s]*(?:中的|里的|的|中|里)?\s*{_PROVISION}")
_PLACE = re.compile(_PROVISION)
_BRACKETS = re.compile(r"[〔〕\[\]()【】第\s]")
_TITLE_MARKS = re.compile(r"[\s《》〈〉“”‘’\"'「」『』]")


@dataclass(frozen=True, slots=True)
class ProvisionNumber:
    """Article, its branch (之一), paragraph and item; 0 where none is named."""

    article: int
    branch: int = 0
    paragraph: int = 0
    item: int = 0

    def is_place(self, place: str) -> bool:
        """Whether a place as passages state it (第二十条第二款) is this provision itself."""
        return read_provision(_PLACE.match(fold(place))) == self

    def holds(self, place: str) -> bool:
        """Whether a place lies in this provision, or is it."""
        other = read_provision(_PLACE.match(fold(place)))
        if other is None:
            return False
        return (self.article, self.branch) == (other.article, other.branch) and all(
            asked in (0, found) for asked, found in ((self.paragraph, other.paragraph), (self.item, other.item))
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in a question, with the words that name it, and the provision if one is named."""

    document: NamedDocument
    words: str
    provision: ProvisionNumber | None = None


class DocumentNames:
    """The titles, short names and numbers of the documents that are searched."""

    def __init__(self, documents: Iterable[NamedDocument]) -> None:
        self._titles: dict[str, NamedDocument | None] = {}  # None: of two documents, or of one that is not here
        self._numbers: dict[str, NamedDocument | None] = {}
        for document in documents:
            form = title_form(document.title)
            for title in {_plain(document.title), form.plain, form.core} if not form.generic else {form.plain}:
                _enter(self._titles, fold(title), document)
            if document.number:
                _enter(self._numbers, _BRACKETS.sub("", fold(document.number)), document)
        for alias, title in _aliases().items():
            named = self._titles.get(title)
            if named is not None:
                self._titles.setdefault(alias, named)
        for row in load_rows("statute_names.tsv"):  # 专利法实施细则 is not 专利法, whether it is searched or not
            self._titles.setdefault(fold(row[0]), None)
        self._lengths = sorted({len(title) for title in self._titles if len(title) >= _SHORTEST_TITLE}, reverse=True)

    def find(self, question: str) -> tuple[Reference, ...]:
        """References in a folded question, in order; a name within a longer one is not a reference of its own."""
        return (*self._by_number(question), *self._by_title(question))

    def _by_number(self, question: str) -> Iterator[Reference]:
        plain = _BRACKETS.sub("", question)
        for number, document in self._numbers.items():
            if document is not None and number in plain:
                yield Reference(document, document.number or number)

    def _by_title(self, question: str) -> Iterator[Reference]:
        start = 0
        while start < len(question):
            length, document = self._longest_at(question, start)
            if document is not None and not continues_word(question, start + length):
                end = start + length
                cited = _CITED_PROVISION.match(question, end)
                words = question[start : cited.end() if cited else end]
                yield Reference(document, words, read_provision(cited))
                start = cited.end() if cited else end
            else:
                start += max(length, 1)

    def _longest_at(self, question: str, start: int) -> tuple[int, NamedDocument | None]:
        for length in self._lengths:
            title = question[start : start + length]
            if len(title) == length and title in self._titles:
                return length, self._titles[title]
        return 0, None


def read_provision(match: re.Match[str] | None) -> ProvisionNumber | None:
    """The numbers of a provision that a pattern has found, in Chinese or Arabic figures."""
    if match is None:
        return None
    values = (integer_of(match[name]) if match[name] else 0 for name in ("article", "branch", "paragraph", "item"))
    article, branch, paragraph, item = (value or 0 for value in values)
    return ProvisionNumber(article, branch, paragraph, item) if article else None


def _plain(title: str) -> str:
    return _TITLE_MARKS.sub("", title)


def _enter(names: dict[str, NamedDocument | None], name: str, document: NamedDocument) -> None:
    names[name] = document if names.get(name, document) == document else None


@cache
def _aliases() -> Mapping[str, str]:
    return {fold(row[0]): fold(row[1]) for row in load_rows("document_aliases.tsv")}
