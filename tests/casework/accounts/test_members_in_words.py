"""What is said of a member on the page of members."""

from datetime import timedelta

import pytest
from tests.casework.accounts.conftest import Partnership

from alongside.casework.accounts import commands
from alongside.casework.accounts.presenters import member_lines


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "said"), [("practitioner", ""), ("Practitioner", ""), ("Social worker", "Social worker")]
)
def test_a_job_title_that_only_says_the_role_again_is_not_shown_beside_it(
    partnership: Partnership, title: str, said: str
) -> None:
    day, lead = partnership.at.date() + timedelta(days=1), partnership.actor(partnership.lead)
    added = commands.add_member(
        actor=lead, at=partnership.at, organisation_id=partnership.council.id, name="Nia New",
        roles=["practitioner"], email="nia@example.org", job_title=title,
    )  # fmt: skip
    (line,) = member_lines([added], on=day, reader=lead)
    assert (line.roles, line.job_title) == ("Practitioner", said)
