"""IRIs and the addresses at which this server answers for them, whatever host and prefix it is reached at."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlencode

from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request

from kg.errors import NotFoundError
from kg.namespaces import KP, VOCABULARY_BASE, iri_segment
from web.links import Destination, destination, place_destination

_IN_DOCUMENT = re.compile(r"id/document/(?P<key>[^/]+)(?:/\w+/(?P<start>\d+)-(?P<end>\d+))?")
"""Documents and what stands at a place of one: provisions, statements, mentions."""


class IriPath(PathConvertor):
    """The rest of a path, whatever it holds; Starlette's own stops at line ends, which are characters like others."""

    regex = r"[\s\S]*"


register_url_convertor("iri", IriPath())


@dataclass(frozen=True, slots=True)
class RequestedPath:
    """The path of a request, below where the app is mounted, written as the IRIs of the graph are."""

    path: str

    @classmethod
    def of(cls, request: Request) -> "RequestedPath":
        """The path as sent: ``%2F`` inside a segment stays apart from ``/``, Chinese may be percent-encoded or not.

        Raises:
            NotFoundError: it is not UTF-8, so that no IRI of ours is meant.
        """
        try:
            segments = [unquote_to_bytes(segment).decode("utf-8") for segment in _segments_sent(request)]
        except UnicodeDecodeError as error:
            raise NotFoundError("网址不是 UTF-8 编码，知识库里没有这样的 IRI。") from error
        return cls("/".join(map(iri_segment, segments)))

    @property
    def root(self) -> str:
        """What leads from here to the app's own address."""
        return "../" * self.path.count("/")


def _segments_sent(request: Request) -> list[bytes]:
    """The segments of the path below where the app is mounted, as they came over the wire."""
    mounted = quote(request.scope.get("root_path", "")).encode()
    sent: bytes = request.scope["raw_path"]
    return sent.removeprefix(mounted).removeprefix(b"/").split(b"/")


def root_of(request: Request) -> str:
    """What leads from the request's path, be it written as it may, to the app's own address."""
    return "../" * (len(_segments_sent(request)) - 1)


def split_suffix(name: str, known: Callable[[str], str | None], suffixes: set[str]) -> tuple[str, str | None] | None:
    """The thing that ``name`` means and the suffix that follows it, if any; a thing with a dot in its name comes first.

    ``known`` gives the thing of a name, or None where there is none.
    """
    thing = known(name)
    if thing is not None:
        return thing, None
    stem, dot, suffix = name.rpartition(".")
    thing = known(stem) if dot and suffix in suffixes else None
    return None if thing is None else (thing, suffix)


def path_of(iri: str, base_iri: str) -> str | None:
    """Where this server answers for ``iri``, relative to its root; None for IRIs of others."""
    if iri.startswith(KP):
        return f"ontology.html#{iri.removeprefix(KP)}"
    if iri.startswith(f"{VOCABULARY_BASE}vocabulary/"):
        return iri.removeprefix(VOCABULARY_BASE)
    if iri.startswith((f"{base_iri}id/", f"{base_iri}graph/")):
        return iri.removeprefix(base_iri)
    return None


def file_path(iri_path: str, suffix: str) -> str:
    """The path of the file in which a thing with this path is described."""
    return f"{iri_path.rstrip('/')}.{suffix}"


def view_path(iri_path: str) -> str | None:
    """The view that shows the thing with this path to people; None where there is none."""
    match = _IN_DOCUMENT.fullmatch(iri_path)
    if match is None:
        return None
    if match["start"] is None:
        view = destination("document", {"document": match["key"]})
    else:
        view = place_destination(match["key"], int(match["start"]), int(match["end"]))
    return view_address(view)


def view_address(view: Destination) -> str:
    """A link to a view as an address relative to the app's own."""
    return f"{view['path']}?{urlencode(view['parameters'], doseq=True)}"
