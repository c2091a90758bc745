"""The default language model as files: from the weights that a package carries to a sentence-transformers folder.

The folder holds multilingual-e5-small (MIT licence) in the usual form, ``SentenceTransformer(folder)`` loads it,
and beside it ``model.onnx`` for :class:`embeddings.onnx_encoder.OnnxEncoder`, which shares its weights file.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from sentencepiece import SentencePieceNormalizer, sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from embeddings.onnx_encoder import OnnxEncoder
from embeddings.onnx_graph import write_onnx_graph
from embeddings.packaged_weights import (
    PackagedWeights,
    default_model_directory,
    find_weights_file,
    read_packaged_weights,
)
from kg.errors import StoreError

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
MAXIMUM_TOKENS = 512

# First components of the vector of a question; the package's own engine gives them within 0.002.
KNOWN_SENTENCE = "科技工作者"
KNOWN_COMPONENTS = (0.0416, 0.0013, -0.0268, -0.0613)
KNOWN_TOLERANCE = 0.001


def convert_default_model(models_directory: Path) -> Path:
    """Convert the packaged model into a folder under ``models_directory``, once, and return that folder.

    It is written aside, checked with a known answer and renamed, so a killed conversion leaves nothing that is
    taken for a model. Raises :class:`StoreError` when the package or its file is not the pinned one, when the
    folder cannot be written, or when the converted model gives wrong vectors.
    """
    directory = default_model_directory(models_directory)
    if directory.exists():
        return directory
    weights = read_packaged_weights(find_weights_file())
    try:
        models_directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".convert-", dir=models_directory) as scratch:
            draft = Path(scratch) / directory.name
            _write_model(weights, draft)
            _check_known_answer(draft)
            _publish(draft, directory)
    except OSError as error:
        raise StoreError(
            f"语言模型写不进 {models_directory}（{error.strerror}）；请检查该目录的权限和剩余空间（需 1 GB）"
        ) from error
    return directory


def _publish(draft: Path, directory: Path) -> None:
    try:
        draft.rename(directory)
    except OSError:
        # Another process converted at the same time and was first: its folder is as good.
        if not directory.exists():
            raise


def _write_model(weights: PackagedWeights, directory: Path) -> None:
    directory.mkdir()
    tensors = dict(weights.tensors)
    # BertModel has a pooler that a mean-pooled sentence encoder never uses; without it loading would warn.
    hidden = weights.hidden_size
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    save_file(tensors, directory / "model.safetensors", metadata={"format": "pt"})
    for name, content in _configuration_files(weights).items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (directory / "2_Normalize").mkdir()
    _build_tokenizer(weights).save(str(directory / "tokenizer.json"))
    write_onnx_graph(directory, weights.layers, weights.heads, hidden)


def _configuration_files(weights: PackagedWeights) -> dict[str, Any]:
    """The JSON files of a sentence-transformers folder, by name."""
    modules = [("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": weights.vocabulary_size,
            "hidden_size": weights.hidden_size,
            "num_hidden_layers": weights.layers,
            "num_attention_heads": weights.heads,
            "intermediate_size": weights.feed_forward_size,
            "max_position_embeddings": weights.positions,
            "type_vocab_size": len(weights.tensors["embeddings.token_type_embeddings.weight"]),
            "hidden_act": "gelu",
            "layer_norm_eps": 1e-12,
            "pad_token_id": weights.special_ids["pad"],
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAXIMUM_TOKENS,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{name}"}
            for i, (name, path) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": MAXIMUM_TOKENS, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": weights.hidden_size,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _build_tokenizer(weights: PackagedWeights) -> Tokenizer:
    """The tokenizer of XLM-RoBERTa: SentencePiece unigram over text normalised by its ``nmt_nfkc`` rules."""
    ids = weights.special_ids
    tokenizer = Tokenizer(models.Unigram(weights.pieces, unk_id=ids["unk"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            # SentencePiece 0.2.3 keeps the zero width joiner, which the model was trained to read as a space.
            normalizers.Replace("\u200d", " "),
            normalizers.Precompiled(_normalization_rules()),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    special = [weights.pieces[ids[name]][0] for name in ("bos", "pad", "eos", "unk")]
    tokenizer.add_special_tokens([*special, AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", ids["bos"]), ("</s>", ids["eos"])],
    )
    differing = [
        character
        for character, normalised in weights.normalization.items()
        if not "\ud800" <= character <= "\udfff" and tokenizer.normalizer.normalize_str(character) != normalised
    ]
    if differing:
        raise StoreError(
            f"sentencepiece 的归一化规则与语言模型的不符（{len(differing)} 个字符，如 {differing[0]!r}）；"
            "请按 requirements.txt 重新安装 sentencepiece"
        )
    return tokenizer


def _normalization_rules() -> bytes:
    """SentencePiece's ``nmt_nfkc`` rules, compiled; the weights file has them only as a table of characters."""
    specification = sentencepiece_model_pb2.NormalizerSpec()  # type: ignore[attr-defined]  # a generated module
    specification.ParseFromString(SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_normalizer_spec())
    rules: bytes = specification.precompiled_charsmap
    return rules


def _check_known_answer(directory: Path) -> None:
    vector = OnnxEncoder(directory).encode_queries([KNOWN_SENTENCE])[0]
    found = vector[: len(KNOWN_COMPONENTS)]
    if not np.allclose(found, KNOWN_COMPONENTS, atol=KNOWN_TOLERANCE):
        raise StoreError(
            f"转换后的语言模型算出的向量不对：“{KNOWN_SENTENCE}”应以 {KNOWN_COMPONENTS} 开头，得到 {found.tolist()}；"
            "请按 requirements.txt 重新安装各软件包"
        )
