"""The adapter of questions: made of files, equal to what PEFT makes of them, and the questions it is trained on."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from embeddings.knowledge_base import INDEX, KnowledgeBase
from embeddings.query_adapter import ADAPTER_FOLDER, WEIGHTS_FILE, adapt, load_query_adapter
from embeddings.shards import read_shard_list
from embeddings.training_pairs import make_pairs, make_question
from embeddings.types import FloatArray
from kg.errors import StoreError
from kg.settings import Settings
from tests.bigram_encoder import BigramEncoder

QUESTIONS = ["外国科学家能不能在学会担任职务", "成果转化的收入怎么分", "短"]


def test_the_map_equals_what_peft_makes_of_the_files() -> None:
    import torch
    from peft import PeftModel

    adapter = load_query_adapter()
    size = len(adapter)
    dense = torch.nn.Sequential()
    dense.add_module("linear", torch.nn.Linear(size, size, bias=False))
    torch.nn.init.eye_(dense.linear.weight)
    model = PeftModel.from_pretrained(dense, str(ADAPTER_FOLDER)).float()
    vectors = np.random.default_rng(0).normal(size=(5, size)).astype(np.float32)
    with torch.no_grad():
        expected = model(torch.from_numpy(vectors)).numpy()
    assert vectors @ adapter == pytest.approx(expected, abs=1e-4)
    assert np.abs(expected - vectors).max() > 0.1  # it was trained


def test_the_adapter_is_small() -> None:
    assert sum(path.stat().st_size for path in ADAPTER_FOLDER.iterdir()) < 5_000_000


def test_questions_are_mapped_and_keep_length_1() -> None:
    plain = BigramEncoder().encode_queries(QUESTIONS)
    size = plain.shape[1]
    turned: FloatArray = np.roll(np.eye(size, dtype=np.float32), 1, axis=1) * 2
    assert adapt(plain, turned) == pytest.approx(np.roll(plain, 1, axis=1))
    assert np.array_equal(adapt(plain, None), plain)
    assert adapt(plain[:0], turned).shape == (0, size)


@pytest.mark.parametrize("content", [None, b"", b"not tensors"])
def test_a_missing_or_damaged_adapter_is_explained(tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "adapter"
    shutil.copytree(ADAPTER_FOLDER, folder)
    if content is None:
        (folder / WEIGHTS_FILE).unlink()
    else:
        (folder / WEIGHTS_FILE).write_bytes(content)
    with pytest.raises(StoreError, match="缺失或已损坏"):
        load_query_adapter(folder)


def test_a_question_is_made_of_words_of_the_text_or_everyday_words_for_them() -> None:
    text = "第九条 国家鼓励科学技术人员开展科学技术普及。"
    questions = {make_question(text, "中华人民共和国科学技术普及法", random.Random(seed)) for seed in range(200)}
    assert any("科普" in question for question in questions)
    assert any("科学技术人员" in question for question in questions)
    assert any(question.startswith("科学技术普及法") for question in questions)
    assert not any("第九条" in question or "中华人民共和国" in question for question in questions)


def test_pairs_are_answered_by_all_that_overlaps(small_settings: Settings) -> None:
    knowledge_base = KnowledgeBase.open(small_settings)
    directory = knowledge_base.folder / INDEX
    (table,) = (shard.passages(directory) for shard in read_shard_list(directory).shards)
    pairs = make_pairs(table, 30, seed=1)
    assert pairs == make_pairs(table, 30, seed=1)
    rows = table.select(["document", "start", "end", "heading"]).to_pylist()
    for pair in pairs[:30]:
        answers = [rows[row] for row in pair.rows]
        assert {row["document"] for row in answers} == {answers[0]["document"]}
        assert max(row["start"] for row in answers) < max(row["end"] for row in answers)
        assert any(all(row["start"] < one["end"] and one["start"] < row["end"] for row in answers) for one in answers)
    headings = {row["heading"] for row in rows if row["heading"]}
    assert len(pairs) == 30 + len(headings)
    assert all(len({rows[row]["heading"] for row in pair.rows}) == 1 for pair in pairs[30:])
