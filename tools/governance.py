"""Pages for whoever answers for how information is used: roles and what they permit; all audit events."""

import importlib

from django.conf import settings
from tools.tree import ROOT

from alongside.casework.access.roles import ROLES
from alongside.casework.audit.registry import EVENT_TYPES

_EVENTS_BEGIN = """\
Written by `make docs` from each app's `events.py`. Each has who, for whom they act, for which purpose, and
when.

The purpose is a code of the area pack's `purposes`: what a member had said they were working for, or what
the release or the emergency they dealt with was for. `system` is a part of the system at its own work. It is
empty only where an event is about no person: nothing about a person is recorded without one, and the
database takes none ([ADR 0016](../adr/0016-a-member-works-for-a-purpose.md))."""


def pages() -> dict[str, str]:
    """Return ``docs/generated/roles.md`` and ``docs/generated/audit-events.md``."""
    for events in sorted((ROOT / "src/alongside/casework").glob("*/events.py")):
        importlib.import_module(f"alongside.casework.{events.parent.name}.events")
    if not settings.configured:
        settings.configure(USE_I18N=False)  # these pages are in English; nothing else of Django is needed
    return {"docs/generated/roles.md": _roles(), "docs/generated/audit-events.md": _events()}


def _roles() -> str:
    permissions = sorted({permission for role in ROLES.values() for permission in role.permissions})
    lines = [
        "# Roles, and what each permits",
        "",
        "Written by `make docs` from `casework/access/roles.py`.",
        "",
    ]
    for role in ROLES.values():
        lines += [f"**{role.name}** (`{role.code}`): {role.description}", ""]
    lines += [f"| | {' | '.join(role.name for role in ROLES.values())} |", f"|---|{'---|' * len(ROLES)}"]
    for permission in permissions:
        marks = ["yes" if permission in role.permissions else "" for role in ROLES.values()]
        lines.append(f"| `{permission}` | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def _events() -> str:
    lines = [
        "# Audit events",
        "",
        *_EVENTS_BEGIN.splitlines(),
        "",
        "| code | what it says | kept, days |",
        "|---|---|---|",
    ]
    lines += [
        f"| `{kind.code}` | {kind.sentence} | {kind.kept_days} |"
        for _, kind in sorted(EVENT_TYPES.items())
        if not kind.code.startswith("tests.")
    ]
    return "\n".join(lines) + "\n"
