"""What to know before anything is given to a person or sent to them, in finished sentences."""

from collections.abc import Collection
from functools import partial

from django.utils.translation import gettext as _

from alongside.casework.people.models import Whole
from alongside.casework.people.presenters.whole import in_words
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.queries.reaching import Reaching


def before_reaching(request: AccessRequest, known: Reaching) -> list[str]:
    """Return what whoever handles a request must know: first of all, who may be asking."""
    asking = [
        _(
            "%(asks)s, who asks for them, may be %(names)s, from whom a risk was noted. Before you answer, "
            "ask the person alone, where it is safe, whether they want this."
        )
        % {"asks": request.asked_by_name, "names": ", ".join(known.asks)}
    ]
    another = [
        _(
            "This was asked while the record was joined with another, and they were separated since: the "
            "other may have asked. Before you give anything, make sure that it is this person who did."
        )
    ]
    return [
        *(another if known.maybe_of_another else []),
        *(asking if known.asks else []),
        *before_giving_anything(known.whole, known.risky),
    ]


def before_giving_anything(whole: Whole, risky: Collection[str]) -> list[str]:
    """Return how it is safe to reach a person, who might read it, and what they need to understand it."""
    told = partial(in_words, whole)
    warnings = [_("Before you give or send it: %(words)s") % {"words": each} for each in told("safe_contact")]
    if risky:
        warnings.append(
            _("A risk was noted from: %(names)s. Do not give it where they could read it.")
            % {"names": ", ".join(risky)}
        )
    warnings += [_("An interpreter is needed: %(who)s") % {"who": each} for each in told("interpreter")]
    warnings += [_("Their language: %(language)s") % {"language": each} for each in told("language")]
    warnings += [_("How to communicate: %(how)s") % {"how": each} for each in told("how_to_communicate")]
    warnings += [_("Adjustments: %(what)s") % {"what": each} for each in told("adjustments")]
    return warnings
