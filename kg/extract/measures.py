"""Acts as measures or aims: which act is one of its own, what it spans, which only states the result wished for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.acts import Act
from kg.extract.clauses import Clause
from kg.extract.drafts import Draft, SentenceReading
from kg.extract.roles import agents_of
from kg.extract.targets import antecedents_of, held_targets_of, targets_of
from kg.extract.tokens import peek
from kg.types import Measure, Modality, RoleFiller, Span, Word

_COURSE = re.compile(
    r"发展$|(?:可持续|顺利|有序)(?:开展|推进|实施)$|往[^，]{1,8}走$|落地(?:生根|见效)$|走深走实$|见行见效$|再上新?[^，]{1,6}$"
    r"|向[^，、]{1,20}(?:拓展|迈进|迈上|延伸|转变|跃升|攀升)[^，]{0,12}$|(?:迈上|迈向)[^，]{1,12}$"
)
"""How a clause ends that only states an abstract course (推动…发展, 推动…落地生根, 推动…向…拓展)."""
_FRAMING = re.compile(r"(?:以下|下列)[^的]{0,8}$|如下")


def read_measures(reading: SentenceReading, index: int) -> None:
    """Add the acts of the clause at ``index`` to the drafts, as measures or as aims of the measure before."""
    clause = reading.clauses[index]
    if _is_framing(reading, clause):
        return
    for number, act in enumerate(clause.acts):
        opens = number == 0
        if opens and _is_aim(reading, clause, act):
            reading.drafts[-1].aims.append(Span(clause.tokens[act.first].start, clause.tokens[act.last].end))
            continue
        span = Span(_opening(reading, clause) if opens else clause.tokens[act.first].start, clause.tokens[act.last].end)
        agents = agents_of(reading, clause, act)
        targets = targets_of(clause, act, agents, span)
        if opens and reading.held is not None:
            targets = held_targets_of(reading, index, act, agents) + targets
        targets += antecedents_of(reading, index, act, agents)
        if opens and _completes_causative(reading, index):
            _complete(reading.drafts[-1], span, targets)
        else:
            reading.drafts.append(Draft(index, act, span, agents, targets))


def finished_measures(reading: SentenceReading) -> list[Measure]:
    """The drafts of a sentence as measures."""
    return [
        Measure(
            span=draft.span,
            text=draft.span.slice(reading.text),
            heads=_words(reading.clauses[draft.clause], draft.act.heads),
            inner=_words(reading.clauses[draft.clause], draft.act.inner),
            agents=tuple(draft.agents),
            targets=tuple(draft.targets),
            aims=tuple(draft.aims),
            rule="act" if draft.is_open else "causative-act",
        )
        for draft in reading.drafts
    ]


def _is_framing(reading: SentenceReading, clause: Clause) -> bool:
    """抓好以下改革举措。: in a plan, the sentence that only announces the measures is none."""
    end = clause.span.end
    announces = reading.text[end : end + 1] in ("：", ":", "。")
    if clause.marker is not None:
        return False
    return announces and not reading.context.statute and _FRAMING.search(clause.span.slice(reading.text)) is not None


def _opening(reading: SentenceReading, clause: Clause) -> int:
    """Offset where the measure of a clause's first act begins: with its subject, preposed phrase or held clauses."""
    if reading.held is not None:
        held = reading.clauses[reading.held]
        is_object = held.word(held.first) == "对"
        if held.marker == held.first and not held.acts:
            return held.tokens[held.first + 1].start  # 可以|在收到通知后,申请复议
        if clause.marker is None or held.subject or is_object or clause.modality is Modality.ENCOURAGEMENT:
            return held.start
    is_verbal_topic = clause.marker is not None and not clause.subject and clause.tokens[clause.first].entry.strong
    if (clause.has_subject_phrase or clause.has_preposed or clause.subject) and not is_verbal_topic:
        return clause.start
    return clause.tokens[clause.acts[0].first].start


def _is_aim(reading: SentenceReading, clause: Clause, act: Act) -> bool:
    """The outcome verbs of the lexicon, in non-first position."""
    if not reading.drafts or clause.marker is not None or clause.subject or _opens_period(reading, clause):
        return False
    head = clause.tokens[act.heads[0]]
    if head.text in ("促进", "力争") or (head.has("outcome") and not head.has("course")):
        return True
    following = peek(clause.tokens, act.heads[-1] + 1)
    takes_verb = following.entry.strong and not following.entry.actor  # 推动|建立…
    return head.has("course") and not takes_verb and _COURSE.search(clause.span.slice(reading.text)) is not None


def _opens_period(reading: SentenceReading, clause: Clause) -> bool:
    """…；2025年底前,|实现…: behind a semicolon a new term begins a series of its own."""
    index = next(i for i, other in enumerate(reading.clauses) if other is clause)
    start = index if reading.held is None else reading.held
    while start > 0 and not reading.ends_strongly(start - 1) and not reading.clauses[start - 1].acts:
        start -= 1
    tokens = reading.clauses[start].tokens
    dated = any(token.entry.tag == "t" or token.text.endswith(("年", "底", "底前")) for token in tokens[:3])
    return start > 0 and dated and reading.ends_strongly(start - 1)


def _completes_causative(reading: SentenceReading, index: int) -> bool:
    """组织|A,|进行…: what A is made to do stands in the next clause."""
    clause = reading.clauses[index]
    if not reading.drafts or clause.subject or clause.marker is not None:
        return False
    draft = reading.drafts[-1]
    first_held = reading.held if reading.held is not None else index
    governing = reading.clauses[draft.clause]
    between = governing.tokens[draft.act.heads[-1] + 1 : governing.actors[-1].first] if governing.actors else []
    governs_actor = not any(token.entry.verb and token.has("act") for token in between)
    ends_with_actor = bool(governing.actors) and governing.actors[-1].last == draft.act.last and governs_actor
    causes = governing.tokens[draft.act.heads[-1]].has("causative")
    waits = (not draft.act.inner and ends_with_actor) or _gives_manner(governing, draft.act)
    return draft.is_open and causes and waits and draft.clause == first_held - 1


def _gives_manner(clause: Clause, act: Act) -> bool:
    """鼓励|A|采取…等方式,|向B转移…: the verb governed so far only says how."""
    only_manner = bool(act.inner) and all(clause.tokens[position].has("manner") for position in act.inner)
    rest = clause.tokens[act.heads[-1] + 1 :]
    leans = any(
        (token.has("instrument_verb") or token.has("list_preposition")) and following.entry.nounish
        for token, following in pairwise(rest)
    )
    uses = leans and all(clause.tokens[position].has("manner") for position in act.inner)
    return uses or (only_manner and clause.tokens[act.last].has("manner_noun"))


def complete_attribute(reading: SentenceReading, index: int) -> bool:
    """构建以A为支撑,|以B为导向,|C与D合作的体系: extend a measure whose object's attribute goes on past the comma."""
    if not reading.drafts or reading.drafts[-1].span.end != reading.clauses[index - 1].span.end:
        return False
    draft, clause = reading.drafts[-1], reading.clauses[index]
    object_ = reading.clauses[draft.clause].tokens[draft.act.heads[-1] + 1 :]
    opened = any(token.text == "以" for token in object_) and _ends_basis(reading.clauses[index - 1])
    closes = any(token.text == "的" for token in clause.tokens)
    following = reading.clauses[index + 1] if index + 1 < len(reading.clauses) else None
    goes_on = following is not None and _is_basis(clause) and any(token.text == "的" for token in following.tokens)
    if opened and (closes or goes_on):
        draft.span = Span(draft.span.start, clause.span.end)
        return True
    return False


def _ends_basis(clause: Clause) -> bool:
    """以A|为支撑: nothing follows the noun that says as what."""
    return len(clause.tokens) > 1 and clause.tokens[-2].text == "为"


def _is_basis(clause: Clause) -> bool:
    return _ends_basis(clause) and clause.tokens[clause.first].text == "以"


def _complete(draft: Draft, span: Span, targets: list[RoleFiller]) -> None:
    draft.span = Span(draft.span.start, span.end)
    draft.targets += targets
    draft.is_open = False


def _words(clause: Clause, positions: Sequence[int]) -> tuple[Word, ...]:
    tokens = [clause.tokens[position] for position in positions]
    return tuple(Word(token.text, Span(token.start, token.end)) for token in tokens)
