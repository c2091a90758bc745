"""The HTTP routes over the default corpus, and without a knowledge base."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.settings import Settings
from web.resources import KNOWLEDGE_BASE
from web.routes import ROUTES

COUNT = "SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a kp:Measure }"


# An engine's result that dies in another thread is reported this way, and leaks.
pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def client(default_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", default_settings)
    with TestClient(Starlette(routes=ROUTES)) as client:
        yield client


@pytest.fixture
def client_without_knowledge_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", Settings(home=tmp_path))
    with TestClient(Starlette(routes=ROUTES)) as client:
        yield client


def test_search_answers_as_the_command_line_does(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "办得不好的学会会不会被撤销", "limit": 3}).json()
    assert answer["query"] == "办得不好的学会会不会被撤销"
    assert [hit["rank"] for hit in answer["hits"]] == [1, 2, 3]
    wanted = {"rank", "kind", "text", "document", "place", "iri", "start", "end", "score", "why"}
    assert wanted <= answer["hits"][0].keys()


def test_names_are_suggested_as_one_types(client: TestClient) -> None:
    answer = client.get("/api/suggest", params={"q": "科协發智字[2021]", "limit": 3}).json()
    (document,) = answer["suggestions"]
    assert (document["kind"], document["number"]) == ("document", "科协发智字〔2021〕41号")
    assert client.get("/api/suggest", params={"q": "？"}).json()["suggestions"] == []
    assert client.get("/api/suggest").status_code == 400


def test_organization_answers_as_the_command_line_does(client: TestClient) -> None:
    answer = client.get("/api/organizations/measures", params={"name": "中国科协"}).json()
    assert answer["organization"] == "中国科协"
    wanted = {"rank", "role", "kind", "text", "document", "place", "iri", "modality", "path"}
    assert wanted <= answer["results"][0].keys()


def test_organization_is_described_and_corrected(client: TestClient) -> None:
    parameters = {"describe": "我们是浙江的民营企业", "kind": ["高等学校", "科研机构"], "level": "", "role": "必须做"}
    answer = client.get("/api/organizations/measures", params=parameters).json()
    assert [kind["label"] for kind in answer["kinds"]] == ["高等学校", "科研机构"]
    assert (answer["levels"], answer["region"]["label"]) == ([], "浙江省")
    assert {result["role"] for result in answer["results"]} == {"必须做"}
    assert len(answer["results"]) == 10 < answer["counts"]["必须做"]
    assert answer["by_meaning"] == []
    levels = [
        client.get("/api/organizations/measures", params={"name": "科协", "level": level}).json()["levels"]
        for level in ("county", "县级")
    ]
    assert levels[0] == levels[1] != []


def test_organizations_are_compared(client: TestClient) -> None:
    parameters = {"name": "中国化学会", "other": "高等学校", "limit": 2}
    answer = client.get("/api/organizations/compare", params=parameters).json()
    assert (answer["first"]["name"], answer["second"]["name"]) == ("中国化学会", "高等学校")
    assert [len(answer[part]) for part in ("both", "only_first", "only_second")] == [2, 2, 2]
    assert answer["both"][0]["first"]["iri"] == answer["both"][0]["second"]["iri"]


def test_kinds_that_a_statement_concerns_come_by_its_iri(client: TestClient) -> None:
    results = client.get("/api/organizations/measures", params={"name": "高等学校", "limit": 1}).json()["results"]
    answer = client.get("/api/organizations/concerned", params={"iri": results[0]["iri"]}).json()
    kinds = {kind["kind"]: kind for kind in answer["concerned"]}
    assert kinds["高等学校"]["role"] == results[0]["role"]
    assert kinds["高等学校"]["narrower"] == ["高等职业学校"]


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/api/organizations/measures?name=学会&kind=火星单位", 400, "没有“火星单位”这一类别"),
        ("/api/organizations/measures?name=学会&level=火星", 400, "没有“火星”这一层级"),
        ("/api/organizations/measures?name=学会&region=火星", 400, "没有“火星”这一省级地区"),
        ("/api/organizations/measures?name=学会&role=老大", 400, "没有“老大”这一角色"),
        (f"/api/organizations/measures?name={'长' * 501}", 400, "不超过 500 个字"),
        ("/api/organizations/compare?name=学会", 400, "缺少参数 other"),
        ("/api/organizations/concerned?iri=x", 400, "不对"),
        ("/api/organizations/concerned?iri=urn:nothing", 404, "没有这条陈述"),
    ],
)
def test_what_is_wrong_about_an_organization_is_named(
    client: TestClient, address: str, status: int, message: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert message in answer.json()["error"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/search",
        "/api/search?q=科普&limit=0",
        "/api/search?q=科普&limit=x",
        "/api/organizations/measures",
        "/api/organizations/compare?other=学会",
        "/api/organizations/concerned",
    ],
)
def test_unusable_parameters_are_a_400_that_says_what_is_expected(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "参数" in answer.json()["error"]


def test_health_gives_the_counts(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["counts"]["measures"] >= 110


@pytest.mark.parametrize(
    "address", ["/healthz", "/api/search?q=科普", "/api/organizations/concerned?iri=x", f"/sparql?query={COUNT}"]
)
def test_without_a_knowledge_base_routes_say_how_to_build_it(
    client_without_knowledge_base: TestClient, address: str
) -> None:
    answer = client_without_knowledge_base.get(address)
    assert answer.status_code == 503
    assert "建库" in answer.text


def test_coding_table_answers_csv_and_json_where_asked(client: TestClient) -> None:
    title = "中华人民共和国科学技术普及法"
    answer = client.get("/api/coding-table", params={"document": title})
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert {row[head.index("文件")] for row in rows} == {title}
    as_json = client.get("/api/coding-table", params={"document": title}, headers={"accept": "application/json"})
    assert [row["number"] for row in as_json.json()["statements"]] == [row[head.index("编号")] for row in rows]


@pytest.mark.parametrize(
    ("parameters", "accept", "status", "message"),
    [({"document": "火星法"}, "*/*", 404, "没有“火星法”"), ({}, "image/png", 406, "text/csv")],
)
def test_coding_table_that_cannot_be_given_is_explained(
    client: TestClient, parameters: dict[str, str], accept: str, status: int, message: str
) -> None:
    answer = client.get("/api/coding-table", params=parameters, headers={"accept": accept})
    assert answer.status_code == status
    assert message in answer.json()["error"]


def test_graph_is_explored_and_its_edges_tell_their_words(client: TestClient) -> None:
    start, body = "document/4510761917c72c05", "actor/中国科协"
    answer = client.get("/api/graph", params={"start": start, "between": [start, body]}).json()
    assert answer["start"]["kind"] == "document" and answer["end"] is None
    named = {thing["iri"] for thing in answer["things"]}
    assert all({edge["source"], edge["target"]} <= named for edge in answer["edges"])
    assert "改革中国科协机构设置" in "".join(each["words"]["text"] for each in answer["evidence"])
    paths = client.get("/api/graph", params={"start": body, "end": "programme/科创中国"}).json()["paths"]
    assert paths and all(path[0].endswith(body) and path[-1].endswith("科创中国") for path in paths)


def test_graph_is_negotiated_and_a_parameter_goes_first(client: TestClient) -> None:
    asked = {"start": "programme/科创中国"}
    accepted = client.get("/api/graph", params=asked, headers={"accept": "application/graphml+xml"})
    named = client.get("/api/graph", params={**asked, "format": "graphml"}, headers={"accept": "application/json"})
    assert accepted.headers["content-type"] == named.headers["content-type"] == "application/graphml+xml"
    assert accepted.content == named.content and "科创中国" in accepted.text


@pytest.mark.parametrize(
    ("parameters", "accept", "status", "message"),
    [
        ({}, "*/*", 400, "缺少参数 start"),
        ({"start": "actor/无此主体"}, "*/*", 404, "没有叫“actor/无此主体”"),
        ({"start": "学会"}, "*/*", 400, "“学会”有 2 个"),
        ({"start": "actor/学会", "between": "actor/学会"}, "*/*", 400, "应写两个"),
        ({"start": "actor/学会", "format": "svg"}, "*/*", 400, "graphml"),
        ({"start": "actor/学会"}, "image/png", 406, "graphml"),
    ],
)
def test_what_the_graph_cannot_answer_is_said(
    client: TestClient, parameters: dict[str, str], accept: str, status: int, message: str
) -> None:
    answer = client.get("/api/graph", params=parameters, headers={"accept": accept})
    assert (answer.status_code, message in answer.json()["error"]) == (status, True)


def test_reader_is_told_what_is_known_of_a_mark_and_what_is_no_mark(client: TestClient) -> None:
    hit = client.get("/api/search", params={"q": "鼓励学会发布团体标准", "kind": "norm", "limit": 1}).json()["hits"][0]
    mark = {"iri": hit["iri"], "document": hit["document_iri"], "start": hit["start"], "end": hit["end"]}
    panel = client.get("/reader/facts", params=mark).json()
    assert panel["facts"][0][0] == "效力" and panel["has_similar"]
    assert len(client.get("/reader/similar", params={"iri": hit["iri"]}).json()["similar"]) == 3
    unknown = client.get("/reader/facts", params=mark | {"iri": f"{hit['document_iri']}/norm/1-2"})
    assert (unknown.status_code, client.get("/reader/facts", params=mark | {"end": "x"}).status_code) == (404, 400)
