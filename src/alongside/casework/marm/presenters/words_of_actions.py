"""What each code of an action is called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.marm.queries.today import Asks
from alongside.casework.marm.rules.actions import Agrees, Kind, Status
from alongside.casework.marm.rules.nudging import DISPUTE_ROUTE, LEAD, OWNER, OWNER_MANAGER

KIND: dict[Kind, Promise] = {
    Kind.SERVICE: _("A service changes something"),
    Kind.PERSON: _("The person does something, with somebody alongside them"),
}
AGREES: dict[Agrees, Promise] = {
    Agrees.YES: _("Yes"),
    Agrees.PARTLY: _("Partly"),
    Agrees.NO: _("No"),
    Agrees.NOT_ASKED: _("They have not been asked yet"),
}
THEY_AGREE: dict[Agrees, Promise] = {
    Agrees.YES: _("The person agrees"),
    Agrees.PARTLY: _("The person agrees in part"),
    Agrees.NO: _("The person does not agree"),
    Agrees.NOT_ASKED: _("The person has not been asked yet"),
}
STATUS: dict[Status, tuple[Promise, str]] = {
    Status.PROPOSED: (_("Waiting to be accepted"), "yellow"),
    Status.AGREED: (_("Agreed"), "blue"),
    Status.IN_PROGRESS: (_("In progress"), "blue"),
    Status.DONE: (_("Done"), "green"),
    Status.DONE_LATE: (_("Done, late"), "green"),
    Status.NOT_POSSIBLE: (_("Not possible"), "grey"),
    Status.DECLINED_INSTEAD: (_("Declined, and something else offered"), "grey"),
    Status.SUPERSEDED: (_("Replaced by another action"), "grey"),
}
ENDS_AS: dict[Status, Promise] = {
    Status.IN_PROGRESS: _("It is in progress"),
    Status.DONE: _("It is done"),
    Status.NOT_POSSIBLE: _("It is not possible"),
    Status.DECLINED_INSTEAD: _("The person declined it, and was offered something else"),
    Status.SUPERSEDED: _("Replaced by another action"),
}
TOLD: dict[str, Promise] = {
    OWNER: _("Its owner was told that it is due"),
    LEAD: _("The lead was told that it is late"),
    OWNER_MANAGER: _("The owner's manager was told that it is late"),
    DISPUTE_ROUTE: _(
        "The lead and the co-ordinator were told that it is late enough to be settled between agencies"
    ),
}
ASKS: dict[Asks, Promise] = {
    Asks.TO_ACCEPT: _("%(name)s: an action is waiting for you to accept it"),
    Asks.LATE: _("%(name)s: one of your actions is late"),
    Asks.TO_LOOK_AT: _("%(name)s: check whether your action is helping"),
    Asks.WITHOUT_OWNER: _("%(name)s: the owner of this action has left"),
    Asks.LATE_IN_CASE: _("%(name)s: an action is late in the case you lead"),
    Asks.LATE_OF_TEAM: _("%(name)s: one of your team's actions is late"),
    Asks.TO_CHASE: _("%(name)s: an action has been late for long in a case you co-ordinate"),
    Asks.DUE: _("%(name)s: one of your actions is due today"),
    Asks.WITH_CASE: _("%(name)s: the case has ended, and it says what becomes of your action"),
}
