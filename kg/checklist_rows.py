"""What concerns an organization as rows of a checklist, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator

from kg.concerns import Concern
from kg.labels import force
from kg.organizations import OrganizationAnswer

HEADER = (
    "序号",
    "角色",
    "效力",
    "原文",
    "文件",
    "位置",
    "期限",
    "条件",
    "数量",
    "为什么",
    "完成情况",
    "起",
    "止",
    "IRI",
)


def checklist_title(answer: OrganizationAnswer) -> str:
    """What a checklist is called."""
    return f"与{answer.profile.title}有关的举措与规范"


def checklist_rows(answer: OrganizationAnswer) -> Iterator[tuple[str | int, ...]]:
    """A row for each result, under ``HEADER``; 完成情况 is empty, 起 and 止 are code points of the document."""
    for concern in answer.results:
        yield (
            concern.rank,
            concern.role,
            force_in_words(concern),
            concern.text,
            concern.document,
            concern.place,
            times_in_words(concern),
            "；".join(concern.conditions),
            "；".join(concern.quantities),
            concern.path,
            "",
            concern.start,
            concern.end,
            concern.iri,
        )


def force_in_words(concern: Concern) -> str:
    """义务（要）; empty where no norm prescribes it."""
    return force(concern.modality, concern.strength) if concern.modality is not None else ""


def times_in_words(concern: Concern) -> str:
    """Deadlines with their last day, time limits and frequencies."""
    deadlines = [
        deadline.words if deadline.last_day is None else f"{deadline.words}（{deadline.last_day}）"
        for deadline in concern.deadlines
    ]
    return "；".join([*deadlines, *concern.limits])
