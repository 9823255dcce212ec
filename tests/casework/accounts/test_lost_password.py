"""A member who has lost their password, or is locked out, gets in again, and nobody else does by that."""

import re

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.test_lost_factor import HOW, added, signed_in, with_factor
from tests.casework.accounts.test_second_factor import give_code, shown

from alongside.casework.access.actors import system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.helping import NotSureError
from alongside.casework.accounts.models import BoundSubject, Membership, User
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.telling import told
from alongside.casework.kernel.errors import NotFoundError

NEW = "abcde-fghjk-mnpqr-stuvw"


def page_for(member: Membership) -> str:
    return f"/members/{member.id}/new-password/"


def given_by(client: Client, member: Membership) -> str:
    """Have the page give a password, and return it."""
    done = client.post(page_for(member), {"how_sure": HOW})
    assert done.status_code == 200
    return re.search(r"\b[a-z2-9]{5}(?:-[a-z2-9]{5}){3}\b", done.text)[0]


def tries(password: str, email: str = "will@example.org") -> Client:
    client = Client()
    client.post("/sign-in/", {"username": email, "password": password})
    return client


def test_a_lead_gives_a_password_that_opens_once_and_the_old_one_and_open_sessions_open_nothing(
    partnership: Partnership,
) -> None:
    open_elsewhere = signed_in("will@example.org")
    assert open_elsewhere.get("/").status_code == 200
    lead = signed_in("lena@example.org")
    assert page_for(partnership.worker) in lead.get("/members/").text
    assert "see the new password once" in lead.get(page_for(partnership.worker)).text
    assert lead.post(page_for(partnership.worker), {"how_sure": " "}).status_code == 422
    assert open_elsewhere.get("/").status_code == 200
    password = given_by(lead, partnership.worker)
    assert password not in lead.get(page_for(partnership.worker)).text + lead.get("/members/").text

    event = AuditEvent.objects.get(code="accounts.password_given_to")
    assert event.details == {"member": "Will Ford", "how_sure": HOW}
    assert told(event, in_full=True).startswith("Lena Marsh gave Will")

    assert open_elsewhere.get("/").status_code == 302
    assert tries(PASSWORD).get("/").status_code == 302
    will = tries(password)
    for address in ("/", "/members/", "/my-security/"):
        assert will.get(address).headers["Location"] == "/choose-password/", address
    asked = will.get("/choose-password/").text
    assert re.search(r"Lena Marsh gave you this password on \d+ \w+ \d{4} at \d\d:\d\d", asked)
    assert "If you did not ask for this" in asked
    assert will.post("/choose-password/", {"password": password, "again": password}).status_code == 422
    own = "copper lantern meadow seven"
    will.post("/choose-password/", {"password": own, "again": own})
    assert will.get("/members/").status_code == 200
    assert "Lena Marsh gave" not in will.get("/choose-password/").text
    assert tries(password).get("/").status_code == 302
    kept = r"Lena Marsh gave you a password on \d+ \w+ \d{4} at \d\d:\d\d"
    assert re.search(kept, tries(own).get("/my-security/").text)
    assert tries(own).get("/").status_code == 200


def test_it_ends_a_lock_out_and_a_second_factor_is_still_asked_for(partnership: Partnership) -> None:
    secret = with_factor(partnership, partnership.worker)
    for _ in range(5):
        locked = Client().post("/sign-in/", {"username": "will@example.org", "password": "wrong"})
    assert locked.status_code == 429
    password = given_by(signed_in("lena@example.org"), partnership.worker)
    will = Client()
    answer = will.post("/sign-in/", {"username": "will@example.org", "password": password})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/code/")
    assert give_code(will, shown(secret)).status_code == 302
    assert will.get("/").headers["Location"] == "/choose-password/"


def test_nobody_gives_themself_one_that_way_nor_another_organisations_nor_without_the_role(
    partnership: Partnership,
) -> None:
    manager = added(partnership, "Mona Reid", ["manager"])
    analyst = added(partnership, "Ana Cole", ["data_analyst"])
    watcher = added(partnership, "Gail Hope", ["governance_lead", "practitioner"])
    lead, worker = partnership.actor(partnership.lead), partnership.actor(partnership.worker)

    def give(actor: object, whose: Membership, how: str = HOW) -> None:
        commands.give_new_password_to(
            actor=actor, at=partnership.at, membership_id=whose.id, how_sure=how, password=NEW
        )

    with pytest.raises(NotAllowedError, match="change your own password"):
        give(lead, partnership.lead)
    with pytest.raises(NotAllowedError):
        give(worker, partnership.lead)
    with pytest.raises(NotFoundError):
        give(lead, partnership.carer)
    with pytest.raises(NotAllowedError):
        give(partnership.actor(manager), analyst)
    with pytest.raises(NotAllowedError):
        give(partnership.actor(manager), partnership.lead)
    with pytest.raises(NotAllowedError, match="alongside manage give-new-password"):
        give(lead, watcher)
    with pytest.raises(NotSureError):
        give(lead, partnership.worker, "  ")
    assert not User.objects.filter(password_is_one_time=True).exists()
    give(partnership.actor(manager), partnership.worker)
    assert User.objects.get(password_is_one_time=True).name == "Will Ford"


def test_a_lead_cannot_make_a_member_of_somebody_elsewhere_in_order_to_open_their_account(
    partnership: Partnership,
) -> None:
    carers = partnership.actor(partnership.carer)
    taken_in = commands.add_member(
        actor=carers, at=partnership.at, organisation_id=partnership.charity.id, name="Will Ford",
        email="will@example.org", roles=["practitioner"],
    )  # fmt: skip
    with pytest.raises(NotAllowedError, match="also works for another organisation"):
        commands.give_new_password_to(
            actor=carers, at=partnership.at, membership_id=taken_in.id, how_sure=HOW, password=NEW
        )


def test_an_impostor_who_chooses_first_cannot_hide_from_the_owner_that_it_was_given(
    partnership: Partnership,
) -> None:
    impostor = tries(given_by(signed_in("lena@example.org"), partnership.worker))
    for own in ("copper lantern meadow seven", "seven meadow lantern copper"):
        before = {"current": "copper lantern meadow seven"} if own.startswith("seven") else {}
        impostor.post("/choose-password/", before | {"password": own, "again": own})
    page = tries("seven meadow lantern copper").get("/my-security/").text
    assert "Lena Marsh gave you a password on" in page
    assert "If you did not ask for this" in page


@pytest.mark.usefixtures("provider")
def test_who_signs_in_through_the_council_is_given_a_password_by_whoever_runs_the_machine_alone(
    partnership: Partnership, settings: LazySettings
) -> None:
    lead, user = partnership.actor(partnership.lead), partnership.worker.user
    given = {"at": partnership.at, "how_sure": HOW, "password": NEW}
    BoundSubject.bind(user=user, issuer=settings.SIGN_ON.issuer, subject="w", at=partnership.at)
    with pytest.raises(NotAllowedError, match=r"own sign-on.*alongside manage give-new-password"):
        commands.give_new_password_to(actor=lead, membership_id=partnership.worker.id, **given)
    refused = signed_in("lena@example.org").get(page_for(partnership.worker))
    assert (refused.status_code, "own sign-on" in refused.text) == (403, True)
    commands.give_new_password_by_hand(actor=system_actor("Pat Stone"), email=user.email, **given)
    BoundSubject.objects.update(issuer="https://before.example.org")
    commands.give_new_password_to(actor=lead, membership_id=partnership.worker.id, **given)


def test_a_closed_account_is_given_none(partnership: Partnership) -> None:
    partnership.worker.user.close()
    with pytest.raises(NotFoundError):
        commands.give_new_password_to(
            actor=partnership.actor(partnership.lead), at=partnership.at,
            membership_id=partnership.worker.id, how_sure=HOW, password=NEW,
        )  # fmt: skip


def test_whoever_runs_the_machine_helps_the_only_lead_and_that_is_recorded(
    partnership: Partnership, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"email": "Lena@example.org", "by": "Pat Stone", "how_sure": "She came to the server room"}
    call_command("give_new_password", **asked)
    said = capsys.readouterr().out
    assert "Lena Marsh can sign in once" in said
    event = AuditEvent.objects.get(code="accounts.password_given_to")
    assert event.actor_name == "Pat Stone, who runs Alongside here"
    assert event.details["how_sure"] == "She came to the server room"
    client = tries(said.split()[-1], "lena@example.org")
    assert client.get("/").headers["Location"] == "/choose-password/"
    with pytest.raises(CommandError, match="No account has this e-mail address"):
        call_command("give_new_password", **asked | {"email": "nobody@example.org"})
    monkeypatch.setattr("builtins.input", lambda _: "")
    with pytest.raises(CommandError, match="How you checked"):
        call_command("give_new_password", **asked | {"how_sure": None})


def test_nobody_but_the_machine_does_it_by_hand(partnership: Partnership) -> None:
    with pytest.raises(NotAllowedError):
        commands.give_new_password_by_hand(
            actor=partnership.actor(partnership.lead), at=partnership.at,
            email="will@example.org", how_sure=HOW, password=NEW,
        )  # fmt: skip


def test_who_cannot_sign_in_is_told_what_to_do_and_nobody_learns_who_has_an_account(
    partnership: Partnership,
) -> None:
    client = Client()
    assert "/sign-in/help/" in client.get("/sign-in/").text
    page = client.get("/sign-in/help/")
    assert page.status_code == 200
    assert "Somebody in your own organisation can help you" in page.text
    assert "does not say who has an account" in page.text
    assert "<form" not in page.text.partition("<main")[2]
    for name in ("Lena", "Will", "lena@", "council"):
        assert name not in page.text.partition("<main")[2]
