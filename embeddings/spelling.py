"""Misspelt words of a question: written with other characters of the same sound (科谱 for 科普)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pypinyin import lazy_pinyin

from embeddings.tokens import fold
from kg.lexicon import load_rows
from kg.taxonomy import kind_labels

_LONGEST = 6
"""Characters of the longest word that is corrected."""
_WORD_FILES = ("actor_heads.tsv", "compounds.tsv", "nouns.tsv", "programmes.tsv", "statute_names.tsv", "verbs.tsv")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(rf"[\u4e00-\u9fff]{{2,{_LONGEST}}}")


class Correction(NamedTuple):
    """A word as written at ``[start, end)`` of the folded question, and the word meant."""

    start: int
    end: int
    written: str
    meant: str


def find_corrections(question: str, holds: Callable[[str], bool]) -> tuple[Correction, ...]:
    """Words of a folded question that sound like a word of policy and that no passage holds.

    ``holds`` says whether a pair of characters occurs in the passages. A character is replaced only when it makes no
    pair that occurs there, with either neighbour, and all pairs of the word meant do: 没处发表 is not 没处罚表, since
    发表 is a word, and a rare word that is in the texts is never touched.
    """
    corrections: list[Correction] = []
    for run in _HAN_RUN.finditer(question):
        missing = [not holds(run[0][i : i + 2]) for i in range(len(run[0]) - 1)]
        if any(missing):
            corrections.extend(_correct_run(run, missing, holds))
    return tuple(corrections)


def _correct_run(run: re.Match[str], missing: list[bool], holds: Callable[[str], bool]) -> Iterator[Correction]:
    start, word = 0, run[0]
    sounds = lazy_pinyin(word)
    while start < len(word) - 1:
        end = min(len(word), start + _LONGEST)
        while end - start >= 2:
            meant = _words_by_sound().get(tuple(sounds[start:end]))
            if meant and _is_misspelt(word, start, meant, missing) and all(map(holds, _pairs(meant))):
                yield Correction(run.start() + start, run.start() + end, word[start:end], meant)
                break
            end -= 1
        start = end if end - start >= 2 else start + 1


def _is_misspelt(word: str, start: int, meant: str, missing: list[bool]) -> bool:
    """Whether the characters of ``word`` from ``start`` that differ from ``meant`` belong to no pair that occurs."""
    changed = [start + place for place, character in enumerate(meant) if word[start + place] != character]
    pairs = {pair for place in changed for pair in (place - 1, place) if 0 <= pair < len(missing)}
    return bool(changed) and all(missing[pair] for pair in pairs)


def _pairs(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)]


@cache
def _words_by_sound() -> Mapping[tuple[str, ...], str]:
    """Syllables without tone → the word of policy that sounds so; of several the one listed first."""
    words = dict.fromkeys(map(fold, kind_labels()))
    for name in _WORD_FILES:
        words.update(dict.fromkeys(fold(row[0]) for row in load_rows(name)))
    for word, others in load_rows("query_synonyms.tsv"):
        words.update(dict.fromkeys(map(fold, (word, *others.split()))))
    by_sound: dict[tuple[str, ...], str] = {}
    for word in words:
        if _WORD.fullmatch(word):
            by_sound.setdefault(tuple(lazy_pinyin(word)), word)
    return by_sound
