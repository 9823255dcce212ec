"""GOV.UK's macros, called from Python, and what presenters hand to them."""

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup


@dataclass(frozen=True)
class Tag:
    """A word in a coloured box; ``colour`` is GOV.UK's name of it."""

    words: str
    colour: str


def component(environment: Environment, name: str, params: dict[str, Any]) -> Markup:
    """Return one component, such as ``error-summary``, made with what its page in the Design System lists."""
    macro = "govuk" + "".join(word.capitalize() for word in name.split("-"))
    module = environment.get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    made: Markup = getattr(module, macro)(params)
    return made
