"""``/ontology``: the ontology as a book of reference for people, as data for programs."""

from functools import partial
from itertools import groupby

from pyoxigraph import Quad
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import NotFoundError
from kg.namespaces import KP, VOCABULARY_BASE
from kg.ontology_reference import alignments, concept_schemes, ontology_terms, ontology_title
from kg.rdf_formats import GRAPH_FILES
from kg.vocabulary import FOLDER, vocabulary_triples
from web.addresses import RequestedPath, file_path, path_of
from web.graph_responses import HTML, SUFFIXES, GraphEndpoint, graph_response, negotiated_suffix
from web.html import html_page
from web.resources import KNOWLEDGE_BASE
from web.thing_page import Cell

NAME = KP.removeprefix(VOCABULARY_BASE).rstrip("#")


class Ontology(GraphEndpoint):
    """The ontology's IRI; fragments of it, which clients keep to themselves, name its terms."""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """Send on to the page or the data."""
        location = path.root + file_path(NAME, negotiated_suffix(request))
        return RedirectResponse(location, status_code=303, headers={"vary": "accept"})


class OntologyFile(GraphEndpoint):
    """``/ontology.html`` and the ontology with all concept schemes in the graph formats."""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """Raises ``NotFoundError`` for another suffix."""
        suffix = path.path.rpartition(".")[2]
        if suffix not in SUFFIXES:
            raise NotFoundError(f"本体没有 .{suffix} 文件。可用的后缀：{'、'.join(sorted(SUFFIXES))}。")
        if suffix != HTML:
            quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in vocabulary_triples())
            return graph_response(quads, suffix)
        terms = ontology_terms()
        ontology = ontology_title()
        return html_page(
            "ontology",
            path.root,
            ontology.labels["zh"],
            ontology=ontology,
            files=[Cell(f".{name}", file_path(NAME, name), form.media_type) for name, form in GRAPH_FILES.items()],
            terms_by_kind={kind: list(found) for kind, found in groupby(terms, lambda term: term.kind)},
            schemes=concept_schemes(),
            reused=alignments(),
            concept_href=partial(_concept_href, path.root),
        )


class Shapes(GraphEndpoint):
    """``/ontology/shape``: the SHACL shapes, as written."""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """The file."""
        return Response((FOLDER / "shapes.ttl").read_bytes(), media_type=GRAPH_FILES["ttl"].media_type)


def _concept_href(root: str, iri: str) -> str:
    return root + (path_of(iri, KNOWLEDGE_BASE.settings.base_iri) or "")
