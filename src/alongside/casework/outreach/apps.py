"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    """Worklists, conversations and referrals."""

    name = "alongside.casework.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Add this app's navigation, its sections of a member's day and its lines of the schedule."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.rules import every, nightly
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import SECTIONS
        from alongside.casework.outreach.commands.half_way import keep_words_cut_off, must_finish_talks
        from alongside.casework.outreach.commands.parting import items_go_along
        from alongside.casework.outreach.jobs import distribute_newly_released, expire_nightly
        from alongside.casework.outreach.models import Referral, WorkItem
        from alongside.casework.outreach.queries import parting
        from alongside.casework.outreach.views.today import lists_and_referrals, waiting_for_nobody, worried
        from alongside.casework.people.commands.identity import WITH_WHAT_GOES
        from alongside.casework.people.commands.leaving import CUT_OFF, MUST_FINISH
        from alongside.casework.people.queries.parting import GIVES, STAYS
        from alongside.casework.people.queries.separated import GOES_ALONG, GoesAlong

        WITH_WHAT_GOES.append(items_go_along)
        GIVES.append(parting.gives)
        STAYS.append(parting.stays)
        GOES_ALONG.append(GoesAlong(WorkItem, "made_at", "organisation_id", _("items on its list")))
        GOES_ALONG.extend(  # both are told: whoever was asked works on it too
            GoesAlong(Referral, "made_at", whose, _("referrals"))
            for whose in ("from_organisation_id", "to_organisation_id")
        )
        MUST_FINISH.append(must_finish_talks)
        CUT_OFF.append(keep_words_cut_off)
        ENTRIES.extend(
            [
                Entry(_("Lists"), "outreach:mine", 20, who_may(Permission.WORKLIST_READ)),
                Entry(_("Referrals"), "outreach:referrals", 25, who_may(Permission.REFERRAL_ANSWER)),
            ]
        )

        BESIDE.setdefault("people:person/work", []).extend(
            [
                Entry(
                    _("Who could be round the table"), "outreach:table", 10, who_may(Permission.PERSON_READ)
                ),
                Entry(
                    _("Their own page, to show or print"),
                    "outreach:own_page",
                    20,
                    who_may(Permission.PERSON_READ),
                ),
                Entry(
                    _("Put them on our list"), "outreach:put_on_list", 30, who_may(Permission.WORKLIST_WORK)
                ),
            ]
        )
        # what can be done where refusals add up
        BESIDE.setdefault("offers:offers", []).extend(
            [
                Entry(
                    _("Put them on our list"), "outreach:put_on_list", 10, who_may(Permission.WORKLIST_WORK)
                ),
                Entry(
                    _("Who could be round the table"), "outreach:table", 20, who_may(Permission.PERSON_READ)
                ),
            ]
        )
        SECTIONS.extend([lists_and_referrals, waiting_for_nobody, worried])
        schedule(
            Scheduled(
                code="lists",
                rhythm=every(minutes=5),
                job=distribute_newly_released,
                title=lambda: gettext("Put released flags on lists"),
                what=lambda: gettext(
                    "Gives each released flag to the team, or to whoever already works with the person. "
                    "A manager can do this straight away."
                ),
            )
        )
        schedule(
            Scheduled(
                code="expiry",
                rhythm=nightly(hour=1, minute=10),
                job=expire_nightly,
                title=lambda: gettext("Close items whose flags nobody acted on"),
                what=lambda: gettext(
                    "Takes people off the lists if their flag ended before anybody took them up. Managers "
                    "see how many. Anybody a professional raised, agreed about or worked with stays."
                ),
            )
        )
