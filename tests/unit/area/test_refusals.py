"""Every way a pack can be wrong is answered with the file, the line, what is wrong, what would be right."""
# ruff: noqa: E501, ISC004 - the tables are read across, a slip to a line

import shutil
from pathlib import Path

import pytest

from alongside.area import PackProblem, PackRefusedError, load_area

VALID = Path(__file__).parent / "pack"
AREA, RENT, ASC = "area.yaml", "sources/rent_accounts.yaml", "sources/adult_social_care.yaml"
FACTORS, POLICY, LINKAGE = "factors.yaml", "policies/early_help.yaml", "linkage.yaml"
MARM, CALL, COSTS = "marm.yaml", "conversations/first_call.yaml", "costs.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VALID, tmp_path / "area"))


def refused(folder: Path) -> list[PackProblem]:
    with pytest.raises(PackRefusedError) as told:
        load_area(folder)
    return told.value.problems


def edit(folder: Path, file: str, old: str, new: str) -> str:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    changed = text.replace(old, new)
    path.write_text(changed, encoding="utf-8")
    return changed


def line_of(text: str, marker: str) -> int:
    assert text.count(marker) == 1, f"{marker!r} stands {text.count(marker)} times"
    return text[: text.index(marker)].count("\n") + 1


# file, text replaced, by what, text that marks the line told, words of the message
TEXT = {
    "a bracket left open": (RENT, "[house, street]", "[house, street", "[house, street", ["not YAML", "Close the bracket"]),
    "a brace left open": (AREA, "type: peer_support}", "type: peer_support", "kettle_club, name", ["not YAML", "brace"]),
    "a quotation mark left open": (CALL, "A first call", '"A first call', "A first", ["Close the quotation mark"]),
    "a colon in text": (AREA, "title: Mereford partnership", "title: Mereford: a place", "title: Mereford:", ["in quotes"]),
    "a tab": (LINKAGE, "  linked", "\tlinked", "\tlinked", ["tab", "Indent with spaces"]),
    "crooked indentation": (LINKAGE, "  doubtful", " doubtful", " doubtful", ["indentation", "same column"]),
    "a percent sign": (POLICY, "applies_when: age >= 18", "applies_when: %age", "%age", ["in quotes"]),
    "a key written twice": (RENT, "refresh: weekly", "refresh: weekly\ntitle: Rent", "title: Rent\n", ["`title` is written twice", "line 2"]),
    "an anchor": (RENT, "refresh: weekly", "refresh: &r weekly", "refresh:", ["anchor", "Write the values out"]),
    "a tag": (RENT, "refresh: weekly", "refresh: !!python/name:os weekly", "refresh:", ["tag", "plain value"]),
    "two documents": (LINKAGE, "bands:", "seed: 1\n---\nbands:", "---", ["Remove the line `---`"]),
    "a control character": (LINKAGE, "bands:", "seed: 1\nbands: \x00", "bands", ["not text", "NUL"]),
}  # fmt: skip

SHAPE = {
    "an unknown key": (RENT, "refresh: weekly", "refesh: weekly", "refesh", ["`refesh` is not a key", "Did you mean `refresh`?"]),
    "a key from nowhere": (LINKAGE, "bands:", "zzz: 1\nbands:", "zzz", ["`zzz` is not a key", "The keys here are `bands`"]),
    "an unknown key deep down": (RENT, "last_contact, type: date, format", "last_contact, type: date, formt", "formt",
                                 ["`formt`", "Did you mean `format`?"]),
    "a missing key": (RENT, "  record: tenancy_ref\n", "", "identity:", ["`record` is missing from `identity`", "Add `record`: column"]),
    "a number for text": (RENT, 'phone: "01632 960001"', "phone: 01632960001", "phone", ["`phone` is the number", 'phone: "']),
    "text for a number": (RENT, "one_record_per_person: false", "reject_limit: a tenth", "reject_limit",
                          ["`a tenth`", "Write a number"]),
    "text for yes or no": (RENT, "one_record_per_person: false", "one_record_per_person: maybe", "one_record", ["true or false"]),
    "a date that is none": (AREA, "review_date: 2027-03-01", "review_date: 2027-13-01", "2027-13-01", ["a date such as"]),
    "a number for a date": (AREA, "review_date: 2027-03-01", "review_date: 0", "review_date: 0", ["year-month-day"]),
    "text for a list": (RENT, "purposes: [early_help, rent_collection]", "purposes: early_help", "purposes", ["Write a list"]),
    "text for keys": (RENT, "contact: {post: Rent data officer, phone: \"01632 960001\"}", "contact: Rent", "contact: Rent",
                      ["Write keys with values"]),
    "neither text nor list": (RENT, "address_lines: [house, street]", "address_lines: {a: b}", "address_lines",
                              ["Write", "a list", "text"]),
    "an item that is no text": (RENT, "address_lines: [house, street]", "address_lines: [house, [street]]", "address_lines",
                                ["`address_lines[2]`", "text"]),
    "an answer without its day": (RENT, "one_record_per_person: false",
                                  "questions: [{asked: 2026-10-05, by: Us, question: Why, answer: Because}]", "questions: [{",
                                  ["belong together", "Write both `answer` and `answered`"]),
    "an answer before its question": (RENT, "one_record_per_person: false",
                                      "questions: [{asked: 2026-10-05, by: Us, question: Why, answer: So, answered: 2026-10-04}]",
                                      "questions: [{", ["before the question was asked", "the day it was answered"]),
    "an age without its date": (ASC, "age: {column: age, at: opened_on}", "age: {column: age}", "identity", ["`at` is missing from `age`"]),
    "a bad code": (RENT, "source: rent_accounts", "source: Rent Accounts", "source:", ["`Rent Accounts`", "such as `rent_accounts`"]),
    "a word not on the list": (RENT, "refresh: weekly", "refresh: wekly", "wekly", ["Did you mean `weekly`?", "`daily`"]),
    "a bad duration": (RENT, "fades_after: 180 days", "fades_after: half a year", "half a year", ["such as `180 days`"]),
    "a policy without version": (POLICY, "policy: early_help/3", "policy: early_help", "policy:", ["such as `early_help/1`"]),
    "a share above one": (RENT, "one_record_per_person: false", "reject_limit: 10", "reject_limit", ["`10`", "less than or equal to 1"]),
    "less than nothing": (POLICY, "this_week: 40", "this_week: -4", "this_week: -4", ["`-4`"]),
    "an empty list": (POLICY, "  - {open_to: social_care, then: strengthen_visit_priority}\n"
                              "  - {open_to: any_critical_service, then: share_with_case_holder}\n"
                              "  - {otherwise: contact_team}\n", "  []\n", "routes", ["`routes` is empty", "at least one item"]),
    "an unnamed column": (RENT, "{name: arrears_weeks", '{name: ""', '{name: ""', ["`name` is empty", "Write some text"]),
    "an empty value": (RENT, "title: Rent accounts", "title:", "title:\n", ["`title` is empty", "Write text"]),
}  # fmt: skip

LAW = {
    "no power": (AREA, "    power: Care Act 2014 s.2\n", "", "- code: early_help", ["`power` is missing", "no power, no run"]),
    "an empty power": (AREA, "power: Care Act 2014 s.2", 'power: ""', "power: \"\"", ["`power` is empty", "no power, no run"]),
    "a power to come": (AREA, "power: Care Act 2014 s.2", "power: TBC", "power: TBC", ["no power", "no power, no run"]),
    "no assessment": (AREA, "    dpia: DPIA-12\n", "", "- code: early_help", ["`dpia` is missing", "no power, no run"]),
    "an assessment to come": (AREA, "dpia: DPIA-12", "dpia: to be confirmed", "dpia: to", ["no dpia", "no power, no run"]),
    "no agreement": (AREA, "    agreement: ISA-7\n", "", "- code: early_help", ["`agreement` is missing", "no power, no run"]),
    "no basis": (AREA, "article_6: 6(1)(e)\n    article_9", "article_6: n/a\n    article_9", "article_6: n/a", ["no article_6"]),
    "a use that was not agreed": (RENT, "purposes: [early_help, rent_collection]", "purposes: [rent_collection]",
                                  (POLICY, "home_at_risk or home_and_help"),
                                  ["`home_at_risk` relies on the source `rent_accounts`", "`rent_collection` only"]),
}  # fmt: skip

REFERENCES = {
    "two organisations of one code": (AREA, "{code: kettle_club", "{code: mereford_homes", "The Kettle Club",
                                      ["second organisation", "line 5"]),
    "two sources of one code": (RENT, "source: rent_accounts", "source: adult_social_care", "source: adult",
                                ["second source", ASC]),
    "two factors of one code": (RENT, "{code: notice,", "{code: plan_open,", "{code: plan_open", ["second factor", f"{ASC}, line"]),
    "a factor of a built-in name": (RENT, "{code: notice,", "{code: age,", "{code: age", ["`age` is built in"]),
    "an unknown organisation": (RENT, "organisation: mereford_homes", "organisation: mereford_hmes", "organisation:",
                                ["`mereford_hmes` is not an organisation", "Did you mean `mereford_homes`?"]),
    "an unknown purpose of a source": (RENT, "[early_help, rent_collection]", "[early_help, xyz]", "purposes",
                                       ["`xyz` is not a purpose", "area.yaml", "`early_help`"]),
    "an unknown purpose of a policy": (POLICY, "purpose: early_help", "purpose: early_halp", "purpose:",
                                       ["`early_halp`", "Did you mean `early_help`?"]),
    "a service of nobody": (AREA, "title: Tenancy team, organisation: mereford_homes", "title: Tenancy team, organisation: nobody",
                            "tenancy_team, title", ["`nobody` is not an organisation"]),
    "a purpose open to a stranger": (AREA, "review_date: 2027-01-01", "review_date: 2027-01-01\n    organisations: [mereford_hmes]",
                                     "organisations: [mereford_hmes]", ["`mereford_hmes` is not an organisation", "Did you mean `mereford_homes`?"]),
    "a response offered by nobody": (AREA, "offered_by: kettle_club", "offered_by: kettle", "offered_by: kettle}",
                                     ["`kettle`", "Did you mean `kettle_club`?"]),
    "a case index of no service": (ASC, "{service: adult_social_care", "{service: adult_social_cares", "adult_social_cares",
                                   ["`adult_social_cares` is not a service"]),
    "a worker column that is not there": (ASC, "worker: team", "worker: taem", "taem", ["`taem`", "Did you mean `team`?"]),
    "a route without direction": (POLICY, "{open_to: social_care, then: strengthen_visit_priority}", "{open_to: social_care}",
                                  "{open_to: social_care}", ["does not say who takes the person on"]),
    "nobody caught": (POLICY, "  - {otherwise: contact_team}\n", "", "any_critical_service", ["catches everybody else"]),
    "a route after the last": (POLICY, "  - {open_to: social_care, then: strengthen_visit_priority}", "  - {otherwise: first}",
                               "{otherwise: first}", ["no line after `otherwise` is ever reached"]),
    "capacity for no tier": (POLICY, "this_week: 40", "thisweek: 40", "capacity_per_week", ["`thisweek`", "Did you mean `this_week`?"]),
    "two tiers of one code": (POLICY, "{code: soon", "{code: today", "home_at_risk or", ["second tier"]),
    "a response to no factor": (POLICY, "  home_at_risk: [", "  home_at_rsk: [", "home_at_rsk", ["`home_at_rsk` is not a factor"]),
    "a number as an exclusion": (POLICY, "[deceased, objected, protected_address]", "[objected, age]", "excludes",
                                 ["`age`, which is a number"]),
    "an unknown exclusion": (POLICY, "[deceased, objected, protected_address]", "[deceased, objectd]", "excludes",
                             ["`objectd` is not a factor", "Did you mean `objected`?"]),
    "bands the wrong way round": (LINKAGE, "doubtful: 0.5", "doubtful: 0.96", "bands", ["`doubtful` (0.96) is not below"]),
    "a role that is not there": (MARM, "not_also: [lead]", "not_also: [leader]", "not_also", ["`leader`", "Did you mean `lead`?"]),
    "a set of criteria that is not there": (MARM, "criteria_sets:", "criteria_in_use: small/9\ncriteria_sets:", "small/9", ["criteria_sets"]),
    "a tool that is not there": (MARM, "forums:", "forums:\n  - {code: used, title: Used, when: Used, asks: tool, tool: nobodys}", "nobodys", ["screening_tools"]),
    "a tool without a question": (MARM, "forums:", "forums:\n  - {code: used, title: Used, when: Used, asks: tool}", "asks: tool", ["screening tool"]),
    "a forum that is not there": (MARM, "if_lacks_capacity: best_interests", "if_lacks_capacity: court", "court",
                                  ["`court` is not a forum"]),
}  # fmt: skip

EXPRESSIONS = {
    "a column that is not there": (RENT, "max(arrears_weeks) >= 8", "max(arears_weeks) >= 8", "value: max",
                                   ["`rent_arrears_8w`", "arears_weeks", "Did you mean arrears_weeks?"]),
    "a column of identity alone": (RENT, "value: max(arrears_weeks) >= 8", "value: max(uprn) = '1'", "value: max",
                                   ["uprn", "Declare `uprn` in schema.fields"]),
    "a file read": (RENT, "max(arrears_weeks) >= 8", "exists(select * from read_csv('x.csv'))", "value: exists", ["`rent_arrears_8w`"]),
    "a built-in fact of another kind": (RENT, "factors:\n", "factors:\n  - {code: bedrooms, title: Rooms, value: bool_or(notice_served)}\n",
                                        "code: bedrooms", ["`bedrooms` is known to every policy as a number"]),
    "a date in the place of yes or no": (ASC, "bool_or(closed_on is null)", "not MAX(Opened_On)", "code: plan_open",
                                         ["the value of `plan_open`: `max(Opened_On)` is a date", "`max(Opened_On) >= 1`."]),
    "an open case over many rows": (ASC, "open_when: closed_on is null", "open_when: max(closed_on) is null", "open_when", ["`open_when`"]),
    "an unknown factor in a tier": (POLICY, "refused_help_12m >= 2 and", "refused_help >= 2 and", "this_week, when",
                                    ["tier `this_week`", "refused_help", "Did you mean refused_help_12m?"]),
    "an unknown factor in applies_when": (POLICY, "age >= 18", "agee >= 18", "applies_when", ["`applies_when`", "agee"]),
    "an unknown factor in a derived one": (FACTORS, "any_true(rent_arrears_8w, notice)", "any_true(rent_arrears, notice)",
                                           "any_true", ["`home_at_risk`", "rent_arrears"]),
    "factors made of each other": (FACTORS, "any_true(rent_arrears_8w, notice)", "any_true(notice, home_and_help)", "any_true",
                                   ["depends on itself", "→"]),
    "a retired factor in a tier": (POLICY, "home_at_risk or home_and_help", "gas_debt", "when: gas_debt",
                                   ["`gas_debt` was retired on 2026-04-01", "Suppliers no longer tell us"]),
    "a retired factor in a derived one": (FACTORS, "any_true(rent_arrears_8w, notice)", "any_true(gas_debt, notice)", "any_true",
                                          ["`gas_debt` was retired"]),
}  # fmt: skip

COLUMNS = {
    "a date nobody declared": (RENT, "as_at: last_contact", "as_at: last_contct", "as_at", ["does not declare", "Did you mean `last_contact`?"]),
    "a date that is a number": (RENT, "as_at: last_contact", "as_at: arrears_weeks", "as_at", ["declared as number", "`type: date`"]),
    "an end of an address nobody declared": (RENT, "  postcode: postcode", "  postcode: postcode\n  address_until: left_on",
                                             "address_until", ["`address_until` names `left_on`", "does not declare"]),
    "an end of an address that is a number": (RENT, "  postcode: postcode", "  postcode: postcode\n  address_until: arrears_weeks",
                                              "address_until", ["declared as number", "`type: date`"]),
    "a column twice": (RENT, "  missingValues", "    - {name: Arrears_Weeks}\n  missingValues", "Arrears_Weeks", ["the same column to the engine"]),
    "a name the product keeps": (ASC, "{name: team,", "{name: row_as_at}\n    - {name: team,", "row_as_at", ["keeps for itself"]),
    "another name the product keeps": (ASC, "{name: team,", "{name: row_undated}\n    - {name: team,", "row_undated", ["keeps for itself"]),
    "a format without percent signs": (RENT, '"%d/%m/%Y"', "dd/mm/yyyy", "last_contact, type", ["`dd/mm/yyyy`", '"%d/%m/%Y"']),
    "a pattern that is none": (RENT, r"'[A-Z]\d+'", "'[A-Z'", "[A-Z", ["not a regular expression"]),
    "a key that is no column": (RENT, "primaryKey: tenancy_ref", "primaryKey: tenancy", "primaryKey", ["Did you mean `tenancy_ref`?"]),
    "an encoding nobody knows": (RENT, "one_record_per_person: false", "encoding: utf-9", "encoding", ["`utf-9`", "cp1252"]),
    "two signs between cells": (RENT, "one_record_per_person: false", 'delimiter: "||"', "delimiter",
                                [r'Write one character, such as "," or ";" or "\t".']),
    "files in a folder": (RENT, '"rent_accounts*.csv"', '"in/rent*.csv"', "files:", ["names a folder"]),
}  # fmt: skip

CASEWORK = {
    "a criterion that blocks": (MARM, "min_items: 1", "min_items: 1\n              allow: [met, not_met]", "code: managing",
                                ["leaves out `not_known`", "never block"]),
    "a form that turns away": (MARM, "if_lacks_capacity: best_interests", "on_not_met: reject", "reject", ["`coordinator_decides`"]),
    "not engaging as a reason to close": (MARM, "{code: risk_accepted", "{code: does_not_engage", "does_not_engage",
                                          ["no reason to close", "another way"]),
    "a clock without a unit": (MARM, "minutes_out: 5 working days", "minutes_out: 5 wd", "minutes_out", ["such as `2 working days`"]),
    "worries before strengths": (CALL, "about: strengths", "about: life", "conversation:", ["worries come before strengths"]),
    "a choice without choices": (CALL, "answer: yes_no_not_known", "answer: choice", "may_i", ["Write both, or neither"]),
    "a cost from nowhere": (COSTS, "price_year: 2024/25,\n     source: A published table, ", "\n     ", "ae_visit", ["price_year", "null"]),
    "two costs of one code": (COSTS, "code: outreach_hour", "code: ae_visit", "Outreach worker hour", ["second cost"]),
}  # fmt: skip

RENAMED = {
    "a factor of a built-in name",
    "factors made of each other",
    "two factors of one code",
    "two organisations of one code",
    "two tiers of one code",
}
"""Slips that take a name away from elsewhere, or stand in two places."""
ALL = TEXT | SHAPE | LAW | REFERENCES | EXPRESSIONS | COLUMNS | CASEWORK


@pytest.mark.parametrize("what", ALL)
def test_a_slip_is_told_once_with_its_file_its_line_and_what_would_be_right(pack: Path, what: str) -> None:
    file, old, new, marker, words = ALL[what]
    text = edit(pack, file, old, new)
    if isinstance(marker, tuple):
        file, marker = marker
        text = (pack / file).read_text(encoding="utf-8")

    problems = refused(pack)

    told = [problem for problem in problems if all(word in str(problem) for word in words)]
    assert told, "\n".join(map(str, problems))
    assert (file, line_of(text, marker)) in [(problem.file, problem.line) for problem in told], "\n".join(
        map(str, told)
    )
    assert all(problem.wrong and problem.right for problem in problems)
    if what not in RENAMED:
        assert len({(problem.file, problem.line) for problem in problems}) == 1, "\n".join(map(str, problems))


@pytest.mark.proves("FIND-17")
def test_what_an_agency_gave_is_used_only_for_what_was_agreed(pack: Path) -> None:
    edit(pack, RENT, "purposes: [early_help, rent_collection]", "purposes: [rent_collection]")

    problems = refused(pack)

    assert {problem.file for problem in problems} == {POLICY}
    assert {problem.wrong for problem in problems} == {
        f"`{code}` relies on the source `rent_accounts`, which may be used for `rent_collection` only"
        for code in ("home_at_risk", "home_and_help")
    }
