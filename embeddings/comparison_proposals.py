"""Documents worth comparing: versions of one text, what rests on what, and local texts beside the national one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from embeddings.alignment import wording
from kg.questions import Row, run_question
from kg.store import GraphStore
from kg.title_forms import title_form

LIKE_TITLE = 0.4
"""Share of words in common from which a local title is like a national one."""
CARRIED_OUT = {"based_on": "依据", "implements": "贯彻"}
"""Relations in which the citing document carries the cited one out, with their names."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two documents by their IRIs, the older or higher first, and why they are proposed (Chinese)."""

    first: str
    second: str
    reason: str


def propose_comparisons(store: GraphStore, limit: int = 20) -> list[Proposal]:
    """At most ``limit`` proposals: versions first, then documents that carry another out, then like titles."""
    documents = run_question(store, "documents")
    found: dict[frozenset[str], Proposal] = {}
    for proposal in (*_versions(documents), *_carried_out(store), *_local(documents)):
        found.setdefault(frozenset({proposal.first, proposal.second}), proposal)
    return list(found.values())[:limit]


def _versions(documents: list[Row]) -> Iterator[Proposal]:
    by_core: dict[str, list[Row]] = defaultdict(list)
    for row in documents:
        form = title_form(str(row["title"]))
        if not form.generic:
            by_core[form.core].append(row)
    for rows in by_core.values():
        for first, second in pairwise(sorted(rows, key=lambda row: str(row["issued"] or ""))):
            years = "、".join(str(row["issued"])[:4] for row in (first, second) if row["issued"])
            yield _proposal(first, second, f"同一题名的两个版本（{years}）" if years else "同一题名的两个版本")


def _carried_out(store: GraphStore) -> Iterator[Proposal]:
    for row in run_question(store, "document_relations"):
        relation = str(row["relation"])
        if relation in CARRIED_OUT:
            yield Proposal(str(row["cited"]), str(row["iri"]), f"后者{CARRIED_OUT[relation]}前者")


def _local(documents: list[Row]) -> Iterator[Proposal]:
    national = [row for row in documents if row["level"] == "national"]
    local = [row for row in documents if row["level"] not in (None, "national")]
    if not national or not local:
        return
    shares = wording([str(row["title"]) for row in national], [str(row["title"]) for row in local])
    places = np.argwhere(shares >= LIKE_TITLE)
    for i, j in sorted(places.tolist(), key=lambda place: -shares[place[0], place[1]]):
        yield _proposal(national[i], local[j], "国家与地方的题名相近")


def _proposal(first: Row, second: Row, reason: str) -> Proposal:
    return Proposal(str(first["iri"]), str(second["iri"]), reason)
