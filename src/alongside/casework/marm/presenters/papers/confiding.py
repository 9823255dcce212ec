"""The confidentiality statement: who takes part and is bound by it, and the law it rests on."""

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.area.marm_models import Marm
from alongside.area.models import Purpose
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.papers import Block, Bullets, Fields, Paper, Section, Table, Words
from alongside.casework.marm.models import CaseAgency, Invited
from alongside.casework.marm.presenters.papers.heads import about_meeting, head_of, numbers
from alongside.casework.marm.presenters.papers.shared import contacts, there
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.presenters.words import ATTENDED
from alongside.casework.marm.queries.papers import Confiding
from alongside.casework.marm.rules.minutes import Attended
from alongside.casework.marm.rules.papers import Paper as Code


def confidentiality(pack: Marm, found: Confiding | None = None) -> Paper:
    """Return the statement; for a meeting, with the names of those bound by it."""
    return Paper(
        title=str(TITLES[Code.CONFIDENTIALITY]),
        about=about_meeting(found.meeting) if found else "",
        lead=(
            _(
                "Everybody who takes part hears things that a person would not tell just anybody. "
                "Each of us keeps to this."
            ),
        ),
        sections=there(
            head_of(found.meeting if found else None),
            Section(_("What we keep to"), (Bullets(_kept()),)),
            Section(_("The law it rests on"), _law(pack, found.purpose if found else None)),
            Section(_("Agencies"), _agencies(found)),
            Section(_("People at the meeting"), _people(found)),
            contacts(pack),
        ),
    )


def _kept() -> tuple[str, ...]:
    return (
        _("What is said here is used for this case, to help this person and to keep people safe."),
        _("We tell what others need to know for that, and no more."),
        _(
            "It goes to nobody outside this meeting unless the person agrees or the law lets us, "
            "and we write that down."
        ),
        _("We say what is fact, what is opinion, and who told us."),
        _("What is said about others, such as family and neighbours, is kept just as safe."),
        _("We take no photographs or recordings unless the person and all of us have agreed."),
        _("Papers are kept safe, and destroyed when they are no longer needed."),
        _("The person may know what we hold, unless knowing would put somebody in danger."),
        _("If something gets out that should not, we say so at once."),
        _("What we promise here still holds when the case has ended."),
    )


def _law(pack: Marm, purpose: Purpose | None) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if purpose is not None:
        rows = (
            (_("What we work for"), purpose.title),
            (_("Power in law"), purpose.power),
            (_("UK GDPR, Article 6"), purpose.article_6),
            (_("UK GDPR, Article 9"), purpose.article_9 or ""),
            (_("Sharing agreement"), purpose.agreement),
            (_("Who answers for it"), purpose.owner),
        )
        blocks.append(Fields(tuple(row for row in rows if row[1])))
    else:
        blocks.append(Fields(((_("What we work for, and our power in law"), ""),)))
    if pack.legal_levers:
        blocks += [
            Words(_("What may be shared, and what must be weighed up, is also set out in:")),
            Bullets(tuple(each.title for each in pack.legal_levers)),
        ]
    return tuple(blocks)


def _agencies(found: Confiding | None) -> tuple[Block, ...]:
    if found is None:
        return (
            Table(
                _("Who agrees for each agency"),
                (_("Number"), _("Agency"), _("Name"), _("Date and signature")),
                numbers(columns=3),
                to_fill_in=True,
            ),
        )
    return (
        Words(_("Each agency agreed to this when it joined the case. Nobody has to sign again.")),
        Table(
            _("Agencies bound by this"),
            (_("Agency"), _("How it joined"), _("Until")),
            tuple((each.organisation.name, _came_in(found, each), _until(each)) for each in found.agencies),
        ),
    )


def _came_in(found: Confiding, agency: CaseAgency) -> str:
    case, accepted = found.meeting.case, found.accepted.get(agency.organisation_id)
    day = day_in_words(timezone.localdate(agency.since))
    if accepted is not None and accepted.answered_at is not None:
        return _("Accepted by %(name)s on %(day)s") % {
            "name": accepted.answered_by, "day": day_in_words(accepted.answered_at),
        }  # fmt: skip
    if agency.organisation_id == case.organisation_id:
        return _("%(name)s asked for the case on %(day)s") % {"name": case.asked_by, "day": day}
    return _("Has co-ordinated the case since %(day)s") % {"day": day}


def _until(agency: CaseAgency) -> str:
    if agency.until is None:
        return _("Takes part")
    return _("%(day)s; still bound") % {"day": day_in_words(agency.until)}


def _people(found: Confiding | None) -> tuple[Block, ...]:
    if found is None:
        return (
            Table(
                _("Who was there, and agrees"),
                (_("Number"), _("Name"), _("For which agency"), _("Agrees: signature")),
                numbers(columns=3),
                to_fill_in=True,
            ),
        )
    return (
        Words(_("Read this out at the beginning. Everybody there agrees by name.")),
        Table(
            _("Who is invited, and whether they agreed at the meeting"),
            (_("Invited"), _("Was there"), _("Name, and agrees")),
            tuple(_person(each) for each in found.invited),
            to_fill_in=True,
        ),
    )


def _person(invited: Invited) -> tuple[str, str, str]:
    attended = Attended(invited.attended)
    return (invited.name, "" if attended is Attended.NOT_YET else str(ATTENDED[attended]), "")
