"""The named universe: agencies, their staff, and people of fictional Riverside, made only by commands.

It fills the demonstration, the tests and the pictures. ``python -m tools.universe`` makes it in the database
that ``alongside serve --demonstration`` uses.

    Riverside Council   contact team        Sam Boateng (contact worker), Gwen Hughes (manager)
                        adult social care   Asha Patel (practitioner)
                        children's          Joan Adeyemi (practitioner)
                        housing options     Wes Tanner (practitioner)
                        no team             Lena Novak (analyst), Priya Shah (approver),
                                            Iris Okafor (governance), Noor Aziz (organisation lead),
                            Mair Pugh and Elin Rees (co-ordinators of cases)
    Riverside Homes     tenancies           Tom Reilly (practitioner)
                        no team             Ada Clarke (governance)
    Valley Police       neighbourhoods      Kit Lowe (practitioner)
    Been There          peers               Dee Marsh (practitioner and directory editor)
                        no team             Ola Finch (directory editor)
    Riverside Together  no team             Bron Ellis (directory editor)
    Money Matters       no team             Hari Nair (directory editor)

    Beatrice Ó Murchú   "Bee", 75, three agencies worried, none talking with the others
    Stan Kowalczyk      lost his wife in spring, says no to everybody and has his reasons
    Amina Yusuf         19, leaving care, sofa-surfing

What its directory lists is in ``tools.services``, its agreements about sharing in ``tools.agreements``, what
was found about people's decisions in ``tools.capacity``, what people were offered in ``tools.offers``, what
its agencies ask each other in ``tools.requests``, what they shared in ``tools.sharing``, and what people
asked of the partnership in ``tools.rights``.
Only the demonstration also has what was shared about Bee, from ``tools.statement``.
"""

import argparse
import os
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import django
from tools.agreements import make_agreements
from tools.capacity import make_capacity
from tools.cases import make_cases
from tools.holding import fill_holding
from tools.keeping import fill_rights
from tools.offers import make_offers, make_offers_of_list
from tools.people import make_people
from tools.requests import make_requests
from tools.rights import make_requests as make_access_requests
from tools.services import make_services
from tools.sharing import make_sharing

DAY_BEGUN = date(2024, 1, 1)
TRAINED = date(2026, 1, 12)


@dataclass(frozen=True)
class Universe:
    """Organisations, teams and members by name; ids of people, services and records by theirs.

    ``capacity`` has the ids of some of what was recorded about Bee's decisions: a record that she cannot
    decide, one that followed another, her advance statement, and a right to an advocate.
    """

    organisations: dict[str, Any]
    teams: dict[str, Any]
    members: dict[str, Any]
    people: dict[str, UUID]
    services: dict[str, UUID]
    agreements: dict[str, UUID]
    capacity: dict[str, UUID] = field(default_factory=dict)
    offers: dict[str, UUID] = field(default_factory=dict)
    not_offered: dict[str, UUID] = field(default_factory=dict)
    requests: dict[str, UUID] = field(default_factory=dict)
    access_requests: dict[str, UUID] = field(default_factory=dict)
    sharing: dict[str, UUID] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)


ORGANISATIONS = (
    ("riverside_council", "Riverside Council", "council"),
    ("riverside_homes", "Riverside Homes", "housing"),
    ("valley_police", "Valley Police", "police"),
    ("been_there", "Been There (peer support)", "peer_support"),
    ("riverside_together", "Riverside Together (voluntary groups)", "charity"),
    ("money_matters", "Money Matters Riverside", "charity"),
)
PROFILES: dict[str, dict[str, str]] = {
    "riverside_council": {
        "remit": "Early help, social care and housing advice for everybody in Riverside.",
        "thresholds": "No threshold for a first conversation. Tell us how the person likes to be reached.",
        "how_we_work": "The contact team rings within the week, and the same worker stays with the person.",
        "what_we_can_offer": "A conversation, a benefits check, a social worker, a housing officer.",
        "telephone": "01632 960100",
    },
    "been_there": {
        "remit": "Company from people who have been there themselves, for anybody who is alone or afraid.",
        "thresholds": "Anybody over 18 who wants it. We need to know what the person said about meeting us.",
        "how_we_work": "In pairs, at the person's pace, where they like to be. We write down little.",
        "what_we_can_offer": "A cup of tea, a walk, somebody who comes along to an appointment.",
        "telephone": "01632 960120",
    },
}
TEAMS: tuple[tuple[str, str, list[str], int], ...] = (
    ("riverside_council", "Contact team", ["contact_team"], 40),
    ("riverside_council", "Adult social care", ["adult_social_care"], 25),
    ("riverside_council", "Children's social care", ["childrens_social_care"], 25),
    ("riverside_council", "Housing options", ["housing_options"], 25),
    ("riverside_homes", "Tenancy support", [], 20),
    ("valley_police", "Neighbourhoods", [], 15),
    ("been_there", "Peers", [], 10),
)
MEMBERS: tuple[tuple[str, str, str | None, list[str], str], ...] = (
    ("Gwen Hughes", "riverside_council", "Contact team", ["manager"], "Contact team manager"),
    ("Sam Boateng", "riverside_council", "Contact team", ["contact_worker"], "Contact worker"),
    ("Asha Patel", "riverside_council", "Adult social care", ["practitioner"], "Social worker"),
    ("Joan Adeyemi", "riverside_council", "Children's social care", ["practitioner"], "Social worker"),
    ("Wes Tanner", "riverside_council", "Housing options", ["practitioner"], "Housing options officer"),
    ("Lena Novak", "riverside_council", None, ["data_analyst"], "Data analyst"),
    ("Priya Shah", "riverside_council", None, ["approver"], "Head of early help"),
    ("Iris Okafor", "riverside_council", None, ["governance_lead"], "Information governance lead"),
    ("Noor Aziz", "riverside_council", None, ["organisation_lead"], "Partnership lead"),
    ("Mair Pugh", "riverside_council", None, ["co_ordinator"], "Co-ordinator of multi-agency cases"),
    ("Elin Rees", "riverside_council", None, ["co_ordinator"], "Co-ordinator of multi-agency cases"),
    ("Tom Reilly", "riverside_homes", "Tenancy support", ["practitioner"], "Housing officer"),
    ("Ada Clarke", "riverside_homes", None, ["governance_lead"], "Data protection officer"),
    ("Kit Lowe", "valley_police", "Neighbourhoods", ["practitioner"], "Neighbourhood officer"),
    ("Dee Marsh", "been_there", "Peers", ["practitioner", "directory_editor"], "Peer supporter"),
    ("Ola Finch", "been_there", None, ["directory_editor"], "Keeps our entries up to date"),
    ("Bron Ellis", "riverside_together", None, ["directory_editor"], "Speaks for the voluntary groups"),
    ("Hari Nair", "money_matters", None, ["directory_editor"], "Advice line manager"),
)


def make_universe(*, at: datetime) -> Universe:
    """Make it in an empty database, as at a time. Every row comes from a command."""
    from alongside.casework.access.actors import system_actor
    from alongside.casework.accounts import commands
    from alongside.casework.accounts.rules import NEEDED

    system = system_actor("the demonstration")
    code, name, kind = ORGANISATIONS[0]
    organisations: dict[str, Any] = {
        code: commands.begin_partnership(
            actor=system,
            at=at,
            name="Riverside (a fictional borough)",
            organisation_code=code,
            organisation_name=name,
            kind=kind,
        )
    }
    for code, name, kind in ORGANISATIONS[1:]:
        organisations[code] = commands.take_in_organisation(
            actor=system, at=at, code=code, name=name, kind=kind
        )
    for code, said in PROFILES.items():
        commands.describe_organisation(actor=system, at=at, organisation_id=organisations[code].id, **said)
    teams = {
        name: commands.form_team(
            actor=system,
            at=at,
            organisation_id=organisations[code].id,
            name=name,
            services=services,
            capacity_per_week=capacity,
        )
        for code, name, services, capacity in TEAMS
    }
    members: dict[str, Any] = {}
    for name, code, team, roles, title in MEMBERS:
        manager = members.get("Gwen Hughes") if team == "Contact team" else None
        members[name] = commands.add_member(
            actor=system,
            at=at,
            organisation_id=organisations[code].id,
            email=f"{name.split()[0].lower()}@example.org",
            name=name,
            roles=roles,
            team_id=teams[team].id if team else None,
            manager_id=manager.id if manager else None,
            job_title=title,
        )
        commands.note_training(
            actor=system, at=at, membership_id=members[name].id, course=NEEDED, done_on=TRAINED
        )
    universe = Universe(organisations, teams, members, {}, {}, {}, {})
    actors = {name: actor_for(universe, name, on=at.date()) for name in members}
    services = make_services(editors=actors, analyst=actors["Lena Novak"], at=at)
    agreements = make_agreements(keeper=actors["Iris Okafor"], organisations=organisations, at=at)
    people = make_people(actors=actors, organisations=organisations, at=at)
    capacity = make_capacity(actors=actors, people=people, at=at)
    offers, not_offered = make_offers(actors=actors, people=people, at=at)
    requests = make_requests(actors=actors, organisations=organisations, people=people, at=at)
    sharing = make_sharing(actors=actors, organisations=organisations, people=people, at=at)
    asked = make_access_requests(
        worker=actors["Asha Patel"],
        other_worker=actors["Tom Reilly"],
        answerer=actors["Iris Okafor"],
        people=people,
        at=at,
    )
    cases = make_cases(actors=actors, members=members, organisations=organisations, people=people, at=at)
    return replace(
        universe, people=people, services=services, agreements=agreements, capacity=capacity, offers=offers,
        not_offered=not_offered, requests=requests, access_requests=asked, sharing=sharing, cases=cases,
    )  # fmt: skip


def actor_for(universe: Universe, name: str, *, on: date) -> Any:
    """Return a member of the universe as an actor, on a day."""
    from alongside.casework.accounts.queries import actor_of

    member = universe.members[name]
    return actor_of(member.user, member.id, "early_help", on)


def release(universe: Universe, folder: str, *, at: datetime) -> int:
    """Open a run, release this week's tiers, and plan the contact team's work; return how many people.

    Args:
        universe: its approver makes the release.
        folder: the run's name inside the folder of runs.
        at: when.
    """
    from alongside.casework.access.actors import system_actor
    from alongside.casework.outreach.commands.distributing import NothingToDistributeError, distribute_flags
    from alongside.casework.outreach.commands.giving import plan_team_week
    from alongside.casework.sources.jobs import open_run, release_cohort

    priya, gwen = (actor_for(universe, name, on=at.date()) for name in ("Priya Shah", "Gwen Hughes"))
    run = open_run(actor=priya, at=at, folder=folder)
    people = 0
    for policy, tiers in sorted(run.tiers.items()):
        if "this_week" not in tiers:
            continue
        released = release_cohort(
            actor=priya,
            at=at,
            run_id=run.id,
            policy=policy,
            tiers=["this_week"],
            organisation_ids=[universe.organisations["riverside_council"].id],
            reason="We checked the quality of the extracts, and the teams have room this week.",
            contact_organisation_id=universe.organisations["riverside_council"].id,
        )
        people += released.people
        try:
            distribute_flags(actor=system_actor("the demonstration"), at=at, release_id=released.id)
        except NothingToDistributeError:
            continue
    plan_team_week(actor=gwen, at=at, team_id=universe.teams["Contact team"].id)
    return people


def offer_to_released(universe: Universe, *, at: datetime) -> int:
    """Make the contact worker's offers to people who were released; return how many people."""
    from django.db import transaction

    from alongside.casework.operations.running import tell_database
    from alongside.casework.people.models import Reach
    from alongside.casework.people.rules import ReachWhy

    sam = actor_for(universe, "Sam Boateng", on=at.date())
    with transaction.atomic():
        tell_database(sam)
        given = Reach.objects.filter(organisation_id=sam.member_of, until=None, why=ReachWhy.RELEASED)
        purposes = dict(given.order_by("person_id").values_list("person_id", "purpose")[:150])
    return make_offers_of_list(by=sam, purposes=purposes, at=at)


def main() -> None:
    """Make the universe in the demonstration's database, as at now; with ``--run``, also release a run."""
    parser = argparse.ArgumentParser(description="Fill the demonstration with the named universe.")
    parser.add_argument("--run", help="name of a run folder, inside ALONGSIDE_RUNS, to release")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.casework.settings.demonstration")
    django.setup()
    from django.utils import timezone

    at = timezone.now()
    made = make_universe(at=at)
    fill_rights(made, at=at)
    fill_holding(made, at=at)
    print(f"made {len(made.members)} members of {len(made.organisations)} organisations")
    print(f"made {len(made.people)} people, and {len(made.services)} services in the directory")
    if asked.run:
        print(f"released {release(made, asked.run, at=at)} people of the run")
        print(f"made offers to {offer_to_released(made, at=at)} of them, over the past months")


if __name__ == "__main__":
    main()
