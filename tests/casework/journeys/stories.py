"""What stories of agencies coming together share: steps that other journeys walk are taken by commands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import MONDAY
from tools.universe import TRAINED, Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts import commands as accounts
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.directory.days import working_days_after
from alongside.casework.marm.commands.actions import note_where_it_stands, plan_action
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.deciding import keep_decision
from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
from alongside.casework.marm.commands.leading import accept_lead, ask_to_lead
from alongside.casework.marm.commands.meetings import set_meeting
from alongside.casework.marm.commands.minutes import send_report
from alongside.casework.marm.models import Case, CaseDecision, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.rules.actions import Agrees, Kind, Planned, Stands, Status
from alongside.casework.marm.rules.asking import Asked
from alongside.casework.marm.rules.criteria import Answer, Answered
from alongside.casework.marm.rules.decisions import Decided, Option, Position, Protects, Stance
from alongside.casework.marm.rules.meetings import begins
from alongside.casework.marm.rules.reports import Report, Topic
from alongside.casework.marm.rules.stages import Told, Urgency
from alongside.casework.people.commands.involvement import (
    add_to_chronology,
    answer_whether_known,
    ask_whether_known,
)
from alongside.casework.people.commands.records import admit_person, write_down_words
from alongside.casework.people.rules import ReachWhy, Section

WHY = "We may each see a part of it."
FITS_WHOLE = ("serious_harm_no_plan", "present_help_not_enough", "daily_life", "partner_wants_to_talk")
"""With ``declines_essential_help`` these are the five tests of the area pack that all hold."""
ITEMS = {"daily_life": ("home",)}
NIGHT = system_actor("the night")


@dataclass(frozen=True)
class Stage:
    """Where a story plays: the universe, and on which day."""

    universe: Universe
    at: datetime = MONDAY

    def who(self, name: str) -> Actor:
        """Somebody of the universe, at work that day."""
        actor: Actor = actor_for(self.universe, name, on=timezone.localdate(MONDAY))
        return actor

    def agency(self, code: str) -> Organisation:
        """One of its organisations."""
        organisation: Organisation = self.universe.organisations[code]
        return organisation

    def join(self, code: str, organisation: str, kind: str, name: str, title: str) -> None:
        """Let another agency be in the partnership, with somebody who works with people."""
        made = accounts.take_in_organisation(actor=NIGHT, at=MONDAY, code=code, name=organisation, kind=kind)
        member = accounts.add_member(
            actor=NIGHT, at=MONDAY, organisation_id=made.id, email=f"{name.split()[0].lower()}@example.org",
            name=name, roles=["practitioner"], job_title=title,
        )  # fmt: skip
        accounts.note_training(
            actor=NIGHT, at=MONDAY, membership_id=member.id, course=NEEDED, done_on=TRAINED
        )
        self.universe.organisations[code], self.universe.members[name] = made, member

    # The person, and who is around them

    def meet(self, by: str, says: str, *, at: datetime = MONDAY, **known: Any) -> UUID:
        """Somebody comes to know a person, and writes down what they say first."""
        person = admit_person(actor=self.who(by), at=at, why=ReachWhy.RAISED_CONCERN, known=known)
        write_down_words(
            actor=self.who(by), at=at, person_id=person.id, section=Section.MATTERS, words=says,
            said_on=timezone.localdate(at), how="At home",
        )  # fmt: skip
        return person.id

    def knows(self, person: UUID, code: str, *, asks: str, answers: str, at: datetime = MONDAY) -> None:
        """Another agency is asked whether the person is known to it, and answers that they are."""
        question = ask_whether_known(
            actor=self.who(asks), at=at, person_id=person, asked_of=self.agency(code), why=WHY
        )
        answer_whether_known(
            actor=self.who(answers), at=at, question_id=question.id, answer="open", worker_name=answers
        )

    def happened(self, person: UUID, told: Collection[tuple[str, str, date, str]]) -> None:
        """What happened: who tells it, of which kind it is, when it was, and in which words."""
        for name, kind, day, words in told:
            add_to_chronology(
                actor=self.who(name), at=MONDAY, person_id=person, happened_on=day, kind=kind, words=words
            )

    # Agencies together

    def ask(self, by: str, person: UUID, *, at: datetime = MONDAY, **said: Any) -> Case:
        """Somebody asks agencies to come together; ``met`` and ``unclear`` name criteria."""
        answers = {code: Answered(Answer.MET, "As said", ITEMS.get(code, ())) for code in said.pop("met", ())}
        answers |= {code: Answered(Answer.CAPACITY_UNCLEAR, "By hour") for code in said.pop("unclear", ())}
        answers |= {code: Answered(Answer.NOT_MET) for code in said.pop("not_met", ())}
        given = {
            "urgency": Urgency.OTHER, "no_words_why": "", "told": Told.AGREES, "answers": answers,
        }  # fmt: skip
        return ask_for_case(actor=self.who(by), at=at, person_id=person, asked=Asked(**given | said))

    def together(self, case: Case, *, at: datetime = MONDAY, with_: Collection[tuple[str, str]] = ()) -> str:
        """The co-ordinator opens it, and agencies accept; return its address."""
        open_case(actor=self.who("Mair Pugh"), at=at, case_id=case.id, why="Each sees a part of it.")
        for code, name in with_:
            asked = invite_agency(
                actor=self.who("Mair Pugh"), at=at, case_id=case.id, organisation_id=self.agency(code).id,
                why="You see what the others do not.",
            )  # fmt: skip
            accept_invitation(actor=self.who(name), at=at, invitation_id=asked.id)
        return f"/cases/{case.id}/"

    def leads(self, case: Case, name: str, *, why: str, at: datetime = MONDAY) -> None:
        """Somebody is asked to lead, and does."""
        member = self.universe.members[name].id
        ask_to_lead(actor=self.who("Mair Pugh"), at=at, case_id=case.id, membership_id=member, why=why)
        accept_lead(actor=self.who(name), at=at, case_id=case.id)

    def meeting(
        self, case: Case, by: str, *codes: str, chair: str, kind: str = "Multi-agency meeting",
        takes_part: str = "At the table, and speaks first.", adjustments: str = "", at: datetime = MONDAY,
    ) -> Meeting:  # fmt: skip
        """A meeting is set, three working days on."""
        day = working_days_after(timezone.localdate(at), 3)
        plan = Plan(
            kind=kind, begins_at=begins(day, time(10, 30)), minutes=60, place="The kitchen at Alder Court",
            online="", priority=True, chair_id=self.universe.members[chair].id, takes_part=takes_part,
            adjustments=adjustments,
        )  # fmt: skip
        invited = [str(self.agency(code).id) for code in codes]
        return set_meeting(actor=self.who(by), at=at, case_id=case.id, plan=plan, invited=invited)

    def reported(self, meeting: Meeting, name: str, facts: str, *topics: Topic, **more: str) -> None:
        """An agency says before a meeting what it knows."""
        report = Report(facts=facts, topics=topics, **{"strengths": "She says what she wants."} | more)
        send_report(actor=self.who(name), at=MONDAY, meeting_id=meeting.id, report=report)

    def decided(
        self, case: Case, by: str, *, options: Collection[Option], spoke: Mapping[str, str], at: datetime,
        review: int = 30, differs: Mapping[str, str] | None = None, follows: CaseDecision | None = None,
        **said: Any,
    ) -> CaseDecision:  # fmt: skip
        """A decision is kept; ``spoke`` names who spoke for each agency, ``differs`` why one is against."""
        against = differs or {}
        positions = tuple(
            Position(
                self.agency(code).id, name, Stance.DISSENTS if code in against else Stance.AGREES,
                against.get(code, ""),
            )
            for code, name in spoke.items()
        )  # fmt: skip
        given = {
            "no_view_why": "", "protects": frozenset({Protects.PERSON}), "levers": ("mca_principles",),
            "review_on": timezone.localdate(at + timedelta(days=review)), "positions": positions,
            "options": tuple(options),
        }  # fmt: skip
        return keep_decision(
            actor=self.who(by), at=at, case_id=case.id, decided=Decided(**given | said),
            follows_id=follows.id if follows else None, follows_why="We looked again." if follows else "",
        )  # fmt: skip

    def done(self, case: Case, by: str, words: str, *, risk: str, wanted: str, did: str) -> None:
        """Somebody writes down what they do themselves, and a week on that they did it."""
        planned = Planned(
            words=words, kind=Kind.SERVICE, risk=risk, wanted=wanted, agrees=Agrees.YES,
            due=timezone.localdate(after(14)), review=timezone.localdate(after(28)),
        )  # fmt: skip
        action = plan_action(
            actor=self.who(by), at=after(4), case_id=case.id, planned=planned,
            membership_id=self.universe.members[by].id,
        )  # fmt: skip
        note_where_it_stands(
            actor=self.who(by), at=after(11), action_id=action.id, opened_version=action.version,
            stands=Stands(Status.DONE, did, Agrees.YES, timezone.localdate(after(28))),
        )  # fmt: skip


def it_is(patch: pytest.MonkeyPatch, at: datetime) -> datetime:
    """Let it be another day for the pages."""
    patch.setattr(timezone, "now", lambda: at)
    return at


def after(days: int) -> datetime:
    """So many days after that Monday, at the same hour; fewer than none before it."""
    return MONDAY + timedelta(days=days)


def answered(page: Page, **labels: str) -> None:
    """Fill boxes by their questions, with ``_`` where a question has a space."""
    for label, words in labels.items():
        page.get_by_label(label.replace("_", " ")).fill(words)
