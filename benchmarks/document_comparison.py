"""How well the statements of two documents are paired, against pairs read by hand, and how long it takes.

    python -m benchmarks.document_comparison

``document_comparison.tsv`` beside this module has a judgement a line: two documents (as ``corpus/sources.csv`` names
them), where a statement of the first begins, and where those of the second begin that it may be paired with.
"versions" lines are statements of an earlier version, drawn from those whose words are not all kept; no second one:
it has no counterpart. "echo" and "none" lines are pairs of different documents that were found to be near in meaning,
and whether one does echo the other. The knowledge base is built once, below KECE_HOME.
"""

from __future__ import annotations

import csv
import os
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from embeddings.document_comparison import Change, DocumentComparison, compare_documents
from embeddings.knowledge_base import KnowledgeBase, build_knowledge_base
from kg.corpus import core_sources, law_source
from kg.settings import Settings
from kg.types import Source

JUDGED = Path(__file__).with_name("document_comparison.tsv")
RUNS = 5

Judgement = dict[str, str]


def read_judgements(path: Path) -> list[Judgement]:
    """The lines of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def sources_of(names: Iterable[str]) -> dict[str, Source]:
    """The sources that the lines name."""
    by_name = {source.origin or "": source for source in core_sources()}
    found = {}
    for name in sorted(set(names)):
        kind, _, identifier = name.partition(":")
        listed = [source for origin, source in by_name.items() if origin.endswith(identifier)]
        found[name] = listed[0] if listed or kind == "file" else law_source(identifier)
    return found


def open_knowledge_base(sources: Iterable[Source], settings: Settings) -> KnowledgeBase:
    """The knowledge base of these sources, built if there is none."""
    settings = replace(settings, knowledge_base_folder=settings.home / "benchmarks" / "document_comparison")
    if not (settings.knowledge_base / "current").exists():
        build_knowledge_base(list(sources), settings, lambda *_: None)
    return KnowledgeBase.open(settings)


def document_iris(knowledge_base: KnowledgeBase, sources: Mapping[str, Source]) -> dict[str, str]:
    """The documents' IRIs by the names of the lines."""
    rows = knowledge_base.store.select("SELECT ?iri ?text { ?iri a kp:PolicyDocument ; kp:text ?text }")
    by_text = {str(row["text"]): str(row["iri"]) for row in rows}
    return {name: by_text[source.text] for name, source in sources.items()}


def report_versions(title: str, compared: DocumentComparison, judged: list[Judgement]) -> tuple[int, int, int, int]:
    """Print and return: pairs that are right, pairs, statements whose counterpart was found, that have one."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in compared.rows:
        if row.first is not None and row.second is not None:
            found[row.first.start].add(row.second.start)
    right = pairs = reached = having = 0
    for line in judged:
        allowed = set(map(int, line["second"].split()))
        answer = found[int(line["first"])]
        right, pairs = right + len(answer & allowed), pairs + len(answer)
        reached, having = reached + bool(answer & allowed), having + bool(allowed)
    print(f"{title}: precision {right}/{pairs}, recall {reached}/{having}; {dict(compared.counts)}")
    return right, pairs, reached, having


def report_echoes(title: str, compared: DocumentComparison, judged: list[Judgement]) -> Counter[tuple[Change, str]]:
    """Print and return: for each way of being near in meaning, how many judged pairs are echoes, and how many not."""
    made = {
        (row.first.start, row.second.start): row.change
        for row in compared.rows
        if row.first is not None and row.second is not None
    }
    judgements = {(int(line["first"]), int(line["second"])): line["judgement"] for line in judged}
    found = Counter((made[pair], judgement) for pair, judgement in judgements.items() if pair in made)
    print(f"{title}: {_shares(found)}; {dict(compared.counts)}")
    return found


def _shares(found: Counter[tuple[Change, str]]) -> str:
    """Echoes among the judged pairs of each kind."""
    return ", ".join(
        f"{change} {found[change, 'echo']}/{found[change, 'echo'] + found[change, 'none']}"
        for change in (Change.ECHOED, Change.POSSIBLE)
    )


def main() -> None:
    """Compare each pair of documents and print the figures."""
    judgements: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for line in read_judgements(JUDGED):
        judgements[line["first_document"], line["second_document"]].append(line)
    sources = sources_of(name for pair in judgements for name in pair)
    knowledge_base = open_knowledge_base(sources.values(), Settings.from_environment(os.environ))
    iris = document_iris(knowledge_base, sources)
    versions, echoes = [], []
    for (first, second), judged in judgements.items():
        title = f"{sources[first].name} → {sources[second].name}"
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            compared = compare_documents(knowledge_base.index, knowledge_base.store, iris[first], iris[second])
            seconds.append(time.perf_counter() - start)
        size = f"{compared.first.statements} × {compared.second.statements}, {statistics.median(seconds[1:]):.2f} s"
        if judged[0]["judgement"] == "versions":
            versions.append(report_versions(f"{title} ({size})", compared, judged))
        else:
            echoes.append(report_echoes(f"{title} ({size})", compared, judged))
    right, pairs, reached, having = (sum(column) for column in zip(*versions, strict=True))
    print(f"versions, words not all kept: precision {right}/{pairs} = {right / pairs:.2f}, ", end="")
    print(f"recall {reached}/{having} = {reached / having:.2f}")
    print(f"echoes among what is said to be near in meaning: {_shares(sum(echoes, Counter()))}")


if __name__ == "__main__":
    main()
