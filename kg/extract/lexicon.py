"""Words with what the grammar needs to know of them, and the segmentation of text into such words.

The general dictionary (frequencies and parts of speech) is jieba's; the lexicon files of ``kg/lexicon``
override it. Parts of speech are those of the ICTCLAS tag set that jieba uses (n noun, v verb, vn nominal verb …).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache

import jieba

from kg.lexicon import load_rows

NOUN_TAGS = frozenset(["n", "j", "l", "i", "b", "s", "a", "g", "t", "f", "q", "m", "z"]) | {"eng", "an", "vn", "x"}
PREDICATE_CLASSES = frozenset(
    {"act", "promote", "light", "serial", "outcome", "course", "stative", "establish", "transfer"}
)
FUNCTION_CLASSES = frozenset({"preposition", "conjunction", "coordinator", "particle", "etc", "localizer"})
LEXICON_FILES = (
    "verbs.tsv",
    "function_words.tsv",
    "actor_heads.tsv",
    "compounds.tsv",
    "actor_exceptions.tsv",
    "deontic_markers.tsv",
)
FUSED_LIMIT = 6
"""Dictionary words up to this length may be an adverb or verb fused with what follows (充分发挥, 采取措施)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the lexicon or the general dictionary."""

    text: str
    tag: str
    classes: frozenset[str]
    actor: str
    """"organization", "person", "collective", or "" for a word that heads no actor."""
    verb: bool
    """May be a predicate."""
    strong: bool
    """A verb that never stands inside a name, so it bounds noun phrases."""
    nounish: bool
    """May stand inside a noun phrase."""

    def has(self, name: str) -> bool:
        """Whether the lexicon gives the word this class."""
        return name in self.classes


class Lexicon:
    """All words; segmentation and look-up. Built once (``load_lexicon``), read-only afterwards."""

    def __init__(self) -> None:
        jieba.setLogLevel(logging.ERROR)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        self._tags = _dictionary_tags(self._tokenizer)
        self._classes = _lexicon_classes()
        self._suffixes = {row[0]: row[1] for row in load_rows("actor_suffixes.tsv")}
        self._suffix_lengths = sorted({len(suffix) for suffix in self._suffixes}, reverse=True)
        self._entries: dict[str, Entry] = {}
        self._adapt_dictionary()

    def words(self, text: str) -> list[str]:
        """The words of ``text``; joined they give it back."""
        return list(self._tokenizer.lcut(text, HMM=False))

    def entry(self, word: str) -> Entry:
        """What is known of a word; unknown words are nouns."""
        found = self._entries.get(word)
        if found is None:
            found = self._entries[word] = self._make_entry(word)
        return found

    def _make_entry(self, word: str) -> Entry:
        classes = self._classes.get(word, frozenset())
        tag = self._tags.get(word, "n" if len(word) > 1 else "x")
        verb = (
            bool(classes & PREDICATE_CLASSES)
            or (tag[0] == "v" and not classes)
            or (tag[0] == "v" and "nominal" in classes)
        )
        actor = self._actor_class(word, tag, classes)
        if actor or "inert" in classes or "unit" in classes or "field" in classes:
            verb = verb and word in _AMBIGUOUS
        if "noun" in classes:
            verb = False
        nominal = "nominal" in classes or (tag == "vn" and not classes & {"act", "promote"})
        # 重点, 科学, 全国 modify verbs and nouns alike; 进一步, 切实 only verbs.
        only_adverb = "adverb" in classes and "noun_too" not in classes
        function = bool(classes & FUNCTION_CLASSES) or only_adverb
        strong = verb and not nominal and not actor
        nounish = (
            not strong
            and not function
            and (
                bool(actor)
                or nominal
                or "noun_too" in classes
                or bool(classes & {"inert", "unit", "field", "determiner", "none", "noun"})
                or tag in NOUN_TAGS
                or tag[0] in "nmqjab"
            )
        )
        return Entry(word, tag, classes, actor, verb, strong, nounish)

    def _actor_class(self, word: str, tag: str, classes: frozenset[str]) -> str:
        if classes & {"none", "inert"}:
            return ""
        for name in ("organization", "person", "collective"):
            if name in classes:
                return name
        if "determiner" in classes or "adverb" in classes or tag[0] in "dpc":
            return ""
        for length in self._suffix_lengths:
            if length <= len(word):
                name = self._suffixes.get(word[-length:])
                if name and (tag[0] != "v" or (length >= 2 and length < len(word))):
                    return name
        if len(word) >= 3 and word[-1] in "厅局部委" and tag in ("n", "nt"):
            return "organization"
        return ""

    def _adapt_dictionary(self) -> None:
        """Make lexicon words whole, and undo dictionary words that fuse two of them."""
        frequencies = self._tokenizer.FREQ
        openers = PREDICATE_CLASSES | {"adverb", "preposition", "organization", "person"}
        heads = {word for word, classes in self._classes.items() if classes & openers and len(word) > 1}
        verbs = {word for word, classes in self._classes.items() if classes & PREDICATE_CLASSES and len(word) > 1}
        for word, frequency in list(frequencies.items()):
            if not frequency or len(word) < 4 or len(word) > FUSED_LIMIT or word in self._classes:
                continue
            for cut in (2, 3, 4):
                if word[:cut] in heads and (
                    word[cut:] in verbs or (frequencies.get(word[cut:]) and len(word) - cut > 1)
                ):
                    frequencies[word] = 0
                    break
        for word, classes in self._classes.items():
            if "split" in classes:
                frequencies[word] = 0
            elif len(word) > 1:
                self._tokenizer.suggest_freq(word, tune=True)


_AMBIGUOUS = frozenset({"组织", "领导", "代表"})


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, built on first use (about two seconds)."""
    return Lexicon()


def _lexicon_classes() -> dict[str, frozenset[str]]:
    classes: dict[str, frozenset[str]] = {}
    for name in LEXICON_FILES:
        for row in load_rows(name):
            classes[row[0]] = classes.get(row[0], frozenset()) | frozenset(row[1].split())
    return classes


def _dictionary_tags(tokenizer: jieba.Tokenizer) -> dict[str, str]:
    tags: dict[str, str] = {}
    with tokenizer.get_dict_file() as lines:
        for line in lines:
            word, _, tag = line.decode("utf-8").strip().split(" ")
            tags[word] = tag
    return tags
