"""The pages in docs/generated: ``python -m tools.docs`` writes them, ``--check`` says which are stale."""

import sys
from collections.abc import Callable
from pathlib import Path

from tools import mission

ROOT = Path(__file__).parents[1]

# Each page, and the function that says what is in it. A new generated page is a new line here.
GENERATED: dict[str, Callable[[Path], str]] = {
    "docs/generated/mission.md": mission.page,
}


def stale(root: Path) -> list[str]:
    """Return the generated pages that differ from what they would be now."""
    return [
        path
        for path, make in GENERATED.items()
        if not (root / path).exists() or (root / path).read_text(encoding="utf-8") != make(root)
    ]


def write(root: Path) -> None:
    """Write every generated page."""
    for path, make in GENERATED.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(make(root), encoding="utf-8")


def main() -> None:
    """Write, or with ``--check`` compare; end 1 when a page is not current or a mark is wrong."""
    try:
        if "--check" not in sys.argv:
            write(ROOT)
        elif old := stale(ROOT):
            sys.exit(f"not current: {', '.join(old)}. Run `make docs` and commit what it writes.")
    except mission.UnknownRequirementError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
