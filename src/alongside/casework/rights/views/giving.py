"""Bundles: read as they would be given, released by a second member, made into files, and handed over."""

import io
import json
import zipfile
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.pdf import may_be_made, pdf_of
from alongside.casework.rights import forms
from alongside.casework.rights.commands import giving
from alongside.casework.rights.presenters.bundle import as_data, bundle_shown
from alongside.casework.rights.presenters.reaching import before_reaching
from alongside.casework.rights.queries.bundle import bundle_of, released_bundle
from alongside.casework.rights.queries.requests import request_page, request_to_release

ZIPPED_AT = (1980, 1, 1, 0, 0, 0)
"""A fixed time, so that the same bundle is the same bytes whenever it is made."""


@require_safe
def read(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Show the bundle as it would be given."""
    bundle = bundle_of(actor=request.actor, request_id=asked_id)
    shown = {"bundle": bundle_shown(bundle), "asked_id": asked_id, "draft": True}
    return render(request, "rights/bundle.jinja", shown)


@require_safe
def paper(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Show the released bundle, for printing."""
    bundle = released_bundle(actor=request.actor, request_id=asked_id, form="paper")
    shown = {"bundle": bundle_shown(bundle), "asked_id": asked_id}
    return render(request, "rights/bundle.jinja", shown)


@require_safe
def document(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Return the released bundle as a tagged PDF."""
    bundle = released_bundle(actor=request.actor, request_id=asked_id, form="pdf")
    made = pdf_of("rights/bundle_paper.jinja", {"bundle": bundle_shown(bundle)})
    return _file(made, f"{bundle.request.reference}.pdf", "application/pdf")


@require_safe
def data(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Return the released bundle as machine-readable data, zipped."""
    bundle = released_bundle(actor=request.actor, request_id=asked_id, form="data")
    text = json.dumps(as_data(bundle), ensure_ascii=False, indent=2)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{bundle.request.reference}.json", ZIPPED_AT), text)
    return _file(packed.getvalue(), f"{bundle.request.reference}.zip", "application/zip")


@require_http_methods(["GET", "POST"])
def release(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Release a bundle that somebody else worked on."""
    request_to_release(actor=request.actor, request_id=asked_id)
    form = forms.ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            giving.release_bundle(
                actor=request.actor, at=timezone.now(), request_id=asked_id, typed=form.typed
            )
        except giving.NotThisPersonError as other:
            form.add_error("date_of_birth", str(other))
        else:
            messages.success(request, _("It is released and can be handed over"))
            return redirect("rights:request", asked_id=asked_id)
    shown = {"form": form, "asked_id": asked_id}
    return render(request, "rights/release.jinja", shown, status=422 if form.errors else 200)


@require_POST
def back(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Send a bundle back to be worked on again."""
    giving.send_bundle_back(actor=request.actor, at=timezone.now(), request_id=asked_id)
    messages.success(request, _("It can be worked on again, with what is held now"))
    return redirect("rights:desk", asked_id=asked_id)


@require_http_methods(["GET", "POST"])
def given(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Offer the released bundle in each format, and note who it was given to."""
    page = request_page(actor=request.actor, request_id=asked_id)
    form = forms.GivenForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            giving.hand_over_bundle(
                actor=request.actor, at=timezone.now(), request_id=asked_id, **form.cleaned_data
            )
        except giving.NotInOrderError as wrong:
            form.add_error("on", str(wrong))
        else:
            messages.success(request, _("It is noted that it was handed over. The request is now answered."))
            return redirect("rights:request", asked_id=asked_id)
    shown = {
        "form": form,
        "asked_id": asked_id,
        "reference": page.request.reference,
        "warnings": before_reaching(page.request, page.reaching),
        "pdf": may_be_made(),
    }
    return render(request, "rights/given.jinja", shown, status=422 if form.errors else 200)


def _file(made: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        made, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
