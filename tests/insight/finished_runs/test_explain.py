"""Why on the list or not, and why these records are one person: in words, in figures, drawn."""

import json
import sys
from datetime import date
from math import exp, log2
from xml.etree import ElementTree as ET

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.area.models import Policy
from alongside.cli.application import main
from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.explain import draw, explain
from alongside.insight.explain.conditions import missed
from alongside.insight.explain.evidence import weigh
from alongside.insight.explain.joining import strongest, tree
from alongside.insight.explain.model import LinkageModel
from alongside.insight.pack_copy import PackCopy
from alongside.insight.run_folder import mark

SVG = "{http://www.w3.org/2000/svg}"
SAME, NEARLY, DIFFERENT = "the same", "nearly the same", "different"


def parsed(picture: str) -> ET.Element:
    """Read our own drawing."""
    return ET.fromstring(picture)  # noqa: S314 (nobody else's)


def level(label: str, same: float, household: float, unrelated: float) -> dict[str, object]:
    return {"label": label, "same": same, "household": household, "unrelated": unrelated}


MODEL = {
    "prior": {"same": 1e-5, "household": 2e-5, "unrelated": 1 - 3e-5},
    "comparisons": [
        {
            "name": "forename",
            "title": "Forename",
            "levels": [
                level(SAME, 0.85, 0.02, 0.004),
                level(NEARLY, 0.1, 0.03, 0.01),
                level(DIFFERENT, 0.05, 0.95, 0.986),
            ],
        },
        {"name": "surname", "levels": [level(SAME, 0.9, 0.8, 0.002), level(DIFFERENT, 0.1, 0.2, 0.998)]},
        {
            "name": "date_of_birth",
            "title": "Date of birth",
            "levels": [
                level(SAME, 0.92, 0.01, 0.0001),
                level("day and month have changed places", 0.03, 0.001, 0.0001),
                level(DIFFERENT, 0.05, 0.989, 0.9998),
            ],
        },
        {
            "name": "address",
            "title": "Address",
            "levels": [level(SAME, 0.6, 0.95, 0.0002), level(DIFFERENT, 0.4, 0.05, 0.9998)],
        },
        {
            "name": "phone",
            "title": "Telephone",
            "levels": [level(SAME, 0.5, 0.2, 0.00001), level(DIFFERENT, 0.5, 0.8, 0.99999)],
        },
    ],
    "together": [{"one": "forename", "other": "surname", "logs": [[1.2, 0.0], [0.4, 0.0], [0.0, 0.0]]}],
}
FIELDS = ("forename", "surname", "date_of_birth", "address", "phone")
POLICIES: list[dict[str, object]] = [
    {
        "policy": "early_help/1",
        "purpose": "early_help",
        "title": "Families who may welcome a conversation",
        "tiers": [{"code": "soon", "title": "Soon", "when": "rent_arrears and not plan_open"}],
        "routes": [{"otherwise": "contact_team"}],
    },
    {
        "policy": "cold_homes/1",
        "purpose": "early_help",
        "title": "Cold homes",
        "applies_when": "age >= 60",
        "tiers": [{"code": "soon", "when": "damp and heating_off >= 2 and lives_alone"}],
        "routes": [{"otherwise": "contact_team"}],
    },
    {
        "policy": "babies/1",
        "purpose": "early_help",
        "title": "New babies",
        "applies_when": "age < 1",
        "tiers": [{"code": "soon", "when": "damp"}],
        "routes": [{"otherwise": "contact_team"}],
    },
]
WORDS = {
    "factors": {
        "rent_arrears": "Behind with rent",
        "damp": "Damp or mould reported",
        "heating_off": "Times heating was off",
        "lives_alone": "Lives alone",
        "plan_open": "A plan is open",
    },
    "sources": {"rent_accounts": "Rent accounts"},
    "services": {"contact_team": "Contact team"},
    "responses": {"money_advice": "Money advice"},
}
REASONS = [
    "Behind with rent for ten weeks (rent accounts, 20 October 2026)",
    "Missed two school days in five (attendance, 14 October 2026)",
    "Called an ambulance three times (ambulance, 2 October 2026)",
    "Council tax is owed (council tax, 1 October 2026)",
]


def posterior(levels: dict[str, int]) -> tuple[float, float]:
    """Work the probabilities out directly: same, household."""
    odds = dict(MODEL["prior"])  # type: ignore[call-overload]
    for comparison in MODEL["comparisons"]:  # type: ignore[attr-defined]
        number = levels[comparison["name"]]
        if number >= 0:
            for kind in odds:
                odds[kind] *= comparison["levels"][number][kind]
    for pair in MODEL["together"]:  # type: ignore[attr-defined]
        one, other = levels[pair["one"]], levels[pair["other"]]
        if one >= 0 and other >= 0:
            odds["unrelated"] *= exp(pair["logs"][one][other])
    return odds["same"] / sum(odds.values()), odds["household"] / sum(odds.values())


def edge(left: tuple[str, str], right: tuple[str, str], *numbers: int) -> dict[str, object]:
    levels = dict(zip(FIELDS, numbers, strict=True))
    same, household = posterior(levels)
    return {
        "source_l": left[0],
        "record_l": left[1],
        "source_r": right[0],
        "record_r": right[1],
        "probability": same,
        "probability_household": household,
        **{f"gamma_{name}": number for name, number in levels.items()},
    }


RENT, GP, POLICE, TWIN = (
    ("rent_accounts", "R-104"),
    ("gp_frailty", "77120"),
    ("police", "DA/8"),
    ("rent_accounts", "R-104b"),
)


@pytest.fixture
def run(write_run):
    edges = [
        edge(RENT, GP, 0, 0, 0, 0, -1),
        edge(GP, POLICE, 1, 0, 1, 1, -1),
        edge(RENT, POLICE, 1, 0, 1, 1, 0),
        edge(("rent_accounts", "R-9"), ("gp_frailty", "1"), 0, 0, 0, 0, 0),
    ]
    cohort = {
        "person_id": ["p1"],
        "policy": ["early_help/1"],
        "tier": ["soon"],
        "rank": [4],
        "within_capacity": [True],
        "reasons": [[{"factor": "rent_arrears", "words": words} for words in REASONS]],
        "unknowns": [[{"factor": "lives_alone", "title": "Lives alone"}]],
        "route": ["contact_team"],
        "route_words": ["Open to nobody."],
        "responses": [[{"response": "money_advice", "title": "Money advice"}]],
    }
    facts = {
        "person_id": ["p1", "p2"],
        "age": [67, 70],
        "rent_arrears": [True, False],
        "damp": [True, None],
        "heating_off": [1, 3],
        "lives_alone": [None, True],
        "plan_open": [False, None],
    }
    return write_run(
        {RENT: "p1", GP: "p1", POLICE: "p1", TWIN: "p1", ("gp_frailty", "2"): "p2"},
        tables={
            "linkage/edges.parquet": pa.Table.from_pylist(edges),
            "cohort.parquet": pa.table(cohort),
            "factors.parquet": pa.table(facts),
            "identity/people.parquet": pa.table(
                {
                    "person_id": ["p1"],
                    "forename": ["orla"],
                    "surname": ["oquint"],
                    "surname_written": ["O'Quint"],
                    "date_of_birth": [date(1959, 3, 4)],
                }
            ),
        },
        jsons={
            "linkage/model.json": MODEL,
            "policies.json": {each["policy"]: each for each in POLICIES},
            "words.json": WORDS,
        },
    )


@settings(deadline=None)
@given(st.tuples(*(st.integers(-1, most) for most in (2, 1, 2, 1, 1))))
def test_the_steps_add_up_to_the_probability(numbers):
    levels = dict(zip(FIELDS, numbers, strict=True))
    same, household = posterior(levels)
    found = weigh(
        LinkageModel.model_validate(MODEL),
        levels,
        left=RENT,
        right=GP,
        probability=same,
        probability_household=household,
    )
    assert found.further == 0
    assert found.total == pytest.approx(log2(same / (1 - same)), abs=0.06)


def test_agreeing_on_the_address_says_much_against_a_stranger_and_nothing_against_a_brother():
    found = weigh(LinkageModel.model_validate(MODEL), {"address": 0}, left=RENT, right=GP, probability=0.5)
    address = next(step for step in found.steps if step.field == "Address")
    assert address.against_stranger == pytest.approx(log2(0.6 / 0.0002))
    assert address.against_household < 0


@pytest.mark.proves("FIND-07")
def test_a_person_on_a_list_is_explained_by_three_facts_with_source_and_date(run):
    found = explain(run, "p1")
    (listing,) = found.listings
    assert listing.reasons == REASONS[:3]
    assert listing.more_reasons == 1
    assert (listing.tier, listing.place) == ("Soon", "place 4 on the list, within what can be done this week")
    assert (listing.unknowns, listing.route) == (["Lives alone"], "Contact team (Open to nobody.)")
    assert listing.responses == ["Money advice"]


def test_a_person_not_on_a_list_is_told_which_conditions_did_not_hold_and_which_are_not_known(run):
    found = {each.policy: each for each in explain(run, "p1").missed}
    assert set(found) == {"cold_homes/1", "babies/1"}
    states = [(part.text, part.state) for part in found["cold_homes/1"].tiers["soon"]]
    assert states == [
        ("Damp or mould reported", "holds"),
        ("Times heating was off: at least 2", "does not hold"),
        ("Lives alone", "not known"),
    ]
    assert found["cold_homes/1"].tiers["soon"][1].facts == ["Times heating was off: 1"]
    assert found["babies/1"].left_out is not None
    assert "Age: less than 1" in found["babies/1"].left_out


@pytest.mark.parametrize(
    ("part", "state"),
    [
        ("(heating_off >= 2 and lives_alone) or rent_arrears", "does not hold"),  # whatever is not known
        ("heating_off >= 2 or lives_alone", "not known"),
        ("heating_off < 2 or lives_alone", "holds"),
        ("not lives_alone", "holds"),  # what is not known never hides a person
    ],
)
def test_a_part_is_not_known_only_if_knowing_more_could_make_it_hold(part, state):
    tier = {"code": "soon", "when": f"damp and ({part})"}
    policy = Policy.model_validate({**POLICIES[1], "applies_when": None, "tiers": [tier]})
    facts = {"damp": True, "heating_off": 1, "lives_alone": None, "rent_arrears": False}
    copy = PackCopy({}, {"factors": WORDS["factors"]})
    found = missed(policy, facts, copy=copy, as_at=date(2026, 11, 2))
    assert found.tiers["soon"][1].state == state


@pytest.mark.proves("FIND-20")
def test_the_links_that_join_the_records_are_the_strongest_and_no_more(run):
    found = explain(run, "p1")
    assert [(link.left, link.right) for link in found.links] == [(RENT, POLICE), (RENT, GP)]
    assert found.links[0].probability <= found.links[1].probability
    assert {branch.record for branch in found.records} == {RENT, GP, POLICE, TWIN}
    assert any("that no compared pair joins" in sentence for sentence in found.silent)


def test_a_person_the_run_does_not_name_is_not_named(run):
    assert explain(run, "p1").name == "Orla O'Quint"
    assert (explain(run, "p2").name, explain(run, "p2").born) == (None, None)


def test_an_unknown_person_is_a_wrong_question(run, monkeypatch, capsys):
    with pytest.raises(AskedWronglyError, match="holds nobody with the id p9"):
        explain(run, "p9")
    monkeypatch.setattr(sys, "argv", ["alongside", "explain", str(run), "p9"])
    with pytest.raises(SystemExit) as ending:
        main()
    assert ending.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_run_without_weights_says_what_it_cannot_say(write_run):
    found = explain(write_run({RENT: "p1", GP: "p1"}), "p1")
    assert any("cannot say why these records are one person" in sentence for sentence in found.silent)
    assert len(found.records) == 2
    assert parsed(draw(found)) is not None


def test_the_drawing_can_be_read_aloud_and_holds_nothing_that_runs(run):
    picture = parsed(draw(explain(run, "p1")))
    assert picture.get("role") == "img"
    ids = (picture.get("aria-labelledby") or "").split()
    said = {each.get("id"): each.text or "" for each in picture if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert set(ids) == set(said)
    assert "Forename the same +7.7" in said["description"]
    assert not [each for each in picture.iter() if each.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}a")]


def test_a_record_id_cannot_break_out_of_the_drawing(write_run):
    odd = ("gp", '"><script>x</script>&')
    picture = parsed(draw(explain(write_run({odd: "p1", RENT: "p1"}), "p1")))
    assert not list(picture.iter(f"{SVG}script"))


def test_the_command_prints_the_words_and_writes_the_drawing(run, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        sys, "argv", ["alongside", "explain", str(run), "p1", "--svg", str(tmp_path / "why.svg")]
    )
    with pytest.raises(SystemExit) as ending:
        main()
    shown = capsys.readouterr().out
    assert ending.value.code == 0
    for words in (
        *REASONS[:3],
        "Orla O'Quint",
        "same household?",
        "Not known: Lives alone",
        "does not hold",
    ):
        assert words in shown
    assert (tmp_path / "why.svg").read_text().startswith("<svg")


records = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(
    lambda numbers: [("gp", str(number)) for number in numbers]
)


@settings(deadline=None)
@given(records, st.data())
def test_every_record_stands_in_the_tree_once_however_they_are_joined(own, data):
    pairs = data.draw(
        st.lists(
            st.tuples(st.sampled_from(own), st.sampled_from(own), st.floats(0.5, 1), st.none()), max_size=12
        )
    )
    kept = strongest(pairs)
    branches = tree(own, [(one, other, probability) for one, other, probability, _ in kept])
    assert sorted(branch.record for branch in branches) == sorted(own)
    assert sum(branch.depth == 0 for branch in branches) == len(own) - len(kept)


def test_the_weights_of_another_shape_are_refused_with_a_sentence(write_run, monkeypatch, capsys):
    folder = write_run(
        {RENT: "p1", GP: "p1"},
        tables={"linkage/edges.parquet": pa.Table.from_pylist([edge(RENT, GP, 0, 0, 0, 0, 0)])},
        jsons={"linkage/model.json": {"comparisons": json.loads("[]")}},
    )
    monkeypatch.setattr(sys, "argv", ["alongside", "explain", str(folder), "p1"])
    with pytest.raises(SystemExit) as ending:
        main()
    assert ending.value.code == 1
    assert "make the run again" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["cohort.parquet", "linkage/edges.parquet", "linkage/model.json"])
def test_a_run_of_another_shape_is_refused_though_its_hashes_fit(run, name):
    (run / name).write_bytes(b"{}")
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    manifest["outputs"][name] = mark(run / name).model_dump()
    (run / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(DataRefusedError):
        explain(run, "p1")
