"""From plain values to a model of the pack, and from pydantic's findings to sentences with a line number.

pydantic knows what is wrong; this module knows where in the file it is, which key was probably meant and
what a right value looks like.
"""

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from alongside.area.problems import PackProblem, did_you_mean, listed, nearest
from alongside.area.yaml_text import Document, Place

Model = TypeVar("Model", bound=BaseModel)

_NO_RUN = ("power", "article_6", "dpia", "agreement")
_CLOCK = r"^\d+ (hour|hours|working day|working days|day|days|week|weeks)$"
_PATTERNS: dict[str, str] = {
    r"^[a-z][a-z0-9_]*$": "Write lower-case letters, digits and underscores, starting with a letter{example}",
    r"^[a-z][a-z0-9_]*/\d+$": "Write a code, a slash and the version number, such as `early_help/1`",
    r"^\d+ (day|days|week|weeks|month|months|year|years)$": "Write a number and a unit, such as `180 days`",
    _CLOCK: "Write a number and a unit, such as `2 working days`",
    r"^[\t\x20!#-~]$": 'Write one character, such as "," or ";" or "\\t"',
    r"^\d{4}/\d{2}$": "Write a price year such as `2024/25`, in quotes",
}
_WANTED: tuple[tuple[str, str], ...] = (
    ("string", "text"),
    ("int", "a whole number"),
    ("float", "a number"),
    ("bool", "true or false"),
    ("date", "a date such as 2026-11-01"),
    ("list", "a list"),
    ("dict", "keys with values"),
    ("model", "keys with values"),
    ("none", "nothing"),
)


def fit(model: type[Model], document: Document, file: str) -> tuple[Model | None, list[PackProblem]]:
    """The file as a model, or everything about its shape that is wrong.

    Args:
        model: What the file should be.
        document: The file as read.
        file: Its path in the pack, for messages.

    Returns:
        The model and no problems, or None and at least one.
    """
    if not isinstance(document.data, dict):
        wrong = f"the file holds {_kind(document.data)}, not keys with values"
        keys = listed(
            field.alias or name for name, field in model.model_fields.items() if field.is_required()
        )
        return None, [
            PackProblem(file, document.line(()), wrong, f"Begin with {keys or 'a key and a colon'}")
        ]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True)
    return None, [
        problem
        for group in _by_place(found, document.data)
        for problem in _tell(group, model, document, file)
    ]


Finding = tuple[Place, ErrorDetails, int]


def _by_place(found: list[ErrorDetails], data: Any) -> Iterator[list[Finding]]:
    """Findings in groups: those from one union's branches together, all others alone."""
    groups: dict[Place, list[Finding]] = {}
    alone: list[list[Finding]] = []
    for detail in found:
        place, union_at = _place(detail["loc"], data, missing=detail["type"] == "missing")
        if union_at is None:
            alone.append([(place, detail, len(place))])
        else:
            groups.setdefault(union_at, []).append((place, detail, len(place)))
    yield from alone
    for findings in groups.values():
        deepest = max(depth for _, _, depth in findings)
        yield [finding for finding in findings if finding[2] == deepest]


def _place(loc: tuple[int | str, ...], data: Any, *, missing: bool) -> tuple[Place, Place | None]:
    """Where in the file a finding is, without pydantic's names of branches; and where the union is."""
    place: list[int | str] = []
    union_at: Place | None = None
    here: Any = data
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if _holds(here, part):
            here = here[part]
            place.append(part)
        elif last and missing:
            place.append(part)
        elif part != "[key]" and union_at is None:
            union_at = tuple(place)
    return tuple(place), union_at


def _holds(here: Any, part: str | int) -> bool:
    return part in here if isinstance(here, dict) else isinstance(here, list) and part in range(len(here))


def _tell(
    group: list[Finding], model: type[BaseModel], document: Document, file: str
) -> Iterator[PackProblem]:
    kinds = {detail["type"] for _, detail, _ in group}
    places = {place for place, _, _ in group}
    if len(group) > 1 and len(places) == 1 and not kinds & {"missing", "extra_forbidden"}:
        place = places.pop()
        wanted = " or ".join(dict.fromkeys(filter(None, (_wanted(kind) for kind in sorted(kinds)))))
        if wanted:
            wrong = f"`{_name(place)}` is {_shown(_value(document.data, place))}"
            yield PackProblem(file, document.line(place), wrong, f"Write {wanted}")
            return
    for place, detail, _ in group:
        wrong, right = _sentence(place, detail, model)
        yield PackProblem(file, document.line(place), wrong, right)


def _sentence(place: Place, detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    kind, name, value, context = detail["type"], _name(place), detail["input"], detail.get("ctx", {})
    parent = model_at(model, place[:-1])
    if kind == "missing":
        return _missing(place, name, parent)
    if kind == "extra_forbidden":
        keys = [field.alias or key for key, field in parent.model_fields.items()] if parent else []
        return f"`{name}` is not a key here", did_you_mean(name, keys, "The keys here are")
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        return f"`{name}` is {_shown(value)}", _literal(value, choices)
    if kind == "string_pattern_mismatch":
        example = _slug(str(value))
        advice = _PATTERNS.get(context["pattern"], "Write text that matches the pattern")
        return f"`{name}` is {_shown(value)}", advice.format(
            example=f", such as `{example}`" if example else ""
        )
    if kind == "value_error":
        wrong, _, right = str(context["error"]).partition(": ")
        return wrong, _capital(right) or "Put it right"
    if kind in ("too_short", "string_too_short"):
        if name in _NO_RUN:
            return f"`{name}` is empty", _needed(name, parent)
        if context["min_length"] == 1:
            return (
                f"`{name}` is empty",
                "Write at least one item" if kind == "too_short" else "Write some text",
            )
        return f"`{name}` is too short", f"Write at least {context['min_length']}{_unit(kind)}"
    if kind in ("too_long", "string_too_long"):
        return f"`{name}` is too long", f"Write at most {context['max_length']}{_unit(kind)}"
    if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool):
        return (
            f"`{name}` is the number {value}",
            f'Put it in quotes, as it was written, to make it text: `{name}: "…"`',
        )
    wanted = _wanted(kind)
    if wanted:
        return f"`{name}` is {_shown(value)}", f"Write {wanted}"
    return f"`{name}` is {_shown(value)}", _capital(detail["msg"].replace("Input should be", "it should be"))


def _missing(place: Place, name: str, parent: type[BaseModel] | None) -> tuple[str, str]:
    return (
        f"`{name}` is missing from `{_name(place[:-1])}`" if place[:-1] else f"`{name}` is missing"
    ), _needed(name, parent)


def _needed(name: str, parent: type[BaseModel] | None) -> str:
    field = (
        next((f for key, f in parent.model_fields.items() if name in (key, f.alias)), None)
        if parent
        else None
    )
    what = f": {field.description[0].lower()}{field.description[1:]}" if field and field.description else ""
    no_run = (
        "; no power, no run"
        if name in _NO_RUN and parent is not None and parent.__name__ == "Purpose"
        else ""
    )
    return f"Add `{name}`{what}{no_run}"


def _literal(value: Any, choices: list[str]) -> str:
    near = nearest(value, choices) if isinstance(value, str) else None
    if near and len(choices) > 1:
        return f"Did you mean `{near}`? It is one of {listed(choices)}"
    return f"Write one of {listed(choices)}" if len(choices) > 1 else f"Write {listed(choices)}"


def _wanted(kind: str) -> str | None:
    return next((words for sign, words in _WANTED if kind.startswith(sign)), None)


def _unit(kind: str) -> str:
    return " characters" if kind.startswith("string") else " in the list"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_0123456789")[:60]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _name(place: Place) -> str:
    """The key a person would look for: the last one, with its number if it is an item of a list."""
    keys = [part for part in place if isinstance(part, str)]
    if place and isinstance(place[-1], int):
        return f"{keys[-1]}[{place[-1] + 1}]" if keys else f"item {place[-1] + 1}"
    return keys[-1] if keys else "the file"


def _value(data: Any, place: Place) -> Any:
    for part in place:
        data = data[part]
    return data


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list) else "plain text"


def _shown(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return "empty" if not value else _kind(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"


def model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """The model of the values at ``place`` in a file of ``model``, or None for plain values."""
    annotation: Any = model
    for part in place:
        annotation = _step(annotation, part)
    return next(_models(annotation), None)


def _step(annotation: Any, part: str | int) -> Any:
    for model in _models(annotation):
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                return field.annotation
    for option in _options(annotation):
        arguments = get_args(option)
        if get_origin(option) is list and isinstance(part, int):
            return arguments[0]
        if isinstance(get_origin(option), type) and issubclass(get_origin(option), Mapping) and arguments:
            return arguments[1]
    return None


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    for option in _options(annotation):
        if isinstance(option, type) and issubclass(option, BaseModel):
            yield option
