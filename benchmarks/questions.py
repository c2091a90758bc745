"""Search on the project's own questions about the default knowledge base.

    python -m benchmarks.questions [FILE] [--split tuning|untouched]

FILE (default: questions.jsonl beside this module) has a line a question: question, category, split ("tuning" or
"untouched") and answers, each a document's title and a quote of its text; one of category "negative" has none, since
no document answers it. A hit answers when it is in that document and its span overlaps the quote.

With ``--split tuning`` failures are listed one by one; questions of the other split are never shown, so that nothing
is made to fit them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from embeddings.evaluation import estimate_means
from embeddings.knowledge_base import KnowledgeBase
from embeddings.types import Hit, SearchResult
from kg.errors import InputError
from kg.questions import run_question
from kg.settings import Settings
from kg.store import GraphStore

DEFAULT_FILE = Path(__file__).with_name("questions.jsonl")
SPLITS = ("tuning", "untouched")
SHOWN_SPLIT = "tuning"
DEPTH = 10  # hits looked at


class Place(NamedTuple):
    """``[start, end)`` of a document's canonical text, the document by its title."""

    document: str
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with the places of each of its answers: all that hold the quote."""

    text: str
    category: str
    split: str
    answers: tuple[tuple[Place, ...], ...]

    def answers_at(self, place: Place) -> set[int]:
        """Which answers ``place`` gives."""
        return {number for number, spots in enumerate(self.answers) if any(map(place.overlaps, spots))}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What search made of a question: rank of its first right hit among ``DEPTH`` (None: none), and what it said."""

    question: JudgedQuestion
    rank: int | None
    answered: bool
    first: str


def read_questions(path: Path, texts: Mapping[str, str]) -> list[JudgedQuestion]:
    """The questions of a file; ``texts`` are the canonical texts of documents by title.

    Raises :class:`InputError` when a line is not a question or an answer is not in the texts.
    """
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            answers = tuple(tuple(_find_quote(texts, **answer)) for answer in record["answers"])
            question = JudgedQuestion(record["question"], record["category"], record["split"], answers)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"“{path}”第 {number} 行不是一个问题（{error!r}）。") from error
        if question.split not in SPLITS or not all(answers):
            raise InputError(f"“{path}”第 {number} 行的 split 不是 {'、'.join(SPLITS)}，或有答案不在该文件的正文里。")
        questions.append(question)
    return questions


def _find_quote(texts: Mapping[str, str], document: str, quote: str) -> Iterator[Place]:
    for match in re.finditer(re.escape(quote), texts.get(document, "")):
        yield Place(document, match.start(), match.end())


def document_texts(store: GraphStore) -> dict[str, str]:
    """Canonical texts of all documents by title."""
    documents = (run_question(store, "document", document=str(row["iri"])) for row in run_question(store, "documents"))
    return {str(row["title"]): str(row["text"]) for (row,) in documents}


def ask(question: JudgedQuestion, search: Callable[[str, int], SearchResult]) -> Outcome:
    result = search(question.text, DEPTH)
    ranks = (hit.rank for hit in result.hits if question.answers_at(place_of(hit)))
    first = f"《{result.hits[0].document}》{result.hits[0].text}" if result.hits else ""
    return Outcome(question, next(ranks, None), result.answered is not False, first)


def place_of(hit: Hit) -> Place:
    return Place(hit.document, hit.start, hit.end)


def answer_keys(question: JudgedQuestion, found: Sequence[Place]) -> list[str]:
    """For each place, the first answer that it gives and no better place has given; else a key that answers nothing."""
    given: set[int] = set()
    keys = []
    for rank, place in enumerate(found):
        fresh = sorted(question.answers_at(place) - given)
        given.update(fresh[:1])
        keys.append(str(fresh[0]) if fresh else f"-{rank}")
    return keys


def report(outcomes: Sequence[Outcome], split: str) -> Iterator[str]:
    """The figures of one split as Markdown; shares with 95% intervals."""
    of_split = [outcome for outcome in outcomes if outcome.question.split == split]
    answerable = [outcome for outcome in of_split if outcome.question.answers]
    negative = [outcome for outcome in of_split if not outcome.question.answers]
    yield f"\n## {split}\n"
    yield "| questions | | right in first 3 | right in first 10 | MRR@10 |\n| --- | --- | --- | --- | --- |"
    categories = dict.fromkeys(outcome.question.category for outcome in answerable)
    groups = {"all that have an answer": answerable} | {
        category: [outcome for outcome in answerable if outcome.question.category == category]
        for category in categories
    }
    for name, group in groups.items():
        ranks = [outcome.rank for outcome in group]
        figures: list[list[float]] = [
            [rank is not None and rank <= 3 for rank in ranks],
            [rank is not None for rank in ranks],
            [1 / rank if rank else 0 for rank in ranks],
        ]
        yield f"| {name} | {len(group)} | {' | '.join(map(with_interval, figures))} |"
    yield "\n| | questions | share |\n| --- | --- | --- |"
    recognised = with_interval([not outcome.answered for outcome in negative])
    yield f"| without an answer, recognised | {len(negative)} | {recognised} |"
    alarms = with_interval([not outcome.answered for outcome in answerable])
    yield f"| with an answer, false alarm | {len(answerable)} | {alarms} |"


def with_interval(values: Sequence[float]) -> str:
    """Mean and 95% interval; of fewer than two values the mean alone."""
    if len(values) < 2:
        return f"{np.mean(values):.3f}" if values else "–"
    (estimate,) = estimate_means(np.array([values], np.float64))
    return f"{estimate.mean:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def failures(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Questions of the split that may be looked at which did not go well, one by one."""
    for outcome in outcomes:
        question = outcome.question
        if question.split != SHOWN_SPLIT:
            continue
        wrong = []
        if question.answers and (outcome.rank is None or outcome.rank > 3):
            wrong.append(f"rank {outcome.rank}" if outcome.rank else f"not in the first {DEPTH}")
        if bool(question.answers) != outcome.answered:
            wrong.append("said to have no answer" if question.answers else "said to have an answer")
        if wrong:
            first = outcome.first.replace("\n", " ")
            yield f"- {question.category}: {question.text} – {', '.join(wrong)}; first: {first}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT_FILE)
    parser.add_argument("--split", choices=SPLITS)
    arguments = parser.parse_args()
    knowledge_base = KnowledgeBase.open(Settings.from_environment())
    questions = read_questions(arguments.file, document_texts(knowledge_base.store))
    chosen = [question for question in questions if arguments.split in (None, question.split)]
    search: Callable[[str, int], SearchResult] = knowledge_base.searcher.search
    outcomes = [ask(question, search) for question in chosen]
    for split in dict.fromkeys(question.split for question in chosen):
        print("\n".join(report(outcomes, split)))
    if arguments.split == SHOWN_SPLIT:
        print("\n".join(["\n### Failures\n", *failures(outcomes)]))


if __name__ == "__main__":
    main()
