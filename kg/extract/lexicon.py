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

NOUN_TAGS = frozenset({"n", "j", "l", "i", "b", "s", "a", "g", "t", "f", "q", "m", "z", "eng", "an", "vn", "x"})
ADVERB_TAGS = frozenset({"d", "ad", "vd"})
PREDICATE_CLASSES = frozenset(
    {"act", "promote", "light", "serial", "outcome", "course", "stative", "establish", "transfer"}
)
FUNCTION_CLASSES = frozenset({"preposition", "conjunction", "coordinator", "particle", "etc", "localizer"})
NOUN_CLASSES = frozenset({"inert", "unit", "field", "determiner", "none", "noun", "noun_too"})
ACTOR_KINDS = ("organization", "person", "collective")
LEXICON_FILES = (
    "verbs.tsv",
    "function_words.tsv",
    "actor_heads.tsv",
    "compounds.tsv",
    "nouns.tsv",
    "actor_exceptions.tsv",
    "deontic_markers.tsv",
)
VERB_OR_ACTOR = frozenset({"组织", "领导", "代表"})
"""Actor nouns that are as often verbs: the grammar decides in place."""
DEPARTMENT_ENDINGS = "厅局部委"
NAMED_LENGTH = 3
"""Shortest dictionary word that an ending of one character makes an actor (保育员, 开发者)."""
THING_NOUN = "thing_noun"
"""The group that a word takes over from its last two characters (评审意见)."""
FUSED_LENGTHS = range(4, 7)
"""Dictionary words of these lengths may be an adverb or verb fused with what follows (充分发挥, 采取措施)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the lexicon or the general dictionary."""

    text: str
    tag: str
    classes: frozenset[str]
    """Classes and groups that the lexicon files give the word."""
    actor: str
    """One of ``ACTOR_KINDS``, or "" for a word that heads no actor."""
    verb: bool
    """May be a predicate."""
    strong: bool
    """A verb that never stands inside a name, so it bounds noun phrases."""
    nounish: bool
    """May stand inside a noun phrase."""


class Lexicon:
    """All words; segmentation and look-up. Built once (``load_lexicon``), read-only afterwards."""

    def __init__(self) -> None:
        jieba.setLogLevel(logging.ERROR)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        self._tags = _dictionary_tags(self._tokenizer)
        self._classes = _word_classes(LEXICON_FILES)
        self._groups = _word_classes(("word_groups.tsv",))
        self._suffixes = {row[0]: row[1] for row in load_rows("actor_suffixes.tsv")}
        self._suffix_lengths = sorted({len(suffix) for suffix in self._suffixes}, reverse=True)
        self._entries: dict[str, Entry] = {}
        self._split_fused_words()
        self._keep_lexicon_words()

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
        tag = self._tags.get(word, "n" if len(word) > 1 else "x")
        classes = self._classes.get(word, frozenset())
        if not classes and tag in ADVERB_TAGS:
            classes = frozenset({"adverb"})
        actor = self._actor_kind(word, tag, classes)
        names = bool(actor or classes & {"inert", "unit", "field"})
        verb = bool(classes & PREDICATE_CLASSES) or (tag[0] == "v" and (classes <= {"none"} or "nominal" in classes))
        verb = verb and "noun" not in classes and (not names or word in VERB_OR_ACTOR)
        nominal = "nominal" in classes or (tag == "vn" and not classes & {"act", "promote"})
        nominal = nominal or (verb and not classes and len(word) >= NAMED_LENGTH and word[-1] == "化")
        strong = verb and not nominal and not actor
        # 重点, 科学, 全国 modify verbs and nouns alike; 进一步, 切实 only verbs.
        only_adverb = "adverb" in classes and "noun_too" not in classes
        modal = bool(classes & {"obligation", "prohibition", "permission"}) and not verb
        function = only_adverb or modal or bool(classes & FUNCTION_CLASSES)
        noun = bool(actor or nominal or classes & NOUN_CLASSES or tag in NOUN_TAGS or tag[0] in "nmqjab")
        nounish = noun and not strong and not function
        groups = self._groups.get(word, frozenset())
        if nominal and not classes and word[-1] == "化":
            groups |= {"taker"}
        if THING_NOUN in self._groups.get(word[-2:], ()):
            groups |= {THING_NOUN}
        return Entry(word, tag, classes | groups, actor, verb, strong, nounish)

    def _actor_kind(self, word: str, tag: str, classes: frozenset[str]) -> str:
        if classes & {"none", "inert"}:
            return ""
        for kind in ACTOR_KINDS:
            if kind in classes:
                return kind
        if classes & {"determiner", "adverb"} or tag[0] in "dpc":
            return ""
        for length in self._suffix_lengths:
            if length == 1 and len(word) < NAMED_LENGTH:
                continue  # 或者, 动员, 招商
            kind = self._suffixes.get(word[-length:], "") if length <= len(word) else ""
            # The dictionary calls some organizations verbs (试点单位); a bare suffix it calls a verb is one.
            if kind and (tag[0] != "v" or 2 <= length < len(word)):
                return kind
        if len(word) >= NAMED_LENGTH and word[-1] in DEPARTMENT_ENDINGS and tag in ("n", "nt", "nz"):
            return "organization"
        return ""

    def _split_fused_words(self) -> None:
        """Undo dictionary words that fuse an adverb, verb, preposition or actor with the word after it."""
        frequencies = self._tokenizer.FREQ
        openers = PREDICATE_CLASSES | {"adverb", "preposition", "organization", "person"}
        first_words = {word for word, classes in self._classes.items() if classes & openers and len(word) > 1}
        for word, frequency in list(frequencies.items()):
            if frequency and len(word) in FUSED_LENGTHS and word not in self._classes:
                cuts = range(2, len(word) - 1)
                is_place = word[0] == "在" and word[-1] in "中上下内"
                fuses = any(
                    (word[:cut] in first_words and frequencies.get(word[cut:]))
                    or self._modifies_act(word[:cut], word[cut:])
                    for cut in cuts
                )
                if is_place or fuses:
                    frequencies[word] = 0

    def _modifies_act(self, first: str, second: str) -> bool:
        """紧密|配合, 严厉|打击: an adjective or adverb in front of a verb of the lexicon."""
        return self._tags.get(first) in ("a", "ad", "d") and "act" in self._classes.get(second, ())

    def _keep_lexicon_words(self) -> None:
        """Make the segmentation keep lexicon words whole, save those listed as fused."""
        for word, classes in self._classes.items():
            if "split" in classes:
                self._tokenizer.FREQ[word] = 0
            elif len(word) > 1:
                self._tokenizer.suggest_freq(word, tune=True)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, built on first use (about two seconds)."""
    return Lexicon()


def _word_classes(names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    classes: dict[str, frozenset[str]] = {}
    for name in names:
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
