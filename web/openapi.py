"""The routes for programs in the words of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0)."""

from collections.abc import Mapping, Sequence
from typing import Any

from embeddings.document_comparison import Change, FactChange, Reading
from embeddings.facets import FACETS
from embeddings.query import MAXIMUM_CHARACTERS as MAXIMUM_QUESTION
from kg.graph_files import GRAPHML_TYPE
from kg.labels import LEVELS
from kg.neighbourhood import MAX_THINGS, RELATIONS
from kg.organization_profile import MAXIMUM_CHARACTERS as MAXIMUM_NAME
from kg.organization_roles import ROLES
from web.sparql import FORM_TYPE, MEDIA_TYPES, QUERY_TYPE

Json = dict[str, Any]

_GRAPHS: Json = {"type": "array", "items": {"type": "string", "format": "uri"}}
_QUERY: Json = {"type": "string", "minLength": 1, "examples": ["SELECT * { ?measure a kp:Measure } LIMIT 10"]}


def openapi_description(max_limit: int) -> Json:
    """The description; ``max_limit`` is the most results that a request may ask for."""
    limit = _parameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": max_limit, "default": 10}, "最多给出多少条"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "科策 Kece",
            "version": "1",
            "description": "科技政策知识图谱的数据接口。出错时 /api/… 答复 {error: 原因}，/sparql 答复纯文本。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/sparql": _sparql(),
            "/api/search": _json(
                "语义检索：举措、规范和条文，按相关度排列；各筛选项可写多次，任取其一",
                [_question("q"), limit, *(_parameter(name, _texts(), f"筛选：{name}") for name in FACETS)],
                ["query", "hits", "answered", "notices"],
            ),
            "/api/suggest": _json(
                "文件、主体、计划与平台、政策工具、主题的名称，由输入的开头、其中的字或拼音首字母提示",
                [_parameter("q", {"type": "string", "minLength": 1}, "已经输入的字", required=True), limit],
                ["query", "suggestions"],
            ),
            "/api/similar": _json(
                "别的文件里最相近的表述，以及同与不同", [_iri(), limit], ["iri", "similar"], missing=True
            ),
            "/api/organizations/measures": _json(
                "与一个单位有关的举措和规范，按角色排列；name 与 describe 至少给一个",
                [*_organization(), _parameter("role", _texts(ROLES), "只要这些角色"), limit],
                ["organization", "kinds", "results", "by_meaning"],
            ),
            "/api/organizations/compare": _json(
                "与两个单位都有关的，和只与其中一个有关的",
                [*_organization(), _name("other", required=True), limit],
                ["first", "second", "both", "only_first", "only_second"],
            ),
            "/api/organizations/concerned": _json(
                "一条举措或规范涉及哪些类别的单位", [_iri()], ["iri", "concerned"], missing=True
            ),
            "/api/documents/compare": _json(
                "两份文件或两个版本逐条对照：保留、修改、呼应、新增、删去",
                _compared_documents(),
                ["first", "second", "reading", "reason", "counts", "paired", "rows"],
                missing=True,
            ),
            "/api/coding-table": _coding_table(),
            "/api/graph": _graph(),
            "/api/openapi.json": _json("本描述", [], ["openapi", "info", "paths"]),
        },
        "components": {
            "schemas": {"Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}}
        },
    }


def _sparql() -> Json:
    graphs = {"default-graph-uri": _GRAPHS, "named-graph-uri": _GRAPHS}
    parameters = [_parameter(name, schema, "见 SPARQL 1.1 协议 2.1.4") for name, schema in graphs.items()]
    written = sorted({media_type for offered in MEDIA_TYPES.values() for media_type in offered})
    refusals = {
        "400": "查询有误，或是更新操作，或不止一条",
        "406": "没有可接受的格式",
        "413": "查询或结果太大",
        "503": "用时或内存超限，或服务器正忙",
    }
    responses = {
        "200": {
            "description": "完整的结果；格式由 Accept 决定",
            "content": {media_type: {} for media_type in written},
        },
        **{status: _text_response(meaning) for status, meaning in refusals.items()},
    }
    form = {"type": "object", "required": ["query"], "properties": {"query": _QUERY, **graphs}}
    return {
        "get": {
            "summary": "SPARQL 1.1 查询；不带参数时给出服务描述",
            "parameters": [_parameter("query", _QUERY, "SPARQL 查询"), *parameters],
            "responses": responses,
        },
        "post": {
            "summary": "SPARQL 1.1 查询，放在正文里",
            "parameters": parameters,
            "requestBody": {
                "required": True,
                "content": {FORM_TYPE: {"schema": form}, QUERY_TYPE: {"schema": _QUERY}},
            },
            "responses": {**responses, "415": _text_response("正文的类型不对")},
        },
    }


def _compared_documents() -> list[Json]:
    name: Json = {"type": "string", "minLength": 1}
    return [
        _parameter("first", name, "文件的 IRI、题名、文号或编号", required=True),
        _parameter("second", name, "另一份文件，或另一个版本", required=True),
        _parameter("reading", {"type": "string", "enum": list(Reading)}, "两份是什么关系；不写则从题名和字句判断"),
        _parameter("show", _texts((*Change, *FactChange)), "只要这些条目，可写多次"),
    ]


def _coding_table() -> Json:
    described = _json(
        "文件的编码表：每条举措和规范一行",
        [_parameter("document", _texts(), "文件的 IRI、题名、文号或编号，可写多次；不写为全部")],
        ["statements"],
        missing=True,
    )
    responses = described["get"]["responses"]
    responses["200"]["content"]["text/csv"] = {"schema": {"type": "string"}}
    responses["406"] = {**responses["400"], "description": "没有可接受的格式"}
    return described


def _graph() -> Json:
    year: Json = {"type": "integer", "minimum": 1, "maximum": 9999}
    described = _json(
        "从一个主体、文件、计划、主题、类别或政策工具出发的图谱，或两者之间的最短路径",
        [
            _parameter(
                "start", {"type": "string", "minLength": 1}, "起点：编号（如 actor/学会）、IRI 或名称", required=True
            ),
            _parameter("end", {"type": "string"}, "终点：要找路径时给出"),
            _parameter("open", _texts(), "还要展开的事物"),
            _parameter("relation", _texts(tuple(RELATIONS)), "只要这些关系"),
            _parameter("from", year, "文件的最早年份"),
            _parameter("to", year, "文件的最晚年份"),
            _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_THINGS}, "每个事物最多取多少个邻居"),
            _parameter("between", _texts(), "一条连线的两端，写两次：给出背后的原文"),
            _parameter("format", {"type": "string", "enum": ["json", "graphml"]}, "格式；不写时看 Accept"),
        ],
        ["start", "end", "things", "edges", "opened", "left_out", "paths", "evidence"],
        missing=True,
    )
    responses = described["get"]["responses"]
    responses["200"]["content"][GRAPHML_TYPE] = {"schema": {"type": "string"}}
    responses["406"] = {**responses["400"], "description": "没有可接受的格式"}
    return described


def _json(summary: str, parameters: Sequence[Json], required: Sequence[str], missing: bool = False) -> Json:
    """GET of a JSON object; ``missing``: what is asked about may not exist."""
    answer = {"type": "object", "required": list(required)}
    problems = {"400": "参数有误", **({"404": "没有这一条"} if missing else {}), "503": "还没有知识库"}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": "结果", "content": {"application/json": {"schema": answer}}},
                **{status: {"description": meaning, "content": error} for status, meaning in problems.items()},
            },
        }
    }


def _text_response(meaning: str) -> Json:
    return {"description": meaning, "content": {"text/plain": {"schema": {"type": "string"}}}}


def _parameter(name: str, schema: Mapping[str, Any], meaning: str, required: bool = False) -> Json:
    return {"name": name, "in": "query", "required": required, "description": meaning, "schema": dict(schema)}


def _texts(choices: Sequence[str] = ()) -> Json:
    items: Json = {"type": "string", **({"enum": list(choices)} if choices else {})}
    return {"type": "array", "items": items}


def _question(name: str) -> Json:
    schema = {"type": "string", "minLength": 1, "maxLength": MAXIMUM_QUESTION}
    return _parameter(name, schema, "问题或关键词", required=True)


def _name(name: str, required: bool = False) -> Json:
    schema = {"type": "string", "minLength": 1, "maxLength": MAXIMUM_NAME}
    return _parameter(name, schema, "单位名称或类别", required)


def _iri() -> Json:
    schema = {"type": "string", "format": "uri", "minLength": 1}
    return _parameter("iri", schema, "举措或规范的 IRI，检索结果里有", required=True)


def _organization() -> list[Json]:
    return [
        _name("name"),
        _parameter("describe", {"type": "string", "maxLength": MAXIMUM_NAME}, "用平常话说明单位"),
        _parameter("kind", _texts(), "更正：单位的类别"),
        _parameter("level", {"type": "string", "enum": [*LEVELS, *LEVELS.values(), ""]}, "更正：层级"),
        _parameter("region", {"type": "string"}, "更正：省级地区"),
        _parameter("field", _texts(), "更正：领域"),
    ]
