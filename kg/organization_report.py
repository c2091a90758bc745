"""Answers about organizations as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kg.checklist_rows import force_in_words, times_in_words
from kg.concerned_kinds import ConcernedKind
from kg.concerns import Concern
from kg.labels import LEVELS
from kg.organization_comparison import OrganizationComparison
from kg.organization_profile import OrganizationProfile
from kg.organizations import OrganizationAnswer
from kg.understanding import understandings

NOTHING_FOUND = "没有找到与它有关的举措或规范。"
MUST_CHECK = "须核实"
"""What is said of a statement that holds only for some organizations of the kind."""


def answer_lines(answer: OrganizationAnswer) -> Iterator[str]:
    """Who was understood, the counts, and the results under their roles."""
    yield from profile_lines(answer.profile)
    yield "；".join(f"{role} {count} 条" for role, count in answer.counts.items())
    for role, concerns in groupby(answer.results, key=lambda concern: concern.role):
        yield f"\n{role}（共 {answer.counts[role]} 条）"
        for concern in concerns:
            yield from concern_lines(concern)
    if not answer.results:
        yield NOTHING_FOUND


def profile_lines(profile: OrganizationProfile) -> Iterator[str]:
    """The organization, what was understood of it and why, and what could not be told."""
    yield profile.title
    for known in understandings(profile):
        yield f"    {known.aspect}：{known.value}（{known.reason}）"
    for unknown in profile.unknown:
        yield f"    {unknown}"


def concern_lines(concern: Concern) -> Iterator[str]:
    """A quote, what is to be kept to, where it stands and why it is told."""
    marks = [force_in_words(concern), "" if concern.certain else MUST_CHECK]
    yield f"{concern.rank:>2}. {concern.text}" + "".join(f"【{mark}】" for mark in marks if mark)
    terms = {
        "期限": times_in_words(concern),
        "条件": "；".join(concern.conditions),
        "数量": "；".join(concern.quantities),
    }
    if any(terms.values()):
        yield "    " + "。".join(f"{name}：{words}" for name, words in terms.items() if words)
    yield f"    《{concern.document}》 {concern.place}；{concern.path}"


def comparison_lines(comparison: OrganizationComparison) -> Iterator[str]:
    """Both organizations, and what concerns both or only one."""
    first, second = comparison.first.title, comparison.second.title
    yield from profile_lines(comparison.first)
    yield from profile_lines(comparison.second)
    yield f"\n与两者都有关（共 {comparison.both_count} 条）"
    for shared in comparison.both:
        yield from concern_lines(shared.first)
        if shared.second.role != shared.first.role:
            yield f"    {first}：{shared.first.role}；{second}：{shared.second.role}"
    for title, count, concerns in (
        (first, comparison.only_first_count, comparison.only_first),
        (second, comparison.only_second_count, comparison.only_second),
    ):
        yield f"\n只与{title}有关（共 {count} 条）"
        for concern in concerns:
            yield from concern_lines(concern)


def concerned_lines(concerned: Sequence[ConcernedKind]) -> Iterator[str]:
    """The kinds under their roles, with what they include."""
    for role, kinds in groupby(concerned, key=lambda kind: kind.role):
        yield role
        for kind in kinds:
            yield f"    {kind.kind or kind.actor}（{extent_in_words(kind)}）；{kind.reason}"
    if not concerned:
        yield "原文没有写明它涉及哪些单位。"


def extent_in_words(concerned: ConcernedKind) -> str:
    """Whether one body, a kind as a whole or only some of it is meant; of which levels; how many kinds it includes."""
    if concerned.kind is None:
        return "指名的单位"
    said = ["这一类全部" if concerned.whole else f"其中的{concerned.actor}"]
    said += ["、".join(LEVELS[level] for level in LEVELS if level in concerned.levels)] if concerned.levels else []
    said += [f"含 {len(concerned.narrower)} 个下位类别"] if concerned.narrower else []
    return "，".join(said)
