"""Page 对比 and the route behind it, over the default corpus."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.test_pages import drawn, open_page, served
from web.routes import ROUTES

__all__ = ["served"]

GENERAL, HIGHER = "中华人民共和国教育法", "中华人民共和国高等教育法"


@pytest.mark.usefixtures("served")
def test_documents_worth_comparing_are_proposed() -> None:
    app = open_page("compare")
    (proposed,) = [card for card in drawn(app, "cards")["cards"] if f"《{HIGHER}》" in card["text"]]
    assert proposed["source"] == "后者依据前者"
    chosen = open_page("compare", **proposed["destination"]["parameters"])
    assert [box.value for box in chosen.selectbox] == list(proposed["destination"]["parameters"].values())
    assert drawn(chosen, "comparison")["comparisons"]


@pytest.mark.usefixtures("served")
def test_figures_choose_rows_and_each_side_leads_to_its_place() -> None:
    app = open_page("compare", first=GENERAL, second=HIGHER)
    figures = {figure["label"]: figure for figure in drawn(app, "figures")["figures"]}
    assert list(figures)[:6] == ["字句相同", "字句相近", "呼应", "可能呼应", "另有", "没有呼应"]
    changed = open_page("compare", **figures["字句相近"]["destination"]["parameters"])
    rows = drawn(changed, "comparison")["comparisons"]
    assert len(rows) == figures["字句相近"]["count"] > 10
    assert {(row["badge"], row["here"]["meaning"], row["there"]["meaning"]) for row in rows} == {
        ("字句相近", "removed", "added")
    }
    sides = [row[side]["destination"]["parameters"] for row in rows for side in ("here", "there")]
    assert len({place["document"] for place in sides}) == 2 and all(place["end"] for place in sides)
    again = next(figure for figure in drawn(changed, "figures")["figures"] if figure["selected"])
    assert "show" not in again["destination"]["parameters"]


@pytest.mark.usefixtures("served")
def test_long_lists_come_fifty_at_a_time_and_the_reading_may_be_changed() -> None:
    app = open_page("compare", first=GENERAL, second=HIGHER, reading="versions")
    assert "由使用者指定" in app.text[0].value
    labels = [figure["label"] for figure in drawn(app, "figures")["figures"]]
    assert "新增" in labels and "另有" not in labels
    assert len(drawn(app, "comparison")["comparisons"]) == 50
    assert (
        len(drawn(open_page("compare", first=GENERAL, second=HIGHER, limit="120"), "comparison")["comparisons"]) == 120
    )


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    ("address", "message"),
    [
        ({"first": GENERAL, "second": GENERAL}, "两处都是"),
        ({"first": GENERAL, "second": "火星法"}, "没有“火星法”"),
        ({"first": GENERAL, "second": HIGHER, "reading": "x"}, "参数 reading"),
        ({"first": GENERAL, "second": HIGHER, "show": "x"}, "参数 show"),
    ],
)
def test_what_cannot_be_compared_is_said(address: dict[str, str], message: str) -> None:
    assert message in open_page("compare", **address).error[0].value


@pytest.mark.usefixtures("served")
def test_route_answers_rows_of_the_kinds_asked_for_and_names_what_is_wrong() -> None:
    client = TestClient(Starlette(routes=ROUTES))
    parameters = {"first": GENERAL, "second": HIGHER, "show": ["kept", "stronger"]}
    answer = client.get("/api/documents/compare", params=parameters).json()
    assert (answer["first"]["title"], answer["second"]["title"]) == (GENERAL, HIGHER)
    assert answer["reading"] == "documents"
    assert all(row["change"] == "kept" or "stronger" in row["facts"] for row in answer["rows"])
    assert len(answer["rows"]) >= answer["counts"]["kept"] > 0
    for wrong, status, message in (
        ({"first": GENERAL}, 400, "缺少参数 second"),
        ({"first": GENERAL, "second": "火星法"}, 404, "没有“火星法”"),
        ({"first": GENERAL, "second": HIGHER, "show": "x"}, 400, "参数 show"),
    ):
        refused = client.get("/api/documents/compare", params=wrong)
        assert refused.status_code == status and message in refused.json()["error"]
