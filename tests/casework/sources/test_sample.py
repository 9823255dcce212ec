"""Those drawn at random go to whoever holds them, as those on the list do."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.casework.sources.conftest import POLICY, RUN
from tests.casework.sources.releasing import made_up, release, release_made_up

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.operations.running import tell_database
from alongside.casework.sources.models import Flag, Run
from alongside.casework.sources.rules import OpenTo

pytestmark = pytest.mark.django_db
SAMPLE = "learning_sample"


@pytest.mark.proves("ENABLE-17", "FIND-09")
def test_those_drawn_have_a_route_and_go_where_it_leads(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, runs: Path, at: datetime
) -> None:
    cohort = pq.read_table(runs / RUN / "cohort.parquet").to_pylist()
    drawn = {
        row["person_id"]: row["route"] for row in cohort if (row["policy"], row["tier"]) == (POLICY, SAMPLE)
    }
    routes = opened.tiers[POLICY][SAMPLE]["routes"]
    assert "none" not in routes
    assert sum(routes.values()) == len(drawn) == 20
    made = release(approver, at, opened, council, together, tiers=[SAMPLE])
    tell_database(system_actor("the test"))
    assert dict(made.flags.values_list("person__insight_id", "route")) == drawn
    for flag in made.flags.select_related("organisation"):
        assert flag.organisation == (together if flag.route == "contact_team" else council)


def test_the_service_that_holds_somebody_drawn_is_given_them_and_the_worker_is_named(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    holds = OpenTo("adult_social_care", "Ms Bevan")
    drawn = replace(made_up(1, route="strengthen_visit_priority", open_to=(holds,)), tier=SAMPLE)
    release_made_up(approver, at, opened, [drawn], council, together)
    tell_database(system_actor("the test"))
    flag = Flag.objects.get()
    assert (flag.organisation, flag.service, flag.worker) == (council, "adult_social_care", "Ms Bevan")
