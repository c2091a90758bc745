"""Semantic search inside SPARQL: ``SERVICE kp:search``, joined with the rest of the query.

    SELECT ?quote ?score ?bearer {
      SERVICE kp:search { ?hit kp:query "人才评价改革" ; kp:limit 20 ; kp:score ?score ; a kp:Norm }
      ?hit kp:bearer/skos:prefLabel ?bearer ; kp:mention/oa:hasSelector/oa:exact ?quote
    } ORDER BY DESC(?score)

In the block, about one variable, which becomes the IRI of what is found:

- ``kp:query``: the question, or a variable that VALUES or BIND binds to questions in a group around the block;
- ``kp:limit``: how many at most (1 to ``MAX_HITS``; default ``DEFAULT_HITS``);
- ``a``: ``kp:Measure``, ``kp:Norm`` or one of its subclasses, ``kp:Provision``; of several any;
- ``kp:inDocument``: documents to search in, or a variable for the document of each hit;
- ``kp:score``, ``kp:snippet``: variables for the score and the exact words.

The search runs here, and its hits take the place of the block as VALUES, which joins as a service's answer does. Blocks
may stand wherever SPARQL allows SERVICE. A SERVICE of any other IRI is left in, and refused by :mod:`kg.sparql`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from embeddings.search import Searcher
from embeddings.types import Hit, SearchFilters
from kg.errors import QueryError
from kg.namespaces import KP, PREFIXES, RDF
from kg.types import Modality

SEARCH = f"{KP}search"
DEFAULT_HITS = 10
MAX_HITS = 500
MAX_SEARCHES = 10
"""Questions that the blocks of one query may ask together."""

KINDS: dict[str, SearchFilters] = {
    **{f"{KP}{kind.capitalize()}": SearchFilters(kinds=(kind,)) for kind in ("measure", "norm", "provision")},
    **{f"{KP}{modality.capitalize()}": SearchFilters(modalities=(modality.value,)) for modality in Modality},
}
"""Class → what a search for its members alone is filtered by."""

OUTPUTS: dict[str, Callable[[Hit], Literal | NamedNode]] = {
    f"{KP}score": lambda hit: Literal(float(hit.score)),
    f"{KP}snippet": lambda hit: Literal(hit.text),
    f"{KP}inDocument": lambda hit: NamedNode(hit.document_iri),
}

_VARIABLE = "urn:variable:"  # what variables are called while a block is read as Turtle
_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\r\n]*)
    |(?P<string>(?:\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')(?:@[\w-]+|\^\^(?:<[^<>\s]*>|[\w:.-]+))?)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |[?$](?P<variable>\w+)
    |(?P<word>[\w:%\\-]+(?:\.[\w:%\\-]+)*)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)


def answer_search_clauses(sparql: str, searcher: Callable[[], Searcher]) -> str:
    """``sparql`` with the hits in place of each ``SERVICE kp:search`` block.

    Raises:
        QueryError: a block is not written as described above, or there are too many.
        StoreError: there is no index to search.
    """
    if "service" not in sparql.lower():
        return sparql
    text = _Text(sparql)
    searches = [(clause, block) for clause in text.clauses() for block in [_Block.read(text, clause)]]
    if sum(len(block.questions) for _, block in searches) > MAX_SEARCHES:
        raise QueryError(f"一条查询里的语义检索（SERVICE kp:search）超过 {MAX_SEARCHES} 次。请拆成几条查询。")
    for clause, block in reversed(searches):
        start, end = text.tokens[clause.service].start(), text.tokens[clause.close].end()
        lines = "\n" * sparql.count("\n", start, end)  # so that the engine's messages name the user's lines
        sparql = sparql[:start] + block.values(searcher()) + lines + sparql[end:]
    return sparql


@dataclass(frozen=True, slots=True)
class _Clause:
    """Numbers of the tokens that a block begins with, and of its braces."""

    service: int
    open: int
    close: int


class _Text:
    """A query's tokens and how its braces lie. What the engine reads otherwise it will refuse or answer as it is."""

    def __init__(self, sparql: str) -> None:
        self.tokens = [match for match in _TOKEN.finditer(sparql) if match.lastgroup != "skip"]
        self.words = [match.group() for match in self.tokens]
        self.prefixes = dict(PREFIXES)
        for number in self._places("PREFIX"):
            name, iri = [*self.words[number + 1 : number + 3], "", ""][:2]
            self.prefixes[name.removesuffix(":")] = iri[1:-1]
        self._around: list[int] = []  # number of the brace that a token stands in, -1 for none
        self._closing: dict[int, int] = {}
        open_braces = [-1]
        for number, word in enumerate(self.words):
            if word == "}" and len(open_braces) > 1:
                self._closing[open_braces.pop()] = number
            self._around.append(open_braces[-1])
            if word == "{":
                open_braces.append(number)

    def clauses(self) -> Iterator[_Clause]:
        """The blocks of ``SERVICE kp:search``, in order."""
        for number in self._places("SERVICE"):
            target = number + 1 + (self._keyword(number + 1) == "SILENT")
            if self._iri(target) == SEARCH and self._closing.get(target + 1):
                yield _Clause(number, target + 1, self._closing[target + 1])

    def triples(self, first: int, last: int) -> list[Triple]:
        """What stands between two tokens, variables as IRIs; raises ``QueryError`` when it is more than triples."""
        words = (
            f"<{_VARIABLE}{token['variable']}>" if token.lastgroup == "variable" else token.group()
            for token in self.tokens[first:last]
        )
        return self.triples_of(" ".join(words))

    def triples_of(self, statements: str) -> list[Triple]:
        """Statements in Turtle with the query's prefixes; raises ``QueryError`` when they are none."""
        prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in self.prefixes.items())
        try:
            return [quad.triple for quad in parse(f"{prefixes}{statements.rstrip(' .')} .", RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise _unreadable("块内只能是关于一个变量的三元组") from error

    def constants(self, variable: str, clause: _Clause) -> list[str]:
        """The terms, as written, that VALUES and BIND give a variable in the groups around a block."""
        groups = self._groups_around(clause.service)
        found = []
        for number in self._places("VALUES"):
            if self._around[number] in groups:
                found += self._column(number, variable)
        for number in self._places("BIND"):
            is_constant = self.words[number + 1 : number + 2] == ["("] and self._keyword(number + 3) == "AS"
            if self._around[number] in groups and is_constant and self._variable(number + 4) == variable:
                found.append(self.words[number + 2])
        return list(dict.fromkeys(found))

    def _places(self, keyword: str) -> Iterator[int]:
        return (number for number in range(len(self.words)) if self._keyword(number) == keyword)

    def _keyword(self, number: int) -> str:
        inside = number < len(self.tokens) and self.tokens[number].lastgroup == "word"
        return self.words[number].upper() if inside else ""

    def _iri(self, number: int) -> str | None:
        word = self.words[number] if number < len(self.words) else ""
        if word.startswith("<"):
            return word[1:-1]
        prefix, colon, name = word.partition(":")
        return self.prefixes[prefix] + name if colon and prefix in self.prefixes else None

    def _variable(self, number: int) -> str | None:
        return self.tokens[number]["variable"] if number < len(self.tokens) else None

    def _groups_around(self, number: int) -> set[int]:
        """The braces around a token, out to those of its subquery; -1 is what lies outside all."""
        brace, groups = self._around[number], set()
        while brace not in groups:
            groups.add(brace)
            if brace != -1 and self._keyword(brace + 1) != "SELECT":
                brace = self._around[brace]
        return groups

    def _column(self, number: int, variable: str) -> list[str]:
        """What ``VALUES`` at a token gives a variable."""
        brace = next((place for place in range(number, len(self.words)) if self.words[place] == "{"), number)
        names = [token["variable"] for token in self.tokens[number + 1 : brace] if token["variable"]]
        if variable not in names or brace not in self._closing:
            return []
        terms = [
            token.group()
            for token in self.tokens[brace + 1 : self._closing[brace]]
            if token.lastgroup in ("string", "iri", "word")
        ]
        return terms[names.index(variable) :: len(names)]


@dataclass(frozen=True, slots=True)
class _Block:
    """What a block asks: see the module's words."""

    hit: str
    questions: tuple[tuple[str, str], ...]
    """(the literal as written, its text)"""
    question_variable: str | None
    limit: int
    outputs: dict[str, str]
    """Property → variable"""
    filters: SearchFilters = field(default_factory=SearchFilters)

    @classmethod
    def read(cls, text: _Text, clause: _Clause) -> _Block:
        triples = text.triples(clause.open + 1, clause.close)
        objects: dict[str, list[NamedNode | Literal]] = {}
        for triple in triples:
            objects.setdefault(triple.predicate.value, []).append(triple.object)  # type: ignore[arg-type]
        subjects = {triple.subject for triple in triples}
        hit = _variable(*subjects) if len(subjects) == 1 else None
        if hit is None:
            raise _unreadable("块内的主语应是同一个变量")
        known = {f"{KP}query", f"{KP}limit", f"{RDF}type", *OUTPUTS}
        unknown = sorted(objects.keys() - known)
        if unknown:
            raise _unreadable(f"块内不能用“{unknown[0]}”")
        variable, questions = _questions(objects.get(f"{KP}query", []), text, clause)
        outputs, documents = _outputs(objects)
        used = [hit, *outputs.values(), *filter(None, [variable])]
        if len(set(used)) < len(used):
            raise _unreadable("块内一个变量只能用一次")
        return cls(hit, questions, variable, _limit(objects), outputs, _filters(objects, documents))

    def values(self, searcher: Searcher) -> str:
        """The hits as a VALUES clause."""
        names = [self.hit, *self.outputs.values(), *filter(None, [self.question_variable])]
        rows = []
        for written, question in self.questions:
            for hit in searcher.search(question, limit=self.limit, filters=self.filters).hits:
                row = [NamedNode(hit.iri), *(OUTPUTS[name](hit) for name in self.outputs)]
                rows.append(" ".join([*map(str, row), *([written] if self.question_variable else [])]))
        return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {' '.join(f'({row})' for row in rows)} }}"


_Objects = Mapping[str, Sequence[NamedNode | Literal]]


def _variable(term: object) -> str | None:
    is_variable = isinstance(term, NamedNode) and term.value.startswith(_VARIABLE)
    return term.value.removeprefix(_VARIABLE) if is_variable else None  # type: ignore[attr-defined]


def _questions(
    given: Sequence[NamedNode | Literal], text: _Text, clause: _Clause
) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """The variable for the question, if there is one, and the questions."""
    if len(given) != 1:
        raise _unreadable("块内要有一个 kp:query，给出检索词")
    variable = _variable(given[0])
    if variable is None:
        return None, ((str(given[0]), _literal_text(given[0])),)
    written = text.constants(variable, clause)
    if not written:
        raise _unreadable(f"检索词变量 ?{variable} 没有取值：须在块外同一组（或外层组）里用 VALUES 或 BIND 给出文字")
    read = [text.triples_of(f"<urn:a> <urn:a> {term}")[0].object for term in written]
    return variable, tuple(zip(written, map(_literal_text, read), strict=True))


def _literal_text(term: object) -> str:
    if not isinstance(term, Literal):
        raise _unreadable('kp:query 的值应是文字，如 "人才评价改革"')
    return term.value


def _limit(objects: _Objects) -> int:
    given = objects.get(f"{KP}limit", [Literal(DEFAULT_HITS)])
    text = given[0].value if len(given) == 1 else ""
    if not text.isdecimal() or not 1 <= int(text) <= MAX_HITS:
        raise _unreadable(f"kp:limit 应为 1 到 {MAX_HITS} 的整数")
    return int(text)


def _outputs(objects: _Objects) -> tuple[dict[str, str], list[str]]:
    """Property → variable, and the documents to search in."""
    outputs: dict[str, str] = {}
    documents = []
    for name in OUTPUTS:
        for term in objects.get(name, ()):
            variable = _variable(term)
            if variable is not None and name not in outputs:
                outputs[name] = variable
            elif variable is None and name == f"{KP}inDocument" and isinstance(term, NamedNode):
                documents.append(term.value)
            else:
                raise _unreadable(f"“kp:{name.removeprefix(KP)}”的值应是一个变量")
    return outputs, documents


def _filters(objects: _Objects, documents: Sequence[str]) -> SearchFilters:
    kinds: list[str] = []
    modalities: list[str] = []
    for term in objects.get(f"{RDF}type", ()):
        if term.value not in KINDS:
            known = "、".join(f"kp:{name.removeprefix(KP)}" for name in KINDS)
            raise _unreadable(f"“{term.value}”不是可检索的类（{known}）")
        kinds += KINDS[term.value].kinds
        modalities += KINDS[term.value].modalities
    if kinds and modalities:
        raise _unreadable("规范的子类不能与别的类同用")
    return SearchFilters(kinds=tuple(kinds), modalities=tuple(modalities), documents=tuple(documents))


def _unreadable(reason: str) -> QueryError:
    return QueryError(
        f"语义检索写得不对：{reason}。"
        '写法：SERVICE kp:search { ?hit kp:query "检索词" ; kp:limit 20 ; kp:score ?score ; kp:snippet ?snippet }。'
    )
