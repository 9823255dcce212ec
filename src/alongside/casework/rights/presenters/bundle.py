"""The bundle as the person gets it: first what they should know, then everything, table by table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.people.queries.recipients import Recipient
from alongside.casework.rights.models import Withheld
from alongside.casework.rights.queries.bundle import Bundle
from alongside.casework.rights.queries.desk import OfLine
from alongside.casework.rights.queries.ways import tables_about_people, told_of
from alongside.casework.rights.rules.states import State
from alongside.casework.rights.rules.tables import TABLES, Table
from alongside.casework.rights.rules.withholding import GROUNDS, Ground, Piece, pieces, stands_in


@dataclass(frozen=True)
class Said:
    """One thing that a line says, in pieces: words, and bars."""

    label: str
    column: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class LineGiven:
    """A line as it is given: a heading, what it says, and who wrote it; or why the whole line is withheld."""

    key: str
    heading: str
    by: str
    said: tuple[Said, ...]
    withheld: str


@dataclass(frozen=True)
class Section:
    """A table with its lines."""

    id: str
    title: str
    about: str
    lines: tuple[LineGiven, ...]


@dataclass(frozen=True)
class NotHeld:
    """A table without lines: what it would hold and, where its rows are never told, why not."""

    title: str
    why: str


@dataclass(frozen=True)
class Told:
    """One recipient, in a line."""

    organisation: str
    what: str
    when: str


@dataclass(frozen=True)
class BundleShown:
    """Everything that is given.

    Attributes:
        reference: of the request; it is on every sheet, and no number of the person's is.
        until: the day up to which it covers what is held.
        wanted: what they asked for; empty where they want everything.
        purposes: what the person's data is used for.
        sources: where it came from.
        recipients: who was told anything.
        sections: every table in which something is held.
        not_held: every other table, so that the person knows what was looked for.
        withheld: how much is withheld, in a sentence; empty where nothing is.
        grounds: the grounds that are named, each once.
        complain_to: the organisation that took the request.
        telephone: its phone number; empty where it gave none.
        fingerprint: the first 16 characters of the bundle's fingerprint; empty until it is released.
    """

    reference: str
    until: str
    wanted: str
    purposes: list[str]
    sources: list[str]
    recipients: list[Told]
    sections: list[Section]
    not_held: list[NotHeld]
    withheld: str
    grounds: list[str]
    complain_to: str
    telephone: str
    fingerprint: str


def bundle_shown(bundle: Bundle) -> BundleShown:
    """Return the bundle as it is given."""
    request = bundle.request
    withheld = [one for each in bundle.lines for one in each.withheld]
    return BundleShown(
        reference=request.reference,
        until=day_in_words(bundle.until),
        wanted=request.wanted,
        purposes=sorted({title_of(each.purpose) for each in bundle.recipients if each.purpose}),
        sources=sorted(
            {each.line.organisation for each in bundle.lines if each.line.organisation and not each.wholly}
        ),
        recipients=[_told(each) for each in bundle.recipients],
        sections=[_section(label, bundle) for label in _in_order(bundle) if bundle.tables.get(label)],
        not_held=[_not_held(label) for label in _in_order(bundle) if not bundle.tables.get(label)],
        withheld=_how_much(withheld),
        grounds=list(dict.fromkeys(str(GROUNDS[Ground(each.ground)]) for each in withheld if each.named)),
        complain_to=request.taken_organisation.name,
        telephone=request.taken_organisation.telephone,
        fingerprint=bundle.print[:16] if request.state == State.RELEASED else "",
    )


def line_given(each: OfLine) -> LineGiven:
    """Return a line as it is given."""
    whole = each.wholly
    stretches = {one.words: instead(one) for one in each.withheld if one.words}
    # columns with a bar in them: what another part is called must not tell what is behind it
    barred = {part.column for part in each.line.parts for one in stretches if stands_in(one, [part.words])}
    return LineGiven(
        key=each.line.key,
        heading="" if whole else heading(each.line.on, each.line.organisation),
        by="" if whole else ", ".join(each.line.by),
        said=()
        if whole
        else tuple(
            Said(
                part.plain if part.named_by in barred else part.label,
                part.column,
                tuple(pieces(part.words, stretches)),
            )
            for part in each.line.parts
        ),
        withheld=instead(whole) if whole else "",
    )


def instead(withheld: Withheld) -> str:
    """Say what is shown in place of what is withheld: the ground, unless that would give it away."""
    if withheld.named:
        return _("Withheld: %(ground)s") % {"ground": GROUNDS[Ground(withheld.ground)]}
    return _("Withheld")


def heading(on: date | None, organisation: str) -> str:
    """Say which day a line is about and which organisation it belongs to."""
    return ", ".join(filter(None, [day_in_words(on) if on else "", organisation]))


def title_of_table(label: str) -> str:
    """Return what a table is called."""
    return str(_table(label).title)


def about_table(label: str) -> str:
    """Return what is held in a table, in a sentence."""
    return str(_table(label).about)


def _in_order(bundle: Bundle) -> list[str]:
    return [*(label for label in TABLES), *(label for label in bundle.searched if label not in TABLES)]


def _table(label: str) -> Table:
    if label in TABLES:
        return TABLES[label]
    return told_of(tables_about_people()[label][0])


def _section(label: str, bundle: Bundle) -> Section:
    table = _table(label)
    return Section(
        id=label.replace(".", "-").lower(),
        title=str(table.title),
        about=str(table.about),
        lines=tuple(line_given(each) for each in bundle.tables[label]),
    )


def _not_held(label: str) -> NotHeld:
    table = _table(label)
    return NotHeld(str(table.title), str(table.unread or ""))


def _told(each: Recipient) -> Told:
    since = day_in_words(each.since)
    when = (
        _("From %(since)s until %(until)s") % {"since": since, "until": day_in_words(each.until)}
        if each.until
        else _("From %(since)s") % {"since": since}
    )
    return Told(each.organisation, each.what, when)


def _how_much(withheld: list[Withheld]) -> str:
    if not withheld:
        return ""
    return ngettext(
        "%(number)s thing is withheld from this answer. A bar marks its place.",
        "%(number)s things are withheld from this answer. A bar marks the place of each one.",
        len(withheld),
    ) % {"number": len(withheld)}


def as_data(bundle: Bundle) -> Mapping[str, object]:
    """Return the same in machine-readable form: plain values, under the names of tables and columns."""
    shown = bundle_shown(bundle)
    return {
        "reference": shown.reference,
        "held_until": bundle.until.isoformat(),
        "fingerprint": bundle.print,
        "recipients": [
            {
                "organisation": each.organisation,
                "what": each.what,
                "purpose": each.purpose,
                "since": each.since.isoformat(),
                "until": each.until.isoformat() if each.until else None,
            }
            for each in bundle.recipients
        ],
        "held": {
            label: [_line_as_data(each) for each in lines] for label, lines in bundle.tables.items() if lines
        },
    }


def _line_as_data(each: OfLine) -> dict[str, object]:
    given = line_given(each)
    if given.withheld:
        return {"withheld": given.withheld}
    return {
        "on": each.line.on.isoformat() if each.line.on else None,
        "organisation": each.line.organisation,
        "by": list(each.line.by),
        "says": {
            said.column: "".join(f"[{one.words}]" if one.withheld else one.words for one in said.pieces)
            for said in given.said
        },
    }
