"""SPARQL: named queries beside other stores, what the endpoint adds, and a second client under hostile queries.

    python -m benchmarks.sparql COLLECTION [--folder DIR] [--virtuoso]

COLLECTION is a folder with ``.txt`` files at any depth that make a million triples. With ``--folder`` their store is
kept there and used again; with ``--virtuoso`` an installed Virtuoso 7 is compared as well. Writes benchmarks/sparql.md.
"""

from __future__ import annotations

import argparse
import math
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

import httpx

from benchmarks.end_to_end import commit
from benchmarks.sparql_stores import (
    RIVAL_SECONDS,
    ROUNDS,
    Measured,
    build,
    compare,
    measure,
    our_answers,
    queries,
    rdflib_answers,
    virtuoso_answers,
)
from benchmarks.virtuoso import running_virtuoso
from embeddings.knowledge_base import STORE, KnowledgeBase
from kg.export import serialize_result
from kg.rdf_formats import GRAPH_FILES, write_quads
from kg.settings import PROJECT_ROOT, QueryLimits, Settings
from kg.store import GraphStore
from tests.hostile_queries import REFUSED, STOPPED
from tests.sparql_service import served_on_a_port

REPORT = PROJECT_ROOT / "benchmarks" / "sparql.md"
CHEAP = {
    "one title": "SELECT ?t { ?d a kp:PolicyDocument ; dcterms:title ?t } LIMIT 1",
    "is there one": "ASK { ?m a kp:Measure }",
    "ten measures in their words": "SELECT ?m ?w { ?m a kp:Measure ; kp:mention/oa:hasSelector/oa:exact ?w } LIMIT 10",
    "one thing described": "DESCRIBE kp:Measure",
}
WRONG_ROWS = {
    "rdflib": "It loses rows of VALUES before OPTIONAL (https://github.com/RDFLib/rdflib/issues/2332); ours are right."
}
"""Why a store gives other rows, where that was looked into."""
CALLS = 300
HOSTILE_LIMITS = QueryLimits(seconds=5)
IDLE_LOOKUPS = 300


class Spread(NamedTuple):
    """Milliseconds."""

    p50: float
    p95: float
    most: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Spread:
        ordered = sorted(milliseconds)
        return cls(median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1], ordered[-1])


def compare_stores(store: GraphStore, work: Path, with_virtuoso: bool) -> list[str]:
    texts = queries(store)
    ours = {name: measure(our_answers(store), of_name, ROUNDS) for name, of_name in texts.items()}
    dump = work / "all.nq"
    dump.write_bytes(write_quads(store.quads(), GRAPH_FILES["nq"]))
    rivals: dict[str, dict[str, Measured]] = {}
    if with_virtuoso:
        (work / "virtuoso").mkdir()
        with running_virtuoso(work / "virtuoso", dump, RIVAL_SECONDS) as address:
            answer = virtuoso_answers(address)
            rivals["Virtuoso"] = {n: measure(answer, of_name, ROUNDS, RIVAL_SECONDS) for n, of_name in texts.items()}
    answer = rdflib_answers(dump)
    rivals["rdflib"] = {name: measure(answer, of_name, 1, RIVAL_SECONDS) for name, of_name in texts.items()}
    return store_report(store, ours, rivals)


def store_report(store: GraphStore, ours: dict[str, Measured], rivals: dict[str, dict[str, Measured]]) -> list[str]:
    triples = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]
    lines = [
        "## Named queries beside other stores",
        "",
        f"{len(store):,} quads, {triples:,} different triples; {len(ours)} queries of kg/queries with up to three "
        f"choices of parameters. p95 over {ROUNDS} runs of each choice, of rdflib over one; a query of theirs that "
        f"takes {RIVAL_SECONDS} s is stopped, counts as so long and is not asked again.",
        "",
    ]
    for rival, measured in rivals.items():
        ratio, number = compare(ours, measured)
        stopped = sum(one.p95 >= RIVAL_SECONDS for one in measured.values())
        failed = sum(bool(one.failed) and one.p95 < RIVAL_SECONDS for one in measured.values())
        other = [
            n for n in ours if not measured[n].failed and measured[n].rows != ours[n].rows[: len(measured[n].rows)]
        ]
        lines.append(
            f"- **{rival}: {ratio:.1f} times as long** (geometric mean of the p95 of {number} queries); {stopped} "
            f"stopped, {failed} refused as an error, {len(other)} with another number of rows"
            + (f" ({', '.join(f'`{name}`' for name in other)}). {WRONG_ROWS.get(rival, '')}".rstrip() if other else ".")
        )
    header = [
        "query",
        "rows",
        "ours, ms",
        *(f"{rival}, ms" for rival in rivals),
        *(f"{rival} / ours" for rival in rivals),
    ]
    lines += ["", *table(header, [store_row(name, ours, rivals) for name in ours])]
    return lines


def store_row(name: str, ours: dict[str, Measured], rivals: dict[str, dict[str, Measured]]) -> list[str]:
    cells = [f"`{name}`", "/".join(map(str, ours[name].rows)), f"{ours[name].p95 * 1000:.1f}"]
    theirs = [measured[name] for measured in rivals.values()]
    for one in theirs:
        late = one.p95 >= RIVAL_SECONDS
        cells.append("stopped" if late else "error" if one.failed else f"{one.p95 * 1000:.1f}")
    for one in theirs:
        late = one.p95 >= RIVAL_SECONDS
        cells.append("–" if one.failed and not late else f"{'> ' if late else ''}{one.p95 / ours[name].p95:.1f}")
    return cells


def overhead_report(address: str, store: GraphStore) -> list[str]:
    rows = []
    with httpx.Client() as client:
        for name, text in CHEAP.items():
            form = "ttl" if text.startswith("DESCRIBE") else "json"
            direct, through = [], []
            for _ in range(CALLS):  # by turns, so that what else the machine does weighs on both
                begin = time.perf_counter()
                serialize_result(store.query(text), form)
                middle = time.perf_counter()
                client.get(address, params={"query": text})
                direct.append((middle - begin) * 1000)
                through.append((time.perf_counter() - middle) * 1000)
            one, other = Spread.of(direct[10:]), Spread.of(through[10:])
            added = (other.p50 - one.p50, other.p95 - one.p95)
            rows.append(
                [name, *(f"{value:.2f}" for value in (one.p50, other.p50, added[0], one.p95, other.p95, added[1]))]
            )
    header = ["query", "store p50", "endpoint p50", "added", "store p95", "endpoint p95", "added"]
    return [
        "## What the endpoint adds",
        "",
        f"Milliseconds from asking to the whole answer, {CALLS - 10} calls: in the process, and over HTTP.",
        "",
        *table(header, rows),
    ]


def hostile_report(address: str) -> list[str]:
    """Lookups of a second client while the first sends hostile queries, four at a time and all at once."""
    rows = []
    hostile = {**STOPPED, **REFUSED}
    lookup = CHEAP["one title"]
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2"), timeout=60) as second:
        idle = Spread.of([look_up(address, lookup, second)[0] for _ in range(IDLE_LOOKUPS)])
        rows.append(["no other client", "–", str(IDLE_LOOKUPS), "–", *spread_cells(idle), "1.0"])
        for at_once, client in ((4, second), (len(hostile), second), (len(hostile), httpx.Client(timeout=60))):
            longest, statuses, lookups = lookups_under(address, list(hostile.values()), at_once, client, lookup)
            spread = Spread.of([milliseconds for milliseconds, _ in lookups])
            refused = sum(status != 200 for _, status in lookups)
            who = f"{len(hostile)} hostile queries, {at_once} at a time{'' if client is second else ', same address'}"
            said = ", ".join(f"{statuses.count(status)} × {status}" for status in sorted(set(statuses)))
            rows.append([f"{who}: {said}", f"{longest:.2f}", str(len(lookups)), str(refused), *spread_cells(spread)])
            rows[-1].append(f"{spread.p95 / idle.p95:.1f}")
    header = ["meanwhile", "longest, s", "lookups", "refused", "p50 ms", "p95 ms", "longest ms", "p95 / alone"]
    return [
        "## A second client under hostile queries",
        "",
        f"tests/hostile_queries.py over the same store, with {HOSTILE_LIMITS.seconds:g} s for a query and the other "
        "limits as they are by default. The second client asks one lookup after the other, 20 ms apart, from another "
        "address unless said.",
        "",
        *table(header, rows),
    ]


def look_up(address: str, lookup: str, client: httpx.Client) -> tuple[float, int]:
    """Milliseconds and status."""
    begin = time.perf_counter()
    status = client.get(address, params={"query": lookup}).status_code
    return (time.perf_counter() - begin) * 1000, status


def lookups_under(
    address: str, hostile: Sequence[str], at_once: int, client: httpx.Client, lookup: str
) -> tuple[float, list[int], list[tuple[float, int]]]:
    """Seconds of the longest hostile query, their statuses, and milliseconds and status of each lookup meanwhile."""

    def ask(text: str) -> tuple[float, int]:
        begin = time.perf_counter()
        headers = {"content-type": "application/sparql-query"}
        answer = httpx.post(address, content=text.encode(), headers=headers, timeout=120)
        return time.perf_counter() - begin, answer.status_code

    lookups = []
    with ThreadPoolExecutor(at_once) as threads:
        asked = [threads.submit(ask, text) for text in hostile]
        while not all(task.done() for task in asked):
            lookups.append(look_up(address, lookup, client))
            time.sleep(0.02)
    ended = [task.result() for task in asked]
    return max(seconds for seconds, _ in ended), [status for _, status in ended], lookups


def spread_cells(spread: Spread) -> list[str]:
    return [f"{value:.1f}" for value in spread]


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *rows)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--folder", type=Path, help="where the store is kept")
    parser.add_argument("--virtuoso", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        folder = options.folder or work / "knowledge-base"
        store = build(options.collection, folder / STORE)
        knowledge_base = KnowledgeBase(folder, {}, store, Settings(home=folder))  # without anything to search
        with served_on_a_port(knowledge_base, HOSTILE_LIMITS) as address:
            endpoint = f"{address}/sparql"
            lines = [*overhead_report(endpoint, store), "", *hostile_report(endpoint)]
        lines = [*compare_stores(store, work, options.virtuoso), "", *lines]
    command = f"python -m benchmarks.sparql COLLECTION{' --virtuoso' if options.virtuoso else ''}"
    about = f"{date.today()}, commit {commit()}, {os.cpu_count()} cores shared with other work. Command: `{command}`."
    REPORT.write_text("\n".join(["# SPARQL", "", about, "", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
