"""The page of a thing that no view shows: all that is known of it, named graph by named graph."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad
from starlette.responses import HTMLResponse

from kg.descriptions import Description
from kg.namespaces import KP, RDF
from kg.rdf_formats import GRAPH_FILES
from kg.reused_terms import short_name
from kg.things import THING_KINDS
from web.addresses import file_path, path_of, view_address, view_path
from web.html import html_page
from web.links import destination

LITERAL_LIMIT = 300
"""Code points of a value that the page shows; a document's text has a view of its own."""

SHARED_GRAPHS = {
    "DEFAULT": "本体和词表",
    "vocabulary": "本体和词表",
    "actors": "主体（各文件共有）",
    "actors/derived": "由名称推断",
}
"""What the named graphs hold that belong to no single document, by the end of their IRIs."""

_PLACE = re.compile(r"/mention/(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as shown, where it leads, and what is added quietly."""

    text: str
    href: str | None = None
    note: str | None = None


@dataclass(slots=True)
class Row:
    """A property with its values."""

    property: Cell
    shortened: bool
    values: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """The facts of one named graph."""

    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """An inference about the thing."""

    property: Cell
    value: Cell
    reason: str
    rule: str
    href: str


@dataclass(frozen=True)
class ThingPage:
    """Draws a description; links go to this server, whatever the base IRI is."""

    description: Description
    base_iri: str
    root: str

    def response(self) -> HTMLResponse:
        """The page."""
        thing = self.description.thing
        path = path_of(thing.value, self.base_iri) or ""
        files = [
            Cell(f".{suffix}", self.root + file_path(path, suffix), form.media_type)
            for suffix, form in GRAPH_FILES.items()
        ]
        title = self.description.labels.get(thing.value, thing.value.rsplit("/", 1)[-1])
        groups = self.fact_groups()
        if self.description.pointing:
            groups.append(Group("哪里指向它", self.rows(self.description.pointing, backwards=True)))
        return html_page(
            "thing", self.root, title, iri=thing.value, links=self.links(path), files=files, groups=groups,
            inferences=list(self.conclusions()),
        )  # fmt: skip

    def links(self, path: str) -> list[Cell]:
        """The views that say more about the thing."""
        view, label = view_path(path), self.description.labels.get(self.description.thing.value)
        links = [Cell("在原文中查看", self.root + view)] if view else []
        if path.startswith("id/actor/") and label:
            concerning = view_address(destination("organizations", {"name": label}))
            links.append(Cell("与它有关的举措与规范", self.root + concerning))
        key = path.removeprefix("id/").removeprefix("vocabulary/")
        if key.count("/") == 1 and key.partition("/")[0] in THING_KINDS:
            links.append(Cell("图谱：它与什么相连", self.root + view_address(destination("graph", {"start": key}))))
        return links

    def fact_groups(self) -> list[Group]:
        """The facts by named graph."""
        by_graph: dict[str, list[Quad]] = {}
        for quad in self.description.facts:
            by_graph.setdefault(str(quad.graph_name).strip("<>"), []).append(quad)
        return [Group(self.graph_title(name), self.rows(by_graph[name])) for name in sorted(by_graph)]

    def rows(self, quads: Iterable[Quad], backwards: bool = False) -> list[Row]:
        """Facts by property; ``backwards``, the subjects that point to the thing."""
        rows: dict[str, Row] = {}
        for quad in quads:
            iri = quad.predicate.value
            shortened = not backwards and iri in self.description.shortened
            row = rows.setdefault(iri, Row(self.property_cell(iri), shortened))
            row.values.append(self.cell(quad.subject if backwards else quad.object))
        for row in rows.values():
            row.values.sort(key=lambda cell: (cell.text, len(cell.href or ""), cell.href or ""))  # places in order
        return [rows[iri] for iri in sorted(rows)]

    def conclusions(self) -> Iterable[Conclusion]:
        """The inferences, each with its reason."""
        found: dict[str, dict[str, list[object]]] = {}
        for quad in self.description.inferences:
            values = found.setdefault(str(quad.subject).strip("<>"), {})
            values.setdefault(quad.predicate.value, []).append(quad.object)
        for iri, values in sorted(found.items()):
            (predicate,), (value,) = values[f"{RDF}predicate"], values[f"{RDF}object"]
            reasons = [reason.value for reason in values[f"{KP}reason"] if isinstance(reason, Literal)]
            rules = [rule.value for rule in values[f"{KP}rule"] if isinstance(rule, Literal)]
            yield Conclusion(
                property=self.property_cell(str(predicate).strip("<>")),
                value=self.cell(value),
                reason="；".join(sorted(reasons)),
                rule="、".join(sorted(rules)),
                href=self.href(iri) or iri,
            )

    def property_cell(self, iri: str) -> Cell:
        """A property by its Chinese name."""
        return Cell(self.description.labels.get(iri, short_name(iri)), self.href(iri), short_name(iri))

    def cell(self, term: object) -> Cell:
        """A value; things by their label, or the words that they stand for."""
        if isinstance(term, Literal):
            shown = term.value[:LITERAL_LIMIT]
            cut = len(term.value) > LITERAL_LIMIT
            note = (
                f"……（共 {len(term.value)} 字）"
                if cut
                else (term.language if term.language not in (None, "zh") else None)
            )
            return Cell(shown, None, note)
        if isinstance(term, NamedNode):
            label = self.description.labels.get(term.value, short_name(term.value))
            place = _PLACE.search(term.value)
            note = f"第 {place[1]}–{place[2]} 字" if place else None
            return Cell(label[:LITERAL_LIMIT], self.href(term.value), note)
        return Cell(str(term))

    def href(self, iri: str) -> str | None:
        """Where a link to ``iri`` goes; IRIs of others are opened as they are."""
        path = path_of(iri, self.base_iri)
        if path is not None:
            return self.root + path
        return iri if iri.startswith(("http://", "https://")) else None

    def graph_title(self, name: str) -> str:
        """What a named graph holds, in words."""
        path = name.removeprefix(f"{self.base_iri}graph/")
        title = self.description.labels.get(name)
        if title is None:
            return SHARED_GRAPHS.get(path, path)
        return f"由《{title}》推断" if path.endswith("/derived") else f"《{title}》所说"
