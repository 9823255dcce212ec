"""How gunicorn serves pages: its settings, by the names it gives them. ``alongside serve`` adds the port.

Four processes of two threads. Threads of one process take turns on one core, and whoever waits for the
database waits for a turn as well: with two processes of four, one in twenty waited twice as long as most.
With one thread each, four who sign in at once through a slow provider would keep everybody else waiting.
"""

import socket
from typing import Any

workers = 4
threads = 2
worker_class = "gthread"
# a process that has its hands full leaves a connection to one that has not
worker_connections = 4
# whoever stands in front keeps connections to browsers; one that waits here would count among the four
keepalive = 0
loglevel = "warning"

SECONDS_TO_SPEAK = 60


def when_ready(server: Any) -> None:
    """Let a connection wait outside until it says something: browsers open some that they may never use.

    Inside, each would hold a thread for five seconds. Only Linux can.
    """
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        for listener in server.LISTENERS:
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SECONDS_TO_SPEAK)
