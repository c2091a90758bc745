"""Text to graph: reading, parsing, extraction, RDF, queries. Imports nothing of ``embeddings``, ``web`` or ``cli``."""
