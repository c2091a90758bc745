import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.segment import segment_sentences
from kg.types import Span

POLICY_TEXT = st.text(alphabet="推动建立学会，,。；;：:“”《》（）()、1 \n县应当", max_size=200)


def clauses(text: str) -> list[list[str]]:
    return [[clause.slice(text) for clause in s.clauses] for s in segment_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("健全机制,完善体系。强化保障。", [["健全机制", "完善体系"], ["强化保障"]]),
        ("健全机制，完善体系；强化保障。", [["健全机制", "完善体系", "强化保障"]]),
        # nothing is split inside titles, quotation marks and parentheses
        (
            "贯彻《关于加强，改进工作的意见》,做到“听得懂，学得会”。",
            [["贯彻《关于加强，改进工作的意见》", "做到“听得懂，学得会”"]],
        ),
        ("支持机构（含分支，代表机构）发展，提供服务", [["支持机构（含分支，代表机构）发展", "提供服务"]]),
        # a full stop before a closing quotation mark ends the sentence after the mark
        ("会议指出：“要抓好。”随后散会。", [["会议指出", "“要抓好。”随后散会"]]),
        # a comma or colon between digits belongs to the number
        ("投入1,000万元,于12:30前报送。", [["投入1,000万元", "于12:30前报送"]]),
        # an opening mark without partner is an ordinary character
        ("发挥“作用，做好服务。", [["发挥“作用", "做好服务"]]),
    ],
)
def test_sentences_and_clauses(text: str, expected: list[list[str]]) -> None:
    assert clauses(text) == expected


@given(POLICY_TEXT)
def test_spans_are_ordered_disjoint_and_lose_nothing_but_punctuation(text: str) -> None:
    sentences = segment_sentences(text, Span(0, len(text)))
    position = 0
    covered = set()
    for sentence in sentences:
        assert sentence.span.start >= position
        position = sentence.span.end
        inner = sentence.span.start
        for clause in sentence.clauses:
            assert clause.start >= inner and sentence.span.contains(clause)
            assert clause.slice(text) == clause.slice(text).strip() != ""
            inner = clause.end
            covered.update(range(clause.start, clause.end))
    left_out = {character for index, character in enumerate(text) if index not in covered}
    assert left_out <= set("，,。；;：:！？!? \n”’」）)》")


def test_long_line_without_punctuation_is_one_clause() -> None:
    assert clauses("学" * 100_000) == [["学" * 100_000]]
