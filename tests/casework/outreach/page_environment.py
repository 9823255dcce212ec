"""The pages' environment, with the least of what the design brings where it is not there yet."""

from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from alongside.casework.design.environment import environment as real

LAYOUT = """<!doctype html><html lang="en"><head><title>{% block title %}{% endblock %}</title></head>
<body><main>{% block content %}{% endblock %}</main></body></html>"""


def environment(**options: Any) -> Environment:
    """Return the real environment; what it lacks is made up here."""
    made = real(**options)
    beside = [
        PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        DictLoader({"layouts/app.jinja": LAYOUT}),
    ]
    made.loader = ChoiceLoader([*([made.loader] if made.loader else []), *beside])
    made.globals.setdefault("form_fields", form_fields)
    made.globals.setdefault("error_summary", lambda form: escape("; ".join(form.non_field_errors())))
    return made


def form_fields(form: Any) -> Markup:
    """Return the fields of a form, plainly."""
    return Markup("").join(
        Markup("<label>{}</label>{}{}").format(field.label, field.as_widget(), field.errors) for field in form
    )
