"""The pages of what agencies owe each other ask the database little, and show the demonstration's."""

from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.hostile.test_queries import MOST, NOT_ASKED
from tests.casework.marm.conftest import see_all
from tests.casework.signed_in import browser_of
from tools.holding import fill_holding
from tools.universe import Universe

from alongside.casework.marm.models import SharedRisk, SteppedBack


def test_no_page_asks_more_than_fifteen_things_however_much_is_open(
    riverside_now: Universe, now: datetime
) -> None:
    made, cases = fill_holding(riverside_now, at=now), riverside_now.cases
    see_all()
    stepped_back = SteppedBack.objects.get(case_id=made["ended"]).id
    remains = SharedRisk.objects.get(case_id=made["ended"], organisation__code="riverside_council").id
    pages = {
        "Joan Adeyemi": [
            f"/cases/{cases['case']}/", f"/cases/{cases['case']}/disputes/",
            f"/cases/{cases['case']}/disputes/new/?action={cases['action']}",
            f"/disputes/{cases['dispute']}/", f"/disputes/{cases['dispute']}/settle/",
            f"/disputes/{cases['dispute']}/take-up/", f"/cases/{cases['case']}/end/",
            f"/cases/{cases['case']}/end/safer/", f"/cases/{cases['case']}/harm/",
            f"/actions/{cases['action']}/", f"/cases/{cases['case']}/agencies/",
        ],
        "Tom Reilly": [
            "/", f"/cases/{made['ended']}/", f"/harm/{made['harm']}/", f"/harm/{made['harm']}/review/",
            f"/stepped-back/{stepped_back}/", f"/cases/{made['ended']}/agencies/",
        ],
        "Mair Pugh": ["/", "/cases/", "/cases/refusals/", f"/what-remains/{remains}/"],
    }  # fmt: skip
    many = {}
    for name, paths in pages.items():
        browser = browser_of(riverside_now.members[name].user)
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                answer = browser.get(path)
            assert answer.status_code == 200, path
            count = sum(not each["sql"].startswith(NOT_ASKED) for each in asked)
            if count > MOST:
                many[path] = count
    assert many == {}
