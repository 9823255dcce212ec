"""Ask the owner of a source about its data, talk it over, and say how it was settled."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.area import AreaPack
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.queries.of_pack import organisation_of_pack
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.queries.whole import whole
from alongside.casework.sources import events, permissions
from alongside.casework.sources.models import DataQuestion, DataQuestionMessage, Flag
from alongside.casework.sources.queries.answering import who_answers
from alongside.casework.sources.rules import names_somebody


class NamesSomebodyError(CaseworkError):
    """A thread about data names no person."""


class NothingSaidError(CaseworkError):
    """The title, the message or the outcome is empty."""


class OwnerNotHereError(CaseworkError):
    """The organisation that gives the source is not a member here."""


class QuestionSettledError(AlreadyDoneError):
    """The question has been settled."""


@command
def ask_data_question(
    *,
    actor: Actor,
    at: datetime,
    pack: AreaPack,
    source: str,
    title: str,
    words: str,
    factor: str = "",
    flag_id: UUID | None = None,
) -> DataQuestion:
    """Put a question about a source, or one of its facts, to the organisation that gives it.

    Raises:
        NotFoundError: there is no such source or factor, or the flag is not the actor's to see.
        OwnerNotHereError: the organisation that gives the source is not a member here.
        NamesSomebodyError: the title or the words name a person.
        NothingSaidError: the title or the words are empty.
    """
    require(permissions.may_ask_about_data(actor))
    described = pack.sources.get(source)
    if described is None or (factor and factor not in {each.code for each in described.factors}):
        raise NotFoundError(_("There is no such source or fact in this area."))
    if flag_id is not None and not Flag.objects.filter(id=flag_id).exists():
        raise NotFoundError(_("There is no such flag, or it is not your organisation's."))
    owner = organisation_of_pack(described.organisation)
    if owner is None:
        contact = described.contact
        raise OwnerNotHereError(
            _("%(source)s comes from an organisation that is not here yet. Phone %(post)s, %(telephone)s.")
            % {"source": described.title, "post": contact.post, "telephone": contact.phone}
            if contact
            else _("%(source)s comes from an organisation that is not here yet. Phone them.")
            % {"source": described.title}
        )
    _names_nobody(actor, flag_id, title, words)
    question = DataQuestion.ask(
        source=source,
        factor=factor,
        flag_id=flag_id,
        title=title.strip(),
        asked_by=actor.name,
        asked_by_organisation_id=actor.member_of,
        owner=owner,
        owner_name=described.contact.post if described.contact else "",
        owner_telephone=described.contact.phone if described.contact else owner.telephone,
        at=at,
    )
    DataQuestionMessage.say(
        question=question, words=words, by=actor.name, organisation_id=actor.member_of, at=at
    )
    tell_who_answers(owner.id, actor=actor, at=at)
    record(
        events.QUESTION_ASKED,
        actor=actor,
        about=("data_question", question.id),
        owner=owner.name,
        source=source,
    )
    return question


@command
def say_in_thread(*, actor: Actor, at: datetime, question_id: UUID, words: str) -> DataQuestionMessage:
    """Say something in a thread of the actor's organisation.

    Raises:
        NotFoundError: there is no such thread, or it is between others.
        QuestionSettledError: it was settled; ask a new one.
        NamesSomebodyError, NothingSaidError: as ``ask_data_question``.
    """
    require(permissions.may_ask_about_data(actor))
    question = _lock(actor, question_id)
    _names_nobody(actor, question.flag_id, words)
    said = DataQuestionMessage.say(
        question=question, words=words, by=actor.name, organisation_id=actor.member_of, at=at
    )
    _tell_the_others(question, actor, at)
    record(
        events.QUESTION_ANSWERED, actor=actor, about=("data_question", question.id), source=question.source
    )
    return said


@command
def settle_data_question(*, actor: Actor, at: datetime, question_id: UUID, outcome: str) -> DataQuestion:
    """Say how a question was settled, so that nobody asks it twice.

    Raises:
        NotFoundError, QuestionSettledError, NamesSomebodyError, NothingSaidError: as ``say_in_thread``.
    """
    require(permissions.may_ask_about_data(actor))
    question = _lock(actor, question_id)
    _names_nobody(actor, question.flag_id, outcome)
    question.settle(outcome=outcome.strip(), at=at)
    _tell_the_others(question, actor, at)
    record(events.QUESTION_SETTLED, actor=actor, about=("data_question", question.id), source=question.source)
    return question


def tell_who_answers(organisation_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Note that a question waits for whoever answers for the data, in a command's transaction."""
    answer = who_answers(organisation_id, on=timezone.localdate(at))
    tell_those_who_may(answer, organisation_id=organisation_id, actor=actor, at=at)


def _lock(actor: Actor, question_id: UUID) -> DataQuestion:
    question = (
        DataQuestion.objects.between(actor.member_of)
        .select_for_update(no_key=True)
        .filter(id=question_id)
        .first()
    )
    if question is None:
        raise NotFoundError(_("There is no such question, or it is between other organisations."))
    require(permissions.may_speak_in(actor, question))
    if question.settled_at:
        raise QuestionSettledError(_("This question was settled. Ask a new one if it comes up again."))
    return question


def _tell_the_others(question: DataQuestion, actor: Actor, at: datetime) -> None:
    """Tell whoever asked, of an answer or the outcome; and the owner, if those who asked spoke."""
    # what a colleague adds to the question is no answer to it
    if actor.member_of == question.owner_id or question.settled_at:
        tell_named(question.asked_by, question.asked_by_organisation_id, actor=actor, at=at)
    if actor.organisation_id == question.asked_by_organisation_id:
        tell_who_answers(question.owner_id, actor=actor, at=at)


def _names_nobody(actor: Actor, flag_id: UUID | None, *words: str) -> None:
    if not all(each.strip() for each in words):
        raise NothingSaidError(_("Enter what you want to know or say, and a title for it."))
    names: list[str] = []
    if flag_id is not None:
        # the writer may not be able to see the person; they must still not name them
        with beyond_reach(actor):
            flag = Flag.objects.select_related("person").filter(id=flag_id).first()
            records = whole(flag.person).records if flag else ()
        names = [name for each in records for name in (each.known_as, each.forename, each.surname)]
    if any(names_somebody(each, names) for each in words):
        raise NamesSomebodyError(
            _(
                "This names the person, or contains an NHS or National Insurance number. Write about the "
                "fact and its source instead: the owner sees which flag it was asked about, if they can see "
                "the person."
            )
        )
