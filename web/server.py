"""How the app is served: by Uvicorn, whose own sockets send each answer at once.

Streamlit's launcher binds a socket that does not name TCP, so that asyncio leaves Nagle's algorithm on: every further
answer on a kept connection waits some 40 ms until the client has acknowledged the one before (tcp(7), TCP_NODELAY).
"""

import errno
import socket
from typing import TypedDict

import uvicorn
from streamlit import config

from kg.errors import InputError

LOCAL = frozenset({"127.0.0.1", "localhost"})
_REASONS = {
    errno.EADDRINUSE: "端口已被占用",
    errno.EACCES: "没有使用这个端口的权限",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    socket.EAI_NONAME: "没有这个主机名",
}


class ServerOptions(TypedDict):
    """Options of Uvicorn by their names there."""

    ws: str
    ws_per_message_deflate: bool
    log_level: str
    timeout_graceful_shutdown: int


OPTIONS: ServerOptions = {
    "ws": "websockets-sansio",  # as Streamlit's launcher, and the next one
    "ws_per_message_deflate": False,  # compressing takes longer than sending
    "log_level": "warning",
    "timeout_graceful_shutdown": 5,
}


def serve(host: str, port: int) -> None:
    """Serve the app of the present folder until the process is told to end.

    Raises:
        InputError: nothing can listen there.
    """
    check_address(host, port)
    if host not in LOCAL:
        # Whoever opens the app to others reaches it by names that .streamlit/config.toml cannot know.
        config.set_option("server.allowedHosts", ["*"])
    uvicorn.run("app:app", host=host, port=port, **OPTIONS)


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
