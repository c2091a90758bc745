"""What the graph of page 图谱 is drawn of: actors, documents, programmes and the concepts that sort them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import InputError, NotFoundError
from kg.namespaces import VOCABULARY_BASE
from kg.questions import run_question
from kg.store import GraphStore

THING_KINDS = {
    "actor": "主体",
    "document": "文件",
    "programme": "计划与平台",
    "topic": "主题",
    "actor-kind": "主体类别",
    "policy-instrument": "政策工具",
}
"""Kinds of things as their IRIs spell them, with their names."""

_DATA_KINDS = frozenset({"actor", "document", "programme"})
_KEY = re.compile(rf"(?P<kind>{'|'.join(THING_KINDS)})/(?P<name>[^/\s]+)")
MOST_NAMED = 5
"""How many possible meanings a message lists."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph; ``deictic``: only the context tells whom this name of an actor means (有关部门)."""

    iri: str
    label: str
    deictic: bool = False

    @property
    def kind(self) -> str:
        """A key of ``THING_KINDS``."""
        return self.iri.rsplit("/", 2)[-2]

    @property
    def key(self) -> str:
        """What names it in an address: the end of its IRI, as ``actor/中国科协``."""
        return "/".join(self.iri.rsplit("/", 2)[-2:])


def named_things(store: GraphStore, iris: Iterable[str]) -> dict[str, Thing]:
    """The things with these IRIs by IRI, in that order; IRIs of nothing that the graph names are left out."""
    asked = list(dict.fromkeys(iris))
    found = {
        str(row["iri"]): Thing(str(row["iri"]), str(row["label"]), bool(row["deictic"]))
        for row in run_question(store, "named_things", things=asked)
    }
    return {iri: found[iri] for iri in asked if iri in found}


def things_called(store: GraphStore, words: str) -> list[Thing]:
    """Things whose names hold ``words``: those called just so first, then by the length of the name."""
    found = [Thing(str(row["iri"]), str(row["label"])) for row in run_question(store, "things_called", word=words)]
    return sorted(found, key=lambda thing: thing.label != words)


def find_thing(store: GraphStore, base_iri: str, name: str) -> Thing:
    """The thing that ``name`` means: its IRI, its key (:attr:`Thing.key`) or its whole label.

    Raises:
        NotFoundError: nothing is called so.
        InputError: several things are.
    """
    thing = _by_iri(store, base_iri, name)
    if thing is not None:
        return thing
    similar = things_called(store, name) if name else []
    exact = [thing for thing in similar if thing.label == name]
    if len(exact) == 1:
        return exact[0]
    listed = "、".join(f"{thing.key}（{thing.label}）" for thing in (exact or similar)[:MOST_NAMED])
    if exact:
        raise InputError(f"“{name}”有 {len(exact)} 个：{listed}。请用编号指明是哪一个。")
    hint = f"名称相近的有：{listed}。" if similar else "请换一个名称，或从检索结果中找。"
    raise NotFoundError(f"图谱里没有叫“{name}”的主体、文件、计划、主题、类别或政策工具。{hint}")


def _by_iri(store: GraphStore, base_iri: str, name: str) -> Thing | None:
    """The thing with this IRI or key."""
    key = _KEY.fullmatch(name)
    if key is not None:
        folder = f"{base_iri}id/" if key["kind"] in _DATA_KINDS else f"{VOCABULARY_BASE}vocabulary/"
        name = folder + name
    elif not re.fullmatch(r"https?://\S+", name):
        return None
    try:
        thing = named_things(store, [name]).get(name)
    except InputError:  # no IRI at all, whatever it begins with
        return None
    return thing if thing is not None and thing.kind in THING_KINDS else None
