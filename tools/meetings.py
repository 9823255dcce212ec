"""Agencies around Amina: one is invited, one has declined; they spoke at once, and will meet soon."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID


def make_meetings(
    *,
    actors: Mapping[str, Any],
    members: Mapping[str, Any],
    organisations: Mapping[str, UUID],
    case_id: UUID,
    at: datetime,
) -> dict[str, UUID]:
    """Make them; return the ids of a waiting invitation and of a future meeting."""
    from alongside.casework.directory.days import working_days_after
    from alongside.casework.marm.commands.invitations import decline_invitation, invite_agency
    from alongside.casework.marm.commands.meetings import answer_meeting, ask_for_meeting, set_meeting
    from alongside.casework.marm.commands.minutes import keep_minutes, send_report
    from alongside.casework.marm.models.meetings import Plan
    from alongside.casework.marm.queries.meetings import meeting_page
    from alongside.casework.marm.rules.invitations import WhyNot
    from alongside.casework.marm.rules.meetings import Coming, begins
    from alongside.casework.marm.rules.minutes import Attendance, Attended, TookPart, Written
    from alongside.casework.marm.rules.reports import Report, Topic
    from alongside.casework.marm.rules.stages import Urgency

    joan, mair, wes, tom = (
        actors[name] for name in ("Joan Adeyemi", "Mair Pugh", "Wes Tanner", "Tom Reilly")
    )
    declined = invite_agency(
        actor=joan, at=at, case_id=case_id, organisation_id=organisations["riverside_homes"],
        why="She slept in the stairwell of one of your blocks twice in October.",
    )  # fmt: skip
    decline_invitation(
        actor=tom, at=at, invitation_id=declined.id, why_not=WhyNot.NOT_OURS,
        words="She holds no tenancy of ours. Ask us again when she looks for one.",
    )  # fmt: skip
    waits = invite_agency(
        actor=joan, at=at, case_id=case_id, organisation_id=organisations["been_there"],
        why="She asked for one person who stays. Your peers could be that from the first week on.",
    )  # fmt: skip
    ask_for_meeting(
        actor=wes, at=at, case_id=case_id, urgency=Urgency.HIGH,
        why="The room she has ends on Friday, and each of us thinks somebody else is finding the next.",
    )  # fmt: skip
    council = organisations["riverside_council"]
    chair = members["Gwen Hughes"].id
    call = set_meeting(
        actor=mair, at=at, case_id=case_id, invited=[str(council)], meant=True,
        plan=Plan(
            kind="Urgent call", begins_at=at + timedelta(seconds=1), minutes=30, place="By telephone",
            online="", priority=True, chair_id=chair, adjustments="Short, and nobody talks over her.",
            takes_part="On the line, with the college nurse beside her.",
        ),
    )  # fmt: skip
    invited = meeting_page(actor=mair, meeting_id=call.id).invited
    keep_minutes(
        actor=mair, at=at + timedelta(seconds=2), meeting_id=call.id, opened_version=0, close=True,
        written=Written(
            took_part=TookPart.REMOTE,
            views="“Everybody nods and writes. Write down that I want a door.”",
            story="She is nineteen, at college, and cooks for whoever she stays with. College matters most.",
            person_risk="The man with the telephone frightens her a little; sleeping outside more.",
            missing="Peers who have been where she is; somebody who can give her a room.",
            known="Children's social care: three addresses since August. Housing: two referrals closed.",
            gaps="Nobody knows who pays for the telephone.",
            agencies_risk="High: exploitation, and no address after Friday.",
            next_time="Within a week; at once if she is not at college.",
            attendance={each.id: Attendance(Attended.REMOTE) for each in invited},
        ),
    )  # fmt: skip
    to_come = set_meeting(
        actor=mair, at=at, case_id=case_id, invited=[str(council)],
        plan=Plan(
            kind="Multi-agency meeting", begins_at=begins(working_days_after(at.date(), 4), time(15, 30)),
            minutes=60, place="Room 4, the library", online="", priority=False, chair_id=chair,
            takes_part="In the room for the first half, with the college nurse beside her.",
            adjustments="After college, somewhere with a door that she can see.",
        ),
    )  # fmt: skip
    answer_meeting(actor=wes, at=at, meeting_id=to_come.id, coming=Coming.COMES)
    send_report(
        actor=joan, at=at, meeting_id=to_come.id,
        report=Report(
            facts="Three addresses since August (our file). In November a new telephone (Joan saw it).",
            opinions="Somebody older gives her things and will want something for them.",
            person_said="“He is all right. He never asks where I sleep.”",
            strengths="She rings on Sundays, even when all is well.",
            risks="That she says yes to a room because of who offers it.",
            offer="Joan sees her each Tuesday at college, and can pay for the bus.",
            limits="We cannot give her a room.",
            topics=(Topic.MATTERS, Topic.HOME, Topic.PEOPLE, Topic.HARM, Topic.TRIED),
        ),
    )  # fmt: skip
    return {"invitation": waits.id, "meeting": to_come.id}
