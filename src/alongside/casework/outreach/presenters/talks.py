"""Finished words for conversations, the services chosen in them, and the page the person keeps."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import day_in_words
from alongside.casework.directory.presenters import ContactBy
from alongside.casework.directory.presenters import ServiceShown as DirectoryService
from alongside.casework.outreach.commands.said import choices_of
from alongside.casework.outreach.commands.signposting import ServiceTold
from alongside.casework.outreach.models import Answer, Outcome
from alongside.casework.outreach.presenters import how_to_communicate, when
from alongside.casework.outreach.queries.pages import ConversationPage, NextStepsPage
from alongside.casework.outreach.rules.risks import code_of_raised
from alongside.casework.people.models import Whole
from alongside.casework.people.presenters.whole import in_words

ANSWERS = {"Yes": gettext_lazy("Yes"), "No": gettext_lazy("No"), "Not known": gettext_lazy("Not known")}
"""Answers are kept in English, whatever the language of the page; a guide's own choices stay as they are."""


@dataclass(frozen=True)
class Prompt:
    """One question of a guide with the answer so far."""

    code: str
    say: str
    why: str
    takes_answer: bool
    choices: list[tuple[str, str]]
    """What is kept, and what is read."""
    several: bool
    """Whether any number of the choices may be ticked: ``words`` then has one on each line."""
    words: str
    saved: str


@dataclass(frozen=True)
class Theme:
    """One screen of a conversation."""

    code: str
    title: str
    only_if_wanted: bool
    prompts: list[Prompt]
    checklist: list[str]
    known: list[str]
    """What the record already says about what this screen asks."""
    number: str
    before: str
    after: str


@dataclass(frozen=True)
class ServiceShown:
    """A service the person was pointed to, as it was told that day."""

    id: str
    name: str
    telephone: str
    address: list[str]
    hours: list[str]
    on_paper: bool


@dataclass(frozen=True)
class StepsShown:
    """The page the person keeps."""

    name: str
    steps: list[str]
    services: list["ServiceShown"] = field(default_factory=list)
    whom_to_call: str = ""
    day: str = ""


def themes(page: ConversationPage) -> list[Theme]:
    """Return a conversation's screens in order."""
    sections: list[dict[str, Any]] = page.talk.guide_words["sections"]
    codes = [section["code"] for section in sections]
    return [
        Theme(
            code=section["code"],
            title=section["title"],
            only_if_wanted=section["only_if_wanted"],
            prompts=[_prompt(each, page) for each in section["prompts"] if _may_be_put(each["code"], page)],
            checklist=section["checklist"],
            known=how_to_communicate(page.person) if section["about"] == "communication" else [],
            number=_("%(number)s of %(all)s") % {"number": place + 1, "all": len(codes)},
            before=codes[place - 1] if place else "",
            after=codes[place + 1] if place + 1 < len(codes) else "",
        )
        for place, section in enumerate(sections)
    ]


def steps_shown(page: NextStepsPage) -> StepsShown:
    """Return the page the person keeps: no reason, no flag, no organisation they did not ask for.

    Who they can call is whoever spoke with them, with the number of the team, or else of the organisation,
    which is not named: no list of kinds says whose name would give a person away at home.
    """
    team, ours = page.talk.item.team, page.talk.item.organisation
    number = (team.telephone if team else "") or ours.telephone
    return StepsShown(
        name=page.person.known_as,
        steps=page.talk.next_steps.splitlines(),
        services=[_service(each) for each in page.outcomes],
        whom_to_call=", ".join(filter(None, [page.talk.finished_by or page.talk.begun_by, number])),
        day=day_in_words(page.talk.finished_at or page.talk.begun_at),
    )


def services_shown(outcomes: list[Outcome]) -> list[ServiceShown]:
    """Return the services chosen so far."""
    return [_service(each) for each in outcomes]


def noticed(page: ConversationPage) -> list[str]:
    """Return the signs that were ticked in a conversation, in the guide's order."""
    asked = [prompt for section in page.talk.guide_words["sections"] for prompt in section["prompts"]]
    kept = [page.answers.get(prompt["code"]) for prompt in asked if prompt["answer"] == "noticed"]
    theirs = [answer for answer in kept if answer and answer.words and not page.is_not_theirs(answer)]
    return [line for answer in theirs for line in answer.words.split("\n")]


def describes(page: ConversationPage) -> list[str]:
    """Return how the person describes themself, by all their records."""
    return in_words(page.person, "self_description")


def looked_for(person: Whole, today: date) -> dict[str, Any]:
    """Return what a search for services begins with: the person's age, and their part of the town.

    A protected address is left out, and so is its district.
    """
    district = "" if person.protected else (person.first("postcode") or "").split(" ")[0]
    return {"place": district, "age": person.age_on(today)}


def as_told(service: DirectoryService) -> ServiceTold:
    """Return a service from the directory as a conversation keeps it."""
    telephones = [way.value for way in service.reach if way.by is ContactBy.TELEPHONE]
    addresses = [way.value for way in service.reach if way.by is ContactBy.ADDRESS]
    return ServiceTold(
        id=UUID(service.id),
        name=service.name,
        telephone=telephones[0] if telephones else "",
        address="\n".join(addresses),
        hours="\n".join(service.hours),
    )


def _service(outcome: Outcome) -> ServiceShown:
    return ServiceShown(
        id=str(outcome.id),
        name=outcome.service_name,
        telephone=outcome.service_telephone,
        address=outcome.service_address.splitlines(),
        hours=outcome.service_hours.splitlines(),
        on_paper=outcome.on_paper,
    )


def _may_be_put(code: str, page: ConversationPage) -> bool:
    """Whether a question may be put to the person; one they answered before stays with its answer."""
    return code in page.answers or not (page.raised_unsafely and code == code_of_raised())


def _prompt(told: dict[str, Any], page: ConversationPage) -> Prompt:
    kept = page.answers.get(told["code"])
    return Prompt(
        code=told["code"],
        say=told["say"],
        why=told["why"] or "",
        takes_answer=told["answer"] != "none",
        choices=[(each, str(ANSWERS.get(each, each))) for each in choices_of(told)],
        several=told["answer"] == "noticed",
        words=kept.words if kept else "",
        saved=_saved(kept, page) if kept else "",
    )


def _saved(kept: Answer, page: ConversationPage) -> str:
    said = _("Saved %(when)s by %(name)s") % {"when": when(kept.at), "name": kept.by_name}
    if kept.words.strip() and page.is_not_theirs(kept):
        wrong = _("Written before it was noted that this was the wrong person: not kept as theirs")
        return f"{said}. {wrong}"
    return said
