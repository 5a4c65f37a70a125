"""The board of figures of a leader or reform officer, where the time goes, and the dossiers behind every number."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.rules.permissions import Permission as P
from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.core.web import count_text, count_up_to, page
from motcua.statistics import replica
from motcua.statistics.forms import ReportChoice
from motcua.statistics.queries import Scope, behind
from motcua.statistics.queries import dashboard as board
from motcua.statistics.queries.outlook import HORIZON, MOST, forecasts, furnished
from motcua.statistics.queries.reading import group_words, visible_ids
from motcua.statistics.queries.scopes import is_by_minute
from motcua.statistics.queries.tasks import work_done
from motcua.statistics.rules.figures import REGISTRY, number, text, value
from motcua.statistics.rules.periods import Basis, Kind, Window, containing
from motcua.statistics.rules.shares import decimal_text, is_small
from motcua.statistics.views.asking import Question, question
from motcua.statistics.views.common import ROW, row_groups
from motcua.statistics.views.task_tables import figure_cell, sees_officers, task_tables

PAGE, TOP = 50, 12
COLUMNS = (
    "received_new",
    "resolved",
    "resolved_late",
    "on_time_rate",
    "before_rate",
    "open",
    "open_late",
    "waiting",
)
OF_RECEIVED = "Tỷ lệ trong số tiếp nhận"
# How dossiers come: the name of a row, the figure that counts it, its share of what came.
CHANNELS = (
    ("Tại quầy", "received_counter", "received_counter_rate"),
    ("Dịch vụ bưu chính", "received_post", "received_post_rate"),
    ("Trực tuyến", "received_online", "online_rate"),
    ("Trong đó: toàn trình", "received_whole", "received_whole_rate"),
    ("Trong đó: một phần", "received_partial", "received_partial_rate"),
    ("Trong đó: hình thức khác", "received_other", "received_other_rate"),
)
LOADS = ("load_open", "load_step_late", "load_late")
LISTS = {
    "qua-han": REGISTRY["open_late"].heading,
    "sap-den-han": REGISTRY["due_soon"].label,
    "du-bao": REGISTRY["forecast_late"].label,
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: whose figures, of which days. `scope` is None while it has faults."""

    form: ReportChoice
    scope: Scope | None
    at: datetime

    @property
    def day(self) -> date:
        """Today."""
        return legal_date(self.at)

    @property
    def basis(self) -> Basis:
        """What closes a month."""
        return Basis(self.form.cleaned_data.get("basis") or Basis.LAW)

    @cached_property
    def query(self) -> dict[str, str]:
        """The question as it stands in an address, to be kept from page to page."""
        return Question(self.form, self.scope, self.at).query

    def address(self, name: str, window: Window | None = None, /, *args: Any, **more: Any) -> str:
        """A page for the same agencies; for these days instead of the period if given."""
        rest = f"&{urlencode(more)}" if more else ""
        return f"{reverse(name, args=args)}?{self._beginning(window)}{rest}"

    @cached_property
    def _beginning(self) -> Callable[[Window | None], str]:
        """How an address begins, by its days: a page has hundreds of addresses."""
        kept = {key: self.query[key] for key in ("agency", "below") if key in self.query}

        def begin(window: Window | None) -> str:
            days = {"start": f"{window.start:%d/%m/%Y}", "end": f"{window.end:%d/%m/%Y}"} if window else {}
            return urlencode(kept | days)

        return cache(begin)

    def behind(self, figure: str, window: Window, **groups: Any) -> str:
        """The list of dossiers behind a figure."""
        return self.address("statistics:behind", window, figure, **{ROW[k]: v for k, v in groups.items()})


def ask_board(request: StaffRequest) -> Asked:
    """What the address leaves out is the running quarter of the person's own agency. Raises NotFound."""
    found = question(request)
    return Asked(found.choice, found.scope, found.at)


@login_required
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """Today and a period: what came, what was resolved and when, what is late or will be, who carries how much."""
    asked = ask_board(request)
    context: dict[str, Any] = {"asked": asked, "form": asked.form, "now": asked.at}
    if asked.scope is None:
        return render(request, "statistics/dashboard.html", context, status=422)
    leads = request.authority.has(P.DOSSIER_SUPERVISE) or request.authority.has(P.DOSSIER_SIGN)
    scope = asked.scope
    told = sees_officers(request, scope)
    found = replica.read(lambda: _board(asked, scope, officers=told))
    if told:
        context["officers"] = (
            f"{reverse('statistics:report', args=['tt01-2018-cb'])}?{urlencode(asked.query)}"
        )
    return render(request, "statistics/dashboard.html", context | found | {"leads": leads})


def _board(asked: Asked, scope: Scope, *, officers: bool) -> dict[str, Any]:
    at, window = asked.at, asked.form.window
    by_minute = is_by_minute(scope.agency, asked.day)
    found = board.figures(scope, window, at=at, by_minute=by_minute)
    target = board.before_target(scope.agency, asked.day)
    overdue = board.late_ids(scope, at=at, by_minute=by_minute)
    late, loads = forecasts(scope, at=at), board.workload(scope, overdue, at=at)
    running = window.start <= asked.day <= window.end
    today = board.today_counts(scope, at=at, by_minute=by_minute, now=found.whole if running else None)
    return {
        "window": window,
        "scope": scope,
        "target": target,
        "today_tiles": _today_tiles(asked, scope, today, len(late.rows)),
        "period_tiles": _period_tiles(asked, found.whole, target),
        "task_tables": task_tables(work_done(scope, window, at=at), partial(asked.address, "statistics:tasks", window), officers=officers),
        "tables": [_channels(asked, found.whole), *_tables(asked, found)],
        "charts": _charts(asked, scope, found, by_minute),
        "delays": [(row, _delay_link(asked, row)) for row in board.top_delays(overdue)],
        "outlooks": furnished(late.rows[:TOP]),
        "looked_at": MOST if late.cut_off else 0,
        "outlook_link": asked.address("statistics:open_work", loai="du-bao"),
        "horizon": HORIZON,
        "loads": [(row.name, _load_cells(asked, row)) for row in loads.rows],
        "load_heads": [REGISTRY[key].heading for key in LOADS],
        "most_loaded": board.MOST_OFFICERS if loads.cut_off else 0,
    }  # fmt: skip


def _load_cells(asked: Asked, row: board.Load) -> list[dict[str, Any]]:
    """What lies with an officer, each number with the list behind it."""
    numbers = {"": row.open, "qua-han-buoc": row.late, "ho-so-qua-han": row.of_late}
    return [
        figure_cell(figure, {figure: amount}, asked.address("statistics:open_work", **who))
        for (which, amount), figure in zip(numbers.items(), LOADS, strict=True)
        for who in [{"can-bo": row.officer_id or 0} | ({"viec": which} if which else {})]
    ]


def _tile(
    figure: str, label: str, shown: Any, href: str, note: str = "", tone: str = "", icon: str = ""
) -> dict[str, Any]:
    return {"figure": figure, "label": label, "value": shown, "href": href, "note": note, "tone": tone, "icon": icon}  # fmt: skip


def _today_tiles(asked: Asked, scope: Scope, counts: Counter[str], expected: int) -> list[dict[str, Any]]:
    day = Window(asked.day, asked.day)
    soon = board.due_soon(scope, at=asked.at).count()

    def tile(figure: str, label: str, tone: str = "", icon: str = "") -> dict[str, Any]:
        amount = number(figure, counts)
        return _tile(
            figure, label, text(figure, counts), asked.behind(figure, day), tone=tone if amount else "", icon=icon
        )  # fmt: skip

    return [
        tile("received_new", "Tiếp nhận hôm nay", icon="inbox"),
        tile("resolved", "Giải quyết hôm nay", icon="check2"),
        tile("open_late", "Đang quá hạn", "late", "exclamation-triangle-fill"),
        _tile("due_soon", LISTS["sap-den-han"], soon, asked.address("statistics:open_work", loai="sap-den-han"), tone="soon" if soon else "", icon="clock-history"),
        _tile("forecast_late", f"{LISTS['du-bao']} ({HORIZON} ngày làm việc tới)", expected, asked.address("statistics:open_work", loai="du-bao"), tone="soon" if expected else "", icon="hourglass-split"),
        tile("waiting", "Chờ tiếp nhận", icon="send"),
        tile("waiting_late", "Chờ tiếp nhận quá hạn", "late", "exclamation-circle-fill"),
        tile("uncollected", "Kết quả chưa nhận", icon="archive"),
    ]  # fmt: skip


def _period_tiles(asked: Asked, counts: Counter[str], target: int) -> list[dict[str, Any]]:
    window = asked.form.window

    def tile(figure: str, note: str = "", tone: str = "") -> dict[str, Any]:
        label = REGISTRY[figure].label
        return _tile(figure, label, text(figure, counts), asked.behind(figure, window), note, tone)

    before, whole = value("before_rate", counts), number("resolved", counts)
    reached = "" if before is None else "on-time" if before >= target else "soon"
    small = " (ít hồ sơ)" if is_small(whole) else ""
    online = (
        f"{number(k, counts)} {w}"
        for k, w in (("received_whole", "toàn trình"), ("received_partial", "một phần"))
    )
    return [
        tile("received_new"),
        tile("resolved"),
        tile(
            "on_time_rate",
            f"{number('resolved_in_time', counts)}/{whole} hồ sơ{small}{_left_late(asked, counts)}",
        ),
        tile("before_rate", f"mục tiêu {target}%{small}", reached),
        tile("resolved_late", tone="late" if counts["resolved_late"] else ""),
        tile("online_rate", ", ".join(online)),
    ]


def _left_late(asked: Asked, counts: Counter[str]) -> str:
    """What a rate of the answered alone does not tell: how many are late and not answered at the close, or now."""
    late = number("open_late", counts)
    when = "cuối kỳ " if asked.form.window.end < asked.day else ""
    return f"; {when}còn {decimal_text(late)} đang quá hạn" if late else ""


def _tables(asked: Asked, found: board.Figures) -> Any:
    parts = [
        ("agency", "Theo cơ quan", "Cơ quan", found.agencies if len(found.agencies) > 1 else []),
        ("field", "Theo lĩnh vực", "Lĩnh vực", found.fields),
        ("procedure", f"{TOP} thủ tục nhiều hồ sơ nhất", "Thủ tục", found.procedures[:TOP]),
    ]
    for group, title, head, lines in parts:
        if lines:
            rows = [(line.name, _cells(asked, line, group)) for line in lines]
            yield {
                "title": title,
                "head": head,
                "columns": [REGISTRY[key].heading for key in COLUMNS],
                "rows": rows,
            }


def _channels(asked: Asked, counts: Counter[str]) -> dict[str, Any]:
    """How the dossiers of the period came, and the online ones by the level of their procedure."""
    held = dict(counts)
    # By the identity of the registry, so that nothing more is counted.
    held["received_other"] = counts["received_online"] - counts["received_whole"] - counts["received_partial"]
    rows = []
    for name, figure, rate in CHANNELS:
        href, titles = asked.behind(figure, asked.form.window), ("Hồ sơ", OF_RECEIVED)
        cells = [figure_cell(key, held, href) | {"label": title} for key, title in zip((figure, rate), titles, strict=True)]  # fmt: skip
        rows.append((name, cells))
    return {"title": "Theo kênh tiếp nhận", "head": "Kênh", "columns": ["Hồ sơ", OF_RECEIVED], "rows": rows}


def _cells(asked: Asked, line: board.Line, group: str) -> list[dict[str, Any]]:
    return [
        figure_cell(
            key,
            line.counts,
            asked.behind(key, asked.form.window, **{group: line.key}),
            late=key in ("open_late", "resolved_late") and bool(line.counts[key]),
        )
        for key in COLUMNS
    ]


def _charts(asked: Asked, scope: Scope, found: board.Figures, by_minute: bool) -> dict[str, Any]:
    window, kinds = asked.form.window, ("resolved_before", "resolved_on", "resolved_late")
    group, lines = ("agency", found.agencies) if len(found.agencies) > 1 else ("field", found.fields)
    lines = [line for line in lines if number("resolved", line.counts)][:TOP]
    return {
        "resolved": [(line.name, [line.counts[k] for k in kinds], [asked.behind(k, window, **{group: line.key}) for k in kinds]) for line in lines],
        "kinds": ["Trước hạn", "Đúng hạn", "Quá hạn"],
        "before": [(line.name, value("before_rate", line.counts), asked.behind("before_rate", window, **{group: line.key})) for line in lines],
        "head": "Cơ quan" if group == "agency" else "Lĩnh vực",
        "arrivals": (hours := board.arrivals(scope, window, at=asked.at)),
        "arrived": {(day, hour): asked.address("statistics:arrived", window, thu=day, gio=hour) for day, hour in hours},
        "months": _months(asked, scope, by_minute),
    }  # fmt: skip


def _months(asked: Asked, scope: Scope, by_minute: bool) -> dict[str, Any]:
    periods = [containing(asked.day, Kind.MONTH, asked.basis)]
    for _ in range(11):
        periods.insert(0, periods[0].before())
    windows = [period.window for period in periods]
    counts = board.series(scope, windows, at=asked.at, by_minute=by_minute)

    def line(name: str, figure: str) -> tuple[str, list[Any], list[str]]:
        return name, [value(figure, c) for c in counts], [asked.behind(figure, w) for w in windows]

    return {
        "labels": [f"{period.number}/{period.year % 100:02d}" for period in periods],
        "flow": [
            line("Tiếp nhận", "received_new"),
            line("Giải quyết", "resolved"),
            line("Quá hạn", "resolved_late"),
        ],
        "rates": [line("Trước hạn", "before_rate"), line("Trước và đúng hạn", "on_time_rate")],
    }


def _delay_link(asked: Asked, row: board.Delay) -> str:
    more = {"loai": "qua-han", "thu-tuc": row.procedure_id, "don-vi": row.agency_id or 0, "buoc": row.stage}
    return asked.address("statistics:open_work", **more)


@login_required
@require_safe
def dossiers(request: StaffRequest, figure: str) -> HttpResponse:
    """The dossiers that a number of the board counts, by code only."""
    asked, groups = ask_board(request), row_groups(request)
    if asked.scope is None or figure not in REGISTRY:
        raise NotFound("Không có chỉ tiêu này.")
    by_minute = is_by_minute(asked.scope.agency, asked.day)
    rows = behind(
        figure, asked.scope, asked.form.window, at=asked.at, by_minute=by_minute, **groups
    ).order_by("pk")
    context = listing(request, asked, rows) | {
        "figure": REGISTRY[figure],
        "groups": group_words(groups, asked.scope),
        "window": asked.form.window,
        "title": REGISTRY[figure].label,
    }
    return render(request, "statistics/dashboard_dossiers.html", context)


def listing(request: StaffRequest, asked: Asked, rows: Any) -> dict[str, Any]:
    """What a page that lists dossiers needs: the rows of this page, how many there are, which of them one may open."""
    related = ("version", "field", "resolving_agency")
    shown = page(request, rows.select_related(*related), size=PAGE)
    return {
        "asked": asked, "scope": asked.scope, "now": asked.at, "page": shown, "count": count_text(count_up_to(rows)),
        "visible": visible_ids(request.authority, shown), "back": asked.address("statistics:dashboard"),
    }  # fmt: skip


@login_required
@require_safe
def open_work(request: StaffRequest) -> HttpResponse:
    """Open dossiers: late, due soon, expected to be late with the reason, or those with one officer."""
    asked = ask_board(request)
    if asked.scope is None:
        raise NotFound("Không có danh sách này.")
    kind = request.GET.get("loai", "qua-han")
    if kind == "du-bao":
        late = forecasts(asked.scope, at=asked.at)
        found = furnished(late.rows)
        seen = visible_ids(request.authority, (row.dossier for row in found))
        context = {"asked": asked, "outlooks": found, "horizon": HORIZON, "visible": seen, "now": asked.at, "looked_at": MOST if late.cut_off else 0}  # fmt: skip
        return render(request, "statistics/dashboard_forecast.html", context | {"back": asked.address("statistics:dashboard")})  # fmt: skip
    title, rows = _open_rows(request, asked, asked.scope, kind)
    context = listing(request, asked, rows) | {"title": title}
    return render(request, "statistics/dashboard_dossiers.html", context)


def _open_rows(request: StaffRequest, asked: Asked, scope: Scope, kind: str) -> tuple[str, Any]:
    by_minute = is_by_minute(scope.agency, asked.day)
    if "can-bo" in request.GET:
        officer, which = whole_number(request, "can-bo"), request.GET.get("viec", "")
        return board.with_officer(scope, officer, which, at=asked.at, by_minute=by_minute)
    if kind == "sap-den-han":
        return LISTS[kind], board.due_soon(scope, at=asked.at)
    if kind != "qua-han":
        raise NotFound("Không có danh sách này.")
    rows = board.late_now(scope, at=asked.at, by_minute=by_minute)
    if "buoc" in request.GET:
        place = (whole_number(request, "don-vi"), request.GET["buoc"][:300])
        rows = board.standing_at(rows.filter(procedure=whole_number(request, "thu-tuc")), *place)
    return LISTS[kind], rows


def whole_number(request: StaffRequest, name: str) -> int:
    """A number from the address. Raises NotFound for anything else."""
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound("Không có danh sách này.")
    return int(text)
