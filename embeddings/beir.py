"""A judged collection in the layout of BEIR (github.com/beir-cellar/beir): passages, questions, and who answers what.

corpus.jsonl     {"_id": …, "title": …, "text": …}, the title may be missing
queries.jsonl    {"_id": …, "text": …}
qrels/SPLIT.tsv  query-id, corpus-id and score, parted by tabulators, under a line with these names
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embeddings.query import understand
from kg.errors import InputError, NotFoundError

CORPUS_FILE = "corpus.jsonl"
QUERIES_FILE = "queries.jsonl"
JUDGEMENTS_FOLDER = "qrels"
DEFAULT_SPLIT = "test"
JUDGEMENT_COLUMNS = ["query-id", "corpus-id", "score"]

_LAYOUT = f"应为 BEIR 格式的文件夹，内有 {CORPUS_FILE}、{QUERIES_FILE} 和 {JUDGEMENTS_FOLDER}/名称.tsv"


@dataclass(frozen=True, slots=True)
class CollectionPassage:
    """A passage under its key."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgedCollection:
    """Passages, and the questions that one split judges.

    ``questions`` are texts by key; each has at least one answer. ``judgements`` give the grade of passages by question,
    above 0 for an answer. ``absent`` counts judgements of passages that the corpus does not hold: they stay, as
    answers that cannot be found.
    """

    folder: Path
    split: str
    passages: tuple[CollectionPassage, ...]
    questions: dict[str, str]
    judgements: dict[str, dict[str, int]]
    absent: int

    def summary(self) -> dict[str, str | int]:
        """Where it comes from and how large it is, as JSON values."""
        return {
            "folder": str(self.folder),
            "split": self.split,
            "passages": len(self.passages),
            "questions": len(self.questions),
            "judgements": sum(map(len, self.judgements.values())),
            "absent": self.absent,
        }


def read_collection(folder: Path, split: str | None = None, question_limit: int | None = None) -> JudgedCollection:
    """Read a folder; without ``split``, its split "test", or the only one. At most ``question_limit`` questions.

    Raises:
        NotFoundError: the folder, a file of it or the split is missing.
        InputError: a line is not what the layout wants, a key occurs twice, a question that is judged is missing or
            cannot be searched for, or fewer than two questions have an answer.
    """
    if not folder.is_dir():
        raise NotFoundError(f"找不到文件夹“{folder}”。{_LAYOUT}。")
    judgements_path = _find_judgements(folder, split)
    passages = tuple(_read_passages(folder / CORPUS_FILE))
    judgements = _read_judgements(judgements_path)
    answered = [key for key, grades in judgements.items() if max(grades.values()) > 0]
    if len(answered) < 2:
        raise InputError(f"文件“{judgements_path}”里只有 {len(answered)} 个问题有答案（score 大于 0），至少需要 2 个。")
    chosen = answered[:question_limit]
    questions = _read_questions(folder / QUERIES_FILE, set(chosen))
    for key in chosen:
        if key not in questions:
            raise InputError(
                f"文件“{judgements_path}”判定了问题“{key}”，{QUERIES_FILE} 里却没有。请补上该问题或删去判定。"
            )
    keys = {passage.key for passage in passages}
    judged = [key for question in chosen for key in judgements[question]]
    absent = sum(key not in keys for key in judged)
    if absent == len(judged):
        raise InputError(f"文件“{judgements_path}”判定的文本都不在 {CORPUS_FILE} 里。请检查两边的编号是否一致。")
    return JudgedCollection(
        folder=folder,
        split=judgements_path.stem,
        passages=passages,
        questions={key: questions[key] for key in chosen},
        judgements={key: judgements[key] for key in chosen},
        absent=absent,
    )


def _find_judgements(folder: Path, split: str | None) -> Path:
    splits = {path.stem: path for path in sorted((folder / JUDGEMENTS_FOLDER).glob("*.tsv"))}
    if not splits:
        raise NotFoundError(f"“{folder}”里没有 {JUDGEMENTS_FOLDER}/名称.tsv。{_LAYOUT}。")
    if split is None and len(splits) == 1:
        return next(iter(splits.values()))
    path = splits.get(split or DEFAULT_SPLIT)
    if path is None:
        raise NotFoundError(
            f"“{folder / JUDGEMENTS_FOLDER}”里没有 {split or DEFAULT_SPLIT}.tsv，只有 {'、'.join(splits)}。"
            "请用 --split 指定其中一个。"
        )
    return path


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers (from 1), without line ends."""
    if not path.is_file():
        raise NotFoundError(f"找不到文件“{path}”。{_LAYOUT}。")
    number = 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"文件“{path}”第 {number + 1} 行以后有不是 UTF-8 的内容。请另存为 UTF-8 编码。") from error


def _records(path: Path, expected: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Number, key and fields of each line; keys are different, ``text`` is there and a string."""
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        where = f"文件“{path}”第 {number} 行"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(f"{where}不是 JSON（{error}）；每行应为 {expected}。") from error
        if not isinstance(record, dict):
            raise InputError(f"{where}是 {line[:40]}；每行应为 {expected}。")
        for field in ("_id", "text"):
            if not isinstance(record.get(field), str):
                raise InputError(f"{where}的 {field} 应为字符串，得到 {record.get(field)!r}；每行应为 {expected}。")
        key = record["_id"]
        if key in seen:
            raise InputError(f"{where}的编号“{key}”与第 {seen[key]} 行重复。请给每行一个不同的 _id。")
        seen[key] = number
        yield number, key, record


def _read_passages(path: Path) -> Iterator[CollectionPassage]:
    expected = '{"_id": "编号", "title": "题名（可无）", "text": "正文"}'
    for number, key, record in _records(path, expected):
        title = record.get("title") or ""
        if not isinstance(title, str):
            raise InputError(f"文件“{path}”第 {number} 行的 title 应为字符串，得到 {title!r}；每行应为 {expected}。")
        yield CollectionPassage(key, title, str(record["text"]))


def _read_questions(path: Path, wanted: set[str]) -> dict[str, str]:
    """Texts of the questions ``wanted`` that the file holds, each fit to be searched for."""
    questions: dict[str, str] = {}
    for number, key, record in _records(path, '{"_id": "编号", "text": "问题"}'):
        if key in wanted:
            questions[key] = str(record["text"])
            try:
                understand(questions[key], {})
            except InputError as error:
                raise InputError(f"文件“{path}”第 {number} 行的问题“{key}”无法检索：{error}。") from error
    return questions


def _read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades of passages by question."""
    header = " ".join(JUDGEMENT_COLUMNS)
    judgements: dict[str, dict[str, int]] = {}
    for position, (number, line) in enumerate(_lines(path)):
        columns = line.split("\t")
        if position == 0:
            if columns != JUDGEMENT_COLUMNS:
                raise InputError(f"文件“{path}”第 {number} 行应为列名 {header}（制表符分隔），得到：{line[:60]}")
            continue
        try:
            question, passage, grade = columns
            judgements.setdefault(question, {})[passage] = int(grade)
        except ValueError as error:
            raise InputError(
                f"文件“{path}”第 {number} 行应为三列 {header}（制表符分隔，score 为整数），得到：{line[:60]}"
            ) from error
    return judgements
