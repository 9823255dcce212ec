"""Reading people: who the actor may see, one person, their page, and search that tolerates misspelling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.permissions import may_use_for
from alongside.casework.accounts.queries import organisations_but
from alongside.casework.audit.recorder import record
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import CaseworkError, NoLongerSeenError, NotFoundError
from alongside.casework.operations import query
from alongside.casework.people import events, permissions
from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    Involvement,
    KnownTo,
    Person,
    PersonMerge,
    Reach,
    Whole,
)
from alongside.casework.people.models.about_me import NEWEST_FIRST
from alongside.casework.people.models.person import PersonQuerySet
from alongside.casework.people.queries.chronology import ENTRIES_AT_ONCE, chronology_of
from alongside.casework.people.queries.disputed import Marks, disputed
from alongside.casework.people.queries.whole import (
    opens_by_another_record,
    opens_to,
    people_with,
    reached_by,
    whole,
    whole_if_open,
)
from alongside.casework.people.rules import LIKE_ENOUGH, ReachWhy, Section, search_words

MOST_FOUND = 25
"""How many records a search finds; more words narrow it."""
_NO_SUCH_PERSON = gettext_lazy("There is no such person, or your organisation may not see them.")


def people_visible_to(actor: Actor) -> PersonQuerySet:
    """Return the people the actor may see; row-level security enforces the same again."""
    if not permissions.may_read_people(actor).allowed:
        return Person.objects.none()
    if actor.reach == EVERYBODY:
        return Person.objects.all()
    reached = Reach.objects.filter(person_id=OuterRef("id"), organisation_id=actor.member_of, until=None)
    return Person.objects.filter(Exists(reached) | Q(id__in=actor.emergency_people))


def is_visible(*, actor: Actor, person_id: UUID) -> bool:
    """Return whether the actor can see a record. For use in a query or command that has checked the actor."""
    return _seen(actor, person_id) is not None


def get_person(*, actor: Actor, person_id: UUID) -> Person:
    """Return a person's record, or the one it was merged into.

    Raises:
        NotFoundError: there is none, or the actor may not see them: both get the same answer.
        NoLongerSeenError: the actor's organisation could see the person, but the reason for it has ended.
        NotAllowedError: the person was released to the actor's organisation for another purpose than the
            actor works for, and the organisation has no other reason to see them (ADR 0016).
    """
    person = _seen(actor, person_id)
    while person is not None and person.merged_into_id is not None:
        person = _seen(actor, person.merged_into_id)
    if person is None:
        raise no_longer_seen(actor=actor, person_id=person_id) or NotFoundError(_NO_SUCH_PERSON)
    opens = getattr(person, "opens", True) or person.id in actor.emergency_people
    if not opens and not opens_by_another_record(actor, person):
        given_for = Reach.objects.filter(
            person=person, organisation_id=actor.member_of, until=None, why=ReachWhy.RELEASED
        )
        require(may_use_for(actor, given_for.values_list("purpose", flat=True).first() or ""))
    return person


def _seen(actor: Actor, person_id: UUID) -> Person | None:
    """One record as it is, if the actor can see it; ``opens`` says whether it is open for their purpose."""
    if actor.reach == EVERYBODY or not permissions.may_read_people(actor).allowed:
        return people_visible_to(actor).filter(id=person_id).first()
    found = _record(
        person=person_id,
        organisation=actor.member_of,
        purpose=actor.purpose,
        opened=list(actor.emergency_people),
    )
    return found[0] if found else None


@composed_once
def _record(*, person: UUID, organisation: UUID, purpose: str, opened: list[UUID]) -> QuerySet[Person]:
    reached = Exists(reached_by(organisation))
    seen = Person.objects.filter(reached | Q(among("id", opened)), id=person)
    return seen.annotate(opens=opens_to(organisation, purpose))


def no_longer_seen(*, actor: Actor, person_id: UUID) -> NoLongerSeenError | None:
    """Return what to tell an organisation that can no longer see a person; None if it never could.

    This reveals nothing new to it: the rows of its own reach are its own.
    """
    if not permissions.may_read_people(actor).allowed or actor.organisation_id is None:
        return None
    until = (
        Reach.objects.filter(person_id=person_id, organisation_id=actor.member_of)
        .exclude(until=None)
        .order_by("-until")
        .values_list("until", flat=True)
        .first()
    )
    if until is None:
        return None
    return NoLongerSeenError(
        _(
            "You could see this record until %(day)s, when the reason for it ended. If you are worried about "
            "the person now, ask an agency that is in touch with them, or create a record of your own."
        )
        % {"day": day_in_words(until)}
    )


def lock_person(*, actor: Actor, person_id: UUID) -> Person:
    """Return a person as ``get_person`` does, locked until the transaction ends."""
    while True:
        person = get_person(actor=actor, person_id=person_id)
        locked = Person.objects.select_for_update(of=("self",), no_key=True).get(id=person.id)
        if locked.merged_into_id is None:  # otherwise somebody merged it while this waited for the lock
            return locked


class OnlyInEmergencyError(CaseworkError):
    """An emergency shows a record to one member for a day; it cannot lead to lasting reach."""


def must_have_reach(*, actor: Actor, people: Iterable[Person]) -> None:
    """Check that the actor sees these people through their organisation's reach, not only in an emergency.

    Raises:
        OnlyInEmergencyError: one of them is open to the actor only in an emergency.
    """
    wanted = {person.id for person in people}
    reached = Reach.objects.filter(organisation_id=actor.member_of, person_id__in=wanted, until=None)
    if wanted - set(reached.values_list("person_id", flat=True)):
        raise OnlyInEmergencyError(
            _(
                "You have this record open in an emergency, for a day. To keep working with the "
                "person after that, ask an agency that is involved with them to bring yours in."
            )
        )


@dataclass(frozen=True)
class Found:
    """One person found, by all their records: just enough to tell them from others with the same name."""

    id: UUID
    known_as: str
    full_name: str
    date_of_birth: date | None
    postcode: str | None
    """None if it is protected; empty if it is not known."""

    @classmethod
    def of(cls, person: Whole) -> "Found":
        """Return what a list shows of a person."""
        return cls(
            id=person.head.id,
            known_as=person.head.known_as,
            full_name="; ".join(each.value for each in person.known("full_name")),
            date_of_birth=person.date_of_birth,
            postcode=None if person.protected else "; ".join(each.value for each in person.known("postcode")),
        )


@dataclass(frozen=True)
class PeopleFound:
    """The people a search shows, and whether it left any records out."""

    people: list[Found]
    more: bool
    """Not to be told from how many people there are: joined records are one person."""


@query(records=True)
def search_people(*, actor: Actor, words: str) -> PeopleFound:
    """Return people the actor may see with names like these words, or with this number or date of birth.

    A match on any of their records finds them once, under their main record. At most ``MOST_FOUND`` records,
    best match first. The number shown is recorded, not what was searched for.
    """
    require(permissions.may_read_people(actor))
    people = people_visible_to(actor)
    plain, digits = search_words(words[:200]), "".join(sign for sign in words[:200] if sign.isdigit())
    like: dict[UUID, float] = {}
    if len(digits) == 10 and len(digits) >= len(plain.replace(" ", "")):
        matching = _first(people.filter(nhs_number=digits))
    elif born := _as_date(words):
        matching = _first(people.filter(date_of_birth=born))
    else:
        like = people.named_like(plain, least=LIKE_ENOUGH, most=MOST_FOUND + 1)
        matching = list(like)
    found = sorted(
        people_with(actor, matching[:MOST_FOUND]),
        key=lambda one: (-max(like.get(each.id, 0) for each in one.records), one.head.search_text),
    )
    shown = [Found.of(person) for person in found]
    record(events.PEOPLE_SEARCHED, actor=actor, found=len(shown))
    return PeopleFound(shown, more=len(matching) > MOST_FOUND)


@dataclass(frozen=True)
class PersonPage:
    """Everything a person's page shows. Their own words come first."""

    whole: Whole
    about_me: dict[Section, list[AboutMe]]
    contacts: list[Contact]
    involvements: list[Involvement]
    known_to: list[KnownTo]
    chronology: list[ChronologyEntry]
    corrections: dict[UUID, list[ChronologyEntry]]
    more_chronology: bool
    merges: list[PersonMerge]
    why_seen: list[Reach]
    seen_by: Actor
    disputed: Marks

    @property
    def person(self) -> Person:
        """The person, by their main record."""
        return self.whole.head

    @property
    def given_for(self) -> list[str]:
        """The purposes the record was given to the organisation for, if the actor works for none of them."""
        return _other_purposes(self.seen_by, self.why_seen)


@query(records=True)
def person_page(
    *,
    actor: Actor,
    person_id: UUID,
    at: datetime,  # noqa: ARG001 - pages are told the time, as commands are
    entries_from: int = 0,
) -> PersonPage:
    """Return the page of a person, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_people(actor))
    known = whole_if_open(actor, person_id) or whole(get_person(actor=actor, person_id=person_id))
    everywhere = [each.id for each in known.records]
    about_me: dict[Section, list[AboutMe]] = {section: [] for section in Section}
    for said in _said(people=everywhere):
        about_me[Section(said.section)].append(said)
    entries, corrections = chronology_of(actor, everywhere, entries_from)
    joins = PersonMerge.objects.filter(kept__in=everywhere, undone_at=None)
    return PersonPage(
        whole=known,
        about_me=about_me,
        contacts=network_of(people=everywhere),
        involvements=in_touch(people=everywhere),
        known_to=_asked_about(people=everywhere),
        chronology=entries[:ENTRIES_AT_ONCE],
        corrections=corrections,
        more_chronology=len(entries) > ENTRIES_AT_ONCE,
        merges=list(joins.order_by("at")) if len(everywhere) > 1 else [],
        why_seen=record_viewed(actor=actor, person=known.head, everywhere=everywhere),
        seen_by=actor,
        disputed=disputed(known.head.id),
    )


@composed_once
def _said(*, people: list[UUID]) -> QuerySet[AboutMe]:
    return AboutMe.objects.filter(among("person", people)).order_by(*NEWEST_FIRST)


@composed_once
def network_of(*, people: list[UUID]) -> QuerySet[Contact]:
    """Return who is on a person's network, by name. The caller has checked that the actor sees the person."""
    return Contact.objects.filter(among("person", people), left_at=None).order_by("name", "id")


@composed_once
def in_touch(*, people: list[UUID]) -> QuerySet[Involvement]:
    """Return which agencies are in touch, longest first. The caller has checked the actor sees the person."""
    now = Involvement.objects.filter(among("person", people), until=None)
    return now.select_related("organisation").order_by("since", "organisation__name", "id")


@composed_once
def _asked_about(*, people: list[UUID]) -> QuerySet[KnownTo]:
    asked = KnownTo.objects.filter(among("person", people))
    return asked.select_related("asked_by", "asked_of").order_by("-asked_at")


def record_viewed(*, actor: Actor, person: Person, everywhere: list[UUID]) -> list[Reach]:
    """Record that the actor looked, and any other purposes the record was given for; return why they may.

    Args:
        actor: who.
        person: the person whose record is shown.
        everywhere: the ids of all records joined into it.
    """
    why_seen = _why_seen(people=everywhere, organisation=actor.member_of)
    others = _other_purposes(actor, why_seen)
    told: dict[str, Any] = {"given_for": ", ".join(others)} if others else {}
    record(events.PERSON_VIEWED, actor=actor, person_id=person.id, **told)
    return why_seen


@composed_once
def _why_seen(*, people: list[UUID], organisation: UUID) -> QuerySet[Reach]:
    ours = Reach.objects.filter(among("person", people), organisation_id=organisation, until=None)
    return ours.order_by("since")


def _other_purposes(actor: Actor, why_seen: list[Reach]) -> list[str]:
    purposes = {reach.purpose for reach in why_seen} - {""}
    return [] if actor.purpose in purposes else sorted(purposes)


@query()
def organisations_to_ask(*, actor: Actor) -> list[Organisation]:
    """Return the organisations of the partnership except the actor's own."""
    require(permissions.may_ask_whether_known(actor))
    return organisations_but(own=actor.member_of)


@query()
def questions_to(*, actor: Actor) -> list[KnownTo]:
    """Return what other agencies asked the actor's that has not been answered, oldest first."""
    require(actor.may(Permission.KNOWN_TO_ANSWER))
    return list(
        KnownTo.objects.filter(asked_of_id=actor.member_of, answered_at=None)
        .select_related("asked_by")
        .order_by("asked_at")
    )


@query()
def question_to(*, actor: Actor, question_id: UUID, even_answered: bool = False) -> KnownTo:
    """Return one question asked of the actor's agency.

    Raises:
        NotFoundError: there is no such question, it has been answered, or another agency was asked.
    """
    require(actor.may(Permission.KNOWN_TO_ANSWER))
    asked = KnownTo.objects.filter(id=question_id, asked_of_id=actor.member_of).select_related("asked_by")
    if not (found := asked if even_answered else asked.filter(answered_at=None)):
        raise NotFoundError(_("There is no such question for your organisation."))
    return found[0]


def _first(records: PersonQuerySet) -> list[UUID]:
    """Return as many records as a search shows, and one to know that there are more."""
    return list(records.order_by("id").values_list("id", flat=True)[: MOST_FOUND + 1])


def _as_date(words: str) -> date | None:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d.%m.%Y", "%d %m %Y"):
        try:
            return datetime.strptime(words.strip(), pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
