"""What kind of policy instrument a measure is, and what statements and documents are about.

Rules are data. ``instrument_rules.tsv``: a type, a priority, and terms that must all stand in the measure (``|``
separates alternatives, ``^`` marks one that must be a head or inner verb); the highest priority wins, then the rule
whose last term stands furthest right, since a Chinese noun phrase ends with its head; where two types are left, or no
rule fires, there is no type. Words inside the agent's name say nothing of the act. ``topic_words.tsv``: words and
their topic.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows
from kg.terms import Term, TermFinder
from kg.types import Document, Measure, Span, Statements

HEAD_MARK = "^"
INSTRUMENT_RULE = "instrument_words"
TOPIC_RULE = "topic_words"
HEADING_RULE = "topic_of_heading"
HEADED_LIMIT = 1_500
"""Characters below a heading: what stands under a longer one is about more than its heading says."""
DOCUMENT_RULE = "topic_of_document"
UNCLASSIFIED = "不归类"
"""Type of the rules for phrases that look like an instrument and are none."""
TOPICS_AT_MOST = 3
"""Topics of one statement: more say that it is a list."""
DOCUMENT_TOPICS_AT_MOST = 5
DOCUMENT_SHARE = 0.12
"""Share of a document's statements with a topic that must have it to make it a topic of the document."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A concept given to something: its notation, the rule, and the reason in Chinese."""

    concept: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class InstrumentRule:
    """A rule of ``instrument_rules.tsv``; each group holds the alternatives of one condition."""

    concept: str
    priority: int
    groups: tuple[frozenset[str], ...]


class _Terms:
    """Terms in text order, to be found by place."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        self._starts = [term.start for term in terms]

    def inside(self, span: Span) -> Iterator[Term]:
        for index in range(bisect_left(self._starts, span.start), len(self._terms)):
            term = self._terms[index]
            if term.start >= span.end:
                break
            if term.end <= span.end:
                yield term


class Classifier:
    """Classifies the statements of one document; its text is searched once."""

    def __init__(self, document: Document, statements: Statements) -> None:
        self._document = document
        self._statements = statements
        self._instrument_terms, self._topic_terms = map(_Terms, _finder().find(document.text))
        self._topics_of_headings: dict[int, tuple[Assignment, ...]] = {}
        self._provision_starts = [provision.span.start for provision in document.provisions]

    def instrument_of(self, measure: Measure) -> Assignment | None:
        """The policy-instrument type of a measure by its words without aims, or None where no rule decides."""
        agents = [agent.span for agent in measure.agents]
        places = {
            term.text: term.end
            for term in self._instrument_terms.inside(measure.span)
            if not any(agent.start <= term.start < agent.end for agent in agents)
        }
        for word in (*measure.heads, *measure.inner):
            places[HEAD_MARK + word.text] = word.span.end
        fired = list(_fired(places))
        if not fired:
            return None
        priority, place, concept, words = max(fired)
        rivals = {rival for p, at, rival, _ in fired if (p, at) == (priority, place)}
        if len(rivals) > 1 or concept == UNCLASSIFIED:
            return None
        quoted = "”“".join(word.removeprefix(HEAD_MARK) for word in words)
        return Assignment(concept, INSTRUMENT_RULE, f"含有“{quoted}”→{concept}")

    def topics_of(self, extent: Span, actors: Sequence[Span] = ()) -> tuple[Assignment, ...]:
        """Topics of a statement by its own words, those of its agents or bearers apart, else by the heading above."""
        own = self._topics_inside(extent, actors)
        return own or self._topics_of_heading(extent)

    def topics_of_document(self) -> tuple[Assignment, ...]:
        """Topics that its title names or a fair share of its statements has."""
        found = list(_topics(_finder().find(self._document.title)[1], DOCUMENT_RULE, "题名含有“{}”→{}"))
        titled = {assignment.concept for assignment in found}
        counts: Counter[str] = Counter()
        with_topic = 0
        for extent in (*(m.extent for m in self._statements.measures), *(n.span for n in self._statements.norms)):
            own = {topic for term in self._topic_terms.inside(extent) for topic in _topic_words()[term.text]}
            counts.update(own)
            with_topic += bool(own)
        for topic, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if topic not in titled and count >= max(3, DOCUMENT_SHARE * with_topic):
                reason = f"{with_topic} 条有主题的举措和规范中，{count} 条涉及{topic}"
                found.append(Assignment(topic, DOCUMENT_RULE, reason))
        return tuple(found[:DOCUMENT_TOPICS_AT_MOST])

    def _topics_inside(self, span: Span, actors: Sequence[Span]) -> tuple[Assignment, ...]:
        terms = self._topic_terms.inside(span)
        told = (term for term in terms if not any(actor.start <= term.start < actor.end for actor in actors))
        return _topics(told, TOPIC_RULE, "含有“{}”→{}")

    def _topics_of_heading(self, extent: Span) -> tuple[Assignment, ...]:
        """The topic that the nearest telling heading above names, if it names one and what stands below it is short."""
        index: int | None = bisect_right(self._provision_starts, extent.start) - 1
        while index is not None and index >= 0:
            provision = self._document.provisions[index]
            if provision.span.end - provision.span.start > HEADED_LIMIT:
                break
            if provision.heading:
                found = self._topics_of_headings.get(index)
                if found is None:
                    terms = _finder().find(provision.heading)[1]
                    found = _topics(terms, HEADING_RULE, "所在条款的标题含有“{}”→{}")
                    self._topics_of_headings[index] = found
                if found:
                    return found if len(found) == 1 else ()
            index = provision.parent
        return ()


def _topics(terms: Iterable[Term], rule: str, reason: str) -> tuple[Assignment, ...]:
    """The first few topics that the terms tell, each with the first of its terms."""
    words: dict[str, str] = {}
    for term in terms:
        for topic in _topic_words()[term.text]:
            words.setdefault(topic, term.text)
    found = [Assignment(topic, rule, reason.format(word, topic)) for topic, word in words.items()]
    return tuple(found[:TOPICS_AT_MOST])


def _fired(places: dict[str, int]) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Rules all of whose groups have a word in ``places``: priority, end of the last word, type, the words."""
    by_word = _rules_by_word()
    seen: set[int] = set()
    for word, place in places.items():
        for number, rule in by_word.get(word, ()):
            if len(rule.groups) == 1:
                yield rule.priority, place, rule.concept, (word,)
            elif number not in seen:
                seen.add(number)
                founds = [[(places[other], other) for other in group if other in places] for group in rule.groups]
                if all(founds):
                    last = [max(found) for found in founds]
                    yield rule.priority, max(last)[0], rule.concept, tuple(other for _, other in last)


@cache
def load_instrument_rules() -> tuple[InstrumentRule, ...]:
    """The rules of ``instrument_rules.tsv``, in its order."""
    return tuple(
        InstrumentRule(row[0], int(row[1]), tuple(frozenset(group.split("|")) for group in row[2].split(" ")))
        for row in load_rows("instrument_rules.tsv")
    )


@cache
def _rules_by_word() -> dict[str, list[tuple[int, InstrumentRule]]]:
    """The numbered rules by each word of their first group."""
    by_word: dict[str, list[tuple[int, InstrumentRule]]] = {}
    for number, rule in enumerate(load_instrument_rules()):
        for word in rule.groups[0]:
            by_word.setdefault(word, []).append((number, rule))
    return by_word


@cache
def _topic_words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for row in load_rows("topic_words.tsv"):
        for word in row[1].split("|"):
            words[word] = (*words.get(word, ()), row[0])
    return words


@cache
def _finder() -> TermFinder:
    """The terms of the rules, and the words of the topics."""
    rules = load_instrument_rules()
    terms = {term for rule in rules for group in rule.groups for term in group if term[0] != HEAD_MARK}
    return TermFinder(terms, _topic_words())
