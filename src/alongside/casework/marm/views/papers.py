"""The papers: read as a page, or taken as a PDF or a Word document, all three with the same content."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.papers import Paper
from alongside.casework.design.pdf import may_be_made, pdf_of
from alongside.casework.design.word_files import KIND, word_of
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.presenters.papers.confiding import confidentiality
from alongside.casework.marm.presenters.papers.expecting import what_to_expect
from alongside.casework.marm.presenters.papers.general import general_paper
from alongside.casework.marm.presenters.papers.heads import taken_by
from alongside.casework.marm.presenters.papers.lists import case_papers_shown, papers_shown
from alongside.casework.marm.presenters.papers.planning import action_plan
from alongside.casework.marm.presenters.papers.recording import record_of
from alongside.casework.marm.presenters.papers.reporting import agency_report
from alongside.casework.marm.queries import papers as queries
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules import papers as rules
from alongside.casework.marm.rules.papers import Form


@require_safe
def papers(request: MemberRequest) -> HttpResponse:
    """Show the papers that need no case, to anybody who has signed in."""
    return render(request, "marm/papers.jinja", {"page": papers_shown(pdf=may_be_made())})


@require_safe
def paper(request: MemberRequest, paper: str) -> HttpResponse:
    """Show a general paper, or a blank copy."""
    made = _general(_one_of(tuple(rules.Paper), paper))
    return _page(request, made, reverse("marm:papers"), of_case=False)


@require_safe
def paper_file(_request: MemberRequest, paper: str, form: str) -> HttpResponse:
    """Give a general paper, or a blank copy, as a file."""
    code = _one_of(tuple(rules.Paper), paper)
    return _file(_general(code), _form(form), rules.file_name(code, _form(form)))


@require_safe
def case_papers(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show which papers a case has."""
    page = queries.papers_page(actor=request.actor, case_id=case_id)
    return render(request, "marm/case_papers.jinja", {"page": case_papers_shown(page, pdf=may_be_made())})


@require_safe
def case_paper(request: MemberRequest, case_id: UUID, case_paper: str) -> HttpResponse:
    """Show a paper filled from a case."""
    code = _one_of(rules.OF_CASE, case_paper)
    made = _of_case(request.actor, case_id, code, Form.PAGE)
    return _page(request, made, reverse("marm:case_papers", args=[case_id]), of_case=True)


@require_safe
def case_paper_file(request: MemberRequest, case_id: UUID, case_paper: str, form: str) -> HttpResponse:
    """Give a paper filled from a case as a file."""
    code, as_file = _one_of(rules.OF_CASE, case_paper), _form(form)
    made = _of_case(request.actor, case_id, code, as_file)
    if code is not rules.Paper.WHAT_TO_EXPECT:  # this one is for the person
        made = taken_by(made, request.actor.name)
    return _file(made, as_file, rules.file_name(code, as_file, case_id=case_id))


@require_safe
def meeting_paper(request: MemberRequest, meeting_id: UUID, meeting_paper: str) -> HttpResponse:
    """Show a paper filled from a meeting."""
    code = _one_of(rules.OF_MEETING, meeting_paper)
    made, case_id, _number = _of_meeting(request.actor, meeting_id, code, Form.PAGE)
    return _page(request, made, reverse("marm:case_papers", args=[case_id]), of_case=True)


@require_safe
def meeting_paper_file(
    request: MemberRequest, meeting_id: UUID, meeting_paper: str, form: str
) -> HttpResponse:
    """Give a paper filled from a meeting as a file."""
    code, as_file = _one_of(rules.OF_MEETING, meeting_paper), _form(form)
    made, case_id, number = _of_meeting(request.actor, meeting_id, code, as_file)
    name = rules.file_name(code, as_file, case_id=case_id, number=number)
    return _file(taken_by(made, request.actor.name), as_file, name)


def _general(code: rules.Paper) -> Paper:
    return general_paper(code, marm_pack(), whose=area_pack().area.title, day=timezone.localdate())


def _of_case(actor: Actor, case_id: UUID, code: rules.Paper, form: Form) -> Paper:
    now = timezone.now()
    if code is rules.Paper.ACTION_PLAN:
        page = queries.planning(actor=actor, case_id=case_id, form=form)
        return action_plan(page, timezone.localdate(now))
    return what_to_expect(marm_pack(), queries.expecting(actor=actor, case_id=case_id, form=form, at=now))


def _of_meeting(actor: Actor, meeting_id: UUID, code: rules.Paper, form: Form) -> tuple[Paper, UUID, int]:
    """The paper, and which case, and which meeting of it by number, it is about."""
    if code is rules.Paper.AGENCY_REPORT:
        reports = queries.reporting(actor=actor, meeting_id=meeting_id, form=form)
        made, meeting = agency_report(reports), reports.page.meeting
    elif code is rules.Paper.CONFIDENTIALITY:
        bound = queries.confiding(actor=actor, meeting_id=meeting_id, form=form)
        made, meeting = confidentiality(marm_pack(), bound), bound.meeting
    else:
        found = queries.recording(actor=actor, meeting_id=meeting_id, form=form)
        made, meeting = record_of(found, timezone.localdate()), found.page.meeting
    return made, meeting.case_id, meeting.number


def _page(request: MemberRequest, made: Paper, back: str, *, of_case: bool) -> HttpResponse:
    return render(request, "marm/paper.jinja", {"paper": made, "back": back, "of_case": of_case})


def _file(made: Paper, form: Form, name: str) -> HttpResponse:
    pdf = form is Form.PDF
    return HttpResponse(
        pdf_of("design/paper.jinja", {"paper": made}) if pdf else word_of(made),
        content_type="application/pdf" if pdf else KIND,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _one_of(papers: tuple[rules.Paper, ...], wanted: str) -> rules.Paper:
    for each in papers:
        if each == wanted:
            return each
    raise NotFoundError(_("There is no such paper."))


def _form(wanted: str) -> Form:
    for each in rules.FILES:
        if each == wanted:
            return each
    raise NotFoundError(_("Papers are available as a PDF or a Word document."))
