"""What is asked when a meeting is wanted, set, changed or answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.marm_models import MeetingKind
from alongside.casework.design.clashes import ChangeableForm
from alongside.casework.design.dates import ClockField, DateField
from alongside.casework.design.fields import by_rule
from alongside.casework.design.offering import offer
from alongside.casework.marm.forms.cases import WhyForm
from alongside.casework.marm.forms.fields import one_of, words_field
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.words import COMING, DOUBT, URGENCY
from alongside.casework.marm.rules.invitations import WHY_NOT, WhyNot
from alongside.casework.marm.rules.meetings import Coming, NoSuchTimeError, begins, doubt
from alongside.casework.marm.rules.stages import Urgency

LONG = (("30", gettext_lazy("Half an hour")), ("60", gettext_lazy("An hour")),
        ("90", gettext_lazy("An hour and a half")), ("120", gettext_lazy("Two hours")))  # fmt: skip


class AskMeetingForm(WhyForm):
    """A request for a meeting."""

    urgency = one_of(
        gettext_lazy("How soon may serious harm happen?"), URGENCY, gettext_lazy("Choose how soon")
    )
    why = words_field(
        gettext_lazy("Why is a meeting needed?"), owed=gettext_lazy("Say why a meeting is needed")
    )
    field_order = ("urgency", "why")

    def clean_urgency(self) -> Urgency:
        """Return it as the type the rules use."""
        return Urgency(self.cleaned_data["urgency"])


class MeetingForm(forms.Form):
    """When and where agencies meet, who chairs, and how the person takes part."""

    kind = forms.CharField(
        label=gettext_lazy("What is it called here?"),
        max_length=100,
        error_messages={"required": gettext_lazy("Say what it is called")},
    )
    takes_part = words_field(
        gettext_lazy("How will the person take part?"),
        hint=gettext_lazy(
            "In the room, online, with an advocate, in writing, through somebody they trust. Ask them."
        ),
        owed=gettext_lazy("Say how the person will take part"),
        longest=2_000,
    )
    adjustments = words_field(
        gettext_lazy("What do they need to take part?"),
        hint=gettext_lazy(
            "Such as a time of day, breaks, a lift or an interpreter. What their record says is "
            "filled in here."
        ),
        longest=2_000,
    )
    on = DateField(
        label=gettext_lazy("Which day?"), error_messages={"required": gettext_lazy("Enter the day")}
    )
    time = ClockField(
        label=gettext_lazy("What time?"),
        help_text=gettext_lazy("Such as 14:30 or 2.30pm"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": gettext_lazy("Enter the time")},
    )
    minutes = forms.ChoiceField(label=gettext_lazy("How long?"), choices=LONG)
    place = by_rule(
        forms.CharField(
            label=gettext_lazy("Where?"),
            help_text=gettext_lazy("Give a place, an online link, or both."),
            max_length=400,
            required=False,
        )
    )
    online = by_rule(
        forms.URLField(
            label=gettext_lazy("Online meeting link"),
            max_length=1_000,
            required=False,
            assume_scheme="https",
            widget=forms.TextInput(),
            error_messages={"invalid": gettext_lazy("Enter a link such as https://meet.example.org/room")},
        )
    )
    chair = forms.ChoiceField(
        label=gettext_lazy("Who chairs?"),
        help_text=gettext_lazy(
            "The lead's manager, unless you choose somebody else. Never the lead, nor yourself while you "
            "cover for them."
        ),
        error_messages={"required": gettext_lazy("Choose who chairs")},
    )
    priority = forms.BooleanField(
        label=gettext_lazy("This meeting takes priority over others"), required=False
    )
    meant = forms.BooleanField(
        label=gettext_lazy("I mean to meet on a weekend or a bank holiday"), required=False
    )

    def __init__(
        self,
        *args: Any,
        chairs: Iterable[tuple[UUID, str]],
        kinds: Sequence[MeetingKind],
        today: date,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.today = today
        self.usual = {each.title: str(each.minutes) for each in kinds}
        if self.usual:
            self._offer(kinds)
        else:
            self.fields["minutes"].initial = "60"
        offer(self, "chair", [("", _("Choose")), *((str(key), name) for key, name in chairs)])

    def _offer(self, kinds: Sequence[MeetingKind]) -> None:
        """Offer the area pack's kinds, each with what it is for, and the present one if it was dropped."""
        there = self.get_initial_for_field(self.fields["kind"], "kind")
        choices = [(each.title, each.title) for each in kinds]
        if there and there not in self.usual:
            choices.append((there, there))
        self.fields["kind"] = forms.ChoiceField(
            label=_("What kind of meeting is it?"), choices=choices, widget=forms.RadioSelect,
            error_messages={"required": _("Choose what kind of meeting it is")},
        )  # fmt: skip
        long = {code: str(said) for code, said in LONG}
        self.fields["kind"].choice_hints = {  # type: ignore[attr-defined]
            each.title: _("%(what)s. Usually: %(long)s.")
            % {"what": each.what_for, "long": long[str(each.minutes)].lower()}
            for each in kinds
        }
        self.fields["minutes"] = forms.ChoiceField(
            label=_("How long?"),
            required=False,
            choices=[("", _("The usual length for this kind of meeting")), *LONG],
        )
        self.fields["minutes"].owed_by_rule = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Report everything wrong with the day, the time and the place."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("minutes") and "minutes" not in self.errors:
            given["minutes"] = self.usual.get(given.get("kind", ""), "60")
        if not given.get("place") and not given.get("online") and "online" not in self.errors:
            self.add_error("place", _("Say where it is, or how to join online"))
        day, at = given.get("on"), given.get("time")
        if day is None or at is None:
            return given
        try:
            given["begins_at"] = begins(day, at)
        except NoSuchTimeError:
            self.add_error("time", _("The clocks go forward that night: there is no such time on that day"))
            return given
        why = doubt(day)
        if given["begins_at"] <= timezone.now():
            self.add_error("on", _("That is in the past"))
        elif why and not given.get("meant"):
            self.add_error("on", str(DOUBT[why]).rstrip("."))
        return given

    def plan(self) -> Plan:
        """Return what was entered."""
        given = self.cleaned_data
        same = ("kind", "takes_part", "adjustments", "place", "online", "priority", "begins_at")
        return Plan(
            minutes=int(given["minutes"]),
            chair_id=UUID(given["chair"]),
            **{name: given[name] for name in same},
        )


class SetMeetingForm(MeetingForm):
    """The same, with who is invited."""

    invited = forms.MultipleChoiceField(
        label=gettext_lazy("Who is invited?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who is invited")},
    )

    def __init__(self, *args: Any, could_come: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "invited", list(could_come))
        self.order_fields([*(name for name in self.fields if name != "meant"), "meant"])


class ChangeMeetingForm(ChangeableForm, MeetingForm):
    """The same for one that is set; ``opened_version`` says which version was opened."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerMeetingForm(forms.Form):
    """Whether an agency is coming and, if not, why not."""

    coming = forms.ChoiceField(
        label=gettext_lazy("Is your agency coming?"),
        choices=[(str(each), COMING[each][0]) for each in (Coming.COMES, Coming.APOLOGY)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether your agency is coming")},
    )
    why_not = forms.ChoiceField(
        label=gettext_lazy("If not, why not?"),
        choices=[(str(code), said) for code, said in WHY_NOT.items()],
        widget=forms.RadioSelect,
        required=False,
    )
    words = words_field(gettext_lazy("In a sentence"), longest=2_000, lines=2)

    def clean(self) -> dict[str, Any]:
        """Require a reason for an apology."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("coming") == Coming.APOLOGY:
            if not given.get("why_not"):
                self.add_error("why_not", _("Choose why your agency cannot come"))
            if not given.get("words"):
                self.add_error("words", _("Say why, in a sentence"))
        return given

    def told(self) -> dict[str, Any]:
        """Return it in the form the command takes."""
        given = self.cleaned_data
        return {
            "coming": Coming(given["coming"]),
            "why_not": WhyNot(given["why_not"]) if given["why_not"] else None,
            "words": given["words"],
        }
