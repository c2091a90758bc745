"""The command line as a user runs it: a process, its output, its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from kg.organization_roles import ROLES
from kg.settings import PROJECT_ROOT, Settings
from tests.conftest import PLAN, STATUTE_TEXT
from tests.test_beir import write_folder


def run(*arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"KECE_HOME": str(home)} if home else {})
    command = [sys.executable, "cli.py", *arguments]
    return subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False)


def answer(*arguments: str, settings: Settings) -> Any:
    done = run(*arguments, "--json", "--knowledge-base", str(settings.knowledge_base), home=settings.home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# What a user may get wrong: one clear line and an exit code that means something.


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (["extract", "没有.txt"], 2, "找不到文件"),
        (["extract", "kg"], 2, "是文件夹"),
        (["build", "没有.txt"], 2, "找不到文件"),
        (["build", "--laws", "none"], 2, "没有可建库的文本"),
        (["add", "没有.txt"], 2, "找不到文件"),
        (["add", str(PLAN)], 3, "还没有知识库"),
        (["remove", "某省科学普及条例"], 3, "还没有知识库"),
        (["search", "人才"], 3, "还没有知识库"),
        (["search", "人才", "--export", "结果.pdf"], 2, ".bib"),
        (["measures-for", "中国化学会"], 3, "还没有知识库"),
        (["measures-for", "中国化学会", "--role", "老大"], 2, "没有“老大”这一角色"),
        (["measures-for", "中国化学会", "--export", "清单.pdf"], 2, ".docx"),
        (["compare-organizations", "学会", "高等学校"], 3, "还没有知识库"),
        (["concerned-kinds", "urn:x"], 3, "还没有知识库"),
        (["query", "SELECT * {?s ?p ?o}"], 3, "还没有知识库"),
        (["check"], 3, "还没有知识库"),
        (["export", "out"], 3, "还没有知识库"),
        (["search"], 3, "还没有知识库"),
        (["evaluate-search", "没有"], 2, "corpus.jsonl"),
        (["evaluate-search", "kg"], 2, "qrels"),
    ],
)
def test_wrong_input_gets_one_clear_line(tmp_path: Path, arguments: list[str], exit_code: int, message: str) -> None:
    done = run(*arguments, home=tmp_path)
    assert done.returncode == exit_code
    assert message in done.stderr
    assert done.stderr.startswith("错误：") and done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "是空的"), (b"\x7fELF\x00\x01", "不是文本文件"), (bytes(range(128, 256)) * 9, "编码无法识别")],
)
def test_unusable_file_is_refused_by_extract_and_build(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    for command in (["extract", str(path)], ["build", str(path)]):
        done = run(*command, home=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert message in done.stderr
    assert not (tmp_path / "knowledge-base" / "current").exists()


def test_two_texts_with_one_number_are_refused(tmp_path: Path) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_text(PLAN.read_text(encoding="utf-8") + "多出一句。\n", encoding="utf-8")
    done = run("build", str(PLAN), str(changed), home=tmp_path)
    assert done.returncode == 2
    assert "正文却不同" in done.stderr


def test_damaged_knowledge_base_says_so(tmp_path: Path) -> None:
    generation = tmp_path / "knowledge-base" / "generation-1"
    generation.mkdir(parents=True)
    (tmp_path / "knowledge-base" / "current").symlink_to("generation-1")
    done = run("search", "人才", home=tmp_path)
    assert done.returncode == 3
    assert "不完整或已损坏" in done.stderr


# What each command does, on the 方案 and a short statute.


def test_extract_writes_one_record_a_line_with_exact_quotes() -> None:
    done = run("extract", str(PLAN))
    text = PLAN.read_text(encoding="utf-8")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert sum(record["kind"] == "measure" for record in records) >= 110
    assert {record["kind"] for record in records} == {"actor", "measure", "norm"}
    for record in records:
        assert text[record["start"] : record["end"]] == record["text"]


def test_search_answers_with_the_contracted_fields(small_settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "hits.json"
    arguments = ("search", "私营公司怎么建立科协", "--limit", "5", "--export", str(file))
    result = answer(*arguments, settings=small_settings)
    assert json.loads(file.read_text(encoding="utf-8")) == result
    assert result["query"] == "私营公司怎么建立科协"
    assert [hit["rank"] for hit in result["hits"]] == list(range(1, len(result["hits"]) + 1))
    fields = {"rank", "kind", "text", "document", "place", "iri", "start", "end", "score", "why"}
    assert all(fields <= hit.keys() for hit in result["hits"])
    found = next(hit for hit in result["hits"] if "民营企业" in hit["text"])
    assert found["rank"] <= 3
    text = PLAN.read_text(encoding="utf-8")
    assert text[found["start"] : found["end"]] == found["text"]
    assert found["place"] == "三、重点举措 2."


def test_measure_is_shown_to_the_end_of_its_last_aim(small_settings: Settings) -> None:
    result = answer("search", "学会创新影响力排行", "--limit", "5", settings=small_settings)
    texts = [hit["text"] for hit in result["hits"]]
    assert "建立学会创新影响力排行机制,激励学会比学赶超、争创一流" in texts


def test_evaluate_search_on_a_folder_shows_five_systems(default_home: Path, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", write_folder(tmp_path / "collection")
    home.mkdir()
    (home / "models").symlink_to(default_home / "models")
    done = run("evaluate-search", str(folder), "--json", home=home)
    assert done.returncode == 0, done.stderr
    assert "编码语料" in done.stderr
    result = json.loads(done.stdout)
    assert (result["passages"], result["questions"], result["split"]) == (2, 2, "test")
    assert list(result["systems"]) == ["bm25-plain", "bm25", "dense", "hybrid", "hybrid-graph"]
    # Each question's word is in its answer alone, so every system has it first.
    assert all(set(system["means"].values()) == {1.0} for system in result["systems"].values())
    assert result["systems"]["dense"]["to_yardstick"]["nDCG@10"]["mean"] == 0.0
    again = run("evaluate-search", str(folder), home=home)
    assert "混合＋图谱" in again.stdout and "2 个问题" in again.stdout
    assert "编码语料" not in again.stderr


def test_batch_writes_one_object_a_line_in_order(small_settings: Settings, tmp_path: Path) -> None:
    questions = ["人才评价", "科普 经费", "学会退出"]
    batch = tmp_path / "questions.txt"
    batch.write_text("\n".join(questions) + "\n\n", encoding="utf-8")
    knowledge_base = ["-k", str(small_settings.knowledge_base)]
    done = run("search", "--batch", str(batch), "--limit", "3", *knowledge_base, home=small_settings.home)
    assert [json.loads(line)["query"] for line in done.stdout.splitlines()] == questions
    done = run("measures-for", "--batch", str(batch), *knowledge_base, home=small_settings.home)
    assert [json.loads(line)["organization"] for line in done.stdout.splitlines()] == questions


def test_measures_for_names_kinds_roles_and_paths(small_settings: Settings) -> None:
    result = answer("measures-for", "中国化学会", settings=small_settings)
    assert result["organization"] == "中国化学会"
    assert "全国学会" in [kind["label"] for kind in result["kinds"]]
    assert result["results"]
    fields = {"rank", "role", "kind", "text", "document", "place", "iri", "modality", "path"}
    assert all(fields <= entry.keys() and entry["path"] for entry in result["results"])
    assert any("学会" in entry["path"] for entry in result["results"])


def test_description_and_corrections_say_who_asks(small_settings: Settings) -> None:
    described = ["measures-for", "--describe", "我们是浙江的民营企业"]
    told = answer(*described, settings=small_settings)
    assert [kind["label"] for kind in told["kinds"]] == ["民营企业"]
    assert told["region"]["label"] == "浙江省"
    corrected = answer(
        *described, "--kind", "县级科协", "--level", "县级", "--region", "", "--field", "科普", settings=small_settings
    )
    assert [kind["label"] for kind in corrected["kinds"]] == ["县级科协"]
    assert [level["label"] for level in corrected["levels"]] == ["county"]
    assert corrected["region"] is None
    assert [field["label"] for field in corrected["fields"]] == ["科普"]
    assert corrected["by_meaning"] and all("科普" in near["path"] for near in corrected["by_meaning"])


def test_results_are_printed_under_their_roles_and_near_ones_apart(small_settings: Settings) -> None:
    knowledge_base = ["-k", str(small_settings.knowledge_base)]
    asked = ["measures-for", "中国化学会", "--field", "科普", "--limit", "1000"]
    printed = run(*asked, *knowledge_base, home=small_settings.home).stdout
    told, near = printed.split("只是意义相近")
    assert "类别：全国学会（" in told and "领域：科普（" in told
    lines = told.splitlines()
    roles = [line.split("（共 ")[0] for line in lines if "（共 " in line]
    assert roles == [role for role in ROLES if role in roles] and len(roles) >= 3
    assert any(line.endswith("】") and "义务" in line for line in lines)
    assert "本条的" in told and "本条的" not in near and "领域是“科普”" in near


def test_role_and_limit_leave_the_counts_of_all(small_settings: Settings) -> None:
    everything = answer("measures-for", "中国化学会", "--limit", "1000", settings=small_settings)
    assert sum(everything["counts"].values()) == len(everything["results"])
    chosen = answer("measures-for", "中国化学会", "--role", "配合参与", "--limit", "2", settings=small_settings)
    assert chosen["counts"] == everything["counts"]
    assert [entry["role"] for entry in chosen["results"]] == ["配合参与"] * 2


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".docx"])
def test_export_holds_all_and_not_only_what_is_shown(small_settings: Settings, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"清单{ending}"
    result = answer("measures-for", "中国化学会", "--limit", "1", "--export", str(path), settings=small_settings)
    assert len(result["results"]) == 1
    assert count_entries(path) == sum(result["counts"].values()) > 1


def count_entries(path: Path) -> int:
    if path.suffix == ".csv":
        return len(list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))))
    if path.suffix == ".xlsx":
        return int(openpyxl.load_workbook(path)["清单"].max_row) - 1
    return sum(paragraph.text.startswith("☐") for paragraph in docx.Document(str(path)).paragraphs)


def test_batch_has_no_checklist(small_settings: Settings, tmp_path: Path) -> None:
    batch = tmp_path / "names.txt"
    batch.write_text("学会\n", encoding="utf-8")
    done = run("measures-for", "--batch", str(batch), "--export", str(tmp_path / "a.csv"), home=small_settings.home)
    assert done.returncode == 2 and "--batch" in done.stderr


def test_comparison_adds_up_to_what_concerns_each(small_settings: Settings) -> None:
    compared = answer("compare-organizations", "中国化学会", "某县科协", "--limit", "1000", settings=small_settings)
    society = answer("measures-for", "中国化学会", "--limit", "1000", settings=small_settings)
    own = {concern["iri"] for concern in society["results"]}
    both = {shared["first"]["iri"] for shared in compared["both"]}
    only = {concern["iri"] for concern in compared["only_first"]}
    assert (len(both), len(only)) == (compared["both_count"], compared["only_first_count"])
    assert both | only == own and not both & only
    assert {concern["iri"] for concern in compared["only_second"]}.isdisjoint(own)
    knowledge_base = ["-k", str(small_settings.knowledge_base)]
    printed = run("compare-organizations", "中国化学会", "某县科协", *knowledge_base, home=small_settings.home).stdout
    assert f"只与中国化学会有关（共 {len(only)} 条）" in printed


def test_statement_names_the_kinds_it_concerns(small_settings: Settings) -> None:
    duty = answer("measures-for", "某县科协", "--limit", "1", settings=small_settings)["results"][0]
    found = answer("concerned-kinds", duty["iri"], settings=small_settings)
    assert found["iri"] == duty["iri"]
    kind = next(kind for kind in found["concerned"] if "县级科协" in (kind["kind"], *kind["narrower"]))
    assert kind["role"] == duty["role"] and kind["reason"]
    printed = run("concerned-kinds", duty["iri"], "-k", str(small_settings.knowledge_base)).stdout
    assert printed.startswith(f"{found['concerned'][0]['role']}\n") and kind["kind"] in printed
    unknown = run("concerned-kinds", "urn:nothing", "-k", str(small_settings.knowledge_base))
    assert (unknown.returncode, "没有这条陈述" in unknown.stderr) == (2, True)


def test_query_formats_agree(small_settings: Settings, tmp_path: Path) -> None:
    text = "SELECT ?title { ?d a kp:PolicyDocument ; dcterms:title ?title } ORDER BY ?title"
    file = tmp_path / "documents.rq"
    file.write_text(text, encoding="utf-8")
    knowledge_base = ["-k", str(small_settings.knowledge_base)]
    as_json = json.loads(run("query", str(file), "--format", "json", *knowledge_base).stdout)
    titles = [row["title"]["value"] for row in as_json["results"]["bindings"]]
    assert len(titles) == 2
    rows = list(csv.DictReader(io.StringIO(run("query", text, "--format", "csv", *knowledge_base).stdout)))
    assert [row["title"] for row in rows] == titles
    assert "某省科学普及条例" in run("query", text, *knowledge_base).stdout
    turtle = run(
        "query", "CONSTRUCT { ?d a kp:PolicyDocument } { ?d a kp:PolicyDocument }", "--format", "ttl", *knowledge_base
    )
    assert turtle.returncode == 0 and "PolicyDocument" in turtle.stdout


def test_query_searches_and_writes_graphs(small_settings: Settings) -> None:
    search = 'SERVICE kp:search { ?hit kp:query "科普经费" ; kp:limit 2 ; kp:snippet ?words }'
    arguments = ["-k", str(small_settings.knowledge_base)]
    done = run("query", f"SELECT ?words {{ {search} }}", "--format", "tsv", *arguments, home=small_settings.home)
    assert len(done.stdout.splitlines()) == 3 and "经费" in done.stdout
    construct = f"CONSTRUCT {{ ?hit kp:snippet ?words }} WHERE {{ {search} }}"
    done = run("query", construct, "--format", "jsonld", *arguments, home=small_settings.home)
    assert len(json.loads(done.stdout)) == 2
    done = run("query", construct, "--format", "csv", *arguments, home=small_settings.home)
    assert done.returncode == 2 and "ttl、nt、rdfxml、jsonld" in done.stderr


def test_query_over_a_limit_is_stopped(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KECE_QUERY_SECONDS", "1")
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    done = run("query", product, "-k", str(small_settings.knowledge_base))
    assert done.returncode == 2 and "用时超过 1 秒" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x {", "第 1 行"),
        ("DELETE WHERE { ?s ?p ?o }", "只"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_malformed_and_refused_queries_say_why(small_settings: Settings, text: str, message: str) -> None:
    done = run("query", text, "-k", str(small_settings.knowledge_base))
    assert done.returncode == 2
    assert message in done.stderr


def test_check_passes_and_counts(small_settings: Settings) -> None:
    result = answer("check", settings=small_settings)
    assert result["problems"] == []
    assert result["counts"]["文件"] == 2


def test_export_is_the_same_after_building_again(small_settings: Settings, tmp_path: Path) -> None:
    statute = tmp_path / "statute.txt"
    statute.write_text(STATUTE_TEXT, encoding="utf-8")
    again = tmp_path / "again"
    done = run("build", str(statute), str(PLAN), "--out", str(again), home=small_settings.home)
    assert done.returncode == 0, done.stderr
    assert run("export", str(tmp_path / "a"), "-k", str(small_settings.knowledge_base)).returncode == 0
    assert run("export", str(tmp_path / "b"), "-k", str(again)).returncode == 0
    first, second = ((tmp_path / folder / "kece.nq").read_bytes() for folder in "ab")
    assert first == second and first.count(b"\n") > 5000
    assert b"file:" not in first


@pytest.mark.parametrize("seconds", [0.5, 3.0, 6.0])
def test_killed_build_leaves_the_knowledge_base_answering(
    small_settings: Settings, tmp_path: Path, seconds: float
) -> None:
    target = ["--out", str(small_settings.knowledge_base)]
    environment = os.environ | {"KECE_HOME": str(small_settings.home)}
    with subprocess.Popen(
        [sys.executable, "cli.py", "build", *target], cwd=PROJECT_ROOT, env=environment, stderr=subprocess.PIPE
    ) as build:
        time.sleep(seconds)  # a moment in the build, not a wait for something
        build.send_signal(signal.SIGKILL)
    assert len(answer("search", "科普经费", settings=small_settings)["hits"]) > 0


def test_every_command_is_in_the_readme() -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^[│|]\s+([a-z][a-z-]+)\s", run("--help").stdout, re.MULTILINE)
    assert len(listed) >= 8
    assert not [command for command in listed if f"cli.py {command}" not in readme]


def test_files_are_added_and_documents_removed(small_settings: Settings, tmp_path: Path) -> None:
    settings = replace(small_settings, knowledge_base_folder=tmp_path / "copy")
    shutil.copytree(small_settings.knowledge_base, settings.knowledge_base, symlinks=True)
    rules = tmp_path / "rules.txt"
    rules.write_text("学会管理办法\n第一条 学会不得挪用会费。\n", encoding="utf-8")
    added = answer("add", str(rules), settings=settings)
    assert (added["documents"], added["left_out"]) == (3, [])
    (hit,) = answer("search", "挪用会费", "--limit", "1", settings=settings)["hits"]
    assert hit["document"] == "学会管理办法"
    assert answer("remove", "学会管理办法", "科协发智字〔2021〕41号", settings=settings)["documents"] == 1
    hits = answer("search", "挪用会费", settings=settings)["hits"]
    assert {hit["document"] for hit in hits} == {"某省科学普及条例"}
    assert answer("check", settings=settings)["problems"] == []


def test_coding_table_is_printed_and_exported(small_settings: Settings, tmp_path: Path) -> None:
    knowledge_base = ["--knowledge-base", str(small_settings.knowledge_base)]
    printed = run("coding-table", "某省科学普及条例", *knowledge_base, home=small_settings.home)
    head, *rows = csv.reader(io.StringIO(printed.stdout.removeprefix("\ufeff")))
    assert head[0] == "编号" and {row[1] for row in rows} == {"某省科学普及条例"}
    path = tmp_path / "编码表.xlsx"
    done = run("coding-table", "某省科学普及条例", "--export", str(path), *knowledge_base, home=small_settings.home)
    assert f"{len(rows)} 条" in done.stdout
    assert openpyxl.load_workbook(path).active.max_row == len(rows) + 1
    coded = answer("coding-table", "某省科学普及条例", settings=small_settings)["statements"]
    assert [row["number"] for row in coded] == [row[0] for row in rows]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [(["火星法"], 2, "没有“火星法”"), (["--export", "编码表.pdf"], 2, ".xlsx")],
)
def test_coding_table_that_cannot_be_made_is_explained(
    small_settings: Settings, arguments: list[str], exit_code: int, message: str
) -> None:
    knowledge_base = ["--knowledge-base", str(small_settings.knowledge_base)]
    done = run("coding-table", *arguments, *knowledge_base, home=small_settings.home)
    assert done.returncode == exit_code
    assert message in done.stderr


def test_documents_are_compared_and_exported(small_settings: Settings, tmp_path: Path) -> None:
    names = ["某省科学普及条例", "科协发智字〔2021〕41号"]
    knowledge_base = ["--knowledge-base", str(small_settings.knowledge_base)]
    compared = answer("compare-documents", *names, settings=small_settings)
    assert (compared["reading"], compared["second"]["number"]) == ("documents", names[1])
    path = tmp_path / "对比.csv"
    done = run("compare-documents", *names, "--export", str(path), *knowledge_base, home=small_settings.home)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert f"{len(rows)} 行" in done.stdout and len(rows) == len(compared["rows"])
    same = run("compare-documents", names[0], names[0], *knowledge_base, home=small_settings.home)
    assert same.returncode == 2 and "两处都是《某省科学普及条例》" in same.stderr
