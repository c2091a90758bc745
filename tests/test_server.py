"""Serving: where nothing can listen, and that answers are sent at once."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.errors import InputError
from web.server import OPTIONS, check_address


def test_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"端口 {port} 上启动：端口已被占用"):
            check_address("127.0.0.1", port)
    check_address("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "reason"), [("203.0.113.9", "本机没有这个地址"), ("no-such-host.invalid", "没有这个主机名")]
)
def test_host_that_is_not_here_is_said(host: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        check_address(host, 0)


def test_answers_do_not_wait_for_acknowledgements() -> None:
    """Uvicorn, told what the app is served with, turns Nagle's algorithm off on the connections it accepts."""
    delays: list[int] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("ok")(scope, receive, send)

    async def serve_and_ask() -> None:
        server = uvicorn.Server(uvicorn.Config(answer, host="127.0.0.1", port=0, lifespan="off", **OPTIONS))
        await server_started(server)
        (listening,) = server.servers[0].sockets
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await reader.readline()
        (connection,) = server.server_state.connections
        delays.append(connection.transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        server.should_exit = True

    # In a thread of its own: the browser's driver keeps a loop running in the main thread of the same test process.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(serve_and_ask())).result()
    assert delays and all(delays)


async def server_started(server: uvicorn.Server) -> None:
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup()
