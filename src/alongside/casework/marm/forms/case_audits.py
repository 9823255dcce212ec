"""What is asked when a case audit begins, about each case looked into, and when it is closed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.presenters.words_of_case_audits import VERDICT
from alongside.casework.marm.rules.case_audits import (
    Learnt,
    Said,
    Verdict,
    wrong_with_answers,
    wrong_with_learnt,
    wrong_with_period,
)

Member = tuple[UUID, str, str]


class BeginForm(forms.Form):
    """The period, how many cases are drawn, and who looks."""

    first = DateField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy("All cases that were open on any day of the period may be drawn."),
        error_messages={"required": gettext_lazy("Enter the first day")},
    )
    last = DateField(
        label=gettext_lazy("Until which day?"),
        error_messages={"required": gettext_lazy("Enter the last day")},
    )
    size = forms.IntegerField(
        label=gettext_lazy("How many cases?"),
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "classes": "govuk-input--width-4"}),
        error_messages={
            "required": gettext_lazy("Enter how many cases"),
            "invalid": gettext_lazy("Enter a number, such as 5"),
        },
    )
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Who will look into them?"),
        help_text=gettext_lazy(
            "From two agencies or more. They see a number and counts, but no name. Each is asked to answer "
            "for all cases."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who will look into them")},
    )

    def __init__(
        self, *args: Any, members: Iterable[Member], at_least: int, today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.at_least, self.today = at_least, today
        offer(self, "members", _named(members), for_everybody=True)
        self.fields["size"].help_text = _("At least %(count)s.") % {"count": at_least}

    def clean(self) -> dict[str, Any]:
        """Say why no cases can be drawn."""
        given: dict[str, Any] = super().clean() or {}
        if {"first", "last", "size"} <= given.keys():
            wrong = wrong_with_period(
                given["first"], given["last"], size=given["size"], at_least=self.at_least, today=self.today
            )
            for name, said in wrong.items():
                self.add_error(name, said)
        return given

    def begun(self) -> dict[str, Any]:
        """Return what was said."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in ("first", "last", "size")},
            "members": [UUID(each) for each in given["members"]],
        }


class AnswersForm(forms.Form):
    """The questions that people answer about one case; anything that falls short needs words."""

    def __init__(self, *args: Any, questions: Iterable[Mapping[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        asked = [each for each in questions if not each["fact"]]
        self.asks = {each["code"]: each["ask"] for each in asked}
        self.codes = list(self.asks)
        for each in asked:
            self.fields[each["code"]] = one_of(
                each["ask"], VERDICT, self._of(_("Choose what you see"), each["code"])
            )
            self.fields[_words(each["code"])] = words_field(
                gettext_lazy("What do you see, and what is missing?"),
                hint=gettext_lazy(
                    "Needed if your answer is Partly or Not met. Do not name any person, worker or agency."
                ),
                longest=2_000,
                lines=2,
                by_rule=True,
            )

    def clean(self) -> dict[str, Any]:
        """Say what is missing."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for code, said in wrong_with_answers(self.said(), self.codes).items():
                self.add_error(_words(code), self._of(said, code))
        return given

    def _of(self, said: str, code: str) -> str:
        """Say which question an error is of: every question has the same answers, and the same box."""
        return _("%(error)s: %(question)s") % {"error": said, "question": self.asks[code]}

    def said(self) -> dict[str, Said]:
        """Return what was said, by code of the question."""
        given = self.cleaned_data
        return {code: Said(Verdict(given[code]), given[_words(code)]) for code in self.codes}


class CloseForm(forms.Form):
    """What was learnt, what will change, and who will see to it by when."""

    learnt = words_field(
        gettext_lazy("What was learnt?"),
        hint=gettext_lazy("About how agencies work together. Do not blame or name anybody."),
        owed=gettext_lazy("Say what was learnt"),
        longest=10_000,
        lines=6,
    )
    change = words_field(gettext_lazy("What will change?"), owed=gettext_lazy("Say what will change"))
    owner = forms.ChoiceField(
        label=gettext_lazy("Who will see to it?"),
        error_messages={"required": gettext_lazy("Choose who will see to it")},
    )
    by_day = DateField(
        label=gettext_lazy("By when?"),
        error_messages={"required": gettext_lazy("Enter the day by which it will have changed")},
    )

    def __init__(self, *args: Any, members: Iterable[Member], today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        offer(self, "owner", [("", _("Choose")), *_named(members)])

    def clean(self) -> dict[str, Any]:
        """Say what is missing."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, said in wrong_with_learnt(self.said(), today=self.today).items():
                self.add_error(name, said)
        return given

    def said(self) -> Learnt:
        """Return what was said."""
        given = self.cleaned_data
        return Learnt(given["learnt"], given["change"], UUID(given["owner"]), given["by_day"])


class ChangedForm(forms.Form):
    """What has changed since an audit was closed."""

    words = words_field(
        gettext_lazy("What has changed?"),
        hint=gettext_lazy("If it is not what was planned, say what is, and why. Do not name anybody."),
        owed=gettext_lazy("Say what has changed"),
    )


def _named(members: Iterable[Member]) -> list[tuple[str, str]]:
    return [(str(key), f"{name} ({organisation})") for key, name, organisation in members]


def _words(code: str) -> str:
    return f"{code}_words"
