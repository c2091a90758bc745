"""A BERT sentence encoder as an ONNX graph, written node by node.

Nothing is traced: the graph says exactly what is computed, down to the unit vector, and its weights stay where
they are, in the model folder's ``model.safetensors``, which the graph refers to as external data. Shapes below:
b sentences, s tokens, h hidden units.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 23  # the first with an Attention operator
LAYER_NORM_EPSILON = 1e-12  # BERT's own


class _Graph:
    """Nodes and initializers under construction; a value is named after the node that makes it."""

    def __init__(self, tensors: list[TensorProto]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers = tensors

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        output = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, values: Any, dtype: type) -> str:
        name = f"constant_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(values, dtype), name))
        return name

    def linear(self, x: str, name: str) -> str:
        # Transposing a constant is folded when the session is made.
        weight = self.node("Transpose", f"{name}.weight", perm=[1, 0])
        return self.node("Add", self.node("MatMul", x, weight), f"{name}.bias")

    def layer_norm(self, x: str, name: str) -> str:
        return self.node("LayerNormalization", x, f"{name}.weight", f"{name}.bias", axis=-1, epsilon=LAYER_NORM_EPSILON)


def write_onnx_graph(directory: Path, layers: int, heads: int, hidden_size: int) -> Path:
    """Write ``model.onnx`` beside the folder's ``model.safetensors`` and return its path.

    Inputs: ``input_ids`` and ``attention_mask``, int64 (b, s). Output: ``sentence_embedding``, float32
    (b, hidden_size): the mean of the last layer over the tokens that the mask keeps, with length 1.
    """
    graph = _Graph(_external_tensors(directory / "model.safetensors"))
    x = _embed(graph)
    keep = _attention_mask(graph)
    for layer in range(layers):
        x = _encoder_layer(graph, x, keep, f"encoder.layer.{layer}", heads)
    _pool(graph, x)
    sides = ["sentence", "token"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "sentence_encoder",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, sides),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT64, sides),
            ],
            [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["sentence", hidden_size])],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=10,
    )
    path = directory / "model.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def _embed(graph: _Graph) -> str:
    """Sum of word, position and token-type embeddings, normalised: (b, s, h)."""
    words = graph.node("Gather", "embeddings.word_embeddings.weight", "input_ids")
    tokens = graph.node("Shape", "input_ids", start=1, end=2)
    zero = graph.constant([0], np.int64)
    positions = graph.node("Slice", "embeddings.position_embeddings.weight", zero, tokens, zero)
    token_type = graph.node("Gather", "embeddings.token_type_embeddings.weight", zero)
    total = graph.node("Add", graph.node("Add", words, token_type), positions)
    return graph.layer_norm(total, "embeddings.LayerNorm")


def _attention_mask(graph: _Graph) -> str:
    """Which token may look at which, bool (b, 1, s, s): at every token that is no padding."""
    keep = graph.node("Cast", "attention_mask", to=TensorProto.BOOL)
    keep = graph.node("Unsqueeze", keep, graph.constant([1, 2], np.int64))
    # ONNX Runtime does not broadcast the side of the looking token.
    tokens = graph.node("Shape", "input_ids", start=1, end=2)
    one = graph.constant([1], np.int64)
    return graph.node("Expand", keep, graph.node("Concat", one, one, tokens, one, axis=0))


def _encoder_layer(graph: _Graph, x: str, keep: str, name: str, heads: int) -> str:
    query, key, value = (graph.linear(x, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
    mixed = graph.node("Attention", query, key, value, keep, q_num_heads=heads, kv_num_heads=heads)
    attended = graph.linear(mixed, f"{name}.attention.output.dense")
    x = graph.layer_norm(graph.node("Add", attended, x), f"{name}.attention.output.LayerNorm")
    inner = graph.node("Gelu", graph.linear(x, f"{name}.intermediate.dense"))
    outer = graph.linear(inner, f"{name}.output.dense")
    return graph.layer_norm(graph.node("Add", outer, x), f"{name}.output.LayerNorm")


def _pool(graph: _Graph, x: str) -> None:
    """Mean over kept tokens, then length 1."""
    weights = graph.node(
        "Cast", graph.node("Unsqueeze", "attention_mask", graph.constant([1], np.int64)), to=TensorProto.FLOAT
    )
    # (b, 1, s) x (b, s, h): the length that a mean would divide by goes with the normalisation.
    total = graph.node("Squeeze", graph.node("MatMul", weights, x), graph.constant([1], np.int64))
    length = graph.node("ReduceL2", total, graph.constant([1], np.int64), keepdims=1)
    graph.nodes.append(helper.make_node("Div", [total, length], ["sentence_embedding"], name="sentence_embedding"))


def _external_tensors(path: Path) -> list[TensorProto]:
    """The tensors of a safetensors file (8 bytes header length, JSON header, data) as external initializers."""
    with path.open("rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_bytes))
    tensors = []
    for name, entry in header.items():
        if name == "__metadata__" or name.startswith("pooler."):
            continue
        start, end = entry["data_offsets"]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=entry["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        location = {"location": path.name, "offset": 8 + header_bytes + start, "length": end - start}
        for field, value in location.items():
            tensor.external_data.add(key=field, value=str(value))
        tensors.append(tensor)
    return tensors
