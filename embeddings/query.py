"""What a question asks for: its tokens with weights, and the words of policy that its everyday words stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import QuerySolutions

from embeddings.tokens import fold, tokenize
from kg.errors import InputError
from kg.lexicon import load_rows
from kg.namespaces import PREFIXES
from kg.vocabulary import vocabulary_store

SYNONYM_WEIGHT = 0.5  # of a token that the question does not hold itself
MAXIMUM_CHARACTERS = 2000

_ACTOR_KIND_LABELS = """
SELECT ?kind ?label {
  ?kind skos:inScheme actor-kind: ; ?property ?label .
  VALUES (?property ?order) { (skos:prefLabel 1) (skos:altLabel 2) (skos:hiddenLabel 3) }
  FILTER (LANG(?label) = "zh")
} ORDER BY ?kind ?order ?label
"""

Synonyms = Mapping[str, tuple[str, ...]]
"""Folded word → folded words that it stands for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    ``weights`` are those of its tokens and of its synonyms' tokens. ``synonyms`` are pairs (word of the question,
    word that it stands for). ``variants`` are the question itself and, where it has synonyms, the question in
    words of policy: what is compared by meaning.
    """

    text: str
    weights: dict[str, float]
    synonyms: tuple[tuple[str, str], ...]
    variants: tuple[str, ...]


def understand(text: str, synonyms: Synonyms) -> Question:
    """Read a question.

    Raises :class:`InputError` when it is empty, has no letter, digit or Chinese character, or is too long.
    """
    question = fold(text).strip()
    if not question or not tokenize(question):
        raise InputError("检索词是空的；请输入要查的词语或问题")
    if len(question) > MAXIMUM_CHARACTERS:
        raise InputError(f"检索词有 {len(question)} 个字，最多 {MAXIMUM_CHARACTERS} 个；请缩短")
    found = _find_synonyms(question, synonyms)
    subject = _question_words().sub(" ", question)
    # A question of nothing but question words is searched as it is.
    weights = dict.fromkeys((token.text for token in tokenize(subject) or tokenize(question)), 1.0)
    pairs = [(match[0], word) for match in found for word in synonyms[match[0]]]
    for _, word in pairs:
        for token in tokenize(word):
            weights.setdefault(token.text, SYNONYM_WEIGHT)
    return Question(text, weights, tuple(dict.fromkeys(pairs)), _variants(question, found, synonyms))


@cache
def load_synonyms() -> Synonyms:
    """Everyday words of ``query_synonyms.tsv`` and labels of one kind of actor for each other, folded."""
    groups: dict[str, dict[str, None]] = {}
    for word, others in load_rows("query_synonyms.tsv"):
        groups.setdefault(fold(word), {}).update(dict.fromkeys(map(fold, others.split())))
    for labels in _actor_kind_labels():
        for word in labels:
            groups.setdefault(word, {}).update(dict.fromkeys(other for other in labels if other != word))
    return {word: tuple(other for other in others if other != word) for word, others in groups.items()}


def _actor_kind_labels() -> Iterable[list[str]]:
    """Folded Chinese labels of each kind of actor, the preferred one first."""
    rows = vocabulary_store().query(_ACTOR_KIND_LABELS, prefixes=PREFIXES)
    labels: dict[str, list[str]] = {}
    assert isinstance(rows, QuerySolutions)  # what SELECT gives
    for row in rows:
        labels.setdefault(row["kind"].value, []).append(fold(row["label"].value))
    return labels.values()


def _find_synonyms(question: str, synonyms: Synonyms) -> list[re.Match[str]]:
    """Words of the question that have synonyms, the longest at each place, not overlapping."""
    return [match for match in _alternation(tuple(synonyms)).finditer(question) if synonyms[match[0]]]


@cache
def _alternation(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)")


@cache
def _question_words() -> re.Pattern[str]:
    return _alternation(tuple(row[0] for row in load_rows("question_words.tsv")))


def _variants(question: str, found: list[re.Match[str]], synonyms: Synonyms) -> tuple[str, ...]:
    rewritten = question
    for match in reversed(found):
        rewritten = rewritten[: match.start()] + synonyms[match[0]][0] + rewritten[match.end() :]
    return (question,) if rewritten == question else (question, rewritten)
