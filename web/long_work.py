"""Work that may take long: done in a thread of its own while its page tells how far it is; kept, and may be cancelled.

Only the session that asked waits for it; it may leave the page and come back to the result.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

import streamlit as st

Result = TypeVar("Result")
Key = tuple[object, ...]

PATIENCE_SECONDS = 1.0
"""For how long a page waits before it tells how far the work is."""
EVERY_SECONDS = 0.5
"""How often it tells that."""
MOST_KEPT = 5
"""Results that a session keeps."""
THREAD_NAME = "long-work"
_KEPT = "works"


class CancelledError(Exception):
    """The reader does not want the result any more."""


class Progress:
    """What work says of itself, and whether it is still wanted."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.done = 0
        self.total = 0

    def tell(self, done: int, total: int) -> None:
        """Say that ``done`` parts of ``total`` are done. Raises ``CancelledError`` when no more are wanted."""
        self.done, self.total = done, total
        if self.cancelled.is_set():
            raise CancelledError


class Work(Generic[Result]):
    """Work under way, or done."""

    def __init__(self, do: Callable[[Progress], Result]) -> None:
        self.progress = Progress()
        self.began = time.monotonic()
        self._future: Future[Result] = Future()
        threading.Thread(target=self._run, args=(do,), name=THREAD_NAME, daemon=True).start()

    def _run(self, do: Callable[[Progress], Result]) -> None:
        try:
            result = do(self.progress)
        except BaseException as error:
            self._future.set_exception(error)
        else:
            self._future.set_result(result)

    def is_done(self, seconds: float = 0.0) -> bool:
        """Whether it is done, or has failed, after so many seconds."""
        try:
            self._future.exception(timeout=seconds)
        except TimeoutError:
            return False
        return True

    def result(self) -> Result:
        """The result; raises what the work has raised."""
        return self._future.result()


def result_of(key: Key, name: str, do: Callable[[Progress], Result]) -> Result | None:
    """The result of the work that ``key`` stands for, begun when first asked for; what it raises is raised.

    None while it is under way, which the page says with a button to cancel it, and after that was pressed.
    """
    works = _works()
    if key not in works:
        works[key] = Work(do)
        for old in list(works)[:-MOST_KEPT]:
            works.pop(old).progress.cancelled.set()
    work: Work[Result] = works[key]
    with st.spinner(f"{name}……"):
        is_done = work.is_done(PATIENCE_SECONDS)
    if work.progress.cancelled.is_set():
        st.info(f"{name}已取消。")
        if st.button("重新开始"):
            forget(key)
            st.rerun()
        return None
    if is_done:
        return work.result()
    _tell(key, name)
    return None


def forget(key: Key) -> None:
    """Do it anew when it is asked for again."""
    if key in _works():
        _works().pop(key).progress.cancelled.set()


def _works() -> dict[Key, Work[Any]]:
    works: dict[Key, Work[Any]] = st.session_state.setdefault(_KEPT, {})
    return works


@st.fragment(run_every=EVERY_SECONDS)
def _tell(key: Key, name: str) -> None:
    """How far it is, and the button; the page is drawn anew once it is done."""
    work = _works().get(key)
    if work is None or work.is_done():
        st.rerun()
    progress, seconds = work.progress, time.monotonic() - work.began
    if progress.total:
        st.progress(progress.done / progress.total, f"{name}：{progress.done}／{progress.total}，已用 {seconds:.0f} 秒")
    else:
        st.text(f"{name}……已用 {seconds:.0f} 秒")
    if st.button("取消"):
        progress.cancelled.set()
        st.rerun()
