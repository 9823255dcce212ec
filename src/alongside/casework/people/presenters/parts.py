"""Each agency's part, in words: how it is in touch, beside what it says about itself."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.presenters import NOT_SAID, profile
from alongside.casework.people.models import Involvement, KnownTo
from alongside.casework.people.permissions import may_read_note_on_answer
from alongside.casework.people.presenters.words import day, noted_late
from alongside.casework.people.queries.circle import Circle
from alongside.casework.people.rules import HOW_MUCH


@dataclass(frozen=True)
class Part:
    """One agency: how it is in touch, and its profile; ``waits`` is set if it has not said that it is."""

    organisation_id: UUID
    name: str
    kind: str
    does: list[str]
    says: list[dict[str, dict[str, str]]]
    not_said: str
    waits: str


def parts(circle: Circle) -> list[Part]:
    """Return the part of every agency in touch, then the answers of other agencies that were asked."""
    touching: dict[UUID, list[Involvement]] = {}
    for each in circle.involvements:
        touching.setdefault(each.organisation_id, []).append(each)
    made = [
        _part(all_of_it[0].organisation, [_does(each) for each in all_of_it], "")
        for all_of_it in touching.values()
    ]
    newest = {each.asked_of_id: each for each in circle.known_to}
    others = [each for organisation, each in newest.items() if organisation not in touching]
    return [*made, *(_part(each.asked_of, [], _answered(each, circle.seen_by)) for each in others)]


def _part(organisation: Organisation, does: list[str], waits: str) -> Part:
    said = profile(organisation)
    says = [
        {"key": {"text": heading}, "value": {"text": text}}
        for heading, text in said.said
        if text != str(NOT_SAID)
    ]
    return Part(organisation.id, organisation.name, said.kind, does, says, said.missing, waits)


def _does(involvement: Involvement) -> str:
    who = ", ".join(filter(None, [involvement.worker_name or _("Nobody named yet"), involvement.service]))
    much = str(HOW_MUCH[involvement.intensity]).lower()
    since = day(involvement.since) if involvement.since else _("not known")
    often = involvement.how_often or _("not known")
    said = _("{who}. Since: {since}. How often: {often}. How much: {much}.").format(
        who=who, since=since, often=often, much=much
    )
    return f"{said} {noted_late(involvement)}".strip()


def _answered(question: KnownTo, reader: Actor) -> str:
    if not question.answer:
        return _("Asked on {day}, and no answer yet: phone them.").format(day=day(question.asked_at))
    told = question.get_answer_display()
    if question.worker_name and may_read_note_on_answer(reader, question).allowed:
        told = _("{answer}. Talk to {worker}").format(answer=told, worker=question.worker_name)
    return _("Asked on {day}: {told}.").format(day=day(question.asked_at), told=told)
