"""What a run knows of people who are here already holds at once, though its lists leave them out."""

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.conftest import POLICY, RUN
from tests.casework.sources.releasing import made_up, release, release_made_up

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.area import area_pack
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person
from alongside.casework.people.queries import people_visible_to
from alongside.casework.sources import jobs
from alongside.casework.sources.commands import releases
from alongside.casework.sources.models import Flag, Run
from alongside.casework.sources.rules import KnownOfAll
from alongside.insight.run_folder import MANIFEST, mark

pytestmark = pytest.mark.django_db
THE_SYSTEM = system_actor("the test")


def a_run_that_knows(runs: Path, **of_whom: str) -> str:
    """A run folder in which each of these factors holds of one person, by pseudonym; it is whole."""
    folder = shutil.copytree(runs / RUN, runs / "later")
    table = pq.read_table(folder / "factors.parquet")
    for factor, insight_id in of_whom.items():
        holds = [each == insight_id for each in table["person_id"].to_pylist()]
        assert any(holds)
        table = table.set_column(table.column_names.index(factor), factor, pa.array(holds))
    pq.write_table(table, folder / "factors.parquet")
    told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    told["outputs"]["factors.parquet"] = json.loads(mark(folder / "factors.parquet").model_dump_json())
    (folder / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    return folder.name


def open_made_up(actor: Actor, at: datetime, opened: Run, known: KnownOfAll, *, days: int = 7) -> Run:
    read = replace(opened.as_read(), manifest_hash=uuid4().hex * 2, as_at=opened.as_at + timedelta(days=days))
    return releases.open_run(actor=actor, at=at, pack=area_pack(), read=read, known=known)


def test_opening_a_run_protects_addresses_and_takes_back_flags_of_whoever_it_leaves_out(
    opened: Run, analyst: Actor, approver: Actor, council: Organisation, together: Organisation,
    at: datetime, runs: Path,
) -> None:  # fmt: skip
    release(approver, at, opened, council, together)
    tell_database(THE_SYSTEM)
    hides, died, objects, *others = Person.objects.order_by("insight_id")
    folder = a_run_that_knows(
        runs, protected_address=hides.insight_id, deceased=died.insight_id, objected=objects.insight_id
    )
    run = jobs.open_run(actor=analyst, at=at + timedelta(days=7), folder=folder)
    tell_database(THE_SYSTEM)
    protected = Person.objects.filter(address_protected=True)
    assert [each.id for each in protected] == [hides.id]
    event = AuditEvent.objects.get(code="sources.address_protected")
    assert (event.person_id, event.actor_name, event.about_id) == (hides.id, analyst.name, str(run.id))
    withdrawn = dict(Flag.objects.exclude(withdrawn_at=None).values_list("person", "withdrawn_why"))
    assert withdrawn == {
        died.id: "An agency's records now say that the person has died.",
        objects.id: "An agency's records now say that the person objects to this.",
    }
    told = AuditEvent.objects.filter(code="sources.flag_withdrawn")
    assert {each.person_id for each in told} == {died.id, objects.id}
    seen: set[object] = set()
    for organisation in (council, together):
        worker = somebody_at(organisation, "practitioner")
        tell_database(worker)
        seen |= {each.id for each in people_visible_to(worker)}
    assert seen == {hides.id, *(each.id for each in others)}


def test_a_release_protects_whoever_came_here_since_the_run_was_opened(
    runs: Path, analyst: Actor, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    listed = set(pq.read_table(runs / RUN / "cohort.parquet")["person_id"].to_pylist())
    everybody = pq.read_table(runs / RUN / "factors.parquet")["person_id"].to_pylist()
    hides = next(each for each in everybody if each not in listed)
    run = jobs.open_run(actor=analyst, at=at, folder=a_run_that_knows(runs, protected_address=hides))
    tell_database(THE_SYSTEM)
    here = Person.admit(at=at, why="released", known_as="Bee", insight_id=hides)
    release(approver, at, run, council, together)
    tell_database(THE_SYSTEM)
    here.refresh_from_db()
    assert here.address_protected


def test_a_flag_on_a_record_joined_to_theirs_is_taken_back_too(
    opened: Run, analyst: Actor, approver: Actor, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1), made_up(2), made_up(3)], together)
    manager = somebody_at(together, "manager")
    tell_database(manager)
    first, second, third = Person.objects.order_by("insight_id")
    merge_people(actor=manager, at=at, kept_id=first.id, absorbed_id=second.id, reason="Same birthday.")
    open_made_up(analyst, at, opened, KnownOfAll(died=frozenset({second.insight_id})))
    tell_database(THE_SYSTEM)
    assert [each.person_id for each in Flag.objects.standing_at(at)] == [third.id]


def test_an_older_run_takes_back_nothing_that_a_newer_one_gave_and_a_policy_may_list_them(
    opened: Run, analyst: Actor, approver: Actor, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1)], together)
    known = KnownOfAll(objected=frozenset({made_up(1).insight_id}))
    open_made_up(analyst, at, opened, known, days=-7)
    tell_database(THE_SYSTEM)
    assert Flag.objects.standing_at(at).count() == 1
    opened.policies[POLICY]["excludes"] = ["deceased"]
    open_made_up(analyst, at, opened, known)
    tell_database(THE_SYSTEM)
    assert Flag.objects.standing_at(at).count() == 1
    opened.policies[POLICY]["excludes"] = ["objected"]
    open_made_up(analyst, at, opened, known, days=8)
    tell_database(THE_SYSTEM)
    assert Flag.objects.standing_at(at).count() == 0


def test_whoever_opens_a_run_needs_no_purpose_and_an_earlier_version_of_a_policy_is_the_same(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1), made_up(2)], together)
    died, hides = made_up(1).insight_id, made_up(2).insight_id
    opened.policies = {f"{POLICY.partition('/')[0]}/99": opened.policies[POLICY] | {"excludes": ["deceased"]}}
    known = KnownOfAll(died=frozenset({died}), protected=frozenset({hides}))
    open_made_up(replace(approver, purpose=""), at, opened, known)
    tell_database(THE_SYSTEM)
    assert Person.objects.get(insight_id=hides).address_protected
    assert [each.person.insight_id for each in Flag.objects.standing_at(at)] == [hides]
