"""How gunicorn serves pages: its settings, under gunicorn's own names. ``alongside serve`` adds the port.

One process more than there are cores, since each waits for the database a third of its time.
"""

import gc
import os
import socket
from contextlib import suppress
from typing import Any

from alongside.area import PackRefusedError
from alongside.casework.kernel.area import area_pack

MOST_CORES = 8
"""Each process may open eight connections, and PostgreSQL offers a hundred unless it is told otherwise."""

workers = min(os.cpu_count() or 1, MOST_CORES) + 1
worker_class = "alongside.casework.kernel.one_page.OnePageAtATime"
# how many pages a process makes at a time
worker_connections = 1
# and how many there are with those that wait for a provider of sign-on
threads = 8
# whatever is loaded before the processes fork is loaded once, and is in memory once
preload_app = True
# the proxy in front keeps connections to browsers open; one kept open here would block the next
keepalive = 0
loglevel = "warning"

SECONDS_TO_SPEAK = 60
MADE_BEFORE_LOOKING = 20_000
"""A page makes about this many objects, nearly all freed without help; Python would collect after 700."""


def when_ready(server: Any) -> None:
    """Prepare what every process will share: the templates, the area pack, and where connections wait."""
    from django.template import engines  # the settings are loaded by now

    pages = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in pages.list_templates(extensions=["jinja", "html"]):
        pages.get_template(name)
    with suppress(PackRefusedError):  # the pages that need it say what is wrong with it
        area_pack()
    # what exists by now stays: it is never scanned for garbage again, nor copied because of that
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BEFORE_LOOKING)
    for listener in server.LISTENERS:
        _wait_outside(listener.sock)


def _wait_outside(heard: socket.socket) -> None:
    """Let a connection wait outside until it sends something: browsers open some that they may never use.

    Inside, each would hold a thread for five seconds. Only Linux can do this.
    """
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        heard.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SECONDS_TO_SPEAK)
