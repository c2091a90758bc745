"""Which language model search gets."""

from __future__ import annotations

from embeddings.onnx_encoder import OnnxEncoder
from embeddings.packaged_weights import default_model_directory
from embeddings.query_adapter import AdaptedEncoder, load_query_adapter
from embeddings.types import Encoder
from kg.settings import Settings


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name, loaded; the default model is converted on first use (some 6 s).

    The default model's questions go through the adapter, unless the settings want them plain.

    Raises :class:`kg.errors.StoreError` when the default model or the adapter cannot be converted or opened, and
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
    encoder = OnnxEncoder(directory)
    return encoder if settings.plain_questions else AdaptedEncoder(encoder, load_query_adapter())
