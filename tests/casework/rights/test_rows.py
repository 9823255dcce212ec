"""Rows of many tables in one question are the rows that each table gives by itself."""

from typing import Any

import pytest
from django.db.models import Model
from tests.casework.rights.conftest import everything

from alongside.casework.rights.queries.lines import joined
from alongside.casework.rights.queries.rows import alike, as_models, join
from alongside.casework.rights.queries.ways import tables_about_people


def columns(row: Model) -> dict[str, Any]:
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


@pytest.mark.django_db
@pytest.mark.usefixtures("riverside")
def test_each_row_of_each_table_is_the_same_with_all_it_points_to() -> None:
    everything()
    compared = 0
    for label, (model, _ways) in tables_about_people().items():
        paths = joined(model)
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
