"""Figures over 272,000 dossiers of eight communes of a province, twelve procedures in six fields, the last eighteen months, on PostgreSQL:

- II.06a of the province and all below it, counted from the dossiers, beside one pass of SQL written by hand over the same rows, by agency
  and field as well, every number compared (goal <= 1.5 times, < 0.5 s);
- the same from counts kept ready (goal <= 1.0 of the hand-written pass), and keeping them all (`motcua statistics rebuild`);
- the board of figures in the running quarter and open data of a month: milliseconds, statements (goal < 0.5 s).

PYTHONPATH=. python bench/reports.py [dossiers]
"""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import world as stage
from bench.inbox import multiply
from bench.machine import median, rounds, spread
from motcua.agencies.testing import make_user_with
from motcua.core.moments import legal_date, now
from motcua.dossiers import actions
from motcua.dossiers.testing import make_intake, make_procedure
from motcua.procedures.models import Field, Offering, ProcedureVersion
from motcua.statistics import actions as statistics
from motcua.statistics.queries import Scope, build, count, kept_counts, opendata
from motcua.statistics.queries.counts_check import differences
from motcua.statistics.queries.standing import midnight
from motcua.statistics.rules.figures import number
from motcua.statistics.rules.halves import KEPT, half_of
from motcua.statistics.rules.periods import Kind, Window, containing
from motcua.statistics.rules.reports import form_on

ROUNDS = 7
DAYS = 556
FIELDS, PROCEDURES = 6, 12
# Each copy by its number (one thousand ids apart): its commune, its procedure and with it its field, its day. Receptions over the days
# before yesterday, most ended before their due date, some late, one in two thousand still open, one in twenty-five online.
_SPREAD = """
UPDATE dossiers_dossier SET
    office_id = (%(offices)s::bigint[])[commune], receiving_agency_id = (%(communes)s::bigint[])[commune],
    resolving_agency_id = (%(communes)s::bigint[])[commune], procedure_id = (%(procedures)s::bigint[])[kind],
    version_id = (%(versions)s::bigint[])[kind], field_id = (%(fields)s::bigint[])[kind],
    received_at = %(first)s + day * interval '1 day',
    received_on = (%(first)s + day * interval '1 day')::date,
    due_at = %(first)s + interval '7 days 9 hours 30 minutes' + day * interval '1 day',
    original_due_at = %(first)s + interval '7 days 9 hours 30 minutes' + day * interval '1 day',
    ended_at = CASE WHEN open THEN NULL ELSE %(first)s + interval '2 days 2 hours' + (day + slow) * interval '1 day' END,
    ready_at = CASE WHEN open THEN NULL ELSE %(first)s + interval '2 days 2 hours' + (day + slow) * interval '1 day' END,
    returned_at = CASE WHEN open THEN NULL ELSE %(first)s + interval '3 days 2 hours' + (day + slow) * interval '1 day' END,
    status = CASE WHEN open THEN 'in_review' ELSE 'returned' END,
    channel = CASE WHEN n %% 25 = 0 THEN 'online' ELSE 'counter' END
FROM (
    SELECT *, n %% 1999 = 0 OR day + slow > 552 AS open FROM (
        SELECT id AS same, n, 1 + n %% %(many)s AS commune, n / %(many)s %% 556 AS day, n / %(many)s %% 7 AS slow,
            1 + (n / %(many)s + n / %(many)s / 556) %% %(kinds)s AS kind
        FROM (SELECT id, id / 1000 AS n FROM dossiers_dossier) AS numbers
    ) AS places
) AS fates
WHERE same = id
"""
# What says the same elsewhere: whose the task is, and the ledger of the clock, by which a past day's overdue are told.
_FOLLOW = """
UPDATE dossiers_dossiertask AS task SET agency_id = resolving_agency_id, dossier_due_at = dossier.due_at
FROM dossiers_dossier AS dossier WHERE dossier.id = task.dossier_id;
UPDATE dossiers_clockentry AS entry SET at = received_at, due_at = dossier.due_at
FROM dossiers_dossier AS dossier WHERE dossier.id = entry.dossier_id
"""
_BY_HAND = """
SELECT resolving_agency_id, field_id,
    count(*) FILTER (WHERE received_at >= %(a)s AND received_at < %(b)s AND channel = 'online'),
    count(*) FILTER (WHERE received_at >= %(a)s AND received_at < %(b)s AND channel <> 'online'),
    count(*) FILTER (WHERE received_at < %(a)s AND (ended_at IS NULL OR ended_at >= %(a)s)),
    count(*) FILTER (WHERE ended_at >= %(a)s AND ended_at < %(b)s AND (ended_at + interval '7h')::date < (due_at + interval '7h')::date),
    count(*) FILTER (WHERE ended_at >= %(a)s AND ended_at < %(b)s AND (ended_at + interval '7h')::date = (due_at + interval '7h')::date),
    count(*) FILTER (WHERE ended_at >= %(a)s AND ended_at < %(b)s AND (ended_at + interval '7h')::date > (due_at + interval '7h')::date),
    count(*) FILTER (WHERE received_at < %(b)s AND (ended_at IS NULL OR ended_at >= %(b)s) AND (due_at + interval '7h')::date >= (%(b)s::timestamptz)::date),
    count(*) FILTER (WHERE received_at < %(b)s AND (ended_at IS NULL OR ended_at >= %(b)s) AND (due_at + interval '7h')::date < (%(b)s::timestamptz)::date)
FROM dossiers_dossier WHERE resolving_agency_id = ANY(%(ids)s) AND received_at < %(b)s GROUP BY resolving_agency_id, field_id
"""
FIGURES = (
    "received_online", "received_direct", "carried", "resolved_before", "resolved_on", "resolved_late", "open_in_time", "open_late",
)  # fmt: skip


def fill(worlds: list[stage.World], amount: int) -> None:
    """Copies of one real dossier, spread over the communes, the procedures of several fields, and the eighteen months."""
    world = worlds[0]
    template = actions.receive(make_intake(world), actor=world.clerk, at=now())
    multiply(template, 1, amount - 1)
    first = midnight(legal_date(now()) - timedelta(days=DAYS + 1)) + timedelta(hours=8)
    places = {
        "communes": [one.commune.pk for one in worlds],
        "offices": [one.office.pk for one in worlds],
        "many": len(worlds),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_SPREAD, {"first": first, **places, **kinds(worlds)})
        cursor.execute(_FOLLOW)
        cursor.execute("SET session_replication_role = origin")
        for table in ("dossier", "dossiertask", "clockentry"):
            cursor.execute(f"VACUUM ANALYZE dossiers_{table}")


def kinds(worlds: list[stage.World]) -> dict[str, object]:
    """The procedures that every commune offers, with their versions and fields."""
    fields = [Field.objects.get_or_create(name=f"Lĩnh vực số {one}")[0] for one in range(FIELDS)]
    for turn in range(PROCEDURES):
        procedure = make_procedure(f"2.{turn:06d}", worlds[0].commune)
        procedure.versions.update(field=fields[turn % FIELDS])
        for one in worlds[1:]:
            Offering.objects.create(procedure=procedure, agency=one.commune, valid_from="2010-01-01")
    rows = ProcedureVersion.objects.filter(field__in=fields).values_list("procedure_id", "pk", "field_id")
    procedures, versions, of_fields = (list(column) for column in zip(*rows, strict=True))
    return {"procedures": procedures, "versions": versions, "fields": of_fields, "kinds": len(rows)}


def by_hand(ids: list[int], window: Window) -> dict[tuple[int, int], list[int]]:
    """The same figures, by agency and field, by one statement written for them."""
    bounds = {"a": midnight(window.start), "b": midnight(window.end + timedelta(days=1)), "ids": ids}
    with connection.cursor() as cursor:
        cursor.execute(_BY_HAND, bounds)
        return {(agency, field): counts for agency, field, *counts in cursor.fetchall()}


def by_us(scope: Scope, window: Window, at: datetime, *, kept: bool) -> dict[tuple[int, int], list[int]]:
    """The figures by agency and field as the report's own count has them."""
    cells = count(scope, window, at=at, by=("agency", "field"), tests=KEPT, kept=kept)
    return {key: [number(name, cell.counts) for name in FIGURES] for key, cell in cells.items()}


def aligned(amount_of_days: int) -> Window:
    """The halves of months that are kept by today, back to the first reception."""
    today = legal_date(now())
    last = half_of(half_of(today - timedelta(days=4)).start - timedelta(days=1))
    return Window(half_of(today - timedelta(days=amount_of_days)).start, last.end)


def interleaved(works: dict[str, Callable[[], Any]]) -> dict[str, list[float]]:
    """Seconds of each work, one after the other in every round, after a warm-up of all."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(ROUNDS + 1):
        for name, work in works.items():
            took = rounds(work, 1, 0)
            seconds[name] += took if turn else []
    return seconds


def said(name: str, seconds: list[float], reference: float = 0, goal: str = "") -> None:
    share = f"; tỷ số {median(seconds) / reference:.3g}" if reference else ""
    print(
        f"{name}: {1000 * median(seconds):.0f} ms{share} {goal} (thấp nhất / giữa / cao nhất, giây: {spread(seconds)})"
    )


def report(world: stage.World, amount: int) -> None:
    """II.06a three ways."""
    window, at = aligned(DAYS), now()
    form, scope = form_on("ii-06a", window.end), Scope(world.province, below=True)
    ids = list(scope.agencies)
    counted = build(form, scope, window, at)
    hand = by_hand(ids, window)
    alone = interleaved(
        {
            "tay": lambda: by_hand(ids, window),
            "đếm": lambda: build(form, Scope(world.province, below=True), window, at),
        }
    )
    reference = median(alone["tay"])
    whole = [sum(column) for column in zip(*hand.values(), strict=True)]
    equal = [number(key, counted.total) for key in FIGURES] == whole and by_us(
        scope, window, at, kept=False
    ) == hand
    print(
        f"II.06a trên {amount:,} hồ sơ, {len({a for a, _ in hand})} cơ quan, {len({f for _, f in hand})} lĩnh vực, {window.name}; từng số khớp với câu SQL viết tay: {'có' if equal else 'KHÔNG'}"
    )
    print(f"  {', '.join(f'{name} {total:,}' for name, total in zip(FIGURES, whole, strict=True))}")
    said("  một câu SQL viết tay", alone["tay"])
    said("  đếm lại từ hồ sơ", alone["đếm"], reference, "(mục tiêu 1,5 và 500 ms)")
    quarter = containing(legal_date(at), Kind.QUARTER).before().window
    plan = plan_of(lambda: count(scope, quarter, at=at, by=("agency", "field"), tests=KEPT, kept=False))
    covered = "Index Only Scan using dossier_figures" in plan and "Seq Scan on dossiers_dossier" not in plan
    print(
        f"  {quarter.name}: chỉ đọc chỉ mục dossier_figures, không đọc bảng: {'có' if covered else 'KHÔNG'}"
    )
    rebuilt = rounds(lambda: statistics.rebuild_counts(actor=None, at=now()), 1, 0)
    assert kept_counts.plan(window, at=at, by=("agency", "field"), tests=KEPT)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE statistics_halfcount")
    kept = build(form, scope, window, at)
    same = (kept.lines, kept.total) == (counted.lines, counted.total) and by_us(
        scope, window, at, kept=True
    ) == hand
    same = same and not list(differences(at=at))
    works = {
        "tay": lambda: by_hand(ids, window),
        "giữ": lambda: build(form, Scope(world.province, below=True), window, at),
    }
    works["một lượt"] = lambda: count(scope, window, at=at, by=("agency", "field"), tests=KEPT, kept=False)
    both = interleaved(works)
    said("  từ số đếm giữ sẵn", both["giữ"], median(both["tay"]), "(mục tiêu 1,0)")
    print(
        f"  giữ sẵn so với đếm lại: {median(both['giữ']) / median(both['một lượt']):.3g}; lập lại mọi số đếm {rebuilt[0]:.2f} s; bằng nhau: {'có' if same else 'KHÔNG'}"
    )


def plan_of(work: Callable[[], Any]) -> str:
    """How the longest statement of a work is answered."""
    with CaptureQueriesContext(connection) as seen:
        work()
    longest = max(seen.captured_queries, key=lambda one: float(one["time"]))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {longest['sql']}")
        return "\n".join(line for (line,) in cursor.fetchall())


def page(client: Client, name: str, address: str) -> None:
    """A page: median milliseconds and statements."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    statements, worked = len(seen), list[float]()

    def ask() -> None:
        before = processor()
        client.get(address)
        worked.append(processor() - before)

    seconds = rounds(ask, ROUNDS, 1)
    goal = f"bộ xử lý {1000 * median(worked[1:]):.0f} ms, của PostgreSQL kể cả (mục tiêu 500 ms)"
    said(f"{name}, {statements} câu lệnh", seconds, 0, goal)


def processor() -> float:
    """Seconds of processor time so far of this process and of PostgreSQL's that answers it: a busy machine changes them least."""
    info = connection.connection.info
    path = Path(f"/proc/{info.backend_pid}/schedstat")
    server = int(path.read_text().split()[0]) / 1e9 if path.exists() else 0.0  # unknown on another machine
    return process_time() + server


def main() -> None:
    from motcua.config import wsgi  # noqa: F401 - pages are measured in a process as gunicorn has it, the program put aside

    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 272_000
    worlds = stage.build()
    world = worlds[0]
    fill(worlds, amount)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(make_user_with("reform_officer", world.province, subtree=True))
    board = reverse("statistics:dashboard")
    page(client, "bảng điều hành, quý đang chạy, chưa có số giữ sẵn", board)
    report(world, amount)
    page(client, "bảng điều hành, quý đang chạy", board)
    month = opendata.published_months(legal_date(now()))[0]
    times = []
    for _ in range(ROUNDS):
        cache.clear()
        times += rounds(lambda: client.get(reverse("statistics:opendata_month", args=[month.code])), 1, 0)
    said("dữ liệu mở của một tháng, không dùng bản nhớ", times, 0, "(mục tiêu 500 ms)")


if __name__ == "__main__":
    main()
