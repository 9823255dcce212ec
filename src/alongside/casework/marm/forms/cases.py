"""What is asked about a case: of those who ask for it, answer it, or lead it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.marm_models import CriteriaSet, Criterion, Forum
from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.presenters.words import ANSWER, TOLD, URGENCY, item_in_words
from alongside.casework.marm.rules.asking import DIRECTIONS, Asked, wrong_with
from alongside.casework.marm.rules.criteria import Answer, Answered, criteria_of
from alongside.casework.marm.rules.stages import Told, Urgency


class AskForm(forms.Form):
    """Asking agencies to come together: the person first, then the criteria, then the rest."""

    urgency = one_of(
        gettext_lazy("How soon may serious harm happen?"), URGENCY, gettext_lazy("Choose how soon")
    )
    own_words = words_field(
        gettext_lazy("What does the person say?"),
        hint=gettext_lazy("In their own words: what worries them, and what does not."),
        longest=10_000,
        by_rule=True,
    )
    no_words_why = words_field(
        gettext_lazy("If there is nothing in their own words: why not, and when will they be asked?"),
        longest=2_000,
        lines=2,
        by_rule=True,
    )
    wanted = words_field(
        gettext_lazy("What do they want to happen?"),
        owed=gettext_lazy("Say what they want, or that they did not say"),
    )
    strengths = words_field(
        gettext_lazy("What is strong, and what works?"),
        owed=gettext_lazy("Say what is strong and what works: there is always something"),
    )
    risk_to_self = words_field(
        gettext_lazy("What may happen to them because of how they live or what they do?"),
        hint=gettext_lazy("If nothing changes, and how soon. Fill in at least one of these three boxes."),
        by_rule=True,
    )
    risk_from_others = words_field(
        gettext_lazy("What may others do to them?"),
        hint=gettext_lazy("Include their family, and anything others fail to do."),
        by_rule=True,
    )
    risk_to_others = words_field(
        gettext_lazy("What may happen to others?"),
        hint=gettext_lazy("Who could be harmed, and how: children, neighbours, somebody who cares for them."),
        by_rule=True,
    )
    tried = words_field(
        gettext_lazy("What was tried, by whom, and what came of it?"),
        owed=gettext_lazy("Say what was tried, by whom, and what came of it"),
        longest=10_000,
    )
    told = one_of(
        gettext_lazy("Does the person know that you are asking for this?"),
        TOLD,
        gettext_lazy("Choose whether they know"),
    )
    told_why = words_field(
        gettext_lazy("If they do not agree, or do not know: why?"),
        hint=gettext_lazy("What they object to, or when they will be told and why not now."),
        longest=2_000,
        lines=2,
        by_rule=True,
    )
    manager_told = forms.CharField(
        label=gettext_lazy("Which of your managers knows?"), max_length=200, required=False
    )
    criteria_set = forms.CharField(widget=forms.HiddenInput, required=False)
    """The version that was answered."""
    THE_PERSON = ("own_words", "no_words_why", "wanted")
    BOTH_SIDES = ("strengths", *DIRECTIONS, "urgency")
    THE_REST = ("tried", "told", "told_why", "manager_told")

    def __init__(self, *args: Any, criteria: CriteriaSet, **more: Any) -> None:
        super().__init__(*args, **more)
        self.criteria = criteria_of(criteria)
        self.fields["criteria_set"].initial = criteria.set
        for each in self.criteria:
            self.fields[f"answer_{each.code}"] = forms.ChoiceField(
                label=each.ask,
                help_text=each.guidance or "",
                choices=[(code, ANSWER[Answer(code)]) for code in each.allow],
                widget=forms.RadioSelect,
                initial=Answer.NOT_KNOWN.value,
                error_messages={"required": gettext_lazy("Choose an answer. Not known is an answer too")},
            )
            if each.items:
                self.fields[f"items_{each.code}"] = forms.MultipleChoiceField(
                    label=_("Which?"),
                    choices=[(code, item_in_words(code)) for code in each.items],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )
            self.fields[f"evidence_{each.code}"] = words_field(
                _("What makes you say so?"), longest=5_000, lines=2
            )

    def names_of(self, criterion: Criterion) -> list[str]:
        """Return the names of the fields about one criterion."""
        items = [f"items_{criterion.code}"] if criterion.items else []
        return [f"answer_{criterion.code}", *items, f"evidence_{criterion.code}"]

    @classmethod
    def again(cls, typed: QueryDict, *, criteria: CriteriaSet) -> "AskForm":
        """Return a form with other criteria, with everything typed that is still asked."""
        form = cls(criteria=criteria)
        for name, each in form.fields.items():
            if name in typed and name != "criteria_set":
                several = isinstance(each, forms.MultipleChoiceField)
                each.initial = typed.getlist(name) if several else typed[name]
        return form

    def clean(self) -> dict[str, Any]:
        """Say what is missing in combination: their words or why not, a reason, and enough ticks."""
        given: dict[str, Any] = super().clean() or {}
        for each in self.criteria:
            ticked = given.get(f"items_{each.code}") or []
            if given.get(f"answer_{each.code}") == Answer.MET and len(ticked) < each.min_items:
                self.add_error(f"items_{each.code}", _("Tick what applies, or answer that it is not known"))
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
            *DIRECTIONS,
            "told_why",
            "manager_told",
            "criteria_set",
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

    why = words_field(gettext_lazy("Why?"), owed=gettext_lazy("Say why"))


class DeclineForm(WhyForm):
    """Declining a case: with a reason, advice and another route."""

    advice = words_field(
        gettext_lazy("What can the worker who asked do now?"),
        owed=gettext_lazy("Say what the worker who asked can do now"),
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
        offer(self, "route", [(each.code, each.title) for each in known], for_everybody=True)
        field.choice_hints = {each.code: each.when for each in known}  # type: ignore[attr-defined]


class LeadForm(WhyForm):
    """Who to ask to lead."""

    member = forms.ChoiceField(
        label=gettext_lazy("Who is asked to lead?"),
        error_messages={"required": gettext_lazy("Choose who is asked")},
    )
    field_order = ("member", "why")

    def __init__(self, *args: Any, members: Iterable[tuple[Any, str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(str(key), f"{name} ({organisation})") for key, name, organisation in members]
        offer(self, "member", [("", _("Choose")), *named])
