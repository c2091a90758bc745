"""Which language model search gets."""

from __future__ import annotations

from embeddings.onnx_encoder import OnnxEncoder
from embeddings.packaged_weights import default_model_directory
from embeddings.query_adapter import load_query_adapter
from embeddings.types import Encoder, FloatArray
from kg.settings import Settings


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name, loaded; the default model is converted on first use (some 6 s).

    Raises :class:`kg.errors.StoreError` when the default model cannot be converted or opened, and
    :class:`kg.errors.InputError` when there is no model of the name given.
    """
    # Torch takes seconds to import, and conversion is done once: a start with the default model needs neither.
    if settings.model:
        from embeddings.transformer_encoder import SentenceTransformerEncoder  # noqa: PLC0415

        return SentenceTransformerEncoder(settings.model)
    directory = default_model_directory(settings.models)
    if not directory.exists():
        from embeddings.convert import convert_default_model  # noqa: PLC0415

        convert_default_model(settings.models)
    return OnnxEncoder(directory)


def load_adapter(settings: Settings) -> FloatArray | None:
    """The adapter for questions of the default model; None for another model or where the settings want none.

    Raises :class:`kg.errors.StoreError` when it is missing or damaged.
    """
    return None if settings.model or settings.plain_questions else load_query_adapter()
