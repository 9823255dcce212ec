"""Sessions end when what they began with ends: password, second factor, account, membership."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.software_key import SoftwareKey
from tests.casework.accounts.test_lock_out import change_password
from tests.casework.accounts.test_passkeys import NEW, add, asked, use
from tests.casework.accounts.test_second_factor import confirm, give_code, give_password, shown

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Membership, Organisation, SecondFactor
from alongside.casework.kernel.secrets import authenticator_secret


@pytest.fixture
def secret(partnership: Partnership) -> str:
    secret, at = authenticator_secret(), timezone.now() - timedelta(minutes=5)
    actor = partnership.actor(partnership.worker)
    commands.set_up_second_factor(actor=actor, at=at, secret=secret, code=shown(secret, steps=-10))
    return secret


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_another_password_ends_all_other_sessions_and_sign_ins_half_done(partnership: Partnership) -> None:
    mine, other = Client(), Client()
    give_password(mine)
    give_password(other)
    before = mine.cookies["sessionid"].value
    assert change_password(mine, PASSWORD).status_code == 302
    assert is_in(mine)
    assert not is_in(other)
    assert mine.cookies["sessionid"].value != before


def test_taking_the_app_off_ends_all_other_sessions_and_sign_ins_half_done(
    partnership: Partnership, secret: str
) -> None:
    mine, other, half_way = Client(), Client(), Client()
    give_password(other)
    give_code(other, shown(secret, steps=-1))
    give_password(mine)
    give_code(mine, shown(secret))
    give_password(half_way)
    confirm(mine, shown(secret, steps=1))
    assert is_in(other)
    mine.post("/my-security/take-off/")
    assert is_in(mine)
    assert not is_in(other)
    assert half_way.get("/sign-in/code/").headers["Location"] == "/sign-in/"


def set_up_an_app(client: Client) -> None:
    client.get("/my-security/set-up/")
    secret = client.session["authenticator_secret"]
    client.post("/my-security/set-up/", {"code": shown(secret)})


def add_a_passkey(client: Client) -> None:
    add(client, SoftwareKey())


@pytest.mark.parametrize("how", [set_up_an_app, add_a_passkey])
def test_a_first_second_factor_ends_sessions_that_began_with_a_password_alone(
    partnership: Partnership, how: Callable[[Client], None]
) -> None:
    mine, other = Client(), Client()
    give_password(mine)
    give_password(other)
    how(mine)
    assert is_in(mine)
    assert not is_in(other)


def test_removing_a_passkey_ends_all_other_sessions(partnership: Partnership) -> None:
    mine, other, key = Client(), Client(), SoftwareKey()
    give_password(mine)
    add(mine, key)
    give_password(other)
    use(other, key)
    assert is_in(other)
    use(mine, key, "/my-security/confirm/")
    assert asked(mine, NEW)
    mine.post(f"/my-security/passkeys/{SecondFactor.objects.passkeys().get().pk}/remove/")
    assert is_in(mine)
    assert not is_in(other)


def test_whose_account_is_closed_is_out_at_once_and_a_code_lets_them_in_no_more(
    partnership: Partnership, secret: str
) -> None:
    client, half_way = Client(), Client()
    give_password(client)
    give_code(client, shown(secret))
    give_password(half_way)
    assert is_in(client)
    partnership.worker.user.close()
    assert not is_in(client)
    assert give_code(half_way, shown(secret, steps=1)).headers["Location"] == "/sign-in/"
    assert give_password(Client()).status_code == 422


def test_who_belongs_to_one_of_two_organisations_no_more_acts_for_that_one_no_more_at_once(
    partnership: Partnership,
) -> None:
    at_charity = commands.add_member(
        actor=partnership.actor(partnership.carer), at=partnership.at, name="Will Ford",
        organisation_id=partnership.charity.id, email="will@example.org", roles=["practitioner"],
    )  # fmt: skip
    client, today = Client(), timezone.localdate()
    give_password(client)
    client.post("/choose-organisation/", {"membership": str(at_charity.id)})
    assert "Riverside Carers" in client.get("/").text
    Membership.objects.filter(id=at_charity.id).update(active_from=today - timedelta(days=9), active_to=today)
    page = client.get("/").text
    assert "Riverside Council" in page
    assert "Riverside Carers" not in page
    Membership.objects.filter(id=partnership.worker.id).update(
        active_from=today - timedelta(days=9), active_to=today
    )
    assert client.get("/").status_code == 403
    assert client.get("/").status_code == 302
    Membership.objects.filter(id=partnership.worker.id).update(active_to=None)
    assert not is_in(client), "the session was ended, not put aside"


@pytest.fixture
def two(partnership: Partnership) -> tuple[Client, Membership]:
    """Signed in for the charity, with a place at the council too, and a search made for the charity."""
    at_charity = commands.add_member(
        actor=partnership.actor(partnership.carer), at=partnership.at, name="Will Ford",
        organisation_id=partnership.charity.id, email="will@example.org", roles=["practitioner"],
    )  # fmt: skip
    client = Client()
    give_password(client)
    client.post("/choose-organisation/", {"membership": str(at_charity.id)})
    session = client.session
    session.update({"purpose": "early_help", "searches": {"1": ["/people/", "words=ada"]}})
    session.save()
    return client, at_charity


WORDS = "She told us in confidence where she will go."
OUR_PAGE = {"HTTP_ORIGIN": "http://testserver"}


def test_what_was_written_for_one_organisation_is_never_sent_for_another(
    two: tuple[Client, Membership], partnership: Partnership
) -> None:
    client, at_charity = two
    today = timezone.localdate()
    Membership.objects.filter(id=at_charity.id).update(active_from=today - timedelta(days=9), active_to=today)
    refused = client.post("/people/raise/", {"words": WORDS}, **OUR_PAGE)
    assert refused.status_code == 409
    assert WORDS in refused.text
    assert "Nothing was saved" in refused.text
    assert "You now act for Riverside Council" in refused.text
    assert client.session["membership_id"] == str(partnership.worker.id)
    assert not {"purpose", "searches"} & set(client.session.keys())


@pytest.mark.parametrize("how", ["the place ended", "chosen in another window"])
def test_a_form_left_open_for_one_organisation_is_not_saved_for_another(
    two: tuple[Client, Membership], partnership: Partnership, how: str
) -> None:
    client, at_charity = two
    client.handler.enforce_csrf_checks = True
    opened = client.get("/choose-organisation/").text
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', opened)[0]
    if how == "the place ended":
        today = timezone.localdate()
        Membership.objects.filter(id=at_charity.id).update(
            active_from=today - timedelta(days=9), active_to=today
        )
        assert "You now act for Riverside Council" in client.get("/", follow=True).text
    else:
        chosen = {"membership": str(partnership.worker.id), "csrfmiddlewaretoken": token}
        assert client.post("/choose-organisation/", chosen).status_code == 302
    sent = client.post("/people/", {"words": WORDS, "csrfmiddlewaretoken": token}, **OUR_PAGE)
    assert sent.status_code == 403
    assert WORDS in sent.text
    assert "began to act for another of your organisations" in sent.text
    on_its_own = client.post(
        "/people/", {"csrfmiddlewaretoken": token}, headers={"accept": "application/json"}
    )
    assert on_its_own.status_code == 403
    assert "began to act for another of your organisations" in on_its_own.json()["said"]


def test_who_may_choose_between_others_keeps_what_they_wrote_and_may_sign_out(
    two: tuple[Client, Membership], partnership: Partnership
) -> None:
    client, at_charity = two
    third = Organisation.objects.create(code="third", name="Third Agency", kind="charity")
    Membership.objects.create(
        user=partnership.worker.user, organisation=third, roles=["practitioner"],
        active_from=timezone.localdate() - timedelta(days=9),
    )  # fmt: skip
    today = timezone.localdate()
    Membership.objects.filter(id=at_charity.id).update(active_from=today - timedelta(days=9), active_to=today)
    refused = client.post("/people/raise/", {"words": WORDS}, **OUR_PAGE)
    assert refused.status_code == 409
    assert WORDS in refused.text
    assert "Choose which of your organisations you act for now" in refused.text
    assert client.get("/").headers["Location"] == "/choose-organisation/"


def test_whoever_only_reads_is_told_once_which_organisation_they_act_for_now(
    two: tuple[Client, Membership],
) -> None:
    client, at_charity = two
    today = timezone.localdate()
    assert "Act for another of my organisations" in client.get("/").text
    Membership.objects.filter(id=at_charity.id).update(active_from=today - timedelta(days=9), active_to=today)
    page = client.get("/", follow=True).text
    assert "You now act for Riverside Council" in page
    assert "Act for another of my organisations" not in client.get("/").text
    assert "You now act for" not in client.get("/").text


def test_who_waits_for_a_code_and_belongs_nowhere_meanwhile_is_not_let_in(
    partnership: Partnership, secret: str
) -> None:
    client, today = Client(), timezone.localdate()
    give_password(client)
    Membership.objects.filter(id=partnership.worker.id).update(
        active_from=today - timedelta(days=9), active_to=today
    )
    give_code(client, shown(secret))
    assert client.get("/").status_code == 403
    assert not is_in(client)
