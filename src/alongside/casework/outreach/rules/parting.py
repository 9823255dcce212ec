"""Which of the items on two joined records are about the one that is parted from the other."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class AnItem:
    """What decides whom an item is about.

    Attributes:
        id: which.
        person: the record it stands on.
        organisation: whose list it is on.
        made_at: when it was put there.
        raised: whether a professional raised it, or a referral did, and not a flag.
        flagged: the record its flag is about; None if it has none.
    """

    id: UUID
    person: UUID
    organisation: UUID
    made_at: datetime
    raised: bool
    flagged: UUID | None


@dataclass(frozen=True)
class AReferral:
    """The same of a referral: ``item`` it was made from, ``to`` whom, when it was answered, if it was."""

    item: UUID
    person: UUID
    to: UUID
    answered_at: datetime | None


@dataclass(frozen=True)
class Parted:
    """Whom it may be about: the records that go, when they were joined, and who saw only these then."""

    theirs: Collection[UUID]
    since: datetime
    of: Collection[UUID]


def about_theirs(items: Iterable[AnItem], referrals: Iterable[AReferral], parted: Parted) -> frozenset[UUID]:
    """Return the ids of the items that are about the records that go, or stand on them already.

    What a referral made is about whom the referral is about, and a referral about whom its own item is about,
    from one organisation to the next. What a professional raised before the records were joined is about the
    record it stands on; anything else, about the person of its flag, or else of the only record that its
    organisation saw.
    """
    made_by = made_by_referral(items := list(items), referrals)
    goes = {
        each.id
        for each in items
        if each.person in parted.theirs or (each.id not in made_by and _is_theirs(each, parted))
    }
    while more := {
        id_
        for id_, referral in made_by.items()
        if id_ not in goes and (referral.person in parted.theirs or referral.item in goes)
    }:
        goes |= more
    return frozenset(goes)


def made_by_referral(items: Iterable[AnItem], referrals: Iterable[AReferral]) -> dict[UUID, AReferral]:
    """Return, by id of each item that a referral made as it was accepted, that referral."""
    accepted = {(each.to, each.answered_at): each for each in referrals}
    made = {each.id: accepted.get((each.organisation, each.made_at)) for each in items if each.raised}
    return {id_: referral for id_, referral in made.items() if referral is not None}


def _is_theirs(item: AnItem, parted: Parted) -> bool:
    if item.raised and item.made_at <= parted.since:
        return False
    if item.flagged is not None:
        return item.flagged in parted.theirs
    return item.organisation in parted.of and item.made_at > parted.since
