"""What an area pack may say, for editors and readers: written from the models, so never out of date.

``make docs`` writes ``docs/generated/<part>.schema.json`` (JSON Schema 2020-12, for completion while typing)
and fills the tables of keys in ``docs/reference/area-pack.md``.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from alongside.area.built_in import BUILT_IN
from alongside.area.casework_models import Conversation, Costs, Retention
from alongside.area.marm_models import Marm
from alongside.area.models import Area, DerivedFactors, Linkage, Policy, Source, Strict

PARTS: dict[str, type[Strict]] = {
    "area": Area,
    "source": Source,
    "policy": Policy,
    "factors": DerivedFactors,
    "linkage": Linkage,
    "marm": Marm,
    "retention": Retention,
    "conversation": Conversation,
    "costs": Costs,
}
"""Name of the schema to the model of the file."""

_TABLE = re.compile(r"(<!-- keys: (\w+) -->\n).*?(<!-- end of keys -->)", re.DOTALL)
_BUILT_IN = re.compile(r"(<!-- built-in -->\n).*?(<!-- end of built-in -->)", re.DOTALL)
_PLAIN = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "keys with values",
}
_PATTERNS = {
    "^[a-z][a-z0-9_]*$": "code",
    r"^[a-z][a-z0-9_]*/\d+$": "code/version",
    r"^\d+ (day|days|week|weeks|month|months|year|years)$": "time, such as 180 days",
    r"^\d+ (hour|hours|working day|working days|day|days|week|weeks)$": "time, such as 2 working days",
}


def json_schema(part: str) -> dict[str, Any]:
    """The JSON Schema of one part of a pack, with the names used in YAML."""
    model = PARTS[part]
    schema = model.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": f"Area pack: {part}",
    }


def written() -> dict[str, str]:
    """File name to content of every published schema."""
    return {
        f"{part}.schema.json": json.dumps(json_schema(part), indent=2, ensure_ascii=False) + "\n"
        for part in PARTS
    }


def with_tables(page: str) -> str:
    """The page with the text between ``<!-- keys: part -->`` and its end filled in from the models."""
    page = _TABLE.sub(lambda found: f"{found[1]}{_tables(found[2])}{found[3]}", page)
    return _BUILT_IN.sub(lambda found: f"{found[1]}{_built_in()}{found[2]}", page)


def _tables(part: str) -> str:
    schema = json_schema(part)
    shapes = {"": schema, **schema.get("$defs", {})}
    return "".join(_table(name, shape) for name, shape in shapes.items() if "properties" in shape)


def _table(name: str, shape: dict[str, Any]) -> str:
    title = f"**{name}**: {_oneline(shape.get('description', ''))}\n\n" if name else ""
    required = shape.get("required", [])
    rows = "".join(
        f"| `{key}` | {'yes' if key in required else _default(field)} | {' or '.join(_kinds(field))} | "
        f"{_oneline(field.get('description', ''))} |\n"
        for key, field in shape["properties"].items()
    )
    return f"\n{title}| key | must | is | meaning |\n|---|---|---|---|\n{rows}\n"


def _built_in() -> str:
    kinds = {"boolean": "yes or no", "number": "number"}
    rows = "".join(
        f"| `{fact.code}`{'*' * fact.declarable} | {kinds[fact.value]} | {fact.kind} | {fact.title} |\n"
        for fact in BUILT_IN.values()
    )
    return f"\n| code | is | kind | meaning |\n|---|---|---|---|\n{rows}\n"


def _default(field: dict[str, Any]) -> str:
    default = field.get("default")
    if default in (None, []) or isinstance(default, dict):
        return ""
    if isinstance(default, list):
        return "else the usual ones"
    return f"else `{json.dumps(default, ensure_ascii=False)}`"


def _kinds(field: dict[str, Any]) -> Iterator[str]:
    if "anyOf" in field:
        for option in field["anyOf"]:
            if option.get("type") != "null":
                yield from _kinds(option)
    elif "$ref" in field:
        yield f"**{field['$ref'].rsplit('/', 1)[-1]}**"
    elif "enum" in field:
        yield "one of " + ", ".join(f"`{choice}`" for choice in field["enum"])
    elif "const" in field:
        yield f"`{field['const']}`"
    elif field.get("type") == "array":
        yield "list of " + (" or ".join(_kinds(field["items"])) or "values")
    elif field.get("format") == "date":
        yield "date"
    elif field.get("type") == "object" and isinstance(field.get("additionalProperties"), dict):
        yield "code to " + " or ".join(_kinds(field["additionalProperties"]))
    elif field.get("type"):
        yield _PATTERNS.get(field.get("pattern", ""), _PLAIN[field["type"]])


def _oneline(text: str) -> str:
    first = text.split("\n\n")[0]
    return " ".join(first.replace("``", "`").replace("|", "\\|").split())
