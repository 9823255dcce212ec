"""What each code is called on pages, for reviews of declined requests and requests for meetings."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.rules.meetings_asked import AskedState
from alongside.casework.marm.rules.reviews import Outcome

OUTCOME: dict[Outcome, Promise] = {
    Outcome.UPHELD: _("The answers stand, with somewhere else to go"),
    Outcome.OPENED: _("A case is opened after all"),
    Outcome.MORE: _("Those who asked must tell us more"),
}
ASKED_STATE: dict[AskedState, tuple[Promise, str]] = {
    AskedState.WAITS: (_("Waiting"), "yellow"),
    AskedState.TO_COORDINATOR: (_("Waiting for the co-ordinator"), "red"),
    AskedState.MET: (_("A meeting has been set"), "green"),
    AskedState.DECLINED: (_("No meeting"), "grey"),
}
