"""Finding a document by what a user calls it: IRI, key, number (文号) or title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import InputError, NotFoundError
from kg.questions import run_question
from kg.store import GraphStore
from kg.title_forms import number_form


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """What a document may be asked for by; ``number`` is its 文号."""

    iri: str
    title: str
    number: str | None = None

    def is_called(self, name: str) -> bool:
        """Whether ``name`` is its IRI, the key at the IRI's end, its title or, in any way of writing it, its number."""
        if name in (self.iri, self.iri.rsplit("/", 1)[-1], self.title):
            return True
        return bool(self.number) and number_form(str(self.number)) == number_form(name)


def named_documents(store: GraphStore) -> list[NamedDocument]:
    """All documents of the graph, in the order of question ``documents``."""
    return [
        NamedDocument(str(row["iri"]), str(row["title"]), None if row["number"] is None else str(row["number"]))
        for row in run_question(store, "documents")
    ]


def find_document(documents: Iterable[NamedDocument], name: str) -> NamedDocument:
    """The one that is called ``name``.

    Raises:
        NotFoundError: there is none.
        InputError: there are several.
    """
    found = [document for document in documents if document.is_called(name)]
    if not found:
        raise NotFoundError(f"知识库里没有“{name}”。请给出文件的 IRI、文号、题名或编号；收录了哪些文件，见“文档”页。")
    if len(found) > 1:
        listed = "、".join(document.iri for document in found)
        raise InputError(f"“{name}”有 {len(found)} 份。请用 IRI 指明是哪一份：{listed}")
    return found[0]
