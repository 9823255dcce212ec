"""Hard pairs, to be read in ``hard_names.yaml``: each must land where a careful clerk would put it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.insight.linkage.conftest import Linked, LinkTown, Row, town

PAIRS = [
    {"number": number, **pair}
    for number, pair in enumerate(
        pair
        for kind in yaml.safe_load(
            (Path(__file__).parent / "hard_names.yaml").read_text(encoding="utf-8")
        ).values()
        for pair in kind
    )
]
COLUMNS = ("forename", "surname", "born", "sex", "postcode", "address", "phone")


def row(source: str, number: int, cells: list[Any]) -> Row:
    said = {name: str(cell) for name, cell in zip(COLUMNS, cells, strict=False) if cell is not None}
    return {"source": source, "id": f"hard{number}", **said}


@pytest.fixture(scope="module")
def linked(link: LinkTown) -> Linked:
    rows = [
        row(source, pair["number"], pair[side])
        for pair in PAIRS
        for source, side in (("council", "one"), ("health", "other"))
    ]
    return link([*town(households=700)[0], *rows])


@pytest.mark.proves("FIND-20")
@pytest.mark.parametrize("pair", PAIRS, ids=[pair["why"] for pair in PAIRS])
def test_a_hard_pair_lands_in_its_band(linked: Linked, pair: dict[str, Any]) -> None:
    one, other = f"council/hard{pair['number']}", f"health/hard{pair['number']}"
    assert band(linked, one, other) in pair["band"].split("/"), linked.edge(one, other)


def band(linked: Linked, one: str, other: str) -> str:
    people = {linked.person(one), linked.person(other)}
    if len(people) == 1:
        return "linked"
    asked = any({row["person_l"], row["person_r"]} == people for row in linked.tables["review"])
    return "doubtful" if asked else "not"
