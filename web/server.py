"""How the app is served: by Uvicorn, whose own sockets send each answer at once.

Streamlit's launcher binds a socket that does not name TCP, so that asyncio leaves Nagle's algorithm on: every further
answer on a kept connection waits some 40 ms until the client has acknowledged the one before (tcp(7), TCP_NODELAY).
"""

import errno
import socket

from kg.errors import InputError

_REASONS = {
    errno.EADDRINUSE: "端口已被占用",
    errno.EACCES: "没有使用这个端口的权限",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    socket.EAI_NONAME: "没有这个主机名",
}
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
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise InputError(f"不能在 {host} 的端口 {port} 上启动：{reason}。请换一个地址或端口。") from error
