"""SPARQL from outside: what it is, and whether it may run. Decided by the engine's own parser, so that no text can mean
one thing to the check and another to the engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

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
_NOTHING = Store()
"""A store without data, to parse against."""


def check_query(sparql: str) -> None:
    """Let a read-only query pass that asks this store alone.

    Raises:
        QueryError: a syntax error (with line and column), an update, or a SERVICE clause at any depth.
    """
    if not sparql.strip():
        raise QueryError("查询是空的。请写一条 SPARQL 查询（SELECT、ASK、CONSTRUCT 或 DESCRIBE）。")
    harmless = _without_word(sparql, "SERVICE")
    error = _syntax_error(harmless)
    if error is not None:
        raise _refusal(sparql, error, harmless)


def names_dataset(sparql: str) -> bool:
    """Whether a query that passed :func:`check_query` says with FROM which graphs it is about."""
    harmless = _without_word(sparql, "SERVICE")
    unnamed = _without_word(harmless, "FROM")
    return unnamed != harmless and _syntax_error(unnamed) is not None


def engine_error(error: SyntaxError) -> QueryError:
    """The store's own syntax error as ours."""
    match = _ENGINE_POSITION.match(str(error))
    if match is None:
        return QueryError(f"SPARQL 语法错误：{str(error)[:DETAIL_LIMIT]}。请检查语法。")
    detail = " ".join(match["detail"].split())
    expected = detail.removeprefix("expected ").removeprefix("one of ")
    words = (detail if expected == detail else f"这里可以写 {expected}")[:DETAIL_LIMIT]
    return QueryError(
        f"SPARQL 语法错误：第 {match['line']} 行第 {match['column']} 列附近（{words}）。请检查语法和前缀。"
    )


def function_error(error: RuntimeError) -> QueryError:
    """The store's complaint about a function that it does not have, as ours."""
    return QueryError(f"查询用了这里没有的函数（{str(error)[:DETAIL_LIMIT]}）。请检查函数的 IRI 和前缀。")


def substitute(sparql: str, values: Mapping[str, Term]) -> str:
    """``sparql`` with each variable of ``values`` (names without ``?``) replaced by its value.

    Oxigraph's own substitution only takes projected variables. A replaced variable must not stand in the SELECT
    clause or after AS; an optional one is best read as ``COALESCE(?topic, "")``.
    """

    def replacement(match: re.Match[str]) -> str:
        value = values.get(match["variable"] or "")
        return match.group() if value is None else str(value)

    return _TOKEN.sub(replacement, sparql)


# What is sure: a text in which the letters of a keyword never follow each other has no such clause. Where the word is
# spelt differently and the text still parses, it stood in a string, an IRI, a comment or a name; where it no longer
# parses, it was the keyword (or the text was wrong before), so the query is refused or known to have the clause.
def _without_word(sparql: str, keyword: str) -> str:
    """``sparql`` with another last letter in every occurrence of ``keyword``, whatever the case."""
    return re.sub(keyword, lambda match: match.group()[:-1] + "Q", sparql, flags=re.IGNORECASE | re.ASCII)


def _syntax_error(sparql: str) -> SyntaxError | None:
    """What the engine's parser says against a query without SERVICE, which may therefore be run."""
    try:
        _NOTHING.query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        return error
    except RuntimeError:  # a function that only the worker has: it parsed
        return None
    return None


def _refusal(sparql: str, error: SyntaxError, harmless: str) -> QueryError:
    """Why a text is refused that does not parse when it is ``harmless``, without SERVICE."""
    as_query, as_update = _parsed_to(_NOTHING.query, sparql), _parsed_to(_NOTHING.update, sparql)
    if as_update > as_query:
        return QueryError("这是更新语句，知识库只供查询。请改用 SELECT、ASK、CONSTRUCT 或 DESCRIBE。")
    if harmless != sparql and as_query > _position(error):
        return QueryError(
            "查询含有 SERVICE，会访问别的服务器，这里不允许。请去掉 SERVICE 子句；只有语义检索 SERVICE kp:search 可用。"
        )
    return engine_error(error)


def _parsed_to(parse: Callable[..., object], sparql: str) -> tuple[int, int]:
    """Line and column up to which the engine can read the text; it is never run."""
    try:
        # "§" may stand nowhere outside strings and comments, so that the whole is wrong, whatever the text is.
        parse(f"{sparql}\n§", prefixes=PREFIXES)
    except SyntaxError as error:
        return _position(error)
    raise AssertionError("a text that ends in § was parsed")


def _position(error: SyntaxError) -> tuple[int, int]:
    match = _ENGINE_POSITION.match(str(error))
    return (int(match["line"]), int(match["column"])) if match else (0, 0)
