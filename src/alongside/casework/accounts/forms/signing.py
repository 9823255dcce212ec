"""Signing in, and choosing an organisation and a purpose to work for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.models import Purpose
from alongside.casework.accounts.models import Membership, User
from alongside.casework.design.offering import offer


class SignInForm(forms.Form):
    """E-mail address and password."""

    username = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        error_messages={"required": gettext_lazy("Enter your e-mail address")},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter your password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        """Return the address in lower case, or wrong passwords would be counted separately by spelling."""
        return str(self.cleaned_data["username"]).lower()


class ChoosePasswordForm(forms.Form):
    """The current password, unless it was given and they have just signed in with it; then a new, twice."""

    current = forms.CharField(
        label=gettext_lazy("Your current password"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter your current password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=gettext_lazy("New password"),
        help_text=gettext_lazy("At least 12 characters. Three random words make a good password."),
        strip=False,
        error_messages={"required": gettext_lazy("Enter a new password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("New password again"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter the new password again")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *given: Any, user: User, just_used: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        self.user = user
        if just_used:
            del self.fields["current"]

    def clean_current(self) -> str:
        """Return it, if it is right: a session left open must not be enough to take over an account."""
        if not self.user.check_password(str(self.cleaned_data["current"])):
            raise ValidationError(_("This is not your current password"), code="wrong")
        return str(self.cleaned_data["current"])

    def clean_password(self) -> str:
        """Return it, if it is long enough, not a common one, and not the one they have now."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise ValidationError(_("Choose a password that is different from the one you have now"))
        return password

    def clean(self) -> dict[str, Any]:
        """Check that the two match."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords do not match"))
        return given


class ChooseOrganisationForm(forms.Form):
    """Which organisation somebody is acting for now."""

    membership = forms.ChoiceField(
        label=gettext_lazy("Which organisation are you working for now?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an organisation")},
    )

    def __init__(self, *given: Any, memberships: Iterable[Membership], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "membership", [(str(each.id), each.organisation.name) for each in memberships])


class ChoosePurposeForm(forms.Form):
    """What somebody is working for now."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What are you working for now?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you are working for")},
    )

    def __init__(self, *given: Any, purposes: Iterable[Purpose], **more: Any) -> None:
        super().__init__(*given, **more)
        offered = list(purposes)
        offer(self, "purpose", [(each.code, each.title) for each in offered], for_everybody=True)
        self.fields["purpose"].choice_hints = {  # type: ignore[attr-defined]
            each.code: _("Legal power: %(power)s. Owner: %(owner)s.")
            % {"power": each.power, "owner": each.owner}
            for each in offered
        }
