"""Addresses of the pages: every view is a link that can be copied, and every link is made here."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

VIEWS = {
    "search": "检索",
    "document": "原文",
    "organizations": "机构",
    "graph": "图谱",
    "overview": "概览",
    "documents": "文档",
    "compare": "对比",
    "query": "SPARQL",
    "about": "关于",
}
"""Views in the order of the navigation; the first answers at ``/``, each other at ``/<name>``."""

LINKED_VIEWS = {"similar": "相近表述", "concerned": "涉及哪些单位", "together": "写在一起"}
"""Views about one thing, which only links lead to."""

HOME = next(iter(VIEWS))


class Destination(TypedDict):
    """Where a link leads: a view's address relative to any other view, and the address's parameters."""

    path: str
    parameters: dict[str, str | list[str]]


def view_file(view: str) -> Path:
    """The script that draws a view."""
    # Not in a folder called "pages": Streamlit would read that itself, and not know a deep link on the first visit.
    return Path(__file__).parent / "views" / f"{view}.py"


def document_key(document_iri: str) -> str:
    """What names a document in an address: the last part of its IRI."""
    return document_iri.rsplit("/", 1)[-1]


def destination(view: str, parameters: Mapping[str, str | int | Sequence[str]]) -> Destination:
    """A link to ``view``; numbers become text, empty values are left out."""
    return Destination(
        path="./" if view == HOME else view,
        parameters={
            name: str(value) if isinstance(value, str | int) else list(value)
            for name, value in parameters.items()
            if value not in ("", [], ())
        },
    )


def read_limit(written: str, page_size: int) -> int:
    """How many rows an address asks for; a page of them where what is ``written`` is no number from 1."""
    return int(written) if written.isdecimal() and int(written) else page_size


def place_destination(document: str, start: int, end: int) -> Destination:
    """The view of a document, opened where ``[start, end)`` (code points) stands."""
    return destination("document", {"document": document, "start": start, "end": end})
