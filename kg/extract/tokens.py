"""Text as words with places; titles, quotations and parentheses are single words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.lexicon import Entry, Lexicon

_ATOMS = re.compile(
    r"(?P<title>《[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,60})?》)"
    r"|(?P<quoted>“[^“”\"\n]{1,120}[”\"]|\"[^“”\"\n]{1,40}\")"
    r"|(?P<region>各[省市县区州旗盟]{1,3}(?:（[^（）\n]{1,8}）)?(?:[、和]各?[省市县区州旗盟]{1,2}(?:（[^（）\n]{1,8}）)?)*)"
    r"|(?P<paren>（[^（）()\n]{1,200}）|\([^（）()\n]{1,200}\))"
)
_ATOM_ENTRIES = {
    kind: Entry(kind, kind, frozenset({kind}), "", verb=False, strong=False, nounish=kind != "title")
    for kind in ("title", "quoted", "paren")
}
_ATOM_ENTRIES["region"] = Entry(
    "region", "n", frozenset({"region"}), "collective", verb=False, strong=False, nounish=True
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the canonical text."""

    text: str
    start: int
    end: int
    entry: Entry


def tokenize(lexicon: Lexicon, text: str, start: int, end: int) -> list[Token]:
    """Tokens of ``text[start:end]`` without white space; 《…》, “…” and （…） are one token each."""
    tokens: list[Token] = []
    position = start
    for match in _ATOMS.finditer(text, start, end):
        _append_words(tokens, lexicon, text, position, match.start())
        kind = match.lastgroup or "quoted"
        tokens.append(Token(match.group(), match.start(), match.end(), _ATOM_ENTRIES[kind]))
        position = match.end()
    _append_words(tokens, lexicon, text, position, end)
    return tokens


def _append_words(tokens: list[Token], lexicon: Lexicon, text: str, start: int, end: int) -> None:
    if start >= end:
        return
    position = start
    for word in lexicon.words(text[start:end]):
        stop = position + len(word)
        if not word.isspace():
            tokens.append(Token(word, position, stop, lexicon.entry(word)))
        position = stop
