"""Forms about runs, releases, links and data. They validate and never save."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.offering import offer
from alongside.casework.sources.rules import SHORTEST_REASON

Choices = Sequence[tuple[str, str]]


MAY_SAY = [
    ("same", gettext_lazy("Yes, the same person")),
    ("different", gettext_lazy("No, two people")),
    ("skip", gettext_lazy("I cannot tell: skip it for now")),
]


class OpenRunForm(forms.Form):
    """Which run folder to open."""

    folder = forms.ChoiceField(label=gettext_lazy("Run to open"))

    def __init__(self, *args: object, folders: Sequence[str], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        offer(self, "folder", [(name, name) for name in folders])


class ReleaseForm(forms.Form):
    """Which tiers of a list, to whom, and why."""

    tiers = forms.MultipleChoiceField(
        label=gettext_lazy("Which tiers?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one tier")},
    )
    organisations = forms.MultipleChoiceField(
        label=gettext_lazy("Which organisations may act on them?"),
        help_text=gettext_lazy("Each gets only the people whose route leads to it."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one organisation")},
    )
    contact = forms.ChoiceField(
        label=gettext_lazy("Who contacts people nobody is working with?"),
        help_text=gettext_lazy("Leave this as it is if only one of them has a contact team."),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why should they act on this now?"),
        help_text=gettext_lazy("A sentence. Others will read it."),
        min_length=SHORTEST_REASON,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say why they should act on this now"),
            "min_length": gettext_lazy(
                "Say in a sentence, of at least %(limit_value)s characters, why they should act on this now"
            ),
        },
    )

    def __init__(self, *args: object, tiers: Choices, organisations: Choices, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        offer(self, "tiers", tiers, for_everybody=True)
        offer(self, "organisations", organisations, for_everybody=True)
        offer(self, "contact", [("", _("The organisation with the contact team")), *organisations])


class SettleForm(forms.Form):
    """What a clerk says about two records."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Are these one person?"),
        choices=MAY_SAY,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an answer, or skip the pair")},
    )
    why = forms.CharField(
        label=gettext_lazy("What settled it?"),
        help_text=gettext_lazy("Leave it empty only if you skip the pair."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def said(self) -> str:
        """Return the answer of a valid form in the words it was chosen by."""
        return str(dict(MAY_SAY)[self.cleaned_data["answer"]])

    def clean(self) -> dict[str, object]:
        """Ask for a reason with an answer."""
        said = super().clean() or {}
        if said.get("answer") in ("same", "different") and not str(said.get("why", "")).strip():
            self.add_error("why", _("Say what settled it"))
        return said


class WithdrawForm(forms.Form):
    """Whose flag is withdrawn, by its tier and its number there, and why."""

    tier = forms.ChoiceField(
        label=gettext_lazy("Which tier is it in?"),
        help_text=gettext_lazy(
            "Organisations that have the flag can find its tier and number beside the reasons. The person is "
            "not shown here."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the tier")},
    )
    rank = forms.IntegerField(
        label=gettext_lazy("Which number is it there?"),
        min_value=1,
        max_value=2_000_000_000,
        error_messages={"required": gettext_lazy("Enter the number")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why are you withdrawing it?"),
        help_text=gettext_lazy("Organisations that have the flag will read this."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why you are withdrawing it")},
    )

    def __init__(self, *args: object, tiers: Choices, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        offer(self, "tier", tiers, for_everybody=True)


class TakeBackForm(forms.Form):
    """Why an answer is taken back."""

    why = forms.CharField(
        label=gettext_lazy("Why are you taking it back?"),
        help_text=gettext_lazy("Whoever answers next will read this. Both answers stay in the history."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why you are taking it back")},
    )


class AskForm(forms.Form):
    """A question about a source."""

    source = forms.ChoiceField(label=gettext_lazy("Which source?"))
    title = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words what it is about")},
    )
    words = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy(
            "Write about columns and facts. Do not name a person or give a number that identifies one."
        ),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Enter your question")},
    )

    def __init__(self, *args: object, sources: Choices, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        offer(self, "source", sources)


class SayForm(forms.Form):
    """A message in a thread, or how it was settled."""

    words = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy("Do not name a person or give a number that identifies one."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Enter a message")},
    )
    settles = forms.BooleanField(label=gettext_lazy("This settles the question"), required=False)
