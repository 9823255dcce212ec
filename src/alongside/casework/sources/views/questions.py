"""Questions about data: the list, a new one, and a thread."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.decisions import NotAllowedError, require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.sources import permissions, presenters, queries
from alongside.casework.sources.commands.questions import (
    ask_data_question,
    say_in_thread,
    settle_data_question,
)
from alongside.casework.sources.forms import AskForm, SayForm


@require_safe
def questions(request: MemberRequest) -> HttpResponse:
    """Show the questions the reader's organisation asked or was asked."""
    listed, pack = queries.list_questions(actor=request.actor), area_pack()
    return render(
        request,
        "sources/questions.jinja",
        {"questions": [presenters.question_line(each, pack) for each in listed]},
    )


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest) -> HttpResponse:
    """Ask the owner of a source."""
    actor, pack = request.actor, area_pack()
    require(permissions.may_ask_about_data(actor))
    form = AskForm(request.POST or None, sources=[(code, each.title) for code, each in pack.sources.items()])
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_data_question(actor=actor, at=timezone.now(), pack=pack, **form.cleaned_data)
        except (NotAllowedError, NotFoundError):
            raise
        except CaseworkError as error:
            form.add_error("words", str(error))
        else:
            return redirect("sources:question", question_id=asked.id)
    return render(request, "sources/ask.jinja", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def question(request: MemberRequest, question_id: UUID) -> HttpResponse:
    """Show a thread, and say something in it or settle it."""
    actor, at, form = request.actor, timezone.now(), SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            if form.cleaned_data["settles"]:
                settle_data_question(actor=actor, at=at, question_id=question_id, outcome=words)
            else:
                say_in_thread(actor=actor, at=at, question_id=question_id, words=words)
        except (NotAllowedError, NotFoundError):
            raise
        except CaseworkError as error:
            form.add_error("words", str(error))
        else:
            return redirect("sources:question", question_id=question_id)
    thread = queries.question_thread(actor=actor, question_id=question_id, at=at)
    # once it is settled there is no form, which would take what they had written with it
    written = form.data.get("words", "") if thread.question.settled_at else ""
    page = {"form": form, "thread": presenters.thread_shown(thread, area_pack()), "written": written}
    return render(request, "sources/question.jinja", page, status=422 if form.errors else 200)
