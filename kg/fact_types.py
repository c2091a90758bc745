"""What the words of statements give: times, quantities, conditions. Spans are those of ``kg.types``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # kg.types holds Statements, which holds Facts
    from kg.types import Span


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
