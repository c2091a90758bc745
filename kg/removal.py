"""Taking a document out of a graph: its own graphs, and what only it said in the graphs that all documents share.

What is left is what a build without the document would give. An actor is of use while a document names it, and an
organization also while an actor of use resolves to it or is part of it (``kg.graph_writer``, ``kg.resolution_graph``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from kg.graph_writer import kp
from kg.namespaces import RDF, Iris

_LEADS_TO = (kp("resolvesTo"), kp("subOrganizationOf"))
_SAID_OF_NAMES = (kp("resolvesTo"), kp("deictic"))
"""What is concluded of an actor only where a document mentions it or is issued by it."""
_SUBJECT, _PREDICATE = NamedNode(f"{RDF}subject"), NamedNode(f"{RDF}predicate")


def remove_document(store: Store, iris: Iris, key: str) -> None:
    """Remove the document ``key``; links of other documents to it are not touched (``kg.catalogue.link_changes``)."""
    own = (iris.read_graph(key), iris.derived_graph(key))
    named = {term for graph in own for term in _shared_things(store.quads_for_pattern(None, None, None, graph), iris)}
    for graph in own:
        store.remove_graph(graph)
    shared = _SharedGraphs(store, iris)
    candidates = shared.reached_from(named)
    for thing in candidates:
        if not shared.is_named(thing):
            for predicate in _SAID_OF_NAMES:
                shared.remove_conclusions(thing, predicate)
    for thing in shared.useless(candidates):
        shared.remove(thing)


def _shared_things(quads: Iterable[Quad], iris: Iris) -> Iterator[NamedNode]:
    """The actors and programmes that the quads speak of."""
    beginnings = (f"{iris.base_iri}id/actor/", f"{iris.base_iri}id/programme/")
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith(beginnings):
                yield term


class _SharedGraphs:
    """What is said of actors and programmes for all documents together."""

    def __init__(self, store: Store, iris: Iris) -> None:
        self._store = store
        self._derived = iris.actors_derived_graph
        self._graphs = (iris.actors_graph, iris.actors_derived_graph)

    def reached_from(self, things: set[NamedNode]) -> set[NamedNode]:
        """The things and all that they lead to."""
        reached, frontier = set(things), set(things)
        while frontier:
            frontier = {
                quad.object
                for thing in frontier
                for predicate in _LEADS_TO
                for quad in self._store.quads_for_pattern(thing, predicate, None, self._derived)
                if isinstance(quad.object, NamedNode)
            } - reached
            reached |= frontier
        return reached

    def is_named(self, thing: NamedNode) -> bool:
        """Whether a document mentions it or is issued by it."""
        mentions = self._store.quads_for_pattern(thing, kp("mention"), None)
        return any(mentions) or any(self._store.quads_for_pattern(None, kp("issuer"), thing))

    def _is_used(self, thing: NamedNode) -> bool:
        """Whether a document's own graph speaks of it."""
        return any(
            quad.graph_name not in self._graphs
            for quads in (
                self._store.quads_for_pattern(None, None, thing),
                self._store.quads_for_pattern(thing, None, None),
            )
            for quad in quads
        )

    def useless(self, candidates: set[NamedNode]) -> set[NamedNode]:
        """Those of the candidates that no document speaks of and nothing of use leads to."""
        useless = {thing for thing in candidates if not self._is_used(thing)}
        while kept := {thing for thing in useless if self._is_led_to(thing, useless)}:
            useless -= kept
        return useless

    def _is_led_to(self, thing: NamedNode, useless: set[NamedNode]) -> bool:
        return any(
            quad.subject not in useless
            for predicate in _LEADS_TO
            for quad in self._store.quads_for_pattern(None, predicate, thing, self._derived)
        )

    def remove(self, thing: NamedNode) -> None:
        """Remove all that is said and concluded of it."""
        self.remove_conclusions(thing, None)
        for graph in self._graphs:
            self._remove_quads(thing, None, graph)

    def remove_conclusions(self, thing: NamedNode, predicate: NamedNode | None) -> None:
        """Remove what is concluded of it with ``predicate`` (None: any), and why."""
        for quad in list(self._store.quads_for_pattern(None, _SUBJECT, thing, self._derived)):
            inference = quad.subject
            if predicate is None or any(self._store.quads_for_pattern(inference, _PREDICATE, predicate, self._derived)):
                self._remove_quads(inference, None, self._derived)
        if predicate is not None:
            self._remove_quads(thing, predicate, self._derived)

    def _remove_quads(
        self, subject: NamedNode | BlankNode | Triple, predicate: NamedNode | None, graph: NamedNode
    ) -> None:
        for quad in list(self._store.quads_for_pattern(subject, predicate, None, graph)):
            self._store.remove(quad)
