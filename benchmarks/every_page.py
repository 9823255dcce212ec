"""Every page that links lead somebody in the demonstration to, one of each kind."""

import re
from collections import deque

from benchmarks.asking import PORT, Session, ask, signed_in_as

WHO = (
    "Asha Patel", "Sam Boateng", "Gwen Hughes", "Lena Novak", "Priya Shah", "Iris Okafor", "Noor Aziz",
    "Mair Pugh", "Ola Finch", "Dee Marsh",
)  # fmt: skip
_LINK = re.compile(r'href="(/[^"#?]*)')
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def pages_of_everybody() -> dict[str, tuple[str, Session]]:
    """Follow links from everybody's first page; return each kind of address, an example and who asked.

    Raises:
        RuntimeError: a page failed.
    """
    found: dict[str, tuple[str, Session]] = {}
    for name in WHO:
        session = signed_in_as(name)
        led_to = deque(["/"])
        seen = {"/"}
        while led_to:
            address = led_to.popleft()
            status, headers, page = ask(PORT, "GET", address, session.cookies)
            if status >= 500:
                raise RuntimeError(f"{address} answered {status} to {name}")
            if status != 200 or not headers["content-type"][0].startswith("text/html"):
                continue
            found.setdefault(kind(address), (address, session))
            for link in _LINK.findall(page):
                if kind(link) not in seen and not link.startswith("/static/"):
                    seen.add(kind(link))
                    led_to.append(link)
    return found


def kind(address: str) -> str:
    """The address without the ids in it."""
    return _ID.sub("…", address)
