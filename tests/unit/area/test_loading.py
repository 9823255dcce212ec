"""A pack as it is read: the whole folder, its optional parts, its warnings and its hash."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.area import AreaPack, PackRefusedError, describe, load_area, load_partnership, overdue
from alongside.area.models import Linkage
from alongside.errors import AlongsideError, AskedWronglyError

VALID = Path(__file__).parent / "pack"
FILES = sorted(path.relative_to(VALID).as_posix() for path in VALID.rglob("*.yaml"))
ODD = (
    ": ",
    "- ",
    "&a ",
    "*a",
    "!!x ",
    "null",
    "0",
    "-1",
    "1e999",
    "true",
    "2026-13-45",
    "9" * 30,
    "select",
    "---",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VALID, tmp_path / "area"))


@pytest.fixture(scope="module")
def pack() -> AreaPack:
    return load_area(VALID)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def warned(folder: Path) -> list[str]:
    return [str(problem) for problem in load_area(folder).warnings]


# --- what is read


def test_the_partnership_alone_is_read_as_it_is_with_the_whole_pack(pack: AreaPack, folder: Path) -> None:
    assert load_partnership(VALID) == pack.area
    shutil.rmtree(folder / "sources")
    assert load_partnership(folder) == pack.area, "nothing else of the folder is looked at"
    replace(folder / "area.yaml", "power: Care Act 2014 s.2", "power: TBC")
    with pytest.raises(PackRefusedError, match="no power, no run"):
        load_partnership(folder)
    (folder / "area.yaml").unlink()
    with pytest.raises(PackRefusedError):
        load_partnership(folder)


def test_every_part_of_a_pack_is_read(pack: AreaPack) -> None:
    assert pack.area.title == "Mereford partnership"
    assert list(pack.sources) == ["adult_social_care", "rent_accounts"]
    assert list(pack.policies) == ["early_help/3"]
    assert list(pack.conversations) == ["first_call/1"]
    assert pack.marm is not None
    assert pack.costs is not None


def test_what_nobody_knows_the_cost_of_is_legal(pack: AreaPack) -> None:
    assert pack.costs is not None
    assert [cost.value for cost in pack.costs.costs] == [280, None]


def test_a_clock_nobody_set_keeps_its_example_value(pack: AreaPack) -> None:
    assert pack.marm is not None
    assert pack.marm.clocks.minutes_out == "5 working days"
    assert pack.marm.clocks.review.max_gap == "84 days"


@pytest.mark.proves("FIND-21")
def test_a_pack_of_one_area_and_one_source_is_enough_to_link(folder: Path) -> None:
    for name in ("factors.yaml", "linkage.yaml", "marm.yaml", "costs.yaml"):
        (folder / name).unlink()
    for name in ("policies", "conversations"):
        shutil.rmtree(folder / name)
    (folder / "sources/adult_social_care.yaml").unlink()

    pack = load_area(folder)

    assert list(pack.sources) == ["rent_accounts"]
    assert pack.policies == {}
    assert pack.linkage == Linkage()
    assert pack.marm is None


def test_derived_factors_come_after_those_they_are_made_of(pack: AreaPack) -> None:
    assert [factor.code for factor in pack.derived] == ["home_at_risk", "home_and_help"]


def test_parts_are_found_by_their_code(pack: AreaPack) -> None:
    assert pack.factor("notice").title == "Has had a notice"
    assert pack.factor("home_at_risk").domain == "housing"
    assert pack.source("rent_accounts").organisation == "mereford_homes"
    assert pack.service("tenancy_team").running
    assert pack.purpose("early_help").power == "Care Act 2014 s.2"
    assert pack.response("company").offered_by == "kettle_club"


def test_asking_for_a_code_that_is_not_there_offers_the_nearest(pack: AreaPack) -> None:
    with pytest.raises(AskedWronglyError, match=r"no factor `notise`. Did you mean `notice`\?"):
        pack.factor("notise")


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    file = folder / "linkage.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert load_area(folder).linkage.bands.linked == 0.95


def test_a_code_the_product_leaves_to_sources_may_be_declared_by_one(folder: Path) -> None:
    replace(folder / "sources/rent_accounts.yaml", "{code: notice,", "{code: worker_raised_today,")
    replace(folder / "factors.yaml", "any_true(rent_arrears_8w, notice)", "any_true(rent_arrears_8w)")

    assert load_area(folder).factor("worker_raised_today").title == "Has had a notice"


# --- the hash


def test_the_hash_is_the_same_wherever_the_pack_lies(folder: Path, pack: AreaPack) -> None:
    assert load_area(folder).hash == pack.hash


def test_the_hash_changes_with_a_byte_and_with_a_name(folder: Path, pack: AreaPack) -> None:
    (folder / "sources/rent_accounts.yaml").rename(folder / "sources/rents.yaml")
    renamed = load_area(folder).hash
    replace(folder / "linkage.yaml", "0.95", "0.96")

    assert len({pack.hash, renamed, load_area(folder).hash}) == 3


def test_a_file_that_is_no_part_of_the_pack_leaves_the_hash_alone(folder: Path, pack: AreaPack) -> None:
    (folder / "README.md").write_text("Notes", encoding="utf-8")
    (folder / ".cache.yaml").write_text("x", encoding="utf-8")

    assert load_area(folder).hash == pack.hash


# --- the folder


def test_a_folder_that_is_not_there_was_asked_for_wrongly(tmp_path: Path) -> None:
    with pytest.raises(AskedWronglyError, match="There is no folder"):
        load_area(tmp_path / "nowhere")


def test_a_folder_that_is_no_pack_was_asked_for_wrongly(tmp_path: Path) -> None:
    with pytest.raises(AskedWronglyError, match=r"neither area\.yaml nor sources"):
        load_area(tmp_path)


def told(folder: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(PackRefusedError) as error:
        load_area(folder)
    return [
        (problem.file, problem.line, f"{problem.wrong}. {problem.right}") for problem in error.value.problems
    ]


@pytest.mark.parametrize(
    ("before", "after", "right"),
    [
        ("sources", "source", "Did you mean `sources`?"),
        ("policies", "polices", "Did you mean `policies`?"),
        ("factors.yaml", "factor.yaml", "Did you mean `factors.yaml`?"),
        ("linkage.yaml", "linkage.yml", "Did you mean `linkage.yaml`?"),
        ("policies/early_help.yaml", "policies/early_help.yml", "Name it early_help.yaml"),
    ],
)
def test_a_misnamed_part_is_not_passed_over(folder: Path, before: str, after: str, right: str) -> None:
    (folder / before).rename(folder / after)

    assert (after, None, f"this is not part of an area pack. {right}") in told(folder)


def test_a_file_in_a_folder_within_is_not_passed_over(folder: Path) -> None:
    (folder / "sources/housing").mkdir()
    (folder / "sources/rent_accounts.yaml").rename(folder / "sources/housing/rent_accounts.yaml")

    assert (
        "sources/housing/rent_accounts.yaml",
        None,
        "this is not part of an area pack. Move it up into `sources`",
    ) in told(folder)


def test_a_strange_file_is_warned_of(folder: Path) -> None:
    (folder / "timetable.yaml").write_text("a: 1", encoding="utf-8")

    assert any(words.startswith("timetable.yaml: this is not part") for words in warned(folder))


def test_a_pack_without_area_yaml_or_without_a_source_is_refused(folder: Path) -> None:
    (folder / "area.yaml").unlink()
    for path in (folder / "sources").iterdir():
        path.unlink()

    problems = told(folder)

    assert ("area.yaml", None) in [problem[:2] for problem in problems]
    assert any(file == "sources" and "no source" in words for file, _, words in problems)


@pytest.mark.parametrize("content", ["", "\n\n", "# only a remark\n", "---\n", "null\n"])
def test_an_empty_file_is_refused(folder: Path, content: str) -> None:
    (folder / "sources/rent_accounts.yaml").write_text(content, encoding="utf-8")

    assert ("sources/rent_accounts.yaml", 1, "the file is empty. Fill it in, or remove it") in told(folder)


@pytest.mark.parametrize(
    ("content", "wrong"), [("- a\n", "a list"), ("rent\n", "plain text"), ("12\n", "plain text")]
)
def test_a_file_that_holds_no_keys_is_refused(folder: Path, content: str, wrong: str) -> None:
    (folder / "sources/rent_accounts.yaml").write_text(content, encoding="utf-8")

    assert any(line == 1 and f"holds {wrong}, not keys" in words for _, line, words in told(folder))


def test_a_file_that_is_not_utf8_is_refused_with_the_line_of_the_first_odd_byte(folder: Path) -> None:
    file = folder / "area.yaml"
    file.write_bytes(file.read_bytes().replace(b"The Kettle Club", b"Caf\xe9 Kettle"))

    assert told(folder)[0] == ("area.yaml", 6, "the file is not UTF-8 text. Save it as UTF-8")


def test_a_folder_in_the_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "sources/more.yaml").mkdir()

    assert [problem[:2] for problem in told(folder)] == [("sources/more.yaml", None)]


def test_endless_nesting_is_refused(folder: Path) -> None:
    (folder / "linkage.yaml").write_text("seed: " + "[" * 5000, encoding="utf-8")

    assert "nested too deeply" in told(folder)[0][2]


def test_all_problems_of_a_pack_are_told_together_in_the_order_of_files_and_lines(folder: Path) -> None:
    replace(folder / "area.yaml", "    power: Care Act 2014 s.2\n", "")
    replace(folder / "sources/rent_accounts.yaml", "refresh: weekly", "refesh: wekly")
    replace(folder / "sources/rent_accounts.yaml", "max(arrears_weeks)", "max(arrears_weeks")
    replace(folder / "sources/adult_social_care.yaml", "bool_or(objects)", "bool_or(objets)")
    replace(folder / "policies/early_help.yaml", "purpose: early_help", "purpose: early_halp")

    with pytest.raises(PackRefusedError) as error:
        load_area(folder)

    places = [problem.file for problem in error.value.problems]
    assert places == [
        "area.yaml",
        "policies/early_help.yaml",
        "sources/adult_social_care.yaml",
        "sources/rent_accounts.yaml",
    ]
    assert "4 problems" in str(error.value)
    assert "\n  policies/early_help.yaml, line 2: `early_halp` is not a purpose" in str(error.value)


# --- warnings


def test_an_exclusion_nobody_can_know_is_warned_of(folder: Path) -> None:
    assert [words for words in warned(folder) if "`deceased`" in words]
    assert not [words for words in warned(folder) if "`objected`" in words]


@pytest.mark.proves("FIND-25")
def test_a_worry_to_which_nothing_is_offered_is_warned_of(folder: Path) -> None:
    assert not [words for words in warned(folder) if "no response is offered" in words]
    replace(folder / "policies/early_help.yaml", "  refused_help_12m: [company]\n", "")

    unanswered = [words for words in warned(folder) if "no response is offered" in words]

    assert len(unanswered) == 1
    assert "line 7: tier `this_week` looks for `refused_help_12m`" in unanswered[0]


def test_an_exclusion_no_source_yields_yet_may_stand_in_a_condition(folder: Path) -> None:
    replace(folder / "policies/early_help.yaml", "age >= 18", "age >= 18 and not protected_address")

    assert load_area(folder).policies["early_help/3"].applies_when == "age >= 18 and not protected_address"


def test_a_route_that_can_never_fit_is_warned_of(folder: Path) -> None:
    replace(folder / "policies/early_help.yaml", "{open_to: social_care,", "{open_to: tenancy_team,")

    assert [words for words in warned(folder) if "no source says who is open to `tenancy_team`" in words]


def test_a_source_that_tells_nobody_apart_is_warned_of(folder: Path) -> None:
    replace(folder / "sources/adult_social_care.yaml", "full_name: name, ", "")

    assert [words for words in warned(folder) if "cannot identify anybody" in words]


def test_a_review_date_that_has_passed_is_told_from_its_next_day_on(pack: AreaPack) -> None:
    assert overdue(pack, date(2027, 1, 1)) == []
    assert [(p.file, p.line) for p in overdue(pack, date(2027, 1, 2))] == [("area.yaml", 24)]
    assert [(p.file, p.line) for p in overdue(pack, date(2027, 3, 2))] == [
        ("area.yaml", 16),
        ("area.yaml", 24),
        ("policies/early_help.yaml", 21),
    ]


QUESTION = """questions:
  - asked: 2026-10-05
    by: Data team
    question: Is a blank in arrears_weeks nought, or not known?
"""
ANSWER = """    answer: Nought. They leave it out.
    answered: 2026-10-07
"""


@pytest.mark.proves("FIND-22")
def test_a_question_stays_with_its_source_and_is_told_until_it_is_answered(folder: Path) -> None:
    file = folder / "sources" / "rent_accounts.yaml"
    file.write_text(file.read_text(encoding="utf-8") + QUESTION, encoding="utf-8")
    line = len(file.read_text(encoding="utf-8").splitlines())

    (told,) = [each for each in warned(folder) if "question" in each]
    assert told == (
        f"sources/rent_accounts.yaml, line {line}: a question put on 2026-10-05 to Rent data "
        "officer, 01632 960001, is not answered: “Is a blank in arrears_weeks nought, or not known?”. Ask "
        "again, and write the answer below it as `answer` and `answered`."
    )
    file.write_text(file.read_text(encoding="utf-8") + ANSWER, encoding="utf-8")
    assert not [each for each in warned(folder) if "question" in each]
    (kept,) = load_area(folder).sources["rent_accounts"].questions
    assert kept.answer == "Nought. They leave it out."


@pytest.mark.proves("FIND-24")
def test_a_retired_factor_stays_in_the_pack_with_its_reason(pack: AreaPack) -> None:
    described = {factor["code"]: factor["retired"] for factor in describe(pack)["factors"]}

    assert described["gas_debt"] == "Suppliers no longer tell us"
    assert described["notice"] is None


def test_a_description_of_the_pack_can_be_written_as_json(pack: AreaPack) -> None:
    described = json.loads(json.dumps(describe(pack)))

    assert [source["code"] for source in described["sources"]] == ["adult_social_care", "rent_accounts"]
    assert described["policies"][0]["tiers"] == ["today", "this_week", "soon"]
    assert described["warnings"][0]["file"] == "policies/early_help.yaml"


# --- whatever is done to a pack


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the pack and what becomes of its text."""
    name = draw(st.sampled_from(FILES))
    text = (VALID / name).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        stop = min(len(text), start + draw(st.integers(0, 12)))
        odd = st.sampled_from([*"\t\n[]{}'\"|%>()#?~é\x00", *ODD])
        text = text[:start] + draw(odd | st.text(max_size=4)) + text[stop:]
    return name, text


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutation=mutations())
def test_no_change_to_a_pack_gives_anything_but_a_pack_or_a_plain_refusal(
    tmp_path_factory: pytest.TempPathFactory, mutation: tuple[str, str]
) -> None:
    folder = Path(shutil.copytree(VALID, tmp_path_factory.mktemp("any") / "area"))
    name, text = mutation
    (folder / name).write_bytes(text.encode("utf-8", errors="surrogatepass"))
    try:
        pack = load_area(folder)
    except AlongsideError as error:
        told = error.problems if isinstance(error, PackRefusedError) else []
        understood = bool(told) and all(problem.wrong and problem.right for problem in told)
    else:
        understood = bool(json.dumps(describe(pack)))
    assert understood
    shutil.rmtree(folder)
