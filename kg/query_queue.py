"""Whose query is answered next, and which one has to make room for it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.errors import BusyError
from kg.settings import QueryLimits

GRACE_SHARE = 0.1
"""Part of the time for a query that each gets before it must make room."""


@dataclass(eq=False)
class Run:
    """A query that has its turn."""

    client: str
    until: float
    """When its time is up, by ``time.monotonic``; the wait for its turn has taken some of it."""
    made_room: bool = False
    closed: bool = False
    _began: float | None = None
    _kill: Callable[[], None] | None = None

    def begin(self, kill: Callable[[], None]) -> None:
        """Say that it runs from now on, and what stops it."""
        self._began, self._kill = time.monotonic(), kill

    def seconds(self) -> float:
        """For how long it has run."""
        return 0.0 if self._began is None else time.monotonic() - self._began

    def make_room(self) -> None:
        """Stop it for another one."""
        if self._kill is not None:
            self.made_room = True
            self._kill()


@dataclass(eq=False, frozen=True)
class _Ticket:
    client: str
    number: int


class QueryQueue:
    """Turns for queries: at most ``at_once``; first come clients with few queries running, then the newest query.

    The oldest first would be no kinder: when more comes than can be done, all would be late.

    When all turns are taken, the query that has run longest, of the client with most of them, must make room once it
    has had its grace. So one client's long queries keep nobody else waiting, nor its own short ones.
    """

    def __init__(self, limits: QueryLimits) -> None:
        self._limits = limits
        self._changed = threading.Condition()
        self._running: list[Run] = []
        self._waiting: list[_Ticket] = []
        self._number = 0

    @contextmanager
    def turn(self, client: str) -> Iterator[Run]:
        """Wait for a turn, and hold it. Raises ``BusyError`` when too many wait, or the wait takes too long."""
        run = self._enter(client)
        try:
            yield run
        finally:
            with self._changed:
                self._running.remove(run)
                self._changed.notify_all()

    def stop_all(self) -> None:
        """Stop what runs."""
        with self._changed:
            for run in self._running:
                run.closed = True
                run.make_room()

    def _enter(self, client: str) -> Run:
        until = time.monotonic() + self._limits.seconds
        with self._changed:
            ticket = self._ticket(client)
            try:
                while not self._is_next(ticket):
                    left = until - time.monotonic()
                    if left <= 0:
                        raise BusyError(f"服务器正忙，排队已超过 {self._limits.seconds:g} 秒。请稍后再试。")
                    self._changed.wait(min(left, self._make_room()))
                run = Run(client, until)
                self._running.append(run)
                return run
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def _ticket(self, client: str) -> _Ticket:
        of_client = sum(ticket.client == client for ticket in self._waiting)
        if len(self._waiting) >= self._limits.waiting or of_client >= max(1, self._limits.waiting // 2):
            raise BusyError("服务器正忙，排队的查询太多。请稍后再试。")
        self._number += 1
        ticket = _Ticket(client, self._number)
        self._waiting.append(ticket)
        return ticket

    def _is_next(self, ticket: _Ticket) -> bool:
        running = Counter(run.client for run in self._running)
        first = min(self._waiting, key=lambda waiting: (running[waiting.client], -waiting.number))
        return len(self._running) < self._limits.at_once and ticket is first

    def _make_room(self) -> float:
        """Have a query make room where none does and one has had its grace; seconds until it is worth looking again."""
        grace = GRACE_SHARE * self._limits.seconds
        if any(run.made_room for run in self._running) or len(self._running) < self._limits.at_once:
            return grace
        running = Counter(run.client for run in self._running)
        longest = max(self._running, key=lambda run: (run.seconds() >= grace, running[run.client], run.seconds()))
        if longest.seconds() < grace:
            return grace - longest.seconds()
        longest.make_room()
        return grace
