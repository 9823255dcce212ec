"""What is asked before a meeting, and in its minutes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.clashes import ChangeableForm
from alongside.casework.design.fields import by_rule
from alongside.casework.design.offering import names_somebody, offer
from alongside.casework.marm.forms.fields import choices_of, one_of, words_field
from alongside.casework.marm.presenters.words import ATTENDED, MINUTES, REPORT, TOOK_PART, TOPIC
from alongside.casework.marm.rules.minutes import (
    Attendance,
    Attended,
    TookPart,
    Written,
    keeps_from_closing,
)
from alongside.casework.marm.rules.reports import Report, Topic, wrong_with


class ReportForm(forms.Form):
    """What an agency knows: facts apart from what it makes of them; nothing known is a complete answer."""

    nothing_known = forms.BooleanField(
        label=gettext_lazy("We know nothing about this person"),
        help_text=gettext_lazy(
            "That is a complete answer. You can still say what is strong and what you can do. Otherwise, "
            "give facts, what is strong and at least one topic."
        ),
        required=False,
    )
    facts = words_field(
        REPORT["facts"],
        hint=gettext_lazy("With the date, and who saw it or told you."),
        longest=10_000,
        by_rule=True,
    )
    opinions = words_field(REPORT["opinions"])
    person_said = words_field(REPORT["person_said"], hint=gettext_lazy("In their words."))
    strengths = words_field(REPORT["strengths"], by_rule=True)
    risks = words_field(REPORT["risks"])
    offer = words_field(
        REPORT["offer"], hint=gettext_lazy("Include anything you do not usually do but could do here.")
    )
    limits = words_field(REPORT["limits"])
    topics = by_rule(
        forms.MultipleChoiceField(
            label=gettext_lazy("What do you know about?"),
            help_text=gettext_lazy("Choose at least one, unless you know nothing."),
            choices=choices_of(TOPIC),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    )

    def clean(self) -> dict[str, Any]:
        """Say what is missing."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for name, said in wrong_with(self.report()).items():
                self.add_error(name, said)
        return given

    def report(self) -> Report:
        """Return what was entered."""
        given = self.cleaned_data
        return Report(**given | {"topics": tuple(Topic(each) for each in given["topics"])})


class MinutesForm(ChangeableForm):
    """Minutes in the order in which a meeting goes, the person first."""

    took_part = one_of(
        gettext_lazy("How did the person take part?"),
        TOOK_PART,
        gettext_lazy("Choose how the person took part"),
        hint=gettext_lazy(
            "Minutes cannot be closed until they say that the person was there, or what the person thinks."
        ),
    )
    views = words_field(
        MINUTES["views"], hint=gettext_lazy("In their words, and who passed them on."), longest=10_000,
        by_rule=True,
    )  # fmt: skip
    declined_why = words_field(MINUTES["declined_why"], longest=2_000, lines=2, by_rule=True)
    story = words_field(MINUTES["story"], longest=10_000, by_rule=True)
    person_risk = words_field(MINUTES["person_risk"])
    missing = words_field(MINUTES["missing"], longest=2_000, lines=2)
    known = words_field(MINUTES["known"], longest=20_000, lines=6, by_rule=True)
    gaps = words_field(MINUTES["gaps"])
    agencies_risk = words_field(MINUTES["agencies_risk"])
    next_time = words_field(MINUTES["next_time"], longest=2_000, lines=2)
    opened_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, invited: Iterable[tuple[UUID, str]], begins_at: datetime, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.begins_at = begins_at
        self.invited = list(invited)
        for key, name in self.invited:
            self.fields[f"attended_{key}"] = one_of(
                _("%(name)s: did they come?") % {"name": name}, ATTENDED, _("Choose whether they came")
            )
            self.fields[f"why_{key}"] = forms.CharField(
                label=_("%(name)s: if not, why not?") % {"name": name}, max_length=2_000, required=False
            )
            self.fields[f"why_{key}"].owed_by_rule = True  # type: ignore[attr-defined]
            names_somebody(self, f"attended_{key}", f"why_{key}")

    def clean(self) -> dict[str, Any]:
        """Report what keeps them from being closed, if that was asked for."""
        given: dict[str, Any] = super().clean() or {}
        if "close" in self.data and not self.errors:
            wrong = keeps_from_closing(self.written(), begins_at=self.begins_at, now=timezone.now())
            for name, said in wrong.items():
                self.add_error(name if name in self.fields else None, said)
        return given

    def written(self) -> Written:
        """Return what was written."""
        given = self.cleaned_data
        return Written(
            took_part=TookPart(given["took_part"]),
            attendance={
                key: Attendance(Attended(given[f"attended_{key}"]), given[f"why_{key}"])
                for key, _name in self.invited
            },
            **{name: given[name] for name in MINUTES},
        )


class FamilyForm(forms.Form):
    """What somebody in the person's life says."""

    contact = forms.ChoiceField(
        label=gettext_lazy("Who said it?"),
        help_text=gettext_lazy("Only those the person lets us speak with."),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who said it")},
    )
    words = words_field(gettext_lazy("What do they say?"), owed=gettext_lazy("Write what they say"))

    def __init__(self, *args: Any, contacts: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "contact", list(contacts))


class AddendumForm(forms.Form):
    """What is added to closed minutes."""

    words = words_field(
        gettext_lazy("What is wrong, or missing?"), owed=gettext_lazy("Write what is wrong or missing")
    )
