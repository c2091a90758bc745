"""Cited documents: 《…》 with number and article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import load_rows
from kg.types import Citation, Span

CONTEXT_LENGTH = 12
"""Characters in front of a title in which the word stands that says why it is cited."""

_TITLE = re.compile(r"《([^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,60})?)》")
_NUMBER = re.compile(r"\s?[（(]?([\u4e00-\u9fff]{1,12}[〔［\[（(]\d{4}[〕］\])）]\s?第?\d{1,4}号)[）)]?")
_FIGURE = r"[一二三四五六七八九十百千零〇\d]{1,7}"
_ARTICLE = re.compile(
    rf"(?:[（(][^（）()\n]{{1,40}}[）)])?(第{_FIGURE}条(?:第{_FIGURE}款)?(?:第[（(]?{_FIGURE}[）)]?项)?)"
)
_JOINED = re.compile(r"(?:、|和|及|以及|与|，)?")


def find_citations(text: str, title_span: Span | None) -> Iterator[Citation]:
    """Citations in text order; the document's own title line yields none."""
    relations = {row[0]: row[1] for row in load_rows("citation_relations.tsv")}
    relation, end = "cites", 0
    for match in _TITLE.finditer(text):
        span = Span(match.start(), match.end())
        if title_span is not None and title_span.overlaps(span):
            continue
        if not _JOINED.fullmatch(text, end, span.start):
            relation = _relation(text, span.start, relations)
        number = _NUMBER.match(text, match.end())
        article = _ARTICLE.match(text, number.end() if number else match.end())
        yield Citation(
            span=span,
            title=match.group(1),
            number=number.group(1) if number else None,
            relation=relation,
            article=article.group(1) if article else None,
        )
        end = max(match.end(), number.end() if number else 0, article.end() if article else 0)


def _relation(text: str, start: int, relations: dict[str, str]) -> str:
    """The relation stated by the last telling word in front of the title, in the same sentence."""
    context = re.split(r"[。；\n]", text[max(0, start - CONTEXT_LENGTH) : start])[-1]
    found = [
        (context.rfind(word) + len(word), len(word), relation)
        for word, relation in relations.items()
        if word in context
    ]
    return max(found)[2] if found else "cites"
