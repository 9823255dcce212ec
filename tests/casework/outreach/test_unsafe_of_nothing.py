"""Words for why something is not safe to know are not dropped where the box they belong to is empty."""

from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything
from tests.casework.outreach.test_noticing import CALL, begun

from alongside.casework.marm.models import Concern
from alongside.casework.outreach.forms import FinishForm
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.views import endings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
WHY = "Her husband reads all her post and hits her."
NOT_A_WORRY, NO_REFERRAL = "but not what worries you", "but not whom you refer them to"


def wrong(sent: dict[str, Any], *, died: bool = False) -> dict[str, list[str]]:
    form = FinishForm({"next_steps": "I ring my sister."} | sent, organisations=[], died=died)
    form.is_valid()
    return dict(form.errors)


@pytest.mark.parametrize(
    ("sent", "box", "says"),
    [
        ({"worry_safe": "no", "why_worry_not_safe": WHY}, "concern", NOT_A_WORRY),
        ({"why_worry_not_safe": WHY, "concern": " "}, "concern", NOT_A_WORRY),
        ({"safe": "no", "why_not_safe": WHY}, "refer_to", NO_REFERRAL),
        ({"why_not_safe": WHY}, "refer_to", NO_REFERRAL),
    ],
)
def test_a_reason_without_what_it_is_about_asks_for_that(sent: dict[str, str], box: str, says: str) -> None:
    (said,) = wrong(sent)[box]
    assert says in said
    assert "choose Yes" in said, "there is a way on for whoever meant nothing by it"
    assert wrong(sent, died=True) == {}


@pytest.mark.parametrize("asked", ["worry_safe", "safe"])
def test_a_no_alone_asks_as_well_and_a_yes_lets_it_end(asked: str) -> None:
    assert {"worry_safe": "concern", "safe": "refer_to"}[asked] in wrong({asked: "no"})
    assert wrong({asked: "yes"}) == {}


def test_a_talk_does_not_end_until_it_is_said_what_worries_them_and_then_the_reason_is_kept(
    ask: Ask, judged: WorkItem
) -> None:
    talk = begun(ask, judged, CALL)
    sent = {"next_steps": "I rest.", "worry_safe": "no", "why_worry_not_safe": WHY}
    page = ask(endings.end, sent, conversation_id=talk.id)
    assert NOT_A_WORRY in page
    assert WHY in page
    everything()
    talk.refresh_from_db()
    assert talk.finished_at is None
    ask(endings.end, sent | {"concern": "He hits her."}, conversation_id=talk.id)
    everything()
    assert Concern.objects.get().why_not_safe == WHY
