"""The papers that need no case: the general ones, and blank copies of the others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from alongside.area.marm_models import Marm
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.papers import Paper
from alongside.casework.marm.presenters.papers.chairing import chairs_guide
from alongside.casework.marm.presenters.papers.confiding import confidentiality
from alongside.casework.marm.presenters.papers.expecting import what_to_expect
from alongside.casework.marm.presenters.papers.flowchart import flowchart
from alongside.casework.marm.presenters.papers.guidance import guidance
from alongside.casework.marm.presenters.papers.planning import blank_action_plan
from alongside.casework.marm.presenters.papers.recording import blank_record
from alongside.casework.marm.presenters.papers.reporting import blank_report
from alongside.casework.marm.rules.papers import Paper as Code

_MADE: Mapping[Code, Callable[[Marm], Paper]] = {
    Code.GUIDANCE: guidance,
    Code.FLOWCHART: flowchart,
    Code.WHAT_TO_EXPECT: what_to_expect,
    Code.CHAIRS_GUIDE: chairs_guide,
    Code.AGENCY_REPORT: lambda _pack: blank_report(),
    Code.CONFIDENTIALITY: confidentiality,
    Code.RECORD: lambda _pack: blank_record(),
    Code.ACTION_PLAN: lambda _pack: blank_action_plan(),
}


def general_paper(code: Code, pack: Marm, *, whose: str, day: date) -> Paper:
    """Return a paper that needs no case.

    Args:
        code: which.
        pack: how agencies come together here.
        whose: the partnership, shown on each sheet with the day, since a later pack may differ.
        day: when it is taken.
    """
    about = _("%(partnership)s, %(day)s") % {"partnership": whose, "day": day_in_words(day)}
    return replace(_MADE[code](pack), about=about)
