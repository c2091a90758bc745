from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.negotiation import choose_media_type

OFFERED = ["application/json", "application/xml", "text/csv"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "application/json"),  # no header: the server's preference
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("TEXT/CSV; Q=0.5", "text/csv"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),  # a browser
        ("*/*, application/json;q=0", "application/xml"),  # a specific range overrides the general one
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=lots", None),
    ],
)
def test_chosen_type_follows_the_qualities(accept: str, chosen: str | None) -> None:
    assert choose_media_type(accept, OFFERED) == chosen


@given(st.text())
def test_any_header_gives_an_offered_type_or_none(accept: str) -> None:
    assert choose_media_type(accept, OFFERED) in [*OFFERED, None]
