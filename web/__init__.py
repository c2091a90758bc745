"""Pages and HTTP routes of ``app.py``. May import ``kg`` and ``embeddings``."""
