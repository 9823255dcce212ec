"""Questions composed once give what the queryset itself would, with the values of each asking."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.casework.accounts.models import Absence, Membership, Organisation, Team
from alongside.casework.kernel.composed import among, composed_once, some_of
from alongside.casework.sharing.models import Agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("riverside")]
COMPOSED: list[str] = []


@composed_once
def members(newest_first: bool, /, *, organisation: UUID, day: date) -> QuerySet[Membership]:
    COMPOSED.append("members")
    found = Membership.objects.filter(organisation_id=organisation, active_from__lte=day)
    teams = Team.objects.filter(organisation_id=organisation, id=OuterRef("team_id"))
    return (
        found.filter(Q(active_to=None) | Q(active_to__gt=day))
        .annotate(in_team=Exists(teams))
        .select_related("user", "organisation")
        .order_by("-user__name" if newest_first else "user__name")
    )


@composed_once
def names(*, among_them: list[UUID]) -> QuerySet[Organisation, str]:
    return (
        Organisation.objects.filter(among("id", among_them)).order_by("name").values_list("name", flat=True)
    )


@composed_once
def called(name: str, /, *, kind: str) -> QuerySet[Organisation, str]:
    return Organisation.objects.filter(name=name, kind=kind).values_list("name", flat=True)


@composed_once
def pairs(*, name: str) -> QuerySet[Any, Any]:
    ones, others = Organisation.objects.filter(name=name), Team.objects.filter(name=name)
    return ones.values_list("id", "name").union(others.values_list("id", "name"), all=True)


@composed_once
def some_organisations(*, after: int, until: int) -> QuerySet[Organisation, str]:
    some = some_of(Organisation.objects.order_by("name"), after=after, until=until)
    return some.filter(code__gt="").values_list("name", flat=True)  # what is added later loses nothing


@composed_once
def as_words(*, name: str) -> QuerySet[Organisation, dict[str, Any]]:
    return Organisation.objects.filter(name=name).values("name", "kind")


@composed_once
def nobody(*, organisation: UUID) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation_id=organisation, id__in=[])


@composed_once
def without_manager(*, manager: UUID | None) -> QuerySet[Membership]:
    return Membership.objects.filter(manager_id=manager)


@composed_once
def managers() -> QuerySet[Membership]:
    away = Prefetch("absences", Absence.objects.order_by("id"), to_attr="away")
    manages = Prefetch("manages", Membership.objects.order_by("id").prefetch_related(away))
    return (
        Membership.objects.select_related("user").prefetch_related(manages, "user__trainings").order_by("id")
    )


@composed_once
def agreements() -> QuerySet[Agreement]:
    return Agreement.objects.prefetch_related("parties").order_by("reference")


def test_the_rows_are_those_of_the_queryset_with_all_that_was_joined_to_them() -> None:
    day = timezone.localdate()
    for organisation in Organisation.objects.all():
        found = members(False, organisation=organisation.id, day=day)
        expected = Membership.objects.on(day).filter(organisation=organisation).order_by("user__name")
        assert [each.id for each in found] == [each.id for each in expected]
        with CaptureQueriesContext(connection) as asked:
            told = [(each.user.name, each.organisation.name, each.in_team) for each in found]  # type: ignore[attr-defined]
        assert not asked.captured_queries
        assert told == [(each.user.name, organisation.name, each.team_id is not None) for each in expected]
    assert any(members(False, organisation=each.id, day=day) for each in Organisation.objects.all())


@pytest.mark.parametrize("name", ["O'Brien & Sons", "100% of us", "%s of $1, $2", "\\'; --", "a\nb", "Cŵn €"])
def test_what_no_asking_changes_stands_in_what_is_sent_whatever_is_in_it(name: str) -> None:
    one = Organisation.objects.order_by("name")[0]
    Organisation.objects.filter(pk=one.pk).update(name=name)
    assert called(name, kind=one.kind) == [name]
    assert called(name, kind="nothing") == []
    with CaptureQueriesContext(connection) as asked:
        called(name, kind=one.kind)
    (logged,) = (each["sql"] for each in asked.captured_queries)
    assert f"'{one.kind}'" in logged  # with its values, as Django logs any other


def test_it_is_composed_once_for_each_question_and_asked_every_time() -> None:
    organisation = Membership.objects.values_list("organisation_id", flat=True)[0]
    members(True, organisation=organisation, day=timezone.localdate())
    COMPOSED.clear()
    with CaptureQueriesContext(connection) as asked:
        last = members(True, organisation=organisation, day=timezone.localdate())
        none = members(True, organisation=uuid4(), day=timezone.localdate())
    assert last
    assert not none
    assert not COMPOSED
    assert len(asked.captured_queries) == 2


def test_values_are_filled_in_as_a_list_as_none_and_in_a_union() -> None:
    one, other = Organisation.objects.order_by("name")[:2]
    assert names(among_them=[other.id, one.id]) == [one.name, other.name]
    assert names(among_them=[]) == []
    assert pairs(name=one.name) == [(one.id, one.name)]
    assert as_words(name=one.name) == [{"name": one.name, "kind": one.kind}]
    assert nobody(organisation=one.id) == []
    assert without_manager(manager=None) == []


def test_a_value_is_sent_once_however_often_the_question_names_it() -> None:
    sent: list[Any] = []

    def seen(execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        sent.append((statement.sent, statement.filled))
        return execute(statement, params, many, context)

    council = Organisation.objects.get(code="riverside_council")
    with connection.execute_wrapper(seen):
        assert [name for _id, name in pairs(name=council.name)] == [council.name]
    ((statement, filled),) = sent
    assert (statement.count("$1"), "$2" in statement, len(filled)) == (2, False, 1)


def test_where_some_of_the_rows_begin_is_a_value_of_one_question() -> None:
    everybody = list(Organisation.objects.order_by("name").values_list("name", flat=True))
    for after, until in ((0, 2), (2, 3), (1, 400), (len(everybody), 400)):
        assert some_organisations(after=after, until=until) == everybody[after:until]


@pytest.mark.django_db(transaction=True)
def test_several_threads_ask_at_once_each_on_its_own_connection() -> None:
    ids = list(Organisation.objects.values_list("id", "name"))

    def one(number: int) -> bool:
        try:
            key, name = ids[number % len(ids)]
            return names(among_them=[key]) == [name]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(one, range(40)))


def test_what_points_back_to_the_rows_is_there_as_the_queryset_would_have_it() -> None:
    with CaptureQueriesContext(connection) as asked:
        found = managers()
        told = [_told(each) for each in found]
    assert (
        len(asked.captured_queries) == 4
    )  # one of each table: members, whom they manage, absences, trainings
    assert told == [_told(each) for each in managers.__wrapped__()]  # type: ignore[attr-defined]
    one = next(each for each in found if each.manages.all())
    assert all(under.manager is one for under in one.manages.all())
    # and whoever narrows them down asks for these alone
    assert {each.manager_id for each in one.manages.filter(roles__len__gt=0)} == {one.id}


def _told(manager: Any) -> tuple[Any, ...]:
    theirs = [(each.id, [away.id for away in each.away]) for each in manager.manages.all()]
    return manager.id, theirs, [each.id for each in manager.user.trainings.all()]


def test_what_points_back_by_a_table_between_is_there_too() -> None:
    found = agreements()
    assert any(each.parties.all() for each in found)
    with CaptureQueriesContext(connection) as asked:
        told = [{party.name for party in each.parties.all()} for each in found]
    assert not asked.captured_queries
    assert told == [{party.name for party in each.parties.order_by("name")} for each in found]


def test_what_would_be_composed_each_time_is_refused() -> None:
    @composed_once
    def joined(*, organisation: UUID) -> QuerySet[Membership]:
        return Membership.objects.filter(organisation_id=organisation).prefetch_related("user")

    with pytest.raises(TypeError, match=r"Membership\.user cannot be composed"):
        joined(organisation=uuid4())

    @composed_once
    def locked(*, organisation: UUID) -> QuerySet[Membership]:
        return Membership.objects.filter(organisation_id=organisation).select_for_update()

    with pytest.raises(TypeError, match="locks rows"):
        locked(organisation=uuid4())
    with pytest.raises(TypeError, match="no column is known for size"):

        @composed_once
        def odd(*, size: bytes) -> QuerySet[Membership]:
            return Membership.objects.filter(job_title=size)
