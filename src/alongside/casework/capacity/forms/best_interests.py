"""What was considered before somebody decided for a person."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.capacity.forms.sound import SoundForm
from alongside.casework.capacity.presenters.words import IMCA, REGAIN, SERIOUS
from alongside.casework.capacity.rules.best_interests import (
    MISSING,
    Imca,
    Reasoning,
    Regain,
    Serious,
    what_is_wrong,
)
from alongside.casework.design.dates import DateField
from alongside.casework.design.fields import by_rule, one, sentences, short


class BestInterestsForm(SoundForm):
    """A best interests decision, in the order of section 4."""

    past_wishes = sentences(
        _("What they wished and felt before, in their words"), missing=MISSING["past_wishes"]
    )
    present_wishes = sentences(_("What they say or show now"), missing=MISSING["present_wishes"])
    beliefs = sentences(_("Beliefs and values that would matter to them"), missing=MISSING["beliefs"])
    consulted = by_rule(
        sentences(
            _("Who was asked, and what they said"),
            hint=_("Anybody they name, those who care for or about them, and any attorney or deputy."),
        )
    )
    nobody_to_consult = forms.BooleanField(
        label=_("There was nobody to ask except people who are paid"), required=False
    )
    regain = one(
        _("Are they likely to become able to decide this?"),
        REGAIN,
        missing=_("Choose whether they are likely to become able to decide it"),
    )
    can_wait = forms.BooleanField(label=_("It can wait until then"), required=False)
    regain_words = sentences(_("Why it can or cannot wait"), missing=MISSING["regain_words"], rows=2)
    options = sentences(_("What the options were"), missing=MISSING["options"])
    less_restrictive = sentences(
        _("Which less restrictive option was considered, and why it was not chosen"),
        missing=MISSING["less_restrictive"],
    )
    serious = one(
        _("Is it about serious treatment or a long move?"),
        SERIOUS,
        missing=_("Choose whether it is about serious treatment or a long move"),
    )
    imca = one(
        _("Was there an independent mental capacity advocate?"),
        IMCA,
        hint=_(
            "Required before serious treatment or a long move if there is nobody to ask except people "
            "who are paid."
        ),
        missing=_("Choose whether there was an advocate"),
    )
    imca_words = by_rule(
        short(_("Who the advocate is, or why it could not wait"), hint=_("If one was needed"))
    )
    decision = sentences(_("What was decided"), missing=MISSING["decision"])
    why = sentences(_("Why that is in their best interests"), missing=MISSING["why"])
    decided_by = short(_("Who decided"), hint=_("Name and job title"), missing=MISSING["decided_by"])
    decided_on = DateField(
        label=_("When it was decided"), error_messages={"required": _("Enter the day it was decided")}
    )

    sections: ClassVar[tuple[tuple[Promise, tuple[str, ...]], ...]] = (
        (_("What they wish"), ("past_wishes", "present_wishes", "beliefs")),
        (_("Who was asked"), ("consulted", "nobody_to_consult")),
        (_("Can it wait?"), ("regain", "can_wait", "regain_words")),
        (_("What else could be done"), ("options", "less_restrictive")),
        (_("An independent advocate"), ("serious", "imca", "imca_words")),
        (_("What was decided"), ("decision", "why", "decided_by", "decided_on")),
    )

    def __init__(self, *given: Any, assessed_on: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.assessed_on = assessed_on

    def clean(self) -> dict[str, Any]:
        """Return the fields.

        Raises:
            ValidationError: something the law requires was not considered; beside each field, what.
        """
        given = super().clean() or {}
        if not {"regain", "serious", "imca", "decided_on"} & set(self.errors):
            self.tell(what_is_wrong(self.reasoning(given), assessed_on=self.assessed_on, day=self.day))
        return given

    def reasoning(self, given: dict[str, Any]) -> Reasoning:
        """Return what was considered and decided, from fields that have been validated one by one."""
        codes: dict[str, Any] = {
            "regain": Regain(given["regain"]),
            "serious": Serious(given["serious"]),
            "imca": Imca(given["imca"]),
        }
        return Reasoning(**({name: given.get(name, "") for name in self.fields} | codes))
