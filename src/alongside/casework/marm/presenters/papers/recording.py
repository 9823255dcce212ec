"""The record of a meeting: the person first, then what agencies know, who came, and what was agreed."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.design.papers import (
    Block,
    Fields,
    Paper,
    Row,
    Section,
    Table,
    Under,
    Words,
    filled,
    words_if,
)
from alongside.casework.marm.models import Invited
from alongside.casework.marm.presenters.decisions import DecisionShown, decision_shown
from alongside.casework.marm.presenters.minutes import MinutesShown, minutes_shown
from alongside.casework.marm.presenters.papers.heads import about_meeting, head_of, numbers
from alongside.casework.marm.presenters.papers.planning import actions_table, room_for_actions
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.presenters.words import ATTENDED, MINUTES
from alongside.casework.marm.queries.decisions import DecisionPage
from alongside.casework.marm.queries.minutes import MinutesPage
from alongside.casework.marm.queries.papers import Recording
from alongside.casework.marm.rules.minutes import Attended, TookPart
from alongside.casework.marm.rules.papers import Paper as Code


def record_of(found: Recording, day: date) -> Paper:
    """Return the record as it stands on a day; open minutes leave room for what is not yet written."""
    page, shown = found.page, minutes_shown(found.page)
    sections = [
        head_of(page.meeting),
        Section(_("What was said"), (*words_if(shown.disputed), _said(page, shown))),
    ]
    if shown.family:
        sections.append(Section(_("What family and friends say"), _family(shown.family)))
    actions: Block = Words(_("No actions have been written down."))
    if found.actions:
        actions = actions_table(_("Actions that were written down"), found.actions, day)
    sections += [
        Section(_("Who came"), (_attendance(page.invited),)),
        Section(_("What was decided"), _decisions(found.decisions, day)),
        Section(_("What will be done"), (actions,)),
    ]
    if shown.addenda:
        added = tuple(Words(each) for words, source in shown.addenda for each in (words, source))
        sections.append(Section(_("Added later"), added))
    return Paper(
        title=str(TITLES[Code.RECORD]),
        about=about_meeting(page.meeting),
        lead=(shown.state, _("As it was on %(day)s.") % {"day": day_in_words(day)}),
        sections=tuple(sections),
    )


def blank_record() -> Paper:
    """Return a record to be filled in by hand."""
    rows = tuple((str(title), "") for title in MINUTES.values())
    return Paper(
        title=str(TITLES[Code.RECORD]),
        about="",
        lead=(_("The person first, then what agencies know, what was decided and what will be done."),),
        sections=(
            head_of(None),
            Section(_("What was said"), (Fields(((_("How the person took part"), ""), *rows), room=6),)),
            Section(
                _("Who came"),
                (
                    Table(
                        _("Who was invited, and who came"),
                        (_("Number"), _("Name"), _("Agency"), _("Came, or why not")),
                        numbers(columns=3),
                        to_fill_in=True,
                    ),
                ),
            ),
            Section(_("What was decided"), _room_for_decisions()),
            Section(_("What will be done"), room_for_actions()),
            Section(_("Written and agreed by"), (Fields(((_("Name, agency, day"), ""),), room=1),)),
        ),
    )


def _said(page: MinutesPage, shown: MinutesShown) -> Fields:
    minutes = page.minutes
    written = shown.rows or [(str(title), "") for title in MINUTES.values()]
    left_out = "" if minutes and minutes.declined_why else str(MINUTES["declined_why"])
    began = minutes is not None and minutes.took_part != TookPart.NOT_YET
    rows: tuple[Row, ...] = (
        (_("How %(name)s took part") % {"name": shown.known_as}, shown.took_part if began else ""),
        *(row for row in written if row[0] != left_out),
    )
    closed = minutes is not None and minutes.closed_at is not None
    return Fields(filled(rows, otherwise=_("Nothing was written.")) if closed else rows)


def _attendance(invited: Sequence[Invited]) -> Table:
    rows = []
    for each in invited:
        attended = Attended(each.attended)
        said = "" if attended is Attended.NOT_YET else str(ATTENDED[attended])
        rows.append((each.name, said, each.attended_why))
    return Table(
        _("Who was invited, and who came"),
        (_("Invited"), _("Came"), _("If not, why")),
        tuple(rows),
        to_fill_in=any(not came for _name, came, _why in rows),
    )


def _family(views: Sequence[tuple[str, str, str]]) -> tuple[Block, ...]:
    return tuple(block for name, words, wish in views for block in (Under(name), Words(words), Words(wish)))


def _decisions(found: Sequence[DecisionPage], day: date) -> tuple[Block, ...]:
    if not found:
        return (Words(_("No decisions have been written down.")),)
    return tuple(block for each in found for block in _decision(decision_shown(each, day)))


def _decision(shown: DecisionShown) -> list[Block]:
    rows = [
        (_("What was decided"), shown.decided),
        (_("What the person says"), shown.own_view),
        *shown.person,
        *shown.why,
        (_("Law and guidance it refers to"), "; ".join(shown.levers)),
        *shown.about,
    ]
    blocks: list[Block] = [Under(shown.question), *words_if(shown.disputed)]
    if shown.followed_by_href:
        blocks.append(Words(_("A newer decision has replaced this one.")))
    blocks.append(Fields(tuple(row for row in rows if row[1])))
    if shown.options:
        weighed = [title for title, _words in shown.options[0].rows]
        blocks.append(
            Table(
                _("Options considered"),
                (_("Option"), *weighed),
                tuple(
                    (
                        ". ".join(filter(None, [each.title, each.marks])),
                        *(words for _title, words in each.rows),
                    )
                    for each in shown.options
                ),
            )
        )
    if shown.positions:
        blocks.append(
            Table(
                _("What each agency says"),
                (_("Agency"), _("Says"), _("Why")),
                tuple((each.who, each.said, each.words or "—") for each in shown.positions),
            )
        )
    return blocks


def _room_for_decisions() -> tuple[Block, ...]:
    return (
        Fields(
            (
                (_("What is to be decided?"), ""),
                (_("Options, with what is good about each, what is not, and what may happen without it"), ""),
                (_("What the person says, and the risk they are comfortable with"), ""),
                (_("What each agency says, and why any disagrees"), ""),
                (_("What was decided, by whom, and why"), ""),
                (_("The law it rests on, and when it will be looked at again"), ""),
            )
        ),
    )
