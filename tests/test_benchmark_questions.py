"""The benchmark of our own questions: what counts as an answer, the figures, and what is never shown."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from benchmarks.questions import JudgedQuestion, Outcome, Place, answer_keys, ask, failures, read_questions, report
from embeddings.types import Hit, SearchResult
from kg.errors import InputError

TEXTS = {"甲": "应当保障经费。不得挪用经费。", "乙": "保障经费。"}


def line(**values: object) -> str:
    record = {"question": "钱谁给", "category": "paraphrase", "split": "tuning", "answers": []}
    return json.dumps(record | values, ensure_ascii=False)


def hit(rank: int, document: str, start: int, end: int) -> Hit:
    values = {"rank": rank, "document": document, "start": start, "end": end, "text": TEXTS[document][start:end]}
    return Hit(**(dict.fromkeys(field.name for field in fields(Hit)) | values))  # type: ignore[arg-type]


def outcome(split: str, rank: int | None, answered: bool, negative: bool = False) -> Outcome:
    answers = () if negative else ((Place("甲", 0, 6),),)
    return Outcome(JudgedQuestion(f"{split}-{rank}", "paraphrase", split, answers), rank, answered, "《甲》x")


def test_a_quote_is_found_at_every_place_of_its_document_only(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(line(answers=[{"document": "甲", "quote": "经费"}]) + "\n" + line(category="negative"), "utf-8")
    question, negative = read_questions(path, TEXTS)
    assert question.answers == ((Place("甲", 4, 6), Place("甲", 11, 13)),)
    assert negative.answers == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "第 1 行不是一个问题"),
        (line() + '\n{"question": "x"}', "第 2 行不是一个问题"),
        (line(answers=[{"document": "甲"}]), "第 1 行不是一个问题"),
        (line(answers=[{"document": "甲", "quote": "没有这句"}]), "有答案不在该文件的正文里"),
        (line(answers=[{"document": "丙", "quote": "经费"}]), "有答案不在该文件的正文里"),
        (line(split="dev"), "split 不是"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=message):
        read_questions(path, TEXTS)


def test_the_rank_is_that_of_the_first_hit_that_overlaps_an_answer() -> None:
    question = JudgedQuestion("钱谁给", "paraphrase", "tuning", ((Place("甲", 4, 6),),))
    # In another document; beside the answer; overlapping it by one character.
    hits = (hit(1, "乙", 0, 4), hit(2, "甲", 6, 13), hit(3, "甲", 0, 5))
    result = ask(question, lambda text, limit: SearchResult(hits, True, ()))
    assert (result.rank, result.answered, result.first) == (3, True, "《乙》保障经费")
    assert ask(question, lambda text, limit: SearchResult((), False, ())).rank is None


def test_each_answer_counts_once_where_it_is_first_given() -> None:
    question = JudgedQuestion("钱", "paraphrase", "tuning", ((Place("甲", 0, 6),), (Place("甲", 7, 13),)))
    found = [Place("甲", 0, 13), Place("乙", 0, 4), Place("甲", 0, 6), Place("甲", 8, 9)]
    assert answer_keys(question, found) == ["0", "-1", "-2", "1"]


def test_figures_of_a_split_by_hand() -> None:
    outcomes = [
        outcome("tuning", 1, True),
        outcome("tuning", 4, False),
        outcome("tuning", None, True),
        outcome("tuning", 2, True),
        outcome("tuning", None, False, negative=True),
        outcome("untouched", 1, True),
    ]
    text = "\n".join(report(outcomes, "tuning"))
    # In the first 3: 2 of 4; in the first 10: 3 of 4; MRR: (1 + 1/4 + 0 + 1/2) / 4.
    assert "| all that have an answer | 4 | 0.500 [0.000, 1.000] | 0.750 [0.250, 1.000] | 0.438 [" in text
    assert "| without an answer, recognised | 1 | 1.000 |" in text
    assert "| with an answer, false alarm | 4 | 0.250 [" in text


def test_failures_are_named_for_the_tuning_split_only() -> None:
    outcomes = [
        outcome("tuning", 3, True),
        outcome("tuning", 4, True),
        outcome("tuning", 1, False),
        outcome("tuning", None, True, negative=True),
        outcome("untouched", None, False),
    ]
    listed = list(failures(outcomes))
    assert [text.split(" – ")[1].split(";")[0] for text in listed] == [
        "rank 4",
        "said to have no answer",
        "said to have an answer",
    ]
    assert "untouched" not in "".join(listed)
