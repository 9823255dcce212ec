"""How gunicorn serves pages: its settings, by the names it gives them. ``alongside serve`` adds the port.

Three processes of two threads. Threads of one process take turns on one core, and whoever waits for the
database waits for a turn as well: with two processes of four, one in twenty waited twice as long as most.
With one thread each, three who sign in at once through a slow provider would keep everybody else waiting.
"""

import gc
import socket
from contextlib import suppress
from typing import Any

from alongside.area import PackRefusedError
from alongside.casework.kernel.area import area_pack

workers = 3
threads = 2
worker_class = "gthread"
# what is loaded before the processes part is loaded once, and is in memory once
preload_app = True
# a process that has its hands full leaves a connection to one that has not
worker_connections = threads
# whoever stands in front keeps connections to browsers; one that waits here would be in the way of the next
keepalive = 0
loglevel = "warning"

SECONDS_TO_SPEAK = 60
MADE_BEFORE_LOOKING = 20_000
"""A page makes so many objects, nearly all of which go by themselves: Python looks for garbage after 700."""


def when_ready(server: Any) -> None:
    """Prepare what every process then has: the templates, the area pack, and where connections wait."""
    from django.template import engines  # the settings are there by now

    pages = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in pages.list_templates(extensions=["jinja", "html"]):
        pages.get_template(name)
    with suppress(PackRefusedError):  # the pages that need it say what is wrong with it
        area_pack()
    # what is there by now stays: it is neither looked through for garbage again nor copied because of that
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BEFORE_LOOKING)
    for listener in server.LISTENERS:
        _wait_outside(listener.sock)


def _wait_outside(heard: socket.socket) -> None:
    """Let a connection wait until it says something: browsers open some that they may never use.

    Inside, each would hold a thread for five seconds. Only Linux can.
    """
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        heard.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SECONDS_TO_SPEAK)
