"""What the documentation shows can be copied: every example loads, and what is generated is current."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from alongside.area import load_area
from alongside.area.schema import PARTS, with_tables, written
from alongside.area.yaml_text import read_yaml

DOCS = Path(__file__).parents[3] / "docs"
VALID = Path(__file__).parent / "pack"
PAGES = [DOCS / "reference/area-pack.md", *sorted((DOCS / "how-to").glob("*-a-*.md"))]
EXAMPLE = re.compile(r"<!-- example: (\w+) (\S+) -->\n```yaml\n(.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(*match.groups(), id=f"{page.stem}: {match[1]} {match[2]}")
    for page in PAGES
    for match in EXAMPLE.finditer(page.read_text(encoding="utf-8"))
]
FILES = {
    "area": "area.yaml",
    "source": "sources/*.yaml",
    "policy": "policies/*.yaml",
    "factors": "factors.yaml",
    "linkage": "linkage.yaml",
    "marm": "marm.yaml",
    "retention": "retention.yaml",
    "conversation": "conversations/*.yaml",
    "costs": "costs.yaml",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VALID, tmp_path / "area"))


def merge(file: Path, text: str) -> None:
    """Write the keys of an example into a file; items of a list that have the same code are replaced."""
    data = read_yaml(file.read_bytes()).data
    for key, value in read_yaml(text.encode()).data.items():
        if isinstance(value, list):
            codes = {item.get("code", item.get("service")) for item in value}
            kept = [item for item in data.get(key, []) if item.get("code", item.get("service")) not in codes]
            data[key] = kept + value
        else:
            data[key] = value
    with file.open("w", encoding="utf-8") as out:
        YAML(typ="safe", pure=True).dump(data, out)


@pytest.mark.parametrize(("how", "name", "text"), EXAMPLES)
def test_an_example_can_be_copied_into_a_pack(folder: Path, how: str, name: str, text: str) -> None:
    if how == "smallest":
        shutil.rmtree(folder)
        (folder / "sources").mkdir(parents=True)
        for other in EXAMPLES:
            kind, file, content = (str(value) for value in other.values)
            if kind == "smallest":
                (folder / file).write_text(content, encoding="utf-8")
    elif how == "into":
        merge(folder / name, text)
    else:
        assert how == "full" or not (folder / name).exists()
        (folder / name).write_text(text, encoding="utf-8")

    pack = load_area(folder)

    if how == "smallest":
        assert pack.warnings == []


def test_every_block_of_yaml_in_the_pages_is_an_example() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert text.count("```yaml") == len(EXAMPLE.findall(text)), page.name


@pytest.mark.parametrize("name", written())
def test_the_published_schema_is_current(name: str) -> None:
    published = (DOCS / "generated" / name).read_text(encoding="utf-8")

    assert published == written()[name], "run: make docs"


def test_the_tables_of_keys_are_current() -> None:
    page = (DOCS / "reference/area-pack.md").read_text(encoding="utf-8")

    assert page == with_tables(page), "run: make docs"
    assert sorted(re.findall(r"<!-- keys: (\w+) -->", page)) == sorted(FILES)


def as_json(file: Path) -> Any:
    return json.loads(json.dumps(read_yaml(file.read_bytes()).data, default=str))


@pytest.mark.parametrize("part", PARTS)
def test_an_editor_accepts_with_the_schema_what_the_product_accepts(part: str) -> None:
    schema = json.loads(written()[f"{part}.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    files = sorted(VALID.glob(FILES[part]))
    assert files
    for file in files:
        jsonschema.validate(as_json(file), schema)


@pytest.mark.parametrize("part", PARTS)
def test_an_editor_marks_an_unknown_key(part: str) -> None:
    schema = json.loads(written()[f"{part}.schema.json"])
    data = as_json(sorted(VALID.glob(FILES[part]))[0])

    with pytest.raises(jsonschema.ValidationError, match="titel"):
        jsonschema.validate(data | {"titel": "x"}, schema)


def described(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    shapes = [schema, *schema.get("$defs", {}).values()]
    return [(key, field) for shape in shapes for key, field in shape.get("properties", {}).items()]


@pytest.mark.parametrize("part", PARTS)
def test_every_key_says_what_it_means(part: str) -> None:
    silent = [
        key
        for key, field in described(json.loads(written()[f"{part}.schema.json"]))
        if "description" not in field
    ]

    assert silent == []
