"""What a question asks for: its tokens, the words of policy that its everyday words stand for, kinds of actors, force.

All data that is read here, the lexicons and the taxonomy, is folded as the question is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import QuerySolutions

from embeddings.spelling import Correction, find_corrections
from embeddings.tokens import fold, single_characters, tokenize
from kg.errors import InputError
from kg.lexicon import load_rows
from kg.namespaces import PREFIXES
from kg.taxonomy import kind_labels
from kg.vocabulary import vocabulary_store

MAXIMUM_CHARACTERS = 2000
_MARKS = re.compile(r"[^\w%+.\-]+|(?<!\d)[.\-]|[.\-](?!\d)")
"""Punctuation; what belongs to a number (2.5, 30%, 2021-2025) is none."""

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

    ``text`` is the whole question, folded and with its misspelt words corrected (``corrections``). ``tokens`` are those
    of the question without its question words; ``characters`` the single Chinese characters of these. ``synonyms`` are
    pairs (word of the question, word that it stands for). ``variants`` are the question itself and, where it has
    synonyms, the question in words of policy: what is compared by meaning. ``kinds`` are pairs (word, kind of actor
    that it names), ``modalities`` pairs (word, modality that answers it).
    """

    text: str
    tokens: tuple[str, ...]
    characters: tuple[str, ...]
    synonyms: tuple[tuple[str, str], ...]
    variants: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]
    modalities: tuple[tuple[str, str], ...]
    corrections: tuple[tuple[str, str], ...]


def understand(text: str, synonyms: Synonyms, holds: Callable[[str], bool] | None = None) -> Question:
    """Read a question; ``holds`` says whether a token occurs in what is searched, without it no spelling is corrected.

    Raises :class:`InputError` when it is empty, has no letter, digit or Chinese character, or is too long.
    """
    question = fold(text).strip()
    if not question or not tokenize(question):
        raise InputError("检索词是空的；请输入要查的词语或问题")
    if len(question) > MAXIMUM_CHARACTERS:
        raise InputError(f"检索词有 {len(question)} 个字，最多 {MAXIMUM_CHARACTERS} 个；请缩短")
    corrections = find_corrections(question, holds) if holds else ()
    question = _corrected(question, corrections)
    subject = _question_words().sub(" ", question)
    if not tokenize(subject):  # nothing but question words: they are what is asked for
        subject = question
    found = [match for match in _alternation(tuple(synonyms)).finditer(question) if synonyms[match[0]]]
    return Question(
        text=question,
        tokens=tuple(dict.fromkeys(token.text for token in tokenize(subject))),
        characters=tuple(dict.fromkeys(single_characters(subject))),
        synonyms=tuple(dict.fromkeys((match[0], word) for match in found for word in synonyms[match[0]])),
        variants=tuple(dict.fromkeys(map(_as_question, _variants(question, found, synonyms)))),
        kinds=_find_kinds(question),
        modalities=_find_modalities(question),
        corrections=tuple((correction.written, correction.meant) for correction in corrections),
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


def _corrected(question: str, corrections: Iterable[Correction]) -> str:
    for correction in sorted(corrections, reverse=True):
        question = question[: correction.start] + correction.meant + question[correction.end :]
    return question


@cache
def _kinds_by_word() -> Mapping[str, str]:
    """Folded label, or everyday word for one, → kind of actor (its notation, which is its preferred label)."""
    kinds = {fold(label): kind for label, kind in kind_labels().items()}
    for word, others in load_rows("query_synonyms.tsv"):
        named = (kinds[other] for other in map(fold, others.split()) if other in kinds)
        if (kind := next(named, None)) is not None:
            kinds.setdefault(fold(word), kind)
    return kinds


def _find_kinds(question: str) -> tuple[tuple[str, str], ...]:
    kinds = _kinds_by_word()
    words = dict.fromkeys(match[0] for match in _alternation(tuple(kinds)).finditer(question))
    return tuple((word, kinds[word]) for word in words)


@cache
def _modalities_by_word() -> Mapping[str, tuple[str, ...]]:
    return {fold(row[0]): tuple(row[1].split()) for row in load_rows("query_modalities.tsv")}


def _find_modalities(question: str) -> tuple[tuple[str, str], ...]:
    modalities = _modalities_by_word()
    words = dict.fromkeys(match[0] for match in _alternation(tuple(modalities)).finditer(question))
    return tuple((word, modality) for word in words for modality in modalities[word])


def _as_question(question: str) -> str:
    """One way of punctuating for the language model, which hears a difference: spaces, and ? at the end."""
    return " ".join(_MARKS.sub(" ", question).split()) + "?"


def _variants(question: str, found: list[re.Match[str]], synonyms: Synonyms) -> tuple[str, ...]:
    rewritten = question
    for match in reversed(found):
        rewritten = rewritten[: match.start()] + synonyms[match[0]][0] + rewritten[match.end() :]
    return (question,) if rewritten == question else (question, rewritten)
