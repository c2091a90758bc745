"""The cookbook beside the SPARQL editor: a question, its parameters, and the query that comes of them."""

from __future__ import annotations

import re

import streamlit as st

from kg.cookbook import GROUPS, INTERNAL, cookbook, parameter_values
from kg.errors import KeceError
from kg.questions import Parameter, Question, fill_question, load_question
from web.components.links import draw_links
from web.links import destination
from web.markdown import plain
from web.resources import KNOWLEDGE_BASE

FIRST = "policy_instruments"
"""The question that is shown first: it needs nothing and can be drawn."""

KEY = "question"

_DIRECTIONS = re.compile(r"^# (?:group|parameter|list)\b.*\n", re.MULTILINE)
"""Lines of a head that say how the question is filled in."""


def draw_cookbook() -> tuple[str, bool] | None:
    """Draw a question to choose; the query that the reader wants in the editor, and whether it shall run at once."""
    questions = {question.name: (group, question) for group, members in cookbook().items() for question in members}
    if st.session_state.get(KEY) not in questions:
        st.session_state[KEY] = FIRST
    name = st.selectbox(
        "问题手册",
        list(questions),
        format_func=lambda option: f"{questions[option][0]} · {titles(questions[option][1])[0]}",
        key=KEY,
        filter_mode="contains",
    )
    question = load_question(str(name))
    st.caption(plain(f"{question.title}\n\n{question.description}"))
    values = {parameter.name: draw_parameter(question, parameter) for parameter in question.parameters}
    missing = [each.meaning for each in question.parameters if not each.optional and not values[each.name]]
    line = st.container(horizontal=True)
    into_editor = line.button("放进编辑器", disabled=bool(missing), key="into_editor")
    at_once = line.button("放进编辑器并运行", disabled=bool(missing), key="run_at_once")
    if not into_editor and not at_once:
        return None
    try:
        return filled(question, values), at_once
    except KeceError as error:
        st.error(plain(str(error)))
        return None


def filled(question: Question, values: dict[str, str]) -> str:
    """The query of a question; a parameter of many IRIs gets those in its field, parted by blanks."""
    lists = {parameter.name for parameter in question.parameters if parameter.kind == "iris"}
    given = {name: value.split() if name in lists else value for name, value in values.items() if value}
    return _DIRECTIONS.sub("", fill_question(question.name, **given))


def draw_parameter(question: Question, parameter: Parameter) -> str:
    """A field for a parameter, with values that the knowledge base has; other ones can be typed."""
    meaning = parameter.meaning.split(" / ")[0]
    names = parameter_choices(parameter)
    if not names:
        return st.text_input(meaning, key=f"{question.name}_{parameter.name}").strip()
    chosen = st.selectbox(
        meaning,
        list(names),
        index=None if parameter.optional else 0,
        format_func=lambda value: names.get(value, value),
        key=f"{question.name}_{parameter.name}",
        accept_new_options=True,
        placeholder="不限" if parameter.optional else "选一个，或自己填写",
        filter_mode="contains",
    )
    return (chosen or "").strip()


def parameter_choices(parameter: Parameter) -> dict[str, str]:
    """Values of a parameter in the knowledge base that is served, with their names."""
    knowledge_base = KNOWLEDGE_BASE.get()
    return _choices(str(knowledge_base.folder), parameter)


@st.cache_data(max_entries=64, show_spinner=False)
def _choices(generation: str, parameter: Parameter) -> dict[str, str]:
    """``generation``: the folder of the knowledge base, so that a new one is asked anew."""
    del generation
    return parameter_values(KNOWLEDGE_BASE.get().store, parameter)


def draw_contents() -> None:
    """All questions by group, each a link that opens it in the cookbook; the program's own steps last."""
    for group, members in cookbook().items():
        place = st.expander(f"{group} / {GROUPS[group]}（{len(members)}）", expanded=False)
        with place:
            if group == INTERNAL:
                st.caption("程序自己用的查询，参数多是 IRI 的列表。")
            links = {question.title: destination("query", {"question": question.name}) for question in members}
            draw_links(links, key=f"contents_{group}")


def titles(question: Question) -> tuple[str, str]:
    """The Chinese and the English title."""
    chinese, _, english = question.title.partition(" / ")
    return chinese, english
