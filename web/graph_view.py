"""Page 图谱 as its address has it, and the answers behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from kg.edge_evidence import Evidence, edge_evidence
from kg.exploration import PARAMETERS, Exploration, ExplorationQuestion, explore, read_exploration
from kg.neighbourhood import MAX_THINGS, Edge, EdgeFilter
from web.graph_layout import Layout, layout
from web.links import Destination, destination
from web.resources import KNOWLEDGE_BASE

LOOKS = {"": "图", "svg": "矢量图", "table": "表"}
"""Ways in which the page shows a neighbourhood, as the address writes them."""
_NOTHING = ExplorationQuestion()


@dataclass(frozen=True)
class GraphView:
    """What the page shows; ``between``: the keys of the two things whose statements are listed, or none."""

    question: ExplorationQuestion = _NOTHING
    between: tuple[str, ...] = ()
    look: str = ""

    @property
    def destination(self) -> Destination:
        """The link to it."""
        return destination("graph", {**self.question.parameters(), "between": self.between, "look": self.look})

    def by_keys(self, key: Callable[[str], str]) -> GraphView:
        """The same with each thing under its key, whatever its reader called it."""
        asked = self.question
        named = replace(
            asked,
            start=key(asked.start),
            end=key(asked.end) if asked.end else "",
            opened=tuple(dict.fromkeys(map(key, asked.opened))),
        )
        return replace(self, question=named, between=tuple(map(key, self.between)))

    def starting(self, start: str) -> GraphView:
        """What is round another thing."""
        return GraphView(ExplorationQuestion(start, chosen=self.question.chosen), look=self.look)

    def ending(self, end: str) -> GraphView:
        """The paths to ``end``; "" for what is round the start again."""
        return replace(self, question=replace(self.question, end=end, opened=()), between=())

    def toggled(self, key: str) -> GraphView:
        """The same with a thing opened, or closed again."""
        opened = self.question.opened
        changed = tuple(each for each in opened if each != key) if key in opened else (*opened, key)
        return replace(self, question=replace(self.question, opened=changed), between=())

    def filtered(self, chosen: EdgeFilter) -> GraphView:
        """The same with other edges."""
        return replace(self, question=replace(self.question, chosen=chosen))

    def between_things(self, *keys: str) -> GraphView:
        """The same with the statements behind the line between two things."""
        return replace(self, between=keys)

    def longer(self) -> GraphView:
        """The same with twice as many neighbours of each thing."""
        return replace(self, question=replace(self.question, most=min(2 * self.question.most, MAX_THINGS)))

    def looking(self, look: str) -> GraphView:
        """The same shown in another way."""
        return replace(self, look=look)


def view_in_address() -> GraphView:
    """What the address asks for. Raises ``InputError`` as :func:`kg.exploration.read_exploration`."""
    between, look = tuple(st.query_params.get_all("between")), st.query_params.get("look", "")
    return GraphView(
        question=read_exploration({name: st.query_params.get_all(name) for name in PARAMETERS}),
        between=between if len(between) == 2 else (),
        look=look if look in LOOKS else "",
    )


def round_thing(key: str) -> Destination:
    """The link to what is round a thing."""
    return GraphView(ExplorationQuestion(key)).destination


# The folder names the generation that answered.
@st.cache_data(max_entries=50, show_spinner="正在查找……")
def exploration_for(question: ExplorationQuestion, generation: str) -> tuple[Exploration, Layout]:
    """The answer, and where its things are drawn."""
    knowledge_base = KNOWLEDGE_BASE.get()
    found = explore(knowledge_base.store, knowledge_base.settings.base_iri, question)
    return found, layout(found)


@st.cache_data(max_entries=50, show_spinner="正在查找……")
def evidence_for(edge: Edge, chosen: EdgeFilter, generation: str) -> list[Evidence]:
    """What is behind an edge."""
    return edge_evidence(KNOWLEDGE_BASE.get().store, edge, chosen)
