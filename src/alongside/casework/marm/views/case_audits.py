"""Case audits: begun, looked into without a name, and closed with what was learnt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.spreadsheets import spreadsheet
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm.commands import auditing_cases
from alongside.casework.marm.commands.auditing_cases import CannotDrawError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.forms import case_audits as forms
from alongside.casework.marm.permissions import may_coordinate
from alongside.casework.marm.presenters import case_audits as presenters
from alongside.casework.marm.queries import case_audits as queries
from alongside.casework.marm.queries.pack import marm_pack


@require_safe
def audits(request: MemberRequest) -> HttpResponse:
    """Show the case audits."""
    found = queries.case_audits(actor=request.actor)
    shown = {"audits": presenters.audit_lines(found), "may_begin": may_coordinate(request.actor).allowed}
    return render(request, "marm/case_audits.jinja", shown)


@require_http_methods(["GET", "POST"])
def begin(request: MemberRequest) -> HttpResponse:
    """Draw cases at random, and ask members of agencies to look."""
    today = timezone.localdate()
    could = queries.who_could_look(actor=request.actor, day=today)
    form = forms.BeginForm(
        request.POST or None, members=could, at_least=marm_pack().case_audits.at_least, today=today
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = auditing_cases.begin_case_audit(actor=request.actor, at=timezone.now(), **form.begun())
        except CannotDrawError as cannot:
            form.add_error(None, str(cannot))
        else:
            messages.success(
                request, _("The cases are drawn, and those who will look into them have been told")
            )
            return redirect("marm:case_audit", audit_id=begun.id)
    return render(request, "marm/case_audit_form.jinja", {"form": form}, status=422 if form.errors else 200)


@require_safe
def audit(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show a case audit in numbers, and its cases by number to those who look into them."""
    page = queries.audit_page(actor=request.actor, audit_id=audit_id)
    shown = {"page": presenters.audit_shown(page), "audit_id": audit_id}
    return render(request, "marm/case_audit.jinja", shown)


@require_safe
def counts_file(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Return the counts as a file for a spreadsheet."""
    page = queries.audit_page(actor=request.actor, audit_id=audit_id)
    return spreadsheet(presenters.count_rows(page), name=presenters.file_name(page.audit))


@require_http_methods(["GET", "POST"])
def look(request: MemberRequest, audit_id: UUID, number: int) -> HttpResponse:
    """Show one case by its number, without a name, and save what the reader sees."""
    page = queries.sampled_page(actor=request.actor, audit_id=audit_id, number=number)
    form = forms.AnswersForm(request.POST or None, questions=page.audit.questions)
    if request.method == "POST" and form.is_valid():
        auditing_cases.answer_case_audit(
            actor=request.actor, at=timezone.now(), audit_id=audit_id, number=number, said=form.said()
        )
        messages.success(request, _("What you see has been saved, without your name"))
        return redirect("marm:case_audit", audit_id=audit_id)
    shown = {"form": form, "page": presenters.sampled_shown(page), "audit_id": audit_id}
    return render(request, "marm/sampled_case.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Close an audit with what was learnt, and what will change."""
    queries.audit_to_close(actor=request.actor, audit_id=audit_id)
    today = timezone.localdate()
    could = queries.who_could_look(actor=request.actor, day=today)
    form = forms.CloseForm(request.POST or None, members=could, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            auditing_cases.close_case_audit(
                actor=request.actor, at=timezone.now(), audit_id=audit_id, learnt=form.said()
            )
        except UnsaidError as unsaid:
            form.add_error(None, str(unsaid))
        else:
            messages.success(
                request, _("The case audit is closed, and whoever will see to the change has been told")
            )
            return redirect("marm:case_audit", audit_id=audit_id)
    shown = {"form": form, "audit_id": audit_id}
    return render(request, "marm/case_audit_close_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def changed(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Write down what has changed after an audit, and keep what was typed if somebody else was first."""
    form = forms.ChangedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            auditing_cases.note_what_changed(
                actor=request.actor, at=timezone.now(), audit_id=audit_id, words=form.cleaned_data["words"]
            )
        except AlreadyDoneError as already:
            form.add_error(None, str(already))
        else:
            messages.success(request, _("Saved. It is no longer on your Today page."))
            return redirect("marm:case_audit", audit_id=audit_id)
        shown = {"form": form, "audit_id": audit_id}
        return render(request, "marm/case_audit_changed_form.jinja", shown, status=409)
    found = queries.audit_to_change(actor=request.actor, audit_id=audit_id)
    shown = {"form": form, "audit_id": audit_id, "change": found.change}
    return render(request, "marm/case_audit_changed_form.jinja", shown, status=422 if form.errors else 200)
