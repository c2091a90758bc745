"""The named questions of ``kg/queries``: each a SPARQL file that states its title, description and parameters.

The head of a file is made of comments::

    # title: 文件目录 / Documents
    # description: 全部文件 …
    # parameter document: iri 文件 / the document
    # parameter topic?: text 主题词（可不给） / a word (optional)
    # list actors: passage_actors

``list`` adds a column with a list of values: the named query gives columns ``iri`` and ``value``, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError, NotFoundError
from kg.namespaces import XSD
from kg.sparql import Term
from kg.store import GraphStore, Value
from kg.vocabulary import literal_zh

FOLDER = Path(__file__).resolve().parent / "queries"

Row = dict[str, Value | list[Value]]

_HEADER = re.compile(
    r"#\s*(?P<key>title|description|parameter|list)(?:\s+(?P<name>\w+)(?P<optional>\?)?)?:\s*(?P<rest>.+)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question is asked about; ``kind`` is iri, text (a plain string), label (Chinese text), integer, date."""

    name: str
    kind: str
    optional: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with what its head says."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    lists: tuple[tuple[str, str], ...]
    sparql: str


def list_questions() -> tuple[Question, ...]:
    """All questions, by name."""
    return tuple(load_question(path.stem) for path in sorted(FOLDER.glob("*.rq")))


@cache
def load_question(name: str) -> Question:
    """The question called ``name``.

    Raises:
        NotFoundError: there is none of this name.
    """
    path = FOLDER / f"{name}.rq"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        known = "、".join(sorted(path.stem for path in FOLDER.glob("*.rq")))
        raise NotFoundError(f"没有名为“{name}”的查询。现有：{known}。")
    sparql = path.read_text(encoding="utf-8")
    heads = [match for line in sparql.splitlines() if (match := _HEADER.match(line))]
    said = {head["key"]: head["rest"].strip() for head in heads}
    return Question(
        name=name,
        title=said["title"],
        description=said["description"],
        parameters=tuple(_parameter(head) for head in heads if head["key"] == "parameter"),
        lists=tuple((head["name"], head["rest"].strip()) for head in heads if head["key"] == "list"),
        sparql=sparql,
    )


def run_question(store: GraphStore, name: str, **parameters: str | int) -> list[Row]:
    """Rows of the answer, in the query's order.

    Raises:
        NotFoundError: there is no such question.
        InputError: a parameter is unknown, missing or of the wrong kind.
    """
    question = load_question(name)
    substitutions = _substitutions(question, parameters)
    answer: list[Row] = [dict(row) for row in store.select(question.sparql, substitutions)]
    for column, list_name in question.lists:
        values: dict[Value, list[Value]] = {}
        for row in store.select(load_question(list_name).sparql, substitutions):
            values.setdefault(row["iri"], []).append(row["value"])
        for entry in answer:
            iri = entry["iri"]
            entry[column] = values.get(iri, []) if not isinstance(iri, list) else []
    return answer


def _parameter(head: re.Match[str]) -> Parameter:
    kind, _, meaning = head["rest"].strip().partition(" ")
    return Parameter(head["name"], kind, bool(head["optional"]), meaning)


def _substitutions(question: Question, given: dict[str, str | int]) -> dict[str, Term]:
    known = {parameter.name: parameter for parameter in question.parameters}
    unknown = sorted(given.keys() - known.keys())
    missing = [name for name, parameter in known.items() if name not in given and not parameter.optional]
    if unknown or missing:
        expected = "、".join(known) or "无"
        wrong = "、".join(unknown or missing)
        problem = "不认识参数" if unknown else "缺少参数"
        raise InputError(f"查询“{question.name}”{problem}“{wrong}”。它的参数：{expected}。")
    return {name: _term(known[name], value) for name, value in given.items()}


def _term(parameter: Parameter, value: str | int) -> Term:
    try:
        if parameter.kind == "iri":
            return NamedNode(str(value))
        if parameter.kind == "integer":
            return Literal(int(value))
    except ValueError as error:
        raise InputError(f"参数“{parameter.name}”的值“{value}”不对，应为 {parameter.kind}。") from error
    if parameter.kind == "date":
        return Literal(str(value), datatype=NamedNode(f"{XSD}date"))
    return literal_zh(str(value)) if parameter.kind == "label" else Literal(str(value))
