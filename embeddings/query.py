"""What a question asks for: its tokens with weights, and the words of policy that its everyday words stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import QuerySolutions

from embeddings.tokens import fold, single_characters, tokenize
from kg.errors import InputError
from kg.lexicon import load_rows
from kg.namespaces import PREFIXES
from kg.vocabulary import vocabulary_store

MAXIMUM_CHARACTERS = 2000

_ACTOR_KIND_LABELS = """
SELECT ?kind ?label {
  ?kind skos:inScheme actor-kind: ; ?property ?label .
  VALUES (?property ?order) { (skos:prefLabel 1) (skos:altLabel 2) (skos:hiddenLabel 3) }
  FILTER (LANG(?label) = "zh")
} ORDER BY ?kind ?order ?label
"""

Synonyms = Mapping[str, tuple[str, ...]]
"""Folded word → folded words that it stands for, the best first; none for a word that is itself the usual one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    ``tokens`` are those of the question without its question words; ``characters`` the single Chinese characters
    of these. ``synonyms`` are pairs (word of the question, word that it stands for). ``variants`` are the question
    itself and, where it has synonyms, the question in words of policy: what is compared by meaning.
    """

    tokens: tuple[str, ...]
    characters: tuple[str, ...]
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
    subject = _question_words().sub(" ", question)
    if not tokenize(subject):  # nothing but question words: they are what is asked for
        subject = question
    found = [match for match in _alternation(tuple(synonyms)).finditer(question) if synonyms[match[0]]]
    return Question(
        tokens=tuple(dict.fromkeys(token.text for token in tokenize(subject))),
        characters=tuple(dict.fromkeys(single_characters(subject))),
        synonyms=tuple(dict.fromkeys((match[0], word) for match in found for word in synonyms[match[0]])),
        variants=_variants(question, found, synonyms),
    )


@cache
def load_synonyms() -> Synonyms:
    """Words of ``query_synonyms.tsv``, and other labels of a kind of actor for its preferred one, folded."""
    groups: dict[str, dict[str, None]] = {}
    for word, others in load_rows("query_synonyms.tsv"):
        groups.setdefault(fold(word), {}).update(dict.fromkeys(map(fold, others.split())))
    for labels in _actor_kind_labels():
        preferred = labels[0]
        groups.setdefault(preferred, {})
        for word in labels[1:]:
            groups.setdefault(word, {})[preferred] = None
    return {word: tuple(other for other in others if other != word) for word, others in groups.items()}


def _actor_kind_labels() -> Iterable[list[str]]:
    """Folded Chinese labels of each kind of actor, the preferred one first."""
    rows = vocabulary_store().query(_ACTOR_KIND_LABELS, prefixes=PREFIXES)
    labels: dict[str, list[str]] = {}
    assert isinstance(rows, QuerySolutions)  # what SELECT gives
    for row in rows:
        labels.setdefault(row["kind"].value, []).append(fold(row["label"].value))
    return labels.values()


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
