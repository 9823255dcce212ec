"""A member who has lost app, passkeys and recovery codes gets in again, and nobody else does by that."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.test_second_factor import confirm, give_code, give_password, shown

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.helping import NotSureError
from alongside.casework.accounts.commands.second_factor import NotConfirmedError
from alongside.casework.accounts.models import Membership, User
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.telling import told
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.kernel.secrets import authenticator_secret

HOW = "I met him at the office and know him"


def with_factor(partnership: Partnership, whose: Membership) -> str:
    """Let a member have an app since a while, and return its secret."""
    secret, at = authenticator_secret(), timezone.now() - timedelta(minutes=5)
    code = shown(secret, steps=-10)
    commands.set_up_second_factor(actor=partnership.actor(whose), at=at, secret=secret, code=code)
    return secret


def added(partnership: Partnership, name: str, roles: list[str], to: str = "council") -> Membership:
    return commands.add_member(
        actor=system_actor("Installation"), at=partnership.at, name=name, roles=roles,
        organisation_id=getattr(partnership, to).id, email=f"{name.split()[0].lower()}@example.org",
        password=PASSWORD, one_time=False,
    )  # fmt: skip


def signed_in(email: str) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": email, "password": PASSWORD})
    return client


def page_for(member: Membership) -> str:
    return f"/members/{member.id}/second-factor/"


def test_a_lead_takes_it_off_and_the_member_is_out_told_and_sets_up_another_before_anything_else(
    partnership: Partnership,
) -> None:
    secret = with_factor(partnership, partnership.worker)
    open_elsewhere, half_way = Client(), Client()
    give_password(open_elsewhere)
    give_code(open_elsewhere, shown(secret))
    give_password(half_way)
    lead = signed_in("lena@example.org")
    assert page_for(partnership.worker) in lead.get("/members/").text
    assert "signed out everywhere" in lead.get(page_for(partnership.worker)).text
    assert lead.post(page_for(partnership.worker), {"how_sure": " "}).status_code == 422
    assert Authenticator.objects.count() == 2
    done = lead.post(page_for(partnership.worker), {"how_sure": HOW})
    assert done.headers["Location"] == "/members/"
    assert "The second factor of Will Ford was removed" in lead.get("/members/").text
    assert not Authenticator.objects.exists()

    event = AuditEvent.objects.get(code="accounts.second_factor_taken_off_for")
    assert event.details == {"member": "Will Ford", "how_sure": HOW}
    said = told(event, in_full=True)
    assert said.startswith("Lena Marsh removed the second factor of Will Ford")
    assert HOW in said

    assert open_elsewhere.get("/").status_code == 302
    assert give_code(half_way, shown(secret, steps=1)).headers["Location"] == "/sign-in/"
    will = Client()
    give_password(will, "/members/")
    for address in ("/", "/members/", "/my-security/", "/my-absence/", "/choose-password/"):
        assert will.get(address).headers["Location"] == "/my-security/set-up/", address
    for address in ("/my-security/set-up/", "/my-security/passkeys/new/"):
        page = will.get(address).text
        assert re.search(r"Lena Marsh removed your second factor on \d+ \w+ \d{4} at \d\d:\d\d", page)
        assert "If you did not ask for this" in page
    new = will.get("/my-security/set-up/").text
    new_secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", new)[1].replace(" ", "")
    will.post("/my-security/set-up/", {"code": shown(new_secret)})
    assert will.get("/members/").status_code == 200
    assert "Lena Marsh removed" not in will.get("/my-security/").text
    assert User.objects.get(email="will@example.org").second_factor_taken_off_at is None


def test_also_who_comes_through_the_council_sets_up_another_first(
    partnership: Partnership, settings: LazySettings
) -> None:
    with_factor(partnership, partnership.worker)
    commands.take_off_second_factor_of(
        actor=partnership.actor(partnership.lead), at=partnership.at,
        membership_id=partnership.worker.id, how_sure=HOW,
    )  # fmt: skip
    client = Client()
    give_password(client)
    session = client.session
    session["sign_on"] = True
    session.save()
    assert client.get("/").headers["Location"] == "/my-security/set-up/"


def test_nobody_takes_their_own_off_that_way_nor_another_organisations_nor_without_the_role(
    partnership: Partnership,
) -> None:
    for each in (partnership.lead, partnership.worker, partnership.carer):
        with_factor(partnership, each)
    manager = added(partnership, "Mona Reid", ["manager"])
    analyst = added(partnership, "Ana Cole", ["data_analyst"])
    with_factor(partnership, analyst)
    lead, worker = partnership.actor(partnership.lead), partnership.actor(partnership.worker)

    def take(actor: object, whose: Membership, how: str = HOW) -> None:
        commands.take_off_second_factor_of(
            actor=actor, at=partnership.at, membership_id=whose.id, how_sure=how,
            confirmed_at=partnership.at,
        )  # fmt: skip

    before = Authenticator.objects.count()
    with pytest.raises(NotAllowedError, match="You cannot do this for yourself"):
        take(lead, partnership.lead)
    with pytest.raises(NotAllowedError):
        take(worker, partnership.lead)
    with pytest.raises(NotFoundError):
        take(lead, partnership.carer)
    with pytest.raises(NotAllowedError):
        take(partnership.actor(manager), analyst)
    with pytest.raises(NotAllowedError):
        take(partnership.actor(manager), partnership.lead)
    with pytest.raises(NotSureError):
        take(lead, partnership.worker, "  ")
    assert Authenticator.objects.count() == before
    take(partnership.actor(manager), partnership.worker)
    with pytest.raises(AlreadyDoneError, match="Will Ford has no second factor"):
        take(lead, partnership.worker)


def test_who_watches_over_others_is_not_for_those_they_watch_to_weaken(partnership: Partnership) -> None:
    watcher = added(partnership, "Gail Hope", ["governance_lead", "practitioner"])
    with_factor(partnership, watcher)
    with pytest.raises(NotAllowedError, match="alongside manage take-off-second-factor"):
        commands.take_off_second_factor_of(
            actor=partnership.actor(partnership.lead), at=partnership.at,
            membership_id=watcher.id, how_sure=HOW,
        )  # fmt: skip
    other = added(partnership, "Rob Dale", ["practitioner"])
    with_factor(partnership, other)
    with pytest.raises(NotAllowedError):
        commands.take_off_second_factor_of(
            actor=partnership.actor(watcher), at=partnership.at, membership_id=other.id, how_sure=HOW,
            confirmed_at=partnership.at,
        )  # fmt: skip
    assert Authenticator.objects.filter(user__in=[watcher.user, other.user]).count() == 4


def test_a_lead_cannot_make_a_member_of_somebody_elsewhere_in_order_to_weaken_their_account(
    partnership: Partnership,
) -> None:
    with_factor(partnership, partnership.worker)
    carers = partnership.actor(partnership.carer)
    taken_in = commands.add_member(
        actor=carers, at=partnership.at, organisation_id=partnership.charity.id, name="Will Ford",
        email="will@example.org", roles=["practitioner"],
    )  # fmt: skip
    for actor, membership in [
        (carers, taken_in), (partnership.actor(partnership.lead), partnership.worker),
    ]:  # fmt: skip
        with pytest.raises(NotAllowedError, match="also works for another organisation"):
            commands.take_off_second_factor_of(
                actor=actor, at=partnership.at, membership_id=membership.id, how_sure=HOW
            )
    assert Authenticator.objects.count() == 2


Help = Callable[[Actor, Membership], object]


@pytest.fixture(params=["password", "second factor"])
def helps(request: pytest.FixtureRequest, partnership: Partnership) -> Help:
    """Either way of helping, as a command."""

    def give(actor: Actor, whose: Membership) -> object:
        return commands.give_new_password_to(
            actor=actor, at=partnership.at, membership_id=whose.id, how_sure=HOW, password=PASSWORD
        )

    def take(actor: Actor, whose: Membership) -> object:
        return commands.take_off_second_factor_of(
            actor=actor, at=partnership.at, membership_id=whose.id, how_sure=HOW
        )

    return give if request.param == "password" else take


def again_as(partnership: Partnership, whose: Membership, roles: list[str], *, ended_in: int) -> Membership:
    """Let a membership end some days from now, and their next begin today, as a promotion is noted."""
    today = partnership.at.date()
    Membership.objects.filter(id=whose.id).update(
        active_from=today - timedelta(days=90), active_to=today + timedelta(days=ended_in)
    )
    return Membership.begin(user=whose.user, organisation=whose.organisation, roles=roles, on=today)


@pytest.mark.parametrize("role", ["organisation_lead", "governance_lead", "data_analyst"])
@pytest.mark.parametrize("ended_in", [-30, 0, 30])
def test_a_manager_does_not_reach_who_was_promoted_through_the_membership_of_before(
    partnership: Partnership, helps: Help, role: str, ended_in: int
) -> None:
    manager = added(partnership, "Mona Reid", ["manager"])
    with_factor(partnership, partnership.worker)
    promoted = again_as(partnership, partnership.worker, [role], ended_in=ended_in)
    for whose in (partnership.worker, promoted):
        with pytest.raises(NotAllowedError if whose == promoted or ended_in > 0 else NotFoundError):
            helps(partnership.actor(manager), whose)
    browser = signed_in("mona@example.org")
    for page in (page_for(partnership.worker), f"/members/{partnership.worker.id}/new-password/"):
        assert browser.get(page).status_code == (403 if ended_in > 0 else 404)
    assert Authenticator.objects.count() == 2


def test_nobody_reaches_who_has_left_or_will_be_of_another_organisation(
    partnership: Partnership, helps: Help
) -> None:
    with_factor(partnership, partnership.worker)
    lead, today = partnership.actor(partnership.lead), partnership.at.date()
    to_come = Membership.begin(
        user=partnership.worker.user, organisation=partnership.charity, roles=["practitioner"],
        on=today + timedelta(days=7),
    )  # fmt: skip
    with pytest.raises(NotAllowedError, match="also works for another organisation"):
        helps(lead, partnership.worker)
    with pytest.raises(NotFoundError):
        helps(partnership.actor(partnership.carer), to_come)
    to_come.delete()
    Membership.objects.filter(id=partnership.worker.id).update(
        active_from=today - timedelta(days=9), active_to=today
    )
    with pytest.raises(NotFoundError):
        helps(lead, partnership.worker)


def test_a_lead_still_helps_who_was_promoted_by_the_membership_of_now(
    partnership: Partnership, helps: Help
) -> None:
    with_factor(partnership, partnership.worker)
    promoted = again_as(partnership, partnership.worker, ["manager"], ended_in=-30)
    before = AuditEvent.objects.count()
    helps(partnership.actor(partnership.lead), promoted)
    assert AuditEvent.objects.count() > before


def test_a_session_left_open_is_not_enough_to_change_what_another_signs_in_with(
    partnership: Partnership, helps: Help
) -> None:
    secret = with_factor(partnership, partnership.lead)
    with_factor(partnership, partnership.worker)
    with pytest.raises(NotConfirmedError):
        helps(partnership.actor(partnership.lead), partnership.worker)
    lead = signed_in("lena@example.org")
    give_code(lead, shown(secret))
    for page in (page_for(partnership.worker), f"/members/{partnership.worker.id}/new-password/"):
        for answer in (lead.get(page), lead.post(page, {"how_sure": HOW})):
            assert answer.headers["Location"] == f"/my-security/confirm/?{urlencode({'next': page})}"
    will = User.objects.get(email="will@example.org")
    assert (will.password_given_at, will.second_factor_taken_off_at) == (None, None)
    assert confirm(lead, shown(secret, steps=1), page).headers["Location"] == page
    assert lead.post(page, {"how_sure": HOW}).status_code == 200
    assert lead.post(page_for(partnership.worker), {"how_sure": HOW}).headers["Location"] == "/members/"


def test_whoever_runs_the_machine_helps_the_only_lead_and_that_is_recorded(
    partnership: Partnership, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = with_factor(partnership, partnership.lead)
    asked = {"email": "Lena@example.org", "by": "Pat Stone", "how_sure": "She came to the server room"}
    call_command("take_off_second_factor", **asked)
    assert "The second factor of Lena Marsh was removed" in capsys.readouterr().out
    event = AuditEvent.objects.get(code="accounts.second_factor_taken_off_for")
    assert event.actor_name == "Pat Stone, who runs Alongside here"
    assert event.details["how_sure"] == "She came to the server room"
    client = signed_in("lena@example.org")
    assert client.get("/").headers["Location"] == "/my-security/set-up/"
    assert "Pat Stone, who runs Alongside here removed your second" in client.get("/my-security/set-up/").text
    assert secret not in str(list(Authenticator.objects.values()))
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("take_off_second_factor", **asked)
    with pytest.raises(CommandError, match="No account has this e-mail address"):
        call_command("take_off_second_factor", **asked | {"email": "nobody@example.org"})


def test_whoever_runs_the_machine_must_say_who_they_are_and_how_they_made_sure(
    partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_factor(partnership, partnership.lead)
    monkeypatch.setattr("builtins.input", lambda _: "")
    with pytest.raises(CommandError, match="How you checked"):
        call_command("take_off_second_factor", email="lena@example.org", by="Pat Stone", how_sure=None)
    assert Authenticator.objects.exists()


def test_nobody_but_the_machine_does_it_by_hand(partnership: Partnership) -> None:
    with pytest.raises(NotAllowedError):
        commands.take_off_second_factor_by_hand(
            actor=partnership.actor(partnership.lead), at=partnership.at,
            email="will@example.org", how_sure=HOW,
        )  # fmt: skip
