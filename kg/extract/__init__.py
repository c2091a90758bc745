"""From a parsed document to its statements: actors, measures, norms, citations, programmes."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.citations import find_citations, find_programmes
from kg.extract.clauses import Clause, read_clause
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.extract.statements import Context, read_sentence
from kg.extract.tokens import tokenize
from kg.types import (
    ActorMention,
    Document,
    Level,
    Measure,
    Norm,
    Provenance,
    Provision,
    RoleFiller,
    Span,
    Statements,
)

__all__ = ["extract_statements"]

_BACKGROUND_NORM = frozenset({"必须", "应当", "不得"})


def extract_statements(document: Document) -> Statements:
    """Read all statements out of a document, each kind in text order, no span twice within a kind."""
    return _Extractor(document, load_lexicon()).run()


class _Extractor:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.actors: dict[Span, ActorMention] = {}
        self.measures: dict[Span, Measure] = {}
        self.norms: dict[Span, Norm] = {}

    def run(self) -> Statements:
        text = self.document.text
        for addressee in self.document.addressees:
            self._read_clause(addressee, is_last=True)
        contexts: dict[int, Context] = {}
        for provision in self.document.provisions:
            contexts[provision.index] = self._read_provision(provision, contexts)
        measures = sorted(self.measures.values(), key=lambda m: m.span)
        norms = [
            replace(norm, measures=_measures_inside(norm.span, measures))
            for norm in sorted(self.norms.values(), key=lambda n: n.span)
        ]
        return Statements(
            actors=tuple(sorted(self.actors.values(), key=lambda a: a.span)),
            measures=tuple(measures),
            norms=tuple(norms),
            citations=tuple(find_citations(text, self.document.title_span)),
            programmes=tuple(find_programmes(text, self.document.title_span)),
        )

    def _read_provision(self, provision: Provision, contexts: dict[int, Context]) -> Context:
        parent = contexts.get(provision.parent) if provision.parent is not None else None
        statute = provision.level in (Level.ARTICLE, Level.ITEM, Level.SUBITEM) or (
            provision.parent is not None and self.document.provisions[provision.parent].level is Level.ARTICLE
        )
        context = Context(statute=statute, measures_allowed=provision.operative)
        in_notice = provision.parent is not None and self.document.provisions[provision.parent].level is Level.NOTICE
        for index, sentence in enumerate(provision.sentences):
            clauses = [
                self._read_clause(span, is_last=number == len(sentence.clauses) - 1)
                for number, span in enumerate(sentence.clauses)
            ]
            measures, norms = read_sentence(self.document.text, clauses, context, index)
            for measure in measures:
                self.measures.setdefault(measure.span, measure)
            for norm in norms:
                if provision.operative or norm.marker.text in _BACKGROUND_NORM:
                    self.norms.setdefault(norm.span, self._with_addressees(norm, in_notice))
        return context

    def _read_clause(self, span: Span, is_last: bool) -> Clause:
        tokens = tokenize(self.lexicon, self.document.text, span.start, span.end)
        clause = read_clause(tokens, span, is_last)
        for phrase in clause.actors:
            place = clause.span_of(phrase)
            self.actors.setdefault(place, ActorMention(place, place.slice(self.document.text)))
        return clause

    def _with_addressees(self, norm: Norm, in_notice: bool) -> Norm:
        """The notice's 请 is laid on the addressees of its salutation."""
        if norm.marker.text != "请" or norm.bearers or not in_notice:
            return norm
        inside = [span for span in self.actors if any(part.contains(span) for part in self.document.addressees)]
        fillers = tuple(RoleFiller(span, Provenance.INHERITED, "addressees-of-notice") for span in sorted(inside))
        return replace(norm, bearers=fillers)


def _measures_inside(span: Span, measures: list[Measure]) -> tuple[int, ...]:
    return tuple(index for index, measure in enumerate(measures) if span.contains(measure.span))
