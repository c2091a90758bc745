"""Text as words with places; titles, quotations, brackets and lists of regions are single words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.lexicon import Entry, Lexicon

_ATOMS = re.compile(
    r"(?P<title>《[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,60})?》)"
    r"|(?P<quoted>“[^“”\"\n]{1,120}[”\"]|\"[^“”\"\n]{1,40}\")"
    r"|(?P<region>[该各本]?[省市县]（[市区县州旗盟地、]{1,8}）(?:、县（[市区州旗、]{1,8}）)?|各[省市县区州旗盟]{1,3}(?:（[^（）\n]{1,8}）)?(?:[、和]各?[省市县区州旗盟]{1,2}(?:（[^（）\n]{1,8}）)?)*)"
    r"|(?P<bracket>（[^（）()\n]{1,200}）|\([^（）()\n]{1,200}\))"
)


def _atom_entry(kind: str, actor: str = "") -> Entry:
    return Entry(kind, kind, frozenset({kind}), actor, verb=False, strong=False, nounish=kind != "title")


_ATOM_ENTRIES = {
    "title": _atom_entry("title"),
    "quoted": _atom_entry("quoted"),
    "bracket": _atom_entry("bracket"),
    "region": _atom_entry("region", actor="collective"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the canonical text."""

    text: str
    start: int
    end: int
    entry: Entry

    def has(self, name: str) -> bool:
        """Whether the lexicon gives the word this class or group."""
        return name in self.entry.classes


NOTHING = Token("", 0, 0, Entry("", "", frozenset(), "", verb=False, strong=False, nounish=False))
"""Stands for the word before the first and after the last."""


def peek(tokens: Sequence[Token], position: int) -> Token:
    """The token at ``position``, ``NOTHING`` outside the sequence."""
    return tokens[position] if 0 <= position < len(tokens) else NOTHING


def tokenize(lexicon: Lexicon, text: str, start: int, end: int) -> list[Token]:
    """Tokens of ``text[start:end]`` without white space; 《…》, “…”, （…） and 各市、县 are one token each."""
    tokens: list[Token] = []
    position = start
    for match in _ATOMS.finditer(text, start, end):
        _append_words(tokens, lexicon, text, position, match.start())
        kind = match.lastgroup or "quoted"
        tokens.append(Token(match.group(), match.start(), match.end(), _ATOM_ENTRIES[kind]))
        position = match.end()
    _append_words(tokens, lexicon, text, position, end)
    return _with_markers_split(tokens, lexicon)


def _with_markers_split(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """都应|对内容进行审核: 应对 is a marker and a preposition where a light verb follows."""
    split: list[Token] = []
    for k, token in enumerate(tokens):
        if token.text == "应对" and any(later.has("light") for later in tokens[k + 2 :]):
            middle = token.start + 1
            split.append(Token("应", token.start, middle, lexicon.entry("应")))
            split.append(Token("对", middle, token.end, lexicon.entry("对")))
        else:
            split.append(token)
    return split


def _append_words(tokens: list[Token], lexicon: Lexicon, text: str, start: int, end: int) -> None:
    if start >= end:
        return
    position = start
    for word in lexicon.words(text[start:end]):
        stop = position + len(word)
        if not word.isspace():
            tokens.append(Token(word, position, stop, lexicon.entry(word)))
        position = stop
