"""How the app is served: by Uvicorn, whose own sockets send each answer at once.

Streamlit's launcher binds a socket that does not name TCP, so that asyncio leaves Nagle's algorithm on: every further
answer on a kept connection waits some 40 ms until the client has acknowledged the one before (tcp(7), TCP_NODELAY).
"""

import socket

from kg.errors import InputError

ENDING_SECONDS = 5
"""How long open connections are waited for when the server is told to end."""


def server_arguments(host: str, port: int) -> list[str]:
    """What Uvicorn is told; the pages need the WebSocket protocol that Streamlit itself takes."""
    return [
        *("app:app", "--host", host, "--port", str(port), "--ws", "websockets-sansio"),
        *("--log-level", "warning", "--timeout-graceful-shutdown", str(ENDING_SECONDS)),
    ]


def check_address(host: str, port: int) -> None:
    """Raise ``InputError`` where nothing can listen: a port that is taken or forbidden, a host of another machine."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise InputError(
            f"不能在 {host} 的端口 {port} 上启动（{error.strerror}）。请换一个端口，或停止占用它的程序。"
        ) from error
