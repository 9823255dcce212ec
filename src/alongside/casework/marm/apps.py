"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class MarmConfig(AppConfig):
    """Multi-agency risk management: concerns, cases, who leads."""

    name = "alongside.casework.marm"
    label = "marm"

    def ready(self) -> None:
        """Add this app's links, its lines to a member's day, and its night's work."""
        from alongside.casework.access.permissions import Permission
        from alongside.casework.background.rules import nightly
        from alongside.casework.background.schedule import Scheduled, schedule
        from alongside.casework.design.navigation import BESIDE, ENTRIES, Entry, who_may
        from alongside.casework.design.today import ABOUT_A_PERSON, SECTIONS
        from alongside.casework.marm.commands.parting import concerns_go_along
        from alongside.casework.marm.jobs import (
            find_drift_nightly,
            late_actions_nightly,
            late_disputes_nightly,
        )
        from alongside.casework.marm.permissions import may_take_part
        from alongside.casework.marm.queries import parting
        from alongside.casework.marm.views.about_person import case_of_person
        from alongside.casework.marm.views.today import cases_of_the_day
        from alongside.casework.people.commands.identity import WITH_WHAT_GOES
        from alongside.casework.people.queries.parting import GIVES, NAMED, STAYS
        from alongside.casework.people.queries.separated import GOES_ALONG, GoesAlong

        WITH_WHAT_GOES.append(concerns_go_along)
        GIVES.append(parting.gives)
        STAYS.append(parting.stays)
        NAMED.append(parting.named)
        GOES_ALONG.extend(
            GoesAlong(model, at, "organisation_id", parting.WORDS[model])
            for model, at in parting.GOES.items()
        )
        BESIDE.setdefault("people:person/work", []).append(
            Entry(
                _("Concerns, and agencies coming together"),
                "marm:concerns",
                6,
                who_may(Permission.PERSON_READ),
            )
        )
        ENTRIES.append(Entry(_("Cases"), "marm:cases", 25, who_may(Permission.CASE_READ)))
        ENTRIES.append(Entry(_("Case audits"), "marm:case_audits", 26, who_may(Permission.CASE_AUDIT_READ)))
        schedule(
            Scheduled(
                code="marm.drift",
                rhythm=nightly(hour=2, minute=40),
                job=find_drift_nightly,
                title=lambda: gettext("Looking for what is drifting"),
                what=lambda: gettext(
                    "Finds people many agencies are in touch with but nobody brings together, and cases that "
                    "nobody answers or leads."
                ),
            )
        )
        BESIDE.setdefault("marm:case", []).extend(
            (
                Entry(_("What was tried, and what worked"), "marm:engagement", 5),
                Entry(_("Agencies: who is invited, and why"), "marm:agencies", 10),
                Entry(_("Meetings"), "marm:meetings", 20),
            )
        )
        SECTIONS.append(cases_of_the_day)
        ABOUT_A_PERSON.append(case_of_person)
        BESIDE.setdefault("marm:case", []).append(
            Entry(_("Actions"), "marm:actions", 30, who_may(Permission.CASE_READ))
        )
        BESIDE["marm:case"].append(Entry(_("Decisions"), "marm:decisions", 40, who_may(Permission.CASE_READ)))
        BESIDE["marm:case"].append(
            Entry(
                _("Who does what, and what each agency brings"),
                "marm:roles",
                50,
                who_may(Permission.CASE_READ),
            )
        )
        BESIDE["marm:case"].append(Entry(_("Papers"), "marm:case_papers", 90, who_may(Permission.CASE_READ)))
        BESIDE.setdefault("today", []).append(
            Entry(_("Guidance and papers on agencies coming together"), "marm:papers", 10)
        )
        schedule(
            Scheduled(
                code="late-actions",
                rhythm=nightly(hour=2, minute=5),
                job=late_actions_nightly,
                title=lambda: gettext("Telling people about late actions"),
                what=lambda: gettext(
                    "Tells the owner of an action on its last day. After that, by the area pack's clock, it "
                    "tells the lead, the owner's manager, and those who settle disputes, once each."
                ),
            )
        )
        BESIDE["marm:case"].append(
            Entry(_("What agencies disagree about"), "marm:disputes", 60, who_may(Permission.CASE_READ))
        )
        BESIDE["marm:case"].append(
            Entry(
                _("Death or serious harm"),
                "marm:note_harm",
                90,
                lambda request: may_take_part(request.actor).allowed,  # type: ignore[attr-defined]
            )
        )
        schedule(
            Scheduled(
                code="late-disputes",
                rhythm=nightly(hour=2, minute=10),
                job=late_disputes_nightly,
                title=lambda: gettext("Telling people about late disputes"),
                what=lambda: gettext(
                    "Tells whoever raised a dispute between agencies, the lead and the co-ordinators that a "
                    "step should have ended, once for each step."
                ),
            )
        )
