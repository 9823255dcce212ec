"""What is said to be wrong, in finished words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.people.queries.recipients import Recipient
from alongside.casework.rights.models import Disposal, Dispute, LegalHold
from alongside.casework.rights.presenters.months import until_in_words
from alongside.casework.rights.queries.disputes import DisputePage, DisputesPage
from alongside.casework.rights.queries.in_the_way import kept_in_words
from alongside.casework.rights.queries.lines import Line
from alongside.casework.rights.queries.separated import Said
from alongside.casework.rights.queries.ways import title_of
from alongside.casework.rights.rules.clock import clock
from alongside.casework.rights.rules.disputes import Outcome
from alongside.casework.rights.rules.wishes import Wish, may_be_taken_back


@dataclass(frozen=True)
class DisputeLine:
    """A dispute in a list: it names nobody.

    Attributes:
        id: of it.
        what: which kind of entry it is about.
        says: what the person says of it.
        received: when it came.
        stands: whether it waits, or how it was answered.
        due: how long there is, or when it was answered, in a sentence.
        until: the last day to answer.
        late: whether that day has passed without an answer.
        may_be_taken_back: whether the person may take it back.
    """

    id: str
    what: str
    says: str
    received: str
    stands: Tag
    due: str
    until: date | None
    late: bool
    may_be_taken_back: bool = False


@dataclass(frozen=True)
class RowShown:
    """One row that may be disputed."""

    table: str
    row: str
    heading: str
    rows: list[tuple[str, str]]
    waits: bool


@dataclass(frozen=True)
class DisputesShown:
    """Everything about one person that may be disputed, and what has been."""

    name: str
    tables: list[tuple[str, list[RowShown]]]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class HoldShown:
    """A hold that has not been lifted."""

    id: str
    words: str


@dataclass(frozen=True)
class KeptShown:
    """What somebody decided to keep until a day that has not passed."""

    id: str
    words: str


@dataclass(frozen=True)
class DisputeShown:
    """One dispute: whom it is about, what is said, the row it is about, and its answer.

    ``to_tell`` is by organisation what those were told who get no message from here.
    """

    line: DisputeLine
    said: list[tuple[str, str]]
    row: RowShown | None
    answer: list[tuple[str, str]]
    open: bool
    is_wish: bool
    may_erase: bool
    told: list[tuple[str, str]]
    holds: list[HoldShown]
    kept: list[KeptShown]
    to_tell: list[tuple[str, str]]
    maybe_of_another: str


def dispute_line(dispute: Dispute, today: date) -> DisputeLine:
    """Return a dispute as a line in a list."""
    ended, time = dispute.decided_at, clock(dispute.as_asked(), today=today)
    return DisputeLine(
        id=str(dispute.id),
        what=_("Everything held about one person") if dispute.wish else title_of(dispute.table),
        says=dispute.get_says_display(),
        received=day_in_words(dispute.received_on),
        stands=Tag(_ended(dispute), "grey") if ended else Tag(_("To be answered"), "yellow"),
        due=_("On %(day)s") % {"day": day_in_words(ended)}
        if ended
        else until_in_words(time.due, time.days_left),
        until=time.due,
        late=not ended and time.is_late,
        may_be_taken_back=may_be_taken_back(
            dispute.says, dispute.outcome, taken_back=dispute.taken_back_on is not None
        ),
    )


def row_shown(line: Line, *, waits: bool = False) -> RowShown:
    """Return a row that may be disputed."""
    heading = [day_in_words(line.on) if line.on else "", line.organisation, *line.by]
    return RowShown(
        table=line.table,
        row=line.row,
        heading=", ".join(each for each in heading if each) or title_of(line.table),
        rows=[(part.label, part.words) for part in line.parts],
        waits=waits,
    )


def disputes_shown(page: DisputesPage, today: date) -> DisputesShown:
    """Return what about one person may be disputed, and what has been."""
    waiting = {(each.table, each.row) for each in page.disputes if not each.outcome}
    return DisputesShown(
        name=page.person.known_as,
        tables=[
            (
                title_of(label),
                [row_shown(each, waits=(label, each.row) in waiting) for each in lines],
            )
            for label, lines in page.lines.items()
            if lines
        ],
        disputes=[dispute_line(each, today) for each in page.disputes],
    )


def dispute_shown(page: DisputePage, today: date) -> DisputeShown:
    """Return one dispute, for whoever answers it."""
    dispute = page.dispute
    said = [
        (_("About"), page.person.told_to_others),
        (_("In their words"), dispute.words or _("Deleted, along with what it was about")),
        (_("Who says so"), ", ".join(filter(None, [dispute.get_said_by_display(), dispute.said_by_name]))),
        (_("How they told us"), dispute.get_how_display()),
        (_("Noted by"), f"{dispute.noted_by}, {dispute.noted_organisation.name}"),
    ]
    answer = [
        (_("Ground for refusing"), dispute.get_ground_display()),
        (_("Why"), dispute.why),
        (_("What the person says, shown beside it"), dispute.statement),
        (_("What those who were told it before were told"), dispute.changed),
        (_("The person was told"), _told(dispute)),
        (_("Decided by"), dispute.decided_by),
        (_("Withdrawn"), _taken_back(dispute)),
    ]
    return DisputeShown(
        line=dispute_line(dispute, today),
        said=said,
        row=row_shown(page.line) if page.line else None,
        answer=[(key, words) for key, words in answer if words],
        open=not dispute.outcome,
        is_wish=dispute.wish is not None,
        may_erase=dispute.wish is Wish.ERASE,
        told=[
            (
                str(each.id),
                _("%(organisation)s, told by %(sender)s, %(when)s")
                % {
                    "organisation": each.organisation.name,
                    "sender": each.from_organisation.name,
                    "when": moment_in_words(each.at),
                },
            )
            for each in page.told
        ],
        holds=[hold_shown(each) for each in page.holds],
        kept=[_kept_shown(each) for each in page.kept],
        to_tell=_to_tell(page.told_otherwise),
        maybe_of_another=_(
            "This was asked while the record was joined with another, and they were separated since. It "
            "counts for both: find out whose it is before you answer it, or agree to erase anything. If it "
            "is not this person's, ask them what they want, and answer that."
        )
        if page.maybe_of_another
        else "",
    )


def hold_shown(hold: LegalHold) -> HoldShown:
    """Return a hold that has not been lifted: what it is for, and who placed it."""
    said = {
        "reason": hold.get_reason_display(),
        "words": hold.words or hold.get_placed_after_display(),
        "who": hold.placed_by,
        "when": moment_in_words(hold.placed_at),
    }
    return HoldShown(str(hold.id), _("%(reason)s: %(words)s (%(who)s, %(when)s)") % said)


def _kept_shown(line: Disposal) -> KeptShown:
    when = moment_in_words(line.decided_at) if line.decided_at else ""
    said = {"kept": kept_in_words(line), "who": line.decided_by, "when": when}
    return KeptShown(str(line.id), _("%(kept)s (%(who)s, %(when)s)") % said)


def _to_tell(others: Iterable[Recipient]) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for each in others:
        said = {"day": day_in_words(each.since), "what": each.what}
        found.setdefault(each.organisation, []).append(_("%(day)s: “%(what)s”") % said)
    return [(name, "\n".join(dict.fromkeys(lines))) for name, lines in found.items()]


def hold_line(hold: LegalHold) -> str:
    """Return a hold that harm placed: when, and who wrote the harm down; it does not say about whom."""
    return _("Records are held, because somebody died or was seriously harmed (%(who)s, %(when)s)") % {
        "who": hold.placed_by,
        "when": moment_in_words(hold.placed_at),
    }


def said_while_joined_line(said: Said) -> tuple[str, str, str]:
    """Return what may be either person's since their records were separated, where it is, and what to do."""
    match said:
        case Dispute():
            then = _(
                "Asked while two records were joined, which are separated now. It counts for both: find out "
                "whose it is."
            )
            return said.get_says_display(), address_of("rights:dispute", args=[said.id]), then
        case LegalHold():
            then = _(
                "Placed while two records were joined, which are separated now. Both are held: find out "
                "whose it is."
            )
            what = _("A hold: %(reason)s") % {"reason": said.get_reason_display()}
            return what, address_of("rights:disposals"), then
        case _:
            then = _(
                "Asked while two records were joined, which are separated now. Before anything is given, "
                "find out which of the two asked."
            )
            return said.reference, address_of("rights:request", args=[said.id]), then


def _ended(dispute: Dispute) -> str:
    if dispute.taken_back_on:
        return _("Withdrawn")
    if dispute.wish and dispute.outcome == Outcome.REFUSED:
        return _("Refused, with reasons")
    return dispute.get_outcome_display()


def _taken_back(dispute: Dispute) -> str:
    if dispute.taken_back_on is None:
        return ""
    return _("%(day)s: %(words)s (noted by %(name)s)") % {
        "day": day_in_words(dispute.taken_back_on),
        "words": dispute.taken_back_words,
        "name": dispute.taken_back_noted_by,
    }


def _told(dispute: Dispute) -> str:
    if dispute.told_on is None:
        return ""
    return ": ".join(filter(None, [day_in_words(dispute.told_on), dispute.told_how]))
