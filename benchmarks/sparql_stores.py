"""The named queries of kg/queries in our store, in rdflib's and in Virtuoso: the same graph, parameters and run."""

from __future__ import annotations

import math
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import geometric_mean

import httpx
import rdflib
from pyoxigraph import Quad

from kg.catalogue import Entry, citation_links, is_repeated
from kg.errors import InputError
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import ACTOR_KIND, PREFIXES, TOPIC, Iris
from kg.parse import parse_document
from kg.questions import Argument, fill_question, list_questions
from kg.read import read_source
from kg.store import GraphStore, build_store

QUADS = 1_100_000
"""Documents are read until there are as many; some are in two of them, so that a million stay."""
RIVAL_SECONDS = 20
"""Time for one query of a rival; what takes longer counts as so long."""
ROUNDS = 5

Answer = Callable[[str], int]
"""Answers a query and returns how many rows there are."""


def build(collection: Path, folder: Path) -> GraphStore:
    """A store of the vocabulary and of documents of a collection, drawn from all its folders."""
    if not (folder / "CURRENT").exists():
        build_store(_quads(collection), folder)
    return GraphStore.open(folder)


def _quads(collection: Path) -> Iterator[Quad]:
    iris, catalogue = Iris("https://kece.example/"), dict[str, Entry]()
    count = 0
    yield from vocabulary_quads(iris)
    paths = sorted(collection.rglob("*.txt"))
    random.Random(0).shuffle(paths)
    for path in paths:
        source = read_source(path)
        document = parse_document(source)
        if is_repeated(document, source.name, catalogue):
            continue
        statements = extract_statements(document)
        catalogue[document.key] = Entry.of(source.name, document, statements, 0)
        for quad in document_quads(document, statements, iris):
            count += 1
            yield quad
        if count >= QUADS:
            yield from citation_links(iris, catalogue).quads()
            return
    raise InputError(f"{collection} gives {count} quads, expected {QUADS}: name a folder with more texts")


def parameters(store: GraphStore) -> list[dict[str, Argument]]:
    """Three values of each parameter, spread over what the store has."""

    def some(pattern: str, number: int = 3) -> list[str]:
        found = [str(row["x"]) for row in store.select(f"SELECT DISTINCT ?x {{ {pattern} }} ORDER BY ?x")]
        return found[:: max(1, len(found) // number)][:number]

    def most(pattern: str) -> list[str]:
        counted = f"SELECT ?x (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 100"
        return [str(row["x"]) for row in store.select(counted)]

    documents = most("?c kp:resolvedDocument ?x . ?x a kp:PolicyDocument")
    actors, bearers = most("?s kp:agent|kp:target ?x"), most("?s kp:bearer/kp:resolvesTo? ?x")
    programmes, named = most("?s kp:programme ?x"), most("?x kp:mention ?m")
    provisions = most("?i rdf:object ?x ; rdf:predicate kp:resolvedProvision")
    return [
        {
            "document": documents[number % len(documents)],
            "other_document": documents[(number + 1) % len(documents)],
            "source": documents[number % len(documents)],
            "target": actors[number],
            "things": actors[number:100:50],
            "mention": some(f"<{named[number]}> kp:mention ?x", 1)[0],
            "programme": programmes[number % len(programmes)],
            "actor": bearers[number],
            "actors": actors[number:100:30],
            "first_actor": actors[2 * number],
            "second_actor": actors[2 * number + 1],
            "kind": ACTOR_KIND + ("学会", "高等学校", "企业")[number],
            "iri": some("?x a kp:Measure")[number],
            "statement": some("?x a kp:Norm")[number],
            "statements": some(f"?x a kp:Measure ; kp:inDocument <{documents[number % len(documents)]}>", 20),
            "norms": some(f"?x a kp:Norm ; kp:inDocument <{documents[number % len(documents)]}>", 20),
            "provision": provisions[number % len(provisions)],
            "topic": ("人才", "科普", "标准")[number],
            "topic_concept": TOPIC + ("科学普及", "科技人才", "知识产权")[number],
            "word": ("科普", "评价", "标准")[number],
        }
        for number in range(3)
    ]


def queries(store: GraphStore) -> dict[str, list[str]]:
    """Named query → its SPARQL for each choice of parameters; one where it has none.

    Those with functions of ours are left out: no other store has them.
    """
    chosen = parameters(store)
    filled = {
        question.name: [
            fill_question(question.name, **{name: values[name] for name in names if name in values})
            for values in chosen
        ]
        for question in list_questions()
        for names in [[parameter.name for parameter in question.parameters]]
        if "kp:similarity" not in question.sparql
    }
    return {name: list(dict.fromkeys(texts)) for name, texts in filled.items()}


@dataclass
class Measured:
    """Seconds of each run, and rows of each different query; ``failed`` says why there are none."""

    seconds: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    failed: str = ""

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]


def measure(answer: Answer, texts: Sequence[str], rounds: int, limit: float = math.inf) -> Measured:
    """Runs of some queries; after one that took ``limit`` or failed the others are left out."""
    measured = Measured()
    for number in range(rounds):
        for text in texts:
            begin = time.perf_counter()
            try:
                rows = answer(text)
            except Exception as error:  # whatever a rival raises
                measured.failed = f"{type(error).__name__}: {error}".splitlines()[0][:120]
                measured.seconds.append(max(time.perf_counter() - begin, 1e-6))
                return measured
            measured.seconds.append(time.perf_counter() - begin)
            if number == 0:
                measured.rows.append(rows)
            if measured.seconds[-1] >= limit:
                return measured
    return measured


def our_answers(store: GraphStore) -> Answer:
    return lambda text: len(store.select(text))


def rdflib_answers(quads: Path) -> Answer:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(quads, format="nquads")

    def stop(*_: object) -> None:
        raise TimeoutError

    def answer(text: str) -> int:
        signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, RIVAL_SECONDS)
        try:
            return len(list(dataset.query(text, initNs=PREFIXES)))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    return answer


def virtuoso_answers(address: str) -> Answer:
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    client = httpx.Client(timeout=RIVAL_SECONDS + 5, headers={"accept": "application/sparql-results+json"})

    def answer(text: str) -> int:
        response = client.post(address, data={"query": declared + text})
        if response.status_code != 200:
            raise RuntimeError(response.text)
        return len(response.json()["results"]["bindings"])

    return answer


def compare(ours: dict[str, Measured], theirs: dict[str, Measured]) -> tuple[float, int]:
    """Geometric mean of their p95 over ours, and of how many queries: those that they answer or run out of time for."""
    ratios = [
        theirs[name].p95 / ours[name].p95
        for name in ours
        if not theirs[name].failed or theirs[name].p95 >= RIVAL_SECONDS
    ]
    return geometric_mean(ratios), len(ratios)
