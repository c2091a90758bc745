"""The index of a knowledge base: the passages table, the vectors and the words, in one folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from embeddings.lexical import build_lexical_index
from embeddings.passages import indexed_texts, write_passages
from embeddings.types import Encoder, Progress
from embeddings.vectors import build_vector_index

PASSAGES_FILE = "passages.arrow"
VECTORS_FILE = "vectors.faiss"
LEXICAL_FOLDER = "lexical"


def build_index(table: pa.Table, encoder: Encoder, directory: Path, progress: Progress | None = None) -> None:
    """Index ``table`` (columns of ``PASSAGES_SCHEMA``) into ``directory``; each distinct text is encoded once.

    ``progress`` counts encoded texts: nearly all of the time goes there.
    """
    directory.mkdir(parents=True, exist_ok=True)
    texts = indexed_texts(table)
    distinct = {text: position for position, text in enumerate(dict.fromkeys(texts))}
    vectors = encoder.encode_passages(list(distinct), progress)
    build_vector_index(vectors[np.array([distinct[text] for text in texts], np.int64)], directory / VECTORS_FILE)
    build_lexical_index(table, texts, directory / LEXICAL_FOLDER)
    write_passages(table, directory / PASSAGES_FILE)
