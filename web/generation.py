"""What lasts as long as a generation of the knowledge base: cached results, and what HTTP caches ask about."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Generic, TypeVar

from starlette.requests import Request

from embeddings.knowledge_base import MANIFEST, KnowledgeBase

Result = TypeVar("Result")


class OfGeneration(Generic[Result]):
    """A result that is computed once for each generation."""

    def __init__(self, compute: Callable[[KnowledgeBase], Result]) -> None:
        self._compute = compute
        self._lock = threading.Lock()
        self._found: tuple[Path, Result] | None = None

    def get(self, knowledge_base: KnowledgeBase) -> Result:
        """The result for this generation; safe to call from any thread."""
        with self._lock:
            if self._found is None or self._found[0] != knowledge_base.folder:
                self._found = (knowledge_base.folder, self._compute(knowledge_base))
            return self._found[1]


def built_at(knowledge_base: KnowledgeBase) -> datetime:
    """When the generation was built, in whole seconds."""
    return datetime.fromtimestamp(int((knowledge_base.folder / MANIFEST).stat().st_mtime), UTC)


def cache_headers(knowledge_base: KnowledgeBase) -> dict[str, str]:
    """Validators of an answer that depends on the generation and the path alone (RFC 9110, 8.8)."""
    return {
        "etag": f'W/"{knowledge_base.folder.name}"',
        "last-modified": format_datetime(built_at(knowledge_base), usegmt=True),
        "cache-control": "no-cache",
    }


def is_unchanged(request: Request, headers: dict[str, str]) -> bool:
    """Whether the client has what it asks for (RFC 9110, 13.1: an ``If-None-Match`` overrules the date)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        wanted = headers["etag"].removeprefix("W/")
        return any(tag.strip().removeprefix("W/") in (wanted, "*") for tag in tags.split(","))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return parsedate_to_datetime(headers["last-modified"]) <= since
