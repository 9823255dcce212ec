"""What sharing asks of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.dates import moment_in_words
from alongside.casework.design.today import Line, Section
from alongside.casework.sharing.permissions import may_keep_agreements, may_read_decisions, may_read_requests
from alongside.casework.sharing.presenters.agreements import warning
from alongside.casework.sharing.presenters.requests import silence, waits
from alongside.casework.sharing.queries.agreements import to_look_at
from alongside.casework.sharing.queries.decisions import Waits, waiting
from alongside.casework.sharing.queries.requests import waiting as requests_waiting


def agreements_to_look_at(request: HttpRequest) -> Section | None:
    """Return agreements that end, ended or are to be looked at again, for whoever keeps them."""
    actor = cast("MemberRequest", request).actor
    if not may_keep_agreements(actor).allowed:
        return None
    lines = [
        Line(
            f"{each.reference}: {each.title}",
            reverse("sharing:agreement", args=[each.id]),
            warning(each, standing),
        )
        for each, standing in to_look_at(actor=actor, day=timezone.localdate())
    ]
    register = Line(_("All agreements"), reverse("sharing:agreements"))
    return Section(_("Agreements about sharing"), 45, lines, _("None ends in the next 60 days."), register)


_WAITS = {
    Waits.TOLD: ("sharing:told_one", gettext_lazy("Another organisation shared something with us")),
    Waits.SECOND: (
        "sharing:look_second",
        gettext_lazy("To be shared against what a person asked: look second"),
    ),
    Waits.ADVICE: ("sharing:advice", gettext_lazy("Somebody is unsure whether something may be shared")),
    Waits.AGAIN: ("sharing:decision", gettext_lazy("Look again at what you decided about sharing")),
}


def sharing_waits(request: HttpRequest) -> Section | None:
    """Return what of sharing waits for whoever works with people."""
    actor = cast("MemberRequest", request).actor
    if not may_read_decisions(actor).allowed:
        return None
    lines = [
        Line(str(words), reverse(name, args=[each.id]), moment_in_words(each.at))
        for each in waiting(actor=actor, day=timezone.localdate())
        for name, words in [_WAITS[each.why]]
    ]
    everything = Line(_("All that was shared with us"), reverse("sharing:told"))
    return Section(_("Sharing"), 25, lines, _("Nothing waits."), everything)


def requests_that_wait(request: HttpRequest) -> Section | None:
    """Return requests for information that wait for one's organisation, or that it made and are late."""
    actor, day = cast("MemberRequest", request).actor, timezone.localdate()
    if not may_read_requests(actor).allowed:
        return None
    found = requests_waiting(actor=actor, day=day)
    shown = [(each, False) for each in found.to_us] + [(each, True) for each in found.from_us]
    lines = [
        Line(waits(each, ours=ours), reverse("sharing:request", args=[each.id]), silence(each, day))
        for each, ours in shown
    ]
    every = Line(_("All requests for information"), reverse("sharing:requests"))
    return Section(_("Requests for information"), 22, lines, _("None waits for us, and none is late."), every)
