"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """What a person may ask of us."""

    name = "alongside.casework.rights"
    label = "rights"

    def ready(self) -> None:
        """Register this app's pages, its part of the day, its links beside a person, and its recipients."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.rules import nightly
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.marm.commands.harm import AFTER_HARM
        from alongside.casework.people.commands.identity import WITH_WHAT_GOES
        from alongside.casework.people.queries.disputed import DISPUTED
        from alongside.casework.people.queries.parting import NAMED
        from alongside.casework.people.queries.recipients import RECIPIENTS
        from alongside.casework.people.queries.separated import GOES_ALONG, GoesAlong
        from alongside.casework.rights.commands.disputes import disputes_go_along
        from alongside.casework.rights.commands.keeping import hold_after_harm
        from alongside.casework.rights.commands.parting import count_for_both
        from alongside.casework.rights.jobs import list_nightly
        from alongside.casework.rights.models import Dispute
        from alongside.casework.rights.queries.disputes import marks
        from alongside.casework.rights.queries.left_out import objected_before
        from alongside.casework.rights.queries.recipients import told_or_seeing
        from alongside.casework.rights.queries.separated import named
        from alongside.casework.rights.queries.wishes import objected
        from alongside.casework.rights.views.today import requests_to_answer
        from alongside.casework.sources.queries.objecting import OBJECTED_BEFORE, OBJECTING

        handles = who_may(Permission.RIGHTS_HANDLE)
        readers = who_may(Permission.PERSON_READ)
        BESIDE.setdefault("people:person/rights", []).extend(
            [
                Entry(_("What they may read about themself"), "rights:statement", 7, readers),
                Entry(_("They ask what we hold about them"), "rights:take", 80, readers),
                Entry(_("They say something is wrong"), "rights:disputes_of", 82, readers),
                Entry(_("They object, or want everything erased"), "rights:wish", 84, readers),
            ]
        )
        BESIDE.setdefault("people:entry", []).append(
            Entry(_("They say this is wrong"), "rights:dispute_entry", 10, readers)
        )
        # one entry: each of its three pages links to the others
        ENTRIES.append(Entry(_("People's rights"), "rights:requests", 88, handles))
        DISPUTED.append(marks)
        GOES_ALONG.append(
            GoesAlong(Dispute, "noted_at", "noted_organisation_id", _("disputes about what is held"))
        )
        WITH_WHAT_GOES.extend([disputes_go_along, count_for_both])
        NAMED.append(named)
        AFTER_HARM.append(hold_after_harm)
        OBJECTING.append(objected)
        OBJECTED_BEFORE.append(objected_before)
        schedule(
            Scheduled(
                code="retention",
                rhythm=nightly(hour=1, minute=50),
                job=list_nightly,
                title=lambda: gettext("List records that are past their time"),
                what=lambda: gettext(
                    "Puts records that are past their time on a list. Somebody looks at each one: "
                    "nothing is deleted until they confirm it."
                ),
            )
        )
        SECTIONS.append(requests_to_answer)
        RECIPIENTS.append(told_or_seeing)
