"""What made the statements: version of the extractor and a hash of the knowledge it works with."""

from __future__ import annotations

import hashlib
from functools import cache

from kg import lexicon, vocabulary

EXTRACTOR_VERSION = "1.2.0"
"""Raised by hand whenever the same text and lexicon may give other statements."""


@cache
def configuration_hash() -> str:
    """SHA-256 of every lexicon and vocabulary file, names and contents, in the order of names."""
    digest = hashlib.sha256()
    files = [*lexicon.FOLDER.glob("*.tsv"), *vocabulary.FOLDER.glob("*.ttl")]
    for path in sorted(files, key=lambda path: path.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\x1f{len(content)}\x1f".encode())
        digest.update(content)
    return digest.hexdigest()
