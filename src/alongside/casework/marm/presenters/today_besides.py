"""What asks something of a day beside cases themselves, ready to show."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.today import Line
from alongside.casework.marm.queries.today import WaitingInCases
from alongside.casework.marm.queries.today_besides import Audit, Learns, Replied, Reply

SAID: dict[Replied, Promise] = {
    Replied.COMES: gettext_lazy("%(who)s: %(organisation)s will take part"),
    Replied.DOES_NOT_COME: gettext_lazy("%(who)s: %(organisation)s will not take part"),
    Replied.AGREES: gettext_lazy("%(who)s: %(organisation)s agrees about the risk that remains"),
    Replied.DOES_NOT_AGREE: gettext_lazy(
        "%(who)s: %(organisation)s does not agree about the risk that remains"
    ),
}
PAGE: dict[Replied, str] = {
    Replied.COMES: "marm:agencies",
    Replied.DOES_NOT_COME: "marm:agencies",
    Replied.AGREES: "marm:case",
    Replied.DOES_NOT_AGREE: "marm:case",
}
ASKED: dict[Learns, Promise] = {
    Learns.TO_LOOK: gettext_lazy("Case audit, %(first)s to %(last)s: look into the cases"),
    Learns.TO_CHANGE: gettext_lazy("Case audit, %(first)s to %(last)s: see to what was to change"),
    Learns.NOT_CHANGED: gettext_lazy("Case audit, %(first)s to %(last)s: nobody has said what changed"),
}


def reply_line(reply: Reply) -> Line:
    """Say which agency answered what the reader asked it, and how."""
    words = str(SAID[reply.replied]) % {"who": reply.who, "organisation": reply.organisation}
    answered = _("Answered on %(day)s.") % {"day": day_in_words(reply.at)}
    return Line(words, address_of(PAGE[reply.replied], args=[reply.case_id]), answered)


def audit_line(audit: Audit) -> Line:
    """Say what a case audit asks of the reader, and by when."""
    days = {"first": day_in_words(audit.first), "last": day_in_words(audit.last)}
    by = _("By %(day)s.") % {"day": day_in_words(audit.by)} if audit.by else ""
    hint = by or _("You see each by its number, without a name.")
    address = address_of("marm:case_audit", args=[audit.audit_id])
    return Line(str(ASKED[audit.learns]) % days, address, hint, audit.by)


def drift_lines(waiting: WaitingInCases) -> Iterator[Line]:
    """Say how much drifts, without naming anybody; its own page says what, and about whom."""
    address = address_of("marm:drift")
    if waiting.drift:
        said = ngettext("%(count)s thing is drifting", "%(count)s things are drifting", waiting.drift.count)
        newest = _("The newest was found on %(day)s.") % {"day": day_in_words(waiting.drift.found_at)}
        yield Line(said % {"count": waiting.drift.count}, address, newest)
    if waiting.out_of_sight:
        said = ngettext(
            "%(count)s thing is drifting about somebody no co-ordinator can see",
            "%(count)s things are drifting about people no co-ordinator can see",
            waiting.out_of_sight.count,
        )
        oldest = _("The oldest was found on %(day)s.") % {"day": day_in_words(waiting.out_of_sight.found_at)}
        yield Line(said % {"count": waiting.out_of_sight.count}, address, oldest)
