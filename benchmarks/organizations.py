"""How well the answers to “what concerns us?” agree with statements that people chose by reading.

    python -m benchmarks.organizations [--errors NUMBER] [--store FOLDER]

``organizations.jsonl`` holds 48 organizations, each with the documents of the default corpus that were read for it, the
statements that concern it by role (a role with “?” where it depends on what the organization is not known to be), and
near misses with the reason. ``organization_statements.jsonl`` holds the statements. All was written from the texts
alone. The rules are tuned on the even lines; the odd lines are set aside, and only their figures are printed.

A result counts as a statement where they share half of the shorter one. Measures that reach an organization only as
an addressee of a document were not annotated; they count neither way. The times are those of an answer with its first
50 results in full, in a first round over all organizations, which reads much of the graph, and in a second;
``--store`` times another graph as well, such as one of every document at hand.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embeddings.knowledge_base import KnowledgeBase
from kg.concerns import Concern
from kg.organization_profile import describe_organization
from kg.organizations import OrganizationMatcher
from kg.settings import Settings
from kg.store import GraphStore

HERE = Path(__file__).parent
FIRST = 10
SHARED = 0.5
ADDRESSED = "本句没有写明，文件主送"
"""What the path of a measure says that reaches the organization as an addressee only."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the texts; offsets as everywhere."""

    id: str
    document: str
    place: str
    start: int
    end: int
    text: str

    def share(self, concern: Concern) -> float:
        """What the two share, of the shorter one."""
        shared = min(self.end, concern.end) - max(self.start, concern.start)
        return shared / min(self.end - self.start, concern.end - concern.start)


@dataclass
class Figures:
    """Counts over organizations."""

    organizations: int = 0
    first: Counter[bool] = field(default_factory=Counter)
    obligations: Counter[bool] = field(default_factory=Counter)
    named: Counter[bool] = field(default_factory=Counter)
    roles: Counter[bool] = field(default_factory=Counter)
    near_misses: Counter[bool] = field(default_factory=Counter)
    all: Counter[bool] = field(default_factory=Counter)
    without_path: int = 0
    errors: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The figures in words."""
        yield f"{self.organizations} organizations"
        for name, counter in (
            ("precision of the first 10", self.first),
            ("precision of all", self.all),
            ("recall of obligations", self.obligations),
            ("recall of other named statements", self.named),
            ("role right", self.roles),
            ("near misses kept out", self.near_misses),
        ):
            yield f"  {name:34} {counter[True] / max(1, counter.total()):.3f}  ({counter[True]} of {counter.total()})"
        yield f"  results without a path             {self.without_path}"


def load_statements() -> dict[str, Statement]:
    """By id."""
    lines = (HERE / "organization_statements.jsonl").read_text(encoding="utf-8").splitlines()
    return {line["id"]: Statement(**line) for line in map(json.loads, lines)}


def load_organizations() -> list[dict[str, Any]]:
    """In the order of the file."""
    return [json.loads(line) for line in (HERE / "organizations.jsonl").read_text(encoding="utf-8").splitlines()]


def judge(
    organization: Mapping[str, Any],
    concerns: Sequence[Concern],
    statements: Mapping[str, Statement],
    figures: Figures,
) -> None:
    """Count one organization; ``concerns`` are those in its documents, in order."""
    title = organization.get("name") or organization["description"]
    role_of = {id_: role for role, ids in organization["concerns"].items() for id_ in ids}
    own = [statements[id_] for id_ in role_of]
    counted = [concern for concern in concerns if ADDRESSED not in concern.path]
    matches = [_nearest(concern, own) for concern in counted]
    figures.organizations += 1
    figures.without_path += sum(not concern.path for concern in concerns)
    for rank, (concern, match) in enumerate(zip(counted, matches, strict=True), start=1):
        figures.all[match is not None] += 1
        if rank <= FIRST:
            figures.first[match is not None] += 1
        if match is None:
            why = _why_not(concern, organization["near_misses"], statements)
            figures.errors.append(
                f"{'WRONG' if rank <= FIRST else 'wrong'} {title} #{rank} {concern.role} {_said(concern)} {why}"
            )
        else:
            right = role_of[match.id].removesuffix("?") == concern.role
            figures.roles[right] += 1
            if not right:
                figures.errors.append(f"role {title} #{rank} {concern.role} not {role_of[match.id]} {_said(concern)}")
    found = {statement.id for statement in own if any(statement.share(concern) >= SHARED for concern in concerns)}
    for id_, role in role_of.items():
        if role.endswith("?") or role == "相关":
            continue
        (figures.obligations if role == "必须做" else figures.named)[id_ in found] += 1
        if id_ not in found:
            statement = statements[id_]
            figures.errors.append(f"missed {title} {role} {statement.document} {statement.place} {statement.text}")
    for id_ in organization["near_misses"]:
        shown = any(
            match is None and statements[id_].share(concern) >= SHARED
            for concern, match in zip(counted, matches, strict=True)
            if concern.document == statements[id_].document
        )
        figures.near_misses[not shown] += 1


def _nearest(concern: Concern, statements: Iterable[Statement]) -> Statement | None:
    shared = [
        (statement.share(concern), statement) for statement in statements if statement.document == concern.document
    ]
    share, statement = max(shared, key=lambda pair: pair[0], default=(0.0, None))
    return statement if share >= SHARED else None


def _why_not(concern: Concern, near_misses: Mapping[str, str], statements: Mapping[str, Statement]) -> str:
    match = _nearest(concern, [statements[id_] for id_ in near_misses])
    return f"[{near_misses[match.id]}]" if match is not None else ""


def _said(concern: Concern) -> str:
    return f"{concern.document} {concern.place} {concern.text} <{concern.path}>"


def measure(matcher: OrganizationMatcher) -> tuple[Figures, Figures]:
    """Figures of the tuning half (even lines) and of the half that is set aside."""
    statements = load_statements()
    tuning, aside = Figures(), Figures()
    for number, organization in enumerate(load_organizations(), start=1):
        profile = describe_organization(organization.get("name", ""), organization.get("description", ""))
        answer = matcher.measures_for(profile)
        concerns = [concern for concern in answer.results if concern.document in organization["documents"]]
        judge(organization, concerns, statements, tuning if number % 2 == 0 else aside)
    return tuning, aside


def seconds_of(matcher: OrganizationMatcher) -> list[float]:
    """Seconds of each organization's answer, sorted."""
    taken = []
    for organization in load_organizations():
        start = time.perf_counter()
        profile = describe_organization(organization.get("name", ""), organization.get("description", ""))
        matcher.measures_for(profile, limit=50)
        taken.append(time.perf_counter() - start)
    return sorted(taken)


def print_times(name: str, matcher: OrganizationMatcher) -> None:
    """Median and 95th percentile of two rounds, after one answer, as the app gives itself when it opens a graph."""
    matcher.measures_for(describe_organization("单位"), limit=1)
    for turn in ("first", "second"):
        taken = seconds_of(matcher)
        median, late = (1000 * taken[int(share * (len(taken) - 1))] for share in (0.5, 0.95))
        print(f"{name}, {turn} round: {len(taken)} answers, p50 {median:.0f} ms, p95 {late:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, help="errors of the tuning half to print")
    parser.add_argument("--store", type=Path, help="folder of another graph to be timed")
    arguments = parser.parse_args()
    matcher = KnowledgeBase.open(Settings.from_environment()).organizations
    tuning, aside = measure(matcher)
    for name, figures in (("tuning half", tuning), ("set aside", aside)):
        print(name, *figures.lines(), sep="\n")
    print_times("default corpus", OrganizationMatcher(matcher.store))
    if arguments.store is not None:
        print_times(str(arguments.store), OrganizationMatcher(GraphStore.open(arguments.store)))
    print(*tuning.errors[: arguments.errors], sep="\n")


if __name__ == "__main__":
    main()
