"""What members type. Forms validate; commands decide and save."""

import json
import re
from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.area.models import Purpose
from alongside.casework.access.roles import ROLES
from alongside.casework.accounts.models import Membership, Organisation, Team, User
from alongside.casework.design.dates import DateField

LONGEST_TEXT = 4000


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


class _NeverShownAgain(forms.HiddenInput):
    """A hidden field that a page sent back has empty: what was wrong with it must not be sent once more."""

    def format_value(self, value: Any) -> None:  # noqa: ARG002 - as the widget has it
        return None


class PasskeyField(forms.CharField):
    """What a browser answered with a passkey: parts by their names, each in base64url, in JSON."""

    widget = _NeverShownAgain

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=20_000, required=False, **more)

    def clean(self, value: Any) -> dict[str, str] | None:
        """Return the parts; None where no passkey answered."""
        text = super().clean(value)
        if not text:
            return None
        try:
            parts = json.loads(text)
        except (ValueError, RecursionError):
            parts = None
        if not isinstance(parts, dict) or not all(
            isinstance(part, str) and re.fullmatch(r"[A-Za-z0-9_-]+", part) for part in parts.values()
        ):
            raise ValidationError(
                _("The passkey's answer could not be read. Load the page again, and try again.")
            )
        return parts


class CodeForm(forms.Form):
    """A code of an authenticator app or, where one may help oneself with it, a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        error_messages={"required": gettext_lazy("Enter a code")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "classes": "govuk-input--width-10",
            }
        ),
    )

    def __init__(self, *given: Any, hint: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["code"].help_text = hint

    def clean_code(self) -> str:
        """Return its digits; apps and people part them with spaces."""
        code = "".join(self.cleaned_data["code"].split()).replace("-", "")
        if not (code.isascii() and code.isdigit()):
            raise ValidationError(_("A code has digits only, such as 123 456"))
        return code


class ProofForm(CodeForm):
    """What shows that somebody has their second factor: a code, or what a browser answered with a passkey."""

    answer = PasskeyField()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["code"].required = not self.data.get("answer")

    def clean_code(self) -> str:
        """Return its digits; nothing where a passkey answered."""
        self.fields["code"].required = True  # as the page that is sent back says it
        return super().clean_code() if self.cleaned_data["code"] else ""


class PasskeyForm(forms.Form):
    """A passkey to add."""

    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        help_text=gettext_lazy("So that you know it again, such as “my work laptop” or “blue key”."),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter a name for the passkey")},
        widget=forms.TextInput(attrs={"classes": "govuk-input--width-20", "autocomplete": "off"}),
    )
    answer = PasskeyField()

    def clean(self) -> dict[str, Any]:
        """Look whether a browser answered at all."""
        given = super().clean() or {}
        if not self.errors and not given["answer"]:
            self.add_error(
                None, _("No passkey was made. It needs JavaScript, and a browser that can make one.")
            )
        return given


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
        _offer(self, "membership", [(str(each.id), each.organisation.name) for each in memberships])


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
        _offer(self, "purpose", [(each.code, each.title) for each in offered])
        self.fields["purpose"].choice_hints = {  # type: ignore[attr-defined]
            each.code: _("In law: %(power)s. Answered for by: %(owner)s.")
            % {"power": each.power, "owner": each.owner}
            for each in offered
        }


class ProfileForm(forms.Form):
    """What an organisation says of itself."""

    remit = forms.CharField(
        label=gettext_lazy("What we do, and for whom"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    thresholds = forms.CharField(
        label=gettext_lazy("When we can act"),
        help_text=gettext_lazy(
            "What has to be so before you can open a case, in words another agency understands."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    how_we_work = forms.CharField(
        label=gettext_lazy("How we work"),
        help_text=gettext_lazy("Hours, how quickly you answer, how to disagree with you."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    what_we_can_offer = forms.CharField(
        label=gettext_lazy("What we can offer"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "classes": "govuk-input--width-20"}
        ),
    )
    opened = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class NewOrganisationForm(forms.Form):
    """An organisation that joins the partnership, and its first lead."""

    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter its name")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of organisation is it?"),
        choices=Organisation.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a kind")},
    )
    code = forms.SlugField(
        label=gettext_lazy("Short code"),
        max_length=50,
        help_text=gettext_lazy("Small letters and hyphens, as in riverside-carers. It is never changed."),
        error_messages={"required": gettext_lazy("Enter a short code")},
    )
    lead_name = forms.CharField(
        label=gettext_lazy("Name of its lead"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter the lead's name")},
    )
    lead_email = forms.EmailField(
        label=gettext_lazy("E-mail address of its lead"),
        error_messages={"required": gettext_lazy("Enter the lead's e-mail address")},
    )


class TeamForm(forms.Form):
    """A team to form."""

    name = forms.CharField(
        label=gettext_lazy("Name of the team"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a name for the team")},
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "classes": "govuk-input--width-20"}),
    )
    capacity_per_week = forms.IntegerField(
        label=gettext_lazy("How many people can it take on in a week?"),
        min_value=0,
        max_value=10_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "classes": "govuk-input--width-4"}),
    )


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
        _offer(self, "team", [("", _("No team")), *((str(each.id), each.name) for each in teams)])
        _offer(self, "manager", [("", _("Nobody here")), *((str(each), name) for each, name in managers)])
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
        _offer(self, "cover", [("", _("Nobody yet")), *((str(each), name) for each, name in colleagues)])

    def clean_cover(self) -> UUID | None:
        """Return the id of the membership of who covers."""
        return UUID(self.cleaned_data["cover"]) if self.cleaned_data["cover"] else None


def _offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    offered = form.fields[field]
    if not isinstance(offered, forms.ChoiceField):
        raise TypeError(f"{field} offers no choice")
    offered.choices = choices
