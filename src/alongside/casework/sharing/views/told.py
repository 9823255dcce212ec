"""What other organisations shared with the member's own."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.sharing.commands import corrections
from alongside.casework.sharing.commands import decisions as commands
from alongside.casework.sharing.presenters.told import told_line, told_shown
from alongside.casework.sharing.queries import decisions as reads
from alongside.casework.sharing.views.refusing import say_done


@require_safe
def told(request: MemberRequest) -> HttpResponse:
    """List what other organisations shared with the member's own, without the contents, a page at a time."""
    page = reads.told_us(actor=request.actor, begins=begins_at(request))
    shown = {
        "lines": [told_line(each) for each in page.rows],
        "paging": paging(page.passed_over, at_once=reads.TOLD_AT_ONCE, count=page.count),
    }
    return render(request, "sharing/told.jinja", shown)


@require_safe
def one(request: MemberRequest, disclosure_id: UUID) -> HttpResponse:
    """Show one thing that was shared with us."""
    page = reads.told_page(actor=request.actor, disclosure_id=disclosure_id)
    return render(request, "sharing/told_one.jinja", {"told_us": told_shown(page)})


@require_POST
def confirm(request: MemberRequest, disclosure_id: UUID) -> HttpResponse:
    """Confirm that it has arrived; if a colleague did first, say who."""

    def act() -> None:
        commands.confirm_receipt(actor=request.actor, at=timezone.now(), disclosure_id=disclosure_id)

    say_done(request, act, _("Whoever shared it can see that it has arrived."))
    return redirect("sharing:told_one", disclosure_id=disclosure_id)


@require_POST
def confirm_correction(request: MemberRequest, disclosure_id: UUID, notice_id: UUID) -> HttpResponse:
    """Confirm that a change has been read; if a colleague did first, say who."""

    def act() -> None:
        corrections.confirm_correction(
            actor=request.actor, at=timezone.now(), disclosure_id=disclosure_id, notice_id=notice_id
        )

    say_done(request, act, _("It is noted that you have read it and acted on it."))
    return redirect("sharing:told_one", disclosure_id=disclosure_id)
