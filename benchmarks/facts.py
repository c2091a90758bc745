"""Facts of statements in a collection of texts: random samples to be read, coverage, and what finding them costs.

    python -m benchmarks.facts COLLECTION [KIND [SEED]]

KIND is deadline, limit, frequency, quantity, condition, programme, instrument or topic.

COLLECTION is a folder with ``.txt`` files at any depth. With a kind, SAMPLE_SIZE statements that have it are printed;
``instrument`` and ``topic`` are drawn from the half of the texts (every second by path) that no rule was written
against. Without a kind, counts, coverage and cost are printed.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.classification import Assignment, Classifier
from kg.extract import extract_statements
from kg.extract.facts import read_facts
from kg.extract.lexicon import load_lexicon
from kg.extract.programmes import find_programmes
from kg.facts import FactIndex, FactsOfStatement
from kg.parse import parse_document
from kg.read import read_source
from kg.types import Document, Span, Statements

SAMPLE_SIZE = 100
CONTEXT = 20
"""Characters shown in front of a statement."""
KINDS: dict[str, Callable[[FactsOfStatement, str], list[str]]] = {
    **{
        kind: lambda facts, text, kind=kind: [  # type: ignore[misc]
            f"{time.span.slice(text)} = {time.value}" for time in facts.times if time.kind == kind
        ]
        for kind in ("deadline", "limit", "frequency")
    },
    "quantity": lambda facts, text: [
        f"{quantity.span.slice(text)} = {quantity.value:f} {quantity.unit} {[str(c) for c in quantity.comparators]}"
        for quantity in facts.quantities
    ],
    "condition": lambda facts, text: [condition.slice(text) for condition in facts.conditions],
    "programme": lambda facts, text: [programme.name for programme in facts.programmes],
}


def read_collection(folder: Path) -> Iterator[tuple[Document, Statements]]:
    for path in sorted(folder.rglob("*.txt")):
        document = parse_document(read_source(path))
        yield document, extract_statements(document)


def extents(statements: Statements) -> Iterator[Span]:
    yield from (measure.extent for measure in statements.measures)
    yield from (norm.span for norm in statements.norms)


def topics(classifier: Classifier, statements: Statements) -> Iterator[tuple[Span, tuple[Assignment, ...]]]:
    for measure in statements.measures:
        yield measure.extent, classifier.topics_of(measure.extent, [agent.span for agent in measure.agents])
    for norm in statements.norms:
        yield norm.span, classifier.topics_of(norm.span, [bearer.span for bearer in norm.bearers])


def found_in(documents: Iterable[tuple[Document, Statements]], kind: str) -> Iterator[str]:
    """Each statement that has ``kind``, with what was found."""
    for number, (document, statements) in enumerate(documents):
        index, classifier = FactIndex(document, statements), Classifier(document, statements)
        if kind == "instrument":
            given = ((m.span, classifier.instrument_of(m)) for m in statements.measures)
            pairs = [(span, [assignment.reason]) for span, assignment in given if assignment and number % 2]
        elif kind == "topic":
            told = topics(classifier, statements)
            pairs = [(span, [topic.reason for topic in found]) for span, found in told if found and number % 2]
        else:
            read = KINDS[kind]
            pairs = [(span, read(index.facts_of(span), document.text)) for span in extents(statements)]
        for span, found in pairs:
            if found:
                before = document.text[max(0, span.start - CONTEXT) : span.start]
                yield f"{before}【{span.slice(document.text)}】 {'；'.join(found)}".replace("\n", " ")


def print_coverage(documents: list[tuple[Document, Statements]]) -> None:
    counts: Counter[str] = Counter()
    for document, statements in documents:
        index, classifier = FactIndex(document, statements), Classifier(document, statements)
        counts["measures"] += len(statements.measures)
        counts["measures with an instrument type"] += sum(1 for m in statements.measures if classifier.instrument_of(m))
        counts["with a topic"] += sum(1 for _, found in topics(classifier, statements) if found)
        for span in extents(statements):
            facts = index.facts_of(span)
            counts["measures and norms"] += 1
            counts["with an inherited deadline"] += facts.inherited_deadline is not None
            counts["with an inherited condition"] += facts.inherited_condition is not None
            for kind, read in KINDS.items():
                counts[f"with a {kind}"] += bool(read(facts, document.text))
    for name, number in counts.items():
        print(f"{name:34}{number:8}")


def print_cost(documents: list[tuple[Document, Statements]]) -> None:
    """CPU time of parsing and extraction, and of what this module is about."""
    characters = sum(len(document.text) for document, _ in documents)
    load_lexicon()
    started = time.process_time()
    for document, _ in documents:
        extract_statements(document)
    extracted = time.process_time()
    for document, statements in documents:
        titles = [citation.span for citation in statements.citations]
        read_facts(document, statements.norms, titles)
        find_programmes(document.text, document.title_span, titles)
    read = time.process_time()
    for document, statements in documents:
        index, classifier = FactIndex(document, statements), Classifier(document, statements)
        for measure in statements.measures:
            classifier.instrument_of(measure)
        for span in extents(statements):
            index.facts_of(span)
        list(topics(classifier, statements))
    placed = time.process_time()
    print(f"extraction, facts included   {(extracted - started) / characters * 1e6:.2f} µs a character")
    print(f"of it: facts and programmes  {(read - extracted) / characters * 1e6:.2f} µs a character")
    print(f"placing and classifying      {(placed - read) / characters * 1e6:.2f} µs a character")


def main() -> None:
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) > 1 and arguments[1] not in (*KINDS, "instrument", "topic")):
        sys.exit(__doc__)
    documents = list(read_collection(Path(arguments[0])))
    if len(arguments) == 1:
        print_coverage(documents)
        print_cost(documents)
        return
    found = sorted(set(found_in(documents, arguments[1])))
    chosen = random.Random(int(arguments[2]) if len(arguments) > 2 else 0).sample(found, min(SAMPLE_SIZE, len(found)))
    print("\n".join(chosen))


if __name__ == "__main__":
    main()
