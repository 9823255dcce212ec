"""What lists and referrals say on the page of the day."""

from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import moment_in_words
from alongside.casework.outreach.presenters import Card
from alongside.casework.outreach.presenters.died import HAS_DIED
from alongside.casework.outreach.presenters.referrals import REFERRAL_STATES, how_soon
from alongside.casework.outreach.queries.day import HandOverOfDay, ReferralOfDay


def leads_to(card: Card, talk: UUID | None = None) -> str:
    """Return where an item or a conversation on it opens: first where the purpose is changed, if need be."""
    opens = (
        address_of("outreach:danger", args=[talk]) if talk else address_of("outreach:item", args=[card.id])
    )
    if not card.given_for:
        return opens
    return f"{address_of('accounts:choose_purpose')}?{urlencode({'next': opens})}"


def what_of_it(card: Card) -> str:
    """Return how soon an item is and what else to know of it; of somebody who has died, that alone."""
    told = [card.died] if card.died else [card.soon, card.hint]
    return ". ".join(filter(None, [card.covering, card.lacking, *told, given_for(card)]))


def given_for(card: Card) -> str:
    """Return what an item was given for, where the reader works for another purpose."""
    if not card.given_for:
        return ""
    return _("Given to us for “%(purpose)s”: change your purpose to open it") % {"purpose": card.given_for}


def also_for(card: Card) -> str:
    """Return for which other purpose a list names the person of an item too."""
    return _("Also on a list for “%(purpose)s”") % {"purpose": card.also_for}


def take_over(card: Card) -> str:
    """Return whom the reader is asked to take over."""
    return _("Take over: %(name)s") % {"name": card.name}


def asked_to_take(by: str, whose: str = "") -> str:
    """Return who asks, and whom, if the reader covers for them."""
    if whose:
        return _("%(name)s asks %(whose)s, for whom you cover. Say whether they can.") % {
            "name": by,
            "whose": whose,
        }
    return _("%(name)s asks you. Say whether you can.") % {"name": by}


def finish(card: Card) -> str:
    """Return about whom the reader, or whom they cover for, wrote something that is not finished."""
    return _("Finish what you wrote: %(name)s") % {"name": card.name}


def why_finish() -> str:
    """Return what becomes of it otherwise."""
    return _(
        "This is no longer on your list, and a conversation on it was not finished. Nobody reads what you "
        "wrote about how it ended before you finish it."
    )


def ask_another(card: Card) -> str:
    """Return whom somebody away was asked to take over."""
    return _("Ask somebody else to take over: %(name)s") % {"name": card.name}


def asked_is_away(whose: str) -> str:
    """Return who was asked and cannot answer."""
    return _("%(name)s was asked and is away, and nobody can answer for them.") % {"name": whose}


def taken(hand_over: HandOverOfDay) -> str:
    """Return what was answered to whoever offered a hand-over."""
    said = _("%(by)s took over %(who)s") if hand_over.accepted else _("%(by)s cannot take over %(who)s")
    return said % {"by": hand_over.by, "who": hand_over.who}


def taken_when(hand_over: HandOverOfDay) -> str:
    """Return when."""
    return moment_in_words(hand_over.at)


def on_no_team(count: int) -> str:
    """Return how many nobody has, and no team sees."""
    return ngettext(
        "Give to somebody: %(number)s person is on no team's list",
        "Give to somebody: %(number)s people are on no team's list",
        count,
    ) % {"number": count}


def nobody_gives(count: int) -> str:
    """Return how many nobody has or sees, and nobody can give."""
    return ngettext(
        "%(number)s person is on your organisation's list, and nobody there can see them",
        "%(number)s people are on your organisation's list, and nobody there can see them",
        count,
    ) % {"number": count}


def all_on_list(count: int) -> str:
    """Return the words of the link to the whole list."""
    return ngettext("Your list", "All %(number)s on your list", count) % {"number": count}


def all_asked(count: int) -> str:
    """Return the words of the link to all that is asked."""
    return ngettext("Answer it", "Answer them: %(number)s waiting", count) % {"number": count}


def asked(referral: ReferralOfDay) -> str:
    """Return who asks, since when, and how soon somebody should look, or that nobody can any more."""
    return _("%(soon)s. %(organisation)s, %(when)s") % {
        "soon": HAS_DIED if referral.died else how_soon(referral.priority),
        "organisation": referral.organisation,
        "when": moment_in_words(referral.since),
    }


def answered(referral: ReferralOfDay) -> str:
    """Return what was answered, by which organisation and when."""
    return _("%(answer)s. %(organisation)s, %(when)s") % {
        "answer": REFERRAL_STATES[referral.state][0],
        "organisation": referral.organisation,
        "when": moment_in_words(referral.since),
    }
