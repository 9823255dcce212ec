"""``python -m benchmarks.long_case_once``: the universe, and in it a case that has gone on for years.

Meetings with their minutes and actions are made by commands. What happened to the person is made by SQL:
many people record it over years. Prints where its pages are and how many queries each makes.
"""

import json
from datetime import datetime, time, timedelta
from typing import Any

import django

MEETINGS, ACTIONS, ENTRIES = 40, 400, 5_000
WHO = "Joan Adeyemi"
TOLD = ("SAVEPOINT", "RELEASE SAVEPOINT", "select set_config", "BEGIN", "COMMIT")
ENTRIES_SQL = """
insert into people_chronologyentry (id, person_id, happened_on, kind, words, organisation_id, recorded_by,
    recorded_at, corrected_why, readers)
  select gen_random_uuid(), %(person)s, current_date - n / 3, 'contact', 'Spoke of the garden.', %(agency)s,
    'Joan Adeyemi', now(), '', 'everybody' from generate_series(1, %(entries)s) n
"""


def main() -> None:
    """Fill the database, and say where the pages are."""
    django.setup()
    from django.utils import timezone
    from tools.universe import make_universe

    at = timezone.now()
    universe = make_universe(at=at)
    addresses = make_long_case(universe, at=at)
    print(json.dumps({page: [at, queries_of(universe, at)] for page, at in addresses.items()}))


def make_long_case(universe: Any, *, at: datetime) -> dict[str, str]:
    """Make the case about Amina long, and return where its pages are."""
    from django.db import connection, transaction
    from tools.universe import actor_for

    from alongside.casework.access.actors import system_actor
    from alongside.casework.directory.days import working_days_after
    from alongside.casework.marm.commands.actions import plan_action
    from alongside.casework.marm.commands.meetings import set_meeting
    from alongside.casework.marm.commands.minutes import keep_minutes
    from alongside.casework.marm.models.meetings import Plan
    from alongside.casework.marm.queries.meetings import meeting_page
    from alongside.casework.marm.rules.actions import Agrees, Kind, Planned
    from alongside.casework.marm.rules.meetings import begins
    from alongside.casework.marm.rules.minutes import Attendance, Attended, TookPart, Written
    from alongside.casework.operations.running import tell_database

    joan, mair = (actor_for(universe, name, on=at.date()) for name in (WHO, "Mair Pugh"))
    case_id, person_id = universe.cases["case"], universe.people["Amina"]
    council = universe.organisations["riverside_council"].id
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(system_actor("a benchmark"))
        cursor.execute(ENTRIES_SQL, {"person": person_id, "agency": council, "entries": ENTRIES})
    for number in range(MEETINGS):
        held = set_meeting(
            actor=mair, at=at, case_id=case_id, invited=[str(council)],
            plan=Plan(
                kind="Multi-agency meeting", minutes=60, place="Room 4, the library", online="",
                begins_at=begins(working_days_after(at.date(), 5 + 5 * number), time(15, 30)), priority=False,
                chair_id=universe.members["Gwen Hughes"].id, adjustments="After college.",
                takes_part="In the room, with the college nurse beside her.",
            ),
        )  # fmt: skip
        invited = meeting_page(actor=mair, meeting_id=held.id).invited
        keep_minutes(
            actor=mair, at=held.begins_at + timedelta(hours=1), meeting_id=held.id, opened_version=0,
            close=True,
            written=Written(
                took_part=TookPart.IN_PERSON, views="I said it last time as well.", story="She cooks.",
                known="What each knew the time before.", next_time="In a week.",
                attendance={each.id: Attendance(Attended.PRESENT) for each in invited},
            ),
        )  # fmt: skip
    for number in range(ACTIONS):
        plan_action(
            actor=joan, at=at, case_id=case_id, membership_id=universe.members[WHO].id,
            planned=Planned(
                words=f"Ring her on day {number} at the time that she chose.", kind=Kind.SERVICE,
                risk="She is alone with it.", wanted="Somebody who rings.", agrees=Agrees.YES,
                due=(at + timedelta(days=number)).date(), review=(at + timedelta(days=number + 7)).date(),
            ),
        )  # fmt: skip
    return {
        "the case": f"/cases/{case_id}/",
        "its meetings": f"/cases/{case_id}/meetings/",
        "its actions": f"/cases/{case_id}/actions/",
        "its decisions": f"/cases/{case_id}/decisions/",
        "minutes beside those before": f"/meetings/{held.id}/minutes/",
        "the person": f"/people/{person_id}/",
        "the day of whoever acts": "/",
    }


def queries_of(universe: Any, address: str) -> int:
    """Return how many queries a page makes, apart from those that set up the walls and a transaction.

    It is asked for twice: the first time it also reads what the pack says.
    """
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    browser.post("/sign-in/demonstration/", {"member": universe.members[WHO].id, "next": "/"})
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    return sum(not each["sql"].startswith(TOLD) for each in asked)


if __name__ == "__main__":
    main()
