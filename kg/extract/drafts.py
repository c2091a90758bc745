"""What is known of a sentence while it is read, and what a provision passes on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.acts import Act
from kg.extract.clauses import Clause
from kg.types import RoleFiller, Span

Spans = tuple[Span, ...]


@dataclass(slots=True)
class Context:
    """What a provision takes over from the ones before it, and hands on sentence by sentence."""

    statute: bool
    subject: Spans = ()
    """The subject last named in the provision (of an item: in its lead-in)."""
    earlier_subject: Spans = ()
    """Subject of the paragraph before, in the same article: it may bear a norm, but is no agent."""
    offender: Spans | None = None
    """Whom the condition names against whom the subject in force is the authority; None where it is no authority."""
    measures_allowed: bool = True
    marked_measures_allowed: bool = True
    """Where a list holds things, what one of its items lays on somebody with a marker is a measure all the same."""
    items_hold_measures: bool = True
    """False where the items of the list that the provision announces are things, cases or conditions."""
    items_hold_norms: bool = True
    """False where the lead-in of that list has a marker of its own."""


@dataclass(slots=True)
class Draft:
    """A measure while its sentence is read."""

    clause: int
    act: Act
    span: Span
    agents: list[RoleFiller]
    targets: list[RoleFiller]
    aims: list[Span] = field(default_factory=list)
    is_open: bool = True
    """What its actor is made to do may still follow (组织|A,|进行…)."""


@dataclass(slots=True)
class SentenceReading:
    """A sentence while its clauses are read from left to right; clauses are named by their index."""

    text: str
    clauses: Sequence[Clause]
    context: Context
    drafts: list[Draft] = field(default_factory=list)
    subject: Spans = ()
    """The subject in force: that of this clause or an earlier one."""
    speaker: Spans = ()
    """The last explicit subject; an actor encouraged is none."""
    authority: Spans = ()
    """Who imposes sanctions: a subject that no condition names."""
    held: int | None = None
    """First of the manner, topic or subject clauses that wait for their act."""
    prohibited: bool = False
    """The clauses stand under a prohibition: a prohibited act is no measure."""
    silent: set[int] = field(default_factory=set)
    """Clauses that only state the condition of the norm that follows."""
    bearers: dict[int, list[RoleFiller]] = field(default_factory=dict)
    """Bearers of the norm of each clause that has a marker."""
    subordinate: set[int] = field(default_factory=set)
    """Clauses whose encouragement is no norm of its own."""
    obliged: bool = False
    """A clause with an obligation came before."""
    turns: set[int] = field(default_factory=set)
    """Clauses at which the speaker acts again after an actor encouraged."""
    encouraged: bool = False
    """The last clause with a marker encourages an actor."""

    def ends_strongly(self, index: int) -> bool:
        """Whether a semicolon follows the clause."""
        end = self.clauses[index].span.end
        return self.text[end : end + 1] in ("；", ";")

    def is_condition(self, index: int) -> bool:
        """Whether the clause only states a condition."""
        return self.clauses[index].conditional or index in self.silent
