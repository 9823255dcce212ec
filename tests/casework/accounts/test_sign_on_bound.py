"""Who signed on once is known by what the provider calls them: an address given to another opens nothing."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.fake_provider import FakeProvider, Misbehaviour
from tests.casework.accounts.test_sign_on import assert_nobody_is_signed_in, there_and_back

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.models import BoundSubject, User
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError


def codes() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("code", flat=True))


def signed_on(provider: FakeProvider, subject: str, email: str) -> tuple[Client, int]:
    provider.subject, provider.email = subject, email
    client = Client()
    return client, there_and_back(client).status_code


def test_the_first_sign_on_binds_and_that_is_recorded_once(
    partnership: Partnership, provider: FakeProvider
) -> None:
    for _ in range(2):
        client, status = signed_on(provider, "will-at-riverside", "will@example.org")
        assert status == 302
        assert "Hello Will Ford" in client.get("/").text
    bound = BoundSubject.objects.get()
    assert (bound.user, bound.issuer, bound.subject) == (
        partnership.worker.user, provider.issuer, "will-at-riverside",
    )  # fmt: skip
    assert codes().count("accounts.sign_on_bound") == 1
    assert "will-at-riverside" not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_somebody_else_who_was_given_the_address_later_is_refused_in_words_and_that_is_recorded(
    partnership: Partnership, provider: FakeProvider
) -> None:
    signed_on(provider, "will-at-riverside", "will@example.org")
    provider.subject = "another-will"
    client = Client()
    answer = there_and_back(client)
    assert answer.status_code == 403
    assert "own sign-on says that it was not you" in answer.text
    assert "Will Ford" not in answer.text
    assert client.get("/").status_code == 302
    event = AuditEvent.objects.get(code="accounts.sign_on_of_another")
    assert event.details == {"member": "Will Ford", "provider": "Riverside Council"}
    assert codes().count("accounts.signed_in_through_provider") == 1
    assert BoundSubject.objects.get().subject == "will-at-riverside"


def test_who_is_known_signs_in_under_a_new_address_also_where_another_account_has_it(
    partnership: Partnership, provider: FakeProvider
) -> None:
    signed_on(provider, "w", "will@example.org")
    for email in ("will.married@example.org", "lena@example.org"):
        client, status = signed_on(provider, "w", email)
        assert status == 302
        assert "Hello Will Ford" in client.get("/").text
    assert User.objects.get(id=partnership.worker.user_id).email == "will@example.org"
    assert BoundSubject.objects.count() == 1


def test_capitals_tell_two_subjects_apart(partnership: Partnership, provider: FakeProvider) -> None:
    signed_on(provider, "abc", "will@example.org")
    assert signed_on(provider, "ABC", "will@example.org")[1] == 403


def test_who_is_known_and_whose_account_is_closed_gets_into_no_other_by_their_address(
    partnership: Partnership, provider: FakeProvider
) -> None:
    signed_on(provider, "w", "will@example.org")
    partnership.worker.user.close()
    assert signed_on(provider, "w", "lena@example.org")[1] == 403


def test_another_provider_binds_anew(partnership: Partnership, provider: FakeProvider) -> None:
    BoundSubject.bind(
        user=partnership.worker.user, issuer="https://before.example.org", subject="7", at=partnership.at
    )
    assert signed_on(provider, "eight", "will@example.org")[1] == 302
    assert BoundSubject.objects.count() == 2


def test_who_belongs_nowhere_is_not_bound(partnership: Partnership, provider: FakeProvider) -> None:
    User.enrol(email="una@example.org", name="Una Gray")
    assert signed_on(provider, "u", "una@example.org")[1] == 403
    assert not BoundSubject.objects.exists()


@pytest.mark.parametrize("subject", ["x" * 256, "w\u0131ll", "w\x00", "w\n"])
def test_a_subject_that_the_standard_does_not_let_be_signs_nobody_in(
    partnership: Partnership, provider: FakeProvider, subject: str
) -> None:
    provider.bad = Misbehaviour(claims={"sub": subject})
    client = Client()
    assert_nobody_is_signed_in(client, there_and_back(client))


def test_neither_an_account_nor_a_subject_is_bound_twice(partnership: Partnership) -> None:
    named = {"issuer": "https://id.example.org", "provider": "Riverside Council", "at": partnership.at}
    will, lena = partnership.actor(partnership.worker), partnership.actor(partnership.lead)
    commands.bind_subject(actor=will, subject="a", **named)
    with pytest.raises(AlreadyDoneError):
        commands.bind_subject(actor=will, subject="b", **named)
    with pytest.raises(AlreadyDoneError):
        commands.bind_subject(actor=lena, subject="a", **named)


def test_whoever_runs_the_machine_lets_a_member_be_found_anew_whom_the_provider_calls_otherwise(
    partnership: Partnership, provider: FakeProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"email": "will@example.org", "by": "Pat Stone", "how_sure": "Their IT made all accounts anew"}
    with pytest.raises(CommandError, match="already"):
        call_command("forget_sign_on", **asked)
    before, _ = signed_on(provider, "w", "will@example.org")
    assert signed_on(provider, "w2", "will@example.org")[1] == 403
    call_command("forget_sign_on", **asked)
    assert "Will Ford will be recognised by e-mail address" in capsys.readouterr().out
    assert before.get("/").status_code == 302
    event = AuditEvent.objects.get(code="accounts.sign_on_forgotten")
    assert (event.actor_name, event.details["how_sure"]) == (
        "Pat Stone, who runs Alongside here", "Their IT made all accounts anew",
    )  # fmt: skip
    assert signed_on(provider, "w2", "will@example.org")[1] == 302
    assert signed_on(provider, "w", "will@example.org")[1] == 403
    with pytest.raises(CommandError, match="No account"):
        call_command("forget_sign_on", **asked | {"email": "nobody@example.org"})
    with pytest.raises(CommandError, match="checked that they are who"):
        call_command("forget_sign_on", **asked | {"how_sure": " "})


def test_no_member_does_these_in_the_systems_place(partnership: Partnership) -> None:
    lead, at = partnership.actor(partnership.lead), partnership.at
    with pytest.raises(NotAllowedError):
        commands.forget_sign_on_by_hand(actor=lead, at=at, email="will@example.org", how_sure="I know him")
    with pytest.raises(NotAllowedError):
        commands.note_sign_on_of_another(
            actor=lead, at=at, user_id=partnership.worker.user_id, provider="Riverside Council"
        )


def test_a_password_still_signs_in_who_is_bound(partnership: Partnership, provider: FakeProvider) -> None:
    signed_on(provider, "w", "will@example.org")
    client = Client()
    client.post("/sign-in/", {"username": "will@example.org", "password": PASSWORD})
    assert client.get("/").status_code == 200
