"""The vocabulary of the pipeline: what each step takes and returns.

All offsets are Unicode code points of a document's canonical text, end exclusive
(Python ``str`` indices), whatever the type that carries them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kg.fact_types import Facts


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval ``[start, end)`` of code points of the canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span must have 0 <= start <= end, got {self.start}, {self.end}")

    def slice(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Level(StrEnum):
    """Structural level of a provision, outermost first; values are used in IRIs and the graph."""

    NOTICE = "notice"  # the promulgating notice in front of an attached plan
    PART = "part"  # 编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    ARTICLE = "article"  # 条
    HEADING_1 = "heading1"  # 一、
    HEADING_2 = "heading2"  # （一）
    HEADING_3 = "heading3"  # 1.
    HEADING_4 = "heading4"  # （1）
    DASH = "dash"  # ——
    PARAGRAPH = "paragraph"  # 款, or a plain paragraph
    ITEM = "item"  # 项: （一） inside an article
    SUBITEM = "subitem"  # 目: 1. inside an item


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its closing punctuation, and its clauses without theirs."""

    span: Span
    clauses: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered or plain unit of a document.

    ``span`` covers the unit with all its descendants; ``body`` only the running text that stands
    directly in it (empty for a pure heading), after number and heading. ``index`` and ``parent``
    are positions in ``Document.provisions``, which is in text order, parents before children.
    """

    index: int
    parent: int | None
    level: Level
    number: str  # as written: "三、", "第十四条", "（二）"; "" for a plain paragraph
    heading: str  # run-in or own-line heading, without number and closing stop; "" if none
    place: str  # for people: "三、重点举措 5.", "第十四条第二款"
    span: Span
    body: Span
    sentences: tuple[Sentence, ...]
    operative: bool  # whether measures and norms may stand here


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be taken in, with what is known about it from outside the text."""

    text: str  # canonical text
    name: str  # file name or law name, for messages
    title: str | None = None
    kind: str | None = None  # a notation of ontologies/document-kinds.ttl: "法律", "方案" …
    number: str | None = None  # 文号
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    in_force: date | None = None
    status: str | None = None  # "现行有效" …
    level: str | None = None  # "national", "provincial", "municipal", "county", "township"
    region: str | None = None
    origin: str | None = None  # where it was obtained
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text: what ``kg.parse.parse_document`` returns.

    ``title`` is never empty (first line, else the source's name). ``key`` is 16 hexadecimal digits
    that depend only on number, or title and date (``kg.parse.document_key``), so that it has the same IRI anywhere.
    """

    key: str
    text: str
    sha256: str
    title: str
    title_span: Span | None
    kind: str | None
    number: str | None
    issuers: tuple[str, ...]
    addressees: tuple[Span, ...]  # the salutation's actors-to-be, unsplit: one span a comma-separated part
    issued: date | None
    in_force: date | None
    status: str | None
    level: str | None
    region: str | None
    origin: str | None
    licence: str | None
    provisions: tuple[Provision, ...]


class Modality(StrEnum):
    """Deontic modality of a norm."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    ENCOURAGEMENT = "encouragement"


class Provenance(StrEnum):
    """How a role filler is known: only ``EXPLICIT`` is said by the statement's own words."""

    EXPLICIT = "explicit"
    INHERITED = "inherited"  # from an earlier clause, sentence or paragraph
    ADDRESSEE = "addressee"  # from the document's addressees
    OWNER = "owner"  # from the subject of the norm, which is a matter of the actor


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place: an action verb or a deontic marker."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A mention of an organization, organizational role or group of persons."""

    span: Span
    text: str


class Relation(StrEnum):
    """What a target is to the measure, where the words tell; values name properties of the ontology."""

    PARTNER = "partner"  # 与…合作, 会同…
    BENEFICIARY = "beneficiary"  # 支持…, 为…提供


@dataclass(frozen=True, slots=True)
class RoleFiller:
    """An actor mention in a role; ``rule`` names the rule that put it there."""

    span: Span
    provenance: Provenance
    rule: str
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who a bracket charges with the measures in front of it (牵头单位：…；配合单位：…).

    ``measures`` are positions in ``Statements.measures``; ``partner`` says that the actors only take part;
    ``word`` is the word that says so, ``span`` the bracket.
    """

    span: Span
    word: str
    partner: bool
    actors: tuple[Span, ...]
    measures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One atomic action that the operative text commits someone to do.

    No two measures of a document have the same span.
    """

    span: Span
    text: str
    heads: tuple[Word, ...]
    inner: tuple[Word, ...] = ()
    agents: tuple[RoleFiller, ...] = ()
    targets: tuple[RoleFiller, ...] = ()
    aims: tuple[Span, ...] = ()
    rule: str = ""

    @property
    def extent(self) -> Span:
        """From the first character to the end of the last aim: what is shown and searched."""
        return Span(self.span.start, max([self.span.end, *(aim.end for aim in self.aims)]))


@dataclass(frozen=True, slots=True)
class Norm:
    """A statement with a marker that says what its bearer must, must not, may or is encouraged to do.

    ``measures`` are positions in ``Statements.measures``. No two norms of a document have the same span.
    """

    span: Span
    text: str
    modality: Modality
    marker: Word
    bearers: tuple[RoleFiller, ...] = ()
    measures: tuple[int, ...] = ()
    rule: str = ""


class ReferenceBase(StrEnum):
    """Where the way to a cited provision begins."""

    DOCUMENT = "document"  # 第十四条, 本法第十四条, 《…》第十四条
    THIS_ARTICLE = "this_article"  # 本条第一款, 第一款 alone
    THIS_PARAGRAPH = "this_paragraph"  # 本款第一项, 第一项 alone
    THIS_ITEM = "this_item"  # 本项第一目
    PREVIOUS_ARTICLES = "previous_articles"  # 前条, 前两条
    PREVIOUS_PARAGRAPHS = "previous_paragraphs"  # 前款, 前两款
    PREVIOUS_ITEMS = "previous_items"  # 前项, 前两项


@dataclass(frozen=True, slots=True)
class ProvisionStep:
    """One step of the way to a provision: 第十四条之一 is (ARTICLE, 14, 1), 第二款 is (PARAGRAPH, 2, 0)."""

    level: Level
    number: int
    branch: int = 0


@dataclass(frozen=True, slots=True)
class CitedProvision:
    """A provision, or a range of them, as cited; ``text`` is the slice of ``span``.

    ``steps`` lead from ``base`` down to it, with what a list leaves out filled in: in 第十四条第二款、第三款 the
    second has the steps 第十四条, 第三款. ``last`` ends a range (第十条至第十二条). ``count`` says how many provisions
    before this one are meant (前两款).
    """

    span: Span
    text: str
    steps: tuple[ProvisionStep, ...]
    base: ReferenceBase = ReferenceBase.DOCUMENT
    last: ProvisionStep | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document or cited provisions of this document, as written.

    ``span`` covers the title with its 《》, the bare name or number, or 本法, and the provisions that follow it.
    ``title`` is given in full where the text has shortened it (以下简称); None for a number alone and where
    ``internal``, that is, the document cites itself by 本法, 前款 or an article without title.
    ``rule`` names the way it is written. ``binding``: the words say that this document as a whole stands in
    ``relation`` to the cited one (根据…，制定本法; …同时废止), not only one of its provisions.
    """

    span: Span
    title: str | None
    number: str | None
    relation: str  # "based_on", "implements", "amends", "repeals", "cites"
    provisions: tuple[CitedProvision, ...] = ()
    internal: bool = False
    binding: bool = False
    rule: str = "title"  # "title", "abbreviation", "name", "number", "self", "relative", "article"


@dataclass(frozen=True, slots=True)
class Programme:
    """A named initiative or platform: “科创中国”; ``span`` is the name without its quotation marks."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything read out of one document, each kind in text order, spans unique within a kind."""

    actors: tuple[ActorMention, ...] = ()
    measures: tuple[Measure, ...] = ()
    norms: tuple[Norm, ...] = ()
    citations: tuple[Citation, ...] = ()
    programmes: tuple[Programme, ...] = field(default=())
    assignments: tuple[Assignment, ...] = field(default=())
    facts: Facts = field(default_factory=Facts)
