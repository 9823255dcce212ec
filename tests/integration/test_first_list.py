"""The pack for one extract that the README begins from has the shape of a pack, and fits its extract."""

import csv

from ruamel.yaml import YAML
from tools.tree import ROOT

from alongside.area.models import Area, Policy, Source

FIRST_LIST = ROOT / "docs/how-to/first-list"


def read(name: str) -> object:
    return YAML(typ="safe").load(FIRST_LIST / "area" / name)


def test_the_pack_the_readme_begins_from_names_only_what_it_has() -> None:
    area = Area.model_validate(read("area.yaml"))
    source = Source.model_validate(read("sources/rent.yaml"))
    policy = Policy.model_validate(read("policies/early_help.yaml"))
    assert source.organisation in {organisation.code for organisation in area.organisations}
    assert {*source.purposes, policy.purpose} == {purpose.code for purpose in area.purposes}
    assert set(policy.responses) == {factor.code for factor in source.factors}
    assert {each for offered in policy.responses.values() for each in offered} <= {
        each.code for each in area.responses
    }
    with (FIRST_LIST / "extracts/rent.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [field.name for field in source.schema_.fields]


def test_a_pack_made_from_it_is_warned_until_a_source_tells_who_objected_died_or_hides() -> None:
    policy = Policy.model_validate(read("policies/early_help.yaml"))
    assert policy.excludes == ["deceased", "objected", "protected_address"]
