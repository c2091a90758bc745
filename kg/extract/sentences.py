"""Sentence by sentence: clauses in their order, the subject that stays in force, conditions, measures and norms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.extract.clauses import Clause
from kg.extract.drafts import Context, SentenceReading, Spans
from kg.extract.measures import complete_attribute, finished_measures, read_measures
from kg.extract.norms import read_norms
from kg.extract.roles import bearers_of, is_subordinate
from kg.extract.tokens import peek
from kg.lexicon import load_rows
from kg.types import Measure, Modality, Norm

_STATE = frozenset({"国家", "国务院"})
OWN_ACTS = 2
"""Acts of a subject in one sentence that make it a list of what it does."""
LABEL_LENGTH = 8
"""Longest line without a stop that is taken for a heading (申报条件), in characters."""
_DEFINITION = re.compile("(?:是|系)指")
_PURPOSE = re.compile(r"为了?[^。]{0,400}制定本")
_NO_MEASURE = re.compile(
    r"^(?:本[^，。]{0,12}所称|为了?[^。]*制定本|.{0,12}自.{2,20}起(?:施行|实施|执行|生效))"
    r"|(?:是|系)指|联\s*系\s*(?:人|电话|方式|地址)|具有[^，。]{0,8}意义|同时废止$|适用本|适用于|\.{4,}|…{2,}"
)
"""Definitions, legislative purpose, scope, entry into force, repeal and tables of contents are no operative text."""


def read_sentence(text: str, clauses: Sequence[Clause], context: Context) -> tuple[list[Measure], list[Norm]]:
    """Measures and norms of one sentence; ``context`` is updated with the subject that stays in force."""
    reading = SentenceReading(text, clauses, context)
    reading.silent = _conditions_of_norms(reading) | _openings_of_cases(reading)
    is_marked = any(clause.marker is not None or _gives(clause) for clause in clauses)
    allowed = context.measures_allowed or (is_marked and context.marked_measures_allowed)
    holds_measures = allowed and not _is_without_measure(reading)
    for index, clause in enumerate(clauses):
        if complete_attribute(reading, index):
            reading.held = None
            continue
        _follow_subject(reading, index, clause)
        _note_marker(reading, index, clause)
        if reading.is_condition(index):
            reading.held = None
        elif not clause.acts or _is_topic_of_next(reading, index) or _is_relative_topic(reading, index):
            _hold(reading, index, clause)
        elif _is_act_assigned_next(reading, index):
            reading.held = None
        else:
            if holds_measures and not reading.prohibited:
                read_measures(reading, index)
            keeps_subject = _lists_own_acts(reading, index)
            if clause.encouraged and not keeps_subject:
                reading.subject = clause.spans_of(clause.encouraged)
                reading.encouraged = True
            elif clause.caused and clause.marker is None and not keeps_subject:
                reading.subject = clause.spans_of(clause.caused)
            reading.held = None
    if reading.subject:
        context.subject = reading.subject
    norms = [] if _PURPOSE.match(text, clauses[0].start) else list(read_norms(reading))
    return finished_measures(reading), norms


def _gives(clause: Clause) -> bool:
    """…的,给予五十万元奖励: an act, even where the list holds cases or rates."""
    return bool(clause.acts) and clause.tokens[clause.acts[0].heads[0]].has("gives")


def _imposes(clause: Clause) -> bool:
    """给予警告, 责令改正: a sanction or grant is no case."""
    heads = [clause.tokens[head] for act in clause.acts for head in act.heads]
    return any(head.has("sanction") or head.has("gives") for head in heads)


def announces_acts(clauses: Sequence[Clause]) -> bool:
    """Whether the items that a lead-in announces are acts (下列职责) or things, cases, conditions (下列情形)."""
    kinds = {row[0]: row[1] for row in load_rows("list_nouns.tsv") if row[1] != "heading"}
    tokens = [token for clause in clauses for token in clause.tokens]
    if any(token.has("qualifies") for token in clauses[-1].tokens):
        return False  # 符合下列规定, 具备下列条件
    announced = max((k for k, token in enumerate(tokens) if token.has("announcer")), default=None)
    words = tokens[announced:] if announced is not None else clauses[-1].tokens[::-1]
    for token in words:
        if token.text == "之一":
            return False
        if token.text in kinds:
            return kinds[token.text] == "acts"
    return not clauses[-1].conditional


def names_conditions(heading: str) -> bool:
    """申报条件, 申报材料: whether what stands below the heading are conditions or papers, no acts."""
    return heading.rstrip("。：:").endswith(_condition_headings())


@cache
def _condition_headings() -> tuple[str, ...]:
    return tuple(row[0] for row in load_rows("list_nouns.tsv") if row[1] == "heading")


def _is_without_measure(reading: SentenceReading) -> bool:
    """Definitions and the like; requests (请…) to the addressees; headings without a stop."""
    start, end = reading.clauses[0].span.start, reading.clauses[-1].span.end
    requests = any(clause.word(clause.marker) == "请" for clause in reading.clauses)
    ends_line = reading.text[end : end + 1] in ("", "\n")
    is_label = end - start <= LABEL_LENGTH and ends_line
    return requests or is_label or _NO_MEASURE.search(reading.text[start:end]) is not None


def _conditions_of_norms(reading: SentenceReading) -> set[int]:
    """Clauses that, in a statute, state the condition of the marker's clause behind them (申请…,应当…)."""
    silent: set[int] = set()
    if not reading.context.statute:
        return silent
    segment: int | None = 0
    for index, clause in enumerate(reading.clauses):
        if clause.marker is not None:
            if segment is not None and clause.modality is not Modality.ENCOURAGEMENT:
                before = [i for i in range(segment, index) if reading.clauses[i].acts]
                if _are_condition([reading.clauses[i] for i in before], clause):
                    silent.update(before)
            segment = None  # what follows stands under this marker
        if reading.ends_strongly(index):
            segment = index + 1
    return silent


def _openings_of_cases(reading: SentenceReading) -> set[int]:
    """对未经登记,|擅自活动的,…: clauses in front of the 的 that closes their case."""
    found: set[int] = set()
    for index, clause in enumerate(reading.clauses[:-1]):
        opens = bool(clause.tokens) and clause.tokens[clause.first].text in ("对", "对于") and not clause.conditional
        following = reading.clauses[index + 1]
        if reading.ends_strongly(index) or any(_gives(part) for part in (clause, following)):
            continue
        opener = peek(following.tokens, 0)
        adds = reading.context.statute and (opener.has("additive") or opener.has("consequence"))
        if (opens or adds) and clause.marker is None and following.conditional:
            found.add(index)
    return found


def _are_condition(before: list[Clause], marked: Clause) -> bool:
    """Not so where they lay down a standing duty of their subject (各级人民政府领导…,应当…)."""
    if marked.inherited or any(_imposes(clause) for clause in before):
        return False  # 设立委员会,|负责…; 给予警告,|可以…
    if not any(clause.subject for clause in before):
        return True
    if marked.subject and marked.acts and marked.tokens[marked.acts[0].heads[0]].has("gives"):
        return True
    if not marked.acts and marked.marker is not None and not marked.subject:
        return True  # 企业改进产品,|应当符合要求
    if marked.subject or len(before) > 1:
        return False
    clause = before[0]
    return not clause.tokens[clause.acts[0].heads[0]].has("duty")


def _follow_subject(reading: SentenceReading, index: int, clause: Clause) -> None:
    """Keep the subject in force up to date."""
    context = reading.context
    if clause.subject:
        context.offender = _offender(reading, index, clause)
        reading.subject = reading.speaker = clause.spans_of(clause.subject)
        reading.encouraged = False
        imposes = any(token.has("sanction") for token in clause.tokens)
        if clause.word(clause.subject[0].first - 1) == "由" or clause.marker is not None or imposes:
            reading.authority = reading.subject
    elif reading.encouraged and _speaker_returns(reading, index, clause):
        reading.subject, reading.encouraged = reading.speaker, False
        reading.turns.add(index)
    elif clause.inherited:
        reading.subject = tuple(clause.inherited)
    elif clause.marker is not None and (clause.has_subject_phrase or _is_about_thing(reading, index)):
        nobody: Spans = ()
        reading.subject = context.subject = nobody
    elif context.offender is not None and _falls_on_offender(reading, index, clause):
        reading.subject = context.subject = context.offender
        context.offender = None


def _is_about_thing(reading: SentenceReading, index: int) -> bool:
    """培养人员的情况,|应当作为…: the clause before is a noun phrase and no preposition opens it (根据…的情况)."""
    if index == 0 or reading.ends_strongly(index - 1) or reading.clauses[index].marker != reading.clauses[index].first:
        return False
    tokens = reading.clauses[index - 1].tokens
    is_topic = len(tokens) > 2 and tokens[-2].text == "的" and tokens[-1].has("case_noun")
    return is_topic and not any(token.has("preposition") and not token.has("coordinator") for token in tokens)


def _offender(reading: SentenceReading, index: int, clause: Clause) -> Spans | None:
    """A违反规定的,|由B责令改正: A, nobody where the condition names nobody; None where the subject is no authority."""
    if clause.word(clause.subject[0].first - 1) != "由":
        return None
    if reading.context.offender is not None:
        return reading.context.offender
    return reading.subject if any(before.conditional for before in reading.clauses[:index]) else None


def _falls_on_offender(reading: SentenceReading, index: int, clause: Clause) -> bool:
    """由B责令改正,|三年内不得申请; 造成损失的,|依法承担民事责任: what an authority does not lay on itself."""
    heads = [(clause.tokens[act.heads[0]], clause.tokens[act.last]) for act in clause.acts]
    is_liable = any(head.has("takes_noun") and last.has("duty_noun") for head, last in heads)
    is_barred = clause.marker is not None and clause.tokens[clause.marker].has("prohibition")
    is_punished = any(token.has("sanction") for before in reading.clauses[:index] for token in before.tokens)
    return is_liable or (is_barred and is_punished)


def _speaker_returns(reading: SentenceReading, index: int, clause: Clause) -> bool:
    """鼓励A…；支持B…, 鼓励A…,给予资金支持, 鼓励A…,发挥A的作用: what A cannot mean itself is the speaker's again."""
    if not clause.acts:
        return False
    encouraged = {span.slice(reading.text) for span in reading.subject}
    if any(span.slice(reading.text) in encouraged for span in clause.spans_of(clause.actors)):
        return True
    head = clause.tokens[clause.acts[0].heads[0]]
    return head.has("gives") or (head.has("promote") and reading.ends_strongly(index - 1))


def _lists_own_acts(reading: SentenceReading, index: int) -> bool:
    """科协组织活动,加强交流,支持A做…,|协助…: what follows goes on with what the subject does itself.

    Not so of the state, which mostly acts by what others do.
    """
    if any(span.slice(reading.text) in _STATE for span in reading.subject):
        return False
    before = reading.clauses[:index]
    return sum(bool(clause.acts) and not (clause.caused or clause.encouraged) for clause in before) >= OWN_ACTS


def _note_marker(reading: SentenceReading, index: int, clause: Clause) -> None:
    """Bearers of the clause's norm, and whether a prohibition is in force."""
    if clause.marker is not None and not _is_definition(reading, index):
        reading.bearers[index] = bearers_of(reading, clause)
        if is_subordinate(reading, clause):
            reading.subordinate.add(index)
        reading.obliged = reading.obliged or clause.modality is Modality.OBLIGATION
        reading.prohibited = clause.modality is Modality.PROHIBITION
    elif clause.subject or (index and reading.ends_strongly(index - 1)):
        reading.prohibited = False


def _is_definition(reading: SentenceReading, index: int) -> bool:
    """…是指…,可以…: a marker inside a definition is none; nor one inside an exception (…准许…的除外)."""
    before = reading.clauses[: index + 1]
    defines = any(_DEFINITION.search(clause.span.slice(reading.text)) for clause in before)
    return defines or before[-1].tokens[-1].text == "除外"


def _hold(reading: SentenceReading, index: int, clause: Clause) -> None:
    """A manner, topic or bare subject in front lies inside the span of the act that follows."""
    opener = next((token for token in clause.tokens[clause.first :] if not token.has("adverb")), None)
    names_subject = (bool(clause.subject) and not _states(clause)) or _is_patient_of_next(reading, index)
    if opener is not None and (opener.has("preposition") or opener.has("manner") or names_subject):
        reading.held = index if reading.held is None else reading.held
    else:
        reading.held = None


def _is_topic_of_next(reading: SentenceReading, index: int) -> bool:
    """对A协助开展活动,|按照规定给予补助: the clause says to whom or for what the next one gives."""
    clause = reading.clauses[index]
    following = reading.clauses[index + 1] if index + 1 < len(reading.clauses) else None
    if following is None or not following.acts or following.subject or reading.ends_strongly(index):
        return False
    gives = _gives(following)
    stands_alone = not any(clause.tokens[head].has("gives") for head in clause.acts[0].heads)
    return gives and stands_alone and clause.marker is None and clause.tokens[clause.first].text in ("对", "对于")


def _is_relative_topic(reading: SentenceReading, index: int) -> bool:
    """收集的数据的管理办法,|由A制定: the verbs stand in relative clauses of the topic."""
    tokens = reading.clauses[index].tokens
    last_particle = max((k for k, token in enumerate(tokens) if token.text == "的"), default=-1)
    inside = all(head < last_particle for act in reading.clauses[index].acts for head in act.heads)
    return inside and _is_patient_of_next(reading, index)


def _is_act_assigned_next(reading: SentenceReading, index: int) -> bool:
    """设立学校,|由A审批: in a statute, the act that the next clause is about."""
    clause = reading.clauses[index]
    following = reading.clauses[index + 1] if index + 1 < len(reading.clauses) else None
    passive = following is not None and following.tokens and following.tokens[following.first].has("agentive")
    free = clause.marker is None and not clause.subject and not reading.subject
    return bool(passive) and free and reading.context.statute and clause.tokens[clause.first].entry.strong


def _is_patient_of_next(reading: SentenceReading, index: int) -> bool:
    """资格条件,|由A规定: a noun phrase that a passive clause follows."""
    clause = reading.clauses[index]
    following = reading.clauses[index + 1] if index + 1 < len(reading.clauses) else None
    if following is None or not following.tokens or clause.marker is not None:
        return False
    opens_act = all(peek(clause.tokens, clause.first + offset).entry.strong for offset in (0, 1))
    if opens_act or not (clause.tokens[-1].entry.nounish or clause.tokens[-1].has("ground_noun")):
        return False  # 设立|实施…教育的学校,由A审批: the clause is an act, no topic
    opener = following.tokens[following.first]
    acts = following.acts[0].heads[-1] if following.acts else None
    executed = opener.has("rule_preposition") and acts == len(following.tokens) - 1  # 按照国家规定执行
    return opener.has("agentive") or executed


def _states(clause: Clause) -> bool:
    """Whether the clause says what its subject is or has (应当具备…), instead of waiting for its act."""
    for token, before in zip(clause.tokens, [None, *clause.tokens], strict=False):
        is_listed = before is not None and before.has("coordinator")
        has_state = clause.marker is not None and token.has("stative") and not token.has("ground_noun")
        if token.text == "是" or (has_state and not is_listed):
            return True
    return False
