"""One flag is withdrawn at a time: the number that an item gives counts within its tier alone."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.casework.sources.asking import Ask, text_of
from tests.casework.sources.conftest import POLICY, WHY
from tests.casework.sources.releasing import made_up

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.outreach.presenters.titles import tier_title
from alongside.casework.sources.commands import releases
from alongside.casework.sources.commands.flags import withdraw_flag
from alongside.casework.sources.models import Flag, Release, Run
from alongside.casework.sources.presenters import release_shown
from alongside.casework.sources.presenters.changes import DRAWN
from alongside.casework.sources.queries import release_page
from alongside.casework.sources.queries.withdrawing import FlagsOfSeveralError
from alongside.casework.sources.rules import Cohort

pytestmark = pytest.mark.django_db
LAUREN = replace(made_up(1), tier="soon")
MARY = replace(made_up(2), tier="learning_sample", rank=1)
WRONG = "Mary is the wrong person: the tenancy is her sister's."


def released(approver: Actor, at: datetime, run: Run, organisation: Organisation) -> Release:
    """Two people, each number 1: one of a tier, one of the learning sample."""
    run.tiers[POLICY]["learning_sample"] = {"people": 1, "within_capacity": 0, "routes": {"none": 1}}
    run.save(update_fields=["tiers"])
    return releases.release_cohort(
        actor=approver,
        at=at,
        pack=area_pack(),
        run_id=run.id,
        policy=POLICY,
        tiers=["soon", "learning_sample"],
        organisation_ids=[organisation.id],
        reason=WHY,
        read=lambda *_: Cohort(run.manifest_hash, [LAUREN, MARY]),
    )


def withdrawn() -> list[str]:
    tell_database(system_actor("the test"))
    return sorted(
        Flag.objects.exclude(withdrawn_at=None).values_list("person__insight_id", flat=True)  # type: ignore[arg-type]
    )


def test_the_number_of_a_person_in_the_sample_takes_nobody_elses_flag(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    made = released(approver, at, opened, together)
    which: dict[str, Any] = {"actor": approver, "at": at, "release_id": made.id, "rank": 1}
    withdraw_flag(tier="learning_sample", why=WRONG, **which)
    assert withdrawn() == [MARY.insight_id]
    with pytest.raises(NotFoundError):
        withdraw_flag(tier="this_week", why=WRONG, **which)


def test_a_number_that_fits_more_than_one_person_withdraws_nothing(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    made = released(approver, at, opened, together)
    tell_database(system_actor("the test"))
    Flag.objects.update(tier="soon")
    with pytest.raises(FlagsOfSeveralError, match="more than one person"):
        withdraw_flag(actor=approver, at=at, release_id=made.id, tier="soon", rank=1, why=WRONG)
    assert withdrawn() == []


def test_an_approver_sees_what_will_be_withdrawn_and_from_whom_before_it_is(
    ask: Ask,
    opened: Run,
    approver: Actor,
    together: Organisation,
    at: datetime,
) -> None:
    made = released(approver, at, opened, together)
    assert "Learning sample" in text_of(ask(approver, "withdraw", made.id))
    sent = {"tier": "learning_sample", "rank": "1", "why": WRONG}
    checked = text_of(ask(approver, "withdraw", made.id, posted=sent))
    for each in [
        "Check before you withdraw it",
        "Learning sample",
        "Riverside Together",
        "Mary is the wrong",
    ]:
        assert each in checked
    assert withdrawn() == []
    changed = text_of(ask(approver, "withdraw", made.id, posted={**sent, "change": "yes"}))
    assert "Which number" in changed
    assert "Mary is the wrong" in changed
    done = ask(approver, "withdraw", made.id, posted={**sent, "confirmed": "yes"})
    assert done.status_code == 302
    assert withdrawn() == [MARY.insight_id]


def test_the_sample_has_one_name_on_every_page(
    ask: Ask,
    opened: Run,
    approver: Actor,
    together: Organisation,
    at: datetime,
) -> None:
    made = released(approver, at, opened, together)
    shown = release_shown(release_page(actor=approver, release_id=made.id), area_pack())
    assert DRAWN in [tier for _name, tier, _number in shown.given]
    assert str(DRAWN) in text_of(ask(approver, "run", opened.id))
    assert DRAWN.startswith(tier_title(POLICY, "learning_sample")), "as an item calls it"
