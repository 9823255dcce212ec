"""What a person makes in advance, and who is on their side."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.casework.capacity.forms.sound import SoundForm
from alongside.casework.capacity.presenters.words import ADVOCACY, DIFFICULTY, KIND, OBJECTION, OCCASION
from alongside.casework.capacity.rules.advocacy import (
    MAY_BECOME,
    Advocacy,
    Asked,
    Objection,
    Occasion,
    Step,
    what_is_wrong_with_answers,
    what_is_wrong_with_step,
)
from alongside.casework.capacity.rules.assessing import Function
from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import by_rule, one, sentences, several, short
from alongside.casework.design.offering import offer


class AdvanceForm(forms.Form):
    """What was made in advance."""

    kind = one(_("What is it?"), KIND, missing=_("Choose what it is"))
    words = sentences(
        _("What it says"),
        hint=_(
            "Their wishes, word for word as they said them. For the others: what it covers, and who acts."
        ),
        missing=_("Enter what it says"),
        rows=6,
        most=10_000,
    )
    made_on = DateField(
        label=_("When it was made"), help_text=_("Leave it empty if it is not known."), required=False
    )
    held_by = sentences(
        _("Who has it"),
        hint=_("Who has a copy, or where the document is. Somebody may need to find it at night."),
        missing=_("Enter who has it"),
        rows=2,
    )
    seen_by = short(_("Who saw the document"), hint=_("Leave it empty if none of us has seen it yet."))


class WithdrawForm(forms.Form):
    """The person takes it back."""

    words = sentences(_("What they said"), hint=_("Word for word"), missing=_("Enter what they said"))
    said_on = DateField(label=_("When they said it"), error_messages={"required": _("Enter the day")})
    could_decide = one(
        _("Could they decide to take it back, when they said so?"),
        {"yes": _("Yes"), "no": _("No, or it is in doubt")},
        hint=_("Assume that they could, unless something shows otherwise."),
        missing=_("Choose whether they could decide to take it back"),
    )

    def __init__(self, *given: Any, needs_capacity: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if not needs_capacity:
            del self.fields["could_decide"]

    def clean_could_decide(self) -> bool:
        """Return whether they could."""
        return bool(self.cleaned_data["could_decide"] == "yes")


class AdvocacyForm(forms.Form):
    """Whether there is a right to an independent advocate."""

    occasion = one(_("What is about to happen?"), OCCASION, missing=_("Choose what is about to happen"))
    decision = by_rule(
        forms.TypedChoiceField(
            label=_("Which decision can they not make?"),
            help_text=_(
                "Needed for serious treatment or a long move. It must be the decision about just that: "
                "a record about another one, such as about money, does not count."
            ),
            widget=forms.RadioSelect,
            required=False,
            coerce=UUID,
            empty_value=None,
        )
    )
    difficulties = several(
        _("With all available help, which would still be substantially difficult for them?"),
        DIFFICULTY,
        hint=_(
            "One is enough. For serious treatment or a long move, it depends on their capacity, not on these."
        ),
    )
    difficulty_words = by_rule(sentences(_("What you saw"), hint=_("Needed if you ticked any"), rows=2))
    helper = short(
        _("Who could support them, or be asked?"),
        hint=_("A relative or friend. Leave it empty if there is nobody."),
    )
    objections = several(_("Is there any reason why this person would not be suitable?"), OBJECTION)
    person_agrees = forms.BooleanField(
        label=_("The person agrees to be supported by them"),
        help_text=_("Or, if they cannot decide that, it is in their best interests."),
        required=False,
    )

    def __init__(self, *given: Any, lacking: list[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        if lacking:
            offer(self, "decision", [(str(record_id), decision) for record_id, decision in lacking])
        else:
            del self.fields["decision"]

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the answers do not hold together.
        """
        given = super().clean() or {}
        if "occasion" not in self.errors:
            wrong = what_is_wrong_with_answers(self.asked(given), lacks=bool(given.get("decision")))
            for name, told in wrong.items():
                self.add_error(name, told)
        return given

    @staticmethod
    def asked(given: dict[str, Any]) -> Asked:
        """Return the answers."""
        return Asked(
            occasion=Occasion(given["occasion"]),
            difficulties=tuple(Function(each) for each in given.get("difficulties", [])),
            difficulty_words=given.get("difficulty_words", ""),
            helper=given.get("helper", ""),
            objections=tuple(Objection(each) for each in given.get("objections", [])),
            person_agrees=given.get("person_agrees", False),
        )


class StepForm(SoundForm):
    """What became of it."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("Where does it stand now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it stands now")},
    )
    on = DateField(label=_("Since when"), error_messages={"required": _("Enter the day")})
    advocate = by_rule(short(_("Who the advocate is"), hint=_("If one was instructed")))
    organisation = by_rule(short(_("Which organisation they are from"), hint=_("If one was instructed")))
    words = by_rule(
        sentences(
            _("What was said, or why"),
            hint=_("Needed unless one was instructed. The person's own words, if they do not want one"),
        )
    )

    def __init__(self, *given: Any, before: Advocacy, **more: Any) -> None:
        super().__init__(*given, **more)
        self.before = before
        offer(
            self,
            "state",
            [(each.value, ADVOCACY[each][0]) for each in MAY_BECOME[before]],
            for_everybody=True,
        )

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: it does not follow, or lacks who, when or what was said.
        """
        given = super().clean() or {}
        if not {"state", "on"} & set(self.errors):
            self.tell(what_is_wrong_with_step(self.step(given), before=self.before, day=self.day))
        return given

    @staticmethod
    def step(given: dict[str, Any]) -> Step:
        """Return what happened."""
        return Step(
            state=Advocacy(given["state"]),
            on=given["on"],
            advocate=given.get("advocate", ""),
            organisation=given.get("organisation", ""),
            words=given.get("words", ""),
        )
