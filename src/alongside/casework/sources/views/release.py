"""Release a list: choose, check the answers, decide; and what was released."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.decisions import NotAllowedError, require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.sources import jobs, permissions, presenters, queries
from alongside.casework.sources.commands.flags import withdraw_flag
from alongside.casework.sources.forms import ReleaseForm, WithdrawForm
from alongside.casework.sources.presenters.overtaken import chosen_before, overtaken
from alongside.casework.sources.presenters.unread import not_left_out
from alongside.casework.sources.queries.withdrawing import who_has_flag
from alongside.errors import AlongsideError


@require_http_methods(["GET", "POST"])
def release(request: MemberRequest, run_id: UUID, policy: str, version: int) -> HttpResponse:
    """Let an approver choose, check the answers, and release; nothing happens before that."""
    actor, name = request.actor, f"{policy}/{version}"
    require(permissions.may_release(actor))
    run = queries.get_run(actor=actor, run_id=run_id)
    if name not in run.policies:
        raise NotFoundError(_("There is no such list in this run."))
    tiers = presenters.tier_choices(run.policies[name], run.tiers.get(name, {}))
    organisations = presenters.organisation_choices(queries.organisations_to_name(actor=actor))
    form = ReleaseForm(request.POST or None, tiers=tiers, organisations=organisations)
    if newer := queries.run_newer_than(actor=actor, run=run, on=timezone.localdate()):
        told = {
            "run": run,
            "run_as_at": day_in_words(run.as_at),
            "overtaken": overtaken(newer),
            # they need it again for the newer run, which came while they chose and wrote
            "before": chosen_before(form) if request.method == "POST" else [],
        }
        return render(
            request, "sources/overtaken.jinja", told, status=409 if request.method == "POST" else 200
        )
    could = None
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        given = form.cleaned_data
        asked = {
            "actor": actor,
            "run_id": run_id,
            "policy": name,
            "tiers": given["tiers"],
            "organisation_ids": [UUID(each) for each in given["organisations"]],
            "contact_organisation_id": UUID(given["contact"]) if given["contact"] else None,
        }
        try:
            if "confirmed" in request.POST:
                made = jobs.release_cohort(at=timezone.now(), reason=given["reason"], **asked)
                return redirect("sources:released", release_id=made.id)
            could = jobs.who_could_be_given(**asked)
        except (NotAllowedError, NotFoundError):
            raise
        except AlongsideError as error:
            form.add_error(None, str(error))
    page = {
        "form": form,
        "run": run,
        "run_as_at": day_in_words(run.as_at),
        "policy": run.policies[name]["title"],
        "not_left_out": not_left_out(run.policies[name], area_pack()),
        "answers": presenters.answers_to_check(
            form.cleaned_data, run, name, organisations, could, area_pack()
        )
        if could
        else None,
    }
    template = "sources/check_release.jinja" if could else "sources/release.jinja"
    return render(request, template, page, status=422 if form.errors else 200)


@require_safe
def released(request: MemberRequest, release_id: UUID) -> HttpResponse:
    """Show what was released, in counts."""
    page = queries.release_page(actor=request.actor, release_id=release_id)
    shown = {
        "release": presenters.release_shown(page, area_pack()),
        "may_withdraw": permissions.may_release(request.actor).allowed,
        "release_id": release_id,
    }
    return render(request, "sources/released.jinja", shown)


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, release_id: UUID) -> HttpResponse:
    """Take back what a release says about one person."""
    require(permissions.may_release(request.actor))
    page = queries.release_page(actor=request.actor, release_id=release_id)
    form, names = WithdrawForm(request.POST or None, tiers=presenters.released_tiers(page.release)), None
    if form.is_valid() and "change" not in request.POST:
        given = form.cleaned_data
        which = {
            "actor": request.actor,
            "release_id": release_id,
            "tier": given["tier"],
            "rank": given["rank"],
        }
        try:
            if "confirmed" in request.POST:
                withdraw_flag(at=timezone.now(), why=given["why"], **which)
                return redirect("sources:released", release_id=release_id)
            names = who_has_flag(**which)
        except NotAllowedError:
            raise
        except CaseworkError as wrong:
            form.add_error("rank", str(wrong))
    shown = {
        "form": form,
        "release": presenters.release_shown(page, area_pack()),
        "release_id": release_id,
        "answers": presenters.withdrawal_to_check(form.cleaned_data, page.release, names) if names else None,
    }
    template = "sources/check_withdrawal.jinja" if names else "sources/withdraw.jinja"
    return render(request, template, shown, status=422 if form.errors else 200)
