"""What the panel of page 原文 shows of a mark: facts, neighbours in the graph, ways on.

The page asks for it when a mark is opened: a long document has ten thousand of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from embeddings.similar import SimilarStatement
from kg.errors import InputError
from kg.labels import KINDS, force
from kg.namespaces import segment_label, statement_kind
from kg.organization_roles import RELATIONS
from kg.questions import fill_question, run_question
from kg.statement_facts import Certainty, Fact, Neighbour, statement_facts, statement_neighbours
from kg.store import GraphStore
from kg.types import Span
from web.links import Destination, destination, document_key, place_destination
from web.organizations import named_view
from web.statement_card import statement_links

FACTS = {
    **{role: RELATIONS[role] for role in ("agent", "bearer", "target", "partner", "beneficiary", "named")},
    "deadline": "期限",
    "limit": "时限",
    "frequency": "频次",
    "quantity": "数量",
    "condition": "条件",
    "aim": "目的",
    "instrument": "政策工具",
    "topic": "主题",
    "programme": "计划与平台",
}
"""Facts of a statement in the order of the panel."""

CERTAINTIES = {Certainty.EXPLICIT: "写明", Certainty.INHERITED: "承接上下文", Certainty.CONCLUDED: "推断"}
NEIGHBOURS = {
    "provision": "所在条款",
    "prescribed_by": "所属规范",
    "prescribes": "规定的举措",
    "citation": "引用",
}
MEANINGS = {"kind": "类别", "meant": "所指"}
FEW_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class PanelValue:
    """A value, where it leads, how it is known ("" where that goes without saying), and the reason if inferred."""

    text: str
    destination: Destination | None = None
    known: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines of facts and of neighbours by their names; links on; whether similar statements can be asked for."""

    facts: list[tuple[str, list[PanelValue]]]
    neighbours: list[tuple[str, list[PanelValue]]] = field(default_factory=list)
    links: list[tuple[str, Destination]] = field(default_factory=list)
    has_similar: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain values by name."""
        return asdict(self)


def panel_of(store: GraphStore, iri: str, document: str, span: Span) -> Panel:
    """The panel of what ``iri`` stands for, marked at ``span`` of the document with the IRI ``document``.

    Raises:
        InputError: it is nothing that page 原文 marks.
        NotFoundError: there is no such statement.
    """
    kind = statement_kind(iri) if iri.count("/") > 1 else ""
    if kind in ("measure", "norm"):
        return _statement_panel(store, iri)
    if kind == "actor":
        return _actor_panel(store, iri, f"{document}/mention/{span.start}-{span.end}")
    if kind == "programme":
        return _programme_panel(store, iri)
    raise InputError(f"“{iri}”不是原文页标出的举措、规范、主体或计划。请给出其中一种的 IRI。")


def _statement_panel(store: GraphStore, iri: str) -> Panel:
    facts = statement_facts(store, iri)
    return Panel(
        facts=[*_force(facts), *_lines(FACTS, ((fact.name, _value(fact)) for fact in facts))],
        neighbours=_lines(NEIGHBOURS, ((one.relation, _place(one)) for one in statement_neighbours(store, iri))),
        links=[
            *statement_links(iri),
            ("看 SPARQL", destination("query", {"query": fill_question("statement_facts", statement=iri)})),
        ],
        has_similar=True,
    )


def _force(facts: Iterable[Fact]) -> list[tuple[str, list[PanelValue]]]:
    """效力：义务（应当）."""
    told = {fact.name: fact.label for fact in facts}
    if "modality" not in told:
        return []
    return [("效力", [PanelValue(force(told["modality"], told.get("strength", told.get("marker"))))])]


def _lines(names: dict[str, str], values: Iterable[tuple[str, PanelValue]]) -> list[tuple[str, list[PanelValue]]]:
    """The values under their names, in the order of ``names``; others are left out."""
    found: dict[str, list[PanelValue]] = {}
    for name, value in values:
        found.setdefault(name, []).append(value)
    return [(title, found[name]) for name, title in names.items() if name in found]


def _value(fact: Fact) -> PanelValue:
    text = f"{fact.label}（最后一日 {fact.last_day}）" if fact.last_day else fact.label
    is_actor = fact.name in RELATIONS
    known = CERTAINTIES[fact.certainty] if is_actor or fact.certainty is not Certainty.EXPLICIT else ""
    return PanelValue(text, named_view(fact.label) if is_actor else None, known, fact.reason)


def _place(neighbour: Neighbour) -> PanelValue:
    if neighbour.document is None:
        return PanelValue(neighbour.label, known="不在知识库里")
    key = document_key(neighbour.document)
    if neighbour.start is None or neighbour.end is None:
        return PanelValue(neighbour.label, destination("document", {"document": key}))
    return PanelValue(neighbour.label, place_destination(key, neighbour.start, neighbour.end))


def _actor_panel(store: GraphStore, iri: str, mention: str) -> Panel:
    label = segment_label(iri)
    meanings = run_question(store, "mention_meanings", actor=iri, mention=mention)
    counts = [
        PanelValue(f"{RELATIONS[str(row['role'])]} {row['statements']} 条，见于 {row['documents']} 份文件")
        for row in run_question(store, "actor_roles", actor=iri)
    ]
    facts = _lines(
        MEANINGS,
        ((str(row["name"]), PanelValue(str(row["label"]), reason=str(row["reason"] or ""))) for row in meanings),
    )
    return Panel(
        facts=[*facts, *([("在知识库里", counts)] if counts else [])],
        links=[
            ("与它有关的举措和规范", named_view(label)),
            ("检索写到它的内容", destination("search", {"q": label, "actors": label})),
            ("看 SPARQL", destination("query", {"query": fill_question("actor_statements", actor=iri)})),
        ],
    )


def _programme_panel(store: GraphStore, iri: str) -> Panel:
    rows = run_question(store, "programme_documents", programme=iri)
    documents = [
        PanelValue(
            f"《{row['document_title']}》{row['mentions']} 处，举措 {row['measures']} 条",
            destination("document", {"document": document_key(str(row["iri"]))}),
        )
        for row in rows[:FEW_DOCUMENTS]
    ]
    if len(rows) > FEW_DOCUMENTS:
        documents.append(PanelValue(f"共 {len(rows)} 份文件"))
    label = segment_label(iri)
    return Panel(
        facts=[("名称", [PanelValue(label)]), ("见于", documents)],
        links=[
            ("检索点名它的举措", destination("search", {"q": label, "programmes": label})),
            ("看 SPARQL", destination("query", {"query": fill_question("programme_documents", programme=iri)})),
        ],
    )


def similar_to_json(found: Iterable[SimilarStatement]) -> list[dict[str, Any]]:
    """The nearest statements of other documents as the panel lists them."""
    return [
        {
            "badge": KINDS[other.kind],
            "source": f"《{other.document}》 {other.place}",
            "text": other.text,
            "marks": other.marks,
            "remark": f"接近度 {other.closeness:.2f}",
            "destination": place_destination(document_key(other.document_iri), other.start, other.end),
        }
        for other in found
    ]
