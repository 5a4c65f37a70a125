"""What a square of the heat map counts: the dossiers that came on a day of the week in an hour."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.statistics.queries import dashboard as board
from motcua.statistics.rules.charts import WEEKDAYS, hour_words
from motcua.statistics.views.dashboard import ask_board, listing, whole_number


@login_required
@require_safe
def arrived(request: StaffRequest) -> HttpResponse:
    """The dossiers received on a weekday (1 to 7 from Monday) in a local hour, by code only. Raises NotFound for another."""
    asked, weekday, hour = ask_board(request), whole_number(request, "thu"), whole_number(request, "gio")
    if asked.scope is None or weekday not in WEEKDAYS or hour not in range(24):
        raise NotFound("Không có danh sách này.")
    window = asked.form.window
    rows = board.arrived_at(asked.scope, window, weekday, hour, at=asked.at)
    context = listing(request, asked, rows) | {
        "title": "Tiếp nhận theo giờ",
        "window": window,
        "groups": [hour_words(weekday, hour).lower()],
    }
    return render(request, "statistics/dashboard_dossiers.html", context)
