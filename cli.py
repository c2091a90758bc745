"""The command line: ``python cli.py COMMAND``. Each command reads its arguments and calls the library once.

Exit codes: 0 done; 1 an unexpected failure of ours; 2 unusable input; 3 no usable knowledge base; 4 a check failed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pyoxigraph import QueryBoolean, QuerySolutions, Triple
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from kg.corpus import core_sources, laws_in_force
from kg.errors import InputError, KeceError
from kg.labels import KINDS
from kg.read import read_source
from kg.settings import PROJECT_ROOT, Settings
from kg.store import plain_value, rows
from kg.types import Source

if TYPE_CHECKING:
    from embeddings.evaluation import Estimate, SystemFigures
    from embeddings.organization_search import OrganizationResult

SYSTEMS = {
    "bm25-plain": "基线 BM25",
    "bm25": "本系统 BM25",
    "dense": "语义",
    "hybrid": "混合",
    "hybrid-graph": "混合＋图谱",
}

app = typer.Typer(
    help="科策：科技政策的知识图谱与中文搜索。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True)

Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="最多给出多少条。")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Batch = Annotated[Path | None, typer.Option("--batch", help="每行一个问题的文件；每个问题输出一行 JSON。")]
KnowledgeBaseFolder = Annotated[
    Path | None, typer.Option("--knowledge-base", "-k", help="知识库所在文件夹（默认：.kece/knowledge-base）。")
]


class Laws(StrEnum):
    """Which statutes go into a build."""

    NONE = "none"
    CORE = "core"
    ALL = "all"


class Format(StrEnum):
    """How the answer to a SPARQL query is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"


@app.command()
def build(
    paths: Annotated[list[Path] | None, typer.Argument(help="文本文件，或含 .txt 的文件夹；不写则用默认语料。")] = None,
    laws: Annotated[
        Laws | None, typer.Option(help="core：默认语料（方案和科技相关法律）；all：另加全部现行法律；none：都不要。")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="知识库写到哪个文件夹。")] = None,
    as_json: AsJson = False,
) -> None:
    """建立知识库。

    例：python cli.py build；python cli.py build 文件夹 --laws core
    """
    from embeddings.knowledge_base import build_knowledge_base

    chosen = laws or (Laws.NONE if paths else Laws.CORE)
    sources = _sources(paths or [], chosen)
    with _progress() as progress:
        counts = build_knowledge_base(sources, _settings(out), progress)
    _print_counts("已建成", counts, as_json)


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="文本文件，或含 .txt 的文件夹。")],
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """把文件加入知识库，不必重建。

    例：python cli.py add 新办法.txt
    """
    from embeddings.update import add_documents

    with _progress() as progress:
        counts = add_documents(_sources(paths, Laws.NONE), _settings(knowledge_base), progress)
    _print_counts("已加入，现有", counts, as_json)


@app.command()
def remove(
    documents: Annotated[list[str], typer.Argument(help="文件的 IRI、文号、题名或编号。")],
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """从知识库移除文件，不必重建。

    例：python cli.py remove 科协发智字〔2021〕41号
    """
    from embeddings.update import remove_documents

    with _progress() as progress:
        counts = remove_documents(documents, _settings(knowledge_base), progress)
    _print_counts("已移除，现有", counts, as_json)


@app.command()
def extract(file: Annotated[Path, typer.Argument(help="一个文本文件。")]) -> None:
    """抽取一份文件中的主体、举措和规范，每行一个 JSON。

    例：python cli.py extract corpus/kexie-fangan-2021.txt
    """
    from kg.extract import extract_statements
    from kg.parse import parse_document
    from kg.records import statement_records

    document = parse_document(read_source(file))
    for record in statement_records(extract_statements(document), document):
        typer.echo(json.dumps(record, ensure_ascii=False))


@app.command("evaluate-extraction")
def evaluate_extraction_on_gold(
    gold: Annotated[list[Path], typer.Argument(help="标注文件 X.jsonl；原文 X.txt 在同一文件夹。")],
    as_json: AsJson = False,
) -> None:
    """把抽取结果与人工标注比较：精确率、召回率、F1。

    例：python cli.py evaluate-extraction 标注/*.jsonl
    """
    from kg.evaluate import evaluate_extraction, load_gold
    from kg.extract import extract_statements
    from kg.parse import parse_document
    from kg.records import statement_records

    pairs = []
    for annotated, source in map(load_gold, gold):
        document = parse_document(source)
        pairs.append((annotated, list(statement_records(extract_statements(document), document))))
    figures = evaluate_extraction(pairs)
    if as_json:
        _print_json({kind: figure.to_json() for kind, figure in figures.items()})
        return
    table = Table("", "P", "R", "F1", "gold", "predicted", "correct")
    for kind, figure in figures.items():
        table.add_row(
            kind, *(f"{value:.3f}" if isinstance(value, float) else str(value) for value in figure.to_json().values())
        )
    Console().print(table)


@app.command("evaluate-search")
def evaluate_search_on_collection(
    folder: Annotated[Path, typer.Argument(help="BEIR 格式的文件夹：corpus.jsonl、queries.jsonl、qrels/名称.tsv。")],
    split: Annotated[str | None, typer.Option(help="用 qrels 里的哪一份；不写则用 test，只有一份时用那一份。")] = None,
    limit_questions: Annotated[int | None, typer.Option(min=2, help="只用前多少个问题。")] = None,
    as_json: AsJson = False,
) -> None:
    """在任意一份带标准答案的检索数据上评测检索质量，与 BM25 基线比较。

    语料的索引存在 .kece/benchmarks，第二次评测不再编码。例：python cli.py evaluate-search 数据/stard --split train
    """
    from embeddings.beir import read_collection
    from embeddings.collection_index import open_collection
    from embeddings.encoder import load_adapter, load_encoder
    from embeddings.evaluation import evaluate_search

    settings = _settings(None)
    collection = read_collection(folder, split, limit_questions)
    encoder = load_encoder(settings)
    with _progress() as progress:
        searcher, yardstick = open_collection(collection, encoder, settings.home, progress, load_adapter(settings))
        report = partial(progress, "逐题检索")
        evaluation = evaluate_search(collection, searcher, yardstick, report)
    about = collection.summary() | {"model": encoder.name}
    if as_json:
        _print_json(about | evaluation.to_json())
    else:
        _print_search_figures(about, evaluation.figures())


@app.command()
def search(
    text: Annotated[str | None, typer.Argument(help="问题或关键词。")] = None,
    *,
    limit: Limit = 10,
    chosen: Annotated[
        list[str] | None,
        typer.Option(
            "--filter", help="筛选，如 modality=prohibition 或 document_kind=法律；可写多次，同一项任取其一。"
        ),
    ] = None,
    batch: Batch = None,
    as_json: AsJson = False,
    export: Annotated[Path | None, typer.Option(help="把结果写成文件：.csv、.xlsx、.bib 或 .json。")] = None,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """检索举措、规范和条文。

    例：python cli.py search 私营公司怎么建立科协；python cli.py search 科普经费 --filter modality=prohibition
    """
    from embeddings.facets import filters_of
    from embeddings.search_export import FORMATS, answer_json, found_hits, write_hits
    from kg.files import check_ending

    filters = filters_of(_facets(chosen or []))
    if export is not None:
        if batch is not None:
            raise InputError("--export 写一个问题的结果，不能与 --batch 同用。")
        check_ending(export, FORMATS)
    opened = _knowledge_base(knowledge_base)

    def answer(query: str) -> dict[str, Any]:
        result = opened.searcher.search(query, limit=limit, filters=filters)
        if export is not None:
            write_hits(found_hits(opened, query, result), export)
        return answer_json(query, result)

    _answer_all(text, batch, as_json, answer, lambda query: _print_hits(answer(query)))


@app.command()
def similar(
    iri: Annotated[str, typer.Argument(help="举措或规范的 IRI：search --json 的结果里有。")],
    limit: Limit = 5,
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """别的文件里与一条举措或规范最相近的表述，以及同与不同。

    例：python cli.py similar https://kece.example/id/statement/…
    """
    found = [statement.to_json() for statement in _knowledge_base(knowledge_base).searcher.similar(iri, limit=limit)]
    if as_json:
        _print_json({"iri": iri, "similar": found})
    else:
        _print_similar(found)


@app.command("measures-for")
def measures_for_organization(
    organization: Annotated[str | None, typer.Argument(help="单位名称或类别，如 中国化学会、民营企业。")] = None,
    *,
    describe: Annotated[str, typer.Option(help="用几句话说明这个单位；可以代替名称。")] = "",
    kind: Annotated[list[str] | None, typer.Option(help="改为这一类别，如 全国学会；可写多次。")] = None,
    level: Annotated[str | None, typer.Option(help="改为这一层级，如 县级 或 county。")] = None,
    region: Annotated[str | None, typer.Option(help="改为这一省级地区，写全称。")] = None,
    field: Annotated[list[str] | None, typer.Option(help="改为这一领域；可写多次。")] = None,
    role: Annotated[list[str] | None, typer.Option(help="只列这一角色，如 必须做；可写多次。")] = None,
    limit: Limit = 50,
    batch: Batch = None,
    as_json: AsJson = False,
    export: Annotated[Path | None, typer.Option(help="把全部结果写成清单：.csv、.xlsx 或 .docx。")] = None,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """与一个单位有关的举措和义务，按角色列出。

    类别、层级、地区、领域不写则从名称和说明判断，写成空（--level ""）则不限。
    例：python cli.py measures-for 中国化学会；python cli.py measures-for --describe "我们是县科协" --export 清单.xlsx
    """
    from embeddings.organization_search import ask_organization
    from kg.checklist import FORMATS, write_checklist
    from kg.files import check_ending
    from kg.organization_question import chosen_roles, read_question

    roles = chosen_roles(role or [])
    given = {"kind": kind or [], "field": field or [], "level": _given(level), "region": _given(region)}
    if export is not None:
        if batch is not None:
            raise InputError("--export 写一个单位的清单，不能与 --batch 同用。")
        check_ending(export, FORMATS)
    opened = _knowledge_base(knowledge_base)

    def ask(name: str) -> OrganizationResult:
        profile = read_question({"name": [name], "describe": [describe], **given}).profile()
        if export is not None:
            write_checklist(opened.organizations.measures_for(profile, None, roles), export)
        return ask_organization(opened.organizations, opened.searcher, profile, limit, roles)

    described = "" if organization is None and describe and batch is None else organization
    _answer_all(described, batch, as_json, lambda name: ask(name).to_json(), lambda name: _print_result(ask(name)))


@app.command("compare-organizations")
def compare_two_organizations(
    first: Annotated[str, typer.Argument(help="单位名称或类别。")],
    second: Annotated[str, typer.Argument(help="另一个单位的名称或类别。")],
    limit: Limit = 10,
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """两个单位：什么与它们都有关，什么只与其中一个有关。

    例：python cli.py compare-organizations 全国学会 县级科协
    """
    from kg.organization_comparison import compare_organizations
    from kg.organization_profile import describe_organization
    from kg.organization_report import comparison_lines

    profiles = describe_organization(first), describe_organization(second)
    compared = compare_organizations(_knowledge_base(knowledge_base).organizations, *profiles, limit)
    if as_json:
        _print_json(compared.to_json())
    else:
        typer.echo("\n".join(comparison_lines(compared)))


@app.command("concerned-kinds")
def kinds_concerned_by_statement(
    iri: Annotated[str, typer.Argument(help="举措或规范的 IRI：measures-for --json 和 search --json 的结果里有。")],
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """一条举措或规范涉及哪些单位，各是什么角色。

    例：python cli.py concerned-kinds https://kece.example/id/document/…/norm/226-249
    """
    from kg.concerned_kinds import concerned_kinds
    from kg.organization_report import concerned_lines

    found = concerned_kinds(_knowledge_base(knowledge_base).organizations, iri)
    if as_json:
        _print_json({"iri": iri, "concerned": [asdict(kind) for kind in found]})
    else:
        typer.echo("\n".join(concerned_lines(found)))


@app.command("coding-table")
def code_statements(
    documents: Annotated[
        list[str] | None, typer.Argument(help="文件的 IRI、文号、题名或编号；不写则为全部文件。")
    ] = None,
    export: Annotated[Path | None, typer.Option(help="写成文件：.csv 或 .xlsx；不写则把 CSV 打印出来。")] = None,
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """编码表：文件中每条举措和规范的编号、原文、主体、工具类型、效力、期限和位置。

    编号是“文件-章-条-句”。例：python cli.py coding-table 中华人民共和国科学技术进步法 --export 编码表.xlsx
    """
    from kg.coding_table import code_documents, coding_table, find_documents
    from kg.files import check_ending
    from kg.table import TABLE_FORMATS, table_csv, write_table

    if export is not None:
        check_ending(export, TABLE_FORMATS)
    store = _knowledge_base(knowledge_base).store
    coded = list(code_documents(store, find_documents(store, documents or [])))
    if export is not None:
        write_table(coding_table(coded), export)
    if as_json:
        _print_json({"statements": [statement.to_json() for statement in coded]})
    elif export is not None:
        typer.echo(f"已写入 {export}：{len(coded)} 条。")
    else:
        sys.stdout.buffer.write(table_csv(coding_table(coded)))
        sys.stdout.flush()


@app.command("compare-documents")
def compare_two_documents(
    first: Annotated[str, typer.Argument(help="文件的 IRI、文号、题名或编号。")],
    second: Annotated[str, typer.Argument(help="另一份文件，或另一个版本。")],
    *,
    reading: Annotated[
        str, typer.Option(help="versions：同一文件的两个版本；documents：两份不同的文件；不写则从题名和字句判断。")
    ] = "",
    show: Annotated[
        list[str] | None, typer.Option(help="只看这些：kept、changed、echoed、added、dropped、stronger……，可写多次。")
    ] = None,
    limit: Limit = 20,
    export: Annotated[Path | None, typer.Option(help="把全部条目写成文件：.csv 或 .xlsx。")] = None,
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """两份文件或两个版本逐条对照：保留、修改、呼应、新增、删去。

    例：python cli.py compare-documents 中华人民共和国教育法 中华人民共和国高等教育法 --export 对比.xlsx
    """
    from embeddings.comparison_table import comparison_lines, comparison_table
    from embeddings.document_comparison import compare_documents, read_reading
    from kg.files import check_ending
    from kg.table import TABLE_FORMATS, write_table

    if export is not None:
        check_ending(export, TABLE_FORMATS)
    opened = _knowledge_base(knowledge_base)
    compared = compare_documents(opened.index, opened.store, first, second, read_reading(reading))
    if export is not None:
        write_table(comparison_table(compared, show or []), export)
    if as_json:
        _print_json(compared.to_json(show or []))
    elif export is not None:
        typer.echo(f"已写入 {export}：{len(compared.chosen(show or []))} 行。")
    else:
        typer.echo("\n".join(comparison_lines(compared, show or [], limit)))


@app.command()
def query(
    sparql: Annotated[str, typer.Argument(help="SPARQL 查询，或 .rq 文件。")],
    output: Annotated[
        Format,
        typer.Option(
            "--format",
            help="输出格式：SELECT 用 json、xml、csv、tsv，ASK 用 json、xml，其余用 ttl、nt、rdfxml、jsonld。",
        ),
    ] = Format.TABLE,
    as_json: AsJson = False,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """用 SPARQL 查询图谱；SERVICE kp:search 是语义检索。时间、内存和结果大小有限制（环境变量 KECE_QUERY_…）。

    例：python cli.py query 'SELECT (COUNT(?m) AS ?n) { ?m a kp:Measure }'
    """
    from embeddings.sparql import answer_query, query_pool
    from kg.export import READABLE_FORMATS, ResultKind
    from kg.query_pool import Query

    text = read_source(Path(sparql)).text if sparql.endswith(".rq") else sparql
    output = Format.JSON if as_json else output
    formats = READABLE_FORMATS if output is Format.TABLE else dict.fromkeys(ResultKind, output.value)
    opened = _knowledge_base(knowledge_base)
    with closing(query_pool(opened.settings.query_limits)) as pool:
        answer = answer_query(pool, opened, Query(text, formats))
    if output is Format.TABLE:
        _print_result_table(answer.result())
    else:
        sys.stdout.buffer.write(answer.content)
        sys.stdout.flush()


@app.command()
def check(as_json: AsJson = False, knowledge_base: KnowledgeBaseFolder = None) -> None:
    """检查知识库：SHACL、引文与原文一致、数量。有问题时退出码为 4。"""
    from kg.validate import count_statements, validate_store

    store = _knowledge_base(knowledge_base).store
    counts, problems = count_statements(store), [str(problem) for problem in validate_store(store)]
    if as_json:
        _print_json({"counts": counts, "problems": problems})
    else:
        for name, number in counts.items():
            typer.echo(f"{name}\t{number}")
        typer.echo("\n".join(problems) if problems else "检查通过：引文全部与原文一致，符合 SHACL。")
    if problems:
        raise typer.Exit(4)


@app.command()
def export(
    directory: Annotated[Path, typer.Argument(help="写到哪个文件夹。")], knowledge_base: KnowledgeBaseFolder = None
) -> None:
    """导出图谱：kece.nq（N-Quads，已排序）和 kece.ttl（Turtle）。"""
    from kg.dumps import export_graph

    for path in export_graph(_knowledge_base(knowledge_base).store, directory):
        typer.echo(str(path))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址；默认只供本机访问。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口。")] = 8501,
    knowledge_base: KnowledgeBaseFolder = None,
) -> None:
    """启动网页和数据接口。"""
    if knowledge_base is not None:
        os.environ["KECE_KNOWLEDGE_BASE"] = str(knowledge_base.resolve())
    os.chdir(PROJECT_ROOT)  # where .streamlit/config.toml is looked for
    from web.server import serve as serve_app

    typer.echo(f"正在启动，随后打开 http://{host}:{port} ；按 Ctrl+C 停止。")
    serve_app(host, port)


def _settings(folder: Path | None) -> Settings:
    settings = Settings.from_environment()
    return settings if folder is None else replace(settings, knowledge_base_folder=folder.resolve())


def _knowledge_base(folder: Path | None) -> Any:
    from embeddings.knowledge_base import KnowledgeBase

    return KnowledgeBase.open(_settings(folder))


def _print_counts(done: str, counts: Any, as_json: bool) -> None:
    if as_json:
        _print_json(asdict(counts))
        return
    typer.echo(
        f"{done}：{counts.documents} 份文件，{counts.characters} 字；主体 {counts.actors} 处，"
        f"举措 {counts.measures} 条，规范 {counts.norms} 条；可检索 {counts.passages} 条。"
    )
    if counts.left_out:
        typer.echo(f"内容重复、未再收入：{'、'.join(counts.left_out)}")


def _sources(paths: list[Path], laws: Laws) -> list[Source]:
    """What to build of: the default corpus first, then further laws, then the files named."""
    sources = [] if laws is Laws.NONE else core_sources()
    if laws is Laws.ALL:
        taken = {source.origin for source in sources}
        sources += [source for source in laws_in_force(date.today()) if source.origin not in taken]
    for path in paths:
        files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
        if not files:
            raise InputError(f"文件夹“{path}”里没有 .txt 文件。")
        sources += [read_source(file) for file in files]
    return sources


def _answer_all(
    text: str | None,
    batch: Path | None,
    as_json: bool,
    answer: Callable[[str], dict[str, Any]],
    show: Callable[[str], None],
) -> None:
    """One answer for ``text``, as JSON or shown, or one JSON line for each line of ``batch``."""
    if (text is None) == (batch is None):
        raise InputError("请给出一个问题，或用 --batch 给出每行一个问题的文件（二者取一）。")
    if batch is not None:
        for line in read_source(batch).text.splitlines():
            if line.strip():
                _print_json(answer(line.strip()), indent=None)
    elif text is not None:
        if as_json:
            _print_json(answer(text))
        else:
            show(text)


def _print_json(value: Any, indent: int | None = 2) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=indent))


def _facets(chosen: list[str]) -> dict[str, list[str]]:
    """``facet=value`` pairs by facet."""
    facets: dict[str, list[str]] = {}
    for pair in chosen:
        facet, separator, value = pair.partition("=")
        if not separator or not value:
            raise InputError(f"筛选应写成 项=值，如 modality=prohibition，得到“{pair}”。")
        facets.setdefault(facet, []).append(value)
    return facets


def _print_similar(found: list[dict[str, Any]]) -> None:
    for statement in found:
        typer.echo(f"{statement['rank']:>2}. 【{KINDS[statement['kind']]}】{statement['text']}")
        typer.echo(f"    《{statement['document']}》 {statement['place']}")
        for aspect in statement["aspects"]:
            here, there = ("、".join(aspect[side]) or "无" for side in ("here", "there"))
            typer.echo(f"    {aspect['name']}：{'同为 ' + here if aspect['same'] else f'{here} → {there}'}")
    if not found:
        typer.echo("别的文件里没有相近的表述。")


def _print_hits(answer: dict[str, Any]) -> None:
    for notice in answer["notices"]:
        typer.echo(notice)
    if answer["hits"] and answer["answered"] is False:
        typer.echo("可能没有直接回答这个问题的内容；以下是最接近的。")
    for hit in answer["hits"]:
        typer.echo(f"{hit['rank']:>2}. 【{KINDS[hit['kind']]}】{hit['text']}")
        typer.echo(f"    《{hit['document']}》 {hit['place']}；{hit['why']}")
    if not answer["hits"]:
        typer.echo("没有找到。请换个说法，或减少字数再试。")


def _print_search_figures(about: dict[str, Any], figures: Mapping[str, SystemFigures]) -> None:
    typer.echo(
        f"{about['folder']}（{about['split']}）：{about['passages']} 条文本，{about['questions']} 个问题，"
        f"{about['judgements']} 条判定；模型 {about['model']}"
    )
    if about["absent"]:
        typer.echo(f"注意：有 {about['absent']} 条判定的文本不在语料中，按找不到计。")
    measures = list(next(iter(figures.values())).means)
    means = Table("", *measures)
    to_yardstick = Table("比基线", *measures, show_lines=True)
    to_previous = Table("比上一行", *measures, show_lines=True)
    for system, figure in figures.items():
        means.add_row(SYSTEMS[system], *(f"{mean:.3f}" for mean in figure.means.values()))
        for table, differences in ((to_yardstick, figure.to_yardstick), (to_previous, figure.to_previous)):
            if differences:
                table.add_row(SYSTEMS[system], *map(_signed, differences.values()))
    Console().print(means, to_yardstick, to_previous)
    typer.echo("差值下面是 95% 区间（自助法，同题相减）；* 区间不含 0。")


def _signed(difference: Estimate) -> str:
    mean, low, high = (
        f"{value:+.3f}".replace("0.", ".") for value in (difference.mean, difference.low, difference.high)
    )
    return f"{mean}{' *' if difference.differs_from_0 else ''}\n{low}…{high}"


def _given(value: str | None) -> list[str]:
    """An option that may be written once, as the parameters of an organization have it."""
    return [] if value is None else [value]


def _print_result(result: OrganizationResult) -> None:
    from kg.organization_report import answer_lines

    typer.echo("\n".join(answer_lines(result.answer)))
    if result.by_meaning:
        typer.echo("\n只是意义相近，原文没有写到它")
    for number, near in enumerate(result.by_meaning, start=1):
        typer.echo(f"{number:>2}. 【{KINDS[near.hit.kind]}】{near.hit.text}")
        typer.echo(f"    《{near.hit.document}》 {near.hit.place}；{near.path}")


def _print_result_table(result: QuerySolutions | QueryBoolean | list[Triple]) -> None:
    """SELECT as its columns, ASK as one cell, CONSTRUCT and DESCRIBE as triples."""
    if isinstance(result, QuerySolutions):
        columns = [variable.value for variable in result.variables]
        lines = [[row[column] for column in columns] for row in rows(result)]
    elif isinstance(result, QueryBoolean):
        columns, lines = ["回答"], [["是" if result else "否"]]
    else:
        columns = ["主语", "谓语", "宾语"]
        lines = [[plain_value(term) for term in triple] for triple in result]
    table = Table(*columns)
    for line in lines:
        table.add_row(*("" if value is None else escape(str(value)) for value in line))
    Console(soft_wrap=not sys.stdout.isatty()).print(table)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Bars on a terminal; elsewhere (a log) one line a stage."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as bars:

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
                if not errors.is_terminal:
                    errors.print(f"{stage}…")
            bars.update(tasks[stage], completed=done, total=total)

        yield report


def main() -> None:
    """Run the command line; errors of the user's making end in one clear line and their exit code."""
    try:
        app(standalone_mode=True)
    except KeceError as error:
        errors.print(f"错误：{error}", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
