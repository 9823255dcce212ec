"""A partnership in the middle of its work: something behind every address; forms as browsers read them."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from tests.casework.directory.conftest import FOOD_BANK
from tests.casework.outreach.conftest import everything, flag_for
from tests.casework.signed_in import browser_of
from tests.casework.test_matrix import addresses, expected
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import system_actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.commands import begin_absence
from alongside.casework.directory.commands import publish_service
from alongside.casework.kernel.area import area_pack
from alongside.casework.outreach.commands import distributing, giving, referring, talking, working
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import (
    Priority,
    Verdict,
)
from alongside.casework.people.commands import emergencies, identity, involvement
from alongside.casework.people.models import Contact, Involvement, KnownTo, Person
from alongside.casework.sources.commands.questions import ask_data_question
from alongside.casework.sources.models import Release, Run
from alongside.casework.sources.rules import RunRead

WHO = (
    "Asha Patel", "Sam Boateng", "Gwen Hughes", "Lena Novak", "Priya Shah", "Iris Okafor", "Noor Aziz",
    "Ola Finch", "Dee Marsh",
)  # fmt: skip
COUNTS = {"people": 100, "people_on_a_list": 2, "records": 300, "households": 50}
POLICY = "early_help/4"
ADDRESSES = sorted(addresses(get_resolver()))
WHY = "Because the neighbour told me so last week."


@dataclass(frozen=True)
class Scene:
    """The universe with a bit of everything in it; ids by the names in addresses."""

    universe: Universe
    ids: dict[str, list[Any]]

    def client(self, name: str) -> Client:
        client = browser_of(self.universe.members[name].user)
        client.raise_request_exception = False
        return client

    def filled(self, address: str) -> list[str]:
        """Every address of what is there."""
        made = ["/" + address]
        for name in re.findall(r"<\w+:(\w+)>", address):
            made = [
                re.sub(rf"<\w+:{name}>", str(each), path) for path in made for each in self.ids.get(name, [])
            ]
        return made


@pytest.fixture(autouse=True)
def no_lists_of_files(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.RUNS_FOLDER = tmp_path


@pytest.fixture
def scene(riverside_now: Universe) -> Scene:
    at, universe = timezone.now(), riverside_now

    def who(name: str) -> Any:
        return actor_for(universe, name, on=timezone.localdate())

    asha, sam, gwen, dee, ola = map(
        who, ("Asha Patel", "Sam Boateng", "Gwen Hughes", "Dee Marsh", "Ola Finch")
    )
    council = universe.organisations["riverside_council"]
    everything()
    bee, amina = (Person.objects.get(id=universe.people[name]) for name in ("Bee", "Amina"))
    tier = {"people": 2, "within_capacity": 2, "routes": {"contact_team": 2}}
    pack = area_pack()
    policy, basis = pack.policies[POLICY], pack.purpose("early_help").model_dump(mode="json")
    run = Run.opened(
        read=RunRead(
            folder="run", manifest_hash="0" * 64, area="riverside", as_at=at.date(), counts=COUNTS,
            quality={},
            policies={
                POLICY: {
                    "title": policy.title, "purpose": policy.purpose, "owner": "", "evidence": "",
                    "tiers": [{"code": each.code, "title": each.title} for each in policy.tiers],
                    "routes": [{"otherwise": "contact_team"}], "capacity_per_week": {},
                }
            },
            tiers={POLICY: {"soon": tier}}, pairs=(),
        ),
        changes={}, by="Lena Novak", at=at,
    )  # fmt: skip
    release = Release.approve(
        run=run, policy=POLICY, tiers=["soon"], purpose="early_help", basis=basis, organisations=[council],
        reason=WHY, by=UUID(int=1), by_name="Priya Shah", at=at,
    )  # fmt: skip
    for person in (bee, amina):
        flag_for(person, council, release, at, policy=POLICY)
    distributing.distribute_flags(actor=system_actor("tests"), at=at, release_id=release.id)
    everything()
    items = {item.person_id: item.id for item in WorkItem.objects.all()}
    for item in items.values():
        giving.assign_item(actor=gwen, at=at, item_id=item, member_id=universe.members["Sam Boateng"].id)
    unjudged, judged = items[amina.id], items[bee.id]
    working.judge_item(actor=sam, at=at, item_id=judged, verdict=Verdict.AGREE, why=WHY)
    working.add_note(actor=sam, at=at, item_id=judged, words=WHY)
    name, guide = next(iter(pack.conversations.items()))
    talk = talking.begin_conversation(
        actor=sam, at=at, item_id=judged, guide=name, guide_words=talking.guide_as_kept(guide)
    )
    talking.note_danger(actor=sam, at=at, conversation_id=talk.id, danger=False)
    stan = universe.people["Stan"]
    involvement.ask_whether_known(actor=who("Tom Reilly"), at=at, person_id=stan, asked_of=council, why=WHY)
    raised = distributing.raise_item(
        actor=dee, at=at, person_id=bee.id, team_id=None, priority=Priority.THIS_WEEK, why=WHY
    )
    lead = replace(dee, permissions=frozenset(Permission))
    giving.assign_item(actor=lead, at=at, item_id=raised.id, member_id=universe.members["Dee Marsh"].id)
    referral = referring.make_referral(
        actor=dee, at=at, item_id=raised.id, to_organisation_id=council.id, why=WHY, person_agrees="yes",
        hands_over=False,
    )  # fmt: skip
    other = make_second_bee(asha, at)
    merge = identity.merge_people(actor=gwen, at=at, kept_id=bee.id, absorbed_id=other.id, reason=WHY)
    access = emergencies.open_in_emergency(
        actor=who("Kit Lowe"), at=at, surname="Yusuf", date_of_birth=amina.date_of_birth, reason=WHY
    )
    question = ask_data_question(
        actor=asha, at=at, pack=pack, source="council_tax", title="Arrears", words=WHY
    )
    service = publish_service(actor=ola, at=at, entry=FOOD_BANK)
    absence = begin_absence(
        actor=asha, at=at, membership_id=universe.members["Asha Patel"].id,
        on=timezone.localdate() + timedelta(days=3), until=None, cover_id=None,
    )  # fmt: skip
    everything()
    return Scene(
        universe,
        {
            "person_id": [bee.id],
            "item_id": [judged, unjudged],
            "conversation_id": [talk.id],
            "code": [guide.sections[1].code],
            "referral_id": [referral.id],
            "organisation_id": [council.id],
            "membership_id": [universe.members["Wes Tanner"].id],
            "team_id": [universe.teams["Contact team"].id],
            "question_id": [question.id, *KnownTo.objects.values_list("id", flat=True)],
            "contact_id": [Contact.objects.get(person=bee).id],
            "involvement_id": list(
                Involvement.objects.filter(organisation=council).values_list("id", flat=True)
            ),
            "merge_id": [merge.id],
            "access_id": [access.id],
            "run_id": [run.id],
            "release_id": [release.id],
            "service_id": [service.id],
            "absence_id": [absence.id],
            "policy": ["early_help"],
            "version": [4],
            "row_id": [service.id],
        },
    )


def make_second_bee(actor: Any, at: Any) -> Person:
    from alongside.casework.people.commands.records import admit_person
    from alongside.casework.people.rules import ReachWhy

    return admit_person(
        actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Bea", "surname": "Murchu"}
    )


@dataclass
class Form:
    """A form of a page that is sent by POST: where to, its free text, its choices and what stands in it."""

    action: str
    texts: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)

    def filled(self, words: str, *only: str) -> dict[str, str]:
        """What a browser would send with these words in every box, or in some; the first of each choice."""
        sent = dict(self.fixed)
        for name, values in self.choices.items():
            some = [value for value in values if value]
            if some:
                sent[name] = some[0]
        return sent | {name: words if not only or name in only else _plausible(name) for name in self.texts}


PLAUSIBLE = {
    "-day": "1", "-month": "10", "-year": "2026", "email": "a@example.org", "nhs": "", "url": "",
    "capacity": "5", "age": "40", "_at": "", "time": "",
}  # fmt: skip


def _plausible(name: str) -> str:
    """Something that a box of this name may well hold."""
    found = (value for part, value in PLAUSIBLE.items() if part in name)
    return next(found, "A few plain words, as somebody would write them.")


class _Forms(HTMLParser):
    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self.path, self.found, self.open, self.select = path, [], None, ""
        self.feed(page)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in given}
        if tag == "form":
            posted = told.get("method", "").lower() == "post"
            self.open = Form(told.get("action") or self.path) if posted else None
            if self.open:
                self.found.append(self.open)
        elif self.open is None:
            return
        elif tag == "textarea":
            self.open.texts.append(told["name"])
        elif tag == "select":
            self.select = told["name"]
            self.open.choices.setdefault(self.select, [])
        elif tag == "option":
            self.open.choices[self.select].append(told.get("value", ""))
        elif tag == "button" and told.get("name"):
            self.open.choices.setdefault(told["name"], []).append(told.get("value", ""))
        elif tag == "input" and told.get("name") and told["name"] != "csrfmiddlewaretoken":
            kind = told.get("type", "text")
            if kind in ("radio", "checkbox"):
                self.open.choices.setdefault(told["name"], []).append(told.get("value", "on"))
            elif kind == "hidden":
                self.open.fixed[told["name"]] = told.get("value", "")
            else:
                self.open.texts.append(told["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_on(page: str, path: str) -> list[Form]:
    return _Forms(page, path).found


@dataclass(frozen=True)
class Offered:
    """A form that somebody is offered on a page."""

    who: str
    path: str
    form: Form


LEFT_OUT = ("sign-out/", "my-security/", "choose-", "passkeys/", "language/", "sign-in/")
"""Forms of one's own session, which have tests of their own."""


@pytest.fixture
def offered(scene: Scene) -> list[Offered]:
    """Every form of every page, for the first who is shown the page."""
    found: dict[tuple[str, tuple[str, ...]], Offered] = {}
    shown = {
        each
        for (each, method), row in expected().items()
        if method == "GET" and set(row.values()) - {"405", "sign in"}
    }
    waiting = {path for each in shown if not each.startswith(LEFT_OUT) for path in scene.filled(each)}
    for name in WHO:
        client = scene.client(name)
        for path in sorted(waiting):
            answer = client.get(path)
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            waiting.discard(path)
            for form in forms_on(answer.content.decode(), path):
                if not form.action.lstrip("/").startswith(LEFT_OUT):
                    found.setdefault((form.action, tuple(form.texts)), Offered(name, path, form))
    return list(found.values())
