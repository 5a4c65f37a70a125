"""What citizens' ratings say: totals, reasons, groups, the anonymous votes behind each, a file; the addresses of the kiosks."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.models import Agency
from motcua.agencies.rules.permissions import Permission
from motcua.agencies.web import StaffRequest
from motcua.core.answers import CSV, file_answer
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import today
from motcua.printing.qr import svg
from motcua.surveys.forms import RatingChoice
from motcua.surveys.output.files import ratings_csv
from motcua.surveys.queries.places import offices_of
from motcua.surveys.queries.ratings import access_rated, board, rated_agencies, rows_behind, topics_between
from motcua.surveys.rules.ratings import VALUES, Kind, month_before, month_of

MONTHS, MOST = 36, 1000


def _asked(request: StaffRequest) -> tuple[RatingChoice, Agency, date, date]:
    """Whose ratings and which months; by default one's own agency and the last twelve months. Raises NotFound, RuleViolation."""
    request.authority.require_any(Permission.REPORT_READ)
    agencies, months = rated_agencies(request.authority), [month_of(today())]
    while len(months) < MONTHS:
        months.append(month_before(months[-1]))
    main = request.authority.main_agency_id
    own = main if main in {a.pk for a in agencies} else agencies[0].pk
    data = {"agency": own, "first": f"{months[11]:%Y-%m}", "last": f"{months[0]:%Y-%m}"}
    form = RatingChoice({**data, **request.GET.dict()}, agencies=agencies, months=months)
    if not form.is_valid():
        if "agency" in form.errors:
            raise NotFound()
        raise RuleViolation("Chọn lại cơ quan và tháng.")
    asked = form.cleaned_data
    return form, access_rated(request.authority, asked["agency"]), asked["first"], asked["last"]


def _query(agency: Agency, first: date, last: date) -> str:
    return f"agency={agency.pk}&first={first:%Y-%m}&last={last:%Y-%m}"


@login_required
@require_safe
def ratings(request: StaffRequest) -> HttpResponse:
    """The board."""
    form, agency, first, last = _asked(request)
    context = {"form": form, "board": board(agency, first, last), "query": _query(agency, first, last)}
    return render(request, "surveys/ratings.html", context)


@login_required
@require_safe
def ballots(request: StaffRequest) -> HttpResponse:
    """The anonymous votes behind a line."""
    _, agency, first, last = _asked(request)
    about, key = request.GET.get("about", "agency"), request.GET.get("key", "")
    found = rows_behind(agency, first, last, about, key)
    topics = [t for t in topics_between(first, last) if any(t.code in b.marks for b in found)]
    reasons = {one["code"]: one["text"] for t in topics for one in t.reasons}
    rows = [
        {
            "marks": [_word(t.kind, b.marks.get(t.code)) for t in topics],
            "reasons": [reasons.get(r, r) for r in b.reasons],
            "words": b.words,
        }
        for b in found[:MOST]
    ]
    context = {
        "agency": agency,
        "topics": topics,
        "rows": rows,
        "count": len(found),
        "most": MOST,
        "query": _query(agency, first, last),
    }
    return render(request, "surveys/ballots.html", context)


def _word(kind: str, mark: Any) -> str:
    if mark not in VALUES[Kind(kind)]:
        return "–"
    return {
        Kind.SCALE: str(mark),
        Kind.COUNT: ("0", "1", "≥ 2")[min(mark, 2)],
        Kind.YES_NO: "có" if mark else "không",
    }[Kind(kind)]


@login_required
@require_safe
def file(request: StaffRequest) -> HttpResponse:
    """The board as CSV."""
    _, agency, first, last = _asked(request)
    name = f"danh-gia-{agency.pk}-{first:%Y-%m}-{last:%Y-%m}.csv"
    return file_answer(ratings_csv(board(agency, first, last)), name, CSV)


@login_required
@require_safe
def kiosks(request: StaffRequest) -> HttpResponse:
    """The address of each office's kiosk, with a QR for the notice board."""
    request.authority.require_any(Permission.REPORT_READ)
    rows = []
    for office in offices_of(request.authority, today()):
        path = reverse("portal:kiosk", args=[office.pk])
        rows.append(
            {
                "office": office,
                "path": path,
                "qr": svg(settings.PUBLIC_URL + reverse("portal:rate_start"), label="Mã mở trang đánh giá"),
            }
        )
    return render(request, "surveys/kiosks.html", {"rows": rows})
