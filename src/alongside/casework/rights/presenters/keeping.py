"""What may be let go of, in finished words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.presenters.disputes import RowShown, row_shown
from alongside.casework.rights.queries.keeping import LinePage, period_titles
from alongside.casework.rights.rules.retention import Kind, Standing

_KINDS = {
    Kind.PERSON: lambda: _("All that is held about one person"),
    Kind.SHARE_DRAFT: lambda: _("An unfinished decision about sharing"),
    Kind.ROW: lambda: _("One thing that somebody asked to have erased"),
}


@dataclass(frozen=True)
class DisposalLine:
    """One line of the list, or what is left of one that is gone: it names nobody."""

    id: str
    what: str
    rule: str
    due: str
    stands: Tag
    gone: str


@dataclass(frozen=True)
class HoldShown:
    """A hold that was not lifted."""

    id: str
    words: str


@dataclass(frozen=True)
class DisposalShown:
    """One line with what it names."""

    line: DisposalLine
    name: str
    rows: int
    held: list[str]
    holds: list[HoldShown]
    row: RowShown | None
    why: str
    marked: bool


def disposal_line(disposal: Disposal) -> DisposalLine:
    """Return a line of the list."""
    erased = _("The person asked for it, and it was agreed")
    gone = ""
    if disposal.gone_at:
        gone = _("%(when)s, %(who)s, %(rows)s rows") % {
            "when": moment_in_words(disposal.gone_at),
            "who": disposal.gone_by,
            "rows": disposal.rows_gone,
        }
    return DisposalLine(
        id=str(disposal.id),
        what=_KINDS[Kind(disposal.kind)](),
        rule=erased if disposal.kind == Kind.ROW else period_titles().get(disposal.rule, disposal.rule),
        due=day_in_words(disposal.due_on),
        stands=_stands(disposal),
        gone=gone,
    )


def disposal_shown(page: LinePage) -> DisposalShown:
    """Return one line with what it names."""
    disposal = page.disposal
    return DisposalShown(
        line=disposal_line(disposal),
        name=page.person.known_as if page.person else "",
        rows=page.rows,
        held=page.held,
        holds=[
            HoldShown(
                str(each.id),
                _("%(reason)s: %(words)s (%(who)s, %(when)s)")
                % {
                    "reason": each.get_reason_display(),
                    "words": each.words,
                    "who": each.placed_by,
                    "when": moment_in_words(each.placed_at),
                },
            )
            for each in page.holds
        ],
        row=row_shown(page.line) if page.line else None,
        why=disposal.why,
        marked=disposal.standing == Standing.MARKED,
    )


def _stands(disposal: Disposal) -> Tag:
    match Standing(disposal.standing):
        case Standing.KEPT if disposal.kept_until:
            return Tag(_("Kept until %(day)s") % {"day": day_in_words(disposal.kept_until)}, "blue")
        case Standing.MARKED:
            return Tag(_("May go: to be confirmed"), "red")
        case Standing.GONE:
            return Tag(_("Gone"), "grey")
        case _:
            return Tag(_("To be looked at"), "yellow")
