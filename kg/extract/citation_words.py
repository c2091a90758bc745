"""The words around a cited title: in which relation the text stands to it, and where a bare name may begin."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import load_rows

FRONT_LENGTH = 30
"""Characters of the clause in front of a title in which the word stands that says why it is cited."""
BEHIND_LENGTH = 40
"""Characters of the sentence behind it; 自本办法施行之日起废止 and longer fit."""
SENTENCE_LENGTH = 400
"""How far from a title the words that enact the document are looked for, within the sentence."""

_BRACKETED = re.compile(r"《[^《》]*》")
_CLAUSE_END = re.compile(r"[，,。；;：:！？\n]")
_SENTENCE_END = re.compile(r"[。\n]")
_AFTER_END = re.compile(r"[。；;\n《]")


@cache
def _words(place: str) -> tuple[tuple[str, str, bool], ...]:
    """Word, relation, whether it binds the document, for the words at a place: before, at or after."""
    rows = load_rows("citation_relations.tsv")
    return tuple((row[0], row[2], row[3] == "binding") for row in rows if row[1] == place)


@cache
def governing_words() -> tuple[str, ...]:
    """Words that govern the title behind them."""
    return tuple(word for place in ("before", "at") for word, _, _ in _words(place))


@cache
def opening_words() -> tuple[str, ...]:
    """Words after which a name without 《》 may begin."""
    return (*governing_words(), *(row[0] for row in load_rows("name_openers.tsv")))


@cache
def self_reference_words() -> tuple[str, ...]:
    """What a document calls itself after 本, the longest first."""
    return tuple(sorted((row[0] for row in load_rows("self_references.tsv")), key=len, reverse=True))


def relation_between(text: str, start: int, end: int) -> tuple[str, bool]:
    """Relation stated around the titles that stand at ``text[start:end]``, and whether it binds the document.

    What stands behind them is the verb of the sentence and decides; else the word in front that is nearest.
    """
    stop = _AFTER_END.search(text, end, end + BEHIND_LENGTH)
    behind = text[end : stop.start() if stop else end + BEHIND_LENGTH]
    # Right in front of the next title a word governs that one, unless it says what this one becomes (修改为《…》).
    next_title = stop is not None and stop.group() == "《"
    for word, relation, binding in _words("after"):
        if word in behind and not (next_title and behind.endswith(word) and not word.endswith("为")):
            return relation, binding
    relation = relation_in_front(text, start)
    return relation, relation in ("based_on", "implements") and _enacts(text, start, end)


def relation_in_front(text: str, start: int) -> str:
    """Relation stated by the words of the clause in front of the title that begins at ``start``."""
    context = _CLAUSE_END.split(_BRACKETED.sub("", text[max(0, start - FRONT_LENGTH) : start]))[-1]
    adjacent = [(len(word), relation) for word, relation, _ in _words("at") if context.endswith(word)]
    if adjacent:
        return max(adjacent)[1]
    best = (-1, 0, "cites")
    for word, relation, _ in _words("before"):
        place = context.rfind(word)
        # 印发的《…》: with 的 the word belongs to the title and governs nothing.
        if place >= 0 and not context.startswith("的", place + len(word)):
            best = max(best, (place + len(word), len(word), relation))
    return best[2]


@cache
def _enactment() -> re.Pattern[str]:
    own = "|".join(self_reference_words())
    words = [f"{row[0]}(?:{own})" if row[1] == "self" else row[0] for row in load_rows("enactment_words.tsv")]
    return re.compile("|".join(words))


def _enacts(text: str, start: int, end: int) -> bool:
    """Whether the sentence says that the document is made or issued."""
    stop = _SENTENCE_END.search(text, end, end + SENTENCE_LENGTH)
    sentence_end = stop.start() if stop else end + SENTENCE_LENGTH
    begin = max(0, start - SENTENCE_LENGTH)
    begin = max(begin, text.rfind("。", begin, start) + 1, text.rfind("\n", begin, start) + 1)
    return _enactment().search(text, begin, sentence_end) is not None
