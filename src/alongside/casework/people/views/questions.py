"""Questions about whether a person is known, and two records of one person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.people import forms, presenters
from alongside.casework.people.commands import identity
from alongside.casework.people.commands.involvement import AlreadyAnsweredError, answer_whether_known
from alongside.casework.people.queries import person_page, question_to, questions_to, search_people
from alongside.casework.people.queries.forms import form_allowed
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.queries.readers import joined_with
from alongside.casework.people.queries.separated import separated as records_separated


@require_GET
def questions(request: MemberRequest) -> HttpResponse:
    """Show what other agencies ask the member's own."""
    asked = [presenters.question_view(each) for each in questions_to(actor=request.actor)]
    return render(request, "people/questions.jinja", {"questions": asked})


@require_http_methods(["GET", "POST"])
def answer(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """Answer one of them. Where two colleagues do, the second is told who did, and keeps what they typed."""
    # whoever has typed an answer is told that somebody else's came first, not that there is no such page
    sent = request.method == "POST"
    asked = question_to(actor=request.actor, question_id=question_id, even_answered=sent)
    wrong = 422
    form = forms.AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            answered = answer_whether_known(
                actor=request.actor, at=timezone.now(), question_id=question_id, **form.cleaned_data
            )
        except AlreadyDoneError as error:
            form.add_error(None, str(error))  # beside what was typed, which must not be lost
            wrong = 409 if isinstance(error, AlreadyAnsweredError) else 422
        else:
            if answered.answer == answered.Answer.OPEN:
                said = _(
                    "Your answer has been sent. Now say how long you have been in touch, and how much you do."
                )
                messages.success(request, said)
                return redirect("people:involvement", answered.person_id)
            messages.success(request, _("Your answer has been sent"))
            return redirect("people:questions")
    shown = {"form": form, "question": presenters.question_view(asked)}
    return render(request, "people/answer.jinja", shown, status=wrong if form.errors else 200)


@require_http_methods(["GET", "POST"])
def merge(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Find the other record of the same person, and join the two."""
    form_allowed(actor=request.actor, permission=Permission.PERSON_MERGE)
    joins = "reason" in request.POST
    looking, found, more = forms.SearchForm(request.POST or None), None, False
    form = forms.MergeForm(request.POST if joins else None)
    page = person_page(actor=request.actor, person_id=person_id, at=timezone.now())
    view = presenters.person_view(page, today=timezone.localdate())
    if form.is_valid():
        try:
            identity.merge_people(
                actor=request.actor,
                at=timezone.now(),
                kept_id=person_id,
                absorbed_id=form.cleaned_data["other"],
                reason=form.cleaned_data["reason"],
            )
        except (
            AlreadyDoneError, StaleError, identity.TwoNumbersError, identity.JoinedAgainstTheirWishError
        ) as error:  # fmt: skip
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The two records are now joined"))
            return redirect("people:person", person_id=person_id)
    if looking.is_valid():
        searched = search_people(actor=request.actor, words=looking.cleaned_data["words"])
        others, more = [each for each in searched.people if each.id != view.id], searched.more
        seen = joined_with(
            actor=request.actor, person_id=person_id, others=[each.id for each in others], at=timezone.now()
        )
        chosen = request.POST.get("other")
        found = [presenters.choice_of(each, seen[each.id], chosen=chosen) for each in others]
    given = {"person": view, "looking": looking, "form": form, "found": found, "more": more}
    wrong = form.errors or looking.errors
    return render(request, "people/merge.jinja", given, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def part(request: MemberRequest, person_id: UUID, merge_id: UUID) -> HttpResponse:
    """Separate two joined records again, with the reason."""
    form_allowed(actor=request.actor, permission=Permission.PERSON_MERGE)
    parting = parting_page(actor=request.actor, person_id=person_id, merge_id=merge_id)
    view = presenters.parting_view(parting)
    form = forms.PartForm(request.POST or None, asked=view.added, records=view.records)
    if form.is_valid():
        try:
            still_seen = identity.part_people(
                actor=request.actor,
                at=timezone.now(),
                merge_id=merge_id,
                why=form.cleaned_data["why"],
                belongs=form.belongs(),
            )
        except identity.AskedTwiceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The two records are separate again"))
            return redirect("people:person", person_id=still_seen)
    shown = {"form": form, "person_id": person_id, "parting": view}
    return render(request, "people/part.jinja", shown, status=422 if form.errors else 200)


@require_GET
def separated(request: MemberRequest) -> HttpResponse:
    """Show what changed for the member's organisation when records were separated."""
    found = records_separated(actor=request.actor, at=timezone.now())
    several = [presenters.separated_view(each) for each in found]
    return render(request, "people/separated.jinja", {"several": several})
