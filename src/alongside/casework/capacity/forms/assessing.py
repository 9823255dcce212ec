"""Whether a person can make one decision: help first, then what they could do, then the cause."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.capacity.forms.sound import SoundForm
from alongside.casework.capacity.models import AdviceNote, CapacityView
from alongside.casework.capacity.presenters.words import (
    ABLE,
    CONFIDENCE,
    FUNCTION,
    HELP,
    PRESSURE,
    RECOGNISES,
    STATE,
)
from alongside.casework.capacity.rules.assessing import (
    MISSING,
    Able,
    Assessment,
    Confidence,
    Function,
    Help,
    Pressure,
    Recognises,
    State,
    what_is_wrong,
)
from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import by_rule, one, sentences, several, short

_SEEN = {
    Function.UNDERSTAND: _("How you know whether they understood: their words, or what you saw"),
    Function.RETAIN: _("How you know whether they kept it in mind"),
    Function.WEIGH: _("How you know whether they weighed it up"),
    Function.COMMUNICATE: _("How they told you, or what you tried"),
}
_ASK = _("Choose yes, no or not assessed")


def _able(function: Function) -> forms.ChoiceField:
    return one(FUNCTION[function], ABLE, missing=_ASK)


def _seen(function: Function) -> forms.CharField:
    return by_rule(sentences(_SEEN[function], hint=_("Needed if the answer is “no”"), rows=2))


class AgainForm(SoundForm):
    """What was found when somebody looked at a decision again; the wording of the decision is fixed."""

    why_now = sentences(_("Why it needs to be decided now"), missing=MISSING["why_now"])
    information = by_rule(
        sentences(
            _("What they need to know to decide it"),
            hint=_(
                "What happens if they do and if they do not. Needed unless you conclude “assumed” or “in "
                "doubt”."
            ),
        )
    )
    chosen_by = short(
        _("Who worded the decision this way"),
        hint=_("Ideally together with the person. For example, Bee and her social worker."),
        missing=MISSING["chosen_by"],
    )
    help = by_rule(
        several(
            _("What was done to help them decide for themself?"),
            HELP,
            hint=_("Nobody can be found unable to decide until all practicable help has been given."),
        )
    )
    help_words = by_rule(sentences(_("What you did, and how it went")))
    understand = _able(Function.UNDERSTAND)
    understand_seen = _seen(Function.UNDERSTAND)
    retain = _able(Function.RETAIN)
    retain_seen = _seen(Function.RETAIN)
    weigh = _able(Function.WEIGH)
    weigh_seen = _seen(Function.WEIGH)
    communicate = _able(Function.COMMUNICATE)
    communicate_seen = _seen(Function.COMMUNICATE)
    impairment = by_rule(
        sentences(
            _("Which impairment or disturbance of the mind or brain"),
            hint=_(
                "Needed if they cannot decide. There need not be a diagnosis: being drunk, in shock or "
                "unwell may count. Age or appearance never does."
            ),
            rows=2,
        )
    )
    because = by_rule(
        sentences(_("How that causes what they could not do"), hint=_("Needed if they cannot decide"), rows=2)
    )
    says = by_rule(sentences(_("What they say they will do"), rows=2))
    does = by_rule(sentences(_("What happens then"), rows=2))
    gap = by_rule(sentences(_("What the gap is between the two"), rows=2))
    others_saw = sentences(_("What others have seen"), rows=2)
    recognises = one(
        _("Do they see the gap themself?"), RECOGNISES, missing=_("Choose whether they see the gap themself")
    )
    pattern = by_rule(sentences(_("How it comes and goes"), rows=2))
    best_time = short(_("The best time"))
    best_place = short(_("The best place"))
    best_with = short(_("The best people to have with them"))
    when_not = by_rule(sentences(_("What to do when it is not a good time"), rows=2))
    pressure = one(
        _("Does another person stand in the way of a free decision?"),
        PRESSURE,
        hint=_(
            "Inability caused by another person is not lack of capacity. The law protects them in other ways."
        ),
        missing=_("Choose whether another person stands in the way"),
    )
    pressure_words = by_rule(sentences(_("What you saw or were told about it"), rows=2))
    advice_from = by_rule(
        short(
            _("Who is being asked for legal advice"),
            hint=_(
                "Needed where there is pressure. The High Court can protect a free decision (inherent "
                "jurisdiction): ask a lawyer whether to apply."
            ),
        )
    )
    outcome = one(
        _("What do you conclude?"),
        {code: told for code, (told, _colour) in STATE.items()},
        hint=_("For this decision, on this day. More likely than not is enough."),
        missing=_("Choose what you conclude"),
    )
    reasons = sentences(_("Why"), missing=MISSING["reasons"])
    confidence = one(_("How sure are you?"), CONFIDENCE, missing=_("Choose how sure you are"))
    assessed_on = DateField(
        label=_("The day of the assessment"),
        error_messages={"required": _("Enter the day of the assessment")},
    )
    next_check = DateField(
        label=_("When somebody must look again"),
        help_text=_("Needed unless they can decide this. Capacity can come back, or go."),
        required=False,
    )
    by_rule(next_check)
    role = short(
        _("Your role"), hint=_("For example, social worker or community nurse."), missing=MISSING["role"]
    )

    sections: ClassVar[tuple[tuple[Promise, tuple[str, ...]], ...]] = (
        (_("The decision"), ("decision", "why_now", "information", "chosen_by")),
        (_("Help to decide"), ("help", "help_words")),
        (
            _("What they could do, with that help"),
            tuple(name for each in Function for name in (each.value, f"{each}_seen")),
        ),
        (_("What causes it"), ("impairment", "because")),
        (_("Saying and doing"), ("says", "does", "gap", "others_saw", "recognises")),
        (_("If it comes and goes"), ("pattern", "best_time", "best_place", "best_with", "when_not")),
        (_("Pressure from others"), ("pressure", "pressure_words", "advice_from")),
        (
            _("What you conclude"),
            ("outcome", "reasons", "confidence", "assessed_on", "next_check", "role"),
        ),
    )
    """The parts of the page, in the order of the law."""

    def __init__(self, *given: Any, decision: str = "", **more: Any) -> None:
        super().__init__(*given, **more)
        self.stands = decision

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the answers do not hold together; the reason is beside each field.
        """
        given = super().clean() or {}
        if not {"assessed_on", "outcome", *Function, "pressure"} & set(self.errors):
            self.tell(what_is_wrong(self.assessment(given), self.day))
        return given

    def assessment(self, given: dict[str, Any]) -> Assessment:
        """Return what was found, from fields that have been validated one by one."""
        codes: dict[str, Any] = {
            "outcome": State(given["outcome"]),
            "pressure": Pressure(given["pressure"]),
            "recognises": Recognises(given.get("recognises", Recognises.NOT_ASKED)),
            "confidence": Confidence(given.get("confidence", Confidence.UNSURE)),
            "help": tuple(Help(each) for each in given.get("help", [])),
            **{each.value: Able(given[each]) for each in Function},
        }
        plain = {name: given.get(name, "") for name in self.fields if name not in codes}
        checked = {"next_check": given.get("next_check")}
        return Assessment(**({"decision": self.stands} | plain | codes | checked))


class AssessmentForm(AgainForm):
    """What was found about a decision that has no record yet."""

    decision = sentences(
        _("The decision, in one sentence"),
        hint=_("For example, whether to go home after hospital. Nobody simply “lacks capacity”."),
        missing=MISSING["decision"],
        rows=2,
        most=500,
    )


class OpenedForm(forms.Form):
    """Which record was the latest when a form was opened."""

    opened = forms.UUIDField(widget=forms.HiddenInput, required=False)


class ViewForm(forms.Form):
    """Who agrees or disagrees with a record."""

    stance = forms.ChoiceField(
        label=_("Do they agree?"),
        choices=CapacityView.Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they agree")},
    )
    name = short(_("Name"), missing=_("Enter a name"))
    agency = short(
        _("Agency"),
        hint=_("Or who they are to the person"),
        missing=_("Enter the agency, or who they are to the person"),
    )
    why = sentences(_("Why"), missing=_("Enter why they agree or disagree"))


class AdviceForm(forms.Form):
    """Legal advice about pressure on a person."""

    what = forms.ChoiceField(
        label=_("What happened?"),
        choices=AdviceNote.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened")},
    )
    of_whom = short(_("Who was asked, or who answered"), missing=_("Enter who was asked, or who answered"))
    on = DateField(label=_("When"), error_messages={"required": _("Enter the day")})
    words = sentences(
        _("What was asked, or what the advice was"), missing=_("Enter what was asked, or what the advice was")
    )
