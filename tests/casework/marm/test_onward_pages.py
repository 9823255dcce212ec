"""Every other process is reached from a page, whatever words anybody wrote, and what is sent stays linked."""

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.models import Case, Onward
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.stages import Stage

pytestmark = pytest.mark.django_db


def sent() -> dict[str, str]:
    today = timezone.localdate()
    return {
        "sent_to": "The duty desk", "why": "The sofa ends on Friday.", "sent_on-day": str(today.day),
        "sent_on-month": str(today.month), "sent_on-year": str(today.year),
    }  # fmt: skip


@pytest.mark.proves("MARM-18")
def test_a_case_needs_no_enquiry_and_one_that_is_asked_for_from_it_is_linked_and_leaves_it_open(
    riverside_now: Universe,
) -> None:
    person, case = riverside_now.people["Amina"], riverside_now.cases["case"]
    joan = browser_of(riverside_now.members["Joan Adeyemi"].user)
    see_all()
    assert not Onward.objects.filter(person=person).exists()
    assert Case.objects.get(id=case).stage == Stage.OPEN
    address = f"/people/{person}/concerns/onward/?case={case}"
    assert address in joan.get(f"/cases/{case}/").text
    listed = joan.get(address).text
    assert all(each.title in listed for each in marm_pack().forums)
    # one that is asked about leads on from the answers, and comes back to the case all the same
    limbs = joan.post(
        f"/people/{person}/concerns/screen/safeguarding/?case={case}",
        {"needs": "not_known", "abuse": "yes", "cannot_protect": "not_known", "words": "Bruises on her arm."},
    )
    assert limbs.url == f"/people/{person}/concerns/onward/safeguarding/?case={case}"
    for forum in ("safeguarding", "homelessness"):
        kept = joan.post(f"/people/{person}/concerns/onward/{forum}/?case={case}", sent(), follow=True)
        assert kept.redirect_chain[-1][0] == f"/cases/{case}/"
    see_all()
    assert set(Onward.objects.filter(case=case).values_list("forum", flat=True)) == {
        "safeguarding", "homelessness",
    }  # fmt: skip
    assert Case.objects.get(id=case).stage == Stage.OPEN


def test_whoever_is_not_sure_of_abuse_is_advised_to_ask_the_safeguarding_team(
    riverside_now: Universe,
) -> None:
    person = riverside_now.people["Bee"]
    dee = browser_of(riverside_now.members["Dee Marsh"].user)
    address = f"/people/{person}/concerns/screen/safeguarding/"
    unsure = {
        "needs": "yes", "abuse": "not_known", "cannot_protect": "not_known", "words": "She will not say.",
    }  # fmt: skip
    told = dee.post(address, unsure, follow=True).text
    assert "If you are not sure whether there is abuse or neglect, ask the safeguarding team" in told
    assert "It is not known whether there is abuse or neglect: ask the safeguarding team." in told
    assert "They do not point there" not in told
    assert "The answers do not point there." not in told
    assert "The answers do not point there." in dee.post(address, unsure | {"abuse": "no"}, follow=True).text


def test_a_process_that_no_word_leads_to_is_reached_from_the_concerns(riverside_now: Universe) -> None:
    person = riverside_now.people["Bee"]
    dee = browser_of(riverside_now.members["Dee Marsh"].user)
    assert f"/people/{person}/concerns/onward/" in dee.get(f"/people/{person}/concerns/").text
    listed = dee.get(f"/people/{person}/concerns/onward/").text
    assert f"/people/{person}/concerns/onward/care_act_assessment/" in listed
    mair = browser_of(riverside_now.members["Mair Pugh"].user)
    assert mair.get(f"/people/{person}/concerns/onward/").status_code == 403


def test_a_process_that_takes_the_lead_here_is_not_said_to_run_beside_agencies_coming_together(
    riverside_now: Universe,
) -> None:
    leads = [each.title for each in marm_pack().forums if each.instead]
    assert leads
    dee = browser_of(riverside_now.members["Dee Marsh"].user)
    listed = dee.get(f"/people/{riverside_now.people['Bee']}/concerns/onward/").text
    assert "or of agencies coming together, unless it says that it takes the lead." in listed
    assert listed.count('<p class="govuk-body">It takes the lead</p>') == len(leads)
    after = listed.partition(f">{leads[0]}</a>")[2].partition("</h2>")[2].partition("<h2")[0]
    assert "It takes the lead" in after


def test_no_page_says_that_nothing_was_sent_where_another_agency_may_have(
    riverside_now: Universe, joined: Case
) -> None:
    """What an agency sent by itself is its own: nobody is told of it, and nobody is told that it is not."""
    person, case = riverside_now.people["Bee"], f"/cases/{joined.id}/"
    asha, dee = (browser_of(riverside_now.members[name].user) for name in ("Asha Patel", "Dee Marsh"))
    address = f"/people/{person}/concerns/onward/fire_safety/"
    asha.post(address, sent() | {"sent_to": "Riverside Fire", "reference": "HV-2201"})
    for page in (case, f"/people/{person}/concerns/"):
        ours, theirs = asha.get(page).text, dee.get(page).text
        assert "HV-2201. Only your organisation sees this." in ours
        assert "HV-2201" not in theirs
        assert "Nothing was sent on." not in theirs
        assert "What another agency sent on" in theirs
    asha.post(f"{address}?case={joined.id}", sent() | {"sent_to": "Riverside Fire", "reference": "HV-2202"})
    for who in (asha, dee):
        assert "Reference HV-2202.</p>" in who.get(case).text
