"""Signing in, and for what one then works."""

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
        """Return the address without its capitals, or wrong passwords would be counted apart."""
        return str(self.cleaned_data["username"]).lower()


class ChoosePasswordForm(forms.Form):
    """A new password, twice; before it the one of now, unless that was given to sign in with once."""

    current = forms.CharField(
        label=gettext_lazy("Your password of now"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter your password of now")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=gettext_lazy("New password"),
        help_text=gettext_lazy(
            "At least 12 characters. Three words that nobody would put together are a good one."
        ),
        strip=False,
        error_messages={"required": gettext_lazy("Enter a new password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter the new password again")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *given: Any, user: User, **more: Any) -> None:
        super().__init__(*given, **more)
        self.user = user
        if user.password_is_one_time or not user.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        """Return it, if it is right: a session left open must not be enough to take an account over."""
        if not self.user.check_password(str(self.cleaned_data["current"])):
            raise ValidationError(_("This is not your password"), code="wrong")
        return str(self.cleaned_data["current"])

    def clean_password(self) -> str:
        """Return it, if it is long enough, no common one, and not the one that was given."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise ValidationError(_("Choose a password other than the one you were given"))
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ"))
        return given


class ChooseOrganisationForm(forms.Form):
    """For which organisation somebody acts now."""

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
            each.code: _("In law: %(power)s. Answered for by: %(owner)s.")
            % {"power": each.power, "owner": each.owner}
            for each in offered
        }
