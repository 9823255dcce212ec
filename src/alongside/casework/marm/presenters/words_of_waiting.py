"""What the codes of things that wait are called: reviews of declined requests, and meetings asked for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.rules.meetings_asked import AskedState
from alongside.casework.marm.rules.reviews import Outcome

OUTCOME: dict[Outcome, Promise] = {
    Outcome.UPHELD: _("The answers stand, with another route"),
    Outcome.OPENED: _("A case is opened after all"),
    Outcome.MORE: _("More is needed from whoever asked"),
}
ASKED_STATE: dict[AskedState, tuple[Promise, str]] = {
    AskedState.WAITS: (_("Waiting"), "yellow"),
    AskedState.TO_COORDINATOR: (_("Waiting for the co-ordinator"), "red"),
    AskedState.MET: (_("A meeting was set"), "green"),
    AskedState.DECLINED: (_("No meeting"), "grey"),
}
