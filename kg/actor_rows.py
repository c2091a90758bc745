"""Rows of named queries about actors, kept: the broad kinds stand for most of the organizations asked about."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from kg.questions import Row, run_question
from kg.store import GraphStore

ROWS_KEPT = 200_000
"""Some 100 MB; the default corpus has 50,000 in all."""


class ActorRows:
    """Asks a question about each actor once, and again when many others were asked about since; safe to share."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], list[Row]] = OrderedDict()  # the latest asked for comes last
        self._count = 0

    def rows(self, question: str, actors: Sequence[str]) -> list[Row]:
        """Rows of a question with the one parameter ``actors`` and a column ``actor``, by actor."""
        found = self._found(question, actors)
        missing = [actor for actor in actors if actor not in found]
        if missing:
            read: dict[str, list[Row]] = {actor: [] for actor in missing}
            for row in run_question(self._store, question, actors=missing):
                read[str(row["actor"])].append(row)
            self._keep(question, read)
            found |= read
        return [row for actor in actors for row in found[actor]]

    def _found(self, question: str, actors: Sequence[str]) -> dict[str, list[Row]]:
        with self._lock:
            kept = [actor for actor in actors if (question, actor) in self._kept]
            for actor in kept:
                self._kept.move_to_end((question, actor))
            return {actor: self._kept[question, actor] for actor in kept}

    def _keep(self, question: str, read: dict[str, list[Row]]) -> None:
        with self._lock:
            for actor, rows in read.items():
                self._count += len(rows) - len(self._kept.get((question, actor), ()))
                self._kept[question, actor] = rows
            while self._count > ROWS_KEPT:
                self._count -= len(self._kept.popitem(last=False)[1])
