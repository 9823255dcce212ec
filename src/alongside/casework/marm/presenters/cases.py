"""Cases, ready to show: the person's own words first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.area.marm_models import Criterion
from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Case, CriterionAnswer
from alongside.casework.marm.permissions import (
    may_raise_concerns,
    may_read_concerns,
    may_see_drift,
    may_take_part,
)
from alongside.casework.marm.presenters.concerns import OnwardShown, adding_up_words, onward_shown
from alongside.casework.marm.presenters.ending import ending_shown, shared_line, still_to_ask
from alongside.casework.marm.presenters.family import InFamilyShown, family_shown
from alongside.casework.marm.presenters.holding import HoldingLine, harm_line, holding_lines
from alongside.casework.marm.presenters.invitations import left_line
from alongside.casework.marm.presenters.leading import days_without, lead_in_words, lead_line
from alongside.casework.marm.presenters.reviews import review_line
from alongside.casework.marm.presenters.risks import risks_shown
from alongside.casework.marm.presenters.words import ANSWER, FITS, STAGE, TOLD, URGENCY, item_in_words
from alongside.casework.marm.queries.cases import CasePage, CasesPage
from alongside.casework.marm.queries.concerns import Evidence
from alongside.casework.marm.queries.pack import forum_title
from alongside.casework.marm.rules.clocks import last_day
from alongside.casework.marm.rules.criteria import Answer, Changed, Fits, criteria_of
from alongside.casework.marm.rules.stages import Stage, Told, Urgency
from alongside.casework.people.models import AboutMe
from alongside.casework.people.presenters.whole import warnings_before_contact
from alongside.casework.people.rules import SECTION_TITLES, Section

Row = tuple[str, str]


@dataclass(frozen=True)
class LeadingShown:
    """Who leads, acts and is asked; how long nobody has led; and who did before."""

    lead: str
    acting: str
    asked: str
    asked_left: bool
    without: str
    history: list[str]


@dataclass(frozen=True)
class CaseShown:
    """The page of a case."""

    id: UUID
    person_id: UUID
    known_as: str
    stage: Tag
    urgent: str
    before_contact: list[str]
    own_words: str
    no_words: str
    said: list[Row]
    wanted: str
    strengths: str
    risks: list[Row]
    family: list[InFamilyShown]
    family_ended: list[InFamilyShown]
    family_asked: bool
    may_note_family: bool
    leading: LeadingShown
    agencies: list[str]
    left: list[str]
    about: list[Row]
    fits: str
    criteria: list[tuple[str, str, str]]
    onward: list[OnwardShown]
    answer_by: str
    settled: str
    advice: list[Row]
    reviews: list[tuple[str, str]]
    ending: list[Row]
    shared_risk: list[str]
    harm: list[HoldingLine]
    holding: list[HoldingLine]
    may_end: bool
    may_check: bool
    may_settle: bool
    may_steer: bool
    asked_of_reader: bool
    sees_person: bool
    may_send_on: bool


@dataclass(frozen=True)
class CaseLine:
    """One case in a list."""

    known_as: str
    href: str
    stage: Tag
    urgent: str
    source: str
    leading: str


@dataclass(frozen=True)
class CasesShown:
    """The cases of an organisation."""

    to_answer: list[CaseLine]
    asked_of_me: list[CaseLine]
    standing: list[CaseLine]
    to_review: list[tuple[str, str, str]]
    declined: list[CaseLine]
    sees_drift: bool


def case_shown(page: CasePage, now: datetime) -> CaseShown:
    """Return the page."""
    case = page.case
    family = family_shown(page.family)
    return CaseShown(
        id=case.id,
        person_id=case.person_id,
        known_as=case.person.goes_by,
        stage=_stage(case),
        urgent=str(URGENCY[Urgency.HIGH]) if case.urgency == Urgency.HIGH else "",
        before_contact=warnings_before_contact(page.person),
        own_words=case.own_words,
        no_words=case.no_words_why,
        said=[_said(each) for each in page.said],
        wanted=case.wanted,
        strengths=case.strengths,
        risks=risks_shown(case),
        family=[each for each in family if not each.ended],
        family_ended=[each for each in family if each.ended],
        family_asked=all(each.earlier for each in family) and _for_the_family(page),
        may_note_family=page.may_note_family,
        leading=_leading(page, now),
        agencies=[
            _agency(each.organisation.name, each.brings) for each in page.agencies if each.until is None
        ],
        left=[left_line(each) for each in page.agencies if each.until is not None],
        about=_about(case),
        fits=str(FITS[Fits(case.fits)]),
        criteria=_criteria(page),
        onward=[
            onward_shown(each, case.person_id, ours=each.organisation_id == page.reader.organisation_id)
            for each in page.onward
        ],
        answer_by=_("To be answered by %(day)s.") % {"day": day_in_words(last_day(page.answer_by))}
        if page.answer_by
        else "",
        settled=_settled(case),
        advice=[(_("Advice"), case.advice), (_("Where it could go"), forum_title(case.route))]
        if case.route
        else [],
        reviews=[review_line(each) for each in page.reviews],
        ending=ending_shown(page.ending, page.person, page.shared_risk) if page.ending else [],
        shared_risk=[shared_line(each) for each in page.shared_risk],
        harm=[harm_line(each) for each in page.holding.harm],
        holding=holding_lines(page.holding, now),
        may_end=page.may_steer and case.stage == Stage.OPEN,
        may_check=page.ending is not None
        and still_to_ask(page.ending, page.person)
        and may_take_part(page.reader).allowed,
        may_settle=page.may_settle,
        may_steer=page.may_steer,
        asked_of_reader=page.asked_of_reader,
        sees_person=may_read_concerns(page.reader).allowed,
        may_send_on=case.stage == Stage.OPEN and may_raise_concerns(page.reader).allowed,
    )


def _said(said: AboutMe) -> Row:
    """Return what they said, with how they came to say it: an answer says little without its question."""
    title = str(SECTION_TITLES[Section(said.section)])
    if not said.how:
        return title, said.words
    return title, format_html('{}<br><span class="govuk-hint">{}</span>', said.words, said.how)


def cases_shown(page: CasesPage) -> CasesShown:
    """Return the list."""

    def line(case: Case) -> CaseLine:
        led = page.leads.get(case.id)
        return CaseLine(
            known_as=case.person.goes_by,
            href=address_of("marm:case", args=[case.id]),
            stage=_stage(case),
            urgent=str(URGENCY[Urgency.HIGH]) if case.urgency == Urgency.HIGH else "",
            source=_asked(case),
            leading=_leads(case, led),
        )

    return CasesShown(
        to_answer=[line(each) for each in page.to_answer],
        asked_of_me=[line(each) for each in page.asked_of_me],
        standing=[line(each) for each in page.standing],
        to_review=[(each.person.goes_by, *review_line(each)) for each in page.to_review],
        declined=[line(each) for each in page.declined],
        sees_drift=may_see_drift(page.reader).allowed,
    )


def criteria_changed(changed: Changed, typed: Mapping[str, str]) -> list[Row]:
    """Say what changed in the criteria since a form was opened; answers no longer asked for are kept.

    Args:
        changed: what changed.
        typed: what was typed, by name of the field.
    """
    rows = [
        (_("New"), "\n".join(changed.asked_now)),
        (_("Reworded"), "\n".join(changed.reworded)),
    ]
    rows += [
        (_("No longer asked"), "\n".join(filter(None, [ask, typed.get(f"evidence_{code}", "")])))
        for code, ask in changed.no_more
    ]
    return [(title, words) for title, words in rows if words]


def evidence_shown(evidence: Evidence) -> list[str]:
    """Return what the records say that may answer the criteria, in sentences."""
    involved = ", ".join(dict.fromkeys(each.organisation.name for each in evidence.involved))
    lines = [
        _("In touch: %(agencies)s.") % {"agencies": involved}
        if involved
        else _("No agency has written down that it is in touch.")
    ]
    if evidence.concerns:
        lines.append(_("Concerns are adding up: %(said)s") % {"said": adding_up_words(evidence.concerns)})
    elif evidence.count:
        lines.append(
            ngettext("%(count)s concern was raised.", "%(count)s concerns were raised.", evidence.count)
            % {"count": evidence.count}
        )
    if evidence.refusals:
        declined = ", ".join(
            _("%(what)s (%(agency)s, %(day)s)")
            % {"what": each.what, "agency": each.agency, "day": day_in_words(each.on)}
            for each in evidence.refusals.evidence
        )
        lines.append(_("Declined: %(offers)s.") % {"offers": declined})
    if evidence.risky:
        who = ", ".join(f"{each.name} ({each.relationship})" for each in evidence.risky)
        lines.append(_("A risk was noted from: %(who)s.") % {"who": who})
        lines += [
            f"{each.name}: {mark}"
            for each in evidence.risky
            if (mark := evidence.disputed.get((each._meta.label, str(each.id))))
        ]
    for each in evidence.tried:
        tried = _("Tried by %(agency)s on %(day)s: %(words)s") % {
            "agency": each.organisation.name, "day": day_in_words(each.happened_on), "words": each.words
        }  # fmt: skip
        mark = evidence.disputed.get((each._meta.label, str(each.id)), "")
        lines.append(f"{tried} {mark}".strip())
    return lines


def _leads(case: Case, led: str | None) -> str:
    if case.stage == Stage.DECLINED:
        return ""
    return _("%(name)s leads.") % {"name": led} if led else _("Nobody leads.")


def _leading(page: CasePage, now: datetime) -> LeadingShown:
    leading = page.leading
    current = (leading.lead, leading.acting, leading.asked)
    return LeadingShown(
        lead=lead_line(leading.lead) if leading.lead else "",
        acting=lead_line(leading.acting) if leading.acting else "",
        asked=lead_in_words(leading.asked) if leading.asked else "",
        asked_left=leading.asked is not None and leading.asked.member.is_over_on(timezone.localdate(now)),
        without=days_without(leading.without_since, now)
        if page.case.stage == Stage.OPEN and leading.without_since
        else "",
        history=[lead_line(each) for each in leading.history if each not in current],
    )


def _about(case: Case) -> list[Row]:
    told = str(TOLD[Told(case.told)])
    rows = [
        (_("What was tried"), case.tried),
        (_("Do they know?"), f"{told}. {case.told_why}".strip() if case.told_why else told),
        (_("Manager who knows"), case.manager_told),
        (_("Asked for"), _asked(case)),
    ]
    return [(title, words) for title, words in rows if words]


def _for_the_family(page: CasePage) -> bool:
    """Whether it was asked for because of what happens in the family."""
    asked = criteria_of(page.criteria) if page.criteria else []
    met = {code for code, given in page.answers.items() if given.answer == Answer.MET}
    return any(each.family and each.code in met for each in asked)


def _criteria(page: CasePage) -> list[tuple[str, str, str]]:
    asked = {each.code: each for each in criteria_of(page.criteria)} if page.criteria else {}
    codes = [*asked, *(code for code in page.answers if code not in asked)]
    return [_criterion(code, asked.get(code), page.answers.get(code)) for code in codes]


def _criterion(code: str, asked: Criterion | None, given: CriterionAnswer | None) -> tuple[str, str, str]:
    """The question, the answer with what was ticked, and the evidence."""
    answer = Answer(given.answer) if given else Answer.NOT_KNOWN
    ticked = ", ".join(item_in_words(each) for each in given.items) if given else ""
    said = f"{ANSWER[answer]}: {ticked}" if ticked else str(ANSWER[answer])
    return (asked.ask if asked else code, said, given.evidence if given else "")


def _agency(name: str, brings: str) -> str:
    return f"{name}: {brings}" if brings else name


def _asked(case: Case) -> str:
    return _("%(name)s, %(organisation)s, %(day)s") % {
        "name": case.asked_by,
        "organisation": case.organisation.name,
        "day": day_in_words(timezone.localdate(case.asked_at)),
    }


def _settled(case: Case) -> str:
    if case.settled_at is None:
        return ""
    said = (
        _("Declined by %(name)s on %(day)s: %(why)s")
        if case.route  # also for one opened after all: its review says by whom and why
        else _("Opened by %(name)s on %(day)s: %(why)s")
    )
    return said % {"name": case.settled_by, "day": day_in_words(case.settled_at), "why": case.settled_why}


def _stage(case: Case) -> Tag:
    words, colour = STAGE[Stage(case.stage)]
    return Tag(str(words), colour)
