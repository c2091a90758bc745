"""Page 机构 as its address has it, and the answers behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from embeddings.organization_search import OrganizationFindings, find_for_organization
from kg.concerns import Concern
from kg.matching_actors import matching_actors
from kg.organization_comparison import OrganizationComparison, compare_organizations
from kg.organization_profile import describe_organization
from kg.organization_question import PARAMETERS, OrganizationQuestion, read_question
from kg.organization_roles import ROLES
from kg.organizations import OrganizationAnswer
from kg.questions import fill_question
from web.links import Destination, destination, read_limit
from web.resources import KNOWLEDGE_BASE

PAGE_SIZE = 50
FIRST_OF_ROLE = 10
"""Results of each role that are shown while no role is chosen."""
PARTS = ("both", "first", "second")
_NOBODY = OrganizationQuestion()


@dataclass(frozen=True)
class OrganizationView:
    """What the page shows: who is asked about, the other one beside it if any, the roles chosen (none: all).

    ``part``: the one part of a comparison (a key of ``PARTS``) that is shown, or "".
    """

    question: OrganizationQuestion = _NOBODY
    other: str = ""
    part: str = ""
    roles: tuple[str, ...] = ()
    limit: int = PAGE_SIZE

    @property
    def destination(self) -> Destination:
        """The link to it."""
        limit = self.limit if self.limit != PAGE_SIZE else ""
        return destination(
            "organizations",
            {**self.question.parameters(), "other": self.other, "part": self.part, "role": self.roles, "limit": limit},
        )

    def named(self, name: str) -> OrganizationView:
        """The view of another organization; what was said of this one alone goes, its description stays."""
        return OrganizationView(OrganizationQuestion(name, self.question.description))

    def described(self, description: str) -> OrganizationView:
        """The view of the organization in other words."""
        return self.asking(replace(self.question, description=description))

    def asking(self, question: OrganizationQuestion) -> OrganizationView:
        """The view of ``question``, from its beginning."""
        return OrganizationView(question, self.other)

    def beside(self, other: str) -> OrganizationView:
        """The comparison with ``other``; "" ends it."""
        return OrganizationView(self.question, other)

    def of_roles(self, roles: tuple[str, ...]) -> OrganizationView:
        """The same with other roles."""
        return replace(self, roles=roles, limit=PAGE_SIZE)

    def of_part(self, part: str) -> OrganizationView:
        """The same comparison with one part alone, or with all for ""."""
        return replace(self, part=part, limit=PAGE_SIZE)

    def longer(self) -> OrganizationView:
        """The same with more of it."""
        return replace(self, limit=self.limit + PAGE_SIZE)


def view_in_address() -> OrganizationView:
    """What the address asks for; roles, parts and limits that cannot be are not heeded."""
    part = st.query_params.get("part", "")
    return OrganizationView(
        question=read_question({name: st.query_params.get_all(name) for name in PARAMETERS}),
        other=st.query_params.get("other", "").strip(),
        part=part if part in PARTS else "",
        roles=tuple(role for role in ROLES if role in st.query_params.get_all("role")),
        limit=read_limit(st.query_params.get("limit", ""), PAGE_SIZE),
    )


def named_view(name: str) -> Destination:
    """The link to what concerns the organization or kind called ``name``."""
    return OrganizationView(OrganizationQuestion(name)).destination


# A filter or "显示更多" asks again for the same. The folder names the generation that answered.
@st.cache_resource(max_entries=50, show_spinner="正在查找……")
def findings_for(question: OrganizationQuestion, generation: str) -> OrganizationFindings:
    """All that concerns the organization."""
    knowledge_base = KNOWLEDGE_BASE.get()
    return find_for_organization(knowledge_base.organizations, knowledge_base.searcher, question.profile())


@st.cache_resource(max_entries=50, show_spinner=False)
def answer_for(view: OrganizationView, generation: str) -> tuple[OrganizationAnswer, tuple[Concern, ...]]:
    """What the page shows of the findings in full, and all of the roles chosen that have a deadline with a date.

    While no role is chosen it shows the first of each.
    """
    found = findings_for(view.question, generation)
    matcher = KNOWLEDGE_BASE.get().organizations
    roles = view.roles or ROLES
    of_role = None if view.roles else FIRST_OF_ROLE
    limit = view.limit if view.roles else None
    answer = matcher.answer(found.profile, found.findings, limit, roles, of_role)
    return answer, matcher.dated(found.findings, roles)


@st.cache_resource(max_entries=50, show_spinner="正在对比……")
def comparison_for(question: OrganizationQuestion, other: str, limit: int, generation: str) -> OrganizationComparison:
    """What concerns both organizations, and what only one; ``limit`` of each."""
    return compare_organizations(
        KNOWLEDGE_BASE.get().organizations, question.profile(), describe_organization(other), limit
    )


@st.cache_resource(max_entries=50, show_spinner=False)
def sparql_for(question: OrganizationQuestion, generation: str) -> str:
    """The query for the statements in which the actors that stand for the organization have a role; "" without any."""
    catalogue = KNOWLEDGE_BASE.get().organizations.catalogue
    actors = sorted({match.actor_iri for match in matching_actors(catalogue, question.profile())})
    return fill_question("concerning_statements", actors=actors) if actors else ""
