"""GOV.UK's macros, called from Python, and what presenters pass to them."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

BOXES = frozenset({"input", "textarea", "character-count"})
"""Components with one box for words."""
_PLACE = "\ue000{}\ue000"
"""A placeholder for words: a character that is on nobody's keyboard."""
_PLACES = re.compile("\ue000([0-9])\ue000")


@dataclass(frozen=True)
class Tag:
    """A word in a coloured box; ``colour`` is GOV.UK's name for the colour."""

    words: str
    colour: str


def component(environment: Environment, name: str, params: dict[str, Any]) -> Markup:
    """Return one component, such as ``error-summary``; ``params`` are as on its Design System page."""
    macro = "govuk" + "".join(word.capitalize() for word in name.split("-"))
    module = environment.get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    made: Markup = getattr(module, macro)(params)
    return made


def component_once(environment: Environment, name: str, params: dict[str, Any]) -> Markup:
    """Return the same, made once and cached by its parameters.

    For what an empty form shows: its macros take longer than everything else on most pages. Not for what
    somebody typed, which would be cached too.
    """
    return _kept(environment, name, json.dumps(params, default=str))


def component_around(environment: Environment, name: str, params: dict[str, Any]) -> Markup:
    """Return the same with what is in its boxes, which is put in afterwards and not cached."""
    inside: list[str] = []

    def place(box: dict[str, Any]) -> dict[str, Any]:
        if not box.get("value"):
            return box
        inside.append(box["value"])
        return box | {"value": _PLACE.format(len(inside) - 1)}

    if name in BOXES:
        params = place(params)
    elif name == "date-input":
        params = params | {"items": [place(each) for each in params["items"]]}
    made = component_once(environment, name, params)
    if not inside:
        return made
    filled = _PLACES.sub(lambda found: str(Markup.escape(inside[int(found[1])])), str(made))
    return Markup(filled)  # noqa: S704 - each was escaped


@lru_cache(maxsize=1024)
def _kept(environment: Environment, name: str, params: str) -> Markup:
    return component(environment, name, json.loads(params))


def select(environment: Environment, params: dict[str, Any]) -> Markup:
    """Return the component ``select``; we write its options, since its macro is slow for hundreds.

    Args:
        environment: the pages' environment.
        params: as for the macro; each of ``items`` has only ``value``, ``text`` and ``selected``.
    """
    options = "".join(
        f'<option value="{escape(each["value"])}"{" selected" if each["selected"] else ""}>'
        f"{escape(each['text'])}</option>\n"
        for each in params["items"]
    )
    empty = component_once(environment, "select", params | {"items": []})
    return Markup(str(empty).replace("</select>", f"{options}</select>"))  # noqa: S704 - each was escaped
