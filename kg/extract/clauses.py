"""A clause read as subject, deontic marker and acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.extract.actors import ActorPhrase, find_actor_phrases
from kg.extract.predicates import Act, find_head, read_acts
from kg.extract.tokens import Token
from kg.types import Modality, Span

STRONG_MARKERS = frozenset(
    [
        "应当",
        "应该",
        "必须",
        "不得",
        "严禁",
        "不准",
        "不应",
        "不应当",
        "不许",
        "可以",
        "有权",
        "有义务",
        "须",
        "应",
        "禁止",
        "准许",
        "务必",
        "务须",
        "有责任",
    ]
)
ENCOURAGERS = frozenset(["鼓励", "支持", "提倡", "倡导", "引导"])


@dataclass(slots=True)
class Clause:
    """A clause with its reading; positions are indices into ``tokens``."""

    span: Span
    tokens: list[Token]
    actors: list[ActorPhrase]
    set_up: list[ActorPhrase]
    """Bodies that the clause only sets up: actors no sooner than they act (成立领导小组,负责…)."""
    subject: list[ActorPhrase] = field(default_factory=list)
    first: int = 0
    """Where the clause's own matter begins, after conjunctions."""
    has_subject_phrase: bool = False
    has_preposed: bool = False
    """A preposed phrase (对…, 在…时) stands in front of the marker."""
    marker: int | None = None
    modality: Modality | None = None
    acts: list[Act] = field(default_factory=list)
    encouraged: list[ActorPhrase] = field(default_factory=list)
    inherited: list[Span] = field(default_factory=list)
    """Its subject, where that is the body which the clause before sets up."""
    conditional: bool = False
    """Only states a condition, case or time (…的, 在…时)."""

    def text(self, position: int) -> str:
        """The word at ``position``, "" outside the clause."""
        return self.tokens[position].text if 0 <= position < len(self.tokens) else ""

    def words(self, phrase: ActorPhrase) -> str:
        """The text of an actor phrase."""
        return "".join(token.text for token in self.tokens[phrase.first : phrase.last + 1])

    def span_of(self, phrase: ActorPhrase) -> Span:
        """Place of an actor phrase; quotation marks around it stay outside."""
        start, end = self.tokens[phrase.first].start, self.tokens[phrase.last].end
        if self.tokens[phrase.first].entry.has("quoted") and phrase.first == phrase.last:
            return Span(start + 1, end - 1)
        return Span(start, end)


def read_clause(tokens: list[Token], span: Span, is_last: bool, in_notice: bool = False) -> Clause:
    """Read one clause; ``is_last`` says whether its sentence ends with it."""
    clause = Clause(span, tokens, *find_actor_phrases(tokens))
    if not tokens:
        return clause
    clause.first = _after_conjunctions(tokens)
    clause.conditional = _is_condition(clause)
    if clause.conditional:
        _read_conditional_subject(clause)
        return clause
    if not is_last and _is_nominal(clause):
        return clause
    start = _read_marker(clause, in_notice)
    if start is None:
        start = _read_subject(clause, len(tokens))
    clause.acts = read_acts(tokens, start, not is_last, clause.marker is not None) if start < len(tokens) else []
    if clause.acts and clause.marker is None and not clause.has_subject_phrase:
        _read_agent_phrase(clause)
    _read_encouragement(clause)
    return clause


def restore_acting_bodies(clauses: Sequence[Clause]) -> None:
    """A body just set up that is the subject of the next clause is an actor, and the subject of its bare 负责."""
    for clause, following in pairwise(clauses):
        for phrase in clause.set_up:
            name = clause.words(phrase)
            duty = (
                following.marker == following.first
                and following.text(following.first) == "负责"
                and not following.subject
            )
            if duty:
                following.inherited = [clause.span_of(phrase)]
            if duty or any(following.words(subject).endswith(name) for subject in following.subject):
                clause.actors = sorted([*clause.actors, phrase], key=lambda p: p.first)
                break


def _read_conditional_subject(clause: Clause) -> None:
    """网络服务提供者发现…的,应当…: the condition names who acts."""
    for first, last, members in _groups(clause):
        if first == clause.first and last + 1 < len(clause.tokens) and clause.text(last + 1) != "的":
            clause.subject = members
        return


def _is_nominal(clause: Clause) -> bool:
    """具有…的高等学校、科研机构,可以…: a clause that is only a subject with its relative clause."""
    groups = _groups(clause)
    if not groups:
        return False
    first, last, members = groups[-1]
    opener = clause.tokens[clause.first]
    closes = last == len(clause.tokens) - 1 and first > clause.first and clause.text(first - 1) == "的"
    marked = any(token.text in STRONG_MARKERS for token in clause.tokens)
    if (
        not closes
        or marked
        or not (opener.entry.has("relative") or opener.entry.has("stative") or opener.entry.tag == "ns")
    ):
        return False
    clause.subject = members
    return True


def _after_conjunctions(tokens: Sequence[Token]) -> int:
    position = 0
    while (
        position < len(tokens) - 1
        and tokens[position].entry.has("conjunction")
        and not tokens[position].entry.has("preposition")
    ):
        position += 1
    return position


def _is_condition(clause: Clause) -> bool:
    last = clause.tokens[-1]
    if last.text == "的":
        return True
    opener = clause.tokens[clause.first].text
    if last.text in (
        "时",
        "后",
        "前",
        "之前",
        "之后",
        "以前",
        "以后",
        "期间",
        "之日起",
        "外",
        "以外",
        "之外",
        "同时",
        "起",
    ):
        return True
    return last.entry.has("localizer") and (opener in ("在", "从", "自", "经", "当"))


def _groups(clause: Clause) -> list[tuple[int, int, list[ActorPhrase]]]:
    """Actor phrases joined by coordinators: (first token, last token, phrases)."""
    groups: list[tuple[int, int, list[ActorPhrase]]] = []
    for phrase in clause.actors:
        if groups:
            first, last, members = groups[-1]
            between = clause.tokens[last + 1 : phrase.first]
            joined = bool(between) and all(
                token.entry.has("coordinator")
                or token.entry.has("etc")
                or token.text in ("其", "其他", "以及")
                or token.entry.has("paren")
                for token in between
            )
            if joined:
                groups[-1] = (first, phrase.last, [*members, phrase])
                continue
        groups.append((phrase.first, phrase.last, [phrase]))
    return groups


def _skip_after_subject(clause: Clause, position: int) -> int:
    while position < len(clause.tokens) and (
        clause.tokens[position].entry.has("etc")
        or clause.tokens[position].entry.has("paren")
        or clause.text(position) in ("都", "均", "也")
    ):
        position += 1
    return position


def _read_subject(clause: Clause, limit: int) -> int:
    """Find the subject in ``tokens[first:limit]``; returns where the predicate may begin."""
    tokens = clause.tokens
    start = clause.first
    while start < limit and tokens[start].entry.tag == "t":
        start += 1
    groups = [group for group in _groups(clause) if group[1] < limit]
    for first, last, members in groups:
        after = _skip_after_subject(clause, last + 1)
        if first > start and tokens[first - 1].entry.has("agentive") and not _inside_relative(tokens, last, limit):
            clause.subject = members
            clause.has_subject_phrase = True
            return after
    for first, last, members in groups:
        after = _skip_after_subject(clause, last + 1)
        if first == start or (first > start and _all_modifiers(tokens, start, first)):
            if after >= limit or _may_begin_predicate(tokens, after):
                clause.subject = members
                clause.has_subject_phrase = True
                return after
        if (
            tokens[first - 1].text == "的"
            and after < limit
            and _may_begin_predicate(tokens, after)
            and _opens_relative(tokens, start, first)
        ):
            clause.subject = members
            clause.has_subject_phrase = True
            return after
    return clause.first


def _all_modifiers(tokens: Sequence[Token], start: int, end: int) -> bool:
    return all(
        (token.entry.has("adverb") and not token.entry.verb) or token.entry.tag == "t" for token in tokens[start:end]
    )


def _opens_relative(tokens: Sequence[Token], start: int, first: int) -> bool:
    """国家设立的|研究开发机构…: the clause opens with a relative clause, not with a verb of promotion."""
    return tokens[start].entry.has("relative") or tokens[start].text == "国家"


def _inside_relative(tokens: Sequence[Token], last: int, limit: int) -> bool:
    """由A提出的|方案: 由 and its actor stand in a relative clause."""
    for k in range(last + 1, min(limit, last + 6)):
        if tokens[k].text == "的":
            return k + 1 < limit
    return False


def _may_begin_predicate(tokens: Sequence[Token], position: int) -> bool:
    entry = tokens[position].entry
    if entry.has("personnel") and position > 0 and tokens[position - 1].text.endswith("人才"):
        return False
    if entry.has("adverb") or entry.has("preposition") or tokens[position].text in ("是",):
        return True
    if not entry.verb or (entry.actor and not tokens[position].text == "组织"):
        return False
    after = position
    while after < len(tokens) and (tokens[after].entry.verb or tokens[after].text == "所"):
        after += 1
    if after < len(tokens) and tokens[after].text == "的" and not entry.has("promote"):
        return False  # 各级人民政府组织实施的|项目
    if entry.strong or tokens[position].text == "组织":
        return not (position + 1 < len(tokens) and tokens[position + 1].text == "的" and not entry.has("promote"))
    has_object = (
        position + 1 < len(tokens) and tokens[position + 1].entry.nounish and not tokens[position + 1].entry.verb
    )
    return has_object and entry.has("act")


def _read_marker(clause: Clause, in_notice: bool) -> int | None:
    """Find the deontic marker; returns where its predicate begins, or None."""
    tokens = clause.tokens
    inside_actors = {k for phrase in clause.actors for k in range(phrase.first, phrase.last + 1)}
    for position in range(clause.first, len(tokens)):
        if position in inside_actors:
            continue
        modality = _modality_at(clause, position, in_notice)
        if modality is None:
            continue
        clause.marker, clause.modality = position, modality
        _read_subject_before_marker(clause, position)
        start = (
            position
            if tokens[position].text in ("承担", "负有", "享有", "允许", "禁止", "严禁", "有")
            else position + 1
        )
        if not clause.subject:
            start = _read_agent_after_marker(clause, start)
        if tokens[position].text == "负责":
            head = find_head(tokens, position + 1, len(tokens))
            verbal = head is not None and (tokens[head].entry.strong or tokens[head].text == "组织")
            return position + 1 if verbal else position
        return start
    return None


def _modality_at(clause: Clause, position: int, in_notice: bool) -> Modality | None:
    tokens = clause.tokens
    token = tokens[position]
    word = token.text
    entry = token.entry
    if not (entry.has("obligation") or entry.has("prohibition") or entry.has("permission") or word == "有"):
        return None
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    opens = position == clause.first or all(
        t.entry.has("adverb") or t.entry.tag == "t" for t in tokens[clause.first : position]
    )
    after_subject = position > 0 and (
        bool(tokens[position - 1].entry.actor)
        or tokens[position - 1].entry.has("adverb")
        or tokens[position - 1].text in ("等", "都")
    )
    if word == "请":
        return Modality.OBLIGATION if opens and following is not None else None
    if following is None:
        return None
    if word in ("要", "可", "应") and _stands_in_object(clause, position):
        return None
    if word == "要":
        good = (
            position == clause.first
            or following.entry.verb
            or following.entry.has("adverb")
            or following.entry.has("preposition")
        )
        return Modality.OBLIGATION if good and tokens[position - 1].text not in ("需", "不", "只", "主") else None
    if word == "可":
        good = following.entry.verb or following.entry.has("adverb") or following.entry.has("preposition")
        return (
            Modality.PERMISSION
            if good and (position == 0 or tokens[position - 1].text not in ("不", "尚", "即"))
            else None
        )
    if word == "负责":
        relative = _opens_relative_clause(clause, position)
        return (
            Modality.OBLIGATION
            if (opens or after_subject) and not relative and following.text not in ("人", "的")
            else None
        )
    if word in ("承担", "负有"):
        return (
            Modality.OBLIGATION
            if tokens[-1].text in ("责任", "主体责任", "法律责任", "义务") and (opens or after_subject)
            else None
        )
    if word in ("享有", "有"):
        return Modality.PERMISSION if tokens[-1].text in ("权利", "权") and (opens or after_subject) else None
    if word in ("允许", "禁止", "严禁", "准许"):
        if not (opens or after_subject):
            return None
    elif word not in STRONG_MARKERS:
        return None
    return next(modality for modality in Modality if entry.has(modality.value))


def _opens_relative_clause(clause: Clause, position: int) -> bool:
    """负责知识产权保护的|主管部门建立…: an actor follows the 的 of the phrase, and its predicate follows the actor."""
    for first, last, _ in _groups(clause):
        if first > position and clause.text(first - 1) == "的" and last + 1 < len(clause.tokens):
            return _may_begin_predicate(clause.tokens, last + 1) or clause.text(last + 1) in STRONG_MARKERS
    return False


def _stands_in_object(clause: Clause, position: int) -> bool:
    """加大智能可穿戴设备…: the clause already has its predicate in front of the word."""
    opener = clause.tokens[clause.first].entry
    before = clause.tokens[clause.first : position]
    return (
        bool(before)
        and opener.strong
        and not opener.has("relative")
        and not any(t.text == "的" or t.entry.actor for t in before)
    )


def _read_subject_before_marker(clause: Clause, marker: int) -> None:
    """The subject is the actor group that nothing but adverbs and preposed phrases parts from the marker."""
    tokens = clause.tokens
    opener = tokens[clause.first]
    preposed = opener.entry.has("preposition") or opener.text in ("有", "有条件")
    clause.has_preposed = preposed and opener.entry.has("preposition")
    clause.has_subject_phrase = (
        marker > clause.first and not preposed and not _all_modifiers(tokens, clause.first, marker)
    )
    groups = [group for group in _groups(clause) if group[1] < marker]
    for first, last, members in reversed(groups):
        between = tokens[_skip_after_subject(clause, last + 1) : marker]
        if all(
            token.entry.has("adverb") or token.entry.tag == "t" for token in between
        ) and not _is_object_of_preposition(clause, first):
            clause.subject = members
            clause.has_subject_phrase = True
            return
    for first, last, members in groups:
        after = _skip_after_subject(clause, last + 1)
        opens = first == clause.first or tokens[first - 1].text == "的" or tokens[first - 1].entry.has("agentive")
        begins = after < marker and (
            tokens[after].entry.has("preposition")
            or tokens[after].entry.has("adverb")
            or (tokens[after].entry.verb and _may_begin_predicate(tokens, after))
            or (after + 1 == marker and tokens[after].entry.verb)
        )
        if opens and begins:
            clause.subject = members
            return


def _is_object_of_preposition(clause: Clause, first: int) -> bool:
    """对…的组织, 向…: the group belongs to a preposed phrase, unless 由 opens it."""
    for position in range(first - 1, clause.first - 1, -1):
        entry = clause.tokens[position].entry
        if entry.has("agentive"):
            return False
        if entry.has("preposition") and clause.text(position) in (
            "对",
            "向",
            "为",
            "与",
            "将",
            "把",
            "对于",
            "给",
            "从",
        ):
            return True
        if entry.has("localizer"):
            return False
    return False


def _read_agent_after_marker(clause: Clause, start: int) -> int:
    """可以由有关部门…, 请各单位…: the actor stands behind the marker."""
    marker_word = clause.text(clause.marker or 0)
    for first, last, members in _groups(clause):
        if first == start + 1 and clause.tokens[start].entry.has("agentive"):
            clause.subject = members
            return last + 1
        if first == start and (
            marker_word in ("请", "允许", "严禁", "禁止")
            or _may_begin_predicate(clause.tokens, min(last + 1, len(clause.tokens) - 1))
        ):
            clause.subject = members
            return _skip_after_subject(clause, last + 1) if marker_word == "请" else start
    return start


def _read_agent_phrase(clause: Clause) -> None:
    """…由A组织实施: the agent of a passive clause whose topic stands first."""
    for first, _, members in _groups(clause):
        if first > 0 and clause.tokens[first - 1].text == "由":
            clause.subject = members
            return


def _read_encouragement(clause: Clause) -> None:
    """鼓励|A|做…: the marker heads its clause, stands under no other, and an actor with its act follows."""
    if clause.marker is not None or not clause.acts:
        return
    act = clause.acts[0]
    words = [clause.text(head) for head in act.heads]
    if words[0] not in ENCOURAGERS and words[-1] not in ENCOURAGERS:
        return
    after = act.heads[-1] + 1
    for first, last, members in _groups(clause):
        if first <= act.heads[-1] or not _governed(clause, after, first):
            continue
        position = _skip_after_subject(clause, last + 1)
        if position < len(clause.tokens) and _begins_act(clause, position):
            head = act.heads[0]
            clause.marker, clause.modality = head, Modality.ENCOURAGEMENT
            clause.encouraged = members
        return


def _governed(clause: Clause, after: int, first: int) -> bool:
    """Nothing stands between the verb and its actor, or a relative clause that 的 closes."""
    between = clause.tokens[after:first]
    if not between or between[-1].text == "的":
        return True
    return all(token.entry.has("adverb") or token.entry.has("determiner") for token in between)


def _begins_act(clause: Clause, position: int) -> bool:
    entry = clause.tokens[position].entry
    if (entry.has("adverb") and not entry.verb) or entry.has("preposition"):
        return True
    if entry.has("coordinator") or clause.text(position) == "的":
        return False
    if entry.strong and not entry.has("stative"):
        return True
    follows = clause.tokens[position + 1].entry if position + 1 < len(clause.tokens) else None
    return entry.verb and follows is not None and (follows.nounish or follows.strong)
