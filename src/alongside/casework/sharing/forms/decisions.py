"""What is asked, step by step, before something is shared or not."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import declared
from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import by_rule, one, sentences
from alongside.casework.design.offering import offer
from alongside.casework.people.forms import SafeToKnow
from alongside.casework.sharing.presenters.agreements import DATA
from alongside.casework.sharing.presenters.choices import TOPICS
from alongside.casework.sharing.presenters.decisions import (
    ELEMENTS,
    GROUNDS,
    KINDS,
    KNOWN,
    LAYERS,
    STATED,
    TOLD,
)
from alongside.casework.sharing.rules.basis import Layer, Option
from alongside.casework.sharing.rules.choices import Topic
from alongside.casework.sharing.rules.overrides import ASKS, Ground


class ToForm(forms.Form):
    """Who would be told, and what for."""

    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Who would be told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who would be told")},
    )
    named = forms.CharField(
        label=gettext_lazy("Who there?"),
        help_text=gettext_lazy("A name or a post, so that it does not lie in an inbox."),
        max_length=200,
        required=False,
    )
    purpose = one(gettext_lazy("What for?"), (), gettext_lazy("Say what for"))
    who = forms.CharField(
        label=gettext_lazy("Whom it is about, as they are told"),
        help_text=gettext_lazy("Enough that they mean the same person, and no more."),
        max_length=400,
        error_messages={"required": gettext_lazy("Enter whom it is about")},
    )

    def __init__(self, *given: Any, organisations: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "recipients", organisations)
        offer(self, "purpose", [(each.code, each.title) for each in declared()])
        self.fields["purpose"].error_messages["invalid_choice"] = _(
            "“%(value)s” is no purpose of the partnership any more: choose another"
        )


class ItemForm(forms.Form):
    """One thing that is told."""

    topic = one(
        gettext_lazy("What is it about?"),
        [(code, title) for code, title in TOPICS.items() if code is not Topic.EVERYTHING],
        gettext_lazy("Choose what it is about"),
    )
    words = sentences(
        gettext_lazy("What is told, word for word?"),
        gettext_lazy("Enter what is to be told"),
        hint=gettext_lazy("Only as much as the purpose needs."),
    )
    kind = one(
        gettext_lazy("What is it?"), KINDS, gettext_lazy("Say what it is"),
        hint=gettext_lazy("An allegation stays one, however often it is passed on."),
    )  # fmt: skip
    as_at = DateField(
        label=gettext_lazy("On which day was it so?"),
        error_messages={"required": gettext_lazy("Enter the day on which it was so")},
    )
    source = forms.CharField(
        label=gettext_lazy("From whom or what is it known?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say from whom or what it is known")},
    )
    verified_by = forms.CharField(
        label=gettext_lazy("Who made sure of it, and how?"), max_length=500, required=False
    )
    limits = by_rule(sentences(gettext_lazy("Where does it fall short?"), rows=2))
    data_class = one(
        gettext_lazy("Which kind of data is it?"),
        DATA,
        gettext_lazy("Say which kind of data it is"),
        hint=gettext_lazy("Health is special and offences are criminal data, whatever you choose."),
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for element, title in ELEMENTS.items():
            self.fields[element.value] = one(
                title, STATED, gettext_lazy("Say so, or say that it is not known")
            )
        self.order_fields(["topic", "words", "kind", "as_at", "source", "verified_by", *ELEMENTS])


class KnownForm(forms.Form):
    """What is known of the person and the purpose."""

    known = forms.MultipleChoiceField(
        label=gettext_lazy("What of this holds?"),
        help_text=gettext_lazy("Choose all that hold. Whether they agreed is looked up."),
        choices=list(KNOWN.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class OutcomeForm(forms.Form):
    """To share, not to, or to ask."""

    outcome = one(
        gettext_lazy("What do you decide?"),
        [
            ("share", gettext_lazy("To share it")),
            ("do_not_share", gettext_lazy("Not to share it")),
            ("unsure", gettext_lazy("I am unsure: ask my manager for advice")),
        ],
        gettext_lazy("Choose what you decide"),
    )


class NotForm(SafeToKnow):
    """Why it is not shared."""

    reason = sentences(gettext_lazy("Why is it not shared?"), gettext_lazy("Say why it is not shared"))
    risk = sentences(
        gettext_lazy("What may come of not sharing?"),
        gettext_lazy("Say what may come of not sharing, also if you think that it is nothing"),
    )
    review_on = DateField(
        label=gettext_lazy("When is this looked at again?"),
        error_messages={"required": gettext_lazy("Enter the day on which this is looked at again")},
    )

    field_order = ("reason", "risk", "review_on")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["safe"].label = _("Is it safe that the person knows that it is not shared?")


class GroundForm(forms.Form):
    """On which ground it is shared all the same."""

    ground = one(
        gettext_lazy("On which ground is it shared all the same?"),
        GROUNDS,
        gettext_lazy("Choose a ground, or go back and decide not to share"),
    )


class OverrideForm(forms.Form):
    """What the ground asks."""

    refusal = sentences(
        gettext_lazy("What exactly did they say?"),
        gettext_lazy("Enter the exact words of the refusal"),
        rows=2,
    )
    first = sentences("")
    second = sentences("")
    alternatives = sentences(
        gettext_lazy("What was tried or weighed before?"),
        gettext_lazy("Say what was tried or weighed before"),
    )
    harm = sentences(
        gettext_lazy("What may telling it do to them, and how do you keep that small?"),
        gettext_lazy("Say what telling it may do to them, and how you keep that small"),
    )
    advice = sentences(gettext_lazy("Who was asked for advice, and what did they say?"), rows=2)
    review_on = DateField(
        label=gettext_lazy("When is it looked at whether this was right?"),
        error_messages={"required": gettext_lazy("Enter the day on which it is looked at again")},
    )
    emergency = forms.BooleanField(
        label=gettext_lazy("It cannot wait until somebody else agrees"),
        help_text=gettext_lazy("Then they are told at once. A manager looks at it within one working day."),
        required=False,
    )
    emergency_why = by_rule(sentences(gettext_lazy("Why can it not wait?"), rows=2))

    def __init__(self, *given: Any, ground: str, capacity: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        for name, asked in zip(("first", "second"), ASKS[Ground(ground)], strict=True):
            self.fields[name].label, self.fields[name].required = str(asked), True
            self.fields[name].error_messages["required"] = _("Not answered yet: %(question)s") % {
                "question": asked
            }
        self.without_record = ground == Ground.LACKS_CAPACITY and not capacity
        if ground == Ground.LACKS_CAPACITY and capacity:
            self.fields["capacity_record"] = one(
                gettext_lazy("Which capacity record is about this concern?"),
                capacity,
                gettext_lazy("Choose the capacity record about this concern"),
                hint=gettext_lazy(
                    "Only records are listed by which they cannot decide this today, with a best-interests "
                    "decision."
                ),
            )
            self.order_fields(["refusal", "capacity_record"])

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the ground is that they cannot decide this, and no record says so.
        """
        given = super().clean() or {}
        if self.without_record:
            self.add_error(
                None,
                _(
                    "Look first at whether they can decide this, and at their best interests. No record says "
                    "so today"
                ),
            )
        return given


class BasisForm(forms.Form):
    """On which basis, and why it is needed."""

    necessity = sentences(gettext_lazy("Why is it needed?"), gettext_lazy("Say why it is needed"))
    proportionality = sentences(
        gettext_lazy("Why would no less do?"), gettext_lazy("Say why no less would do")
    )
    without_agreement = by_rule(
        sentences(gettext_lazy("Why must it be shared though no agreement covers it?"), rows=2)
    )

    def __init__(self, *given: Any, offered: list[Option], uncovered: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if not uncovered:
            del self.fields["without_agreement"]
        for layer in Layer:
            of_layer = [each for each in offered if each.basis.layer is layer]
            if not of_layer:
                continue
            field = one(
                LAYERS[layer],
                [(each.basis.code, str(each.basis.title)) for each in of_layer if each.open],
                gettext_lazy("Choose one. If you are unsure, ask for advice"),
            )
            # each with what must be put into words for it
            field.choice_hints = {each.basis.code: each.basis.says for each in of_layer}  # type: ignore[attr-defined]
            self.fields[layer.value] = field
            self.fields[f"{layer.value}_words"] = sentences(
                gettext_lazy("Why does it hold here?"),
                gettext_lazy("Answer what stands beneath the one you chose"),
                rows=2,
            )
        self.order_fields([f"{layer.value}{end}" for layer in Layer for end in ("", "_words")])


class TellingForm(forms.Form):
    """How it is told, what they may do with it, and whether the person knows."""

    channel = forms.CharField(
        label=gettext_lazy("How does it travel?"),
        help_text=gettext_lazy("Such as: in Alongside; by telephone, and then in Alongside."),
        max_length=200,
        error_messages={"required": gettext_lazy("Say how it travels")},
    )
    onward = sentences(
        gettext_lazy("What may they do with it?"),
        gettext_lazy("Say what they may do with it"),
        rows=2,
        hint=gettext_lazy("Such as: use it for the visit, and pass it on to nobody."),
    )
    keep_until = DateField(label=gettext_lazy("Until when do they keep it?"), required=False)
    told = one(
        gettext_lazy("Does the person know that it is shared?"),
        TOLD,
        gettext_lazy("Say whether they know"),
    )
    told_on = by_rule(DateField(label=gettext_lazy("When were they told?"), required=False))
    told_how = by_rule(sentences(gettext_lazy("How were they told, or how and when will they be?"), rows=2))
    told_why_not = by_rule(sentences(gettext_lazy("Why is it not safe for them to know?"), rows=2))


class AdviceForm(forms.Form):
    """What somebody is unsure about."""

    question = sentences(
        gettext_lazy("What are you unsure about?"), gettext_lazy("Say what you are unsure about"), rows=5
    )


class GiveAdviceForm(forms.Form):
    """What a manager advises."""

    answer = sentences(gettext_lazy("Your advice"), gettext_lazy("Enter your advice"), rows=5)
    lawyer_said = sentences(gettext_lazy("What the lawyer said"))


class LawyerForm(forms.Form):
    """Who was asked in law."""

    lawyer = forms.CharField(
        label=gettext_lazy("Who was asked?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter who was asked")},
    )
    on = DateField(
        label=gettext_lazy("When?"),
        error_messages={"required": gettext_lazy("Enter the day they were asked")},
    )


class SecondLookForm(forms.Form):
    """What a second person says."""

    agreed = one(
        gettext_lazy("Do you agree?"),
        [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        gettext_lazy("Say whether you agree"),
    )
    words = sentences(gettext_lazy("Why?"), gettext_lazy("Say why"))

    def __init__(self, *given: Any, emergency: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if emergency:
            self.fields["agreed"].label = _("Was it right to share it at once?")
            self.fields["agreed"].error_messages["required"] = _("Say whether it was right")


class LaterViewForm(forms.Form):
    """What the person says of it afterwards."""

    words = sentences(gettext_lazy("What do they say of it now?"), gettext_lazy("Enter what they said"))
    said_on = DateField(
        label=gettext_lazy("When did they say it?"),
        error_messages={"required": gettext_lazy("Enter the day they said it")},
    )


class LookAgainForm(forms.Form):
    """That a decision stands."""

    words = sentences(gettext_lazy("Why does it stand?"), gettext_lazy("Say why it stands"))
    again_on = DateField(
        label=gettext_lazy("When is it looked at once more?"),
        help_text=gettext_lazy("Leave it empty if it need not be."),
        required=False,
    )


class CorrectionForm(forms.Form):
    """What was wrong with the decision before."""

    corrected_why = sentences(
        gettext_lazy("What was wrong with the decision before?"),
        gettext_lazy("Say what was wrong with the decision before"),
    )


def uuids(given: list[str]) -> frozenset[UUID]:
    """Return ids of what was ticked."""
    return frozenset(map(UUID, given))
