"""Runs: the list of them, and one with its counts, quality, basis and tiers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.sources import jobs, presenters, queries
from alongside.casework.sources.forms import OpenRunForm
from alongside.casework.sources.presenters.overtaken import overtaken
from alongside.casework.sources.presenters.unread import not_left_out
from alongside.errors import AlongsideError


@require_http_methods(["GET", "POST"])
def runs(request: MemberRequest) -> HttpResponse:
    """Show the runs opened here, and open another."""
    actor = request.actor
    listed = queries.list_runs(actor=actor, on=timezone.localdate())
    form = OpenRunForm(request.POST or None, folders=jobs.waiting_folders(actor))
    if request.method == "POST" and form.is_valid():
        try:
            run = jobs.open_run(actor=actor, at=timezone.now(), folder=form.cleaned_data["folder"])
        except (NotAllowedError, NotFoundError):
            raise
        except AlongsideError as error:
            form.add_error("folder", str(error))
        else:
            return redirect("sources:run", run_id=run.id)
    page = {"form": form, "runs": [presenters.run_line(each) for each in listed]}
    return render(request, "sources/runs.jinja", page, status=422 if form.errors else 200)


@require_safe
def run(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """Show a run: counts, quality, freshness, basis, tiers, what changed, and what was released."""
    actor, pack = request.actor, area_pack()
    found = queries.get_run(actor=actor, run_id=run_id)
    shown = presenters.run_shown(
        found,
        queries.releases_of(actor=actor, run_id=run_id),
        queries.freshness_of_sources(actor=actor, pack=pack, on=timezone.localdate()),
        pack,
    )
    page = {
        "run": shown,
        "may_release": queries.may_release_here(actor),
        "overtaken": overtaken(queries.run_newer_than(actor=actor, run=found, on=timezone.localdate())),
        "not_left_out": {name: not_left_out(policy, pack) for name, policy in found.policies.items()},
    }
    return render(request, "sources/run.jinja", page)
