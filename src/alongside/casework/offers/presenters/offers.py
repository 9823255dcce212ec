"""One person's offers in finished words, starting with their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.offers.models import NotOffered, Offer, Reply, SecondLook
from alongside.casework.offers.permissions import may_look_again_at, may_record_offers
from alongside.casework.offers.presenters.words import (
    ANSWER_SHORT,
    DUTY,
    EXPLAINED,
    GROUND,
    KIND,
    KNOWN,
    NOT_OFFERED,
    PUT_OFF,
    UNDERSTOOD,
    VERDICT_SAID,
)
from alongside.casework.offers.queries.pages import OffersPage
from alongside.casework.offers.rules.adding_up import AddingUp, standing
from alongside.casework.offers.rules.assessment import Duty, Known, duty_of
from alongside.casework.offers.rules.not_offered import LOOKED_AT, NotOfferedWhy, Verdict
from alongside.casework.offers.rules.offering import Answer, Explained, Kind, PutOff, Understood

Row = tuple[str, str]
"""A heading and what goes under it."""


@dataclass(frozen=True)
class ReplyShown:
    """What came of an offer: the person's own words, then everything else."""

    words: str
    no_words: str
    source: str
    answer: Tag
    duty: str
    duty_stands: bool
    rows: list[Row]


@dataclass(frozen=True)
class OfferShown:
    """One offer: the answer that stands, what was tried since without changing it, and what came before."""

    id: UUID
    heading: str
    what: str
    disputed: str
    urgent: str
    stands: ReplyShown | None
    since: list[ReplyShown]
    older: list[ReplyShown]
    rows: list[Row]
    service: Row | None
    answer: str
    answer_text: str


@dataclass(frozen=True)
class AddingUpShown:
    """Refusals add up: why, and the evidence."""

    title: str
    grounds: list[str]
    evidence: list[str]


@dataclass(frozen=True)
class LookShown:
    """A second look."""

    verdict: str
    words: str
    source: str


@dataclass(frozen=True)
class NotOfferedShown:
    """Help that was not offered."""

    what: str
    heading: str
    disputed: str
    why: str
    words: str
    source: str
    waits: str
    look_at: str
    looks: list[LookShown]


@dataclass(frozen=True)
class OffersShown:
    """The page of a person's offers."""

    id: UUID
    known_as: str
    adding_up: AddingUpShown | None
    offers: list[OfferShown]
    not_offered: list[NotOfferedShown]
    may_record: bool


def offers_shown(page: OffersPage) -> OffersShown:
    """Return the page of a person's offers in finished words."""
    may_record = may_record_offers(page.reader).allowed
    return OffersShown(
        id=page.person.id,
        known_as=page.person.known_as,
        adding_up=adding_up_shown(page.adding_up) if page.adding_up else None,
        offers=[_offer(each, page, may_record=may_record) for each in page.offers],
        not_offered=[_not_offered(each, page) for each in page.not_offered],
        may_record=may_record,
    )


def adding_up_shown(adding_up: AddingUp) -> AddingUpShown:
    """Return that refusals add up, why, and the evidence."""
    return AddingUpShown(
        title=_("Refusals are adding up: talk to each other"),
        grounds=[str(GROUND[each]) for each in adding_up.grounds],
        evidence=[
            _("%(day)s, %(agency)s: %(what)s") % {
                "day": day_in_words(each.on), "agency": each.agency, "what": each.what
            }
            for each in adding_up.evidence
        ],
    )  # fmt: skip


def adding_up_line(adding_up: AddingUp) -> str:
    """Return the same in a few words."""
    count, agencies = len(adding_up.evidence), len(adding_up.agencies)
    said = ngettext("%(count)d refusal", "%(count)d refusals", count) % {"count": count}
    of = ngettext("from %(count)d agency", "from %(count)d agencies", agencies) % {"count": agencies}
    return _("%(said)s %(of)s. Talk to each other.") % {"said": said, "of": of}


def offer_in_short(offer: Offer) -> str:
    """Return what was offered, by whom and when, as a line."""
    return _("%(kind)s: %(what)s (%(organisation)s, %(day)s)") % {
        "kind": KIND[Kind(offer.kind)],
        "what": offer.what,
        "organisation": offer.organisation.name,
        "day": day_in_words(offer.offered_on),
    }


def reply_shown(reply: Reply) -> ReplyShown:
    """Return what came of an offer, in words."""
    answer = Answer(reply.answer)
    words, colour = ANSWER_SHORT[answer]
    duty = duty_of(Known(reply.lacks_capacity), Known(reply.at_risk)) if reply.lacks_capacity else None
    return ReplyShown(
        words=reply.own_words,
        no_words=reply.no_words_why,
        source=_("Said on %(day)s; written down by %(name)s, %(organisation)s")
        % {
            "day": day_in_words(reply.on),
            "name": reply.recorded_by,
            "organisation": reply.organisation.name,
        },
        answer=Tag(str(words), colour),
        duty=str(DUTY[duty]) if duty else "",
        duty_stands=duty in (Duty.STANDS, Duty.NOT_SETTLED),
        rows=list(_reply_rows(reply)),
    )


def _reply_rows(reply: Reply) -> Iterable[Row]:
    put_off = [str(PUT_OFF[PutOff(each)]) for each in reply.put_off if each != PutOff.OTHER]
    put_off += [reply.put_off_words] if reply.put_off_words else []
    if put_off:
        yield _("What put them off"), "; ".join(put_off)
    if reply.not_accessible_why:
        yield _("Why they could not have it"), reply.not_accessible_why
    if reply.instead:
        yield _("Offered instead"), reply.instead
    if reply.lacks_capacity:
        yield (
            _("Lacks capacity to refuse it, and it would be in their best interests"),
            str(KNOWN[Known(reply.lacks_capacity)]),
        )
        yield _("Experiencing or at risk of abuse or neglect"), str(KNOWN[Known(reply.at_risk)])
        yield (
            _("Decided by"),
            _("%(name)s on %(day)s; to be looked at again by %(again)s")
            % {
                "name": reply.decided_by,
                "day": day_in_words(reply.decided_on) if reply.decided_on else "",
                "again": day_in_words(reply.revisit_on) if reply.revisit_on else "",
            },
        )
    if reply.next_step:
        yield _("What will be tried next"), reply.next_step
    if reply.next_by or reply.next_on:
        yield (
            _("Who will go back to them, and when"),
            ", ".join(filter(None, [reply.next_by, day_in_words(reply.next_on) if reply.next_on else ""])),
        )


def _offer(offer: Offer, page: OffersPage, *, may_record: bool) -> OfferShown:
    replies = page.replies.get(offer.id, [])
    # that nobody could be reached since changes no answer, and must not stand above it
    place = replies.index(standing(replies)) if replies else 0
    name = page.services.get(offer.service_id) if offer.service_id else None
    address = address_of("offers:answer", args=[page.person.id, offer.id]) if may_record else ""
    return OfferShown(
        id=offer.id,
        heading=_("%(day)s · %(kind)s")
        % {"day": day_in_words(offer.offered_on), "kind": KIND[Kind(offer.kind)]},
        what=offer.what,
        disputed=page.disputed.get((offer._meta.label, str(offer.id)), ""),
        urgent=_("Needed urgently, or to stay alive") if offer.urgent else "",
        stands=reply_shown(replies[place]) if replies else None,
        since=[reply_shown(each) for each in reversed(replies[place + 1 :])],
        older=[reply_shown(each) for each in reversed(replies[:place])],
        rows=list(_offer_rows(offer)),
        service=(name, address_of("directory:service", args=[offer.service_id])) if name else None,
        answer=address,
        answer_text=_("Write down a later answer") if replies else _("Write down the answer"),
    )


def _offer_rows(offer: Offer) -> Iterable[Row]:
    yield _("What was offered"), offer.what
    yield _("Offered by"), _("%(name)s, %(organisation)s") % {
        "name": offer.recorded_by, "organisation": offer.organisation.name
    }  # fmt: skip
    explained = [str(EXPLAINED[Explained(each)]) for each in offer.explained]
    yield _("How it was explained"), "; ".join([*explained, *filter(None, [offer.explained_words])])
    understood = str(UNDERSTOOD[Understood(offer.understood)])
    yield _("Did they understand it?"), ". ".join(filter(None, [understood, offer.understood_how]))
    if offer.instead_of:
        yield (
            _("Offered instead of"),
            _("%(what)s, on %(day)s")
            % {
                "what": offer.instead_of.what,
                "day": day_in_words(offer.instead_of.offered_on),
            },
        )


def not_offered_source(noted: NotOffered) -> str:
    """Return who wrote down that something was not offered, and who thought so."""
    said = _("Written down by %(name)s, %(organisation)s") % {
        "name": noted.recorded_by, "organisation": noted.organisation.name
    }  # fmt: skip
    if not noted.thought_by:
        return said
    return _("%(said)s. Who thought so: %(thought)s") % {"said": said, "thought": noted.thought_by}


def not_offered_in_short(noted: NotOffered) -> tuple[str, str]:
    """Return what was not offered, and why, as two lines."""
    kind, why = KIND[Kind(noted.kind)], NOT_OFFERED[NotOfferedWhy(noted.why)]
    return f"{kind}: {noted.what}", f"{why}: {noted.words}"


def _not_offered(noted: NotOffered, page: OffersPage) -> NotOfferedShown:
    looks = page.looks[noted.id]
    open_still = not any(each.verdict != Verdict.DISCUSS for each in looks)
    flagged = NotOfferedWhy(noted.why) in LOOKED_AT and open_still
    may_look = open_still and may_look_again_at(page.reader, noted).allowed
    return NotOfferedShown(
        what=noted.what,
        heading=_("%(day)s · %(kind)s")
        % {"day": day_in_words(noted.decided_on), "kind": KIND[Kind(noted.kind)]},
        disputed=page.disputed.get((noted._meta.label, str(noted.id)), ""),
        why=str(NOT_OFFERED[NotOfferedWhy(noted.why)]),
        words=noted.words,
        source=not_offered_source(noted),
        waits=_waits(noted, page) if flagged else "",
        look_at=address_of("offers:look", args=[page.person.id, noted.id]) if may_look else "",
        looks=[_look(each) for each in looks],
    )


def _waits(noted: NotOffered, page: OffersPage) -> str:
    if noted.id not in page.nobody_looks:
        return _("Waiting for a manager to look at it")
    return _("Nobody can look at it yet: it takes a manager other than whoever wrote this down")


def _look(look: SecondLook) -> LookShown:
    return LookShown(
        verdict=str(VERDICT_SAID[Verdict(look.verdict)]),
        words=look.words,
        source=_("%(name)s, %(day)s") % {"name": look.by, "day": day_in_words(look.at)},
    )
