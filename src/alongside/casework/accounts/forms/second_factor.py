"""Codes and passkeys."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class _NeverShownAgain(forms.HiddenInput):
    """A hidden field that is empty when a page is sent back: a wrong answer must not be sent again."""

    def format_value(self, value: Any) -> None:  # noqa: ARG002 - as the widget has it
        return None


class PasskeyField(forms.CharField):
    """A browser's answer with a passkey, as JSON: parts by name, each in base64url."""

    widget = _NeverShownAgain

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=20_000, required=False, **more)

    def clean(self, value: Any) -> dict[str, str] | None:
        """Return the parts; None if no passkey answered."""
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
            raise ValidationError(_("The passkey's answer could not be read. Reload the page and try again."))
        return parts


class CodeForm(forms.Form):
    """A code from an authenticator app or, where one is accepted, a recovery code."""

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
        """Return its digits; apps and people put spaces between them."""
        code = "".join(self.cleaned_data["code"].split()).replace("-", "")
        if not (code.isascii() and code.isdigit()):
            raise ValidationError(_("Enter a code that has only digits, such as 123 456"))
        return code


class ProofForm(CodeForm):
    """Proof that somebody has their second factor: a code, or a browser's answer with a passkey."""

    answer = PasskeyField()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["code"].required = not self.data.get("answer")

    def clean_code(self) -> str:
        """Return its digits; nothing if a passkey answered."""
        self.fields["code"].required = True  # so that the page that is sent back says so
        return super().clean_code() if self.cleaned_data["code"] else ""


class PasskeyForm(forms.Form):
    """A passkey to add."""

    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        help_text=gettext_lazy("So that you can recognise it, for example “my work laptop” or “blue key”."),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter a name for the passkey")},
        widget=forms.TextInput(attrs={"classes": "govuk-input--width-20", "autocomplete": "off"}),
    )
    answer = PasskeyField()

    def clean(self) -> dict[str, Any]:
        """Check that a browser answered at all."""
        given = super().clean() or {}
        if not self.errors and not given["answer"]:
            self.add_error(
                None, _("No passkey was made. You need JavaScript and a browser that supports passkeys.")
            )
        return given
