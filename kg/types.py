"""The vocabulary of the pipeline: what each step takes and returns.

All offsets are Unicode code points of a document's canonical text, end exclusive
(Python ``str`` indices), whatever the type that carries them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


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
    operative: bool  # whether measures and norms may stand here (design: operative text)


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
    level: str | None = None  # "national", "provincial", "municipal", "county"
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


@dataclass(frozen=True, slots=True)
class RoleFiller:
    """An actor mention in a role; ``rule`` names the rule that put it there."""

    span: Span
    provenance: Provenance
    rule: str


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


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document as written: 《…》, with its number where one follows."""

    span: Span  # of the title with its 《》
    title: str  # without 《》
    number: str | None
    relation: str  # "based_on", "implements", "amends", "repeals", "cites"
    article: str | None = None  # "第十四条第二款", as written


@dataclass(frozen=True, slots=True)
class Programme:
    """A named initiative or platform: “科创中国”; ``span`` is the name without its quotation marks."""

    span: Span
    name: str


class TimeKind(StrEnum):
    """What a time says of an act."""

    DEADLINE = "deadline"  # the last day on which it may be done: 到2025年, 3月底前
    LIMIT = "limit"  # how long it may take, from an event on: 自收到申请之日起30日内
    FREQUENCY = "frequency"  # how often it is done: 每年, 定期


@dataclass(frozen=True, slots=True)
class Time:
    """A time in the words of a statement, with its value as a typed literal where the words give one.

    ``value`` is the lexical form of XML Schema's ``datatype``: gYear, date or gMonthDay for a deadline, duration for
    a limit and for the period of a frequency; both are None for 定期 or a year that the text leaves open.
    """

    span: Span
    kind: TimeKind
    value: str | None = None
    datatype: str | None = None
    last_day: date | None = None  # of a deadline whose year is known
    event: Span | None = None  # of a limit: the words for the event from which it runs
    working_days: bool = False  # of a limit: its days are 工作日


class Comparator(StrEnum):
    """How a quantity is compared with its value."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    REACHES = "reaches"
    INCREASES_BY = "increases_by"
    DECREASES_BY = "decreases_by"
    MULTIPLIES_BY = "multiplies_by"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: 5万家 is 50000 家; ``comparators`` in the order of the words, often none."""

    span: Span
    value: Decimal
    unit: str
    comparators: tuple[Comparator, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the words say about when, how much and under which condition; each kind in text order, spans unique."""

    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    conditions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything read out of one document, each kind in text order, spans unique within a kind."""

    actors: tuple[ActorMention, ...] = ()
    measures: tuple[Measure, ...] = ()
    norms: tuple[Norm, ...] = ()
    citations: tuple[Citation, ...] = ()
    programmes: tuple[Programme, ...] = field(default=())
    facts: Facts = field(default_factory=Facts)
