"""Twelve agencies in one meeting typing at once: nothing is lost, and nothing is there twice."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.casework.marm.conftest import see_all
from tests.casework.marm.test_cases_at_once import count
from tests.casework.outreach.test_at_once import at_once
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts import commands as accounts
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.directory.days import working_days_after
from alongside.casework.kernel.errors import StaleError
from alongside.casework.marm.commands.actions import note_where_it_stands, plan_action
from alongside.casework.marm.commands.meetings import answer_meeting, set_meeting
from alongside.casework.marm.commands.minutes import close_minutes_of, keep_minutes, send_report
from alongside.casework.marm.models import Action, ActionUpdate, AgencyReport, Case, Invited, Meeting, Minutes
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.rules.meetings import Coming, begins
from alongside.casework.marm.rules.minutes import Attendance, Attended, TookPart, Written
from alongside.casework.marm.rules.reports import Report
