"""机构: what concerns an organization or a kind of organization, in which role, and why."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from kg.labels import KINDS, MODALITIES, force
from kg.matching_actors import OrganizationKind
from kg.organizations import ROLES, Concern, OrganizationAnswer, measures_for
from web.components.box import draw_box
from web.components.cards import Card, Note, draw_cards
from web.components.facets import FacetGroup, draw_facets, facet_group
from web.components.links import draw_links
from web.export import csv_bytes
from web.links import Destination, destination, document_key, place_destination
from web.resources import KNOWLEDGE_BASE

PAGE_SIZE = 50
EXAMPLES = ["中国物理学会", "某县科协", "高等学校", "民营企业"]


def show_organization() -> None:
    """Draw the view that the address describes."""
    name = st.query_params.get("name", "").strip()
    draw_box(name, label="单位", placeholder="输入单位的名称或类别，按回车", address=address)
    if not name:
        st.caption("写出单位的名称或类别，看哪些举措与规范同它有关、为什么有关。例如：")
        draw_links({example: address(example) for example in EXAMPLES}, key="examples")
        return
    answer = answer_for(name, str(KNOWLEDGE_BASE.get().folder))
    st.text(describe_kinds(answer.kinds))
    roles = [role for role in st.query_params.get_all("role") if role in ROLES]
    side, main = st.columns([1, 3.2], gap="medium")
    with side:
        draw_facets([role_facet(name, roles, answer.results)], key="facets")
    with main:
        show_concerns(name, roles, [concern for concern in answer.results if not roles or concern.role in roles])


# Takes about a second; a filter or "显示更多" asks again for the same. The folder names the generation that answered.
@st.cache_data(max_entries=100, show_spinner="正在查找……")
def answer_for(name: str, generation: str) -> OrganizationAnswer:
    """What concerns the organization."""
    return measures_for(KNOWLEDGE_BASE.get().store, name)


def address(name: str, roles: Sequence[str] = (), limit: int = PAGE_SIZE) -> Destination:
    """The link to what concerns ``name``."""
    return destination("organizations", {"name": name, "role": roles, "limit": limit if limit != PAGE_SIZE else ""})


def describe_kinds(kinds: Sequence[OrganizationKind]) -> str:
    """What the name says about the organization."""
    if not kinds:
        return "名称没有说明类别，只列出直接提到它的内容。"
    return "；".join(f"类别：{kind.label}（{kind.reason}）" for kind in kinds)


def role_facet(name: str, roles: Sequence[str], concerns: Sequence[Concern]) -> FacetGroup:
    """The roles with their counts, in the order of force."""
    counted = Counter(concern.role for concern in concerns)
    counts = {role: counted[role] for role in ROLES if role in counted}
    return facet_group("角色", counts, roles, str, lambda chosen: address(name, chosen))


def show_concerns(name: str, roles: Sequence[str], concerns: Sequence[Concern]) -> None:
    """The ranked list, its export, and the way to more of it."""
    if not concerns:
        st.info("没有找到与它有关的举措或规范。请换用全称，或写它的类别，如“全国学会”“高等学校”“民营企业”。")
        return
    asked = st.query_params.get("limit", "")
    limit = int(asked) if asked.isdecimal() and int(asked) else PAGE_SIZE
    shown = concerns[:limit]
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    line.caption(f"共 {len(concerns)} 条，按角色、远近和效力排列", width="content")
    line.download_button("下载 CSV", concerns_csv(concerns), f"与{name}有关.csv", "text/csv", on_click="ignore")
    draw_cards([concern_card(concern) for concern in shown], key="cards")
    if len(shown) < len(concerns):
        draw_links({"显示更多": address(name, roles, limit + PAGE_SIZE)}, key="more")


def concern_card(concern: Concern) -> Card:
    """A statement as shown."""
    facts = [("角色", concern.role)]
    facts += [("效力", force(concern.modality, concern.strength))] if concern.modality else []
    return Card(
        rank=concern.rank,
        tone=concern.kind,
        badge=KINDS[concern.kind],
        source=f"《{concern.document}》 {concern.place}",
        text=concern.text,
        destination=place_destination(document_key(concern.document_iri), concern.start, concern.end),
        facts=facts,
        note=Note(title="为什么", text=concern.path),
    )


def concerns_csv(concerns: Sequence[Concern]) -> bytes:
    """All that concerns the organization, as a table."""
    return csv_bytes(
        ["序号", "角色", "类型", "原文", "文件", "位置", "效力", "为什么", "起", "止", "IRI"],
        [
            [
                concern.rank,
                concern.role,
                KINDS[concern.kind],
                concern.text,
                concern.document,
                concern.place,
                MODALITIES.get(concern.modality or "", ""),
                concern.path,
                concern.start,
                concern.end,
                concern.iri,
            ]
            for concern in concerns
        ],
    )


show_organization()
