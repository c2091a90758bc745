"""How many citations a corpus holds, of which kind and relation, how many are resolved, and a sample to be read.

python -m benchmarks.citations [--sample COUNT] [--seed SEED] [--laws-on DATE] [FILE_OR_FOLDER…]

Without files, the default corpus; with --laws-on every statute in force on that day as well.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kg.citation_resolution import CitableDocument, CitationResolver, resolve_provisions
from kg.corpus import core_sources, laws_in_force
from kg.extract.citations import find_citations
from kg.graph_writer import GraphWriter
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.read import read_source
from kg.types import Citation, Document

CONTEXT_LENGTH = 40


@dataclass(frozen=True)
class Resolved:
    """A citation with what it leads to, in words: (target, reason) pairs; ``document_found`` by title or number."""

    document: Document
    citation: Citation
    document_found: bool
    provisions_found: int  # of citation.provisions, how many led somewhere
    targets: tuple[tuple[str, str], ...]


def read_documents(paths: list[Path], laws_on: date | None) -> list[Document]:
    """Documents of files and folders, else of the default corpus, and laws; of two with one key the first."""
    files = [file for path in paths for file in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])]
    facts = {fact: row for path in paths for fact, row in _recorded_facts(path)}
    sources = [replace(read_source(file), **facts.get(file, {})) for file in files] if paths else core_sources()
    sources += laws_in_force(laws_on) if laws_on else []
    documents: dict[str, Document] = {}
    for source in sources:
        document = parse_document(source)
        documents.setdefault(document.key, document)
    return list(documents.values())


def _recorded_facts(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Title, number and date that a ``meta.jsonl`` beside the texts gives; other languages are passed over."""
    for path in sorted(folder.rglob("meta.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            title = str(row.get("title") or "")
            if "\u4e00" <= title[:1] <= "\u9fff" and not title.endswith("..."):
                issued = date.fromisoformat(row["date"]) if row.get("date") else None
                yield path.parent / row["file"], {"title": title, "number": row.get("doc_no"), "issued": issued}


def resolve_all(documents: list[Document]) -> Iterator[Resolved]:
    """Every citation of every document."""
    known = {document.key: (document, CitableDocument.of(document)) for document in documents}
    resolver = CitationResolver(citable for _, citable in known.values())
    for document, citable in known.values():
        writer = GraphWriter(document, Iris("https://kece.example/"))
        for citation in find_citations(document):
            found = None if citation.internal else resolver.resolve(citation, citable)
            target = citable if citation.internal else found.document if found and found.same_version else None
            targets = [(f"《{found.document.title}》", found.reason)] if found else []
            provisions_found = 0
            for cited in citation.provisions if target else ():
                here = (
                    citable.provisions.way_to(document, writer.provision_index_of(cited.span))
                    if citation.internal
                    else ()
                )
                links = resolve_provisions(target.provisions, cited, here) if target else []
                provisions_found += bool(links)
                text = known[target.key][0].text if target else ""
                targets += [(link.span.slice(text)[:CONTEXT_LENGTH], link.reason) for link in links]
            yield Resolved(document, citation, found is not None, provisions_found, tuple(targets))


def print_figures(resolved: list[Resolved]) -> None:
    """Tables of counts by way of citing and by relation."""
    for internal in (False, True):
        print("\n" + ("internal" if internal else "external"))
        print("| rule | citations | document found | provisions cited | provisions found |")
        print("| --- | --- | --- | --- | --- |")
        chosen = [item for item in resolved if item.citation.internal is internal]
        for rule in sorted({item.citation.rule for item in chosen}):
            group = [item for item in chosen if item.citation.rule == rule]
            print(
                f"| {rule} | {len(group)} | {'' if internal else sum(item.document_found for item in group)} "
                f"| {sum(len(item.citation.provisions) for item in group)} | {sum(i.provisions_found for i in group)} |"
            )
        relations = Counter((item.citation.relation, item.citation.binding) for item in chosen)
        print(
            "\n".join(
                f"{name}{', binding' if binding else ''}: {n}" for (name, binding), n in sorted(relations.items())
            )
        )
    unresolved = Counter(r.citation.title for r in resolved if not r.citation.internal and not r.document_found)
    print("\nmost cited unresolved titles:", "; ".join(f"{title} {n}" for title, n in unresolved.most_common(15)))


def print_sample(resolved: list[Resolved], count: int, seed: int) -> None:
    """``count`` citations, half of them internal where there are so many, with their surroundings and targets."""
    chooser = random.Random(seed)
    internal = [item for item in resolved if item.citation.internal]
    external = [item for item in resolved if not item.citation.internal]
    for group in (external, internal):
        for item in chooser.sample(group, min(count // 2, len(group))):
            citation, text = item.citation, item.document.text
            front = text[max(0, citation.span.start - CONTEXT_LENGTH) : citation.span.start]
            behind = text[citation.span.end : citation.span.end + CONTEXT_LENGTH]
            words = f"{front}【{citation.span.slice(text)}】{behind}".replace("\n", "⏎")
            binding = " binding" if citation.binding else ""
            print(
                f"\n{item.document.title[:30]} ({item.document.issued}) [{citation.rule}, {citation.relation}{binding}]"
            )
            print(f"  {words}")
            print(f"  {citation.title} {citation.number or ''} {[cited.text for cited in citation.provisions]}")
            for target, reason in item.targets:
                print(f"  → {target} ({reason})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--laws-on", type=date.fromisoformat)
    arguments = parser.parse_args()
    resolved = list(resolve_all(read_documents(arguments.paths, arguments.laws_on)))
    print_figures(resolved)
    print_sample(resolved, arguments.sample, arguments.seed)


if __name__ == "__main__":
    main()
