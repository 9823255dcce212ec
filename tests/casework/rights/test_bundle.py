"""All that is held about a person, of every table and every record of theirs: nothing can be left out."""

import html
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import CharField, Model
from django.test.utils import CaptureQueriesContext
from django.utils.functional import Promise
from tests.casework.outreach.conftest import flag_for
from tests.casework.rights.conftest import everything, line_with, looked_at
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.assurance.held import HELD
from alongside.casework.access.actors import Actor
from alongside.casework.access.privacy import Privacy
from alongside.casework.audit.models import AuditEvent
from alongside.casework.outreach.commands.distributing import distribute_flags
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import Conversation, WorkItem
from alongside.casework.outreach.rules import Verdict
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.models import Person
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.recipients import RECIPIENTS, Recipient
from alongside.casework.rights.commands.withholding import bring_up_to_date
from alongside.casework.rights.presenters.bundle import bundle_shown
from alongside.casework.rights.queries.bundle import Bundle, bundle_of
from alongside.casework.rights.queries.desk import NotPutTogetherError
from alongside.casework.rights.queries.formats import FORMATS
from alongside.casework.rights.queries.looks import LOOKED
from alongside.casework.rights.queries.ways import tables_about_people, told_of
from alongside.casework.rights.rules.tables import TABLES
from alongside.casework.rights.rules.tables.codes import CODES
from alongside.casework.sharing.presenters.choices import EXPLAINED
from alongside.casework.sharing.rules.basis import BASES, Known
from alongside.casework.sources.models import Release, Run
from alongside.casework.sources.rules import RunRead


def test_every_table_that_holds_something_about_a_person_is_read_or_says_why_it_is_not() -> None:
    """Add words in ``rights/rules/tables`` for a new table; until then it is told without."""
    assert set(TABLES) == set(HELD)
    unread = {label for label, table in TABLES.items() if table.unread}
    assert unread == {
        "people.PersonName", "people.NameWord", "sources.DoubtfulLink", "rights.Withheld", "rights.Look",
        "rights.Disposal", "rights.LeftOut", "marm.SampledCase", "marm.AuditAnswer",
    }  # fmt: skip
    assert set(tables_about_people()) | unread | {LOOKED} == set(HELD)


@pytest.mark.parametrize("label", [each for each, table in TABLES.items() if not table.unread])
def test_every_column_is_told_or_named_among_those_that_say_nothing(label: str) -> None:
    table, model = TABLES[label], apps.get_model(label)
    told = {*table.columns, *table.by, *table.left_out, table.made, table.on}
    told |= {table.organisation} - {each for each in [table.organisation] if "." in each}
    assert {each.name for each in model._meta.concrete_fields} - told == set()
    said_nowhere = {each for each in table.left_out if model.privacy[each] is Privacy.FREE_TEXT}
    assert said_nowhere == set(), "what somebody wrote is always told"


def codes_of(model: type[Model], column: str) -> list[tuple[str, object]]:
    """Every code that a column of choices may hold, with what the model itself calls it."""
    field = model._meta.get_field(column)
    choices = getattr(field, "flatchoices", ()) or getattr(getattr(field, "base_field", None), "choices", ())
    return [(str(code), name) for code, name in choices or ()]


@pytest.mark.parametrize("label", [each for each, table in TABLES.items() if not table.unread])
def test_every_code_of_every_column_has_words_that_can_be_translated(label: str) -> None:
    """A new code needs words in ``rights/rules/tables/codes.py``, or a translated name in its choices."""
    table, model = TABLES[label], apps.get_model(label)
    bare = {
        (column, code)
        for column in table.columns
        if (label, column) not in FORMATS
        for code, name in codes_of(model, column)
        if not isinstance(table.values.get(column, {}).get(code, name), Promise)
    }
    assert bare == set()


WRITTEN = {
    "people.Person": {"pronouns", "language", "interpreter"},
    "people.AboutMe": {"how"},
    "people.Contact": {"relationship"},
    "people.Involvement": {"service", "how_often"},
    "capacity.CapacityRecord": {"chosen_by", "best_time", "best_place", "best_with", "advice_from"},
    "capacity.CapacityView": {"agency"},
    "capacity.AdvocateStep": {"advocate_of"},
    "sharing.SharingChoice": {"language"},
    "sharing.ShareDecision": {"channel"},
    "sharing.InformationRequest": {"power_words"},
    "sources.Flag": {"service"},
    "marm.Onward": {"sent_to", "reference"},
    "marm.DriftFound": {"agencies"},
    "marm.Meeting": {"kind", "place", "online"},
    "marm.Invited": {"why"},
    "marm.FamilyRisk": {"relationship"},
    "marm.Ending": {"reason_title"},
    "marm.DisputeRung": {"title"},
    "outreach.WorkItem": {"skills"},
    "outreach.Outcome": {"service_name", "service_telephone"},
    "rights.AccessRequest": {"reference"},
    "rights.Given": {"fingerprint"},
    "rights.StatementGiven": {"language", "interpreter"},
}
"""Short texts without choices, written as they are and no codes. What is new is put here, or into words."""


@pytest.mark.parametrize("label", [each for each, table in TABLES.items() if not table.unread])
def test_a_short_text_without_choices_is_known_to_be_no_code_or_has_words(label: str) -> None:
    table, model = TABLES[label], apps.get_model(label)
    short = {
        column
        for column in table.columns
        if column not in table.values
        and column != "purpose"
        and (label, column) not in FORMATS | dict.fromkeys([(LOOKED, "code")])
        and isinstance(model._meta.get_field(column), CharField | ArrayField)
        and not codes_of(model, column)
        and model.privacy[column] in (Privacy.SENSITIVE, Privacy.OPERATIONAL)
    }
    assert short == WRITTEN.get(label, set())


def test_what_is_no_choice_in_the_model_has_words_for_each_code_all_the_same() -> None:
    assert set(CODES["sharing.ShareDecision"]["known"]) == set(Known)
    assert {*BASES} <= set(CODES["sharing.ShareDecision"]["article_6"])
    assert set(CODES["sharing.SharingChoice"]["explained"]) == set(EXPLAINED)


@pytest.mark.proves("MARM-27")
def test_no_code_is_told_to_the_person_as_programmers_wrote_it(iris: Actor, asked: UUID) -> None:
    bundle = bundle_of(actor=iris, request_id=asked)
    parts = [part for each in bundle.lines for part in each.line.parts if not part.free]
    assert len(parts) > 50
    assert [f"{part.column}: {part.words}" for part in parts if re.search(r"[a-z]_[a-z]", part.words)] == []


def test_a_table_that_nobody_has_put_into_words_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(TABLES, "outreach.Note")
    told = told_of(apps.get_model("outreach.Note"))
    assert set(told.columns) == {"words"}
    tables_about_people.cache_clear()
    assert "outreach.Note" in tables_about_people()
    tables_about_people.cache_clear()


def told(bundle: Bundle) -> str:
    return "\n".join(part.words for each in bundle.lines for part in each.line.parts)


@pytest.mark.proves("MARM-27")
def test_the_bundle_has_what_each_agency_wrote_with_day_organisation_and_who(
    riverside: Universe, iris: Actor, asked: UUID
) -> None:
    bundle = bundle_of(actor=iris, request_id=asked)
    entry = line_with(bundle, "Gas safety visit")
    assert entry.line.organisation == "Riverside Homes"
    assert entry.line.by == ("Tom Reilly",)
    assert entry.line.on is not None
    said = line_with(bundle, "My cat, my machine")
    assert (said.line.organisation, said.line.by) == ("Riverside Council", ("Asha Patel",))
    assert "9990000018" in told(bundle)
    for words in ("Only if I am in hospital", "Several of us seem to visit her", "Thursdays"):
        assert words in told(bundle)


@pytest.mark.proves("MARM-27")
def test_it_says_whom_it_was_told_why_and_since_when(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    looked_at(iris, asked, at)  # the police were asked something before of which it may not be safe to know
    shown = bundle_shown(bundle_of(actor=iris, request_id=asked))
    told_to = {each.organisation for each in shown.recipients}
    assert told_to >= {"Riverside Council", "Riverside Homes", "Been There (peer support)", "Valley Police"}
    police = " ".join(each.what for each in shown.recipients if each.organisation == "Valley Police")
    assert "name and date of birth" in police
    assert "asked them to say about you" in police


def test_apps_above_add_whom_they_told(
    monkeypatch: pytest.MonkeyPatch, iris: Actor, asked: UUID, at: datetime
) -> None:
    monkeypatch.setattr(
        "alongside.casework.people.queries.recipients.RECIPIENTS",
        [*RECIPIENTS, lambda _records: [Recipient("The fire service", "A plan.", "", at)]],
    )
    shown = bundle_shown(bundle_of(actor=iris, request_id=asked))
    assert "The fire service" in {each.organisation for each in shown.recipients}


@pytest.fixture
def flagged(riverside: Universe, who: Callable[[str], Actor], at: datetime) -> WorkItem:
    """Bee on a list, judged by Sam."""
    council = riverside.organisations["riverside_council"]
    policies = {
        "early_help/4": {
            "title": "People who may welcome a conversation", "evidence": "It misses who asks nobody.",
            "tiers": [{"code": "this_week", "title": "Turned away, and strain at home"}],
        }
    }  # fmt: skip
    read = RunRead(
        folder="run", manifest_hash="0" * 64, area="riverside", as_at=at.date(), counts={}, quality={},
        policies=policies, tiers={}, pairs=(),
    )  # fmt: skip
    everything()
    release = Release.approve(
        run=Run.opened(read=read, changes={}, by="Priya", at=at), policy="early_help/4", tiers=["this_week"],
        purpose="early_help", basis={"power": "Care Act 2014 section 2"}, organisations=[council],
        reason="There is room.", by=UUID(int=9), by_name="Priya Shah", at=at,
    )  # fmt: skip
    flag_for(
        Person.objects.get(id=riverside.people["Bee"]), council, release, at,
        policy="early_help/4", tier="this_week",
    )  # fmt: skip
    distribute_flags(actor=who("Gwen Hughes"), at=at, release_id=release.id)
    everything()
    item = WorkItem.objects.get(flag__release=release)
    member = riverside.members["Sam Boateng"]
    assign_item(actor=who("Gwen Hughes"), at=at, item_id=item.id, member_id=member.id)
    judge_item(
        actor=who("Sam Boateng"), at=at, item_id=item.id, verdict=Verdict.DISAGREE, why="Her rent is paid."
    )
    return item


@pytest.mark.proves("MARM-27")
def test_a_list_is_told_with_its_rule_its_reasons_what_was_not_known_and_who_decided(
    flagged: WorkItem, iris: Actor, asked: UUID, later: datetime
) -> None:
    bring_up_to_date(actor=iris, at=later, request_id=asked)
    bundle = bundle_of(actor=iris, request_id=asked)
    flag = {part.column: part.words for part in line_with(bundle, "Rent is in arrears").line.parts}
    assert flag["reasons"] == "Rent is in arrears, Rent accounts, Riverside Homes, 20 October 2026"
    assert "It misses who asks nobody." in flag["policy"]
    assert "Turned away, and strain at home" in flag["tier"]
    assert "turned_away_12m >= 1" in flag["tier"], "the condition as the partnership wrote it"
    assert "Whether the home is warm" in flag["unknowns"]
    assert "Care Act 2014 section 2" in flag["release"]
    assert "Priya Shah approved its use" in flag["release"]
    judged = line_with(bundle, "Her rent is paid.")
    assert (judged.line.by, judged.line.organisation) == (("Sam Boateng",), "Riverside Council")


def test_who_looked_is_told_by_day_organisation_and_role_and_never_by_name(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, asked: UUID, at: datetime
) -> None:
    person_page(actor=who("Tom Reilly"), person_id=riverside.people["Bee"], at=at)
    after_all = at.replace(year=2100)  # events go by the database's own clock, which the test's is not
    bring_up_to_date(actor=iris, at=after_all, request_id=asked)
    looks = bundle_of(actor=iris, request_id=asked).tables[LOOKED]
    homes = next(each.line for each in looks if each.line.organisation == "Riverside Homes")
    assert "opened the person's page" in homes.parts[0].words
    assert homes.by == ("Practitioner",)
    assert "Tom" not in " ".join(part.words for each in looks for part in each.line.parts)
    assert not [each for each in looks if "bundle" in each.line.parts[0].words], "answering is no look"


def test_what_other_records_of_theirs_hold_is_theirs_too(
    riverside: Universe, iris: Actor, asked: UUID, later: datetime
) -> None:
    everything()
    stan = Person.objects.get(id=riverside.people["Stan"])
    bee = Person.objects.get(id=riverside.people["Bee"])
    stan.point_to(bee)
    bring_up_to_date(actor=iris, at=later, request_id=asked)
    bundle = bundle_of(actor=iris, request_id=asked)
    assert "Maria's garden" in told(bundle)
    assert bundle.person.id == bee.id
    assert bundle.born == {bee.date_of_birth, stan.date_of_birth}


def test_what_came_to_be_after_its_moment_is_not_in_it_until_it_is_brought_up_to_date(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, asked: UUID, at: datetime
) -> None:
    add_to_chronology(
        actor=who("Asha Patel"), at=at + timedelta(minutes=1), person_id=riverside.people["Bee"],
        happened_on=at.date(), kind="contact", words="She asked again.",
    )  # fmt: skip
    assert "She asked again." not in told(bundle_of(actor=iris, request_id=asked))
    bring_up_to_date(actor=iris, at=at + timedelta(minutes=2), request_id=asked)
    assert "She asked again." in told(bundle_of(actor=iris, request_id=asked))


def test_names_of_others_in_free_text_are_marked_and_nothing_is_withheld_by_that(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, asked: UUID, at: datetime
) -> None:
    add_to_chronology(
        actor=who("Asha Patel"), at=at, person_id=riverside.people["Bee"], happened_on=at.date(),
        kind="contact", words="Nuala rang from 01632 960177. Mr Kowalczyk was in the lift.",
    )  # fmt: skip
    line = line_with(bundle_of(actor=iris, request_id=asked), "was in the lift")
    assert [(mark.kind, mark.words) for mark in line.marks] == [
        ("network", "Nuala"), ("telephone", "01632 960177"), ("name", "Kowalczyk"),
    ]  # fmt: skip
    assert line.waits
    assert not line.withheld
    contact = line_with(bundle_of(actor=iris, request_id=asked), "sister", "people.Contact")
    assert contact.marks[0].kind == "whole"


def test_nothing_is_put_together_before_it_is_known_who_asks(riverside: Universe, iris: Actor) -> None:
    with pytest.raises(NotPutTogetherError):
        bundle_of(actor=iris, request_id=riverside.access_requests["Stan"])


def test_that_somebody_looked_at_all_of_it_is_recorded_with_the_person_and_for_what(
    riverside: Universe, iris: Actor, asked: UUID
) -> None:
    bundle_of(actor=iris, request_id=asked)
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert (last.code, last.person_id, last.purpose) == (
        "rights.bundle_seen", riverside.people["Bee"], "rights",
    )  # fmt: skip


def test_more_rows_cost_no_more_questions(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, asked: UUID, at: datetime
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            bundle_of(actor=iris, request_id=asked)
        return len(made)

    before = cost()
    with_rows = [each for each in bundle_of(actor=iris, request_id=asked).tables.values() if each]
    assert len(with_rows) >= 20
    assert before <= 25, "all tables are one question, and what their rows point to is one more for each step"
    for number in range(5):
        add_to_chronology(
            actor=who("Asha Patel"), at=at, person_id=riverside.people["Bee"], happened_on=at.date(),
            kind="contact", words=f"Visit {number}.",
        )  # fmt: skip
    assert cost() == before


def test_kinds_with_something_stand_first_and_the_others_in_one_short_list(
    riverside: Universe, iris: Actor, asked: UUID
) -> None:
    bundle = bundle_of(actor=iris, request_id=asked)
    shown = bundle_shown(bundle)
    assert all(each.lines for each in shown.sections)
    titles = {*(each.title for each in shown.sections), *(each.title for each in shown.not_held)}
    assert titles >= {str(TABLES[label].title) for label in bundle.searched}, "each is told of once"
    assert len(titles) == len(shown.sections) + len(shown.not_held)
    unread = {str(table.title): str(table.unread) for table in TABLES.values() if table.unread}
    assert unread.items() <= {each.title: each.why for each in shown.not_held}.items()
    page = browser_of(riverside.members["Iris Okafor"].user).get(f"/rights/{asked}/bundle/read/").text
    assert page.count("What we looked for and did not find") == 1
    before, after = html.unescape(page).split("What we looked for and did not find")
    assert "Gas safety visit" in before
    assert all(each.title in after for each in shown.not_held)
    assert "Nothing is held." not in page


def test_what_was_set_aside_as_somebody_elses_is_not_told_to_the_person() -> None:
    talk = Conversation(
        ending={"next_steps": "I ring.", "not_theirs": {"next_steps": "My neighbour drinks."}}
    )
    assert FORMATS["outreach.Conversation", "ending"](talk) == "I ring."
