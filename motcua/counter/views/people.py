"""People at the counter: read from a card, or taken from an earlier dossier."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.audit.actions import record_view
from motcua.core.identity import parse_cccd_qr
from motcua.core.moments import now
from motcua.counter import queries
from motcua.counter.desk import PARTY_FIELDS, party_initial
from motcua.counter.forms import PartyForm, PhotoForm
from motcua.printing.qr import read_qr

ROLES = ("applicant", "submitter")


@login_required
@require_POST
def card(request: StaffRequest) -> HttpResponse:
    """Fragment: the person of an identity card, from the text of its QR code or from a photograph of it."""
    request.authority.require_any(Permission.DOSSIER_RECEIVE)
    read = parse_cccd_qr(_text(request))
    start = {
        "kind": "citizen",
        "identity_number": read.number,
        "name": read.name,
        "birth_date": read.birth_date,
        "gender": read.gender,
        "address": read.address,
    }
    return _person(request, start, scanned="Đã đọc thẻ căn cước.", warnings=read.warnings)


def _text(request: StaffRequest) -> str:
    photo = PhotoForm(request.POST, request.FILES)
    if not photo.is_valid():
        return request.POST.get("card", "")
    found = read_qr(photo.cleaned_data["photo"].read())
    return next((text for text in found if "|" in text), "")


@login_required
@require_POST
def person(request: StaffRequest) -> HttpResponse:
    """Fragment: a person as stated in an earlier dossier of the clerk's agencies. Logged: it shows personal data."""
    pk = request.POST.get("party", "")
    party = queries.access_party(request.authority, int(pk) if pk.isdecimal() and len(pk) < 18 else 0)
    record_view(
        request.user, f"party/{party.pk}", PARTY_FIELDS, at=now(), ip=request.META.get("REMOTE_ADDR", "")
    )
    return _person(request, party_initial(party), scanned="Lấy từ hồ sơ trước; hỏi lại xem có gì thay đổi.")


def _person(request: StaffRequest, start: dict[str, Any], **context: Any) -> HttpResponse:
    role = request.POST.get("role", "")
    role = role if role in ROLES else ROLES[0]
    form = PartyForm(prefix=role, initial=start)
    return render(request, "counter/_person.html", {"person": form, "role": role, **context})
