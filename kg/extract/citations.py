"""Cited documents and provisions (《…》第十四条, 国发〔2015〕32号, 前款)."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.citation_words import (
    governing_words,
    opening_words,
    relation_between,
    relation_in_front,
    self_reference_words,
)
from kg.extract.provision_lists import ProvisionList, find_provision_lists
from kg.extract.titles import NameReader, Title, find_numbers, read_titles
from kg.types import Citation, CitedProvision, Document, Level, Span

_JOINER = r"(?:、|以及|或者|和|及|与|或)"
_JOINED_BEFORE = re.compile(rf"{_JOINER}$")
_JOINED = re.compile(rf"{_JOINER}?")
_OF = re.compile(r"(?:中的|的|中)?")
_SAID_BEHIND = re.compile(r"的?(?:规定|情形|所)")
_AMENDING_TITLE = re.compile(r"(?:修改|修正|废止|宣布失效).{0,80}的(?:决定|通知|公告)|修正案")
_WITHIN_ARTICLE = frozenset({Level.ARTICLE, Level.PARAGRAPH, Level.ITEM, Level.SUBITEM})
_LINE_START = re.compile(r"(?:^|\n)[\s（(]{0,7}$")
_LINE_END = re.compile(r"[^\S\n]{0,7}[）)]?[^\S\n]{0,7}(?:\n|$)")


def find_citations(document: Document) -> Iterator[Citation]:
    """Citations in text order, none overlapping another; the document's own title line yields none."""
    reader = _Reader(document)
    mentions = sorted(reader.mentions(), key=lambda mention: mention.span)
    for group in _groups(document.text, mentions):
        relation, binding = relation_between(document.text, group[0].span.start, group[-1].end)
        for mention in group:
            yield Citation(
                span=mention.span,
                title=mention.title,
                number=mention.number,
                relation="cites" if mention.internal else relation,
                provisions=mention.provisions,
                internal=mention.internal,
                binding=binding and not mention.internal,
                rule=mention.rule,
            )


@dataclass(frozen=True, slots=True)
class _Mention:
    """A citation before its relation is read; ``end`` lies behind the brackets that follow it."""

    span: Span
    end: int
    rule: str
    title: str | None = None
    number: str | None = None
    provisions: tuple[CitedProvision, ...] = ()
    internal: bool = False


def _groups(text: str, mentions: Sequence[_Mention]) -> Iterator[list[_Mention]]:
    """Mentions that are coordinated share their relation: 根据《…》（…）、《…》和《…》."""
    group: list[_Mention] = []
    for mention in mentions:
        if group and not (
            group[-1].end <= mention.span.start and _JOINED.fullmatch(text, group[-1].end, mention.span.start)
        ):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


@dataclass
class _Reader:
    """Collects the mentions of one document; a list of provisions goes to the first kind of mention that takes it."""

    document: Document
    taken: list[Span] = field(default_factory=list)
    used_numbers: set[Span] = field(default_factory=set)
    external_ends: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        text = self.text = self.document.text
        self.numbers = find_numbers(text, opening_words())
        self.titles, self.abbreviations = read_titles(text, self.numbers)
        self.lists = {found.span.start: found for found in find_provision_lists(text)}
        self.list_starts = sorted(self.lists)
        self.starts = [provision.span.start for provision in self.document.provisions]
        self.heads = {provision.span.start for provision in self.document.provisions if provision.number}
        self.amends = _AMENDING_TITLE.search(self.document.title) is not None

    def mentions(self) -> Iterator[_Mention]:
        """Mentions of other documents, then of this one; none overlaps another."""
        yield from self._titled()
        yield from self._named()
        yield from self._numbered()
        yield from self._internal()

    def _titled(self) -> Iterator[_Mention]:
        own = self.document.title_span
        for title in self.titles:
            insort(self.taken, title.span)
            if own is None or not own.overlaps(title.span):
                yield self._external(title)

    def _named(self) -> Iterator[_Mention]:
        """Statutes and abbreviations without 《》, where provisions follow or a governing word stands in front."""
        reader = NameReader(self.text, self.abbreviations)
        for name in reader.names():
            joined = self._is_joined(name.span.start)
            if not self._is_free(name.span) or not (joined or self._may_begin(name.span.start)):
                continue
            governed = joined or self.text.endswith(governing_words(), 0, name.span.start)
            if self._list_behind(name.end) or (governed and not reader.goes_on(name)):
                yield self._external(name)

    def _external(self, title: Title) -> _Mention:
        found = self._list_behind(title.end)
        span = Span(title.span.start, found.span.end) if found else title.span
        if title.number is not None:
            self.used_numbers.add(title.number)
        if found is not None:
            del self.lists[found.span.start]
        insort(self.taken, span)
        end = max(title.end, span.end)
        self.external_ends.add(end)
        number = title.number.slice(self.text) if title.number else None
        return _Mention(span, end, title.rule, title.text, number, found.provisions if found else ())

    def _list_behind(self, position: int) -> ProvisionList | None:
        link = _OF.match(self.text, position)
        return self.lists.get(position) or (self.lists.get(link.end()) if link else None)

    def _is_joined(self, start: int) -> bool:
        """Whether only 、, 和 or the like stands between the mention before and ``start``."""
        joiner = _JOINED_BEFORE.search(self.text, max(0, start - 2), start)
        return joiner is not None and joiner.start() in self.external_ends

    def _may_begin(self, start: int) -> bool:
        """Whether the letters from ``start`` are not the end of a longer name."""
        return not "\u4e00" <= self.text[start - 1 : start] <= "\u9fff" or self.text.endswith(opening_words(), 0, start)

    def _is_free(self, span: Span) -> bool:
        index = bisect_right(self.taken, span)
        return not any(taken.overlaps(span) for taken in self.taken[max(0, index - 1) : index + 1])

    def _numbered(self) -> Iterator[_Mention]:
        """Numbers without title, in running text; that of an order (令) only where something rests on it."""
        for number in self.numbers:
            words = number.slice(self.text)
            if (
                number not in self.used_numbers
                and self._is_free(number)
                and self._innermost(number.start) is not None
                and words != self.document.number
                and not self._fills_line(number)
                and ("令" not in words or relation_in_front(self.text, number.start) in ("based_on", "implements"))
            ):
                insort(self.taken, number)
                yield _Mention(number, number.end, "number", number=words)

    def _fills_line(self, span: Span) -> bool:
        return _LINE_START.search(self.text, max(0, span.start - 8), span.start) is not None and (
            _LINE_END.match(self.text, span.end) is not None
        )

    def _internal(self) -> Iterator[_Mention]:
        for start, found in sorted(self.lists.items()):
            own = next((word for word in self_reference_words() if self.text.endswith(f"本{word}", 0, start)), None)
            if not self._is_free(found.span) or start in self.heads:
                continue
            if own is not None:
                span = Span(start - len(own) - 1, found.span.end)
                yield _Mention(span, span.end, "self", provisions=found.provisions, internal=True)
            elif self._article_at(start) is not None and self._cites(found):
                rule = "relative" if found.relative else "article"
                yield _Mention(found.span, found.span.end, rule, provisions=found.provisions, internal=True)

    def _cites(self, found: ProvisionList) -> bool:
        """Whether provisions without a title are cited, and those of this document."""
        said = _SAID_BEHIND.match(self.text, found.span.end) is not None
        if found.relative:
            # 本条, 本项目 and 前三项污染物 are other words unless 规定 or a number follows.
            first = found.provisions[0]
            return said or bool(first.steps) or (first.text.startswith("前") and not first.text.endswith("项"))
        before = self.text[max(0, found.span.start - 1) : found.span.start]
        at_start = not before.strip() or before in "。；;：:》"
        another = self.text.endswith(self_reference_words(), 0, found.span.start)
        if self.amends or another or before == "》" or found.level not in _WITHIN_ARTICLE:
            return False
        if found.level is Level.ARTICLE:
            return said or not (at_start or self.text[found.span.end : found.span.end + 1].isspace())
        governed = self.text.endswith(governing_words(), 0, found.span.start)
        return (said or governed) and not self._follows_another(found)

    def _follows_another(self, found: ProvisionList) -> bool:
        """Whether the article cites provisions before: 第二项 may then be one of theirs, and is left alone."""
        article = self._article_at(found.span.start)
        head = self.document.provisions[article].span.start if article is not None else 0
        index = bisect_right(self.list_starts, found.span.start) - 2
        return index >= 0 and self.list_starts[index] > head

    def _innermost(self, position: int) -> int | None:
        """Index of the innermost provision at ``position``."""
        index: int | None = bisect_right(self.starts, position) - 1
        while index is not None and index >= 0 and self.document.provisions[index].span.end <= position:
            index = self.document.provisions[index].parent
        return index if index is not None and index >= 0 else None

    def _article_at(self, position: int) -> int | None:
        """Index of the article that holds ``position``."""
        index = self._innermost(position)
        while index is not None and self.document.provisions[index].level is not Level.ARTICLE:
            index = self.document.provisions[index].parent
        return index
