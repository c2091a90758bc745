"""Properties of extraction on any text: exact quotes, unique spans, the same answer every time, linear work."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract_statements
from kg.extract.lexicon import load_lexicon
from kg.extract.tokens import tokenize
from kg.parse import parse_document
from kg.types import Source

PIECES = st.sampled_from(
    [
        "第一条 ",
        "一、",
        "（一）",
        "\n",
        "，",
        "。",
        "；",
        "：",
        "、",
        "的",
        "应当",
        "可以",
        "不得",
        "鼓励",
        "支持",
        "请",
        "由",
        "对",
        "在",
        "将",
        "等",
        "企业",
        "各级科协",
        "高等学校",
        "负责同志",
        "“一把手”",
        "《规划》",
        "《促进法》",
        "（以下简称《通知》）",
        "《通知》",
        "（国发〔2021〕41号）",
        "（试行）",
        "国发〔2015〕32号",
        "本办法",
        "第二条",
        "第一款",
        "（三）项",
        "至",
        "前款",
        "依照",
        "刑法",
        "规定",
        "》",
        "（以下简称试点）",
        "各市、县（区）",
        "建立",
        "完善",
        "机制",
        "组织",
        "提升",
        "能力",
        "下列职责",
        "2025年",
        "并",
        "和",
        "a",
        "𠮷",
        "“",
        "《",
        "(",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join).filter(lambda text: text.strip())


@settings(max_examples=150)
@given(TEXTS)
def test_every_statement_quotes_its_slice_and_no_span_occurs_twice(text: str) -> None:
    statements = extract_statements(parse_document(Source(text=text, name="样例")))
    for kind in (statements.actors, statements.measures, statements.norms):
        spans = [item.span for item in kind]
        assert len(spans) == len(set(spans))
        assert spans == sorted(spans)
        assert all(item.text == item.span.slice(text) != "" for item in kind)
    actors = {actor.span for actor in statements.actors}
    for measure in statements.measures:
        assert measure.heads
        assert all(word.text == word.span.slice(text) for word in (*measure.heads, *measure.inner))
        assert {filler.span for filler in (*measure.agents, *measure.targets)} <= actors
    for norm in statements.norms:
        assert norm.marker.text == norm.marker.span.slice(text)
        assert norm.span.contains(norm.marker.span)
        assert {filler.span for filler in norm.bearers} <= actors
        assert all(norm.span.contains(statements.measures[index].span) for index in norm.measures)
    spans = [citation.span for citation in statements.citations]
    assert spans == sorted(spans)
    assert not any(one.overlaps(other) for one, other in pairwise(spans))
    for citation in statements.citations:
        assert citation.title or citation.number or citation.provisions
        assert all(p.text == p.span.slice(text) and citation.span.contains(p.span) for p in citation.provisions)
        if citation.rule == "title":
            head, _, tail = citation.span.slice(text).rpartition("》")
            assert (head + tail).startswith(f"《{citation.title}")
    for programme in statements.programmes:
        assert programme.span.slice(text) == programme.name


@settings(max_examples=50)
@given(TEXTS)
def test_the_same_text_gives_the_same_statements(text: str) -> None:
    document = parse_document(Source(text=text, name="样例"))
    assert extract_statements(document) == extract_statements(document)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_tokens_cover_all_but_white_space(text: str) -> None:
    tokens = tokenize(load_lexicon(), text, 0, len(text))
    assert all(token.text == text[token.start : token.end] for token in tokens)
    assert "".join("".join(token.text for token in tokens).split()) == "".join(text.split())


def test_long_lines_without_punctuation_come_to_an_end() -> None:
    for unit in (
        "推动企业建立机制",
        "企业的",
        "建机制、",
        "可的",
        "“",
        "制定办法并",
        "企业、",
        "《",
        "第一、",
        "第一条",
        "前款",
        "刑法",
    ):
        line = unit * (20_000 // len(unit))
        statements = extract_statements(parse_document(Source(text=f"第一条 {line}", name="样例")))
        assert all(actor.text == actor.span.slice(f"第一条 {line}") for actor in statements.actors)
