"""Judged collections: what is read, and what is said about files that are not as they should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from embeddings.beir import CollectionPassage, read_collection
from kg.errors import InputError, NotFoundError

HEADER = "query-id\tcorpus-id\tscore\n"


def write_folder(folder: Path, **files: str) -> Path:
    """A folder of two passages and three questions, with some files replaced: corpus, queries, or a split by name."""
    corpus = [{"_id": "d1", "title": "甲法", "text": "应当保障经费。"}, {"_id": "d2", "text": "不得挪用。"}]
    queries = [{"_id": "q1", "text": "经费"}, {"_id": "q2", "text": "挪用"}, {"_id": "q3", "text": "？"}]
    contents = {
        "corpus": "\n".join(json.dumps(record, ensure_ascii=False) for record in corpus),
        "queries": "\n".join(json.dumps(record, ensure_ascii=False) for record in queries),
    } | files
    if len(contents) == 2:
        contents["test"] = HEADER + "q2\td2\t1\nq1\td1\t2\nq1\td2\t0\n"
    (folder / "qrels").mkdir(parents=True)
    for name, content in contents.items():
        path = folder / f"{name}.jsonl" if name in ("corpus", "queries") else folder / "qrels" / f"{name}.tsv"
        path.write_text(content, encoding="utf-8")
    return folder


def test_a_collection_is_read_with_the_questions_that_its_split_judges(tmp_path: Path) -> None:
    collection = read_collection(write_folder(tmp_path))
    assert collection.split == "test"
    assert collection.passages == (
        CollectionPassage("d1", "甲法", "应当保障经费。"),
        CollectionPassage("d2", "", "不得挪用。"),
    )
    assert collection.questions == {"q2": "挪用", "q1": "经费"}  # q3 could not be searched for, and is not asked
    assert collection.judgements == {"q2": {"d2": 1}, "q1": {"d1": 2, "d2": 0}}
    assert collection.absent == 0


def test_questions_without_an_answer_are_left_out_and_absent_answers_counted(tmp_path: Path) -> None:
    rows = "q1\td1\t1\nq1\tlost\t1\nq3\td1\t0\nq2\td2\t1\n"
    collection = read_collection(write_folder(tmp_path, train=HEADER + rows))
    assert list(collection.questions) == ["q1", "q2"]
    assert collection.absent == 1
    assert collection.summary()["judgements"] == 3


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    corpus = '\ufeff{"_id": "d1", "text": "甲\u2028乙"}\r\n\r\n{"_id": "d2", "text": "丙"}\r\n'
    collection = read_collection(write_folder(tmp_path, corpus=corpus, dev=HEADER + "q1\td1\t1\nq2\td2\t1\n"))
    assert [passage.text for passage in collection.passages] == ["甲\u2028乙", "丙"]


def test_of_several_splits_test_is_taken_and_others_by_name(tmp_path: Path) -> None:
    rows = HEADER + "q1\td1\t1\nq2\td2\t1\n"
    folder = write_folder(tmp_path, train=rows, test=rows)
    assert read_collection(folder).split == "test"
    assert read_collection(folder, "train").split == "train"
    with pytest.raises(NotFoundError, match=r"没有 dev\.tsv，只有 test、train"):
        read_collection(folder, "dev")


def test_without_a_split_named_test_one_of_several_must_be_chosen(tmp_path: Path) -> None:
    rows = HEADER + "q1\td1\t1\nq2\td2\t1\n"
    with pytest.raises(NotFoundError, match="--split"):
        read_collection(write_folder(tmp_path, train=rows, dev=rows))


def test_fewer_questions_can_be_asked_for(tmp_path: Path) -> None:
    rows = HEADER + "q1\td1\t1\nq2\td2\t1\nq3\td2\t1\n"
    assert list(read_collection(write_folder(tmp_path, test=rows), question_limit=2).questions) == ["q1", "q2"]


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    folder = write_folder(tmp_path)
    (folder / missing).unlink()
    with pytest.raises(NotFoundError, match=r"corpus\.jsonl、queries\.jsonl 和 qrels/名称\.tsv") as caught:
        read_collection(folder)
    assert missing.split("/", maxsplit=1)[0] in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="没有这里"):
        read_collection(tmp_path / "没有这里")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"corpus": '{"_id": "d1", "text": "甲"}\n{"_id": "d2", "te'}, r"corpus\.jsonl”第 2 行不是 JSON"),
        ({"corpus": "[1]"}, r"corpus\.jsonl”第 1 行是 \[1\]；每行应为"),
        ({"corpus": '{"_id": 7, "text": "甲"}'}, "第 1 行的 _id 应为字符串，得到 7"),
        ({"corpus": '{"_id": "d1"}'}, "第 1 行的 text 应为字符串，得到 None"),
        ({"corpus": '{"_id": "d1", "title": ["x"], "text": "甲"}'}, "第 1 行的 title 应为字符串"),
        ({"corpus": '{"_id": "d1", "text": "甲"}\n\n{"_id": "d1", "text": "乙"}'}, "第 3 行的编号“d1”与第 1 行重复"),
        ({"queries": '{"_id": "q1", "text": "经费"}'}, "判定了问题“q2”"),
        ({"test": "q1\td1\t1\n"}, r"test\.tsv”第 1 行应为列名 query-id corpus-id score.*q1"),
        ({"test": HEADER + "q1 d1 1\n"}, r"test\.tsv”第 2 行应为三列"),
        ({"test": HEADER + "q1\td1\t0.5\n"}, "score 为整数"),
        ({"test": HEADER + "q1\td1\t1\nq2\td1\t0\n"}, "只有 1 个问题有答案"),
        ({"test": HEADER + "q1\td1\t1\nq3\td1\t1\n"}, r"queries\.jsonl”第 3 行的问题“q3”无法检索"),
        ({"test": HEADER + "q1\tx1\t1\nq2\tx2\t1\n"}, r"都不在 corpus\.jsonl 里"),
    ],
)
def test_a_bad_line_is_named_with_what_was_expected(tmp_path: Path, files: dict[str, str], message: str) -> None:
    split = {"test": HEADER + "q1\td1\t1\nq2\td1\t1\n"}
    with pytest.raises(InputError, match=message):
        read_collection(write_folder(tmp_path, **(split | files)))


def test_another_encoding_is_named(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "corpus.jsonl").write_bytes('{"_id": "d1", "text": "经费"}'.encode("gb18030"))
    with pytest.raises(InputError, match=r"corpus\.jsonl”.*UTF-8"):
        read_collection(folder)
