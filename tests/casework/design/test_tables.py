"""A table on a phone: each cell that says something has its heading beside it, and no other cell has."""

from typing import Any

import pytest
from django.template import engines
from markupsafe import Markup


def shown(cell: dict[str, Any]) -> str:
    page = engines.all()[0].from_string(
        "{% from 'layouts/table.jinja' import table %}"
        "{{ table('Kinds', ['Kind', 'To look at'], [[{'text': 'Offers'}, cell]]) }}"
    )
    return str(page.render({"cell": cell}))


@pytest.mark.parametrize("cell", [{"html": Markup("")}, {"html": ""}, {"text": ""}, {"text": None}, {}])
def test_a_cell_that_says_nothing_has_no_heading_beside_nothing(cell: dict[str, Any]) -> None:
    assert "app-table__heading" not in shown(cell)


@pytest.mark.parametrize("cell", [{"text": 0}, {"text": "1"}, {"html": Markup("<strong>1</strong>")}])
def test_a_cell_that_says_something_even_nought_has_its_heading(cell: dict[str, Any]) -> None:
    assert "app-table__heading" in shown(cell)
