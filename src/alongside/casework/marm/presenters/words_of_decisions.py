"""What each code of a decision is called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.rules.decisions import Protects, Stance

STANCE: dict[Stance, Promise] = {
    Stance.AGREES: _("Agrees"),
    Stance.PARTLY: _("Agrees in part"),
    Stance.DISSENTS: _("Disagrees"),
    Stance.NO_VIEW: _("Has no view"),
}
PROTECTS: dict[Protects, Promise] = {
    Protects.PERSON: _("The person"),
    Protects.OTHERS: _("Other people"),
    Protects.US: _("Us: the agencies, or those who work there"),
}
