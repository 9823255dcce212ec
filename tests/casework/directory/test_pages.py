"""The directory's pages say in words what was found, escape what strangers wrote, and need no script."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from tests.casework.directory.conftest import FOOD_BANK, FakeFeed, a_service
from tests.casework.outside import watched

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.directory import commands, forms, jobs, presenters, queries
from alongside.casework.directory.hours import hours_in_words
from alongside.casework.directory.models import Service
from alongside.casework.directory.models.entries import entry_of
from alongside.casework.directory.open_referral.client import HttpClient
from alongside.casework.directory.rules import Hours, Running
from alongside.casework.directory.views import pages
from alongside.casework.kernel.errors import NotFoundError

pytestmark = pytest.mark.django_db
Ask = Callable[..., HttpResponse]


@pytest.fixture
def ask(editor: Actor) -> Ask:
    def asked(
        view: Any, posted: dict[str, Any] | None = None, *, actor: Actor = editor, **named: Any
    ) -> HttpResponse:
        made = RequestFactory()
        request = made.get("/") if posted is None else made.post("/", posted)
        request.actor = actor  # type: ignore[attr-defined]
        with watched():
            answer: HttpResponse = view(request, **named)
        return answer

    return asked


@pytest.fixture
def service(editor: Actor, at: datetime) -> Service:
    return commands.publish_service(actor=editor, at=at, entry=FOOD_BANK)


def sent(**told: Any) -> dict[str, Any]:
    """What a browser sends of the form of FOOD_BANK."""
    begun = forms.begun_with(FOOD_BANK, "")
    return {name: value for name, value in begun.items() if value not in (None, "")} | told


def test_what_is_looked_for_is_posted_and_found_in_words(ask: Ask, service: Service) -> None:
    assert b"Describe the help that is needed" in ask(pages.search).content
    text = ask(pages.search, {"words": "food bank", "age": "40"}).content.decode()
    assert "1 service found" in text
    assert f"/directory/{service.id}/" in text
    assert "No services found" in ask(pages.search, {"words": "swimming"}).content.decode()
    assert "1 service found" in ask(pages.search, {"words": "food", "page": "nonsense"}).content.decode()


def test_many_results_are_turned_over_without_a_script(ask: Ask, editor: Actor, at: datetime) -> None:
    for number in range(21):
        commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, name=f"Food {number:02}"))
    first = ask(pages.search, {"words": "food"}).content.decode()
    assert "Page 1 of 2" in first
    assert 'form="search" name="page" value="2"' in first
    assert "Page 2 of 2" in ask(pages.search, {"words": "food", "page": "2"}).content.decode()


@pytest.mark.proves("FIND-10")
def test_a_services_page_says_whether_it_runs_and_when_it_was_confirmed(
    editor: Actor, service: Service, at: datetime
) -> None:
    def shown(when: datetime) -> presenters.ServiceShown:
        page = queries.service_page(actor=editor, at=when, service_id=service.id)
        return presenters.service_shown(page, when)

    monday = shown(at + timedelta(hours=2))
    assert monday.running == presenters.Tag("Open now", "green")
    assert shown(at).running.words == "Not open now"
    assert monday.hours == ("Monday, Thursday, 10:00 to 16:00",)
    assert monday.confirmed == "Last confirmed on 2 November 2026"
    told = [(way.label, way.value) for way in monday.reach]
    assert ("Telephone", "01632 960001 (Duty worker)") in told
    assert ("Address", "1 Mill Lane, Riverside, RV1 1AA") in told
    assert (monday.stale, monday.origin, monday.may_keep) == (None, "Kept by Riverside Together", True)
    assert (monday.may_confirm, shown(at + timedelta(days=1)).may_confirm) == (False, True)
    assert shown(at + timedelta(days=184)).stale == presenters.Tag("May be out of date", "orange")


def test_a_strangers_entry_offers_no_change_and_a_page_that_is_not_there_is_404(
    ask: Ask, service: Service, stranger: Actor
) -> None:
    mine = ask(pages.service, service_id=service.id).content.decode()
    theirs = ask(pages.service, service_id=service.id, actor=stranger).content.decode()
    assert "Confirm it is still right" in mine
    assert "Confirm it is still right" not in theirs
    for view in (pages.service, pages.change):
        with pytest.raises(NotFoundError):
            ask(view, service_id=uuid4())
    with pytest.raises(NotAllowedError):
        ask(pages.change, service_id=service.id, actor=stranger)


def test_what_a_feed_says_is_text_and_never_runs(
    ask: Ask, feed_server: FakeFeed, anybody: Actor, at: datetime
) -> None:
    feed = commands.add_feed(actor=anybody, at=at, name="<b>Feed</b>", address=feed_server.address)
    evil = "<script>alert(1)</script>"
    organization = a_service(1)["organization"] | {"name": evil}
    feed_server.serves(
        [a_service(1, name=evil, description=evil, alert=evil, fees=evil, url="javascript:alert(1)",
                   organization=organization, languages=[{"name": evil}])]
    )  # fmt: skip
    client = HttpClient(inside_too=True)
    jobs.take_feed(actor=anybody, at=at, feed_id=feed.id, address=feed.address, client=client)
    found = Service.objects.get()
    for answer in (
        ask(pages.service, service_id=found.id),
        ask(pages.search, {"words": "script alert"}),
        ask(pages.feeds),
    ):
        text = answer.content.decode()
        assert "<script>" not in text
        assert "javascript:" not in text
        assert "<b>" not in text
    assert "&lt;script&gt;" in ask(pages.service, service_id=found.id).content.decode()


def test_a_feed_that_failed_shows_when_it_was_tried_and_from_when_its_copy_is(
    feed_server: FakeFeed, anybody: Actor, at: datetime
) -> None:
    feed = commands.add_feed(actor=anybody, at=at, name="County", address=feed_server.address)
    feed_server.serves([a_service(1)])
    for when in (at, at + timedelta(days=9)):
        client = HttpClient(inside_too=True)
        jobs.take_feed(actor=anybody, at=when, feed_id=feed.id, address=feed.address, client=client)
        feed_server.answer = lambda _, __: b"gone"
    late = at + timedelta(days=9)
    (row,) = queries.feeds_page(actor=anybody, at=late)
    shown = presenters.feed_shown(row)
    assert shown.checked == "Last checked on 11 November 2026 at 09:30"
    assert shown.copied == "Last good copy from 2 November 2026 at 09:30"
    assert shown.stale == presenters.Tag("Out of date", "red")
    (found,) = queries.search_services(actor=anybody, at=late).found
    page = queries.service_page(actor=anybody, at=late, service_id=found.service.id)
    told = presenters.service_shown(page, late)
    assert told.origin == "From County, as it was on 2 November 2026 at 09:30"
    assert told.stale is not None


@pytest.mark.proves("FIND-26")
def test_an_entry_is_added_changed_confirmed_and_closed_by_forms(ask: Ask, editor: Actor) -> None:
    assert ask(pages.publish).status_code == 200
    assert ask(pages.publish, sent()).status_code == 302
    made = Service.objects.get()
    assert entry_of(made) == replace(FOOD_BANK, place=replace(FOOD_BANK.place, latitude=None, longitude=None))
    seen = made.last_modified.isoformat()
    again = ask(pages.change, sent(seen=seen), service_id=made.id)
    assert (again.status_code, b"already says all of this" in again.content) == (422, True)
    assert ask(pages.change, sent(seen=seen, fees="Free"), service_id=made.id).status_code == 302
    assert Service.objects.get().fees == "Free"
    for old in (seen, "nonsense"):
        stale = ask(pages.change, sent(seen=old, fees="Much"), service_id=made.id)
        assert stale.status_code == 409
        assert b"<strong>Yours:</strong> Much" in stale.content
    assert Service.objects.get().fees == "Free"
    assert ask(pages.confirm, {}, service_id=made.id).status_code == 409
    assert FOOD_BANK.name in ask(pages.ours).content.decode()
    assert ask(pages.close, {}, service_id=made.id).status_code == 302
    assert ask(pages.close, {}, service_id=made.id).status_code == 409
    assert "no entries yet" in ask(pages.ours).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Not answered yet: Name of the service"),
        ({"city": ""}, "or none of them"),
        ({"minimum_age": "60", "maximum_age": "10"}, "youngest age"),
        ({"days": []}, "Choose the days"),
        ({"closes_at": ""}, "or neither"),
        ({"url": "javascript:alert(1)"}, "Website: Enter a web address"),
        ({"status": "defunct"}, "is not offered, or no longer"),
        ({"needs": [str(uuid4())]}, "is not offered, or no longer"),
    ],
)
def test_a_form_that_cannot_be_is_shown_again_and_says_why(
    ask: Ask, wrong: dict[str, Any], told: str
) -> None:
    answer = ask(pages.publish, sent(**wrong))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Service.objects.exists()


def test_a_search_or_a_change_with_mistakes_is_answered_as_one(ask: Ask, service: Service) -> None:
    search = ask(pages.search, {"words": "food", "age": "two"})
    assert (search.status_code, b"Enter a whole number" in search.content) == (422, True)
    assert ask(pages.search, {"words": "food", "age": "40"}).status_code == 200
    assert ask(pages.change, service_id=service.id).status_code == 200
    seen = service.last_modified.isoformat()
    assert ask(pages.change, sent(name="", seen=seen), service_id=service.id).status_code == 422


def test_a_change_by_form_keeps_what_the_form_cannot_show(ask: Ask, editor: Actor, at: datetime) -> None:
    monthly = Hours(freq="MONTHLY", byday="2TU", opens_at=time(9), closes_at=time(10))
    entry = replace(FOOD_BANK, hours=(*FOOD_BANK.hours, monthly))
    made = commands.publish_service(actor=editor, at=at, entry=entry)
    seen = made.last_modified.isoformat()
    assert ask(pages.change, sent(seen=seen, fees="Free"), service_id=made.id).status_code == 302
    assert entry_of(Service.objects.get()) == replace(entry, fees="Free")


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (Hours(freq="WEEKLY", interval=2, byday="MO"), "Every other week Monday, times not given"),
        (Hours(freq="MONTHLY", byday="2TU", opens_at=time(9), closes_at=time(10)),
         "Every month on the second Tuesday, 09:00 to 10:00"),
        (Hours(freq="MONTHLY", byday="-1FR"), "Every month on the last Friday, times not given"),
        (Hours(freq="MONTHLY", bymonthday="1"), "Every month on day 1 of the month, times not given"),
        (Hours(opens_at=time(9), closes_at=time(17), notes="in May"), "09:00 to 17:00 (in May)"),
    ],
)  # fmt: skip
def test_hours_are_said_as_one_would_say_them(hours: Hours, said: str) -> None:
    assert hours_in_words(hours, on=date(2026, 11, 2)) == said


def test_every_state_has_words_of_its_own() -> None:
    tags = {presenters.running_tag("active", state).words for state in Running}
    tags |= {
        presenters.running_tag(status, Running.CLOSED).words for status in ("temporarily closed", "defunct")
    }
    tags.add(presenters.running_tag("active", Running.OPEN, gone=True).words)
    tags.add(presenters.running_tag("active", Running.OPEN, now=False).words)
    assert len(tags) == len(Running) + 4
    assert presenters.ages_in_words(18, None) == "people aged 18 and over"
    assert presenters.ages_in_words(None, 17) == "people aged 17 and under"
    assert presenters.ages_in_words(18, 25) == "people aged 18 to 25"
