"""Who was told a person's data, as far as this system knows. Callers must see all rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.models import Organisation
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.rows import as_models, in_one, join
from alongside.casework.marm.models import Case, Invitation, Onward
from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import Involvement, KnownTo, Reach
from alongside.casework.people.queries.recipients import Recipient
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.queries.lines import key_of, row_key
from alongside.casework.rights.rules.tables.people import WHY_SEEN
from alongside.casework.sharing.models import Disclosure, InformationRequest, ShareDecision
from alongside.casework.sharing.models import Recipient as MeantFor
from alongside.casework.sharing.rules.requests import State

_GIVEN_BY: dict[str, type[Model]] = {
    ReachWhy.INVOLVED: Involvement,
    ReachWhy.ASKED: KnownTo,
    ReachWhy.REFERRED: Referral,
}
"""What a reach is about, by its reason: withholding that also withholds what follows from it."""
_ANSWERED = {
    State.ANSWERED: gettext_lazy("The answer of %(whom)s, whom they had asked for information about you."),
    State.NOTHING_HELD: gettext_lazy(
        "That %(whom)s holds nothing of what they had asked for about you, as %(whom)s answered."
    ),
    State.REFUSED: gettext_lazy(
        "That %(whom)s does not give the information about you that they had asked for, and why not."
    ),
}
"""What went back to whoever asked for information, by how that ended."""


@dataclass(frozen=True)
class RecipientOfRow(Recipient):
    """A recipient with the keys of the lines that show it: it is given only where all of them are.

    Attributes:
        keys: tables and rows, in the form that lines use.
    """

    keys: frozenset[str] = frozenset()


def keys_of(rows: Iterable[Model]) -> frozenset[str]:
    """Return the keys of rows, in the form that lines use."""
    return frozenset(map(key_of, rows))


def told_or_seeing(records: frozenset[UUID]) -> list[Recipient]:
    """Return who was told a person's data, and who can see the record, or could."""
    rows = as_models(_rows(records=list(records)))
    join(rows, _JOINED)
    meant = rows.get(MeantFor._meta.label, ())
    told = [_by_decision(each, meant) for each in rows.get(Disclosure._meta.label, ())]
    requests = rows.get(InformationRequest._meta.label, ())
    return [
        *map(_by_reach, rows.get(Reach._meta.label, ())),
        *map(_by_question, rows.get(KnownTo._meta.label, ())),
        *map(_by_referral, rows.get(Referral._meta.label, ())),
        *map(_by_invitation, rows.get(Invitation._meta.label, ())),
        *map(_by_request, requests),
        *(_by_answer(each, told) for each in requests if each.state in _ANSWERED),
        *told,
    ]


def told_otherwise(records: frozenset[UUID], told: Iterable[Disclosure], *, own: str) -> list[Recipient]:
    """Return who else was told a person's data, or could see the record: by organisation, earliest first.

    What was told by a decision can be answered by a message here. These others must be told by whoever
    answers the person (UK GDPR Article 19). Whom a matter was sent on to is never left out: it is words that
    somebody typed, which do not say that it is one of those that are told here.

    Args:
        records: the ids of all records of the person.
        told: what was told by decisions.
        own: the name of the organisation that answers, which need not tell itself.
    """
    reached = {own, *(each.organisation.name for each in told)}
    others = [each for each in told_or_seeing(records) if each.organisation not in reached]
    others += map(_by_onward, _onward(records=list(records)))
    return sorted(others, key=lambda each: (each.organisation, each.since, each.what))


@composed_once
def _onward(*, records: list[UUID]) -> QuerySet[Onward]:
    return Onward.objects.filter(among("person", records)).select_related("organisation")


def _by_onward(sent: Onward) -> Recipient:
    """Another process, mostly outside, that the person's matter was sent on to."""
    what = _("What %(who)s sent on about you.") % {"who": sent.organisation.name}
    return Recipient(sent.sent_to, what, "", timezone.make_aware(datetime.combine(sent.sent_on, time())))


_JOINED = {
    Reach._meta.label: ["organisation"],
    KnownTo._meta.label: ["asked_of", "asked_by"],
    Referral._meta.label: ["to_organisation", "from_organisation"],
    Invitation._meta.label: ["organisation", "from_organisation"],
    InformationRequest._meta.label: ["asked_of", "asked_by"],
    Disclosure._meta.label: ["organisation", "from_organisation", "decision"],
}


@composed_once
def _rows(*, records: list[UUID]) -> QuerySet[Any, tuple[str, str]]:
    """All of it in one query, with the organisations that these rows name, once each."""
    theirs, of_decision = among("person", records), among("decision__person", records)
    telling: list[QuerySet[Any]] = [
        Reach.objects.filter(theirs), KnownTo.objects.filter(theirs), Referral.objects.filter(theirs),
        Invitation.objects.filter(theirs), InformationRequest.objects.filter(theirs),
        Disclosure.objects.filter(of_decision),
    ]  # fmt: skip
    named = Q()
    for rows in telling:
        for column in _JOINED[rows.model._meta.label]:
            if column != "decision":
                named |= Q(id__in=rows.values(column))
    beside = (
        ShareDecision.objects.filter(theirs),
        MeantFor.objects.filter(of_decision),
        Organisation.objects.filter(named),
    )
    return in_one(*telling, *beside)


def _by_reach(reach: Reach) -> RecipientOfRow:
    """An organisation that can see the record, or could, and why."""
    model = _GIVEN_BY.get(reach.why)
    about = frozenset([row_key(model._meta.label, reach.about)]) if model and reach.about else frozenset()
    return RecipientOfRow(
        reach.organisation.name,
        _("Your record. %(why)s.") % {"why": WHY_SEEN.get(reach.why, reach.why)},
        reach.purpose,
        reach.since,
        reach.until,
        keys=keys_of([reach]) | about,
    )


def _by_question(asked: KnownTo) -> RecipientOfRow:
    """An organisation that was asked whether it knows the person, and so was told about them."""
    return RecipientOfRow(
        asked.asked_of.name,
        _("Your name and date of birth, when %(who)s asked whether they know you.")
        % {"who": asked.asked_by.name},
        asked.purpose,
        asked.asked_at,
        keys=keys_of([asked]),
    )


def _by_referral(made: Referral) -> RecipientOfRow:
    """An organisation that was asked to help, and was told who and why, even if that was taken back."""
    who = made.from_organisation.name
    told = _("Who you are, and why %(who)s asked them to help you.") % {"who": who}
    if made.taken_back_at:
        day = day_in_words(timezone.localdate(made.taken_back_at))
        since = _("%(who)s took this back on %(day)s.") % {"who": who, "day": day}
        told = f"{told} {since}"
    return RecipientOfRow(
        made.to_organisation.name,
        told,
        "",
        made.made_at,
        keys=keys_of([made]),
    )


def _by_invitation(made: Invitation) -> RecipientOfRow:
    """An organisation that was invited into a case, and so was told who it is about and why, come or not."""
    what = _("Who you are, and why %(who)s asked them to join in a case.")
    return RecipientOfRow(
        made.organisation.name,
        what % {"who": made.from_organisation.name},
        made.purpose,
        made.invited_at,
        keys=keys_of([made]) | {row_key(Case._meta.label, made.case_id)},
    )


def _by_request(asked: InformationRequest) -> RecipientOfRow:
    """An organisation that was asked for information, and so was told about whom and what for."""
    who = asked.asked_by.name
    what = _("Who you are, and what %(who)s asked them to say about you.") % {"who": who}
    if asked.state == State.WITHDRAWN and asked.ended_at:
        day = day_in_words(timezone.localdate(asked.ended_at))
        since = _("%(who)s took this back on %(day)s.") % {"who": who, "day": day}
        what = f"{what} {since}"
    return RecipientOfRow(asked.asked_of.name, what, asked.purpose, asked.asked_at, keys=keys_of([asked]))


def _by_answer(asked: InformationRequest, told: Iterable[RecipientOfRow]) -> RecipientOfRow:
    """Whoever asked for information, which was answered: no data in the answer tells them something too.

    An answer that is a decision is given only where what was told by that decision is.
    """
    keys = keys_of([asked])
    if asked.decision_id:
        decision = row_key(ShareDecision._meta.label, asked.decision_id)
        keys |= {decision}.union(*(each.keys for each in told if decision in each.keys))
    return RecipientOfRow(
        asked.asked_by.name,
        _ANSWERED[State(asked.state)] % {"whom": asked.asked_of.name},
        asked.purpose,
        asked.ended_at or asked.asked_at,
        keys=keys,
    )


def _by_decision(told: Disclosure, meant: Iterable[MeantFor]) -> RecipientOfRow:
    """An organisation that was told something because somebody decided it."""
    theirs = (told.decision_id, told.organisation_id)
    meant_for = [each for each in meant if (each.decision_id, each.organisation_id) == theirs]
    return RecipientOfRow(
        told.organisation.name,
        _("What %(who)s decided to tell them about you.") % {"who": told.from_organisation.name},
        told.decision.purpose,
        told.at,
        keys=keys_of([told, told.decision, *meant_for]),
    )
