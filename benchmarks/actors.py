"""How many mentions of actors have a kind, how many are resolved and by which rule, and how many are left open.

    python -m benchmarks.actors [COLLECTION] [--sample kinds|resolutions --size N --seed N]

Without COLLECTION the default corpus is read. COLLECTION is a folder with texts (``*.txt``, at any depth); where a
``meta.jsonl`` beside them gives a text's title in Chinese, and whether it is national, these are taken from there, as
some of its texts lack their head. ``--sample`` prints random distinct labels with what is concluded, to be read.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.actors import kinds_of
from kg.corpus import core_sources
from kg.directory import Organization, find_organization
from kg.extract import extract_statements
from kg.parse import parse_document
from kg.read import read_source
from kg.resolution import Resolution, Resolver, resolve_name, why_deictic
from kg.types import ActorMention, Source

NATIONAL = ("全国", "国务院", "党代会")
"""Values of ``region`` and ``level`` in ``meta.jsonl`` that say so."""


@dataclass
class Tally:
    """What was counted; the samples hold label, what is concluded, rule."""

    mentions: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    without_kind: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, str] = field(default_factory=dict)
    resolutions: dict[tuple[str, str], str] = field(default_factory=dict)

    def count(self, mention: ActorMention, resolver: Resolver) -> None:
        """Count one mention under the first thing that tells whom it means."""
        label = mention.text
        kinds = "、".join(kind.kind for kind in kinds_of(label))
        self.mentions += 1
        if not kinds:
            self.without_kind[label] += 1
        self.kinds[label] = kinds
        known = resolve_name(label)
        found = resolver.resolve(mention) or ((known,) if known is not None else ())
        for resolution in found:
            self.resolutions[label, meant(resolution)] = resolution.rule
        if found:
            self.rules[found[0].rule] += 1
        elif find_organization(label) is not None:
            self.rules["name in full"] += 1
        elif why_deictic(label) is not None:
            self.open[label] += 1


def meant(resolution: Resolution) -> str:
    return resolution.meant.name if isinstance(resolution.meant, Organization) else f"〈{resolution.meant}〉"


def collection_sources(folder: Path) -> Iterator[Source]:
    """The texts of a collection with what its ``meta.jsonl`` files know."""
    known: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.rglob("meta.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known[row["id"]] = row
    for path in sorted(folder.rglob("*.txt")):
        source, row = read_source(path), known.get(path.stem, {})
        title = row.get("title", "")
        if title and not title.isascii() and parse_document(source).title_span is None:
            source = replace(source, title=title)
        if row.get("region") in NATIONAL or row.get("level") in NATIONAL:
            source = replace(source, level="national")
        yield source


def report(tally: Tally, documents: int) -> None:
    def share(number: int) -> str:
        return f"{number:7} {number / tally.mentions:7.2%}"

    print(f"{documents} documents, {tally.mentions} mentions, {len(tally.kinds)} distinct labels")
    print(f"with a kind          {share(tally.mentions - tally.without_kind.total())}")
    print(f"resolved             {share(tally.rules.total())}")
    for rule, number in tally.rules.most_common():
        print(f"  {rule:19}{share(number)}")
    print(f"left open            {share(tally.open.total())}")
    print("  " + "  ".join(f"{label} {number}" for label, number in tally.open.most_common(12)))
    print(f"without a kind       {share(tally.without_kind.total())}")
    print("  " + "  ".join(f"{label} {number}" for label, number in tally.without_kind.most_common(12)))


def print_sample(tally: Tally, what: str, size: int, seed: int) -> None:
    lines = (
        [f"{label} → {kinds or '-'}" for label, kinds in tally.kinds.items()]
        if what == "kinds"
        else [f"{label} → {name} ({rule})" for (label, name), rule in tally.resolutions.items()]
    )
    for line in random.Random(seed).sample(sorted(lines), min(size, len(lines))):
        print(line.replace("\n", "⏎"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path, nargs="?")
    parser.add_argument("--sample", choices=["kinds", "resolutions"])
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sources = collection_sources(arguments.collection) if arguments.collection else core_sources()
    tally, documents = Tally(), 0
    for source in sources:
        document = parse_document(source)
        statements = extract_statements(document)
        resolver = Resolver(document, statements.actors)
        documents += 1
        for mention in statements.actors:
            tally.count(mention, resolver)
    if arguments.sample:
        print_sample(tally, arguments.sample, arguments.size, arguments.seed)
    else:
        report(tally, documents)


if __name__ == "__main__":
    main()
