"""Records past their time, in finished words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.presenters.disputes import HoldShown, RowShown, hold_shown, row_shown
from alongside.casework.rights.queries.facts import period_titles
from alongside.casework.rights.queries.in_the_way import due_no_longer_in_words
from alongside.casework.rights.queries.keeping import LinePage, Listed
from alongside.casework.rights.queries.ways import title_of
from alongside.casework.rights.rules.retention import ERASURE, Kind, Standing

_KINDS = {
    Kind.PERSON: lambda: _("Everything held about one person"),
    Kind.SHARE_DRAFT: lambda: _("An unfinished decision about sharing"),
    Kind.ROW: lambda: _("One thing that somebody asked to have erased"),
}


@dataclass(frozen=True)
class DisposalLine:
    """One line of the list, or what is left of one that was deleted: it names nobody."""

    id: str
    what: str
    rule: str
    due: str
    stands: Tag
    marked: str
    gone: str


@dataclass(frozen=True)
class DisposalShown:
    """One line with what it names."""

    line: DisposalLine
    who: str
    kept_rows: list[tuple[str, str]]
    waits: list[str]
    holds: list[HoldShown]
    row: RowShown | None
    why: str
    is_marked: bool
    maybe_of_another: str


def disposal_line(disposal: Disposal, *, held: bool = False) -> DisposalLine:
    """Return a line of the list."""
    asked = disposal.rule == ERASURE
    rule = _("They asked for it, and it was agreed") if asked else period_titles().get(disposal.rule)
    return DisposalLine(
        id=str(disposal.id),
        what=_KINDS[Kind(disposal.kind)](),
        rule=rule or disposal.rule,
        due=day_in_words(disposal.due_on),
        stands=Tag(_("Held"), "purple") if held else _stands(disposal),
        marked=_by(disposal.decided_by, disposal.decided_at),
        gone=_gone(disposal),
    )


def listed_line(listed: Listed) -> DisposalLine:
    """Return a line that is waiting, and whether anything stands in the way of deleting it."""
    return disposal_line(listed.disposal, held=listed.held)


def disposal_shown(page: LinePage) -> DisposalShown:
    """Return one line with what it names."""
    disposal, found = page.disposal, page.in_the_way
    return DisposalShown(
        line=disposal_line(disposal, held=found.anything),
        who=page.person.told_to_others if page.person else "",
        kept_rows=[(title_of(label), f"{number:,}") for label, number in page.rows.items()],
        waits=[*([due_no_longer_in_words()] if found.early else []), *found.waits],
        holds=[hold_shown(each) for each in found.holds],
        row=row_shown(page.line) if page.line else None,
        why=disposal.why,
        is_marked=disposal.standing == Standing.MARKED,
        maybe_of_another=_(
            "This was asked while the record was joined with another, and they were separated since. Do not "
            "mark it for deletion before you know that it was this person's wish. If it was the other's, "
            "keep this record, and answer the wish on the other."
        )
        if page.maybe_of_another
        else "",
    )


def _by(name: str, at: datetime | None) -> str:
    return f"{name}, {moment_in_words(at)}" if at else ""


def _gone(disposal: Disposal) -> str:
    if disposal.gone_at is None:
        return ""
    rows = ngettext("%(rows)s entry", "%(rows)s entries", disposal.rows_gone) % {"rows": disposal.rows_gone}
    return f"{_by(disposal.gone_by, disposal.gone_at)}, {rows}"


def _stands(disposal: Disposal) -> Tag:
    match Standing(disposal.standing):
        case Standing.KEPT if disposal.kept_until:
            return Tag(_("Kept until %(day)s") % {"day": day_in_words(disposal.kept_until)}, "blue")
        case Standing.MARKED:
            return Tag(_("To be deleted: confirm it"), "red")
        case Standing.GONE:
            return Tag(_("Deleted"), "grey")
        case _:
            return Tag(_("To be looked at"), "yellow")
