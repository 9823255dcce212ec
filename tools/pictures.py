"""Pictures of a real report for our pages: ``python -m tools.pictures demo/run/report.html docs/pictures``.

``make pictures`` takes them, and has the journeys take those of the web pages (``pictured`` in their
``conftest.py``).

Playwright drives Debian's Chromium, if possible the headless version, which takes half the time;
``CHROMIUM`` names a browser somewhere else.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

BROWSERS = ("chromium-headless-shell", "chromium")
# A browser that asks the network for nothing, that root may start, and whose scripts collect garbage on their
# own thread: on two cores, helper threads would only wait for each other.
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--single-threaded",
]
# file name, then the width and height of the window, in CSS pixels
WINDOWS = {
    "report.png": (1280, 900),
    "report-phone.png": (390, 844),
}


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a browser, and close it afterwards.

    Raises:
        playwright.sync_api.Error: there is no browser.
    """
    there = next(filter(None, map(shutil.which, BROWSERS)), BROWSERS[0])
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", there), args=QUIETLY)
        yield found
        found.close()


def take(report: Path, folder: Path) -> list[Path]:
    """Write one picture of the first screen of ``report`` for each window, and return where they are.

    Raises:
        playwright.sync_api.Error: there is no browser, or it could not show the page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with browser() as window:
        for name, (width, height) in WINDOWS.items():
            page = window.new_page(
                viewport={"width": width, "height": height}, reduced_motion="reduce", color_scheme="light"
            )
            page.goto(report.absolute().as_uri(), wait_until="load")
            page.screenshot(path=folder / name)
            page.close()
            taken.append(folder / name)
    return taken


def main() -> None:
    """Take the pictures and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    if not asked.report.is_file():
        sys.exit(f"There is no report at {asked.report}: `make demo SERVE=0` makes one.")
    try:
        for path in take(asked.report, asked.folder):
            print(path)
    except Error as problem:
        sys.exit(f"No picture was taken. {problem.message.splitlines()[0]}")


if __name__ == "__main__":
    main()
