"""Death or serious harm, ready to show."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.queries.harm import HarmPage
from alongside.casework.marm.queries.pack import forum_title
from alongside.casework.marm.rules.harm import Harm, InDanger

Row = tuple[str, str]
HARM: dict[Harm, Promise] = {
    Harm.DIED: gettext_lazy("The person died"),
    Harm.SERIOUS: gettext_lazy("The person was seriously harmed"),
}
IN_DANGER: dict[InDanger, Promise] = {
    InDanger.YES: gettext_lazy("Yes"),
    InDanger.NO: gettext_lazy("No"),
    InDanger.NOT_KNOWN: gettext_lazy("Not known"),
}


@dataclass(frozen=True)
class HarmShown:
    """What happened, and whether a review was asked for."""

    id: UUID
    case_id: UUID
    known_as: str
    title: str
    about: list[Row]
    reviews: list[str]
    waits: bool
    may_answer: bool
    date_href: str


def harm_shown(page: HarmPage) -> HarmShown:
    """Return the page."""
    harm = page.harm
    return HarmShown(
        id=harm.id,
        case_id=harm.case_id,
        known_as=harm.case.person.goes_by,
        title=str(HARM[Harm(harm.harm)]),
        about=[
            (_("Is anybody else in danger?"), str(IN_DANGER[InDanger(harm.others)])),
            (_("What is being done for them"), harm.others_words),
            (_("What happened"), harm.words),
            (_("On"), day_in_words(harm.happened_on) if harm.happened_on else ""),
            (_("When we learned of it"), day_in_words(harm.learned_on)),
            (_("Who we learned it from"), harm.learned_from),
            (
                _("Written down by"),
                _("%(name)s, %(organisation)s, %(day)s")
                % {
                    "name": harm.noted_by,
                    "organisation": harm.organisation.name,
                    "day": day_in_words(harm.noted_at),
                },
            ),
            *_review(page),
        ],
        reviews=[f"{each.title}: {each.when}" for each in page.forums],
        waits=harm.answered_at is None,
        may_answer=page.may_answer,
        date_href=address_of("people:change", args=[page.without_date]) if page.without_date else "",
    )


def _review(page: HarmPage) -> list[Row]:
    harm = page.harm
    if harm.answered_at is None:
        return []
    sent = _("No review was asked for")
    if harm.review:
        sent = _("%(board)s, sent to %(whom)s on %(day)s") % {
            "board": forum_title(harm.review.forum),
            "whom": harm.review.sent_to,
            "day": day_in_words(harm.review.sent_on),
        }
    why = _("%(words)s (%(name)s, %(day)s)") % {
        "words": harm.review_why,
        "name": harm.answered_by,
        "day": day_in_words(harm.answered_at),
    }
    return [(_("Should somebody look back at what happened?"), sent), (_("Why"), why)]
