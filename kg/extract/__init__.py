"""From a parsed document to its statements: actors, measures, norms, citations, programmes, facts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.actors import ActorPhrase
from kg.extract.assignments import find_assignments
from kg.extract.citations import find_citations
from kg.extract.clauses import Clause, actor_groups
from kg.extract.drafts import Context
from kg.extract.facts import read_facts
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.extract.markers import read_open_encouragement
from kg.extract.programmes import find_programmes
from kg.extract.reading import read_clause, restore_acting_bodies
from kg.extract.sentences import announces_acts, names_conditions, read_sentence
from kg.extract.tokens import Token, tokenize
from kg.segment import segment_sentences
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

_BACKGROUND_MARKERS = frozenset({"必须", "应当", "不得"})
"""Markers that make a norm outside operative text too (settled cases: the two 必须 of the background)."""
HEADING_LENGTH = 20
"""Longest line that is taken for a heading over what follows, in characters."""
SENTENCE_LENGTH = 10
"""Shortest run-in heading that may be a sentence, in characters."""
_SHORT_PARENTHESIS = 4
_LONG_QUOTATION = 16
"""Quotations up to this length are names, longer ones sentences."""
_ABBREVIATION = re.compile(r"以下(?:简|统)?称(?:为)?[“]?")


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
            self._keep_actors(self._read_clauses([addressee]), labels=False)
        contexts: dict[int, Context] = {}
        for provision in self.document.provisions:
            contexts[provision.index] = self._read_provision(provision, contexts)
        measures = sorted(self.measures.values(), key=lambda m: m.span)
        norms = [
            replace(norm, measures=_measures_inside(norm.span, measures))
            for norm in sorted(self.norms.values(), key=lambda n: n.span)
        ]
        actors = sorted(self.actors.values(), key=lambda a: a.span)
        citations = tuple(find_citations(self.document))
        titles = [citation.span for citation in citations]
        return Statements(
            actors=tuple(actors),
            measures=tuple(measures),
            norms=tuple(norms),
            citations=citations,
            programmes=find_programmes(text, self.document.title_span, titles),
            assignments=tuple(find_assignments(self.document, actors, measures)),
            facts=read_facts(self.document, norms, titles),
        )

    def _read_provision(self, provision: Provision, contexts: dict[int, Context]) -> Context:
        context = self._context(provision, contexts)
        sentences = [self._read_clauses(sentence.clauses) for sentence in provision.sentences]
        if speaking := self._read_heading(provision):
            sentences.insert(0, speaking)
        restore_acting_bodies([clause for sentence in sentences for clause in sentence])
        for clauses in sentences:
            read_open_encouragement(clauses)
        items = self._items(provision)
        for index, clauses in enumerate(sentences):
            self._keep_actors(clauses)
            measures, norms = read_sentence(self.document.text, clauses, context)
            if items and index == len(sentences) - 1:
                measures, norms = self._read_lead_in(clauses, items, context, measures, norms)
            for measure in measures:
                self.measures.setdefault(measure.span, measure)
            for norm in norms:
                if self._counts(norm, provision, contexts):
                    self.norms.setdefault(norm.span, self._with_addressees(norm, provision))
        return context

    def _read_heading(self, provision: Provision) -> list[Clause]:
        """——专业机构受理申报。…: a run-in sentence with a subject is text, no heading; else nothing."""
        text = self.document.text
        if provision.level is not Level.DASH or len(provision.heading) < SENTENCE_LENGTH or not provision.sentences:
            return []
        start = text.find(provision.heading, provision.span.start, provision.body.start)
        sentences = segment_sentences(text, Span(start, provision.body.start)) if start >= 0 else ()
        clauses = [clause for sentence in sentences for clause in self._read_clauses(sentence.clauses)]
        speaks = bool(clauses) and bool(clauses[0].subject) and bool(clauses[0].acts)
        return clauses if speaks else []

    def _context(self, provision: Provision, contexts: dict[int, Context]) -> Context:
        """What the provision takes over: items their lead-in's subject, paragraphs that of the paragraph before."""
        parent = self._parent(provision)
        statute = provision.level in (Level.ARTICLE, Level.ITEM, Level.SUBITEM) or (
            parent is not None and parent.level is Level.ARTICLE
        )
        context = Context(
            statute=statute,
            measures_allowed=provision.operative and not self._is_below_conditions(parent),
            marked_measures_allowed=provision.operative,
        )
        if provision.level in (Level.ITEM, Level.SUBITEM) and parent is not None:
            lead = contexts[parent.index]
            context.subject = lead.subject
            context.items_hold_norms = lead.items_hold_norms
            context.measures_allowed = lead.items_hold_measures and context.measures_allowed
            context.items_hold_measures = lead.items_hold_measures
        elif statute:
            before = contexts.get(provision.index - 1)
            siblings = before is not None and self.document.provisions[provision.index - 1].parent == provision.parent
            if before is not None and siblings and parent is not None and parent.level is Level.ARTICLE:
                subject = before.subject or before.earlier_subject
                anybody = any(span.slice(self.document.text).startswith("任何") for span in subject)
                context.earlier_subject = () if anybody else subject
        return context

    def _is_below_conditions(self, provision: Provision | None) -> bool:
        """Whether a heading above, or a line in its place, says that conditions or papers follow."""
        while provision is not None:
            words = provision.heading or provision.body.slice(self.document.text).strip()
            if len(words) <= HEADING_LENGTH and names_conditions(words):
                return True
            provision = self._parent(provision)
        return False

    def _counts(self, norm: Norm, provision: Provision, contexts: dict[int, Context]) -> bool:
        lead = contexts.get(provision.parent) if provision.parent is not None else None
        if provision.level in (Level.ITEM, Level.SUBITEM) and lead is not None and not lead.items_hold_norms:
            return False
        return provision.operative or norm.marker.text in _BACKGROUND_MARKERS

    def _parent(self, provision: Provision) -> Provision | None:
        return self.document.provisions[provision.parent] if provision.parent is not None else None

    def _items(self, provision: Provision) -> list[Provision]:
        """The list that the provision announces with a colon."""
        if not self.document.text[provision.body.start : provision.body.end].rstrip().endswith(("：", ":")):
            return []
        provisions = self.document.provisions
        end = provision.index + 1
        while end < len(provisions) and provisions[end].level in (Level.ITEM, Level.SUBITEM):
            end += 1
        items = provisions[provision.index + 1 : end]
        return [item for item in items if item.span.start < provision.span.end]

    def _read_lead_in(
        self,
        clauses: list[Clause],
        items: list[Provision],
        context: Context,
        measures: list[Measure],
        norms: list[Norm],
    ) -> tuple[list[Measure], list[Norm]]:
        """A list's norm spans the list; where the items are acts, they are the measures, not the lead-in."""
        end = clauses[-1].span.end
        context.items_hold_measures = announces_acts(clauses)
        if not context.subject:
            context.subject = _possessor_of_list(clauses[-1])
        if context.items_hold_measures:
            measures = [measure for measure in measures if measure.span.end != end]
        list_end = max(item.body.end for item in items)
        while self.document.text[list_end - 1] in "。；;. \n":
            list_end -= 1
        spanning = []
        for norm in norms:
            if norm.span.end == end:
                context.items_hold_norms = False
                span = Span(norm.span.start, list_end)
                spanning.append(replace(norm, span=span, text=span.slice(self.document.text)))
            else:
                spanning.append(norm)
        return measures, spanning

    def _read_clauses(self, spans: Sequence[Span]) -> list[Clause]:
        tokens = [tokenize(self.lexicon, self.document.text, span.start, span.end) for span in spans]
        following = [*tokens[1:], []]
        return [read_clause(own, span, after) for own, span, after in zip(tokens, spans, following, strict=True)]

    def _keep_actors(self, clauses: Iterable[Clause], labels: bool = True) -> None:
        for clause in clauses:
            for phrase in clause.actors:
                place = clause.span_of(phrase)
                if labels and self._is_label(clause, phrase):
                    continue
                self.actors.setdefault(place, ActorMention(place, place.slice(self.document.text)))
            for token in clause.tokens:
                enclosed = token.has("bracket") and len(token.text) > _SHORT_PARENTHESIS
                if enclosed or (token.has("quoted") and len(token.text) > _LONG_QUOTATION):
                    self._keep_actors(self._parenthesis(token))

    def _is_label(self, clause: Clause, phrase: ActorPhrase) -> bool:
        """责任单位：… : a clause of its own that a colon follows names a role."""
        whole = phrase.first <= 1 and phrase.last == len(clause.tokens) - 1
        return (
            whole
            and self.document.text[clause.span.end : clause.span.end + 1] in ("：", ":")
            and clause.word(phrase.last).endswith(("单位", "部门"))
        )

    def _parenthesis(self, token: Token) -> list[Clause]:
        """What stands in brackets has actors (责任单位：…) but no statements."""
        opener = _ABBREVIATION.match(token.text, 1)
        inside = Span(token.start + (opener.end() if opener else 1), token.end - 1)
        sentences = segment_sentences(self.document.text, inside)
        return [clause for sentence in sentences for clause in self._read_clauses(sentence.clauses)]

    def _with_addressees(self, norm: Norm, provision: Provision) -> Norm:
        """The notice's 请 is laid on the addressees of its salutation."""
        parent = self._parent(provision)
        in_notice = parent is not None and parent.level is Level.NOTICE
        if norm.marker.text != "请" or norm.bearers or not in_notice:
            return norm
        inside = [span for span in self.actors if any(part.contains(span) for part in self.document.addressees)]
        fillers = tuple(RoleFiller(span, Provenance.INHERITED, "addressees-of-notice") for span in sorted(inside))
        return replace(norm, bearers=fillers)


def _possessor_of_list(clause: Clause) -> tuple[Span, ...]:
    """科协的职责：… : whose duties the list holds."""
    group = next(iter(actor_groups(clause)), None)
    owns = group is not None and group.first == clause.first and clause.word(group.last + 1) == "的"
    return clause.spans_of(group.members) if group is not None and owns else ()


def _measures_inside(span: Span, measures: list[Measure]) -> tuple[int, ...]:
    """Positions of the measures, sorted by place, that lie inside ``span``."""
    first = bisect_left(measures, span.start, key=lambda measure: measure.span.start)
    inside = []
    for index in range(first, len(measures)):
        if measures[index].span.start >= span.end:
            break
        if measures[index].span.end <= span.end:
            inside.append(index)
    return tuple(inside)
