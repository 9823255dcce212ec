"""A wrong value is answered in our words, with the name of the field and without any id that was sent."""

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module

import pytest
from django import forms
from django.core import validators
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDict

from alongside.casework.design.form_fields import _wrong_with
from alongside.casework.directory.forms import AskedForm, EntryForm, PageForm, SearchForm

FOR_MACHINES = (AskedForm, PageForm)
WRONG = ("\0", "nonsense", "-1", "999999", "6228e132-0000-4000-8000-000000000000", "x" * 6_000)
DJANGOS = (
    "This field is required", "Enter a whole number.", "Enter a valid", "Enter a list of values",
    "Select a valid choice", "Ensure this value", "Null characters",
)  # fmt: skip


def of_one(field: forms.Field, value: str) -> forms.Form:
    form = forms.Form(
        MultiValueDict({"it": [value], **{f"it-{each}": [value] for each in ("day", "month", "year")}})
    )
    form.fields["it"] = deepcopy(field)
    return form


def all_forms(of: type[forms.Form] = forms.Form) -> Iterator[type[forms.Form]]:
    for each in of.__subclasses__():
        yield each
        yield from all_forms(each)


AGE = forms.IntegerField(label="Age", min_value=0, max_value=150)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (forms.ChoiceField(label="Who?", choices=[("1", "Asha")]), "6228e132", "Who? What you chose is not"),
        (AGE, "-1", "Age: Enter a whole number from 0 to 150"),
        (AGE, "ten", "Age: Enter a whole number from 0 to 150"),
        (forms.IntegerField(label="Number", min_value=1), "0", "Number: Enter a whole number, 1 or more"),
        (forms.IntegerField(label="Number", max_value=9), "10", "Number: Enter a whole number, 9 or less"),
        (forms.IntegerField(label="Number"), "ten", "Number: Enter a whole number"),
        (forms.URLField(label="Site", assume_scheme="https"), "http://", "Site: Enter a web address"),
        (forms.EmailField(label="E-mail"), "me", "E-mail: Enter an e-mail address, such as"),
        (forms.CharField(label="Words", validators=[validators.MinLengthValidator(2, "Ours")]), "x", "Ours"),
    ],
)  # fmt: skip
def test_the_sentence_names_the_field_and_says_what_to_do(field: forms.Field, value: str, says: str) -> None:
    (told,) = _wrong_with(of_one(field, value)["it"])
    assert told.startswith(says)
    assert "6228e132" not in told


def test_no_field_of_any_form_shows_what_django_would_say() -> None:
    assert get_resolver().url_patterns, "all views and so all their forms are read"
    import_module("alongside.casework.urls")
    ours = [
        each for each in all_forms() if each.__module__.startswith("alongside.") and each not in FOR_MACHINES
    ]
    assert len(ours) > 60
    shown = {
        (form.__name__, name, told)
        for form in ours
        for name, field in form.base_fields.items()
        for value in ("", *WRONG)
        for it in [of_one(field, value)]
        if not it.is_valid() and "it" in it.errors
        for told in _wrong_with(it["it"])
    }
    assert len(shown) > 200
    assert [each for each in shown if any(words in each[2] for words in DJANGOS)] == []


def test_of_a_closing_time_that_is_no_time_only_that_is_said() -> None:
    told = {"name": "x", "description": "x", "status": "active", "days": ["MO"], "opens_at": "9.30"}
    form = EntryForm(told | {"closes_at": "25:00"}, needs=())
    assert [each for name in form.errors for each in _wrong_with(form[name])] == [
        "Closes at: Enter a time, such as 14:30 or 2.30pm"
    ]
    assert "opens_at" in EntryForm(told, needs=()).errors


def test_the_search_says_which_age_is_meant() -> None:
    form = SearchForm({"age": "151"}, needs=())
    assert _wrong_with(form["age"]) == ["Age of the person: Enter a whole number from 0 to 150"]
