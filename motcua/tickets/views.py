"""The lines of an office, the figures of its day, and the addresses of its machines."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.attempts import attempt
from motcua.core.errors import NotFound
from motcua.core.moments import now, today
from motcua.core.pages import FormPage, act_page, data, form_page, went
from motcua.tickets import actions
from motcua.tickets.forms import DayForm, EndLineForm, LineForm, NewLineForm, line_start
from motcua.tickets.models import QueueLine
from motcua.tickets.queries.figures import figures
from motcua.tickets.queries.lines import WHO_SEES, access_line, access_seen, lines_at, offices_seen
from motcua.tickets.queries.turns import kiosk_token

FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def offices(request: StaffRequest) -> HttpResponse:
    """Offices whose queue one may look at."""
    if not any(request.authority.has(permission) for permission in WHO_SEES):
        raise NotFound
    rows = offices_seen(request.authority, today())
    return render(request, "tickets/offices.html", {"offices": rows})


@login_required
@require_safe
def office(request: StaffRequest, pk: int) -> HttpResponse:
    """One office: figures of a day, its lines, the addresses for kiosk and screen."""
    found = access_seen(request.authority, pk)
    form = DayForm(request.GET or None)
    day = form.day_or(today())
    may_edit = request.authority.can(Permission.AGENCY_EDIT, found.agency)
    context = {
        "office": found,
        "form": form,
        "day": day,
        "is_today": day == today(),
        "figures": figures(found, day),
        "lines": lines_at(found, today()).prefetch_related("fields"),
        "may_edit": may_edit,
        "screen": reverse("portal:calling", args=[found.pk]),
        "kiosk": f"{reverse('portal:queue', args=[found.pk])}?may={kiosk_token(found)}" if may_edit else "",
    }
    return render(request, "tickets/office.html", context)


@login_required
@FORM
def line_new(request: StaffRequest, pk: int) -> HttpResponse:
    """A new line."""
    found = access_seen(request.authority, pk)
    request.authority.require(Permission.AGENCY_EDIT, found.agency)
    form = NewLineForm(data(request), initial={"valid_from": today()})
    back = reverse("tickets:office", args=[pk])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        given = {"prefix": typed["letters"], "valid_from": typed["valid_from"]}
        if attempt(form, actions.open_line, found, form.typed, **given, actor=request.user, at=now()):
            return went(request, "Đã mở hàng chờ.", back)
    return form_page(request, form, f"Hàng chờ mới tại {found}", back=back, submit="Mở hàng chờ")


@login_required
@FORM
def line(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a line."""
    found = _editable(request, pk)
    form = LineForm(data(request), initial=line_start(found))
    back = reverse("tickets:office", args=[found.office_id])
    if request.method == "POST" and form.is_valid():
        attempt(form, actions.change_line, found, form.typed, actor=request.user, at=now())
        if not form.errors:
            return went(request, "Đã lưu.", back)
    return form_page(request, form, f"Hàng chờ {found}", back=back)


@login_required
@FORM
def line_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a line end."""
    found = _editable(request, pk)
    form = EndLineForm(data(request), initial={"last_day": today()})
    to = reverse("tickets:office", args=[found.office_id])
    page = FormPage(f"Kết thúc hàng chờ {found}", "Đã kết thúc hàng chờ.", to=to, submit="Kết thúc")
    return act_page(request, form, page, actions.end_line, found)


def _editable(request: StaffRequest, pk: int) -> QueueLine:
    """A line of an office that the person administers. Raises NotFound."""
    found = access_line(pk)
    request.authority.require(Permission.AGENCY_EDIT, found.office.agency)
    return found
