"""Statements to quads.

What the text says goes into the document's read graph; what is concluded (inherited roles, kinds of actors, short
titles) into derived graphs, each conclusion with a ``kp:Inference`` that gives rule and reason. No triple stands in
two graphs, so that asking the union of all graphs counts nothing twice. There is no clock time and no blank node:
the same text gives the same quads.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.citation_graph import write_citations
from kg.facts_graph import add_facts
from kg.graph_writer import TYPE, GraphWriter, Grounds, kp
from kg.namespaces import DCTERMS, KP, PROV, SKOS, XSD, Iris, document_kind
from kg.provenance import EXTRACTOR_VERSION, configuration_hash
from kg.resolution_graph import add_resolutions
from kg.title_forms import STATE
from kg.types import (
    ActorMention,
    Assignment,
    Document,
    Level,
    Measure,
    Norm,
    Programme,
    Provenance,
    Provision,
    Relation,
    RoleFiller,
    Span,
    Statements,
)
from kg.vocabulary import NORM_CLASSES, literal_zh, strength_of, vocabulary_triples

ADDRESSEE_RULE = "agent_from_addressees"
"""Rule by which a plan's measure without agent falls to the document's addressees."""
OWNER_RULE = "bearer_owns_subject"
"""Rule by which a norm without bearer binds the actor whose matter its subject is."""
_REASONS = {
    Provenance.INHERITED: "本句没有写明，承接上文的“{}”",
    Provenance.ADDRESSEE: "本句没有写明，文件主送“{}”",
    Provenance.OWNER: "本句规定的是“{}”的事项",
}
_MENTIONED_ROLES = frozenset({"agent", "target", "bearer"})
"""Roles whose words are kept; partners and beneficiaries are targets as well."""
ASSIGNMENT_RULE = "assigned_in_bracket"
"""Rule by which a bracket (责任单位：…) charges its actors with the measures in front of it."""
_PARTS_OF_ARTICLES = frozenset({Level.ARTICLE, Level.PARAGRAPH, Level.ITEM})
_WHOLE_UNITS = frozenset({Level.ARTICLE, Level.PARAGRAPH, Level.ITEM, Level.SUBITEM})


def vocabulary_quads(iris: Iris) -> Iterator[Quad]:
    """The ontology and the concept schemes, in the vocabulary graph."""
    for triple in vocabulary_triples():
        yield Quad(triple.subject, triple.predicate, triple.object, iris.vocabulary_graph)


def document_quads(document: Document, statements: Statements, iris: Iris) -> Iterator[Quad]:
    """All quads of a document: its read graph, its derived graph, and its share of the actors' graphs.

    No quad comes twice; the order depends on the document and its statements only.
    """
    graph = _DocumentGraph(document, iris)
    graph.describe_document(statements.actors)
    for provision in document.provisions:
        graph.add_provision(provision)
    for mention in statements.actors:
        graph.add_actor(mention)
    graph.mentions = sorted(mention.span for mention in statements.actors)
    charged = _charged(statements)
    measures = [graph.add_measure(measure, charged.get(i, [])) for i, measure in enumerate(statements.measures)]
    for norm in statements.norms:
        graph.add_norm(norm, [measures[index] for index in norm.measures])
    write_citations(graph, statements.citations)
    for programme in statements.programmes:
        graph.add_programme(programme)
    add_facts(graph, statements)
    add_resolutions(graph, statements.actors)
    graph.describe_activity()
    yield from graph.quads


@dataclass
class _DocumentGraph(GraphWriter):
    """What is said about a document, its provisions and its statements."""

    addressees: list[ActorMention] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)  # of actors, in text order

    def describe_document(self, actors: tuple[ActorMention, ...]) -> None:
        """Facts of the document; its addressees are the actor mentions inside its salutation."""
        document = self.document
        self.add(self.iri, TYPE, kp("PolicyDocument"), self.read)
        self.add(self.iri, NamedNode(f"{DCTERMS}title"), literal_zh(document.title), self.read)
        if document.title_span is not None:
            self.say(self.iri, "titleMention", self.mention(document.title_span))
        self.say(self.iri, "documentNumber", document.number)
        self.say(self.iri, "documentKind", document_kind(document.kind) if document.kind else None)
        self.say(self.iri, "governmentLevel", document.level)
        self.say(self.iri, "region", document.region)
        self.say(self.iri, "status", document.status)
        self.say(self.iri, "textHash", document.sha256)
        self.say(self.iri, "text", document.text)
        for name, day in (("issued", document.issued), ("inForceFrom", document.in_force)):
            self.say(self.iri, name, Literal(day.isoformat(), datatype=NamedNode(f"{XSD}date")) if day else None)
        for name, value in (("source", document.origin), ("license", document.licence)):
            if value is not None:
                self.add(self.iri, NamedNode(DCTERMS + name), Literal(value), self.read)
        for issuer in document.issuers:
            self.say(self.iri, "issuer", self.actor(issuer))
        self.addressees = [actor for actor in actors if any(part.contains(actor.span) for part in document.addressees)]
        for addressee in self.addressees:
            self.say(self.iri, "addressee", self.actor(addressee.text))
        short_title = document.title.removeprefix(STATE)
        if short_title != document.title:
            grounds = Grounds("short_title", f"文件名省去“{STATE}”")
            self.conclude(self.iri, f"{DCTERMS}alternative", literal_zh(short_title), grounds)

    def describe_activity(self) -> None:
        """How the graphs of this document came about; in the derived graph, since the text does not say it."""
        activity = self.iris.extraction(self.document.key)
        self.add(activity, TYPE, NamedNode(f"{PROV}Activity"), self.derived)
        self.add(activity, NamedNode(f"{PROV}used"), self.iri, self.derived)
        self.add(activity, kp("extractorVersion"), Literal(EXTRACTOR_VERSION), self.derived)
        self.add(activity, kp("configurationHash"), Literal(configuration_hash()), self.derived)
        for name, graph in (("readGraph", self.read), ("derivedGraph", self.derived)):
            self.add(self.iri, kp(name), graph, self.derived)
            self.add(graph, NamedNode(f"{PROV}wasGeneratedBy"), activity, self.derived)

    def add_provision(self, provision: Provision) -> None:
        """A provision; its mention is an article's or paragraph's whole text, a heading's own words without the
        units below it.
        """
        iri = self.iris.provision(self.document.key, provision.span)
        provisions = self.document.provisions
        parent = provisions[provision.parent] if provision.parent is not None else None
        self.add(iri, TYPE, kp("Provision"), self.read)
        if _is_passage(self.document.text, provision, parent):
            self.add(iri, TYPE, kp("Passage"), self.read)
        self.say(iri, "inDocument", self.iri)
        self.say(iri, "partOf", self.iris.provision(self.document.key, parent.span) if parent else self.iri)
        self.say(iri, "order", provision.index)
        self.say(iri, "depth", self.depth(provision))
        self.say(iri, "provisionLevel", provision.level.value)
        self.say(iri, "number", provision.number or None)
        self.say(iri, "heading", provision.heading or None)
        self.say(iri, "place", provision.place)
        self.say(iri, "operative", provision.operative)
        self.say(iri, "start", provision.span.start)
        self.say(iri, "end", provision.span.end)
        self.say(iri, "mention", self.mention(self.own_words(provision)))

    def depth(self, provision: Provision) -> int:
        """How many provisions hold this one."""
        depth, parent = 0, provision.parent
        while parent is not None:
            depth, parent = depth + 1, self.document.provisions[parent].parent
        return depth

    def own_words(self, provision: Provision) -> Span:
        """The whole of an article, paragraph or item; of a heading, what stands before the first unit below it."""
        following = provision.index + 1
        provisions = self.document.provisions
        holds_units = following < len(provisions) and provisions[following].parent == provision.index
        if provision.level in _WHOLE_UNITS or not holds_units:
            return provision.span
        start = provision.span.start
        words = self.document.text[start : provisions[following].span.start].rstrip()
        return Span(start, start + len(words)) if words else provision.span

    def add_actor(self, mention: ActorMention) -> None:
        """An actor mention."""
        words = self.mention(mention.span)
        self.say(self.actor(mention.text), "mention", words)

    def add_roles(self, statement: NamedNode, role: str, fillers: tuple[RoleFiller, ...]) -> None:
        """Explicit fillers are read, the others concluded; the explicit ones come first so that they win."""
        for filler in sorted(fillers, key=lambda filler: filler.provenance is not Provenance.EXPLICIT):
            label = filler.span.slice(self.document.text)
            actor, mention = self.actor(label), self.mention(filler.span)
            if filler.provenance is Provenance.EXPLICIT:
                self.say(statement, role, actor)
                if role in _MENTIONED_ROLES:
                    self.say(statement, f"{role}Mention", mention)
            else:
                reason = _REASONS[filler.provenance].format(label)
                self.conclude(statement, KP + role, actor, Grounds(filler.rule, reason, mention))
            if filler.provenance is not Provenance.ADDRESSEE:
                self.note_restriction(statement, filler.span)

    def add_measure(self, measure: Measure, assignments: list[Assignment]) -> NamedNode:
        """A measure; one without any agent falls to the document's addressees, inherited and marked so."""
        iri = self.iris.statement(self.document.key, "measure", measure.span)
        self.start_statement(iri, kp("Measure"), measure.span, measure.rule)
        self.say(iri, "extent", self.mention(measure.extent))
        for word in measure.heads:
            self.say(iri, "actionVerb", word.text)
        for word in measure.inner:
            self.say(iri, "innerVerb", word.text)
        for aim in measure.aims:
            self.say(iri, "aim", self.mention(aim))
        agents = measure.agents
        if not agents and all(assignment.partner for assignment in assignments):
            agents = tuple(
                RoleFiller(addressee.span, Provenance.ADDRESSEE, ADDRESSEE_RULE) for addressee in self.addressees
            )
        self.add_roles(iri, "agent", agents)
        self.add_roles(iri, "target", measure.targets)
        for relation in Relation:
            related = tuple(filler for filler in measure.targets if filler.relation is relation)
            self.add_roles(iri, relation.value, related)
        for assignment in assignments:
            self.add_assignment(iri, assignment)
        self.add_named_actors(iri, measure.extent, (*agents, *measure.targets))
        return iri

    def add_named_actors(self, statement: NamedNode, words: Span, fillers: tuple[RoleFiller, ...]) -> None:
        """The actors that ``words`` mention and that have no role in the statement."""
        playing = {filler.span.slice(self.document.text) for filler in fillers}
        first = bisect_left(self.mentions, words.start, key=lambda span: span.start)
        for span in self.mentions[first:]:
            if span.start >= words.end:
                break
            label = span.slice(self.document.text)
            if label not in playing and words.contains(span):
                self.say(statement, "namesActor", self.actor(label))
                self.note_restriction(statement, span)

    def add_assignment(self, measure: NamedNode, assignment: Assignment) -> None:
        """Those whom a bracket charges are agents or partners by conclusion: the bracket names them, not the clause."""
        for span in assignment.actors:
            label = span.slice(self.document.text)
            reason = f"后面的括号写明“{assignment.word}”，其中有“{label}”"
            grounds = Grounds(ASSIGNMENT_RULE, reason, self.mention(span))
            roles = ("partner", "target") if assignment.partner else ("agent",)
            for role in roles:
                self.conclude(measure, KP + role, self.actor(label), grounds)

    def add_norm(self, norm: Norm, measures: list[NamedNode]) -> None:
        """A norm with the measures that it prescribes."""
        iri = self.iris.statement(self.document.key, "norm", norm.span)
        self.start_statement(iri, NORM_CLASSES[norm.modality], norm.span, norm.rule)
        self.add(iri, TYPE, kp("Norm"), self.read)
        self.say(iri, "marker", norm.marker.text)
        self.say(iri, "strength", strength_of(norm.marker.text, norm.modality))
        bearers = norm.bearers or self.owner_of_subject(norm)
        self.add_roles(iri, "bearer", bearers)
        self.add_named_actors(iri, norm.span, bearers)
        for measure in measures:
            self.say(iri, "prescribes", measure)

    def owner_of_subject(self, norm: Norm) -> tuple[RoleFiller, ...]:
        """The actor with which a norm without bearer begins: 高等学校 of 高等学校的财务活动应当依法接受监督."""
        first = bisect_left(self.mentions, norm.span.start, key=lambda span: span.start)
        opening = next((span for span in self.mentions[first : first + 1] if span.start == norm.span.start), None)
        if opening is None or opening.end >= norm.marker.span.start:
            return ()
        return (RoleFiller(opening, Provenance.OWNER, OWNER_RULE),)

    def note_restriction(self, statement: NamedNode, span: Span) -> None:
        """Say that an actor stands behind a relative clause (制造计量器具的|企业)."""
        if self.document.text[span.start - 1 : span.start] == "的":
            self.say(statement, "restrictsActor", self.actor(span.slice(self.document.text)))

    def add_programme(self, programme: Programme) -> None:
        """A named programme; ``kg.facts_graph`` ties it to the measures that name it."""
        iri = self.iris.programme(programme.name)
        self.add(iri, TYPE, kp("Programme"), self.iris.actors_graph)
        self.add(iri, NamedNode(f"{SKOS}prefLabel"), literal_zh(programme.name), self.iris.actors_graph)
        self.say(iri, "mention", self.mention(programme.span))


def _charged(statements: Statements) -> dict[int, list[Assignment]]:
    """The assignments of each measure, by its position."""
    charged: dict[int, list[Assignment]] = {}
    for assignment in statements.assignments:
        for index in assignment.measures:
            charged.setdefault(index, []).append(assignment)
    return charged


def _is_passage(text: str, provision: Provision, parent: Provision | None) -> bool:
    """Whether search returns the provision as a unit: an article, its paragraphs and items where it has several, or
    running text outside articles.

    Salutation, signature and date of a notice, lines without a full stop, are none.
    """
    if provision.level is Level.ARTICLE:
        return True
    if parent is not None and parent.level in _PARTS_OF_ARTICLES:
        only_child = provision.index == parent.index + 1 and provision.span.end == parent.span.end
        return not (only_child and provision.level is Level.PARAGRAPH)
    body = provision.body.slice(text)
    if parent is not None and parent.level is Level.NOTICE:
        return body.endswith("。")
    return bool(body) and provision.level not in (Level.ITEM, Level.SUBITEM)
