"""Recording what a person chose about sharing, and that they took it back."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.purposes import declared
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.people.queries import lock_person, must_have_reach
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import SharingChoice
from alongside.casework.sharing.queries.choices import choice_to_take_back
from alongside.casework.sharing.rules.choices import Answer, Statement, why_no_choice


class NoChoiceError(CaseworkError):
    """What was written down is not a valid choice: ``wrong`` says why, by the name of the field."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__(" ".join(f"{each}." for each in wrong.values()))
        self.wrong = wrong


@command
def record_choices(*, actor: Actor, at: datetime, person_id: UUID, said: Statement) -> list[SharingChoice]:
    """Keep what a person chose in one conversation: a choice for each organisation and topic.

    What they chose before stays as it was; of two choices about the same thing the later counts.

    Raises:
        NotAllowedError: the actor's role may not write choices down.
        NotFoundError: the person, an organisation or the purpose is not there for the actor.
        NoChoiceError: it is not valid, such as an agreement without an end or by somebody who cannot decide.
    """
    require(permissions.may_record_choices(actor))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    if wrong := why_no_choice(said, timezone.localdate(at)):
        raise NoChoiceError(wrong)
    agrees = said.answer is Answer.AGREES
    if agrees and said.purpose not in {each.code for each in declared()}:
        raise NotFoundError(_("There is no such purpose."))
    organisations = list(Organisation.objects.filter(id__in=said.recipients))
    if len(organisations) < len(said.recipients):
        raise NotFoundError(_("One of these organisations is not in the partnership."))
    made = SharingChoice.record_all(
        said, person=person, recipients=organisations, organisation_id=actor.member_of, by=actor.name, at=at
    )
    kind = events.CHOICE_AGREED if agrees else events.CHOICE_REFUSED
    record(kind, actor=actor, person_id=person.id, choices=len(made), about=("choices", made[0].talk))
    return made


@command
def take_back_choice(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    choice_id: UUID,
    on: date,
    how: str,
    effect_told: str,
    words: str = "",
) -> SharingChoice:
    """Record that the person took a choice back: an agreement taken back then stands in the way of sharing.

    Any organisation that sees the person can record this, whoever recorded the choice: consent must be as
    easy to take back as to give (UK GDPR Article 7(3)).

    Raises:
        NotAllowedError: the actor's role may not write choices down.
        NotFoundError: the actor sees no such choice.
        AlreadyDoneError: it has already been taken back.
        NoChoiceError: the day lies in the future or before they chose, or nobody told them what it does.
    """
    require(permissions.may_record_choices(actor))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    choice = choice_to_take_back(person=person, choice_id=choice_id)
    if choice.withdrawn_on is not None:
        raise AlreadyDoneError(_("They have already taken this back."))
    wrong = {}
    if not choice.said_on <= on <= timezone.localdate(at):
        wrong["on"] = _("The day must be between the day they chose and today")
    if not effect_told.strip():
        wrong["effect_told"] = _("Tell them what taking it back does, and write down what you said")
    if wrong:
        raise NoChoiceError(wrong)
    choice.take_back(on=on, how=how, words=words, effect_told=effect_told, by=actor.name, at=at)
    record(events.CHOICE_TAKEN_BACK, actor=actor, person_id=person.id, about=("choice", choice.id))
    return choice
