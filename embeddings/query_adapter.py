"""The adapter of questions: a linear map that brings their vectors nearer to those of the passages that answer them.

Passages keep the vectors of the language model as it is, so an index stays valid with and without the adapter. The
adapter is a LoRA (PEFT's own format) on a dense layer that is the identity before training, behind the language
model: the map is ``I + scale · B · A``. How it was trained: :mod:`embeddings.adaptation`; what it gains:
benchmarks/adaptation.md.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from embeddings.types import FloatArray
from kg.errors import StoreError

ADAPTER_FOLDER = Path(__file__).resolve().parent / "adapter"
WEIGHTS_FILE = "adapter_model.safetensors"
CONFIGURATION_FILE = "adapter_config.json"
_LAYER = "base_model.model.linear"


def load_query_adapter(folder: Path = ADAPTER_FOLDER) -> FloatArray:
    """The map (dimensions, dimensions), float32, that question vectors (rows) are multiplied by from the right.

    Raises :class:`StoreError` when a file is missing or is no such adapter.
    """
    try:
        configuration = json.loads((folder / CONFIGURATION_FILE).read_text("utf-8"))
        tensors = {name: values.astype(np.float32) for name, values in load_file(folder / WEIGHTS_FILE).items()}
        down, up = tensors[f"{_LAYER}.lora_A.weight"], tensors[f"{_LAYER}.lora_B.weight"]
        scale = np.float32(configuration["lora_alpha"] / configuration["r"])
    # safetensors raises an exception of its own for a file that it cannot read.
    except Exception as error:
        raise StoreError(f"问题适配器 {folder} 缺失或已损坏；请恢复仓库中的原文件（{error}）") from error
    merged: FloatArray = np.eye(len(up), dtype=np.float32) + scale * (up @ down)
    return merged.T


def adapt(vectors: FloatArray, adapter: FloatArray | None) -> FloatArray:
    """Question vectors (rows, dimensions) after the map, length 1; without an adapter as they are."""
    if adapter is None:
        return vectors
    adapted = vectors @ adapter
    unit: FloatArray = adapted / np.linalg.norm(adapted, axis=1, keepdims=True)
    return unit
