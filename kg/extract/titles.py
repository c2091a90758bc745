"""How a text names other documents: 《…》, an abbreviation that it has declared, a statute's bare name, a number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows
from kg.title_forms import STATE
from kg.types import Span

TITLE_LIMIT = 200
"""Characters of the longest title; a notice that passes on a notice that issues a plan stays below 120."""
ISSUER_LIMIT = 15
"""Characters of the longest issuer code or name in front of a number (国科金发财, 中华人民共和国国务院令)."""

_MARKS = re.compile(r"[《》\n]")
_YEAR = r"[〔［\[（(【]\s?\d{4}\s?[〕］\]）)】]"
_SERIAL = re.compile(rf"(?:{_YEAR}\s?第?|令\s?第)\s?\d{{1,4}}\s?号|第\s?\d{{1,4}}\s?号令")
_ISSUER = re.compile(r"(?:(?<=\d)[年月日])?([\u4e00-\u9fff]+)$")
_PARENTHESIS = re.compile(r"[^\S\n]?[（(](?:[^（）()\n]|[（(][^（）()\n]{1,20}[）)]){1,80}[）)]")
_EDITION = re.compile(r"[（(](?:试行|暂行|\d{4}年?(?:第[一二三四五六七八九十]次)?(?:修订|修正)[版本]?)[）)]")
_ABBREVIATION = re.compile(r"(?:以下(?:统|简)?|下)称(?:为)?[“‘\"]?《?(?P<name>[^《》“”‘’\"，,、；;（）()\n]{2,30})")
_ISSUED = re.compile(r"[^，。；\n《》]{0,6}(?:发布|公布|颁布|印发)的")
_STATUTE_ENDS = r"法典?|条例|规则|细则"
_LONGER_WORD = frozenset("律规治人庭院官制定学理务则典")
"""What goes on after a name's letters to another word (行政处罚|法律)."""


def continues_word(text: str, end: int) -> bool:
    """Whether what follows a statute's name that ends at ``end`` makes it the first half of another word."""
    return text[end : end + 1] in _LONGER_WORD and not text.startswith("规定", end)


@dataclass(frozen=True, slots=True)
class Title:
    """A document as named at ``span``: ``text`` is its title in full, ``end`` lies behind what brackets add to it."""

    span: Span
    text: str
    end: int
    rule: str  # "title", "abbreviation", "name"
    number: Span | None = None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short name that the text declares (以下简称) for a title, valid from the offset ``start``."""

    title: str
    start: int


def bracketed_spans(text: str) -> Iterator[Span]:
    """Outermost pairs of 《》 in order, brackets included; a mark without its partner on the line is passed over."""
    openings: list[int] = []
    complete: list[Span] = []  # pairs that no other complete pair holds
    for mark in _MARKS.finditer(text):
        if mark.group() == "《":
            openings.append(mark.start())
        elif mark.group() == "》" and openings:
            start = openings.pop()
            if mark.end() - start <= TITLE_LIMIT:
                while complete and complete[-1].start > start:
                    complete.pop()
                complete.append(Span(start, mark.end()))
        if not openings or mark.group() == "\n":
            yield from complete
            openings, complete = [], []
    yield from complete


def find_numbers(text: str, words: Sequence[str]) -> list[Span]:
    """Document numbers (国发〔2015〕32号, 国务院令第412号) in order; ``words`` in front of one are not part of it."""
    numbers = []
    for serial in _SERIAL.finditer(text):
        match = _ISSUER.search(text[max(0, serial.start() - ISSUER_LIMIT) : serial.start()])
        issuer = match[1] if match else ""
        cut = max((issuer.rfind(word) + len(word) for word in words if word in issuer), default=0)
        if cut < len(issuer):
            numbers.append(Span(serial.start() - len(issuer) + cut, serial.end()))
    return numbers


def read_titles(text: str, numbers: Sequence[Span]) -> tuple[list[Title], dict[str, Abbreviation]]:
    """Titles in 《》 in order, each with the number beside it, and the abbreviations declared behind them.

    A title that is an abbreviation declared before is given in full; an edition in brackets behind one belongs to it.
    """
    titles: list[Title] = []
    abbreviations: dict[str, Abbreviation] = {}
    starts = [number.start for number in numbers]
    declared_at: set[int] = set()
    for pair in bracketed_spans(text):
        if pair.start + 1 in declared_at:
            continue
        span, written = _with_edition(text, pair)
        end = _end_of_brackets(text, span.end)
        index = bisect_left(starts, span.start)
        number = _number_beside(text, span, end, numbers[max(0, index - 1) : index + 3])
        known = abbreviations.get(written)
        if known is not None:
            titles.append(Title(span, known.title, end, "abbreviation", number))
            continue
        titles.append(Title(span, written, end, "title", number))
        declared = _ABBREVIATION.search(text, span.end, end)
        if declared is not None:
            declared_at.add(declared.start("name"))
            abbreviations.setdefault(declared["name"], Abbreviation(written, end))
    return titles, abbreviations


def _with_edition(text: str, pair: Span) -> tuple[Span, str]:
    """A title without its 《》, with the edition in brackets that may follow: 《…》（2020年修订）."""
    written = text[pair.start + 1 : pair.end - 1]
    edition = _EDITION.match(text, pair.end)
    return (Span(pair.start, edition.end()), written + edition.group()) if edition else (pair, written)


def _end_of_brackets(text: str, position: int) -> int:
    """Behind the brackets that follow a title: its number, its abbreviation, its edition."""
    for _ in range(2):
        match = _PARENTHESIS.match(text, position)
        if match is None:
            break
        position = match.end()
    return position


def _number_beside(text: str, span: Span, end: int, numbers: Sequence[Span]) -> Span | None:
    """The number inside the title, in brackets or directly behind it, or in front (第62号令发布的《…》)."""
    for number in numbers:
        inside = span.contains(number) and text[number.end : span.end].strip() in ("）》", ")》", "》")
        behind = span.end <= number.start and (number.end <= end or not text[span.end : number.start].strip())
        in_front = number.end <= span.start and _ISSUED.fullmatch(text, number.end, span.start)
        if inside or behind or in_front:
            return number
    return None


@dataclass(frozen=True, slots=True)
class NameReader:
    """Finds statutes and abbreviations that are named without 《》."""

    text: str
    abbreviations: dict[str, Abbreviation]

    def names(self) -> Iterator[Title]:
        """Every place where the letters of a known name stand, the longest name at each, in order of their ends."""
        known = _statute_names() | self.abbreviations.keys()
        lengths = sorted({len(name) for name in known}, reverse=True)
        ends = "|".join(
            [_STATUTE_ENDS, *(re.escape(name) for name in sorted(self.abbreviations, key=len, reverse=True))]
        )
        for match in re.finditer(ends, self.text):
            for length in lengths:
                name = self.text[match.end() - length : match.end()] if length <= match.end() else ""
                if name in known and self._valid(name, match.end()):
                    yield self._title(name, match.end())
                    break

    def _valid(self, name: str, end: int) -> bool:
        return name not in self.abbreviations or self.abbreviations[name].start <= end - len(name)

    def _title(self, name: str, end: int) -> Title:
        start = end - len(name)
        if name in self.abbreviations:
            return Title(Span(start, end), self.abbreviations[name].title, end, "abbreviation")
        if self.text.endswith(STATE, 0, start):
            start -= len(STATE)
        return Title(Span(start, end), self.text[start:end], end, "name")

    def goes_on(self, title: Title) -> bool:
        """Whether the letters after the name make it the first half of another word."""
        return continues_word(self.text, title.end)


@cache
def _statute_names() -> frozenset[str]:
    return frozenset(row[0] for row in load_rows("statute_names.tsv"))
