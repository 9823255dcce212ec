"""A Django form styled as in the GOV.UK Design System: ``form_fields(form)``, ``error_summary(form)``.

A field's widget says what it is; ``widget.attrs`` may hold ``maxlength`` for a character count,
``autocomplete``, ``inputmode`` and ``classes``. A field that a rule sometimes requires is not labelled
optional if it has ``owed_by_rule``. Radios with ``no_opens`` show the next field once "no" is chosen.
A date is three boxes: use ``design.dates.DateField``.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _
from jinja2 import Environment
from markupsafe import Markup

from alongside.casework.design import component_words
from alongside.casework.design.components import component, component_around, select
from alongside.casework.design.dates import WRONG_DATES, DateBoxes
from alongside.casework.design.wrong_values import in_our_words

WIDTHS = {
    "time": "govuk-input--width-5",
    "number": "govuk-input--width-4",
    "tel": "govuk-input--width-20",
}
"""How wide a box is if it only ever holds something short: its width shows what is expected."""


def renderer(environment: Environment) -> Callable[..., Markup]:
    """Return the page's ``form_fields(form, *names)``: all or those named, and once what is hidden."""

    def form_fields(form: BaseForm, *names: str) -> Markup:
        # a long form is written a part at a time: what is hidden belongs to the first
        hidden = [] if vars(form).get("hidden_is_written") else form.hidden_fields()
        vars(form)["hidden_is_written"] = True
        shown = [field for field in form.visible_fields() if not names or field.name in names]
        return Markup("").join([*map(_hidden, hidden), *(_made(environment, field) for field in shown)])

    return form_fields


def _hidden(field: BoundField) -> Markup:
    """What Django would render; its templates take long over so little."""
    widget = field.field.widget
    value = widget.format_value(field.value()) if type(widget) is forms.HiddenInput else None
    if value is None:
        return Markup(str(field))  # noqa: S704 - Django's
    told = (field.html_name, value, field.auto_id)
    return Markup('<input type="hidden" name="{}" value="{}" id="{}">').format(*told)


def _made(environment: Environment, field: BoundField) -> Markup:
    name, params = _component_of(field)
    if name == "select":
        return select(environment, params)
    chosen = field.form.is_bound and isinstance(field.field, forms.ChoiceField)
    if field.errors or chosen or not _alike_for_everybody(field):
        return component(environment, name, params)
    return component_around(environment, name, params)


def _alike_for_everybody(field: BoundField) -> bool:
    """Whether what a field asks and offers says nothing about a person (see ``design.offering``)."""
    return bool(getattr(field.field, "for_everybody", True))


def summariser(environment: Environment) -> Callable[[BaseForm], Markup]:
    """Return the page's ``error_summary(form)``: nothing, or every error with a link to its field."""

    def error_summary(form: BaseForm) -> Markup:
        errors = [
            {"text": error, "href": f"#{_first_id(form[name])}"} if name in form.fields else {"text": error}
            for name, found in (form.errors or {}).items()
            for error in (_wrong_with(form[name]) if name in form.fields else found)
        ]
        if not errors:
            return Markup("")
        return component(
            environment, "error-summary", {"titleText": _("There is a problem"), "errorList": errors}
        )

    return error_summary


def _wrong_with(field: BoundField) -> list[str]:
    """What is wrong with a field. If the sentence could apply to any field, the field is named.

    In the summary at the top of a page nobody can see which field is meant (WCAG 2.2, 3.3.1).
    """
    errors = field.form.errors.as_data()[field.name]
    return [_named(field, error, str(told)) for error, told in zip(errors, field.errors, strict=True)]


def _named(field: BoundField, error: ValidationError, told: str) -> str:
    unsaid = field.field.error_messages["required"] == forms.Field.default_error_messages["required"]
    if unsaid and error.code == "required":
        return _("Not answered yet: %(label)s") % {"label": field.label}
    if error.code == "max_length" and error.params:
        told = _("Use %(most)s characters or fewer; you have used %(used)s") % {
            "most": error.params["limit_value"],
            "used": error.params["show_value"],
        }
    elif ours := in_our_words(field.field, error):
        told = ours
    elif error.code not in WRONG_DATES:
        return told
    # a question has its own question mark
    label = str(field.label)
    return f"{label} {told}" if label.endswith("?") else f"{label}: {told}"


def _first_id(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, DateBoxes):
        return f"{field.auto_id}-day"
    return str(field.auto_id)


def _component_of(field: BoundField) -> tuple[str, dict[str, Any]]:
    """Which component shows a field, and with what parameters."""
    widget, value = field.field.widget, field.value()
    # a tick box is never required, so it is not labelled optional; nor is a field that a rule may require
    may_be_owed = isinstance(widget, forms.CheckboxInput) or getattr(field.field, "owed_by_rule", False)
    owed = field.field.required or may_be_owed
    label = str(field.label) if owed else _("%(label)s (optional)") % {"label": field.label}
    shared: dict[str, Any] = {"id": field.auto_id, "name": field.html_name}
    if field.help_text:
        shared["hint"] = {"text": str(field.help_text)}
    if field.errors:
        shared["errorMessage"] = {"text": _wrong_with(field)[0], "visuallyHiddenText": _("Error")}
    attributes = dict(widget.attrs)
    shared |= {name: attributes.pop(name) for name in ("autocomplete", "inputmode") if name in attributes}
    shared["classes"] = attributes.get("classes", "")
    group = {"fieldset": {"legend": {"text": label, "classes": "govuk-fieldset__legend--s"}}}
    plain = shared | {"label": {"text": label, "classes": "govuk-label--s"}}
    text = {"value": "" if value is None else str(value)}
    match widget:
        case DateBoxes():
            return "date-input", shared | group | {"items": widget.boxes(field, value)}
        case forms.CheckboxSelectMultiple() | forms.RadioSelect():
            # checkboxes are tested first: to Django they are a kind of radio
            kind = "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
            if getattr(field.field, "no_opens", False):
                shared["formGroup"] = {"classes": "app-no-opens"}
            return kind, shared | group | {"idPrefix": field.auto_id, "items": _items(field, value)}
        case forms.CheckboxInput():
            item = {"value": "on", "text": label, "checked": bool(value), "id": field.auto_id}
            if "hint" in shared:  # under its own label, where it is read, not above a box not yet seen
                item["hint"] = shared.pop("hint")
            return "checkboxes", shared | {"idPrefix": field.auto_id, "items": [item]}
        case forms.Select():
            chosen = [
                {"value": each["value"], "text": each["text"], "selected": each["checked"]}
                for each in _items(field, value)
            ]
            return "select", plain | {"items": chosen}
        case forms.Textarea():
            rows = {"rows": attributes.get("rows", 5)}
            if length := getattr(field.field, "max_length", None):
                return "character-count", plain | text | rows | {
                    "maxlength": length
                } | component_words.of_character_count()
            return "textarea", plain | text | rows
        case forms.PasswordInput():
            return "password-input", plain | component_words.of_password_input()
        case _:
            kind = getattr(widget, "input_type", "text")
            plain["classes"] = plain["classes"] or WIDTHS.get(kind, "")
            return "input", plain | text | {"type": kind}


def _items(field: BoundField, value: Any) -> list[dict[str, Any]]:
    chosen = {str(each) for each in (value if isinstance(value, list | tuple | set) else [value])}
    hints: dict[str, str] = getattr(field.field, "choice_hints", {})
    items = []
    choices: Any = getattr(field.field, "choices", [])
    for number, (each, text) in enumerate(choices):
        item: dict[str, Any] = {"value": str(each), "text": str(text), "checked": str(each or "") in chosen}
        item["id"] = field.auto_id if number == 0 else f"{field.auto_id}-{number + 1}"
        if hint := hints.get(str(each)):
            item["hint"] = {"text": str(hint)}
        items.append(item)
    return items
