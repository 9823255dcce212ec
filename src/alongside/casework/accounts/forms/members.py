"""Who belongs to an organisation, what they did and when they are away, and helping them in again."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.roles import ROLES
from alongside.casework.accounts.models import Team
from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer


class MemberForm(forms.Form):
    """Somebody to add."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter their name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address at work"),
        error_messages={"required": gettext_lazy("Enter their e-mail address")},
    )
    job_title = forms.CharField(label=gettext_lazy("Job title"), max_length=200, required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What will they do here?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.code, role.title) for role in ROLES.values()],
        error_messages={"required": gettext_lazy("Choose at least one role")},
    )
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    manager = forms.ChoiceField(label=gettext_lazy("Who manages them?"), required=False)

    roles_hints: ClassVar[dict[str, Promise]] = {role.code: role.purpose for role in ROLES.values()}

    def __init__(
        self, *given: Any, teams: Iterable[Team], managers: Iterable[tuple[UUID, str]], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        offer(self, "team", [("", _("No team")), *((str(each.id), each.name) for each in teams)])
        offer(self, "manager", [("", _("Nobody here")), *((str(each), name) for each, name in managers)])
        self.fields["roles"].choice_hints = self.roles_hints  # type: ignore[attr-defined]

    def clean_team(self) -> UUID | None:
        """Return the team's id."""
        return UUID(self.cleaned_data["team"]) if self.cleaned_data["team"] else None

    def clean_manager(self) -> UUID | None:
        """Return the id of the manager's membership."""
        return UUID(self.cleaned_data["manager"]) if self.cleaned_data["manager"] else None


class EndMembershipForm(forms.Form):
    """The day from which somebody belongs no more."""

    on = DateField(
        label=gettext_lazy("First day on which they no longer work for you"),
        help_text=gettext_lazy("For example, 27 3 2027"),
        error_messages={"required": gettext_lazy("Enter a day")},
    )


class TrainingForm(forms.Form):
    """A training that was done."""

    done_on = DateField(
        label=gettext_lazy("When did they do the training in handling information?"),
        help_text=gettext_lazy("For example, 27 3 2026"),
        error_messages={"required": gettext_lazy("Enter the day")},
    )
    valid_to = DateField(
        label=gettext_lazy("Until which day does it hold?"),
        help_text=gettext_lazy("Leave empty if for good"),
        required=False,
    )


class AbsenceForm(forms.Form):
    """An absence to note."""

    on = DateField(
        label=gettext_lazy("First day away"),
        help_text=gettext_lazy("For example, 27 3 2027"),
        error_messages={"required": gettext_lazy("Enter the first day away")},
    )
    until = DateField(
        label=gettext_lazy("Day back"),
        help_text=gettext_lazy("Leave empty if nobody knows yet"),
        required=False,
    )
    cover = forms.ChoiceField(label=gettext_lazy("Who does your work meanwhile?"), required=False)

    def __init__(self, *given: Any, colleagues: Iterable[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "cover", [("", _("Nobody yet")), *((str(each), name) for each, name in colleagues)])

    def clean_cover(self) -> UUID | None:
        """Return the id of the membership of who covers."""
        return UUID(self.cleaned_data["cover"]) if self.cleaned_data["cover"] else None


class HowSureForm(forms.Form):
    """How somebody made sure that it is the member who asks."""

    how_sure = forms.CharField(
        label=gettext_lazy("How did you make sure that it is they who ask?"),
        help_text=gettext_lazy(
            "For example: “I met her at the office”, or “I rang him on the number that we have for him”. An "
            "e-mail or a call that they began is not enough. It is recorded; write nothing about people who "
            "are helped."
        ),
        max_length=500,
        error_messages={"required": gettext_lazy("Say how you made sure that it is they who ask")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
