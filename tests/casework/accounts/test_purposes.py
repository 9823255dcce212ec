"""What a member works for: a purpose of the pack, theirs to choose, in its time, and never anything else."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations_with_replacement
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_pages import signed_in

from alongside.area.models import Purpose
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import ROLES
from alongside.casework.accounts import commands
from alongside.casework.accounts.middleware import PURPOSE
from alongside.casework.accounts.models import Membership, Training
from alongside.casework.accounts.purposes import declared
from alongside.casework.accounts.queries import NO_PURPOSE_OPEN, actor_for, memberships_on
from alongside.casework.accounts.rules import NEEDED, open_purposes, purpose_taken
from alongside.casework.audit.models import AuditEvent

PACK = Path(__file__).parents[3] / "area"
EARLY, TOGETHER, WARM = (
    "Offer early help to families before things get worse",
    "Bring agencies together around adults at risk of serious harm",
    "Prevent harm from cold and damp homes",
)
Rewrite = Callable[[str, str], None]


def purpose(code: str, *organisations: str, review: date = date(2027, 5, 31)) -> Purpose:
    return Purpose(
        code=code, title=code.title(), power="Care Act 2014 s.2", article_6="6(1)(e)", dpia="D",
        agreement="A", owner="Somebody", review_date=review, organisations=list(organisations),
    )  # fmt: skip


@pytest.fixture
def rewrite(tmp_path: Path, settings: Settings) -> Rewrite:
    """Change the area pack of this test, as somebody does in a text editor while the pages are served."""
    shutil.copytree(PACK, tmp_path / "area")
    settings.AREA_FOLDER = tmp_path / "area"

    def change(old: str, new: str) -> None:
        file = tmp_path / "area" / "area.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.fixture
def open_to_all(rewrite: Rewrite) -> Rewrite:
    """Two purposes are open to every organisation, and the third to the fire service alone."""
    rewrite(
        "organisations: [riverside_council, riverside_homes, riverside_practices, valley_fire]\n",
        "organisations: [valley_fire]\n",
    )
    text = (PACK / "area.yaml").read_text(encoding="utf-8")
    named = next(
        line for line in text.splitlines() if "organisations: [riverside_council, riverside_pra" in line
    )
    rewrite(f"{named}\n", "")
    return rewrite


@pytest.fixture
def trained(partnership: Partnership) -> Membership:
    """The practitioner, who may see people."""
    commands.note_training(
        actor=partnership.actor(partnership.lead), at=partnership.at, course=NEEDED,
        membership_id=partnership.worker.id, done_on=timezone.localdate(partnership.at) - timedelta(days=10),
    )  # fmt: skip
    return partnership.worker


@pytest.mark.parametrize("is_trained", [False, True])
def test_losing_every_purpose_never_adds_a_permission_whatever_the_roles_and_the_training(
    partnership: Partnership, rewrite: Rewrite, is_trained: bool
) -> None:
    today = timezone.localdate(partnership.at)
    worker = partnership.worker
    if is_trained:
        Training.note(user=worker.user, course=NEEDED, done_on=today)
    pairs = list(combinations_with_replacement(ROLES, 2))

    def permitted() -> list[frozenset[Permission]]:
        """What each pair of roles permits today."""
        member = memberships_on(user=worker.user, on=today)[0]
        found = []
        for pair in pairs:
            member.roles = sorted(set(pair))
            found.append(actor_for(worker.user, member, "", today).permissions)
        return found

    before = permitted()
    rewrite("review_date: 2027-", "review_date: 2020-")
    assert not open_purposes(declared(), organisation=worker.organisation.code, on=today)
    gained = {pair: after - was for pair, was, after in zip(pairs, before, permitted(), strict=True)}
    assert not {pair: more for pair, more in gained.items() if more}


def asked_for(client: Client, wanted: str = "/people/") -> bool:
    """Whether somebody who wants a page is asked for their purpose first, and led on afterwards."""
    answer = client.get(wanted)
    if answer.status_code == 200:
        return False
    to = urlsplit(answer.headers["Location"])
    assert (to.path, parse_qs(to.query)) == ("/choose-purpose/", {"next": [wanted]})
    return True


def test_a_purpose_is_open_to_those_it_names_until_the_day_of_its_review() -> None:
    day = date(2027, 5, 31)
    declared = [purpose("all"), purpose("some", "valley_fire"), purpose("past", review=date(2027, 5, 30))]
    for organisation, open_now in [
        ("valley-fire", ["all", "some"]), ("valley_fire", ["all", "some"]), ("council", ["all"]),
    ]:  # fmt: skip
        assert [each.code for each in open_purposes(declared, organisation=organisation, on=day)] == open_now
    assert open_purposes(declared, organisation="council", on=day + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("wanted", "codes", "with_people", "taken"),
    [
        ("a", ["a", "b"], True, "a"),
        ("", ["a", "b"], True, ""),
        ("c", ["a", "b"], True, ""),
        ("", ["a"], True, "a"),
        ("c", ["a"], True, "a"),
        ("", ["a"], False, ""),
        ("a", [], True, ""),
    ],
)
def test_one_open_purpose_is_taken_and_among_several_nothing_is_guessed(
    wanted: str, codes: list[str], with_people: bool, taken: str
) -> None:
    assert purpose_taken(wanted, [purpose(each) for each in codes], with_people=with_people) == taken


def test_the_only_purpose_open_is_taken_without_a_question_and_shown(
    partnership: Partnership, trained: Membership
) -> None:
    client = signed_in(trained)
    page = client.get("/people/")
    assert page.status_code == 200
    assert EARLY in page.text
    assert "/choose-purpose/" not in page.text, "there is nothing to change it to"
    assert client.post("/people/", {"words": "Bee"}, follow=True).status_code == 200
    assert AuditEvent.objects.get(code="person.searched").purpose == "early_help"


def test_among_several_the_member_chooses_by_what_each_is_for_and_its_power_in_law(
    open_to_all: Rewrite, trained: Membership
) -> None:
    client = signed_in(trained)
    assert asked_for(client)
    page = client.get("/choose-purpose/?next=/people/").text
    for words in (EARLY, TOGETHER, "Care Act 2014 s.2 (prevention)", "Head of Adult Safeguarding"):
        assert words in page, words
    assert WARM not in page, "it is open to another organisation alone"
    answer = client.post("/choose-purpose/", {"purpose": "multi_agency", "next": "/people/"})
    assert answer.headers["Location"] == "/people/"
    shown = client.get("/people/").text
    assert TOGETHER in shown
    assert "/choose-purpose/?next=/people/" in shown
    client.post("/people/", {"words": "Bee"}, follow=True)
    assert AuditEvent.objects.get(code="person.searched").purpose == "multi_agency"


def test_that_a_purpose_is_chosen_and_changed_is_recorded(open_to_all: Rewrite, trained: Membership) -> None:
    client = signed_in(trained)
    for chosen in ("multi_agency", "early_help"):
        client.post("/choose-purpose/", {"purpose": chosen})
    events = AuditEvent.objects.filter(code="accounts.purpose_chosen").order_by("sequence")
    assert [(each.purpose, each.details) for each in events] == [
        ("multi_agency", {"chosen": "multi_agency", "before": "none"}),
        ("early_help", {"chosen": "early_help", "before": "multi_agency"}),
    ]


@pytest.mark.parametrize("made_up", ["cold_homes", "curiosity", "system", "", "early_help "])
def test_a_purpose_that_is_not_open_can_never_be_set(
    open_to_all: Rewrite, trained: Membership, partnership: Partnership, made_up: str
) -> None:
    client = signed_in(trained)
    assert client.post("/choose-purpose/", {"purpose": made_up}).status_code == 422
    with pytest.raises(NotAllowedError, match="not open to your organisation"):
        commands.choose_purpose(actor=partnership.actor(trained), at=partnership.at, purpose=made_up)
    session = client.session
    session[PURPOSE] = made_up
    session.save()
    assert asked_for(client), "nor by a session that says so"


def test_a_purpose_past_its_review_is_asked_for_again_and_says_who_reviews_it(
    open_to_all: Rewrite, trained: Membership
) -> None:
    client = signed_in(trained)
    client.post("/choose-purpose/", {"purpose": "multi_agency"})
    assert not asked_for(client)
    open_to_all("organisations: [valley_fire]\n", "")
    open_to_all(
        "owner: Head of Adult Safeguarding\n    review_date: 2027-05-31",
        "owner: Head of Adult Safeguarding\n    review_date: 2026-01-31",
    )
    assert asked_for(client)
    page = client.get("/choose-purpose/").text
    assert f"“{TOGETHER}” was due for review by 31 January 2026." in page
    assert "once Head of Adult Safeguarding has reviewed it" in page
    assert 'value="multi_agency"' not in page
    sent = client.post("/people/", {"words": "Bee"})
    assert sent.status_code == 409
    assert "Nothing was saved" in sent.text
    assert not AuditEvent.objects.filter(code="person.searched").exists()
    assert client.post("/sign-out/").status_code == 302, "out one gets without"


def test_while_no_purpose_is_open_nobodys_record_is_and_all_else_goes_on(
    rewrite: Rewrite, trained: Membership
) -> None:
    rewrite("review_date: 2027-05-31", "review_date: 2026-01-31")
    client = signed_in(trained)
    answer = client.get("/people/")
    assert (answer.status_code, NO_PURPOSE_OPEN.split("'")[0] in answer.text) == (403, True)
    assert NO_PURPOSE_OPEN.split("'")[0] in client.get("/").text
    assert client.get("/directory/").status_code == 200
    assert client.get("/choose-purpose/").status_code == 403


def test_a_slip_of_the_pen_in_the_pack_leaves_the_purposes_as_they_were(
    open_to_all: Rewrite, trained: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(trained)
    client.post("/choose-purpose/", {"purpose": "multi_agency"})
    open_to_all("purposes:", "porpoises:")
    assert TOGETHER in client.get("/people/").text
    assert "the purposes of the area pack could not be read" in caplog.text


def test_who_works_with_nobodys_record_is_not_asked(open_to_all: Rewrite, partnership: Partnership) -> None:
    client = signed_in(partnership.lead)
    assert client.get("/members/").status_code == 200
    assert "people&#39;s records" in client.get("/choose-purpose/").text


def test_a_link_to_another_site_is_not_followed_after_choosing(
    open_to_all: Rewrite, trained: Membership
) -> None:
    chosen = {"purpose": "early_help", "next": "https://example.org/"}
    assert signed_in(trained).post("/choose-purpose/", chosen).headers["Location"] == "/"


def test_a_purpose_said_for_one_organisation_is_asked_again_for_another(
    open_to_all: Rewrite, trained: Membership, partnership: Partnership
) -> None:
    membership = commands.add_member(
        actor=partnership.actor(partnership.carer), at=partnership.at, organisation_id=partnership.charity.id,
        name="Will Ford", email="will@example.org", roles=["practitioner"],
    )  # fmt: skip
    client = signed_in(trained)
    client.post("/choose-organisation/", {"membership": str(trained.id)})
    client.post("/choose-purpose/", {"purpose": "multi_agency"})
    assert not asked_for(client)
    client.post("/choose-organisation/", {"membership": str(membership.id)})
    assert asked_for(client)


def test_the_demonstration_signs_in_by_one_click_and_shows_what_it_chose(
    open_to_all: Rewrite, trained: Membership
) -> None:
    client = Client()
    client.post("/sign-in/demonstration/", {"member": str(trained.id)})
    page = client.get("/").text
    assert "Hello Will Ford" in page
    assert EARLY in page
    assert "/choose-purpose/" in page
    assert AuditEvent.objects.get(code="accounts.purpose_chosen").purpose == "early_help"


def test_the_partnerships_name_stands_on_every_page_before_and_after_signing_in(
    partnership: Partnership, trained: Membership
) -> None:
    named = '<span class="app-header__who">Riverside</span>'
    assert named in Client().get("/sign-in/").text
    client = signed_in(trained)
    for address in ("/", "/people/", "/organisations/", "/nowhere/"):
        assert named in client.get(address).text, address
