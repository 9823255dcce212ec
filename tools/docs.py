"""The generated pages: ``python -m tools.docs`` writes them, ``--check`` says which are out of date."""

import sys
from collections.abc import Callable
from pathlib import Path

from tools import governance, mission

from alongside.area import schema

ROOT = Path(__file__).parents[1]
REFERENCE = "docs/reference/area-pack.md"

# Each returns, for the root of the project, the text of every page it writes, by the page's path.
WRITERS: list[Callable[[Path], dict[str, str]]] = [
    lambda root: {"docs/generated/mission.md": mission.page(root)},
    lambda _: governance.pages(),
    lambda _: {f"docs/generated/{name}": text for name, text in schema.written().items()},
    lambda root: {REFERENCE: schema.with_tables((root / REFERENCE).read_text(encoding="utf-8"))},
]


def pages(root: Path) -> dict[str, str]:
    """Return what every generated page should say now."""
    return {path: text for writer in WRITERS for path, text in writer(root).items()}


def stale(root: Path) -> list[str]:
    """Return the generated pages that are missing or out of date."""
    return [
        path
        for path, text in pages(root).items()
        if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != text
    ]


def write(root: Path) -> None:
    """Write every generated page."""
    for path, text in pages(root).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def main() -> None:
    """Write, or with ``--check`` compare; exit 1 if a page is out of date or a mark is wrong."""
    try:
        if "--check" not in sys.argv:
            write(ROOT)
        elif old := stale(ROOT):
            sys.exit(f"out of date: {', '.join(old)}. Run `make docs` and commit what it writes.")
    except mission.UnknownRequirementError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
