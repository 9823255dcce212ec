"""Pages for the people accountable for how information is used, in ``docs/assurance``.

Roles and what they permit; who can open which page; all audit events; and, as an example, the papers that
``alongside assurance`` writes from Riverside's pack.
"""

import csv
import importlib

from django.conf import settings
from tools.tree import ROOT

from alongside.area import load_area
from alongside.assurance import papers
from alongside.casework.access.roles import ROLES
from alongside.casework.audit.registry import EVENT_TYPES, keep_all, keep_nothing

MATRIX = "tests/casework/matrix.csv"
FOLDER = "docs/assurance"

_EVENTS_BEGIN = """\
Written by `make docs` from each app's `events.py`. Each says who, on whose behalf, for which purpose and
when.

The purpose is a code of the area pack's `purposes`: what a member had said they were working for, or what
the release or the emergency they dealt with was for. `system` is a part of the system doing its own work. It
is empty only where an event is not about a person: nothing about a person is recorded without one, and the
database accepts none ([ADR 0016](../adr/0016-a-member-works-for-a-purpose.md)). An event refers to a person
by their id only, and its sentence names nobody except the one who did it."""


def pages() -> dict[str, str]:
    """Return every page by its path."""
    for events in sorted((ROOT / "src/alongside/casework").glob("*/events.py")):
        importlib.import_module(f"alongside.casework.{events.parent.name}.events")
    if not settings.configured:
        settings.configure(USE_I18N=False)  # these pages are in English; nothing else of Django is needed
    example = papers(load_area(ROOT / "area"))
    return {
        f"{FOLDER}/roles.md": _roles(),
        f"{FOLDER}/pages.md": _pages((ROOT / MATRIX).read_text(encoding="utf-8")),
        f"{FOLDER}/audit-events.md": _events(),
        **{f"{FOLDER}/riverside/{name}": text for name, text in example.items()},
    }


def _roles() -> str:
    permissions = sorted({permission for role in ROLES.values() for permission in role.permissions})
    lines = [
        "# Roles, and what each permits",
        "",
        "Written by `make docs` from `casework/access/roles.py`. What that opens is in [pages](pages.md).",
        "",
    ]
    for role in ROLES.values():
        lines += [f"**{role.name}** (`{role.code}`): {role.description}", ""]
    lines += [f"| | {' | '.join(role.name for role in ROLES.values())} |", f"|---|{'---|' * len(ROLES)}"]
    for permission in permissions:
        marks = ["yes" if permission in role.permissions else "" for role in ROLES.values()]
        lines.append(f"| `{permission}` | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def _pages(matrix: str) -> str:
    rows = list(csv.DictReader(matrix.splitlines()))
    askers = [name for name in rows[0] if name not in ("address", "method")]
    answered = {(row["address"], row["method"]): row for row in rows}
    lines = [
        "# Who can open which page",
        "",
        f"Written by `make docs` from `{MATRIX}`, which a test compares to what every address answers.",
        "Records are those of one made-up agency; *practitioner elsewhere* works for another.",
        "",
        "**open**: can open it. **send**: can send its form. **no**: is refused, with a reason.",
        "**not there**: is told that nothing is there, whether that is so or it is not theirs to see.",
        "**sign in**: is asked to sign in first.",
        "",
        f"| address | {' | '.join(_asker(name) for name in askers)} |",
        f"|---|{'---|' * len(askers)}",
    ]
    for address in dict.fromkeys(row["address"] for row in rows):
        get, post = answered[address, "GET"], answered[address, "POST"]
        cells = [_may(get[name], post[name]) for name in askers]
        lines.append(f"| `/{address}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _asker(code: str) -> str:
    return ROLES[code].name if code in ROLES else code


def _may(get: str, post: str) -> str:
    """Say in a word or two what answer an asker gets."""
    can = [word for word, status in (("open", get), ("send", post)) if status[0] in "23"]
    if can:
        return ", ".join(can)
    said = post if get == "405" else get
    return {"403": "no", "404": "not there"}.get(said, said)


def _events() -> str:
    lines = [
        "# Audit events",
        "",
        *_EVENTS_BEGIN.splitlines(),
        "",
        "| code | what it says | kept, days | of its details, when a person's data is erased |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{kind.code}` | {kind.sentence} | {kind.kept_days} | {_erased(kind.shredder)} |"
        for _, kind in sorted(EVENT_TYPES.items())
        if not kind.code.startswith("tests.")
    ]
    return "\n".join(lines) + "\n"


def _erased(shredder: object) -> str:
    return "all stay" if shredder is keep_all else "none stay" if shredder is keep_nothing else "some stay"
