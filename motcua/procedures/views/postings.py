"""The posting board: what hangs, what is missing, what must go; printed boards and QR sheets."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.agencies.rules.permissions import Permission
from motcua.core import web
from motcua.core.moments import now, today
from motcua.files.queries import url_for
from motcua.printing.actions import render as print_form
from motcua.procedures import actions
from motcua.procedures.forms.money import EndForm
from motcua.procedures.forms.publication import PlaceForm, PostForm
from motcua.procedures.queries import postings, printing
from motcua.procedures.queries.access import require_in
from motcua.procedures.views.common import (
    StaffRequest,
    button,
    done,
    form_page,
    form_view,
    my_agencies,
    page,
    ready,
    sent,
    went,
)


@page
def board(request: StaffRequest) -> HttpResponse:
    """Places with how much hangs, is missing and must go; those of the person's agencies first."""
    rows = postings.places_at(today())
    mine = request.authority.has(Permission.POSTING_RECORD)
    if mine:
        rows = rows.filter(request.authority.where(Permission.POSTING_RECORD, "agency"))
    found = web.page(request, rows.order_by("name", "id"), 10)
    context = {"page": found, "states": postings.board(today(), list(found)), "mine": mine}
    return render(request, "procedures/board.html", context)


@form_view(Permission.POSTING_RECORD)
def new_place(request: StaffRequest) -> HttpResponse:
    """A new board, screen or page."""
    form = PlaceForm(sent(request), agencies=my_agencies(request, Permission.POSTING_RECORD))
    if ready(request, form):
        data = form.cleaned_data
        made = done(request, form, actions.add_place, data["agency"].pk, data["kind"], data["name"])
        if made:
            return went(request, "Đã thêm nơi niêm yết.", "procedures:place", made.pk)
    return form_page(request, form, "Thêm nơi niêm yết", back=reverse("procedures:board"))


@form_view(Permission.POSTING_RECORD)
def end_place(request: StaffRequest, pk: int) -> HttpResponse:
    """A board, screen or page is no longer used."""
    found = postings.access_place(pk)
    require_in(request.authority, Permission.POSTING_RECORD, found.agency)
    form = EndForm(sent(request))
    if ready(request, form) and done(request, form, actions.end_place, pk, form.cleaned_data["last_day"]):
        return went(request, "Đã ghi ngày ngừng sử dụng.", "procedures:board")
    back = reverse("procedures:place", args=[pk])
    return form_page(request, form, f"Ngừng sử dụng {found.name}", back=back)


@page
def place(request: StaffRequest, pk: int) -> HttpResponse:
    """One place: in force but not posted, posted but no longer in force, and what hangs."""
    return _place_page(request, pk)


def _place_page(request: StaffRequest, pk: int, form: PostForm | None = None) -> HttpResponse:
    found = postings.access_place(pk)
    context = {
        "place": found,
        "missing": postings.to_hang(found, today()),
        "ended": postings.to_take_down(found, today()),
        "hanging": [(row, _photo(request, row)) for row in postings.with_photos(postings.hanging(found))],
        "may_post": request.authority.can(Permission.POSTING_RECORD, found.agency),
        "form": form,
    }
    return render(request, "procedures/place.html", context, status=422 if form else 200)


def _photo(request: StaffRequest, row: postings.Hanging) -> str:
    """A short-lived link to the photograph of a posting; empty without one that may be opened."""
    return url_for(row.photo, request.user) if row.photo and row.photo.can_open else ""


@button
def post(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that the chosen procedures hang from now on, with a photograph when there is one."""
    found = postings.access_place(pk)
    request.authority.require(Permission.POSTING_RECORD, found.agency)
    choices = [row.version.pk for row in postings.to_hang(found, today())]
    form = PostForm(request.POST, request.FILES, choices=choices)
    made = None
    if ready(request, form):
        data = form.cleaned_data
        made = done(request, form, actions.post_versions, pk, data["versions"], photo=data["photo"])
    if made is None:
        return _place_page(request, pk, form)
    return went(request, f"Đã ghi nhận niêm yết {len(made)} thủ tục.", "procedures:place", pk)


@button
def take_down(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that a posting has been taken down."""
    posting = actions.remove_posting(pk, actor=request.user, at=now())
    return redirect("procedures:place", posting.place_id)


@page
def board_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """The board of a place, to print and hang; `?linh-vuc=` narrows it to one field, `?mau=to` prints a sheet each."""
    found = postings.access_place(pk)
    layout = "sheet" if request.GET.get("mau") == "to" else "table"
    data = printing.board_data(found, today(), request.GET.get("linh-vuc", ""), layout)
    return _pdf(print_form("posting_board", data), f"niem-yet-{pk}.pdf")


@page
def qr_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """The QR sheet of a place."""
    found = postings.access_place(pk)
    data = printing.qr_data(found, today(), request.GET.get("linh-vuc", ""))
    return _pdf(print_form("posting_qr", data), f"ma-qr-{pk}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
