"""What is asked about a decision: the person first, then what was weighed, what was decided and who by."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.marm_models import LegalLever
from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.by_id import BoxesByIdForm
from alongside.casework.marm.forms.fields import choices_of, words_field
from alongside.casework.marm.presenters.words_of_decisions import PROTECTS, STANCE
from alongside.casework.marm.rules.decisions import (
    BOTH_SIDES,
    Decided,
    Option,
    Position,
    Protects,
    Stance,
    wrong_with_decision,
)

MOST_OPTIONS = 20
"""The most options a decision can have."""
PARTS = ("words", "benefits", "consequences", "not_acting")


class DecisionForm(BoxesByIdForm):
    """A decision. What was typed stays in the form, whatever is missing.

    There is room for as many options as are needed: ``add_option`` adds one more, and validates nothing.
    """

    BOXES: ClassVar = {"stance_{}": STANCE, "name_{}": {}, "said_{}": {}}
    CHANGED = gettext_lazy(
        "The agencies that take part have changed since you opened this form, so nothing was saved. What you "
        "typed is below: check what each agency says, then save the decision again."
    )
    NO_LONGER = gettext_lazy("%(name)s no longer takes part.")

    follows_why = words_field(gettext_lazy("Why is it being decided again?"), longest=2_000, lines=2)
    question = words_field(
        gettext_lazy("What is to be decided?"),
        owed=gettext_lazy("Say what was to be decided"),
        longest=2_000,
        lines=2,
        by_rule=True,
    )
    own_view = words_field(
        gettext_lazy("What does the person say?"), hint=gettext_lazy("In their own words."), by_rule=True
    )
    level = words_field(
        gettext_lazy("How much risk are they comfortable with?"),
        hint=gettext_lazy("In their own words: what they are willing to risk, and what they are not."),
        longest=2_000,
        lines=2,
        by_rule=True,
    )
    no_view_why = words_field(
        gettext_lazy("If you do not have their view, why not, and when will they be asked?"),
        longest=2_000,
        lines=2,
        by_rule=True,
    )
    support = words_field(
        gettext_lazy("What was done to help them decide?"),
        owed=gettext_lazy("Say what was done to help the person decide"),
    )
    capacity_in_doubt = forms.BooleanField(
        label=gettext_lazy("There is doubt about whether they can make this decision"), required=False
    )
    capacity_record = forms.ChoiceField(
        label=gettext_lazy("Which capacity record is about this?"), required=False
    )
    capacity_words = words_field(
        gettext_lazy("If there is no record yet, what is known, and who will assess it and when?"),
        longest=2_000,
        lines=2,
        by_rule=True,
    )
    chosen = forms.ChoiceField(
        label=gettext_lazy("Which option was chosen?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say which option was chosen")},
    )
    least_restrictive = forms.ChoiceField(
        label=gettext_lazy("Which option restricts the person least?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say which option restricts the person least")},
    )
    decided = words_field(
        gettext_lazy("What was decided?"), owed=gettext_lazy("Say what was decided"), lines=2
    )
    speaks_for = words_field(
        gettext_lazy("What are the arguments for it?"), owed=gettext_lazy("Give the arguments for it")
    )
    speaks_against = words_field(
        gettext_lazy("What are the arguments against it?"),
        owed=gettext_lazy("Give the arguments against it: there is always something"),
    )
    reasons = words_field(
        gettext_lazy("Why was it decided this way?"), owed=gettext_lazy("Say why it was decided this way")
    )
    protects = forms.MultipleChoiceField(
        label=gettext_lazy("Who does it protect?"),
        choices=choices_of(PROTECTS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who it protects")},
    )
    us_alone_why = words_field(
        gettext_lazy("If it protects only us, why is it still right?"),
        longest=2_000,
        lines=2,
        by_rule=True,
    )
    levers = forms.MultipleChoiceField(
        label=gettext_lazy("Which law and guidance does it refer to?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    review_on = DateField(
        label=gettext_lazy("When will it be looked at again?"),
        error_messages={"required": gettext_lazy("Enter the date when it will be looked at again")},
    )
    room = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """How many options there is room for."""
    MOST = MOST_OPTIONS
    THE_PERSON = ("question", "own_view", "level", "no_view_why", "support")
    CAPACITY = ("capacity_in_doubt", "capacity_record", "capacity_words")
    WEIGHED = ("chosen", "least_restrictive", "decided", "speaks_for", "speaks_against", "reasons")
    THE_REST = ("protects", "us_alone_why", "levers", "review_on")

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[UUID, str]],
        capacity: Iterable[tuple[UUID, str]],
        levers: Iterable[LegalLever],
        today: date,
        again: bool = False,
        options: int = BOTH_SIDES,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.things, self.today = list(agencies), today
        self.adds = "add_option" in self.data
        self.options = range(1, self._room(options) + 1)
        self.fields["room"].initial = len(self.options)
        if not again:
            del self.fields["follows_why"]
        known = list(levers)
        offer(self, "levers", [(each.code, each.title) for each in known], for_everybody=True)
        self.fields["levers"].choice_hints = {each.code: each.when for each in known}  # type: ignore[attr-defined]
        offer(self, "capacity_record", [("", _("None")), *((str(key), said) for key, said in capacity)])
        numbered = [(str(number), _("Option %(number)s") % {"number": number}) for number in self.options]
        for name in ("chosen", "least_restrictive"):
            offer(self, name, numbered)
        for number in self.options:
            self._add_option(number)
        for key, name in self.things:
            self.fields[f"stance_{key}"] = forms.ChoiceField(
                label=_("What does %(agency)s say?") % {"agency": name},
                choices=choices_of(STANCE),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what %(agency)s says") % {"agency": name}},
            )
            self.fields[f"name_{key}"] = forms.CharField(
                label=_("Who spoke for %(agency)s?") % {"agency": name},
                max_length=200,
                error_messages={"required": _("Say who spoke for %(agency)s") % {"agency": name}},
            )
            self.fields[f"said_{key}"] = words_field(
                _("Why does %(agency)s say that?") % {"agency": name}, longest=2_000, lines=2, by_rule=True
            )

    def full_clean(self) -> None:
        """Validate nothing half written when all that was asked for is room for another option."""
        if self.adds:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def _room(self, before: int) -> int:
        """How many options to show: as many as before, and one more if that was asked for."""
        typed = str(self.data.get("room", ""))
        room = int(typed) if typed.isascii() and typed.isdigit() else before
        return min(max(room, BOTH_SIDES) + self.adds, MOST_OPTIONS)

    def _add_option(self, number: int) -> None:
        among_the_first = number <= BOTH_SIDES
        # one of which something was typed must not be dropped because something else of it is missing
        owed = among_the_first or any(self.data.get(f"{part}_{number}", "").strip() for part in PARTS)
        said = {
            "words": (
                _("Option %(number)s: what is it?"),
                _("Option %(number)s: say what it is")
                if among_the_first
                else _("Option %(number)s: say what it is, or empty its other boxes"),
            ),
            "benefits": (
                _("Option %(number)s: what is good about it for the person?"),
                _("Option %(number)s: say what is good about it for the person"),
            ),
            "consequences": (
                _("Option %(number)s: what is not good about it, as they understood it?"),
                _("Option %(number)s: say what is not good about it, as they understood it"),
            ),
            "not_acting": (
                _("Option %(number)s: what may happen without it?"),
                _("Option %(number)s: say what may happen without it"),
            ),
        }
        for part, (label, missing) in said.items():
            self.fields[f"{part}_{number}"] = words_field(
                label % {"number": number},
                owed=missing % {"number": number} if owed else "",
                longest=2_000,
                lines=2,
                by_rule=True,
            )

    @property
    def option_names(self) -> list[tuple[int, list[str]]]:
        """The fields of each option."""
        return [(number, [f"{part}_{number}" for part in PARTS]) for number in self.options]

    @property
    def position_names(self) -> list[tuple[str, list[str]]]:
        """The fields about each agency, with its name."""
        return [(name, self.names_about(key)) for key, name in self.things]

    def clean(self) -> dict[str, Any]:
        """Report what is missing, beside the field where it can be put right."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            agencies = [key for key, _name in self.things]
            dissent = [
                f"said_{key}"
                for key in agencies
                if given[f"stance_{key}"] == Stance.DISSENTS and not given[f"said_{key}"].strip()
            ]
            beside = {"options": "words_2"}
            beside["positions"] = dissent[0] if dissent else f"name_{agencies[0]}"
            wrong = wrong_with_decision(self.asked(), agencies=agencies, day=self.today)
            for name, said in wrong.items():
                self.add_error(beside.get(name, name), said)
        return given

    def asked(self) -> Decided:
        """Return what was entered."""
        given = self.cleaned_data
        plain = (
            "question", "decided", "own_view", "level", "no_view_why", "support", "speaks_for",
            "speaks_against", "reasons", "us_alone_why", "capacity_in_doubt", "capacity_words", "review_on",
        )  # fmt: skip
        return Decided(
            options=tuple(
                Option(
                    **{part: given[f"{part}_{number}"] for part in PARTS},
                    chosen=given["chosen"] == str(number),
                    least_restrictive=given["least_restrictive"] == str(number),
                )
                for number in self.options
                if given[f"words_{number}"].strip()
            ),
            positions=tuple(
                Position(key, given[f"name_{key}"], Stance(given[f"stance_{key}"]), given[f"said_{key}"])
                for key, _name in self.things
            ),
            protects=frozenset(Protects(each) for each in given["protects"]),
            levers=tuple(given["levers"]),
            capacity_record_id=UUID(given["capacity_record"]) if given["capacity_record"] else None,
            **{name: given[name] for name in plain},
        )
