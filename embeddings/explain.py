"""Why a passage was found: which words to mark in it, and the reason in a user's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.graph_signal import Evidence
from embeddings.query import Question
from embeddings.retrieval import Retrieval
from embeddings.tokens import fold, fold_origins, tokenize
from kg.types import Span

NAMED_WORDS = 5  # words named in a reason
NEAR_IN_MEANING = 20  # of the list by meaning: what is called near in meaning


def find_words(text: str, question: Question) -> list[Span]:
    """Spans of ``text`` with words of the question, joined where they overlap."""
    tokens = frozenset(question.tokens)
    return _join([Span(token.start, token.end) for token in tokenize(text) if token.text in tokens])


def find_marks(text: str, words: Sequence[Span], question: Question) -> list[Span]:
    """``words``, which :func:`find_words` found, with whole synonyms of words of the question, joined likewise."""
    folded, origins = fold(text), fold_origins(text)
    synonyms = [
        Span(origins[match.start()], origins[match.end() - 1] + 1)
        for _, synonym in question.synonyms
        for match in re.finditer(re.escape(synonym), folded)
    ]
    return _join([*words, *synonyms])


def _join(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def explain(
    text: str, words: Sequence[Span], question: Question, meaning_rank: int | None, evidence: Sequence[Evidence]
) -> str:
    """The reason in Chinese: what the graph says, shared words, synonyms used, rank by meaning (None: not near).

    ``words`` are what :func:`find_words` found.
    """
    folded = fold(text)
    shared = dict.fromkeys(span.slice(text) for span in words)
    synonyms = [f"{word}→{other}" for word, other in question.synonyms if other in folded and word not in folded]
    reasons = [each.reason for each in evidence]
    if shared:
        longest = sorted(shared, key=len, reverse=True)[:NAMED_WORDS]
        reasons.append("含有" + "".join(f"“{word}”" for word in longest))
    if synonyms:
        reasons.append("近义：" + "、".join(synonyms[:NAMED_WORDS]))
    if meaning_rank is not None and meaning_rank <= NEAR_IN_MEANING:
        reasons.append(f"意思相近（第 {meaning_rank} 位）")
    return "；".join(reasons) or "意思相近"


def notices(retrieval: Retrieval) -> tuple[str, ...]:
    """How the question was read, where that is not plain, in Chinese."""
    corrected = [f"“{written}”按“{meant}”查找。" for written, meant in retrieval.question.corrections]
    named = [
        f"“{reference.words}”指《{reference.document.title}》。"
        for reference in retrieval.references
        if reference.words not in reference.document.title
    ]
    return (*corrected, *dict.fromkeys(named))
