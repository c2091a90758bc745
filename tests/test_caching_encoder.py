"""Questions asked again are answered from what was kept, with the same vectors."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.caching_encoder import CachingEncoder
from tests.bigram_encoder import BigramEncoder, CountingEncoder

QUESTIONS = ["科普经费从哪里来", "学会怎样换届"]


def test_a_question_asked_again_is_not_encoded_again() -> None:
    counting = CountingEncoder()
    caching = CachingEncoder(counting, kept=2)
    first = caching.encode_queries(QUESTIONS)
    assert caching.name == counting.name
    assert np.array_equal(first, BigramEncoder().encode_queries(QUESTIONS))
    assert caching.encode_queries(list(QUESTIONS)) is first
    assert counting.queries == QUESTIONS
    assert np.array_equal(caching.encode_passages(QUESTIONS), counting.encode_passages(QUESTIONS))


def test_only_the_latest_are_kept_and_nobody_changes_them() -> None:
    counting = CountingEncoder()
    caching = CachingEncoder(counting, kept=1)
    vectors = caching.encode_queries(QUESTIONS[:1])
    with pytest.raises(ValueError, match="read-only"):
        vectors[0, 0] = 1.0
    caching.encode_queries(QUESTIONS[1:])
    caching.encode_queries(QUESTIONS[:1])
    assert counting.queries == [*QUESTIONS, QUESTIONS[0]]
