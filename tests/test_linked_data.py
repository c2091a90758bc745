"""Opening IRIs, the ontology, the description of the data set and the dumps, over HTTP."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from starlette.applications import Starlette
from starlette.testclient import TestClient

from embeddings.knowledge_base import KnowledgeBase
from kg.graph import document_quads, vocabulary_quads
from kg.graph_writer import TYPE, kp
from kg.namespaces import ACTOR_KIND, KP, SKOS, VOCABULARY_BASE, Iris, actor_kind
from kg.rdf_formats import GRAPH_FILES
from kg.settings import Settings
from kg.store import GraphStore
from tests.factories import plan_document, plan_statements
from web.addresses import split_suffix
from web.resources import KNOWLEDGE_BASE
from web.routes import ROUTES

BASE_IRI = "http://policy.test/kb/"
IRIS = Iris(BASE_IRI)
KEY = plan_document().key
PAGE = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SOCIETY = "/id/actor/学会"

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")


def small_quads() -> list[Quad]:
    return [*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)]


def knowledge_base(folder: Path, store: GraphStore) -> KnowledgeBase:
    """A knowledge base with this graph and no index, which linked data does not need."""
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return KnowledgeBase(folder, {}, store, Settings(base_iri=BASE_IRI))


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    served = knowledge_base(tmp_path, GraphStore.in_memory(small_quads()))
    monkeypatch.setattr(KNOWLEDGE_BASE, "get", lambda: served)
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", served.settings)
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as client:
        yield client


@pytest.fixture
def full_client(default_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", default_settings)
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as client:
        yield client


def located(address: str, location: str) -> str:
    """Where a relative ``Location`` leads, path and query."""
    parts = urlsplit(urljoin(f"http://testserver{quote(address, safe='/%?=&')}", location))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


# --- Opening an IRI ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/trig", "trig"),
        ("application/n-quads", "nq"),
        ("", "ttl"),
        ("*/*", "ttl"),
        ("text/turtle;q=0.4, application/rdf+xml;q=0.9, text/html;q=0.5", "rdf"),
        ("text/html;q=0.2, application/ld+json;q=0.3", "jsonld"),
        ("text/turtle;q=0, */*;q=0.1", "jsonld"),
    ],
)
def test_iri_leads_programs_to_the_format_that_they_want(client: TestClient, accept: str, suffix: str) -> None:
    answer = client.get(SOCIETY, headers={"accept": accept})
    assert answer.status_code == 303
    assert located(SOCIETY, answer.headers["location"]) == f"{quote(SOCIETY)}.{suffix}"
    assert "accept" in answer.headers["vary"].lower()
    file = client.get(located(SOCIETY, answer.headers["location"]))
    assert file.status_code == 200
    form = GRAPH_FILES[suffix]
    assert file.headers["content-type"].partition(";")[0] == form.media_type
    triples = {quad.triple for quad in parse(file.content, format=form.rdf_format)}
    own = {quad.triple for quad in small_quads() if quad.subject == IRIS.actor("学会")}
    assert own and own <= triples


def test_accept_in_several_lines_counts_as_one(client: TestClient) -> None:
    headers = [("accept", "image/png"), ("accept", "application/rdf+xml")]
    assert client.get(SOCIETY, headers=headers).headers["location"].endswith(".rdf")


def test_formats_with_named_graphs_tell_where_each_fact_stands(client: TestClient) -> None:
    for suffix in ("nq", "trig", "jsonld"):
        file = client.get(f"{SOCIETY}.{suffix}")
        quads = set(parse(file.content, format=GRAPH_FILES[suffix].rdf_format))
        assert {quad for quad in small_quads() if quad.subject == IRIS.actor("学会")} <= quads


@pytest.mark.parametrize(
    ("address", "view"),
    [
        (f"/id/document/{KEY}", f"/document?document={KEY}"),
        (f"/id/document/{KEY}/norm/50-67", f"/document?document={KEY}&start=50&end=67"),
        (f"/id/document/{KEY}/mention/50-67", f"/document?document={KEY}&start=50&end=67"),
        (SOCIETY, f"{quote(SOCIETY)}.html"),
        (f"/id/document/{KEY}/extraction", f"/id/document/{KEY}/extraction.html"),
        (f"/graph/document/{KEY}/derived", f"/document?document={KEY}"),
        ("/graph/actors", "/dumps/"),
        ("/vocabulary/actor-kind/学会", f"{quote('/vocabulary/actor-kind/学会')}.html"),
        ("/vocabulary/actor-kind/", "/vocabulary/actor-kind.html"),
        ("/ontology", "/ontology.html"),
        ("/void", "/dumps/"),
    ],
)
def test_iri_leads_people_to_a_page(client: TestClient, address: str, view: str) -> None:
    answer = client.get(address, headers=PAGE)
    assert answer.status_code == 303
    assert located(address, answer.headers["location"]) == view
    assert "accept" in answer.headers["vary"].lower()


def test_everything_in_the_graph_can_be_opened_by_its_path(client: TestClient) -> None:
    subjects = {quad.subject for quad in small_quads() if isinstance(quad.subject, NamedNode)}
    kinds = set()
    for subject in subjects:
        path = subject.value.replace(BASE_IRI, "/").replace(VOCABULARY_BASE, "/").partition("#")[0]
        answer = client.get(path, headers={"accept": "text/turtle"})
        assert answer.status_code == 303, subject
        kinds.add(re.sub(r"\d.*|[^/a-z].*", "", path))
    assert len(subjects) > 400 and {"/id/actor/", "/id/programme/", "/vocabulary/topic/", "/ontology"} <= kinds


def test_percent_encoded_and_plain_iris_are_the_same(client: TestClient) -> None:
    plain = client.get(f"{SOCIETY}.nt")
    assert plain.status_code == 200
    assert client.get(f"{quote(SOCIETY)}.nt").content == plain.content
    # Even what need not be encoded may be: RFC 3986, 6.2.2.2.
    assert client.get("/id/%61ctor/%E5%AD%A6%E4%BC%9A%2Ent").content == plain.content


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("one-actor")


@given(label=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_label_comes_back_through_its_iri(folder: Path, label: str) -> None:
    assume(label not in (".", ".."))  # clients resolve these before they ask: RFC 3986, 5.2.4
    actor = IRIS.actor(label)
    quads = [
        Quad(actor, TYPE, kp("Actor"), IRIS.actors_graph),
        Quad(actor, NamedNode(f"{SKOS}prefLabel"), Literal(label, language="zh"), IRIS.actors_graph),
    ]
    served = knowledge_base(folder, GraphStore.in_memory(quads))
    address = actor.value.removeprefix(BASE_IRI.rstrip("/"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(KNOWLEDGE_BASE, "get", lambda: served)
        client = TestClient(Starlette(routes=ROUTES), follow_redirects=False)
        for sent in {address, quote(address, safe="/%")}:
            answer = client.get(sent, headers={"accept": "application/n-triples"})
            assert answer.status_code == 303
            file = client.get(located(sent, answer.headers["location"]))
            labels = [quad.object for quad in parse(file.content, format=RdfFormat.N_TRIPLES) if quad.subject == actor]
            assert Literal(label, language="zh") in labels
        page = client.get(f"{quote(address, safe='/%')}.html")
        assert page.status_code == 200
        assert "<script" not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/id/actor/没有这个主体",
        "/id/",
        "/id/actor/学会/",
        "/id/document/ffffffffffffffff",
        "/id/actor/%FF%FE",
        "/id/actor/学会.exe",
        "/vocabulary/actor-kind/没有",
        "/vocabulary/",
        "/graph/none",
        "/ontology.exe",
        "/void.exe",
        "/dumps/none.nq.gz",
        "/dumps/document/ffffffffffffffff.ttl",
        f"/dumps/document/{KEY}.exe",
        f"/dumps/document/../{KEY}",
    ],
)
def test_what_is_not_there_is_a_404_in_chinese(client: TestClient, address: str) -> None:
    line = client.get(address)
    assert line.status_code == 404 and line.headers["content-type"] == "text/plain; charset=utf-8"
    assert re.search("没有", line.text)
    page = client.get(address, headers=PAGE)
    assert page.status_code == 404 and page.headers["content-type"] == "text/html; charset=utf-8"


def test_format_that_cannot_be_written_is_a_406(client: TestClient) -> None:
    for address in (SOCIETY, "/ontology", "/void", f"/graph/document/{KEY}"):
        answer = client.get(address, headers={"accept": "image/png"})
        assert answer.status_code == 406 and "text/turtle" in answer.text


def test_a_name_that_ends_like_a_suffix_is_the_thing_and_not_the_file() -> None:
    known = {"a.ttl": "a.ttl", "b": "b"}.get
    assert split_suffix("a.ttl", known, {"ttl"}) == ("a.ttl", None)
    assert split_suffix("a.ttl.ttl", known, {"ttl"}) == ("a.ttl", "ttl")
    assert split_suffix("b.ttl", known, {"ttl"}) == ("b", "ttl")
    assert split_suffix("b.nt", known, {"ttl"}) is None


def test_app_below_a_prefix_answers_with_locations_below_it(client: TestClient) -> None:
    below = TestClient(client.app, root_path="/kece", follow_redirects=False)
    answer = below.get(f"/kece{SOCIETY}", headers={"accept": "text/turtle"})
    assert answer.status_code == 303
    assert located(f"/kece{SOCIETY}", answer.headers["location"]) == quote(f"/kece{SOCIETY}.ttl")
    assert 'href=".././"' in below.get("/kece/id/none", headers=PAGE).text
    assert 'href="../../organizations?' in below.get(f"/kece{SOCIETY}.html").text


def test_other_sites_may_read_linked_data(client: TestClient) -> None:
    for address in (SOCIETY, "/ontology.ttl", "/void", "/dumps/"):
        answer = client.get(address, headers={"origin": "https://elsewhere.example"})
        assert answer.headers["access-control-allow-origin"] == "*"


# --- Pages ---------------------------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Collects what a page links to, loads and says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: list[str] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        if tag == "a":
            self.links.append(values.get("href") or "")
        elif "src" in values or "href" in values:
            self.loaded.append(values.get("src") or values.get("href") or "")
        if values.get("id"):
            self.anchors.append(values["id"] or "")
        assert not [name for name in values if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


@pytest.mark.parametrize(
    "address",
    [
        f"{SOCIETY}.html",
        f"/id/document/{KEY}.html",
        f"/id/document/{KEY}/norm/50-67.html",
        "/vocabulary/actor-kind.html",
        "/vocabulary/actor-kind/全国学会.html",
        "/ontology.html",
        "/dumps/",
    ],
)
def test_pages_have_no_script_load_nothing_and_link_to_what_is_there(client: TestClient, address: str) -> None:
    answer = client.get(address, headers=PAGE)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = Reader(answer.text)
    assert "script" not in page.tags and set(page.loaded) <= {"data:,"}
    assert len(page.anchors) == len(set(page.anchors))
    own = {link for link in page.links if not link.startswith(("http:", "https:"))}
    assert len(own) > 3
    for link in own:
        target, _, anchor = link.partition("#")
        path = located(address, target) if target else address
        if path == "/" or path.startswith(("/document?", "/organizations?", "/graph?")):
            continue  # Streamlit's
        found = client.get(path, headers={"accept": "text/html"} if path.endswith(".html") else {})
        assert found.status_code in (200, 303), link
        assert not anchor or f'id="{anchor}"' in (found.text if target else answer.text), link


def test_page_of_an_actor_lists_facts_by_graph_with_labels_and_reasons(client: TestClient) -> None:
    words = Reader(client.get(f"{SOCIETY}.html").text).words
    assert {"学会", "类型", "主体", "主体类别", "推断及其理由", "哪里指向它", "规范承担者"} <= set(words)
    assert f"《{plan_document().title}》所说" in words
    assert "鼓励学会与国际组织联合发布团体标准" in words
    assert [word for word in words if "学会" in word and len(word) > 8]


def test_hostile_label_is_shown_as_it_is(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    label = "<script>alert(1)</script>\"'&"
    actor = IRIS.actor(label)
    quad = Quad(actor, NamedNode(f"{SKOS}prefLabel"), Literal(label, language="zh"), IRIS.actors_graph)
    stranger = Quad(actor, kp("actorKind"), NamedNode("javascript:alert(1)"), IRIS.actors_graph)
    served = replace(KNOWLEDGE_BASE.get(), store=GraphStore.in_memory([quad, stranger]))
    monkeypatch.setattr(KNOWLEDGE_BASE, "get", lambda: served)
    answer = client.get(f"{actor.value.removeprefix(BASE_IRI.rstrip('/'))}.html")
    assert answer.status_code == 200
    page = Reader(answer.text)
    assert "script" not in page.tags and "".join(page.words).count("<script>alert(1)</script>") >= 2
    assert not [link for link in page.links if link.startswith("javascript:")]


def test_ontology_page_documents_terms_concepts_and_alignments(client: TestClient) -> None:
    page = client.get("/ontology.html").text
    reader = Reader(page)
    assert {"Measure", "agent", "Obligation", "order"} <= set(reader.anchors)
    for words in (
        "文件的操作性条文使某主体承担的一个不可再分的行动。",
        "One atomic action that the operative text commits someone to do.",
        "eli:LegalResource",
        "举措至少有一个行动词",
        "主体分类",
        "全国学会",
    ):
        assert words in " ".join(reader.words), words
    assert re.search(r"actor kinds，\d{3} 个概念", page)
    assert 'kp:actionVerb "支持"' in "".join(reader.words)


@pytest.mark.parametrize("suffix", sorted(GRAPH_FILES))
def test_ontology_is_there_in_every_format(client: TestClient, suffix: str) -> None:
    file = client.get(f"/ontology.{suffix}")
    triples = {quad.triple for quad in parse(file.content, format=GRAPH_FILES[suffix].rdf_format)}
    wanted = {quad.triple for quad in vocabulary_quads(IRIS)}
    assert triples == wanted


def test_vocabulary_needs_no_knowledge_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", Settings(home=tmp_path))
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as client:
        for address in ("/ontology.html", "/ontology.ttl", "/ontology/shape", "/vocabulary/topic.ttl"):
            assert client.get(address).status_code == 200
        for address in (SOCIETY, "/void.ttl", "/dumps/", "/dumps/kece.nq.gz", "/graph/actors"):
            answer = client.get(address)
            assert answer.status_code == 503 and "建库" in answer.text


def test_concept_file_holds_the_concept_with_what_is_below_it(client: TestClient) -> None:
    file = client.get("/vocabulary/actor-kind/学会.nt")
    triples = {quad.triple for quad in parse(file.content, format=RdfFormat.N_TRIPLES)}
    broader = NamedNode(f"{SKOS}broader")
    assert [t for t in triples if t.predicate == broader and t.object == actor_kind("学会")]
    assert [t for t in triples if t.predicate == broader and t.subject == actor_kind("学会")]
    assert {t.subject.value for t in triples if t.subject == NamedNode(ACTOR_KIND)}  # type: ignore[union-attr]


def test_shapes_are_served_as_written(client: TestClient) -> None:
    answer = client.get("/ontology/shape")
    assert answer.headers["content-type"].startswith("text/turtle")
    assert [quad for quad in parse(answer.content, format=RdfFormat.TURTLE) if quad.object == NamedNode(f"{KP}Norm")]


# --- The data set --------------------------------------------------------------------------------------------------


def test_well_known_address_leads_to_void(client: TestClient) -> None:
    answer = client.get("/.well-known/void")
    assert answer.status_code == 303
    assert located("/.well-known/void", answer.headers["location"]) == "/void"


@pytest.mark.parametrize("name", ["void", "dcat"])
@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_data_set_is_described_in_every_format(client: TestClient, name: str, suffix: str) -> None:
    form = GRAPH_FILES[suffix]
    by_suffix = client.get(f"/{name}.{suffix}")
    negotiated = client.get(f"/{name}", headers={"accept": form.media_type})
    assert by_suffix.status_code == negotiated.status_code == 200
    assert by_suffix.content == negotiated.content
    triples = {quad.triple for quad in parse(by_suffix.content, format=form.rdf_format)}
    assert NamedNode(f"{BASE_IRI}void#dataset") in {triple.subject for triple in triples}


def test_address_of_the_dumps_without_its_slash_leads_to_them(client: TestClient) -> None:
    answer = client.get("/dumps")
    assert answer.status_code == 308 and located("/dumps", answer.headers["location"]) == "/dumps/"


def test_index_of_the_dumps_names_files_that_are_there(client: TestClient) -> None:
    listing = client.get("/dumps/").json()
    assert listing["triples"] == len(small_quads())
    (document,) = listing["documents"]
    assert document["title"] == plan_document().title
    files = [file["file"] for file in listing["whole"]] + document["files"]
    assert len(files) == 4
    assert [client.get(f"/dumps/{file}").status_code for file in files] == [200] * 4


def test_dump_of_everything_holds_everything_and_is_always_the_same(client: TestClient) -> None:
    first, second = client.get("/dumps/kece.nq.gz"), client.get("/dumps/kece.nq.gz")
    assert first.headers["content-type"] == "application/gzip"
    assert first.content == second.content
    assert set(parse(gzip.decompress(first.content), format=RdfFormat.N_QUADS)) == set(small_quads())
    trig = gzip.decompress(client.get("/dumps/kece.trig.gz").content)
    assert set(parse(trig, format=RdfFormat.TRIG)) == set(small_quads())


def test_dump_of_a_document_and_its_named_graphs(client: TestClient) -> None:
    graphs = {IRIS.read_graph(KEY), IRIS.derived_graph(KEY)}
    wanted = {quad for quad in small_quads() if quad.graph_name in graphs}
    quads = client.get(f"/dumps/document/{KEY}.nq")
    assert set(parse(quads.content, format=RdfFormat.N_QUADS)) == wanted
    turtle = client.get(f"/dumps/document/{KEY}.ttl")
    assert {q.triple for q in parse(turtle.content, format=RdfFormat.TURTLE)} == {quad.triple for quad in wanted}
    read = client.get(f"/graph/document/{KEY}", headers={"accept": "application/n-quads"})
    file = client.get(located(f"/graph/document/{KEY}", read.headers["location"]))
    own = {quad for quad in wanted if quad.graph_name == IRIS.read_graph(KEY)}
    assert set(parse(file.content, format=RdfFormat.N_QUADS)) == own


@pytest.mark.parametrize("address", ["/dumps/kece.nq.gz", f"/dumps/document/{KEY}.ttl", f"{SOCIETY}.ttl", "/void.ttl"])
def test_what_a_client_has_already_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for headers in (
        {"if-none-match": tag},
        {"if-none-match": f'"other", {tag}'},
        {"if-none-match": "*"},
        {"if-modified-since": date},
    ):
        again = client.get(address, headers=headers)
        assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    for headers in (
        {"if-none-match": '"other"', "if-modified-since": date},
        {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if-modified-since": "yesterday"},
    ):
        assert client.get(address, headers=headers).status_code == 200


def test_head_tells_about_a_dump_without_writing_it(client: TestClient) -> None:
    answer = client.head("/dumps/kece.nq.gz")
    assert answer.status_code == 200 and answer.content == b"" and "etag" in answer.headers


def test_served_knowledge_base_can_be_opened_described_and_taken_away(full_client: TestClient) -> None:
    listing = full_client.get("/dumps/").json()
    assert len(listing["documents"]) >= 47 and listing["triples"] > 500_000
    plan = next(document for document in listing["documents"] if document["title"].startswith("“十四五”"))
    path = urlsplit(plan["iri"]).path
    assert full_client.get(path, headers=PAGE).headers["location"].endswith(f"document?document={plan['key']}")
    described = full_client.get(f"{path}.jsonld")
    assert plan["title"] in json.dumps(described.json(), ensure_ascii=False)
    dump = full_client.get(f"/dumps/{plan['files'][1]}")
    assert dump.content.count(b"\n") == plan["triples"]
