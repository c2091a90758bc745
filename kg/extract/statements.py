"""Sentence by sentence: which acts are measures, which clauses a norm spans, who carries them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.clauses import Clause
from kg.extract.predicates import PARTNER_VERBS, Act
from kg.lexicon import load_rows
from kg.types import Measure, Modality, Norm, Provenance, RoleFiller, Span, Word

NO_MEASURE = re.compile(
    r"^(?:本[^，。]{0,12}所称|为了?[^。]*制定本|.{0,12}自.{2,20}起(?:施行|实施|执行|生效))|(?:是|系)指|同时废止$|适用本|适用于|\.{4,}|……{2,}"
)
"""Definitions, legislative purpose, scope, entry into force and repeal (design: operative text)."""
COURSE_ENDINGS = re.compile(
    r"发展$|落地(?:生根|见效|落实)?$|走深走实$|见行见效$|向[^，、]{1,20}(?:拓展|迈进|迈上|延伸|转变|跃升|攀升)[^，]{0,12}$|(?:迈上|迈向)[^，]{1,12}$|再上新?[^，]{1,6}$"
)
PUBLIC_AUTHORITY = re.compile(r"国家$|国务院|政府|部门$|[省市区县州厅局部委]$")
CAUSATIVES = frozenset("组织 鼓励 支持 引导 推动 指导 协调 动员 促进 协助".split())
LABEL_LENGTH = 8
FRAMING = re.compile(r"以下|下列|如下")


@dataclass(slots=True)
class Draft:
    """A measure or norm while its sentence is read."""

    clause: int
    act: Act
    span: Span
    agents: list[RoleFiller]
    targets: list[RoleFiller]
    aims: list[Span] = field(default_factory=list)
    rule: str = "act"
    open: bool = True
    """Ends with the actor that it makes act; what that actor does may follow (组织|A,|进行…)."""


@dataclass(slots=True)
class Context:
    """What a provision passes on to the next: the subject last named, and where it was named."""

    statute: bool
    subject: tuple[Span, ...] = ()
    subject_sentence: int = -1
    earlier_subject: tuple[Span, ...] = ()
    """Subject of the paragraph before, in the same article: it may bear a norm, but is no agent."""
    items_hold_norms: bool = True
    """False where the lead-in of a list has a marker of its own."""
    items_hold_measures: bool = True
    measures_allowed: bool = True


def read_sentence(
    text: str, clauses: Sequence[Clause], context: Context, sentence_index: int
) -> tuple[list[Measure], list[Norm]]:
    """Measures and norms of one sentence; ``context`` is updated with the subject that stays in force."""
    reader = _SentenceReader(text, clauses, context, sentence_index)
    reader.read()
    return reader.measures(), list(reader.norms())


def announces_acts(clauses: Sequence[Clause]) -> bool:
    """Whether the items that a lead-in announces are acts (下列职责) or things, cases, conditions (下列情形)."""
    kinds = {row[0]: row[1] for row in load_rows("list_nouns.tsv")}
    tokens = [token for clause in clauses for token in clause.tokens]
    announced = max((k for k, token in enumerate(tokens) if token.text in ("下列", "以下", "如下")), default=None)
    words = tokens[announced:] if announced is not None else clauses[-1].tokens[::-1]
    for token in words:
        if token.text == "之一":
            return False
        if token.text in kinds:
            return kinds[token.text] == "acts"
    return not clauses[-1].conditional


class _SentenceReader:
    def __init__(self, text: str, clauses: Sequence[Clause], context: Context, sentence_index: int) -> None:
        self.text = text
        self.clauses = clauses
        self.context = context
        self.sentence_index = sentence_index
        self.drafts: list[Draft] = []
        self.subject: tuple[Span, ...] = ()
        self.subject_source: int | None = None  # clause in which the subject stands
        self.prefix: int | None = None  # first clause of the manner or topic clauses that wait for their act
        self.bearers: dict[int, list[RoleFiller]] = {}
        self.speakers: dict[int, bool] = {}  # whether the subject of 鼓励, 支持 … is neither state nor issuer
        self.authority: tuple[Span, ...] = ()  # who imposes sanctions: a subject that no condition names
        self.is_request = False  # a request to the addressees (请…) is a norm without a measure
        self.prohibited = False  # a prohibited act is no measure
        self.silent: set[int] = set()  # clauses that are conditions of a following norm

    # -- measures ---------------------------------------------------------------------------------------------

    def read(self) -> None:
        whole = self.text[self.clauses[0].span.start : self.clauses[-1].span.end]
        unpunctuated = len(whole) <= LABEL_LENGTH and len(self.clauses) == 1 and self._is_label(whole)
        allowed = self.context.measures_allowed and not NO_MEASURE.search(whole) and not unpunctuated
        self.is_request = any(
            clause.marker is not None and clause.text(clause.marker) == "请" for clause in self.clauses
        )
        self._mark_conditions()
        for index, clause in enumerate(self.clauses):
            self._take_subject(index, clause)
            if clause.marker is not None:
                self.bearers[index] = self._bearers(clause)
                self.speakers[index] = self._speaks_for_itself(clause)
                self.prohibited = clause.modality is Modality.PROHIBITION
            elif clause.subject or (index and self._ends_strongly(index - 1)):
                self.prohibited = False
            if clause.conditional or index in self.silent:
                self.prefix = None
                continue
            if not clause.acts:
                self._hold_prefix(index, clause)
                continue
            if allowed and not self.prohibited and not self.is_request:
                self._read_acts(index, clause)
            if clause.encouraged:
                self._set_subject(tuple(clause.span_of(phrase) for phrase in clause.encouraged), index)
            self.prefix = None
        if self.subject:
            self.context.subject = self.subject
            self.context.subject_sentence = self.sentence_index

    def _is_label(self, whole: str) -> bool:
        """A short line without a stop (申报条件) is a heading."""
        end = self.clauses[-1].span.end
        return self.text[end : end + 1] in ("", "\n") and not self.context.statute

    def _mark_conditions(self) -> None:
        """In a statute the clauses in front of a marker's clause state its condition (申请…,应当…).

        Not so where they lay down a standing duty of their subject (各级人民政府领导…,应当…).
        """
        if not self.context.statute:
            return
        segment: int | None = 0
        for index, clause in enumerate(self.clauses):
            if clause.marker is not None and clause.modality is not Modality.ENCOURAGEMENT:
                if segment is not None:
                    before = [
                        i for i in range(segment, index) if self.clauses[i].acts and not self.clauses[i].conditional
                    ]
                    if before and self._are_condition(before, clause):
                        self.silent.update(before)
            if clause.marker is not None:
                segment = None  # what follows stands under this marker
            if self._ends_strongly(index):
                segment = index + 1

    def _are_condition(self, before: list[int], marked: Clause) -> bool:
        subjects = [i for i in before if self.clauses[i].subject]
        if not subjects:
            return True
        if marked.subject or len(before) > 1:
            return False
        clause = self.clauses[before[0]]
        return not clause.tokens[clause.acts[0].heads[0]].entry.has("duty")

    def _ends_strongly(self, index: int) -> bool:
        after = self.text[self.clauses[index].span.end : self.clauses[index].span.end + 1]
        return after in ("；", ";")

    def _take_subject(self, index: int, clause: Clause) -> None:
        if clause.subject:
            spans = tuple(clause.span_of(phrase) for phrase in clause.subject)
            self._set_subject(spans, index)
            imposes = any(token.entry.has("sanction") for token in clause.tokens)
            if clause.text(clause.subject[0].first - 1) == "由" or clause.marker is not None or imposes:
                self.authority = spans
        elif clause.inherited:
            self._set_subject(tuple(clause.inherited), index - 1)
        elif clause.has_subject_phrase and clause.marker is not None:
            self.subject, self.subject_source = (), None
            self.context.subject = ()

    def _set_subject(self, spans: tuple[Span, ...], index: int) -> None:
        self.subject, self.subject_source = spans, index

    def _hold_prefix(self, index: int, clause: Clause) -> None:
        """A manner, topic or bare subject in front: it lies inside the span of the act that follows."""
        opener = next((t.entry for t in clause.tokens[clause.first :] if not t.entry.has("adverb")), None)
        opens_subject = bool(clause.subject) and not any(token.text == "是" for token in clause.tokens)
        if opener is not None and (opener.has("preposition") or opener.has("manner") or opens_subject):
            if self.prefix is None:
                self.prefix = index
        else:
            self.prefix = None

    def _read_acts(self, index: int, clause: Clause) -> None:
        for number, act in enumerate(clause.acts):
            if number == 0 and self._is_aim(index, clause, act):
                self.drafts[-1].aims.append(Span(clause.tokens[act.first].start, clause.tokens[act.last].end))
                continue
            if FRAMING.search(clause.span.slice(self.text)) and self._is_framing(clause):
                continue
            span = self._act_span(index, clause, act, number)
            agents = self._agents(index, clause, act)
            targets = self._targets(clause, act, agents, span)
            if number == 0 and self.prefix is not None:
                targets = self._partners(index, agents) + targets
            if number == 0 and self._completes_causative(index, clause):
                open_draft = self.drafts[-1]
                open_draft.span = Span(open_draft.span.start, span.end)
                open_draft.targets += targets
                open_draft.open = False
                continue
            self.drafts.append(Draft(index, act, span, agents, targets))

    def _completes_causative(self, index: int, clause: Clause) -> bool:
        """组织|A,|进行…: what A is made to do stands in the next clause."""
        if not self.drafts or clause.subject or clause.marker is not None:
            return False
        draft = self.drafts[-1]
        start = draft.clause if self.prefix is None else self.prefix - 1
        governing = self.clauses[draft.clause]
        head = governing.tokens[draft.act.heads[-1]]
        closes = bool(governing.actors) and governing.actors[-1].last == draft.act.last
        return (
            draft.open
            and closes
            and start in (draft.clause, index - 1)
            and head.text in CAUSATIVES
            and draft.clause == start
        )

    def _is_framing(self, clause: Clause) -> bool:
        last = clause.span.end
        return self.text[last : last + 1] in ("：", ":", "。") and not self.context.statute

    def _is_aim(self, index: int, clause: Clause, act: Act) -> bool:
        """The literal list of design/annotation.md: outcome verbs in non-first position."""
        if not self.drafts or clause.marker is not None or clause.subject:
            return False
        head = clause.tokens[act.heads[0]]
        if head.text == "力争":
            return True
        if head.entry.has("outcome") and not head.entry.has("course"):
            return True
        if head.text == "促进":
            return True
        if head.entry.has("course"):
            following = clause.tokens[act.heads[-1] + 1] if act.heads[-1] + 1 < len(clause.tokens) else None
            if following is not None and following.entry.strong and not following.entry.actor:
                return False
            return COURSE_ENDINGS.search(clause.span.slice(self.text)) is not None
        return False

    def _act_span(self, index: int, clause: Clause, act: Act, number: int) -> Span:
        tokens = clause.tokens
        start = tokens[act.first].start
        if number == 0:
            if clause.has_subject_phrase or clause.has_preposed or clause.subject:
                start = tokens[clause.first].start
            if self.prefix is not None and (clause.marker is None or self.clauses[self.prefix].subject):
                start = self.clauses[self.prefix].tokens[self.clauses[self.prefix].first].start
        return Span(start, tokens[act.last].end)

    def _agents(self, index: int, clause: Clause, act: Act) -> list[RoleFiller]:
        if not clause.subject and self._is_sanction(clause, act):
            return [RoleFiller(span, Provenance.INHERITED, "authority-of-sentence") for span in self.authority]
        if clause.subject:
            return [RoleFiller(clause.span_of(p), Provenance.EXPLICIT, "subject") for p in clause.subject]
        if clause.has_subject_phrase and clause.marker is not None:
            return []
        if self.subject:
            provenance = Provenance.EXPLICIT if self.subject_source == index else Provenance.INHERITED
            return [RoleFiller(span, provenance, "subject-of-earlier-clause") for span in self.subject]
        if self.context.statute and self.context.subject:
            return [RoleFiller(span, Provenance.INHERITED, "subject-of-paragraph") for span in self.context.subject]
        return []

    def _is_sanction(self, clause: Clause, act: Act) -> bool:
        """Sanctions fall on the subject of the condition; only who 由 names imposes them."""
        return any(token.entry.has("sanction") for token in clause.tokens[act.heads[0] : act.last + 1])

    def _targets(self, clause: Clause, act: Act, agents: list[RoleFiller], span: Span) -> list[RoleFiller]:
        taken = {agent.span for agent in agents}
        fillers = []
        for phrase in clause.actors:
            place = clause.span_of(phrase)
            if not span.contains(place) or place in taken:
                continue
            if phrase.last < act.heads[0] and not self._is_preposed_target(clause, phrase):
                continue
            fillers.append(
                RoleFiller(place, Provenance.EXPLICIT, "object" if phrase.first > act.heads[0] else "preposed")
            )
        return fillers

    def _partners(self, index: int, agents: list[RoleFiller]) -> list[RoleFiller]:
        """Actors of the held clauses in front: 协助A,… ; 对A,…."""
        taken = {agent.span for agent in agents}
        fillers = []
        for clause in self.clauses[self.prefix : index]:
            for phrase in clause.actors:
                place = clause.span_of(phrase)
                governed = phrase.first > 0 and clause.tokens[phrase.first - 1].text in PARTNER_VERBS
                if place not in taken and (governed or self._is_preposed_target(clause, phrase)):
                    fillers.append(RoleFiller(place, Provenance.EXPLICIT, "partner"))
        return fillers

    def _is_preposed_target(self, clause: Clause, phrase: object) -> bool:
        first = phrase.first  # type: ignore[attr-defined]
        for position in range(first - 1, clause.first - 1, -1):
            entry = clause.tokens[position].entry
            if entry.has("preposition"):
                return clause.text(position) in (
                    "对",
                    "向",
                    "为",
                    "与",
                    "将",
                    "把",
                    "对于",
                    "给",
                    "同",
                    "和",
                    "面向",
                    "会同",
                    "从",
                )
            if entry.has("localizer"):
                return False
        return False

    def measures(self) -> list[Measure]:
        return [
            Measure(
                span=draft.span,
                text=draft.span.slice(self.text),
                heads=self._words(draft.clause, draft.act.heads),
                inner=self._words(draft.clause, draft.act.inner),
                agents=tuple(draft.agents),
                targets=tuple(draft.targets),
                aims=tuple(draft.aims),
                rule=draft.rule,
            )
            for draft in self.drafts
        ]

    def _words(self, clause: int, positions: Sequence[int]) -> tuple[Word, ...]:
        tokens = self.clauses[clause].tokens
        return tuple(Word(tokens[p].text, Span(tokens[p].start, tokens[p].end)) for p in positions)

    # -- norms ------------------------------------------------------------------------------------------------

    def norms(self) -> Iterator[Norm]:
        """One norm for each marker that stands under no other; it runs to the clause before the next."""
        marked = [i for i in self.bearers if not self._stands_under_encouragement(i)]
        for position, index in enumerate(marked):
            clause = self.clauses[index]
            if clause.marker is None or clause.modality is None:
                continue
            following = marked[position + 1] if position + 1 < len(marked) else len(self.clauses)
            last = self._last_clause(
                index, self._first_clause(following) if following < len(self.clauses) else following
            )
            start = self._norm_start(index, marked[position - 1] if position else -1)
            end = self.clauses[last - 1].span.end
            span = Span(start, end)
            token = clause.tokens[clause.marker]
            yield Norm(
                span=span,
                text=span.slice(self.text),
                modality=clause.modality,
                marker=Word(token.text, Span(token.start, token.end)),
                bearers=tuple(self.bearers[index]),
                rule=f"marker-{clause.modality.value}",
            )

    def _stands_under_encouragement(self, index: int) -> bool:
        """支持 or 引导 after 鼓励|A is A's own act (settled cases)."""
        clause = self.clauses[index]
        if clause.modality is not Modality.ENCOURAGEMENT or clause.marker is None:
            return False
        if self.speakers.get(index):
            return True
        earlier = [self.clauses[i] for i in self.bearers if i < index and self.clauses[i].marker is not None]
        if not earlier:
            return False
        if any(c.modality is Modality.OBLIGATION for c in earlier) and not clause.subject:
            return True
        return clause.text(clause.marker) in ("支持", "引导") and bool(earlier[-1].encouraged) and not clause.subject

    def _speaks_for_itself(self, clause: Clause) -> bool:
        """科协支持…: encouragement is the state's or the issuer's only."""
        if clause.modality is not Modality.ENCOURAGEMENT:
            return False
        spans = [clause.span_of(phrase) for phrase in clause.subject] or list(self.subject)
        return bool(spans) and not any(PUBLIC_AUTHORITY.search(span.slice(self.text)) for span in spans)

    def _first_clause(self, index: int) -> int:
        """First of the condition and topic clauses that belong to the marker's clause at ``index``."""
        first = index
        while first > 0:
            before = self.clauses[first - 1]
            own = before.acts and not before.conditional and (first - 1) not in self.silent
            if own or before.marker is not None or self._ends_strongly(first - 1):
                break
            first -= 1
        return first

    def _norm_start(self, index: int, previous: int) -> int:
        first = max(self._first_clause(index), previous + 1)
        clause = self.clauses[first]
        if first == index and not clause.subject and not clause.has_subject_phrase and clause.marker is not None:
            return clause.tokens[clause.first].start
        return clause.tokens[clause.first].start if clause.tokens else clause.span.start

    def _last_clause(self, index: int, following: int) -> int:
        """A changed subject ends a norm."""
        for k in range(index + 1, following):
            if self.clauses[k].subject and self.clauses[k].marker is None and not self.clauses[k].conditional:
                while k - 1 > index and self.clauses[k - 1].conditional:
                    k -= 1
                return k
        return following

    def _bearers(self, clause: Clause) -> list[RoleFiller]:
        if clause.modality is Modality.ENCOURAGEMENT:
            return [RoleFiller(clause.span_of(p), Provenance.EXPLICIT, "actor-encouraged") for p in clause.encouraged]
        if clause.subject:
            return [RoleFiller(clause.span_of(p), Provenance.EXPLICIT, "subject") for p in clause.subject]
        if clause.has_subject_phrase and not self._only_preposed(clause):
            return []
        if self.subject:
            return [RoleFiller(span, Provenance.INHERITED, "subject-of-earlier-clause") for span in self.subject]
        marker = clause.text(clause.marker or 0)
        if self.context.subject and (self.context.statute or marker == "必须"):
            return [RoleFiller(span, Provenance.INHERITED, "subject-of-paragraph") for span in self.context.subject]
        if self.context.statute:
            return [
                RoleFiller(span, Provenance.INHERITED, "subject-of-article") for span in self.context.earlier_subject
            ]
        return []

    def _only_preposed(self, clause: Clause) -> bool:
        opener = clause.tokens[clause.first].entry
        return opener.has("preposition") or clause.tokens[clause.first].text in ("有条件", "有")
