"""Queries that would take an endpoint's time, memory or network. Used by tests and by benchmarks/sparql.py.

They are about any store with a few thousand triples; ``OUTSIDE`` stands where they call another server.
"""

from __future__ import annotations

OUTSIDE = "http://outside.example/"
ANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
"""Four triples at once, which no store can count."""


def _doubled(times: int) -> str:
    """A string of 2 to the power of ``times`` characters."""
    return 'BIND("学" AS ?x0) ' + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(times))


def _values(variable: str, number: int) -> str:
    return f"VALUES ?{variable} {{ {' '.join(map(str, range(number)))} }}"


_SERVICE = f"SERVICE <{OUTSIDE}> {{ ?s ?p ?o }}"

STOPPED = {
    "product counted": f"SELECT (COUNT(*) AS ?n) {{ {ANY} }}",
    "product listed": f"SELECT * {{ {ANY} }}",
    "product sorted": f"SELECT * {{ {ANY} }} ORDER BY ?l DESC(?c) STR(?f) ?i",
    "product of different rows": f"SELECT DISTINCT ?c ?f ?i ?l {{ {ANY} }}",
    "product counted by value": f"SELECT ?c (COUNT(DISTINCT ?l) AS ?n) {{ {ANY} }} GROUP BY ?c",
    "product that nothing fits": f"ASK {{ {ANY} FILTER(STRLEN(CONCAT(STR(?c), STR(?l))) < 0) }}",
    "product as a graph": f"CONSTRUCT {{ ?a ?e ?l }} {{ {ANY} }}",
    "product described": f"DESCRIBE ?a ?d ?g ?j {{ {ANY} }}",
    "product in subqueries": f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ ?m ?n ?o }} }} {{ SELECT * {{ {ANY} }} }} }}",
    "product beside optional ones": f"SELECT (COUNT(*) AS ?n) {{ ?m ?n ?o OPTIONAL {{ {ANY} }} OPTIONAL {{ {ANY} }} }}",
    "product that is subtracted": f"SELECT (COUNT(*) AS ?n) {{ {ANY} MINUS {{ ?a ?m ?n }} FILTER(?b != ?k) }}",
    "path between all nodes": f"SELECT (COUNT(*) AS ?n) {{ ?a (!<{OUTSIDE}>)* ?b . ?c (!<{OUTSIDE}>)* ?d }}",
    "path of paths": f"SELECT (COUNT(*) AS ?n) {{ ?m ((((!<{OUTSIDE}>)*)/(^!<{OUTSIDE}>)*)*)+ ?n . {ANY} }}",
    "regular expression over a product": f"""SELECT (COUNT(*) AS ?n) {{
        {ANY} FILTER REGEX(CONCAT(STR(?c), STR(?l)), "(.*学.*){{20}}$", "i") }}""",
    "string that doubles": f"SELECT (STRLEN(?x40) AS ?n) {{ {_doubled(40)} }}",
    "strings joined": f'SELECT (GROUP_CONCAT(STR(?c) ; separator="学") AS ?n) {{ {ANY} }}',
    "string replaced by longer ones": f"""SELECT (STRLEN(REPLACE(REPLACE(?x24, '学', ?x10), '学', ?x10)) AS ?n) {{
        {_doubled(24)} }}""",
    "values multiplied": f"""SELECT (SUM(?a * ?b * ?c) AS ?n) {{
        {_values("a", 3000)} {_values("b", 3000)} {_values("c", 3000)} }}""",
    "a thousand unions": f"SELECT (COUNT(*) AS ?n) {{ {' UNION '.join([f'{{ {ANY} }}'] * 1000)} }}",
    "a thousand optional parts": f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c {'OPTIONAL { ?d ?e ?f }' * 1000} {ANY} }}",
    "product in exists": f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {ANY} FILTER(STR(?c) = '学学' && STR(?l) = ?o) }} }}",
}
"""Queries that are let in, and ended by a limit: 413 or 503."""

REFUSED = {
    "deep groups": "ASK { " + "{" * 30_000 + " ?s ?p ?o " + "}" * 30_000 + " }",
    "deep brackets": "ASK { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }",
    "deep negation": "ASK { FILTER(" + "!" * 60_000 + "true) }",
    "deep subqueries": "SELECT * { " + "{ SELECT * { " * 5000 + "?s ?p ?o" + " } }" * 5000 + " }",
    "service": f"SELECT * {{ {_SERVICE} }}",
    "service by a variable": f"SELECT * {{ BIND(<{OUTSIDE}> AS ?where) SERVICE ?where {{ ?s ?p ?o }} }}",
    "silent service in a subquery": f"SELECT * {{ {{ SELECT ?s {{ SERVICE SILENT <{OUTSIDE}> {{ ?s ?p ?o }} }} }} }}",
    "service in mixed case": f"ASK {{ OPTIONAL {{ sErViCe<{OUTSIDE}>{{ ?s ?p ?o }} }} }}",
    "service in exists": f"ASK {{ FILTER EXISTS {{ {_SERVICE} }} }}",
    "service behind a comment's end": f"ASK {{ # a comment \r {_SERVICE}\n }}",
    "service before a comment": f"ASK {{ SERVICE # {{ }}\n <{OUTSIDE}> {{ ?s ?p ?o }} }}",
    "service in escapes": f"ASK {{ \\u0053ERVICE <{OUTSIDE}> {{ ?s ?p ?o }} }}",
    "service in what may be an IRI": f"ASK {{ ?s ?p ?o FILTER(1<2)SERVICE#>\n<{OUTSIDE}> {{ ?s ?p ?o }} }}",
    "service behind what may be a long string": f"ASK {{ OPTIONAL {{ ?s ?p ( '''x' ) }} {_SERVICE} }}",
    "service beside a search": f'ASK {{ OPTIONAL {{ SERVICE <{OUTSIDE}> {{ ?hit kp:query "学会" }} }} }}',
    "service under the search's name": f"PREFIX kp: <{OUTSIDE}> ASK {{ SERVICE kp:search {{ ?hit kp:query '学会' }} }}",
    "load": f"LOAD <{OUTSIDE}>",
    "load in mixed case behind a comment": f"# SELECT * {{ }}\nlOaD SILENT <{OUTSIDE}> INTO GRAPH <urn:g>",
    "load behind a query": f"ASK {{ }} ; LOAD <{OUTSIDE}>",
    "load in a query": f"SELECT * {{ LOAD <{OUTSIDE}> }}",
    "insert from a service": f"INSERT {{ ?s ?p ?o }} WHERE {{ {_SERVICE} }}",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "too many searches": "SELECT * { " + 'SERVICE kp:search { ?hit kp:query "学会" } ' * 50 + " }",
    "search for too much": 'SELECT * { SERVICE kp:search { ?hit kp:query "学会" ; kp:limit 1000000000 } }',
    "ten megabytes": "SELECT * { ?s ?p ?o } #" + "学" * 3_400_000,
}
"""Queries that are not let in: 400 or 413."""
