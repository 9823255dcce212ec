"""The action plan: what the person wants first, then who does what by when."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.design.papers import Block, Fields, Paper, Said, Section, Table, Under, Words
from alongside.casework.marm.models import Action
from alongside.casework.marm.presenters.actions import action_line, action_rows
from alongside.casework.marm.presenters.papers.heads import about_case, numbers
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.queries.papers import Planning
from alongside.casework.marm.rules.papers import Paper as Code


def action_plan(found: Planning, day: date) -> Paper:
    """Return the plan of a case as it is on a day: what there is to do, and what is closed."""
    case = found.case
    to_do: list[Block] = [Words(_("There is nothing to do."))]
    if found.to_do:
        to_do = [actions_table(_("Actions, the earliest due first"), found.to_do, day)]
        for each in found.to_do:
            to_do += [Under(each.words), Fields(tuple(action_rows(each)))]
    sections = [
        Section(case.person.goes_by, (Words(_("What they want to happen:")), Said(case.wanted))),
        Section(_("To do"), tuple(to_do)),
    ]
    if found.over:
        sections.append(
            Section(
                _("Closed"), (actions_table(_("What happened to them, the newest first"), found.over, day),)
            )
        )
    return Paper(
        title=str(TITLES[Code.ACTION_PLAN]),
        about=about_case(case),
        lead=(_lead(), _("As it was on %(day)s.") % {"day": day_in_words(day)}),
        sections=tuple(sections),
    )


def blank_action_plan() -> Paper:
    """Return a plan to be filled in by hand."""
    return Paper(
        title=str(TITLES[Code.ACTION_PLAN]),
        about="",
        lead=(_lead(),),
        sections=(
            Section(_("The person"), (Fields(((_("About"), ""), (_("What they want to happen"), ""))),)),
            Section(_("To do"), room_for_actions()),
        ),
    )


def actions_table(caption: str, actions: Sequence[Action], day: date) -> Table:
    """Return actions as a table, as they stand on a day."""
    return Table(
        caption,
        (_("What"), _("Who does it"), _("By when"), _("Where it stands")),
        tuple(_in_table(each, day) for each in actions),
    )


def room_for_actions() -> tuple[Block, ...]:
    """Return a table to write actions into, and what is asked of each."""
    return (
        Table(
            _("Actions"),
            (_("Number"), _("What"), _("Who does it"), _("By when"), _("What the person wants from it")),
            numbers(columns=4),
            to_fill_in=True,
        ),
        Table(
            _("More about each action"),
            (_("Number"), _("Does the person agree?"), _("The risk it reduces"), _("To be looked at on")),
            numbers(columns=3),
            to_fill_in=True,
        ),
    )


def _lead() -> str:
    return _("Each action has a named owner and a date, and serves something that the person wants.")


def _in_table(action: Action, day: date) -> tuple[str, ...]:
    line = action_line(action, day)
    stands = ". ".join(filter(None, [line.status.words, line.late]))
    return (line.words, line.who, day_in_words(action.due), stands)
