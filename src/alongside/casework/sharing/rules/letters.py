"""The letter of a request for information, in sentences. It is kept exactly as it was sent."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.casework.design.dates import day_in_words
from alongside.casework.sharing.rules.requests import POWERS, Asked, Urgency


def letter(it: Asked) -> str:
    """Return the letter of a request, one paragraph after another with an empty line between.

    In English, whatever language the asker reads: another agency reads it, and it is kept.
    """
    with override("en-gb"):
        return "\n\n".join(filter(None, [*_head(it), *_law(it), *_what(it), *_end(it)]))


def _head(it: Asked) -> list[str]:
    return [
        _("From %(asker)s to %(asked)s, on %(day)s.")
        % {"asker": it.asker, "asked": it.asked, "day": day_in_words(it.asked_on)},
        _("We are asking you for information about %(who)s.") % {"who": it.who},
    ]


def _law(it: Asked) -> list[str]:
    if it.wish.power is None:
        return [
            _(
                "We are not a public authority and do not claim a public task: a task must be the asker's "
                "own (UK GDPR Article 6(1)(e), as amended by the Data (Use and Access) Act 2025, section "
                "70(2)(a)). We ask because: %(why)s"
            )
            % {"why": it.wish.what_for}
        ]
    stated = _(
        "We are a public authority. The task for which we need it: %(task)s\n"
        "The power under which we do this and ask you: %(power)s."
    ) % {"task": it.wish.what_for, "power": it.power_title}
    return [stated, str(POWERS[it.wish.power].means), _of_2025_act() if it.opens_public_task_request else ""]


def _of_2025_act() -> str:
    """What a request must state so that whoever is asked can rely on Annex 1, paragraph 1."""
    return _(
        "We state that we need this personal data for the purposes of carrying out processing described in "
        "Article 6(1)(e) of the UK GDPR that has a legal basis that satisfies Article 6(3): the task and the "
        "power above. To answer such a request is a recognised legitimate interest of an organisation that "
        "is not a public authority (Article 6(1)(ea) and Annex 1, paragraph 1, inserted by the Data (Use and "
        "Access) Act 2025, section 70 and schedule 4). It does not oblige you to share. For special "
        "category data and criminal offence data, you also need a condition."
    )


def _what(it: Asked) -> list[str]:
    items = [
        _("%(number)d. What: %(what)s\nWhy it is needed: %(why)s\nPeriod: %(period)s")
        % {"number": number, "what": each.what, "why": each.why, "period": each.period}
        for number, each in enumerate(it.wish.items, start=1)
    ]
    return [_("We are asking for this, and no more:"), *items]


def _end(it: Asked) -> list[str]:
    by = {"day": day_in_words(it.due)}
    return [
        _("The person knows of this request.")
        if it.wish.person_knows
        else _("The person does not know of this request. Why: %(why)s") % {"why": it.wish.why_not_told},
        _("It is urgent. Please answer by %(day)s.") % by
        if it.wish.urgency is Urgency.URGENT
        else _("Please answer by %(day)s.") % by,
        _("How to answer us safely: %(how)s") % {"how": it.wish.how_to_answer},
        _("The agreement that covers this: %(references)s.") % {"references": ", ".join(it.agreements)}
        if it.agreements
        else _("No agreement about sharing between us covers this today."),
        _(
            "What you share is your own decision. Share what is necessary and no more. If you hold nothing, "
            "say so. If you will not share, tell us why in writing."
        ),
        _("%(name)s, %(organisation)s") % {"name": it.signed_by, "organisation": it.asker},
    ]
