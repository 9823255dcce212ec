"""Case audits, ready to show: counts across all cases, and each case by number without a name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import CaseAudit
from alongside.casework.marm.presenters.words_of_case_audits import VERDICT, answer_in_words, count_in_words
from alongside.casework.marm.queries.case_audits import AuditPage, SampledPage
from alongside.casework.marm.rules.case_audits import Counted, Fact

Row = tuple[str, str]


@dataclass(frozen=True)
class AuditLine:
    """A line of the list."""

    title: str
    href: str
    stands: str


@dataclass(frozen=True)
class QuestionShown:
    """A question with how often each answer was given, empty if held back; and what was missing."""

    ask: str
    by: str
    answers: list[str]
    missing: list[str]


@dataclass(frozen=True)
class AuditShown:
    """The page of a case audit."""

    title: str
    rows: list[Row]
    questions: list[QuestionShown]
    held_back: str
    to_look_at: list[tuple[str, str, str]]
    learnt: list[Row]
    closed: bool
    may_close: bool
    waits_for_a_look: bool
    may_say_changed: bool


@dataclass(frozen=True)
class SampledShown:
    """The page of one case of an audit."""

    title: str
    audit_title: str
    facts: list[Row]
    answered: list[Row]
    closed: bool
    href: str
    """The case itself, if the reader takes part in it; else empty."""


def audit_lines(audits: Iterable[CaseAudit]) -> list[AuditLine]:
    """Return the list."""
    return [
        AuditLine(
            _title(each),
            address_of("marm:case_audit", args=[each.id]),
            _("Closed on %(day)s") % {"day": day_in_words(each.closed_at)}
            if each.closed_at
            else _("Agencies are looking into it now"),
        )
        for each in audits
    ]


def audit_shown(page: AuditPage) -> AuditShown:
    """Return the page."""
    audit = page.audit
    drawn = _("%(size)s of %(all)s cases that were open then, drawn at random with the seed %(seed)s")
    again = (
        _("The same seed would draw the same cases today.")
        if page.same_again
        else _("The same seed would draw others today: cases were added to that period, or have gone.")
    )
    looks = _("Who was asked to look") if audit.closed_at else _("Who is looking")
    return AuditShown(
        title=_title(audit),
        rows=[
            (_("Drawn"), drawn % {"size": audit.size, "all": audit.of_cases, "seed": audit.seed}),
            (_("If drawn again"), again),
            (looks, "\n".join(_of_agency(*each) for each in page.agencies.items())),
            (_("Begun"), _by(audit.begun_by, audit.organisation.name, day_in_words(audit.begun_at))),
        ],
        questions=[
            QuestionShown(
                ask=each["ask"],
                by=_("Counted from the record")
                if each["fact"]
                else _("Answered by those looking into the cases"),
                answers=_answers(page.counted[each["code"]]),
                missing=page.missing.get(each["code"], []),
            )
            for each in audit.questions
        ],
        held_back=_(
            "A question answered in fewer than %(count)s cases is held back: it could point to single people."
        )
        % {"count": audit.at_least},
        to_look_at=[
            (
                _("Case %(number)s") % {"number": number},
                address_of("marm:look_into_case", args=[audit.id, number]),
                _("You answered it") if answered else "" if audit.closed_at else _("To be looked into"),
            )
            for number, answered in page.numbers.items()
        ],
        learnt=_learnt(audit),
        closed=audit.closed_at is not None,
        may_close=page.may_close,
        waits_for_a_look=page.waits_for_a_look,
        may_say_changed=page.may_say_changed,
    )


def sampled_shown(page: SampledPage) -> SampledShown:
    """Return the page of one case: counts, and nothing that anybody wrote in its record."""
    asks = {each["code"]: each["ask"] for each in page.audit.questions}
    counts = page.sampled.counts
    return SampledShown(
        title=_("Case %(number)s") % {"number": page.sampled.number},
        audit_title=_title(page.audit),
        facts=[
            (each["ask"], count_in_words(Fact(each["fact"]), counts[Fact(each["fact"])]))
            for each in page.audit.questions
            if each["fact"]
        ],
        answered=[(asks.get(each.question, each.question), answer_in_words(each)) for each in page.answered],
        closed=page.audit.closed_at is not None,
        href=address_of("marm:case", args=[page.case_id]) if page.case_id else "",
    )


def count_rows(page: AuditPage) -> Iterator[list[str]]:
    """Yield the counts as rows of a table of values, headings first."""
    yield [_("Question"), _("Answered by"), _("Cases"), *(str(each) for each in VERDICT.values())]
    for each in page.audit.questions:
        found = page.counted[each["code"]]
        by = _("The record") if each["fact"] else _("Who is looking")
        told = "" if found.of_verdict is None else str(found.cases)
        yield [each["ask"], by, told, *_cells(found)]


def file_name(audit: CaseAudit) -> str:
    """Return what the file of counts is called."""
    return f"case-audit-{audit.first_on:%Y-%m-%d}-to-{audit.last_on:%Y-%m-%d}.csv"


def _title(audit: CaseAudit) -> str:
    return _("%(first)s to %(last)s") % {
        "first": day_in_words(audit.first_on),
        "last": day_in_words(audit.last_on),
    }


def _of_agency(name: str, count: int) -> str:
    return ngettext("%(name)s: %(count)s member", "%(name)s: %(count)s members", count) % {
        "name": name,
        "count": count,
    }


def _answers(found: Counted) -> list[str]:
    told = found.of_verdict or {}
    return [
        _("%(answer)s: %(count)s") % {"answer": VERDICT[each], "count": count} for each, count in told.items()
    ]


def _cells(found: Counted) -> list[str]:
    if found.of_verdict is None:
        return [_("Held back")] * len(VERDICT)
    return [str(found.of_verdict[each]) for each in VERDICT]


def _learnt(audit: CaseAudit) -> list[Row]:
    if audit.closed_at is None or audit.owner is None or audit.change_by is None:
        return []
    owner = audit.owner
    return [
        (_("What was learnt"), audit.learnt),
        (_("What will change"), audit.change),
        (
            _("Who sees to it"),
            _("%(name)s, %(organisation)s, by %(day)s")
            % {
                "name": owner.user.name,
                "organisation": owner.organisation.name,
                "day": day_in_words(audit.change_by),
            },
        ),
        (
            _("Closed"),
            _("%(name)s, %(day)s") % {"name": audit.closed_by, "day": day_in_words(audit.closed_at)},
        ),
        *_changed(audit),
    ]


def _changed(audit: CaseAudit) -> list[Row]:
    if audit.changed_at is None:
        return []
    who = {"name": audit.changed_by, "day": day_in_words(audit.changed_at)}
    return [(_("What has changed"), audit.changed), (_("Written down"), _("%(name)s, %(day)s") % who)]


def _by(name: str, organisation: str, day: str) -> str:
    return _("%(name)s, %(organisation)s, %(day)s") % {
        "name": name,
        "organisation": organisation,
        "day": day,
    }
