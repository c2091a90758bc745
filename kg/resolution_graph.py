"""Resolutions to quads: whom names and mentions mean, which names only a document can tell, where a document belongs.

All of it is concluded, so it goes to derived graphs with its reasons: of names to the one all documents share, of
mentions and of the document itself to that of the document.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg.directory import Organization
from kg.graph_writer import GraphWriter, Grounds
from kg.namespaces import KP, actor_kind
from kg.places import Home
from kg.resolution import Resolution, Resolver, resolve_name, why_deictic
from kg.types import ActorMention


def add_resolutions(writer: GraphWriter, actors: tuple[ActorMention, ...]) -> None:
    """What the issuers' names and the mentions of a document mean, as far as it can be told."""
    resolver = Resolver(writer.document, actors)
    _add_home(writer, resolver.home)
    for label in dict.fromkeys([*writer.document.issuers, *(mention.text for mention in actors)]):
        _add_name(writer, label)
    for mention in actors:
        for resolution in resolver.resolve(mention):
            _conclude(writer, writer.mention(mention.span), resolution, writer.derived)


def _add_name(writer: GraphWriter, label: str) -> None:
    derived = writer.iris.actors_derived_graph
    known, why = resolve_name(label), why_deictic(label)
    if known is not None:
        _conclude(writer, writer.actor(label), known, derived)
    if why is not None:
        grounds = Grounds("deictic_name", f"“{label}”{why}")
        writer.conclude(writer.actor(label), f"{KP}deictic", Literal(True), grounds, derived)


def _conclude(writer: GraphWriter, subject: NamedNode, resolution: Resolution, graph: NamedNode) -> None:
    meant = resolution.meant
    value = writer.organization(meant) if isinstance(meant, Organization) else actor_kind(meant)
    words = writer.mention(resolution.words) if resolution.words is not None else None
    writer.conclude(subject, f"{KP}resolvesTo", value, Grounds(resolution.rule, resolution.reason, words), graph)


def _add_home(writer: GraphWriter, home: Home | None) -> None:
    """Level and region of a document that states neither, from what tells where it belongs."""
    if home is None or writer.document.level is not None or writer.document.region is not None:
        return
    grounds = Grounds(home.rule, home.reason)
    level = home.place.level if home.place is not None else "national"
    writer.conclude(writer.iri, f"{KP}governmentLevel", Literal(level), grounds)
    if home.place is not None and home.place.province is not None:
        writer.conclude(writer.iri, f"{KP}region", Literal(home.place.province), grounds)
