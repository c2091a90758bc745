"""Words and patterns of the language of policy, as data.

Tab-separated files; lines that begin with ``#`` are comments, the first column is the word or pattern.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a lexicon file, each a tuple of its tab-separated columns; blank and ``#`` lines are left out."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))


@cache
def load_alternation(name: str) -> str:
    """The first column of a lexicon file as one non-capturing group of a regular expression."""
    return "(?:" + "|".join(f"(?:{row[0]})" for row in load_rows(name)) + ")"
