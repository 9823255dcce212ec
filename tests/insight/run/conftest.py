"""A small partnership of two agencies, and eighty made-up people of whom some are behind with rent."""

import sys
from pathlib import Path

import pytest

Partnership = tuple[Path, Path]
COMMAND = [sys.executable, "-c", "from alongside.cli import main; main()"]
AREA = """
area: mereford
title: Mereford partnership
organisations:
  - {code: council, name: Mereford Council, type: council}
  - {code: homes, name: Mereford Homes, type: housing}
purposes:
  - {code: early_help, title: Early help, power: "Care Act 2014, section 2", article_6: 6(1)(e), dpia: D1,
     agreement: A1, owner: Head of early help, review_date: 2030-01-01}
responses:
  - {code: tenancy_support, title: Help to keep a home, offered_by: homes}
"""
RENT = """
source: rent_accounts
title: Rent accounts
organisation: homes
purposes: [early_help]
files: "rent*.csv"
schema:
  fields:
    - {name: ref, type: string, constraints: {required: true, unique: true}}
    - {name: weeks, type: number}
    - {name: seen, type: date}
identity: {record: ref, forename: forename, surname: surname, date_of_birth: dob, postcode: postcode}
as_at: seen
factors:
  - {code: rent_arrears, title: Behind with rent, value: max(weeks) >= 8}
"""
CARE = """
source: care
title: Adult social care
organisation: council
purposes: [early_help]
files: "care*.csv"
schema:
  fields:
    - {name: id, type: string}
    - {name: died, type: boolean}
    - {name: objects, type: boolean}
    - {name: hidden, type: boolean}
identity: {record: id, forename: forename, surname: surname, date_of_birth: dob, postcode: postcode}
factors:
  - {code: deceased, title: Has died, kind: context, value: bool_or(died)}
  - {code: objected, title: Objected, kind: context, value: bool_or(objects)}
  - {code: protected_address, title: Protected address, kind: context, value: bool_or(hidden)}
"""
POLICY = """
policy: early_help/1
purpose: early_help
title: People who may welcome a conversation
tiers:
  - {code: soon, when: rent_arrears}
capacity_per_week: {soon: 10}
responses: {rent_arrears: [tenancy_support]}
routes:
  - {otherwise: contact_team}
learning_sample: 0
"""
FORENAMES = ["Amara", "Bronwen", "Chidi", "Dilys", "Emrys", "Farida", "Goran", "Hestia"]


@pytest.fixture(scope="session")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of the area pack and of the extracts."""
    folder = tmp_path_factory.mktemp("partnership")
    area, extracts = folder / "area", folder / "extracts"
    for path, text in {
        area / "area.yaml": AREA,
        area / "sources" / "rent_accounts.yaml": RENT,
        area / "sources" / "care.yaml": CARE,
        area / "policies" / "early_help.yaml": POLICY,
        extracts / "rent.csv": _rent(),
        extracts / "care.csv": _care(),
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return area, extracts


def surname(number: int) -> str:
    return "Quill" + "abcdefghij"[number // 10] + "klmnopqrst"[number % 10]


def _person(number: int) -> str:
    born = f"19{50 + number % 40}-{1 + number % 12:02}-{1 + number % 28:02}"
    return f"{FORENAMES[number % 8]},{surname(number)},{born},ZZ1 {number % 9 + 1}AA"


def _rent() -> str:
    rows = [f"R{number},{12 if number % 4 == 0 else 0},2026-10-20,{_person(number)}" for number in range(80)]
    return "\n".join(["ref,weeks,seen,forename,surname,dob,postcode", *rows, ""])


def _care() -> str:
    rows = [f"C{number},{'Y' if number == 8 else 'N'},N,N,{_person(number)}" for number in range(0, 80, 2)]
    return "\n".join(["id,died,objects,hidden,forename,surname,dob,postcode", *rows, ""])


def changed_pack(area: Path, tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """A copy of an area pack with text put otherwise."""
    for path in area.rglob("*.yaml"):
        copy = tmp_path / "area" / path.relative_to(area)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        for was, becomes in changes:
            text = text.replace(was, becomes)
        copy.write_text(text, "utf-8")
    return tmp_path / "area"
