"""People in a person's network that a case is also about: the risk from them, and to them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class FamilyRiskSaid:
    """What is said of somebody in the person's network (Solihull guidance: the dynamics of a family).

    Attributes:
        from_them: the risk to the person from them.
        to_them: the risk to them.
        says: who says so, and how they know.
    """

    from_them: str
    to_them: str
    says: str


def wrong_with_family(said: FamilyRiskSaid) -> dict[str, str]:
    """Return what is missing, by the name of the part: one of the two risks, and who says so."""
    wrong = {}
    if not said.from_them.strip() and not said.to_them.strip():
        wrong["from_them"] = _("Say what risk there is from them, or to them")
    if not said.says.strip():
        wrong["says"] = _("Say who says so, and how they know")
    return wrong
