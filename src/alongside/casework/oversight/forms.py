"""What the audit trail can be filtered by. Sent by GET: ids, codes and days, never a name."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import DateField
from alongside.casework.design.offering import offer
from alongside.casework.oversight.queries import Narrowed
from alongside.casework.oversight.rules import moments


class TrailForm(forms.Form):
    """Who did it, what and when. Nothing has to be given."""

    member = forms.ChoiceField(label=gettext_lazy("Done by"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    first = DateField(label=gettext_lazy("From"), required=False)
    last = DateField(label=gettext_lazy("To"), required=False)

    def __init__(
        self, *given: Any, members: list[tuple[UUID, str]], kinds: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        for name, choices in (
            ("member", [("", _("Anybody")), *((str(each), words) for each, words in members)]),
            ("kind", [("", _("Anything")), *kinds]),
        ):
            offer(self, name, choices)

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: the days are the wrong way round.
        """
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("Enter an end date that is the same as or after the start date"))
        return given

    def narrowed(self) -> Narrowed:
        """Return what is looked for, once the form is valid."""
        given = self.cleaned_data
        first, until = moments(given["first"], given["last"], zone=timezone.get_current_timezone())
        member = UUID(given["member"]) if given["member"] else None
        return Narrowed(member=member, kind=given["kind"], first=first, until=until)
