"""The named questions of ``kg/queries``: each a SPARQL file that states its title, description and parameters.

The head of a file is made of comments::

    # title: 文件目录 / Documents
    # description: 全部文件 …
    # group: 文件
    # parameter document: iri 文件 / the document
    # parameter topic?: text 主题词（可不给） / a word (optional)
    # parameter actors: iris 主体 / any number of actors, written <parameter:actors> where a query lists its VALUES
    # list actors: passage_actors

``group`` is one of ``kg.cookbook.GROUPS``. ``list`` adds a column with a list of values: the named query gives columns
``iri`` and ``value``, in order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError, NotFoundError
from kg.namespaces import XSD
from kg.sparql import Term, substitute
from kg.store import GraphStore, Value
from kg.vocabulary import literal_zh

FOLDER = Path(__file__).resolve().parent / "queries"

Row = dict[str, Value | list[Value]]
Argument = str | int | Sequence[str]
"""The value of a parameter; a sequence of IRIs for one of kind ``iris``."""

_HEADER = re.compile(
    r"#\s*(?P<key>title|description|group|parameter|list)(?:\s+(?P<name>\w+)(?P<optional>\?)?)?:\s*(?P<rest>.+)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question is asked about; ``kind`` is iri, iris, text (plain), label (Chinese text), integer or date."""

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
    group: str
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
        group=said.get("group", ""),
        parameters=tuple(_parameter(head) for head in heads if head["key"] == "parameter"),
        lists=tuple((head["name"], head["rest"].strip()) for head in heads if head["key"] == "list"),
        sparql=sparql,
    )


def run_question(store: GraphStore, name: str, **parameters: Argument) -> list[Row]:
    """Rows of the answer, in the query's order.

    Raises:
        NotFoundError: there is no such question.
        InputError: a parameter is unknown, missing or of the wrong kind.
    """
    question = load_question(name)
    answer: list[Row] = [dict(row) for row in store.select(fill_question(name, **parameters))]
    for column, list_name in question.lists:
        values: dict[Value, list[Value]] = {}
        for row in store.select(fill_question(list_name, **parameters)):
            values.setdefault(row["iri"], []).append(row["value"])
        for entry in answer:
            iri = entry["iri"]
            entry[column] = values.get(iri, []) if not isinstance(iri, list) else []
    return answer


def fill_question(name: str, **parameters: Argument) -> str:
    """The SPARQL of a question with its parameters filled in, which the store answers as it stands.

    Raises as :func:`run_question`.
    """
    question = load_question(name)
    kinds = _checked_kinds(question, parameters)
    lists = {key: value for key, value in parameters.items() if kinds[key].kind == "iris"}
    single = {key: _term(kinds[key], value) for key, value in parameters.items() if key not in lists}
    sparql = substitute(question.sparql, single)
    for key, value in lists.items():
        listed = " ".join(str(_term(kinds[key], iri)) for iri in ([value] if isinstance(value, str | int) else value))
        sparql = sparql.replace(f"<parameter:{key}>", listed)
    return sparql


def _parameter(head: re.Match[str]) -> Parameter:
    kind, _, meaning = head["rest"].strip().partition(" ")
    return Parameter(head["name"], kind, bool(head["optional"]), meaning)


def _checked_kinds(question: Question, given: Mapping[str, Argument]) -> dict[str, Parameter]:
    known = {parameter.name: parameter for parameter in question.parameters}
    unknown = sorted(given.keys() - known.keys())
    missing = [name for name, parameter in known.items() if name not in given and not parameter.optional]
    if unknown or missing:
        expected = "、".join(known) or "无"
        wrong = "、".join(unknown or missing)
        problem = "不认识参数" if unknown else "缺少参数"
        raise InputError(f"查询“{question.name}”{problem}“{wrong}”。它的参数：{expected}。")
    return known


def _term(parameter: Parameter, value: Argument) -> Term:
    try:
        if parameter.kind in ("iri", "iris"):
            return NamedNode(str(value))
        if parameter.kind == "integer":
            return Literal(int(str(value)))
    except ValueError as error:
        raise InputError(f"参数“{parameter.name}”的值“{value}”不对，应为 {parameter.kind}。") from error
    if parameter.kind == "date":
        return Literal(str(value), datatype=NamedNode(f"{XSD}date"))
    return literal_zh(str(value)) if parameter.kind == "label" else Literal(str(value))
