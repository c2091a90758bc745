"""``/id/…`` and ``/vocabulary/…``: whoever opens an IRI is sent on to a page or to data about it.

The answer to an IRI is 303 (https://www.w3.org/TR/cooluris/); what it names is a thing, not a file. The file has the
IRI's path with a suffix: ``.ttl``, ``.jsonld``, ``.nt``, ``.rdf``, ``.trig``, ``.nq``, or ``.html``.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.descriptions import Description, describe_term, describe_thing, is_described
from kg.errors import NotFoundError
from kg.namespaces import VOCABULARY_BASE
from kg.vocabulary import vocabulary_terms
from web.addresses import RequestedPath, file_path, path_of, split_suffix, view_path
from web.generation import cache_headers
from web.graph_responses import HTML, SUFFIXES, GraphEndpoint, graph_response, negotiated_suffix, not_modified
from web.resources import KNOWLEDGE_BASE
from web.thing_page import ThingPage


def see_other(request: Request, iri_path: str, root: str) -> Response:
    """Send on to the file or view that suits; ``iri_path`` is that of the thing."""
    suffix = negotiated_suffix(request)
    view = view_path(iri_path) if suffix == HTML else None
    return RedirectResponse(root + (view or file_path(iri_path, suffix)), status_code=303, headers={"vary": "accept"})


def description_response(
    description: Description, suffix: str, base_iri: str, root: str, headers: dict[str, str] | None = None
) -> Response:
    """A description as the file with this suffix."""
    if suffix == HTML:
        page = ThingPage(description, base_iri, root).response()
        page.headers.update(headers or {})
        return page
    return graph_response(description.quads(), suffix, headers)


class Thing(GraphEndpoint):
    """Everything that the data describe: documents, provisions, statements, actors, inferences …"""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """Raises ``NotFoundError`` for what the graph says nothing about."""
        knowledge_base = KNOWLEDGE_BASE.get()
        store, base_iri = knowledge_base.store, knowledge_base.settings.base_iri
        found = split_suffix(base_iri + path.path, lambda iri: iri if is_described(store, iri) else None, SUFFIXES)
        if found is None:
            raise NotFoundError(f"知识库里没有“{base_iri}{path.path}”。请检查网址，或到检索页查找。")
        iri, suffix = found
        if suffix is None:
            return see_other(request, iri.removeprefix(base_iri), path.root)
        headers = cache_headers(knowledge_base)
        unchanged = not_modified(request, headers)
        return unchanged or description_response(describe_thing(store, iri), suffix, base_iri, path.root, headers)


class VocabularyTerm(GraphEndpoint):
    """Concepts and concept schemes; they need no knowledge base."""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """Raises ``NotFoundError`` for what the vocabulary does not hold."""
        base_iri = KNOWLEDGE_BASE.settings.base_iri
        found = split_suffix(VOCABULARY_BASE + path.path, _known_term, SUFFIXES)
        if found is None:
            raise NotFoundError(f"词表里没有“{VOCABULARY_BASE}{path.path}”。全部词汇见 /ontology。")
        iri, suffix = found
        if suffix is None:
            return see_other(request, path_of(iri, base_iri) or "", path.root)
        return description_response(describe_term(iri), suffix, base_iri, path.root)


def _known_term(iri: str) -> str | None:
    """The term of this IRI; a scheme's final slash may be left out."""
    return next((known for known in (iri, f"{iri}/") if known in vocabulary_terms()), None)
