"""What is entered in a conversation and about what came of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.offering import offer
from alongside.casework.outreach.commands.talking import Came
from alongside.casework.outreach.forms.fields import YES_NO, Choices, HowSoon, InWords
from alongside.casework.outreach.rules import AGREES, LONGEST_ANSWER, OutcomeKind
from alongside.casework.people.forms import SafeToKnow, safe_field, why_not_safe_field
from alongside.casework.people.forms.asking import SAFE, UNSAFE


class DangerForm(forms.Form):
    """The first question of every conversation."""

    danger = forms.ChoiceField(
        label=gettext_lazy("Is somebody in immediate danger now?"), choices=YES_NO, widget=forms.RadioSelect
    )


class FinishForm(SafeToKnow):
    """What came of a conversation. Each part may be empty; all of them may not."""

    next_steps = InWords(gettext_lazy("The person's own next steps, in their words"), required=False)
    service_name = forms.CharField(
        label=gettext_lazy("A service you pointed them to"),
        help_text=gettext_lazy("One that is not in the directory. For one that is, use the search."),
        max_length=200,
        required=False,
    )
    service_telephone = forms.CharField(
        label=gettext_lazy("Its telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    on_paper = forms.BooleanField(
        label=gettext_lazy("The person wants the service on the page they keep"),
        required=False,
        help_text=gettext_lazy("Others at home may read that page. Ask first."),
    )
    advice = InWords(gettext_lazy("What you advised"), longest=LONGEST_ANSWER, required=False)
    refer_to = forms.TypedChoiceField(
        label=gettext_lazy("Refer them to"), coerce=UUID, required=False, empty_value=None
    )
    refer_why = InWords(gettext_lazy("What you are asking for, and why"), required=False)
    refer_soon = HowSoon()
    person_agrees = forms.ChoiceField(
        label=gettext_lazy("What the person said about the referral"),
        choices=tuple(AGREES.items()),
        required=False,
        widget=forms.RadioSelect,
    )
    concern = InWords(gettext_lazy("Something that worries you"), longest=LONGEST_ANSWER, required=False)
    worry_safe = safe_field(gettext_lazy("Is it safe for the person to know that you told what worries you?"))
    why_worry_not_safe = why_not_safe_field()
    talked_through = forms.ChoiceField(
        label=gettext_lazy("Have you talked through what worries you with the person?"),
        help_text=gettext_lazy(
            "Ask them before you ask colleagues, unless that would put somebody in danger."
        ),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Not yet"))],
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = (
        "next_steps", "service_name", "service_telephone", "on_paper", "advice", "refer_to", "refer_why",
        "refer_soon", "person_agrees",
    )  # fmt: skip

    def __init__(self, *given: Any, organisations: Choices, died: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        self.died = died
        self.fields["safe"].label = _("Is it safe for the person to know about the referral?")
        offer(self, "refer_to", [("", _("Nobody")), *organisations])

    def clean(self) -> dict[str, Any]:
        """Refuse half a signpost, a referral or a worry, but of somebody who has died keep what there is."""
        if self.died:
            self._keep_from_them("safe", "why_not_safe", of=("refer_to", "refer_why"))
            self._keep_from_them("worry_safe", "why_worry_not_safe", of=("concern",))
        else:
            self._refuse_unsafe_of_nothing()
        told = super().clean() or {}
        worries = bool(told.get("concern", "").strip())
        self.settle_safety(told, "worry_safe", "why_worry_not_safe", owed=worries)
        if self.died:
            return told
        if told.get("service_telephone") and not told.get("service_name"):
            self.add_error("service_name", _("Enter the name of the service this number belongs to."))
        if bool(told.get("refer_to")) != bool((told.get("refer_why") or "").strip()):
            self.add_error("refer_to", _("Choose an organisation and enter what you are asking it for."))
        return told

    def something_is_sent(self, given: dict[str, Any]) -> bool:
        """Whether somebody is referred: a talk that ends without that sends nothing."""
        return bool(given.get("refer_to")) and not self.died

    def _keep_from_them(self, asked: str, why: str, *, of: tuple[str, ...]) -> None:
        """Take what nobody called safe as not safe: the record that they died may be wrong."""
        given = self.cleaned_data
        if given.get(asked) == SAFE:
            return
        written = any(given.get(name) for name in (*of, why))
        given[asked] = UNSAFE if written else ""
        if written and not given.get(why):
            given[why] = _("Nobody wrote whether it is safe for them to know, or why it is not.")

    def _refuse_unsafe_of_nothing(self) -> None:
        """Ask what is not safe to know, where only that is said: whoever wrote why believes they told it."""
        if self._is_unsafe("worry_safe", "why_worry_not_safe", of=("concern",)):
            self.add_error(
                "concern",
                _(
                    "You said that it is not safe for them to know, but not what worries you. Write it here, "
                    "or choose Yes below if nothing does."
                ),
            )
        if self._is_unsafe("safe", "why_not_safe", of=("refer_to", "refer_why")):
            self.add_error(
                "refer_to",
                _(
                    "You said that it is not safe for them to know, but not whom you refer them to. Choose "
                    "an organisation and enter what you are asking it for, or choose Yes below if you refer "
                    "them to nobody."
                ),
            )

    def _is_unsafe(self, asked: str, why: str, *, of: tuple[str, ...]) -> bool:
        """Whether something is said to be unsafe to know and every box for what it is was left empty."""
        given = self.cleaned_data
        if any(name in self.errors or str(given.get(name) or "").strip() for name in of):
            return False
        return given.get(asked) == UNSAFE or (given.get(asked) != SAFE and bool(given.get(why)))

    def refers_to(self) -> UUID | None:
        """Return who a referral would go to; None where nobody is referred."""
        return self.cleaned_data.get("refer_to")

    def came(self) -> list[Came]:
        """Return what came of it. Of somebody who has died, a part of a referral counts as one."""
        told, came = self.cleaned_data, []
        if name := told["service_name"] or told["service_telephone"]:
            signpost = {each: told[each] for each in ("service_telephone", "on_paper")}
            came.append(Came(OutcomeKind.SIGNPOST, service_name=name, **signpost))
        if told["advice"].strip():
            came.append(Came(OutcomeKind.ADVICE, words=told["advice"]))
        unsent = self.died and bool(told.get("why_not_safe"))
        if told["refer_to"] or told["refer_why"].strip() or unsent:
            came.append(
                Came(
                    OutcomeKind.REFERRAL,
                    words=told["refer_why"],
                    organisation_id=told["refer_to"],
                    person_agrees=told["person_agrees"] or "not_asked",
                    why_not_safe=told.get("why_not_safe", ""),
                    priority=told["refer_soon"],
                )
            )
        if told["concern"].strip():
            came.append(
                Came(
                    OutcomeKind.CONCERN,
                    words=told["concern"],
                    talked_through=told["talked_through"] == "yes",
                    why_not_safe=told.get("why_worry_not_safe", ""),
                )
            )
        return came


class OwnPageForm(forms.Form):
    """What goes on the person's own page."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What do they want on it?"),
        help_text=gettext_lazy("Go through it with them. Others at home may read it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, parts: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "parts", list(parts))
