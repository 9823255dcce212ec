"""What is asked about concerns and cases. They validate and never save."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.marm_models import Criterion, Forum
from alongside.casework.design.dates import DateField
from alongside.casework.marm.presenters.words import ANSWER, CAME, LIMB, SAID, TOLD, URGENCY, item_in_words
from alongside.casework.marm.rules.asking import Asked, wrong_with
from alongside.casework.marm.rules.criteria import Answer, Answered
from alongside.casework.marm.rules.onward import Came
from alongside.casework.marm.rules.screening import DomesticAbuse, Limb, Said
from alongside.casework.marm.rules.stages import Told, Urgency

Choice = TypeVar("Choice", bound=str)


def _choices(words: Mapping[Choice, Promise]) -> list[tuple[str, Promise]]:
    return [(str(code), said) for code, said in words.items()]


def _words(
    label: Any, *, owed: Any = "", hint: Any = "", longest: int = 5_000, lines: int = 3
) -> forms.CharField:
    """A few lines of text; ``owed`` is what to say where they are missing and may not be."""
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=bool(owed),
        error_messages={"required": owed}, widget=forms.Textarea(attrs={"rows": lines}),
    )  # fmt: skip


def _one_of(label: Any, words: Mapping[Choice, Promise], owed: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, choices=_choices(words), widget=forms.RadioSelect,
        error_messages={"required": owed},
    )  # fmt: skip


class ConcernForm(forms.Form):
    """A concern, in two minutes: danger first, then the words."""

    immediate_danger = forms.BooleanField(
        label=gettext_lazy("Somebody is hurt, or about to be. I rang 999."), required=False
    )
    words = _words(
        gettext_lazy("What are you worried about?"),
        hint=gettext_lazy("What you saw or heard, and when. Write as you speak. Small things count."),
        owed=gettext_lazy("Say what you are worried about"),
        longest=10_000,
        lines=5,
    )
    talked_through = forms.BooleanField(
        label=gettext_lazy("I talked about it with the person"), required=False
    )


class ScreeningForm(forms.Form):
    """What every screening asks beside its own questions."""

    words = _words(
        gettext_lazy("What makes you answer so?"), owed=gettext_lazy("Say what makes you answer so")
    )

    def __init__(self, *args: Any, questions: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.codes = [code for code, _ask in questions]
        for code, ask in questions:
            self.fields[code] = _one_of(ask, SAID, gettext_lazy("Choose yes, no or not known"))
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])

    def asked(self) -> dict[str, Any]:
        """Return the answers, by the argument of the command that takes them."""
        return {"answers": {code: Said(self.cleaned_data[code]) for code in self.codes}}


class LimbsForm(ScreeningForm):
    """The three limbs of section 42, side by side."""

    def __init__(self, *args: Any, **more: Any) -> None:
        limbs = [(limb.value, str(said)) for limb, said in LIMB.items()]
        super().__init__(*args, **more | {"questions": limbs})

    def asked(self) -> dict[str, Any]:
        """Return the answer to each limb."""
        return {"limbs": {limb: Said(self.cleaned_data[limb.value]) for limb in Limb}}


class DomesticAbuseForm(ScreeningForm):
    """What is known of domestic abuse. The checklist itself is the agency's own."""

    count = forms.IntegerField(
        label=gettext_lazy("How many times was the answer yes in your risk checklist?"),
        help_text=gettext_lazy(
            "Use the checklist your agency is trained in. Leave it empty if none was used."
        ),
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.NumberInput(),
    )
    judgement = forms.BooleanField(
        label=gettext_lazy("I judge the risk to be high, whatever the number says"),
        help_text=gettext_lazy("Your judgement can raise what a number says. It never lowers it."),
        required=False,
    )
    events = forms.IntegerField(
        label=gettext_lazy("How many times did something happen in the last year?"),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.NumberInput(),
    )
    since_marac = forms.BooleanField(
        label=gettext_lazy("There was a MARAC in the last year, and something happened since"), required=False
    )

    def asked(self) -> dict[str, Any]:
        """Return what is known."""
        given = self.cleaned_data
        known = DomesticAbuse(
            count=given["count"],
            judgement=given["judgement"],
            events=given["events"] or 0,
            since_marac=given["since_marac"],
        )
        return {"known": known}


class OnwardForm(forms.Form):
    """That something was sent to another process."""

    sent_to = forms.CharField(
        label=gettext_lazy("Who was it sent to?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who it was sent to")},
    )
    why = _words(gettext_lazy("Why?"), owed=gettext_lazy("Say why"))
    sent_on = DateField(
        label=gettext_lazy("When was it sent?"),
        error_messages={"required": gettext_lazy("Enter the day it was sent")},
    )
    reference = forms.CharField(label=gettext_lazy("Their reference"), max_length=100, required=False)

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_sent_on(self) -> date:
        """Refuse a day that is still to come."""
        return _has_been(self.cleaned_data["sent_on"], self.today)


class CameForm(forms.Form):
    """What another process answered."""

    came = _one_of(gettext_lazy("What came of it?"), CAME, gettext_lazy("Choose what came of it"))
    on = DateField(
        label=gettext_lazy("When did you hear?"),
        error_messages={"required": gettext_lazy("Enter the day you heard")},
    )
    words = _words(
        gettext_lazy("What did they say?"),
        hint=gettext_lazy("If it was not taken on: their reason, and what they advise."),
        owed=gettext_lazy("Say what they said"),
    )

    def __init__(self, *args: Any, today: date, sent_on: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today, self.sent_on = today, sent_on

    def clean_on(self) -> date:
        """Refuse a day that is still to come, or before it was sent."""
        day = _has_been(self.cleaned_data["on"], self.today)
        if day < self.sent_on:
            raise forms.ValidationError(_("That is before it was sent"))
        return day

    def clean_came(self) -> Came:
        """Return it as the rules know it."""
        return Came(self.cleaned_data["came"])


class AskForm(forms.Form):
    """That agencies come together: the person first, then the criteria, then what it is about."""

    urgency = _one_of(
        gettext_lazy("How soon may serious harm come?"), URGENCY, gettext_lazy("Choose how soon")
    )
    own_words = _words(
        gettext_lazy("What does the person say?"),
        hint=gettext_lazy("In their own words: what worries them, and what does not."),
        longest=10_000,
    )
    no_words_why = _words(
        gettext_lazy("If there are no words of theirs: why not, and when will they be asked?"),
        longest=2_000,
        lines=2,
    )
    wanted = _words(
        gettext_lazy("What do they want to come of it?"),
        owed=gettext_lazy("Say what they want, or that they did not say"),
    )
    strengths = _words(
        gettext_lazy("What is strong, and what works?"),
        owed=gettext_lazy("Say what is strong and what works: there is something"),
    )
    tried = _words(
        gettext_lazy("What was tried, by whom, and what came of it?"),
        owed=gettext_lazy("Say what was tried, by whom, and what came of it"),
        longest=10_000,
    )
    harm = _words(
        gettext_lazy("What is likely to happen if nothing changes, and how soon?"),
        owed=gettext_lazy("Say what is likely to happen if nothing changes"),
    )
    told = _one_of(
        gettext_lazy("Does the person know that you ask for this?"),
        TOLD,
        gettext_lazy("Choose whether they know"),
    )
    told_why = _words(
        gettext_lazy("If they do not agree, or do not know: why?"),
        hint=gettext_lazy("What they say against it, or when they will be told and why not now."),
        longest=2_000,
        lines=2,
    )
    manager_told = forms.CharField(
        label=gettext_lazy("Which manager of yours knows?"), max_length=200, required=False
    )
    THE_PERSON = ("own_words", "no_words_why", "wanted", "strengths")
    THE_REST = ("tried", "harm", "urgency", "told", "told_why", "manager_told")

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **more: Any) -> None:
        super().__init__(*args, **more)
        self.criteria = list(criteria)
        for each in self.criteria:
            self.fields[f"answer_{each.code}"] = forms.ChoiceField(
                label=each.ask,
                help_text=each.guidance or "",
                choices=[(code, ANSWER[Answer(code)]) for code in each.allow],
                widget=forms.RadioSelect,
                initial=Answer.NOT_KNOWN.value,
                error_messages={"required": gettext_lazy("Choose an answer: not known is one")},
            )
            if each.items:
                self.fields[f"items_{each.code}"] = forms.MultipleChoiceField(
                    label=_("Which?"),
                    choices=[(code, item_in_words(code)) for code in each.items],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )
            self.fields[f"evidence_{each.code}"] = _words(_("What makes you say so?"), longest=5_000, lines=2)

    def names_of(self, criterion: Criterion) -> list[str]:
        """Return the names of the fields about one criterion."""
        items = [f"items_{criterion.code}"] if criterion.items else []
        return [f"answer_{criterion.code}", *items, f"evidence_{criterion.code}"]

    def clean(self) -> dict[str, Any]:
        """Say what is owed together: words of theirs or why not, a reason, and what is ticked of a list."""
        given: dict[str, Any] = super().clean() or {}
        for each in self.criteria:
            ticked = given.get(f"items_{each.code}") or []
            if given.get(f"answer_{each.code}") == Answer.MET and len(ticked) < each.min_items:
                self.add_error(f"items_{each.code}", _("Tick what it is, or answer that it is not known"))
        if not self.errors:
            for name, said in wrong_with(self.asked()).items():
                self.add_error(name, said)
        return given

    def asked(self) -> Asked:
        """Return what was said."""
        given = self.cleaned_data
        plain = (
            "own_words",
            "no_words_why",
            "wanted",
            "strengths",
            "tried",
            "harm",
            "told_why",
            "manager_told",
        )
        return Asked(
            urgency=Urgency(given["urgency"]),
            told=Told(given["told"]),
            answers={
                each.code: Answered(
                    Answer(given[f"answer_{each.code}"]),
                    given[f"evidence_{each.code}"],
                    tuple(given.get(f"items_{each.code}") or ()),
                )
                for each in self.criteria
            },
            **{name: given[name] for name in plain},
        )


class WhyForm(forms.Form):
    """A reason."""

    why = _words(gettext_lazy("Why?"), owed=gettext_lazy("Say why"))


class DeclineForm(WhyForm):
    """That a case is declined: with a reason, advice and a way to go."""

    advice = _words(
        gettext_lazy("What can whoever asked do now?"), owed=gettext_lazy("Say what whoever asked can do now")
    )
    route = forms.ChoiceField(
        label=gettext_lazy("Where could it go?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where it could go")},
    )

    def __init__(self, *args: Any, forums: Iterable[Forum], **more: Any) -> None:
        super().__init__(*args, **more)
        known = list(forums)
        field = self.fields["route"]
        field.choices = [(each.code, each.title) for each in known]  # type: ignore[attr-defined]
        field.choice_hints = {each.code: each.when for each in known}  # type: ignore[attr-defined]


class LeadForm(WhyForm):
    """Whom to ask to lead."""

    member = forms.ChoiceField(
        label=gettext_lazy("Who is asked to lead?"),
        error_messages={"required": gettext_lazy("Choose who is asked")},
    )
    field_order = ("member", "why")

    def __init__(self, *args: Any, members: Iterable[tuple[Any, str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["member"]
        field.choices = [("", _("Choose"))] + [  # type: ignore[attr-defined]
            (str(key), f"{name} ({organisation})") for key, name, organisation in members
        ]


def _has_been(day: date, today: date) -> date:
    if day > today:
        raise forms.ValidationError(_("That day is still to come"))
    return day
