"""A person's own statement: prepared, read together, made into documents, and given."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.pdf import may_be_made, pdf_of
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.people.commands.own_words import hand_over_device
from alongside.casework.people.middleware import HANDED_OVER, HANDED_OVER_TO
from alongside.casework.people.queries.forms import form_about
from alongside.casework.rights import forms, permissions
from alongside.casework.rights.commands.statement import NotYetError, note_statement_given
from alongside.casework.rights.presenters.statement import before_giving, statement_shown
from alongside.casework.rights.queries.statement import (
    statement_as_document,
    statement_of,
    statement_to_read,
)
from alongside.casework.rights.rules.statement import sentence_by_sentence


@require_safe
def statement(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show what the person may read, and what a member must know before giving it."""
    found = statement_of(actor=request.actor, person_id=person_id)
    shown = {
        "person_id": found.person.id,
        "known_as": found.person.known_as,
        "statement": statement_shown(found),
        "before": before_giving(found),
        "may_give": permissions.may_give_statement(request.actor).allowed,
        "pdf": may_be_made(),
    }
    return render(request, "rights/statement.jinja", shown)


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Say what will happen, then lock this session to the page on which the person reads."""
    if request.method == "POST":
        hand_over_device(actor=request.actor, at=timezone.now(), person_id=person_id)
        request.session[HANDED_OVER] = str(person_id)
        request.session[HANDED_OVER_TO] = "rights:read_statement"
        return redirect("rights:read_statement")
    found = statement_of(actor=request.actor, person_id=person_id)
    shown = {
        "person_id": found.person.id,
        "warnings": before_giving(found).warnings,
        "by_password": request.user.has_usable_password(),
    }
    return render(request, "rights/statement_hand_over.jinja", shown)


@require_safe
def read(request: MemberRequest) -> HttpResponse:
    """Let the person read. The page calls them only "you" and leads nowhere else."""
    if request.session.get(HANDED_OVER_TO) != "rights:read_statement":
        raise NotFoundError(_("This device has not been handed to anybody."))
    person_id = UUID(request.session[HANDED_OVER])
    found = statement_to_read(actor=request.actor, person_id=person_id)
    shown = {"statement": statement_shown(found), "exit_to": settings.EXIT_TO}
    return render(request, "rights/statement_read.jinja", shown)


@require_safe
def paper(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show the statement for printing."""
    found = statement_as_document(actor=request.actor, person_id=person_id, form="paper")
    shown = {"person_id": found.person.id, "statement": statement_shown(found)}
    return render(request, "rights/statement_print.jinja", shown)


@require_safe
def document(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Return the statement as a tagged PDF. Its file name does not say whose it is."""
    found = statement_as_document(actor=request.actor, person_id=person_id, form="pdf")
    return _pdf("rights/statement_paper.jinja", {"statement": statement_shown(found)}, _("your-information"))


@require_safe
def easy_read(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Return the statement as an Easy Read PDF: large, one idea a line, a picture beside each."""
    found = statement_as_document(actor=request.actor, person_id=person_id, form="easy_read")
    shown = {"statement": statement_shown(found), "sentence_by_sentence": sentence_by_sentence}
    return _pdf("rights/statement_easy.jinja", shown, _("your-information-easy-read"))


@require_http_methods(["GET", "POST"])
def given(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Note that the person was given their statement."""
    name = form_about(actor=request.actor, permission=Permission.CHRONOLOGY_ADD, person_id=person_id)
    usual = {"on": timezone.localdate(), "explained_by": request.actor.name, "language": _("English")}
    form = forms.StatementGivenForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            note_statement_given(
                actor=request.actor, at=timezone.now(), person_id=person_id, **form.columns()
            )
        except NotYetError as wrong:
            form.add_error("on", str(wrong))
        else:
            messages.success(request, _("It is noted that they were given it"))
            return redirect("rights:statement", person_id=person_id)
    shown = {
        "form": form, "title": _("They were given their information"), "caption": name,
        "button": _("Save"), "person_id": person_id,
    }  # fmt: skip
    return render(request, "rights/form.jinja", shown, status=422 if form.errors else 200)


def _pdf(template: str, shown: dict[str, object], name: str) -> HttpResponse:
    return HttpResponse(
        pdf_of(template, shown),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )
