"""Two documents, or two versions of one, side by side: what is kept, changed, echoed, added and dropped.

What is compared are the statements of each (:mod:`embeddings.compared_units`); which belongs to which says
:mod:`embeddings.alignment`. No model is loaded: the vectors are those of the index.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from embeddings.alignment import Pair, Side, align, same_words, share_of_same_wording
from embeddings.compared_units import ComparedUnit, read_units
from embeddings.index import Index
from embeddings.similar import Aspect
from embeddings.word_changes import Marks, shared_words, word_changes
from kg.document_names import NamedDocument, find_document, named_documents
from kg.errors import InputError
from kg.questions import run_question
from kg.store import GraphStore
from kg.title_forms import title_form
from kg.vocabulary import strength_ranks

VERSION_SHARE = 0.3
"""Share of the shorter document's statements that have their wording in the other, from which the two are versions."""


class Reading(StrEnum):
    """What the two documents are to each other."""

    VERSIONS = "versions"
    DOCUMENTS = "documents"


class Change(StrEnum):
    """What became of a statement of the first document, or where one of the second comes from."""

    KEPT = "kept"  # the same words
    CHANGED = "changed"  # other words, known by its wording or its place
    ECHOED = "echoed"  # worded differently, near in meaning
    POSSIBLE = "possible"  # the same, but less near: to be judged by the reader
    ADDED = "added"  # only in the second
    DROPPED = "dropped"  # only in the first


class FactChange(StrEnum):
    """What differs in two statements that belong together."""

    STRONGER = "stronger"
    WEAKER = "weaker"
    DEADLINE = "deadline"
    QUANTITY = "quantity"


READINGS = {Reading.VERSIONS: "同一文件的两个版本", Reading.DOCUMENTS: "两份不同的文件"}

CHANGES: dict[Reading, dict[str, str]] = {
    Reading.VERSIONS: {
        Change.KEPT: "保留",
        Change.CHANGED: "修改",
        Change.ECHOED: "意思相近",
        Change.POSSIBLE: "可能相近",
        Change.ADDED: "新增",
        Change.DROPPED: "删去",
    },
    Reading.DOCUMENTS: {
        Change.KEPT: "字句相同",
        Change.CHANGED: "字句相近",
        Change.ECHOED: "呼应",
        Change.POSSIBLE: "可能呼应",
        Change.ADDED: "另有",
        Change.DROPPED: "没有呼应",
    },
}
"""Chinese names; those of different documents claim no history."""

BASES = {"words": "字句", "place": "位置", "meaning": "意思", "likeness": "意思（不确定）"}
"""What holds a pair together, in Chinese."""

FACT_CHANGES: dict[str, str] = {
    FactChange.STRONGER: "效力加强",
    FactChange.WEAKER: "效力减弱",
    FactChange.DEADLINE: "期限不同",
    FactChange.QUANTITY: "数量不同",
}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A statement of each document that belong together, or one that stands alone.

    ``basis`` is that of :class:`embeddings.alignment.Pair`, "" for one alone; ``wording`` the share of words in
    common, 0 to 1; ``closeness`` the cosine, comparable within one comparison. ``shared``: one of the two stands in
    another row, too. ``first_marks`` and ``second_marks`` are spans of the texts (code points): where ``change`` is
    "changed" the words that differ, where it is "echoed" or "possible" those that both have.
    """

    change: Change
    first: ComparedUnit | None
    second: ComparedUnit | None
    basis: str = ""
    wording: float | None = None
    closeness: float | None = None
    shared: bool = False
    first_marks: Marks = ()
    second_marks: Marks = ()
    facts: tuple[FactChange, ...] = ()
    aspects: tuple[Aspect, ...] = ()  # the facts that differ

    @property
    def tags(self) -> frozenset[str]:
        """What rows are chosen by."""
        return frozenset({self.change, *self.facts})


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A document with the number of its statements that are compared; ``issued`` is an ISO date."""

    iri: str
    title: str
    number: str | None
    issued: str | None
    statements: int

    @property
    def name(self) -> str:
        """Title and date, by which versions are told apart."""
        return f"《{self.title}》" + (f"（{self.issued}）" if self.issued else "")


@dataclass(frozen=True, slots=True)
class DocumentComparison:
    """Two documents and their rows in text order; ``reason`` (Chinese) says why this ``reading`` was taken."""

    first: ComparedDocument
    second: ComparedDocument
    reading: Reading
    reason: str
    rows: tuple[ComparedRow, ...]

    @property
    def names(self) -> dict[str, str]:
        """The Chinese name of each tag, as this reading has it."""
        return CHANGES[self.reading] | FACT_CHANGES

    @property
    def paired(self) -> int:
        """Rows of which both documents have a statement."""
        return sum(row.first is not None and row.second is not None for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by each change and each difference of facts, in their order, those of none included."""
        counted = Counter(tag for row in self.rows for tag in row.tags)
        return {tag.value: counted[tag] for tag in (*Change, *FactChange)}

    def chosen(self, shown: Sequence[str]) -> list[ComparedRow]:
        """The rows with any of these tags; all where none is named.

        Raises :class:`InputError` for a tag that there is none of.
        """
        known = [tag.value for tag in (*Change, *FactChange)]
        for tag in shown:
            if tag not in known:
                raise InputError(f"参数 show 是“{tag}”，应为 {'、'.join(known)} 之一。")
        return [row for row in self.rows if not shown or row.tags.intersection(shown)]

    def to_json(self, shown: Sequence[str] = ()) -> dict[str, Any]:
        """Plain values, with the rows of some tags only where these are named."""
        return {
            "first": asdict(self.first),
            "second": asdict(self.second),
            "reading": self.reading,
            "reason": self.reason,
            "counts": self.counts,
            "paired": self.paired,
            "rows": [asdict(row) for row in self.chosen(shown)],
        }


def read_reading(text: str) -> Reading | None:
    """The reading called ``text``; None for "". Raises :class:`InputError` for what is none."""
    if not text:
        return None
    if text not in tuple(Reading):
        raise InputError(f"参数 reading 是“{text}”，应为 {'、'.join(Reading)} 之一，或不写。")
    return Reading(text)


def compare_documents(
    index: Index, store: GraphStore, first: str, second: str, reading: Reading | None = None
) -> DocumentComparison:
    """Compare the documents with these IRIs, keys, numbers (文号) or titles; ``reading`` None: judged by the two.

    Raises:
        NotFoundError: there is no such document.
        InputError: a name fits several, or both are the same document.
    """
    documents = named_documents(store)
    one, other = find_document(documents, first), find_document(documents, second)
    if one == other:
        raise InputError(f"两处都是《{one.title}》。请给出两份不同的文件；同名的文件请用编号或 IRI 指明。")
    first_units, first_side = _side(index, store, one.iri)
    second_units, second_side = _side(index, store, other.iri)
    judged, reason = _judge(one, other, share_of_same_wording(first_side, second_side))
    if reading is not None and reading is not judged:
        reason = "由使用者指定"
    taken = reading or judged
    pairs = align(first_side, second_side, by_place=taken is Reading.VERSIONS)
    rows = _in_order(first_units, second_units, pairs, taken)
    dates = {row["iri"]: row["issued"] for row in run_question(store, "documents")}
    compared = [
        ComparedDocument(
            document.iri, document.title, document.number, str(dates[document.iri] or "") or None, len(units)
        )
        for document, units in ((one, first_units), (other, second_units))
    ]
    return DocumentComparison(compared[0], compared[1], taken, reason, tuple(rows))


def _side(index: Index, store: GraphStore, document: str) -> tuple[list[ComparedUnit], Side]:
    rows, units = read_units(index, store, document)
    return units, Side([unit.text for unit in units], [unit.place for unit in units], index.vectors(rows))


def _judge(first: NamedDocument, second: NamedDocument, share: float) -> tuple[Reading, str]:
    """What the two are to each other, and why."""
    forms = title_form(first.title), title_form(second.title)
    if forms[0].core == forms[1].core and not forms[0].generic:
        return Reading.VERSIONS, "题名相同"
    if share >= VERSION_SHARE:
        return Reading.VERSIONS, f"题名不同，但 {share:.0%} 的陈述字句相近"
    return Reading.DOCUMENTS, f"题名不同，只有 {share:.0%} 的陈述字句相近"


def _in_order(
    first: Sequence[ComparedUnit], second: Sequence[ComparedUnit], pairs: Sequence[Pair], reading: Reading
) -> Iterator[ComparedRow]:
    """The rows in the order of the first document.

    What only the second has follows, in versions of one text, what it follows there; else it comes last.
    """
    by_first: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_first[pair.first].append(pair)
    in_place = reading is Reading.VERSIONS
    added = _added_after(len(second), pairs, in_place)
    if in_place:
        yield from (_alone(Change.ADDED, second[number]) for number in added[None])
    for place, unit in enumerate(first):
        if place not in by_first:
            yield _alone(Change.DROPPED, unit)
        for pair in by_first[place]:
            yield _row(pair, unit, second[pair.second])
            if not pair.shared:
                yield from (_alone(Change.ADDED, second[number]) for number in added[pair.second])
    if not in_place:
        yield from (_alone(Change.ADDED, second[number]) for number in added[None])


def _added_after(count: int, pairs: Sequence[Pair], in_place: bool) -> dict[int | None, list[int]]:
    """Statements of the second document in no pair, by the paired one that they follow; None where they follow none.

    All are under None unless they are to stand ``in_place``.
    """
    paired = {pair.second for pair in pairs}
    places = {pair.second for pair in pairs if in_place and not pair.shared}
    added: dict[int | None, list[int]] = defaultdict(list)
    previous: int | None = None
    for number in range(count):
        if number in places:
            previous = number
        elif number not in paired:
            added[previous].append(number)
    return added


def _alone(change: Change, unit: ComparedUnit) -> ComparedRow:
    dropped = change is Change.DROPPED
    return ComparedRow(change, unit if dropped else None, None if dropped else unit)


def _row(pair: Pair, first: ComparedUnit, second: ComparedUnit) -> ComparedRow:
    change = _change(pair, first, second)
    marks: tuple[Marks, Marks] = ((), ())
    if change is Change.CHANGED:
        marks = word_changes(first.text, second.text)
    elif change is not Change.KEPT:
        marks = shared_words(first.text, second.text)
    return ComparedRow(
        change,
        first,
        second,
        pair.basis,
        round(pair.wording, 3),
        round(pair.closeness, 3),
        pair.shared,
        *marks,
        facts=tuple(_fact_changes(first, second)),
        aspects=tuple(aspect for aspect in _aspects(first, second) if not aspect.same),
    )


def _change(pair: Pair, first: ComparedUnit, second: ComparedUnit) -> Change:
    if same_words(first.text) == same_words(second.text):
        return Change.KEPT
    return {"meaning": Change.ECHOED, "likeness": Change.POSSIBLE}.get(pair.basis, Change.CHANGED)


def _aspects(first: ComparedUnit, second: ComparedUnit) -> Iterator[Aspect]:
    yield Aspect("效力", *(((unit.force,) if unit.force else ()) for unit in (first, second)))
    yield Aspect("期限", first.deadlines, second.deadlines)
    yield Aspect("数量", first.quantities, second.quantities)


def _fact_changes(first: ComparedUnit, second: ComparedUnit) -> Iterator[FactChange]:
    ranks = [strength_ranks().get(unit.strength or "") for unit in (first, second)]
    if ranks[0] is not None and ranks[1] is not None and ranks[0] != ranks[1]:
        yield FactChange.STRONGER if ranks[0] < ranks[1] else FactChange.WEAKER
    if set(first.deadlines) != set(second.deadlines):
        yield FactChange.DEADLINE
    if set(first.quantities) != set(second.quantities):
        yield FactChange.QUANTITY
