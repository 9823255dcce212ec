"""Two leads change one member at once: neither undoes what only the other changed, and nothing is lost."""

import re
from typing import Any

import pytest
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_pages import signed_in

from alongside.casework.accounts.models import Team


def hidden(page: str) -> dict[str, str]:
    """What the page says of how it was opened."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("opened", "opened_as")}
    return {name: each.group(1) for name, each in found.items() if each}


@pytest.fixture
def told() -> dict[str, Any]:
    """What the form of Will, who is a practitioner without a team, holds."""
    return {"job_title": "", "roles": ["practitioner"], "team": "", "manager": "", "skills": ""}


def test_who_saves_second_is_shown_both_and_undoes_nothing(
    partnership: Partnership, told: dict[str, Any]
) -> None:
    lead, worker = signed_in(partnership.lead), partnership.worker
    team = Team.form(organisation=partnership.council, name="Contact team")
    address = f"/members/{worker.id}/change/"
    opened = hidden(lead.get(address).text)
    assert set(opened) == {"opened", "opened_as"}
    first = told | {"roles": ["manager", "practitioner"], "job_title": "Senior", "team": str(team.id)}
    assert lead.post(address, first | opened).status_code == 302

    second = told | {"job_title": "Principal", "skills": "Welsh\nSigning"}
    clash = lead.post(address, second | opened)
    assert clash.status_code == 409
    assert "Somebody else changed what Will Ford does here" in clash.text
    assert "Senior" in clash.text
    assert "Principal" in clash.text
    worker.refresh_from_db()
    assert (worker.job_title, worker.skills, worker.team) == ("Senior", [], team)
    boxes = re.sub(r"\s+", " ", clash.text)
    assert 'value="manager" checked' in boxes, "what only the other changed stands"
    assert f'value="{team.id}" selected' in boxes
    assert "signing\nwelsh" in clash.text, "what only this one changed is kept, as it is typed"

    again = first | {"job_title": "Principal", "skills": "signing\nwelsh"} | hidden(clash.text)
    assert lead.post(address, again).status_code == 302
    worker.refresh_from_db()
    assert (worker.job_title, worker.skills, worker.team) == ("Principal", ["signing", "welsh"], team)
    assert worker.roles == ["manager", "practitioner"]


def test_a_form_that_nobody_overtook_is_saved_in_whatever_order_the_skills_were_kept(
    partnership: Partnership, told: dict[str, Any]
) -> None:
    lead, worker = signed_in(partnership.lead), partnership.worker
    worker.change(skills=["welsh", "signing"])
    address = f"/members/{worker.id}/change/"
    sent = told | {"job_title": "Senior", "skills": "signing\r\nwelsh"} | hidden(lead.get(address).text)
    assert lead.post(address, sent).status_code == 302
    worker.refresh_from_db()
    assert (worker.job_title, worker.skills) == ("Senior", ["signing", "welsh"])
