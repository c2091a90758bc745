"""Text to document: front matter, outline, sentences, clauses."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.errors import InputError
from kg.front_matter import document_kind, level_and_region, read_front_matter
from kg.outline import build_outline
from kg.types import Document, Source

KEY_DIGITS = 16


def parse_document(source: Source) -> Document:
    """Parse a text into a document with its provisions; a text without any outline gives paragraphs.

    What ``source`` states from outside the text (title, kind, dates …) takes precedence over what is read in it.

    Raises:
        InputError: the text holds nothing but white space.
    """
    text = source.text
    if not text.strip():
        raise InputError(f"“{source.name}”没有正文。请换一个有正文的文本。")
    front = read_front_matter(text)
    title = source.title or (_joined(front.title.slice(text)) if front.title else "") or source.name
    number = source.number or front.number
    issued = source.issued or front.issued
    issuers = source.issuers or front.issuers
    level, region = level_and_region(issuers, title)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(
        key=document_key(number, title, issued, sha256),
        text=text,
        sha256=sha256,
        title=title,
        title_span=front.title,
        kind=source.kind or document_kind(title, source.level or level),
        number=number,
        issuers=issuers,
        addressees=front.addressees,
        issued=issued,
        in_force=source.in_force or front.in_force,
        status=source.status,
        level=source.level or level,
        region=source.region or region,
        origin=source.origin,
        licence=source.licence,
        provisions=build_outline(text, front.body_start, len(text), front.notice),
    )


def document_key(number: str | None, title: str, issued: date | None, sha256: str) -> str:
    """16 hexadecimal digits of the document's number or, without one, of its title and date.

    A title without a date names too many documents (政府工作报告): there the hash of the text takes the date's place.
    """
    parts = ("number", number) if number else ("title", title, issued.isoformat() if issued else sha256)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:KEY_DIGITS]


def _joined(title: str) -> str:
    return "".join(line.strip() for line in title.splitlines())
