"""Who is in touch, who is asked, and what happened when."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.people import events, permissions
from alongside.casework.people.commands.leaving import (
    keep_what_was_cut_off,
    must_leave_nothing_unfinished,
    seen_because_of,
)
from alongside.casework.people.models import ChronologyEntry, Involvement, KnownTo, Person, Reach
from alongside.casework.people.queries import lock_person, must_have_reach
from alongside.casework.people.queries.forms import entry_to_correct
from alongside.casework.people.queries.readers import must_be_for_all_to_read, readers_of
from alongside.casework.people.queries.telling import (
    must_be_free_to_answer,
    must_be_free_to_tell,
    must_still_be_free_to_tell,
)
from alongside.casework.people.queries.whole import whole
from alongside.casework.people.rules import ReachWhy


class NobodyToAskError(CaseworkError):
    """The organisation to ask is the actor's own."""


class AlreadyAskedError(AlreadyDoneError):
    """They have already been asked this, and have not answered yet."""


class AlreadyAnsweredError(AlreadyDoneError):
    """This question has already been answered."""


class NotYetError(CaseworkError):
    """Something is said to have happened in the future."""


class EndsBeforeItBeganError(CaseworkError):
    """An involvement cannot end before the day it began."""


class CorrectsNothingError(CaseworkError):
    """A correction must belong to the entry that it corrects."""


class ReadAgainstTheirWishError(CaseworkError):
    """An organisation that the person asked us not to tell would read it."""


class NoWhyError(CaseworkError):
    """A correction needs a reason."""


_IN_A_PLAN = gettext_lazy("What has not happened yet belongs in a plan, not in the chronology.")


@command
def note_involvement(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    worker: Membership | None = None,
    worker_name: str = "",
    service: str = "",
    since: date | None = None,
    how_often: str = "",
    intensity: str = Involvement.Intensity.NOT_KNOWN,
) -> Involvement:
    """Note in the involvement register that the actor's agency is in touch with a person.

    If exactly one member of the agency has the named worker's name, the involvement is linked to them, and
    they can be asked to lead.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
        OnlyInEmergencyError: the actor sees them only in an emergency, which this reach would outlast.
        NotYetError: it has not begun.
    """
    require(permissions.may_add_to_chronology(actor))
    if since is not None and since > timezone.localdate(at):
        raise NotYetError(_("This day is in the future. Add the involvement once it has begun."))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    noted = Involvement.note(
        person=person,
        organisation_id=actor.member_of,
        worker=worker or _member_called(worker_name, actor, at),
        worker_name=worker_name or (worker.user.name if worker else ""),
        service=service,
        since=since,
        how_often=how_often,
        intensity=intensity,
        at=at,
    )
    Reach.give(
        person_id=person.id,
        organisation_id=actor.member_of,
        why=ReachWhy.INVOLVED,
        at=at,
        about=noted.id,
        purpose=actor.purpose,
    )
    record(events.INVOLVEMENT_NOTED, actor=actor, person_id=person.id)
    return noted


def _member_called(name: str, actor: Actor, at: datetime) -> Membership | None:
    called = Membership.objects.on(timezone.localdate(at)).filter(
        organisation_id=actor.member_of, user__name__iexact=name.strip()
    )
    found = list(called[:2])
    return found[0] if len(found) == 1 else None


@command
def end_involvement(*, actor: Actor, at: datetime, involvement_id: UUID, on: date) -> None:
    """Record that the actor's agency is no longer in touch. The reach that came with it ends.

    Raises:
        NotFoundError: the actor's agency has no such involvement.
        NotYetError: the day is in the future; until then the agency is still in touch.
        EndsBeforeItBeganError: the day is before the one since when it is in touch.
        UnfinishedError: it has something half written about the person, and no other reason to see them.
    """
    require(permissions.may_add_to_chronology(actor))
    if on > timezone.localdate(at):
        raise NotYetError(_("This day is in the future: choose today or an earlier day."))
    noted = (
        Involvement.objects.select_for_update(no_key=True)
        .filter(id=involvement_id, organisation_id=actor.member_of, until=None)
        .first()
    )
    if noted is None:
        raise NotFoundError(_("Your organisation has no such involvement."))
    if noted.since is not None and on < noted.since:
        raise EndsBeforeItBeganError(
            _("Enter a day on or after %(since)s, when the involvement began.")
            % {"since": day_in_words(noted.since)}
        )
    must_leave_nothing_unfinished(actor=actor, at=at, about=noted.id)
    seen = seen_because_of(actor, noted.id)
    noted.end(on=on)
    record(events.INVOLVEMENT_ENDED, actor=actor, person_id=noted.person_id)
    Reach.end_all(about=noted.id, at=at)
    keep_what_was_cut_off(actor=actor, at=at, people=seen)


@command
def ask_whether_known(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    asked_of: Organisation,
    why: str,
    why_not_safe: str = "",
) -> KnownTo:
    """Ask another agency whether a person is known to it. It then sees only who is meant, and the question.

    If ``why_not_safe`` says why it is not safe for the person to know, their statement does not mention that
    it was asked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
        NobodyToAskError: the organisation is the actor's own.
        AlreadyAskedError: it has been asked and has not answered.
        ToldAgainstTheirWishError: the person asked us not to tell it about them.
    """
    require(permissions.may_ask_whether_known(actor))
    person = lock_person(actor=actor, person_id=person_id)
    if asked_of.id == actor.member_of:
        raise NobodyToAskError(_("Ask another organisation: you can look up your own."))
    must_be_free_to_tell(actor=actor, person_id=person.id, organisation_id=asked_of.id, at=at)
    everywhere = Person.objects.records_of(person.id)
    if KnownTo.objects.filter(
        person__in=everywhere, asked_by_id=actor.member_of, asked_of=asked_of, answered_at=None
    ).exists():
        raise AlreadyAskedError(
            _("%(organisation)s has already been asked and has not answered yet. Phone them.")
            % {"organisation": asked_of.name}
        )
    question = KnownTo.ask(
        person=person,
        who=whole(person).told_to_others,
        asked_by_id=actor.member_of,
        asked_by_name=actor.name,
        asked_of=asked_of,
        why=why,
        why_not_safe=why_not_safe.strip(),
        purpose=actor.purpose,
        at=at,
    )
    tell_those_who_may(Permission.KNOWN_TO_ANSWER, organisation_id=asked_of.id, actor=actor, at=at)
    record(events.KNOWN_TO_ASKED, actor=actor, person_id=person.id, organisation=asked_of.name)
    return question


@command
def answer_whether_known(
    *,
    actor: Actor,
    at: datetime,
    question_id: UUID,
    answer: str,
    note: str = "",
    worker_name: str = "",
) -> KnownTo:
    """Answer whether a person is known. "Open to us" lets the answering agency see the person, and be seen.

    Saying that they are or were known tells something, and so does a note: neither is allowed if the person
    asked us not to tell the asking agency. All that see the record read the answer itself, but not the note:
    that they are or were known is not said where one of them is not to be told. If they have since objected
    to the answering agency, it does not come to see them.

    Raises:
        NotFoundError: there is no such question for the actor's organisation.
        AlreadyAnsweredError: it has already been answered.
        AnsweredAgainstTheirWishError: the person asked us not to tell the asking agency, or another reader.
        WishedOtherwiseSinceError: they have since asked us not to tell the actor's organisation.
    """
    question = KnownTo.objects.select_for_update(no_key=True).filter(id=question_id).first()
    if question is None or question.asked_of_id != actor.member_of:
        raise NotFoundError(_("There is no such question for your organisation."))
    require(permissions.may_answer(actor, question))
    if question.answered_at:
        raise AlreadyAnsweredError(
            _("%(name)s has already answered this question: “%(answer)s”. Your answer was not sent.")
            % {"name": question.answered_by_name, "answer": question.get_answer_display()}
        )
    says_known = answer in (KnownTo.Answer.OPEN, KnownTo.Answer.BEFORE)
    if says_known or note.strip():
        must_be_free_to_answer(
            actor=actor,
            asker_id=question.asked_by_id,
            asker=question.asked_by.name,
            person_id=question.person_id,
            at=at,
            instead=_("Answer “We may not say; talk to us”, with no note, or decide about sharing first."),
        )
    if says_known:
        must_be_for_all_to_read(
            actor=actor,
            person_id=question.person_id,
            at=at,
            instead=_("Answer “We may not say; talk to us”, and tell whoever asked when they talk to you."),
        )
    if answer == KnownTo.Answer.OPEN:
        must_still_be_free_to_tell(
            actor=actor,
            teller_id=question.asked_by_id,
            teller=question.asked_by.name,
            purpose=question.purpose,
            person_id=question.person_id,
            at=at,
        )
    question.tell(answer=answer, note=note, worker_name=worker_name, by=actor.name, at=at)
    if answer == KnownTo.Answer.OPEN:
        Reach.give(
            person_id=question.person_id,
            organisation_id=question.asked_of_id,
            why=ReachWhy.ASKED,
            at=at,
            about=question.id,
            purpose=question.purpose,
        )
    tell_named(question.asked_by_name, question.asked_by_id, actor=actor, at=at)
    record(events.KNOWN_TO_ANSWERED, actor=actor, person_id=question.person_id)
    return question


@command
def add_to_chronology(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    happened_on: date,
    kind: str,
    words: str,
    readers: str = ChronologyEntry.Readers.EVERYBODY,
) -> ChronologyEntry:
    """Add what the actor's agency knows to a person's one chronology. Nothing in it is ever changed.

    Args:
        actor: who.
        at: when.
        person_id: whose chronology.
        happened_on: the day it happened.
        kind: what sort of entry it is.
        words: what happened.
        readers: whether every organisation that sees the record can read it, or only their own (ADR 0021).

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
        NotYetError: it is in the future.
        CorrectsNothingError: its kind is a correction; use ``correct_entry`` to make one.
        ReadAgainstTheirWishError: an organisation that the person asked us not to tell would read it.
    """
    require(permissions.may_add_to_chronology(actor))
    person = lock_person(actor=actor, person_id=person_id)
    if happened_on > timezone.localdate(at):
        raise NotYetError(str(_IN_A_PLAN))
    if kind == ChronologyEntry.Kind.CORRECTION:
        raise CorrectsNothingError(_("Correct an entry where it appears, so that the two are read together."))
    if readers == ChronologyEntry.Readers.EVERYBODY:
        _must_be_for_all_to_read(actor, person, at)
    entry = ChronologyEntry.add(
        person=person,
        happened_on=happened_on,
        kind=kind,
        words=words,
        organisation_id=actor.member_of,
        readers=readers,
        by=actor.name,
        at=at,
    )
    record(events.CHRONOLOGY_ADDED, actor=actor, person_id=person.id, sort=kind)
    return entry


def _must_be_for_all_to_read(actor: Actor, person: Person, at: datetime) -> None:
    if names := readers_of(actor=actor, person_id=person.id, at=at).objected:
        raise ReadAgainstTheirWishError(
            _(
                "The person asked us not to tell: %(names)s. They see this record and would read it. Keep it "
                "to your own organisation. If they still need to know, decide about sharing."
            )
            % {"names": ", ".join(names)}
        )


@command
def correct_entry(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    entry_id: UUID,
    happened_on: date,
    words: str,
    why: str,
) -> ChronologyEntry:
    """Correct an entry that the actor's organisation wrote; the correction is kept beside the original.

    UK GDPR Article 16 (rectification); what professionals relied on meanwhile must still be readable.
    Everybody who can read the entry can read the correction, even if the person has since objected to them
    (Article 19, ADR 0021).

    Args:
        actor: who.
        at: when.
        person_id: whose chronology.
        entry_id: the entry; the same one may be corrected again.
        happened_on: the day it happened, whether or not it was right before.
        words: the correct version.
        why: how it came to be wrong, or how they know.

    Raises:
        NotFoundError: there is no such person or entry, or the actor may not see them.
        NotAllowedError: another organisation wrote it, or it is itself a correction.
        NotYetError: the day is in the future.
        NoWhyError: no reason is given.
    """
    require(permissions.may_add_to_chronology(actor))
    person = lock_person(actor=actor, person_id=person_id)
    entry = entry_to_correct(actor=actor, person=person, entry_id=entry_id)
    if happened_on > timezone.localdate(at):
        raise NotYetError(str(_IN_A_PLAN))
    if not why.strip():
        raise NoWhyError(
            _("Say why you are correcting it: anybody who relied on it must be able to understand.")
        )
    correction = ChronologyEntry.add(
        person=person,
        happened_on=happened_on,
        kind=ChronologyEntry.Kind.CORRECTION,
        words=words,
        organisation_id=actor.member_of,
        readers=entry.readers,
        by=actor.name,
        at=at,
        corrects=entry,
        why=why.strip(),
    )
    record(
        events.CHRONOLOGY_CORRECTED, actor=actor, person_id=person.id, about=("chronology_entry", entry.id)
    )
    return correction
