"""What is known of a person stands on all their records, and whoever works with them is told all of it."""

import ast
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.casework.people.conftest import somebody_at
from tests.casework.signed_in import browser_of
from tools import tree
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.people.commands.emergencies import NobodyNamedError, open_in_emergency
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.involvement import ask_whether_known
from alongside.casework.people.commands.records import admit_person, change_person
from alongside.casework.people.models import Person, PersonMerge
from alongside.casework.people.presenters import PersonView, person_view
from alongside.casework.people.queries import person_page, search_people
from alongside.casework.people.queries.duplicates import likely_duplicates
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.presenters.statement import before_giving
from alongside.casework.rights.queries.statement import statement_of
from alongside.casework.sources.queries import objecting

WHY = "The same birthday and sister; she told both of us so."
REASON = "She has not been seen for four days and the neighbours hear her call."
UPSTAIRS = "Do not speak to the man upstairs about me."
RINGS = "Ring twice, then once."
FULL = {
    "known_as": "Winnie", "forename": "Winifred", "surname": "Ashdown", "other_names": "Freda Pryce",
    "date_of_birth": date(1944, 5, 6), "nhs_number": "9990000018", "language": "Welsh",
    "interpreter": "A Welsh speaker", "how_to_communicate": "Slowly, on her left",
    "adjustments": "Large print",
    "safe_contact": UPSTAIRS, "telephone": "01632 960011", "email": "win@example.org",
    "address": "4 Mill Row", "postcode": "ZX4 1AB", "self_description": "A proud gardener",
}  # fmt: skip


def admit(actor: Actor, at: datetime, **known: Any) -> Person:
    return admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known)


def joined(manager: Actor, kept: Person, absorbed: Person, at: datetime) -> PersonMerge:
    return merge_people(actor=manager, at=at, kept_id=kept.id, absorbed_id=absorbed.id, reason=WHY)


def shown(actor: Actor, person: Person, at: datetime) -> PersonView:
    return person_view(person_page(actor=actor, person_id=person.id, at=at), today=at.date())


def details(view: PersonView) -> str:
    return "\n".join(each["value"].get("text") or each["value"]["html"] for each in view.details)


def found(actor: Actor, words: str) -> list[Any]:
    return [each.id for each in search_people(actor=actor, words=words).people]


@pytest.fixture
def sparse(practitioner: Actor, at: datetime) -> Person:
    return admit(practitioner, at, known_as="Fred")


@pytest.fixture
def full(practitioner: Actor, at: datetime) -> Person:
    return admit(practitioner, at - timedelta(days=400), **FULL)


def test_a_record_that_says_little_takes_nothing_from_the_one_joined_into_it(
    sparse: Person, full: Person, practitioner: Actor, manager: Actor, at: datetime
) -> None:
    before = shown(practitioner, full, at)
    merge = joined(manager, sparse, full, at)
    for record in (sparse, full):
        view = shown(practitioner, record, at)
        assert view.id == sparse.id
        assert view.safe_contact == [f"Before you contact them: {UPSTAIRS}"]
        assert view.self_description == ["A proud gardener"]
        assert view.subtitle == "Winifred Ashdown, born 6 May 1944, 82 years old"
        told = details(view)
        for each in ("Freda Pryce", "999 000 0018", "Welsh", "A Welsh speaker", "Slowly, on her left",
                     "Large print", "01632 960011", "win@example.org", "4 Mill Row, ZX4 1AB"):  # fmt: skip
            assert each in told
        assert "Winnie (from the record of Winnie created on 28 September 2025)" in told
    part_people(actor=manager, at=at + timedelta(days=1), merge_id=merge.id, why="Sisters.")
    assert shown(practitioner, full, at) == before
    alone = shown(practitioner, sparse, at)
    assert (alone.safe_contact, alone.self_description) == ([], [])
    assert "Large print" not in details(alone)


def test_where_two_records_differ_both_are_shown_and_which_says_what(
    full: Person, practitioner: Actor, manager: Actor, at: datetime
) -> None:
    other = admit(
        practitioner, at, known_as="Freda", safe_contact=RINGS, adjustments="large  print",
        telephone="01632960011", address="The Cedars", postcode="ZX4 9XY",
    )  # fmt: skip
    joined(manager, other, full, at)
    view = shown(practitioner, other, at)
    assert view.safe_contact == [
        f"Before you contact them: {RINGS} (from the record of Freda created on 2 November 2026)",
        f"Before you contact them: {UPSTAIRS} (from the record of Winnie created on 28 September 2025)",
    ]
    told = details(view)
    assert "<li>The Cedars, ZX4 9XY (from the record of Freda" in told
    assert "<li>4 Mill Row, ZX4 1AB (from the record of Winnie" in told
    assert "Large print" not in told, "what two say alike is said once, as the record they have now says it"
    assert "01632 960011" not in told


def test_an_address_that_one_record_protects_is_shown_by_none(
    full: Person, practitioner: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    hides = admit(practitioner, at, known_as="W", address_protected=True)
    joined(manager, full, hides, at)
    told = details(shown(practitioner, full, at))
    assert "4 Mill Row" not in told
    assert "ZX4 1AB" not in told
    assert "The address is protected" in told
    (row,) = search_people(actor=practitioner, words="Ashdown").people
    assert row.postcode is None
    with pytest.raises(NobodyNamedError):
        open_in_emergency(actor=peer, at=at, surname="Ashdown", postcode="ZX4 1AB", reason=REASON)


@pytest.mark.parametrize(
    "words", ["Winnie", "Ashdown", "Freda Pryce", "Winifred Ashdowne", "999 000 0018", "6 May 1944", "Fred"]
)
def test_a_person_is_found_once_by_what_any_record_says_and_by_the_record_they_have_now(
    sparse: Person, full: Person, practitioner: Actor, manager: Actor, at: datetime, words: str
) -> None:
    merge = joined(manager, sparse, full, at)
    (row,) = search_people(actor=practitioner, words=words).people
    assert (row.id, row.known_as, row.full_name) == (sparse.id, "Fred", "Winifred Ashdown")
    assert (row.date_of_birth, row.postcode) == (date(1944, 5, 6), "ZX4 1AB")
    part_people(actor=manager, at=at + timedelta(days=1), merge_id=merge.id, why="Sisters.")
    assert full.id in found(practitioner, words) or words == "Fred"
    assert sparse.id not in found(practitioner, words) or words in ("Fred", "Freda Pryce")


def test_whoever_is_about_to_make_a_third_record_is_told_of_what_is_joined(
    sparse: Person, full: Person, practitioner: Actor, peer: Actor, manager: Actor, at: datetime
) -> None:
    joined(manager, sparse, full, at)
    meant = {
        "forename": "Winifred",
        "surname": "Ashdown",
        "date_of_birth": date(1944, 5, 6),
        "nhs_number": "",
    }
    ours = likely_duplicates(actor=practitioner, **meant)
    assert ([each.id for each in ours.seen], ours.held_elsewhere) == ([sparse.id], 0)
    theirs = likely_duplicates(actor=peer, **meant)
    assert (theirs.seen, theirs.held_elsewhere) == ([], 1)


def test_an_emergency_finds_a_person_by_what_two_records_say_between_them(
    practitioner: Actor, manager: Actor, peer: Actor, charity: Organisation, full: Person, at: datetime
) -> None:
    married = admit(practitioner, at, known_as="Win", surname="Lovelace")
    joined(manager, married, full, at)
    for more in ({"postcode": "zx41ab"}, {"date_of_birth": date(1944, 5, 6)}, {"nhs_number": "9990000018"}):
        somebody = somebody_at(charity, "practitioner")
        opened = open_in_emergency(actor=somebody, at=at, surname="Lovelace", reason=REASON, **more)
        assert opened.person == married
    with pytest.raises(NobodyNamedError):
        open_in_emergency(actor=peer, at=at, surname="Lovelace", reason=REASON)


def test_what_another_record_says_can_be_changed_without_parting_them(
    riverside_now: Universe,
) -> None:
    at = timezone.now()
    day = timezone.localdate(at)
    asha, gwen = (actor_for(riverside_now, name, on=day) for name in ("Asha Patel", "Gwen Hughes"))
    kept, absorbed, stranger = (
        admit(asha, at, known_as="Fred"),
        admit(asha, at, **FULL),
        admit(asha, at, known_as="X"),
    )
    joined(gwen, kept, absorbed, at)
    client = browser_of(riverside_now.members["Asha Patel"].user)
    address = f"/people/{kept.id}/change/?record={absorbed.id}"
    page = client.get(f"/people/{kept.id}/").content.decode()
    assert f'href="{address}">Change what the record of Winnie created on' in page
    form = client.get(address).content.decode()
    assert "You are changing the record of Winnie created on" in form
    assert UPSTAIRS in form
    sent = {"known_as": "Winnie", "safe_contact": "He has moved out.", "opened_version": "1"}
    assert client.post(address, sent)["Location"] == f"/people/{kept.id}/"
    page = client.get(f"/people/{kept.id}/").content.decode()
    assert "He has moved out." in page
    assert UPSTAIRS not in page
    assert client.post(address, sent | {"safe_contact": "No."}).status_code == 409, (
        "somebody changed it first"
    )
    for other in (stranger.id, "no-id"):
        assert client.get(f"/people/{kept.id}/change/?record={other}").status_code == 404
        assert client.post(f"/people/{kept.id}/change/?record={other}", sent).status_code == 404
    with pytest.raises(NotFoundError):
        change_person(
            actor=asha, at=at, person_id=kept.id, record_id=stranger.id, opened_version=1,
            changed={"known_as": "Y"},
        )  # fmt: skip


def test_another_agency_is_told_of_somebody_by_all_that_it_may_know_them_by(
    sparse: Person, full: Person, practitioner: Actor, manager: Actor, charity: Organisation, at: datetime
) -> None:
    joined(manager, sparse, full, at)
    question = ask_whether_known(
        actor=practitioner, at=at, person_id=sparse.id, asked_of=charity, why="Who sees her?"
    )
    assert question.who == "Winifred Ashdown (known as Fred, Winnie), born 6 May 1944"


def test_whoever_gives_a_person_their_statement_is_told_what_every_record_warns_of(
    riverside: Universe, at: datetime
) -> None:
    asha, gwen = (actor_for(riverside, name, on=at.date()) for name in ("Asha Patel", "Gwen Hughes"))
    told = {"safe_contact": UPSTAIRS, "interpreter": "A Welsh speaker", "adjustments": "Large print"}
    absorbed = admit(asha, at, known_as="Bea", **told)
    bee = Person.objects.get(id=riverside.people["Bee"])
    joined(gwen, bee, absorbed, at)
    warnings = "\n".join(before_giving(statement_of(actor=asha, person_id=bee.id)).warnings)
    assert all(each in warnings for each in told.values())


def test_of_an_address_that_another_record_protects_nothing_is_written_for_the_next_run(
    full: Person, practitioner: Actor, manager: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects = {full.id: at.date()}
    monkeypatch.setattr(objecting, "OBJECTING", [lambda: objects])
    (told,) = objecting.objectors()
    assert told.postcode == "ZX4 1AB"
    hides = admit(practitioner, at, known_as="W", address_protected=True)
    joined(manager, full, hides, at)
    (told,) = objecting.objectors()
    assert (told.surname, told.address, told.postcode, told.telephone) == ("Ashdown", "", "", "")


def read_from_a_record(source: str) -> Iterator[str]:
    """Where one record is asked for what only all of a person's records together can tell."""
    only_together = {
        "safe_contact", "address_protected", "self_description", "how_to_communicate", "interpreter",
        "adjustments", "died_on",
    }  # fmt: skip
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in only_together and isinstance(node.ctx, ast.Load):
            yield ast.unparse(node)


NOT_OF_A_PERSON = {
    "background.interpreter", "background.adjustments", "meeting.adjustments", "plan.adjustments",
    "now.adjustments",
}  # fmt: skip
ON_A_CARD = ("outreach/presenters/__init__.py", "person.self_description")
"""A list has hundreds: a card gives a glimpse of the record they are read by, its page all there is."""


def test_what_is_known_of_a_person_is_put_together_in_one_place() -> None:
    reads = [
        (path.partition("/casework/")[2], what)
        for path, text in tree.python("src").items()
        if "/casework/" in path and not path.endswith("people/models/whole.py")
        for what in read_from_a_record(text)
        if what not in NOT_OF_A_PERSON
    ]
    assert reads == [ON_A_CARD]


def test_a_page_that_asked_one_record_for_a_warning_would_be_noticed() -> None:
    assert list(read_from_a_record("told = case.person.safe_contact")) == ["case.person.safe_contact"]
