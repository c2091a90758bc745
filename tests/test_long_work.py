"""Work that takes longer than its page waits: it tells how far it is, is kept, and ends when it is cancelled."""

from __future__ import annotations

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

import web.long_work
from web.long_work import CancelledError, Progress, Work


def page_of_work() -> None:
    """A page that waits for what the test holds up."""
    import sys

    import streamlit as st

    from web.long_work import result_of

    answer = result_of(("count",), "统计", sys.modules["tests.test_long_work"].count)
    if answer is not None:
        st.text(f"共 {answer} 条")


GATE = threading.Event()
CALLS: list[Progress] = []


def count(progress: Progress) -> int:
    """Seven, once the gate is open."""
    CALLS.append(progress)
    progress.tell(1, 4)
    while not GATE.wait(0.01):
        progress.tell(1, 4)
    return 7


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    GATE.clear()
    CALLS.clear()
    monkeypatch.setattr(web.long_work, "PATIENCE_SECONDS", 0.05)
    return AppTest.from_function(page_of_work, default_timeout=60).run()


def wait_until_done() -> None:
    until = time.monotonic() + 30
    while any(thread.name.startswith(web.long_work.THREAD_NAME) for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_page_tells_how_far_it_is_and_keeps_the_result(app: AppTest) -> None:
    assert "统计：1／4" in app.get("progress")[0].proto.text
    GATE.set()
    wait_until_done()
    app.run()
    assert [text.value for text in app.text] == ["共 7 条"]
    app.run()
    assert len(CALLS) == 1 and not app.button


def test_cancelled_work_ends_and_may_be_begun_again(app: AppTest) -> None:
    app.button[0].click().run()
    assert app.info[0].value == "统计已取消。"
    wait_until_done()
    GATE.set()
    app.button[0].click().run()
    wait_until_done()
    app.run()
    assert [text.value for text in app.text] == ["共 7 条"] and len(CALLS) == 2


def test_what_work_raises_is_raised_where_its_result_is_asked_for() -> None:
    def fail(progress: Progress) -> None:
        raise ValueError("几份文件？")

    work = Work(fail)
    assert work.is_done(30)
    with pytest.raises(ValueError, match="几份"):
        work.result()


def test_progress_ends_cancelled_work() -> None:
    progress = Progress()
    progress.tell(1, 2)
    progress.cancelled.set()
    with pytest.raises(CancelledError):
        progress.tell(2, 2)
