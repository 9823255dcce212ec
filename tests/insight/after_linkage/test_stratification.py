from datetime import date
from pathlib import Path

import pytest

from alongside.area import load_area
from alongside.area.expressions import ExpressionError
from alongside.area.models import Policy
from alongside.insight.stratification import compare

LATELY = date(2026, 10, 14)
TIERS = [
    {"code": "this_week", "when": "behind and refused >= 2 and not plan_open"},
    {"code": "soon", "when": "count_true(behind, hungry, cold) >= 2"},
]


@pytest.fixture
def told(world):
    """Facts of people, straight from one source: a column is a factor."""

    def tell(people, *, factors=("behind", "hungry", "cold", "plan_open", "objected"), numbers=("refused",)):
        kinds = dict.fromkeys(factors, "boolean") | dict.fromkeys(numbers, "number")
        world.source(
            "rent",
            [{"person": who, "on": LATELY} | facts for who, facts in people.items()],
            columns={f"c_{code}": kind for code, kind in kinds.items()},
            organisation="homes",
            factors=[{"code": code, "value": f"c_{code}", "title": f"Is {code}"} for code in kinds],
        )
        return world

    def renamed(people, **more):
        return tell(
            {who: {f"c_{code}": v for code, v in facts.items()} for who, facts in people.items()}, **more
        )

    return renamed


def listed(world):
    return [(row["person_id"], row["tier"]) for row in world.cohort()]


@pytest.mark.proves("FIND-07")
def test_the_first_tier_that_holds_is_the_persons(told):
    world = told(
        {
            "p1": {"behind": True, "hungry": True, "refused": 2, "plan_open": False},
            "p2": {"behind": True, "hungry": True, "refused": 1},
            "p3": {"behind": True, "refused": 1},
        }
    )
    world.policy(tiers=TIERS)
    world.stratify()
    assert listed(world) == [("p1", "this_week"), ("p2", "soon")]


def test_what_is_not_known_is_never_a_reason_never_hides_a_person_and_is_listed(told):
    world = told({"p1": {"behind": True, "refused": 3}, "p2": {"refused": 3, "plan_open": False}})
    world.policy(tiers=TIERS)
    world.stratify()
    (person,) = world.cohort()
    assert person["person_id"] == "p1"
    assert [reason["factor"] for reason in person["reasons"]] == ["behind", "refused"]
    assert [gap["factor"] for gap in person["unknowns"]] == ["cold", "hungry", "plan_open"]


def test_a_stricter_area_may_ask_that_a_fact_is_known(told):
    world = told({"p1": {"behind": True}, "p2": {"behind": True, "plan_open": False}})
    world.policy(tiers=[{"code": "soon", "when": "behind and is_known(plan_open) and not plan_open"}])
    world.stratify()
    assert listed(world) == [("p2", "soon")]


def test_a_reason_has_words_value_source_organisation_and_date(told):
    world = told({"p1": {"behind": True, "refused": 2, "plan_open": False}})
    world.policy(tiers=TIERS)
    world.stratify()
    reasons = {reason.pop("factor"): reason for reason in world.cohort()[0]["reasons"]}
    assert reasons["behind"] == {
        "words": "Is behind (Rent, 14 October 2026)",
        "value": "yes",
        "source": "rent",
        "source_title": "Rent",
        "organisation": "Homes",
        "fact_date": LATELY,
    }
    assert reasons["refused"]["words"] == "Is refused: 2 (Rent, 14 October 2026)"
    assert reasons["plan_open"]["words"] == "Is plan_open: no (Rent, 14 October 2026)"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3, "3"), (100, "100"), (2.5, "2.5")]
    + [(value, "out of range") for value in (1e300, float("inf"), float("nan"))],
)
def test_no_number_in_an_extract_can_stop_a_list(told, value, shown):
    world = told({"p1": {"refused": value}})
    world.policy(tiers=[{"code": "soon", "when": "refused >= 2"}])
    world.stratify()
    assert world.cohort()[0]["reasons"][0]["value"] == shown


@pytest.mark.parametrize(
    ("when", "reasons"),
    [
        ("behind or hungry or cold", {"behind", "hungry"}),
        ("count_true(behind, hungry, cold) >= 1", {"behind", "hungry"}),
        ("any_true(behind, cold)", {"behind"}),
        ("behind and not cold", {"behind", "cold"}),
        ("not (cold or plan_open)", {"cold"}),
        ("all_true(behind, hungry) or cold", {"behind", "hungry"}),
        ("count_true(cold, plan_open) < 1", {"cold"}),
        ("refused > 1 or behind", {"behind"}),
        ("behind and is_unknown(plan_open)", {"behind"}),
    ],
)
def test_only_facts_that_had_a_part_are_reasons(told, when, reasons):
    world = told({"p1": {"behind": True, "hungry": True, "cold": False, "refused": 1}})
    world.policy(tiers=[{"code": "soon", "when": when}])
    world.stratify()
    assert {reason["factor"] for reason in world.cohort()[0]["reasons"]} == reasons


@pytest.mark.proves("FIND-08")
def test_rank_is_by_tier_then_reasons_then_newest_fact_then_the_id_and_capacity_cuts_each_tier(told):
    two, three = {"behind": True, "hungry": True}, {"behind": True, "hungry": True, "cold": True}
    world = told({"p1": two, "p2": three, "p3": two | {"refused": 2}, "p4": two | {"on_": None}})
    world.policy(tiers=TIERS, capacity_per_week={"soon": 2, "this_week": None})
    world.stratify()
    rows = world.cohort()
    assert [row["person_id"] for row in rows] == ["p3", "p2", "p1", "p4"]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert [row["within_capacity"] for row in rows] == [True, True, True, False]


def test_objectors_are_left_out_and_counted_and_an_unknown_objection_excludes_nobody(told):
    world = told(
        {"p1": {"behind": True, "hungry": True, "objected": True}, "p2": {"behind": True, "hungry": True}}
    )
    world.policy(tiers=TIERS, learning_sample=5)
    (report,) = world.stratify().policies
    assert listed(world) == [("p2", "soon")]
    assert report.excluded == {"deceased": 0, "objected": 1, "protected_address": 0}
    assert (report.in_scope, report.excluded_people) == (2, 1)


def test_a_policy_is_about_nobody_but_those_it_applies_to(told):
    world = told(
        {"p1": {"behind": True, "hungry": True, "refused": 5}, "p2": {"behind": True, "hungry": True}}
    )
    world.policy(tiers=TIERS, applies_when="refused = 5")
    (report,) = world.stratify().policies
    assert listed(world) == [("p1", "this_week")]
    assert report.in_scope == 1


def test_responses_are_those_of_the_persons_own_reasons_each_once(told):
    world = told({"p1": {"behind": True, "hungry": True}})
    offers = {
        "behind": ["tenancy_support", "money_advice"],
        "hungry": ["money_advice"],
        "cold": ["tenancy_support"],
    }
    world.policy(tiers=TIERS, responses=offers)
    world.stratify()
    assert world.cohort()[0]["responses"] == [
        {"response": "tenancy_support", "title": "Tenancy support"},
        {"response": "money_advice", "title": "Money advice"},
    ]


def test_the_report_counts_tiers_reasons_and_what_is_not_known(told):
    world = told({"p1": {"behind": True, "hungry": True, "refused": 0}, "p2": {"behind": False}})
    world.policy(tiers=TIERS, capacity_per_week={"soon": 0})
    (report,) = world.stratify().policies
    assert [(tier.code, tier.people, tier.within_capacity) for tier in report.tiers] == [
        ("this_week", 0, 0),
        ("soon", 1, 0),
    ]
    assert report.reasons == {"behind": 1, "hungry": 1}
    assert report.unknowns == {"behind": 0, "cold": 2, "hungry": 1, "plan_open": 2, "refused": 1}


@pytest.mark.proves("ENABLE-17")
def test_the_learning_sample_is_drawn_below_the_line_the_same_each_time_and_stands_apart(told):
    people = {f"p{n:03}": {"behind": n < 10, "hungry": n < 10} for n in range(200)}
    world = told(people)
    world.policy(tiers=TIERS, learning_sample=20)
    world.policy("other/1", tiers=TIERS, learning_sample=20)

    def sample(seed, policy):
        world.stratify(seed)
        rows = [row for row in world.cohort() if row["policy"] == policy and row["tier"] == "learning_sample"]
        assert all(not row["reasons"] and row["within_capacity"] is None for row in rows)
        return [row["person_id"] for row in rows]

    drawn = sample(1, "help/1")
    assert len(drawn) == 20
    assert min(drawn) >= "p010"
    assert sample(1, "help/1") == drawn
    assert sample(2, "help/1") != drawn
    assert sample(1, "other/1") != drawn


@pytest.mark.proves("FIND-04")
def test_a_fresh_trigger_makes_riverside_look_again_and_an_old_one_does_not(world):
    riverside = load_area(Path(__file__).parents[3] / "area")
    fact = {each.code: each for source in riverside.sources.values() for each in source.factors}

    def tell(source, column, code, people, **said):
        rows = [{"person": who, "on": day, column: day} | said for who, day in people.items()]
        columns = {column: "date"} | dict.fromkeys(said, "string")
        told = fact[code].model_dump(exclude={"retired"}, exclude_none=True)
        world.source(source, rows, columns=columns, factors=[told | {"per": "person"}])

    tell("housing_rent", "notice_served", "rent_notice_8w", {"p1": LATELY, "p2": date(2026, 6, 1)})
    tell("homelessness", "Application date", "homeless_application_8w", {"p3": LATELY})
    tell("ambulance", "call_date", "fall_8w", {"p4": LATELY, "p5": LATELY}, complaint_group="fall")
    world.source(
        "council",
        [{"person": f"p{n}", "behind": n != 5} for n in range(1, 7)],
        columns={"behind": "boolean"},
        factors=[{"code": "behind", "value": "bool_or(behind)"}],
    )
    world.derived += [factor for factor in riverside.derived if factor.code == "trigger_8w"]
    world.policy(tiers=[{"code": "soon", "when": "count_true(behind, trigger_8w) >= 2"}])
    world.stratify()
    assert [person["person_id"] for person in world.cohort()] == ["p1", "p3", "p4"]
    used = {name for name, policy in riverside.policies.items() if "trigger_8w" in policy.tiers[-1].when}
    assert {name.partition("/")[0] for name in used} == {"early_help", "multi_agency_meeting"}


NO_SERVICE = "None of the running services this list goes to is known to be working with them."
ROUTES = [
    {"open_to": "social_care", "then": "strengthen_visit"},
    {"open_to": "any_critical_service", "then": "share_with_case_holder"},
    {"otherwise": "contact_team"},
]


@pytest.mark.proves("FIND-09", "FIND-10")
@pytest.mark.parametrize(
    ("services", "route", "words"),
    [
        (["adult_care", "crisis_team"], "strengthen_visit", "Open to Adult social care."),
        (["crisis_team"], "share_with_case_holder", "Open to Crisis team."),
        (
            ["outreach"],
            "contact_team",
            f"{NO_SERVICE} Open to Outreach, not running now.",
        ),
        (
            ["outreach", "crisis_team"],
            "share_with_case_holder",
            "Open to Crisis team. Open to Outreach, not running now.",
        ),
        ([], "contact_team", NO_SERVICE),
    ],
)
def test_the_route_is_the_first_line_that_fits_a_running_service(told, services, route, words):
    world = told({"p1": {"behind": True, "hungry": True}})
    for service in ("adult_care", "crisis_team", "outreach"):
        rows = [{"person": "p1", "state": "open"}] if service in services else []
        case = [{"service": service, "open_when": "state = 'open'"}]
        world.source(f"cases_{service}", rows, columns={"state": "string"}, case_index=case)
    world.policy(tiers=TIERS, routes=ROUTES)
    report = world.stratify()
    (person,) = world.cohort()
    assert (person["route"], person["route_words"]) == (route, words)
    assert report.policies[0].routes == {route: 1}
    assert report.not_running == ("outreach",)


@pytest.mark.proves("ENABLE-17", "FIND-09")
def test_the_learning_sample_goes_to_whoever_holds_them_and_no_route_counts_it(told):
    world = told({"p1": {"behind": True, "hungry": True}, "p2": {}, "p3": {}})
    cases = [{"person": "p2", "state": "open", "who": "Ms Bevan"}]
    case = {"service": "adult_care", "open_when": "state = 'open'", "worker": "who"}
    world.source("cases", cases, columns={"state": "string", "who": "string"}, case_index=[case])
    world.policy(tiers=TIERS, routes=ROUTES, learning_sample=5)
    (report,) = world.stratify().policies
    routes = {row["person_id"]: (row["tier"], row["route"], row["route_words"]) for row in world.cohort()}
    assert routes == {
        "p1": ("soon", "contact_team", NO_SERVICE),
        "p2": ("learning_sample", "strengthen_visit", "Open to Adult social care."),
        "p3": ("learning_sample", "contact_team", NO_SERVICE),
    }
    assert report.routes == {"contact_team": 1}
    assert report.learning_sample == 2


@pytest.mark.proves("FIND-23")
def test_a_changed_policy_shows_before_and_after_and_who_moves(told):
    world = told(
        {
            "p1": {"behind": True, "hungry": True, "refused": 0},
            "p2": {"behind": True, "refused": 3},
            "p3": {"behind": True, "hungry": True, "objected": True},
            "p4": {},
        }
    )
    world.policy(tiers=TIERS)
    world.stratify()
    changed = world.policies["help/1"].model_dump() | {
        "policy": "help/2",
        "tiers": [{"code": "soon", "when": "refused >= 3"}],
    }
    after = {"help/2": Policy.model_validate(changed)}
    (found,) = compare(world.backend, world, before=world.policies, after=after, as_at=date(2026, 11, 1))
    assert found.before == {"this_week": 1, "soon": 1, "excluded": 1, "not_listed": 1}
    assert found.after == {"soon": 1, "excluded": 1, "not_listed": 2}
    assert [(move.before, move.after, move.people) for move in found.moves] == [
        ("soon", "not_listed", 1),
        ("this_week", "soon", 1),
    ]
    assert found.who.to_pylist() == [
        {"person_id": "p1", "before": "soon", "after": "not_listed"},
        {"person_id": "p2", "before": "this_week", "after": "soon"},
    ]


def test_an_area_without_a_policy_has_an_empty_list(told):
    world = told({"p1": {"behind": True}})
    world.stratify()
    assert world.cohort() == []
    assert "reasons" in world.backend.arrow("select * from cohort").column_names


def test_a_policy_that_names_an_unknown_factor_is_refused(told):
    world = told({"p1": {"behind": True}})
    world.policy(tiers=[{"code": "soon", "when": "behinde"}])
    with pytest.raises(ExpressionError, match=r"There is no factor behinde\. Did you mean behind\?"):
        world.stratify()


@pytest.mark.proves("MARM-05")
def test_no_live_plan_anywhere_can_be_asked_across_agencies(world):
    for code, plan in (("care", False), ("housing", False)):
        world.source(
            code,
            [{"person": "p1", "plan": plan}, {"person": "p2", "plan": code == "housing"}],
            columns={"plan": "boolean"},
            factors=[{"code": f"plan_{code}", "value": "plan"}],
        )
    world.derive("plan_open", "any_true(plan_care, plan_housing)")
    world.policy(tiers=[{"code": "soon", "when": "not plan_open"}])
    world.stratify()
    assert listed(world) == [("p1", "soon")]


@pytest.mark.proves("ENABLE-15")
def test_a_pattern_at_one_address_reaches_everybody_there_even_from_reports_that_name_nobody(world, home):
    world.source("school", [{"person": "p1"} | home(1), {"person": "p2"} | home(2)])
    pattern = {"code": "incidents_at_home", "value": "count(*)", "per": "household"}
    world.source("police", [{"person": None} | home(1)] * 3, factors=[pattern])
    world.policy(tiers=[{"code": "soon", "when": "incidents_at_home >= 3"}])
    world.stratify()
    assert listed(world) == [("p1", "soon")]
