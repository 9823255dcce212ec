"""The forms of a request for information. They validate and never save."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import by_rule, sentences
from alongside.casework.design.offering import offer
from alongside.casework.sharing.presenters.agreements import DATA
from alongside.casework.sharing.presenters.requests import REFUSALS, URGENCIES
from alongside.casework.sharing.rules.basis import DataClass
from alongside.casework.sharing.rules.requests import POWERS, Item, Power, Refusal, Urgency, Wish

MOST_ITEMS = 8
"""The most things that can be asked for at once; anybody who needs more should talk to the agency."""
KNOWS = (
    ("yes", gettext_lazy("Yes, they know")),
    ("no", gettext_lazy("No, they do not know")),
)


class RequestForm(forms.Form):
    """Which organisation to ask, under which power, for what, and by when."""

    asked_of = forms.ChoiceField(
        label=gettext_lazy("Which organisation are you asking?"),
        error_messages={"required": gettext_lazy("Choose an organisation")},
    )
    what_for = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
    )
    power = forms.ChoiceField(
        label=gettext_lazy("Which power are you using?"),
        help_text=gettext_lazy("The letter names it, and says what it means for the organisation you ask."),
        choices=[(each.value, said.title) for each, said in POWERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the power you are using")},
    )
    power_words = forms.CharField(
        label=gettext_lazy("Act and section of another power"),
        help_text=gettext_lazy("Only if your power is not in the list."),
        max_length=300,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which kinds of data are you asking for?"),
        choices=list(DATA.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one kind of data")},
    )
    person_knows = forms.ChoiceField(
        label=gettext_lazy("Does the person know of this request?"),
        help_text=gettext_lazy("Tell them first, unless that would put somebody in danger."),
        choices=KNOWS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the person knows of this request")},
    )
    why_not_told = forms.CharField(
        label=gettext_lazy("If not, why not?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2_000,
        required=False,
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon do you need it?"),
        choices=list(URGENCIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how soon you need it")},
    )
    due = DateField(
        label=gettext_lazy("By a different day"),
        help_text=gettext_lazy("Leave this empty for the usual time."),
        required=False,
    )
    how_to_answer = forms.CharField(
        label=gettext_lazy("How can they answer you safely?"),
        help_text=gettext_lazy(
            "For example, a secure mailbox, or your phone number and when you are available."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1_000,
        error_messages={"required": gettext_lazy("Say how they can answer you safely")},
    )

    def __init__(
        self,
        *given: Any,
        organisations: Iterable[tuple[UUID, str]],
        by_public_authority: bool,
        items: int,
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        named = [(str(each), name) for each, name in organisations]
        offer(self, "asked_of", [("", _("Choose one")), *named])
        what_for = self.fields["what_for"]
        what_for.label = (
            _("Which of your tasks is it for?") if by_public_authority else _("Why are you asking?")
        )
        what_for.error_messages["required"] = (
            _("Say which of your tasks it is for") if by_public_authority else _("Say why you are asking")
        )
        if not by_public_authority:
            del self.fields["power"], self.fields["power_words"]
        self.numbers = range(1, items + 1)
        for number in self.numbers:
            self.fields |= _fields_of(number)
        of_items = [name for number in self.numbers for name in _names_of(number)]
        self.order_fields(["asked_of", "what_for", "power", "power_words", *of_items])

    def clean(self) -> dict[str, Any]:
        """Return the fields. The rule says what a request still lacks; here, what an item still lacks.

        Raises:
            ValidationError: an item is only partly filled in.
        """
        given = super().clean() or {}
        for number in self.numbers:
            parts = {name: given.get(name, "") for name in _names_of(number)}
            for name in parts:
                if any(parts.values()) and not parts[name] and name not in self.errors:
                    self.add_error(name, _MISSING[name.rpartition("_")[0]] % {"number": number})
        return given

    def wish(self) -> Wish:
        """Return what the asker says, from a valid form."""
        given = self.cleaned_data
        rows = [Item(*(given[name] for name in _names_of(number))) for number in self.numbers]
        return Wish(
            what_for=given["what_for"],
            power=Power(given["power"]) if given.get("power") else None,
            power_words=given.get("power_words", ""),
            kinds=frozenset(map(DataClass, given["kinds"])),
            items=tuple(each for each in rows if each.what),
            person_knows=given["person_knows"] == "yes",
            why_not_told=given["why_not_told"],
            urgency=Urgency(given["urgency"]),
            due=given["due"],
            how_to_answer=given["how_to_answer"],
        )


_MISSING = {
    "item_what": gettext_lazy("Say what you ask for (%(number)s)"),
    "item_why": gettext_lazy("Say why it is needed (%(number)s)"),
    "item_period": gettext_lazy("Say what period you need it for (%(number)s)"),
}


def _names_of(number: int) -> tuple[str, ...]:
    return tuple(f"{name}_{number}" for name in _MISSING)


def _fields_of(number: int) -> dict[str, forms.Field]:
    """The fields of one item. The first is required, the others may be left empty."""
    what, why, period = _names_of(number)
    owed = number == 1
    return {
        what: forms.CharField(
            label=gettext_lazy("What information?"),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=1_000,
            error_messages={"required": _MISSING["item_what"] % {"number": number}},
            required=owed,
        ),
        why: forms.CharField(
            label=gettext_lazy("Why is it needed?"),
            help_text=gettext_lazy("What could you not do without it? Being useful is not enough."),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=1_000,
            error_messages={"required": _MISSING["item_why"] % {"number": number}},
            required=owed,
        ),
        period: forms.CharField(
            label=gettext_lazy("For what period?"),
            help_text=gettext_lazy("For example, since January 2026."),
            max_length=200,
            error_messages={"required": _MISSING["item_period"] % {"number": number}},
            required=owed,
        ),
    }


class RefusalForm(forms.Form):
    """Why the request is refused. It cannot be left out."""

    refusal = forms.ChoiceField(
        label=gettext_lazy("Why will you not share?"),
        choices=list(REFUSALS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why you will not share")},
    )
    words = by_rule(
        sentences(
            gettext_lazy("Your reasons, in writing"),
            hint=gettext_lazy(
                "Whoever asked will read them, word for word, and they cannot be changed afterwards. Leave "
                "this empty if you cannot say more, for example because the person asked us to tell them "
                "nothing."
            ),
            rows=5,
            most=5_000,
        )
    )

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the reasons are missing, or were given with an answer that must say nothing.
        """
        given = super().clean() or {}
        refusal, words = given.get("refusal"), given.get("words")
        if refusal is Refusal.CANNOT_SAY and words:
            self.add_error("words", _("Nothing else is sent with this answer: leave the reasons empty"))
        if refusal is not Refusal.CANNOT_SAY and words == "":
            self.add_error("words", _("Give your reasons in writing"))
        return given

    def clean_refusal(self) -> Refusal:
        """Return the reason."""
        return Refusal(self.cleaned_data["refusal"])


class NothingHeldForm(forms.Form):
    """That nothing is held, and anything that may still help."""

    words = forms.CharField(
        label=gettext_lazy("Anything they should know"),
        help_text=gettext_lazy("For example, who may hold it. Do not write anything about the person here."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        required=False,
    )


class WithdrawForm(forms.Form):
    """Why it is no longer needed."""

    words = forms.CharField(
        label=gettext_lazy("Why do you no longer need it?"),
        help_text=gettext_lazy(
            "Whoever was asked will read this. Leave it empty if the person asked us to tell them nothing."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        required=False,
    )
