"""Entering and renewing information sharing agreements, and giving notice before one ends."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.accounts.purposes import declared
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import Agreement
from alongside.casework.sharing.queries.agreements import ending
from alongside.casework.sharing.rules.agreements import Terms, dates_are_wrong


class WrongTermsError(CaseworkError):
    """The terms do not make a valid agreement: the message says why."""


@command
def sign_agreement(
    *,
    actor: Actor,
    at: datetime,
    reference: str,
    title: str,
    owner: str,
    terms: Terms,
) -> Agreement:
    """Enter an agreement that organisations in the partnership signed.

    Raises:
        NotAllowedError: the actor may not keep agreements.
        AlreadyDoneError: there is already an agreement with this reference.
        NotFoundError: an organisation or a purpose is not in the partnership.
        WrongTermsError: the dates do not fit, or fewer than two organisations signed.
    """
    require(permissions.may_keep_agreements(actor))
    if Agreement.objects.filter(reference__iexact=reference).exists():
        raise AlreadyDoneError(_("There is already an agreement %(reference)s.") % {"reference": reference})
    parties = _parties(terms)
    made = Agreement.sign(reference=reference, title=title, owner=owner, terms=terms, parties=parties)
    record(events.AGREEMENT_SIGNED, actor=actor, reference=reference, about=("agreement", made.id))
    return made


@command
def change_agreement(
    *,
    actor: Actor,
    at: datetime,
    agreement_id: UUID,
    opened_version: int,
    title: str,
    owner: str,
    terms: Terms,
) -> Agreement:
    """Change what an agreement says, or renew it with new dates. What was shared under it stays as it was.

    Raises:
        NotAllowedError: the actor may not keep agreements.
        NotFoundError: there is no such agreement, organisation or purpose.
        StaleError: somebody changed it since the actor opened it.
        WrongTermsError: the dates do not fit, or fewer than two organisations signed.
    """
    require(permissions.may_keep_agreements(actor))
    agreement = Agreement.objects.select_for_update(no_key=True).filter(id=agreement_id).first()
    if agreement is None:
        raise NotFoundError(_("There is no such agreement."))
    if agreement.version != opened_version:
        raise StaleError(_("Somebody changed this agreement while you had it open."))
    parties = _parties(terms)
    changed = agreement.change(title=title, owner=owner, terms=terms, parties=parties)
    record(
        events.AGREEMENT_CHANGED,
        actor=actor,
        reference=agreement.reference,
        changed=", ".join(changed) or "nothing",
        about=("agreement", agreement.id),
    )
    return agreement


class NoneEndsError(CaseworkError):
    """No agreement has a reminder that is due and has not been sent."""


@command
def remind_of_ends(*, actor: Actor, at: datetime) -> int:
    """Remind those who keep agreements of each that ends: 60 and 14 days before and on its last day.

    Those at its parties are told; if no party has anybody who keeps agreements, those in the whole
    partnership. The notice says that something is waiting; their Today page shows which agreement it is.
    Each is sent once, and again before the new end of a renewed agreement.

    Returns:
        For how many agreements somebody was reminded.

    Raises:
        NotAllowedError: the actor may not keep agreements.
        NoneEndsError: no agreement needs it.
    """
    require(permissions.may_keep_agreements(actor))
    day, reminded = timezone.localdate(at), 0
    keepers = Membership.objects.on(day).who_may(Permission.AGREEMENT_KEEP)
    keep = set(keepers.values_list("organisation_id", flat=True))
    for agreement, step in ending(day=day):
        agreement.remind(step, at=at)
        parties = {each.id for each in agreement.parties.all()}
        for organisation_id in (parties & keep) or [None]:
            tell_those_who_may(Permission.AGREEMENT_KEEP, organisation_id=organisation_id, actor=actor, at=at)
        record(
            events.AGREEMENT_REMINDED,
            actor=actor,
            reference=agreement.reference,
            about=("agreement", agreement.id),
        )
        reminded += 1
    if not reminded:
        raise NoneEndsError(_("No agreement that ends soon needs a reminder."))
    return reminded


def _parties(terms: Terms) -> list[Organisation]:
    """Return the organisations that signed, once everything that was signed makes sense."""
    if wrong := dates_are_wrong(terms):
        raise WrongTermsError(f"{next(iter(wrong.values()))}.")
    organisations = list(Organisation.objects.filter(id__in=terms.parties).order_by("name"))
    known = {each.code for each in declared()}
    if len(organisations) < len(terms.parties) or not terms.purposes <= known:
        raise NotFoundError(_("An organisation or a purpose is not in the partnership."))
    if len(organisations) < 2 or not terms.purposes or not terms.kinds:
        raise WrongTermsError(_("An agreement has at least two parties, one purpose and one kind of data."))
    return organisations
