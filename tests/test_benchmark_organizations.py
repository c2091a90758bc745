"""The organizations and statements that answers are measured against are what they claim to be."""

from __future__ import annotations

from benchmarks.organizations import Figures, judge, load_organizations, load_statements
from kg.concerns import Concern
from kg.corpus import core_sources
from kg.organization_profile import describe_organization
from kg.organization_roles import ROLES
from kg.parse import parse_document


def test_statements_are_quoted_from_the_default_corpus() -> None:
    documents = [parse_document(source) for source in core_sources()]
    texts = {document.title: document.text for document in documents}
    statements = load_statements().values()
    assert len(statements) >= 900
    assert all(texts[one.document][one.start : one.end] == one.text for one in statements)


def test_organizations_are_of_many_kinds_and_refer_to_statements_of_their_documents() -> None:
    statements = load_statements()
    organizations = load_organizations()
    kinds = set()
    for organization in organizations:
        profile = describe_organization(organization.get("name", ""), organization.get("description", ""))
        kinds.update(kind.label for kind in profile.kinds)
        named = [id_ for ids in organization["concerns"].values() for id_ in ids]
        assert {role.removesuffix("?") for role in organization["concerns"]} <= set(ROLES)
        assert len(named) == len(set(named)) and not set(named) & set(organization["near_misses"])
        assert {statements[id_].document for id_ in named} <= set(organization["documents"])
        assert len(organization["near_misses"]) >= 3
    assert len(organizations) >= 40 and len(kinds) >= 15


def test_judge_counts_right_wrong_and_missed() -> None:
    statements = load_statements()
    right, missed, near = (statements[id_] for id_ in ("s0001", "s0002", "s0003"))
    organization = {
        "name": "某会",
        "concerns": {"必须做": ["s0001", "s0002"]},
        "near_misses": {"s0003": "只对别的单位"},
    }
    figures = Figures()
    concerns = [_concern(right.document, right.start, right.end), _concern(near.document, near.start, near.end)]
    judge(organization, concerns, statements, figures)
    assert (figures.first[True], figures.first[False]) == (1, 1)
    assert (figures.obligations[True], figures.obligations[False]) == (1, 1)
    assert figures.roles[True] == 1 and figures.near_misses[False] == 1
    assert any(missed.text in error for error in figures.errors)


def _concern(document: str, start: int, end: int) -> Concern:
    return Concern(
        rank=1,
        role="必须做",
        kind="norm",
        text="",
        document=document,
        place="",
        iri="",
        modality="obligation",
        path="某会 是 学会",
        certain=True,
        strength="要",
        document_iri="",
        issued=None,
        start=start,
        end=end,
        deadlines=(),
        limits=(),
        conditions=(),
        quantities=(),
    )
