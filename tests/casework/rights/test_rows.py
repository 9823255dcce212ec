"""Rows of many tables in one question are the rows that each table gives by itself."""

from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone
from tests.casework.rights.conftest import everything

from alongside.casework.kernel.rows import alike, as_models, join
from alongside.casework.people.models import Person
from alongside.casework.rights.queries.lines import Line, joined, lines_of
from alongside.casework.rights.queries.looks import LOOKED
from alongside.casework.rights.queries.ways import tables_about_people


def columns(row: Model) -> dict[str, Any]:
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


@pytest.mark.django_db
@pytest.mark.usefixtures("riverside")
def test_each_row_of_each_table_is_the_same_with_all_it_points_to() -> None:
    everything()
    compared = 0
    for label, (model, _ways) in tables_about_people().items():
        paths = joined(label)
        expected = {each.pk: each for each in model._default_manager.select_related(*paths)}
        found = as_models(alike(model._default_manager.all()))
        join(found, {label: paths})
        assert {each.pk for each in found[label]} == expected.keys()
        for row in found[label]:
            assert type(row) is model
            assert columns(row) == columns(expected[row.pk])
            for path in paths:
                one, other = row, expected[row.pk]
                for step in path.split("__"):
                    one, other = getattr(one, step), getattr(other, step)
                    if other is None:
                        assert one is None
                        break
                    assert columns(one) == columns(other)
            compared += 1
    assert compared > 100


def prints(lines: dict[str, list[Line]]) -> list[str]:
    """The fingerprints of lines, of what each says as well."""
    return [each.print for several in lines.values() for each in several]


@pytest.mark.django_db
@pytest.mark.usefixtures("riverside")
def test_what_hangs_on_other_rows_is_the_same_by_their_keys_as_by_its_way_to_the_person() -> None:
    everything()
    tables = (*tables_about_people(), LOOKED)
    now, hanging = timezone.now(), set()
    for person_id in Person.objects.values_list("id", flat=True):
        records = Person.objects.records_of(person_id)
        by_keys, by_ways = lines_of(records, until=now), lines_of(records, until=now, only=tables)
        assert by_keys == by_ways
        assert prints(by_keys) == prints(by_ways)
        hanging |= {
            label
            for label, lines in by_keys.items()
            if lines and label != LOOKED and all("__" in way for way in tables_about_people()[label][1])
        }
    assert len(hanging) > 10
