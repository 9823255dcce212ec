"""What is said of a value that cannot be, where Django's own words would not say what to do.

Django's sentences name no field, and that about a choice repeats the value that was sent, which may be an id.
"""

from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DJANGOS = (
    validators.MinValueValidator.message,
    validators.MaxValueValidator.message,
    validators.EmailValidator.message,
    validators.URLValidator.message,
    validators.validate_slug.message,
    validators.ProhibitNullCharactersValidator.message,
    forms.IntegerField.default_error_messages["invalid"],
    forms.URLField.default_error_messages["invalid"],
    forms.UUIDField.default_error_messages["invalid"],
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.MultipleChoiceField.default_error_messages["invalid_list"],
)
"""The sentences of Django's that a form of ours could show."""


def in_our_words(field: forms.Field, error: ValidationError) -> str | None:
    """Return what to say in place of a sentence of Django's, without the field's name; None if it is ours."""
    if error.message not in DJANGOS:
        return None
    match field:
        case _ if error.code == "null_characters_not_allowed":
            return _("Enter this again: it has a character in it that cannot be saved")
        case forms.ChoiceField():
            return _("What you chose is not offered, or no longer. Choose again")
        case forms.IntegerField():
            return _number_between(field.min_value, field.max_value)
        case forms.EmailField():
            return _("Enter an e-mail address, such as name@example.org")
        case forms.URLField():
            return _("Enter a web address, such as https://www.example.org")
        case forms.SlugField():
            return _("Use only letters without accents, digits, hyphens and underscores")
    return _("Open the page again: what it sent cannot be read")


def _number_between(least: Any, most: Any) -> str:
    if least is not None and most is not None:
        return _("Enter a whole number from %(least)s to %(most)s") % {"least": least, "most": most}
    if least is not None:
        return _("Enter a whole number, %(least)s or more") % {"least": least}
    if most is not None:
        return _("Enter a whole number, %(most)s or less") % {"most": most}
    return _("Enter a whole number")
