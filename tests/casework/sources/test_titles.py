"""Lists, tiers, sources and services are called what people call them, not by the pack's codes."""

from datetime import datetime

import pytest
from tests.casework.sources.conftest import POLICY
from tests.casework.sources.releasing import release

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.sources.models import Run
from alongside.casework.sources.presenters import release_shown, run_shown
from alongside.casework.sources.presenters.changes import DRAWN
from alongside.casework.sources.queries import ReleasePage

pytestmark = pytest.mark.django_db
FAMILIES = "Families who may welcome a conversation before things get worse"


def test_what_changed_since_the_run_before_is_told_by_title_with_the_version_of_each_list(
    opened: Run,
) -> None:
    opened.changes = {
        "since": "2026-10-25", "counts": {"people": [2_000, 2_100]},
        "tiers": {f"{POLICY} soon": [12, 99], f"{POLICY} drawn": [0, 7], "early_help/3 this_week": [3, 0]},
        "policies_new": [POLICY], "policies_gone": ["early_help/3"],
        "sources": {"housing_rent": ["missing", "read"], "forgotten": ["read", "not in the pack"]},
    }  # fmt: skip
    assert run_shown(opened, [], [], area_pack()).changes == [
        "People: 2,100, was 2,000",
        f"{FAMILIES}, version 4, Strain in three or more parts of life: 99, was 12",
        f"{FAMILIES}, version 4, {DRAWN}: 7, was 0",
        "Early help, version 3, This week: 0, was 3",
        f"New list: {FAMILIES}, version 4",
        "No longer a list: Early help, version 3",
        f"{area_pack().sources['housing_rent'].title}: read, was missing",
        "forgotten: not in the pack, was read",
    ]


def test_who_could_not_be_given_to_anybody_is_told_by_the_title_of_the_service(
    opened: Run, approver: Actor, council: Organisation, at: datetime
) -> None:
    made = release(approver, at, opened, council)
    made.not_given = {"childrens_social_care": 3, "contact_team": 2, "objected": 1, "youth_club": 1}
    assert release_shown(ReleasePage(made, [], [], 0), area_pack()).not_given == [
        ("Children's social care", 3), ("Contact team", 2), ("Youth club", 1),
    ]  # fmt: skip
