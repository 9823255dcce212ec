"""Whatever a pack may set is acted on, or said to be kept and not used yet."""

import re
from pathlib import Path
from typing import get_args

import pytest

from alongside.area import casework_models, load_area, marm_models, models, not_used_yet
from alongside.area.models import Strict
from alongside.area.unused import NOT_USED_YET

FIELDS = [
    (model, name)
    for module in (models, marm_models, casework_models)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, Strict) and model.__module__ == module.__name__
    for name, field in model.model_fields.items()
    if len(get_args(field.annotation)) != 1 or not isinstance(get_args(field.annotation)[0], str)
]
"""Every field, but those with one legal value: they say what no partnership can set otherwise."""


@pytest.fixture(scope="module")
def code() -> str:
    here = [path for path in Path("src/alongside").rglob("*.py") if path.name != "unused.py"]
    return "\n".join(path.read_text("utf-8") for path in [*here, *Path("src/alongside").rglob("*.jinja")])


def read_somewhere(name: str, code: str) -> bool:
    return bool(re.search(rf"\.{name}\b|[\"']{name}[\"']", code))


def test_every_field_is_read_somewhere_or_stands_on_the_list_of_those_not_used_yet(code: str) -> None:
    unread = [
        f"{model.__name__}.{name}"
        for model, name in FIELDS
        if name not in NOT_USED_YET.get(model, ()) and not read_somewhere(name, code)
    ]
    assert not unread


@pytest.mark.parametrize("name", ["override_emergency_review", "marker_review", "tries_before_not_reached"])
def test_what_is_used_by_now_leaves_the_list(name: str, code: str) -> None:
    assert not read_somewhere(name, code)


def test_check_is_told_what_riverside_sets_in_vain() -> None:
    told = not_used_yet(load_area(Path("area")))
    assert "costs.yaml" in told
    assert "conversation first_call/2: tries_before_not_reached" in told
    assert not [each for each in told if "clocks" in each]
