"""Citations to quads: what a document says it cites, and, once all documents are known, what that is in the corpus.

What is cited is concluded, not read: it goes to the citing document's derived graph, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.citation_resolution import CitableDocument, CitationResolver, resolve_provisions
from kg.graph_writer import TYPE, GraphWriter, Grounds, inference_quads, kp
from kg.namespaces import CITATION_RELATION, Iris
from kg.provision_index import ProvisionIndex
from kg.types import Citation, Document
from kg.vocabulary import literal_zh

DOCUMENT_RELATIONS = {
    "based_on": ("basedOn", "本文件写明据以制定"),
    "implements": ("implements", "本文件写明为贯彻落实而制定"),
    "amends": ("amends", "本文件写明予以修改"),
    "repeals": ("repeals", "本文件写明予以废止"),
    "cites": ("cites", "本文件提到"),
}
"""Citation relation to the property between documents, and how its reason begins."""


def write_citations(graph: GraphWriter, citations: Sequence[Citation]) -> None:
    """What a document cites, as written; where it cites itself, the provisions meant are concluded at once."""
    provisions = ProvisionIndex.of(graph.document)
    for citation in citations:
        iri = graph.iris.statement(graph.document.key, "citation", citation.span)
        graph.start_statement(iri, kp("Citation"), citation.span, citation.rule)
        if citation.internal:
            graph.add(iri, TYPE, kp("InternalCitation"), graph.read)
        graph.say(iri, "citedTitle", literal_zh(citation.title) if citation.title else None)
        graph.say(iri, "citedNumber", citation.number)
        graph.say(iri, "citationRelation", NamedNode(CITATION_RELATION + citation.relation))
        for cited in citation.provisions:
            graph.say(iri, "citedProvision", cited.text)
            words = graph.mention(cited.span)
            if not citation.internal:
                continue
            here = provisions.way_to(graph.document, graph.provision_index_of(cited.span))
            for target in resolve_provisions(provisions, cited, here):
                provision = graph.iris.provision(graph.document.key, target.span)
                graph.conclude(
                    iri, kp("resolvedProvision").value, provision, Grounds(target.rule, target.reason, words)
                )


@dataclass
class CitationLinks:
    """Collects the documents of a build and their citations of others; light, since it holds no text.

    Links depend on all documents, so they are written after the last one.
    """

    iris: Iris
    citing: dict[str, tuple[CitableDocument, tuple[Citation, ...]]] = field(default_factory=dict)

    def add(self, document: Document, citations: Sequence[Citation]) -> None:
        """Take in a document, in any order."""
        external = tuple(citation for citation in citations if not citation.internal)
        self.citing[document.key] = (CitableDocument.of(document), external)

    def resolver(self) -> CitationResolver:
        """Finds the documents taken in so far."""
        return CitationResolver(document for document, _ in self.citing.values())

    def quads(self) -> Iterator[Quad]:
        """The links of all documents: citation to document and provisions, and document to document."""
        resolver = self.resolver()
        for key in sorted(self.citing):
            yield from self.document_quads(resolver, key)

    def document_quads(self, resolver: CitationResolver, key: str) -> Iterator[Quad]:
        """The links that go out from one document."""
        document, citations = self.citing[key]
        graph = self.iris.derived_graph(document.key)
        related: dict[tuple[str, str], tuple[CitableDocument, Citation]] = {}  # first citation of each relation
        for citation in citations:
            resolved = resolver.resolve(citation, document)
            if resolved is None:
                continue
            iri = self.iris.statement(document.key, "citation", citation.span)
            cited = self.iris.document(resolved.document.key)
            grounds = Grounds(resolved.rule, resolved.reason, self.iris.mention(document.key, citation.span))
            yield from inference_quads(self.iris, iri, kp("resolvedDocument"), cited, grounds, graph)
            if resolved.same_version:
                yield from self._provision_quads(iri, document, resolved.document, citation)
            if resolved.document.key != document.key:
                relation = citation.relation if citation.binding else "cites"
                related.setdefault((resolved.document.key, relation), (resolved.document, citation))
        yield from self._relation_quads(document, related)

    def _provision_quads(
        self, iri: NamedNode, document: CitableDocument, cited: CitableDocument, citation: Citation
    ) -> Iterator[Quad]:
        targets: dict[NamedNode, Grounds] = {}  # each once, though a list may name it twice
        for words in citation.provisions:
            for target in resolve_provisions(cited.provisions, words, ()):
                mention = self.iris.mention(document.key, words.span)
                provision = self.iris.provision(cited.key, target.span)
                targets.setdefault(provision, Grounds(target.rule, target.reason, mention))
        for provision, grounds in targets.items():
            graph = self.iris.derived_graph(document.key)
            yield from inference_quads(self.iris, iri, kp("resolvedProvision"), provision, grounds, graph)

    def _relation_quads(
        self, document: CitableDocument, related: dict[tuple[str, str], tuple[CitableDocument, Citation]]
    ) -> Iterator[Quad]:
        """Relations between documents; that one merely cites another is said only where it says nothing more."""
        bound = {key for key, relation in related if relation != "cites"}
        for (key, relation), (cited, citation) in sorted(related.items(), key=lambda item: item[0]):
            if relation == "cites" and key in bound:
                continue
            name, reason = DOCUMENT_RELATIONS[relation]
            mention = self.iris.mention(document.key, citation.span)
            grounds = Grounds("document_citation", f"{reason}《{cited.title}》", mention)
            subject, graph = self.iris.document(document.key), self.iris.derived_graph(document.key)
            yield from inference_quads(self.iris, subject, kp(name), self.iris.document(key), grounds, graph)
