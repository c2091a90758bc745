"""Times, quantities and conditions of a document, each read by one pass over its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.extract.conditions import find_conditions
from kg.extract.figures import find_figures
from kg.extract.quantities import find_quantities
from kg.extract.times import find_times
from kg.fact_types import Facts
from kg.types import Document, Norm, Span

HEAD_LENGTH = 200
"""Characters at the beginning in which a report says on which day it was given."""
_DAY = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")


def read_facts(document: Document, norms: Sequence[Norm], titles: Sequence[Span]) -> Facts:
    """Everything that the words say about when, how much, and under which condition; ``titles`` are cited ones."""
    text = document.text
    figures = find_figures(text)
    times = find_times(text, figures, _reference_day(document), titles)
    excluded = [*titles, *(time.span for time in times)]
    return Facts(times, find_quantities(text, figures, excluded), find_conditions(document, norms))


def _reference_day(document: Document) -> date | None:
    """The day before which no deadline lies: that of issue, else the first one in the head of the text."""
    found = _DAY.search(document.text, 0, HEAD_LENGTH)
    if document.issued is not None or found is None:
        return document.issued
    year, month, day = (int(figures) for figures in found.groups())
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= 28 else date(year, 1, 1)
