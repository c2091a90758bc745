"""SPARQL from outside: what it is, and whether it may run. Decided by parsing, never by looking for words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
from pyparsing.exceptions import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError
from kg.namespaces import PREFIXES

_ENGINE_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<detail>.*)", re.DOTALL)
_TOKEN = re.compile(
    r"""\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|\#[^\n]*"""
    r"""|[?$](?P<variable>\w+)""",
    re.DOTALL,
)
"""What a variable must not be looked for in (strings, IRIs, comments), else a variable: SPARQL 1.1, 19.8."""
Term = NamedNode | BlankNode | Literal | Triple
DETAIL_LIMIT = 160
"""Characters of the parser's own words that a message repeats; its lists of expected tokens run to thousands."""


def check_query(sparql: str) -> None:
    """Let a read-only query pass that asks this store alone.

    Raises:
        QueryError: a syntax error (with line and column), an update, or a SERVICE clause at any depth.
    """
    if not sparql.strip():
        raise QueryError("查询是空的。请写一条 SPARQL 查询（SELECT、ASK、CONSTRUCT 或 DESCRIBE）。")
    try:
        tree = parseQuery(sparql)
    except ParseBaseException as error:
        if _is_update(sparql):
            raise QueryError("这是更新语句，知识库只供查询。请改用 SELECT、ASK、CONSTRUCT 或 DESCRIBE。") from error
        raise _located_error(sparql, error) from error
    except RecursionError as error:
        raise QueryError("查询嵌套过深，无法解析。请减少括号和子查询的层数。") from error
    if _holds_service(tree):
        raise QueryError("查询含有 SERVICE，会访问别的服务器，这里不允许。请去掉 SERVICE 子句。")


def engine_error(error: SyntaxError) -> QueryError:
    """The store's own syntax error as ours."""
    match = _ENGINE_POSITION.match(str(error))
    if match is None:
        return QueryError(f"SPARQL 语法错误：{str(error)[:DETAIL_LIMIT]}。请检查语法。")
    return syntax_error(int(match["line"]), int(match["column"]), match["detail"])


def syntax_error(line: int, column: int, detail: str) -> QueryError:
    """A syntax error at a line and column, both counted from 1."""
    words = " ".join(detail.split())[:DETAIL_LIMIT]
    return QueryError(f"SPARQL 语法错误：第 {line} 行第 {column} 列附近（{words}）。请检查语法和前缀。")


def substitute(sparql: str, values: Mapping[str, Term]) -> str:
    """``sparql`` with each variable of ``values`` (names without ``?``) replaced by its value.

    Oxigraph's own substitution only takes projected variables. A replaced variable must not stand in the SELECT
    clause or after AS; an optional one is best read as ``COALESCE(?topic, "")``.
    """

    def replacement(match: re.Match[str]) -> str:
        value = values.get(match["variable"] or "")
        return match.group() if value is None else str(value)

    return _TOKEN.sub(replacement, sparql)


def _located_error(sparql: str, error: ParseBaseException) -> QueryError:
    """The syntax error at the place that the store's parser names: rdflib's names the first alternative it tried."""
    lines = sparql.splitlines()
    try:
        # "§" may stand nowhere outside strings and comments, so that this is never run, whatever the query is.
        Store().query(f"{sparql}\n§", prefixes=PREFIXES)
    except SyntaxError as engine:
        located = _ENGINE_POSITION.match(str(engine))
        if located is not None and int(located["line"]) <= len(lines):
            return engine_error(engine)
    return syntax_error(len(lines), len(lines[-1]) + 1, error.msg)


def _is_update(sparql: str) -> bool:
    try:
        return bool(parseUpdate(sparql).request)
    except (ParseBaseException, RecursionError):
        return False


def _holds_service(tree: object) -> bool:
    """Whether a SERVICE clause stands anywhere in the parse tree; walked with a stack, so depth does not matter."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, CompValue):
            if node.name == "ServiceGraphPattern":
                return True
            pending.extend(node.values())
        elif isinstance(node, dict):
            pending.extend(node.values())
        elif hasattr(node, "__iter__") and not isinstance(node, str | bytes):
            pending.extend(node)
    return False
