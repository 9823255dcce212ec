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
        label=gettext_lazy("Who in particular?"),
        help_text=gettext_lazy("A name or a post, so that it is not left unread in a shared inbox."),
        max_length=200,
        required=False,
    )
    purpose = one(gettext_lazy("What for?"), (), gettext_lazy("Choose what it is for"))
    who = forms.CharField(
        label=gettext_lazy("Who it is about, as they will be told"),
        help_text=gettext_lazy("Enough for them to be sure that it is the right person, and no more."),
        max_length=400,
        error_messages={"required": gettext_lazy("Enter who it is about")},
    )

    def __init__(self, *given: Any, organisations: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "recipients", organisations)
        offer(self, "purpose", [(each.code, each.title) for each in declared()])
        self.fields["purpose"].error_messages["invalid_choice"] = _(
            "“%(value)s” is no longer a purpose of the partnership: choose another"
        )


class ItemForm(forms.Form):
    """One thing to be shared."""

    topic = one(
        gettext_lazy("What is it about?"),
        [(code, title) for code, title in TOPICS.items() if code is not Topic.EVERYTHING],
        gettext_lazy("Choose what it is about"),
    )
    words = sentences(
        gettext_lazy("What will be shared, word for word?"),
        gettext_lazy("Enter what will be shared"),
        hint=gettext_lazy("Only as much as the purpose needs."),
    )
    kind = one(
        gettext_lazy("What kind of statement is it?"), KINDS,
        gettext_lazy("Choose what kind of statement it is"),
        hint=gettext_lazy("An allegation stays an allegation, however often it is passed on."),
    )  # fmt: skip
    as_at = DateField(
        label=gettext_lazy("On which day was this true?"),
        error_messages={"required": gettext_lazy("Enter the day on which this was true")},
    )
    source = forms.CharField(
        label=gettext_lazy("Who or what does this come from?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Enter who or what this comes from")},
    )
    verified_by = forms.CharField(
        label=gettext_lazy("Who checked it, and how?"), max_length=500, required=False
    )
    limits = by_rule(sentences(gettext_lazy("Where does it fall short?"), rows=2))
    data_class = one(
        gettext_lazy("What kind of data is it?"),
        DATA,
        gettext_lazy("Choose what kind of data it is"),
        hint=gettext_lazy(
            "Health is always special category data, and offences are always criminal offence data."
        ),
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for element, title in ELEMENTS.items():
            self.fields[element.value] = one(title, STATED, gettext_lazy("Choose yes, no or not known"))
        self.order_fields(["topic", "words", "kind", "as_at", "source", "verified_by", *ELEMENTS])


class KnownForm(forms.Form):
    """What is known about the person and the purpose."""

    known = forms.MultipleChoiceField(
        label=gettext_lazy("Which of these are true?"),
        help_text=gettext_lazy("Choose all that are true. Whether they agreed is looked up for you."),
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
        gettext_lazy("What could happen if it is not shared?"),
        gettext_lazy("Say what could happen if it is not shared, even if you think nothing would"),
    )
    review_on = DateField(
        label=gettext_lazy("When will this be reviewed?"),
        error_messages={"required": gettext_lazy("Enter the day on which this will be reviewed")},
    )

    field_order = ("reason", "risk", "review_on")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["safe"].label = _("Is it safe for the person to know that it is not shared?")


class GroundForm(forms.Form):
    """On which ground it is shared anyway."""

    ground = one(
        gettext_lazy("On which ground will it be shared anyway?"),
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
        gettext_lazy("What else was tried or considered?"),
        gettext_lazy("Say what else was tried or considered"),
    )
    harm = sentences(
        gettext_lazy("How could sharing it affect them, and how will you limit any harm?"),
        gettext_lazy("Say how sharing it could affect them, and how you will limit any harm"),
    )
    advice = sentences(gettext_lazy("Who was asked for advice, and what did they say?"), rows=2)
    review_on = DateField(
        label=gettext_lazy("When will somebody review whether this was right?"),
        error_messages={"required": gettext_lazy("Enter the day on which it will be reviewed")},
    )
    emergency = forms.BooleanField(
        label=gettext_lazy("It cannot wait until somebody else agrees"),
        help_text=gettext_lazy(
            "They are then told at once. A manager must look at it within one working day."
        ),
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
                    "Only records that say they cannot decide this today, with a best-interests decision, "
                    "are listed."
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
                    "First look at whether they can decide this, and at their best interests. No record says "
                    "today that they cannot decide it"
                ),
            )
        return given


class BasisForm(forms.Form):
    """On which basis, and why it is needed."""

    necessity = sentences(gettext_lazy("Why is it needed?"), gettext_lazy("Say why it is needed"))
    proportionality = sentences(
        gettext_lazy("Why would sharing less not be enough?"),
        gettext_lazy("Say why sharing less would not be enough"),
    )
    without_agreement = by_rule(
        sentences(gettext_lazy("Why must it be shared although no agreement covers it?"), rows=2)
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
            # each with the question to answer for it
            field.choice_hints = {each.basis.code: each.basis.says for each in of_layer}  # type: ignore[attr-defined]
            self.fields[layer.value] = field
            self.fields[f"{layer.value}_words"] = sentences(
                gettext_lazy("Why does it apply here?"),
                gettext_lazy("Answer the question under the one you chose"),
                rows=2,
            )
        self.order_fields([f"{layer.value}{end}" for layer in Layer for end in ("", "_words")])


class TellingForm(forms.Form):
    """How it is shared, what they may do with it, and whether the person knows."""

    channel = forms.CharField(
        label=gettext_lazy("How will it be sent?"),
        help_text=gettext_lazy("For example: in Alongside, or by phone and then in Alongside."),
        max_length=200,
        error_messages={"required": gettext_lazy("Say how it will be sent")},
    )
    onward = sentences(
        gettext_lazy("What may they do with it?"),
        gettext_lazy("Say what they may do with it"),
        rows=2,
        hint=gettext_lazy("For example: use it for the visit, and do not pass it on."),
    )
    keep_until = DateField(label=gettext_lazy("Until when may they keep it?"), required=False)
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
    """The lawyer who was asked."""

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
    """What the person says about it afterwards."""

    words = sentences(gettext_lazy("What do they say about it now?"), gettext_lazy("Enter what they said"))
    said_on = DateField(
        label=gettext_lazy("When did they say it?"),
        error_messages={"required": gettext_lazy("Enter the day they said it")},
    )


class LookAgainForm(forms.Form):
    """That a decision stands."""

    words = sentences(gettext_lazy("Why does it stand?"), gettext_lazy("Say why it stands"))
    again_on = DateField(
        label=gettext_lazy("When will it be reviewed again?"),
        help_text=gettext_lazy("Leave this empty if it does not need to be."),
        required=False,
    )


class CorrectionForm(forms.Form):
    """What was wrong with the earlier decision."""

    corrected_why = sentences(
        gettext_lazy("What was wrong with the earlier decision?"),
        gettext_lazy("Say what was wrong with the earlier decision"),
    )


def uuids(given: list[str]) -> frozenset[UUID]:
    """Return ids of what was ticked."""
    return frozenset(map(UUID, given))
