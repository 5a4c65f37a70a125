"""Screens of the working calendars, for officers."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.models import Agency
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, now, to_local
from motcua.workdays import actions, queries
from motcua.workdays.forms import (
    AnnouncedDays,
    AnnouncementForm,
    ClockForm,
    DayForm,
    RemoveDayForm,
    SessionsForm,
)
from motcua.workdays.models import CalendarDay
from motcua.workdays.rules.clock import History, derive
from motcua.workdays.rules.year import year_sheet

View = Callable[..., HttpResponse]


def officers(view: View) -> View:
    """For signed-in officers only; a citizen sees nothing here. Nor is there a page of a year beyond all calendars."""

    @wraps(view)
    def wrapped(request: StaffRequest, **kwargs: int) -> HttpResponse:
        if not request.user.is_staff_member or kwargs.get("year", 2000) not in range(1900, 2200):
            raise NotFound()
        return view(request, **kwargs)

    return login_required(wrapped)


def _year_of(agency: Agency | None, year: int) -> str:
    return reverse(
        "workdays:year", kwargs={"agency_id": agency.pk if agency else queries.NATION, "year": year}
    )


def _sent(request: StaffRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, however empty."""
    return request.POST if request.method == "POST" else None


def _require_edit(request: StaffRequest, agency: Agency | None) -> None:
    if not queries.may_edit(request.authority, agency):
        raise NotFound()


@officers
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The nation's calendar and every agency with one of its own."""
    today, announced = legal_date(now()), queries.announced_years()
    context = {
        "year": today.year,
        "years": queries.years_known(),
        "last_announced": max(announced),
        "next_year": max(announced) + 1,
        "agencies": queries.agencies_with_own_calendar(),
        "own": queries.agencies_editable(request.authority),
        "loaded": queries.is_loaded(),
        "may_edit_nation": queries.may_edit(request.authority, None),
    }
    return render(request, "workdays/index.html", context)


@officers
@require_safe
def year(request: StaffRequest, agency_id: int, year: int) -> HttpResponse:
    """Twelve months of one calendar, with what its own rows say."""
    agency = queries.agency_or_nation(agency_id)
    context = {
        "agency": agency,
        "agency_id": agency_id,
        "sheet": year_sheet(queries.calendar_of(agency), year),
        "days": queries.days_of(agency, year),
        "national_days": queries.days_of(None, year) if agency else (),
        "plans": queries.plans_of(agency),
        "years": queries.years_known(),
        "loaded": queries.is_loaded(),
        "may_edit": queries.may_edit(request.authority, agency),
    }
    return render(request, "workdays/year.html", context)


@officers
@require_http_methods(["GET", "POST"])
def add_day(request: StaffRequest, agency_id: int) -> HttpResponse:
    """Enter a day off or a day worked instead."""
    agency = queries.agency_or_nation(agency_id)
    _require_edit(request, agency)
    initial = {"kind": CalendarDay.Kind.OFF, "day": request.GET.get("ngay", "")}
    return _day_page(request, agency, DayForm(_sent(request), initial=initial), None)


@officers
@require_http_methods(["GET", "POST"])
def edit_day(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a day that is in the calendar."""
    row = queries.access_day(pk)
    _require_edit(request, row.agency)
    initial = {name: getattr(row, name) for name in ("day", "kind", "name", "source", "unsure")}
    form = DayForm(_sent(request), initial={**initial, "sessions": ", ".join(row.sessions or [])})
    form.fields["day"].disabled = True
    return _day_page(request, row.agency, form, row)


def _day_page(
    request: StaffRequest, agency: Agency | None, form: DayForm, row: CalendarDay | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = actions.set_day(agency, actor=request.user, at=now(), **form.cleaned_data)
        messages.success(request, f"Đã ghi: {saved}.")
        return redirect(_year_of(agency, saved.day.year))
    context = {"agency": agency, "form": form, "row": row}
    return render(request, "workdays/day.html", context, status=422 if form.is_bound else 200)


@officers
@require_http_methods(["GET", "POST"])
def remove_day(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a day out of the calendar, with the reason."""
    row = queries.access_day(pk)
    _require_edit(request, row.agency)
    form, back = RemoveDayForm(_sent(request)), _year_of(row.agency, row.day.year)
    if request.method == "POST" and form.is_valid():
        actions.remove_day(row, actor=request.user, at=now(), **form.cleaned_data)
        messages.success(request, "Đã bỏ ngày khỏi lịch.")
        return redirect(back)
    context = {
        "title": f"Bỏ ngày {row.day:%d/%m/%Y} khỏi lịch",
        "question": "Ngày này sẽ trở lại như lịch thường; hạn trả của hồ sơ đang giải quyết được tính lại.",
        "rows": [{"label": "Lý do đã ghi", "value": row.name}, {"label": "Căn cứ", "value": row.source}],
        "form": form,
        "action": "Bỏ khỏi lịch",
        "danger": True,
        "back_url": back,
    }
    return render(request, "core/confirm.html", context, status=422 if form.is_bound else 200)


@officers
@require_http_methods(["GET", "POST"])
def sessions(request: StaffRequest, agency_id: int) -> HttpResponse:
    """The sessions of the weekdays from a date on."""
    agency, today = queries.agency_or_nation(agency_id), legal_date(now())
    _require_edit(request, agency)
    form = SessionsForm(_sent(request), calendar=queries.calendar_of(agency), today=today)
    if request.method == "POST" and form.is_valid():
        dated = {name: form.cleaned_data[name] for name in ("valid_from", "source")}
        actions.set_sessions(agency, form.changed(), actor=request.user, at=now(), **dated)
        messages.success(request, "Đã ghi ca làm việc mới.")
        return redirect(_year_of(agency, dated["valid_from"].year))
    context = {
        "agency": agency,
        "form": form,
        "plans": queries.plans_of(agency),
        "back": _year_of(agency, today.year),
    }
    return render(request, "workdays/sessions.html", context, status=422 if form.is_bound else 200)


@officers
@require_http_methods(["GET", "POST"])
def announce(request: StaffRequest, year: int) -> HttpResponse:
    """Enter the announced holidays of a year in place of the provisional ones."""
    _require_edit(request, None)
    plan = queries.announcement_draft(year)
    form = AnnouncementForm(_sent(request), initial=plan.initial)
    days = AnnouncedDays(_sent(request), initial=plan.days, prefix="ngay")
    if request.method == "POST" and form.is_valid() and days.is_valid():
        actions.announce_year(
            year,
            days.entries(),
            form.choices,
            source=form.cleaned_data["source"],
            actor=request.user,
            at=now(),
        )
        messages.success(request, f"Đã ghi lịch nghỉ năm {year}.")
        return redirect(_year_of(None, year))
    context = {"form": form, "days": days, "year": year, "provisional": plan.provisional}
    return render(request, "workdays/announce.html", context, status=422 if form.is_bound else 200)


@officers
@require_POST
def load(request: StaffRequest) -> HttpResponse:
    """Put the shipped national calendar into the database."""
    added = actions.load_national_calendar(actor=request.user, at=now())
    messages.success(request, f"Đã nạp {added} ngày của lịch quốc gia.")
    return redirect("workdays:index")


@officers
@require_safe
def try_clock(request: StaffRequest) -> HttpResponse:
    """Compute a due date with its derivation; nothing is stored."""
    here = to_local(now())
    initial = {"day": here.date(), "at": here.time(), "unit": "working_day", "amount": "5"}
    form = ClockForm(request.GET or None, initial=initial, agencies=queries.agencies_with_own_calendar())
    derivation = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        cutoffs = queries.cutoffs_of(data["agency"], data["day"])
        history = History(
            replace(data["limit"], same_day_cutoff=cutoffs.same_day),
            data["received_at"],
            data["suspensions"],
            reception_cutoff=cutoffs.reception,
        )
        derivation = derive(history, queries.calendar_of(data["agency"]))
    context = {"form": form, "derivation": derivation}
    return render(request, "workdays/clock.html", context, status=422 if form.errors else 200)
