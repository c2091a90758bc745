"""Questions made by rule from the corpus itself, with the passages that answer them: what adaptation trains on.

A question is made of a statement: some of its content words, in order, a part of them in the everyday words that
``query_synonyms.tsv`` gives for them, put into one of the forms of ``question_forms.tsv``; every seventh begins with
the name of its law, and headings are asked about as well. Nobody wrote or judged these questions, and no question of
a benchmark goes into them.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import jieba
import pyarrow as pa

from kg.lexicon import load_rows

SHORTEST_TEXT = 12  # characters of a statement that can be asked about
LONGEST_CLAUSE = 60
CONTENT_WORDS = (2, 6)  # fewest and most in a question
EVERYDAY_SHARE = 0.5  # of the words that have an everyday word
KEYWORDS_SHARE = 0.4  # of the questions are nothing but content words
TITLE_SHARE = 0.15  # of the questions name their law
_ARTICLE_NUMBER = re.compile(r"^第[一二三四五六七八九十百千零]+条\s*")
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A question and the rows of the passages table that answer it."""

    question: str
    rows: tuple[int, ...]


def make_pairs(table: pa.Table, count: int, seed: int) -> list[TrainingPair]:
    """``count`` questions on the rows of ``table`` (columns of ``PASSAGES_SCHEMA``), and one on each heading.

    A question made of a row is answered by all rows of its document that overlap it; one made of a heading by the
    rows under it. The same seed gives the same pairs.
    """
    generator = random.Random(seed)
    columns = ("document", "document_title", "start", "end", "text", "heading")
    rows = table.select(columns).to_pylist()
    documents: dict[str, list[int]] = defaultdict(list)
    headings: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        documents[row["document"]].append(number)
        if row["heading"]:
            headings[row["document_title"], row["heading"]].append(number)
    candidates = [number for number, row in enumerate(rows) if len(row["text"]) >= SHORTEST_TEXT]
    pairs = []
    for number in generator.sample(candidates, min(count, len(candidates))):
        row = rows[number]
        overlapping = [
            other
            for other in documents[row["document"]]
            if rows[other]["start"] < row["end"] and row["start"] < rows[other]["end"]
        ]
        question = make_question(row["text"], row["document_title"], generator)
        pairs.append(TrainingPair(question, tuple(overlapping)))
    for (title, heading), below in headings.items():
        pairs.append(TrainingPair(make_question(heading, title, generator), tuple(below)))
    return pairs


def make_question(text: str, title: str, generator: random.Random) -> str:
    """A question that ``text`` of the document ``title`` answers."""
    clauses = re.split(r"[。；：\n]", _ARTICLE_NUMBER.sub("", text))
    clause = generator.choice([part for part in clauses if len(part) >= 4] or [text])[:LONGEST_CLAUSE]
    words = [word for word in jieba.cut(_everyday(clause, generator)) if re.search(r"\w", word)]
    content = [place for place, word in enumerate(words) if len(word) > 1 and word not in _empty_words()]
    if len(content) < CONTENT_WORDS[0]:
        content = list(range(len(words)))
    chosen = set(generator.sample(content, min(generator.randint(*CONTENT_WORDS), len(content))))
    if generator.random() >= KEYWORDS_SHARE:
        between = range(min(chosen), max(chosen) + 1)
        chosen |= {place for place in between if generator.random() < 0.5}
    subject = "".join(words[place] for place in sorted(chosen))
    question = generator.choice([form for form, *_ in load_rows("question_forms.tsv")]).format(subject)
    return title.removeprefix(_COUNTRY) + question if generator.random() < TITLE_SHARE else question


def _everyday(text: str, generator: random.Random) -> str:
    """``text`` with some words of policy replaced by everyday words for them."""
    words = _everyday_words()
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))
    return pattern.sub(
        lambda match: generator.choice(words[match[0]]) if generator.random() < EVERYDAY_SHARE else match[0], text
    )


@cache
def _everyday_words() -> Mapping[str, Sequence[str]]:
    """Word of policy → everyday words that stand for it."""
    everyday: dict[str, list[str]] = defaultdict(list)
    for word, others in load_rows("query_synonyms.tsv"):
        for other in others.split():
            everyday[other].append(word)
    return everyday


@cache
def _empty_words() -> frozenset[str]:
    """Words that no one would search for."""
    files = ("function_words.tsv", "deontic_markers.tsv", "question_words.tsv")
    return frozenset(row[0] for name in files for row in load_rows(name))
