"""Who could be round the table, and the person's own page, in finished words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.dates import day_in_words
from alongside.casework.outreach.models import Outcome
from alongside.casework.outreach.presenters import Done
from alongside.casework.outreach.queries.person import OwnPage, TablePage
from alongside.casework.outreach.rules import in_short, safe_on_paper
from alongside.casework.outreach.rules.inviting import (
    InviteAs,
    Proposed,
    round_the_table,
)
from alongside.casework.people.models import Contact, Involvement, KnownTo
from alongside.casework.people.permissions import may_read_note_on_answer
from alongside.casework.people.presenters.whole import in_words
from alongside.casework.people.rules import HOW_MUCH, SECTION_TITLES, Section, may_be_drawn, strength


@dataclass(frozen=True)
class Seat:
    """Somebody who could be round the table: who, and why."""

    who: str
    why: str


@dataclass(frozen=True)
class TableShown:
    """The page: the person first, then who to invite, kind by kind, and who not to ask."""

    person_id: UUID
    name: str
    groups: list[tuple[str, list[Seat]]]
    not_proposed: str


@dataclass(frozen=True)
class OwnPart:
    """A part that may go on the person's own page; ``ticked`` before they are asked."""

    code: str
    label: str
    ticked: bool
    heading: str
    lines: list[str]


@dataclass(frozen=True)
class OwnShown:
    """The person's own page: what may go on it, and what care it needs."""

    person_id: UUID
    name: str
    parts: list[OwnPart]
    guarded: str


def table_shown(page: TablePage) -> TableShown:
    """Return who could be round the table."""
    seats: dict[tuple[InviteAs, UUID], Seat] = {}
    proposed: list[Proposed] = []

    def propose(how: InviteAs, key: UUID, seat: Seat, *, strong: int = 0, meets: int = 0) -> None:
        proposed.append(Proposed(how, key, strong, meets))
        seats.setdefault((how, key), seat)

    for each in sorted(page.circle.involvements, key=lambda each: -strength(each.intensity)):
        who = ", ".join(filter(None, [each.worker_name, each.service, each.organisation.name]))
        propose(
            InviteAs.IN_TOUCH,
            each.organisation_id,
            Seat(who, _in_touch(each)),
            strong=strength(each.intensity),
        )
    for asked in page.circle.known_to:
        how = _answer_means(asked)
        if how is not None:
            for_them = may_read_note_on_answer(page.circle.seen_by, asked).allowed
            worker = asked.worker_name if for_them else ""
            who = ", ".join(filter(None, [worker, asked.asked_of.name]))
            propose(how, asked.asked_of_id, Seat(who, _asked(asked)))
    contacts = [
        each for each in page.circle.contacts if may_be_drawn(each.permission, poses_risk=each.poses_risk)
    ]
    for contact in contacts:
        who = f"{contact.name} ({contact.relationship})"
        propose(InviteAs.IN_THEIR_LIFE, contact.id, Seat(who, _permission(contact)))
    for offered in page.services:
        why = _("Could help with: {needs}").format(needs=", ".join(offered.needs).lower())
        seat = Seat(f"{offered.name}, {offered.provider}", why)
        propose(InviteAs.COULD_HELP, offered.member_id or offered.service_id, seat, meets=len(offered.needs))
    chosen = round_the_table(proposed)
    headings = {
        InviteAs.IN_TOUCH: _("In touch now"),
        InviteAs.SAID_KNOWN: _("Said they know the person"),
        InviteAs.NOT_ANSWERED: _("Asked, and no answer yet: phone them"),
        InviteAs.IN_THEIR_LIFE: _("People in their life, as they allow"),
        InviteAs.COULD_HELP: _("Could help"),
    }
    groups = [
        (heading, [seats[each.how, each.key] for each in chosen if each.how == how])
        for how, heading in headings.items()
    ]
    return TableShown(
        person_id=page.circle.person.id,
        name=page.circle.person.known_as,
        groups=[(heading, found) for heading, found in groups if found],
        not_proposed=_not_proposed(len(page.circle.contacts) - len(contacts)),
    )


def own_shown(page: OwnPage) -> OwnShown:
    """Return what may go on the person's own page, with care where others may be looking."""
    person = page.circle.whole
    warnings = in_words(person, "safe_contact")
    guarded = bool(warnings or person.protected) or any(each.poses_risk for each in page.circle.contacts)
    parts: list[OwnPart] = []

    def add(code: str, part: str, label: str, heading: str, lines: list[str], *, kind: str = "") -> None:
        ticked = safe_on_paper(part, guarded=guarded, kind=kind)
        parts.append(OwnPart(code, label, ticked, heading, lines))

    if described := person.known("self_description"):
        title = _("How I describe myself")
        lines = [line for each in described for line in each.value.splitlines()]
        add("describes", "describes", title, title, lines)
    for section in Section:
        title, said = str(SECTION_TITLES[section]), [each for each in page.said if each.section == section]
        for one in said:
            code, label = str(section), title
            if len(said) > 1:  # any of them may be left off
                code, label = f"{section}:{one.id}", f"{title}: {in_short(one.words)}"
            add(code, section, label, title, one.words.splitlines())
    for each in page.circle.involvements:
        heading = _("Who is in touch with me, and why")
        add(
            f"agency:{each.id}", "agency", _("In touch: {who}").format(who=each.organisation.name), heading,
            [_who_and_why(each)], kind=each.organisation.kind,
        )  # fmt: skip
    title = _("What I agreed")
    if page.agreed:
        add("agreed", "agreed", title, title, [_agreed(each) for each in page.agreed])
    for referral in page.referrals:
        who = referral.to_organisation
        label = _("Agreed: {who} has been asked to help").format(who=who.name)
        line = _("{who} was asked to help me.").format(who=who.name)
        add(f"referral:{referral.id}", "referral", label, title, [line], kind=who.kind)
    if page.talk is not None and page.talk.next_steps.strip():
        title = _("My next steps")
        add("steps", "steps", title, title, page.talk.next_steps.splitlines())
    if call := _whom_to_call(page):
        title = _("Who I can call")
        add("call", "call", title, title, [call])
    return OwnShown(
        person_id=person.head.id,
        name=person.head.known_as,
        parts=parts,
        guarded=("\n".join(warnings) or _("Ask what is safe to leave out at home.")) if guarded else "",
    )


def own_groups(parts: list[OwnPart]) -> list[Done]:
    """Return the parts that were chosen, those under one heading together; each line is a paragraph."""
    together: dict[str, list[str]] = {}
    for each in parts:
        together.setdefault(each.heading, []).extend(each.lines)
    return [Done(heading, "\n".join(lines)) for heading, lines in together.items()]


def _in_touch(involvement: Involvement) -> str:
    told = [
        _("In touch since {day}.").format(day=day_in_words(involvement.since))
        if involvement.since
        else _("In touch.")
    ]
    if involvement.how_often:
        told.append(_("How often: {often}.").format(often=involvement.how_often))
    much = str(HOW_MUCH[involvement.intensity]).lower()
    return " ".join([*told, _("How much: {much}.").format(much=much)])


def _answer_means(asked: KnownTo) -> InviteAs | None:
    if not asked.answer:
        return InviteAs.NOT_ANSWERED
    return None if asked.answer == KnownTo.Answer.NO else InviteAs.SAID_KNOWN


def _asked(asked: KnownTo) -> str:
    if not asked.answer:
        return _("Asked on {day}").format(day=day_in_words(asked.asked_at))
    return asked.get_answer_display()


def _permission(contact: Contact) -> str:
    if contact.permission == Contact.Permission.ONLY_IF:
        return _("Only on this condition: “{words}”").format(words=contact.permission_words)
    return _("The person has said we may speak with them. Ask whether they want them there.")


def _not_proposed(missing: int) -> str:
    if not missing:
        return ""
    return ngettext(
        "{count} person in their life is not proposed: we may not speak with them, or a risk was noted.",
        "{count} people in their life are not proposed: we may not speak with them, or a risk was noted.",
        missing,
    ).format(count=missing)


def _who_and_why(involvement: Involvement) -> str:
    organisation = involvement.organisation
    who = ", ".join(filter(None, [involvement.worker_name, involvement.service, organisation.name]))
    often = (
        _("We are in touch: {often}.").format(often=involvement.how_often) if involvement.how_often else ""
    )
    offers = organisation.what_we_can_offer or organisation.remit
    why = _("They can help with: {offers}").format(offers=" ".join(offers.split())) if offers else ""
    return " ".join(filter(None, [f"{who}.", often, why]))


def _agreed(outcome: Outcome) -> str:
    return ", ".join(filter(None, [outcome.service_name, outcome.service_telephone, outcome.words]))


def _whom_to_call(page: OwnPage) -> str:
    if page.talk is None:
        return ""
    team, ours = page.talk.item.team, page.talk.item.organisation
    return ", ".join(
        filter(None, [page.talk.finished_by, (team.telephone if team else "") or ours.telephone])
    )
