"""Agreements in finished words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.sharing.models import Agreement
from alongside.casework.sharing.rules.agreements import Extent, Standing, standing_on
from alongside.casework.sharing.rules.basis import DataClass

DATA = {
    DataClass.ORDINARY: gettext_lazy("Ordinary personal data: who, where, which service"),
    DataClass.SPECIAL: gettext_lazy("Special category data: health, beliefs, origin, sex life"),
    DataClass.CRIMINAL: gettext_lazy("Criminal offence data, including alleged offences"),
}
EXTENT = {
    Extent.EXISTENCE: gettext_lazy("Only whether somebody is known, and to whom"),
    Extent.CONTENT: gettext_lazy("What is known about them as well"),
}
STANDING = {
    Standing.NOT_YET: (gettext_lazy("Not in force yet"), "grey"),
    Standing.IN_FORCE: (gettext_lazy("In force"), "green"),
    Standing.ENDS_SOON: (gettext_lazy("Ends soon"), "yellow"),
    Standing.REVIEW_DUE: (gettext_lazy("Due for review"), "yellow"),
    Standing.ENDED: (gettext_lazy("Ended"), "red"),
}


@dataclass(frozen=True)
class AgreementShown:
    """An agreement, in words."""

    id: str
    reference: str
    title: str
    standing: Tag
    until: str
    parties: list[str]
    purposes: list[str]
    kinds: list[str]
    extent: str
    owner: str
    signed: str
    begins: str
    ends: str
    review: str
    warning: str


def agreement_shown(agreement: Agreement, day: date) -> AgreementShown:
    """Return an agreement in words, as it stands on a day."""
    standing = standing_on(agreement.terms, day)
    words, colour = STANDING[standing]
    return AgreementShown(
        id=str(agreement.id),
        reference=agreement.reference,
        title=agreement.title,
        standing=Tag(str(words), colour),
        until=_("%(first)s to %(last)s")
        % {"first": day_in_words(agreement.begins), "last": day_in_words(agreement.ends)},
        parties=sorted(each.name for each in agreement.parties.all()),
        purposes=[title_of(code) for code in agreement.purposes],
        kinds=[str(DATA[DataClass(each)]) for each in agreement.kinds],
        extent=str(EXTENT[Extent(agreement.extent)]),
        owner=agreement.owner,
        signed=day_in_words(agreement.signed),
        begins=day_in_words(agreement.begins),
        ends=day_in_words(agreement.ends),
        review=day_in_words(agreement.review),
        warning=warning(agreement, standing),
    )


def warning(agreement: Agreement, standing: Standing) -> str:
    """Return the warning about an agreement for those who keep it; empty if all is well."""
    match standing:
        case Standing.ENDED:
            return _("It ended on %(day)s: nothing new can be shared under it until it is renewed.") % {
                "day": day_in_words(agreement.ends)
            }
        case Standing.ENDS_SOON:
            return _("It ends on %(day)s. Renew it, or tell its parties that sharing stops then.") % {
                "day": day_in_words(agreement.ends)
            }
        case Standing.REVIEW_DUE:
            return _("It is due for review by %(day)s.") % {"day": day_in_words(agreement.review)}
    return ""
