"""An area that declares its partners and its purposes alone: neither services nor responses."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from alongside.area import PackProblem, PackRefusedError, load_area
from alongside.insight.pack_copy import words_of

AREA = """\
area: riverside
title: Riverside
organisations:
  - {code: riverside_homes, name: Riverside Homes, type: housing}
purposes:
  - {code: early_help, title: Early help, power: Localism Act 2011 s.1, article_6: 6(1)(e), dpia: DPIA-1,
     agreement: ISA-1, owner: Head of early help, review_date: 2027-05-31}
"""
SOURCE = """\
source: rent_accounts
title: Rent accounts
organisation: riverside_homes
purposes: [early_help]
files: "rent_accounts*.csv"
refresh: weekly
schema:                                  # Frictionless Table Schema, as the standard has it
  fields:
    - {name: tenancy_ref, type: string, constraints: {required: true, unique: true}}
    - {name: dob, type: date, format: "%d/%m/%Y"}
    - {name: arrears_weeks, type: number}
    - {name: last_contact, type: date}
  missingValues: ["", "NULL", "N/K"]
identity: {record: tenancy_ref, forename: first_name, surname: last_name, date_of_birth: dob,
           identifiers: {nhs_number: nhs_no}, uprn: uprn, address_lines: [house, street], postcode: postcode,
           phone: mobile}
as_at: last_contact
one_record_per_person: false
factors:                                 # scalar or aggregate SQL over this source's own columns
  - {code: rent_arrears_8w, title: Eight or more weeks behind with rent, domain: housing,
     per: household, value: "max(arrears_weeks) >= 8", fades_after: 180 days}
"""
POLICY = """\
policy: early_help/3
purpose: early_help
title: Families and adults who may welcome a conversation
tiers:                                   # first that holds; SQL over factor codes
  - {code: today, when: "worker_raised_today"}
  - {code: this_week, when: "agencies_in_touch_12m >= 2"}
  - {code: soon, when: "count_true(rent_arrears_8w, overcrowded) >= 1"}
excludes: [deceased, objected, protected_address]
capacity_per_week: {today: null, this_week: 40, soon: 60}
responses: {rent_arrears_8w: [tenancy_support, money_advice]}     # no factor without an offered response
routes:                                  # who already works with the person, and is that service running
  - {open_to: social_care, then: strengthen_visit_priority}
  - {open_to: any_critical_service, then: share_with_case_holder}
  - {otherwise: contact_team}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    area = tmp_path / "area"
    for name, text in (
        ("area.yaml", AREA),
        ("sources/rent.yaml", SOURCE),
        ("policies/early_help.yaml", POLICY),
    ):
        (area / name).parent.mkdir(parents=True, exist_ok=True)
        (area / name).write_text(text, encoding="utf-8")
    return area


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def warned(folder: Path, words: str) -> PackProblem:
    (found,) = [problem for problem in load_area(folder).warnings if words in str(problem)]
    return found


def test_what_nobody_declares_is_warned_of_where_it_stands_and_refuses_nothing(folder: Path) -> None:
    response = warned(folder, "`money_advice`")
    assert (response.file, response.line) == ("policies/early_help.yaml", 10)
    assert response.wrong == "`money_advice` is not a response in this pack, so people read “Money advice”"

    route = warned(folder, "`social_care`")
    assert (route.file, route.line) == ("policies/early_help.yaml", 12)
    assert "is not a service or group in this pack, so this line never fits" in route.wrong

    assert not [problem for problem in load_area(folder).warnings if "use one of" in problem.right]


def test_a_slip_in_a_response_or_route_is_offered_the_code_it_is_near(folder: Path) -> None:
    services = "services:\n  - {code: social_care, title: Social care, organisation: riverside_homes}\n"
    responses = "responses:\n  - {code: money_advice, title: Free advice about money}\n"
    (folder / "area.yaml").write_text(AREA + services + responses, encoding="utf-8")
    edit(folder, "policies/early_help.yaml", "money_advice", "money_advise")
    edit(folder, "policies/early_help.yaml", "open_to: social_care", "open_to: socail_care")

    assert warned(folder, "`money_advise`").right == "Did you mean `money_advice`?"
    assert warned(folder, "`socail_care`").right == "Did you mean `social_care`?"


def test_a_conversation_may_offer_what_nobody_declares_and_is_warned_of(folder: Path) -> None:
    call = Path(__file__).parents[2] / "unit/area/pack/conversations"
    shutil.copytree(call, folder / "conversations")

    assert "Company" in warned(folder, "`company` is not a response").wrong


def test_a_factor_that_nobody_yields_stays_refused(folder: Path) -> None:
    edit(
        folder, "policies/early_help.yaml", "(rent_arrears_8w, overcrowded)", "(rent_arrears_8w, council_tax)"
    )

    with pytest.raises(PackRefusedError, match="council_tax"):
        load_area(folder)


def test_nothing_to_choose_from_is_not_offered_as_a_choice(folder: Path) -> None:
    edit(
        folder,
        "sources/rent.yaml",
        "as_at:",
        "case_index:\n  - {service: care, open_when: last_contact is null}\nas_at:",
    )

    with pytest.raises(PackRefusedError) as told:
        load_area(folder)

    assert [problem.right for problem in told.value.problems] == ["Add it to area.yaml"]


def test_its_list_offers_and_routes_in_words_people_can_read(world, folder: Path) -> None:
    pack = load_area(folder)
    world.source(
        "rent_accounts",
        [
            {"person": "p1", "on": date(2026, 10, 14), "uprn": "1001", "arrears_weeks": 9},
            {"person": "p2", "on": date(2026, 10, 14), "uprn": "1002", "arrears_weeks": 1},
        ],
        columns={"arrears_weeks": "number"},
    )
    world.area, world.policies, world.sources = pack.area, pack.policies, pack.sources

    world.stratify()

    (person,) = [row for row in world.cohort() if row["tier"] == "soon"]
    assert person["person_id"] == "p1"
    assert person["route"] == "contact_team"
    assert [offer["title"] for offer in person["responses"]] == ["Tenancy support", "Money advice"]
    words = words_of(pack)
    assert words["responses"] == {"tenancy_support": "Tenancy support", "money_advice": "Money advice"}
    assert words["services"]["social_care"] == "Social care"
