"""II.06a of a district over 272,000 dossiers beside one hand-written pass of SQL in the same run (goal <= 1.5 times, < 0.5 s),
and the board of figures. PYTHONPATH=. python bench/reports.py [dossiers]
"""

import sys
from datetime import UTC, date, datetime
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import world as stage
from bench.inbox import multiply
from bench.machine import median, spread
from motcua.agencies.testing import make_user_with
from motcua.core.moments import now
from motcua.dossiers import actions
from motcua.dossiers.testing import make_intake
from motcua.statistics.queries import Scope, build
from motcua.statistics.rules.figures import number
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on

ROUNDS = 7
WINDOW = Window(date(2018, 1, 1), date(2019, 6, 30))
AT = datetime(2019, 12, 1, tzinfo=UTC)
# Receptions over eighteen months, most ended before their due date, some late, one in two thousand still open.
_SPREAD = """
UPDATE dossiers_dossier SET
    received_at = timestamptz '2017-12-20 01:00Z' + (id % 556) * interval '1 day',
    received_on = date '2017-12-20' + (id % 556)::int,
    due_at = timestamptz '2017-12-27 10:30Z' + (id % 556) * interval '1 day',
    original_due_at = timestamptz '2017-12-27 10:30Z' + (id % 556) * interval '1 day',
    ended_at = CASE WHEN id % 2000 = 0 THEN NULL ELSE timestamptz '2017-12-22 03:00Z' + (id % 556 + id % 7) * interval '1 day' END,
    ready_at = CASE WHEN id % 2000 = 0 THEN NULL ELSE timestamptz '2017-12-22 03:00Z' + (id % 556 + id % 7) * interval '1 day' END,
    returned_at = CASE WHEN id % 2000 = 0 THEN NULL ELSE timestamptz '2017-12-23 03:00Z' + (id % 556 + id % 7) * interval '1 day' END,
    status = CASE WHEN id % 2000 = 0 THEN 'in_review' ELSE 'returned' END,
    channel = CASE WHEN id % 25 = 0 THEN 'online' ELSE 'counter' END
"""
_BY_HAND = """
SELECT field_id,
    count(*) FILTER (WHERE received_at >= %(a)s AND received_at < %(b)s AND channel = 'online'),
    count(*) FILTER (WHERE received_at >= %(a)s AND received_at < %(b)s AND channel <> 'online'),
    count(*) FILTER (WHERE received_at < %(a)s AND (ended_at IS NULL OR ended_at >= %(a)s)),
    count(*) FILTER (WHERE ended_at >= %(a)s AND ended_at < %(b)s AND (ended_at + interval '7h')::date < (due_at + interval '7h')::date),
    count(*) FILTER (WHERE ended_at >= %(a)s AND ended_at < %(b)s AND (ended_at + interval '7h')::date = (due_at + interval '7h')::date),
    count(*) FILTER (WHERE ended_at >= %(a)s AND ended_at < %(b)s AND (ended_at + interval '7h')::date > (due_at + interval '7h')::date),
    count(*) FILTER (WHERE received_at < %(b)s AND (ended_at IS NULL OR ended_at >= %(b)s) AND (due_at + interval '7h')::date >= (%(b)s::timestamptz)::date),
    count(*) FILTER (WHERE received_at < %(b)s AND (ended_at IS NULL OR ended_at >= %(b)s) AND (due_at + interval '7h')::date < (%(b)s::timestamptz)::date)
FROM dossiers_dossier WHERE resolving_agency_id = ANY(%(ids)s) AND received_at < %(b)s GROUP BY field_id
"""
FIGURES = (
    "received_online", "received_direct", "carried", "resolved_before", "resolved_on", "resolved_late", "open_in_time", "open_late",
)  # fmt: skip


def fill(world: stage.World, amount: int) -> None:
    """Copies of one real dossier, spread over the eighteen months."""
    template = actions.receive(make_intake(world), actor=world.clerk, at=now())
    multiply(template, 1, amount - 1)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_SPREAD)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE dossiers_dossier")


def by_hand(ids: list[int]) -> list[int]:
    """The same figures by one statement written for them."""
    bounds = {"a": "2017-12-31T17:00Z", "b": "2019-06-30T17:00Z", "ids": ids}
    with connection.cursor() as cursor:
        cursor.execute(_BY_HAND, bounds)
        return [sum(column) for column in list(zip(*cursor.fetchall(), strict=True))[1:]]


def main() -> None:
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 272_000
    world = stage.build()[0]
    fill(world, amount)
    form, scope = form_on("ii-06a", WINDOW.end), Scope(world.commune)
    ids = list(scope.agencies)
    seconds: dict[str, list[float]] = {"tay": [], "biểu": []}
    for _ in range(ROUNDS + 1):
        start = perf_counter()
        expected = by_hand(ids)
        between = perf_counter()
        table = build(form, Scope(world.commune), WINDOW, AT)
        seconds["tay"].append(between - start)
        seconds["biểu"].append(perf_counter() - between)
    counted = [number(key, table.total) for key in FIGURES]
    hand, report = median(seconds["tay"][1:]), median(seconds["biểu"][1:])
    print(
        f"II.06a trên {amount:,} hồ sơ: {1000 * report:.0f} ms; một câu SQL viết tay {1000 * hand:.0f} ms; tỷ số {report / hand:.2f} (mục tiêu 1,5)"
    )
    print(
        f"  thấp nhất / giữa / cao nhất, giây: {spread(seconds['biểu'][1:])}; số khớp: {'có' if counted == expected else f'KHÔNG {counted} {expected}'}"
    )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(make_user_with("reform_officer", world.commune))
    address = reverse("statistics:dashboard")
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        start = perf_counter()
        answer = client.get(address)
        took = perf_counter() - start
    print(
        f"bảng điều hành trên {amount:,} hồ sơ: {1000 * took:.0f} ms, {len(seen)} câu lệnh, trả lời {answer.status_code}"
    )


if __name__ == "__main__":
    main()
