"""Quads for the facts of statements: times, quantities, conditions, programmes; instrument types and topics.

What a statement's words say goes into the read graph; what is carried over from a sentence or heading, and what a
rule classifies, into the derived graph with its reason.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg.classification import Assignment, Classifier
from kg.fact_types import Quantity, Time, TimeKind
from kg.facts import CONDITION_RULE, HEADING_RULE, FactIndex, FactsOfStatement
from kg.graph_writer import TYPE, GraphWriter, Grounds, kp
from kg.namespaces import KP, POLICY_INSTRUMENT, TOPIC, XSD, iri_segment
from kg.types import Statements

_CLASSES = {TimeKind.DEADLINE: "Deadline", TimeKind.LIMIT: "TimeLimit", TimeKind.FREQUENCY: "Frequency"}
_PROPERTIES = {TimeKind.DEADLINE: "deadline", TimeKind.LIMIT: "timeLimit", TimeKind.FREQUENCY: "frequency"}


def add_facts(writer: GraphWriter, statements: Statements) -> None:
    """Everything said and concluded of the measures and norms, and the document's topics."""
    index = FactIndex(writer.document, statements)
    classifier = Classifier(writer.document, statements)
    for measure in statements.measures:
        iri = writer.iris.statement(writer.document.key, "measure", measure.span)
        facts = index.facts_of(measure.extent)
        _add_facts_of(writer, iri, facts)
        for programme in facts.programmes:
            writer.say(iri, "programme", writer.iris.programme(programme.name))
        instrument = classifier.instrument_of(measure)
        if instrument is not None:
            _assign(writer, iri, "instrumentType", POLICY_INSTRUMENT, instrument)
        for topic in classifier.topics_of(measure.extent, [agent.span for agent in measure.agents]):
            _assign(writer, iri, "topic", TOPIC, topic)
    for norm in statements.norms:
        iri = writer.iris.statement(writer.document.key, "norm", norm.span)
        _add_facts_of(writer, iri, index.facts_of(norm.span))
        for topic in classifier.topics_of(norm.span, [bearer.span for bearer in norm.bearers]):
            _assign(writer, iri, "topic", TOPIC, topic)
    for topic in classifier.topics_of_document():
        _assign(writer, writer.iri, "topic", TOPIC, topic)


def _add_facts_of(writer: GraphWriter, statement: NamedNode, facts: FactsOfStatement) -> None:
    for time in facts.times:
        writer.say(statement, _PROPERTIES[time.kind], _add_time(writer, time))
    for quantity in facts.quantities:
        writer.say(statement, "quantity", _add_quantity(writer, quantity))
    for condition in facts.conditions:
        writer.say(statement, "condition", writer.mention(condition))
    text = writer.document.text
    if facts.inherited_deadline is not None:
        time = facts.inherited_deadline
        place = "所在标题或引导语" if facts.deadline_rule == HEADING_RULE else "同句前文"
        grounds = Grounds(facts.deadline_rule, f"{place}写明“{time.span.slice(text)}”", writer.mention(time.span))
        writer.conclude(statement, f"{KP}deadline", _add_time(writer, time), grounds)
    if facts.inherited_condition is not None:
        mention = writer.mention(facts.inherited_condition)
        reason = f"同句前文的条件“{facts.inherited_condition.slice(text)}”"
        writer.conclude(statement, f"{KP}condition", mention, Grounds(CONDITION_RULE, reason, mention))


def _add_time(writer: GraphWriter, time: Time) -> NamedNode:
    iri = writer.iris.statement(writer.document.key, "time", time.span)
    writer.add(iri, TYPE, kp(_CLASSES[time.kind]), writer.read)
    writer.say(iri, "mention", writer.mention(time.span))
    if time.value is not None and time.datatype is not None:
        writer.say(iri, "value", Literal(time.value, datatype=NamedNode(XSD + time.datatype)))
    if time.last_day is not None:
        writer.say(iri, "lastDay", Literal(time.last_day.isoformat(), datatype=NamedNode(f"{XSD}date")))
    if time.event is not None:
        writer.say(iri, "startingEvent", writer.mention(time.event))
    if time.kind is TimeKind.LIMIT:
        writer.say(iri, "workingDays", time.working_days)
    return iri


def _add_quantity(writer: GraphWriter, quantity: Quantity) -> NamedNode:
    iri = writer.iris.statement(writer.document.key, "quantity", quantity.span)
    writer.add(iri, TYPE, kp("Quantity"), writer.read)
    writer.say(iri, "mention", writer.mention(quantity.span))
    writer.say(iri, "value", Literal(f"{quantity.value:f}", datatype=NamedNode(f"{XSD}decimal")))
    writer.say(iri, "unit", quantity.unit)
    for comparator in quantity.comparators:
        writer.say(iri, "comparator", comparator.value)
    return iri


def _assign(writer: GraphWriter, subject: NamedNode, name: str, scheme: str, assignment: Assignment) -> None:
    concept = NamedNode(scheme + iri_segment(assignment.concept))
    writer.conclude(subject, KP + name, concept, Grounds(assignment.rule, assignment.reason))
