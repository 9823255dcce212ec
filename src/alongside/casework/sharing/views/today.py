"""What sharing puts on a member's Today page."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.sharing.permissions import (
    may_keep_agreements,
    may_read_decisions,
    may_see_late_looks,
)
from alongside.casework.sharing.presenters import today as words
from alongside.casework.sharing.presenters.agreements import warning
from alongside.casework.sharing.queries import waiting as reads
from alongside.casework.sharing.queries.agreements import to_look_at
from alongside.casework.sharing.queries.waiting import Waits, waiting


def agreements_to_look_at(request: HttpRequest) -> Section | None:
    """Return agreements that are ending, have ended or are due for review, for those who keep them."""
    actor = cast("MemberRequest", request).actor
    if not may_keep_agreements(actor).allowed:
        return None
    lines = [
        Line(
            f"{each.reference}: {each.title}",
            address_of("sharing:agreement", args=[each.id]),
            warning(each, standing),
            each.terms.acted_on_by(standing),
        )
        for each, standing in to_look_at(actor=actor, day=timezone.localdate())
    ]
    register = Line(_("All agreements"), address_of("sharing:agreements"))
    return Section(_("Agreements about sharing"), 45, lines, _("None ends in the next 60 days."), register)


def late_looks(request: HttpRequest) -> Section | None:
    """Return where nobody has looked at what was shared in an emergency, for those who review emergencies."""
    actor, day = cast("MemberRequest", request).actor, timezone.localdate()
    if not may_see_late_looks(actor).allowed:
        return None
    late = reads.late_looks(actor=actor, day=day)
    sentences = words.told_apart([words.not_looked_at(each) for each in late])
    lines = [
        Line(
            sentence,
            address_of("accounts:organisation", args=[each.organisation_id]),
            words.look_was_due(each),
            each.look_by,
        )
        for each, sentence in zip(late, sentences, strict=True)
    ]
    return Section(_("Shared in an emergency, and nobody has looked"), 31, lines) if lines else None


def sharing_waits(request: HttpRequest) -> Section | None:
    """Return what is waiting, about sharing, for those who work with people; it names none of them."""
    actor, day = cast("MemberRequest", request).actor, timezone.localdate()
    if not may_read_decisions(actor).allowed:
        return None
    waits = waiting(actor=actor, day=day)
    lines = [
        Line(sentence, address_of(_LEADS_TO[each.why], args=[each.id]), words.since(each, day), each.due)
        for each, sentence in zip(waits, words.told_apart([words.waits(each) for each in waits]), strict=True)
    ]
    everything = Line(_("Everything shared with us"), address_of("sharing:told"))
    return Section(_("Sharing"), 22, lines, _("Nothing is waiting."), everything)


_LEADS_TO = {
    Waits.TOLD: "sharing:told_one",
    Waits.CHANGED: "sharing:told_one",
    Waits.SECOND: "sharing:look_second",
    Waits.EMERGENCY: "sharing:look_second",
    Waits.ADVICE: "sharing:advice",
    Waits.ADVISED: "sharing:decision",
    Waits.AGAIN: "sharing:decision",
    Waits.KNOWN: "people:answer",
    Waits.ASKED: "sharing:request",
    Waits.SILENT: "sharing:request",
    Waits.LAST_DAY: "sharing:request",
    Waits.REPLIED: "sharing:request",
    Waits.KNOWN_OR_NOT: "people:person",
}
