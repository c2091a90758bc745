"""Finding the provisions of a document by the numbers under which they are cited.

A way is a tuple of steps from the document down: 第十四条第二款第一项 is (ARTICLE 14), (PARAGRAPH 2), (ITEM 1).
Paragraphs (款) bear no number and are counted (立法法 2023, article 65).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.numbering import integer_of
from kg.types import CitedProvision, Document, Level, Provision, ProvisionStep, ReferenceBase, Span

Way = tuple[ProvisionStep, ...]

RANGE_LIMIT = 100
"""Provisions of the longest range that is followed; a slip of the pen shall not link a whole code."""

_NUMBERED = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE, Level.ITEM, Level.SUBITEM})
_COUNTED_THROUGH = frozenset({Level.PART, Level.CHAPTER, Level.ARTICLE})
_SENTENCE_ENDS = frozenset("。：:；;！？!?”）)")


@dataclass(frozen=True, slots=True)
class ProvisionIndex:
    """The ways of one document; a way that two provisions share (two attached texts with articles) leads nowhere."""

    spans: dict[Way, Span | None] = field(default_factory=dict)
    children: dict[Way, list[Way]] = field(default_factory=dict)  # in text order
    ways: dict[int, Way] = field(default_factory=dict)  # by position in Document.provisions

    @classmethod
    def of(cls, document: Document) -> ProvisionIndex:
        """Index the numbered provisions of ``document`` and the paragraphs of its articles."""
        index = cls()
        counts: dict[int, int] = {}
        broken = _broken_articles(document)
        for provision in document.provisions:
            above = index.ways.get(provision.parent) if provision.parent is not None else ()
            if provision.parent in broken and provision.level is Level.PARAGRAPH and above:
                index.ways[provision.index] = above  # its items are the article's
                continue
            step = _step(document, provision, counts)
            # Articles count through the whole document, whatever chapter they stand in.
            way = () if provision.level in _COUNTED_THROUGH else above
            if step is not None and way is not None:
                index.ways[provision.index] = (*way, step)
                index._add((*way, step), provision.span)
        return index

    def _add(self, way: Way, span: Span) -> None:
        for known in {way, _without_paragraph(way)}:
            self.spans[known] = None if known in self.spans else span
        self.children.setdefault(way[:-1], []).append(way)

    def find(self, way: Way) -> Span | None:
        """The one provision to which ``way`` leads; None where there is none, or more than one."""
        steps = [way[: length + 1] for length in range(len(way))]
        return self.spans.get(way) if way and all(self.spans.get(part) for part in steps) else None

    def between(self, first: Way, last: ProvisionStep) -> list[Way]:
        """The ways from ``first`` to ``last`` beside it, both included; empty where an end is missing."""
        above = [first[:-1]]
        if last.level is Level.ITEM and first[-2:-1] and first[-2].level is Level.ARTICLE:
            above += self.children.get(first[:-1], [])  # 第十三条第一项至第三项, of whichever paragraph has them
        found = [ways for parent in above if (ways := self._beside((*parent, first[-1]), (*parent, last)))]
        return found[0] if len(found) == 1 else []

    def _beside(self, first: Way, last: Way) -> list[Way]:
        siblings = [way for way in self.children.get(first[:-1], []) if way[-1].level is last[-1].level]
        if first not in siblings or last not in siblings:
            return []
        found = siblings[siblings.index(first) : siblings.index(last) + 1]
        return found if len(found) <= RANGE_LIMIT else []

    def way_to(self, document: Document, index: int | None) -> Way:
        """Way of the provision ``document.provisions[index]``, or of the nearest above it that has one."""
        while index is not None and index not in self.ways:
            index = document.provisions[index].parent
        return self.ways[index] if index is not None else ()

    def starting_points(self, cited: CitedProvision, here: Way) -> list[Way]:
        """Where the steps of ``cited`` begin when it stands in the provision ``here``.

        One empty way for a reference by numbers alone; several for 前两款; none where there is no such provision.
        """
        if cited.base is ReferenceBase.DOCUMENT:
            return [()]
        level, back = _BASES[cited.base]
        depth = next((depth for depth, step in enumerate(here) if step.level is level), None)
        if depth is None:
            return []
        enclosing = here[: depth + 1]
        if not back:
            return [enclosing]
        siblings = [way for way in self.children.get(enclosing[:-1], []) if way[-1].level is level]
        position = siblings.index(enclosing) if enclosing in siblings else 0
        return siblings[position - cited.count : position] if position >= cited.count else []


_BASES = {
    ReferenceBase.THIS_ARTICLE: (Level.ARTICLE, False),
    ReferenceBase.THIS_PARAGRAPH: (Level.PARAGRAPH, False),
    ReferenceBase.THIS_ITEM: (Level.ITEM, False),
    ReferenceBase.PREVIOUS_ARTICLES: (Level.ARTICLE, True),
    ReferenceBase.PREVIOUS_PARAGRAPHS: (Level.PARAGRAPH, True),
    ReferenceBase.PREVIOUS_ITEMS: (Level.ITEM, True),
}


def _without_paragraph(way: Way) -> Way:
    """第十三条第三项, where the article has one paragraph with items."""
    return tuple(step for step in way if step.level is not Level.PARAGRAPH or step is way[-1])


def _step(document: Document, provision: Provision, counts: dict[int, int]) -> ProvisionStep | None:
    parent = document.provisions[provision.parent] if provision.parent is not None else None
    if provision.level is Level.PARAGRAPH:
        if parent is None or parent.level is not Level.ARTICLE:
            return None
        counts[parent.index] = counts.get(parent.index, 0) + 1
        return ProvisionStep(Level.PARAGRAPH, counts[parent.index])
    if provision.level not in _NUMBERED:
        return None
    figures, _, branch = provision.number.partition("之")
    number = integer_of(figures.strip("第编分部章节条款项目（）()、.．"))
    return ProvisionStep(provision.level, number, integer_of(branch) or 0) if number else None


def _broken_articles(document: Document) -> frozenset[int]:
    """Articles whose lines do not end with sentences: broken at the page's width, their paragraphs mean nothing."""
    broken = set()
    for provision in document.provisions:
        parent = provision.parent
        if parent is None or provision.level is not Level.PARAGRAPH:
            continue
        body = provision.body.slice(document.text).rstrip()
        if document.provisions[parent].level is Level.ARTICLE and body and body[-1] not in _SENTENCE_ENDS:
            broken.add(parent)
    return frozenset(broken)
