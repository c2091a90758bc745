"""How a place in a document is cited: by its number (文号), as a reference of GB/T 7714—2015, and in BibTeX.

Nothing is made up: what the graph does not know of a document is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.questions import run_question
from kg.store import GraphStore

NAMED_ISSUERS = 3
"""GB/T 7714—2015: of more than three authors the first three are named."""

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    # A brace counts for BibTeX even after a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """What a citation says of a document; ``issued`` is YYYY-MM-DD; "" and () where it is not known."""

    key: str
    title: str
    number: str = ""
    issuers: tuple[str, ...] = ()
    issued: str = ""


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """Words of a document where they stand (第十四条第二款); ``address``: a URL of ours for them, "" where none is."""

    place: str
    quote: str
    address: str = ""


def cited_documents(store: GraphStore) -> dict[str, CitedDocument]:
    """What citations say of the documents of the graph, by IRI."""
    issuers: dict[str, list[str]] = {}
    for row in run_question(store, "issuers"):
        issuers.setdefault(str(row["iri"]), []).append(str(row["issuer"]))
    return {
        iri: CitedDocument(
            key=iri.rsplit("/", 1)[-1],
            title=str(row["title"]),
            number=str(row["number"] or ""),
            issuers=tuple(issuers.get(iri, ())),
            issued=str(row["issued"] or ""),
        )
        for row in run_question(store, "documents")
        for iri in [str(row["iri"])]
    }


def number_citation(document: CitedDocument, place: str) -> str:
    """As official texts cite: 《……》（科协发智字〔2021〕41号）第十四条第二款."""
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title}》{number}{place}"


def reference(document: CitedDocument, cited: CitedPlace, accessed: date) -> str:
    """A reference of GB/T 7714—2015 in the numeric system, which leaves out an unknown author.

    A text of government is taken for an archival document ([A]), its number for other title information; the place
    stands where a page would. Online are only texts with an address of ours: these have the day of issue in brackets
    and the day of access.
    """
    named = ", ".join(document.issuers[:NAMED_ISSUERS]) + (", 等" if len(document.issuers) > NAMED_ISSUERS else "")
    title = ": ".join(filter(None, (document.title, document.number)))
    where = ": ".join(filter(None, (document.issued[:4], cited.place)))
    kind = "[A]"
    if cited.address:
        kind = "[A/OL]"
        where += (f"({document.issued})" if document.issued else "") + f"[{accessed.isoformat()}]"
    parts = filter(None, (named, title + kind, where, cited.address))
    return ". ".join(part.removesuffix(".") for part in parts) + "."


def bibtex(document: CitedDocument, places: Sequence[CitedPlace], address: str, accessed: date) -> str:
    """An entry of BibTeX and BibLaTeX for a document, with the cited places and their words in its note.

    ``mark`` is the type of document for styles of GB/T 7714; ``address`` a URL of ours, "" where there is none.
    """
    fields = {
        "author": " and ".join(f"{{{_escaped(issuer)}}}" for issuer in document.issuers),
        "title": f"{{{_escaped(document.title)}}}",
        "number": _escaped(document.number),
        "date": document.issued,
        "year": document.issued[:4],
        "note": _escaped("；".join(f"{place.place}：“{_line(place.quote)}”".removeprefix("：") for place in places)),
        "url": address,
        "urldate": accessed.isoformat() if address else "",
        "mark": "A",
        "language": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{kece-{document.key},\n{lines}}}\n"


def bibliography(
    documents: Mapping[str, CitedDocument], cited: Mapping[str, Sequence[CitedPlace]], addressed: bool, accessed: date
) -> str:
    """The entries of the documents (IRIs) of which places are ``cited``; ``addressed``: their IRIs are URLs of ours."""
    return "\n".join(
        bibtex(documents[iri], places, iri if addressed else "", accessed) for iri, places in cited.items()
    )


def _escaped(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(character, character) for character in text)


def _line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)
