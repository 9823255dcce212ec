"""Any Django form is shown in the look of the Design System, with its errors, hints and what was typed."""

import re
from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.template import engines
from tools import tree

from alongside.casework.design.components import BOXES, _kept, component, component_around
from alongside.casework.design.dates import ClockField, DateField
from alongside.casework.design.offering import names_somebody, offer


class Everything(forms.Form):
    name = forms.CharField(label="Name", help_text="As they say it")
    story = forms.CharField(label="Story", max_length=200, widget=forms.Textarea)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label="Way", choices=[("post", "By post"), ("visit", "By visit")], widget=forms.RadioSelect
    )
    needs = forms.MultipleChoiceField(
        label="Needs", choices=[("a", "An advocate"), ("b", "Braille")], widget=forms.CheckboxSelectMultiple
    )
    team = forms.ChoiceField(label="Team", choices=[("", "None"), ("1", "First")], required=False)
    agreed = forms.BooleanField(label="They agreed")
    born = DateField(label="Born")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    kept = forms.CharField(widget=forms.HiddenInput)


def shown(form: forms.Form, template: str = "{{ error_summary(form) }}{{ form_fields(form) }}") -> str:
    return str(engines.all()[0].from_string(template).render({"form": form}))


def asks_by_the_browsers_own_box(source: str) -> bool:
    return bool(re.search(r"forms\.Date(Field|Input)\b|type\W+date\b", source))


def test_every_form_asks_for_a_day_in_three_boxes() -> None:
    assert asks_by_the_browsers_own_box('forms.DateField(widget=DateInput(attrs={"type": "date"}))')
    assert not asks_by_the_browsers_own_box("born = DateField()")
    sources = {path: text for path, text in tree.python("src").items() if path.endswith("forms.py")}
    assert len(sources) > 4
    assert [path for path, text in sources.items() if asks_by_the_browsers_own_box(text)] == []


def test_every_kind_of_field_has_its_component_and_a_label_of_its_own() -> None:
    page = shown(Everything())
    for kind in (
        "govuk-input", "govuk-character-count", "govuk-textarea", "govuk-radios", "govuk-checkboxes",
        "govuk-select", "govuk-date-input", "govuk-password-input",
    ):  # fmt: skip
        assert re.search(rf'class="[^"]*\b{kind}\b', page), kind
    for field in ("id_name", "id_story", "id_note", "id_team", "id_password", "id_born-day"):
        assert f'for="{field}"' in page
    assert "As they say it" in page
    assert "Note (optional)" in page
    assert 'data-maxlength="200"' in page
    assert '<input type="hidden" name="kept"' in page
    assert "None<" not in page.replace(">None<", "")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_where_several_may_be_chosen_each_has_a_box_of_its_own_and_where_one_may_a_round_button() -> None:
    page = shown(Everything({"way": "post", "needs": ["a", "b"]}))
    kinds = re.findall(
        r'<input class="[^"]*" id="[^"]*" name="(needs|way)" type="(\w+)" value="\w+"( checked)?', page
    )
    assert kinds == [
        ("way", "radio", " checked"), ("way", "radio", ""), ("needs", "checkbox", " checked"),
        ("needs", "checkbox", " checked"),
    ]  # fmt: skip


def test_what_was_typed_stays_and_is_escaped_and_a_password_does_not_stay() -> None:
    page = shown(
        Everything(
            {
                "name": "<b>Ann", "story": "</textarea><i>", "way": "visit", "needs": ["b"], "team": "1",
                "agreed": "on", "born-day": "3", "born-month": "4", "born-year": "19",
                "password": "secret-word",
            }
        )
    )  # fmt: skip
    assert "&lt;b&gt;Ann" in page
    assert "<b>" not in page
    assert "<i>" not in page
    for value in ("visit", "b"):
        assert re.search(rf'value="{value}"[^>]* checked', page), value
    assert re.search(r'value="1"[^>]* selected', page)
    assert "The year must have 4 digits" in page
    assert 'value="19"' in page
    assert "secret-word" not in page


def test_every_error_leads_to_its_field() -> None:
    page = shown(Everything({}))
    targets = re.findall(r'<a href="#([^"]+)"', page)
    assert len(targets) == 8
    assert all(f'id="{target}"' in page for target in targets)
    assert shown(Everything(), "{{ error_summary(form) }}") == ""


def test_an_error_of_the_form_as_a_whole_is_told() -> None:
    form = Everything({})
    form.add_error(None, "These do not fit together")
    assert "These do not fit together" in shown(form, "{{ error_summary(form) }}")


def test_some_fields_may_be_shown_alone() -> None:
    page = shown(Everything(), "{{ form_fields(form, 'name') }}")
    assert "id_name" in page
    assert "id_story" not in page


@pytest.mark.parametrize(
    ("boxes", "told"),
    [
        (("31", "2", "2027"), "Enter a real date"),
        (("", "2", "2027"), "The date must include a day"),
        (("1", "", ""), "The date must include a month and a year"),
        (("1", "2", "27"), "The year must have 4 digits"),
        (("1", "1", "0001"), "The year must be 1900 or later: check what you entered"),
        (("31", "12", "1899"), "The year must be 1900 or later: check what you entered"),
        (("one", "2", "2027"), "Enter a real date"),
        (("", "", ""), "This field is required"),
        (("\u0661", "\u0662", "\u0662\u0660\u0662\u0667"), None),
        ((" 3 ", "04", "2027"), None),
    ],
)
def test_a_date_is_a_day_there_is_or_a_sentence(boxes: tuple[str, str, str], told: str | None) -> None:
    class Born(forms.Form):
        born = DateField(label="Born")

    given: dict[str, Any] = {
        f"born-{part}": box for part, box in zip(("day", "month", "year"), boxes, strict=True)
    }
    form = Born(given)
    assert form.is_valid() is (told is None)
    if told:
        assert told in form.errors["born"][0]
    else:
        assert isinstance(form.cleaned_data["born"], date)


def test_what_would_be_said_of_any_field_names_the_field() -> None:
    boxes = {"born-day": "31", "born-month": "2", "born-year": "2027"}
    page = shown(Everything({"story": "x" * 205} | boxes), "{{ error_summary(form) }}")
    assert "Born: Enter a real date" in page
    assert "Story: Use 200 characters or fewer; you have used 205" in page
    assert "Ensure this value" not in page

    class Asked(forms.Form):
        on = DateField(label="Which day?")

    page = shown(Asked({f"on-{part}": "40" for part in ("day", "month")} | {"on-year": "2026"}))
    assert page.count("Which day? Enter a real date") == 2, "in the summary, and at the boxes"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9:05", time(9, 5)),
        ("14:30:00", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("2:30 pm", time(14, 30)),
        ("2 p.m.", time(14)),
        ("12.15 AM", time(0, 15)),
        ("12pm", time(12)),
        ("14", None),
        ("14.30pm", None),
        ("25:00", None),
        ("12:61", None),
        ("half past two", None),
    ],
)
def test_a_time_is_taken_as_people_write_it(written: str, meant: time | None) -> None:
    class At(forms.Form):
        at = ClockField()

    form = At({"at": written})
    assert form.is_valid() is (meant is not None)
    assert form.cleaned_data.get("at") == meant
    if meant is None:
        assert form.errors["at"] == ["Enter a time, such as 14:30 or 2.30pm"]


def test_of_many_answers_many_can_be_ticked_and_of_one_only_one() -> None:
    page = shown(Everything({"needs": ["a", "b"], "way": "post"}))
    ticked = r'<input[^>]*name="{}"[^>]*type="{}"[^>]*\schecked'
    assert len(re.findall(ticked.format("needs", "checkbox"), page)) == 2
    assert len(re.findall(ticked.format("way", "radio"), page)) == 1


def test_a_box_to_tick_is_never_called_optional_and_its_hint_stands_under_its_words() -> None:
    class OneBox(forms.Form):
        kept = forms.BooleanField(label="Keep it", required=False, help_text="Ask first")

    page = shown(OneBox())
    assert "(optional)" not in page
    assert page.index("Keep it") < page.index("Ask first")


def test_what_was_left_empty_is_named_where_the_errors_are_and_where_the_field_is() -> None:
    class Asked(forms.Form):
        why = forms.CharField(label="Why you ask")
        who = forms.CharField(label="Whom", error_messages={"required": "Say whom you ask"})

    page = shown(Asked({}))
    assert page.count("Not answered yet: Why you ask") == 2
    assert page.count("Say whom you ask") == 2
    assert "This field is required" not in page


WORDS = ["Bee", " two\n  lines\n", '<b>"Bee\'s" & co</b>', "\ue0000\ue000", "\\1 \\g<0>"]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("name", sorted(BOXES))
def test_what_stands_in_a_box_looks_as_its_component_makes_it_and_is_not_kept(name: str, words: str) -> None:
    made = engines["jinja2"].env  # type: ignore[attr-defined]
    params = {"id": "a", "name": "a", "label": {"text": "A"}, "value": words, "maxlength": 9}
    _kept.cache_clear()
    empty = component_around(made, name, params | {"value": ""})
    kept = _kept.cache_info().currsize
    assert component_around(made, name, params) == component(made, name, params)
    assert component_around(made, name, params | {"value": f"{words}!"}) != empty
    assert _kept.cache_info().currsize <= kept + 1  # one for whatever stands in it
    assert component_around(made, name, params | {"value": ""}) == empty


def test_a_day_that_stands_in_its_boxes_is_not_kept() -> None:
    made = engines["jinja2"].env  # type: ignore[attr-defined]

    def day(*parts: str) -> dict[str, Any]:
        boxes = [{"name": str(number), "id": str(number), "value": part} for number, part in enumerate(parts)]
        return {"id": "day", "items": boxes}

    for parts in (("7", "11", "2026"), ("", "", ""), ("", "<i>", "")):
        assert component_around(made, "date-input", day(*parts)) == component(made, "date-input", day(*parts))
    kept = _kept.cache_info().currsize
    component_around(made, "date-input", day("8", "12", "1980"))
    assert _kept.cache_info().currsize == kept


class Offering(forms.Form):
    who = forms.ChoiceField(label="Who", widget=forms.RadioSelect)
    way = forms.ChoiceField(label="Way", choices=[("post", "By post")], widget=forms.RadioSelect)


def test_what_a_form_offers_is_offered_in_one_way_which_asks_whether_it_may_be_kept() -> None:
    assign = re.compile(r"\.choices\s*=[^=]")
    assert assign.search('self.fields["who"].choices = contacts')
    sources = {path: text for path, text in tree.python("src").items() if "/casework/" in path}
    found = [path for path, text in sources.items() if assign.search(text)]
    assert found == ["src/alongside/casework/design/offering.py"]


def test_choices_that_say_something_of_a_person_are_not_kept() -> None:
    _kept.cache_clear()  # full, it would stay as long as it is
    shown(Offering())
    for name in ("Bee's sister", "Bee's brother"):
        form, kept = Offering(), _kept.cache_info().currsize
        offer(form, "who", [("1", name)])
        assert name in shown(form).replace("&#39;", "'")
        assert _kept.cache_info().currsize == kept
    form, kept = Offering(), _kept.cache_info().currsize
    offer(form, "who", [("1", "The police")], for_everybody=True)
    assert "The police" in shown(form)
    assert _kept.cache_info().currsize == kept + 1
    form, kept = Everything(), _kept.cache_info().currsize
    form.fields["name"].label = "Bee's sister: if not, why?"
    names_somebody(form, "name")
    assert "if not, why?" in shown(form, "{{ form_fields(form, 'name') }}")
    assert _kept.cache_info().currsize == kept
    with pytest.raises(TypeError, match="born offers no choice"):
        offer(Everything(), "born", [])


def test_what_is_hidden_is_written_once_in_a_form_that_is_written_a_part_at_a_time() -> None:
    class Parts(forms.Form):
        kept = forms.CharField(widget=forms.HiddenInput, initial="1")
        first = forms.CharField()
        second = forms.CharField()

    page = shown(Parts(), "{{ form_fields(form, 'first') }}{{ form_fields(form, 'second') }}")
    assert (page.count('name="kept"'), page.count('name="first"'), page.count('name="second"')) == (1, 1, 1)


@pytest.mark.parametrize("value", [None, "", 0, 7, True, '<b>"Bee\'s"</b>', "two words"])
def test_what_is_hidden_is_as_django_makes_it(value: Any) -> None:
    class Kept(forms.Form):
        kept = forms.CharField(widget=forms.HiddenInput, initial=value)

    def said(html: str) -> str:
        return re.sub(r"\s+|&#x27;|&#39;", " ", html.replace("&#34;", "&quot;")).strip()

    assert said(shown(Kept())) == said(str(Kept()["kept"]))


def test_nothing_offered_is_nothing() -> None:
    form = Offering()
    offer(form, "who", [])
    assert not form.fields["who"].choices  # type: ignore[attr-defined]
    offer(form, "who", [("1", "The police")])
    assert form.fields["who"].choices  # type: ignore[attr-defined]
