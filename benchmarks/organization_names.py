"""How many names of organizations are given the kinds and the levels that they have.

    python -m benchmarks.organization_names [FILE]

FILE (``organization_names.tsv`` beside this module) has a name a line, its kinds, kinds that may be found besides, its
levels of government, and where the name is from; lists with ``|`` between, ``-`` for none. Kinds are right where each
that the name has is found, or a narrower one of what is listed, and none is found that is neither listed nor broader
than one that is. Prints rights of all, by source, and the wrong ones.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kg.actors import kinds_of, levels_of
from kg.taxonomy import ways_up

ANNOTATED = Path(__file__).with_name("organization_names.tsv")


@dataclass(frozen=True, slots=True)
class AnnotatedName:
    """A name, the kinds that it has, those that may be found besides, its levels, and where it is from."""

    name: str
    kinds: frozenset[str]
    besides: frozenset[str]
    levels: frozenset[str]
    source: str

    @property
    def found(self) -> frozenset[str]:
        """The kinds that the name is given."""
        return frozenset(kind.kind for kind in kinds_of(self.name))

    @property
    def has_right_kinds(self) -> bool:
        """Whether all kinds are found, and no other."""
        listed = self.kinds | self.besides
        implied = {broader for kind in self.found for broader in ways_up(kind)}
        allowed = {broader for kind in listed for broader in ways_up(kind)}
        return self.kinds <= implied and self.found <= allowed

    @property
    def has_right_levels(self) -> bool:
        """Whether just the levels are found that the name has."""
        return {level for level, _ in levels_of(self.name)} == self.levels


def read_names(path: Path) -> list[AnnotatedName]:
    """The names of a file; lines that begin with ``#`` are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [
        AnnotatedName(name, _several(kinds), _several(besides), _several(levels), source)
        for name, kinds, besides, levels, source in rows
    ]


def _several(column: str) -> frozenset[str]:
    return frozenset(column.split("|")) if column != "-" else frozenset()


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.1%})"


def main() -> None:
    """Print the figures and the names that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=ANNOTATED)
    names = read_names(parser.parse_args().file)
    right = [name for name in names if name.has_right_kinds]
    print(f"kinds\t{_share(len(right), len(names))}")
    for source, total in Counter(name.source for name in names).items():
        print(f"  {source}\t{_share(sum(name.source == source for name in right), total)}")
    print(f"levels\t{_share(sum(name.has_right_levels for name in names), len(names))}")
    for name in names:
        if not name.has_right_kinds:
            print(f"{name.name}\twanted {'|'.join(sorted(name.kinds))}\tfound {'|'.join(sorted(name.found)) or '-'}")


if __name__ == "__main__":
    main()
