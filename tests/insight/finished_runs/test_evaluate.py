"""A whole evaluation of a run folder: what truth may say, what probabilities mean, what lists were worth."""

import json
import sys
from datetime import date

import pyarrow as pa
import pytest

from alongside.cli.application import main
from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.evaluation import evaluate, stability

TEXT = pa.string()
PAIRS = pa.schema(
    [
        ("source_l", TEXT),
        ("record_l", TEXT),
        ("source_r", TEXT),
        ("record_r", TEXT),
        ("probability", pa.float64()),
    ]
)
ONE_EACH = {("gp", "1"): "p1", ("gp", "2"): "p1", ("gp", "3"): "p2"}
TRUTH = {("gp", "1"): "ann", ("gp", "2"): "ann", ("gp", "3"): "bob"}


def pairs(*rows: tuple[str, str, float]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "source_l": "gp",
                "record_l": one,
                "source_r": "gp",
                "record_r": other,
                "probability": probability,
            }
            for one, other, probability in rows
        ],
        PAIRS,
    )


@pytest.mark.proves("FIND-20")
def test_bands_are_checked_against_what_is_right(write_run, write_truth):
    """Of two pairs called 0.97 one is right; that called 0.6 is wrong; unknown ones are not judged."""
    run = write_run(
        ONE_EACH,
        tables={
            "linkage/edges.parquet": pairs(
                ("1", "2", 0.97), ("2", "3", 0.97), ("1", "3", 0.6), ("1", "9", 0.97)
            ),
            "review.parquet": pairs(("1", "3", 0.6), ("1", "9", 0.7)),
        },
    )
    linkage = evaluate(run, write_truth(TRUTH)).linkage
    judged = {each.lowest: (each.pairs, each.share_right) for each in linkage.calibration if each.pairs}
    assert judged == {0.5: (1, 0.0), 0.95: (2, 0.5)}
    assert linkage.linked_band is not None
    assert (linkage.linked_band.pairs, linkage.linked_band.known, linkage.linked_band.share_same) == (
        3,
        2,
        0.5,
    )
    assert linkage.review is not None
    assert (linkage.review.pairs, linkage.review.known, linkage.review.share_same) == (2, 1, 0.0)


def test_a_rejected_record_counts_as_a_person_alone_and_an_unknown_one_is_left_out(write_run, write_truth):
    run = write_run({("gp", "1"): "p1", ("gp", "2"): "p1", ("gp", "unheard of"): "p1"})
    evaluation = evaluate(run, write_truth({**TRUTH, ("gp", "4"): "bob", ("gp", "5"): None}))
    assert evaluation.linkage.records.missing == 2
    assert evaluation.linkage.records.ignored == 1
    assert evaluation.linkage.records.without_person == 1
    assert evaluation.linkage.pairwise.found_pairs == 1
    assert evaluation.linkage.pairwise.true_pairs == 2
    assert any("2 records in the truth are not in the run" in warning for warning in evaluation.warnings)
    assert any("1 records in the run are not in the truth" in warning for warning in evaluation.warnings)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("source,record_id,person\n", "holds no rows"),
        ("source,record,person\ngp,1,ann\n", "lacks the column record_id"),
        ("source,record_id,person\ngp,1,ann\ngp,1,bob\n", "more than one person"),
        ("source,record_id,person\ngp,1\n", "the first at row 2"),
        ("source,record_id,person\ngp,1,\n", "names a person"),
        ("source,record_id,person\ngp,,ann\n", "no source or no record_id"),
    ],
)
def test_truth_that_cannot_be_used_is_refused_with_a_sentence(tmp_path, write_run, text, sentence):
    truth = tmp_path / "truth.csv"
    truth.write_text(text)
    with pytest.raises(DataRefusedError, match=sentence):
        evaluate(write_run(ONE_EACH), truth)


def test_truth_in_another_encoding_is_refused_and_with_a_byte_order_mark_is_read(tmp_path, write_run):
    truth = tmp_path / "truth.csv"
    run = write_run(ONE_EACH)
    truth.write_bytes("source,record_id,person\ngp,1,Zoë\n".encode("utf-16"))
    with pytest.raises(DataRefusedError, match="UTF-8"):
        evaluate(run, truth)
    truth.write_bytes(b"\xef\xbb\xbfsource,record_id,person\ngp,1,ann\n")
    assert evaluate(run, truth).linkage.records.evaluated == 1


def test_the_same_row_of_truth_twice_is_one_row(tmp_path, write_run):
    truth = tmp_path / "truth.csv"
    truth.write_text("source,record_id,person\ngp,1,ann\ngp,1,ann\ngp,2,ann\n")
    assert evaluate(write_run(ONE_EACH), truth).linkage.records.evaluated == 2


def test_truth_of_quite_another_run_is_refused(write_run, write_truth):
    with pytest.raises(DataRefusedError, match="no record in the truth is in this run"):
        evaluate(write_run(ONE_EACH), write_truth({("police", "1"): "ann"}))


def test_a_path_that_is_not_there_is_a_wrong_question(write_run, tmp_path):
    with pytest.raises(AskedWronglyError, match="no truth at"):
        evaluate(write_run(ONE_EACH), tmp_path / "nothing")


COHORT = pa.schema(
    [
        ("person_id", TEXT),
        ("policy", TEXT),
        ("tier", TEXT),
        ("rank", pa.int64()),
        ("within_capacity", pa.bool_()),
    ]
)


def borough(write_run, write_truth, *, listed: dict[str, int], harmed: dict[str, int], eligible: int = 400):
    """People of one record each, the first listed tier by tier; of each tier so many are harmed later."""
    people = [f"{place:03}" for place in range(eligible)]
    cohort, harm, start = [], [], 0
    for tier, size in listed.items():
        for rank, person in enumerate(people[start : start + size]):
            sample = tier == "learning_sample"
            cohort.append(
                {
                    "person_id": f"p{person}",
                    "policy": "early_help/1",
                    "tier": tier,
                    "rank": None if sample else start + rank + 1,
                    "within_capacity": not sample,
                }
            )
        harm += [
            {"person": f"t{person}", "kind": "eviction", "date": date(2026, 12, 1)}
            for person in people[start : start + harmed.get(tier, 0)]
        ]
        start += size
    harm += [
        {"person": f"t{person}", "kind": "eviction", "date": date(2026, 12, 1)}
        for person in people[start : start + harmed.get("nobody", 0)]
    ]
    harm.append({"person": f"t{people[-1]}", "kind": "eviction", "date": date(2026, 11, 1)})
    run = write_run(
        {("gp", person): f"p{person}" for person in people},
        tables={
            "cohort.parquet": pa.Table.from_pylist(cohort, COHORT),
            "factors.parquet": pa.table(
                {
                    "person_id": [f"p{person}" for person in people],
                    "age": [int(person) % 80 for person in people],
                }
            ),
        },
        jsons={
            "policies.json": {
                "early_help/1": {
                    "policy": "early_help/1",
                    "purpose": "early_help",
                    "title": "Early help",
                    "tiers": [{"code": "soon", "when": "age > 1"}],
                    "routes": [{"otherwise": "contact_team"}],
                }
            }
        },
    )
    truth = write_truth(
        {("gp", person): f"t{person}" for person in people},
        people=[
            {"person": f"t{person}", "sex": ("female", "male")[int(person) % 2], "in_need": int(person) < 50}
            for person in people
        ],
        harm=harm,
    )
    return run, truth


@pytest.mark.proves("FIND-07")
def test_a_policy_is_measured_against_harm_after_the_date_of_the_run(write_run, write_truth):
    """Of 400 people 100 are listed, 40 of them harmed later; so are 40 of the rest. Harm on the day is none.

    Precision 40/100, recall 40/80, base rate 80/400, lift 2. Of the 50 in need all are listed.
    """
    run, truth = borough(write_run, write_truth, listed={"soon": 100}, harmed={"soon": 40, "nobody": 40})
    policy = evaluate(run, truth).policies["early_help/1"]
    assert (policy.eligible, policy.base_rate, policy.in_need) == (400, 0.2, 50)
    listed = policy.all_tiers
    assert (listed.people, listed.harmed, listed.precision, listed.recall) == (100, 40, 0.4, 0.5)
    assert listed.lift == pytest.approx(2)
    assert (listed.need_precision, listed.need_recall) == (0.5, 1.0)
    groups = policy.by_group["sex"]
    assert (groups["female"].selected, groups["female"].eligible, groups["female"].ratio) == (50, 200, 1.0)


@pytest.mark.proves("FIND-27")
def test_a_tier_with_few_harmed_is_withheld_and_so_is_what_would_give_it_away(write_run, write_truth):
    """Three of tier today were harmed: not shown; nor are the 20 of soon, or 23 less 20 would tell."""
    run, truth = borough(
        write_run,
        write_truth,
        listed={"today": 40, "soon": 60},
        harmed={"today": 3, "soon": 20, "nobody": 40},
    )
    policy = evaluate(run, truth).policies["early_help/1"]
    assert policy.all_tiers.harmed == 23
    for tier in ("today", "soon"):
        found = policy.tiers[tier]
        assert (found.harmed, found.precision, found.recall, found.lift) == (None, None, None, None)
        assert found.suppressed
    assert policy.tiers["soon"].people == 60


def test_the_learning_sample_is_no_part_of_the_list(write_run, write_truth):
    run, truth = borough(
        write_run,
        write_truth,
        listed={"soon": 100, "learning_sample": 60},
        harmed={"soon": 40, "learning_sample": 12, "nobody": 28},
    )
    policy = evaluate(run, truth).policies["early_help/1"]
    assert policy.all_tiers.people == 100
    assert policy.learning_sample is not None
    assert (policy.learning_sample.people, policy.learning_sample.precision) == (60, 0.2)


def test_whom_a_policy_is_about_is_what_its_own_words_say(write_run, write_truth):
    run, truth = borough(write_run, write_truth, listed={"soon": 100}, harmed={"soon": 40, "nobody": 40})
    copy = json.loads((run / "policies.json").read_text())
    copy["early_help/1"]["applies_when"] = "age >= 18"
    (run / "policies.json").write_text(json.dumps(copy))
    manifest = json.loads((run / "manifest.json").read_text())
    from alongside.insight.run_folder import mark

    manifest["outputs"]["policies.json"] = mark(run / "policies.json").model_dump()
    (run / "manifest.json").write_text(json.dumps(manifest))
    about = {place for place in range(400) if place % 80 >= 18} | set(range(100))
    assert evaluate(run, truth).policies["early_help/1"].eligible == len(about)


@pytest.mark.proves("FIND-20")
def test_two_runs_are_compared_over_the_records_both_hold(write_run):
    """Person a (1, 2) stays and keeps the id; b (3) and c (4) merge; d (5, 6) is split; 7 is merely new."""
    before = {"1": "a", "2": "a", "3": "b", "4": "c", "5": "d", "6": "d", "8": "gone"}
    now = {"1": "a", "2": "a", "3": "b", "4": "b", "5": "d", "6": "e", "7": "a"}
    found = stability(
        write_run({("gp", record): person for record, person in before.items()}, name="before"),
        write_run({("gp", record): person for record, person in now.items()}, name="now"),
    )
    assert (found.records, found.previous_people, found.current_people) == (6, 4, 4)
    assert (found.unchanged, found.kept_id, found.merged, found.split) == (0.25, 1.0, 1, 1)


def test_nothing_changed_is_wholly_stable(write_run):
    runs = [write_run(ONE_EACH, name=name) for name in ("before", "now")]
    found = stability(*runs)
    assert (found.unchanged, found.kept_id, found.merged, found.split, found.adjusted_rand) == (1, 1, 0, 0, 1)


def test_json_is_one_object_with_the_promised_keys(write_run, write_truth, monkeypatch, capsys):
    run, truth = write_run(ONE_EACH), write_truth(TRUTH)
    monkeypatch.setattr(sys, "argv", ["alongside", "evaluate", str(run), "--truth", str(truth), "--json"])
    with pytest.raises(SystemExit) as ending:
        main()
    assert ending.value.code == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"linkage", "policies", "warnings"}
    assert told["linkage"]["pairwise"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "true_pairs": 1,
        "found_pairs": 1,
        "right_pairs": 1,
    }
    assert {"pairwise", "bcubed", "clusters", "by_source", "by_group", "calibration"} <= set(told["linkage"])


def test_a_person_reads_tables_in_words(write_run, write_truth, monkeypatch, capsys):
    run, truth = borough(write_run, write_truth, listed={"soon": 100}, harmed={"soon": 40, "nobody": 40})
    monkeypatch.setattr(sys, "argv", ["alongside", "evaluate", str(run), "--truth", str(truth)])
    with pytest.raises(SystemExit) as ending:
        main()
    shown = capsys.readouterr()
    assert ending.value.code == 0
    for words in ("Who is who", "early_help/1", "Measured on 400 records", "equally well for everybody?"):
        assert words in shown.out


def test_a_policy_is_held_against_the_need_it_is_for_where_truth_tells_it(write_run, write_truth):
    """All are in need of something, a quarter of early help: it is held against the quarter."""
    people = [str(place) for place in range(200)]
    run = write_run(
        {("gp", person): f"p{person}" for person in people},
        tables={
            "cohort.parquet": pa.Table.from_pylist(
                [
                    {
                        "person_id": f"p{person}",
                        "policy": "early_help/1",
                        "tier": "soon",
                        "rank": 1,
                        "within_capacity": True,
                    }
                    for person in people[:100]
                ],
                COHORT,
            ),
            "factors.parquet": pa.table({"person_id": [f"p{person}" for person in people]}),
        },
    )
    told = [
        {"person": person, "in_need": "yes", "need_early_help": "yes" if int(person) < 50 else "no"}
        for person in people
    ]
    policy = evaluate(run, write_truth({("gp", person): person for person in people}, people=told)).policies[
        "early_help/1"
    ]
    assert (policy.in_need, policy.all_tiers.need_precision, policy.all_tiers.need_recall) == (50, 0.5, 1.0)
