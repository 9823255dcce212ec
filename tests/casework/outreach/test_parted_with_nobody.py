"""What parting two records makes where nobody could open it is told to whoever can name a manager there."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from tests.casework.outreach.conftest import acting, admit, everything, member
from tests.casework.outreach.test_parted import join, on_list
from tests.casework.outreach.test_parted_referrals import part, refer_ann
from tests.casework.signed_in import browser_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation, Training
from alongside.casework.notices.models import Notice
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.referring import accept_referral
from alongside.casework.outreach.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
HOUR = timedelta(hours=1)
SAID = "1 person is on your organisation&#39;s list, and nobody there can see them"


@pytest.fixture
def lead(charity: Organisation) -> Membership:
    return member(charity, "Lena Marsh", "organisation_lead")


@pytest.mark.parametrize("managed", [False, True])
def test_with_nobody_who_could_open_it_the_lead_of_the_organisation_is_told_and_reads_it(
    managed: bool, worker: Actor, manager: Actor, asha: Membership, peer: Actor, lead: Membership,
    charity: Organisation, at: datetime, settings: LazySettings,
) -> None:  # fmt: skip
    ann, anne = admit(worker, at, known_as="Ann"), admit(peer, at, known_as="Anne")
    on_list(peer, anne, at, "Cold.")
    merge = join(manager, ann, anne, at)
    made = refer_ann(ann, worker, manager, asha, charity, at + 2 * HOUR)
    accept_referral(actor=peer, at=at + 3 * HOUR, referral_id=made.id, take=True)
    if managed:
        member(charity, "Mo Bell", "manager")
    Training.objects.exclude(user=lead.user).update(valid_to=at.date())
    settings.MAIL = object()
    part(manager, merge, at + 4 * HOUR)
    own = WorkItem.objects.get(organisation=charity, person=ann)
    assert (own.assigned_to, own.team) == (None, None)
    told = Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True)
    assert set(told) == {"Lena Marsh", *(["Mo Bell"] if managed else [])}
    day = browser_of(lead.user).get("/").text
    assert SAID in day
    assert "Ann" not in day
    if managed:
        Training.objects.update(valid_to=None)
        assert SAID not in browser_of(lead.user).get("/").text, "now the manager finds it"
    else:
        mo = member(charity, "Mo Bell", "manager")
        Training.objects.update(valid_to=None)
        everything()
        assign_item(actor=acting(mo), at=at + 5 * HOUR, item_id=own.id, member_id=mo.id)
        assert SAID not in browser_of(lead.user).get("/").text
