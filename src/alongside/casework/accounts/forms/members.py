"""Who belongs to an organisation, their training and absences, and helping them to sign in again."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.roles import ROLES
from alongside.casework.accounts.models import Team
from alongside.casework.design.clashes import ChangeableForm
from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer

LONGEST_SKILL, MOST_SKILLS = 40, 20


class PlaceForm(forms.Form):
    """What a member does here: in which roles and team, under whom, and what they can do."""

    job_title = forms.CharField(label=gettext_lazy("Job title"), max_length=200, required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What will they do here?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.code, role.title) for role in ROLES.values()],
        error_messages={"required": gettext_lazy("Choose at least one role")},
    )
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    manager = forms.ChoiceField(label=gettext_lazy("Who manages them?"), required=False)
    skills = forms.CharField(
        label=gettext_lazy("Skills that people on the list may need"),
        help_text=gettext_lazy("Such as languages they speak, or signing. One on each line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

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

    def clean_skills(self) -> list[str]:
        """Return each skill once, in lower case: what one person needs is compared with what another has."""
        lines = (" ".join(each.split()).lower() for each in self.cleaned_data["skills"].splitlines())
        skills = list(dict.fromkeys(filter(None, lines)))
        if len(skills) > MOST_SKILLS or any(len(each) > LONGEST_SKILL for each in skills):
            raise forms.ValidationError(
                _("Enter at most %(most)s skills, each of at most %(longest)s characters"),
                params={"most": MOST_SKILLS, "longest": LONGEST_SKILL},
            )
        return skills


class ChangePlaceForm(PlaceForm, ChangeableForm):
    """What a member does here, to be changed: another lead may change it meanwhile."""

    opened = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def given(self) -> dict[str, Any]:
        """Return what is in the boxes, the skills one on each line as they are typed."""
        return super().given() | {"skills": "\n".join(sorted(self.cleaned_data["skills"]))}


class MemberForm(PlaceForm):
    """Somebody to add."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter their name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail address"),
        error_messages={"required": gettext_lazy("Enter their e-mail address")},
    )
    field_order = ("name", "email")


class EndMembershipForm(forms.Form):
    """The day from which somebody no longer belongs."""

    on = DateField(
        label=gettext_lazy("First day they no longer work for you"),
        help_text=gettext_lazy("For example, 27 3 2027"),
        error_messages={"required": gettext_lazy("Enter the first day they no longer work for you")},
    )


class TrainingForm(forms.Form):
    """Training that somebody has done."""

    done_on = DateField(
        label=gettext_lazy("When did they do the training in handling information?"),
        help_text=gettext_lazy("For example, 27 3 2026"),
        error_messages={"required": gettext_lazy("Enter the day they did the training")},
    )
    valid_to = DateField(
        label=gettext_lazy("When does it expire?"),
        help_text=gettext_lazy("The first day it no longer counts. Leave empty if it does not expire"),
        required=False,
    )


class CoverForm(forms.Form):
    """Who covers the work of a member who is away."""

    cover = forms.ChoiceField(
        label=gettext_lazy("Who will cover your work?"),
        help_text=gettext_lazy("Where a person needs a skill that they do not have, their list tells them."),
        required=False,
    )

    def __init__(
        self, *given: Any, colleagues: Iterable[tuple[UUID, str]], whose: str = "", **more: Any
    ) -> None:
        """Ask about the member's own absence, or about a colleague's: ``whose`` is then their name."""
        super().__init__(*given, **more)
        if whose:
            self.fields["cover"].label = _("Who will cover the work of %(name)s?") % {"name": whose}
        offer(self, "cover", [("", _("Nobody yet")), *((str(each), name) for each, name in colleagues)])

    def clean_cover(self) -> UUID | None:
        """Return the id of the membership of the member who covers."""
        return UUID(self.cleaned_data["cover"]) if self.cleaned_data["cover"] else None


class AbsenceForm(CoverForm):
    """An absence to note."""

    field_order = ("on", "until", "cover")
    on = DateField(
        label=gettext_lazy("First day away"),
        help_text=gettext_lazy("For example, 27 3 2027"),
        error_messages={"required": gettext_lazy("Enter the first day away")},
    )
    until = DateField(
        label=gettext_lazy("First day back"),
        help_text=gettext_lazy("Leave empty if you do not know yet"),
        required=False,
    )


class HowSureForm(forms.Form):
    """How somebody checked that it is really the member who is asking."""

    how_sure = forms.CharField(
        label=gettext_lazy("How did you check that it is really them asking?"),
        help_text=gettext_lazy(
            "For example: “I met her at the office”, or “I phoned him on the number that we have for him”. "
            "An e-mail or a call from them is not enough. Your answer is recorded: do not write anything "
            "about people you support."
        ),
        max_length=500,
        error_messages={"required": gettext_lazy("Enter how you checked that it is really them asking")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
