"""The coding table (编码表) of policy studies: every measure and norm of chosen documents, numbered and coded.

The number 文件-章-条-句 says where a statement stands: the document in the order of the whole knowledge base, so that
it is the same in every selection; the chapter, or heading 一、; the article, or the outermost heading below 一、; and
the place of the statement among those of that article. What stands before the first chapter or article has 0 there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from kg.document_names import find_document, named_documents
from kg.errors import NotFoundError
from kg.labels import KINDS, force
from kg.questions import Row, run_question
from kg.store import GraphStore
from kg.table import Table, Value
from kg.types import Level

HEADER = (
    "编号",
    "文件",
    "类型",
    "内容",
    "主体",
    "对象",
    "承担者",
    "工具类型",
    "效力",
    "期限",
    "位置",
    "起",
    "止",
    "IRI",
)

_CHAPTERS = frozenset({Level.PART, Level.CHAPTER, Level.HEADING_1})
_HEADINGS = frozenset({Level.HEADING_2, Level.HEADING_3, Level.HEADING_4, Level.DASH})


class Unit(NamedTuple):
    """Where a provision begins (code points), and its numbers."""

    start: int
    chapter: int
    article: int


@dataclass(frozen=True, slots=True)
class CodedStatement:
    """A row of the table; ``text`` is the slice ``[start, end)`` (code points) of the document.

    ``agents``, ``targets`` and ``bearers`` hold inferred actors, too; ``instruments`` are empty for norms, ``force``
    for measures.
    """

    number: str
    document: str
    document_iri: str
    kind: str  # "measure" or "norm"
    text: str
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    bearers: tuple[str, ...]
    instruments: tuple[str, ...]
    force: str
    deadlines: tuple[str, ...]
    place: str
    start: int
    end: int
    iri: str

    def cells(self) -> tuple[Value, ...]:
        """The row under ``HEADER``."""
        lists = (self.agents, self.targets, self.bearers, self.instruments)
        return (
            self.number,
            self.document,
            KINDS[self.kind],
            self.text,
            *("、".join(names) for names in lists),
            self.force,
            "、".join(self.deadlines),
            self.place,
            self.start,
            self.end,
            self.iri,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values by name."""
        return asdict(self)


def coding_table(coded: Sequence[CodedStatement]) -> Table:
    """The rows as a table to be written."""
    return Table("编码表", HEADER, tuple(statement.cells() for statement in coded))


def find_documents(store: GraphStore, names: Sequence[str]) -> tuple[str, ...]:
    """The IRIs of the documents with these IRIs, keys, numbers (文号) or titles; of all where none is named.

    Raises:
        NotFoundError: there is no such document.
        InputError: a name fits several.
    """
    documents = named_documents(store)
    return tuple(find_document(documents, name).iri for name in names) or tuple(document.iri for document in documents)


def code_documents(store: GraphStore, documents: Sequence[str]) -> Iterator[CodedStatement]:
    """The statements of the documents (IRIs), in the order of the knowledge base and of the texts.

    Raises:
        NotFoundError: one of them is not here.
    """
    order: dict[str, Row] = {str(row["iri"]): row for row in run_question(store, "documents")}
    unknown = [iri for iri in documents if iri not in order]
    if unknown:
        raise NotFoundError(f"知识库里没有“{unknown[0]}”这份文件。收录了哪些文件，见“文档”页。")
    chosen = set(documents)
    for number, (iri, row) in enumerate(order.items(), start=1):
        if iri in chosen:
            yield from _code_document(store, number, iri, str(row["title"]))


def _code_document(store: GraphStore, number: int, document: str, title: str) -> Iterator[CodedStatement]:
    units = unit_numbers(run_question(store, "document_outline", document=document))
    counted: Counter[tuple[int, int]] = Counter()
    for row in run_question(store, "document_statements", document=document):
        unit = unit_at(units, _integer(row, "start"))
        counted[unit] += 1
        yield CodedStatement(
            number="-".join(map(str, (number, *unit, counted[unit]))),
            document=title,
            document_iri=document,
            kind=str(row["kind"]),
            text=str(row["text"]),
            agents=_names(row, "agents"),
            targets=_names(row, "targets"),
            bearers=_names(row, "bearers"),
            instruments=_names(row, "instruments"),
            force=force(str(row["modality"]), _optional(row, "strength")) if row["modality"] else "",
            deadlines=_names(row, "deadlines"),
            place=str(row["place"]),
            start=_integer(row, "start"),
            end=_integer(row, "end"),
            iri=str(row["iri"]),
        )


def unit_numbers(outline: Sequence[Mapping[str, Any]]) -> list[Unit]:
    """The numbers of each provision of a document's outline (rows of question ``document_outline``), in text order.

    Chapters count through the document; articles too, as statutes number them; headings count within their chapter.
    Neither number of a provision comes before that of an earlier one.
    """
    levels = {row["iri"]: Level(row["level"]) for row in outline}
    with_chapters = {row["parent"] for row in outline if levels[row["iri"]] in _CHAPTERS}
    chapter = articles = article = 0
    units = []
    for row in outline:
        level = levels[row["iri"]]
        if level in _CHAPTERS and row["iri"] not in with_chapters:
            chapter, article = chapter + 1, 0
        elif level is Level.ARTICLE:
            articles += 1
            article = max(articles, article + 1)
        elif level in _HEADINGS and levels.get(row["parent"]) not in _HEADINGS:
            article += 1
        units.append(Unit(row["start"], chapter, article))
    return units


def unit_at(units: Sequence[Unit], start: int) -> tuple[int, int]:
    """Chapter and article of what begins at ``start`` (code points)."""
    index = bisect_right(units, start, key=lambda unit: unit.start) - 1
    return (units[index].chapter, units[index].article) if index >= 0 else (0, 0)


def _names(row: Row, column: str) -> tuple[str, ...]:
    values = row[column]
    return tuple(map(str, values)) if isinstance(values, list) else ()


def _optional(row: Row, column: str) -> str | None:
    return None if row[column] is None else str(row[column])


def _integer(row: Row, column: str) -> int:
    return int(str(row[column]))
